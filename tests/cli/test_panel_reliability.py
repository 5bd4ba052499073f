"""`hiringkit panel reliability`: with and without an opening, in every format, and what it refuses."""

from collections.abc import Callable
from typing import Any

import pytest

Run = Callable[..., Any]


def test_it_works_without_an_opening_or_a_database(hk: Run) -> None:
    done = hk(
        "panel", "reliability", "--hire", "1", "--of", "8", "--interviewers", "2..5", "--target", ".6", "-f", "json"
    )
    assert done.code == 0, done.err
    found = done.json
    assert found["schema"] == "hiringkit/panel-reliability/1"
    assert [each["interviewers"] for each in found["designs"]] == [2, 3, 4, 5]
    assert found["reliability"]["source"] == "prior"
    assert found["reliability"]["prior"] == "interview"
    assert found["cheapest"] == 3
    assert found["minutes"] == 45


@pytest.mark.slow
def test_people_read_what_it_rests_on_and_which_is_the_cheapest(hk: Run) -> None:
    done = hk("panel", "reliability", "--of", "8", "--interviewers", "2..5", "--target", ".6")
    assert "3 *" in done.out
    assert 'the prior "interview"' in " ".join(done.out.split())
    unreachable = hk("panel", "reliability", "--of", "8", "--interviewers", "2", "--target", ".995")
    assert "not reachable" in unreachable.out
    told = hk("panel", "reliability", "--of", "8", "--reliability", ".35", "--interviewers", "3")
    assert "0.35, as given" in told.out
    assert "80 % of it" not in told.out


@pytest.mark.slow
def test_csv_has_a_row_for_each_size_and_chinese_is_spoken(hk: Run) -> None:
    rows = hk("panel", "reliability", "--of", "8", "--interviewers", "1..3", "-f", "csv").out.splitlines()
    assert rows[0].startswith("interviewers,reliability,chance_best")
    assert [row.split(",")[0] for row in rows[1:]] == ["1", "2", "3"]
    assert "面试官" in hk("--lang", "zh", "panel", "reliability", "--of", "8").out
    assert "| " in hk("panel", "reliability", "--of", "8", "-f", "markdown").out


@pytest.mark.slow
def test_an_opening_says_how_many_candidates_and_its_ratings_how_reliable_an_interview_is(rated: Run) -> None:
    found = rated("panel", "reliability", "som", "-f", "json").json
    assert (found["opening"], found["of"]) == ("som", 2)
    assert found["reliability"]["source"] == "ratings"
    assert found["reliability"]["candidates"] == 2
    assert 0 < found["reliability"]["single"] < 1
    assert found["designs"][0]["regret_points"] > 0
    assert "So few candidates" in rated("panel", "reliability", "som").out


@pytest.mark.slow
def test_an_opening_without_ratings_goes_by_the_prior(som: Run) -> None:
    assert som("panel", "reliability", "som", "--of", "6", "-f", "json").json["reliability"]["source"] == "prior"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "--of N"),
        (("--of", "1"), "1 of 1"),
        (("--of", "4", "--hire", "4"), "4 of 4"),
        (("--of", "8", "--interviewers", "5..2"), "2..5"),
        (("--of", "8", "--interviewers", "0"), "2..5"),
        (("--of", "8", "--interviewers", "many"), "2..5"),
        (("--of", "8", "--interviewers", "1..99999999999999999999"), "2..5"),
        (("--of", "8", "--reliability", "1.5"), "0, chance"),
        (("--of", "8", "--reliability", "nan"), "0, chance"),
        (("--of", "8", "--target", "0"), "between 0 and 1"),
        (("--of", "8", "--target", "nan"), "between 0 and 1"),
        (("--of", "8", "--minutes", "inf"), "minutes"),
        (("--of", "100000"), "10000"),
    ],
)
def test_what_makes_no_sense_is_a_usage_error(hk: Run, words: tuple[str, ...], said: str) -> None:
    done = hk("panel", "reliability", *words)
    assert done.code == 2, done.out
    assert said in done.err


def test_an_opening_that_is_not_there_is_named(som: Run) -> None:
    done = som("panel", "reliability", "some")
    assert done.code == 1
    assert "did you mean 'som'?" in done.err
