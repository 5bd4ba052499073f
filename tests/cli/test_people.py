"""People: ids from names of any script, found by id, name or e-mail, shown by name."""

from collections.abc import Callable
from typing import Any

import pytest

Run = Callable[..., Any]


@pytest.mark.parametrize(
    ("name", "identity"),
    [("Łukasz Nowak", "lukasz-nowak"), ("王小明", "wang-xiao-ming"), ("Жанна Д'Арк", "zhanna-d-ark")],
)
def test_a_name_of_any_script_makes_an_id_that_can_be_read(som: Run, name: str, identity: str) -> None:
    assert som("candidate", "add", "som", name, "-f", "json").json["candidates"][0]["id"] == identity
    assert som("interviewer", "add", name, "-f", "json").json["interviewers"][0]["id"] == identity


@pytest.mark.parametrize("who", ["bo", "BO", "Bo Ek", "bo ek", "BO@x.example"])
def test_a_candidate_is_found_by_id_name_or_email_in_any_case(som: Run, who: str) -> None:
    assert som("candidate", "add", "som", "Bo Ek", "--id", "bo-ek", "--email", "bo@X.example").code == 0
    done = som("candidate", "show", "som", who, "-f", "json")
    assert done.json["candidate"]["id"] == ("bo" if who.lower() == "bo" else "bo-ek")
    assert som("interview", "list", "som", "--candidate", who).code == 0


@pytest.mark.parametrize("who", ["IVY", "Ivy", "ivy@FIRM.example"])
def test_an_interviewer_is_found_by_id_name_or_email_in_any_case(som: Run, who: str) -> None:
    assert som("interviewer", "show", who, "-f", "json").json["interviewer"]["id"] == "ivy"
    assert som("candidate", "add", "som", "Cy").code == 0
    assert som("interview", "schedule", "som", "CY", who, "-f", "json").json["interviews"][0]["id"] == "som/cy/ivy"


def test_a_name_that_two_share_is_refused_with_their_ids(som: Run) -> None:
    for identity in ("eva-1", "eva-2"):
        assert som("candidate", "add", "som", "Eva Li", "--id", identity).code == 0
    done = som("candidate", "show", "som", "eva li")
    assert done.code == 1
    assert "eva-1, eva-2" in done.err


@pytest.mark.slow
def test_a_profile_is_found_by_name(rated: Run) -> None:
    assert rated("profile", "som", "ADA").out == rated("profile", "som", "ada").out


def test_people_are_shown_with_the_names_of_whom_they_have_to_do_with(som: Run) -> None:
    assert som("interviewer", "add", "王小明").code == 0
    assert som("candidate", "add", "som", "Łukasz Nowak").code == 0
    assert som("interview", "schedule", "som", "lukasz-nowak", "王小明", "--question", "bottlenecks").code == 0

    shown = som("candidate", "show", "som", "lukasz-nowak")
    assert "王小明" in shown.out
    assert "Sales Operations Manager (som)" in shown.out
    shown = som("interviewer", "show", "wang-xiao-ming")
    assert "Łukasz Nowak" in shown.out
    assert "Sales Operati" in shown.out
    document = som("interviewer", "show", "wang-xiao-ming", "-f", "json").json
    assert document["interviews"][0]["candidate_name"] == "Łukasz Nowak"


def test_the_resume_in_one_line_is_where_the_interview_is_held_and_in_the_audit_log(som: Run) -> None:
    line = "RevOps lead, 6 years of SaaS"
    som("candidate", "add", "som", "Cy", "--resume-line", "Analyst,\nGlobex")
    assert som("candidate", "show", "som", "cy", "-f", "json").json["candidate"]["resume_line"] == "Analyst, Globex"
    som("candidate", "edit", "som", "ada", "--resume-line", line)
    assert line in som("candidate", "show", "som", "ada").out
    assert line in som("interview", "score", "som/ada/ivy", "--as", "ivy", typed="q\n").out
    [event] = som("audit", "log", "--last", "1", "-f", "json").json["events"]
    assert (event["action"], event["detail"]["resume_line"]) == ("candidate.edit", "changed")
    assert som("audit", "verify").code == 0
    assert "nothing is changed" in som("candidate", "edit", "som", "ada", "--resume-line", line).err
    assert line in som("candidate", "export-personal", "som", "ada").out
    som("candidate", "erase", "som", "ada", "--yes")
    assert line not in som("candidate", "list", "som", "-f", "json").out
    assert som("audit", "verify").code == 0
