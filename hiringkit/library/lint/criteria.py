"""Rules for criteria: asked more than once, weighted for a reason, and with enough time for their questions."""

from collections.abc import Iterable, Mapping, Sequence

from hiringkit.domain.question import Question
from hiringkit.domain.rubric import Criterion, Policy, Rubric
from hiringkit.library.checks.findings import Problem, Problems
from hiringkit.library.lint.rules import ASKED_ONCE, BARS_REFUSED, MINUTES_OVER, QUESTION_TOO_LONG, WEIGHT_RATIONALE
from hiringkit.library.yaml.nodes import Path


def check_weights(criteria: Sequence[Criterion]) -> Problems:
    """Yield each criterion without a reason for its weight, where weights are unequal.

    Equal weights are the most defensible ones in the absence of a documented rationale for others (United States
    Office of Personnel Management, questions and answers on scoring structured interviews).
    """
    if len({criterion.weight for criterion in criteria}) < 2:  # noqa: PLR2004 - equal weights need no reason
        return
    for i, criterion in enumerate(criteria):
        if criterion.weight_rationale is None:
            fields = {"criterion": criterion.id, "weight": criterion.weight}
            yield Problem(WEIGHT_RATIONALE, ("criteria", i, "weight"), fields)


def check_thresholds(rubric: Rubric) -> Problems:
    """Yield a problem where a candidate exactly at every bar would not get a yes."""
    least = rubric.policy.recommend.get("yes")
    barred = [(criterion.bar, criterion.weight) for criterion in rubric.criteria if criterion.bar is not None]
    total = sum(weight for _, weight in barred)
    if least is None or total <= 0:
        return
    score = sum(bar * weight for bar, weight in barred) / total
    if score < least:
        fields = {"score": f"{score:.2f}", "least": f"{least:g}"}
        needs: list[Path] = [("criteria", i, "bar") for i, c in enumerate(rubric.criteria) if c.bar is not None]
        yield Problem(BARS_REFUSED, ("policy", "recommend", "yes"), fields, needs=needs)


def check_asked_once(rubric: Rubric, asked: Iterable[Question]) -> Problems:
    """Yield each criterion that one question alone is evidence for."""
    carriers: dict[str, list[str]] = {}
    for question in asked:
        for name in question.criteria:
            carriers.setdefault(name, []).append(question.id)
    for i, criterion in enumerate(rubric.criteria):
        if len(carriers.get(criterion.id, ())) == 1:
            fields = {"criterion": criterion.id, "question": carriers[criterion.id][0]}
            yield Problem(ASKED_ONCE, ("criteria", i, "id"), fields, needs=[("questions",)])


_LENGTH: Path = ("policy", "interview_minutes")


def planned_interviews(policy: Policy) -> int:
    """Return how many interviews a candidate has at the least."""
    return policy.panel.minimum if policy.panel else 1


def check_minutes(rubric: Rubric, asked: Sequence[Question], places: Mapping[str, Path]) -> Problems:
    """Yield a problem where a candidate cannot be asked all the questions.

    Every interview asks a part of the pool, and the parts of all interviews of a candidate are to make up the whole:
    otherwise candidates are compared by different questions.

    Args:
        rubric: As written.
        asked: Its questions, those of banks included.
        places: Where each question stands or is drawn, by its id.
    """
    available = rubric.policy.interview_minutes
    if available is None:
        return
    for question in asked:
        if question.minutes and question.minutes > available:
            fields = {"question": question.id, "minutes": question.minutes, "available": available}
            yield Problem(QUESTION_TOO_LONG, places.get(question.id, ("questions",)), fields, needs=[_LENGTH])
    total, interviews = sum(question.minutes or 0 for question in asked), planned_interviews(rubric.policy)
    if total > available * interviews:
        fields = {"total": total, "interviews": interviews, "available": available * interviews}
        yield Problem(MINUTES_OVER, _LENGTH, fields, needs=[("questions",), ("policy", "panel")])
