"""Cases that a reader has to decide rightly: bars whoever else applied, and panels that are split."""

from functools import cache
from pathlib import Path

import pytest

from hiringkit.actions.scores import ScoringOptions, agreement_of_file, read_rating_file, score_file
from hiringkit.domain.profile import BarState, Comparison, FitProfile, Method
from hiringkit.library.catalog import Library
from hiringkit.report.render.html import render_html
from hiringkit.report.render.text import render
from hiringkit.report.views.agreement import agreement_report
from hiringkit.report.views.comparison import comparison_report
from hiringkit.report.views.profile import profile_report

CASES = Path(__file__).parents[1] / "data" / "cases"
ROOT = Path(__file__).parents[2]
MANAGER, ANALYST = "sales-operations-manager", "sales-operations-analyst"
METHODS = list(Method)


@cache
def compared(case: str, rubric: str, method: Method = Method.CALIBRATED) -> Comparison:
    ready = read_rating_file(str(CASES / f"{case}.csv"), rubric=Library([ROOT]).load_rubric(rubric))
    return score_file(ready, ScoringOptions(method=method))


def profile(comparison: Comparison, candidate: str) -> FitProfile:
    return next(each for each in comparison.profiles if each.candidate == candidate)


def states(found: FitProfile) -> set[BarState | None]:
    return {score.state for score in found.criteria if score.ratings}


@pytest.mark.slow
@pytest.mark.parametrize("method", METHODS)
def test_threes_throughout_meet_every_bar_of_three(method: Method) -> None:
    pim = profile(compared("unanimous-at-the-bar", MANAGER, method), "Pim")
    assert states(pim) == {BarState.PASSED}
    assert BarState.FAILED not in {gate.state for gate in pim.gates}
    assert not {"gate-failed", "gate-open"} & set(pim.flags)
    assert all(score.score is None or 2.5 <= score.score <= 3.0 for score in pim.criteria)


@pytest.mark.slow
@pytest.mark.parametrize("method", METHODS)
def test_a_gate_does_not_depend_on_how_strong_the_others_are(method: Method) -> None:
    weak, strong = (profile(compared(case, ANALYST, method), "amy") for case in ("gate-weak", "gate-strong"))
    assert [gate.state for gate in weak.gates] == [gate.state for gate in strong.gates] == [BarState.PASSED]


@pytest.mark.slow
@pytest.mark.parametrize("case", ["gate-weak", "gate-strong"])
def test_no_criterion_score_lies_outside_the_ratings_that_bear_on_it(case: str) -> None:
    rows = [line.split(",") for line in (CASES / f"{case}.csv").read_text(encoding="utf-8").splitlines()]
    place = {name: at for at, name in enumerate(rows[0])}
    asked = {q.id: set(q.criteria) for q in Library([str(ROOT)]).load_rubric(ANALYST).asked}
    comparison = compared(case, ANALYST)
    severe = 0.1  # nobody is stricter by more, on any criterion
    for found in comparison.profiles:
        for score in found.criteria:
            given = [
                float(row[place["rating"]])
                for row in rows[1:]
                if row[place["candidate"]] == found.candidate and score.criterion in asked[row[place["question"]]]
            ]
            assert score.score is not None
            assert min(given) - severe <= score.score <= max(given) + severe
            assert score.adjusted is not None
            assert min(given) - severe <= score.adjusted <= max(given) + severe


@pytest.mark.slow
@pytest.mark.parametrize("case", ["split-panel-exact", "split-panel-noisy"])
def test_noors_panel_is_split_and_pims_agrees(case: str) -> None:
    comparison = compared(case, MANAGER)
    noor, pim = (profile(comparison, who) for who in ("Noor", "Pim"))
    overall = next(each for each in noor.disagreements if each.criterion is None)
    assert overall.beyond_chance
    assert (set(overall.below), set(overall.above)) == ({"Ola", "Abe"}, {"Ivo", "Una"})
    assert overall.lowest.interviewer in {"Ola", "Abe"}
    assert overall.lowest.score < 1.5
    assert overall.highest.score > 4.5
    assert not any(each.beyond_chance for each in pim.disagreements)
    assert BarState.FAILED not in states(noor)
    assert BarState.OPEN in states(noor)
    width = {each.candidate: each.overall.interval[1] - each.overall.interval[0]  # type: ignore[index]
             for each in comparison.profiles}  # fmt: skip
    assert width["Noor"] > 1.5 * max(share for who, share in width.items() if who != "Noor")
    codes = {finding.code for finding in comparison.findings}
    assert "panel-split" in codes
    assert "agreement-to-the-digit" not in codes


@pytest.mark.slow
@pytest.mark.parametrize("case", ["split-panel-exact", "split-panel-noisy"])
def test_the_split_is_said_with_names_and_levels(case: str) -> None:
    comparison = compared(case, MANAGER)
    report = comparison_report(comparison)
    for text in (render(report), render(report, "markdown"), render_html(report)):
        assert "Split panel" in text
        assert "means of their ratings from 1." in " ".join(text.split())
        assert "digit" not in text
    text = " ".join(render(profile_report(comparison, "Noor")).split())
    assert "Noor, overall: Ola, Abe against" in text or "Noor, overall: Abe, Ola against" in text
    assert "Split panel" not in render(profile_report(comparison, "Pim"))


def plain(case: str, method: Method | None = None) -> str:
    ready = read_rating_file(str(CASES / f"{case}.csv"), scale=(1.0, 5.0))
    return " ".join(render(comparison_report(score_file(ready, ScoringOptions(method=method)))).split())


@pytest.mark.slow
def test_what_the_scale_hides_of_an_extreme_interviewer_is_said_everywhere() -> None:
    text = plain("extreme-strict")
    assert "zed stricter by at least 2.1 +1.4 or more" in text
    assert '100 % of the ratings by "zed" are the lowest level, so they may be stricter than the scale shows' in text
    assert '"zed", who rates at least 2.14 points lower than the panel, saw "amy" and not "dan"' in text
    assert "ratings agree" not in text, "ann and zed are four points apart"


def test_by_means_too_the_scale_hides_how_extreme_somebody_is() -> None:
    text = plain("extreme-strict", Method.OBSERVED)
    assert "zed stricter by at least 3.5 +0.3 or more" in text
    assert '100 % of the ratings by "zed" are the lowest level, so they may be stricter than the scale shows' in text


def test_by_means_too_a_rank_goes_no_further_than_those_who_cannot_be_told_apart() -> None:
    comparison = score_file(
        read_rating_file(str(CASES / "clear-winner.csv"), scale=(1.0, 5.0)), ScoringOptions(method=Method.OBSERVED)
    )
    assert [each.rank.interval for each in comparison.profiles] == [(1, 1), (2, 3), (2, 4), (3, 4)]


def agreed(case: str) -> str:
    ready = read_rating_file(str(CASES / f"{case}.csv"))
    return " ".join(render(agreement_report(agreement_of_file(ready, ScoringOptions()))).split())


def test_what_four_candidates_leave_open_is_not_called_dependable() -> None:
    text = agreed("clear-winner")
    assert "Φ = 0.94 (90 % interval 0.37 to 0.97): whether it reaches 0.80, enough to decide on, is open." in text
    assert "dependable" not in text


def test_where_an_interviewer_is_extreme_the_advice_is_a_common_panel_and_not_more_questions() -> None:
    text = agreed("extreme-strict")
    assert "let the same interviewers see all candidates, or use calibrated scores" in text
    assert "more questions" not in text
