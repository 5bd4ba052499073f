"""What of a role its rubric asks for: criteria by questions, tasks by questions and stages by criteria."""

from collections.abc import Iterator, Mapping, Sequence

from attrs import evolve

from hiringkit.domain.coverage import (
    GATE_QUESTIONS,
    Coverage,
    CriterionCoverage,
    Gap,
    QuestionCoverage,
    StageCoverage,
    TaskTrace,
    time_gap,
)
from hiringkit.domain.question import Question
from hiringkit.domain.role import Task
from hiringkit.domain.rubric import Criterion, Rubric, Stage


def cover_rubric(rubric: Rubric) -> Coverage:
    """Relate a rubric's criteria, questions, tasks and stages to one another.

    Args:
        rubric: With its banks resolved.
    """
    known = {criterion.id for criterion in rubric.criteria}
    return Coverage(
        rubric.id,
        rubric.version,
        tuple(_criterion(criterion, rubric) for criterion in rubric.criteria),
        tuple(_question(question, known) for question in rubric.asked),
        tuple(_task(task, rubric) for task in _tasks(rubric)),
        _all_minutes(rubric.asked),
        tuple(_stage(stage, rubric) for stage in rubric.stages),
    )


def _tasks(rubric: Rubric) -> tuple[Task, ...]:
    return rubric.role.tasks if rubric.role else ()


def _all_minutes(questions: Sequence[Question]) -> float:
    return sum(question.minutes or 0 for question in questions)


def _criterion(criterion: Criterion, rubric: Rubric) -> CriterionCoverage:
    made = CriterionCoverage(
        criterion=criterion.id,
        share=criterion.weight / sum(each.weight for each in rubric.criteria),
        questions={q.id: q.criteria[criterion.id] for q in rubric.asked if criterion.id in q.criteria},
        primary=tuple(q.id for q in rubric.asked if criterion.id in q.primary),
        minutes=sum(_minutes_for(question, criterion.id) for question in rubric.asked),
        time_share=time_shares(rubric.heard).get(criterion.id, 0.0) if _all_minutes(rubric.heard) else None,
        tasks=tuple(task.id for task in _tasks(rubric) if criterion.id in task.criteria),
    )
    return evolve(made, gaps=tuple(_criterion_gaps(made, criterion, rubric)))


def _criterion_gaps(made: CriterionCoverage, criterion: Criterion, rubric: Rubric) -> Iterator[Gap]:
    heard = {question.id for question in rubric.heard}
    if not made.questions:
        yield Gap.NOT_ASKED
    elif heard.isdisjoint(made.questions):
        yield Gap.NOT_STAGED
    if len(made.questions) == 1:
        yield Gap.ONE_QUESTION
    if criterion.required and len(heard.intersection(made.primary)) < GATE_QUESTIONS:
        yield Gap.GATE_ONCE
    if _tasks(rubric) and not made.tasks:
        yield Gap.NO_TASK
    if made.questions and made.time_share is not None and (gap := time_gap(made.time_share, made.share)):
        yield gap


def time_shares(questions: Sequence[Question]) -> Mapping[str, float]:
    """Return the share of some questions' minutes that goes to each criterion."""
    total = _all_minutes(questions)
    criteria = dict.fromkeys(criterion for question in questions for criterion in question.criteria)
    spent = {each: sum(_minutes_for(question, each) for question in questions) for each in criteria}
    return {criterion: minutes / total for criterion, minutes in spent.items() if minutes}


def _minutes_for(question: Question, criterion: str) -> float:
    if criterion not in question.criteria:
        return 0.0
    return (question.minutes or 0) * question.criteria[criterion] / sum(question.criteria.values())


def _question(question: Question, known: set[str]) -> QuestionCoverage:
    criteria = {criterion: weight for criterion, weight in question.criteria.items() if criterion in known}
    gaps = () if question.minutes else (Gap.NO_MINUTES,)
    return QuestionCoverage(question.id, question.kind, question.minutes, criteria, gaps)


def _task(task: Task, rubric: Rubric) -> TaskTrace:
    questions = tuple(q.id for q in rubric.asked if q.id in task.questions)
    gaps = (*(() if task.criteria else (Gap.NO_CRITERION,)), *(() if questions else (Gap.NOT_ASKED,)))
    return TaskTrace(task.id, task.criteria, questions, gaps)


def _stage(stage: Stage, rubric: Rubric) -> StageCoverage:
    questions = [question for each in stage.questions if (question := rubric.question(each))]
    minutes, available = _all_minutes(questions), stage.asking_minutes
    over = available is not None and minutes > available
    return StageCoverage(
        stage.id,
        tuple(question.id for question in questions),
        minutes,
        available,
        time_shares(questions),
        (Gap.STAGE_OVER,) if over else (),
    )
