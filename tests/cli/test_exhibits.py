"""Exhibits handed to the candidate: what is to be read, and nothing of how the answer is rated."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
FIGURES = "Request,List price,Discount"


@pytest.mark.slow
def test_a_page_holds_the_exhibit_and_nothing_of_its_rating(hk: Run, tmp_path: Path) -> None:
    page = tmp_path / "exhibit.html"
    assert hk("bank", "exhibit", "deal-desk", "-o", str(page)).code == 0
    text = page.read_text("utf-8")
    assert "<title>Requests and rules</title>" in text
    assert "Rival offered the same" in text
    (question,) = [
        each
        for each in hk("bank", "show", "sales-operations", "-f", "json").json["bank"]["questions"]
        if each["id"] == "deal-desk"
    ]
    secret = [
        "deal-desk",
        question["text"]["en"],
        *question["criteria"],
        *(each["en"] for each in question["anchors"].values()),
        *(each["en"] for part in ("probes", "look_for", "watch_for", "marking") for each in question[part]),
    ]
    assert [words for words in secret if words in text] == []


@pytest.mark.slow
def test_it_comes_as_figures_as_markdown_and_for_programs(hk: Run) -> None:
    assert hk("bank", "exhibit", "sales-operations/deal-desk", "-f", "csv").out.startswith(FIGURES)
    assert "# 申请与规则" in hk("bank", "exhibit", "deal-desk", "-f", "markdown", "--lang", "zh").out
    document = hk("bank", "exhibit", "deal-desk", "-f", "json").json
    assert (document["question"], document["exhibits"][0]["id"]) == ("deal-desk", "requests")


@pytest.mark.slow
def test_several_exhibits_come_together_or_one_by_one(hk: Run) -> None:
    both = hk("bank", "exhibit", "renewal-call", "-f", "markdown").out
    assert both.startswith("# For you to read")
    assert "account team" in both
    one = hk("bank", "exhibit", "renewal-call", "--exhibit", "sponsor-left", "-f", "markdown").out
    assert "Safe" not in one


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("deal-dsk",), "no question 'deal-dsk'"),
        (("bottlenecks",), "the question 'bottlenecks' has no exhibit"),
        (("deal-desk", "--exhibit", "nope"), "no exhibit 'nope'"),
        (("published-error",), "several banks have a question 'published-error'"),
        (("cold-call", "-f", "csv"), "a file of figures holds one table, and here are 0"),
    ],
)
def test_what_there_is_not_is_said(hk: Run, words: tuple[str, ...], said: str) -> None:
    done = hk("bank", "exhibit", *words)
    assert done.code in (1, 2)
    assert said in done.err
    assert done.out == ""


def test_an_opening_hands_over_what_it_asks(som: Run) -> None:
    assert som("bank", "exhibit", "deal-desk", "--opening", "som", "-f", "csv").out.startswith(FIGURES)
    assert "no question 'cold-call'" in som("bank", "exhibit", "cold-call", "--opening", "som").err


def test_at_the_prompts_r_shows_it(som: Run) -> None:
    som("candidate", "add", "som", "Bea", "--id", "bea")
    som("interview", "schedule", "som", "bea", "ivy", "--question", "deal-desk", "--question", "bottlenecks")
    done = som("interview", "score", "som/bea/ivy", "--as", "ivy", typed="r\n3\nr\nq\n")
    assert "Exhibit for the candidate, r shows it: Requests and rules" in done.out
    assert "C | 240000 | 40%" in done.out
    assert "hiringkit bank exhibit deal-desk --opening som -o exhibit.html" in done.out
    assert "This question has no exhibit." in done.out
    kept = json.loads(som("interview", "show", "som/bea/ivy", "--as", "ivy", "-f", "json").out)["ratings"]
    assert kept[0]["rating"] == 3
