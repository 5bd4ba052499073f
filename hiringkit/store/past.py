"""What was there at an earlier event of the audit log: who, which scorecards, and what was left out."""

from collections.abc import Mapping
from datetime import datetime

from attrs import field, frozen
from sqlalchemy import Connection, func, select

from hiringkit.domain.interview import DroppedQuestion
from hiringkit.store import audit
from hiringkit.store import tables as t
from hiringkit.store.tables import audit_events, time_text

_WORD = "scorecard/"


@frozen
class Past:
    """What the audit log says of a moment."""

    sequence: int
    """The last event of that time."""
    at: datetime
    """When that was, UTC."""
    openings: frozenset[str]
    candidates: frozenset[tuple[str, str]]
    """Who was there, by the ids of opening and candidate."""
    withdrawn: Mapping[tuple[str, str], datetime]
    """Who had withdrawn, and when."""
    interviews: frozenset[str]
    """Those that were planned by then."""
    scorecards: Mapping[str, int]
    """The number of the latest scorecard of each interview that was submitted by then."""
    _dropped: frozenset[tuple[str, str]] = field(repr=False)

    def dropped(self, tx: Connection, opening: str) -> tuple[DroppedQuestion, ...]:
        """Return the questions that were left out of an opening, in the order in which they were dropped."""
        table = t.dropped_questions
        rows = tx.execute(
            select(table).where(table.c.opening_id == opening).order_by(table.c.dropped_at, table.c.question_id)
        )
        found = {
            row.question_id: DroppedQuestion(row.question_id, row.reason, row.dropped_at, row.dropped_by)
            for row in rows
            if (opening, row.question_id) in self._dropped and row.dropped_at <= self.at
        }
        return tuple(found.values())


def last_event(tx: Connection, until: datetime) -> int:
    """Return the number of the last event up to a moment, 0 where there was none."""
    before = select(func.max(audit_events.c.sequence)).where(audit_events.c.at <= time_text(until))
    return tx.scalar(before) or 0


def past(tx: Connection, sequence: int) -> Past:
    """Return what was there after an event.

    Scorecards from before the log named them (revision 0012) are told by when they were submitted.

    Raises:
        Refused: An event was changed so that it cannot be read.
    """
    at = None
    openings: set[str] = set()
    candidates: set[tuple[str, str]] = set()
    withdrawn: dict[tuple[str, str], datetime] = {}
    interviews: set[str] = set()
    named: dict[str, int] = {}
    dropped: set[tuple[str, str]] = set()
    for event in audit.until(tx, sequence):
        at, subject = event.at, event.subject
        opening, candidate = subject.get("opening", ""), subject.get("candidate", "")
        openings.add(opening)
        if candidate:
            candidates.add((opening, candidate))
        match event.action:
            case "candidate.withdraw":
                withdrawn[opening, candidate] = event.at
            case "candidate.restore":
                withdrawn.pop((opening, candidate), None)
            case "candidate.remove":
                candidates.discard((opening, candidate))
            case "opening.drop-question":
                dropped.add((opening, subject.get("question", "")))
            case "opening.restore-question":
                dropped.discard((opening, subject.get("question", "")))
        if interview := subject.get("interview"):
            interviews.add(interview)
            numbers = [int(word.removeprefix(_WORD)) for word in event.states if word.startswith(_WORD)]
            named[interview] = max([named.get(interview, 0), *numbers])
    if at is None:
        raise LookupError(sequence)
    scorecards = _submitted(tx, at) | {interview: number for interview, number in named.items() if number}
    return Past(
        sequence,
        at,
        frozenset(openings),
        frozenset(candidates),
        withdrawn,
        frozenset(interviews),
        scorecards,
        frozenset(dropped),
    )


def _submitted(tx: Connection, at: datetime) -> dict[str, int]:
    """Return the latest scorecards of interviews that the log named no scorecard of, by when they were submitted."""
    card = t.scorecards.c
    sealed = select(audit_events.c.sequence).where(audit_events.c.action == audit.CHAIN).limit(1)
    if tx.scalar(sealed) is None:
        return {}
    rows = select(card.interview_id, func.max(card.number)).where(card.submitted_at <= at).group_by(card.interview_id)
    return {row[0]: row[1] for row in tx.execute(rows)}
