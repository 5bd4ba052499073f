"""A folder of collections: what is missing, what does not fit together, what is left out."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hiringkit.errors import Refused
from hiringkit.exchange.ats.greenhouse_v3 import NEEDED
from hiringkit.exchange.ats.reading import recognise

Read = Callable[..., Any]


@pytest.fixture
def folder(data: Path, tmp_path: Path) -> Path:
    """Return a copy of the invented export, for a test to damage."""
    return Path(shutil.copytree(data / "ats" / "greenhouse-v3", tmp_path / "export"))


def change(folder: Path, name: str, edit: Callable[[list[dict[str, Any]]], object]) -> None:
    """Edit the rows of a collection in place."""
    path = folder / f"{name}.json"
    rows = json.loads(path.read_text(encoding="utf-8"))
    edit(rows)
    path.write_text(json.dumps(rows), encoding="utf-8")


def serious(said: list[str]) -> list[str]:
    """Return the errors among findings."""
    return [text for text in said if " error " in text or text.startswith("error ")]


@pytest.mark.parametrize("name", NEEDED)
def test_a_missing_collection_is_named_or_left_out(folder: Path, read: Read, name: str) -> None:
    (folder / f"{name}.json").unlink()
    _cards, said, _source = read(folder)
    assert (
        f"export: error collection-missing: the collection {name} is missing (hint: put {name}.json into the folder, "
        f"or leave it out: --without {name})"
    ) in said
    cards, said, _source = read(folder, without=(name,))
    assert serious(said) == []
    assert [card.source_id for card in cards] == ["1", "3"]


def test_without_applications_each_application_is_a_candidate(folder: Path, read: Read) -> None:
    (folder / "applications.json").unlink()
    cards, _said, _source = read(folder, without=("applications",))
    assert [card.candidate.source_id for card in cards] == ["application-21", "application-22"]


def test_without_names_of_attributes_their_ids_stand(folder: Path, read: Read) -> None:
    (folder / "job_candidate_attributes.json").unlink()
    cards, _said, _source = read(folder, without=("job_candidate_attributes",))
    assert [rating.attribute for rating in cards[0].ratings] == ["101", "102"]


def test_the_scorecards_cannot_be_left_out(folder: Path, read: Read) -> None:
    (folder / "scorecards.json").unlink()
    cards, said, _source = read(folder, "greenhouse-v3", ("scorecards",))
    assert cards == []
    assert said[0].startswith(
        "export: error unknown-value: there is no collection scorecards that can be left out (hint: expected "
    )


def test_people_and_what_questions_assess_are_not_needed(folder: Path, read: Read) -> None:
    for name in ("candidates", "users", "focus_candidate_attributes", "scorecard_question_answer_options"):
        (folder / f"{name}.json").unlink()
    cards, said, _source = read(folder)
    assert serious(said) == []
    assert (cards[0].candidate.label, cards[0].interviewer.label) == ("11", "4")
    assert cards[0].ratings[0].evidence == "Guessed.\nTwice."
    assert "How did they plan?\nBy last year's figures" in cards[0].notes


def test_drafts_are_never_handed_out(folder: Path, read: Read) -> None:
    change(folder, "scorecards", lambda rows: [row.update(status="draft") for row in rows])
    cards, said, source = read(folder)
    assert (cards, source.drafts_skipped, source.scorecards) == ([], 3, 0)
    assert serious(said) == []


def test_an_application_that_is_not_there_is_an_error_at_the_scorecard(folder: Path, read: Read) -> None:
    change(folder, "applications", lambda rows: rows.pop(0))
    cards, said, _source = read(folder)
    assert [card.source_id for card in cards] == ["3"]
    assert serious(said) == [
        "export/scorecards.json:1: error unknown-reference $[0].application_id: there is no 21 in applications"
    ]


def test_an_attribute_that_is_not_there_is_an_error_at_the_rating(folder: Path, read: Read) -> None:
    change(folder, "job_candidate_attributes", lambda rows: rows.pop(1))
    _cards, said, _source = read(folder)
    assert serious(said) == [
        (
            "export/scorecard_candidate_attributes.json:4: error unknown-reference $[3].job_candidate_attribute_id: "
            "there is no 102 in job_candidate_attributes"
        )
    ]


def test_scorecards_of_the_first_api_in_the_folder_are_refused_once(folder: Path, data: Path, read: Read) -> None:
    shutil.copy(data / "ats" / "greenhouse-v1.json", folder / "scorecards.json")
    cards, said, _source = read(folder)
    assert cards == []
    (error,) = serious(said)
    assert error.startswith(
        "export/scorecards.json:1: error other-version $[0]: attributes is a field of another version"
    )


def test_a_single_file_of_the_folder_asks_for_the_folder(folder: Path, read: Read) -> None:
    cards, (said,), source = read(folder / "scorecards.json")
    assert (cards, source.kind) == ([], "greenhouse-v3")
    assert said == (
        "export/scorecards.json: error collection-missing: "
        "expected a folder with a file for each collection, found a file "
        "(hint: name the folder in which it lies)"
    )


def test_a_folder_is_no_other_kind(folder: Path, read: Read) -> None:
    _cards, said, _source = read(folder, "lever")
    assert said == ["export: error source-unknown: expected a file of lever, found a folder"]


def test_collections_may_come_in_pages_and_as_lines(folder: Path, read: Read) -> None:
    rows = json.loads((folder / "scorecards.json").read_text(encoding="utf-8"))
    (folder / "scorecards.json").unlink()
    for page, row in ((1, rows[2]), (10, rows[0]), (2, rows[1])):
        (folder / f"scorecards-{page}.json").write_text(json.dumps([row]), encoding="utf-8")
    ratings = json.loads((folder / "scorecard_candidate_attributes.json").read_text(encoding="utf-8"))
    (folder / "scorecard_candidate_attributes.json").unlink()
    lines = "".join(json.dumps(row) + "\n" for row in ratings)
    (folder / "scorecard_candidate_attributes.jsonl").write_text(lines, encoding="utf-8")
    cards, said, source = read(folder)
    assert serious(said) == []
    assert [card.source_id for card in cards] == ["3", "1"]
    assert source.drafts_skipped == 1
    assert [(rating.label, rating.place.line, rating.path) for rating in cards[1].ratings] == [
        ("definitely_not", 2, "$.candidate_attribute_rating"),
        ("no_decision", 4, "$.candidate_attribute_rating"),
    ]


def test_the_submitter_is_the_author_where_there_is_no_interviewer(folder: Path, read: Read) -> None:
    change(folder, "scorecards", lambda rows: rows[0].update(interviewer_id=None))
    cards, said, _source = read(folder)
    assert serious(said) == []
    assert cards[0].interviewer.name == "Rosa Recruiter"
    assert "submitted by" not in cards[0].notes


def test_ids_are_one_whether_they_are_numbers_or_texts(folder: Path, read: Read) -> None:
    change(folder, "scorecards", lambda rows: [row.update(application_id=str(row["application_id"])) for row in rows])
    change(folder, "applications", lambda rows: [row.update(candidate_id=str(row["candidate_id"])) for row in rows])
    change(folder, "scorecard_candidate_attributes", lambda rows: rows[1].update(scorecard_id="1"))
    cards, said, _source = read(folder)
    assert serious(said) == []
    assert [len(card.ratings) for card in cards] == [2, 1]


def test_one_attribute_twice_keeps_each_note(folder: Path, read: Read) -> None:
    change(folder, "scorecard_candidate_attributes", lambda rows: rows.append(rows[1] | {"id": 9, "note": "Again."}))
    cards, _said, _source = read(folder)
    assert [rating.evidence.split("\n")[0] for rating in cards[0].ratings] == ["Guessed.", "", "Again."]


@pytest.mark.parametrize("name", ["scorecards", *NEEDED])
@pytest.mark.parametrize("content", ["", "[", '[{"id": 1}', "[3]", '{"a": ', '[{"id": {}}]', "[" * 100_000])
def test_a_broken_collection_is_an_error_in_its_file(folder: Path, read: Read, name: str, content: str) -> None:
    (folder / f"{name}.json").write_text(content, encoding="utf-8")
    _cards, said, _source = read(folder)
    assert any(text.startswith(f"export/{name}.json:") for text in serious(said))


def test_many_faults_are_counted_and_not_listed(folder: Path, read: Read) -> None:
    change(folder, "scorecard_candidate_attributes", lambda rows: [row.update(scorecard_id=1, note=[]) for row in rows])
    change(folder, "scorecard_candidate_attributes", lambda rows: rows.extend(rows * 99))
    _cards, said, _source = read(folder)
    assert len(serious(said)) == 51
    assert "error wrong-type: and 450 more like this" in said


def test_what_is_no_file_is_no_collection(folder: Path, read: Read) -> None:
    for name, damage in (
        ("applications", Path.mkdir),
        ("scorecard_questions", lambda path: path.symlink_to("nowhere")),
    ):
        (folder / f"{name}.json").unlink()
        damage(folder / f"{name}.json")
    _cards, said, _source = read(folder)
    assert [text.split(" (hint")[0] for text in serious(said)][:2] == [
        "export: error collection-missing: the collection applications is missing",
        "export: error collection-missing: the collection scorecard_questions is missing",
    ]


def test_a_folder_that_cannot_be_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(_folder: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", denied)
    with pytest.raises(Refused, match="Permission denied"):
        recognise(str(tmp_path))
