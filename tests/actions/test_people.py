"""Candidates and interviewers: names are kept as written, ids are given, nothing is half done."""

import pytest

from hiringkit.actions.audit import Actor
from hiringkit.actions.openings import close_opening
from hiringkit.actions.people import (
    add_candidates,
    show_interviewer,
)
from hiringkit.domain.people import Candidate
from hiringkit.errors import NotFound, Refused, UsageProblem
from hiringkit.store.store import Store


def test_names_are_kept_as_written_but_harmless(panel: Store, recruiter: Actor) -> None:
    added = add_candidates(panel, recruiter, "som", [Candidate("", "[/x]\x1b]0;t\x07\nLi", note="=1+1")])
    assert added[0].name == "[/x]\ufffd]0;t\ufffd Li"
    assert added[0].note == "=1+1"
    with pytest.raises(UsageProblem, match="no name"):
        add_candidates(panel, recruiter, "som", [Candidate("", " \n ")])


def test_an_interviewer_is_found_by_id_or_email(panel: Store) -> None:
    assert show_interviewer(panel, "ivy").name == "Ivy"
    assert show_interviewer(panel, "IVY@firm.example").id == "ivy"
    with pytest.raises(NotFound):
        show_interviewer(panel, "nobody")


@pytest.mark.slow
def test_a_closed_opening_takes_nobody_new(panel: Store, recruiter: Actor) -> None:
    assert close_opening(panel, recruiter, "som").closed_at is not None
    with pytest.raises(Refused, match="closed"):
        add_candidates(panel, recruiter, "som", [Candidate("", "Cy")])
    with pytest.raises(Refused, match="closed already"):
        close_opening(panel, recruiter, "som")
