"""The audit log as it is read: everybody sees that something was done, not everybody what."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from hiringkit.actions.audit import Actor, audit_head, audit_log, verify_audit
from hiringkit.actions.interviews import amend, rate, submit
from hiringkit.actions.openings import create_opening
from hiringkit.actions.schedule import schedule_interviews
from hiringkit.errors import NotFound, UsageProblem
from hiringkit.library.catalog import Library
from hiringkit.store import audit
from hiringkit.store.store import Store

KIT = ("bottlenecks",)


@pytest.fixture
def rated(panel: Store, recruiter: Actor, acting: Callable[[str], Actor]) -> Store:
    """Joe has rated, submitted and amended both candidates; Ivy has handed in only Bo's."""
    joe, ivy = acting("joe@firm.example"), acting("ivy")
    for candidate in ("ada", "bo"):
        schedule_interviews(panel, recruiter, "som", candidate, ["ivy", "joe"], questions=KIT)
        rate(panel, joe, f"som/{candidate}/joe", "bottlenecks", value=5)
        submit(panel, joe, f"som/{candidate}/joe")
        amend(panel, joe, f"som/{candidate}/joe", "bottlenecks", value=4, reason="misheard")
    rate(panel, ivy, "som/bo/ivy", "bottlenecks", value=2)
    submit(panel, ivy, "som/bo/ivy")
    return panel


def details(store: Store, actor: Actor) -> dict[str, bool]:
    """Return for each submitted or amended interview whether its details are shown."""
    log = audit_log(store, actor, opening="som")
    return {e.subject["interview"]: e.detail is not None for e in log if e.action.endswith(("submit", "amend"))}


def test_a_recruiter_sees_every_detail(rated: Store, recruiter: Actor) -> None:
    assert details(rated, recruiter) == {"som/ada/joe": True, "som/bo/joe": True, "som/bo/ivy": True}
    assert all(event.hash for event in audit_log(rated, recruiter))


def test_who_owes_a_scorecard_sees_no_details_of_others_interviews_with_the_candidate(
    rated: Store, acting: Callable[[str], Actor]
) -> None:
    assert details(rated, acting("IVY@firm.example")) == {"som/ada/joe": False, "som/bo/joe": True, "som/bo/ivy": True}


def test_details_appear_once_the_own_scorecard_is_in(rated: Store, acting: Callable[[str], Actor]) -> None:
    rate(rated, acting("ivy"), "som/ada/ivy", "bottlenecks", value=3)
    assert not details(rated, acting("ivy"))["som/ada/joe"]
    submit(rated, acting("ivy"), "som/ada/ivy")
    assert details(rated, acting("ivy"))["som/ada/joe"]


def test_a_detail_about_a_hidden_interview_is_hidden_whatever_wrote_it(
    rated: Store, acting: Callable[[str], Actor]
) -> None:
    with rated.write() as tx:
        for subject in (
            {"opening": "som", "candidate": "ada", "interview": "som/ada/joe"},
            {"opening": "som", "candidate": "ada"},
            {"opening": "gone", "candidate": "ada"},
            {"interview": "gone"},
            {"interviewer": "joe", "bank": "sales-operations"},
        ):
            audit.append(tx, datetime(2026, 2, 1, tzinfo=UTC), "joe", "interview.import", subject, {"level": 5})
    assert [event.detail for event in audit_log(rated, acting("ivy"), last=5)] == [None] * 5


def test_an_interviewer_gets_no_hash_against_which_a_guess_could_be_checked(
    rated: Store, acting: Callable[[str], Actor]
) -> None:
    assert {event.hash for event in audit_log(rated, acting("ivy"))} == {None}


@pytest.mark.slow
def test_the_log_is_of_one_opening_one_person_and_since_a_moment(
    rated: Store, recruiter: Actor, acting: Callable[[str], Actor], library: Library
) -> None:
    create_opening(rated, library, recruiter, "other", "sales-operations-manager")
    assert [event.action for event in audit_log(rated, recruiter, opening="other")] == ["opening.create"]
    by_joe = audit_log(rated, recruiter, who="joe")
    assert {event.actor for event in by_joe} == {"joe@firm.example"}
    assert [event.action for event in by_joe][:3] == ["interview.rate", "interview.submit", "interview.amend"]
    assert {event.actor for event in audit_log(rated, recruiter, who="Dana@firm.example")} == {recruiter.who}
    newest = audit_log(rated, recruiter)[-1]
    assert audit_log(rated, recruiter, since=newest.at) == (newest,)
    assert audit_log(rated, recruiter, opening="som", who="ivy", last=1)[0].action == "interview.submit"


def test_a_name_that_is_nowhere_is_no_silence(rated: Store, recruiter: Actor) -> None:
    with pytest.raises(NotFound):
        audit_log(rated, recruiter, opening="sum")
    with pytest.raises(NotFound, match="no person in the audit log"):
        audit_log(rated, recruiter, who="recruiter:dana@firm.exampel")


def test_what_was_cut_off_the_end_shows_against_a_noted_head(rated: Store) -> None:
    noted = audit_head(rated)
    assert verify_audit(rated, noted=noted.noted).problems == ()
    with rated.write() as tx:
        tx.exec_driver_sql(f"DELETE FROM audit_events WHERE sequence = {noted.sequence}")
        tx.exec_driver_sql("DELETE FROM scorecard_ratings WHERE interview_id = 'som/bo/ivy'")
        tx.exec_driver_sql("DELETE FROM scorecards WHERE interview_id = 'som/bo/ivy'")
        tx.exec_driver_sql("UPDATE interviews SET state = 'started' WHERE id = 'som/bo/ivy'")
    assert verify_audit(rated).problems == ()
    assert [each.code for each in verify_audit(rated, noted=noted.noted).problems] == ["audit-head"]


def test_another_event_in_the_place_of_the_noted_one_shows(rated: Store) -> None:
    other = f"3:{'0' * 64}"
    assert [each.path for each in verify_audit(rated, noted=other).problems] == ["$[3]"]
    assert verify_audit(rated, noted=f"0:{audit.GENESIS}").problems == ()


@pytest.mark.parametrize("noted", ["3", "3:abc", "x:" + "0" * 64, ":" + "0" * 64, "²:" + "0" * 64])
def test_a_head_of_another_form_is_refused(rated: Store, noted: str) -> None:
    with pytest.raises(UsageProblem, match="is no head"):
        verify_audit(rated, noted=noted)
