"""`hiringkit import`: sheets of other programs into an opening, all or nothing. People and ratings are invented."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hiringkit.actions import imports
from hiringkit.store import audit

Run = Callable[..., Any]
CASES = Path(__file__).parents[1] / "data" / "cases"
MAP = """
columns: {candidate: candidate, interviewer: interviewer}
items: {forecasting: forecasting, data: data-analysis, people: enablement}
"""


@pytest.fixture
def sheet(tmp_path: Path) -> Callable[..., str]:
    """Write a file into a folder of its own and return its path."""

    def write(text: str, name: str = "sheet.csv") -> str:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write


def case(tmp_path: Path, name: str) -> str:
    """Copy a case, so that a draft can be written next to it."""
    return str(shutil.copy(CASES / f"{name}.csv", tmp_path / f"{name}.csv"))


@pytest.mark.parametrize("name", ["wide-by-criterion", "rater-columns", "person-rater-items", "words-and-marks"])
def test_what_is_not_understood_is_drafted_and_nothing_imported(name: str, som: Run, tmp_path: Path) -> None:
    file = case(tmp_path, name)
    before = som("candidate", "list", "som", "-f", "json").json
    done = som("import", file, "--opening", "som")
    assert done.code == 1
    assert f"{name}.map.yaml" in done.err
    assert (tmp_path / f"{name}.map.yaml").read_text(encoding="utf-8").startswith("# What the columns and words of")
    assert som("candidate", "list", "som", "-f", "json").json == before


def test_a_draft_is_not_written_over(som: Run, tmp_path: Path) -> None:
    file = case(tmp_path, "wide-by-criterion")
    draft = tmp_path / "wide-by-criterion.map.yaml"
    assert "--map wide-by-criterion.map.yaml writes a draft" in som("agreement", file).err
    draft.write_text("levels: {good: 4}\n", encoding="utf-8")
    assert som("import", file, "--opening", "som").code == 1
    assert draft.read_text(encoding="utf-8") == "levels: {good: 4}\n"


@pytest.mark.slow
def test_with_a_map_a_wide_sheet_is_imported_compared_and_exported(
    som: Run, sheet: Callable[..., str], tmp_path: Path
) -> None:
    file = case(tmp_path, "wide-by-criterion")
    given = sheet(MAP, "map.yaml")
    tried = som("import", file, "--opening", "som", "--map", given, "--dry-run", "-f", "json").json
    assert (tried["written"], tried["scorecards"]["added"], tried["ratings"]) == (False, 3, 9)
    assert "Noor" not in som("candidate", "list", "som").out

    done = som("import", file, "--opening", "som", "--map", given, "-f", "json").json
    assert done["written"]
    assert done["candidates"] == {"added": ["Noor", "Pim"], "known": 0}
    rated = som("interview", "show", "som/noor/ivo", "-f", "json").json
    assert [(each["question"], each["rating"]) for each in rated["ratings"]] == [
        ("forecasting", 4),
        ("data-analysis", 3),
        ("enablement", 5),
    ]
    profiles = {each["candidate"]: each for each in som("compare", "som", "-f", "json").json["profiles"]}
    assert profiles["noor"]["overall"]["ratings"] == 6
    exported = som("export", "som").out
    assert "som,noor,ivo,data-analysis,3" in exported
    assert "data-analysis" in som("profile", "som", "noor", "-f", "json").out
    assert som("report", "som", "-o", str(tmp_path / "debrief.html")).code == 0
    assert som("audit", "verify").code == 0


def test_the_same_file_again_changes_nothing_and_a_changed_one_says_what(
    som: Run, sheet: Callable[..., str], tmp_path: Path
) -> None:
    file = case(tmp_path, "wide-by-criterion")
    given = sheet(MAP, "map.yaml")
    words = ("import", file, "--opening", "som", "--map", given, "-f", "json")
    assert som(*words).json["scorecards"] == {"added": 3, "changed": 0, "unchanged": 0, "empty": 0}
    events = som("audit", "log", "-f", "json").json
    assert som(*words).json["scorecards"] == {"added": 0, "changed": 0, "unchanged": 3, "empty": 0}
    assert som("audit", "log", "-f", "json").json == events

    Path(file).write_text(Path(file).read_text(encoding="utf-8").replace("Noor,Ivo,4", "Noor,Ivo,2"), encoding="utf-8")
    again = som(*words).json
    assert again["scorecards"] == {"added": 0, "changed": 1, "unchanged": 2, "empty": 0}
    assert again["changes"] == ["som/noor/ivo changed: forecasting 4 → 2"]
    cards = som("interview", "show", "som/noor/ivo", "-f", "json").json["scorecards"]
    assert [card["number"] for card in cards] == [1, 2]


def test_words_are_read_as_the_map_says_and_never_guessed(som: Run, sheet: Callable[..., str]) -> None:
    file = sheet(
        "Candidate,Interviewer,Criterion,Score,Comments,Recommendation\n"
        "Noor,Ivo,Forecasting,Strong Yes,built one,Hire\n"
        "Noor,Ivo,Data analysis,N/A,,Hire\n"
        "Noor,Ivo,Enablement,4 - strong,,Hire\n"
    )
    done = som("import", file, "--opening", "som")
    assert done.code == 1
    given = sheet("levels: {strong_yes: 5}\nrecommendations: {Hire: yes}\n", "map.yaml")
    refused = som("import", file, "--opening", "som", "--map", given)
    assert refused.code == 1
    assert "sheet.csv:4:21: error import-word Score: nothing says what the rating '4 - strong' means" in refused.err
    given = sheet("levels: {strong_yes: 5, 4 - Strong: 4}\nrecommendations: {Hire: 'yes'}\n", "map.yaml")
    assert som("import", file, "--opening", "som", "--map", given).code == 0
    shown = som("interview", "show", "som/noor/ivo", "-f", "json").json
    assert [(r["question"], r["rating"]) for r in shown["ratings"]] == [
        ("forecasting", 5),
        ("data-analysis", "not-assessed"),
        ("enablement", 4),
    ]
    assert shown["ratings"][0]["evidence"] == "built one"
    assert shown["scorecards"][0]["recommendation"] == "yes"


def test_an_unknown_attribute_is_named_once_with_what_comes_near(
    som: Run, sheet: Callable[..., str], tmp_path: Path
) -> None:
    file = case(tmp_path, "wide-by-criterion")
    given = sheet(MAP.replace("enablement", "enablment"), "map.yaml")
    done = som("import", file, "--opening", "som", "--map", given)
    assert done.code == 1
    assert done.err.count("import-attribute") == 1
    assert "did you mean 'enablement'?" in done.err


def test_people_are_known_by_address_and_not_doubled(som: Run, sheet: Callable[..., str]) -> None:
    som("candidate", "add", "som", "Noor Example", "--email", "noor@example.org")
    file = sheet("Name,Email,Interviewer,Question,Rating\nN. Example,NOOR@example.org,Ivo,forecasting,4\n")
    done = som("import", file, "--opening", "som", "-f", "json").json
    assert done["candidates"] == {"added": [], "known": 1}
    assert som("interview", "show", "som/noor-example/ivo").code == 0


def test_a_name_that_is_there_already_has_to_be_decided(som: Run, sheet: Callable[..., str]) -> None:
    som("candidate", "add", "som", "Noor Example", "--email", "noor@example.org")
    file = sheet("Name,Interviewer,Question,Rating\nNoor Example,Ivo,forecasting,4\n")
    done = som("import", file, "--opening", "som")
    assert done.code == 1
    assert "'Noor Example' has the name of noor-example, who is there already" in done.err
    same = som("import", file, "--opening", "som", "--same-names", "yes", "--dry-run", "-f", "json").json
    assert same["candidates"]["added"] == []
    other = som("import", file, "--opening", "som", "--same-names", "no", "-f", "json").json
    assert other["candidates"]["added"] == ["Noor Example"]
    assert som("candidate", "show", "som", "noor-example-2").code == 0


def test_an_interviewer_cannot_import(som: Run, sheet: Callable[..., str]) -> None:
    file = sheet("Candidate,Interviewer,Question,Rating\nNoor,Ivo,forecasting,4\n")
    assert som("import", file, "--opening", "som", "--as", "ivy").code == 1
    assert "Noor" not in som("candidate", "list", "som").out


@pytest.mark.parametrize(
    ("name", "given", "ratings"),
    [
        ("wide-by-criterion", "columns: {candidate: candidate, interviewer: interviewer}\nitems: {data: d}\n", 3),
        ("rater-columns", "columns: {candidate: subject}\nraters: {rater1: a, rater2: b, rater3: c}\n", 9),
        (
            "person-rater-items",
            "columns: {candidate: id, interviewer: rater}\nitems: {k1: k1, k2: k2, k3: k3}\nabsent: [NA]\n",
            8,
        ),
        ("words-and-marks", 'levels: {strong yes: 5, 4/5: 4, "3,5": 3.5}\n', 3),
    ],
)
def test_the_same_map_serves_scores_without_a_store(
    name: str, given: str, ratings: int, som: Run, sheet: Callable[..., str]
) -> None:
    file = str(CASES / f"{name}.csv")
    done = som("score", file, "--map", sheet(given, "map.yaml"), "-f", "json")
    assert done.json["counts"]["ratings"] == ratings
    assert som("agreement", file, "--map", sheet(given, "map.yaml"), "-f", "json").code == 0


def test_a_column_that_is_no_question_of_the_rubric_is_named_with_what_explains_it(
    som: Run, sheet: Callable[..., str]
) -> None:
    file = str(CASES / "wide-by-criterion.csv")
    done = som(
        "score",
        file,
        "--rubric",
        "sales-operations-manager",
        "--map",
        sheet(MAP.replace("data-analysis", "xx"), "map.yaml"),
    )
    assert done.code == 1
    told = " ".join(done.err.split())
    assert 'question "xx" is not in the rubric' in told
    assert "--map FILE says what it is in the rubric, under items or criteria" in told
    assert som("score", file, "--rubric", "sales-operations-manager", "--map", sheet(MAP, "map.yaml")).code == 0


def test_a_map_that_is_not_there_is_drafted_for_scores_too(som: Run, tmp_path: Path) -> None:
    draft = tmp_path / "draft.yaml"
    words = ("score", str(CASES / "rater-columns.csv"), "--map", str(draft))
    assert som(*words).code == 1
    assert "raters:" in draft.read_text(encoding="utf-8")
    assert som(*words, "-f", "json").json["counts"]["interviewers"] == 3


@pytest.mark.parametrize(
    ("text", "drafted"),
    [
        (
            "Bewerber;Team;Ivo;Una\nNoor;Ost;4;3\nPim;West;2;2\nAda;Nord;5;1\n",
            "Bewerber\n\nraters:  # a column for each interviewer: their id\n  Ivo: Ivo\n  Una: Una\n#   Team",
        ),
        (
            "Bewerber,Wer,Punkte\nNoor,Ivo,4\nPim,Una,2\nAda,Zoe,3\n",
            "  candidate: Bewerber\n  interviewer: Wer\n\nitems:  # a column for each criterion or question",
        ),
        ("candidate,interviewer,data,people\nNoor,Ivo,4,well\nPim,Ivo,2,so so\nAda,Ivo,2,3\n", "#   people: people\n"),
        (
            "candidate,interviewer,data,Overall\nNoor,Ivo,3 - meets,Hire\nPim,Ivo,N/A,No hire\nAda,Ivo,2,No\n",
            (
                "  interviewer: interviewer\n  recommendation: Overall\n\n"
                "items:  # a column for each criterion or question: its id\n  data: data\n\n"
            ),
        ),
        (
            "candidate,criterion,Ivo,Una\nNoor,forecasting,4,3\nPim,forecasting,2,2\n",
            "  question: criterion\n\nraters:  # a column for each interviewer: their id\n  Ivo: Ivo\n  Una: Una\n",
        ),
    ],
)
def test_a_draft_has_a_line_for_every_column(text: str, drafted: str, som: Run, sheet: Callable[..., str]) -> None:
    file = sheet(text)
    draft = Path(file).with_name("draft.yaml")
    done = som("score", file, "--map", str(draft))
    assert done.code == 1
    assert f"a draft is in {draft}" in " ".join(done.err.split())
    assert drafted in draft.read_text(encoding="utf-8")
    filled = (
        draft.read_text(encoding="utf-8").replace("# levels", "levels").replace("#   3 - meets: ?", "  3 - meets: 3")
    )
    draft.write_text(filled, encoding="utf-8")
    assert som("score", file, "--map", str(draft), "-f", "json").code == 0
    imported = som("import", file, "--opening", "som")
    assert imported.code == 1
    assert drafted in Path(file).with_name("sheet.map.yaml").read_text(encoding="utf-8")


def test_a_map_of_words_alone_does_not_guess_who_is_the_candidate(som: Run, sheet: Callable[..., str]) -> None:
    file, words = sheet("Bewerber,Ivo,Una\nNoor,gut,4\nPim,4,gut\n"), sheet("levels: {gut: 5}\n", "map.yaml")
    done = som("score", file, "--map", words)
    assert done.code == 1
    assert "no column 'candidate'" in done.err


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("colums: {}\n", "unknown-key"),
        ("columns: {candidat: x}\n", "unknown-key"),
        ("levels: {good: high}\n", "wrong-type"),
        ("recommendations: {Hire: maybe}\n", "unknown-value"),
        ("columns: {candidate: nobody}\n", "missing-column"),
    ],
)
def test_a_wrong_map_is_refused_with_its_place(
    given: str, told: str, som: Run, sheet: Callable[..., str], tmp_path: Path
) -> None:
    done = som("import", case(tmp_path, "wide-by-criterion"), "--opening", "som", "--map", sheet(given, "map.yaml"))
    assert done.code == 1
    assert told in done.err


def test_a_file_of_people_imported_twice_doubles_nobody(som: Run, sheet: Callable[..., str]) -> None:
    file = sheet("Name,E-mail\nNoor,noor@example.org\nPim,pim@example.org\n")
    tried = som("candidate", "import", "som", file, "--dry-run", "-f", "json")
    assert [each["name"] for each in tried.json["candidates"]] == ["Noor", "Pim"]
    assert som("candidate", "import", "som", file, "-f", "json").json["candidates"][0]["id"] == "noor"
    again = som("candidate", "import", "som", file, "-f", "json")
    assert again.json["candidates"] == []
    assert "There already, by e-mail address, and left as they are: Noor, Pim" in again.err


def test_columns_of_ones_own_are_named_in_the_config_file(
    som: Run, sheet: Callable[..., str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    config = tmp_path / "config" / "hiringkit" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text('[columns]\nrating = ["Overall mark"]\n', encoding="utf-8")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    file = sheet("Candidate,Interviewer,Question,Overall mark\nNoor,Ivo,q1,4\nPim,Ivo,q1,3\n")
    assert som("score", file, "--scale", "1:5", "-f", "json").json["counts"]["ratings"] == 2


def test_a_matrix_that_was_filled_in_hands_in_the_planned_interviews(rated: Run, tmp_path: Path) -> None:
    assert rated("candidate", "add", "som", "Cy").code == 0
    assert rated("interview", "schedule", "som", "cy", "ivy", "--question", "bottlenecks").code == 0
    matrix = tmp_path / "matrix.csv"
    assert rated("interview", "matrix", "som", "-o", str(matrix)).code == 0
    empty = rated("import", str(matrix), "--opening", "som", "-f", "json").json
    assert empty["scorecards"]["added"] == 0
    assert empty["scorecards"]["empty"] >= 1

    lines = matrix.read_text(encoding="utf-8").splitlines()
    filled = [
        line.replace(",bottlenecks,,", ",bottlenecks,4,found the queue") if ",cy," in line else line for line in lines
    ]
    matrix.write_text("\n".join(filled) + "\n", encoding="utf-8")
    assert rated("import", str(matrix), "--opening", "som", "-f", "json").json["scorecards"]["added"] == 1
    shown = rated("interview", "show", "som/cy/ivy", "-f", "json").json
    assert shown["state"] == "submitted"
    assert (shown["ratings"][0]["rating"], shown["ratings"][0]["evidence"]) == (4, "found the queue")


def test_an_interview_that_is_being_held_is_not_written_over(som: Run, sheet: Callable[..., str]) -> None:
    som("candidate", "add", "som", "Cy")
    som("interview", "schedule", "som", "cy", "ivy", "--question", "bottlenecks")
    som("interview", "rate", "som/cy/ivy", "bottlenecks", "3", "--as", "ivy")
    file = sheet("candidate,interviewer,question,rating\ncy,ivy,bottlenecks,5\n")
    done = som("import", file, "--opening", "som")
    assert done.code == 1
    assert "som/cy/ivy is being held: what was rated there would be lost" in done.err
    assert som("interview", "show", "som/cy/ivy", "--as", "ivy", "-f", "json").json["ratings"][0]["rating"] == 3


def test_rows_of_another_opening_are_left_out(som: Run, sheet: Callable[..., str]) -> None:
    file = sheet(
        "opening,candidate,interviewer,question,rating\nsom,Noor,Ivo,forecasting,5\nold,Pim,Ivo,forecasting,5\n"
    )
    done = som("import", file, "--opening", "som", "-f", "json")
    assert done.json["candidates"]["added"] == ["Noor"]
    assert "other-opening" in done.err


def test_another_sheet_of_the_same_two_people_takes_nothing_away(som: Run, sheet: Callable[..., str]) -> None:
    header = "candidate,interviewer,question,rating,recommendation\n"
    first = sheet(header + "Noor,Ivo,forecasting,4,yes\n", "first.csv")
    second = sheet(header + "Noor,Ivo,enablement,2,\n", "second.csv")
    assert som("import", first, "--opening", "som").code == 0
    assert som("import", second, "--opening", "som", "-f", "json").json["scorecards"]["changed"] == 1
    shown = som("interview", "show", "som/noor/ivo", "-f", "json").json
    assert {each["question"]: each["rating"] for each in shown["ratings"]} == {"forecasting": 4, "enablement": 2}
    assert shown["scorecards"][-1]["recommendation"] == "yes"
    for file in (first, second, first):
        assert som("import", file, "--opening", "som", "-f", "json").json["scorecards"]["unchanged"] == 1
    assert len(som("interview", "show", "som/noor/ivo", "-f", "json").json["scorecards"]) == 2


def test_a_comment_on_a_wide_row_is_about_no_single_rating(som: Run, sheet: Callable[..., str]) -> None:
    file = sheet("candidate,interviewer,forecasting,enablement,Comments\nNoor,Ivo,4,3,calm and clear\n")
    given = sheet(
        "columns: {candidate: candidate, interviewer: interviewer, evidence: Comments}\n"
        "items: {forecasting: forecasting, enablement: enablement}\n",
        "map.yaml",
    )
    assert som("import", file, "--opening", "som", "--map", given).code == 0
    shown = som("interview", "show", "som/noor/ivo", "-f", "json").json
    assert [each["evidence"] for each in shown["ratings"]] == ["", ""]
    assert shown["scorecards"][0]["summary"] == "calm and clear"


def test_what_is_said_of_a_whole_scorecard_may_stand_in_any_of_its_rows(som: Run, sheet: Callable[..., str]) -> None:
    names = "candidate,interviewer,question,rating,recommendation,notes,submitted_at\n"
    file = sheet(
        f"{names}Noor,Ivo,forecasting,4,,first,2026-10-01\nNoor,Ivo,enablement,3,yes,then,2026-10-03\n"
        "Noor,Ivo,data-analysis,3,Yes,then,2026-10-02\n"
    )
    assert som("import", file, "--opening", "som").code == 0
    card = som("interview", "show", "som/noor/ivo", "-f", "json").json["scorecards"][0]
    assert (card["recommendation"], card["summary"]) == ("yes", "first then")
    assert card["submitted_at"].startswith("2026-10-0")
    wrong = sheet(f"{names}Pim,Ivo,forecasting,4,yes,,\nPim,Ivo,enablement,3,no,,\n")
    done = som("import", wrong, "--opening", "som")
    assert done.code == 1
    assert f"{wrong}:3: error contradiction recommendation: one scorecard recommends 'yes' in one row" in done.err


def test_a_sheet_has_a_row_for_each_question_and_a_column_for_each_rater(som: Run, sheet: Callable[..., str]) -> None:
    file = sheet("candidate,criterion,Ivo,Una\nNoor,forecasting,4,3\nNoor,enablement,2,5\n")
    given = sheet(
        "columns: {candidate: candidate, question: criterion}\nraters: {Ivo: Ivo, Una: Una}\n",
        "map.yaml",
    )
    assert som("import", file, "--opening", "som", "--map", given).code == 0
    shown = som("interview", "show", "som/noor/una", "-f", "json").json
    assert [(each["question"], each["rating"]) for each in shown["ratings"]] == [("forecasting", 3), ("enablement", 5)]


def test_people_of_several_batches_are_vouched_for_by_one_salt_each(
    som: Run, sheet: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imports, "_BATCH", 2)
    monkeypatch.setattr(audit, "_FEW", 0)
    rows = "".join(f"C{n % 3},I{n},forecasting,{1 + n % 5}\n" for n in range(9))
    file = sheet(f"Candidate,Interviewer,Question,Rating\n{rows}")
    assert som("import", file, "--opening", "som", "-f", "json").json["scorecards"]["added"] == 9
    assert som("audit", "verify").code == 0
    assert som("import", file, "--opening", "som", "-f", "json").json["scorecards"]["unchanged"] == 9
