"""How far a rubric's questions and criteria cover the role."""

from collections.abc import Iterator

from attrs import evolve

from hiringkit.domain.coverage import Coverage, CriterionCoverage, Gap, QuestionCoverage, TaskTrace
from hiringkit.domain.question import Question
from hiringkit.domain.role import Task
from hiringkit.domain.rubric import Criterion, Rubric

LEAST_TIME = 0.5
"""Of its share of the weight, what a criterion's share of the minutes should come to at least."""


def cover_rubric(rubric: Rubric) -> Coverage:
    """Relate a rubric's criteria, questions and tasks to one another.

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
        _all_minutes(rubric),
    )


def _tasks(rubric: Rubric) -> tuple[Task, ...]:
    return rubric.role.tasks if rubric.role else ()


def _all_minutes(rubric: Rubric) -> float:
    return sum(question.minutes or 0 for question in rubric.asked)


def _criterion(criterion: Criterion, rubric: Rubric) -> CriterionCoverage:
    minutes = sum(_minutes_for(question, criterion.id) for question in rubric.asked)
    total = _all_minutes(rubric)
    made = CriterionCoverage(
        criterion=criterion.id,
        share=criterion.weight / sum(each.weight for each in rubric.criteria),
        questions={q.id: q.criteria[criterion.id] for q in rubric.asked if criterion.id in q.criteria},
        minutes=minutes,
        time_share=minutes / total if total else None,
        tasks=tuple(task.id for task in _tasks(rubric) if criterion.id in task.criteria),
    )
    return evolve(made, gaps=tuple(_criterion_gaps(made, has_tasks=bool(_tasks(rubric)))))


def _criterion_gaps(made: CriterionCoverage, *, has_tasks: bool) -> Iterator[Gap]:
    if not made.questions:
        yield Gap.NOT_ASKED
    if len(made.questions) == 1:
        yield Gap.ONE_QUESTION
    if has_tasks and not made.tasks:
        yield Gap.NO_TASK
    if made.questions and made.time_share is not None and made.time_share < LEAST_TIME * made.share:
        yield Gap.LITTLE_TIME


def _minutes_for(question: Question, criterion: str) -> float:
    if criterion not in question.criteria:
        return 0.0
    return (question.minutes or 0) * question.criteria[criterion] / sum(question.criteria.values())


def _question(question: Question, known: set[str]) -> QuestionCoverage:
    criteria = {criterion: weight for criterion, weight in question.criteria.items() if criterion in known}
    gaps = () if question.minutes else (Gap.NO_MINUTES,)
    return QuestionCoverage(question.id, question.kind, question.minutes, criteria, gaps)


def _task(task: Task, rubric: Rubric) -> TaskTrace:
    questions = tuple(q.id for q in rubric.asked if not q.criteria.keys().isdisjoint(task.criteria))
    missing = Gap.NO_CRITERION if not task.criteria else Gap.NOT_ASKED
    return TaskTrace(task.id, task.criteria, questions, () if questions else (missing,))
