"""Whether the questions fit into the time that is planned for a candidate."""

from collections.abc import Mapping, Sequence

from hiringkit.domain.question import Question
from hiringkit.domain.rubric import Policy, Rubric
from hiringkit.library.lint.codes import MINUTES_OVER, QUESTION_TOO_LONG
from hiringkit.library.nodes import Path
from hiringkit.library.problems import Problem, Problems

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
