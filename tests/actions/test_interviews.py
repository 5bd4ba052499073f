"""Holding an interview: what returns is on disk, what is submitted is locked, and it goes on where it was."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from sqlalchemy.event import listen

from hiringkit.actions.audit import Actor
from hiringkit.actions.comparisons import compare_opening
from hiringkit.actions.dropped_questions import drop_question
from hiringkit.actions.interviews import (
    LONGEST_EVIDENCE,
    Lock,
    add_question,
    add_text,
    amend,
    askable_questions,
    go_to,
    parse_value,
    rate,
    resume_interview,
    review_interview,
    submit,
    write_text,
)
from hiringkit.actions.lookup import find_opening, pinned_rubric
from hiringkit.actions.openings import close_opening, create_opening
from hiringkit.actions.people import add_candidates
from hiringkit.actions.schedule import schedule_interviews, show_interview
from hiringkit.actions.scores import ScoringOptions
from hiringkit.domain.conduct import Unrated
from hiringkit.domain.interview import InterviewState, InterviewText, Mark
from hiringkit.domain.people import Candidate
from hiringkit.errors import HiringKitError, NotFound, Refused, UsageProblem
from hiringkit.library.catalog import Library
from hiringkit.library.yaml.write import dump_rubric
from hiringkit.store import audit
from hiringkit.store.store import Store, open_store

KIT = ("bottlenecks", "forecast-miss")
AT = "som/ada/ivy"


@pytest.fixture
def held(panel: Store, recruiter: Actor) -> Store:
    schedule_interviews(panel, recruiter, "som", "ada", ["ivy"], questions=KIT)
    return panel


@pytest.fixture
def ivy(acting: Callable[[str], Actor]) -> Actor:
    return acting("ivy")


def test_a_rating_is_on_disk_when_the_call_returns(held: Store, ivy: Actor, tmp_path: Path) -> None:
    rate(held, ivy, AT, "bottlenecks", value=4, evidence="timed every stage", probes=[1, 0])
    with open_store(str(tmp_path / "test.db")) as another:
        seen = show_interview(another, ivy, AT).interview
    assert seen.rating("bottlenecks").value == 4
    assert seen.rating("bottlenecks").evidence == "timed every stage"
    assert seen.rating("bottlenecks").probes == (0, 1)
    assert seen.state is InterviewState.STARTED
    assert seen.outstanding == ("forecast-miss",)


def test_what_a_call_does_not_name_stays_as_it_was(held: Store, ivy: Actor) -> None:
    rate(held, ivy, AT, "bottlenecks", value=4, evidence="said so", probes=[0])
    rate(held, ivy, AT, "bottlenecks", value=2)
    kept = show_interview(held, ivy, AT).interview.rating("bottlenecks")
    assert (kept.value, kept.evidence, kept.probes) == (2, "said so", (0,))


def test_a_rating_can_be_taken_back(held: Store, recruiter: Actor) -> None:
    rate(held, recruiter, AT, "bottlenecks", value=4)
    assert rate(held, recruiter, AT, "bottlenecks", value=None).value is None


def test_not_assessed_and_no_evidence_are_kept_apart(held: Store, ivy: Actor) -> None:
    rate(held, ivy, AT, "bottlenecks", value=Mark.NOT_ASSESSED)
    rate(held, ivy, AT, "forecast-miss", value=Mark.NO_EVIDENCE)
    seen = show_interview(held, ivy, AT).interview
    assert [r.value for r in seen.ratings] == [Mark.NOT_ASSESSED, Mark.NO_EVIDENCE]


def test_evidence_is_cleaned_of_what_a_terminal_would_obey(held: Store, recruiter: Actor) -> None:
    assert "\x1b" not in rate(held, recruiter, AT, "bottlenecks", evidence="a\x1b[2Jb").evidence


@pytest.mark.parametrize(
    ("change", "error", "said"),
    [
        ({"value": 6}, UsageProblem, "6 is not on the scale"),
        ({"value": 0}, UsageProblem, "0 is not on the scale"),
        ({"probes": [99]}, UsageProblem, "no probe 100"),
        ({"evidence": "x" * (LONGEST_EVIDENCE + 1)}, UsageProblem, "longer than"),
    ],
)
def test_a_rating_that_makes_no_sense_changes_nothing(
    held: Store, ivy: Actor, change: dict[str, Any], error: type[HiringKitError], said: str
) -> None:
    rate(held, ivy, AT, "bottlenecks", value=3)
    with pytest.raises(error, match=said):
        rate(held, ivy, AT, "bottlenecks", **change)
    assert show_interview(held, ivy, AT).interview.rating("bottlenecks").value == 3


def test_a_question_outside_the_kit_is_refused_with_the_nearest(held: Store, recruiter: Actor) -> None:
    with pytest.raises(NotFound) as caught:
        rate(held, recruiter, AT, "botlenecks", value=3)
    assert caught.value.hint == "did you mean 'bottlenecks'?"


def test_an_unknown_interview_is_refused_with_the_nearest(held: Store, recruiter: Actor) -> None:
    with pytest.raises(NotFound) as caught:
        rate(held, recruiter, "som/ada/ivi", "bottlenecks", value=3)
    assert AT in caught.value.hint


def test_submitting_needs_every_question_answered_or_marked(held: Store, recruiter: Actor) -> None:
    rate(held, recruiter, AT, "bottlenecks", value=4)
    with pytest.raises(Refused, match="not yet rated: forecast-miss"):
        submit(held, recruiter, AT)
    rate(held, recruiter, AT, "forecast-miss", value=Mark.NOT_ASSESSED)
    assert submit(held, recruiter, AT, recommendation="yes").state is InterviewState.SUBMITTED


@pytest.fixture
def lenient(panel: Store, recruiter: Actor, library: Library, tmp_path: Path) -> str:
    """An interview of an opening whose rubric lets questions stay unrated."""
    rubric = library.load_rubric("sales-operations-manager")
    path = tmp_path / "lenient.yaml"
    path.write_text(dump_rubric(evolve(rubric, policy=evolve(rubric.policy, unrated=Unrated.ALLOW))), encoding="utf-8")
    create_opening(panel, library, recruiter, "easy", str(path))
    add_candidates(panel, recruiter, "easy", [Candidate("ada", "Ada")])
    schedule_interviews(panel, recruiter, "easy", "ada", ["ivy"], questions=KIT)
    return "easy/ada/ivy"


@pytest.mark.slow
def test_the_rubric_may_allow_unrated_questions_which_then_count_for_nothing(
    panel: Store, ivy: Actor, lenient: str
) -> None:
    rate(panel, ivy, lenient, "bottlenecks", value=4)
    review = review_interview(panel, ivy, lenient)
    assert (review.missing, review.blocked) == (("forecast-miss",), False)
    assert submit(panel, ivy, lenient).state is InterviewState.SUBMITTED
    compared = compare_opening(panel, ivy, "easy", ScoringOptions())
    assert (compared.counts.ratings, compared.profiles[0].overall.score) == (1, 4.0)
    after = amend(panel, ivy, lenient, "forecast-miss", value=2, reason="forgotten")
    assert after.rating("forecast-miss").value == 2


def test_a_submitted_scorecard_is_locked(held: Store, recruiter: Actor) -> None:
    finish(held, recruiter)
    for attempt in (
        lambda: rate(held, recruiter, AT, "bottlenecks", value=1),
        lambda: go_to(held, recruiter, AT, "bottlenecks"),
        lambda: submit(held, recruiter, AT),
    ):
        with pytest.raises(Refused, match="is submitted"):
            attempt()


def test_an_amendment_keeps_the_scorecard_before_and_the_reason(held: Store, recruiter: Actor) -> None:
    finish(held, recruiter)
    amended = amend(held, recruiter, AT, "bottlenecks", value=2, reason="misheard a figure")
    assert amended.state is InterviewState.SUBMITTED
    assert [card.number for card in amended.scorecards] == [1, 2]
    assert [card.ratings[0].value for card in amended.scorecards] == [4, 2]
    assert amended.scorecards[1].reason == "misheard a figure"
    assert amended.scorecards[1].recommendation == "yes"
    assert amended.rating("bottlenecks").value == 2


def test_an_amendment_needs_a_reason_and_a_change(held: Store, recruiter: Actor) -> None:
    with pytest.raises(Refused, match="only a submitted scorecard"):
        amend(held, recruiter, AT, "bottlenecks", value=2, reason="because")
    finish(held, recruiter)
    with pytest.raises(UsageProblem, match="needs a reason"):
        amend(held, recruiter, AT, "bottlenecks", value=2, reason=" ")
    with pytest.raises(UsageProblem, match="changes nothing"):
        amend(held, recruiter, AT, "bottlenecks", value=4, reason="because")


def test_nobody_rates_in_anothers_interview(held: Store, acting: Callable[[str], Actor]) -> None:
    with pytest.raises(Refused, match="you act as 'joe'"):
        rate(held, acting("JOE@firm.example"), AT, "bottlenecks", value=1)
    rate(held, acting("ivy@firm.example"), AT, "bottlenecks", value=5)


def test_a_closed_opening_takes_no_ratings(held: Store, recruiter: Actor) -> None:
    close_opening(held, recruiter, "som")
    with pytest.raises(Refused, match="is closed"):
        rate(held, recruiter, AT, "bottlenecks", value=1)


def test_the_interview_goes_on_where_it_was(held: Store, recruiter: Actor) -> None:
    assert show_interview(held, recruiter, AT).place is None
    go_to(held, recruiter, AT, "forecast-miss")
    assert show_interview(held, recruiter, AT).place == "forecast-miss"


def test_the_trail_says_that_it_was_rated_but_not_how(held: Store, recruiter: Actor) -> None:
    rate(held, recruiter, AT, "bottlenecks", value=5, evidence="a secret")
    with held.read() as tx:
        assert audit.verify(tx) == []
        event = audit.events(tx)[-1]
    assert event.action == "interview.rate"
    assert event.actor == recruiter.who
    assert event.detail == {"right": "recruiter"}
    assert event.subject["question"] == "bottlenecks"
    assert "5" not in str(event.detail)
    assert "secret" not in str(event)


def test_the_pinned_rubric_is_not_read_again_for_every_rating(held: Store, recruiter: Actor) -> None:
    rate(held, recruiter, AT, "bottlenecks", value=3)
    statements: list[str] = []
    listen(held.engine, "before_cursor_execute", lambda *told: statements.append(told[2]))
    rate(held, recruiter, AT, "forecast-miss", value=4)
    assert not [each for each in statements if "rubric_text" in each]
    assert sum(each.startswith("BEGIN") for each in statements) == 1
    assert [each for each in statements if "audit_events" in each]
    assert len(statements) <= 13


@pytest.mark.slow
def test_a_rubric_is_told_from_another_by_its_digest(
    panel: Store, recruiter: Actor, library: Library, lenient: str
) -> None:
    with panel.read() as tx:
        pinned = [pinned_rubric(tx, find_opening(tx, each)) for each in ("som", "easy", "som")]
    assert [each.policy.unrated for each in pinned] == [Unrated.BLOCK, Unrated.ALLOW, Unrated.BLOCK]
    assert pinned[0] is pinned[2]


@pytest.mark.parametrize("typed", ["6", "0", "4.5", "", "good", "04", "²"])
def test_a_typed_rating_is_a_level_or_a_mark(library: Library, typed: str) -> None:
    rubric = library.load_rubric("sales-operations-manager")
    assert parse_value("4", rubric) == 4
    assert parse_value("no-evidence", rubric) is Mark.NO_EVIDENCE
    with pytest.raises(UsageProblem, match="is no rating"):
        parse_value(typed, rubric)


def finish(store: Store, actor: Actor) -> None:
    """Rate both questions and submit."""
    rate(store, actor, AT, "bottlenecks", value=4)
    rate(store, actor, AT, "forecast-miss", value=3)
    submit(store, actor, AT, recommendation="yes", summary="solid")


@pytest.mark.slow
def test_one_sits_down_where_one_was(begun: Store, recruiter: Actor) -> None:
    assert resume_interview(begun, recruiter, AT).begin_at == 0
    go_to(begun, recruiter, AT, "forecast-miss")
    assert resume_interview(begun, recruiter, AT).begin_at == 1


def test_it_says_why_an_interview_takes_no_ratings(
    begun: Store, recruiter: Actor, acting: Callable[[str], Actor]
) -> None:
    assert resume_interview(begun, acting("ivy"), AT).lock is Lock.OPEN
    assert resume_interview(begun, recruiter, AT).lock is Lock.NOT_YOURS, "the draft is not a recruiter's to see"
    assert resume_interview(begun, acting("joe"), AT).lock is Lock.NOT_YOURS
    assert resume_interview(begun, acting("joe"), "som/ada/joe").lock is Lock.SUBMITTED
    close_opening(begun, recruiter, "som")
    assert resume_interview(begun, acting("ivy"), AT).lock is Lock.CLOSED


def test_a_review_says_what_is_missing_and_who_will_see_it(begun: Store, acting: Callable[[str], Actor]) -> None:
    ivy = acting("ivy")
    review = review_interview(begun, ivy, AT)
    assert (review.missing, review.blocked, review.coverage, review.enough) == (KIT, True, 0.0, False)
    assert [person.id for person in review.readers] == ["joe"]
    rate(begun, ivy, AT, "bottlenecks", value=4)
    rate(begun, ivy, AT, "forecast-miss", value=3, evidence="said so")
    review = review_interview(begun, ivy, AT)
    assert (review.missing, review.bare, review.coverage, review.enough) == ((), ("bottlenecks",), 1.0, True)
    assert [person.id for person in review_interview(begun, ivy, "som/bo/ivy").later] == ["joe"]


def test_a_rating_that_was_changed_elsewhere_is_not_written_over(held: Store, recruiter: Actor) -> None:
    base = show_interview(held, recruiter, AT).interview.rating("bottlenecks")
    rate(held, recruiter, AT, "bottlenecks", value=5, evidence="there", probes=[0], base=base)
    kept = rate(held, recruiter, AT, "bottlenecks", value=2, evidence="here", probes=[1], base=base)
    assert kept.value == 5
    assert kept.probes == (0, 1)
    assert "there" in kept.evidence
    assert "here" in kept.evidence
    assert rate(held, recruiter, AT, "bottlenecks", value=2, base=kept).value == 2


def test_drafts_are_for_their_author_and_go_into_the_scorecard(
    held: Store, recruiter: Actor, acting: Callable[[str], Actor]
) -> None:
    ivy = acting("ivy")
    write_text(held, ivy, AT, InterviewText.RECOMMENDATION, "no")
    write_text(held, ivy, AT, InterviewText.SUMMARY, "thin\non data")
    assert resume_interview(held, ivy, AT).texts[InterviewText.SUMMARY] == "thin on data"
    assert resume_interview(held, acting("joe"), AT).texts == {}
    with pytest.raises(Refused):
        write_text(held, acting("joe"), AT, InterviewText.SUMMARY, "mine")
    with pytest.raises(UsageProblem, match="'maybe' is no recommendation"):
        write_text(held, ivy, AT, InterviewText.RECOMMENDATION, "maybe")
    for question in KIT:
        rate(held, ivy, AT, question, value=3)
    card = submit(held, ivy, AT).scorecards[0]
    assert (card.recommendation, card.summary, card.by) == ("no", "thin on data", "ivy")
    with pytest.raises(Refused, match="is submitted"):
        write_text(held, ivy, AT, InterviewText.SUMMARY, "too late")


@pytest.mark.slow
def test_a_handover_is_read_as_questions_until_the_readers_own_scorecard_is_in(
    held: Store, recruiter: Actor, acting: Callable[[str], Actor]
) -> None:
    ivy, joe = acting("ivy"), acting("joe")
    schedule_interviews(held, recruiter, "som", "ada", ["joe"], questions=KIT)
    left = "Weak on data, a 2.\nWhat did the miss cost?\n谁提供了数据？\nstrong no"
    write_text(held, ivy, AT, InterviewText.HANDOVER, left)
    write_text(held, ivy, AT, InterviewText.NOTES, "mine?")

    def read_by(who: Actor) -> list[tuple[str, str]]:
        return [(each.id, text) for each, text in resume_interview(held, who, "som/ada/joe").handovers]

    questions = [("ivy", "What did the miss cost?\n谁提供了数据？")]
    assert read_by(joe) == questions
    assert read_by(recruiter) == questions, "a draft is its author's"
    assert read_by(ivy) == [("ivy", left)]
    finish(held, ivy)
    assert read_by(joe) == questions, "joe has not submitted"
    assert read_by(recruiter) == read_by(ivy)
    for question in KIT:
        rate(held, joe, "som/ada/joe", question, value=3)
    submit(held, joe, "som/ada/joe", recommendation="yes", summary="")
    assert read_by(joe) == read_by(ivy)
    assert resume_interview(held, joe, AT).texts == {}
    with pytest.raises(Refused, match="is submitted"):
        add_text(held, ivy, AT, InterviewText.HANDOVER, "too late")


def test_texts_are_added_below_what_is_there(held: Store, ivy: Actor) -> None:
    assert add_text(held, ivy, AT, InterviewText.NOTES, "first") == "first"
    assert add_text(held, ivy, AT, InterviewText.NOTES, "second\nline") == "first\nsecond\nline"
    assert add_text(held, ivy, AT, InterviewText.NOTES, " ") == "first\nsecond\nline"
    with pytest.raises(UsageProblem, match="longer than"):
        add_text(held, ivy, AT, InterviewText.NOTES, "x" * LONGEST_EVIDENCE)


def test_a_question_that_was_not_planned_is_added_to_the_kit(
    held: Store, ivy: Actor, acting: Callable[[str], Actor]
) -> None:
    askable = askable_questions(held, ivy, AT)
    assert set(askable).isdisjoint(KIT)
    assert "large-data" in askable
    after = add_question(held, ivy, AT, "large-data")
    assert after.kit == (*KIT, "large-data")
    assert "large-data" not in askable_questions(held, ivy, AT)
    rate(held, ivy, AT, "large-data", value=4)
    with pytest.raises(Refused, match="in the kit of this interview already"):
        add_question(held, ivy, AT, "large-data")
    with pytest.raises(NotFound) as caught:
        add_question(held, ivy, AT, "large-dat")
    assert caught.value.hint is not None
    assert "large-data" in str(caught.value.hint)
    with pytest.raises(Refused):
        add_question(held, acting("joe"), AT, "trends")
    for question in KIT:
        rate(held, ivy, AT, question, value=4)
    assert len(submit(held, ivy, AT).scorecards[0].ratings) == 3
    with pytest.raises(Refused, match="is submitted"):
        add_question(held, ivy, AT, "bottlenecks")


def test_a_question_of_an_earlier_round_or_a_dropped_one_cannot_be_added(
    held: Store, recruiter: Actor, ivy: Actor
) -> None:
    schedule_interviews(held, recruiter, "som", "ada", ["ivy"], questions=["large-data"], again=True)
    with pytest.raises(Refused, match="asked by this interviewer"):
        add_question(held, ivy, f"{AT}/2", "bottlenecks")
    drop_question(held, recruiter, "som", "live-view", reason="leaked")
    assert {"bottlenecks", "live-view"}.isdisjoint(askable_questions(held, ivy, f"{AT}/2"))
    with pytest.raises(Refused, match="is dropped"):
        add_question(held, ivy, f"{AT}/2", "live-view")
