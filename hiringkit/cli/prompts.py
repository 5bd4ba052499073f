"""Prompts in plain lines, as a screen reader reads them well and a pipe can answer them."""

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, TypeVar

import click

from hiringkit.errors import HiringKitError, Refused
from hiringkit.locale import _
from hiringkit.locale import say as translated
from hiringkit.store.encryption import check_key
from hiringkit.text.clean import clean_line, clean_text
from hiringkit.text.sentence import Sentence
from hiringkit.text.typed import read_places, typed_plainly

if TYPE_CHECKING:
    from hiringkit.domain.question import Question


def say(text: str = "", *, err: bool = False) -> None:
    """Print a line, harmless whatever is in it."""
    click.echo(clean_text(text), err=err)


def say_exhibits(question: "Question", language: str, *, err: bool = False) -> None:
    """Print what is to be read with a question."""
    from hiringkit.report.views.exhibit import exhibit_text

    for exhibit in question.exhibits:
        say(_("Exhibit: {title}").format(title=exhibit.title.in_language(language)), err=err)
        for line in exhibit_text(exhibit, language).split("\n"):
            say(line, err=err)


def complain(error: HiringKitError, *, err: bool = False) -> None:
    """Say what was wrong with an answer."""
    say(_("error: {message}").format(message=translated(error.message)), err=err)
    if error.hint:
        say(_("hint: {hint}").format(hint=translated(error.hint)), err=err)


def answers(prompt: str, *, err: bool = False, hidden: bool = False) -> Iterator[str]:
    """Yield short answers until the input ends.

    Args:
        prompt: What is asked.
        err: Whether to ask on standard error.
        hidden: Whether a terminal shows nothing of what is typed.

    Raises:
        Abort: The user interrupted.
    """
    with suppress(ImportError):
        _take_pastes_whole()
    while True:
        try:
            yield click.prompt(
                prompt,
                default="",
                show_default=False,
                prompt_suffix=_(": "),
                err=err,
                hide_input=hidden and sys.stdin.isatty(),
            )
        except click.Abort as end:
            say(err=err)
            if isinstance(end.__context__, KeyboardInterrupt):
                say(_("Interrupted; what was answered is saved."), err=err)
                raise
            return


def ask_key(where: str) -> str | None:
    """Ask for the key of an encrypted database; None where nobody is at a terminal."""
    return _hidden(_("Key of {where}").format(where=where))


def ask_new_key() -> str:
    """Ask for a new key twice.

    Raises:
        Refused: Nobody is at a terminal, the key is too short, or the two differ.
    """
    key = _hidden(_("New key"))
    if key is None:
        raise Refused(Sentence("a key is typed in a terminal, and there is none"))
    if check_key(key) != _hidden(_("New key again")):
        raise Refused(Sentence("the two keys differ: nothing was changed"))
    return key


def _hidden(prompt: str) -> str | None:
    if not sys.stdin.isatty():
        return None
    typed: str = click.prompt(prompt, default="", show_default=False, prompt_suffix=_(": "), err=True, hide_input=True)
    return typed


def texts(prompt: str, *, err: bool = False) -> Iterator[str]:
    """Yield answers that may be long until the input ends: at a terminal with line editing, in a pipe as they are.

    Raises:
        Abort: The user interrupted.
    """
    with suppress(ImportError):
        _take_pastes_whole()
    while True:
        say(prompt, err=err)
        click.echo("> ", nl=False, err=True) if err else None
        try:
            with _edited_line():
                line = input("" if err else "> ")
        except EOFError:
            say(err=err)
            return
        except KeyboardInterrupt:
            say(err=err)
            say(_("Interrupted; what was answered is saved."), err=err)
            raise click.Abort from None
        yield line


def _take_pastes_whole() -> None:
    """Have a terminal hand over pasted paragraphs as one answer, and lines of any length.

    `input` uses readline as soon as it is imported. Without it a terminal hands over 4,095 bytes of a line and drops
    the rest. Python switches its bracketed paste off; with it on, a line that ends inside what was pasted is kept
    as part of the answer.

    Raises:
        ImportError: This Python has no readline.
    """
    if sys.stdin.isatty():
        import readline

        readline.parse_and_bind("set enable-bracketed-paste on")


@contextmanager
def _edited_line() -> Iterator[None]:
    """Let the terminal stand in for a standard output that goes elsewhere while a line is read.

    Line editing, which takes lines of any length, wants a terminal at both ends; results still go where they should.
    """
    if not (sys.stdin.isatty() and sys.stderr.isatty()) or sys.stdout.isatty():
        yield
        return
    sys.stdout.flush()
    kept = os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    try:
        yield
    finally:
        os.dup2(kept, sys.stdout.fileno())
        os.close(kept)


def edited(text: str) -> str | None:
    """Return a text as the user's editor leaves it, None where it was left unchanged.

    Raises:
        ClickException: There is no editor, or it failed.
    """
    return click.edit(text, extension=".md")


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
    word = "" if line is None else typed_plainly(line)
    if line is None or word == "q":
        raise Left
    if word == "b":
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
    return lambda line: words.get(" ".join(typed_plainly(line).lower().replace("-", " ").split()))


_MOST_ASKED = 100
_LIST_CUT = 100


class Asker:
    """Asks on stderr and reads stdin; takes every default where nobody is to be asked, or a pipe has ended."""

    def __init__(self, *, silent: bool) -> None:
        self.silent = silent

    def say(self, text: str = "") -> None:
        """Write a line, unless nobody is asked."""
        if not self.silent:
            click.echo(clean_text(text), err=True)

    def ask(self, question: str, default: str, check: Callable[[str], str] = lambda _answer: "") -> str:
        """Ask until the answer passes.

        Args:
            question: Without a mark at its end.
            default: What Enter stands for; may be empty.
            check: Returns what is wrong with an answer, or nothing.
        """
        for _attempt in range(_MOST_ASKED):
            answer = self._read(question, default)
            wrong = check(answer)
            if not wrong:
                return answer
            self.say(wrong)
            if self.silent:
                return default
        return default

    def ask_text(self, question: str, default: str) -> str:
        """Ask for an answer of one line or, pasted at a terminal, of many."""
        if self.silent or not sys.stdin.isatty():
            return self.ask(question, default)
        with suppress(ImportError):
            _take_pastes_whole()
        self.say(_("{question} [{default}]: ").format(question=clean_line(question), default=clean_line(default)))
        try:
            with _edited_line():
                line = input("> " if sys.stdout.isatty() else "")
        except (EOFError, KeyboardInterrupt):
            click.echo(err=True)
            raise click.Abort from None
        return clean_text(line.replace("\r", "\n")).strip() or default

    def choose(
        self,
        question: str,
        items: Sequence[str],
        suggested: Sequence[int],
        check: Callable[[list[int]], str] = lambda _positions: "",
    ) -> list[int]:
        """List things by number and ask which are taken.

        Args:
            question: What is asked.
            items: A line for each.
            suggested: Positions, from 0, that Enter takes; they are marked.
            check: Returns what is wrong with a choice, or nothing.

        Returns:
            Positions, from 0, ascending.
        """
        for number, item in enumerate(items):
            mark = "*" if number in suggested else " "
            line = clean_line(item)
            self.say(f"{number + 1:4} {mark} {line if len(line) <= _LIST_CUT else line[: _LIST_CUT - 1] + '…'}")
        default = write_numbers(suggested) or _("none")

        def wrong(text: str) -> str:
            positions = read_numbers(text, len(items))
            return _("Numbers such as 1-4,7, or all, or none.") if positions is None else check(positions)

        answer = self.ask(question, default, wrong)
        return read_numbers(answer, len(items)) or []

    def _read(self, question: str, default: str) -> str:
        if self.silent:
            return default
        shown = _("{question} [{default}]: ").format(question=clean_line(question), default=clean_line(default))
        click.echo(shown, nl=False, err=True)
        line = sys.stdin.readline()
        answer = clean_line(line) or default
        if line:
            if not sys.stdin.isatty():  # nobody typed it where it can be seen
                click.echo(answer, err=True)
            return answer
        click.echo(err=True)
        if sys.stdin.isatty():
            raise click.Abort
        self.silent = True
        return default


def read_numbers(text: str, many: int) -> list[int] | None:
    """Read `1-4,7`, `all` or `none` as positions from 0; None where it is none of them."""
    wanted = typed_plainly(text).lower()
    if wanted in ("all", _("all"), "*"):
        return list(range(many))
    if wanted in ("none", _("none"), "-"):
        return []
    return read_places(wanted, many)


def write_numbers(positions: Sequence[int]) -> str:
    """Write positions from 0 as `1-4,7`."""
    runs: list[list[int]] = []
    for number in sorted(position + 1 for position in positions):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ",".join(f"{low}-{high}" if high > low else f"{low}" for low, high in runs)
