"""What the audit log vouches for: everything that is changed behind the program's back shows."""

from collections.abc import Callable

import pytest
from attrs import evolve

from hiringkit.actions.audit import Actor, audit_log, verify_audit
from hiringkit.actions.dropped_questions import drop_question, restore_question
from hiringkit.actions.expectations import expect, offer
from hiringkit.actions.interview_plans import cancel_interview, edit_interview, restore_interview
from hiringkit.actions.interviews import add_question, add_text, amend, rate, submit
from hiringkit.actions.openings import close_opening, edit_opening, read_outcome, reopen_opening
from hiringkit.actions.people import (
    add_candidates,
    edit_candidate,
    edit_interviewer,
    remove_candidates,
    restore_candidate,
    withdraw_candidate,
)
from hiringkit.actions.schedule import schedule_interviews
from hiringkit.domain.audit import Via
from hiringkit.domain.interview import InterviewText
from hiringkit.domain.people import Candidate
from hiringkit.store.store import Store


@pytest.fixture
def lived(begun: Store, recruiter: Actor) -> Store:
    """An opening in which everything that leaves a trace was done once."""
    add_text(begun, recruiter, "som/bo/ivy", InterviewText.NOTES, "spoke fast")
    add_question(begun, recruiter, "som/bo/ivy", "training-no-results")
    rate(begun, recruiter, "som/bo/ivy", "training-no-results", evidence="a wall chart")
    amend(begun, recruiter, "som/ada/joe", "bottlenecks", value=3, reason="misheard")
    add_candidates(begun, recruiter, "som", [Candidate("cy", "Cy"), Candidate("di", "Di")])
    schedule_interviews(begun, recruiter, "som", "cy", ["joe"], questions=("bottlenecks",))
    remove_candidates(begun, recruiter, "som", ["cy"])
    schedule_interviews(begun, recruiter, "som", "di", ["joe"], questions=("bottlenecks",))
    edit_interview(begun, recruiter, "som/di/joe", interviewer="ivy")
    edit_interview(begun, recruiter, "som/di/ivy", location="room 2")
    cancel_interview(begun, recruiter, "som/di/ivy", "ill")
    restore_interview(begun, recruiter, "som/di/ivy")
    cancel_interview(begun, recruiter, "som/ada/ivy", "moved")
    withdraw_candidate(begun, recruiter, "som", "di", "another offer")
    restore_candidate(begun, recruiter, "som", "di")
    edit_candidate(begun, recruiter, "som", "di", name="Diane", note="by train")
    edit_interviewer(begun, recruiter, "joe", name="Joseph")
    drop_question(begun, recruiter, "som", "goal-rollout", reason="unclear")
    restore_question(begun, recruiter, "som", "goal-rollout")
    drop_question(begun, recruiter, "som", "goal-rollout", reason="unclear again")
    expect(begun, recruiter, "som", "di", "sponsorship", 4)
    expect(begun, recruiter, "som", "di", "sponsorship", 5)
    offer(begun, recruiter, "som", "sponsorship", 2)
    close_opening(begun, recruiter, "som", outcomes=dict([read_outcome("ada=hired")]))
    reopen_opening(begun, recruiter, "som")
    edit_opening(begun, recruiter, "som", title="SOM")
    return begun


def first(store: Store) -> str:
    problems = verify_audit(store).problems
    return f"{problems[0].code}: {problems[0].message}" if problems else ""


def test_what_the_program_does_is_vouched_for(lived: Store) -> None:
    assert first(lived) == ""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("UPDATE ratings SET level = 1 WHERE interview_id = 'som/bo/ivy'", "rating/bottlenecks (som/bo/ivy) is not as"),
        (
            "UPDATE ratings SET evidence = 'x' WHERE question_id = 'training-no-results'",
            "rating/training-no-results (som/bo/ivy)",
        ),
        (
            "UPDATE scorecard_ratings SET level = 5 WHERE number = 1 AND level = 2",
            "scorecard/1 (som/ada/joe) is not as event",
        ),
        ("UPDATE scorecards SET recommendation = 'yes'", "scorecard/1 (som/ada/joe) is not as event"),
        (
            "UPDATE ratings SET level = 5 WHERE interview_id = 'som/ada/joe' AND level = 3",
            "rating/bottlenecks (som/ada/joe)",
        ),
        ("DELETE FROM ratings WHERE interview_id = 'som/bo/ivy'", "rating/bottlenecks (som/bo/ivy) is not as event"),
        ("DELETE FROM scorecard_ratings WHERE number = 2", "rating/bottlenecks (som/ada/joe)"),
        ("UPDATE interviews SET state = 'started' WHERE id = 'som/ada/joe'", "interview (som/ada/joe)"),
        ("UPDATE interviews SET interviewer_id = 'ivy', round = 9 WHERE id = 'som/bo/joe'", "interview (som/bo/joe)"),
        ("UPDATE interview_texts SET text = 'x'", "text/notes (som/bo/ivy) is not as event"),
        ("DELETE FROM interview_texts", "text/notes (som/bo/ivy) is gone since event"),
        ("UPDATE candidates SET outcome = 'rejected' WHERE id = 'ada'", "candidate (som/ada) is not as event"),
        ("UPDATE candidate_needs SET level = 1", "need/sponsorship (som/di) is not as event"),
        ("DELETE FROM candidate_needs", "need/sponsorship (som/di) is gone since event"),
        ("UPDATE opening_offers SET level = 5", "offer/sponsorship (som) is not as event"),
        ("UPDATE dropped_questions SET reason = 'x'", "dropped/goal-rollout (som) is not as event"),
        ("UPDATE openings SET title = 'x'", "opening (som) is not as event"),
        ("UPDATE openings SET rubric_text = rubric_text || ' '", "rubric (som) is not as event"),
        ("UPDATE interviewers SET name = 'x' WHERE id = 'ivy'", "interviewer (ivy) is not as event"),
        (
            "INSERT INTO candidates (opening_id, id, position, name, email, note) VALUES ('som','eve',9,'E','','')",
            "candidate (som/eve) was written without an event",
        ),
    ],
)
def test_a_row_that_was_changed_behind_the_programs_back_is_named(lived: Store, statement: str, what: str) -> None:
    with lived.write() as tx:
        assert tx.exec_driver_sql(statement).rowcount
    assert first(lived).startswith(f"audit-state: {what}")


@pytest.mark.slow
def test_a_rating_that_was_changed_before_it_was_submitted_is_named_too(lived: Store, recruiter: Actor) -> None:
    with lived.write() as tx:
        tx.exec_driver_sql("UPDATE ratings SET level = 1 WHERE interview_id = 'som/bo/ivy' AND level = 5")
    rate(lived, recruiter, "som/bo/ivy", "training-no-results", value=4)
    rate(lived, recruiter, "som/bo/ivy", "forecast-miss", value=4)
    submit(lived, recruiter, "som/bo/ivy")
    assert first(lived).startswith("audit-state: rating/bottlenecks (som/bo/ivy) is not as event")


@pytest.mark.slow
def test_a_change_that_a_later_one_covers_is_named_too(lived: Store, recruiter: Actor) -> None:
    with lived.write() as tx:
        tx.exec_driver_sql("UPDATE candidates SET email = 'eve@example.org' WHERE id = 'ada'")
    edit_candidate(lived, recruiter, "som", "ada", note="by bus")
    assert "candidate (som/ada) was changed behind the program's back between events" in first(lived)


def test_an_event_says_what_it_was_done_with(begun: Store, acting: Callable[[str], Actor]) -> None:
    rate(begun, evolve(acting("ivy"), via=Via.TUI), "som/bo/ivy", "bottlenecks", value=2)
    event = audit_log(begun, acting(""), kind="interview")[-1]
    assert (event.action, event.via) == ("interview.rate", "tui")
    ((word, (before, after)),) = (event.states or {}).items()
    assert (word, before is None, after is None) == ("rating/bottlenecks", False, False)
    assert before != after
    assert audit_log(begun, acting(""), kind="interview.rate")[-1] == event
    assert audit_log(begun, acting(""), kind="inter") == ()
    assert audit_log(begun, acting("joe"))[-1].states is None
