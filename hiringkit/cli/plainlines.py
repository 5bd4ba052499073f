"""Prompts in plain lines, as a screen reader reads them well and a pipe can answer them."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import click

from hiringkit.domain.text import clean_text
from hiringkit.errors import HiringKitError
from hiringkit.locale import _
from hiringkit.locale import say as translated


def say(text: str = "", *, err: bool = False) -> None:
    """Print a line, harmless whatever is in it."""
    click.echo(clean_text(text), err=err)


def complain(error: HiringKitError, *, err: bool = False) -> None:
    """Say what was wrong with an answer."""
    say(_("error: {message}").format(message=translated(error.message)), err=err)
    if error.hint:
        say(_("hint: {hint}").format(hint=translated(error.hint)), err=err)


def answers(prompt: str, *, err: bool = False) -> Iterator[str]:
    """Yield short answers until the input ends.

    Raises:
        Abort: The user interrupted.
    """
    while True:
        try:
            yield click.prompt(prompt, default="", show_default=False, prompt_suffix=_(": "), err=err)
        except click.Abort as end:
            say(err=err)
            if isinstance(end.__context__, KeyboardInterrupt):
                say(_("Interrupted; what was answered is saved."), err=err)
                raise
            return


def texts(prompt: str, *, err: bool = False) -> Iterator[str]:
    """Yield answers that may be long until the input ends: at a terminal with line editing, in a pipe as they are.

    Raises:
        Abort: The user interrupted.
    """
    if sys.stdin.isatty():
        # without it a terminal hands over 4,095 bytes of a line and drops the rest
        with suppress(ImportError):
            import readline  # noqa: F401 - importing it is what makes `input` use it
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
