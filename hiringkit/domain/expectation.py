"""Where a candidate's needs and what the team gives meet, and where they differ. Never part of a score."""

from attrs import frozen

from hiringkit.text.language import Text

LOWEST, HIGHEST = 1, 5
"""Both sides answer on these: not at all, to very much."""


@frozen
class MutualFit:
    """One expectation as both sides answer it."""

    expectation: str
    """Its id."""
    text: Text
    """What is needed, in the candidate's voice."""
    needed: int | None
    """How much the candidate needs it; None where they were not asked."""
    given: int | None
    """How much the team gives it; None where nobody has said."""

    @property
    def difference(self) -> int | None:
        """What is given less what is needed: below 0, the team gives less than is needed."""
        return None if self.needed is None or self.given is None else self.given - self.needed
