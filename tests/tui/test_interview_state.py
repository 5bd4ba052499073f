"""The state of an interview: on disk, not yet on disk, refused, taken back."""

from itertools import pairwise
from typing import Any

import pytest

from hiringkit.domain.interview import Mark, Rating
from hiringkit.report.model import Tone
from hiringkit.tui.interview.state import QuestionChange, ScorecardState, UndoHistory
from hiringkit.tui.widgets.fields import LevelEntry


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


def test_undo_takes_back_only_what_was_changed_and_redo_does_it_again(state: ScorecardState) -> None:
    state.change(QuestionChange("b", value=5))
    back = state.undo()
    assert back == QuestionChange("b", value=3)
    state.change(back, undoable=False)
    again = state.redo()
    assert again == QuestionChange("b", value=5)
    state.change(again, undoable=False)
    state.change(QuestionChange("b", probes=(1,)))
    assert state.undo() == QuestionChange("b", probes=())
    state.change(QuestionChange("b", probes=()), undoable=False)
    assert state.undo() == QuestionChange("b", value=3)
    assert state.undo() is None


def edits(history: UndoHistory, *texts: str) -> list[str | None]:
    """Take note of a text as it became, and return what undoing would go through."""
    for before, after in pairwise(texts):
        history.add_edit("a", before, after)
    return [change.evidence for change in history.past]


def test_a_word_is_one_step() -> None:
    typed = ["ab cd"[:n] for n in range(6)]
    assert edits(UndoHistory(), *typed) == ["", "ab "]
    assert edits(UndoHistory(), "ab", "abc", "abcd", "abc", "ab") == ["ab"]
    assert edits(UndoHistory(), "", "a pasted text", "a pasted texts") == ["", "a pasted text"]
    assert edits(UndoHistory(), "much text", "m", "mo") == ["much text", "m"]
    assert edits(UndoHistory(), "x", "xy", "zxy") == ["x", "xy"]


def test_what_was_refused_stays_on_the_screen_until_it_is_changed(state: ScorecardState) -> None:
    state.change(QuestionChange("a", value=4))
    state.refuse("a", "closed")
    assert state.shown("a").value == 4
    assert state.refused == {"a": "closed"}
    state.change(QuestionChange("a", value=3))
    assert state.refused == {}


def test_levels_are_typed_sign_by_sign() -> None:
    names: dict[str, Any] = {f"{n / 2:g}": n / 2 for n in range(2, 11)}
    halves: Any = LevelEntry(names | {"n": Mark.NOT_ASSESSED})
    assert halves.add("3")
    assert (halves.value, halves.final) == (3.0, False)
    assert halves.add(",")
    assert halves.value is None
    assert halves.add("5")
    after: tuple[Any, bool] = (halves.value, halves.final)
    assert after == (3.5, True)
    assert not halves.add("0")
    assert halves.clear() == "3.5"
    assert halves.add("N")
    assert halves.value is Mark.NOT_ASSESSED
