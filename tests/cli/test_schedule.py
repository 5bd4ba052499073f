"""Many interviews at once, who is in two of them at the same time, calendars, and what is outstanding."""

from collections.abc import Callable
from itertools import chain, combinations
from pathlib import Path
from typing import Any

import icalendar
import pytest

from hiringkit.settings import UTC_NAME, use_zone

Run = Callable[..., Any]
HOSTILE = 'Eve;"x",\\n\r\nATTENDEE:mailto:spy@evil.example \x1b]0;owned\x07 王小明' + "é" * 60


@pytest.fixture
def berlin(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Act as somebody in Berlin."""
    monkeypatch.setenv("HIRINGKIT_TZ", "Europe/Berlin")
    yield
    use_zone(UTC_NAME)


@pytest.fixture
def opening(hk: Run) -> Run:
    """Run on an opening `som` of 30 invented candidates, with the interviewers ivy, joe and kim."""
    assert hk("opening", "create", "som", "--rubric", "sales-operations-manager").code == 0
    people = "name\n" + "".join(f"Candidate {n}\n" for n in range(1, 31))
    assert hk("candidate", "import", "som", "-", typed=people).code == 0
    assert hk("interviewer", "import", "-", typed="name,email\nIvy,ivy@firm.example\nJoe,\nKim,\n").code == 0
    return hk


def events(calendar: bytes) -> list[Any]:
    """Return the events of a calendar as another program reads them."""
    return list(icalendar.Calendar.from_ical(calendar).walk("VEVENT"))


def plan_file(tmp_path: Path, text: str) -> str:
    path = tmp_path / "plan.csv"
    path.write_text(text, encoding="utf-8")
    return str(path)


@pytest.mark.slow
def test_everybody_is_planned_in_one_command_with_complementary_kits(opening: Run) -> None:
    names = ("--interviewer", "ivy", "--interviewer", "JOE", "--interviewer", "Kim")
    done = opening("interview", "schedule", "som", "--all", *names, "--minutes", "45", "-f", "json")
    assert done.code == 0, done.err
    planned = done.json["interviews"]
    assert len(planned) == 90
    kits = {(each["candidate"], each["interviewer"]): each["kit"] for each in planned}
    for candidate in {each["candidate"] for each in planned}:
        own = [kits[candidate, who] for who in ("ivy", "joe", "kim")]
        assert all(own)
        assert all(set(one).isdisjoint(other) for one, other in combinations(own, 2))
        assert own == [kits["candidate-1", who] for who in ("ivy", "joe", "kim")], "everybody is asked the same"
    rubric = opening("rubric", "show", "sales-operations-manager", "-f", "json").json["rubric"]
    asked = {question for who in ("ivy", "joe", "kim") for question in kits["candidate-1", who]}
    covered = {each for q in rubric["questions"] if q["id"] in asked for each in q["criteria"]}
    assert covered == {each["id"] for each in rubric["criteria"]}


@pytest.mark.slow
def test_without_minutes_all_questions_are_shared_out(opening: Run) -> None:
    done = opening(
        "interview", "schedule", "som", "--all", "--interviewer", "ivy", "--interviewer", "joe", "-f", "json"
    )
    rubric = opening("rubric", "show", "sales-operations-manager", "-f", "json").json["rubric"]
    first = [each["kit"] for each in done.json["interviews"] if each["candidate"] == "candidate-1"]
    assert sorted(chain.from_iterable(first)) == sorted(question["id"] for question in rubric["questions"])


@pytest.mark.slow
def test_whoever_is_planned_already_is_left_out_and_named(opening: Run) -> None:
    assert opening("interview", "schedule", "som", "candidate-7", "ivy", "--question", "bottlenecks").code == 0
    assert opening("candidate", "withdraw", "som", "candidate-9").code == 0
    both = ("--interviewer", "ivy", "--interviewer", "joe")
    done = opening("interview", "schedule", "som", "--all", *both, "-f", "json")
    assert len(done.json["interviews"]) == 57
    assert "Ivy has an interview with Candidate 7 already" in done.err
    joe = next(each for each in done.json["interviews"] if each["id"] == "som/candidate-7/joe")
    assert "bottlenecks" not in joe["kit"]


@pytest.mark.slow
def test_criteria_that_nobody_asks_about_are_named(opening: Run) -> None:
    done = opening("interview", "schedule", "som", "--all", "--interviewer", "ivy", "--minutes", "20")
    assert done.code == 0
    assert "criterion-unasked" in done.err


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--all",), "no --interviewer is given"),
        (("--all", "--interviewer", "ivy", "--at", "2026-03-02T10:00"), "--at says how one candidate"),
        (("--all", "--interviewer", "nobody"), "no interviewer 'nobody'"),
        (("--all", "--interviewer", "ivy", "--minutes", "2"), "opening and close take 10"),
        (("--all", "--interviewer", "ivy", "--minutes", "12"), "no question that fits"),
        (("--from", "x.csv", "--minutes", "40"), "--minutes says how one candidate"),
        (("--from", "no-such.csv"), "there is no file 'no-such.csv'"),
        (("candidate-1",), "no INTERVIEWER is given"),
        ((), "no CANDIDATE is given"),
        (("candidate-1", "ivy", "--at", "soon"), "'soon' is no date and time"),
    ],
)
def test_what_does_not_go_together_is_refused_and_changes_nothing(
    opening: Run, words: tuple[str, ...], said: str
) -> None:
    done = opening("interview", "schedule", "som", *words)
    assert done.code in (1, 2)
    assert said in done.err
    assert opening("interview", "list", "som", "-f", "json").json["interviews"] == []


@pytest.mark.usefixtures("berlin")
def test_a_file_plans_times_in_the_zone_that_is_named(opening: Run, tmp_path: Path) -> None:
    file = plan_file(
        tmp_path,
        "candidate,interviewer,at,minutes,location,questions\n"
        "Candidate 1,ivy@firm.example,2026-03-02 09:00,45,Room 3,\n"
        "candidate-2,JOE,2026-07-02T09:00,,,bottlenecks;large-data\n",
    )
    done = opening("interview", "schedule", "som", "--from", file, "-f", "json")
    assert done.code == 0, done.err
    first, second = done.json["interviews"]
    assert (first["id"], first["scheduled_at"], first["location"]) == (
        "som/candidate-1/ivy", "2026-03-02T08:00:00+00:00", "Room 3",
    )  # fmt: skip
    assert second["scheduled_at"] == "2026-07-02T07:00:00+00:00"
    assert second["kit"] == ["bottlenecks", "large-data"]
    listed = opening("interview", "list", "som")
    assert "Europe/Berlin" in listed.out.replace("\n", " ")
    assert "2026-03-02 09:00" in listed.out
    assert opening("where", "-f", "json").json["settings"]["timezone"] == {
        "value": "Europe/Berlin",
        "source": "HIRINGKIT_TZ",
    }


@pytest.mark.slow
def test_a_file_is_planned_whole_or_not_at_all(opening: Run, tmp_path: Path) -> None:
    file = plan_file(
        tmp_path,
        "candidate,interviewer,at,minutes,questions\n"
        "candidate-1,ivy,2026-03-02T09:00,45,\n"
        "candidate-99,ivy,,,\n"
        "candidate-2,nobody,,,\n"
        "candidate-3,ivy,,,no-such-question\n"
        "candidate-1,ivy,,,\n",
    )
    done = opening("interview", "schedule", "som", "--from", file)
    assert done.code == 1
    for said in (
        f"{file}:3:1: error not-planned candidate: ",
        f"{file}:4:13: error not-planned interviewer: ",
        f"{file}:5:19: error not-planned questions: the rubric asks no question 'no-such-question'",
        f"{file}:6:13: error not-planned interviewer: there is an interview 'som/candidate-1/ivy' already",
    ):
        assert said in done.err
    assert opening("interview", "list", "som", "-f", "json").json["interviews"] == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("candidate,interviewer,at\ncandidate-1,ivy,soon\n", ":2:17: error time at: 'soon' is no date and time"),
        ("candidate,interviewer,minutes\ncandidate-1,ivy,-3\n", ":2:17: error minutes minutes:"),
        ("candidate,interviewer,minutes\ncandidate-1,ivy,nan\n", ":2:17: error minutes minutes:"),
        ("candidate,interviewer\n,ivy\n", ":2:1: error empty-id candidate:"),
        ("candidate,interviewer\ncandidate-1\n", ":2: error row-length"),
        ("candidate\ncandidate-1\n", ":1: error missing-column interviewer"),
        ("candidate,interviewer\n", "no-rows"),
        ('candidate,interviewer\n"candidate-1,ivy\n', "unclosed-quote"),
        ("", "empty-file"),
    ],
)
def test_a_broken_file_is_refused_with_the_place(opening: Run, tmp_path: Path, text: str, said: str) -> None:
    done = opening("interview", "schedule", "som", "--from", plan_file(tmp_path, text))
    assert done.code == 1
    assert said in done.err
    assert "nothing" not in opening("interview", "list", "som", "-f", "json").out


@pytest.mark.slow
def test_who_is_in_two_interviews_at_once_is_named(opening: Run, tmp_path: Path) -> None:
    file = plan_file(
        tmp_path,
        "candidate,interviewer,at,questions\n"
        "candidate-1,ivy,2026-03-02T09:00,bottlenecks\n"
        "candidate-2,ivy,2026-03-02T09:03,bottlenecks\n"
        "candidate-2,joe,2026-03-02T09:00,bottlenecks\n"
        "candidate-3,kim,2026-03-02T09:00,bottlenecks\n"
        "candidate-4,kim,2026-03-02T12:00,bottlenecks\n",
    )
    done = opening("interview", "schedule", "som", "--from", file)
    assert done.code == 0
    booked = [line for line in done.err.splitlines() if "double-booked" in line]
    assert len(booked) == 2
    assert f"{file}:3:17: warning double-booked" in done.err
    assert "Ivy has two interviews at once: som/candidate-1/ivy from 2026-03-02 09:00" in done.err
    assert "Candidate 2 has two interviews at once" in done.err

    again = opening("interview", "schedule", "som", "candidate-5", "kim", "--at", "2026-03-02T12:01")
    assert "Kim has two interviews at once" in again.err
    moved = opening("interview", "edit", "som/candidate-5/kim", "--at", "2026-03-02T15:00")
    assert "double-booked" not in moved.err
    back = opening("interview", "edit", "som/candidate-5/kim", "--at", "2026-03-02T12:00")
    assert "double-booked" in back.err
    assert opening("interview", "cancel", "som/candidate-4/kim", "--reason", "ill").code == 0
    assert "double-booked" not in opening("interview", "edit", "som/candidate-5/kim", "--at", "2026-03-02T12:02").err


@pytest.mark.slow
@pytest.mark.usefixtures("berlin")
def test_a_calendar_is_one_and_hostile_names_are_only_text(opening: Run, tmp_path: Path) -> None:
    assert opening("candidate", "add", "som", HOSTILE, "--id", "eve").code == 0
    target = tmp_path / "panel.ics"
    done = opening(
        "interview", "schedule", "som", "eve", "ivy", "--question", "bottlenecks",
        "--at", "2026-03-02T14:00", "--location", "Room 3; left, then\\up", "-o", str(target),
    )  # fmt: skip
    assert done.code == 0, done.err
    data = target.read_bytes()
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert b"\x1b" not in data
    (event,) = events(data)
    assert not event.errors
    assert event["DTSTART"].dt.isoformat() == "2026-03-02T13:00:00+00:00"
    assert event["DTEND"].dt > event["DTSTART"].dt
    assert "王小明" in event["SUMMARY"]
    assert "Sales Operations Manager" in event["SUMMARY"]
    assert event["LOCATION"] == "Room 3; left, then\\up"
    assert event["ATTENDEE"] == "mailto:ivy@firm.example"
    assert event["STATUS"] == "CONFIRMED"
    assert event["UID"] == "som/eve/ivy@hiringkit"


@pytest.mark.slow
def test_an_interviewers_calendar_holds_nobodys_opinion(opening: Run, tmp_path: Path) -> None:
    for who in ("ivy", "joe"):
        words = ("--question", "bottlenecks", "--at", "2026-03-02T14:00")
        assert opening("interview", "schedule", "som", "candidate-1", who, *words).code == 0
    rated = ("interview", "rate", "som/candidate-1/joe", "bottlenecks", "4", "--evidence", "SECRET", "--as", "joe")
    assert opening(*rated).code == 0
    submitted = (
        "interview",
        "submit",
        "som/candidate-1/joe",
        "--recommend",
        "no",
        "--summary",
        "SECRET",
        "--as",
        "joe",
    )
    assert opening(*submitted).code == 0
    assert opening("interview", "cancel", "som/candidate-1/ivy", "--reason", "ill").code == 0
    target = tmp_path / "panel.ics"
    assert opening("interview", "list", "som", "--as", "ivy", "-o", str(target)).code == 0
    assert "SECRET" not in target.read_text(encoding="utf-8")
    states = [event["STATUS"] for event in events(target.read_bytes())]
    assert sorted(states) == ["CANCELLED", "CONFIRMED"]


@pytest.mark.slow
def test_what_has_no_times_makes_no_calendar_and_changes_nothing(opening: Run, tmp_path: Path) -> None:
    done = opening("candidate", "add", "som", "Late", "-o", str(tmp_path / "x.ics"))
    assert done.code == 2
    assert "no calendar" in done.err
    assert not (tmp_path / "x.ics").exists()
    assert len(opening("candidate", "list", "som", "-f", "json").json["candidates"]) == 30
    empty = opening("interview", "list", "som", "-o", str(tmp_path / "y.ics"))
    assert empty.code == 0
    assert "the calendar is empty" in empty.err


@pytest.mark.slow
def test_outstanding_lists_all_openings_by_interviewer_and_date(opening: Run) -> None:
    assert opening("outstanding").out.count("every scorecard is in") == 1
    assert opening("opening", "create", "two", "--rubric", "sales-operations-manager", "--title", "Second").code == 0
    assert opening("candidate", "add", "two", "Zoe").code == 0
    for at, where, who, candidate in (
        ("2026-03-03T09:00", "som", "joe", "candidate-1"),
        ("2026-03-02T09:00", "two", "joe", "zoe"),
        ("2026-03-04T09:00", "som", "ivy", "candidate-2"),
        ("2026-03-01T09:00", "som", "kim", "candidate-3"),
    ):
        words = ("--question", "bottlenecks", "--at", at)
        assert opening("interview", "schedule", where, candidate, who, *words).code == 0
    assert opening("interview", "rate", "som/candidate-3/kim", "bottlenecks", "3", "--as", "kim").code == 0
    assert opening("interview", "submit", "som/candidate-3/kim", "--recommend", "yes", "--as", "kim").code == 0
    done = opening("outstanding", "-f", "json")
    assert [each["id"] for each in done.json["outstanding"]] == [
        "som/candidate-2/ivy", "two/zoe/joe", "som/candidate-1/joe",
    ]  # fmt: skip
    assert [each["overdue"] for each in done.json["outstanding"]] == [True, True, True]
    shown = opening("outstanding").out
    assert "Zoe" in shown
    assert "Second" in shown
    assert len(opening("outstanding", "--interviewer", "Joe", "-f", "json").json["outstanding"]) == 2
    assert len(opening("outstanding", "--as", "ivy", "-f", "json").json["outstanding"]) == 1
    assert opening("outstanding", "-f", "csv").out.startswith("interviewer,scheduled_at,candidate,opening,state")
    assert opening("outstanding", "--opening", "nowhere").code == 1


@pytest.mark.slow
def test_interviews_are_listed_by_state(opening: Run) -> None:
    for candidate in ("candidate-1", "candidate-2", "candidate-3", "candidate-4"):
        assert opening("interview", "schedule", "som", candidate, "ivy", "--question", "bottlenecks").code == 0
    for candidate in ("candidate-2", "candidate-3"):
        assert opening("interview", "rate", f"som/{candidate}/ivy", "bottlenecks", "3", "--as", "ivy").code == 0
    assert opening("interview", "submit", "som/candidate-3/ivy", "--recommend", "no", "--as", "ivy").code == 0
    assert opening("interview", "cancel", "som/candidate-4/ivy", "--reason", "ill").code == 0

    def listed(*states: str) -> list[str]:
        words = [word for state in states for word in ("--state", state)]
        done = opening("interview", "list", "som", *words, "-f", "json")
        return [each["candidate"][-1] for each in done.json["interviews"]]

    assert listed("scheduled") == listed("planned") == ["1"]
    assert listed("started") == ["2"]
    assert listed("submitted", "cancelled") == ["3", "4"]
    assert listed("owed") == ["1", "2"]
    assert opening("interview", "list", "som", "--state", "lost").code == 2
