"""`hiringkit decision` as typed: by options, by prompts, in every format; and docs/decisions.md."""

import csv
import hashlib
import io
import json
import re
import shlex
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hiringkit.cli.main import run
from hiringkit.report.schemas import json_schema

Run = Callable[..., Any]
GUIDE = (Path(__file__).parents[2] / "docs" / "decisions.md").read_text(encoding="utf-8")
HOSTILE = "[/x]\x1b]0;owned\x07 <script>alert(1)</script> =HYPERLINK(1) \u202eevil | `x`"
RUBRIC = """\
hiringkit: rubric/1
id: small
version: 1.0.0
title: Small
role: {family: tests, level: manager, requirements: [{id: degree, kind: required, text: A degree}]}
criteria:
  - {id: care, kind: competency, name: Care, definition: d, weight: 3, bar: 3, anchors: {1: careless, 3: careful}}
  - {id: pace, kind: competency, name: Pace, definition: d, weight: 1, bar: 3, anchors: {1: slow, 3: quick}}
questions:
  - {id: one, kind: behavioural, text: First?, criteria: {care: 1}, minutes: 5, anchors: {1: a, 3: b}}
  - {id: two, kind: behavioural, text: Second?, criteria: {pace: 1}, minutes: 5, anchors: {1: a, 3: b}}
"""


@pytest.fixture(scope="session")
def prepared_decision(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database made once: two candidates, rated by two; a decision in which a third person votes too."""
    folder = tmp_path_factory.mktemp("decision")
    (folder / "small.yaml").write_text(RUBRIC, encoding="utf-8")
    words = [
        f"opening create som --rubric {folder / 'small.yaml'}",
        "candidate add som Ada",
        "candidate add som Bo",
        *(f"interviewer add {name} --email {name.lower()}@firm.example" for name in ("Ivy", "Joe", "Kim")),
    ]
    for candidate, levels in (("ada", "54"), ("bo", "32")):
        words.append(f"interview schedule som {candidate} ivy joe --question one --question two")
        for who in ("ivy", "joe"):
            at = f"som/{candidate}/{who} --as {who}"
            words += [f"interview rate {at} one {levels[0]}", f"interview rate {at} two {levels[1]}"]
            words.append(f"interview submit {at}")
    words.append("decision open som --holistic 20 --voter ivy --voter joe --voter kim")
    for line in words:
        assert run(["--db", str(folder / "som.db"), "-q", *line.split()]) == 0, line
    return folder / "som.db"


@pytest.fixture
def panel(hk: Run, prepared_decision: Path, database: Path) -> Run:
    """Run `hiringkit` on a copy of the database with an open decision."""
    database.parent.mkdir(mode=0o700)
    shutil.copy(prepared_decision, database)
    return hk


def settle(hk: Run, *criteria: str) -> None:
    for criterion in criteria:
        for who in ("ivy", "joe", "kim"):
            assert hk("decision", "vote", "som", criterion, "ada=4", "bo=3", "--as", who).code == 0
        assert hk("decision", "reveal", "som", criterion).code == 0
        assert hk("decision", "reveal", "som", criterion, "--note", HOSTILE).code == 0


CLOSE = ("decision", "close", "som", "--decided-by", "Dana", "--reason", "care=a", "--reason", "pace=b")
WHOLE = (*CLOSE, "--reason", "holistic=c")


@pytest.mark.slow
@pytest.mark.parametrize("verb", ["show", "memo"])
def test_every_format_says_it_and_none_is_obeyed(panel: Run, here: Path, verb: str) -> None:
    settle(panel, "care", "pace", "holistic")
    assert panel(*WHOLE, "--for", "ada", "--dissent", f"kim={HOSTILE}", "--decided-by", HOSTILE).code == 0
    for form in ("table", "json", "csv", "markdown"):
        done = panel("decision", verb, "som", "-f", form)
        assert done.code == 0
        assert "\x1b" not in done.out
        assert "\u202e" not in done.out
    rows = list(csv.DictReader(io.StringIO(panel("decision", verb, "som", "-f", "csv").out)))
    assert len(rows) == 3 * 3 * 2
    page = here / "memo.html"
    assert panel("decision", verb, "som", "-o", str(page)).code == 0
    text = page.read_text(encoding="utf-8")
    assert "<script>alert" not in text
    assert "alert(1)" in text


@pytest.mark.slow
def test_the_memo_is_what_was_stored(panel: Run) -> None:
    settle(panel, "care", "pace", "holistic")
    panel(*WHOLE, "--for", "ada", "--dissent", "kim=Bo is quicker")
    shown = panel("decision", "show", "som", "-f", "json").json
    memo = panel("decision", "memo", "som", "-f", "json").json
    shown.pop("schema")
    assert memo["decision"] == shown
    for ballot in shown["ballots"]:
        assert ballot["levels"] == {"ada": 4, "bo": 3}
    closing = memo["closings"][-1]
    assert (closing["candidate"], closing["decided_by"]) == ("ada", "Dana")
    said = {(each["kind"], each["criterion"], each["voter"], each["text"]) for each in closing["statements"]}
    assert said == {
        ("reason", "care", "", "a"),
        ("reason", "pace", "", "b"),
        ("reason", "holistic", "", "c"),
        ("dissent", "", "kim", "Bo is quicker"),
    }
    compared = panel(*shlex.split(memo["replay"]["command"])[1:]).json
    assert memo["comparison"] == compared
    canonical = json.dumps(compared, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    digest = "sha256:" + hashlib.sha256(canonical.encode()).hexdigest()
    assert digest == closing["comparison"] == memo["replay"]["digest"]
    chinese = panel("--lang", "zh", "decision", "memo", "som", "-f", "json").json
    assert chinese["replay"]["digest"] == digest
    for schema in ("decision", "decision-memo"):
        assert json_schema(schema)


@pytest.mark.slow
@pytest.mark.parametrize("form", ["table", "json", "csv", "markdown"])
@pytest.mark.parametrize("words", ["decision show som", "decision memo som", "audit log", "export som", "report som"])
def test_no_door_shows_a_sealed_vote(panel: Run, words: str, form: str) -> None:
    panel("decision", "vote", "som", "care", "ada=1", "bo=5", "--reason", "only Ivy knows", "--as", "ivy")
    own = panel("decision", "show", "som", "-f", "csv", "--as", "ivy").out
    assert "only Ivy knows" in own
    for who in ("joe", "kim@firm.example", "recruiter:dana"):
        done = panel(*words.split(), "-f", form, "--as", who)
        assert "only Ivy knows" not in done.out
        if words.startswith("decision"):
            silent = done.out
            panel("decision", "vote", "som", "care", "ada=5", "bo=1", "--as", "ivy")
            assert panel(*words.split(), "-f", form, "--as", who).out == silent
    log = panel("audit", "log", "-f", "json").json["events"]
    assert all(each["actor"] == "" for each in log if each["action"] == "decision.vote")
    assert panel("audit", "verify").code == 0


def test_votes_are_asked_for(panel: Run) -> None:
    done = panel("decision", "vote", "som", "--as", "ivy", typed="9\n5\n3\nbecause\nb\n4\na\n\n")
    assert done.code == 0, done.err
    assert "Care: d" in done.err
    votes = panel("decision", "show", "som", "-f", "json", "--as", "ivy").json["ballots"]
    assert [(each["criterion"], each["levels"], each["reason"]) for each in votes] == [
        ("care", {"ada": 5, "bo": 3}, "because"),
        ("pace", {"ada": 4, "bo": None}, ""),
    ]
    again = panel("decision", "vote", "som", "--as", "ivy")
    assert "You have voted on all" in again.err


def test_leaving_in_between_keeps_what_was_voted_and_no_half_vote(panel: Run) -> None:
    done = panel("decision", "vote", "som", "--as", "ivy", typed="5\n3\n\n4\nq\n")
    assert done.code == 0
    votes = panel("decision", "show", "som", "-f", "json", "--as", "ivy").json["ballots"]
    assert [each["criterion"] for each in votes] == ["care"]


@pytest.mark.slow
def test_a_revote_is_asked_for_and_enter_keeps_the_level(panel: Run) -> None:
    for who in ("ivy", "joe", "kim"):
        panel("decision", "vote", "som", "care", "ada=4", "bo=3", "--as", who)
    panel("decision", "reveal", "som", "care")
    done = panel("decision", "revote", "som", "care", "--as", "ivy", typed="\n5\nBo showed it\n")
    assert done.code == 0, done.err
    assert "Ada [4]" in done.err
    mine = panel("decision", "show", "som", "-f", "json", "--as", "ivy").json["ballots"]
    assert [each["levels"] for each in mine if each["round"] == 2] == [{"ada": 4, "bo": 5}]


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        ("decision open som", 1, "opened already"),
        ("decision open som --holistic 31 --anew x", 2, "31 %"),
        ("decision open som --holistic lots", 2, "no percentage"),
        ("decision open other", 1, "no opening 'other'"),
        ("decision vote som care ada --as ivy", 2, "CANDIDATE=LEVEL"),
        ("decision vote som care ada=3 ada=4 --as ivy", 2, "given twice"),
        ("decision vote som speed ada=3 bo=3 --as ivy", 1, "no criterion in this decision: 'speed'"),
        ("decision vote som care ada=3 bo=3", 1, "act as a recruiter"),
        ("decision vote som holistic ada=3 bo=3 --as ivy", 1, "comes last"),
        ("decision revote som care --keep --as ivy", 1, "not revealed yet"),
        ("decision revote som care ada=3 --keep --as ivy", 2, "--keep keeps every level"),
        ("decision reveal som care", 1, "not everybody has voted"),
        ("decision close som --decided-by Dana", 2, "not said for whom"),
        ("decision close som --for ada --for-nobody", 2, "somebody is chosen, or nobody"),
        ("decision close som --for ada --reason care", 2, "CRITERION=WHY"),
        ("decision reopen som --because x", 1, "nothing to take up again"),
        ("decision reopen som", 2, "--because"),
        ("decision show som --number 2", 1, "no decision 2"),
        ("decision memo som --number 0", 2, "0"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence_and_changes_nothing(
    panel: Run, words: str, code: int, message: str
) -> None:
    before = panel("decision", "show", "som", "-f", "json").out
    done = panel(*words.split())
    assert done.code == code
    assert message in done.err
    assert "Traceback" not in done.err
    assert panel("decision", "show", "som", "-f", "json").out == before


def test_nothing_is_shown_where_nothing_was_opened(rated: Run) -> None:
    done = rated("decision", "show", "som")
    assert (done.code, "hiringkit decision open som" in done.err) == (1, True)


@pytest.mark.slow
def test_shares_are_read_as_people_write_them(rated: Run) -> None:
    for n, share in enumerate(("20", "20%", "20 %", "0.2")):
        anew = ("--anew", "again") if n else ()
        assert rated("decision", "open", "som", "--holistic", share, *anew).code == 0
        assert rated("decision", "show", "som", "-f", "json").json["holistic"] == 0.2


def commands() -> list[str]:
    blocks = re.findall(r"```\n(.*?)```", GUIDE, re.DOTALL)
    return [line for block in blocks for line in block.splitlines()]


@pytest.mark.slow
def test_the_guide_works_as_typed(hk: Run, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HIRINGKIT_DB")
    digests = []
    for line in commands():
        command, _, target = line.partition(" > ")
        program, *words = shlex.split(command)
        if program == "hiringkit":
            done = hk(*words)
            assert done.code == 0, f"{line}: {done.err}"
            if target:
                (here / target).write_text(done.out, encoding="utf-8")
        else:
            ran = subprocess.run([sys.executable, *words], capture_output=True, text=True, check=True, cwd=here)
            digests.append(ran.stdout.strip())
    memo = hk("decision", "memo", "demo", "-f", "json", "--db", "hiringkit.db").json
    assert digests == [memo["replay"]["digest"]] == [memo["closings"][0]["comparison"]]
    assert "moved" in (here / "memo.html").read_text(encoding="utf-8")
    assert [(each["voter"], each["before"], each["after"]) for each in memo["moves"]] == [("zhiyuan", 2, 4)]


@pytest.mark.slow
def test_an_erased_candidate_leaves_levels_and_a_pseudonym_in_a_decision(panel: Run, database: Path) -> None:
    settle(panel, "care", "pace", "holistic")
    assert panel("decision", "note", "som", "care", "Ada was quicker than Bo").code == 0
    assert panel(*WHOLE, "--for", "ada", "--dissent", "kim=ADA is not ready").code == 0
    before = panel("decision", "show", "som", "-f", "json").json
    assert panel("audit", "verify").code == 0
    assert panel("candidate", "erase", "som", "ada", "--yes").code == 0
    assert panel("audit", "verify").code == 0
    held = database.read_bytes()
    assert not re.search(rb'\bada\b|"ada"|\bAda\b|\bADA\b|som/ada', held)
    after = panel("decision", "show", "som", "-f", "json").json
    assert before != after
    memo = panel("decision", "memo", "som").out
    assert "erased-1" in memo
    assert "erased-1 was quicker than Bo" in memo
    assert panel("candidate", "erase", "som", "bo", "--yes").code == 0
    assert panel("audit", "verify").code == 0
    assert panel("db", "check").code == 0
    assert panel("candidate", "erase", "som", "decision/1", "--yes").code == 1


@pytest.mark.slow
def test_what_is_left_of_a_decision_is_vouched_for(panel: Run, database: Path) -> None:
    settle(panel, "care", "pace", "holistic")
    assert panel("candidate", "erase", "som", "ada", "--yes").code == 0
    with sqlite3.connect(database) as connection:
        assert connection.execute("UPDATE decision_votes SET level = 1").rowcount
    connection.close()
    assert panel("audit", "verify").code == 1


def test_decisions_of_two_openings_do_not_get_mixed_up_in_the_log(panel: Run, here: Path) -> None:
    (here / "small.yaml").write_text(RUBRIC, encoding="utf-8")
    assert panel("opening", "create", "two", "--rubric", "small.yaml").code == 0
    assert panel("candidate", "add", "two", "Cy").code == 0
    assert panel("decision", "open", "two", "--voter", "ivy").code == 0
    assert panel("audit", "verify").code == 0


@pytest.mark.slow
def test_a_candidate_may_have_the_votes_about_them_and_nobody_elses(panel: Run, here: Path) -> None:
    about_both = "Ada is quicker than Bo, says Ivy"
    assert panel("decision", "vote", "som", "care", "ada=4", "bo=2", "--reason", about_both, "--as", "ivy").code == 0
    assert panel("decision", "vote", "som", "care", "ada=3", "bo=5", "--reason", "Bo was calm", "--as", "joe").code == 0
    done = panel("candidate", "export-personal", "som", "ada", "-f", "json")
    (decision,) = done.json["decisions"]
    assert (decision["votes"], decision["sealed"], decision["chosen"]) == ([], 2, None)
    assert "quicker" not in done.out
    assert panel("decision", "vote", "som", "care", "ada=abstain", "bo=1", "--as", "kim").code == 0
    assert panel("decision", "reveal", "som", "care").code == 0
    assert panel("decision", "note", "som", "care", "Bo stays calm, Ada does not").code == 0
    done = panel("candidate", "export-personal", "som", "ada", "-f", "json")
    (decision,) = done.json["decisions"]
    assert sorted((each["voter"], each["level"], each["reason"]) for each in decision["votes"]) == [
        (1, 4, "Ada is quicker than [another candidate], says [interviewer 1]"),
        (2, 3, ""),
        (3, None, ""),
    ]
    assert decision["said"] == ["[another candidate] stays calm, Ada does not"]
    assert not re.search(r"\b(Bo|Ivy|Joe|Kim|ivy|joe|kim)\b", json.dumps(done.json["decisions"]))
    for form in ("table", "markdown"):
        told = panel("candidate", "export-personal", "som", "ada", "-f", form).out
        assert "Votes about you" in told
        assert "calm, Ada does not" in told
        assert not re.search(r"\b(Bo|Ivy|Joe|Kim)\b", told)
    assert "关于你的投票" in panel("--lang", "zh", "candidate", "export-personal", "som", "ada").out


@pytest.mark.slow
def test_whoever_was_chosen_reads_why_and_whoever_was_not_does_not(panel: Run) -> None:
    settle(panel, "care", "pace", "holistic")
    reasons = ("--reason", "care=steady under pressure", "--reason", "pace=b", "--reason", "holistic=c")
    assert panel("decision", "close", "som", "--decided-by", "Dana", *reasons, "--for", "ada").code == 0
    ada, bo = (
        panel("candidate", "export-personal", "som", who, "-f", "json").json["decisions"][0] for who in ("ada", "bo")
    )
    assert (ada["chosen"], bo["chosen"]) == (True, False)
    assert "steady under pressure" in ada["said"]
    assert "steady under pressure" not in bo["said"]
    assert len(bo["votes"]) == 3 * 3


@pytest.mark.slow
def test_what_was_said_about_nobody_else_is_erased(panel: Run, database: Path) -> None:
    votes = ("ada=4", "bo=3", "--reason")
    assert panel("decision", "vote", "som", "care", *votes, "Ada grew up in a circus", "--as", "ivy").code == 0
    assert panel("decision", "vote", "som", "pace", *votes, "Ada sang, Bo danced", "--as", "ivy").code == 0
    assert panel("candidate", "erase", "som", "ada", "--yes").code == 0
    with sqlite3.connect(database) as raw:
        reasons = dict(raw.execute("SELECT criterion_id, reason FROM decision_ballots").fetchall())
    assert reasons == {"care": "erased", "pace": "erased-1 sang, Bo danced"}
    assert b"circus" not in database.read_bytes()
    assert panel("audit", "verify").code == 0


@pytest.mark.slow
def test_why_somebody_was_chosen_goes_with_them(panel: Run, database: Path) -> None:
    settle(panel, "care", "pace", "holistic")
    reasons = ("--reason", "care=her years at sea", "--reason", "pace=b", "--reason", "holistic=c")
    assert panel("decision", "close", "som", "--decided-by", "Dana", *reasons, "--for", "ada").code == 0
    assert panel("candidate", "erase", "som", "ada", "--yes").code == 0
    memo = panel("decision", "memo", "som", "-f", "json").json
    assert {each["text"] for each in memo["closings"][-1]["statements"]} == {"erased"}
    assert b"years at sea" not in database.read_bytes()
    assert panel("audit", "verify").code == 0


@pytest.mark.slow
def test_in_a_decision_on_one_candidate_everything_said_is_erased(panel: Run, database: Path) -> None:
    again = ("decision", "open", "som", "--anew", "Bo declined", "--candidate", "ada", "--voter", "ivy")
    assert panel(*again).code == 0
    assert panel("decision", "vote", "som", "care", "ada=4", "--as", "ivy").code == 0
    assert panel("decision", "reveal", "som", "care").code == 0
    assert panel("decision", "note", "som", "care", "a quiet voice").code == 0
    assert panel("candidate", "erase", "som", "ada", "--yes").code == 0
    assert b"quiet voice" not in database.read_bytes()
    assert panel("audit", "verify").code == 0
