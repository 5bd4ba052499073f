"""Openings, candidates, interviewers and interviews in lists and one by one."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from attrs import evolve

from hiringkit.domain.interview import Interview, InterviewProgress, InterviewState, Mark, Opening, Rating, Scorecard
from hiringkit.domain.people import Candidate, Interviewer
from hiringkit.domain.question import Question, QuestionKind
from hiringkit.domain.rubric import Rubric, default_scale
from hiringkit.report.model import Report
from hiringkit.report.render.text import render
from hiringkit.report.views.interview import interview_report, interviews_report
from hiringkit.report.views.opening import opening_report, openings_report
from hiringkit.report.views.people import candidate_report, candidates_report, interviewer_report, interviewers_report
from hiringkit.text.language import Text

Expected = Callable[[str], str]

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
KIT = ("bottlenecks", "large-data")
OPENING = Opening("som-2026", "销售运营经理 Shanghai", "sales-operations-manager", "1.0.0", "sha256:00ff", NOW)
WANG = Candidate("wang", "王小明", "wang@example.org", "note one\nnote two")
ANN = Candidate("ann-lee", "Ann Lee", withdrawn_at=NOW)
MAX = Interviewer("max", "Max Strict", "max@example.org")
SUBMITTED = Interview(
    "som-2026/wang/max",
    "som-2026",
    "wang",
    "max",
    KIT,
    InterviewState.SUBMITTED,
    (Rating("bottlenecks", 4, "timed every stage\nand cut two", (0, 2), NOW), Rating("large-data", Mark.NO_EVIDENCE)),
    (
        Scorecard(1, NOW, (Rating("bottlenecks", 5), Rating("large-data", Mark.NO_EVIDENCE)), "yes", "solid"),
        Scorecard(
            2, NOW, (Rating("bottlenecks", 4), Rating("large-data", Mark.NO_EVIDENCE)), "yes", "solid", "misheard"
        ),
    ),
)
STARTED = Interview(
    "som-2026/ann-lee/max",
    "som-2026",
    "ann-lee",
    "max",
    KIT,
    InterviewState.STARTED,
    (Rating("bottlenecks", 4), Rating("large-data")),
)
PLANNED = Interview("som-2026/wang/mia", "som-2026", "wang", "mia", KIT, scheduled_at=NOW)
RUBRIC = Rubric(
    "sales-operations-manager",
    "1.0.0",
    Text("Sales Operations Manager"),
    default_scale(),
    (),
    (
        Question("bottlenecks", QuestionKind.BEHAVIOURAL, Text(en="Where did it get stuck?", zh="卡在哪里？"), {}),
        Question("large-data", QuestionKind.SITUATIONAL, Text("How do you start?"), {}),
    ),
)

REPORTS: dict[str, Report] = {
    "openings": openings_report(
        [OPENING, evolve(OPENING, id="old", closed_at=NOW)], {OPENING.id: InterviewProgress(2, 2, 1)}
    ),
    "opening": opening_report(OPENING, [WANG, ANN], [MAX], [SUBMITTED, STARTED]),
    "candidates": candidates_report([WANG, ANN], [SUBMITTED, STARTED, PLANNED], opening="som-2026"),
    "candidate": candidate_report(
        WANG, [SUBMITTED, PLANNED], opening="som-2026", title=OPENING.title, interviewers={"max": "Max Strict"}
    ),
    "interviewers": interviewers_report([MAX, Interviewer("mia", "赵敏")]),
    "interviewer": interviewer_report(
        MAX,
        [SUBMITTED, STARTED],
        openings={"som-2026": OPENING.title},
        candidates={("som-2026", "wang"): "王小明", ("som-2026", "ann-lee"): "Ann Lee"},
    ),
    "interviews": interviews_report([SUBMITTED, STARTED, PLANNED], {"wang": "王小明"}, {"max": "Max Strict"}),
    "interview": interview_report(SUBMITTED, RUBRIC, candidate="王小明", interviewer="Max Strict", language="zh"),
}


@pytest.mark.parametrize("name", sorted(REPORTS))
@pytest.mark.parametrize("width", [80, 120])
def test_each_view_is_shown_to_the_letter(name: str, width: int, expected: Expected) -> None:
    assert render(REPORTS[name], width=width) == expected(f"{name}-{width}.txt")


def document(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(render(REPORTS[name], "json"))
    return loaded


@pytest.mark.parametrize(
    ("report", "command"),
    [
        (openings_report([]), "hiringkit opening create ID --rubric RUBRIC"),
        (candidates_report([], opening="som-2026"), "hiringkit candidate add som-2026 NAME"),
        (candidates_report([]), "hiringkit candidate add OPENING NAME"),
        (interviewers_report([]), "hiringkit interviewer add NAME --email ADDRESS"),
        (
            interviews_report([], {}, {}, opening="som-2026"),
            "hiringkit interview schedule som-2026 CANDIDATE INTERVIEWER",
        ),
        (candidate_report(WANG, opening="som"), "hiringkit interview schedule som CANDIDATE INTERVIEWER"),
    ],
)
def test_where_there_is_nothing_the_next_command_is_named(report: Report, command: str) -> None:
    assert command in render(report, width=120)
    assert command.split()[1] in render(report, "markdown")


def test_openings_count_their_interviews() -> None:
    first = document("openings")["openings"][0]
    assert (first["id"], first["created_at"], first["closed_at"]) == ("som-2026", "2026-03-02T09:30:00+00:00", None)
    assert (first["interviews"], first["submitted"]) == (2, 1)


def test_a_list_of_interviews_tells_progress_and_never_a_level() -> None:
    for name in ("opening", "candidate", "interviewer", "interviews"):
        for interview in document(name)["interviews"]:
            assert not {"ratings", "scorecards"} & set(interview)
    assert [(i["state"], i["questions"], i["rated"]) for i in document("interviews")["interviews"]] == [
        ("submitted", 2, 2),
        ("started", 2, 1),
        ("scheduled", 2, 0),
    ]


def test_how_far_an_interview_is_that_may_not_be_seen_is_not_known() -> None:
    hidden = interviews_report([evolve(STARTED, ratings=())], {}, {})
    assert "? of 2" in render(hidden)
    assert json.loads(render(hidden, "json"))["interviews"][0]["rated"] is None
    submitted = interviews_report([evolve(SUBMITTED, ratings=(), scorecards=())], {}, {})
    assert "2 of 2" in render(submitted)


def test_an_interview_shows_its_own_ratings_with_what_was_asked() -> None:
    interview = document("interview")
    assert interview["ratings"] == [
        {
            "question": "bottlenecks",
            "rating": 4,
            "evidence": "timed every stage\nand cut two",
            "probes": [1, 3],
            "rated_at": "2026-03-02T09:30:00+00:00",
            "after_seeing": False,
        },
        {
            "question": "large-data",
            "rating": "no-evidence",
            "evidence": "",
            "probes": [],
            "rated_at": None,
            "after_seeing": False,
        },
    ]
    assert [(card["number"], card["reason"]) for card in interview["scorecards"]] == [(1, ""), (2, "misheard")]


def test_a_question_that_is_not_yet_rated_says_so() -> None:
    text = render(interview_report(STARTED, RUBRIC, candidate="Ann", interviewer="Max"))
    assert "not yet rated" in text


def test_ids_are_never_cut_because_they_are_typed() -> None:
    long = "an-opening-with-a-rather-long-id-that-somebody-has-to-type-in"
    text = render(openings_report([evolve(OPENING, id=long)]), width=80)
    assert long in text


def test_candidates_as_csv_leave_empty_what_is_not_known() -> None:
    assert render(REPORTS["candidates"], "csv") == (
        "id,name,state,submitted,email\n"
        "wang,王小明,in the running,1 of 2,wang@example.org\n"
        "ann-lee,Ann Lee,withdrawn 2026-03-02,0 of 1,\n"
    )
