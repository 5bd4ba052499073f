"""Ratings from the store, in the form that `score` reads."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from attrs import frozen

from hiringkit.actions.audit import Actor
from hiringkit.actions.dropped_questions import dropped_in
from hiringkit.actions.lookup import Tx, asked_rubric
from hiringkit.actions.visibility import visible_opening
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
    """Return the ratings of the latest scorecards of some openings, as far as the viewer may see them.

    Withdrawn candidates are left out, and so are dropped questions, as in comparisons.

    Raises:
        NotFound: No such opening.
    """
    with store.read() as tx:
        interviewers = {each.id: each.name for each in people.interviewers(tx)}
        return tuple(row for opening in opening_ids for row in _of_opening(tx, actor, opening, interviewers))


def _of_opening(tx: Tx, actor: Actor, opening_id: str, interviewers: Mapping[str, str]) -> Iterator[RatingRow]:
    seen = visible_opening(tx, actor.who, opening_id)
    names = {candidate.id: candidate.name for candidate in seen.compared}
    dropped = {each.question for each in dropped_in(tx, seen.opening.id)}
    criteria = {q.id: max(q.criteria, key=q.criteria.__getitem__) for q in asked_rubric(tx, seen.opening).asked}
    for interview in seen.interviews():
        if not interview.scorecards or interview.candidate not in names:
            continue
        card = interview.scorecards[-1]
        for rating in card.ratings:
            # without a value the question was dropped when the scorecard was submitted, and counts again
            if rating.value is None or rating.question in dropped:
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
                criterion=criteria.get(rating.question, ""),
                candidate_name=names[interview.candidate],
                interviewer_name=interviewers[interview.interviewer],
                interview=interview.id,
                submitted_at=_moment(card.submitted_at),
                recommendation=card.recommendation,
                reason=card.summary,
            )


def _moment(at: datetime | None) -> str:
    return at.isoformat(timespec="seconds") if at else ""
