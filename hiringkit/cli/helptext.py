"""Help that lines up in any script: click wraps and aligns by `len()`, a terminal by cells."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

import click

from hiringkit.locale import _

_WIDE = r"\u2e80-\u9fff\uf900-\ufaff\uff01-\uff60"
_UNITS = re.compile(rf"\s+|[{_WIDE}](?:[，。；：、！？）”’])*|[^\s{_WIDE}]+")


def cells(text: str) -> int:
    """Return the width of a text in terminal cells."""
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    return len(text) + wide - sum(unicodedata.combining(char) > 0 for char in text)


def wrap(text: str, width: int) -> list[str]:
    """Break a paragraph into lines of at most `width` cells; Chinese may break between any two signs."""
    lines, line = [], ""
    for unit in _UNITS.findall(" ".join(text.split())):
        if line and cells(line + unit.rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        if line or not unit.isspace():
            line += unit
    return [*lines, line.rstrip()] if line else lines


class Formatter(click.HelpFormatter):
    """click's formatter, measuring in cells."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write how a command is typed."""
        super().write_usage(prog, args, _("Usage: ") if prefix is None else prefix)

    def write_heading(self, heading: str) -> None:
        """Write what stands above a list."""
        self.write(" " * self.current_indent + _("{heading}:").format(heading=heading) + "\n")

    def write_text(self, text: str) -> None:
        """Write paragraphs, wrapped."""
        indent = " " * self.current_indent
        paragraphs = [p for p in re.split(r"\n\s*\n", text) if p.strip()]
        self.write("\n\n".join("\n".join(indent + line for line in self._wrapped(p)) for p in paragraphs) + "\n")

    def _wrapped(self, paragraph: str) -> Iterator[str]:
        yield from wrap(paragraph, max(self.width - self.current_indent, 20))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write terms and their explanations in two columns."""
        rows = list(rows)
        first = min(max((cells(term) for term, _ in rows), default=0), col_max) + col_spacing
        indent = " " * self.current_indent
        for term, explanation in rows:
            lines = wrap(explanation, max(self.width - first - self.current_indent, 20)) or [""]
            if cells(term) + col_spacing <= first:
                self.write(f"{indent}{term}{' ' * (first - cells(term))}{lines.pop(0)}".rstrip() + "\n")
            else:
                self.write(f"{indent}{term}\n")
            for line in lines:
                self.write(f"{indent}{' ' * first}{line}".rstrip() + "\n")
