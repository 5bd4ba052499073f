"""The linear self-assessment and its reports: plain lines, every answer on disk, resumed where it was left."""

import csv
import io
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pexpect
import pytest

from hiringkit.actions.kits import choose_kit
from hiringkit.actions.self_assessments import MINUTES
from hiringkit.api import load_rubric

Run = Callable[..., Any]
SOM = "sales-operations-manager"
FIRST = f"{SOM}-1"
KIT = choose_kit(load_rubric(SOM), MINUTES)
"""The questions of an attempt."""
ASKED, NEXT = KIT[:2]
MAIN = "change-management"
"""What the first of them is mainly about."""
REQUIREMENTS = "y\n" * 9
HOSTILE = "[/x]\x1b]0;owned\x07 <script>alert(1)</script> =HYPERLINK(1) \u202eevil"


@pytest.fixture
def me(hk: Run, tmp_path: Path) -> Run:
    """Run `hiringkit self` with a folder of its own."""

    def call(verb: str, *words: str, **more: Any) -> Any:
        return hk("self", verb, *words, "--dir", str(tmp_path / "mine"), **more)

    return call


def answers(me: Run, attempt: str = FIRST) -> dict[str, Any]:
    """Return what is on disk, by question."""
    return {each["question"]: each for each in me("report", attempt, "-f", "json").json["answers"]}


@pytest.mark.slow
def test_it_asks_requirements_answers_levels_and_evidence(me: Run) -> None:
    done = me("start", SOM, typed="y\np\nn\ns\n" + "y\n" * 5 + "I timed it.\n4\nthe file\n\n")
    assert done.code == 0
    assert "Requirement 9 of 9" in done.out
    assert f"Question 1 of {len(KIT)}: {ASKED}" in done.out
    assert done.out.index("Your answer, in a line") < done.out.index("Level 5:"), "the anchors come after the answer"
    assert f"Question 2 of {len(KIT)}" in done.out
    assert f"Go on with: hiringkit self start {SOM} --resume {FIRST} --dir " in done.out
    kept = answers(me)[ASKED]
    assert (kept["answer"], kept["rating"], kept["evidence"]) == ("I timed it.", 4, "the file")
    standing = [r["standing"] for r in me("report", "-f", "json").json["requirements"]]
    assert standing == ["met", "in-progress", "unmet", None, *["met"] * 5]


@pytest.mark.slow
def test_cut_off_at_any_point_it_goes_on_where_it_was(me: Run) -> None:
    script = [*["y"] * 9, "first", "4", "seen", "second", "2", "shown"]
    me("start", SOM, typed=script[0] + "\n")
    for line in script[1:]:
        done = me("start", SOM, "--resume", FIRST, typed=line + "\n")
        assert done.code == 0
    kept = answers(me)
    assert [kept[q]["answer"] for q in (ASKED, NEXT)] == ["first", "second"]
    assert [kept[q]["rating"] for q in (ASKED, NEXT)] == [4, 2]


@pytest.mark.slow
def test_enter_keeps_a_level_that_is_there(me: Run) -> None:
    me("start", SOM, typed=REQUIREMENTS + "first\n4\nseen\n\nb\n\nseen again\nAda\nq\n")
    kept = answers(me)[ASKED]
    assert (kept["answer"], kept["rating"], kept["evidence"]) == ("first", 4, "seen again")
    assert kept["witness"] == "Ada"


@pytest.mark.slow
def test_back_skip_anew_and_nothing_to_tell(me: Run) -> None:
    done = me("start", SOM, typed=REQUIREMENTS + "s\nb\n?\nfirst\na\nbetter\nx\nq\n")
    assert done.out.count(f"Question 1 of {len(KIT)}") == 2
    kept = answers(me)[ASKED]
    assert (kept["answer"], kept["rating"], kept["evidence"]) == ("better", "no-evidence", "")


@pytest.mark.slow
def test_empty_answers_are_left_unwritten_and_wrong_ones_asked_again(me: Run) -> None:
    done = me("start", SOM, typed="maybe\n" + REQUIREMENTS + "\n7\ngood\n3\n\nq\n")
    assert "Answer y, p or n" in done.out
    assert done.out.count("is no level") == 2
    kept = answers(me)[ASKED]
    assert (kept["answer"], kept["rating"], kept["evidence"]) == ("", 3, "")


@pytest.mark.slow
def test_a_hundred_kilobytes_and_hostile_text_are_kept(me: Run) -> None:
    text = "长" * 34_000
    done = me("start", SOM, typed=REQUIREMENTS + f"{text}\n3\n{HOSTILE}\n\nq\n")
    assert done.code == 0
    kept = answers(me)[ASKED]
    assert kept["answer"] == text
    assert "<script>" in kept["evidence"]
    for form in ("table", "json", "csv", "markdown"):
        shown = me("report", "-f", form)
        assert shown.code == 0
        assert not set(shown.out) & set("\x1b\x07\u202e")


@pytest.mark.slow
def test_bytes_that_are_no_text_do_no_harm(me: Run) -> None:
    done = me("start", SOM, stdin=REQUIREMENTS.encode() + "答\n3\n\nq\n".encode())
    assert done.code == 0
    assert answers(me)[ASKED]["answer"] == "答"


@pytest.mark.slow
def test_when_all_is_rated_it_names_the_next_commands(me: Run) -> None:
    done = me("start", SOM, typed=REQUIREMENTS + "\n3\n\n" * len(KIT))
    assert f"All {len(KIT)} questions are rated" in done.out
    assert f"hiringkit self next-steps {FIRST} --dir" in done.out
    again = me("start", SOM)
    assert again.code == 0
    assert "not finished" not in again.err


@pytest.mark.slow
def test_a_new_attempt_beside_an_unfinished_one_says_so(me: Run) -> None:
    me("start", SOM, typed="q\n")
    done = me("start", SOM, typed="q\n")
    assert f"--resume {FIRST}" in done.err
    assert len(me("list", "-f", "json").json["attempts"]) == 2


@pytest.mark.slow
def test_the_answer_can_be_written_in_an_editor(me: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\nprintf "第一行\\nsecond line" > "$1"\n', encoding="utf-8")
    editor.chmod(0o755)
    monkeypatch.setenv("EDITOR", str(editor))
    me("start", SOM, typed=REQUIREMENTS + "e\n3\n\nq\n")
    assert answers(me)[ASKED]["answer"] == "第一行\nsecond line"
    monkeypatch.setenv("EDITOR", str(tmp_path / "none"))
    done = me("start", SOM, "--resume", FIRST, typed="e\nin a line\nq\n")
    assert done.code == 0
    assert "error:" in done.out
    assert answers(me)[NEXT]["answer"] == "in a line"


def test_the_files_are_for_the_owner_alone(me: Run, tmp_path: Path) -> None:
    me("start", SOM, typed="q\n")
    assert (tmp_path / "mine").stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "mine").iterdir()} == {0o600}


def test_without_a_folder_it_is_the_users_data_folder(hk: Run, elsewhere: Path) -> None:
    hk("self", "start", SOM, typed="q\n")
    assert len(list(elsewhere.rglob("*.attempt.json"))) == 1


@pytest.mark.slow
def test_in_chinese_the_content_is_chinese(me: Run) -> None:
    done = me("start", SOM, "--lang", "zh", typed=REQUIREMENTS + "\n2\n\nq\n")
    assert next(q for q in load_rubric(SOM).asked if q.id == ASKED).text.in_language("zh")[:8] in done.out
    assert "流程" in me("report", "--lang", "zh").out
    assert "流程" in me("next-steps", "--lang", "zh").out


@pytest.mark.slow
def test_nothing_to_tell_on_the_heaviest_criterion_comes_first_everywhere(me: Run) -> None:
    # forecasting is the heaviest criterion; bottlenecks lies below its bar
    rest = "\nx\n" + "\n3\n\n" * (len(KIT) - 4)
    me("start", SOM, typed=REQUIREMENTS + "told\n4\n\n" * len(KIT))
    me("start", SOM, typed=REQUIREMENTS + "\n2\n\n" + "\n3\n\n" * 2 + rest)
    done = me("report", f"{SOM}-2", "-f", "json").json
    untold = [c["criterion"] for c in done["criteria"] if c["nothing_to_tell"] and not c["ratings"]]
    assert untold, "the scripted questions leave a criterion with nothing to tell"
    assert done["gaps"][: len(untold)] == sorted(untold, key=lambda c: -share(done, c))
    assert not set(untold) & set(done["not_rated"])
    table = " ".join(me("report", f"{SOM}-2").out.split())
    assert "of the weight, left out of the score" in table
    assert "first where you had nothing to tell" in table
    assert "it is no better than one that counts it" in table, "progress says so, too"
    steps = me("next-steps", f"{SOM}-2", "-f", "json").json
    assert steps["steps"][0]["criterion"] == done["gaps"][0]
    assert steps["steps"][0]["next_level"] == 2


def share(report: dict[str, Any], criterion: str) -> float:
    return next(float(c["share"]) for c in report["criteria"] if c["criterion"] == criterion)


@pytest.mark.slow
def test_resume_asks_again_where_there_was_nothing_to_tell(me: Run) -> None:
    done = me("start", SOM, typed=REQUIREMENTS + "\nx\n" + "\n3\n\n" * (len(KIT) - 1))
    assert f"You had nothing to tell on: {ASKED}" in done.out
    again = me("start", SOM, "--resume", FIRST, typed="Now I know one.\n2\n\n")
    assert "Saved: nothing to tell" in again.out
    assert f"All {len(KIT)} questions are rated" in again.out
    assert answers(me)[ASKED]["rating"] == 2


@pytest.mark.slow
def test_a_skipped_question_ends_in_a_choice(me: Run) -> None:
    typed = REQUIREMENTS + "s\n" + "\n3\n\n" * (len(KIT) - 1)
    done = me("start", SOM, typed=typed + "q\n")
    assert f"Skipped: {ASKED}" in done.out
    assert f"open: 1 of {len(KIT)}" in done.out
    assert done.out.count(f"Question 1 of {len(KIT)}") == 1
    again = me("start", SOM, "--resume", FIRST, typed="s\n\n\n4\n\n")
    assert again.out.count(f"Question 1 of {len(KIT)}") == 2
    assert f"All {len(KIT)} questions are rated" in again.out


@pytest.mark.slow
def test_resume_begins_at_the_first_open_question(me: Run) -> None:
    me("start", SOM, typed=REQUIREMENTS + "s\n\n3\n\n\n3\n\nq\n")
    again = me("start", SOM, "--resume", FIRST, typed="q\n")
    assert f"Question 1 of {len(KIT)}" in again.out
    assert f"Question 4 of {len(KIT)}" not in again.out


@pytest.mark.slow
def test_more_minutes_say_what_they_add_and_take_nothing_away(me: Run) -> None:
    me("start", SOM, typed="q\n")
    kit = list(answers(me))
    more = me("start", SOM, "--resume", FIRST, "--minutes", "1000", typed="q\n")
    assert f"1000 minutes add to the {len(KIT)} questions of the attempt: " in more.err
    longer = list(answers(me))
    assert longer[: len(kit)] == kit
    less = me("start", SOM, "--resume", FIRST, "--minutes", "20", typed="q\n")
    assert less.code == 0
    assert f"No further question fits into 20 minutes: the attempt keeps its {len(longer)}" in less.err
    assert list(answers(me)) == longer


@pytest.mark.slow
def test_what_input_methods_write_is_meant(me: Run) -> None:
    me("start", SOM, typed="ｙ\n" * 9 + "答\n４\n\n答\nｘ\nｑ\n")
    kept = answers(me)
    assert kept[ASKED]["rating"] == 4
    assert kept[NEXT]["rating"] == "no-evidence"


@pytest.mark.slow
def test_after_the_level_an_interviewers_signs_show_and_it_can_be_given_anew(me: Run) -> None:
    done = me("start", SOM, typed=REQUIREMENTS + "told\n5\nr\n2\n\nq\n")
    assert done.out.index("Saved: 5") < done.out.index("An interviewer would look for:")
    assert "What would speak against it:" in done.out
    assert answers(me)[ASKED]["rating"] == 2


@pytest.mark.slow
def test_anchors_can_be_ticked_part_by_part(me: Run) -> None:
    done = me("start", SOM, typed=REQUIREMENTS + "told\nt\nfive\n８，9\n3\nthe file\n\nq\n")
    assert "Level 3: 2 of 4 parts ticked" in done.out
    kept = answers(me)[ASKED]
    assert [tick["clause"] for tick in kept["ticks"]] == [
        "Talked with the people who resisted",
        "names one concrete objection and what it meant for their work",
    ]
    assert kept["claim"] == ["anchor"]
    assert "not all of its anchor is ticked" in " ".join(me("report").out.split())


@pytest.mark.slow
def test_a_level_without_the_evidence_it_demands_is_a_claim_and_no_strength(me: Run) -> None:
    me("start", SOM, typed=REQUIREMENTS + "told\n5\n\nq\n")
    bare = me("report", "-f", "json").json
    assert bare["strengths"] == []
    assert answers(me)[ASKED]["claim"] == ["evidence"]
    out = " ".join(me("report").out.split())
    assert "5, a claim: names no evidence" in out
    assert "a bare claim" in out
    me("start", SOM, "--resume", FIRST, "--minutes", "30", typed="b\n\ncut from 9 days to 2\nAda\nq\n")
    backed = me("report", "-f", "json").json
    assert MAIN in backed["strengths"]
    assert answers(me)[ASKED]["claim"] == []


@pytest.mark.slow
def test_the_report_carries_the_answers_themselves(me: Run, tmp_path: Path) -> None:
    me("start", SOM, typed=REQUIREMENTS + "I timed every stage.\n4\nthe file\nthe head of sales\nq\n")
    page = tmp_path / "mine.html"
    me("report", "-o", str(page))
    text = page.read_text(encoding="utf-8")
    for words in ("I timed every stage.", "the file", "the head of sales", "Who could confirm it"):
        assert words in text


@pytest.mark.slow
def test_attempts_of_one_day_are_told_apart(me: Run) -> None:
    for _attempt in range(2):
        me("start", SOM, typed=REQUIREMENTS + "\n3\n\nq\n")
    table = next(csv.reader(io.StringIO(me("report", "-f", "csv").out)))
    assert table
    heads = [line for line in me("report", "-f", "markdown").out.splitlines() if line.startswith("| Criterion | 20")]
    assert len(heads) == 1
    first, second = heads[0].split("|")[2:4]
    assert first.strip() != second.strip()
    assert ":" in first


# A peer or coach


@pytest.mark.slow
def test_a_coach_rates_the_written_answers_and_nothing_else_is_handed_out(rated: Run, tmp_path: Path) -> None:
    file = tmp_path / "for a coach.yaml"
    shared = rated("share", str(file))
    assert shared.code == 0
    assert "hiringkit self receive" in shared.err
    text = file.read_text(encoding="utf-8")
    assert "I guessed." in text
    assert text.count("level:\n") == 2, "blank, whatever the own levels are"
    assert "# Level 3: Talked with the people" in text
    assert rated("share", str(file)).code == 1, "nothing is overwritten"
    filled = text.replace("rater:", "rater: Jo Field").replace(
        "level:\n    note:", "level: 1\n    note: which step?", 1
    )
    file.write_text(filled, encoding="utf-8")
    done = rated("receive", str(file))
    assert done.code == 0, done.err
    found = rated("report", "-f", "json").json["peers"]
    assert [(each["question"], each["by"], each["own"], each["theirs"], each["note"]) for each in found] == [
        (ASKED, "Jo Field", 2, 1, "which step?")
    ]
    table = " ".join(rated("report").out.split())
    assert "What others make of your answers" in table
    assert "+1.00 points from theirs on average (1 answers)" in table
    rated("start", SOM, "--resume", FIRST, typed="b\na\n")
    assert rated("receive", str(file), "--from", "Ada").code == 0
    assert {each["by"] for each in rated("report", "-f", "json").json["peers"]} == {"Jo Field", "Ada"}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("level:\n", "level: 9\n"), "9 is not on the scale"),
        (("rater:", "rater:"), "the file gives no level"),
        ((f"  {ASKED}:", "  bottle:"), "no question in the attempt"),
        (("level:\n", "level: good\n"), "expected"),
        ((f'"{FIRST}"', '"other-1"'), "no attempt 'other-1'"),
    ],
)
def test_a_wrong_file_from_a_coach_changes_nothing(
    rated: Run, tmp_path: Path, change: tuple[str, str], said: str
) -> None:
    file = tmp_path / "answers.yaml"
    rated("share", str(file))
    file.write_text(file.read_text(encoding="utf-8").replace(*change, 1), encoding="utf-8")
    before = (tmp_path / "mine" / f"{FIRST}.attempt.json").read_bytes()
    done = rated("receive", str(file), "--from", "Jo")
    assert done.code in (1, 2)
    assert said in done.err
    assert (tmp_path / "mine" / f"{FIRST}.attempt.json").read_bytes() == before


@pytest.mark.slow
def test_hostile_answers_are_shared_as_text(me: Run, tmp_path: Path) -> None:
    file = tmp_path / "answers.yaml"
    me("start", SOM, typed=REQUIREMENTS + f"{HOSTILE}: [x] #y\n3\n{HOSTILE}\n\nq\n")
    assert me("share", str(file)).code == 0
    text = file.read_text(encoding="utf-8")
    assert not set(text) & set("\x1b\x07\u202e")
    file.write_text(text.replace("level:\n", "level: 4\n", 1), encoding="utf-8")
    assert me("receive", str(file), "--from", HOSTILE).code == 0
    assert not set(me("report").out) & set("\x1b\x07\u202e")


@pytest.mark.slow
def test_an_attempt_of_before_there_were_peers_ticks_and_plans_still_opens(rated: Run, tmp_path: Path) -> None:
    file = tmp_path / "mine" / f"{FIRST}.attempt.json"
    content = json.loads(file.read_text(encoding="utf-8"))
    for answer in content["answers"]:
        assert not answer.keys() - {"question", "text", "level", "evidence", "changed_at"}, (
            "nothing new unless it is used"
        )
    assert not content.keys() & {"peers", "done"}
    content["peers"] = [{"by": "x", "received_at": "2026-01-02T00:00:00+00:00", "levels": []}]
    content["peers"][0]["levels"] = [{"question": ASKED, "level": 10**300, "answer": "", "note": ""}]
    file.write_text(json.dumps(content), encoding="utf-8")
    refused = rated("report", FIRST)
    assert refused.code == 1
    assert "not on the rubric's scale" in " ".join(refused.err.split())


# The plan


@pytest.mark.slow
def test_next_steps_are_a_plan_with_dates_that_is_ticked_off(rated: Run, tmp_path: Path) -> None:
    plan = rated("next-steps", "--by", "2999-01-31", "-f", "json").json["plan"]
    assert plan[0]["step"].startswith(f"{MAIN}/")
    assert plan[0]["kind"] == "practise", "the least effort first"
    dues = [each["due"] for each in plan]
    assert dues == sorted(dues)
    assert dues[-1] == "2999-01-31"
    first = plan[0]["step"]
    done = rated("done", first)
    assert f"{len(plan) - 1} of {len(plan)} steps to do" in done.err
    after = rated("next-steps", "--by", "2999-01-31", "-f", "json").json["plan"]
    assert (after[0]["step"], after[0]["due"]) == (first, None)
    assert after[0]["done"]
    assert "[x] " in rated("next-steps").out
    rated("done", first, "--undo")
    assert rated("next-steps", "-f", "json").json["plan"][0]["done"] is None
    wrong = rated("done", "nothing")
    assert wrong.code == 1
    assert rated("next-steps", "--by", "2001-01-01").code == 2
    calendar = tmp_path / "plan.ics"
    assert rated("next-steps", "-o", str(calendar)).code == 2
    assert rated("next-steps", "--by", "2999-01-31", "-o", str(calendar)).code == 0
    text = calendar.read_text(encoding="utf-8")
    assert text.count("BEGIN:VEVENT") == len(plan)
    assert "Level 3 looks like" in text.replace("\r\n ", "").replace("\n ", "")
    checklist = tmp_path / "plan.md"
    rated("next-steps", "--by", "2999-01-31", "-o", str(checklist))
    lines = checklist.read_text(encoding="utf-8").splitlines()
    assert sum(line.startswith("- [ ] ") for line in lines) == len(plan)


# Reports


@pytest.fixture
def rated(me: Run) -> Run:
    """One attempt with two questions rated, the first below the bar."""
    me("start", SOM, typed=REQUIREMENTS + "I guessed.\n2\n\nCleaned it.\n4\nthe list\n\nq\n")
    return me


@pytest.mark.slow
@pytest.mark.parametrize("verb", ["report", "next-steps", "list"])
def test_every_report_comes_in_every_format(rated: Run, verb: str) -> None:
    done = {form: rated(verb, "-f", form) for form in ("table", "json", "csv", "markdown")}
    assert [each.code for each in done.values()] == [0, 0, 0, 0]
    assert done["json"].json["schema"].startswith("hiringkit/")
    assert len(list(csv.reader(io.StringIO(done["csv"].out)))) > 1
    assert done["markdown"].out.startswith("# ")


@pytest.mark.slow
def test_the_report_sets_the_scores_against_the_bars(rated: Run) -> None:
    found = rated("report", "-f", "json").json
    assert found["gaps"][0] == MAIN
    scores = {each["criterion"]: each for each in found["criteria"]}
    assert scores[MAIN]["gap"] == 1
    assert scores[MAIN]["priority"] == pytest.approx(12 / 42, abs=1e-6), (
        "closing a gap of 1 on 12 of the 42 % that have a score"
    )
    assert scores["data-analysis"]["basis"] == "thin"
    table = rated("report").out
    assert "Self-ratings run high" in table
    assert "Heidemeier & Moser 2009" in table


@pytest.mark.slow
def test_the_page_shows_progress_from_the_second_attempt_on(rated: Run, tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    assert rated("report", "-o", str(page)).code == 0
    first = page.read_text(encoding="utf-8")
    assert "Own scores and what the role asks for" in first
    assert "Own score over your attempts" not in first
    rated("start", SOM, typed=REQUIREMENTS + "\n4\n\nq\n")
    rated("report", "-o", str(page))
    text = page.read_text(encoding="utf-8")
    assert "Own score over your attempts" in text
    assert 'class="path"' in text
    assert "Own score over your attempts" in rated("report").out


@pytest.mark.slow
def test_next_steps_name_commands_that_work(rated: Run, hk: Run) -> None:
    out = " ".join(rated("next-steps").out.split())
    assert "Level 3 looks like" in out
    asked = re.findall(r"hiringkit practice (sales-operations) --question ([a-z-]+)", out)
    assert asked
    for bank, question in asked:
        assert hk("practice", bank, "--question", question, typed="q\n").code == 0


@pytest.mark.slow
def test_next_steps_name_the_requirements_that_are_not_met(me: Run) -> None:
    me("start", SOM, typed="p\nn\nn\n" + "y\n" * 6 + "I measured it.\n4\n\nq\n")
    found = me("next-steps", "-f", "json").json["requirements"]
    assert [(each["requirement"], each["standing"]) for each in found] == [
        ("bachelors-degree", "unmet"),
        ("senior-stakeholder-work", "in-progress"),
        ("masters-degree", "unmet"),
    ]
    out = " ".join(me("next-steps").out.split())
    assert "Requirements not met yet" in out
    assert "Why it is asked for" in out
    assert "任职要求" in me("next-steps", "--lang", "zh").out


def test_nothing_rated_is_said_to_be_nothing(me: Run) -> None:
    done = me("start", SOM, typed="q\n")
    assert f"open: {len(KIT)} of {len(KIT)} questions" in done.out
    out = me("report").out
    assert out.count("Nothing is rated yet.") == 2
    assert "below its bar" not in out


@pytest.mark.slow
def test_a_newer_rubric_is_explained(rated: Run, hk: Run, tmp_path: Path) -> None:
    shipped = Path(__file__).parents[2] / "rubrics" / "sales-operations" / f"{SOM}.yaml"
    text = shipped.read_text(encoding="utf-8").replace("version: 1.0.0", "version: 2.0.0")
    mine = tmp_path / "library" / "rubrics"
    mine.mkdir(parents=True)
    (mine / "som.yaml").write_text(text, encoding="utf-8")
    done = rated("start", SOM, "--resume", FIRST, "--library", str(mine.parent), typed="q\n")
    assert done.code == 0
    assert "version 1.0.0 of the rubric; it is 2.0.0 now" in done.err
    assert "count on" in done.err
    assert rated("report", "-f", "json").json["rubric"]["version"] == "2.0.0"


@pytest.mark.slow
def test_what_is_not_there_is_named(rated: Run) -> None:
    for words in (("report", "nothing"), ("next-steps", "nothing"), ("start", SOM, "--resume", "nothing")):
        done = rated(*words)
        assert done.code == 1
        assert "no attempt 'nothing'" in done.err
    assert rated("start", "sales-operation-manager").code == 1
    assert rated("start", SOM, "--minutes", "1").code == 2
    assert rated("report", "--compare-with", "me@home.example").code == 1


@pytest.mark.slow
def test_a_broken_file_is_listed_and_the_others_are_used(rated: Run, tmp_path: Path) -> None:
    broken = tmp_path / "mine" / "x.attempt.json"
    broken.write_bytes(b'{"hiringkit": "attempt/1", "\xff')
    done = rated("list")
    assert done.code == 0
    assert FIRST in done.out
    assert "x.attempt.json" in " ".join(done.out.split()).replace(" ", "")
    assert rated("report").code == 0
    refused = rated("report", "x")
    assert refused.code == 1
    assert "encoding" in refused.err
    assert broken.exists()


@pytest.mark.slow
def test_beside_interviews_of_the_same_person(rated: Run, som: Run) -> None:
    for words in (
        ("candidate", "add", "som", "Me Myself", "--id", "me", "--email", "me@home.example"),
        ("interview", "schedule", "som", "me", "ivy", "--question", ASKED),
        ("interview", "rate", "som/me/ivy", "--as", "ivy", ASKED, "1"),
        ("interview", "submit", "som/me/ivy", "--as", "ivy"),
    ):
        assert som(*words).code == 0
    found = rated("report", "--compare-with", "me@home.example", "-f", "json").json["correction"]
    assert found["difference"] == 1
    assert "Beside the interviews in som" in rated("report", "--compare-with", "me@home.example").out


# At a real terminal


def terminal(folder: Path, *words: str) -> "pexpect.spawn[str]":
    command = [*words, "--dir", str(folder / "mine")]
    environment = {**os.environ, "TERM": "dumb", "COLUMNS": "200"}
    arguments = ["-m", "hiringkit", "self", *command]
    return pexpect.spawn(sys.executable, arguments, encoding="utf-8", env=environment, timeout=30, dimensions=(40, 200))


@pytest.mark.slow
def test_at_a_terminal_killed_and_resumed_nothing_is_lost(tmp_path: Path, interrupt: Callable[[Any], None]) -> None:
    sitting = terminal(tmp_path, "start", SOM)
    for number in range(1, 10):
        sitting.expect(f"Requirement {number} of 9")
        sitting.expect("b back, q leave")
        sitting.sendline("y")
    sitting.expect(f"Question 1 of {len(KIT)}")
    sitting.expect("> ")
    sitting.sendline("我量了每个阶段。" + " more than a line of a terminal can hold" * 200)
    sitting.expect("Saved")
    sitting.expect("Your level")
    sitting.kill(signal.SIGKILL)
    sitting.wait()
    again = terminal(tmp_path, "start", SOM, "--resume", FIRST)
    again.expect("Your answer: 我量了每个阶段。")
    again.expect("Your level")
    again.sendline("4")
    again.expect("evidence")
    interrupt(again)
    again.expect("Interrupted; what was answered is saved")
    again.expect(pexpect.EOF)
    assert again.wait() == 130
    kept = json.loads((tmp_path / "mine" / f"{FIRST}.attempt.json").read_text(encoding="utf-8"))["answers"]
    assert len(kept[0]["text"]) > 8_000, "a terminal alone would have cut it at 4,095 bytes"
    assert kept[0]["level"] == 4


@pytest.mark.slow
def test_pasted_paragraphs_are_one_answer_in_every_prompt(tmp_path: Path) -> None:
    sitting = terminal(tmp_path, "start", SOM)
    for _number in range(9):
        sitting.expect("b back, q leave")
        sitting.sendline("y")
    sitting.expect("> ")
    sitting.send("\x1b[200~Situation: late.\rAction: 量了。\r\rResult: 9 days to 2.\x1b[201~\r")
    sitting.expect("Saved")
    sitting.expect("Your level")
    sitting.send("\x1b[200~first\rsecond\rthird\x1b[201~\r")
    sitting.expect("is no level")
    sitting.expect("Your level")
    sitting.sendline("q")
    sitting.expect(pexpect.EOF)
    kept = json.loads((tmp_path / "mine" / f"{FIRST}.attempt.json").read_text(encoding="utf-8"))["answers"]
    assert kept[0]["text"] == "Situation: late.\nAction: 量了。\n\nResult: 9 days to 2."
    assert len(kept) == 1


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "spared"),
    [
        (("self", "report"), {"scipy", "sqlalchemy", "textual", "jinja2", "alembic"}),
        (("self", "next-steps"), {"scipy", "sqlalchemy", "textual", "jinja2", "alembic"}),
        (("self", "list"), {"numpy", "scipy", "sqlalchemy", "textual", "jinja2", "alembic"}),
        (("need", "list"), {"numpy", "scipy", "sqlalchemy", "textual", "jinja2", "alembic"}),
        (("posting", SOM), {"numpy", "scipy", "sqlalchemy", "textual", "jinja2", "alembic"}),
    ],
    ids=lambda given: " ".join(given) if isinstance(given, tuple) else "",
)
def test_a_view_for_one_person_loads_nothing_that_it_does_not_need(
    hk: Run, words: tuple[str, ...], spared: set[str]
) -> None:
    assert hk("self", "start", SOM, typed=one_answer()).code == 0
    code = f"import sys; from hiringkit.cli.main import run; run({[*words]!r}); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in done.stderr.split()}
    assert not loaded & spared
    assert done.stdout


def one_answer() -> str:
    """Type an answer to the first question, and leave."""
    return "y\n" * 9 + "I measured it.\n4\na file\nq\n"
