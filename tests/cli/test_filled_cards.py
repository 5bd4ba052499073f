"""Cards that are filled in with the program: by prompts here, in the terminal room in tests/tui/test_terminal.py."""

import json
import re
import stat
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from hiringkit.actions.audit import Actor
from hiringkit.actions.interviews import rate
from hiringkit.actions.opened_cards import opened_card, saved_beside
from hiringkit.errors import Refused
from hiringkit.exchange.cards import read_card, read_card_page

Run = Callable[..., Any]
ACTOR = Actor("", lambda: datetime.now(UTC))
FILE = "som_ada_ivy.hkcard.json"
FIRST = "e timed every stage\np 1\n4\nq\n"
REST = "x\nyes\nsolid on data\ny\n"


@pytest.fixture
def card(som: Run, here: Path) -> Path:
    """Ivy's card, in a folder without a database."""
    assert som("interview", "card", "som/ada/ivy", "-o", "card.html").code == 0
    return here / "card.html"


def fill(hk: Run, card: Path, typed: str) -> None:
    """Fill a card in by prompts, where there is no database."""
    done = hk("--db", str(card.parent / "none.db"), "interview", "score", str(card), typed=typed)
    assert done.code == 0, done.err


@pytest.mark.slow
def test_a_card_is_filled_in_by_prompts_and_received(som: Run, card: Path) -> None:
    fill(som, card, FIRST)
    file = card.with_name(FILE)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert json.loads(file.read_text(encoding="utf-8"))["state"] == "draft"
    fill(som, card, REST)
    assert not card.with_name("none.db").exists()
    again = som("interview", "score", str(card))
    assert again.code != 0
    assert f"hiringkit tui {card}" in again.err
    done = som("interview", "receive", str(file), "-f", "json")
    assert (done.code, done.json["cards"][0]["state"], done.json["cards"][0]["rated"]) == (0, "submitted", 2)
    read = som("interview", "show", "som/ada/ivy", "--as", "ivy", "-f", "json").json
    (first, second) = read["ratings"]
    assert (first["rating"], first["evidence"], first["probes"]) == (4, "timed every stage", [1])
    assert second["rating"] == "no-evidence"
    last = read["scorecards"][-1]
    assert (last["recommendation"], last["summary"]) == ("yes", "solid on data")
    assert som("audit", "verify").code == 0


@pytest.mark.slow
def test_a_draft_is_received_and_a_later_save_after_it(som: Run, card: Path) -> None:
    fill(som, card, FIRST)
    assert som("interview", "receive", str(card.with_name(FILE))).code == 0
    fill(som, card, REST)
    assert som("interview", "receive", str(card.with_name(FILE))).code == 0


@pytest.mark.slow
def test_what_a_card_cannot_take_along_is_refused_and_not_lost_in_silence(som: Run, card: Path) -> None:
    done = som("interview", "score", str(card), typed="h ask about the merger\nq\n")
    assert "a card takes nothing along for the candidate's next interviewers" in done.out + done.err
    assert not card.with_name(FILE).exists()


@pytest.mark.slow
def test_a_file_of_another_card_is_not_overwritten(som: Run, card: Path, here: Path) -> None:
    fill(som, card, FIRST)
    file = card.with_name(FILE)
    before = file.read_bytes()
    assert som("interview", "card", "som/ada/ivy", "-o", "second.html").code == 0
    done = som("interview", "score", "second.html", typed=FIRST)
    assert done.code != 0
    assert "another card" in done.err
    file.write_bytes(before.replace(b'"rating": 4', b'"rating": 5'))
    done = som("interview", "score", str(card), typed=REST)
    assert done.code != 0
    assert "edited" in done.err
    assert [each.name for each in here.iterdir() if each.suffix == ".json"] == [FILE]


@pytest.mark.slow
def test_two_windows_on_one_card_overwrite_nothing(som: Run, card: Path) -> None:
    page, file = read_card_page(card), saved_beside(card, "som/ada/ivy")
    with opened_card(page, file, ACTOR) as one, opened_card(page, file, ACTOR) as other:
        rate(one.store, one.actor, one.interview, "bottlenecks", value=4)
        with pytest.raises(Refused, match="changed by another program"):
            rate(other.store, other.actor, other.interview, "bottlenecks", value=2)
        rate(one.store, one.actor, one.interview, "bottlenecks", evidence="timed")
    assert read_card(str(file)).card.ratings[0].rating == 4
    assert read_card(str(file)).card.ratings[0].evidence == "timed"


@pytest.mark.slow
def test_where_the_file_cannot_be_written_nothing_counts_as_saved(som: Run, card: Path) -> None:
    page = read_card_page(card)
    with opened_card(page, card.parent / FILE, ACTOR) as opened:
        card.with_name(FILE).mkdir()
        with pytest.raises(Refused):
            rate(opened.store, opened.actor, opened.interview, "bottlenecks", value=4)
        card.with_name(FILE).rmdir()
        assert rate(opened.store, opened.actor, opened.interview, "bottlenecks", value=3).value == 3
    assert read_card(str(card.parent / FILE)).card.ratings[0].rating == 3


def test_the_card_holds_what_is_asked_and_nothing_else_of_the_rubric(card: Path) -> None:
    page = read_card_page(card)
    kit = json.loads(page.kit)
    assert [each["id"] for each in kit["questions"]] == ["bottlenecks", "forecast-miss"]
    assert "samples" not in page.kit
    assert {"need", "role", "stages"}.isdisjoint(kit)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (r"<script type=\"application/json\".*?</script>", "", "no interview card"),
        (r"\"kit\": ", '"tik": ', "older hiringkit"),
        (r"\"interview\": \"som/ada/ivy\"", '"interview":"../../ivy"', "the ids of opening"),
        (r"\"key\": \"\w+\"", '"key":"xyz"', "expected a text"),
        (r"\"kit\": \"", '"kit":"nonsense', "cannot be read"),
        (r"\"about\": \{", '"about":[],"x":{', "an object"),
    ],
)
def test_what_is_no_card_is_refused_in_words(som: Run, card: Path, before: str, after: str, said: str) -> None:
    text = card.read_text(encoding="utf-8")
    damaged = re.sub(before, after, text, count=1, flags=re.DOTALL)
    assert damaged != text
    card.write_text(damaged, encoding="utf-8")
    done = som("interview", "score", str(card), typed=FIRST)
    assert done.code not in (0, 70)
    assert said in done.err
    assert "Traceback" not in done.err
    assert som("interview", "score", "missing.html").code == 1
