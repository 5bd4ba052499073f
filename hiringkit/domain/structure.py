"""How structured an interview is: the fifteen components, and which of them a rubric has.

After Campion, Palmer & Campion (1997), "A review of structure in the selection interview", Personnel Psychology 50,
655-702: seven components of content, eight of evaluation.
"""

from enum import StrEnum

from attrs import frozen


class Where(StrEnum):
    """What can tell whether a component is there."""

    FILE = "file"
    """The rubric: it shows the component or lays it down as a rule."""
    OPENING = "opening"
    """Only the opening: it depends on what is done there."""


@frozen
class Component:
    """One component of structure."""

    id: str
    """Lower-case words joined by `-`."""
    name: str
    """A few words."""
    met: bool | None
    """Whether the rubric has it; None where only the opening can tell."""
    where: Where
    """What can tell."""
    advice: str = ""
    """What to add to gain it, or what to see to in the opening."""


@frozen
class StructureScore:
    """Which components of structure a rubric has."""

    rubric: str
    """Its id."""
    file: str
    """The file as the user named it."""
    components: tuple[Component, ...]
    """All fifteen, in the order of the review."""

    @property
    def score(self) -> int:
        """How many the rubric has."""
        return sum(component.met is True for component in self.components)

    @property
    def of(self) -> int:
        """How many there are."""
        return len(self.components)

    @property
    def carried(self) -> int:
        """How many of them a file can carry."""
        return sum(component.where is Where.FILE for component in self.components)
