"""Openings pin their rubric, and show what waits."""

from collections.abc import Callable
from pathlib import Path

import pytest

from hiringkit.actions.audit import Actor
from hiringkit.actions.openings import close_opening, create_opening, opening_ids, openings_overview, show_opening
from hiringkit.actions.people import (
    add_candidates,
    add_interviewers,
    candidates_of,
    withdraw_candidate,
)
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


@pytest.mark.slow
def test_an_id_in_use_is_refused(panel: Store, library: Library, recruiter: Actor) -> None:
    with pytest.raises(Refused, match="already"):
        create_opening(panel, library, recruiter, "som", "sales-operations-manager")
    with pytest.raises(Refused, match="already"):
        add_candidates(panel, recruiter, "som", [Candidate("new", "New"), Candidate("ada", "Ada")])
    assert [c.id for c in candidates_of(panel, "som")] == ["ada", "bo"]
    with pytest.raises(Refused, match="e-mail"):
        add_interviewers(panel, recruiter, [Interviewer("", "Other", "IVY@firm.example")])


def test_an_overview_shows_progress_and_what_was_begun_first(begun: Store, recruiter: Actor) -> None:
    overview = openings_overview(begun, recruiter)
    assert overview.me is None
    (progress,) = overview.openings
    assert (progress.candidates, progress.planned, progress.submitted, progress.outstanding) == (2, 4, 1, 3)
    assert [each.interview.id for each in overview.waiting] == ["som/bo/ivy", "som/ada/ivy", "som/bo/joe"]


def test_only_ones_own_interviews_wait_for_an_interviewer(begun: Store, acting: Callable[[str], Actor]) -> None:
    overview = openings_overview(begun, acting("JOE@firm.example"))
    assert overview.me is not None
    assert [each.interview.id for each in overview.waiting] == ["som/bo/joe"]


def test_nothing_waits_for_the_withdrawn_nor_where_all_is_closed(begun: Store, recruiter: Actor) -> None:
    withdraw_candidate(begun, recruiter, "som", "bo", "moved")
    assert [each.interview.id for each in openings_overview(begun, recruiter).waiting] == ["som/ada/ivy"]
    close_opening(begun, recruiter, "som")
    assert openings_overview(begun, recruiter).waiting == ()
