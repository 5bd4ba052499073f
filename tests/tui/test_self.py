"""For oneself: attempts and practice, the same files as the prompts write."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from hiringkit.actions import self_assessments
from hiringkit.actions.audit import Actor
from hiringkit.actions.kits import choose_kit
from hiringkit.actions.practice import FolderNotebook, open_notebook
from hiringkit.actions.self_assessments import MINUTES
from hiringkit.api import load_rubric
from hiringkit.domain.interview import Mark
from hiringkit.domain.rubric import Level, Scale
from hiringkit.domain.self_assessment import Attempt, Fulfilment
from hiringkit.exchange.personal import read_panels
from hiringkit.library.catalog import Library
from hiringkit.library.documents import Kind
from hiringkit.library.yaml.write import dump_rubric
from hiringkit.settings import speak
from hiringkit.store.store import Store
from hiringkit.text.clauses import clauses
from hiringkit.text.language import Text
from hiringkit.tui.self.digits import LevelDigits
from hiringkit.tui.session import OwnFiles

Hand = Any
Play = Callable[..., None]
SOM = "sales-operations-manager"
FIRST = f"{SOM}-1"
KIT = choose_kit(load_rubric(SOM), MINUTES)
"""The questions of an attempt."""
ASKED, NEXT = KIT[:2]
HOSTILE = "[/dev/null] [bold]x\x1b]0;owned\x07\x9b31m \u202eevil"
SIZES = [(80, 24), *(pytest.param(size, marks=pytest.mark.slow) for size in ((120, 40), (160, 50)))]


@pytest.fixture
def own(tmp_path: Path, library: Library) -> Iterator[OwnFiles]:
    """Nothing entered for oneself yet."""
    yield OwnFiles(library, tmp_path / "self", tmp_path / "practice")
    speak("en")


@pytest.fixture
def begun(own: OwnFiles, acting: Callable[[str], Actor]) -> OwnFiles:
    """An attempt with all requirements answered, at the first question."""
    clock = acting("").now
    sheet = self_assessments.start(own.attempts, own.library, clock, SOM)
    assert sheet.rubric.role is not None
    for requirement in sheet.rubric.role.requirements:
        self_assessments.stand(own.attempts, clock, FIRST, requirement.id, Fulfilment.MET)
    return own


def kept(own: OwnFiles) -> Attempt:
    """Return the attempt as it is on disk."""
    return self_assessments.load(own.attempts, FIRST).attempt


async def enter(hand: Hand, *keys: str) -> None:
    """Go to what there is for oneself, then press keys."""
    await hand.press("a", *keys)


@pytest.mark.slow
def test_from_home_to_an_attempt_through_requirements(play: Play, own: OwnFiles) -> None:
    async def script(hand: Hand) -> None:
        await enter(hand)
        assert "No attempt yet" in hand.text
        roles = [entry.id for entry in own.library.entries(Kind.RUBRIC)]
        await hand.press("home", *["down"] * roles.index(SOM), "enter")
        assert "Requirement, required" in hand.words
        await hand.press("y", "p", "n")
        assert "[y]" in hand.text
        standing = kept(own).requirements
        assert list(standing.values()) == [
            Fulfilment.MET,
            Fulfilment.IN_PROGRESS,
            Fulfilment.UNMET,
        ]
        await hand.press("escape")
        assert FIRST in hand.text

    play(None, script, own=own)


@pytest.mark.slow
def test_write_rate_and_name_evidence(play: Play, begun: OwnFiles) -> None:
    async def script(hand: Hand) -> None:
        await enter(hand, "enter")
        assert "The anchors come after" in hand.text
        await hand.press("e")
        await hand.type("I timed it 4 times")
        await hand.press("escape")
        assert kept(begun).answer(ASKED).text == "I timed it 4 times"
        assert "Names a process that people" in hand.text
        await hand.press("4")
        assert kept(begun).answer(ASKED).level == 4
        assert "[4]" in hand.text
        assert ">[4]" in hand.text
        await hand.press("E")
        await hand.type("the file")
        await hand.press("escape", "j", "x")
        assert kept(begun).answer(ASKED).evidence == "the file"
        assert kept(begun).answer(NEXT).level is Mark.NO_EVIDENCE
        assert f"{len(KIT) - 2} to rate" in hand.text

    play(None, script, own=begun)


@pytest.mark.slow
def test_what_is_typed_is_on_disk_when_typing_stops_and_the_place_is_kept(play: Play, begun: OwnFiles) -> None:
    async def write(hand: Hand) -> None:
        await enter(hand, "enter", "j", "e")
        await hand.type("half a thou")
        await hand.until("Saved")
        assert kept(begun).answer(NEXT).text == "half a thou"

    async def again(hand: Hand) -> None:
        await enter(hand, "enter")
        assert "> [ ] 11" in hand.text
        assert "half a thou" in hand.text

    play(None, write, own=begun)
    play(None, again, own=begun)


@pytest.mark.slow
def test_a_level_is_checked_by_signs_ticks_and_a_witness(play: Play, begun: OwnFiles) -> None:
    question = begun.library.load_rubric(SOM).question(ASKED)
    assert question is not None
    parts = [level for level, anchor in sorted(question.anchors.items()) for _ in clauses(anchor.in_language("en"))]

    async def script(hand: Hand) -> None:
        await enter(hand, "enter", "a", "5")
        assert "a claim: names no evidence" in hand.words
        assert "An interviewer would look for:" in hand.text
        await hand.press("t")
        assert "What does your answer show?" in hand.text
        wide = "".join(chr(ord(digit) + ord("０") - ord("0")) for digit in str(len(parts)))
        await hand.type(f"{parts.index(4) + 1},{wide}")
        await hand.press("enter", "escape")
        await hand.press("E")
        await hand.type("9 days less")
        await hand.press("escape", "w")
        await hand.type("Ada")
        await hand.press("enter")
        assert "confirmed by Ada; a claim: not all of its anchor is ticked" in hand.words
        answer = kept(begun).answer(ASKED)
        assert (answer.level, answer.evidence, answer.witness) == (5, "9 days less", "Ada")
        assert [tick.level for tick in answer.ticks] == [4, 5]
        assert hand.text.count("[x]") == 2

    play(None, script, own=begun, size=(120, 40))


@pytest.mark.slow
def test_full_width_keys_are_meant_as_such(play: Play, begun: OwnFiles) -> None:
    async def script(hand: Hand) -> None:
        await enter(hand, "enter", "４", "j", "ｘ")
        assert kept(begun).answer(ASKED).level == 4
        assert kept(begun).answer(NEXT).level is Mark.NO_EVIDENCE

    play(None, script, own=begun)


@pytest.mark.slow
def test_it_opens_at_the_first_open_question(play: Play, begun: OwnFiles) -> None:
    async def rate(hand: Hand) -> None:
        await enter(hand, "enter", "j", "3", "j", "j")

    async def again(hand: Hand) -> None:
        await enter(hand, "enter")
        assert "> [ ] 10" in hand.text

    play(None, rate, own=begun)
    play(None, again, own=begun)


def barred(folder: Path) -> Callable[[], None]:
    """Put a file where a folder is, so that nothing can be written there; return what puts it back."""
    away = folder.with_name(f"{folder.name}-away")
    folder.rename(away)
    folder.write_text("in the way")

    def back() -> None:
        folder.unlink()
        away.rename(folder)

    return back


@pytest.mark.slow
def test_what_cannot_be_written_stays_on_the_screen_and_goes_through_when_it_can(play: Play, begun: OwnFiles) -> None:
    async def script(hand: Hand) -> None:
        await enter(hand, "enter")
        back = barred(begun.attempts)
        await hand.pilot.press("4")
        await hand.until("Not saved yet, trying again")
        assert "trying again: no attempt 'sales-operations-manager-1'" in hand.text
        assert "(4)" in hand.text
        await hand.pilot.press("e", *"soon", "escape", "j", "5")
        await hand.until("(5)")
        await hand.pilot.press("k")
        await hand.until("soon")
        assert "[4]" not in hand.text
        back()
        await hand.until("[4]")
        await hand.until("[5]")
        await hand.until("Saved.")
        answers = kept(begun)
        assert (answers.answer(ASKED).level, answers.answer(ASKED).text) == (4, "soon")
        assert answers.answer(NEXT).level == 5

    play(None, script, own=begun)


@pytest.mark.slow
def test_leaving_with_something_unsaved_asks_first(play: Play, begun: OwnFiles) -> None:
    async def script(hand: Hand) -> None:
        await enter(hand, "enter")
        back = barred(begun.attempts)
        await hand.pilot.press("4", "escape")
        await hand.until("would be lost")
        await hand.pilot.press("escape", "q")
        await hand.until("would be lost")
        back()
        await hand.pilot.press("escape")
        await hand.until("[4]")
        await hand.press("escape")
        assert "Your attempts" in hand.text

    play(None, script, own=begun)
    assert kept(begun).answer(ASKED).level == 4


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
def test_report_and_next_steps(play: Play, begun: OwnFiles, size: tuple[int, int]) -> None:
    async def script(hand: Hand) -> None:
        await enter(hand, "enter", "2", "r")
        assert "Self-assessment: Sales Operations Manager" in hand.words
        assert "Self-ratings run high" in hand.words
        await hand.press("space", "escape", "escape", "i")
        assert "Next steps towards" in hand.words
        assert "- [ ] " in hand.text
        await hand.press("L")
        assert "销售运营经理" in hand.text

    play(None, script, own=begun, size=size)


@pytest.mark.slow
def test_a_coach_gets_a_file_and_a_step_is_ticked_off(
    play: Play, begun: OwnFiles, acting: Callable[[str], Actor], tmp_path: Path
) -> None:
    file = tmp_path / "answers.yaml"
    self_assessments.answer(begun.attempts, acting("").now, FIRST, ASKED, text="I moved two reps.", level=2)

    async def script(hand: Hand) -> None:
        await enter(hand, "f", "ctrl+u")
        await hand.type(str(file))
        await hand.press("enter")
        assert "written:" in hand.words
        back = re.sub(r"(?m)^( +)level:.*$", r"\1level: 4", file.read_text(encoding="utf-8"), count=1)
        file.write_text(back, encoding="utf-8")
        await hand.press("I")
        await hand.type(str(file))
        await hand.press("enter")
        assert "does not say who rated" in hand.words
        await hand.type("Jo Field")
        await hand.press("enter")
        assert "levels of Jo Field" in hand.words
        await hand.press("t")
        assert "Which step is done?" in hand.words
        await hand.press("enter")
        assert "steps to do" in hand.words

    play(None, script, own=begun)
    assert [review.by for review in kept(begun).peers] == ["Jo Field"]
    assert len(kept(begun).done) == 1


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
def test_hostile_text_and_both_languages(
    play: Play, begun: OwnFiles, acting: Callable[[str], Actor], size: tuple[int, int]
) -> None:
    self_assessments.answer(begun.attempts, acting("").now, FIRST, ASKED, text=HOSTILE, evidence=HOSTILE, level=3)

    async def script(hand: Hand) -> None:
        await enter(hand, "enter", "k")
        assert "[/dev/null] [bold]x" in hand.words
        await hand.press("L")
        assert next(q for q in load_rubric(SOM).asked if q.id == ASKED).text.in_language("zh")[:8] in hand.text
        await hand.press("r", "escape", "question_mark", "escape")
        for line in hand.text.split("\n"):
            assert not set(line) & set("\x1b\x07\x9b\u202e")

    play(None, script, own=begun, size=size)


@pytest.mark.slow
def test_a_hundred_kilobytes_can_be_looked_at(play: Play, begun: OwnFiles, acting: Callable[[str], Actor]) -> None:
    self_assessments.answer(begun.attempts, acting("").now, FIRST, ASKED, text="长" * 34_000, level=3)

    async def script(hand: Hand) -> None:
        await enter(hand, "enter", "k")
        assert "长长长" in hand.text
        await hand.press("4")
        assert len(kept(begun).answer(ASKED).text) == 34_000

    play(None, script, own=begun)


def test_a_broken_file_is_said_to_be(play: Play, own: OwnFiles) -> None:
    own.attempts.mkdir()
    (own.attempts / "x.attempt.json").write_text("{")

    async def script(hand: Hand) -> None:
        await enter(hand)
        assert "1 files cannot be read" in hand.words

    play(None, script, own=own)


# Practice


@pytest.mark.slow
def test_level_reason_then_the_reasoned_level(play: Play, own: OwnFiles) -> None:
    async def script(hand: Hand) -> None:
        await enter(hand, "tab", "end", "up", "enter")
        assert "Which level does the answer show?" in hand.text
        assert "Reasoned level" not in hand.text
        await hand.press("3")
        assert "Write why" in hand.text
        await hand.type("named 2 steps")
        await hand.press("enter")
        assert "Reasoned level" in hand.text
        (session,) = FolderNotebook(own.practices).sessions()
        assert [(a.level, a.reason) for a in session.answers] == [(3, "named 2 steps")]
        await hand.press("enter", "5", "enter")
        assert len(FolderNotebook(own.practices).sessions()[0].answers) == 2
        await hand.press("r")
        assert "Practice:" in hand.text
        assert "Mean distance" in hand.text

    play(None, script, own=own)


@pytest.mark.slow
def test_no_level_is_told_before_the_own_one_is_saved(play: Play, own: OwnFiles) -> None:
    async def script(hand: Hand) -> None:
        await enter(hand, "tab", "end", "up", "enter", "s")
        own.practices.mkdir(exist_ok=True)
        back = barred(own.practices)
        await hand.pilot.press("3")
        await hand.until("Not saved yet, trying again")
        assert ">(3)" in hand.text
        await hand.pilot.press("enter", "x", "4")
        assert "Reasoned level" not in hand.text
        assert ">(3)" in hand.text
        back()
        await hand.until("Write why")
        back = barred(own.practices)
        await hand.type("because")
        await hand.pilot.press("enter")
        await hand.until("Not saved yet, trying again")
        assert "Reasoned level" not in hand.text
        assert "because" in hand.text
        back()
        await hand.until("Reasoned level")

    play(None, script, own=own)
    (session,) = FolderNotebook(own.practices).sessions()
    assert [(answer.level, answer.reason) for answer in session.answers] == [(3, "because")]


@pytest.mark.slow
def test_practice_in_a_locked_store_waits_for_it(
    play: Play, panel: Store, own: OwnFiles, acting: Callable[[str], Actor]
) -> None:
    other = sqlite3.connect(str(panel.path), isolation_level=None)

    async def script(hand: Hand) -> None:
        await enter(hand, "tab", "end", "enter")
        other.execute("BEGIN IMMEDIATE")
        await hand.pilot.press("2")
        await hand.until("Not saved yet, trying again")
        other.execute("ROLLBACK")
        await hand.until("Write why")

    play(panel, script, own=own, who="ivy")
    other.close()
    notebook = open_notebook(panel, acting("ivy"))
    assert notebook is not None
    assert [[answer.level for answer in session.answers] for session in notebook.sessions()] == [[2]]


@pytest.mark.slow
def test_an_interviewers_session_is_kept_in_the_store(
    play: Play, panel: Store, own: OwnFiles, acting: Callable[[str], Actor]
) -> None:
    async def script(hand: Hand) -> None:
        await enter(hand, "tab", "end", "enter", "s", "2", "escape")
        assert "Reasoned level" in hand.text
        notebook = open_notebook(panel, acting("ivy"))
        assert notebook is not None
        assert [len(s.answers) for s in notebook.sessions()] == [1]
        assert not own.practices.exists()

    play(panel, script, own=own, who="ivy")


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
def test_after_the_last_answer_comes_the_report(play: Play, own: OwnFiles, size: tuple[int, int]) -> None:
    async def script(hand: Hand) -> None:
        await enter(hand, "tab", "end", "enter")
        for _answer in range(8):
            await hand.press("3", "enter", "enter")
        assert "Practice:" in hand.text
        await hand.press("space", "L", "escape", "escape")
        assert "Cronbach" not in hand.text

    play(None, script, own=own, size=size)


# Practice of a panel


@pytest.mark.slow
def test_a_panel_rates_unseen_and_then_sees_every_level(play: Play, own: OwnFiles) -> None:
    async def script(hand: Hand) -> None:
        await enter(hand, "tab", "home", "C")
        assert "Who is at this screen?" in hand.text
        await hand.type("Ada")
        await hand.press("enter")
        assert "two names or more" in hand.text
        await hand.press("C")
        await hand.type("Ada, Ben")
        await hand.press("enter")
        assert "Ada: which level?" in hand.words
        await hand.press("5")
        assert "Ben: which level?" in hand.words
        assert "Reasoned level" not in hand.text
        assert not own.practices.exists()
        await hand.press("backspace", "4", "2")
        assert "Reasoned level" in hand.text
        assert "Ada  4" in hand.text
        assert "Ben  2" in hand.text
        (session,) = read_panels(own.practices)[0]
        assert [each.levels for each in session.answers] == [{"Ada": 4, "Ben": 2}]
        await hand.press("enter", "x", "1")
        assert "3/8" in hand.text
        await hand.press("r")
        assert "Where your levels part" in hand.text
        await hand.press("escape", "escape", "C")
        assert "Ada, Ben" in hand.text, "who practised last is offered"

    play(None, script, own=own)


@pytest.mark.slow
def test_levels_of_a_panel_that_cannot_be_written_are_not_shown_and_not_lost_unasked(play: Play, own: OwnFiles) -> None:
    async def script(hand: Hand) -> None:
        own.practices.mkdir()
        await enter(hand, "tab", "home", "C")
        await hand.type("Ada, Ben")
        await hand.press("enter")
        back = barred(own.practices)
        await hand.press("3", "4")
        assert "Not saved. Enter tries again." in hand.text
        assert "Reasoned level" not in hand.text
        await hand.press("escape")
        assert "would be lost" in hand.text
        await hand.press("escape")
        back()
        await hand.press("enter")
        assert "Reasoned level" in hand.text

    play(None, script, own=own)


def test_without_a_place_for_it_the_key_does_nothing(play: Play) -> None:
    async def script(hand: Hand) -> None:
        await hand.press("h")
        assert "Openings" in hand.text

    play(None, script)


@pytest.mark.slow
@pytest.mark.parametrize(("low", "high"), [(0, 10), (1, 100)])
def test_levels_of_two_digits_are_typed_as_they_are(
    play: Play, library: Library, acting: Callable[[str], Actor], tmp_path: Path, low: int, high: int
) -> None:
    rubric = library.load_rubric(SOM)
    levels = tuple(Level(n, Text(f"level {n}")) for n in range(low, high + 1))
    path = tmp_path / "rubrics" / "wide.yaml"
    path.parent.mkdir()
    path.write_text(dump_rubric(evolve(rubric, id="wide", scale=Scale(levels))), encoding="utf-8")
    wide = OwnFiles(library, tmp_path / "self", tmp_path / "practice")
    clock = acting("").now
    sheet = self_assessments.start(wide.attempts, library, clock, str(path))
    identity = sheet.attempt.id
    for requirement in rubric.role.requirements if rubric.role else ():
        self_assessments.stand(wide.attempts, clock, identity, requirement.id, Fulfilment.MET)

    def level() -> object:
        return self_assessments.load(wide.attempts, identity).attempt.answer(ASKED).level

    async def script(hand: Hand) -> None:
        await enter(hand, "enter", "1")
        assert "Level 1? Enter takes it." in hand.text
        assert level() is None
        await hand.press("0", "enter")
        assert level() == 10
        assert "[10]" in hand.text
        await hand.press("1", "j")
        assert level() == 1
        await hand.press("k", "7")
        if high == 10:
            assert level() == 7, "no other level begins with it"
        else:
            await hand.press("3")
            assert level() == 73
            await hand.press("1")
            await hand.until(">[1]")
            assert level() == 1, "taken after a moment"

    play(None, script, own=wide)


def test_practice_takes_levels_of_two_digits_and_halves(play: Play, own: OwnFiles) -> None:
    async def script(hand: Hand) -> None:
        taken: list[object] = []
        digits = LevelDigits(hand.app.screen, taken.append, lambda: None)
        assert digits.add("3", (1, 2, 3, 3.5, 10))
        assert digits.add(".", (1, 2, 3, 3.5, 10))
        assert taken == []
        assert digits.add("5", (1, 2, 3, 3.5, 10))
        assert taken == [3.5]
        assert digits.add("1", (1, 2, 10))
        assert digits.text == "1"
        assert digits.add("2", (1, 2, 10)), "it begins another level"
        assert taken == [3.5, 2]
        assert not digits.add("9", (1, 2, 10))
        assert not digits.enter()

    play(None, script, own=own)
