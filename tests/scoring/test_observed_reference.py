"""Observed scores against a slow second implementation: dictionaries, textbook formulas, no arrays shared."""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable
from statistics import fmean, variance
from typing import Any

import numpy as np
import pytest
from attrs import evolve, frozen
from scipy import stats

from hiringkit.domain.profile import Comparison, OpenInterval
from hiringkit.scoring.observed.score import score_observed
from hiringkit.scoring.ratings import Blueprint, Ratings

ColumnsOf = Callable[..., Ratings]
Row = tuple[str, str, str, float | str]
LEVEL = 0.8


@frozen
class Slow:
    """One candidate, the slow way."""

    criteria: dict[str, float]
    intervals: dict[str, tuple[float, float]]
    overall: float | None
    moved: dict[str, float]
    freedom: float | None

    @property
    def variance(self) -> float | None:
        return sum(x * x for x in self.moved.values()) if self.moved else None


def half_width(values: list[float]) -> float:
    return float(stats.t.ppf((1 + LEVEL) / 2, len(values) - 1)) * math.sqrt(variance(values) / len(values))


def cells_of(rows: Iterable[tuple[Row, float]], candidate: str, blueprint: Blueprint) -> dict[str, dict[str, float]]:
    """Criterion to interviewer to mean."""
    gathered: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    for (who, by, question, given), row_weight in rows:
        value = blueprint.low if given == "no-evidence" and blueprint.no_evidence_lowest else given
        if who != candidate or isinstance(value, str):
            continue
        q = list(blueprint.questions).index(question)
        for k, criterion in enumerate(blueprint.criteria):
            if blueprint.loadings[q, k]:
                gathered[criterion, by].append((blueprint.loadings[q, k] * row_weight, value))
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for (criterion, by), pairs in gathered.items():
        found[criterion][by] = sum(w * v for w, v in pairs) / sum(w for w, _ in pairs)
    return found


def slow_score(cells: dict[str, dict[str, float]], blueprint: Blueprint) -> Slow:
    weights = dict(zip(blueprint.criteria, blueprint.weights.tolist(), strict=True))
    means = {k: fmean(by.values()) for k, by in cells.items()}
    total = sum(weights[k] for k in means)
    share = {k: weights[k] / total for k in means}
    intervals = {
        k: (means[k] - half_width(list(by.values())), means[k] + half_width(list(by.values())))
        for k, by in cells.items()
        if len(by) > 1 and np.ptp(list(by.values())) > 1e-8
    }
    overall = sum(share[k] * means[k] for k in means) if means else None
    people = sorted({by for k in cells for by in cells[k]})
    enough = len(people) > 1 and sum(share[k] for k in cells if len(cells[k]) > 1) >= 0.5 - 1e-9
    moved, freedom = corrected(cells, share, people) if enough else ({}, None)
    return Slow(means, intervals, overall, moved, freedom)


def corrected(
    cells: dict[str, dict[str, float]], share: dict[str, float], people: list[str]
) -> tuple[dict[str, float], float]:
    """Write the residuals as a matrix over cells, and scale them by the working model."""
    flat = [(by, k) for k in cells for by in cells[k]]
    covariance = np.array([[1.0 if a == b else 0.5 * (a[0] == b[0]) for b in flat] for a in flat])
    weight = np.array([share[k] / len(cells[k]) for _, k in flat])
    centre = np.array([[(a == b) - (a[1] == b[1]) / len(cells[a[1]]) for b in flat] for a in flat])
    gather = np.array([[weight[i] * (a[0] == who) for i, a in enumerate(flat)] for who in people]) @ centre
    expected = gather @ covariance @ gather.T
    factor = float(weight @ covariance @ weight / np.trace(expected))
    parts = gather @ np.array([cells[k][by] for by, k in flat]) * math.sqrt(factor)
    freedom = float(np.trace(expected) ** 2 / (expected**2).sum())
    return dict(zip(people, parts.tolist(), strict=True)), freedom


def p_value(a: Slow, b: Slow, saw: tuple[set[str], set[str]]) -> float:
    if a.overall is None or b.overall is None or a.freedom is None or b.freedom is None:
        return 1.0
    va, vb = sum(x * x for x in a.moved.values()), sum(x * x for x in b.moved.values())
    everybody = {*a.moved, *b.moved}
    spread = sum((a.moved.get(i, 0) - b.moved.get(i, 0)) ** 2 for i in everybody)
    difference = abs(a.overall - b.overall)
    if spread <= 1e-9 * (va + vb):
        return 1.0 if difference <= 1e-9 else 2.0 ** (1 - min(map(len, saw)))
    welch = (va + vb) ** 2 / (va**2 / a.freedom + vb**2 / b.freedom)
    freedom = min(a.freedom, b.freedom) if saw[0] & saw[1] else welch
    return 2 * float(stats.t.sf(difference / math.sqrt(spread), freedom))


def slow_severity(rows: Iterable[Row], interviewer: str) -> tuple[float, float | None] | None:
    answers: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)
    for who, by, question, value in rows:
        if not isinstance(value, str):
            answers[who, question][by] = value
    deviations: dict[str, list[float]] = defaultdict(list)
    for (who, _), given in answers.items():
        others = [value for by, value in given.items() if by != interviewer]
        if interviewer in given and others:
            deviations[who].append(fmean(others) - given[interviewer])
    means = [fmean(values) for values in deviations.values()]
    if not means:
        return None
    return fmean(means), half_width(means) if np.ptp(means) > 1e-8 else None


def random_design(rng: np.random.Generator) -> tuple[list[Row], list[float], Blueprint, list[str]]:
    n, r, q, k = (int(rng.integers(1, most)) for most in (7, 6, 7, 5))
    loadings = rng.choice([0.0, 0.0, 0.5, 1.0, 2.0], (q, k))
    loadings[np.arange(q), rng.integers(0, k, q)] = 1.0
    questions = [f"q{i}" for i in range(q)]
    candidates = [f"c{i}" for i in range(n)]
    blueprint = Blueprint(
        criteria=[f"k{i}" for i in range(k)],
        questions=questions,
        loadings=loadings,
        weights=rng.uniform(0.5, 3, k),
        bars=np.where(rng.random(k) < 0.5, 3.0, np.nan),
        required=rng.random(k) < 0.5,
        low=1.0,
        high=5.0,
        minimum_coverage=0.6,
        no_evidence_lowest=bool(rng.random() < 0.5),
        recommend=(("yes", 3.5), ("no", 2.5)),
    )
    density, whole = rng.uniform(0.2, 1.0), rng.random() < 0.5
    rows: list[Row] = []
    for who in candidates:
        for i in range(r):
            if rng.random() > density:
                continue
            for question in questions:
                value = rng.integers(1, 6) if whole else rng.uniform(1, 5)
                odd = rng.random()
                mark = "no-evidence" if odd < 0.1 else "not-assessed" if odd < 0.2 else float(value)
                if rng.random() < density:
                    rows.append((who, f"i{i}", question, mark))
    weights = rng.choice([0.5, 1.0, 2.0], len(rows)).tolist()
    return rows, weights, blueprint, candidates


def near(found: OpenInterval | None, expected: OpenInterval | None) -> bool:
    if found is None or expected is None:
        return found is expected
    return found == pytest.approx(expected, abs=1e-8)


def cut(middle: float, half: float) -> tuple[float, float]:
    return max(1.0, middle - half), min(5.0, middle + half)


@pytest.mark.parametrize("seed", range(60))
def test_scores_intervals_ranks_and_severities_are_those_of_the_slow_way(columns_of: ColumnsOf, seed: int) -> None:
    rows, weights, blueprint, candidates = random_design(np.random.default_rng(seed))
    comparison = score_observed(columns_of(rows, blueprint, candidates, weights), blueprint, level=LEVEL)
    slow = {who: slow_score(cells_of(zip(rows, weights, strict=True), who, blueprint), blueprint) for who in candidates}
    check_scores(comparison, slow, rows, blueprint)
    check_standing(comparison, slow, rows, blueprint)
    for effect in comparison.interviewers:
        expected = slow_severity(rows, effect.interviewer)
        assert effect.severity == (None if expected is None else pytest.approx(expected[0], abs=1e-9))
        middle, half = expected or (0.0, None)
        interval = None if half is None else (max(-4.0, middle - half), min(4.0, middle + half))
        assert near(effect.interval, interval and without_hidden_end(interval, middle, rows, effect.interviewer))


def without_hidden_end(interval: tuple[float, float], middle: float, rows: list[Row], by: str) -> OpenInterval:
    """Leave out the end that the scale hides of somebody half of whose ratings are its lowest or highest level."""
    given = [row[3] for row in rows if row[1] == by and not isinstance(row[3], str)]
    lowest, highest = given.count(1.0), given.count(5.0)
    if middle > 0 and 2 * lowest >= len(given) and lowest >= highest:
        return interval[0], None
    if middle < 0 and 2 * highest >= len(given) and highest > lowest:
        return None, interval[1]
    return interval


def check_scores(comparison: Comparison, slow: dict[str, Slow], rows: list[Row], blueprint: Blueprint) -> None:
    for profile in comparison.profiles:
        expected = slow[profile.candidate]
        own = [row for row in rows if row[0] == profile.candidate]
        assert profile.overall.score == (
            None if expected.overall is None else pytest.approx(expected.overall, abs=1e-9)
        )
        assert profile.overall.coverage == pytest.approx(
            sum(w for k, w in zip(blueprint.criteria, blueprint.weights, strict=True) if k in expected.criteria)
            / blueprint.weights.sum()
        )
        assert profile.overall.ratings == sum(not isinstance(row[3], str) for row in own)
        for k, row in enumerate(profile.criteria):
            bearing = [x for x in own if blueprint.loadings[list(blueprint.questions).index(x[2]), k]]
            score = expected.criteria.get(row.criterion)
            interval = expected.intervals.get(row.criterion)
            assert row.score == (None if score is None else pytest.approx(score, abs=1e-9))
            assert near(row.interval, interval and (max(1.0, interval[0]), min(5.0, interval[1])))
            assert row.ratings == sum(not isinstance(x[3], str) for x in bearing)
            assert row.no_evidence == sum(x[3] == "no-evidence" for x in bearing)
            assert row.not_assessed == sum(x[3] == "not-assessed" for x in bearing)


def check_standing(comparison: Comparison, slow: dict[str, Slow], rows: list[Row], blueprint: Blueprint) -> None:
    counted = [row for row in rows if not isinstance(row[3], str) or usable(row[3], blueprint)]
    saw = {who: {row[1] for row in counted if row[0] == who} for who in slow}
    scored = {who: s for who, s in slow.items() if s.overall is not None}
    for profile in comparison.profiles:
        me, mine = profile.candidate, slow[profile.candidate]
        if mine.overall is None:
            assert profile.rank.position is None
            assert profile.rank.interval is None
            continue
        if mine.freedom is None:
            assert profile.overall.interval is None
        else:
            half = float(stats.t.ppf((1 + LEVEL) / 2, mine.freedom)) * math.sqrt(mine.variance or 0.0)
            assert near(profile.overall.interval, cut(mine.overall, half) if half > 1e-8 else None)
        tests = {who: p_value(mine, s, (saw[me], saw[who])) for who, s in scored.items() if who != me}
        above = [who for who, s in scored.items() if (s.overall or 0) > mine.overall + 1e-9]
        below = [who for who, s in scored.items() if (s.overall or 0) < mine.overall - 1e-9]
        assert profile.rank.position == 1 + len(above)
        assert profile.rank.interval == (
            1 + sum(tests[who] <= 1 - LEVEL for who in above),
            len(scored) - sum(tests[who] <= 1 - LEVEL for who in below),
        )
        assert set(profile.rank.not_separable_from) == {who for who, p in tests.items() if p > 1 - LEVEL}


def usable(mark: Any, blueprint: Blueprint) -> bool:
    return bool(mark == "no-evidence" and blueprint.no_evidence_lowest)


@pytest.mark.slow
def test_the_designs_reach_every_kind_of_result(columns_of: ColumnsOf) -> None:
    seen: set[str] = set()
    for seed in range(60):
        rows, weights, blueprint, candidates = random_design(np.random.default_rng(seed))
        comparison = score_observed(columns_of(rows, blueprint, candidates, weights), evolve(blueprint))
        seen |= {finding.code for finding in comparison.findings}
        seen |= {flag for profile in comparison.profiles for flag in profile.flags}
        seen |= {profile.recommendation.policy for profile in comparison.profiles}
    assert seen >= {
        *("no-score", "one-interviewer", "little-shared", "lent-spread", "one-candidate", "no-probability"),
        *("coverage-low", "gate-failed", "gate-unrated", "severity-unknown", "severity-one-candidate"),
        *("", "yes", "no", "strong-no"),
    }
