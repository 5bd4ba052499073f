"""Checks of a rubric beyond the shape of its values."""

from collections.abc import Iterable
from itertools import pairwise

from hiringkit.domain.question import Question
from hiringkit.domain.role import Compensation, Role
from hiringkit.domain.rubric import Criterion, Policy, QuestionUse, Rubric, Scale, Variant
from hiringkit.domain.shape import RECOMMENDATIONS
from hiringkit.library.checks import mistakes
from hiringkit.library.checks.findings import Problem, Problems, check_ids
from hiringkit.library.checks.question import (
    Frame,
    check_asked,
    check_gists,
    check_levels,
    check_question,
    frame_of,
    unknown_criterion,
)
from hiringkit.library.yaml.nodes import Path
from hiringkit.text.sentence import Sentence


def check_rubric(rubric: Rubric) -> Problems:
    """Yield what is wrong with a rubric by itself; its banks are checked when it is resolved."""
    frame = frame_of(rubric)
    yield from _check_scale(rubric.scale)
    yield from _check_criteria(rubric, frame)
    yield from _check_rest(rubric, frame)


def check_changes(variant: Variant) -> Problems:
    """Yield what is wrong with a variant by itself, whatever it extends."""
    yield from check_ids(Sentence("criterion"), variant.criteria, ("criteria",))


def check_extended(variant: Variant, rubric: Rubric) -> Problems:
    """Yield what is wrong with a variant in the light of what it extends.

    Args:
        variant: As written.
        rubric: What it comes to.
    """
    frame = frame_of(rubric)
    for i, change in enumerate(variant.criteria):
        criterion, path = rubric.criterion(change.id), ("criteria", i)
        if criterion is None:
            yield unknown_criterion(change.id, (*path, "id"), frame)
            continue
        if change.bar is not None:
            yield from _check_on_scale(change.bar, (*path, "bar"), frame)
        elif change.required and criterion.bar is None:
            yield Problem(mistakes.GATE_WITHOUT_BAR, (*path, "required"), needs=[(*path, "bar")])
    yield from _check_rest(rubric, frame)


def _check_rest(rubric: Rubric, frame: Frame) -> Problems:
    """Yield what is wrong with anything but the scale and the criteria, which a variant does not write out."""
    yield from _check_questions(rubric, frame)
    yield from _check_stages(rubric)
    yield from _check_policy(rubric.policy, frame)
    if rubric.role:
        yield from _check_role(rubric.role, frame)
        yield from _check_tasks(rubric.role, rubric)
    if rubric.need:
        yield from check_ids(Sentence("precondition"), rubric.need.preconditions, ("need", "preconditions"))
        yield from check_ids(Sentence("sign"), rubric.need.signs, ("need", "signs"))
    yield from check_ids(Sentence("expectation"), rubric.candidate_expectations, ("candidate_expectations",))


def check_coverage(rubric: Rubric, asked: Iterable[Question]) -> Problems:
    """Yield each criterion that none of the questions asked is evidence for."""
    evidenced = {criterion for question in asked for criterion in question.criteria}
    questions: Path = ("questions",)
    needs = [questions, *((*questions, i, "criteria") for i in range(len(rubric.questions)))]
    for i, criterion in enumerate(rubric.criteria):
        if criterion.id not in evidenced:
            yield Problem(mistakes.NOT_ASKED, ("criteria", i, "id"), {"id": criterion.id}, needs)


def _check_scale(scale: Scale) -> Problems:
    path: Path = ("scale", "levels")
    for i, (before, value) in enumerate(pairwise(scale.values)):
        if value <= before:
            where, needs = (*path, i + 1, "value"), [(*path, i, "value")]
            yield Problem(mistakes.LEVELS_ORDER, where, {"value": value, "before": before}, needs)


def _check_criteria(rubric: Rubric, frame: Frame) -> Problems:
    yield from check_ids(Sentence("criterion"), rubric.criteria, ("criteria",))
    for i, criterion in enumerate(rubric.criteria):
        yield from _check_criterion(criterion, ("criteria", i), frame)


def _check_criterion(criterion: Criterion, path: Path, frame: Frame) -> Problems:
    yield from check_levels(criterion.anchors, (*path, "anchors"), frame)
    yield from check_gists(criterion, path)
    if criterion.bar is not None:
        yield from _check_on_scale(criterion.bar, (*path, "bar"), frame)
    elif criterion.required:
        yield Problem(mistakes.GATE_WITHOUT_BAR, (*path, "required"), needs=[(*path, "bar")])


def _check_on_scale(number: float, path: Path, frame: Frame) -> Problems:
    if frame.levels and not frame.low <= number <= frame.high:
        fields = {"low": frame.low, "high": frame.high, "value": number}
        yield Problem(mistakes.OFF_SCALE, path, fields, frame.level_paths)


def _check_questions(rubric: Rubric, frame: Frame) -> Problems:
    yield from check_ids(Sentence("question"), rubric.questions, ("questions",))
    for i, question in enumerate(rubric.questions):
        path: Path = ("questions", i)
        if isinstance(question, Question):
            yield from check_question(question, path)
            yield from check_asked(question, path, frame)
    if not any(isinstance(question, QuestionUse) for question in rubric.questions):
        yield from check_coverage(rubric, rubric.asked)


def _check_stages(rubric: Rubric) -> Problems:
    yield from check_ids(Sentence("stage"), rubric.stages, ("stages",))
    first: dict[str, tuple[str, Path]] = {}
    for i, stage in enumerate(rubric.stages):
        path: Path = ("stages", i, "questions")
        yield from _check_question_ids(stage.questions, path, rubric)
        for j, question in enumerate(stage.questions):
            where = (*path, j)
            other, there = first.setdefault(question, (stage.id, where))
            if there != where:
                yield Problem(mistakes.IN_TWO_STAGES, where, {"id": question, "stage": other}, [there])


def _check_tasks(role: Role, rubric: Rubric) -> Problems:
    for i, task in enumerate(role.tasks):
        yield from _check_question_ids(task.questions, ("role", "tasks", i, "questions"), rubric)


def _check_question_ids(ids: Iterable[str], path: Path, rubric: Rubric) -> Problems:
    known = rubric.question_ids
    for i, identifier in enumerate(ids):
        if identifier not in known:
            fields = {"noun": Sentence("question"), "id": identifier}
            yield Problem(mistakes.UNKNOWN_REFERENCE, (*path, i), fields, [("questions",)], near=(identifier, known))


def _check_policy(policy: Policy, frame: Frame) -> Problems:
    path: Path = ("policy", "recommend")
    for word, value in policy.recommend.items():
        if word in RECOMMENDATIONS:
            yield from _check_on_scale(value, (*path, word), frame)
    yield from _check_recommend(policy, path)
    step = min((b - a for a, b in pairwise(sorted(frame.levels))), default=0)
    if policy.bar_margin is not None and 0 < step <= policy.bar_margin:
        fields = {"value": policy.bar_margin, "step": step}
        yield Problem(mistakes.BAR_MARGIN, ("policy", "bar_margin"), fields, frame.level_paths)


def _check_recommend(policy: Policy, path: Path) -> Problems:
    given = [word for word in RECOMMENDATIONS if word in policy.recommend]
    for word, lower_word in pairwise(given):
        value, lower = policy.recommend[word], policy.recommend[lower_word]
        if value <= lower:
            fields = {"word": word, "value": value, "lower_word": lower_word, "lower": lower}
            yield Problem(mistakes.RECOMMEND_ORDER, (*path, lower_word), fields, needs=[(*path, word)])
    missing = [word for word in RECOMMENDATIONS if word not in given]
    if given and missing and len(given) == len(policy.recommend):
        yield Problem(mistakes.RECOMMEND_PART, path, {"words": ", ".join(missing)})


def _check_role(role: Role, frame: Frame) -> Problems:
    yield from check_ids(Sentence("stakeholder"), role.stakeholders, ("role", "stakeholders"))
    yield from check_ids(Sentence("requirement"), role.requirements, ("role", "requirements"))
    yield from check_ids(Sentence("task"), role.tasks, ("role", "tasks"))
    yield from check_ids(Sentence("outcome"), role.outcomes, ("role", "outcomes"))
    yield from check_ids(Sentence("reference check"), role.reference_checks, ("role", "reference_checks"))
    serving = {
        "tasks": [each.criteria for each in role.tasks],
        "requirements": [each.criteria for each in role.requirements],
        "reference_checks": [each.criteria for each in role.reference_checks],
    }
    for key, named in serving.items():
        for i, criteria in enumerate(named):
            for j, criterion in enumerate(criteria):
                if criterion not in frame.criteria:
                    yield unknown_criterion(criterion, ("role", key, i, "criteria", j), frame)
    if role.compensation:
        yield from check_compensation(role.compensation, ("role", "compensation"))


def check_compensation(pay: Compensation, path: Path) -> Problems:
    """Yield what is wrong with a pay range beyond the shape of its values."""
    if pay.low > pay.high:
        yield Problem(mistakes.PAY_ORDER, (*path, "low"), {"low": pay.low, "high": pay.high}, needs=[(*path, "high")])
