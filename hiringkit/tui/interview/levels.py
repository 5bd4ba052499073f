"""A level as it is typed: digit by digit, for scales of any numbers."""

from collections.abc import Mapping

from attrs import define

from hiringkit.domain.interview import Mark
from hiringkit.domain.level import LevelNumber, write_level
from hiringkit.domain.rubric import Scale

SIGNS = {Mark.NOT_ASSESSED: "n", Mark.NO_EVIDENCE: "x"}
"""How marks are typed and shown in place of a level."""


def value_sign(value: LevelNumber | Mark | None) -> str:
    """Return a rating as a sign: its level, n, x, or a blank."""
    if value is None:
        return " "
    return SIGNS[value] if isinstance(value, Mark) else write_level(value)


@define
class LevelEntry:
    """What was typed of a level so far."""

    names: Mapping[str, LevelNumber | Mark]
    """Everything that can be typed, with what it stands for."""
    text: str = ""

    @classmethod
    def of(cls, scale: Scale) -> "LevelEntry":
        """Return an entry for the levels of a scale, and for marks."""
        levels: dict[str, LevelNumber | Mark] = {write_level(value): value for value in scale.values}
        return cls(levels | {sign: mark for mark, sign in SIGNS.items()})

    def add(self, sign: str) -> bool:
        """Take a sign in, if that leads to something; False leaves all as it is."""
        text = self.text + sign.replace(",", ".").lower()
        if not any(name.startswith(text) for name in self.names):
            return False
        self.text = text
        return True

    @property
    def value(self) -> LevelNumber | Mark | None:
        """What was typed, if it stands for something."""
        return self.names.get(self.text)

    @property
    def final(self) -> bool:
        """Whether it stands for something that no other sign could turn into something else."""
        return self.value is not None and sum(name.startswith(self.text) for name in self.names) == 1

    def clear(self) -> str:
        """Forget what was typed, and return it."""
        text, self.text = self.text, ""
        return text
