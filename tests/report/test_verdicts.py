"""The first sentence of a debrief is true of the data, whatever they are."""

from datetime import UTC, datetime

import pytest
from attrs import evolve

from hiringkit.domain.debrief import Audience, Debrief, Held
from hiringkit.domain.interview import InterviewState, Opening
from hiringkit.domain.profile import (
    BarState,
    Comparison,
    Counts,
    FitProfile,
    Gate,
    Method,
    ModelSummary,
    Overall,
    Rank,
    Recommendation,
    ScaleUsed,
)
from hiringkit.domain.question import Question, QuestionKind
from hiringkit.domain.rubric import Criterion, CriterionKind, Policy, Rubric, default_scale
from hiringkit.report.page import Verdict
from hiringkit.report.render.html import render_html
from hiringkit.report.render.text import render
from hiringkit.report.views.debrief import debrief_report
from hiringkit.report.views.verdict import verdict
from hiringkit.text.language import Text

NOW = datetime(2026, 3, 2, tzinfo=UTC)
CRM = Criterion("crm", CriterionKind.COMPETENCY, Text("Tool stewardship"), Text("…"), 1, bar=3, required=True)
ASKED = Question("q", QuestionKind.KNOWLEDGE, Text("What?"), {"crm": 1})
RUBRIC = Rubric(
    "r", "1.0.0", Text("R"), default_scale(), (CRM,), (ASKED,), policy=Policy(recommend={"yes": 3.5, "no": 2.5})
)


def person(
    name: str, score: float | None, ahead: dict[str, float], *, gate: BarState = BarState.PASSED, policy: str = "yes"
) -> FitProfile:
    """Make a profile whose id is the name in small letters."""
    return FitProfile(
        name.lower(),
        name,
        Overall(score, None if score is None else (score - 0.5, score + 0.5), score, 6, 2, 1.0),
        (),
        Rank(1, p_best=max(ahead.values(), default=0.5), ahead_of=ahead),
        (Gate("crm", 3, gate, 0.6),),
        Recommendation(policy, {policy: 0.99} if policy else {}),
    )


def told(*profiles: FitProfile, method: Method = Method.CALIBRATED, owed: bool = False) -> Verdict:
    """Return the verdict on these candidates at 90 % intervals, so that 95 % are asked for."""
    made = debrief(*profiles, method=method)
    names = {each.candidate: each.name for each in profiles}
    planned = (Held("ann", "i", InterviewState.SCHEDULED, 8, 0, None, "o/ann/i"),) if owed else ()
    return verdict(made, profiles, names, {"i": "Ivy"}, planned, "en")


def debrief(*profiles: FitProfile, method: Method = Method.CALIBRATED) -> Debrief:
    """Put profiles into a debrief without any answer."""
    model = ModelSummary(("candidate",), "posterior", True, True, 3.0, {})
    comparison = Comparison(
        method,
        0.9,
        ScaleUsed(1, 5, "rubric"),
        Counts(12, 0, 0, len(profiles), 2, 1),
        profiles,
        (),
        model=model if method is Method.CALIBRATED else None,
        criterion_names={"crm": "Tool stewardship"},
    )
    opening = Opening("o", "Opening", "r", "1.0.0", "sha256:0", NOW)
    return Debrief(opening, RUBRIC, comparison, (), (), {"i": "Ivy"}, None, Audience.PANEL, NOW)


BO = person("Bo", 3.0, {"ann": 0.02})


@pytest.mark.parametrize(
    ("leader", "decided", "sentence"),
    [
        (person("Ann", 4, {"bo": 0.98}), True, "Ann is ahead of Bo, the nearest, with 98 %: 95 % is asked for."),
        (person("Ann", 4, {"bo": 0.9499}), False, "Ann is ahead of Bo with 94 %, short of the 95 % asked for."),
        (person("Ann", 4, {"bo": 0.6}), False, "cannot be told apart: the chance that Ann is ahead is 60 %."),
        (person("Ann", 4, {"bo": 0.98}, gate=BarState.OPEN), False, "whether the bar of Tool stewardship is reached"),
        (person("Ann", 4, {"bo": 0.98}, policy="no"), False, "does not recommend to hire"),
        (person("Ann", 4, {"bo": 0.98}, policy=""), False, "too little is rated for the rubric's policy to recommend"),
        (person("Ann", 4, {"bo": 0.9999}), True, "with >99 %"),
    ],
)
def test_it_is_decided_only_where_every_condition_holds(leader: FitProfile, decided: bool, sentence: str) -> None:
    found = told(leader, BO)
    assert sentence in found.sentence
    assert (found.word.text == "The ratings decide it") is decided
    assert (found.word.tone == "good") is decided


def test_who_misses_a_required_bar_is_not_in_the_running() -> None:
    first = person("Ann", 4.5, {"bo": 0.99}, gate=BarState.FAILED)
    found = told(first, BO)
    assert found.sentence == "Bo alone misses no bar of a required criterion."
    assert any("Ann misses the bar of Tool stewardship" in words for _head, words in found.points)
    both = told(first, person("Bo", 3, {}, gate=BarState.FAILED))
    assert both.sentence == "Each of the 2 candidates misses the bar of a required criterion."
    assert both.word.tone == "caution", "never red for a person"


def test_nothing_is_decided_while_somebody_is_hidden_from_the_reader() -> None:
    profiles = (person("Ann", 4, {"bo": 0.98}), BO)
    seen = evolve(debrief(*profiles), hidden=1)
    found = verdict(seen, profiles, {"ann": "Ann", "bo": "Bo"}, {}, (), "en")
    assert found.word.text == "Decided among those whom you may see, not among all"
    assert found.word.tone == "caution"


def test_plain_means_decide_nothing() -> None:
    found = told(person("Ann", 4, {}), person("Bo", 2, {}), method=Method.OBSERVED)
    assert found.sentence == "Ann has the highest mean; how sure that is, plain means do not tell."
    assert found.word.tone == "caution"
    first, *rest = (
        person("Ann", 4, {}, gate=BarState.FAILED),
        evolve(person("Bo", 3, {}), rank=Rank(2)),
        evolve(person("Cy", 2, {}), rank=Rank(3)),
    )
    assert (
        "Bo has the highest mean of those who miss no required bar"
        in told(first, *rest, method=Method.OBSERVED).sentence
    )


def test_where_nobody_is_ranked_no_mean_is_called_the_highest() -> None:
    apart = [evolve(each, rank=Rank(None)) for each in (person("Ann", 4, {}), person("Bo", 2, {}))]
    assert told(*apart).sentence == "Not all candidates share interviewers, so not all can be ranked together."
    many = [evolve(person("Ann", 4, {}), rank=Rank(1, not_separable_from=("bo",))), person("Bo", 2, {})]
    assert told(*many).sentence == (
        "Ann has the highest score of those who miss no required bar, but cannot be told apart from Bo."
    )
    assert told(person("Ann", 4, {}), BO).sentence == "Ann has the highest score of those who miss no required bar."


def test_one_candidate_is_held_against_the_role_alone() -> None:
    assert told(person("Ann", 4, {})).word.text == "The ratings decide it"
    assert "is open" in told(person("Ann", 4, {}, gate=BarState.UNRATED)).sentence
    assert told(person("Ann", 4, {}, gate=BarState.FAILED)).word.text == "The ratings speak against it"
    assert told(person("Ann", 4, {}, policy="")).word.tone == "caution"


def test_without_scores_there_is_nothing_to_decide_by() -> None:
    found = told(person("Ann", None, {}), owed=True)
    assert found.word.text == "Nothing to decide by yet"
    assert found.points[0] == ("Scorecards still to come", "Ivy on Ann (0 of 8 questions)")


@pytest.mark.parametrize("count", [0, 1, 2, 9, 30])
def test_a_debrief_of_any_size_is_a_page_and_a_text(count: int) -> None:
    names = [f"P{n}" for n in range(count)]
    everybody = [person(name, 4 - n / 20, {o.lower(): 0.6 for o in names if o != name}) for n, name in enumerate(names)]
    made = debrief(*everybody)
    for audience in Audience:
        report = debrief_report(evolve(made, audience=audience))
        assert "<h1>Whom do we hire?</h1>" in render_html(report)
        assert "What they cannot say" in render(report)
