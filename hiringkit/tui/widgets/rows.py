"""What a table is made of: heads and rows."""

from attrs import frozen
from textual.content import Content

from hiringkit.report.render.terminal import head_lines


@frozen
class Heads:
    """A column: its title, and how wide it may be."""

    title: str
    width: int = 0
    """Cells; 0 takes what its cells need, and gives way where it is narrow."""
    right: bool = False
    """Whether its cells are aligned right."""
    ruler: bool = False
    """Whether the title is drawn as it is, blanks and all."""

    def lines(self, width: int) -> list[str]:
        """Return the title on one or more lines."""
        return [self.title[:width]] if self.ruler else head_lines(self.title, width)


@frozen
class Row:
    """A line of the table."""

    key: str
    """What it stands for."""
    cells: tuple[Content, ...]

    @property
    def shape(self) -> tuple[object, ...]:
        """What columns are measured by."""
        return self.key, *(cell.cell_length for cell in self.cells)

    @property
    def look(self) -> tuple[object, ...]:
        """What makes it look as it does."""
        return tuple((cell.plain, *cell.spans) for cell in self.cells)
