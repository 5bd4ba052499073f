"""Questions on stderr, answers from stdin: a terminal, a pipe or a screen reader, one line at a time."""

from collections.abc import Callable, Mapping
from typing import TypeVar

import click

from hiringkit.domain.text import clean_text
from hiringkit.errors import HiringKitError
from hiringkit.locale import _
from hiringkit.locale import say as translated

T = TypeVar("T")


class Left(Exception):  # noqa: N818 - not an error: the user goes, or the input ends
    """Nothing more is answered."""


def tell(text: str = "") -> None:
    """Say a line, harmless whatever is in it; the result alone goes to stdout."""
    click.echo(clean_text(text), err=True)


def ask(prompt: str) -> str:
    """Return one line of answer.

    Raises:
        Left: The answer is `q`, or there is no more input.
    """
    try:
        line: str = click.prompt(prompt, default="", show_default=False, err=True)
    except click.Abort as end:
        tell()
        if isinstance(end.__context__, KeyboardInterrupt):
            tell(_("Interrupted; what was answered is saved."))
            raise
        raise Left from None
    if line.strip() == "q":
        raise Left
    return clean_text(line).strip()


def ask_until(prompt: str, read: Callable[[str], T | None], explanation: str) -> T:
    """Ask until the answer can be read.

    Args:
        prompt: What is asked.
        read: Returns what an answer means, None where it means nothing.
        explanation: What can be answered.

    Raises:
        Left: The user goes, or the input ends.
    """
    while True:
        line = ask(prompt)
        try:
            found = read(line)
        except HiringKitError as error:
            tell(translated(error.message) + (f" ({translated(error.hint)})" if error.hint else ""))
            continue
        if found is not None:
            return found
        tell(explanation)


def one_of(words: Mapping[str, T]) -> Callable[[str], T | None]:
    """Return a reader of one of some words, in any case of letters."""
    return lambda line: words.get(" ".join(line.lower().replace("-", " ").split()))
