"""Ratings from the store, in the form that `score` reads."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from attrs import astuple, fields, frozen

from hiringkit.actions.audit import Actor
from hiringkit.actions.dropped_questions import dropped_in
from hiringkit.actions.lookup import Tx, asked_rubric
from hiringkit.actions.visibility import VisibleOpening, visible_opening
from hiringkit.domain.interview import Interview
from hiringkit.exchange.arrow import write_rows
from hiringkit.files import beside, sync, write_plainly
from hiringkit.store import people
from hiringkit.store.store import Store


@frozen
class RatingRow:
    """One rating of a submitted scorecard, as a row of a file."""

    opening: str
    candidate: str
    interviewer: str
    question: str
    rating: str
    """A level, `not-assessed` or `no-evidence`."""
    evidence: str
    rated_at: str
    """ISO 8601, UTC."""
    after_seeing: bool
    """Whether it was given or changed by somebody who could see others' ratings of the candidate."""
    criterion: str
    """The criterion that the question is most evidence for; empty where the rubric no longer asks the question."""
    candidate_name: str
    interviewer_name: str
    interview: str
    """The interview's id."""
    submitted_at: str
    """When the latest scorecard was; ISO 8601, UTC."""
    recommendation: str
    reason: str
    """The interviewer's, in a line."""


def submitted_ratings(store: Store, actor: Actor, opening_ids: Sequence[str]) -> tuple[RatingRow, ...]:
    """Return what `rating_batches` yields, at once."""
    return tuple(row for batch in rating_batches(store, actor, opening_ids) for row in batch)


def rating_batches(store: Store, actor: Actor, opening_ids: Sequence[str]) -> Iterator[list[RatingRow]]:
    """Yield the ratings of the latest scorecards of some openings, as far as the viewer may see them, in batches.

    Withdrawn candidates are left out, and so are dropped questions, as in comparisons. All are of one moment.

    Raises:
        NotFound: No such opening.
    """
    with store.read() as tx:
        names = {each.id: each.name for each in people.interviewers(tx)}
        openings = [visible_opening(tx, actor.who, opening) for opening in opening_ids]
        for seen in openings:
            rows = _RowsOfOpening(tx, seen, names)
            for batch in seen.in_batches():
                yield [row for interview in batch for row in rows.of(interview)]


class _RowsOfOpening:
    """What the rows of an opening's interviews take."""

    def __init__(self, tx: Tx, seen: VisibleOpening, interviewers: Mapping[str, str]) -> None:
        self.names = {candidate.id: candidate.name for candidate in seen.compared}
        self.dropped = {each.question for each in dropped_in(tx, seen.opening.id)}
        asked = asked_rubric(tx, seen.opening).asked
        self.criteria = {q.id: max(q.criteria, key=q.criteria.__getitem__) for q in asked}
        self.interviewers = interviewers

    def of(self, interview: Interview) -> Iterator[RatingRow]:
        """Yield the rows of an interview's latest scorecard."""
        if not interview.scorecards or interview.candidate not in self.names:
            return
        card = interview.scorecards[-1]
        for rating in card.ratings:
            # without a value the question was dropped when the scorecard was submitted, and counts again
            if rating.value is None or rating.question in self.dropped:
                continue
            yield RatingRow(
                opening=interview.opening,
                candidate=interview.candidate,
                interviewer=interview.interviewer,
                question=rating.question,
                rating=str(rating.value),
                evidence=rating.evidence,
                rated_at=_moment(rating.rated_at),
                after_seeing=rating.after_seeing,
                criterion=self.criteria.get(rating.question, ""),
                candidate_name=self.names[interview.candidate],
                interviewer_name=self.interviewers[interview.interviewer],
                interview=interview.id,
                submitted_at=_moment(card.submitted_at),
                recommendation=card.recommendation,
                reason=card.summary,
            )


def write_parquet(store: Store, actor: Actor, opening_ids: Sequence[str], path: Path) -> int:
    """Write the same rows to a Parquet file that `score` reads, in memory that does not grow with them.

    Args:
        store: The store.
        actor: Who wants it.
        opening_ids: Which openings.
        path: The file, which is for its owner alone; it appears when it is whole.

    Returns:
        How many ratings it holds.

    Raises:
        NotFound: No such opening.
        Refused: The file cannot be written, or pyarrow is not installed.
    """
    columns = {each.name: each.type is bool for each in fields(RatingRow)}
    batches = (list(map(astuple, batch)) for batch in rating_batches(store, actor, opening_ids))
    with write_plainly(path), beside(path.resolve(), b"", 0o600) as part:
        count = write_rows(part, columns, batches)
        sync(part)
        part.replace(path.resolve())
    return count


def _moment(at: datetime | None) -> str:
    return at.isoformat(timespec="seconds") if at else ""
