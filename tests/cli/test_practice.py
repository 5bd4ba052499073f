"""Practice by prompts: the level first, then the reasoned one; sessions kept; shown to whom they concern."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pexpect
import pytest

Run = Callable[..., Any]
BANK = "sales-operations"


@pytest.fixture
def practise(hk: Run, tmp_path: Path) -> Run:
    """Practise with a folder of its own."""

    def call(*words: str, **more: Any) -> Any:
        return hk("practice", *words, "--dir", str(tmp_path / "mine"), **more)

    return call


def test_the_level_comes_before_the_reasoned_one(practise: Run) -> None:
    done = practise(BANK, "--question", "bottlenecks", typed="3\nnamed a step\n" * 6)
    assert done.code == 0
    first = done.out.partition("Answer 2 of 6")[0]
    assert first.index("Level, 1 to 5") < first.index("Reasoned level:") < first.index("Why: ")
    assert "You met it." in done.out
    assert "lower." in done.out
    assert "higher." in done.out
    found = practise(BANK, "--report", "-f", "json").json
    assert [len(s["answers"]) for s in found["sessions"]] == [6]
    assert {a["reason"] for a in found["sessions"][0]["answers"]} == {"named a step"}
    # the six answers are reasoned 3, 1, 4, 2, 5 and 2, against 3 throughout
    accuracy = found["sessions"][0]["accuracy"]
    found_figures = (accuracy["exact"], accuracy["distance"], accuracy["severity"])
    assert found_figures == pytest.approx((1 / 6, 7 / 6, -1 / 6), abs=1e-5)


def test_a_session_carries_all_four_components(practise: Run) -> None:
    done = practise(BANK, typed="3\n\n" * 8)
    assert "Cronbach" in done.out
    accuracy = practise(BANK, "--report", "-f", "json").json["sessions"][0]["accuracy"]
    assert accuracy["crossed"] in ([4, 2], [2, 4])
    squares = [
        accuracy[name] ** 2
        for name in ("elevation", "differential_elevation", "stereotype_accuracy", "differential_accuracy")
    ]
    answers = practise(BANK, "--report", "-f", "json").json["sessions"][0]["answers"]
    assert sum(squares) == pytest.approx(sum((a["level"] - a["reasoned"]) ** 2 for a in answers) / 8, abs=1e-5)


@pytest.mark.slow
def test_every_format_and_a_page(practise: Run, tmp_path: Path) -> None:
    practise(BANK, "--count", "2", typed="3\n\n4\n\n")
    practise(BANK, "--count", "2", typed="3\n\n4\n\n")
    for form in ("table", "json", "csv", "markdown"):
        assert practise(BANK, "--report", "-f", form).code == 0
    page = tmp_path / "practice.html"
    assert practise(BANK, "--report", "-o", str(page)).code == 0
    assert "<svg" in page.read_text(encoding="utf-8")


def test_for_a_program_the_prompts_are_on_standard_error(practise: Run) -> None:
    done = practise(BANK, "--count", "1", "-f", "json", typed="3\n\n")
    assert done.json["schema"] == "hiringkit/practice/1"
    assert "Answer 1 of 1" in done.err


def test_skip_leave_wrong_and_interrupted(practise: Run) -> None:
    done = practise(BANK, typed="s\n\n9\nbad\n3\n\nq\n")
    assert done.out.count("is no level") == 2
    assert "Answer 3 of 8" in done.out
    assert len(practise(BANK, "--report", "-f", "json").json["sessions"][0]["answers"]) == 1
    cut = practise(BANK, typed="3\n")
    assert cut.code == 0
    assert "Reasoned level:" in cut.out, "cut off before the reason, the level is kept"
    sessions = practise(BANK, "--report", "-f", "json").json["sessions"]
    assert [len(s["answers"]) for s in sessions] == [1, 1]


@pytest.mark.slow
def test_a_reason_of_100_kilobytes_is_kept_whole(practise: Run) -> None:
    reason = "因为 because " * 8_000
    assert practise(BANK, "--count", "1", typed=f"4\n{reason}\n").code == 0
    (answer,) = practise(BANK, "--report", "-f", "json").json["sessions"][0]["answers"]
    assert answer["reason"] == reason.strip()


def test_nothing_rated_yet(practise: Run) -> None:
    assert "No answer rated yet" in practise(BANK, "--report").out
    assert practise(BANK, typed="q\n").code == 0
    assert practise(BANK, "--report", "-f", "json").json["sessions"] == []


def test_what_is_not_there_is_named(practise: Run) -> None:
    assert practise("sales-operation").code == 1
    done = practise(BANK, "--question", "bottleneck")
    assert done.code == 1
    assert "'bottlenecks'" in done.err
    assert practise(BANK, "--count", "0").code == 2


def test_in_chinese_the_content_is_chinese(practise: Run) -> None:
    assert "瓶颈" in practise(BANK, "--question", "bottlenecks", "--lang", "zh", typed="").out


def test_an_interviewers_practice_is_shown_to_themselves_and_recruiters(som: Run) -> None:
    som("practice", BANK, "--as", "ivy@firm.example", "--count", "4", typed="1\n\n" * 4)
    for who in ((), ("--as", "ivy"), ("--as", "recruiter:dana@firm.example")):
        shown = som("interviewer", "show", "ivy", *who, "-f", "json").json["practice"]
        assert [(p["bank"], len(p["sessions"])) for p in shown] == [(BANK, 1)]
    assert "stricter by" in som("interviewer", "show", "ivy").out
    assert som("interviewer", "show", "ivy", "--as", "joe", "-f", "json").json["practice"] is None
    assert "stricter by" not in som("interviewer", "show", "ivy", "--as", "joe").out
    assert som("interviewer", "show", "joe", "-f", "json").json["practice"] == []


@pytest.mark.slow
def test_whether_practice_shows_is_said_to_the_same_people_only(som: Run, tmp_path: Path) -> None:
    for level in "24":
        som("practice", BANK, "--as", "ivy@firm.example", "--count", "4", typed=f"{level}\n\n" * 4)
    assert "sessions before" in som("interviewer", "show", "ivy", "--as", "ivy").out
    assert "此前各次为" in som("interviewer", "show", "ivy", "--lang", "zh").out
    page = tmp_path / "ivy.html"
    for kind in ("table", "markdown", "csv", "json"):
        assert BANK not in som("interviewer", "show", "ivy", "--as", "joe@firm.example", "-f", kind).out
    som("interviewer", "show", "ivy", "--as", "joe", "-o", str(page))
    assert BANK not in page.read_text(encoding="utf-8")
    for others in (("interviewer", "list"), ("interview", "list", "som")):
        assert BANK not in som(*others, "--as", "joe", "-f", "json").out
    own = som("practice", BANK, "--report", "--as", "joe@firm.example", "-f", "json").json
    assert own["sessions"] == []


def test_whoever_is_no_interviewer_practises_in_their_own_folder(som: Run, elsewhere: Path) -> None:
    done = som("practice", BANK, "--as", "me@home.example", "--count", "1", typed="3\n\n")
    assert "no interviewer" in done.err
    assert len(list(elsewhere.rglob("*.practice.json"))) == 1


def test_without_a_database_acting_as_somebody_is_no_failure(hk: Run, database: Path) -> None:
    assert hk("practice", BANK, "--as", "me@home.example", "--count", "1", typed="3\n\n").code == 0
    assert not database.exists()


@pytest.mark.slow
def test_at_a_terminal(tmp_path: Path) -> None:
    environment = {**os.environ, "TERM": "dumb"}
    words = ["-m", "hiringkit", "practice", BANK, "--count", "2", "--dir", str(tmp_path)]
    sitting = pexpect.spawn(sys.executable, words, encoding="utf-8", env=environment, timeout=30, dimensions=(40, 200))
    for number in (1, 2):
        sitting.expect(f"Answer {number} of 2")
        sitting.expect("Level, 1 to 5")
        sitting.sendline("3")
        sitting.expect("> ")
        sitting.sendline("看依据")
        sitting.expect("Reasoned level: [1-5]")
    sitting.expect("Mean distance")
    sitting.expect(pexpect.EOF)
    assert sitting.wait() == 0


# A panel


def test_a_panel_rates_the_same_answers_and_sees_where_it_parts(hk: Run, tmp_path: Path) -> None:
    words = ("practice", BANK, "--panel", "Ada, Ben，赵", "--dir", str(tmp_path / "mine"), "--question", "bottlenecks")
    done = hk(*words, "-f", "json", typed="3\n3\n３\n1\n4\n2\ns\n5\nbad\n5\n5\n")
    assert done.code == 0, done.err
    found = done.json
    assert found["interviewers"] == ["Ada", "Ben", "赵"]
    assert [list(each["levels"].values()) for each in found["answers"]] == [[3, 3, 3], [1, 4, 2], [5, 5, 5]]
    assert [each["spread"] for each in found["answers"]] == [0, 3, 0]
    assert found["alpha"]["estimate"] == pytest.approx(0.6, abs=0.35)
    reasoned = [each["reasoned"] for each in found["answers"]]
    assert found["severity"]["Ada"] == pytest.approx((sum(reasoned) - 9) / 3, abs=1e-6)
    assert "Reasoned level" not in done.err.split("赵: level")[0], "nothing is told before all have rated"
    table = hk("practice", BANK, "--panel", "", "--report", "--dir", str(tmp_path / "mine")).out
    assert "Where your levels part" in table
    assert "two levels or more apart" in " ".join(table.split())


@pytest.mark.slow
def test_a_panel_is_two_or_more_and_its_file_is_for_the_owner(hk: Run, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    for names in ("Ada", "Ada,Ada", ""):
        assert hk("practice", BANK, "--panel", names, "--dir", str(folder)).code == 2
    assert hk("practice", BANK, "--panel", "A,B", "--report", "--dir", str(folder)).code == 1
    done = hk("practice", BANK, "--panel", "A,B", "--dir", str(folder), typed="3\n")
    assert done.code == 0, "left before both had rated"
    assert not list(folder.glob("*.panel.json"))
    hk("practice", BANK, "--panel", "A,B", "--dir", str(folder), typed="3\n4\n")
    (file,) = folder.glob("*.panel.json")
    assert file.stat().st_mode & 0o777 == 0o600
    for form in ("table", "csv", "markdown"):
        assert hk("practice", BANK, "--panel", "A,B", "--report", "--dir", str(folder), "-f", form).code == 0
    assert hk("practice", BANK, "--report", "--dir", str(folder)).code == 0, "it is nobody's own session"


@pytest.mark.slow
def test_a_session_of_two_questions_shows_every_level(hk: Run, tmp_path: Path) -> None:
    for _session in range(4):
        done = hk("practice", BANK, "--dir", str(tmp_path / "mine"), "-f", "json", typed="3\n\n" * 8)
        latest = done.json["sessions"][-1]["answers"]
        assert {each["reasoned"] for each in latest} == {1, 2, 3, 4, 5}
