"""Whether criteria are asked often enough and weighed for a reason."""

from collections.abc import Iterable, Sequence

from hiringkit.domain.question import Question
from hiringkit.domain.rubric import Criterion, Rubric
from hiringkit.library.lint.codes import ASKED_ONCE, WEIGHT_RATIONALE
from hiringkit.library.problems import Problem, Problems


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
