"""What must not change an observed score, and how it changes with the scale."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from hiringkit.domain.profile import Comparison, FitProfile, Interval
from hiringkit.domain.rating_table import NO_EVIDENCE, NOT_ASSESSED, NUMBER
from hiringkit.scoring.observed.score import score_observed
from hiringkit.scoring.ratings import Blueprint, Ratings

few = settings(max_examples=40, deadline=None)
seeds = st.integers(0, 2**32 - 1)


@st.composite
def designs(draw: st.DrawFn) -> tuple[Ratings, Blueprint]:
    """Panels of a few candidates and interviewers, any of whose ratings may be missing or marked."""
    n, r, q, c = (draw(st.integers(1, most)) for most in (5, 4, 4, 3))
    rng = np.random.default_rng(draw(seeds))
    triples = np.array([(i, j, k) for i in range(n) for j in range(r) for k in range(q)])
    triples = triples[rng.random(len(triples)) < draw(st.sampled_from([0.3, 0.7, 1.0]))]
    status = rng.choice([NUMBER, NOT_ASSESSED, NO_EVIDENCE], len(triples), p=[0.8, 0.1, 0.1]).astype(np.int8)
    value = np.where(status == NUMBER, rng.integers(1, 6, len(triples)), np.nan)
    loadings = rng.choice([0.0, 1.0, 2.0], (q, c))
    loadings[np.arange(q), rng.integers(0, c, q)] = 1.0
    columns = Ratings(
        candidate=triples[:, 0],
        interviewer=triples[:, 1],
        question=triples[:, 2],
        value=value,
        status=status,
        weight=rng.choice([1.0, 2.0], len(triples)),
        candidates=[f"c{i}" for i in range(n)],
        interviewers=[f"i{i}" for i in range(r)],
    )
    blueprint = Blueprint(
        criteria=[f"k{i}" for i in range(c)],
        questions=[f"q{i}" for i in range(q)],
        loadings=loadings,
        weights=rng.integers(1, 5, c).astype(float),
        bars=np.where(rng.random(c) < 0.5, 3.0, np.nan),
        required=rng.random(c) < 0.5,
        low=1.0,
        high=5.0,
        minimum_coverage=0.6,
        no_evidence_lowest=draw(st.booleans()),
        recommend=(("yes", 3.5), ("no", 2.5)),
    )
    return columns, blueprint


def by_id(comparison: Comparison) -> Mapping[str, FitProfile]:
    return {profile.candidate: profile for profile in comparison.profiles}


def near(found: float | None, expected: float | None) -> bool:
    if found is None or expected is None:
        return found is expected
    return found == pytest.approx(expected, abs=1e-7)


def near_interval(found: Interval | None, expected: Interval | None) -> bool:
    if found is None or expected is None:
        return found is expected
    return found == pytest.approx(expected, abs=1e-7)


def assert_same(found: FitProfile, expected: FitProfile, *, scale: float = 1.0, shift: float = 0.0) -> None:
    """The same profile but for a linear change of the scale."""

    def moved(x: float | None) -> float | None:
        return None if x is None else scale * x + shift

    def moved_interval(x: Interval | None) -> Interval | None:
        return None if x is None else (scale * x[0] + shift, scale * x[1] + shift)

    assert near(found.overall.score, moved(expected.overall.score))
    assert near_interval(found.overall.interval, moved_interval(expected.overall.interval))
    assert near(found.overall.coverage, expected.overall.coverage)
    assert (found.overall.ratings, found.overall.interviewers) == (
        expected.overall.ratings,
        expected.overall.interviewers,
    )
    for mine, other in zip(found.criteria, expected.criteria, strict=True):
        assert near(mine.score, moved(other.score))
        assert near_interval(mine.interval, moved_interval(other.interval))
        assert (mine.ratings, mine.below_bar, mine.no_evidence, mine.not_assessed) == (
            other.ratings,
            other.below_bar,
            other.no_evidence,
            other.not_assessed,
        )
    assert found.rank.position == expected.rank.position
    assert found.rank.interval == expected.rank.interval
    assert set(found.rank.not_separable_from) == set(expected.rank.not_separable_from)
    assert ([(gate.criterion, gate.state) for gate in found.gates], found.flags, found.recommendation) == (
        [(gate.criterion, gate.state) for gate in expected.gates],
        expected.flags,
        expected.recommendation,
    )


def assert_all_same(found: Comparison, expected: Comparison, **change: float) -> None:
    assert by_id(found).keys() == by_id(expected).keys()
    for who, profile in by_id(expected).items():
        assert_same(by_id(found)[who], profile, **change)


def severities(comparison: Comparison) -> Mapping[str, Any]:
    return {effect.interviewer: effect for effect in comparison.interviewers}


@pytest.mark.slow
@few
@given(designs(), seeds)
def test_the_order_of_rows_is_nothing(design: tuple[Ratings, Blueprint], seed: int) -> None:
    columns, blueprint = design
    shuffled = columns.take(np.random.default_rng(seed).permutation(len(columns)))
    found, expected = score_observed(shuffled, blueprint), score_observed(columns, blueprint)
    assert_all_same(found, expected)
    assert found.counts == expected.counts
    assert [f.message for f in found.findings] == [f.message for f in expected.findings]
    for who, effect in severities(expected).items():
        assert near(severities(found)[who].severity, effect.severity)
        assert near_interval(severities(found)[who].interval, effect.interval)


@pytest.mark.slow
@few
@given(designs(), seeds)
def test_the_order_of_people_is_nothing(design: tuple[Ratings, Blueprint], seed: int) -> None:
    columns, blueprint = design
    rng = np.random.default_rng(seed)
    new, by = rng.permutation(len(columns.candidates)), rng.permutation(len(columns.interviewers))
    relabelled = evolve(
        columns,
        candidate=np.argsort(new)[columns.candidate],
        interviewer=np.argsort(by)[columns.interviewer],
        candidates=[columns.candidates[i] for i in new],
        interviewers=[columns.interviewers[i] for i in by],
    )
    assert_all_same(score_observed(relabelled, blueprint), score_observed(columns, blueprint))


@pytest.mark.slow
@few
@given(designs(), st.sampled_from([0.5, 2.0, 10.0]), st.sampled_from([-20.0, -3.0, 0.0, 7.0]))
def test_scores_follow_the_scale(design: tuple[Ratings, Blueprint], scale: float, shift: float) -> None:
    columns, blueprint = design
    moved = evolve(
        blueprint,
        low=scale * blueprint.low + shift,
        high=scale * blueprint.high + shift,
        bars=scale * blueprint.bars + shift,
        bar_margin=scale * 0.5,
        levels=scale * np.arange(1.0, 6.0) + shift,
        recommend=tuple((word, scale * least + shift) for word, least in blueprint.recommend),
    )
    expected = score_observed(columns, blueprint)
    found = score_observed(evolve(columns, value=scale * columns.value + shift), moved)
    assert_all_same(found, expected, scale=scale, shift=shift)
    for who, effect in severities(expected).items():
        expected_severity = None if effect.severity is None else scale * effect.severity
        assert near(severities(found)[who].severity, expected_severity)


@pytest.mark.slow
@few
@given(designs())
def test_a_candidate_whom_nobody_rated_changes_nobody(design: tuple[Ratings, Blueprint]) -> None:
    columns, blueprint = design
    more = evolve(columns, candidates=[*columns.candidates, "new"])
    found, expected = score_observed(more, blueprint), score_observed(columns, blueprint)
    for who, profile in by_id(expected).items():
        assert_same(by_id(found)[who], profile)
    assert by_id(found)["new"].overall.score is None
    assert found.interviewers == expected.interviewers


@pytest.mark.slow
@few
@given(designs())
def test_what_was_not_assessed_changes_no_score(design: tuple[Ratings, Blueprint]) -> None:
    columns, blueprint = design
    found = score_observed(columns.take(columns.status != NOT_ASSESSED), blueprint)
    for who, profile in by_id(score_observed(columns, blueprint)).items():
        assert near(by_id(found)[who].overall.score, profile.overall.score)
        assert near_interval(by_id(found)[who].overall.interval, profile.overall.interval)


@pytest.mark.slow
@few
@given(designs(), st.integers(0, 3), st.sampled_from([0.25, 3.0]))
def test_weights_of_one_interviewer_are_relative_to_each_other(
    design: tuple[Ratings, Blueprint], who: int, factor: float
) -> None:
    columns, blueprint = design
    weight = np.where(columns.interviewer == who, factor, 1.0) * columns.weight
    found = score_observed(evolve(columns, weight=weight), blueprint)
    assert_all_same(found, score_observed(columns, blueprint))


@pytest.mark.slow
@few
@given(designs())
def test_criterion_weights_are_relative_to_each_other(design: tuple[Ratings, Blueprint]) -> None:
    columns, blueprint = design
    found = score_observed(columns, evolve(blueprint, weights=7 * blueprint.weights))
    assert_all_same(found, score_observed(columns, blueprint))


@pytest.mark.slow
@few
@given(designs())
def test_a_question_split_in_two_of_half_the_loading_scores_the_same(
    design: tuple[Ratings, Blueprint],
) -> None:
    columns, blueprint = design
    halves = np.vstack([blueprint.loadings, blueprint.loadings[:1]])
    halves[0] /= 2
    halves[-1] /= 2
    questions = [*blueprint.questions, "again"]
    first = columns.question == 0
    again = columns.take(first)
    doubled = evolve(
        columns,
        candidate=np.concatenate([columns.candidate, again.candidate]),
        interviewer=np.concatenate([columns.interviewer, again.interviewer]),
        question=np.concatenate([columns.question, np.full(len(again), len(questions) - 1)]),
        value=np.concatenate([columns.value, again.value]),
        status=np.concatenate([columns.status, again.status]),
        weight=np.concatenate([columns.weight, again.weight]),
    )
    found = score_observed(doubled, evolve(blueprint, questions=questions, loadings=halves))
    for who, profile in by_id(score_observed(columns, blueprint)).items():
        assert near(by_id(found)[who].overall.score, profile.overall.score)
        assert near_interval(by_id(found)[who].overall.interval, profile.overall.interval)
        assert by_id(found)[who].rank.position == profile.rank.position


@few
@given(designs())
def test_scores_and_intervals_stay_on_the_scale_and_around_each_other(
    design: tuple[Ratings, Blueprint],
) -> None:
    for profile in score_observed(*design).profiles:
        overall = profile.overall
        pairs = [(overall.score, overall.interval), *((row.score, row.interval) for row in profile.criteria)]
        for score, interval in pairs:
            if score is None:
                assert interval is None
            else:
                low, high = interval or (score, score)
                assert 1 <= low <= score + 1e-12
                assert score - 1e-12 <= high <= 5
