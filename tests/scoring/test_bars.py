"""Laws of bars and recommendations: they are about the candidate and the role, never about who else applied."""

from collections.abc import Sequence

import numpy as np
import pytest
from attrs import evolve
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from hiringkit.domain.profile import BarState, Comparison, CriterionScore, FitProfile
from hiringkit.scoring.arrays import Codes, Floats
from hiringkit.scoring.calibrated.adjusted import extra_variance, missing_criteria, weigh_own
from hiringkit.scoring.calibrated.fit import fit_dense
from hiringkit.scoring.calibrated.posterior import student_cdf
from hiringkit.scoring.calibrated.score import score_calibrated
from hiringkit.scoring.design import choose_effects, hindrance, read_design
from hiringkit.scoring.evidence import gather_evidence
from hiringkit.scoring.large.scores import fit_large
from hiringkit.scoring.observed.score import score_observed
from hiringkit.scoring.profiles import FAILED, OPEN, PASSED, Reached, judge_reached
from hiringkit.scoring.ratings import Blueprint, Ratings

SLOW = settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
FAST = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
LEVELS = np.array([1.0, 2.0, 3.0, 4.0, 5.0])


def columns(candidate: Codes, interviewer: Codes, question: Codes, value: Floats) -> Ratings:
    n = len(value)
    return Ratings(
        candidate,
        interviewer,
        question,
        np.asarray(value, dtype=float),
        np.zeros(n, dtype=np.int8),
        np.ones(n),
        [f"c{k}" for k in range(int(candidate.max()) + 1)],
        [f"i{k}" for k in range(int(interviewer.max()) + 1)],
    )


def blueprint(loadings: Floats) -> Blueprint:
    questions, criteria = loadings.shape
    return Blueprint(
        [f"k{k}" for k in range(criteria)],
        [f"q{k}" for k in range(questions)],
        loadings,
        np.arange(1.0, criteria + 1),
        np.full(criteria, 3.0),
        np.ones(criteria, dtype=bool),
        1.0,
        5.0,
        recommend=(("strong-yes", 4.0), ("yes", 2.75), ("no", 2.0)),
        levels=LEVELS,
    )


@st.composite
def panels(draw: st.DrawFn, least: int = 1, most: int = 5) -> tuple[Ratings, Blueprint]:
    """Two to five candidates, two to four interviewers, shared loadings, some ratings missing; c0 within bounds."""
    n, people, asked = (draw(st.integers(*bounds)) for bounds in ((2, 5), (2, 4), (1, 4)))
    width = draw(st.integers(1, min(3, asked)))
    rng = np.random.default_rng(draw(st.integers(0, 10**6)))
    loadings = rng.integers(0, 3, (asked, width)).astype(np.float64) * draw(st.sampled_from([0.0, 1.0]))
    loadings[np.arange(asked), np.arange(asked) % width] += 1
    candidate, interviewer, question = (
        axis.ravel() for axis in np.meshgrid(range(n), range(people), range(asked), indexing="ij")
    )
    keep = rng.random(len(candidate)) >= draw(st.sampled_from([0.0, 0.25]))
    keep |= (interviewer == 0) | ((candidate == 0) & (interviewer < 2))
    candidate, interviewer, question = candidate[keep], interviewer[keep], question[keep]
    spread = draw(st.sampled_from([0.3, 1.0, 2.0]))
    value = 3 + spread * (rng.standard_normal(n)[candidate] + rng.standard_normal(len(candidate)))
    value = np.clip(np.rint(value), 1, 5)
    value[candidate == 0] = np.clip(value[candidate == 0], least, most)
    return columns(candidate, interviewer, question, value), blueprint(loadings)


Panel = tuple[Ratings, Blueprint]


def calibrated(panel: Panel) -> Comparison:
    assume(hindrance(read_design(*panel)) is None)
    return score_calibrated(*panel)


def first(comparison: Comparison) -> FitProfile:
    return next(each for each in comparison.profiles if each.candidate == "c0")


def scored(profile: FitProfile) -> list[CriterionScore]:
    return [score for score in profile.criteria if score.ratings]


@pytest.mark.slow
@SLOW
@given(panels(least=3))
def test_ratings_that_all_reach_the_bar_never_fail_and_pass_by_two_ordinary_interviewers(panel: Panel) -> None:
    comparison = calibrated(panel)
    severe = {each.interviewer: abs(each.severity or 0.0) for each in comparison.interviewers}
    rated, rules = panel
    for score in scored(first(comparison)):
        assert score.state is not BarState.FAILED
        bears = rules.loadings[rated.question, list(rules.criteria).index(score.criterion)] > 0
        who = {f"i{k}" for k in rated.interviewer[bears & (rated.candidate == 0)].tolist()}
        if sum(severe[each] <= 0.5 for each in who) > 1:
            assert score.state is BarState.PASSED
    assert first(comparison).recommendation.policy in {"strong-yes", "yes"}


@pytest.mark.slow
@SLOW
@given(panels(most=2))
def test_ratings_a_whole_step_below_never_pass(panel: Panel) -> None:
    found = first(calibrated(panel))
    assert all(score.state is not BarState.PASSED for score in scored(found))
    assert found.recommendation.policy in {"", "no", "strong-no"}


@pytest.mark.slow
@SLOW
@given(panels())
def test_states_follow_from_the_probability_and_gates_from_states(panel: Panel) -> None:
    for found in calibrated(panel).profiles:
        for score in scored(found):
            assert score.above_bar is not None
            wanted = BarState.PASSED if score.above_bar >= 0.75 else BarState.FAILED
            assert score.state is (BarState.OPEN if 0.25 < score.above_bar < 0.75 else wanted)
            assert score.below_bar is (score.state is BarState.FAILED)
        by_id = {score.criterion: score for score in found.criteria}
        for gate in found.gates:
            assert (gate.state, gate.probability) == (by_id[gate.criterion].state, by_id[gate.criterion].above_bar)
        if shares := found.recommendation.probability:
            assert sum(shares.values()) == pytest.approx(1)
            assert min(shares.values()) >= -1e-12


@pytest.mark.slow
@SLOW
@given(panels())
def test_scores_and_what_is_held_against_bars_stay_among_the_ratings_save_for_severity(panel: Panel) -> None:
    comparison, (rated, rules) = calibrated(panel), panel
    design = read_design(*panel)
    fit = fit_of(panel)
    added = {int(who): fit[k] for k, who in enumerate(design.interviewers.tolist())}
    for found in comparison.profiles:
        mine = rated.candidate == int(found.candidate[1:])
        for score in scored(found):
            k = list(rules.criteria).index(score.criterion)
            bears = mine & (rules.loadings[rated.question, k] > 0)
            given_by = zip(rated.value[bears].tolist(), rated.interviewer[bears].tolist(), strict=True)
            ends = [end for value, who in given_by for end in (value, value - added[who][k])]
            assert score.score is not None
            assert max(1.0, min(ends)) - 1e-6 <= score.score <= min(5.0, max(ends)) + 1e-6
            assert score.interval is not None
            assert score.interval[0] - 1e-9 <= score.score <= score.interval[1] + 1e-9


def fit_of(panel: Panel) -> Floats:
    """Return (I, C) what interviewers add, by the criteria of the blueprint."""
    from hiringkit.scoring.calibrated.fit import fit_panel  # noqa: PLC0415 - beside its only use
    from hiringkit.scoring.calibrated.prior import another, find_prior  # noqa: PLC0415 - as above

    design = read_design(*panel)
    effects, _ = choose_effects(design, None)
    prior = find_prior(None)
    fit = fit_panel(design, effects, level=0.9, seed=0, prior=prior, other=another(prior), step=1.0)
    out = np.zeros((len(design.interviewers), len(panel[1].criteria)))
    out[:, design.criteria] = fit.adjusted.lenience[:, 1:]
    return out


@pytest.mark.slow
@SLOW
@given(panels(), st.sampled_from([-1, 1]))
def test_the_strength_of_others_changes_nothing_with_severities_held(panel: Panel, by: int) -> None:
    rated, rules = panel
    assume(hindrance(read_design(*panel)) is None)
    other = evolve(rated, value=np.where(rated.candidate > 0, np.clip(rated.value + by, 1, 5), rated.value))
    design = read_design(*panel)
    adjusted = fit_dense(design, choose_effects(design, None)[0], level=0.9, seed=0).adjusted
    lines = np.full(len(design.criteria), 2.5)
    reached = []
    for each in (rated, other):
        evidence = gather_evidence(each, rules)
        who = design.candidates
        observed = np.column_stack([evidence.overall[who], evidence.score[np.ix_(who, design.criteria)]])
        reached.append(adjusted.reach(observed, range(1, 1 + len(lines)), lines)[0])
    np.testing.assert_array_equal(*reached)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_the_strength_of_others_hardly_moves_a_bar_when_all_is_fitted_anew(seed: int) -> None:
    rng = np.random.default_rng(seed)
    candidate, interviewer, question = (
        axis.ravel() for axis in np.meshgrid(range(5), range(3), range(4), indexing="ij")
    )
    value = 3 + 0.5 * rng.standard_normal(5)[candidate] + 0.7 * rng.standard_normal(len(candidate))
    value = np.clip(np.rint(value), 2, 4)
    rules = blueprint(np.kron(np.eye(2), np.ones((2, 1))).astype(np.float64))
    found = []
    for by in (-1, 0, 1):
        panel = columns(candidate, interviewer, question, np.where(candidate > 0, value + by, value))
        found.append([score.above_bar or 0.0 for score in first(score_calibrated(panel, rules)).criteria])
    assert np.ptp(found, axis=0).max() < 0.03


tables = st.lists(st.lists(st.integers(1, 5), min_size=2, max_size=2), min_size=1, max_size=5)
variances = st.tuples(st.floats(0.05, 2), st.floats(0, 2), st.floats(0, 0.5), st.sampled_from([5.0, 30.0, np.inf]))
severities = st.lists(st.floats(-1.5, 1.5), min_size=5, max_size=5)
Variances = tuple[float, float, float, float]


def judge(table: Sequence[Sequence[float]], lenience: Sequence[float], held: Variances) -> tuple[float, int]:
    """Judge one candidate by (interviewers, 2) ratings on one criterion, with all that is not their own held."""
    ratings, added = np.asarray(table, dtype=float), np.asarray(lenience)
    people = len(ratings)
    residual, halo, doubt, freedom = held
    interviewer, question = (axis.ravel() for axis in np.meshgrid(range(people), range(2), indexing="ij"))
    panel = columns(np.zeros(2 * people, dtype=np.int64), interviewer, question, ratings.ravel())
    rules = blueprint(np.ones((2, 1)))
    evidence, own = gather_evidence(panel, rules), weigh_own(read_design(panel, rules))
    mean = ratings.mean(axis=1) - added
    shown = np.array([[((mean - mean.mean()) ** 2).sum() / max(people - 1, 1) / people]])
    model = (residual / 2 + halo) / people
    extra = extra_variance(shown, np.array([[people - 1.0]]), np.array([[model]]))
    scale = np.sqrt(model + doubt / people + extra)
    assert own.rating.sum() == pytest.approx(2)
    at = student_cdf((evidence.score - added.mean() - 2.5) / scale, freedom)
    reached = Reached(at, np.ones((1, 3)), evidence.score - added.mean(), added[:, None], -added)
    judged = judge_reached(evidence, rules, reached)
    return float(judged.above[0, 0]), int(judged.state[0, 0])


@pytest.mark.slow
@FAST
@given(tables, variances, severities, st.integers(2, 4))
@example([[5, 5], [5, 5], [1, 1], [1, 1]], (0.3, 0.1, 0.01, np.inf), [0.0] * 5, 3)
def test_the_same_ratings_repeated_by_further_interviewers_never_open_a_decided_bar(
    table: list[list[float]], held: Variances, lenience: list[float], times: int
) -> None:
    added = lenience[: len(table)]
    before, after = judge(table, added, held)[1], judge(table * times, added * times, held)[1]
    assert before in {OPEN, after}


@pytest.mark.slow
@FAST
@given(tables, variances, severities)
def test_a_higher_rating_by_everybody_never_lowers_the_probability(
    table: list[list[float]], held: Variances, lenience: list[float]
) -> None:
    assume(max(map(max, table)) < 5)
    added = lenience[: len(table)]
    higher = [[value + 1 for value in row] for row in table]
    assert judge(higher, added, held)[0] >= judge(table, added, held)[0] - 1e-9


@pytest.mark.slow
@FAST
@given(tables, variances, severities, st.data())
def test_a_higher_rating_by_one_interviewer_never_turns_passed_into_failed(
    table: list[list[float]], held: Variances, lenience: list[float], data: st.DataObject
) -> None:
    added = lenience[: len(table)]
    who = data.draw(st.integers(0, len(table) - 1))
    higher = [[min(5, value + 1) for value in row] if k == who else row for k, row in enumerate(table)]
    assert (judge(table, added, held)[1], judge(higher, added, held)[1]) != (PASSED, FAILED)


@pytest.mark.parametrize("times", [1, 2, 5])
@pytest.mark.parametrize("table", [[[5, 5], [5, 5], [1, 1], [1, 1]], [[4, 4], [2, 2]]])
def test_a_panel_divided_over_the_bar_decides_nothing(table: list[list[float]], times: int) -> None:
    assert judge(table * times, [0.0] * len(table) * times, (0.3, 0.1, 0.01, np.inf))[1] == OPEN


@pytest.mark.slow
@FAST
@given(tables, st.booleans())
def test_means_obey_the_same_laws(table: list[list[float]], half: bool) -> None:
    ratings = np.asarray(table, dtype=float) - 0.5 * (half and min(map(min, table)) > 1)

    def state(values: Floats) -> BarState | None:
        interviewer, question = (axis.ravel() for axis in np.meshgrid(range(len(values)), range(2), indexing="ij"))
        panel = columns(np.zeros(values.size, dtype=np.int64), interviewer, question, values.ravel())
        return score_observed(panel, blueprint(np.ones((2, 1)))).profiles[0].criteria[0].state

    now = state(ratings)
    if (ratings >= 3).all():
        assert now in ({BarState.PASSED} if len(table) > 1 else {BarState.PASSED, BarState.OPEN})
    if (ratings <= 2).all():
        assert now is not BarState.PASSED
    if now is not BarState.OPEN:
        assert state(np.vstack([ratings, ratings])) is now


def test_means_give_no_probabilities_and_are_open_where_their_interval_holds_the_line() -> None:
    rated = columns(np.zeros(3, dtype=np.int64), np.arange(3), np.zeros(3, dtype=np.int64), np.array([2.0, 3.0, 4.0]))
    (found,) = score_observed(rated, blueprint(np.ones((1, 1)))).profiles
    assert (found.criteria[0].state, found.criteria[0].above_bar) == (BarState.OPEN, None)
    assert "gate-open" in found.flags
    assert (found.recommendation.policy, found.recommendation.probability) == ("yes", {})


def test_without_a_fit_bars_are_judged_by_means() -> None:
    rated = columns(np.zeros(4, dtype=np.int64), np.arange(4) // 2, np.arange(4) % 2, np.array([3.0, 3.0, 3.0, 4.0]))
    (found,) = score_calibrated(rated, blueprint(np.eye(2))).profiles
    assert found.overall.score is None
    assert [score.state for score in found.criteria] == [BarState.PASSED, BarState.PASSED]


def test_a_bar_at_the_lowest_level_is_always_reached() -> None:
    rules = evolve(blueprint(np.eye(2)), bars=np.array([1.0, 3.0]))
    candidate, interviewer, question = (
        axis.ravel() for axis in np.meshgrid(range(3), range(3), range(2), indexing="ij")
    )
    value = np.array([1.0, 2, 1, 1, 1, 2, 3, 4, 3, 3, 4, 3, 5, 4, 4, 5, 5, 4])
    for found in score_calibrated(columns(candidate, interviewer, question, value), rules).profiles:
        assert (found.criteria[0].state, found.criteria[0].above_bar) == (BarState.PASSED, 1.0)


@pytest.mark.parametrize(
    ("bar", "step", "line"), [(3.0, 1.0, 2.5), (3.5, 0.5, 3.25), (1.0, 1.0, 0.5), (10.0, 5.0, 7.5)]
)
def test_a_margin_is_half_the_way_to_the_next_lower_level(bar: float, step: float, line: float) -> None:
    rules = evolve(blueprint(np.eye(2)), bars=np.array([bar, np.nan]), levels=np.append(LEVELS, 10.0))
    assert rules.steps[0] == step
    assert rules.bars[0] - rules.margins[0] == line
    assert np.isnan(rules.margins[1])
    assert evolve(rules, bar_margin=0.0).margins[0] == 0


def test_what_is_unrated_leaves_the_overall_score_less_sure() -> None:
    weights, mix = np.array([0.5, 0.25, 0.25]), np.eye(3)
    assert missing_criteria(weights[None], weights, mix).tolist() == [0.0]
    assert missing_criteria(np.array([[1.0, 0.0, 0.0]]), weights, mix)[0] == pytest.approx(0.375)


def test_the_closed_form_of_many_is_that_of_the_dense_equations() -> None:
    rng = np.random.default_rng(1)
    pairs = np.array([(i, j) for i in range(60) for j in rng.permutation(8)[:3]])
    candidate, interviewer = np.repeat(pairs, 6, axis=0).T
    question = np.tile(np.arange(6), len(pairs))
    criterion = question // 2
    value = (
        3.2 + (0.6 * rng.standard_normal(60))[candidate] + (0.4 * rng.standard_normal((60, 3)))[candidate, criterion]
    )
    value -= (0.5 * rng.standard_normal(8))[interviewer] - (0.3 * rng.standard_normal((8, 3)))[interviewer, criterion]
    value += (0.4 * rng.standard_normal((60, 8)))[candidate, interviewer] + 0.7 * rng.standard_normal(len(candidate))
    rules = blueprint(np.kron(np.eye(3), np.ones((2, 1))).astype(np.float64))
    design = read_design(columns(candidate, interviewer, question, np.clip(np.rint(value), 1, 5)), rules)
    effects, _ = choose_effects(design, None)
    many, dense = (fit(design, effects, level=0.9, seed=0).adjusted for fit in (fit_large, fit_dense))
    np.testing.assert_allclose(many.mean_added, dense.mean_added, atol=0.02)
    np.testing.assert_allclose(many.lenience, dense.lenience, atol=0.02)
    assert np.abs(many.variance / dense.variance - 1).max() < 0.15
    assert np.median(np.abs(many.variance / dense.variance - 1)) < 0.08
