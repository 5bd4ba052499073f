"""A candidate's rights at the command line: to know what is kept, to have it erased; holds, and what is due."""

import csv
import io
import json
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hiringkit.cli import candidate, failures
from hiringkit.settings import crash_folder

Run = Callable[..., Any]
NAME, ADDRESS = "Zéphyrine Quarrel", "zephyrine@example.org"
"""An invented candidate."""
WHO = "zephyrine-quarrel"


@pytest.fixture
def judged(som: Run) -> Run:
    """The prepared database with one more candidate, about whom Ivy and Joe have written."""
    questions = ("--question", "bottlenecks", "--question", "forecast-miss")
    at = f"som/{WHO}/ivy"
    evidence = "Quarrel said that Joe and joe@firm.example had asked about Bo"
    for words in (
        ("candidate", "add", "som", NAME, "--email", ADDRESS, "--note", "met Bo at a fair"),
        ("interview", "schedule", "som", WHO, "ivy", "joe", *questions, "--location", "Zéphyrine's office"),
        ("interview", "rate", at, "bottlenecks", "4", "--as", "ivy", "--evidence", evidence),
        ("interview", "rate", at, "forecast-miss", "no-evidence", "--as", "ivy"),
        ("interview", "submit", at, "--as", "ivy", "--recommend", "yes", "--summary", "Zéphyrine is good"),
    ):
        assert som(*words).code == 0
    assert som("audit", "verify").code == 0
    return som


def left_in(folder: Path, words: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return the words that stand in any file of a folder."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [(path.name, word) for path in files for word in words if word.encode() in path.read_bytes()]


# To know what is kept


def test_a_candidate_gets_all_that_is_kept_and_nobody_else_s_name(judged: Run) -> None:
    found = judged("candidate", "export-personal", "som", WHO, "-f", "json").json
    assert (found["candidate"]["name"], found["candidate"]["email"]) == (NAME, ADDRESS)
    ivy, joe = found["interviews"]
    assert (ivy["interviewer"], ivy["state"], joe["interviewer"], joe["state"]) == (1, "submitted", 2, "scheduled")
    answer = ivy["scorecards"][0]["answers"][0]
    assert answer["rating"] == 4
    assert (
        answer["evidence"]
        == "Quarrel said that [interviewer 2] and [interviewer 2] had asked about [another candidate]"
    )
    assert ivy["scorecards"][0]["summary"] == "Zéphyrine is good"
    assert found["events"][-1]["action"] == "candidate.export-personal"
    whole = json.dumps(found, ensure_ascii=False)
    assert not [word for word in ("Ivy", "Joe", "firm.example", "som/bo") if word in whole]


@pytest.mark.parametrize("ending", ["html", "md", "csv", "txt"])
def test_it_is_a_file_for_its_owner_alone_in_every_format(judged: Run, tmp_path: Path, ending: str) -> None:
    target = tmp_path / f"for-them.{ending}"
    assert judged("candidate", "export-personal", "som", WHO, "-o", str(target)).code == 0
    assert "Quarrel said that" in target.read_text(encoding="utf-8")
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_the_answers_come_as_rows_for_a_sheet(judged: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(judged("candidate", "export-personal", "som", WHO, "-f", "csv").out)))
    assert [(row["interviewer"], row["scorecard"], row["rating"]) for row in rows] == [
        ("1", "", "4"),
        ("1", "", "no-evidence"),
        ("1", "1", "4"),
        ("1", "1", "no-evidence"),
        ("2", "", ""),
        ("2", "", ""),
    ]


@pytest.mark.parametrize("verb", ["export-personal", "hold", "release", "erase"])
def test_an_interviewer_has_no_such_right(judged: Run, verb: str) -> None:
    more = {"hold": ("--reason", "claim"), "erase": ("--yes",)}.get(verb, ())
    done = judged("candidate", verb, "som", WHO, *more, "--as", "ivy")
    assert done.code == 1
    assert "only a recruiter" in done.err


# To have it erased


@pytest.mark.slow
def test_nothing_is_left_of_an_erased_candidate_in_any_file(judged: Run, database: Path) -> None:
    logs = crash_folder()
    logs.mkdir(parents=True)
    (logs / "crash-20200101T000000.log").write_text(f"KeyError: {NAME!r}", encoding="utf-8")
    (logs / "crash-20200102T000000.log").write_text("KeyError", encoding="utf-8")
    done = judged("candidate", "erase", "som", WHO, "--yes", "-f", "json").json["erased"][0]
    assert done["pseudonym"] == "erased-1"
    assert [Path(each).name for each in done["crash_logs"]] == ["crash-20200101T000000.log"]
    words = (NAME, ADDRESS, WHO, "Quarrel", "Zéphyrine", "Z\\u00e9phyrine", "met Bo")
    assert left_in(database.parent, words) == []
    assert left_in(logs, words) == []
    assert judged("audit", "verify").code == 0
    assert judged("candidate", "show", "som", WHO).code == 1


@pytest.mark.slow
def test_scores_stay_and_interviews_still_to_come_are_cancelled(judged: Run) -> None:
    before = judged("compare", "som", "-f", "json").json
    judged("candidate", "erase", "som", NAME, "--yes")
    after = judged("compare", "som", "-f", "json").json
    scores = [[profile["overall"] for profile in each["profiles"]] for each in (before, after)]
    assert scores[0] == scores[1]
    assert "erased-1" in [profile["name"] for profile in after["profiles"]]
    states = {each["id"]: each["state"] for each in judged("interview", "list", "som", "-f", "json").json["interviews"]}
    assert (states["som/erased-1/ivy"], states["som/erased-1/joe"]) == ("submitted", "cancelled")


def test_one_is_asked_before_somebody_is_erased(judged: Run) -> None:
    done = judged("candidate", "erase", "som", WHO, typed="n\n")
    assert done.code == 1
    assert NAME in done.err
    assert judged("candidate", "show", "som", WHO).code == 0
    assert judged("candidate", "erase", "som", WHO, typed="y\n").code == 0


@pytest.mark.slow
def test_a_pseudonym_is_only_swept_again(judged: Run) -> None:
    judged("candidate", "erase", "som", WHO, "--yes")
    events = judged("audit", "head", "-f", "json").json["sequence"]
    again = judged("candidate", "erase", "som", "erased-1", "--yes", "-f", "json").json["erased"][0]
    assert again["pseudonym"] == "erased-1"
    assert judged("audit", "head", "-f", "json").json["sequence"] == events


@pytest.mark.slow
def test_backups_and_mentions_are_named(judged: Run, tmp_path: Path) -> None:
    assert judged("db", "backup", str(tmp_path / "monday.db")).code == 0
    judged("interview", "rate", "som/bo/ivy", "bottlenecks", "3", "--as", "ivy", "--evidence", f"unlike {NAME.upper()}")
    done = judged("candidate", "erase", "som", WHO, "--yes")
    assert "monday.db" in done.out
    assert "ratings.evidence of som/bo/ivy, bottlenecks" in done.out


@pytest.mark.slow
def test_an_import_after_an_erasure_brings_nothing_back(judged: Run) -> None:
    judged("candidate", "erase", "som", WHO, "--yes")
    added = judged("candidate", "add", "som", "Somebody Else", "-f", "json")
    assert added.code == 0
    assert (
        judged("candidate", "erase", "som", "somebody-else", "--yes", "-f", "json").json["erased"][0]["pseudonym"]
        == "erased-2"
    )
    assert judged("audit", "verify").code == 0


# Holds


@pytest.mark.slow
def test_on_hold_nothing_is_erased_or_removed(judged: Run) -> None:
    shown = judged("candidate", "hold", "som", WHO, "--reason", "complaint of 3 March", "-f", "json").json["candidate"]
    assert shown["held_reason"] == "complaint of 3 March"
    for verb in (("erase", "som", WHO, "--yes"), ("remove", "som", WHO)):
        done = judged("candidate", *verb)
        assert done.code == 1
        assert "on hold: complaint of 3 March" in done.err
        assert f"hiringkit candidate release som {WHO}" in done.err
    assert judged("candidate", "hold", "som", WHO, "--reason", "again").code == 1
    assert judged("candidate", "release", "som", WHO).code == 0
    assert judged("candidate", "release", "som", WHO).code == 1
    assert judged("audit", "verify").code == 0
    assert judged("candidate", "erase", "som", WHO, "--yes").code == 0


@pytest.mark.slow
def test_a_hold_needs_a_reason_and_somebody_who_is_there(judged: Run) -> None:
    assert judged("candidate", "hold", "som", WHO, "--reason", " ").code == 1
    assert judged("candidate", "hold", "som", WHO).code == 2
    judged("candidate", "erase", "som", WHO, "--yes")
    assert judged("candidate", "hold", "som", "erased-1", "--reason", "late").code == 1


# How long


def due(run: Run) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = run("db", "retention", "--due", "-f", "json").json["openings"]
    return listed


@pytest.mark.slow
def test_what_is_due_is_listed_and_erased_but_never_who_is_on_hold(
    judged: Run, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from datetime import UTC, datetime  # noqa: PLC0415 - beside the clock that it sets

    judged("opening", "edit", "som", "--retention", "1-year")
    assert due(judged) == []
    judged("opening", "close", "som", "--yes")
    shown = judged("db", "retention").out
    assert "12 months" in shown
    assert "29 CFR 1602.14" in shown
    assert due(judged) == []
    judged("candidate", "hold", "som", "ada", "--reason", "claim")
    year = datetime.now(UTC).year
    monkeypatch.setattr("hiringkit.cli.session.now", lambda: datetime(year + 2, 1, 1, tzinfo=UTC))
    found = due(judged)[0]
    assert [each["id"] for each in found["due"]] == ["bo", WHO]
    assert [each["id"] for each in found["held"]] == ["ada"]
    assert judged("db", "retention", "--apply", "--as", "ivy").code == 1
    erased = judged("db", "retention", "--due", "--apply", "-f", "json").json["erased"]
    assert [each["pseudonym"] for each in erased] == ["erased-1", "erased-2"]
    assert left_in(database.parent, ("Quarrel", ADDRESS)) == []
    assert judged("candidate", "show", "som", "ada", "-f", "json").json["candidate"]["name"] == "Ada"
    assert due(judged)[0]["due"] == []
    assert "Nobody is due" in judged("db", "retention", "--apply").out
    assert judged("audit", "verify").code == 0


@pytest.mark.parametrize(
    ("typed", "months"), [("4-years", 48), ("18-months", 18), ("2-years", 24), ("1-MONTH", 1), ("none", None)]
)
def test_times_as_typed(judged: Run, typed: str, months: int | None) -> None:
    judged("opening", "edit", "som", "--retention", "3-years")
    assert (
        judged("opening", "edit", "som", "--retention", typed, "-f", "json").json["opening"]["retention_months"]
        == months
    )


@pytest.mark.parametrize("typed", ["", "soon", "0-years", "9999-years", "1-week", "-1-years", "1.5-years", "²-years"])
def test_other_times_are_refused(judged: Run, typed: str) -> None:
    done = judged("opening", "edit", "som", f"--retention={typed}")
    assert done.code == 2
    assert "1-year, 3-years, 4-years" in done.err


# Crash logs


def test_a_crash_log_holds_nothing_that_was_typed_or_stored() -> None:
    def fail() -> None:
        try:
            dict[str, str]()[NAME]
        except KeyError as error:
            raise ValueError(ADDRESS) from error

    assert candidate.command.commands
    words = ["candidate", "add", "som", "Quarrel", f"--note={NAME}", "--email", ADDRESS, "-oQuarrel.csv"]
    with pytest.raises(ValueError, match=ADDRESS) as caught:
        fail()
    log = failures.keep_crash(caught.value, words).read_text(encoding="utf-8")
    assert log.splitlines()[1] == "candidate add … … --note --email … -o"
    assert "ValueError" in log
    assert "KeyError" in log
    assert "test_privacy.py" in log
    assert not [word for word in (NAME, "Quarrel", ADDRESS, str(Path.home()), str(Path.cwd())) if word in log]
