"""Rules for criteria: asked more than once, weighted for a reason, and with enough time for their questions."""

from collections.abc import Iterable, Mapping, Sequence

from hiringkit.domain.coverage import GATE_QUESTIONS, Gap
from hiringkit.domain.question import Question
from hiringkit.domain.rubric import OPENING_AND_CLOSE, Criterion, Policy, Rubric
from hiringkit.library.checks.findings import Problem, Problems
from hiringkit.library.coverage import cover_rubric
from hiringkit.library.lint.rules import (
    ASKED_ONCE,
    BARS_REFUSED,
    GATE_ASKED_ONCE,
    MINUTES_OVER,
    NO_TASK_ASKED,
    NOT_STAGED,
    QUESTION_TOO_LONG,
    SECONDARY_UNHEARD,
    STAGE_TOO_SHORT,
    TASK_NOT_ASKED,
    TIME_AGAINST_WEIGHT,
    WEIGHT_RATIONALE,
)
from hiringkit.library.yaml.nodes import Path
from hiringkit.text.language import LANGUAGES
from hiringkit.text.sentence import Sentence
from hiringkit.text.similarity import WordIndex


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


Places = Mapping[str, Path]
"""Where each criterion or question stands in a file, by its id."""
_FEWEST_COMPARED = 4
"""Criteria among which it makes sense to say which an anchor is nearest to."""


def check_cover(rubric: Rubric, places: Places) -> Problems:
    """Yield each criterion that gets too little or too much of the time, and each gate that is asked too rarely.

    Args:
        rubric: With its banks resolved.
        places: Where each criterion stands.
    """
    for each in cover_rubric(rubric).criteria:
        where = places[each.criterion]
        time = round(100 * (each.time_share or 0))
        for gap, direction in ((Gap.LITTLE_TIME, Sentence("more")), (Gap.MUCH_TIME, Sentence("less"))):
            if gap in each.gaps:
                shares = {"weight": round(100 * each.share), "time": time, "direction": direction}
                yield Problem(TIME_AGAINST_WEIGHT, where, {"criterion": each.criterion, **shares}, [("questions",)])
        if Gap.GATE_ONCE in each.gaps:
            count = len({question.id for question in rubric.heard}.intersection(each.primary))
            fields = {"criterion": each.criterion, "count": count, "needed": GATE_QUESTIONS}
            yield Problem(GATE_ASKED_ONCE, where, fields, [("questions",)])


def check_stages(rubric: Rubric, places: Places) -> Problems:
    """Yield each stage whose questions do not fit into it, and each criterion that no stage asks about."""
    found = cover_rubric(rubric)
    for i, stage in enumerate(found.stages):
        if Gap.STAGE_OVER in stage.gaps:
            fields = {"stage": stage.stage, "minutes": stage.minutes, "available": stage.available}
            yield Problem(STAGE_TOO_SHORT, ("stages", i, "minutes"), fields, [("stages", i, "questions")])
    for each in found.criteria:
        if Gap.NOT_STAGED in each.gaps:
            yield Problem(NOT_STAGED, places[each.criterion], {"criterion": each.criterion}, [("stages",)])


def check_tasks(rubric: Rubric) -> Problems:
    """Yield each task that no question is about."""
    path: Path = ("role", "tasks")
    tasks = cover_rubric(rubric).tasks
    unasked = [i for i, task in enumerate(tasks) if not task.questions]
    if tasks and len(unasked) == len(tasks):
        yield Problem(NO_TASK_ASKED, path, needs=[("questions",)])
        return
    for i in unasked:
        yield Problem(TASK_NOT_ASKED, (*path, i, "id"), {"task": tasks[i].task}, needs=[("questions",)])


def check_secondary(rubric: Rubric, places: Places) -> Problems:
    """Yield each secondary criterion of a question whose anchors are nearer to most other criteria.

    Anchors and criteria (name, definition and anchors) are compared by the words that they have in common, weighted by
    rarity among the criteria; in each language that the anchors are written in, the criterion has to come before the
    middle of the criteria, where it would stand by chance.

    Args:
        rubric: With its banks resolved.
        places: Where each question stands or is drawn.
    """
    if len(rubric.criteria) < _FEWEST_COMPARED:
        return
    indexes = {code: WordIndex(_criterion_words(each, code) for each in rubric.criteria) for code in LANGUAGES}
    for question in rubric.asked:
        for criterion in [each for each in question.criteria if each not in question.primary]:
            ranks = [_rank(rubric, criterion, said, indexes[code]) for code, said in _anchor_words(question).items()]
            if ranks and all(2 * rank > len(rubric.criteria) for rank in ranks):
                fields = {"question": question.id, "criterion": criterion}
                where = places.get(question.id, ("questions",))
                yield Problem(SECONDARY_UNHEARD, where, fields, needs=[("criteria",)])


def _criterion_words(criterion: Criterion, language: str) -> str:
    texts = (criterion.name, criterion.definition, *criterion.anchors.values())
    return "\n".join(text.said_in(language) for text in texts)


def _anchor_words(question: Question) -> dict[str, str]:
    said = {code: "\n".join(text.said_in(code) for text in question.anchors.values()) for code in LANGUAGES}
    return {code: text for code, text in said.items() if text.strip()}


def _rank(rubric: Rubric, criterion: str, text: str, index: WordIndex) -> int:
    """Return the place of a criterion among all by how near a text is to them; the last of equals."""
    found = dict(zip((each.id for each in rubric.criteria), index.similarities(text), strict=True))
    return sum(similarity >= found.get(criterion, 0.0) for similarity in found.values())


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
    if any(stage.minutes for stage in rubric.stages):
        return  # each stage has its own
    total, interviews = sum(question.minutes or 0 for question in asked), planned_interviews(rubric.policy)
    time = interviews * (available - OPENING_AND_CLOSE)
    if total > time:
        fields = {"total": total, "interviews": interviews, "available": time}
        yield Problem(MINUTES_OVER, _LENGTH, fields, needs=[("questions",), ("policy", "panel")])
