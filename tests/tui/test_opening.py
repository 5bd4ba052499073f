"""An opening's tabs: candidates, panel, comparison, interviewers, rubric."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from hiringkit.actions.audit import Actor
from hiringkit.actions.decisions import open_decision
from hiringkit.actions.openings import edit_opening, show_opening
from hiringkit.actions.votes import reveal, vote
from hiringkit.domain.conduct import RankingPolicy
from hiringkit.store.store import Store

Hand = Any
Play = Callable[..., None]


def names_in_order(hand: Hand, *names: str) -> list[str]:
    """Return those names in the order in which rows begin with them."""
    found = []
    for line in hand.text.split("\n"):
        name = line[2:].strip().split("  ")[0]
        if name in names:
            found.append(name)
    return found


@pytest.mark.slow
def test_tabs_open_by_number_by_tab_and_by_click(play: Play, panel: Store) -> None:
    async def script(hand: Hand) -> None:
        for key, label in (
            ("2", "[2 Panel]"),
            ("6", "[6 Debrief]"),
            ("tab", "[1 Candidates]"),
            ("shift+tab", "[6 Deb"),
        ):
            await hand.press(key)
            assert label in hand.text
        line = next(n for n, line in enumerate(hand.text.split("\n")) if "Compare" in line)
        await hand.pilot.click(offset=(hand.text.split("\n")[line].index("Compare") + 2, line))
        await hand.settle()
        assert "[3 Compare]" in hand.text

    play(panel, script, tab="candidates")


@pytest.mark.slow
def test_the_panel_shows_states_and_opens_interviews(play: Play, panel: Store) -> None:
    async def script(hand: Hand) -> None:
        assert hand.text.count("submitted") == 2
        assert hand.text.count("scheduled") == 2
        await hand.press("right", "enter")
        assert "Ada - Ivy" in hand.text
        await hand.press("alt+4", "ctrl+t")
        assert "started 1 of 2" in hand.text
        await hand.press("left", "enter")
        assert "Profile" in hand.text

    play(panel, script, tab="panel", who="ivy")


@pytest.mark.slow
def test_compare_shows_levels_as_numbers_with_rank_and_gates(play: Play, panel: Store) -> None:
    async def script(hand: Hand) -> None:
        await hand.press("v")
        assert names_in_order(hand, "Ada", "Bo") == ["Bo", "Ada"]
        assert "4.0" in hand.text
        assert "2.0*" in hand.text
        assert "Overall" in hand.text

    play(panel, script, tab="compare")


@pytest.mark.slow
def test_compare_sorts_by_any_column_and_back(play: Play, panel: Store) -> None:
    async def script(hand: Hand) -> None:
        await hand.press("v")
        await hand.press("o")
        assert names_in_order(hand, "Ada", "Bo") == ["Ada", "Bo"]
        await hand.press("O")
        assert names_in_order(hand, "Ada", "Bo") == ["Bo", "Ada"]
        await hand.press("right", "right", "o")
        assert names_in_order(hand, "Ada", "Bo") == ["Bo", "Ada"]
        await hand.press("o", "O")
        assert names_in_order(hand, "Ada", "Bo") == ["Ada", "Bo"]

    play(panel, script, tab="compare")


@pytest.mark.slow
def test_a_click_on_a_head_sorts_and_a_click_on_a_row_opens(play: Play, panel: Store) -> None:
    async def script(hand: Hand) -> None:
        def at(wanted: str) -> tuple[int, int]:
            lines = hand.text.split("\n")
            row = next(n for n, line in enumerate(lines) if wanted in line)
            return lines[row].index(wanted) + 1, row

        await hand.press("v")
        await hand.pilot.click(offset=at("Candidate "))
        await hand.settle()
        assert names_in_order(hand, "Ada", "Bo") == ["Ada", "Bo"]
        await hand.pilot.click(offset=at("  Ada"))
        await hand.settle()
        await hand.pilot.click(offset=at("> Ada"))
        await hand.settle()
        assert "Profile" in hand.text

    play(panel, script, tab="compare")


@pytest.mark.slow
def test_intervals_stand_on_one_scale(play: Play, demo: Store) -> None:
    async def script(hand: Hand) -> None:
        hand.app.show_opening("demo", "compare")
        await hand.settle()
        await hand.press("v", "v")
        assert re.search(r"\|-+o-+\|", hand.text)
        assert "3.4 to 4.3" in hand.text
        await hand.press("v")
        assert re.search(r"\|-+o-+\|", hand.text)
        assert re.search(r"open \(\d+ %", hand.text)

    play(demo, script)


@pytest.mark.slow
def test_names_can_be_hidden(play: Play, panel: Store) -> None:
    async def script(hand: Hand) -> None:
        await hand.press("v")
        await hand.press("h")
        assert names_in_order(hand, "Ada", "Bo") == []
        assert "Candidate 2" in hand.text
        await hand.press("enter")
        assert "Candidate 2" in hand.text
        assert " Bo " not in hand.text
        await hand.press("escape", "h")
        assert names_in_order(hand, "Ada", "Bo") == ["Bo", "Ada"]

    play(panel, script, tab="compare")


@pytest.mark.parametrize("language", ["en", pytest.param("zh", marks=pytest.mark.slow)])
def test_hidden_names_are_hidden_on_every_screen_until_they_are_shown_again(
    play: Play, demo: Store, language: str
) -> None:
    people = show_opening(demo, Actor("", lambda: datetime.now(UTC)), "demo").candidates
    telling = {word for each in people for word in (each.name, each.id, each.email) if word}

    async def script(hand: Hand) -> None:
        async def hidden(*keys: str, shows: str = "") -> None:
            await hand.press(*keys)
            assert shows in hand.text
            assert [word for word in telling if word in hand.text] == []

        hand.app.show_opening("demo")
        await hand.settle()
        assert people[0].name in hand.text
        await hidden("h", shows=" 2 ")
        for tab in ("2", "3", "4", "5", "6", "3"):
            await hidden(tab)
        await hidden("enter", shows="3.8")
        await hidden("escape", "2", "down", "right", "enter")
        await hidden("ctrl+s")
        await hidden("escape", "ctrl+t", "1", "enter")
        await hidden("escape", "escape")
        hand.app.show_opening("demo", "panel")
        await hand.settle()
        await hidden()
        await hand.press("h")
        assert people[0].name in hand.text

    play(demo, script, language=language, size=(120, 40))


@pytest.mark.slow
def test_a_refusal_names_nobody_whose_name_is_hidden(play: Play, panel: Store) -> None:
    async def script(hand: Hand) -> None:
        await hand.press("h", "down", "enter")
        assert "others' ratings of 'Candidate 2' are hidden" in hand.words

    play(panel, script, tab="candidates", who="ivy")


def overall_of(hand: Hand, name: str) -> str:
    """Return a candidate's overall score as the screen shows it."""
    found = re.search(rf"{name}\s+\d=?\s+(\d\.\d+)", hand.text)
    assert found
    return found.group(1)


@pytest.mark.slow
def test_other_weights_are_tried_and_never_saved(play: Play, demo: Store) -> None:
    async def script(hand: Hand) -> None:
        hand.app.show_opening("demo", "compare")
        await hand.settle()
        await hand.press("v")
        await hand.press("plus")
        assert "Go to a criterion first" in hand.text
        before = [overall_of(hand, name) for name in ("Amara Osei", "Tomás Rivera", "Priya Raman")]
        await hand.press("right", "right", "right", "right")
        assert "Visibility of team performance: weighs" in hand.text
        await hand.press(*["plus"] * 9)
        assert "WHAT IF: Visibility of team performance weighs" in hand.words
        assert [overall_of(hand, name) for name in ("Amara Osei", "Tomás Rivera", "Priya Raman")] != before
        await hand.press("0")
        assert [overall_of(hand, name) for name in ("Amara Osei", "Tomás Rivera", "Priya Raman")] == before
        await hand.press("minus", "0")
        assert "WHAT IF" not in hand.text

    play(demo, script)


@pytest.mark.slow
def test_a_comparison_is_written_to_a_file_that_is_not_there_yet(
    play: Play, panel: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    async def script(hand: Hand) -> None:
        await hand.press("v")
        await hand.press(*["right"] * 4, "plus", "f", "enter")
        text = (tmp_path / "som-what-if.md").read_text(encoding="utf-8")
        assert "weights other than the rubric's" in text
        assert "| Bo |" in text
        await hand.press("f", "enter")
        assert "is not overwritten" in hand.text
        await hand.press("f", "escape")

    play(panel, script, tab="compare")


@pytest.mark.slow
def test_interviewers_are_shown_with_what_they_do_to_ratings(play: Play, demo: Store) -> None:
    async def script(hand: Hand) -> None:
        hand.app.show_opening("demo", "interviewers")
        await hand.settle()
        assert "stricter by 0.6" in hand.text
        assert "2 of 3" in hand.text

    play(demo, script)


@pytest.mark.slow
def test_how_firm_the_lead_is_and_what_comes_next_are_told_in_a_line_each(play: Play, demo: Store) -> None:
    async def script(hand: Hand) -> None:
        hand.app.show_opening("demo", "compare")
        await hand.settle()
        assert "Whatever the criteria weigh" not in hand.text
        await hand.press("F")
        text = " ".join(hand.text.split())
        assert "Whatever the criteria weigh, nobody scores above Amara Osei." in text
        assert "does not change who leads" in text
        assert "No further interview is likely to change who leads" in text
        await hand.press("h")
        await hand.press("down")
        hidden = " ".join(hand.text.split())
        assert "nobody scores above" in hidden
        assert "Amara" not in hidden

    play(demo, script)


@pytest.mark.slow
def test_how_interviewers_rate_and_agree_are_reports_to_scroll(play: Play, demo: Store) -> None:
    async def script(hand: Hand) -> None:
        hand.app.show_opening("demo", "interviewers")
        await hand.settle()
        await hand.press("m")
        assert "Severity, points" in hand.text
        assert "Helen Brandt" in hand.text
        await hand.press("escape")
        assert "[4 Interviewers]" in hand.text
        await hand.press("K")
        assert "Agreement between interviewers" in hand.text
        assert "enough to decide on" in hand.text
        await hand.press("escape")
        assert "[4 Interviewers]" in hand.text

    play(demo, script)


@pytest.mark.slow
def test_the_rubric_is_there_to_read_and_scrolls(play: Play, panel: Store) -> None:
    async def script(hand: Hand) -> None:
        assert "Sales Operations Manager" in hand.text
        before = hand.text
        await hand.press("space")
        assert hand.text != before
        await hand.press("pageup")
        assert hand.text == before

    play(panel, script, tab="rubric")


def test_an_opening_that_is_not_there_is_told(play: Play, panel: Store) -> None:
    async def script(hand: Hand) -> None:
        hand.app.show_opening("sam")
        await hand.settle()
        assert "no opening 'sam'" in hand.text
        assert "did you mean 'som'?" in hand.text

    play(panel, script)


TOTALS = re.compile(
    r"rank |overall|chance best|ahead of|told apart|\b[1-4] of 4\b|WHAT IF|votes come to", re.IGNORECASE
)


@pytest.mark.slow
def test_no_screen_tells_of_an_order_where_nobody_is_ranked(play: Play, demo: Store) -> None:
    recruiter = Actor("", lambda: datetime(2026, 3, 2, 9, tzinfo=UTC))
    edit_opening(demo, recruiter, "demo", ranking=RankingPolicy.OFF)

    async def script(hand: Hand) -> None:
        seen = []
        await hand.press("c")
        for keys in ((), ("v",), ("v",), ("v",), ("v", "down", "right", "+"), ("O",), ("o",), ("r",), ("-",)):
            await hand.press(*keys)
            seen.append(hand.text)
        for text in seen:
            assert "This opening does not rank candidates." in text
        assert names_in_order(hand, "Amara Osei", "李文静", "Tomás Rivera", "Priya Raman") in (
            [],
            ["Amara Osei", "李文静", "Tomás Rivera", "Priya Raman"],
        )
        await hand.press("enter")
        assert "This opening does not rank candidates." in hand.text
        seen.append(hand.text)
        await hand.press("escape", "6")
        assert "This opening does not rank candidates." in hand.text
        for _ in range(12):
            seen.append(hand.text)
            await hand.press("pagedown")
        for text in seen:
            assert not TOTALS.findall(text.replace("does not rank candidates", "")), text

    play(demo, script, size=(120, 40))


@pytest.mark.slow
def test_the_screen_of_a_decision_tells_no_order_where_nobody_is_ranked(play: Play, demo: Store) -> None:
    recruiter = Actor("", lambda: datetime(2026, 3, 2, 9, tzinfo=UTC))
    edit_opening(demo, recruiter, "demo", ranking=RankingPolicy.OFF)
    opened = open_decision(demo, recruiter, "demo", voters=["helen"], exception="one is ill")
    for each in opened.criteria:
        votes = {candidate: str(2 + n) for n, candidate in enumerate(opened.candidates)}
        vote(demo, Actor("helen", recruiter.now), "demo", each.id, votes)
        for _ in range(2):
            reveal(demo, recruiter, "demo", each.id)

    async def script(hand: Hand) -> None:
        await hand.press("tab", "enter", "D", "end")
        assert not TOTALS.findall(hand.text.replace("does not rank candidates", ""))
        await hand.press("M")
        assert "This opening does not rank candidates." in hand.text
        assert not TOTALS.findall(hand.text.replace("does not rank candidates", ""))

    play(demo, script, size=(120, 40))
