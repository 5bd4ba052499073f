"""The state of an interview: on disk, not yet on disk, refused, taken back."""

from itertools import pairwise
from typing import Any

import pytest

from hiringkit.domain.interview import Mark, Rating
from hiringkit.report.model import Tone
from hiringkit.tui.interview.levels import LevelEntry
from hiringkit.tui.interview.state import History, InterviewState
from hiringkit.tui.interview.writer import Change


@pytest.fixture
def state() -> InterviewState:
    return InterviewState(("a", "b"), {"a": Rating("a"), "b": Rating("b", 3, "said so")})


def test_a_sign_in_brackets_is_on_disk_and_one_in_parentheses_is_not(state: InterviewState) -> None:
    assert state.sign("a") == ("[ ]", "")
    assert state.sign("b") == ("[3]", Tone.GOOD)
    change = Change("a", value=Mark.NO_EVIDENCE)
    state.change(change)
    assert state.sign("a") == ("(x)", Tone.CAUTION)
    state.keep(change, Rating("a", Mark.NO_EVIDENCE))
    assert state.sign("a") == ("[x]", Tone.GOOD)


def test_what_came_after_is_still_not_on_disk(state: InterviewState) -> None:
    first, second = Change("a", value=4), Change("a", value=5)
    state.change(first)
    state.change(second)
    state.keep(first, Rating("a", 4))
    assert state.sign("a") == ("(5)", Tone.CAUTION)
    state.keep(second, Rating("a", 5))
    assert state.sign("a") == ("[5]", Tone.GOOD)


def test_evidence_that_is_not_on_disk_leaves_the_levels_sign(state: InterviewState) -> None:
    state.change(Change("b", evidence="more"))
    assert state.sign("b") == ("[3]", Tone.GOOD)
    assert state.shown("b").evidence == "more"
    assert state.pending


def test_changes_of_one_question_become_one() -> None:
    earlier = Change("a", value=4, evidence="first")
    assert Change("a", evidence="second").after(earlier) == Change("a", 4, "second")
    assert Change("a", value=None).after(earlier) == Change("a", None, "first")
    assert not Change("a").rates


def test_undo_takes_back_only_what_was_changed_and_redo_does_it_again(state: InterviewState) -> None:
    state.change(Change("b", value=5))
    back = state.undo()
    assert back == Change("b", value=3)
    state.change(back, undoable=False)
    again = state.redo()
    assert again == Change("b", value=5)
    state.change(again, undoable=False)
    state.change(Change("b", probes=(1,)))
    assert state.undo() == Change("b", probes=())
    state.change(Change("b", probes=()), undoable=False)
    assert state.undo() == Change("b", value=3)
    assert state.undo() is None


def edits(history: History, *texts: str) -> list[str | None]:
    """Take note of a text as it became, and return what undoing would go through."""
    for before, after in pairwise(texts):
        history.add_edit("a", before, after)
    return [change.evidence for change in history.past]


def test_a_word_is_one_step() -> None:
    typed = ["ab cd"[:n] for n in range(6)]
    assert edits(History(), *typed) == ["", "ab "]
    assert edits(History(), "ab", "abc", "abcd", "abc", "ab") == ["ab"]
    assert edits(History(), "", "a pasted text", "a pasted texts") == ["", "a pasted text"]
    assert edits(History(), "much text", "m", "mo") == ["much text", "m"]
    assert edits(History(), "x", "xy", "zxy") == ["x", "xy"]


def test_what_was_refused_stays_on_the_screen_until_it_is_changed(state: InterviewState) -> None:
    state.change(Change("a", value=4))
    state.refuse("a", "closed")
    assert state.shown("a").value == 4
    assert state.refused == {"a": "closed"}
    state.change(Change("a", value=3))
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
