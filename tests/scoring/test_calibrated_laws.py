"""What must not change a calibrated score, and how it changes with the scale."""

import numpy as np
import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from hiringkit.domain.profile import Comparison
from hiringkit.scoring.arrays import Codes
from hiringkit.scoring.calibrated.score import score_calibrated
from hiringkit.scoring.design import hindrance, read_design
from hiringkit.scoring.ratings import Blueprint, Ratings, plain_blueprint

few = settings(max_examples=8, deadline=None)
seeds = st.integers(0, 2**32 - 1)
Scores = dict[str, tuple[float, ...]]


def panel(seed: int) -> tuple[Ratings, Blueprint]:
    """A small panel with holes that carries a calibrated score."""
    rng = np.random.default_rng(seed)
    while True:
        n, i, q = rng.integers(3, 6), rng.integers(2, 5), rng.integers(1, 4)
        cells = np.array([(a, b, k) for a in range(n) for b in range(i) for k in range(q)])
        cells = cells[rng.random(len(cells)) < 0.85]
        columns = Ratings(
            cells[:, 0],
            cells[:, 1],
            cells[:, 2],
            rng.integers(1, 6, len(cells)).astype(float),
            np.zeros(len(cells), dtype=np.int8),
            rng.choice([1.0, 2.0], len(cells)),
            [f"c{k}" for k in range(n)],
            [f"i{k}" for k in range(i)],
        )
        blueprint = plain_blueprint([f"q{k}" for k in range(q)], -20, 30, source="option")
        if len(np.unique(cells[:, 0])) == n and hindrance(read_design(columns, blueprint)) is None:
            return columns, blueprint


def scores(comparison: Comparison, add: float = 0.0, times: float = 1.0) -> Scores:
    """Overall score and interval, then severities, shifted and scaled."""
    out: Scores = {}
    for profile in comparison.profiles:
        assert profile.overall.score is not None
        assert profile.overall.interval is not None
        found = (profile.overall.score, *profile.overall.interval)
        out[profile.candidate] = tuple(times * value + add for value in found)
    for each in comparison.interviewers:
        if each.severity is not None:
            out[each.interviewer] = (times * each.severity,)
    return out


def near(one: Scores, other: Scores, tolerance: float = 2e-3) -> bool:
    return one.keys() == other.keys() and all(one[key] == pytest.approx(other[key], abs=tolerance) for key in one)


@pytest.mark.slow
@few
@given(seeds)
def test_the_order_of_the_rows_does_not_matter(seed: int) -> None:
    columns, blueprint = panel(seed)
    shuffled = columns.take(np.random.default_rng(seed).permutation(len(columns)))
    assert near(scores(score_calibrated(columns, blueprint)), scores(score_calibrated(shuffled, blueprint)))


@pytest.mark.slow
@few
@given(seeds)
def test_names_do_not_matter(seed: int) -> None:
    columns, blueprint = panel(seed)
    rng = np.random.default_rng(seed)
    people, raters = rng.permutation(len(columns.candidates)), rng.permutation(len(columns.interviewers))

    def renamed(codes: Codes, ids: list[str], order: Codes) -> tuple[Codes, list[str]]:
        where = np.argsort(order)
        return where[codes], [ids[k] for k in order]

    candidate, candidates = renamed(columns.candidate, list(columns.candidates), people)
    interviewer, interviewers = renamed(columns.interviewer, list(columns.interviewers), raters)
    other = evolve(
        columns,
        candidate=candidate,
        candidates=candidates,
        interviewer=interviewer,
        interviewers=interviewers,
    )
    assert near(scores(score_calibrated(columns, blueprint)), scores(score_calibrated(other, blueprint)))


@pytest.mark.slow
@few
@given(seeds, st.sampled_from([(0.0, 2.0), (3.0, 1.0), (-7.0, 0.5)]))
def test_shifting_and_scaling_the_ratings_does_the_same_to_the_scores(seed: int, change: tuple[float, float]) -> None:
    add, times = change
    columns, blueprint = panel(seed)
    moved = evolve(columns, value=times * columns.value + add)
    wider = evolve(blueprint, low=times * blueprint.low + add, high=times * blueprint.high + add)
    expected = scores(score_calibrated(columns, blueprint), add, times)
    assert near(scores(score_calibrated(moved, wider)), expected, 2e-3 * times)


@pytest.mark.slow
@few
@given(seeds)
def test_a_candidate_without_ratings_changes_nothing(seed: int) -> None:
    columns, blueprint = panel(seed)
    more = evolve(columns, candidates=["nobody", *columns.candidates], candidate=columns.candidate + 1)
    with_them, without = score_calibrated(more, blueprint), score_calibrated(columns, blueprint)
    assert with_them.profiles[-1].candidate == "nobody"
    assert with_them.profiles[-1].overall.score is None
    rest = evolve(with_them, profiles=with_them.profiles[:-1])
    assert near(scores(without), scores(rest), 1e-9)
    assert [p.rank for p in rest.profiles] == [p.rank for p in without.profiles]


@pytest.mark.slow
@few
@given(seeds)
def test_weights_matter_by_their_ratios_only(seed: int) -> None:
    columns, blueprint = panel(seed)
    tripled = evolve(columns, weight=3 * columns.weight)
    one, two = score_calibrated(columns, blueprint), score_calibrated(tripled, blueprint)
    assert near(scores(one), scores(two), 1e-9)


@pytest.mark.slow
@few
@given(seeds)
def test_criterion_weights_matter_by_their_ratios_only(seed: int) -> None:
    columns, blueprint = panel(seed)
    tripled = evolve(blueprint, weights=3 * blueprint.weights)
    assert near(scores(score_calibrated(columns, blueprint)), scores(score_calibrated(columns, tripled)), 1e-9)
