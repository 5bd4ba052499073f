"""The laws of a plan: whatever is planned satisfies every rule, and what cannot be is explained by nothing superfluous.

The checker below shares no code with the planner.
"""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import combinations, pairwise

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from hiringkit.domain.panel import PanelInterview, PlannedKit
from hiringkit.planning.conflicts import find_conflicts
from hiringkit.planning.model import NoSolution, RuleKind, rules_of
from hiringkit.planning.plan import planned_cover, planned_interviews, planned_kits
from hiringkit.planning.problem import (
    EarlierKit,
    HeldInterview,
    PanelCandidate,
    PanelCriterion,
    PanelInterviewer,
    PanelProblem,
    PanelQuestion,
)
from hiringkit.planning.solve import is_feasible, solve_panel

Planned = tuple[tuple[PlannedKit, ...], tuple[PanelInterview, ...]]
CRITERIA = ("data", "people", "tools", "change")
MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


def panel_of(problem: PanelProblem) -> Planned:
    found = solve_panel(problem)
    return planned_kits(problem, found), planned_interviews(problem, found)


def wrong_with(problem: PanelProblem, planned: Planned) -> list[str]:
    """Name everything that a plan does wrong."""
    kits, interviews = planned
    wrong = []
    people = {each.id: each for each in problem.interviewers}
    questions = {each.id: each for each in problem.questions}
    asked = Counter(question for kit in kits for question in kit.questions)
    wrong += [f"{question} in two kits" for question, times in asked.items() if times > 1]
    wrong += [f"kit {kit.id} is empty" for kit in kits if not kit.questions]
    total = sum(questions[each].minutes for each in asked)
    for criterion in problem.criteria:
        spent = sum(questions[each].minutes * questions[each].shares.get(criterion.id, 0) for each in asked)
        if spent < 0.5 * criterion.share * total - 1e-6:
            wrong.append(f"{criterion.id} gets {spent} of {total} minutes")
    for each in interviews:
        who = people[each.interviewer]
        candidate = next(c for c in problem.candidates if c.id == each.candidate)
        if sum(questions[q].minutes for q in each.questions) > who.minutes - problem.margin + 1e-6:
            wrong.append(f"{each} is too long")
        if who.asks is not None and not set(each.questions) <= who.asks:
            wrong.append(f"{each} goes beyond what {who.id} is qualified for")
        if each.interviewer in candidate.apart:
            wrong.append(f"{each} is not to be")
        if who.times is not None and each.at not in who.times:
            wrong.append(f"{each} is at no time of {who.id}")
        if candidate.times is not None and each.at is not None and each.at not in candidate.times:
            wrong.append(f"{each} is at no time of {candidate.id}")
    wrong += wrong_loads(problem, interviews)
    wrong += wrong_panels(problem, planned)
    return wrong


def wrong_loads(problem: PanelProblem, interviews: tuple[PanelInterview, ...]) -> list[str]:
    wrong = []
    load = Counter(each.interviewer for each in interviews)
    load += Counter(held.interviewer for each in problem.candidates for held in each.elsewhere)
    for who in problem.interviewers:
        if load[who.id] < who.at_least or (who.at_most is not None and load[who.id] > who.at_most):
            wrong.append(f"{who.id} holds {load[who.id]}")
        own = [each for each in interviews if each.interviewer == who.id]
        if sorted(each.order for each in own) != list(range(1, len(own) + 1)):
            wrong.append(f"the order of {who.id} has gaps")
    lengths = {who.id: timedelta(minutes=who.minutes) for who in problem.interviewers}
    for one, other in combinations([each for each in interviews if each.at is not None], 2):
        assert one.at is not None
        assert other.at is not None
        shared = one.candidate == other.candidate or one.interviewer == other.interviewer
        if shared and one.at < other.at + lengths[other.interviewer] and other.at < one.at + lengths[one.interviewer]:
            wrong.append(f"{one} and {other} are at once")
    return wrong


def wrong_panels(problem: PanelProblem, planned: Planned) -> list[str]:
    kits, interviews = planned
    wrong = []
    questions = {each.id: each for each in problem.questions}
    reached = {problem.candidates[0].id}
    met = {
        candidate.id: [(each.interviewer, each.questions) for each in interviews if each.candidate == candidate.id]
        + [(held.interviewer, held.questions) for held in candidate.elsewhere]
        for candidate in problem.candidates
    }
    for candidate in problem.candidates:
        own = met[candidate.id]
        if len({who for who, _kit in own}) < len(own):
            wrong.append(f"{candidate.id} meets somebody twice")
        if not candidate.elsewhere and len(own) != len(kits):
            wrong.append(f"{candidate.id} has {len(own)} interviews")
        heard = Counter(question for _who, kit in own for question in kit)
        wrong += [f"{candidate.id} hears {question} twice" for question, times in heard.items() if times > 1]
        for criterion in problem.criteria:
            on = {q for q in questions if questions[q].shares.get(criterion.id)}
            if len({who for who, kit in own if on.intersection(kit)}) < criterion.interviewers:
                wrong.append(f"{candidate.id} is asked by too few about {criterion.id}")
    for _each in problem.candidates:
        known = {who for candidate in reached for who, _kit in met[candidate]}
        reached |= {candidate for candidate, own in met.items() if known.intersection(who for who, _kit in own)}
    if reached != set(met):
        wrong.append("not connected")
    return wrong


@st.composite
def problems(draw: Callable[..., object], *, timed: bool = False) -> PanelProblem:
    """Draw a small problem, which may be impossible."""

    def number(low: int, high: int) -> int:
        value = draw(st.integers(low, high))
        assert isinstance(value, int)
        return value

    def some(of: tuple[str, ...], fewest: int = 1) -> list[str]:
        value = draw(st.lists(st.sampled_from(of), min_size=fewest, max_size=len(of), unique=True))
        assert isinstance(value, list)
        return value

    criteria = CRITERIA[: number(1, 4)]
    questions = []
    for n in range(number(2, 10)):
        on = some(criteria)[:2]
        questions.append(PanelQuestion(f"q{n}", number(3, 12), {each: 1 / len(on) for each in on}))
    weights = [number(1, 5) for _ in criteria]
    interviewers = []
    for n in range(number(1, 5)):
        qualified = set(some(criteria)) if number(0, 2) == 0 else None
        asks = None if qualified is None else frozenset(q.id for q in questions if set(q.shares) <= qualified)
        most = number(0, 5) if number(0, 2) == 0 else None
        least = 1 if most != 0 and number(0, 4) == 0 else 0
        times = tuple(MONDAY + timedelta(hours=hour) for hour in range(number(1, 5))) if timed else None
        interviewers.append(PanelInterviewer(f"i{n}", number(2, 5) * 10, least, most, asks, times))
    names = tuple(each.id for each in interviewers)
    candidates = tuple(
        PanelCandidate(f"c{n}", frozenset(some(names)[:1]) if number(0, 5) == 0 else frozenset())
        for n in range(number(1, 5))
    )
    return PanelProblem(
        tuple(questions),
        tuple(
            PanelCriterion(each, weight / sum(weights), number(1, 2))
            for each, weight in zip(criteria, weights, strict=True)
        ),
        tuple(interviewers),
        candidates,
        number(1, min(3, len(interviewers))),
        5.0,
    )


def explained(problem: PanelProblem) -> None:
    """Hold that what conflicts contradicts itself, and no part of it does without any one other."""
    conflicts = find_conflicts(problem)
    assert conflicts
    assert all(each.message for each in conflicts)
    rules = [rule for each in conflicts for rule in each.rules]
    assert set(rules) <= set(rules_of(problem))
    assert not is_feasible(problem, rules, 60)
    for given_up in rules:
        assert is_feasible(problem, [rule for rule in rules if rule != given_up], 60), given_up


@pytest.mark.slow
@given(problems())
@settings(max_examples=40)
def test_a_plan_satisfies_every_rule_or_what_prevents_it_is_minimal(problem: PanelProblem) -> None:
    try:
        planned = panel_of(problem)
    except NoSolution:
        explained(problem)
    else:
        assert wrong_with(problem, planned) == []
        assert find_conflicts(problem) == ()


@pytest.mark.slow
@given(problems(timed=True))
@settings(max_examples=15)
def test_with_times_nobody_is_in_two_places(problem: PanelProblem) -> None:
    try:
        planned = panel_of(problem)
    except NoSolution:
        explained(problem)
    else:
        assert wrong_with(problem, planned) == []
        assert all(each.at is not None for each in planned[1])


def usual(candidates: int = 6, interviewers: int = 5, at_least: int = 0, at_most: int | None = None) -> PanelProblem:
    """A problem that is possible: each of four criteria has six questions of six minutes."""
    return PanelProblem(
        tuple(PanelQuestion(f"{each}-{n}", 6.0, {each: 1.0}) for each in CRITERIA for n in range(6)),
        tuple(PanelCriterion(each, 0.25, 2) for each in CRITERIA),
        tuple(PanelInterviewer(f"i{n}", 45.0, at_least, at_most) for n in range(interviewers)),
        tuple(PanelCandidate(f"c{n}") for n in range(candidates)),
        2,
        10.0,
    )


def test_without_limits_the_same_few_people_meet_everybody() -> None:
    _kits, interviews = panel_of(usual())
    assert len({each.interviewer for each in interviews}) == 2


def test_limits_share_the_load_evenly_and_keep_candidates_comparable() -> None:
    problem = usual(candidates=8, interviewers=4, at_most=5)
    planned = panel_of(problem)
    assert wrong_with(problem, planned) == []
    assert sorted(Counter(each.interviewer for each in planned[1]).values()) == [4, 4, 4, 4]


def test_two_pairs_of_interviewers_who_share_no_candidate_are_no_plan() -> None:
    problem = evolve(usual(candidates=2, interviewers=2), interviews=1, criteria=())
    one = evolve(problem, interviewers=tuple(evolve(each, at_most=1) for each in problem.interviewers))
    assert RuleKind.CONNECTED in {rule.kind for each in find_conflicts(one) for rule in each.rules}
    assert wrong_with(problem, panel_of(problem)) == []


def test_every_candidate_comes_early_and_late_and_nobody_follows_the_same_one_everywhere() -> None:
    _kits, interviews = panel_of(evolve(usual(candidates=6, interviewers=4), interviews=3))
    orders = {
        who: sorted((e for e in interviews if e.interviewer == who), key=lambda e: e.order)
        for who in ("i0", "i1", "i2", "i3")
    }
    follows = Counter((one.candidate, other.candidate) for order in orders.values() for one, other in pairwise(order))
    assert max(follows.values()) == 1
    early = Counter(each.candidate for each in interviews if each.order <= 2)
    assert max(early.values()) <= 2


def test_what_is_covered_is_counted_for_whoever_is_asked_least() -> None:
    problem = usual()
    planned = panel_of(problem)
    cover = planned_cover(problem, planned[1], planned[0])
    assert [(each.criterion, each.needed) for each in cover] == [(each, 2) for each in CRITERIA]
    assert all(each.interviewers == 2 for each in cover)
    assert sum(each.time_share for each in cover) == pytest.approx(1)


def replanned(problem: PanelProblem, planned: Planned, begun: set[tuple[str, str]]) -> PanelProblem:
    """Make the problem that is left of a plan of which some interviews have begun."""
    kits, interviews = planned
    places = {kit.id: n for n, kit in enumerate(kits)}

    def left(candidate: PanelCandidate) -> PanelCandidate:
        own = [each for each in interviews if each.candidate == candidate.id]
        held = [each for each in own if (each.candidate, each.interviewer) in begun]
        return evolve(
            candidate,
            held=tuple(HeldInterview(each.interviewer, each.questions, places[each.kit]) for each in held),
            planned={each.interviewer: places[each.kit] for each in own if each not in held},
        )

    used = {each.kit for each in interviews if (each.candidate, each.interviewer) in begun}
    return evolve(
        problem,
        candidates=tuple(map(left, problem.candidates)),
        kits=tuple(EarlierKit(kit.questions, kit.id in used) for kit in kits),
    )


def pairs(planned: Planned) -> set[tuple[str, str, str]]:
    return {(each.candidate, each.interviewer, each.kit) for each in planned[1]}


def test_planning_anew_changes_nothing_where_nothing_has_changed() -> None:
    problem = usual()
    planned = panel_of(problem)
    again = panel_of(replanned(problem, planned, set()))
    assert pairs(again) == pairs(planned)
    assert [kit.questions for kit in again[0]] == [kit.questions for kit in planned[0]]


def test_an_interviewer_who_falls_ill_is_replaced_and_what_has_begun_stays() -> None:
    problem = usual()
    planned = panel_of(problem)
    ill = planned[1][0].interviewer
    begun = {("c0", ill), ("c1", ill)}
    limited = tuple(evolve(each, at_most=2) if each.id == ill else each for each in problem.interviewers)
    left = replanned(evolve(problem, interviewers=limited), planned, begun)
    again = panel_of(left)
    assert wrong_with(left, again) == []
    assert {("c0", ill), ("c1", ill)} == {
        (each.candidate, each.interviewer) for each in again[1] if each.interviewer == ill
    }
    assert len(pairs(planned) - pairs(again)) == 4, "only the interviews that the ill one cannot hold have moved"
    assert [kit.questions for kit in again[0]] == [kit.questions for kit in planned[0]]


def test_an_interview_that_was_held_apart_from_the_plan_is_never_asked_again() -> None:
    problem = usual(candidates=3)
    heard = ("data-0", "people-0", "tools-0")
    held = HeldInterview("i4", heard)
    problem = evolve(problem, candidates=(evolve(problem.candidates[0], held=(held,)), *problem.candidates[1:]))
    planned = panel_of(problem)
    assert wrong_with(problem, planned) == []
    assert not any(set(each.questions) & set(heard) for each in planned[1] if each.candidate == "c0")


def test_a_plan_is_the_same_every_time() -> None:
    assert panel_of(usual(at_most=4)) == panel_of(usual(at_most=4))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("problem", "said", "helps"),
    [
        (
            evolve(usual(), interviewers=usual().interviewers[:1], interviews=1),
            "k = 2 for ",
            "2 qualified interviewers, and there are 1",
        ),
        (
            evolve(
                usual(),
                questions=usual().questions[1:6] + usual().questions[7:8],
                criteria=(PanelCriterion("people", 1.0, 2),),
            ),
            'k = 2 for "people"',
            "2 questions, and there are 1",
        ),
        (evolve(usual(), margin=35.0), "45 minutes, of which 35", "more minutes in each interview would do"),
        (usual(at_most=2), "at most 2 interviews: i", "more by one of them would do"),
        (evolve(usual(), criteria=(PanelCriterion("data", 1.0, 3),)), 'k = 3 for "data"', "--interviews 3"),
        (
            evolve(
                usual(), interviewers=tuple(evolve(each, asks=frozenset({"data-0"})) for each in usual().interviewers)
            ),
            "only what they are qualified for",
            "qualified",
        ),
        (
            evolve(
                usual(candidates=1),
                interviewers=usual(interviewers=2).interviewers,
                candidates=(PanelCandidate("c0", frozenset({"i0"})),),
            ),
            "i0 is not to meet c0",
            "another interviewer",
        ),
        (usual(candidates=2, interviewers=3, at_least=2), "at least 2 interviews", ""),
    ],
)
def test_what_prevents_a_plan_is_said_with_what_would_help(problem: PanelProblem, said: str, helps: str) -> None:
    conflicts = find_conflicts(problem)
    told = [f"{each.message} ({each.hint})" for each in conflicts]
    assert any(said in each and helps in each for each in told), told
    explained(problem)
