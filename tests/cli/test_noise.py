"""A noise audit from file to file: everybody alone, without names, nothing revealed before the report."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from hiringkit.actions.noise import join_audit, load_audit, rate_blind
from hiringkit.library.catalog import Library
from hiringkit.settings import load_settings

Run = Callable[..., Any]
BANK = "sales-operations"


@pytest.fixture
def audit(hk: Run, here: Path) -> Path:
    """An audit of eight answers, in a folder to work in."""
    assert hk("noise", "start", BANK, "audit.json").code == 0
    return here / "audit.json"


def join(hk: Run, who: str, levels: str, *words: str) -> Any:
    """Rate with one key an answer; in an order of one's own, so that the same keys are other levels for another."""
    return hk("noise", "join", "audit.json", "--dir", who, *words, typed="".join(f"{key}\n" for key in levels))


def handed_in(folder: Path) -> Path:
    (path,) = folder.glob("*.answers.json")
    return path


def test_everybody_rates_the_same_answers_and_sees_no_reasoned_level(hk: Run, audit: Path) -> None:
    done = join(hk, "a", "33333333")
    assert done.code == 0
    assert "Answer 8 of 8" in done.out
    assert "Reasoned level" not in done.out
    assert "Why: " not in done.out
    places = {
        frozenset(
            (a["question"], a["sample"]) for a in json.loads(handed_in(Path(who)).read_text())["sessions"][0]["answers"]
        )
        for who in ("a", "b")
        if who == "a" or join(hk, "b", "44444444").code == 0
    }
    assert len(places) == 1
    assert places == {frozenset((s["question"], s["sample"]) for s in json.loads(audit.read_text())["samples"])}


@pytest.mark.slow
def test_three_people_and_eight_answers_carry_figures(hk: Run, audit: Path) -> None:
    for who, levels in (("a", "22222222"), ("b", "33333333"), ("c", "44444444")):
        join(hk, who, levels)
    found = hk("noise", "report", "audit.json", "a", "b", "c", "-f", "json").json
    assert (found["raters"], found["complete"], found["answers"], found["repeated"]) == (3, 3, 8, 0)
    assert found["noise"]["level"]["deviation"] == pytest.approx(1)
    assert found["noise"]["pattern"]["deviation"] == 0
    assert found["noise"]["occasion"] == {"deviation": None, "interval": None, "share": None}
    assert sorted(each["level"] for each in found["people"]) == [-1, 0, 1]
    assert "no-repeat" in {each["code"] for each in found["findings"]}
    for form in ("table", "csv", "markdown"):
        assert hk("noise", "report", "audit.json", "a", "b", "c", "-f", form).code == 0
    text = hk("noise", "report", "audit.json", "a", "b", "c").out
    assert "Anchors that split people" in text
    assert "level 2" in text


@pytest.mark.slow
def test_names_are_off_unless_they_were_given_and_are_asked_for(hk: Run, audit: Path) -> None:
    join(hk, "a", "22222222", "--name", "Helen")
    join(hk, "b", "33333333", "--name", "Marcus")
    join(hk, "c", "44444444")
    plain = hk("noise", "report", "audit.json", "a", "b", "c")
    assert "Helen" not in plain.out
    named = hk("noise", "report", "audit.json", "a", "b", "c", "--names", "-f", "json").json
    assert {"Helen", "Marcus"} < {each["label"] for each in named["people"]}
    codes = [handed_in(Path(who)).name.split("-")[-1].split(".")[0] for who in "abc"]
    assert not any(code in plain.out for code in codes)


@pytest.mark.slow
def test_feedback_is_on_ones_own_levels(hk: Run, audit: Path) -> None:
    for who, levels in (("a", "22222222"), ("b", "33333333"), ("c", "44444444")):
        join(hk, who, levels)
    mine = str(handed_in(Path("c")))
    found = hk("noise", "report", "audit.json", "a", "b", "c", "--mine", mine, "-f", "json").json
    assert found["feedback"]["own"]["level"] == 1
    assert {(each["level"], each["others"]) for each in found["feedback"]["apart"]} == {(4, 2.5)}
    assert "For you alone" in hk("noise", "report", "audit.json", "a", "b", "c", "--mine", mine).out
    assert hk("noise", "report", "audit.json", "a", "b", "--mine", mine).code == 1


@pytest.mark.slow
@pytest.mark.parametrize(("people", "levels"), [(("a", "b"), "33333333"), (("a", "b", "c"), "33333q")])
def test_too_few_people_or_answers_have_counts_only(hk: Run, audit: Path, people: tuple[str, ...], levels: str) -> None:
    del audit
    for who in people:
        join(hk, who, levels)
    found = hk("noise", "report", "audit.json", *people, "-f", "json").json
    assert found["raters"] == len(people)
    assert "counts-only" in {each["code"] for each in found["findings"]}
    assert (found["people"], found["levels"], found["bias"], found["alpha"]) == ([], [], None, None)
    assert {part["deviation"] for part in found["noise"].values()} == {None}
    assert "reasoned" not in hk("noise", "report", "audit.json", *people).out


@pytest.mark.slow
def test_who_leaves_goes_on_where_they_were(hk: Run, audit: Path) -> None:
    del audit
    assert "Answers that are left: 5" in join(hk, "a", "333q").out
    done = join(hk, "a", "s4444")
    assert "Answer 4 of 8" in done.out
    assert join(hk, "a", "3", "-f", "json").json == {
        "schema": "hiringkit/noise-answers/1",
        "audit": done.out.split("Noise audit: ")[1].split()[0],
        "file": str(handed_in(Path("a"))),
        "time": 1,
        "rated": 8,
        "answers": 8,
    }


@pytest.mark.slow
def test_it_is_repeated_after_a_week_and_not_before_nor_twice(hk: Run, audit: Path) -> None:
    join(hk, "a", "33333333")
    early = join(hk, "a", "3")
    assert early.code == 1
    assert "they may be repeated from" in early.err
    later = datetime.now(UTC) + timedelta(days=8)
    bank = Library(load_settings({}, {}).roots).load_bank(BANK)
    again = join_audit(load_audit(audit), bank, Path("a"), lambda: later, lambda: "unused")
    assert len(again.exercises) == 8
    for exercise in again.exercises:
        again = rate_blind(again, exercise, 4, lambda: later)
    for who in ("b", "c"):
        join(hk, who, "33333333")
    found = hk("noise", "report", "audit.json", "a", "b", "c", "-f", "json").json
    assert found["repeated"] == 1
    # eight differences of one level: a variance of a half, but no more than the pattern noise of none
    assert found["noise"]["occasion"]["deviation"] == 0
    assert sorted(each["occasion"] or 0 for each in found["people"]) == pytest.approx([0, 0, 0.5**0.5], abs=1e-5)
    assert "you have rated all answers twice" in join(hk, "a", "3").err


@pytest.mark.slow
def test_what_does_not_belong_there_is_named(hk: Run, audit: Path, here: Path) -> None:
    del audit
    for who, levels in (("a", "22222222"), ("b", "33333333"), ("c", "44444444")):
        join(hk, who, levels)
    (here / "copy.answers.json").write_bytes(handed_in(here / "a").read_bytes())
    other = hk("noise", "start", BANK, "other.json", "--count", "4")
    assert other.code == 0
    hk("noise", "join", "other.json", "--dir", "d", typed="3\n3\n3\n3\n")
    found = hk("noise", "report", "audit.json", "a", "b", "c", "copy.answers.json", "d", "-f", "json").json
    assert [each["code"] for each in found["findings"]].count("not-handed-in") == 2
    assert found["raters"] == 3


@pytest.mark.slow
@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"hiringkit": "noise-answers/1"}', "\x00"])
def test_a_broken_file_is_refused_with_its_name(hk: Run, audit: Path, here: Path, text: str) -> None:
    join(hk, "a", "33333333")
    handed_in(here / "a").write_text(text, encoding="utf-8")
    for words in (("report", "audit.json", "a"), ("join", "audit.json", "--dir", "a")):
        done = hk("noise", *words)
        assert done.code == 1
        assert ".answers.json" in done.err
    audit.write_text(text, encoding="utf-8")
    assert "is no file of a noise audit" in hk("noise", "join", "audit.json", "--dir", "b").err


def test_levels_that_there_are_not_are_refused(hk: Run, audit: Path, here: Path) -> None:
    del audit
    join(hk, "a", "33333333")
    path = handed_in(here / "a")
    path.write_text(path.read_text().replace('"level": 3', '"level": 99'), encoding="utf-8")
    done = hk("noise", "report", "audit.json", "a")
    assert done.code == 1
    assert "no level of its question" in done.err


def test_another_text_of_an_answer_is_refused(hk: Run, audit: Path) -> None:
    content = json.loads(audit.read_text())
    content["samples"][0]["digest"] = "0" * 16
    audit.write_text(json.dumps(content), encoding="utf-8")
    done = join(hk, "a", "3")
    assert done.code == 1
    assert "does not have the same answers" in done.err


@pytest.mark.slow
def test_nothing_is_overwritten_and_nothing_is_nothing(hk: Run, audit: Path, here: Path) -> None:
    before = audit.read_bytes()
    assert hk("noise", "start", BANK, "audit.json").code == 1
    assert audit.read_bytes() == before
    assert hk("noise", "start", BANK, "more.json", "--count", "17").code == 2
    assert hk("noise", "start", BANK, "more.json", "--count", "3").code == 2
    assert not (here / "more.json").exists()
    (here / "empty").mkdir()
    assert "nobody has handed anything in" in hk("noise", "report", "audit.json", "empty").err
    assert hk("noise", "report", "audit.json", "missing.json").code == 1
    assert hk("noise", "report", "audit.json", "empty", "--level", "0.2").code == 2
