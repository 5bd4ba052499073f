"""What a candidate's scores are based on: who heard what, and where interviewers disagree."""

from collections.abc import Mapping

from attrs import frozen

from hiringkit.actions.audit import Actor
from hiringkit.actions.lookup import asked_rubric, find_candidate
from hiringkit.actions.visibility import visible_opening
from hiringkit.domain.interview import Interview, Mark, Rating
from hiringkit.domain.level import LevelNumber
from hiringkit.domain.people import Interviewer
from hiringkit.domain.rubric import Criterion, Rubric
from hiringkit.store import people
from hiringkit.store.store import Store
from hiringkit.text.language import Text

APART = 0.375
"""The share of the scale by which interviewers' means on a criterion have to differ to count as a disagreement:
one and a half levels on a scale from 1 to 5."""


@frozen
class Statement:
    """One rating behind a score."""

    interviewer: Interviewer
    question: str
    """The question's id."""
    text: Text
    """What was asked."""
    title: Text | None
    """The same in a few words, where the question has a title."""
    value: LevelNumber | Mark
    evidence: str


@frozen
class CriterionEvidence:
    """What one criterion's score rests on."""

    criterion: Criterion
    statements: tuple[Statement, ...]
    """By interviewer, in the order of the kit."""
    means: Mapping[str, float]
    """Each interviewer's mean, by id; those without a number are left out."""
    disagreement: bool
    """Whether the means lie further apart than `APART` of the scale."""


def evidence_behind(store: Store, actor: Actor, opening_id: str, candidate_id: str) -> tuple[CriterionEvidence, ...]:
    """Return the submitted ratings and evidence behind each criterion's score, in the rubric's order.

    Raises:
        NotFound: No such opening or candidate.
        Refused: The viewer owes a scorecard for the candidate.
    """
    with store.read() as tx:
        candidate_id = find_candidate(tx, opening_id, candidate_id).id
        seen = visible_opening(tx, actor.who, opening_id)
        seen.require(candidate_id)
        rubric = asked_rubric(tx, seen.opening)
        held = [i for i in seen.interviews(candidate=candidate_id) if i.scorecards]
        known = {interviewer.id: interviewer for interviewer in people.interviewers(tx)}
    return tuple(_criterion_evidence(criterion, rubric, held, known) for criterion in rubric.criteria)


def _criterion_evidence(
    criterion: Criterion, rubric: Rubric, held: list[Interview], known: Mapping[str, Interviewer]
) -> CriterionEvidence:
    bearing = {q.id: q for q in rubric.asked if criterion.id in q.criteria}
    statements, means = [], {}
    for interview in held:
        ratings = [r for r in interview.scorecards[-1].ratings if r.question in bearing and r.value is not None]
        statements += [
            Statement(
                known[interview.interviewer],
                r.question,
                bearing[r.question].text,
                bearing[r.question].title,
                r.value,
                r.evidence,
            )
            for r in ratings
            if r.value is not None
        ]
        mean = _mean(ratings, {q: question.criteria[criterion.id] for q, question in bearing.items()})
        if mean is not None:
            means[interview.interviewer] = mean
    apart = max(means.values(), default=0.0) - min(means.values(), default=0.0)
    far = APART * (rubric.scale.high - rubric.scale.low)
    return CriterionEvidence(criterion, tuple(statements), means, disagreement=apart >= far)


def _mean(ratings: list[Rating], loadings: Mapping[str, float]) -> float | None:
    numbers = [(r.value, loadings[r.question]) for r in ratings if isinstance(r.value, int | float)]
    total = sum(weight for _value, weight in numbers)
    return sum(value * weight for value, weight in numbers) / total if total else None
