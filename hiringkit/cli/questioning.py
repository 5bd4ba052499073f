"""Questions that are asked until they are answered; they stand on stderr, and only the result on stdout."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from hiringkit.cli.plainlines import complain, say, texts
from hiringkit.domain.text import clean_text
from hiringkit.errors import HiringKitError

T = TypeVar("T")


class Left(Exception):  # noqa: N818 - not an error: the user goes, or the input ends
    """Nothing more is answered."""


class Back(Exception):  # noqa: N818 - not an error: the user goes back
    """What was asked before is asked again."""


def tell(text: str = "") -> None:
    """Say a line; the result alone goes to stdout."""
    say(text, err=True)


def ask(prompt: str) -> str:
    """Return one line of answer.

    Raises:
        Left: The answer is `q`, or there is no more input.
        Back: The answer is `b`.
    """
    line = next(texts(prompt, err=True), None)
    if line is None or line.strip() == "q":
        raise Left
    if line.strip() == "b":
        raise Back
    return clean_text(line).strip()


def ask_until(prompt: str, read: Callable[[str], T | None], explanation: str) -> T:
    """Ask until the answer can be read.

    Args:
        prompt: What is asked.
        read: Returns what an answer means, None where it means nothing.
        explanation: What can be answered.

    Raises:
        Left: The user goes, or the input ends.
        Back: The user goes back.
    """
    while True:
        line = ask(prompt)
        try:
            found = read(line)
        except HiringKitError as error:
            complain(error, err=True)
            continue
        if found is not None:
            return found
        tell(explanation)


def one_of(words: Mapping[str, T]) -> Callable[[str], T | None]:
    """Return a reader of one of some words, in any case of letters."""
    return lambda line: words.get(" ".join(line.lower().replace("-", " ").split()))
