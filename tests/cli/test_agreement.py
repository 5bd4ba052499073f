"""`hiringkit agreement` of an opening: what it says of a file with the same ratings."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


@pytest.mark.slow
def test_an_opening_agrees_as_far_as_its_exported_ratings_do(hk: Run, here: Path) -> None:
    assert hk("demo", "--dir", ".", "-q").code == 0
    there = ("--db", "hiringkit.db")
    assert hk("export", "demo", "-o", "demo.csv", *there).code == 0
    filed = hk("agreement", "demo.csv", "--rubric", "sales-operations-manager", "-f", "json").json
    assert filed["gwet_ac2"]["estimate"] > 0
    for _attempt in range(2):
        found = hk("agreement", "demo", "-f", "json", *there).json
        assert {**found, "findings": []} == {**filed, "findings": []}
        (here / "demo").mkdir(exist_ok=True)  # a folder is no file of ratings


@pytest.mark.slow
def test_whoever_owes_a_scorecard_gets_the_agreement_of_the_others(som: Run) -> None:
    for who in ("ivy", "joe"):
        at = f"som/ada/{who}"
        for question in ("bottlenecks", "forecast-miss"):
            assert som("interview", "rate", at, question, "4", "--as", who).code == 0
    assert som("interview", "submit", "som/ada/joe", "--recommend", "yes", "--as", "joe").code == 0
    assert "Ada" in som("agreement", "som", "--as", "ivy").out
    findings = som("agreement", "som", "--as", "ivy", "-f", "json").json["findings"]
    assert "hidden-until-submitted" in {each["code"] for each in findings}


def test_what_is_for_files_is_refused_of_an_opening(som: Run) -> None:
    wrong = som("agreement", "som", "--scale", "1:5")
    assert wrong.code == 2
    assert "belong to a file" in wrong.err
    unknown = som("agreement", "sam")
    assert unknown.code == 1
    assert "did you mean 'som'" in unknown.err
