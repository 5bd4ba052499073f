"""Which questions an interview asks."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hiringkit.actions.kits import check_kit, choose_kit, length
from hiringkit.domain.question import Question, QuestionKind
from hiringkit.domain.rubric import Criterion, CriterionKind, Rubric, default_scale
from hiringkit.errors import NotFound, UsageProblem
from hiringkit.library.catalog import Library
from hiringkit.text.language import Text


def rubric(**minutes: float) -> Rubric:
    """Make a rubric whose question `a1` asks criterion a, `b1` criterion b, and so on."""
    names = sorted({name[0] for name in minutes})
    return Rubric(
        id="r",
        version="1.0.0",
        title=Text("R"),
        scale=default_scale(),
        criteria=tuple(
            Criterion(name, CriterionKind.COMPETENCY, Text(name), Text(name), weight=1 + n)
            for n, name in enumerate(names)
        ),
        questions=tuple(
            Question(name, QuestionKind.BEHAVIOURAL, Text(name), {name[0]: 1}, minutes=length)
            for name, length in minutes.items()
        ),
    )


def test_each_criterion_is_asked_before_any_is_asked_twice() -> None:
    assert choose_kit(rubric(a1=10, a2=10, b1=10, b2=10, c1=10), 30) == ("a1", "b1", "c1")


def test_the_second_interview_asks_what_the_first_did_not() -> None:
    both = rubric(a1=10, a2=10, b1=10, b2=10)
    first = choose_kit(both, 20)
    assert first == ("a1", "b1")
    assert choose_kit(both, 20, first) == ("a2", "b2")


def test_the_heavier_criterion_goes_first_where_time_is_short() -> None:
    assert choose_kit(rubric(a1=10, b1=10), 10) == ("b1",)


def test_a_kit_that_cannot_hold_one_question_is_refused_with_the_shortest() -> None:
    with pytest.raises(UsageProblem) as caught:
        choose_kit(rubric(a1=10, b1=8), 5)
    assert caught.value.hint == "the shortest takes 8"


@settings(max_examples=40, deadline=None)
@given(st.floats(8, 200), st.lists(st.sampled_from(["a1", "a2", "b1", "b2", "c1"]), max_size=12))
def test_a_kit_fits_the_time_and_no_question_that_would_fit_is_left_out(minutes: float, asked: list[str]) -> None:
    whole = rubric(a1=8, a2=12, b1=9, b2=7, c1=11)
    kit = choose_kit(whole, minutes, asked)
    used = sum(length(q) for q in whole.asked if q.id in kit)
    assert used <= minutes
    assert all(used + length(q) > minutes for q in whole.asked if q.id not in kit)
    assert list(kit) == [q.id for q in whole.asked if q.id in kit]


def test_a_kit_chosen_by_hand_is_checked() -> None:
    whole = rubric(a1=8, b1=8)
    assert check_kit(whole, ["b1", "a1"]) == ("b1", "a1")
    with pytest.raises(NotFound) as caught:
        check_kit(whole, ["a11"])
    assert caught.value.hint == "did you mean 'a1'?"
    with pytest.raises(UsageProblem, match="twice"):
        check_kit(whole, ["a1", "a1"])


def test_a_gate_gets_two_questions_before_anything_else() -> None:
    rubric = Library([Path(__file__).parents[2]]).load_rubric("sales-operations-manager")
    (gate,) = (each.id for each in rubric.criteria if each.required)
    kit = choose_kit(rubric, 50)
    assert sum(gate in question.primary for question in rubric.asked if question.id in kit) >= 2


def test_of_questions_that_do_about_as_much_the_first_in_the_rubric_is_asked() -> None:
    flagship = Library([Path(__file__).parents[2]]).load_rubric("sales-operations-manager")
    kit = choose_kit(flagship, 50)
    assert {"process-resistance", "bottlenecks", "tool-criteria", "forecast-miss"} <= set(kit)
