"""Split panels and narrow scales: found where they are, and not where severity and chance explain what is seen."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from attrs import evolve

from hiringkit.domain.finding import Severity
from hiringkit.scoring.calibrated.adjusted import extra_variance
from hiringkit.scoring.calibrated.score import score_calibrated
from hiringkit.scoring.design import choose_effects, read_design
from hiringkit.scoring.disagreement import Ends, find_disagreements, holm, narrow_scales, read_ends, step_of
from hiringkit.scoring.evidence import gather_evidence
from hiringkit.scoring.large.scores import fit_large
from hiringkit.scoring.ratings import Blueprint, Ratings, plain_blueprint

ColumnsOf = Callable[..., Ratings]
QUESTIONS = ["p", "q", "r"]
PLAIN = plain_blueprint(QUESTIONS, 1.0, 5.0, source="option")


def grid(
    rng: np.random.Generator, spread: float, shift: dict[tuple[str, str], float]
) -> list[tuple[str, str, str, float]]:
    """Six candidates, four interviewers, three questions; `shift` moves what an interviewer gives a candidate."""
    return [
        (c, i, q, float(np.clip(np.rint(3 + shift.get((c, i), 0.0) + spread * rng.standard_normal()), 1, 5)))
        for c in "abcdef"
        for i in "wxyz"
        for q in QUESTIONS
    ]


def ends_of(columns: Ratings, blueprint: Blueprint) -> Ends:
    """The interviewers' means of every score."""
    evidence = gather_evidence(columns, blueprint)
    return read_ends(evidence.cells, evidence.shares)


def test_holm() -> None:
    assert holm(np.array([0.001, 0.04, 0.02]), 0.05).tolist() == [True, True, True]
    assert holm(np.array([0.02, 0.03, 0.9]), 0.05).tolist() == [False, False, False]
    assert holm(np.array([]), 0.05).tolist() == []


@pytest.mark.slow
def test_a_split_is_found_and_a_strict_interviewer_is_none(columns_of: ColumnsOf) -> None:
    rng = np.random.default_rng(5)
    split = {("b", "w"): 1.6, ("b", "x"): 1.6, ("b", "y"): -1.6, ("b", "z"): -1.6}
    strict = {(c, "w"): -1.2 for c in "abcdef"}
    found = score_calibrated(columns_of(grid(rng, 0.5, split), PLAIN), PLAIN)
    said = {p.candidate for p in found.profiles if any(d.beyond_chance for d in p.disagreements)}
    assert said == {"b"}
    overall = next(d for p in found.profiles for d in p.disagreements if d.criterion is None and d.beyond_chance)
    assert (set(overall.below), set(overall.above)) == ({"y", "z"}, {"w", "x"})
    found = score_calibrated(columns_of(grid(rng, 0.5, strict), PLAIN), PLAIN)
    assert not any(d.beyond_chance for p in found.profiles for d in p.disagreements)
    assert "panel-split" not in {finding.code for finding in found.findings}


def test_neighbours_on_the_scale_are_no_split_however_sure(columns_of: ColumnsOf) -> None:
    rows = [(c, i, q, 3.0 + (i in "wx") * (c == "a")) for c in "abcdef" for i in "wxyz" for q in QUESTIONS]
    columns = columns_of(rows, PLAIN)
    found = find_disagreements(columns, ends_of(columns, PLAIN), np.zeros((6, 4)), 1.0, QUESTIONS)
    assert found == {}


def test_two_steps_are_listed_without_a_test_to_prove_them(columns_of: ColumnsOf) -> None:
    rows = [("a", "x", "p", 2.0), ("a", "y", "p", 4.0), ("a", "y", "q", 4.0), ("b", "x", "p", 3.0)]
    columns = columns_of(rows, PLAIN)
    found = find_disagreements(columns, ends_of(columns, PLAIN), np.ones((2, 4)), 1.0, QUESTIONS)
    assert list(found) == [0]
    assert [(d.criterion, d.lowest.interviewer, d.highest.score, d.beyond_chance) for d in found[0]] == [
        (None, "x", 4.0, False),
        ("p", "x", 4.0, False),
    ]


@pytest.mark.slow
def test_very_many_find_the_split_panel_and_hardly_another(columns_of_array: Callable[..., Ratings]) -> None:
    rng = np.random.default_rng(3)
    n, people = 300, 12
    scores = np.full((n, people, 3), np.nan)
    lenience = 0.4 * rng.standard_normal(people)
    for i in range(n):
        who = rng.permutation(people)[:4]
        scores[i, who] = 3 + lenience[who, None] + 0.7 * rng.standard_normal((4, 3)) + 0.3 * rng.standard_normal()
        if i == 0:
            scores[0, who] += np.array([2.0, 2.0, -2.0, -2.0])[:, None]
    columns = columns_of_array(scores)
    rules = Blueprint(
        ["k"], ["p", "q", "r"], np.ones((3, 1)), np.ones(1), np.array([np.nan]), np.zeros(1, bool), -5, 11
    )
    design = read_design(columns, rules)
    fit = fit_large(design, choose_effects(design, ["candidate", "interviewer"])[0], level=0.9, seed=0)
    found = find_disagreements(columns, ends_of(columns, rules), fit.split, 1.0, ["k"])
    said = [i for i, each in found.items() if any(d.beyond_chance for d in each)]
    assert said[0] == 0
    assert len(said) <= 2
    assert fit.adjusted.extra[0, 0] > 5 * np.median(fit.adjusted.extra[:, 0])
    assert fit.interval[0, 0, 1] - fit.interval[0, 0, 0] > 1.5 * np.median(np.diff(fit.interval[:, 0], axis=1))


def test_more_of_the_same_never_adds_variance() -> None:
    spread, model = np.array([[4.0]]), np.array([[0.5]])
    before = extra_variance(spread, np.array([[3.0]]), model)
    for times in (2, 3, 10):
        after = extra_variance(spread * 3 / (4 * times - 1), np.array([[4.0 * times - 1]]), model / times)
        assert (model / times + after)[0, 0] <= (model + before)[0, 0]


@pytest.mark.slow
def test_whoever_uses_one_level_throughout_is_named(columns_of: ColumnsOf) -> None:
    rng = np.random.default_rng(0)
    rows = [(c, i, q, 3.0 if i == "z" else v) for c, i, q, v in grid(rng, 1.5, {})]
    columns = columns_of(rows, PLAIN)
    assert narrow_scales(columns) == {3: [3.0]}
    finding = next(f for f in score_calibrated(columns, PLAIN, interviewer_names={"z": "Zoe"}).findings
                   if f.code == "narrow-scale")  # fmt: skip
    assert finding.severity is Severity.INFO
    assert finding.message.startswith('"Zoe" gave 3 throughout')


def test_two_candidates_or_equal_ratings_name_nobody(columns_of: ColumnsOf) -> None:
    rng = np.random.default_rng(0)
    few = [(c, i, q, 3.0 if i == "z" else v) for c, i, q, v in grid(rng, 1.5, {}) if c in "ab"]
    assert narrow_scales(columns_of(few, PLAIN)) == {}
    assert narrow_scales(columns_of([(c, i, q, 3.0) for c, i, q, _ in few], PLAIN)) == {}


@pytest.mark.parametrize(("levels", "step"), [((1.0, 2.0, 3.0), 1.0), ((0.0, 5.0, 8.0), 3.0), ((), 2.0)])
def test_a_step_is_that_of_the_scale_or_of_the_ratings_seen(
    columns_of: ColumnsOf, levels: tuple[float, ...], step: float
) -> None:
    rows: list[Any] = [("a", "x", "p", 1.0), ("a", "y", "p", 3.0), ("a", "y", "q", 5.0)]
    assert step_of(columns_of(rows, PLAIN), evolve(PLAIN, levels=np.array(levels) if levels else None)) == step
