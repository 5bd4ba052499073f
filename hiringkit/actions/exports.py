"""Ratings out of the store, in the form in which `score` reads them."""

from collections.abc import Iterator

from attrs import frozen

from hiringkit.actions.audit import Actor
from hiringkit.actions.dropped_questions import dropped_in
from hiringkit.actions.visibility import visible_opening
from hiringkit.domain.interview import Interview
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


def submitted_ratings(store: Store, actor: Actor, opening_id: str) -> tuple[RatingRow, ...]:
    """Return the ratings of the latest scorecards of an opening, as far as the viewer may see them.

    Withdrawn candidates are left out, and so are dropped questions, as in comparisons.

    Raises:
        NotFound: No such opening.
    """
    with store.read() as tx:
        seen = visible_opening(tx, actor.who, opening_id)
        compared = {candidate.id for candidate in seen.compared}
        dropped = {each.question for each in dropped_in(tx, opening_id)}
        held = seen.interviews()
    shown = [i for i in held if i.scorecards and i.candidate in compared]
    return tuple(row for interview in shown for row in _rows(interview) if row.question not in dropped)


def _rows(interview: Interview) -> Iterator[RatingRow]:
    for rating in interview.scorecards[-1].ratings:
        if rating.value is None:  # the question was dropped when the scorecard was submitted, and counts again
            continue
        yield RatingRow(
            opening=interview.opening,
            candidate=interview.candidate,
            interviewer=interview.interviewer,
            question=rating.question,
            rating=str(rating.value),
            evidence=rating.evidence,
            rated_at=rating.rated_at.isoformat(timespec="seconds") if rating.rated_at else "",
            after_seeing=rating.after_seeing,
        )
