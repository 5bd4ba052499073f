"""Holding an interview: what is pressed is on disk, and what is not on disk is not shown as if it were."""

import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hiringkit.actions.audit import Actor
from hiringkit.actions.interviews import rate
from hiringkit.actions.schedule import show_interview
from hiringkit.cli.main import run
from hiringkit.domain.interview import Mark
from hiringkit.store.store import Store
from hiringkit.tui.widgets.fields import EvidenceField

AT = "som/ada/ivy"
FIRST, SECOND = "bottlenecks", "forecast-miss"
Hand = Any
Play = Callable[..., None]
OnDisk = Callable[..., Any]


def test_a_digit_rates_and_its_sign_says_that_it_is_on_disk(play: Play, panel: Store, on_disk: OnDisk) -> None:
    async def script(hand: Hand) -> None:
        assert "[ ] 1" in hand.text
        await hand.press("4")
        assert on_disk(panel, FIRST).value == 4
        assert "[4] 1" in hand.text
        assert ">[4] Goes beyond" in hand.text
        assert "Saved. 1 to rate." in hand.text

    play(panel, script, interview=AT)


def test_n_and_x_are_marks_and_no_levels(play: Play, panel: Store, on_disk: OnDisk) -> None:
    async def script(hand: Hand) -> None:
        await hand.press("n", "j", "x")
        assert on_disk(panel, FIRST).value is Mark.NOT_ASSESSED
        assert on_disk(panel, SECOND).value is Mark.NO_EVIDENCE
        assert "[n] 1" in hand.text
        assert "[x] 2" in hand.text
        assert "All rated: s submits." in hand.text

    play(panel, script, interview=AT)


def test_a_digit_that_is_no_level_rates_nothing(play: Play, panel: Store, on_disk: OnDisk) -> None:
    async def script(hand: Hand) -> None:
        await hand.press("9", "0")
        assert on_disk(panel, FIRST).value is None
        assert "not on the scale" in hand.text

    play(panel, script, interview=AT)


def test_the_kit_can_be_walked_and_the_place_is_remembered(
    play: Play, panel: Store, acting: Callable[[str], Actor]
) -> None:
    async def walk(hand: Hand) -> None:
        for key, position in (("j", 1), ("j", 1), ("k", 0), ("down", 1), ("up", 0), ("j", 1)):
            await hand.press(key)
            assert hand.screen.state.position == position
        assert "2/2 forecast-miss" in hand.text
        await hand.press("3", "u")
        assert hand.screen.state.position == 0

    play(panel, walk, interview=AT)
    assert show_interview(panel, acting(""), AT).place == FIRST


def test_it_goes_on_at_the_next_open_question_as_the_prompts_do(
    play: Play,
    panel: Store,
    acting: Callable[[str], Actor],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rate(panel, acting(""), AT, FIRST, value=3)

    async def script(hand: Hand) -> None:
        assert "2/2 forecast-miss" in hand.text

    play(panel, script, interview=AT)
    monkeypatch.setattr(sys, "stdin", io.StringIO("q\n"))
    assert run(["--db", str(panel.path), "interview", "score", AT]) == 0
    assert "Question 2 of 2: forecast-miss" in capsys.readouterr().out


def test_a_probe_is_ticked_by_p_and_its_number(play: Play, panel: Store, on_disk: OnDisk) -> None:
    async def script(hand: Hand) -> None:
        await hand.press("p")
        assert "Probe used: its number." in hand.text
        await hand.press("2")
        assert on_disk(panel, FIRST).probes == (1,)
        assert on_disk(panel, FIRST).value is None
        await hand.press("p", "1", "p", "2")
        assert on_disk(panel, FIRST).probes == (0,)
        await hand.press("p", "9")
        assert "no probe 9" in hand.text
        await hand.press("p", "escape", "3")
        assert on_disk(panel, FIRST).value == 3

    play(panel, script, interview=AT)


def test_evidence_is_on_disk_half_a_second_after_the_last_key(play: Play, panel: Store, on_disk: OnDisk) -> None:
    async def script(hand: Hand) -> None:
        await hand.press("e")
        await hand.type("说了 it took 6 days, q 4 x")
        assert "Typing" in hand.text
        await hand.until("Saved.")
        assert on_disk(panel, FIRST).evidence == "说了 it took 6 days, q 4 x"
        assert on_disk(panel, FIRST).value is None
        await hand.press("escape", "4")
        assert on_disk(panel, FIRST).value == 4

    play(panel, script, interview=AT)


def test_what_is_typed_right_after_e_goes_into_the_evidence(play: Play, panel: Store, on_disk: OnDisk) -> None:
    async def script(hand: Hand) -> None:
        await hand.type("3e5 reps, 12 weeks")
        await hand.press("escape")
        assert on_disk(panel, FIRST).evidence == "5 reps, 12 weeks"
        assert on_disk(panel, FIRST).value == 3

    play(panel, script, interview=AT)


def test_going_on_writes_the_evidence_of_the_question_that_was_left(play: Play, panel: Store, on_disk: OnDisk) -> None:
    async def script(hand: Hand) -> None:
        await hand.press("e")
        await hand.type("first")
        await hand.press("escape", "j")
        assert hand.screen.query_one(EvidenceField).text == ""
        await hand.press("e")
        await hand.type("second")
        await hand.press("escape", "k")
        assert hand.screen.query_one(EvidenceField).text == "first"
        assert (on_disk(panel, FIRST).evidence, on_disk(panel, SECOND).evidence) == ("first", "second")

    play(panel, script, interview=AT)


def test_two_thousand_signs_of_evidence_are_kept(play: Play, panel: Store, on_disk: OnDisk) -> None:
    long = "流程 e\u0301 word " * 200

    async def script(hand: Hand) -> None:
        await hand.press("e")
        hand.screen.query_one(EvidenceField).insert(long)
        await hand.press("escape")
        assert on_disk(panel, FIRST).evidence == long.strip()
        assert "Saved." in hand.text

    play(panel, script, interview=AT)


def test_what_is_pasted_is_harmless(play: Play, panel: Store, on_disk: OnDisk) -> None:
    async def script(hand: Hand) -> None:
        await hand.press("e")
        hand.screen.query_one(EvidenceField).insert("a\x1b]0;owned\x07b [/x] [red]c\u202e")
        await hand.press("escape")
        assert "\x1b" not in hand.text
        assert "[/x] [red]c" in hand.text
        assert on_disk(panel, FIRST).evidence == "a\ufffd]0;owned\ufffdb [/x] [red]c\ufffd"

    play(panel, script, interview=AT)


def test_z_takes_back_one_change_after_another(play: Play, panel: Store, on_disk: OnDisk) -> None:
    async def script(hand: Hand) -> None:
        await hand.press("4", "2", "p", "1", "j", "5", "e")
        await hand.type("words")
        await hand.press("escape")
        await hand.press("z")
        assert on_disk(panel, SECOND).evidence == ""
        assert hand.screen.query_one(EvidenceField).text == ""
        await hand.press("z")
        assert on_disk(panel, SECOND).value is None
        await hand.press("z")
        assert on_disk(panel, FIRST).probes == ()
        assert hand.screen.state.position == 0
        await hand.press("z")
        assert on_disk(panel, FIRST).value == 4
        await hand.press("z")
        assert on_disk(panel, FIRST).value is None
        await hand.press("z")
        assert "Nothing to take back." in hand.text

    play(panel, script, interview=AT)


def test_the_clock_can_be_stopped(play: Play, panel: Store) -> None:
    async def script(hand: Hand) -> None:
        assert "0/17 min" in hand.text
        await hand.press("t")
        assert "0/17 min, stopped" in hand.text
        await hand.press("t")
        assert "stopped" not in hand.text

    play(panel, script, interview=AT)


def test_the_clock_goes_on_where_it_was(play: Play, panel: Store) -> None:
    async def long_interview(hand: Hand) -> None:
        clock = hand.screen.stopwatch
        clock.stop()
        clock.spent[FIRST] = 185.0
        clock.start()
        await hand.press("4")
        hand.screen.saving.writer.close()  # as kill -9 would: nothing is written on the way out

    async def opened_again(hand: Hand) -> None:
        assert "3/17 min" in hand.text
        assert "[4] 1 3/" in hand.text

    play(panel, long_interview, interview=AT)
    play(panel, opened_again, interview=AT)


def test_the_clock_is_kept_where_nothing_is_rated(play: Play, panel: Store) -> None:
    async def listening(hand: Hand) -> None:
        hand.screen.stopwatch.stop()
        hand.screen.stopwatch.spent[FIRST] = 125.0
        hand.screen.stopwatch.start()
        await hand.press("escape")

    async def opened_again(hand: Hand) -> None:
        assert "2/17 min" in hand.text

    play(panel, listening, interview=AT)
    play(panel, opened_again, interview=AT)


def test_question_and_anchors_scroll_together(play: Play, panel: Store) -> None:
    async def script(hand: Hand) -> None:
        before = hand.text
        await hand.press("space")
        assert hand.text != before
        await hand.press("b")
        assert hand.text == before

    play(panel, script, interview=AT)


def test_levels_marks_probes_and_questions_can_be_clicked(play: Play, panel: Store, on_disk: OnDisk) -> None:
    async def script(hand: Hand) -> None:
        def at(wanted: str) -> tuple[int, int]:
            lines = hand.text.split("\n")
            row = next(n for n, line in enumerate(lines) if wanted in line)
            return lines[row].index(wanted) + 1, row

        await hand.pilot.click(offset=at(" 2  Partly there"))
        await hand.settle()
        assert on_disk(panel, FIRST).value == 2
        await hand.pilot.click(offset=at("[ ] 1 "))
        await hand.settle()
        await hand.pilot.click(offset=at("[ ] forecast-miss"))
        await hand.settle()
        assert hand.screen.state.position == 1
        await hand.pilot.click(offset=at("e evidence"))
        await hand.type("by mouse")
        await hand.press("escape")
        assert on_disk(panel, SECOND).evidence == "by mouse"

    play(panel, script, interview=AT, size=(140, 50))


def test_an_editor_writes_the_evidence_where_there_is_a_terminal(
    play: Play, panel: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("EDITOR", str(tmp_path / "none"))

    async def script(hand: Hand) -> None:
        await hand.press("E")
        assert "cannot be started" in hand.words

    play(panel, script, interview=AT)
