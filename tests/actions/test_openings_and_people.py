"""Openings pin their rubric; people get ids; nothing is half done."""

from pathlib import Path

import pytest

from hiringkit.actions.audit import Actor
from hiringkit.actions.openings import close_opening, create_opening, opening_ids, show_opening
from hiringkit.actions.people import (
    add_candidates,
    add_interviewers,
    candidates_of,
    show_interviewer,
    withdraw_candidate,
)
from hiringkit.actions.schedule import list_interviews, schedule_interviews
from hiringkit.domain.people import Candidate, Interviewer
from hiringkit.errors import FindingsError, NotFound, Refused, UsageProblem
from hiringkit.library.catalog import Library
from hiringkit.store.store import Store

RUBRIC = """\
hiringkit: rubric/1
id: clerk
version: 1.0.0
title: Clerk
criteria:
  - {id: filing, kind: responsibility, name: Filing, definition: Files things, weight: WEIGHT}
questions:
  - {id: order, kind: behavioural, text: Tell me about a file you lost., criteria: {filing: 1}}
"""


def test_an_opening_keeps_its_rubric_whatever_becomes_of_the_file(
    store: Store, library: Library, recruiter: Actor, tmp_path: Path
) -> None:
    file = tmp_path / "clerk.yaml"
    file.write_text(RUBRIC.replace("WEIGHT", "1"), encoding="utf-8")
    first = create_opening(store, library, recruiter, "one", str(file))
    file.write_text(RUBRIC.replace("WEIGHT", "9"), encoding="utf-8")
    second = create_opening(store, library, recruiter, "two", str(file))
    file.unlink()
    assert first.digest != second.digest
    assert first.digest.startswith("sha256:")
    weights = [show_opening(store, recruiter, name).rubric.criteria[0].weight for name in ("one", "two")]
    assert weights == [1, 9]


def test_a_rubric_with_errors_makes_no_opening(
    store: Store, library: Library, recruiter: Actor, tmp_path: Path
) -> None:
    file = tmp_path / "clerk.yaml"
    file.write_text(RUBRIC.replace("WEIGHT", "-1"), encoding="utf-8")
    with pytest.raises(FindingsError) as caught:
        create_opening(store, library, recruiter, "one", str(file))
    assert caught.value.findings[0].location is not None
    assert caught.value.findings[0].location.line == 6
    assert opening_ids(store) == ()


def test_unknown_rubrics_and_openings_are_refused_with_the_nearest(
    panel: Store, library: Library, recruiter: Actor
) -> None:
    with pytest.raises(NotFound) as caught:
        create_opening(panel, library, recruiter, "two", "sales-operation-manager")
    assert "sales-operations-manager" in caught.value.hint
    with pytest.raises(NotFound) as caught:
        show_opening(panel, recruiter, "sm")
    assert caught.value.hint == "did you mean 'som'?"


@pytest.mark.parametrize("bad", ["", "Has Blanks", "a/b", "../x", "-a", "x" * 61, "ünï"])
def test_an_id_is_lower_case_words_joined_by_hyphens(
    panel: Store, library: Library, recruiter: Actor, bad: str
) -> None:
    with pytest.raises(UsageProblem, match="is no id"):
        create_opening(panel, library, recruiter, bad, "sales-operations-manager")


def test_an_id_in_use_is_refused(panel: Store, library: Library, recruiter: Actor) -> None:
    with pytest.raises(Refused, match="already"):
        create_opening(panel, library, recruiter, "som", "sales-operations-manager")
    with pytest.raises(Refused, match="already"):
        add_candidates(panel, recruiter, "som", [Candidate("new", "New"), Candidate("ada", "Ada")])
    assert [c.id for c in candidates_of(panel, "som")] == ["ada", "bo"]
    with pytest.raises(Refused, match="e-mail"):
        add_interviewers(panel, recruiter, [Interviewer("", "Other", "IVY@firm.example")])


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


def test_scheduling_several_interviewers_is_all_or_none(panel: Store, recruiter: Actor) -> None:
    with pytest.raises(NotFound, match="interviewer 'jim'"):
        schedule_interviews(panel, recruiter, "som", "ada", ["ivy", "jim"], minutes=60)
    assert list_interviews(panel, recruiter, "som") == ()
    first, second = schedule_interviews(panel, recruiter, "som", "ada", ["ivy", "joe"], minutes=60)
    assert not set(first.kit) & set(second.kit)
    assert first.id == "som/ada/ivy"
    with pytest.raises(Refused, match="already"):
        schedule_interviews(panel, recruiter, "som", "ada", ["ivy"], minutes=60)


def test_without_minutes_the_kit_is_every_question_of_the_rubric(panel: Store, recruiter: Actor) -> None:
    (interview,) = schedule_interviews(panel, recruiter, "som", "bo", ["ivy"])
    assert len(interview.kit) == len(show_opening(panel, recruiter, "som").rubric.asked)


def test_the_withdrawn_are_kept_but_not_scheduled(panel: Store, recruiter: Actor) -> None:
    gone = withdraw_candidate(panel, recruiter, "som", "bo", "took another offer")
    assert gone.withdrawn_at is not None
    with pytest.raises(Refused, match="withdrawn"):
        schedule_interviews(panel, recruiter, "som", "bo", ["ivy"])
    with pytest.raises(Refused, match="already"):
        withdraw_candidate(panel, recruiter, "som", "bo", "")


def test_a_closed_opening_takes_nobody_new(panel: Store, recruiter: Actor) -> None:
    assert close_opening(panel, recruiter, "som").closed_at is not None
    with pytest.raises(Refused, match="closed"):
        add_candidates(panel, recruiter, "som", [Candidate("", "Cy")])
    with pytest.raises(Refused, match="closed already"):
        close_opening(panel, recruiter, "som")
