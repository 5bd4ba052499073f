"""The kit of one interview: full, gates first, and its time shared as criteria weigh."""

from collections.abc import Sequence
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hiringkit.domain.coverage import GATE_QUESTIONS, time_gap
from hiringkit.planning.kit import ORDER, TRADED, solve_kit
from hiringkit.planning.problem import KitProblem, KitQuestion

SHARES = (0.5, 0.3, 0.2)


@st.composite
def problems(draw: st.DrawFn) -> KitProblem:
    def question() -> KitQuestion:
        minutes = draw(st.integers(6, 12))
        weights = draw(st.lists(st.sampled_from([0, 1, 3]), min_size=3, max_size=3).filter(any))
        most = max(weights)
        return KitQuestion(
            minutes,
            tuple(minutes * weight / sum(weights) for weight in weights),
            tuple(place for place, weight in enumerate(weights) if weight == most),
        )

    many = draw(st.integers(1, 8))
    return KitProblem(tuple(question() for _ in range(many)), SHARES, (1,), draw(st.integers(5, 50)))


def minutes(problem: KitProblem, kit: Sequence[int]) -> float:
    return sum(problem.questions[place].minutes for place in kit)


def is_full(problem: KitProblem, kit: Sequence[int]) -> bool:
    room = problem.minutes - minutes(problem, kit)
    rest = [each.minutes for place, each in enumerate(problem.questions) if place not in kit]
    return room >= 0 and all(length > room for length in rest)


def against(problem: KitProblem, kit: Sequence[int]) -> tuple[int, int, float]:
    """Say what speaks against a kit, without arrays."""
    asked = [problem.questions[place] for place in kit]
    main = [place for each in asked for place in each.main]
    times = [sum(column) / minutes(problem, kit) for column in zip(*(each.spent for each in asked), strict=True)]
    pairs = list(zip(times, problem.shares, strict=True))
    return (
        sum(max(0, GATE_QUESTIONS - main.count(gate)) for gate in problem.gates),
        sum(time_gap(time, share) is not None for time, share in pairs),
        sum(max(0, share - time) for time, share in pairs) + ORDER * sum(kit) / len(kit) / len(problem.questions),
    )


@pytest.mark.slow
@settings(max_examples=30, deadline=None)
@given(problems())
def test_no_full_kit_that_differs_by_two_questions_is_better(problem: KitProblem) -> None:
    kit = solve_kit(problem)
    assert is_full(problem, kit)
    if not kit:
        return
    places = range(len(problem.questions))
    others = (each for many in range(1, len(places) + 1) for each in combinations(places, many))
    near = (
        each
        for each in others
        if len(set(each) - set(kit)) <= TRADED and 1 <= len(set(kit) - set(each)) <= TRADED and is_full(problem, each)
    )
    gates, off, missed = against(problem, kit)
    assert all((gates, off, missed - 1e-6) <= against(problem, each) for each in near)


def test_a_gate_has_two_questions_though_time_is_shared_worse() -> None:
    gate, other = KitQuestion(10, (0, 10, 0), (1,)), KitQuestion(10, (10, 0, 0), (0,))
    assert solve_kit(KitProblem((other, other, gate, gate), SHARES, (1,), 30)) == (0, 2, 3)


def test_what_was_asked_elsewhere_waits_and_counts() -> None:
    first = KitQuestion(10, (10, 0, 0), (0,), times=1)
    again, gate = KitQuestion(10, (10, 0, 0), (0,)), KitQuestion(10, (0, 10, 0), (1,))
    assert solve_kit(KitProblem((first, again, gate), SHARES, (), 10)) == (2,)
    assert solve_kit(KitProblem((first, again, gate), SHARES, (), 30)) == (0, 1, 2)


def test_of_two_that_do_as_much_the_first_is_asked() -> None:
    same = KitQuestion(10, (5, 3, 2), (0,))
    assert solve_kit(KitProblem((same, same, same), SHARES, (), 10)) == (0,)
