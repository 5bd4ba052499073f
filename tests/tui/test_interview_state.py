"""The state of an interview: on disk, not yet on disk, refused, taken back."""

import pytest

from hiringkit.domain.interview import Mark, Rating
from hiringkit.report.model import Tone
from hiringkit.tui.interview.state import ScorecardState
from hiringkit.tui.interview.writer import QuestionChange


@pytest.fixture
def state() -> ScorecardState:
    return ScorecardState(("a", "b"), {"a": Rating("a"), "b": Rating("b", 3, "said so")})


def test_a_sign_in_brackets_is_on_disk_and_one_in_parentheses_is_not(state: ScorecardState) -> None:
    assert state.sign("a") == ("[ ]", "")
    assert state.sign("b") == ("[3]", Tone.GOOD)
    change = QuestionChange("a", value=Mark.NO_EVIDENCE)
    state.change(change)
    assert state.sign("a") == ("(x)", Tone.CAUTION)
    state.keep(change, Rating("a", Mark.NO_EVIDENCE))
    assert state.sign("a") == ("[x]", Tone.GOOD)


def test_what_came_after_is_still_not_on_disk(state: ScorecardState) -> None:
    first, second = QuestionChange("a", value=4), QuestionChange("a", value=5)
    state.change(first)
    state.change(second)
    state.keep(first, Rating("a", 4))
    assert state.sign("a") == ("(5)", Tone.CAUTION)
    state.keep(second, Rating("a", 5))
    assert state.sign("a") == ("[5]", Tone.GOOD)


def test_evidence_that_is_not_on_disk_leaves_the_levels_sign(state: ScorecardState) -> None:
    state.change(QuestionChange("b", evidence="more"))
    assert state.sign("b") == ("[3]", Tone.GOOD)
    assert state.shown("b").evidence == "more"
    assert state.pending


def test_changes_of_one_question_become_one() -> None:
    earlier = QuestionChange("a", value=4, evidence="first")
    assert QuestionChange("a", evidence="second").after(earlier) == QuestionChange("a", 4, "second")
    assert QuestionChange("a", value=None).after(earlier) == QuestionChange("a", None, "first")
    assert not QuestionChange("a").rates


def test_undo_takes_back_only_what_was_changed(state: ScorecardState) -> None:
    state.change(QuestionChange("b", value=5))
    assert state.undo() == QuestionChange("b", value=3)
    state.change(QuestionChange("b", probes=(1,)))
    assert state.undo() == QuestionChange("b", probes=())
    assert state.undo() is None


def test_what_was_refused_stays_on_the_screen_until_it_is_changed(state: ScorecardState) -> None:
    state.change(QuestionChange("a", value=4))
    state.refuse("a", "closed")
    assert state.shown("a").value == 4
    assert state.refused == {"a": "closed"}
    state.change(QuestionChange("a", value=3))
    assert state.refused == {}
