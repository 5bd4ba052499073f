"""A source of scorecards: what it hands out, and how far it has been read."""

from collections.abc import Callable, Iterable, Iterator

from attrs import define, field

from hiringkit.domain.finding import Finding
from hiringkit.domain.imported import ImportedScorecard
from hiringkit.text.sentence import Sentence

DRAFTS = Sentence("{count} drafts were left out: nobody has submitted them.")
DELETED = Sentence("{count} scorecards were left out: they were deleted or cancelled.")


@define
class ScorecardSource:
    """The scorecards of an export, and what is wrong with it, one after another.

    It is iterated over once. Findings of severity error mean that the export is not to be used, whatever else came out.
    """

    kind: str
    """One of `KINDS`; empty where the shape is not known, which is then the only finding."""
    bytes_total: int = 0
    """How much there is to read, for a progress bar; what is read twice counts twice."""
    bytes_read: int = 0
    scorecards: int = 0
    """Those that were handed out so far."""
    drafts_skipped: int = 0
    """Those that nobody has submitted: to read them would show interviewers each other's ratings too early."""
    deleted_skipped: int = 0
    """Those that were deleted or cancelled where they come from."""
    on_advance: Callable[["ScorecardSource"], None] | None = field(default=None, repr=False)
    """Called after each piece that was read, for a progress bar."""
    items: Iterable[ImportedScorecard | Finding] = field(factory=tuple, repr=False)

    def __iter__(self) -> Iterator[ImportedScorecard | Finding]:
        return iter(self.items)

    def left_out(self) -> Iterator[Sentence]:
        """Say what of it was left out, once it was read."""
        if self.drafts_skipped:
            yield DRAFTS.format(count=self.drafts_skipped)
        if self.deleted_skipped:
            yield DELETED.format(count=self.deleted_skipped)

    def advance(self, count: int) -> None:
        """Count bytes that were read."""
        self.bytes_read += count
        if self.on_advance:
            self.on_advance(self)
