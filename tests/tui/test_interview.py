"""Holding an interview: what is pressed is on disk, and what is not on disk is not shown as if it were."""

import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from textual import events
from textual._xterm_parser import XTermParser

from hiringkit.actions.audit import Actor
from hiringkit.actions.interviews import rate
from hiringkit.actions.openings import create_opening
from hiringkit.actions.people import add_candidates
from hiringkit.actions.schedule import schedule_interviews, show_interview
from hiringkit.cli.main import run
from hiringkit.domain.interview import Mark
from hiringkit.domain.people import Candidate
from hiringkit.domain.rubric import Level, Scale
from hiringkit.library.catalog import Library
from hiringkit.library.yaml.write import dump_rubric
from hiringkit.store.store import Store
from hiringkit.text.language import Text
from hiringkit.tui.keys import Key, keys_of

AT = "som/ada/ivy"
FIRST, SECOND = "bottlenecks", "forecast-miss"
Hand = Any
Play = Callable[..., None]
OnDisk = Callable[..., Any]


SENTENCE = (
    "Q4: 3 of 5 teams quit the old tool; 41 reps, 0 complaints (abcd?) - he said 'we cut 6 days to 1', j k n x s p z q"
)


@pytest.mark.slow
def test_a_chord_rates_and_its_sign_says_that_it_is_on_disk(play: Play, panel: Store, on_disk: OnDisk) -> None:
    async def script(hand: Hand) -> None:
        assert "1[ ]" in hand.text
        await hand.press("alt+4")
        assert on_disk(panel, FIRST).value == 4
        assert "1[4]" in hand.text
        assert ">[4] Goes beyond" in hand.text
        assert "Saved. 1 to rate." in hand.text

    play(panel, script, interview=AT)


@pytest.mark.slow
@pytest.mark.parametrize(
    "keys", [("escape", "4", "enter"), ("escape", "down", "down", "down", "down", "enter"), ("escape", "4", "~")]
)
def test_levels_can_be_typed_or_chosen_after_escape(
    play: Play, panel: Store, on_disk: OnDisk, keys: tuple[str, ...]
) -> None:
    async def script(hand: Hand) -> None:
        assert "NOTE" in hand.text
        for key in keys:
            if key == "~":
                await hand.until("1[4]")
            else:
                await hand.press(key)
        await hand.settle()
        assert on_disk(panel, FIRST).value == 4
        assert "NOTE" in hand.text
        assert hand.note == ""

    play(panel, script, interview=AT)


@pytest.mark.slow
def test_looking_at_a_level_changes_nothing(play: Play, panel: Store, on_disk: OnDisk) -> None:
    async def script(hand: Hand) -> None:
        await hand.press("alt+2", "escape")
        assert "LEVEL" in hand.text
        await hand.press("down")
        assert ">  3" in " ".join(hand.text.split("\n")) or "> 3" in hand.text
        await hand.press("escape")
        assert "NOTE" in hand.text
        assert on_disk(panel, FIRST).value == 2

    play(panel, script, interview=AT)


@pytest.mark.slow
def test_marks_are_no_levels_and_are_taken_back_by_the_same_key(play: Play, panel: Store, on_disk: OnDisk) -> None:
    async def script(hand: Hand) -> None:
        await hand.press("alt+n", "pagedown", "alt+x")
        assert on_disk(panel, FIRST).value is Mark.NOT_ASSESSED
        assert on_disk(panel, SECOND).value is Mark.NO_EVIDENCE
        assert "1[n]" in hand.text
        assert "2[x]" in hand.text
        assert "All rated: Ctrl+s reviews." in hand.text
        await hand.press("alt+x")
        assert on_disk(panel, SECOND).value is None
        await hand.press("escape", "n", "enter")
        assert on_disk(panel, SECOND).value is Mark.NOT_ASSESSED

    play(panel, script, interview=AT)


@pytest.mark.slow
def test_a_digit_that_is_no_level_rates_nothing(play: Play, panel: Store, on_disk: OnDisk) -> None:
    async def script(hand: Hand) -> None:
        await hand.press("alt+9", "alt+0")
        assert on_disk(panel, FIRST).value is None
        assert "not on the scale" in hand.text
        assert hand.note == ""

    play(panel, script, interview=AT)


@pytest.mark.slow
@pytest.mark.parametrize(
    "before",
    [(), ("escape",), ("escape", "down"), ("alt+2",), ("alt+i",), ("pagedown",), ("pagedown", "escape"), ("tab",)],
    ids=lambda keys: " ".join(keys) or "just opened",
)
@pytest.mark.parametrize("text", [SENTENCE, f"4 of 5 {SENTENCE}", f"12345 {SENTENCE}", "n x q 第4题：三个团队都用了"])
def test_typing_costs_nothing_at_any_time(
    play: Play, panel: Store, on_disk: OnDisk, before: tuple[str, ...], text: str
) -> None:
    async def script(hand: Hand) -> None:
        await hand.press(*before)
        position = hand.screen.state.position
        at = hand.screen.state.question_id
        rated = [(on_disk(panel, each).value, on_disk(panel, each).probes) for each in (FIRST, SECOND)]
        await hand.type(text)
        await hand.until("Saved.")
        assert hand.note == text
        assert hand.screen.state.position == position
        assert [(on_disk(panel, each).value, on_disk(panel, each).probes) for each in (FIRST, SECOND)] == rated
        assert on_disk(panel, at).evidence == text

    play(panel, script, interview=AT)


@pytest.mark.slow
def test_keys_and_text_are_done_in_the_order_in_which_they_come(play: Play, panel: Store, on_disk: OnDisk) -> None:
    async def script(hand: Hand) -> None:
        for key in [*"one", "alt+3", "pagedown", *"two", "escape", "4", "enter", "pageup", *"!"]:
            hand.app.post_message(events.Key(key, key if len(key) == 1 else None))
        await hand.settle()
        await hand.until("Saved.")
        assert (on_disk(panel, FIRST).evidence, on_disk(panel, FIRST).value) == ("one!", 3)
        assert (on_disk(panel, SECOND).evidence, on_disk(panel, SECOND).value) == ("two", 4)

    play(panel, script, interview=AT)


@pytest.mark.slow
@pytest.mark.parametrize("before", [(), ("escape",), ("escape", "4")], ids=lambda keys: " ".join(keys) or "note")
def test_what_is_pasted_is_text(play: Play, panel: Store, on_disk: OnDisk, before: tuple[str, ...]) -> None:
    pasted = "4\r5\r\nq\x13 \u200bline\u200e two\t3 of 5\ufeff\n👩\u200d🔬 \x1b]0;owned\x07\u202e [/x] [red]"
    wanted = "4\n5\nq line two\t3 of 5\n👩\u200d🔬 ]0;owned [/x] [red]"

    async def script(hand: Hand) -> None:
        for key in before:
            await hand.pilot.press(key)
        hand.app.post_message(events.Paste(pasted))
        await hand.settle()
        await hand.until("Saved.")
        assert hand.note == "4" * ("4" in before) + wanted
        assert on_disk(panel, FIRST).value is None
        assert on_disk(panel, FIRST).evidence == hand.note
        assert "\ufffd" not in hand.text
        assert hand.screen.state.position == 0

    play(panel, script, interview=AT)


@pytest.mark.parametrize("key", [key for key in keys_of("interview") if "alt+" in key.keys], ids=lambda key: key.id)
def test_alt_and_a_key_arrives_whatever_follows(key: Key) -> None:
    for name in key.keys.split(","):
        if len(name) == len("alt+x"):
            sent = f"\x1b{name[-1]}"
            arrived: list[Any] = list(XTermParser().feed(f"{sent}{sent}\x1b[6~"))
            assert [event.key for event in arrived] == [name, name, "pagedown"]


@pytest.mark.slow
def test_the_kit_can_be_walked_and_the_place_is_remembered(
    play: Play, panel: Store, acting: Callable[[str], Actor]
) -> None:
    async def walk(hand: Hand) -> None:
        keys = (("pagedown", 1), ("pagedown", 1), ("pageup", 0), ("alt+down", 1), ("alt+up", 0), ("pagedown", 1))
        for key, position in keys:
            await hand.press(key)
            assert hand.screen.state.position == position
        assert ">2[ ]" in hand.text
        await hand.press("alt+3", "alt+u")
        assert hand.screen.state.position == 0

    play(panel, walk, interview=AT)
    assert show_interview(panel, acting(""), AT).place == FIRST


@pytest.mark.slow
def test_it_goes_on_at_the_next_open_question_as_the_prompts_do(
    play: Play,
    panel: Store,
    acting: Callable[[str], Actor],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rate(panel, acting("ivy"), AT, FIRST, value=3)

    async def script(hand: Hand) -> None:
        assert ">2[ ]" in hand.text

    play(panel, script, interview=AT)
    monkeypatch.setattr(sys, "stdin", io.StringIO("q\n"))
    assert run(["--db", str(panel.path), "interview", "score", AT, "--as", "ivy"]) == 0
    assert "Question 2 of 2: forecast-miss" in capsys.readouterr().out


@pytest.mark.slow
def test_a_probe_is_ticked_by_its_letter(play: Play, panel: Store, on_disk: OnDisk) -> None:
    async def script(hand: Hand) -> None:
        await hand.press("alt+i")
        assert "i [x]" in hand.text
        assert on_disk(panel, FIRST).probes == (1,)
        await hand.press("alt+h", "alt+i")
        assert on_disk(panel, FIRST).probes == (0,)
        await hand.press("alt+m")
        assert "no probe m" in hand.text
        assert on_disk(panel, FIRST).value is None

    play(panel, script, interview=AT)


@pytest.mark.slow
def test_what_is_typed_is_on_disk_half_a_second_after_the_last_key(play: Play, panel: Store, on_disk: OnDisk) -> None:
    async def script(hand: Hand) -> None:
        hand.enter("说了 it took 6 days, q 4 x")
        await hand.until("Typing")
        await hand.until("Saved.")
        assert on_disk(panel, FIRST).evidence == "说了 it took 6 days, q 4 x"

    play(panel, script, interview=AT)


@pytest.mark.slow
def test_going_on_writes_the_note_of_the_question_that_was_left(play: Play, panel: Store, on_disk: OnDisk) -> None:
    async def script(hand: Hand) -> None:
        await hand.type("first")
        await hand.press("pagedown")
        assert hand.note == ""
        await hand.type("second")
        await hand.press("pageup")
        assert hand.note == "first"
        assert (on_disk(panel, FIRST).evidence, on_disk(panel, SECOND).evidence) == ("first", "second")

    play(panel, script, interview=AT)


@pytest.mark.slow
def test_two_thousand_signs_of_evidence_are_kept(play: Play, panel: Store, on_disk: OnDisk) -> None:
    long = "流程 e\u0301 word " * 200

    async def script(hand: Hand) -> None:
        hand.app.post_message(events.Paste(long))
        await hand.settle()
        await hand.until("Saved.")
        assert on_disk(panel, FIRST).evidence == long.strip()

    play(panel, script, interview=AT)


@pytest.mark.slow
def test_changes_are_taken_back_in_the_order_of_time_and_done_again(play: Play, panel: Store, on_disk: OnDisk) -> None:
    async def script(hand: Hand) -> None:
        await hand.press("alt+4")
        await hand.type("two words")
        await hand.press("alt+2", "alt+h", "pagedown", "alt+5")
        await hand.type("more")
        undone = [
            (SECOND, "evidence", ""),
            (SECOND, "value", None),
            (FIRST, "probes", ()),
            (FIRST, "value", 4),
            (FIRST, "evidence", "two"),
            (FIRST, "evidence", ""),
            (FIRST, "value", None),
        ]
        for question, what, value in undone:
            await hand.press("ctrl+z")
            assert hand.screen.state.question_id == question
            assert getattr(on_disk(panel, question), what) == value
        await hand.press("ctrl+z")
        assert "Nothing to take back." in hand.text
        for _step in undone:
            await hand.press("ctrl+y")
        assert (on_disk(panel, FIRST).value, on_disk(panel, FIRST).evidence) == (2, "two words")
        assert (on_disk(panel, SECOND).value, on_disk(panel, SECOND).evidence) == (5, "more")
        await hand.press("ctrl+y")
        assert "Nothing to do again." in hand.text

    play(panel, script, interview=AT)


@pytest.mark.slow
def test_why_it_is_asked_can_be_unfolded(play: Play, panel: Store) -> None:
    async def script(hand: Hand) -> None:
        assert "Look for" not in hand.text
        before = hand.text
        await hand.press("alt+w")
        assert "Why:" in hand.text
        await hand.press("alt+w")
        assert hand.text == before

    play(panel, script, interview=AT)


@pytest.mark.slow
@pytest.mark.parametrize(("low", "high"), [(0, 10), (1, 100)])
def test_levels_of_more_than_one_digit_are_typed(
    play: Play,
    panel: Store,
    library: Library,
    acting: Callable[[str], Actor],
    on_disk: OnDisk,
    tmp_path: Path,
    low: int,
    high: int,
) -> None:
    rubric = library.load_rubric("sales-operations-manager")
    levels = tuple(Level(n, Text(f"level {n}")) for n in range(low, high + 1))
    path = tmp_path / "fine.yaml"
    path.write_text(dump_rubric(evolve(rubric, scale=Scale(levels))), encoding="utf-8")
    create_opening(panel, library, acting(""), "fine", str(path))
    add_candidates(panel, acting(""), "fine", [Candidate("ada", "Ada")])
    schedule_interviews(panel, acting(""), "fine", "ada", ["ivy"], questions=[FIRST, SECOND])

    async def script(hand: Hand) -> None:
        await hand.press("alt+1", "0")
        await hand.press("enter")
        assert on_disk(panel, FIRST, "fine/ada/ivy").value == 10
        assert ">[10]" in hand.text
        await hand.press("escape", "up", "enter")
        assert on_disk(panel, FIRST, "fine/ada/ivy").value == 9
        await hand.press("alt+1")
        await hand.until("1[1]")
        await hand.press("escape")
        await hand.type("10 of them")
        assert hand.note == "10 of them"
        assert on_disk(panel, FIRST, "fine/ada/ivy").value == 1

    play(panel, script, interview="fine/ada/ivy")


@pytest.mark.slow
def test_the_clock_can_be_stopped(play: Play, panel: Store) -> None:
    async def script(hand: Hand) -> None:
        assert "0/16 min" in hand.text
        await hand.press("alt+t")
        assert "0/16 min, stopped" in hand.text
        await hand.press("alt+t")
        assert "stopped" not in hand.text

    play(panel, script, interview=AT)


@pytest.mark.slow
def test_the_clock_goes_on_where_it_was(play: Play, panel: Store) -> None:
    async def long_interview(hand: Hand) -> None:
        clock = hand.screen.stopwatch
        clock.stop()
        clock.spent[FIRST] = 185.0
        clock.start()
        await hand.press("alt+4")
        hand.screen.saving.writer.close()  # as kill -9 would: nothing is written on the way out

    async def opened_again(hand: Hand) -> None:
        assert "3/16 min" in hand.text
        assert "1[4]" in hand.text

    play(panel, long_interview, interview=AT)
    play(panel, opened_again, interview=AT)


@pytest.mark.slow
def test_the_clock_is_kept_where_nothing_is_rated(play: Play, panel: Store) -> None:
    async def listening(hand: Hand) -> None:
        hand.screen.stopwatch.stop()
        hand.screen.stopwatch.spent[FIRST] = 125.0
        hand.screen.stopwatch.start()
        await hand.press("ctrl+t")

    async def opened_again(hand: Hand) -> None:
        assert "2/16 min" in hand.text

    play(panel, listening, interview=AT)
    play(panel, opened_again, interview=AT)


@pytest.mark.slow
def test_levels_marks_probes_and_questions_can_be_clicked(play: Play, panel: Store, on_disk: OnDisk) -> None:
    async def script(hand: Hand) -> None:
        def at(wanted: str) -> tuple[int, int]:
            lines = hand.text.split("\n")
            row = next(n for n, line in enumerate(lines) if wanted in line)
            return lines[row].index(wanted) + 1, row

        await hand.pilot.click(offset=at(" 2  Partly there"))
        await hand.settle()
        assert on_disk(panel, FIRST).value == 2
        await hand.pilot.click(offset=at(" x  no evidence"))
        await hand.settle()
        assert on_disk(panel, FIRST).value is Mark.NO_EVIDENCE
        await hand.pilot.click(offset=at("h [ ] "))
        await hand.settle()
        assert on_disk(panel, FIRST).probes == (0,)
        await hand.pilot.click(offset=at(" 2 [ ] "))
        await hand.settle()
        assert hand.screen.state.position == 1
        await hand.type("by mouse")
        await hand.pilot.click(offset=at("LEVEL" if "LEVEL" in hand.text else "NOTE"))
        await hand.settle()
        assert "LEVEL" in hand.text
        await hand.press("escape")
        await hand.until("Saved.")
        assert on_disk(panel, SECOND).evidence == "by mouse"

    play(panel, script, interview=AT, size=(140, 50))


@pytest.mark.slow
def test_an_editor_writes_the_evidence_where_there_is_a_terminal(
    play: Play, panel: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("EDITOR", str(tmp_path / "none"))

    async def script(hand: Hand) -> None:
        await hand.press("ctrl+o")
        assert "cannot be started" in hand.words

    play(panel, script, interview=AT)
