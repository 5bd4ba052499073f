"""`hiringkit panel`: planned, shown, scheduled, planned anew, and refused."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
PEOPLE = ("ivy", "joe", "kim", "lea", "max")


@pytest.fixture
def opening(hk: Run) -> Run:
    """Run on an opening `som` of four invented candidates, with five interviewers."""
    assert hk("opening", "create", "som", "--rubric", "sales-operations-analyst").code == 0
    assert hk("candidate", "import", "som", "-", typed="name\nAda\nBo\nCy\nDi\n").code == 0
    assert hk("interviewer", "import", "-", typed="name\n" + "".join(f"{who.title()}\n" for who in PEOPLE)).code == 0
    return hk


def audit(run: Run, action: str) -> list[Any]:
    return [each for each in run("audit", "log", "-f", "json").json["events"] if each["action"] == action]


def saved(folder: Path, text: str, name: str = "availability.yaml") -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


@pytest.mark.slow
def test_a_plan_is_kept_shown_and_written_down_and_nothing_is_scheduled(opening: Run) -> None:
    done = opening("panel", "plan", "som", "--interviews", "3", "-f", "json")
    assert done.code == 0, done.err
    made = done.json
    assert made["number"] == 1
    assert len(made["kits"]) == 3
    assert len(made["interviews"]) == 12
    assert all(each["met"] for each in made["criteria"])
    assert made["gap"] <= 0.05
    assert 0 < made["predicted"]["reliability"] < 1
    assert opening("panel", "show", "som", "-f", "json").json == made
    assert opening("interview", "list", "som", "-f", "json").json["interviews"] == []
    (event,) = audit(opening, "panel.plan")
    assert event["detail"] == {"number": 1, "kits": 3, "interviews": 12, "scheduled": False}


@pytest.mark.slow
def test_people_read_kits_meetings_orders_and_on_request_what_is_covered(opening: Run) -> None:
    done = opening("panel", "plan", "som", "--interviewer", "ivy", "--interviewer", "Joe", "--interviewer", "kim")
    assert done.code == 0, done.err
    for said in ("What is asked", "Who meets whom", "In this order", "Ivy", "Ada", "not scheduled: 12"):
        assert said in done.out
    assert "How criteria are covered" not in done.out
    explained = opening("panel", "show", "som", "--explain").out
    assert "How criteria are covered" in explained
    assert "Predicted reliability" in " ".join(explained.split())
    assert "| " in opening("panel", "show", "som", "-f", "markdown").out
    assert "面试" in opening("--lang", "zh", "panel", "show", "som", "--explain").out


@pytest.mark.slow
def test_the_rows_of_a_plan_can_be_scheduled_from_a_file(opening: Run, here: Path) -> None:
    made = opening("panel", "plan", "som", "--interviews", "3", "-f", "json").json
    assert opening("panel", "show", "som", "-f", "csv", "-o", "plan.csv").code == 0
    done = opening("interview", "schedule", "som", "--from", "plan.csv", "-f", "json")
    assert done.code == 0, done.err
    there = {(each["candidate"], each["interviewer"]): each["kit"] for each in done.json["interviews"]}
    assert there == {(each["candidate"], each["interviewer"]): each["questions"] for each in made["interviews"]}


@pytest.mark.slow
def test_it_schedules_what_it_has_planned(opening: Run) -> None:
    made = opening("panel", "plan", "som", "--schedule", "-f", "json").json
    assert {each["state"] for each in made["interviews"]} == {"scheduled"}
    held = opening("interview", "list", "som", "-f", "json").json["interviews"]
    assert {(each["candidate"], each["interviewer"]): each["kit"] for each in held} == {
        (each["candidate"], each["interviewer"]): each["questions"] for each in made["interviews"]
    }
    again = opening("panel", "plan", "som")
    assert again.code == 1
    assert "hiringkit panel replan som" in again.err


@pytest.mark.slow
def test_what_has_begun_stays_and_the_rest_is_moved_and_cancelled(opening: Run, here: Path) -> None:
    made = opening("panel", "plan", "som", "--schedule", "-f", "json").json
    first = made["interviews"][0]
    who, kit = first["interviewer"], first["kit"]
    begun = f"som/{first['candidate']}/{who}"
    assert opening("interview", "rate", begun, first["questions"][0], "4", "--as", who).code == 0
    others = [each for each in PEOPLE if each != who]
    terms = f"interviewers:\n  {who}: {{at_most: 1}}\n" + "".join(f"  {each}: {{}}\n" for each in others)
    words = ("panel", "replan", "som", "--availability", saved(here, terms), "-f", "json")
    planned = opening(*words).json
    assert planned["number"] == 2
    assert [each["interviewer"] for each in planned["interviews"]].count(who) == 1
    assert "cancelled" not in opening("interview", "list", "som").out
    again = opening(*words, "--schedule").json
    kept = [each for each in again["interviews"] if each in made["interviews"] or each["interviewer"] != who]
    assert len(kept) >= 12 - 3
    states = {
        each["id"]: each["state"] for each in opening("interview", "list", "som", "-f", "json").json["interviews"]
    }
    assert states[begun] == "started"
    assert [state for name, state in states.items() if name.endswith(f"/{who}")].count("cancelled") == 3
    assert [kit["questions"] for kit in again["kits"]] == [kit["questions"] for kit in made["kits"]]
    assert len([each for each in again["interviews"] if each["kit"] == kit]) == 4


@pytest.mark.slow
def test_a_planned_interview_is_given_to_somebody_else(opening: Run) -> None:
    words = ("panel", "plan", "som", "--interviewer", "ivy", "--interviewer", "joe", "--interviewer", "kim")
    planned = opening(*words, "-f", "json").json["interviews"][0]
    candidate, old, kit = planned["candidate"], planned["interviewer"], planned["kit"]
    assert "hiringkit panel show" in opening("panel", "reassign", "som", candidate, "max", "lea").err
    done = opening("panel", "reassign", "som", candidate.upper(), old, "Lea", "-f", "json")
    assert done.code == 0, done.err
    assert done.json["number"] == 2
    found = {(each["candidate"], each["interviewer"]): each["kit"] for each in done.json["interviews"]}
    assert (candidate, old) not in found
    assert found[candidate, "lea"] == kit
    again = opening("panel", "reassign", "som", candidate, "lea", "Lea")
    assert "'lea' is to meet" in again.err
    assert again.code == 1
    assert opening("panel", "show", "som", "-f", "json").json["number"] == 2
    assert opening("panel", "reassign", "som", candidate, "lea", old, "--as", "ivy").code == 1


@pytest.mark.slow
def test_the_plan_follows_an_interview_that_is_given_to_somebody_else(opening: Run) -> None:
    words = ("panel", "plan", "som", "--interviewer", "ivy", "--interviewer", "joe", "--interviewer", "kim")
    planned = opening(*words, "--schedule", "-f", "json").json["interviews"][0]
    candidate, old = planned["candidate"], planned["interviewer"]
    place = f"som/{candidate}/{old}"
    assert opening("interview", "edit", place, "--interviewer", "max", "--at", "2026-03-02T14:00").code == 0
    shown = opening("panel", "show", "som", "-f", "json").json
    [moved] = [e for e in shown["interviews"] if (e["candidate"], e["interviewer"]) == (candidate, "max")]
    assert (moved["kit"], moved["state"], moved["at"][:10]) == (planned["kit"], "scheduled", "2026-03-02")
    assert len(shown["interviews"]) == 12
    before = opening("interview", "list", "som", "-f", "json").json["interviews"]
    assert opening("panel", "replan", "som", "--schedule").code == 0
    assert opening("interview", "list", "som", "-f", "json").json["interviews"] == before
    assert opening("audit", "verify").code == 0


@pytest.mark.slow
def test_planning_anew_without_a_change_changes_nothing(opening: Run) -> None:
    made = opening("panel", "plan", "som", "--schedule", "-f", "json").json
    again = opening("panel", "replan", "som", "--schedule", "-f", "json").json
    assert [{**each, "order": 0} for each in again["interviews"]] == [
        {**each, "order": 0} for each in made["interviews"]
    ]
    assert audit(opening, "interview.edit") == audit(opening, "interview.cancel") == []


@pytest.mark.slow
def test_a_withdrawn_candidate_and_a_new_one_are_planned_anew(opening: Run) -> None:
    made = opening("panel", "plan", "som", "--schedule", "-f", "json").json
    assert opening("candidate", "withdraw", "som", "bo", "--reason", "another job").code == 0
    assert opening("candidate", "add", "som", "Flo").code == 0
    again = opening("panel", "replan", "som", "--schedule", "-f", "json").json
    assert {each["candidate"] for each in again["interviews"]} == {"ada", "cy", "di", "flo"}
    stays = [(e["candidate"], e["interviewer"], e["kit"]) for e in made["interviews"] if e["candidate"] != "bo"]
    assert set(stays) <= {(e["candidate"], e["interviewer"], e["kit"]) for e in again["interviews"]}


@pytest.mark.slow
def test_interviews_that_were_scheduled_by_hand_stay_and_nothing_is_asked_twice(opening: Run) -> None:
    done = opening("interview", "schedule", "som", "ada", "ivy", "--minutes", "20", "-f", "json")
    (held,) = done.json["interviews"]
    made = opening("panel", "plan", "som", "--schedule", "-f", "json").json
    own = [each for each in made["interviews"] if each["candidate"] == "ada"]
    assert all(each["interviewer"] != "ivy" for each in own)
    assert not {question for each in own for question in each["questions"]} & set(held["kit"])
    assert opening("interview", "show", held["id"], "-f", "json").json["kit"] == held["kit"]


@pytest.mark.slow
def test_times_are_kept_and_shown(opening: Run, here: Path) -> None:
    hours = ", ".join(f"2026-03-02T{hour:02}:00" for hour in range(8, 16))
    terms = "interviewers:\n" + "".join(f"  {who}: {{minutes: 60, times: [{hours}]}}\n" for who in PEOPLE)
    terms += "candidates:\n  ada: {times: [2026-03-02T08:00, 2026-03-02T09:00, 2026-03-02T10:00]}\n"
    done = opening("panel", "plan", "som", "--availability", saved(here, terms), "--schedule", "-f", "json")
    assert done.code == 0, done.err
    assert "double-booked" not in done.err
    assert all(each["at"] for each in done.json["interviews"])
    ada = {each["at"] for each in done.json["interviews"] if each["candidate"] == "ada"}
    assert {at[11:13] for at in ada} <= {"08", "09", "10"}
    assert len({(each["interviewer"], each["at"]) for each in done.json["interviews"]}) == len(done.json["interviews"])


@pytest.mark.slow
def test_csv_says_the_same_as_yaml(opening: Run, here: Path) -> None:
    header = "interviewer,minutes,at_most,asks,apart"
    rows = [header, "ivy,45,3,data-analysis; data-governance,ada", "Joe,60,,,", "kim,60,,,", "lea,60,,,"]
    ivy = "  ivy: {minutes: 45, at_most: 3, asks: [data-analysis, data-governance], apart: [ada]}"
    lines = ["interviewers:", ivy, *(f"  {who}: {{minutes: 60}}" for who in ("Joe", "kim", "lea"))]
    made = [
        opening("panel", "plan", "som", "--availability", file, "-f", "json").json
        for file in (saved(here, "\n".join(rows), "a.csv"), saved(here, "\n".join(lines)))
    ]
    for key in ("kits", "interviews", "interviewers"):
        assert made[0][key] == made[1][key]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("interviewers:\n  ivy: {at_mots: 3}\n", "2:9: error unknown-key"),
        ("panel:\n  ivy: {}\n", "1:1: error unknown-key"),
        ("interviewers:\n  ivy: {at_least: 3, at_most: 2}\n", "2:19: error contradiction"),
        ("interviewers:\n  ivy: {at_least: 2, times: [2026-03-02T09:00]}\n", "do not fit into 1 times"),
        ("interviewers:\n  ivy: {minutes: 60, times: [2026-03-02T09:00, 2026-03-02T09:30]}\n", "is not over at"),
        ("interviewers:\n  ivy: {times: [tomorrow]}\n", "2:17: error time"),
        ("interviewers:\n  ivy: {minutes: 0}\n", "error out-of-range"),
        ("interviewers:\n  ivy: {at_most: -1}\n", "error out-of-range"),
        ("interviewers:\n  ivy: {at_most: many}\n", "2:18: error"),
        ("interviewers: [ivy]\n", "1:15: error"),
        ("{", "error yaml-syntax"),
        ("", "error empty-file"),
    ],
)
def test_a_file_of_availability_with_mistakes_is_named_with_line_and_column(
    opening: Run, here: Path, text: str, said: str
) -> None:
    done = opening("panel", "plan", "som", "--availability", saved(here, text))
    assert done.code == 1
    assert said in done.err
    assert opening("panel", "show", "som").code == 1


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("interviewer,at_mots\nivy,3\n", "error unknown-column"),
        ("minutes\n45\n", "error missing-column"),
        ("interviewer,at_most\nivy,many\n", "2:5: error out-of-range"),
        ("interviewer,at_least,at_most\nivy,3,2\n", "2:5: error contradiction"),
        ("interviewer\nivy\nivy\n", "3:1: error contradiction"),
        ("interviewer,times\nivy,2026-03-02T09:00; noon\n", "error time"),
        ("interviewer,minutes\n,45\n", "error empty-id"),
        ("interviewer,minutes\n", "error no-rows"),
        ("interviewer,minutes\nivy\n", "error"),
    ],
)
def test_rows_of_availability_with_mistakes_are_named_with_line_and_column(
    opening: Run, here: Path, text: str, said: str
) -> None:
    done = opening("panel", "plan", "som", "--availability", saved(here, text, "a.csv"))
    assert done.code == 1
    assert said in done.err


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("interviewers: {ivvy: {}}\n", "did you mean 'ivy'?"),
        ("interviewers: {ivy: {asks: [data-analysi]}}\n", "did you mean 'data-analysis'?"),
        ("interviewers: {ivy: {apart: [adda]}}\n", "did you mean 'ada'?"),
        ("interviewers: {ivy: {}}\ncandidates: {zed: {}}\n", "zed"),
    ],
)
def test_whoever_is_not_known_is_named_with_the_nearest(opening: Run, here: Path, text: str, said: str) -> None:
    done = opening("panel", "plan", "som", "--availability", saved(here, text))
    assert done.code == 1
    assert said in done.err


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--interviewer", "ivy"), "2 qualified interviewers, and there are 1"),
        (("--each", "9"), "panel-conflict"),
        (("--minutes", "12"), "more minutes in each interview would do"),
        (("--interviews", "1"), "--interviews 2"),
        (("--margin", "900"), "panel-conflict"),
    ],
)
def test_where_there_is_no_plan_what_conflicts_is_named_and_nothing_is_kept(
    opening: Run, words: tuple[str, ...], said: str
) -> None:
    done = opening("panel", "plan", "som", *words)
    assert done.code == 1
    assert "no panel plan" in done.err
    assert said in done.err
    assert opening("panel", "show", "som").code == 1


@pytest.mark.slow
def test_more_interviews_than_interviewers_are_a_usage_error(opening: Run) -> None:
    done = opening("panel", "plan", "som", "--interviews", "9")
    assert done.code == 2
    assert "there are 5" in done.err


@pytest.mark.slow
def test_nobody_qualified_is_said(opening: Run, here: Path) -> None:
    terms = "interviewers:\n" + "".join(f"  {who}: {{asks: [data-analysis]}}\n" for who in PEOPLE)
    done = opening("panel", "plan", "som", "--availability", saved(here, terms), "-f", "json")
    assert done.code == 1
    assert {each["code"] for each in done.json["findings"]} == {"panel-conflict"}
    assert "qualified" in done.err


def test_one_candidate_is_planned_too(hk: Run) -> None:
    hk("opening", "create", "som", "--rubric", "sales-operations-analyst")
    assert "candidate add som" in hk("panel", "plan", "som").err
    hk("candidate", "add", "som", "Ada")
    assert "interviewer add" in hk("panel", "plan", "som").err
    for who in PEOPLE:
        hk("interviewer", "add", who.title())
    done = hk("panel", "plan", "som", "--explain", "-f", "json")
    assert done.code == 0, done.err
    assert done.json["predicted"]["chance_best"] is None
    assert hk("panel", "show", "som", "--explain").code == 0


@pytest.mark.slow
def test_only_a_recruiter_plans_and_everybody_may_look(opening: Run) -> None:
    assert "only a recruiter" in opening("panel", "plan", "som", "--as", "ivy").err
    assert "no panel plan" in opening("panel", "replan", "som").err
    assert opening("panel", "plan", "som").code == 0
    assert "only a recruiter" in opening("panel", "replan", "som", "--as", "ivy").err
    assert opening("panel", "show", "som", "--as", "ivy").code == 0
    assert opening("panel", "show", "som", "--as", "nobody").code == 1
    assert opening("opening", "close", "som").code == 0
    assert "is closed" in opening("panel", "replan", "som").err


@pytest.mark.slow
def test_a_dropped_question_is_not_planned(opening: Run) -> None:
    made = opening("panel", "plan", "som", "-f", "json").json
    question = made["kits"][0]["questions"][0]
    assert opening("rubric", "drop-question", "som", question, "--reason", "leaked").code == 0
    again = opening("panel", "replan", "som", "-f", "json").json
    assert question not in {each for kit in again["kits"] for each in kit["questions"]}


@pytest.mark.slow
def test_interviews_of_a_plan_cannot_be_fewer_than_before(opening: Run) -> None:
    opening("panel", "plan", "som", "--interviews", "4")
    assert opening("panel", "replan", "som", "--interviews", "3").code == 2


@pytest.mark.slow
def test_the_audit_log_vouches_for_what_is_scheduled_changed_and_cancelled(opening: Run, here: Path) -> None:
    opening(
        "panel", "plan", "som", "--interviewer", "ivy", "--interviewer", "joe", "--interviewer", "kim", "--schedule"
    )
    terms = "interviewers: {ivy: {at_most: 1}, joe: {}, kim: {minutes: 50}, lea: {}}\n"
    done = opening("panel", "replan", "som", "--availability", saved(here, terms), "--schedule", "-f", "json")
    assert done.code == 0, done.err
    assert audit(opening, "interview.cancel")
    assert opening("audit", "verify").code == 0


@pytest.mark.slow
def test_an_erased_candidate_is_in_no_plan(opening: Run, here: Path, database: Path) -> None:
    terms = (
        "interviewers: {ivy: {apart: [bo]}, joe: {}, kim: {}, lea: {}}\ncandidates: {bo: {times: [2026-03-02T09:00]}}\n"
    )
    done = opening("panel", "plan", "som", "--availability", saved(here, terms), "--schedule")
    assert done.code == 0, done.err
    assert opening("candidate", "erase", "som", "bo", "--yes").code == 0
    found = opening("panel", "show", "som", "-f", "json")
    assert found.code == 0, found.err
    assert {each["candidate"] for each in found.json["interviews"]} == {"ada", "cy", "di", "erased-1"}
    assert found.json["interviewers"][0]["apart"] == []
    assert b"bo" not in set(database.read_bytes().split(b'"'))
    assert opening("audit", "verify").code == 0
    assert opening("panel", "replan", "som").code == 0
