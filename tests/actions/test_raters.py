"""What an interviewer and a recruiter get to see of how interviewers rate."""

from collections.abc import Callable

import pytest

from hiringkit.actions.audit import Actor
from hiringkit.actions.interviews import rate, submit
from hiringkit.actions.people import add_candidates
from hiringkit.actions.raters import rate_raters
from hiringkit.actions.schedule import schedule_interviews
from hiringkit.actions.scores import ScoringOptions
from hiringkit.domain.codes import Code
from hiringkit.domain.people import Candidate
from hiringkit.domain.raters import RaterLine
from hiringkit.store.store import Store

QUESTIONS = ("bottlenecks", "forecast-miss")
LEVELS = {"ada": (5, 4), "bo": (2, 3), "cy": (3, 3), "di": (4, 2), "ed": (1, 2)}


@pytest.fixture
def held(panel: Store, recruiter: Actor) -> Store:
    """Five invented candidates rated by ivy and, a level lower where there is one, by joe."""
    add_candidates(panel, recruiter, "som", [Candidate(who, who.title()) for who in ("cy", "di", "ed")])
    for who, levels in LEVELS.items():
        schedule_interviews(panel, recruiter, "som", who, ["ivy", "joe"], questions=list(QUESTIONS))
        for by, less in (("ivy", 0), ("joe", 1)):
            at = f"som/{who}/{by}"
            for question, level in zip(QUESTIONS, levels, strict=True):
                evidence = "what was said" if by == "ivy" and question == "bottlenecks" else ""
                rate(panel, recruiter, at, question, value=max(level - less, 1), evidence=evidence)
            submit(panel, recruiter, at)
    return panel


def lines(store: Store, actor: Actor, opening: str | None = "som") -> dict[str, RaterLine]:
    raters = rate_raters(store, actor, opening, ScoringOptions()).raters
    return {line.interviewer: line for line in raters.lines}


@pytest.mark.slow
def test_a_recruiter_sees_everybody_as_the_comparison_has_them(held: Store, recruiter: Actor) -> None:
    found = lines(held, recruiter)
    assert set(found) == {"ivy", "joe"}
    assert found["joe"].name == "Joe"
    assert (found["ivy"].interviews, found["ivy"].ratings) == (5, 10)
    assert (found["joe"].severity.estimate or 0) > (found["ivy"].severity.estimate or 0)
    assert (found["ivy"].evidence.estimate, found["joe"].evidence.estimate) == (0.5, 0.0)
    assert found["ivy"].hours.n == 5


@pytest.mark.slow
def test_over_all_openings_severity_is_beside_the_others(held: Store, recruiter: Actor) -> None:
    raters = rate_raters(held, recruiter, None, ScoringOptions()).raters
    assert (raters.opening, raters.source, raters.openings) == (None, "peers", 1)
    # Ed's 1 cannot be a level lower
    assert {line.interviewer: line.severity.estimate for line in raters.lines} == {
        "ivy": pytest.approx(-0.9),
        "joe": pytest.approx(0.9),
    }


@pytest.mark.slow
def test_an_interviewer_sees_their_own_line_alone(held: Store, acting: Callable[[str], Actor]) -> None:
    assert set(lines(held, acting("ivy"))) == {"ivy"}
    assert set(lines(held, acting("joe"), None)) == {"joe"}
    asked = rate_raters(held, acting("ivy"), "som", ScoringOptions(), only="joe").raters
    assert asked.lines == ()


@pytest.mark.slow
def test_of_whom_one_still_owes_a_scorecard_nothing_is_told(
    held: Store, recruiter: Actor, acting: Callable[[str], Actor]
) -> None:
    schedule_interviews(held, recruiter, "som", "ada", ["ivy"], questions=["large-data"], again=True)
    whole, own = lines(held, recruiter)["ivy"], lines(held, acting("ivy"))["ivy"]
    assert (whole.severity.n, own.severity.n) == (5, 4)
    told = rate_raters(held, acting("ivy"), "som", ScoringOptions()).raters.findings
    assert Code.HIDDEN_UNTIL_SUBMITTED in {each.code for each in told}


def test_before_any_scorecard_there_is_nobody(panel: Store, recruiter: Actor, acting: Callable[[str], Actor]) -> None:
    for actor in (recruiter, acting("ivy")):
        for opening in ("som", None):
            raters = rate_raters(panel, actor, opening, ScoringOptions()).raters
            assert raters.lines == ()
            assert [each.code for each in raters.findings] == [Code.NO_RATINGS]


@pytest.mark.slow
def test_one_interviewer_is_measured_by_what_needs_no_other(panel: Store, recruiter: Actor) -> None:
    for who in ("ada", "bo"):
        schedule_interviews(panel, recruiter, "som", who, ["ivy"], questions=list(QUESTIONS))
        for question in QUESTIONS:
            rate(panel, recruiter, f"som/{who}/ivy", question, value=3)
        submit(panel, recruiter, f"som/{who}/ivy")
    found = lines(panel, recruiter)["ivy"]
    assert (found.severity.estimate, found.severity.n) == (None, 0)
    assert found.evidence.too_few
    assert (found.evidence.n, found.hours.n) == (4, 2)
