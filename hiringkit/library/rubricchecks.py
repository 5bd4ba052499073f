"""What may be wrong with a rubric that has the right shape."""

import re
from collections.abc import Iterable
from itertools import pairwise

from hiringkit.domain.question import Question
from hiringkit.domain.rubric import Compensation, Criterion, Policy, QuestionUse, Role, Rubric, Scale
from hiringkit.library import mistakes
from hiringkit.library.findings import did_you_mean
from hiringkit.library.nodes import Path
from hiringkit.library.problems import Problem, Problems, check_id, check_ids, check_positive, check_some
from hiringkit.library.questionchecks import (
    Frame,
    check_asked,
    check_levels,
    check_question,
    frame_of,
    unknown_criterion,
)

RECOMMENDATIONS = ("strong-yes", "yes", "no")
PAY_PERIODS = ("year", "month", "hour")
_CURRENCY = re.compile(r"[A-Z]{3}")
_NUMBER = r"(?:0|[1-9][0-9]*)"
_PRE = rf"(?:{_NUMBER}|[0-9]*[A-Za-z-][0-9A-Za-z-]*)"
_VERSION = re.compile(
    rf"{_NUMBER}\.{_NUMBER}\.{_NUMBER}(?:-{_PRE}(?:\.{_PRE})*)?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?"
)


def check_rubric(rubric: Rubric) -> Problems:
    """Yield what is wrong with a rubric by itself; its banks are looked into when it is resolved."""
    frame = frame_of(rubric)
    yield from check_id(rubric.id, ("id",))
    if not _VERSION.fullmatch(rubric.version):
        yield Problem(mistakes.VERSION_SHAPE, ("version",), {"version": rubric.version})
    yield from _check_scale(rubric.scale)
    yield from _check_criteria(rubric, frame)
    yield from _check_questions(rubric, frame)
    yield from _check_policy(rubric.policy, frame)
    if rubric.role:
        yield from _check_role(rubric.role, frame)
    if rubric.need:
        yield from check_ids("precondition", rubric.need.preconditions, ("need", "preconditions"))
        yield from check_ids("sign", rubric.need.signs, ("need", "signs"))
    yield from check_ids("expectation", rubric.candidate_expectations, ("candidate_expectations",))


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
    if len(scale.levels) < 2:  # noqa: PLR2004 - a scale of one level tells nobody from anybody
        yield Problem(mistakes.LEVELS_FEW, path, {"count": len(scale.levels)})
    for i, (before, value) in enumerate(pairwise(scale.values)):
        if value <= before:
            where, needs = (*path, i + 1, "value"), [(*path, i, "value")]
            yield Problem(mistakes.LEVELS_ORDER, where, {"value": value, "before": before}, needs)


def _check_criteria(rubric: Rubric, frame: Frame) -> Problems:
    yield from check_some(rubric.criteria, ("criteria",), "one criterion")
    yield from check_ids("criterion", rubric.criteria, ("criteria",))
    for i, criterion in enumerate(rubric.criteria):
        yield from _check_criterion(criterion, ("criteria", i), frame)


def _check_criterion(criterion: Criterion, path: Path, frame: Frame) -> Problems:
    yield from check_positive(criterion.weight, (*path, "weight"))
    yield from check_levels(criterion.anchors, (*path, "anchors"), frame)
    if criterion.bar is not None:
        yield from _check_on_scale(criterion.bar, (*path, "bar"), frame)
    elif criterion.required:
        yield Problem(mistakes.GATE_WITHOUT_BAR, (*path, "required"), needs=[(*path, "bar")])


def _check_on_scale(number: float, path: Path, frame: Frame) -> Problems:
    if frame.levels and not frame.low <= number <= frame.high:
        fields = {"low": frame.low, "high": frame.high, "value": number}
        yield Problem(mistakes.OFF_SCALE, path, fields, frame.level_paths)


def _check_questions(rubric: Rubric, frame: Frame) -> Problems:
    yield from check_some(rubric.questions, ("questions",), "one question")
    yield from check_ids("question", rubric.questions, ("questions",))
    for i, question in enumerate(rubric.questions):
        path: Path = ("questions", i)
        if isinstance(question, Question):
            yield from check_question(question, path)
            yield from check_asked(question, path, frame)
        else:
            yield from check_some(question.use, (*path, "use"), "one question's id")
    if not any(isinstance(question, QuestionUse) for question in rubric.questions):
        yield from check_coverage(rubric, rubric.asked)


def _check_policy(policy: Policy, frame: Frame) -> Problems:
    if not 0 <= policy.minimum_coverage <= 1:
        path: Path = ("policy", "minimum_coverage")
        yield Problem(mistakes.NOT_A_SHARE, path, {"value": policy.minimum_coverage})
    path = ("policy", "recommend")
    for word, value in policy.recommend.items():
        if word in RECOMMENDATIONS:
            yield from _check_on_scale(value, (*path, word), frame)
        else:
            near = (word, RECOMMENDATIONS)
            yield Problem(mistakes.UNKNOWN_KEY, (*path, word), {"key": word}, near=near, at_key=True)
    yield from _check_recommend(policy, path)


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
    yield from check_id(role.family, ("role", "family"))
    yield from check_ids("stakeholder", role.stakeholders, ("role", "stakeholders"))
    yield from check_ids("requirement", role.requirements, ("role", "requirements"))
    yield from check_ids("task", role.tasks, ("role", "tasks"))
    serving = {"tasks": [t.criteria for t in role.tasks], "requirements": [r.criteria for r in role.requirements]}
    for section, named in serving.items():
        for i, criteria in enumerate(named):
            for j, criterion in enumerate(criteria):
                if criterion not in frame.criteria:
                    yield unknown_criterion(criterion, ("role", section, i, "criteria", j), frame)
    if role.compensation:
        yield from check_compensation(role.compensation, ("role", "compensation"))


def check_compensation(pay: Compensation, path: Path) -> Problems:
    """Yield what is wrong with a pay range."""
    if not _CURRENCY.fullmatch(pay.currency):
        yield Problem(mistakes.CURRENCY_SHAPE, (*path, "currency"), {"currency": pay.currency})
    yield from check_positive(pay.low, (*path, "low"))
    yield from check_positive(pay.high, (*path, "high"))
    if pay.low > pay.high:
        yield Problem(mistakes.PAY_ORDER, (*path, "low"), {"low": pay.low, "high": pay.high}, needs=[(*path, "high")])
    if pay.per not in PAY_PERIODS:
        fields = {"choices": ", ".join(PAY_PERIODS), "found": pay.per}
        hint = did_you_mean(pay.per, PAY_PERIODS)
        yield Problem(mistakes.UNKNOWN_VALUE, (*path, "per"), fields, hint=hint)
