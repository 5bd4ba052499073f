"""Every number that is missing, or says less than it seems to, has its sentence."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from attrs import evolve

from hiringkit.domain.finding import Severity
from hiringkit.scoring.messages import listed
from hiringkit.scoring.observed.score import score_observed
from hiringkit.scoring.ratings import Blueprint, Ratings, plain_blueprint

ColumnsOf = Callable[..., Ratings]
THREE = plain_blueprint(["A", "B", "C"], 1.0, 5.0, source="option")


def said(columns: Ratings, blueprint: Blueprint, **options: Any) -> Mapping[str, tuple[Severity, str]]:
    comparison = score_observed(columns, blueprint, **options)
    return {f.code: (f.severity, f.message) for f in comparison.findings}


def test_names_beyond_the_fifth_are_counted() -> None:
    ids = [f"c{i}" for i in range(8)]
    which = np.array([True] * 7 + [False])
    assert listed(ids, which, {"c0": "Ann"}) == '"Ann", "c1", "c2", "c3", "c4" and 2 more'
    assert listed(ids, np.zeros(8, dtype=bool), {}) == ""


def test_a_panel_with_nothing_to_remark_says_only_that_means_give_no_probability(
    columns_of: ColumnsOf,
) -> None:
    values = {"ann": (2, 2, 3), "ben": (3, 4, 4)}
    rows = [(c, i, q, v) for c, vs in values.items() for i, v in zip("xyz", vs, strict=True) for q in "ABC"]
    assert said(columns_of(rows, THREE), THREE) == {
        "no-probability": (Severity.INFO, "means of ratings give no probability of being the best")
    }


def test_too_few_criteria_in_common_are_named(columns_of: ColumnsOf) -> None:
    rows = [("ann", "x", "A", 2), ("ann", "y", "A", 4), ("ann", "x", "B", 3), ("ann", "y", "C", 3)]
    findings = said(columns_of(rows, THREE), THREE, names={"ann": "Ann Example"})
    assert findings["little-shared"] == (
        Severity.WARNING,
        'interviewers rated too few criteria in common to tell how sure the overall score is: "Ann Example"',
    )
    assert findings["criterion-one-interviewer"][1] == (
        "2 of 3 criterion scores rest on one interviewer and have no interval"
    )


def test_spread_that_was_lent_is_named(columns_of: ColumnsOf) -> None:
    rows = [("ann", who, q, v) for who, q, v in (("x", "A", 2), ("y", "A", 4), ("x", "B", 3), ("y", "B", 5))]
    findings = said(columns_of([*rows, ("ann", "x", "C", 1)], THREE), THREE)
    assert findings["lent-spread"][0] is Severity.INFO
    assert findings["lent-spread"][1].endswith('as they do on the others: "ann"')


def test_agreement_to_the_digit_is_not_certainty(columns_of: ColumnsOf) -> None:
    rows = [("ann", who, q, 4) for who in "xy" for q in "ABC"] + [("ben", "x", "A", 2), ("ben", "y", "A", 3)]
    assert said(columns_of(rows, THREE), THREE)["no-spread"] == (
        Severity.WARNING,
        (
            'the interviewers of "ann" agree to the digit, which does not show how far off they may be: there is'
            " no interval"
        ),
    )
    assert said(columns_of(rows, THREE), THREE)["criterion-no-spread"][1] == (
        "3 of 6 criterion scores have no interval because their interviewers agree to the digit"
    )


def test_candidates_whom_no_interviewer_joins_are_named(columns_of: ColumnsOf) -> None:
    rows = [("ann", who, "A", v) for who, v in (("x", 2), ("y", 4))] + [("ben", "z", "A", 5)]
    found = said(columns_of(rows, THREE), THREE, names={"ben": "Ben Example"})
    assert found["disconnected"] == (
        Severity.WARNING,
        (
            'no interviewer joins "ann" and "Ben Example", so the order of their means may be the order of how strict'
            " their interviewers are"
        ),
    )
    assert "disconnected" not in said(columns_of([*rows, ("ann", "z", "A", 3)], THREE), THREE)


def test_low_coverage_open_gates_and_missing_scores_are_named(columns_of: ColumnsOf) -> None:
    blueprint = evolve(
        THREE,
        minimum_coverage=0.8,
        required=np.array([False, True, False]),
        bars=np.array([np.nan, 3.0, np.nan]),
    )
    rows = [("ann", who, "A", v) for who, v in (("x", 2), ("y", 4))]
    findings = said(columns_of(rows, blueprint, candidates=["ben"]), blueprint)
    assert findings["coverage-low"][1] == 'less than 80 % of the criterion weight is rated: "ann"'
    assert findings["gate-unrated"][1].endswith('no recommendation: "ann"')
    assert findings["criterion-unrated"][1] == "2 of 3 criterion scores are missing because nobody rated them"
    assert findings["no-score"][1] == 'no score for "ben": nobody has rated what counts'
    assert findings["one-candidate"][1] == 'only "ann" has a score, so there is nobody to compare with'


def test_interviewers_whose_severity_does_not_show_are_named(columns_of: ColumnsOf) -> None:
    rows = [("ann", "x", "A", 2), ("ann", "y", "A", 4), ("ben", "z", "B", 3)]
    findings = said(columns_of(rows, THREE), THREE, interviewer_names={"z": "Zoe"})
    assert findings["severity-unknown"][1].endswith('is not known: "Zoe"')
    assert findings["severity-one-candidate"][1].endswith('it has no interval: "x", "y"')
