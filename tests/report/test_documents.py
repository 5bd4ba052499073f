"""`hiringkit/comparison/1`: every key of the contract, None as null, figures to six digits."""

import json
from typing import Any

import pytest
from attrs import evolve

from hiringkit.domain.codes import Code
from hiringkit.domain.finding import Finding, Location, Severity
from hiringkit.domain.profile import Comparison, Method, ModelSummary, Variance
from hiringkit.report.render.text import render
from hiringkit.report.views.comparison import comparison_report
from hiringkit.report.views.documents import comparison_document, profile_document


@pytest.fixture
def document(english: Comparison) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(render(comparison_report(english), "json"))
    return loaded


def test_the_keys_are_those_of_the_contract(document: dict[str, Any]) -> None:
    assert set(document) == {
        *("schema", "rubric", "method", "level", "scale", "counts", "model", "profiles", "interviewers", "findings"),
        *("criteria", "robustness", "panel_reliability", "ranking"),
    }
    assert document["robustness"] is None
    assert document["schema"] == "hiringkit/comparison/1"
    assert document["rubric"] == {"id": "sales-operations-manager", "version": "1.0.0", "digest": "sha256:00ff"}
    assert (document["method"], document["level"], document["model"]) == ("observed", 0.9, None)
    assert document["scale"] == {"low": 1, "high": 5, "source": "rubric"}
    assert document["counts"] == {
        "ratings": 174,
        "not_assessed": 3,
        "no_evidence": 2,
        "candidates": 4,
        "interviewers": 3,
        "questions": 12,
    }


def test_a_profile_holds_scores_rank_and_gates(document: dict[str, Any]) -> None:
    profile = document["profiles"][1]
    assert profile["overall"] == {
        "score": 3.5625,
        "interval": [3.1, 4.0],
        "observed": 3.5625,
        "ratings": 48,
        "interviewers": 3,
        "coverage": 1.0,
    }
    assert profile["criteria"][6] == {
        "criterion": "coaching",
        "score": 2.5,
        "interval": [2.0, 3.0],
        "observed": 2.5,
        "ratings": 6,
        "below_bar": True,
        "state": "failed",
        "above_bar": None,
        "adjusted": None,
        "no_evidence": 0,
        "not_assessed": 0,
    }
    assert profile["rank"] == {
        "position": 2,
        "interval": None,
        "p_best": None,
        "not_separable_from": ["ann"],
        "ahead_of": {},
    }
    assert profile["gates"] == [{"criterion": "crm", "bar": 3, "state": "passed", "probability": None, "passed": True}]
    assert (profile["candidate"], profile["name"]) == ("bo", "Bo Jensen")
    assert profile["recommendation"] == {"policy": "yes", "probability": {}}
    assert (profile["panel"], profile["disagreements"]) == ([], [])


def test_what_is_not_known_is_null(document: dict[str, Any]) -> None:
    process = document["profiles"][3]["criteria"][2]
    assert [process[key] for key in ("score", "interval", "observed", "below_bar")] == [None] * 4
    assert process["no_evidence"] == 1


def test_interviewers_have_their_severity(document: dict[str, Any]) -> None:
    assert document["interviewers"][0] == {
        "interviewer": "max",
        "name": "Max Strict",
        "severity": 0.42,
        "interval": [0.1, 0.74],
        "ratings": 32,
    }
    assert document["interviewers"][2]["interval"] is None


def test_a_finding_has_its_place_taken_apart(document: dict[str, Any]) -> None:
    assert document["findings"] == [
        {
            "code": "one-interviewer",
            "severity": "warning",
            "message": "1 candidate has been rated by one interviewer only",
            "hint": "plan a second interview",
            "path": "",
            "file": "ratings.csv",
            "line": 12,
            "column": 3,
        }
    ]


def test_a_finding_without_a_place_has_nulls(english: Comparison) -> None:
    findings = (Finding(Code.NO_SCORE, "y", Severity.INFO), Finding(Code.NO_SCORE, "y", location=Location("-")))
    found = comparison_document(evolve(english, findings=findings))["findings"]
    assert [(f["file"], f["line"], f["column"]) for f in found] == [(None, None, None), ("-", None, None)]


def test_the_model_has_its_variances_and_whatever_else_it_states(english: Comparison) -> None:
    model = ModelSummary(
        effects=("candidate", "interviewer"),
        estimator="reml",
        converged=True,
        connected=True,
        mean=3.3100000004,
        variances={"candidate": Variance(0.41, (0.1, 1.2)), "residual": Variance(None)},
        details={"prior": {"scale": 0.5}, "seed": 7, "mean": "never in the way"},
    )
    document = comparison_document(evolve(english, method=Method.CALIBRATED, model=model, rubric=None))
    assert document["rubric"] is None
    assert document["model"] == {
        "effects": ["candidate", "interviewer"],
        "estimator": "reml",
        "converged": True,
        "connected": True,
        "mean": 3.31,
        "variances": {
            "candidate": {"estimate": 0.41, "interval": [0.1, 1.2]},
            "residual": {"estimate": None, "interval": None},
        },
        "prior": {"scale": 0.5},
        "seed": 7,
    }


def test_a_figure_that_is_not_finite_is_null(english: Comparison) -> None:
    first = english.profiles[0]
    broken = evolve(first, overall=evolve(first.overall, score=float("nan"), interval=(float("-inf"), 1.23456789)))
    overall = comparison_document(evolve(english, profiles=(broken,)))["profiles"][0]["overall"]
    assert (overall["score"], overall["interval"]) == (None, [None, 1.234568])


def test_one_profile_has_the_same_keys_as_in_the_comparison(english: Comparison) -> None:
    document = profile_document(english, english.profiles[3])
    whole = comparison_document(english)
    assert document["schema"] == "hiringkit/profile/1"
    assert document["profile"] == whole["profiles"][3]
    assert {key: document[key] for key in ("rubric", "method", "level", "scale", "counts", "model")} == {
        key: whole[key] for key in ("rubric", "method", "level", "scale", "counts", "model")
    }
