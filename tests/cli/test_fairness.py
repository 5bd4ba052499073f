"""`hiringkit fairness`: groups out of a file of their own, beside an opening or as counts."""

import csv
import io
import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
SEXES = {"w": 10, "m": 25}


@pytest.fixture
def pool(hk: Run, here: Path) -> Run:
    """An opening with 10 invented women of whom 2, and 25 men of whom 15 are hired; one more withdrew, one is open."""
    assert hk("opening", "create", "som", "--rubric", "sales-operations-manager").code == 0
    ids = [f"{sex}{n}" for sex, count in SEXES.items() for n in range(count)]
    rows = "".join(f"Invented {each},{each}\n" for each in [*ids, "gone", "open"])
    (here / "people.csv").write_text(f"name,id\n{rows}", encoding="utf-8")
    assert hk("candidate", "import", "som", "people.csv").code == 0
    assert hk("candidate", "withdraw", "som", "gone", "--reason", "moved").code == 0
    hired = {*(f"w{n}" for n in range(2)), *(f"m{n}" for n in range(15))}
    outcomes = [word for each in ids for word in ("--outcome", f"{each}={'hired' if each in hired else 'rejected'}")]
    assert hk("opening", "edit", "som", *outcomes).code == 0
    lines = [f"{each},{'women' if each[0] == 'w' else 'Men'},{'ab'[int(each[1:]) % 2]}" for each in ids]
    (here / "groups.csv").write_text("\n".join(["candidate,sex,office", *lines, "open,,a", "nobody,men,a"]) + "\n")
    return hk


def write(folder: Path, name: str, text: str) -> str:
    (folder / name).write_text(text, encoding="utf-8")
    return name


def test_the_worked_example_comes_out_of_counts_alone(hk: Run, here: Path, database: Path) -> None:
    write(here, "counts.csv", "group,selected,applicants\nwomen,2,10\nmen,15,25\n")
    done = hk("fairness", "--counts", "counts.csv")
    assert done.code == 0
    for figure in ("2 of 10", "15 of 25", "0.333", "-2.139", "0.0324", "0.0599", "0.0437", "below four fifths"):
        assert figure in done.out
    assert not database.exists()
    (table,) = hk("fairness", "--counts", "counts.csv", "-f", "json").json["tables"]
    assert [each["group"] for each in table["groups"]] == [["men"], ["women"]]


def test_counts_of_two_columns_are_added_up(hk: Run, here: Path) -> None:
    text = "sex,office,selected,applicants\nw,a,1,6\nw,b,1,6\nm,a,5,6\nm,b,4,6\nw,unknown,9,9\n"
    tables = hk("fairness", "--counts", write(here, "c.csv", text), "-f", "json").json["tables"]
    assert [table["by"] for table in tables] == [["sex"], ["office"], ["sex", "office"]]
    assert {each["group"][0]: each["applicants"] for each in tables[0]["groups"]} == {"m": 12, "w": 21}
    assert tables[1]["unknown"] == 9
    assert len(tables[2]["groups"]) == 4


@pytest.mark.slow
def test_an_opening_is_compared_by_its_outcomes(pool: Run) -> None:
    document = pool("fairness", "som", "--groups", "groups.csv", "--by", "sex", "-f", "json").json
    selection = document["tables"][0]
    assert (selection["measure"], selection["by"], selection["people"]) == ("selection", ["sex"], 35)
    men, women = selection["groups"]
    assert (men["group"], men["selected"], men["applicants"]) == (["Men"], 15, 25)
    assert round(women["impact"]["fisher_mid_p"], 4) == 0.0437
    assert document["people"] == {
        "candidates": 36,
        "withdrawn": 1,
        "undecided": 1,
        "not_in_file": 0,
        "not_in_opening": 1,
    }
    stage = document["tables"][1]
    assert (stage["measure"], stage["state"], stage["unknown"]) == ("stage", "none", 1)


@pytest.mark.slow
def test_intersections_are_compared_and_nobody_is_named(pool: Run) -> None:
    for form in ("table", "json", "csv", "markdown"):
        text = pool("fairness", "som", "--groups", "groups.csv", "-f", form).out
        assert "office" in text
        assert not any(f"w{n}" in text or f"m{n}" in text for n in range(25))
    bys = [t["by"] for t in pool("fairness", "som", "--groups", "groups.csv", "-f", "json").json["tables"]]
    assert ["sex", "office"] in bys


@pytest.mark.slow
def test_nothing_of_the_file_is_kept(pool: Run, database: Path) -> None:
    before = pool("audit", "head", "-f", "json").out
    assert pool("fairness", "som", "--groups", "groups.csv").code == 0
    assert pool("audit", "head", "-f", "json").out == before
    held = b"".join(path.read_bytes() for path in database.parent.iterdir())
    assert b"women" not in held


@pytest.mark.slow
def test_what_is_kept_is_counted_without_the_file_and_shown_nowhere_else(
    pool: Run, here: Path, database: Path, tmp_path: Path
) -> None:
    assert pool("opening", "close", "som", "--yes").code == 0
    of_file = pool("fairness", "som", "--groups", "groups.csv", "--by", "office,sex", "--keep", "-f", "json").json
    (here / "groups.csv").unlink()
    kept = pool("fairness", "som", "-f", "json").json
    assert kept["tables"] == of_file["tables"] != []
    with sqlite3.connect(database) as connection:
        assert connection.execute("SELECT count(*) FROM demographic_answers").fetchone() == (71,)
    told = [
        pool(*words).out + pool(*words).err
        for words in (
            ("candidate", "list", "som", "-f", "json"),
            ("candidate", "show", "som", "w1", "-f", "json"),
            ("candidate", "export-personal", "som", "w1", "-f", "json"),
            ("export", "som"),
            ("audit", "log", "-f", "json"),
        )
    ]
    assert "women" not in "".join(told)
    assert json.loads(told[2])["demographics"] == ["office", "sex"]
    assert "demographics.keep" in told[4]
    assert pool("db", "copy", str(database), str(tmp_path / "copy.db")).code == 0
    assert pool("fairness", "som", "-f", "json", "--db", str(tmp_path / "copy.db")).json["tables"] == kept["tables"]
    assert pool("db", "check").code == 0


@pytest.mark.slow
def test_a_later_file_replaces_what_it_speaks_of(pool: Run, here: Path, database: Path) -> None:
    assert pool("fairness", "som", "--groups", "groups.csv", "--by", "sex", "--keep").code == 0
    name = write(here, "later.csv", "candidate,Sex\nw0,unknown\nw1,Men\n")
    assert pool("fairness", "som", "--groups", name, "--keep").code == 0
    name = write(here, "bad.csv", "candidate,sex\nw3,x\nInvented w3,y\n")
    assert pool("fairness", "som", "--groups", name, "--keep").code == 1
    with sqlite3.connect(database) as connection:
        rows = "SELECT kind, answer FROM demographic_answers WHERE candidate_id = ?"
        assert [connection.execute(rows, (who,)).fetchall() for who in ("w0", "w1", "w2", "w3")] == [
            [],
            [("sex", "Men")],
            [("sex", "women")],
            [("sex", "women")],
        ]


@pytest.mark.slow
def test_whoever_is_erased_or_removed_takes_their_answers_along(pool: Run, database: Path) -> None:
    assert pool("fairness", "som", "--groups", "groups.csv", "--keep").code == 0
    assert pool("candidate", "erase", "som", "w1", "--yes").code == 0
    assert pool("candidate", "remove", "som", "w2").code == 0
    with sqlite3.connect(database) as connection:
        left = connection.execute("SELECT DISTINCT candidate_id FROM demographic_answers").fetchall()
    assert {("w1",), ("w2",), ("erased-1",)}.isdisjoint(left)
    assert ("w3",) in left
    assert pool("audit", "verify").code == 0


@pytest.mark.slow
def test_what_was_kept_can_be_deleted(pool: Run, database: Path) -> None:
    assert pool("fairness", "som", "--groups", "groups.csv", "--keep").code == 0
    assert pool("fairness", "som", "--forget", typed="n\n").code == 1
    assert pool("fairness", "som").code == 0
    done = pool("fairness", "som", "--forget", typed="y\n")
    assert (done.code, "71 answers were deleted" in done.err) == (0, True)
    assert "no answers are kept" in pool("fairness", "som").err
    assert b"women" not in database.read_bytes()


@pytest.mark.slow
def test_stages_come_from_columns_in_their_order(pool: Run, here: Path) -> None:
    lines = ["candidate,sex,screen,offer"]
    lines += [f"w{n},w,{'yes' if n < 6 else 'no'},{'yes' if n < 2 else 'no' if n < 6 else ''}" for n in range(10)]
    lines += [f"m{n},m,{'是' if n < 20 else '否'},{'y' if n < 15 else 'n'}" for n in range(25)]
    name = write(here, "stages.csv", "\n".join(lines))
    tables = pool("fairness", "som", "--groups", name, "--selected", "screen,offer", "-f", "json").json["tables"]
    counts = {
        (t["measure"], t["name"]): {g["group"][0]: (g["selected"], g["applicants"]) for g in t["groups"]}
        for t in tables
    }
    assert counts["selection", ""] == {"m": (15, 25), "w": (2, 10)}
    assert counts["stage", "screen"] == {"m": (20, 25), "w": (6, 10)}
    assert counts["stage", "offer"] == {"m": (15, 20), "w": (2, 6)}


@pytest.mark.slow
def test_scores_are_held_against_the_median_of_the_opening(rated: Run, here: Path) -> None:
    name = write(here, "g.csv", "candidate,sex\nada,w\nBo,m\n")
    document = rated("fairness", "som", "--groups", name, "-f", "json").json
    measures = {(t["measure"], t["state"]) for t in document["tables"]}
    assert ("score", "too-few-people") in measures
    assert ("criterion", "too-few-people") in measures
    assert all(t["groups"] == [] for t in document["tables"])
    said = " ".join(rated("fairness", "som", "--groups", name).out.split())
    assert "Too few to say: selected; reached: an interview; " in said
    assert "; score above the median; " in said


@pytest.mark.slow
def test_the_layout_of_local_law_144(pool: Run) -> None:
    text = pool("fairness", "--all", "--groups", "groups.csv", "-f", "csv", "--layout", "ll144").out
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [(r["categories"], r["category"], r["applicants"], r["selected"], r["impact_ratio"]) for r in rows[:2]] == [
        ("sex", "Men", "25", "15", "1"),
        ("sex", "women", "10", "2", "0.333333"),
    ]
    assert {r["categories"] for r in rows} == {"sex", "office", "sex × office"}
    page = pool("fairness", "--all", "--groups", "groups.csv", "--layout", "ll144").out
    assert "independent auditor" in page


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("who,sex\na,b\n", "no column 'candidate'"),
        ("candidate\nw1\n", "no column names a group"),
        ("candidate,sex,Sex\nw1,a,b\n", "stands there twice"),
        ("candidate,sex\nw1,a\nInvented w1,b\n", "same candidate as line 2"),
        ("candidate,sex\nw1,a\nW1,b\n", "the same as line 2"),
        ("candidate,sex\n,a\n", "names no candidate"),
        ("candidate,sex\nw1,a,c\n", "cells"),
        ("candidate,sex\n", "no rows"),
        ("", "empty"),
        ("candidate," + ",".join(f"g{n}" for n in range(13)) + "\nw1" + ",x" * 13 + "\n", "at most 12"),
    ],
)
def test_a_bad_file_of_groups_is_refused_whole(pool: Run, here: Path, text: str, said: str) -> None:
    done = pool("fairness", "som", "--groups", write(here, "bad.csv", text))
    assert done.code == 1
    assert said in done.err
    assert done.out == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("g,selected,applicants\na,11,10\n", "11 are selected of 10"),
        ("g,selected,applicants\na,-1,10\n", "is no number of people"),
        ("g,selected,applicants\na,1.5,10\n", "is no number of people"),
        ("g,selected,applicants\na,1,2\nA,1,2\n", "the same as line 2"),
        ("g,applicants\na,1\n", "no column 'selected'"),
        ("selected,applicants\n1,2\n", "no column names a group"),
    ],
)
def test_bad_counts_are_refused(hk: Run, here: Path, text: str, said: str) -> None:
    done = hk("fairness", "--counts", write(here, "bad.csv", text))
    assert done.code == 1
    assert said in done.err


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("fairness",), 2, "which openings"),
        (("fairness", "som", "--all", "--groups", "groups.csv"), 2, "which openings"),
        (("fairness", "som"), 1, "no answers are kept"),
        (("fairness", "som", "--keep"), 2, "--keep keeps what a file says"),
        (("fairness", "som", "--forget", "--groups", "groups.csv"), 2, "takes no file"),
        (("fairness", "--counts", "groups.csv", "--keep"), 2, "stands for itself"),
        (("fairness", "som", "--counts", "groups.csv"), 2, "stands for itself"),
        (("fairness", "som", "--groups", "groups.csv", "--by", "sexx"), 1, "did you mean 'sex'"),
        (("fairness", "som", "--groups", "groups.csv", "--selected", "sex"), 1, "neither yes nor no"),
        (("fairness", "som", "--groups", "groups.csv", "--minimum", "2"), 2, "never shown"),
        (("fairness", "som", "--groups", "groups.csv", "--level", "3000"), 2, "makes no sense"),
        (("fairness", "som", "--groups", "nothing.csv"), 1, "no file"),
        (("fairness", "nope", "--groups", "groups.csv"), 1, "opening"),
    ],
)
def test_what_makes_no_sense_is_said(pool: Run, words: tuple[str, ...], code: int, said: str) -> None:
    done = pool(*words)
    assert done.code == code
    assert said in done.err


def test_interviewers_may_not_see_it(rated: Run, here: Path) -> None:
    done = rated("fairness", "som", "--as", "ivy", "--groups", write(here, "g.csv", "candidate,sex\nada,w\n"))
    assert done.code == 1
    assert "only a recruiter" in done.err
    assert "only a recruiter" in rated("fairness", "som", "--as", "ivy").err
    assert "only a recruiter" in rated("fairness", "som", "--as", "ivy", "--forget", "--yes").err


@pytest.mark.slow
def test_the_same_person_in_two_openings_needs_the_column_opening(pool: Run, here: Path) -> None:
    assert pool("opening", "create", "two", "--rubric", "sales-operations-manager").code == 0
    assert pool("candidate", "add", "two", "Someone", "--id", "w1").code == 0
    done = pool("fairness", "--all", "--groups", write(here, "g.csv", "candidate,sex\nw1,w\n"))
    assert done.code == 1
    assert "may be any of 2 candidates" in done.err
    done = pool("fairness", "--all", "--groups", write(here, "g.csv", "candidate,opening,sex\nw1,som,w\nw1,two,w\n"))
    assert done.code == 0


def test_hostile_names_of_groups_are_only_text(hk: Run, here: Path) -> None:
    evil = "[/x]\x1b]0;owned\x07 <script>alert(1)</script> \u202eevil"
    name = write(here, "c.csv", f'g,selected,applicants\n"{evil}",2,10\n"=HYPERLINK(1)",15,25\n')
    for form in ("table", "json", "csv", "markdown"):
        text = hk("fairness", "--counts", name, "-f", form).out
        assert "\x1b" not in text
        assert "\u202e" not in text
    assert "<script>" not in hk("fairness", "--counts", name, "-f", "markdown").out
    assert ",=HYPERLINK" not in hk("fairness", "--counts", name, "-f", "csv").out
