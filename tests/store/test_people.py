"""Candidates and interviewers as they are kept."""

from datetime import datetime

import pytest

from hiringkit.domain.people import Candidate, Interviewer
from hiringkit.errors import NotFound, Refused
from hiringkit.store import people
from hiringkit.store.store import Store

HOSTILE = [
    "=cmd|' /C calc'!A0",
    "[/dev/null] [bold]x[/bold]",
    "\x1b]0;pwned\x07\x1b[2J",
    "\u202eevil\u2066\u2069",
    "'; DROP TABLE candidates; --",
    "{opening} %s %(name)s :name",
    "a\r\nb\tc ",
    "e\u0301 é 🇨🇳 陈\u3000美",
    "𠮷" * 2000,
]


def test_candidates_come_in_the_order_in_which_they_were_added(panel: Store) -> None:
    with panel.write() as tx:
        people.insert_candidates(tx, "ops", [Candidate("zed", "Zed"), Candidate("abe", "Abe")])
    with panel.read() as tx:
        assert [candidate.id for candidate in people.candidates(tx, "ops")] == ["mei", "ada", "zed", "abe"]


@pytest.mark.parametrize("text", HOSTILE)
def test_every_text_comes_back_as_it_was_given(panel: Store, text: str) -> None:
    given = Candidate(text, text, text, text)
    with panel.write() as tx:
        people.insert_candidates(tx, "ops", [given])
        people.insert_interviewers(tx, [Interviewer(text, text, text)])
    with panel.read() as tx:
        assert people.find_candidate(tx, "ops", text) == given
        assert people.find_interviewer(tx, text) == Interviewer(text, text, text)


def test_a_candidate_is_known_in_one_opening_only(panel: Store) -> None:
    with panel.read() as tx:
        assert people.find_candidate(tx, "ops", "mei") == Candidate("mei", "陈美")
        assert people.find_candidate(tx, "other", "mei") is None
        assert people.find_candidate(tx, "ops", "MEI") is None
        assert people.candidates(tx, "other") == ()


def test_no_candidates_are_no_change(panel: Store) -> None:
    with panel.write() as tx:
        people.insert_candidates(tx, "ops", [])
        people.insert_interviewers(tx, [])
    with panel.read() as tx:
        assert (len(people.candidates(tx, "ops")), len(people.interviewers(tx))) == (2, 2)


def test_many_candidates_are_added_all_or_none(panel: Store) -> None:
    many = [Candidate(f"c{n}", f"Candidate {n}") for n in range(3000)]
    with pytest.raises(Refused, match="contradicts"), panel.write() as tx:
        people.insert_candidates(tx, "ops", [*many, Candidate("mei", "Mei again")])
    with panel.write() as tx:
        people.insert_candidates(tx, "ops", many)
    with panel.read() as tx:
        assert people.candidates(tx, "ops")[2:] == tuple(many)


def test_a_withdrawn_candidate_stays(panel: Store, now: datetime) -> None:
    with panel.write() as tx:
        people.withdraw(tx, "ops", "mei", now, "took another job")
    with panel.read() as tx:
        mei, ada = people.candidates(tx, "ops")
        reason = tx.exec_driver_sql("SELECT withdrawn_reason FROM candidates WHERE id = 'mei'").scalar()
    assert mei.withdrawn_at == now
    assert ada.withdrawn_at is None
    assert reason == "took another job"


def test_a_candidate_withdraws_once(panel: Store, now: datetime) -> None:
    with panel.write() as tx:
        people.withdraw(tx, "ops", "mei", now, "")
    with panel.write() as tx, pytest.raises(Refused, match="withdrawn already"):
        people.withdraw(tx, "ops", "mei", now, "")
    with panel.write() as tx, pytest.raises(NotFound, match="no candidate mie"):
        people.withdraw(tx, "ops", "mie", now, "")


def test_interviewers_come_in_the_order_in_which_they_were_added(panel: Store) -> None:
    with panel.write() as tx:
        people.insert_interviewers(tx, [Interviewer("abe", "Abe", "abe@example.org")])
    with panel.read() as tx:
        assert [interviewer.id for interviewer in people.interviewers(tx)] == ["zoe", "ben", "abe"]


@pytest.mark.parametrize("word", ["zoe", "ZOE", "Zoe@Example.org", "zoe@example.org", " ZOE@EXAMPLE.ORG "])
def test_an_interviewer_is_found_by_id_or_by_email_in_any_case(panel: Store, word: str) -> None:
    with panel.read() as tx:
        assert people.find_interviewer(tx, word) == Interviewer("zoe", "Zoe", "Zoe@Example.org")


@pytest.mark.parametrize("word", ["zoe@", "", "example.org", "zo"])
def test_an_interviewer_is_found_by_nothing_else(panel: Store, word: str) -> None:
    with panel.read() as tx:
        assert people.find_interviewer(tx, word) is None


def test_case_is_ignored_beyond_ascii_too(panel: Store) -> None:
    with panel.write() as tx:
        people.insert_interviewers(tx, [Interviewer("uwe", "Uwe", "ÜWE@example.org")])
    with panel.read() as tx:
        found = people.find_interviewer(tx, "üwe@example.org")
    assert found is not None
    assert found.id == "uwe"


def test_an_id_goes_before_somebody_elses_email(panel: Store) -> None:
    with panel.write() as tx:
        people.insert_interviewers(tx, [Interviewer("zoe@example.org", "Another")])
    with panel.read() as tx:
        found = people.find_interviewer(tx, "zoe@example.org")
    assert found is not None
    assert found.name == "Another"


def test_an_email_belongs_to_one_interviewer_but_many_may_have_none(panel: Store) -> None:
    with panel.write() as tx:
        people.insert_interviewers(tx, [Interviewer("a", "A"), Interviewer("b", "B")])
    with pytest.raises(Refused, match="contradicts"), panel.write() as tx:
        people.insert_interviewers(tx, [Interviewer("zoe2", "Zoe", "ZOE@example.org")])
