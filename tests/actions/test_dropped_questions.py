"""A question that was misunderstood, left out for everybody."""

from collections.abc import Callable

import pytest

from hiringkit.actions.audit import Actor
from hiringkit.actions.comparisons import compare_opening
from hiringkit.actions.dropped_questions import drop_question, dropped_questions, restore_question
from hiringkit.actions.exports import submitted_ratings
from hiringkit.actions.interviews import rate, submit
from hiringkit.actions.openings import close_opening, show_opening
from hiringkit.actions.schedule import schedule_interviews, show_interview
from hiringkit.actions.scores import ScoringOptions
from hiringkit.domain.codes import Code
from hiringkit.domain.interview import Mark
from hiringkit.domain.profile import Comparison, Method
from hiringkit.errors import NotFound, Refused, UsageProblem
from hiringkit.store import audit
from hiringkit.store.store import Store

KIT = ("bottlenecks", "forecast-miss")
LEVELS = {("ada", "ivy"): (5, 2), ("ada", "joe"): (4, 2), ("bo", "ivy"): (2, 4), ("bo", "joe"): (3, 4)}
OBSERVED = ScoringOptions(method=Method.OBSERVED)


@pytest.fixture
def rated(panel: Store, recruiter: Actor) -> Store:
    """Both questions rated by both interviewers for both candidates, all submitted."""
    for (candidate, interviewer), levels in LEVELS.items():
        (interview,) = schedule_interviews(panel, recruiter, "som", candidate, [interviewer], questions=KIT)
        for question, level in zip(KIT, levels, strict=True):
            rate(panel, recruiter, interview.id, question, value=level)
        submit(panel, recruiter, interview.id)
    return panel


def compare(store: Store, actor: Actor) -> Comparison:
    return compare_opening(store, actor, "som", OBSERVED)


def scores(comparison: Comparison, criterion: str) -> dict[str, float | None]:
    return {p.candidate: c.score for p in comparison.profiles for c in p.criteria if c.criterion == criterion}


def test_it_counts_for_nobody_any_more_and_the_comparison_says_so(rated: Store, recruiter: Actor) -> None:
    before = compare(rated, recruiter)
    assert scores(before, "process-improvement") == {"ada": 4.5, "bo": 2.5}
    drop_question(rated, recruiter, "som", "bottlenecks", reason="two\nversions \x1b[31mof it")
    after = compare(rated, recruiter)
    assert scores(after, "process-improvement") == {"ada": None, "bo": None}
    assert scores(after, "forecasting") == scores(before, "forecasting") == {"bo": 4.0, "ada": 2.0}
    assert after.counts.ratings == 4
    assert after.profiles[0].candidate == "bo"
    finding = next(f for f in after.findings if f.code == "question-dropped")
    assert finding.message == 'the question "bottlenecks" is left out for everybody: two versions \ufffd[31mof it'
    assert "--restore" in finding.hint


def test_restoring_it_gives_the_same_comparison_as_before(rated: Store, recruiter: Actor) -> None:
    before = compare(rated, recruiter)
    drop_question(rated, recruiter, "som", "bottlenecks", reason="misread")
    restore_question(rated, recruiter, "som", "bottlenecks")
    assert compare(rated, recruiter) == before
    assert dropped_questions(rated, "som") == ()


def test_the_export_does_without_it(rated: Store, recruiter: Actor) -> None:
    drop_question(rated, recruiter, "som", "bottlenecks", reason="misread")
    assert {row.question for row in submitted_ratings(rated, recruiter, ["som"])} == {"forecast-miss"}


def test_both_directions_are_in_the_audit_trail(rated: Store, recruiter: Actor) -> None:
    drop_question(rated, recruiter, "som", "bottlenecks", reason="misread")
    restore_question(rated, recruiter, "som", "bottlenecks", reason="it was not")
    with rated.read() as tx:
        last = audit.events(tx, limit=2)
        assert audit.verify(tx) == []
    assert [(event.action, event.detail["reason"]) for event in last] == [
        ("opening.drop-question", "misread"),
        ("opening.restore-question", "it was not"),
    ]
    assert last[0].subject == {"opening": "som", "question": "bottlenecks"}


def test_a_criterion_that_loses_its_only_question_is_named(rated: Store, recruiter: Actor) -> None:
    rubric = show_opening(rated, recruiter, "som").rubric
    asked = [q.id for q in rubric.asked if "enablement" in q.criteria]
    for question in asked:
        drop_question(rated, recruiter, "som", question, reason="misread")
    codes = {f.code: f.message for f in compare(rated, recruiter).findings}
    assert '"enablement"' in codes[Code.CRITERION_DROPPED]


@pytest.mark.slow
def test_interviews_to_come_need_not_ask_it(panel: Store, recruiter: Actor, acting: Callable[[str], Actor]) -> None:
    (begun,) = schedule_interviews(panel, recruiter, "som", "ada", ["ivy"], questions=KIT)
    drop_question(panel, recruiter, "som", "bottlenecks", reason="misread")
    rate(panel, acting("ivy"), begun.id, "forecast-miss", value=3)
    view = show_interview(panel, acting("ivy"), begun.id)
    assert (view.interview.outstanding, view.outstanding) == (("bottlenecks",), ())
    assert [each.question for each in view.dropped] == ["bottlenecks"]
    submit(panel, acting("ivy"), begun.id)
    (whole,) = schedule_interviews(panel, recruiter, "som", "bo", ["ivy"])
    assert "bottlenecks" not in whole.kit
    (short,) = schedule_interviews(panel, recruiter, "som", "bo", ["joe"], minutes=200)
    assert "bottlenecks" not in short.kit
    with pytest.raises(Refused, match="is dropped"):
        schedule_interviews(panel, recruiter, "som", "ada", ["joe"], questions=KIT)


def test_a_scorecard_from_that_time_has_no_rating_of_it_once_it_is_restored(panel: Store, recruiter: Actor) -> None:
    (begun,) = schedule_interviews(panel, recruiter, "som", "ada", ["ivy"], questions=KIT)
    drop_question(panel, recruiter, "som", "bottlenecks", reason="misread")
    rate(panel, recruiter, begun.id, "forecast-miss", value=Mark.NO_EVIDENCE)
    submit(panel, recruiter, begun.id)
    restore_question(panel, recruiter, "som", "bottlenecks")
    rows = submitted_ratings(panel, recruiter, ["som"])
    assert [(row.question, row.rating) for row in rows] == [("forecast-miss", "no-evidence")]
    assert compare(panel, recruiter).counts.no_evidence == 1


def test_what_makes_no_sense_is_refused_and_changes_nothing(rated: Store, recruiter: Actor) -> None:
    with pytest.raises(UsageProblem, match="reason"):
        drop_question(rated, recruiter, "som", "bottlenecks", reason=" \n ")
    with pytest.raises(NotFound) as caught:
        drop_question(rated, recruiter, "som", "botlenecks", reason="x")
    assert "bottlenecks" in caught.value.hint
    with pytest.raises(NotFound):
        drop_question(rated, recruiter, "sm", "bottlenecks", reason="x")
    with pytest.raises(Refused, match="not dropped"):
        restore_question(rated, recruiter, "som", "bottlenecks")
    drop_question(rated, recruiter, "som", "bottlenecks", reason="x")
    with pytest.raises(Refused, match="already"):
        drop_question(rated, recruiter, "som", "bottlenecks", reason="x")
    assert [each.reason for each in dropped_questions(rated, "som")] == ["x"]


def test_the_last_question_stays_and_so_does_everything_in_a_closed_opening(rated: Store, recruiter: Actor) -> None:
    *most, last = (question.id for question in show_opening(rated, recruiter, "som").rubric.asked)
    for question in most:
        drop_question(rated, recruiter, "som", question, reason="x")
    with pytest.raises(Refused, match="only one left"):
        drop_question(rated, recruiter, "som", last, reason="x")
    close_opening(rated, recruiter, "som")
    with pytest.raises(Refused, match="closed"):
        drop_question(rated, recruiter, "som", last, reason="x")
    with pytest.raises(Refused, match="closed"):
        restore_question(rated, recruiter, "som", most[0])
