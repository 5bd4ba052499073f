"""The state of an interview: on disk, not yet on disk, refused, taken back."""

import pytest

from hiringkit.domain.interview import Mark, Rating
from hiringkit.report.model import Tone
from hiringkit.tui.recorder import Change
from hiringkit.tui.sheet import Sheet


@pytest.fixture
def sheet() -> Sheet:
    return Sheet(("a", "b"), {"a": Rating("a"), "b": Rating("b", 3, "said so")})


def test_a_sign_in_brackets_is_on_disk_and_one_in_parentheses_is_not(sheet: Sheet) -> None:
    assert sheet.sign("a") == ("[ ]", "")
    assert sheet.sign("b") == ("[3]", Tone.GOOD)
    change = Change("a", value=Mark.NO_EVIDENCE)
    sheet.change(change)
    assert sheet.sign("a") == ("(x)", Tone.CAUTION)
    sheet.keep(change, Rating("a", Mark.NO_EVIDENCE))
    assert sheet.sign("a") == ("[x]", Tone.GOOD)


def test_what_came_after_is_still_not_on_disk(sheet: Sheet) -> None:
    first, second = Change("a", value=4), Change("a", value=5)
    sheet.change(first)
    sheet.change(second)
    sheet.keep(first, Rating("a", 4))
    assert sheet.sign("a") == ("(5)", Tone.CAUTION)
    sheet.keep(second, Rating("a", 5))
    assert sheet.sign("a") == ("[5]", Tone.GOOD)


def test_evidence_that_is_not_on_disk_leaves_the_levels_sign(sheet: Sheet) -> None:
    sheet.change(Change("b", evidence="more"))
    assert sheet.sign("b") == ("[3]", Tone.GOOD)
    assert sheet.shown("b").evidence == "more"
    assert sheet.pending


def test_changes_of_one_question_become_one() -> None:
    earlier = Change("a", value=4, evidence="first")
    assert Change("a", evidence="second").after(earlier) == Change("a", 4, "second")
    assert Change("a", value=None).after(earlier) == Change("a", None, "first")
    assert not Change("a").rates


def test_undo_takes_back_only_what_was_changed(sheet: Sheet) -> None:
    sheet.change(Change("b", value=5))
    assert sheet.undo() == Change("b", value=3)
    sheet.change(Change("b", probes=(1,)))
    assert sheet.undo() == Change("b", probes=())
    assert sheet.undo() is None


def test_what_was_refused_stays_on_the_screen_until_it_is_changed(sheet: Sheet) -> None:
    sheet.change(Change("a", value=4))
    sheet.refuse("a", "closed")
    assert sheet.shown("a").value == 4
    assert sheet.refused == {"a": "closed"}
    sheet.change(Change("a", value=3))
    assert sheet.refused == {}
