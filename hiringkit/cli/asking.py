"""Questions to an author: plain lines, each with a default that Enter takes."""

import sys
from collections.abc import Callable, Sequence

import click

from hiringkit.domain.text import clean_line, clean_text
from hiringkit.locale import _

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
    wanted = text.strip().lower().replace("，", ",").replace("、", ",")
    if wanted in ("all", _("all"), "*"):
        return list(range(many))
    if wanted in ("none", _("none"), "-"):
        return []
    found: set[int] = set()
    for part in wanted.replace(",", " ").split():
        low, dash, high = part.partition("-")
        ends = (low, high if dash else low)
        if not all(end.isascii() and end.isdigit() and len(end) < 7 for end in ends):  # noqa: PLR2004 - no list is that long
            return None
        start, stop = (int(end) for end in ends)
        if not 1 <= start <= stop <= many:
            return None
        found.update(range(start - 1, stop))
    return sorted(found) if found else None


def write_numbers(positions: Sequence[int]) -> str:
    """Write positions from 0 as `1-4,7`."""
    runs: list[list[int]] = []
    for number in sorted(position + 1 for position in positions):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ",".join(f"{low}-{high}" if high > low else f"{low}" for low, high in runs)
