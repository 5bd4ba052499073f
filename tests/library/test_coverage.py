"""What of a role its rubric asks for."""

import pytest
from attrs import evolve

from hiringkit.domain.coverage import Gap
from hiringkit.domain.question import Question, QuestionKind
from hiringkit.domain.role import Role, Task
from hiringkit.domain.rubric import Criterion, CriterionKind, Rubric, Stage, default_scale
from hiringkit.library.coverage import cover_rubric
from hiringkit.text.language import Text


@pytest.fixture
def rubric() -> Rubric:
    """Criteria a (weight 3), b (1); questions q1 (8 min, a 3 and b 1), q2 (4 min, a); tasks t1 (a), t2 (b, c)."""

    def criterion(name: str, weight: float) -> Criterion:
        return Criterion(name, CriterionKind.COMPETENCY, Text(name), Text(name), weight)

    def question(name: str, minutes: float | None, **criteria: float) -> Question:
        return Question(name, QuestionKind.BEHAVIOURAL, Text(name), criteria, minutes=minutes)

    return Rubric(
        "r",
        "1.0.0",
        Text("R"),
        default_scale(),
        (criterion("a", 3), criterion("b", 1)),
        (question("q1", 8, a=3, b=1), question("q2", 4, a=1)),
        role=Role("f", "l", tasks=(Task("t1", Text("T"), ("a",)), Task("t2", Text("T"), ("b",)))),
    )


def test_weights_and_minutes_are_shared_out(rubric: Rubric) -> None:
    a, b = cover_rubric(rubric).criteria
    assert (a.share, b.share) == (0.75, 0.25)
    assert (a.minutes, b.minutes) == (6 + 4, 2)
    assert (a.time_share, b.time_share) == (10 / 12, 2 / 12)
    assert a.questions == {"q1": 3, "q2": 1}
    assert (a.tasks, b.tasks) == (("t1",), ("t2",))
    assert (a.gaps, b.gaps) == ((), (Gap.ONE_QUESTION,))


def test_tasks_are_traced_to_questions(rubric: Rubric) -> None:
    """That a question bears on a criterion of a task is not enough: the task names it."""
    tasks = (Task("t1", Text("T"), ("a",), questions=("q2", "q1")), Task("t2", Text("T"), ("b",)))
    first, second = cover_rubric(evolve(rubric, role=Role("f", "l", tasks=tasks))).tasks
    assert (first.questions, first.gaps) == (("q1", "q2"), ())
    assert (second.questions, second.gaps) == ((), (Gap.NOT_ASKED,))


def test_stages_say_how_their_time_is_spent(rubric: Rubric) -> None:
    a, b = rubric.criteria
    stages = (Stage("s1", Text("S"), ("q2",), minutes=14), Stage("s2", Text("S"), (), minutes=30))
    first, second = cover_rubric(evolve(rubric, stages=stages)).stages
    assert (first.minutes, first.available, first.time_shares, first.gaps) == (4, 4, {"a": 1}, ())
    assert (second.minutes, second.available, second.time_shares) == (0, 20, {})
    short = (evolve(stages[0], minutes=13),)
    found = cover_rubric(evolve(rubric, criteria=(evolve(a, required=True), b), stages=short))
    assert found.stages[0].gaps == (Gap.STAGE_OVER,)
    assert [each.gaps for each in found.criteria] == [
        (Gap.GATE_ONCE,),
        (Gap.NOT_STAGED, Gap.ONE_QUESTION, Gap.LITTLE_TIME),
    ]


def test_every_kind_of_gap_is_marked(rubric: Rubric) -> None:
    a, b = rubric.criteria
    q1, q2 = rubric.asked
    traces = (("t1", ("a", "c")), ("t2", ()), ("t3", ("c",)))
    gaps = evolve(
        rubric,
        criteria=(evolve(a, weight=1), evolve(b, weight=9), evolve(a, id="c", weight=1)),
        questions=(evolve(q1, criteria={"a": 7, "b": 1}), evolve(q2, minutes=None)),
        role=Role("f", "l", tasks=tuple(Task(name, Text("T"), criteria) for name, criteria in traces)),
    )
    found = cover_rubric(gaps)
    assert [each.gaps for each in found.criteria] == [
        (Gap.MUCH_TIME,),
        (Gap.ONE_QUESTION, Gap.NO_TASK, Gap.LITTLE_TIME),
        (Gap.NOT_ASKED,),
    ]
    assert [each.gaps for each in found.questions] == [(), (Gap.NO_MINUTES,)]
    assert [each.gaps for each in found.tasks] == [
        (Gap.NOT_ASKED,),
        (Gap.NO_CRITERION, Gap.NOT_ASKED),
        (Gap.NOT_ASKED,),
    ]
    assert len(found.gaps) == 10


def test_without_minutes_and_without_a_role_nothing_is_said_of_either(rubric: Rubric) -> None:
    bare = evolve(rubric, questions=tuple(evolve(q, minutes=None) for q in rubric.asked), role=None)
    found = cover_rubric(bare)
    assert found.tasks == ()
    assert {each.time_share for each in found.criteria} == {None}
    assert {gap for each in found.criteria for gap in each.gaps} == {Gap.ONE_QUESTION}
