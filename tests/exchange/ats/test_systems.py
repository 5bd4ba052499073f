"""What comes out of the export of each system, by an invented file of each."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from hiringkit.domain.imported import ImportedPerson, ImportedScorecard

Read = Callable[..., Any]
IVO = ImportedPerson("u4", "Ivo One", "ivo@example.org")
TEN = datetime(2026, 11, 1, 10, tzinfo=UTC)


def rated(card: ImportedScorecard) -> list[tuple[str, str, str, str]]:
    return [(each.attribute, each.label, each.evidence, each.path) for each in card.ratings]


def test_greenhouse_v1(data: Path, read: Read) -> None:
    (first, second), said, source = read(data / "ats" / "greenhouse-v1.json")
    assert said == []
    assert source.kind == "greenhouse-v1"
    assert rated(first) == [
        ("Forecasting", "strong_yes", "Knew why & how", "$[0].attributes[0].rating"),
        ("Data", "no_decision", "", "$[0].attributes[1].rating"),
        ("People", "", "", "$[0].attributes[2].rating"),
    ]
    assert (first.source, first.source_id) == ("greenhouse-v1", "9006")
    assert (first.candidate, first.interviewer) == (ImportedPerson("11"), ImportedPerson("4", "Ivo One"))
    assert (first.recommendation, first.submitted_at) == ("yes", None)
    assert first.notes == "Key Take-Aways\nCalm.\n\nAsks back:\n\n- why\n- for whom\n\nsubmitted by: Rosa Recruiter"
    assert (second.source_id, second.candidate, second.interviewer.name) == ("9007", ImportedPerson("12"), "Ivo One")
    assert second.submitted_at == datetime(2026, 11, 2, 10, tzinfo=UTC)


def test_greenhouse_v1_is_read_as_the_case_has_it(data: Path, read: Read) -> None:
    (card,), said, _source = read(data / "cases" / "ats" / "greenhouse-v1-scorecards.json")
    assert said == []
    assert [(each.attribute, each.label) for each in card.ratings] == [
        ("Forecasting", "yes"),
        ("Data", "mixed"),
        ("People", "definitely_not"),
    ]
    assert (card.recommendation, card.interviewer) == ("no_decision", ImportedPerson("4", "Ivo One"))


def test_greenhouse_v3_joins_its_collections(data: Path, read: Read) -> None:
    (first, second), said, source = read(data / "ats" / "greenhouse-v3")
    stray = "rows of scorecard_candidate_attributes that belong to no scorecard of the folder: 1"
    assert said == [f"ats/greenhouse-v3: info stray-rows: {stray}"]
    assert (source.kind, source.scorecards, source.drafts_skipped) == ("greenhouse-v3", 2, 1)
    assert source.bytes_read == source.bytes_total
    assert first.candidate == ImportedPerson("11", "Ann Invented", "ann@example.org")
    assert first.interviewer == ImportedPerson("4", "Ivo One", "ivo@example.org")
    assert (first.recommendation, first.submitted_at, first.path) == ("strong_no", TEN, "$[0]")
    asked = "How did they plan?\nBy last year's figures"
    assert rated(first) == [
        ("Forecasting", "definitely_not", f"Guessed.\nTwice.\n\n{asked}", "$[1].candidate_attribute_rating"),
        ("Data", "no_decision", "", "$[3].candidate_attribute_rating"),
    ]
    assert first.ratings[1].place.line == 4
    assert first.ratings[1].place.file.endswith("greenhouse-v3/scorecard_candidate_attributes.json")
    told = ["Came prepared.", "Would they travel?\nno", "Which tools?\nSQL, Excel", "submitted by: Rosa Recruiter"]
    assert first.notes == "\n\n".join(told)
    assert (second.source_id, second.candidate.name, second.interviewer) == ("3", "Bo", ImportedPerson("6"))
    assert [(each.attribute, each.label) for each in second.ratings] == [("Forecasting", "mixed")]


def test_lever(data: Path, read: Read) -> None:
    (first, second), said, source = read(data / "ats" / "lever.json")
    assert said == []
    assert (source.kind, source.drafts_skipped, source.deleted_skipped) == ("lever", 1, 1)
    assert first.candidate == ImportedPerson("o1", "Ann Invented", "ann@example.org")
    assert first.recommendation == "4 - Strong Hire"
    assert first.submitted_at == datetime(2026, 11, 1, 11, tzinfo=UTC)
    assert rated(first) == [
        ("Rating", "4 - Strong Hire", "", "$.data[0].fields[0].value"),
        ("Forecasting", "3", "Asked for the base rate", "$.data[0].fields[1].value.score"),
        ("Data", "2", "", "$.data[0].fields[2].score"),
        ("SQL", "4", "Quick", "$.data[0].fields[3].value[0].score"),
        ("People", "", "", "$.data[0].fields[3].value[1].score"),
    ]
    assert first.notes == "Strengths\nCalm\nand clear\n\nTravel?\nyes\n\nTools\nSQL, Excel"
    assert (second.candidate, second.interviewer) == (ImportedPerson("o2"), ImportedPerson("u2"))
    assert (second.ratings[0].label, second.recommendation) == ("", "")


def test_ashby(data: Path, read: Read) -> None:
    (first, second), said, source = read(data / "ats" / "ashby.json")
    assert said == []
    assert source.kind == "ashby"
    assert (first.candidate, first.interviewer) == (ImportedPerson("application-app-1"), IVO)
    assert (first.recommendation, first.submitted_at) == ("4", TEN)
    assert rated(first) == [
        ("Forecasting", "3", "Base rates.", "$.results[0].submittedValues.p-forecasting.score"),
        ("Data", "", "", "$.results[0].submittedValues.p-data"),
        ("People", "Meets the bar", "", "$.results[0].submittedValues.p-people"),
        ("unlisted", "2", "", "$.results[0].submittedValues.unlisted"),
    ]
    assert first.notes == "Feedback\nCalm.\n\nTravels\nno\n\nsubmitted by: Rosa Recruiter"
    assert second.candidate == ImportedPerson("c2", "Bo Invented", "bo@example.org")
    assert [(each.attribute, each.label) for each in second.ratings] == [
        ("Forecasting", "4"),
        ("Data", "2"),
        ("People", ""),
    ]
    assert second.notes == "Feedback\nClear & short"


def test_merge_has_recommendations_alone_and_says_so(data: Path, read: Read) -> None:
    (first, second), (only,), source = read(data / "ats" / "merge.json")
    assert only.startswith(
        "ats/merge.json: info overall-only: Merge knows each interviewer's recommendation and no ratings"
    )
    assert (source.kind, source.deleted_skipped) == ("merge", 1)
    assert (first.candidate, first.interviewer) == (ImportedPerson("c1", "Ann Invented"), IVO)
    assert (first.recommendation, first.ratings) == ("DEFINITELY_NO", ())
    assert (second.candidate, second.recommendation) == (ImportedPerson("application-a2"), "")


def test_frappe(data: Path, read: Read) -> None:
    (first, second), said, source = read(data / "ats" / "frappe.jsonl")
    assert said == []
    assert (source.kind, source.drafts_skipped, source.deleted_skipped) == ("frappe", 1, 1)
    assert rated(first) == [
        ("Forecasting", "0.8", "", "$.data.skill_assessment[0].rating"),
        ("Data", "1", "", "$.data.skill_assessment[1].rating"),
        ("People", "0", "", "$.data.skill_assessment[2].rating"),
    ]
    assert first.candidate == ImportedPerson("HR-APP-2026-00001")
    assert first.interviewer == ImportedPerson("ivo@example.org", email="ivo@example.org")
    assert (first.recommendation, first.notes, first.place.line) == ("Cleared", "Calm & clear", 1)
    assert (second.candidate.email, second.place.line) == ("ann@example.org", 4)


def test_a_nested_score_is_read_as_its_score(data: Path, read: Read) -> None:
    (card,), said, source = read(data / "cases" / "ats" / "score-object.jsonl")
    assert (said, source.kind) == ([], "json")
    assert rated(card) == [("Data", "4", "", "$.rating.score")]
    assert (card.candidate, card.interviewer) == (ImportedPerson("c1"), ImportedPerson("Ivo"))


def test_rating_objects_are_gathered_by_candidate_and_interviewer(write: Callable[..., str], read: Read) -> None:
    path = write(
        '[{"candidate": {"id": 1, "name": "Ann"}, "interviewer": "ivo@example.org", "question": "Data", "rating": 3.5},'
        ' {"candidate": {"id": 2}, "interviewer": "ivo@example.org", "question": "Data", "rating": "4/5"},'
        ' {"candidate": {"id": 1, "name": "Ann"}, "interviewer": "ivo@example.org", "criterion": "People",'
        '  "rating": {"score": null, "comments": "<p>did not ask</p>"}, "evidence": "late"}]',
        "ratings.json",
    )
    (ann, other), said, source = read(path)
    assert (said, source.kind, source.scorecards) == ([], "json", 2)
    assert [(each.attribute, each.label, each.evidence) for each in ann.ratings] == [
        ("Data", "3.5", ""),
        ("People", "", "did not ask\n\nlate"),
    ]
    assert (ann.candidate, ann.interviewer.email) == (ImportedPerson("1", "Ann"), "ivo@example.org")
    assert [each.label for each in other.ratings] == ["4/5"]
