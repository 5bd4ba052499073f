"""Does the organisation need the role: prompts, files of answers, what follows, and what is kept."""

import json
import re
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
ROLE = "sales-operations-manager"
DOC = (Path(__file__).parents[2] / "docs" / "do-we-need-one.md").read_text(encoding="utf-8")

MET = ["met", "", "met", "", "met", "", "met", ""]
"""The four preconditions beside the budget, each with an empty note."""


def typed(*lines: str) -> str:
    return "\n".join(lines) + "\n"


def walk(*budget: str) -> str:
    """Type the walk-through of the documentation."""
    signs = ["often", "four courses since spring", "always", "seven quarters of eight", "never", "sometimes", ""]
    return typed(*budget, "agreed with finance in March", *MET, *signs)


def test_the_walk_through_ends_in_a_recommendation_with_reasons_and_remedies(hk: Run) -> None:
    done = hk("need", ROLE, "--organisation", "Acme Pumps", typed=walk("150000", "25", "20000", "15000"))
    assert done.code == 0
    promised = re.search(r"^The budget of USD 150,000.*$", DOC, re.MULTILINE)
    assert promised
    assert promised[0] in done.err
    assert "Result        recommended" in done.out
    assert "What waiting costs" in done.out
    assert f"Next: hiringkit posting {ROLE}" in done.err
    assert "oversees the" in done.out
    assert "seven quarters of eight" in done.out
    assert done.out.index("Reasonable goals, missed again and again\n") < done.out.rindex(
        "Much training and no result\n"
    )


def test_every_figure_is_the_users_or_the_rubrics(hk: Run) -> None:
    check = hk("need", ROLE, "-f", "json", typed=walk("150000", "25", "20000", "15000")).json["budget"]
    assert (check["pay_low"], check["pay_high"]) == (90_000, 130_000)
    assert (check["cost_low"], check["cost_high"]) == (112_500, 162_500)
    assert (check["pay_carried"], check["affordable"]) == (120_000, True)


@pytest.mark.slow
def test_without_the_money_it_says_so_plainly_whatever_the_signs(hk: Run) -> None:
    short = hk("need", ROLE, typed=walk("100,000", "25 %", "0", "0"))
    assert "not affordable" in short.out
    assert "does not carry the post" in short.out
    none = hk("need", ROLE, typed=typed("no", "", *MET, "always", "", "always", "", "always", "", "always", ""))
    assert "not affordable" in none.out
    assert "There is no budget for the post." in none.out


SITUATIONS = {
    "a large firm with the money, the foundations and goals missed every quarter": (
        ("met", *["met"] * 4, "never", "always", "never", "never"),
        "recommended",
        "Signs seen: Reasonable goals, missed again and again",
    ),
    "a start-up that scales fast, with one sign often seen": (
        ("met", *["met"] * 4, "often", "never", "never", "never"),
        "recommended",
        "Any one of them is reason enough",
    ),
    "no budget, whatever the signs": (
        ("no", *["met"] * 4, "always", "always", "always", "always"),
        "not-affordable",
        "not worth going broke over",
    ),
    "one quarter of eight, missed": (
        ("met", *["met"] * 4, "never", "sometimes", "never", "never"),
        "not-yet",
        "Seen, but too seldom to count: Reasonable goals, missed again and again",
    ),
    "signs and money, and a team that will not have one": (
        ("met", "met", "met", "no", "met", "often", "often", "never", "never"),
        "not-yet",
        "Not in place: A fit that both sides want",
    ),
    "all in place and nothing amiss": (
        ("met", *["met"] * 4, "never", "never", "never", "never"),
        "not-yet",
        "there is nothing yet that the role would put right",
    ),
}


@pytest.mark.parametrize("situation", SITUATIONS)
def test_the_six_situations_come_out_as_the_role_is_meant(hk: Run, tmp_path: Path, situation: str) -> None:
    answers, result, reason = SITUATIONS[situation]
    asked = ("budget", "scale", "foundations", "mutual-fit", "time")
    signs = ("training-without-results", "goals-missed", "turnover-or-restructuring", "inconsistent-team")
    given = {
        "preconditions": {each: {"answer": word} for each, word in zip(asked, answers[:5], strict=True)},
        "signs": {
            each: {"how_often": word, "evidence": "dates and figures"}
            for each, word in zip(signs, answers[5:], strict=True)
        },
    }
    file = tmp_path / "answers.json"
    file.write_text(json.dumps(given), encoding="utf-8")
    done = hk("need", ROLE, "--answers", str(file), "-f", "json").json
    assert done["result"] == result
    assert any(reason in each for each in done["reasons"]), done["reasons"]
    table = " ".join(hk("need", "show", f"{ROLE}-1").out.split())
    for identity in ("mutual-fit", *signs):
        assert identity not in table.replace(ROLE, ""), "words, never ids"
    not_now = result != "recommended"
    for caption in ("What is cheaper meanwhile", "When to look again"):
        assert (caption in table) == not_now
    assert (done["look_again"] is not None) == not_now


def test_signs_without_evidence_are_recommended_only_with_that_caution(hk: Run) -> None:
    bare = hk("need", ROLE, typed=typed("met", "", *MET, "never", "always", "", "never", "never"))
    assert "recommended, on no evidence yet" in bare.out
    assert "No evidence is given for any sign." in bare.out
    assert hk("need", "list").out.count("on no evidence yet") == 1
    shown = hk("need", "show", f"{ROLE}-1", "-f", "json").json
    assert (shown["result"], shown["caution"]) == ("recommended", "no-evidence")
    assert hk("need", "show", f"{ROLE}-1", "-f", "csv").out.splitlines()[1] == f"result,{ROLE},recommended,no-evidence"


@pytest.mark.slow
def test_each_sign_says_what_counts_before_it_is_asked(hk: Run) -> None:
    done = hk("need", ROLE, typed=typed("met", "", *MET, "q"))
    assert "Sign 1 of 4: Much training and no result" in done.err
    assert "What counts: Three or more courses within a year" in done.err
    assert "It counts from: often." in done.err
    other = hk("need", "sales-operations-analyst", typed="\n" * 3)
    assert other.code == 0


@pytest.mark.slow
def test_tools_and_training_are_asked_and_reckoned(hk: Run) -> None:
    done = hk("need", ROLE, "-f", "json", typed=walk("120000", "25", "5000", "20000"))
    assert (done.json["budget"]["tools_budget"], done.json["budget"]["tools_cost"]) == (5_000, 20_000)
    assert done.json["result"] == "not-affordable", "112,500 and 15,000 are more than 120,000"
    out = " ".join(hk("need", "show", f"{ROLE}-1").out.split())
    assert "Without tools the post cannot do its work." in out
    assert "it lacks USD 7,500 a year" in out
    enough = hk("need", ROLE, "-f", "json", typed=walk("130000", "25", "5000", "20000"))
    assert enough.json["result"] == "recommended"
    assert any("come out of the budget for the post" in each for each in enough.json["reasons"])


def test_on_costs_are_asked_for_until_they_are_given(hk: Run) -> None:
    done = hk("need", ROLE, "-f", "json", typed=walk("150000", "", "about a quarter", "-5", "25", "20000", "15000"))
    assert done.err.count("Your own figure, such as 25") == 2
    assert "on-costs of -5 % make no sense" in done.err
    assert done.json["budget"]["on_cost_percent"] == 25


@pytest.mark.slow
def test_left_in_the_middle_it_is_kept_and_goes_on_there(hk: Run) -> None:
    left = hk("need", ROLE, typed=typed("met", "", "maybe", "met", "", "q"))
    assert "Go on with: hiringkit need sales-operations-manager --resume sales-operations-manager-1" in left.err
    assert "not all answered" in left.out
    rest = typed("met", "", "met", "", "met", "", "never", "never", "never", "often", "six months of eight")
    again = hk("need", ROLE, "--resume", f"{ROLE}-1", typed=rest)
    assert "Precondition 1 of 5" not in again.err
    assert "Precondition 3 of 5" in again.err
    assert "recommended" in again.out


@pytest.mark.slow
def test_b_goes_back_and_shows_what_is_answered(hk: Run) -> None:
    first = ["met", "", "not yet", "b", "no", "nobody asked", "met", "", "b", "b", "met", "b"]
    back = hk("need", ROLE, typed=typed(*first, "q"))
    assert back.err.count("Precondition 1 of 5") == 4
    assert "[not yet; Enter keeps it]" in back.err
    assert "[no; Enter keeps it]" in back.err
    shown = hk("need", "show", f"{ROLE}-1", "-f", "json").json
    answers = {each["id"]: (each["answer"], each["note"]) for each in shown["preconditions"]}
    assert answers["budget"] == ("met", "nobody asked")
    assert answers["scale"] == ("met", "")


def test_b_at_the_first_prompt_asks_it_again(hk: Run) -> None:
    done = hk("need", ROLE, typed=typed("b", "b", "met", "q"))
    assert done.err.count("Precondition 1 of 5") == 3


@pytest.mark.slow
def test_a_whole_assessment_can_be_gone_through_again(hk: Run) -> None:
    hk("need", ROLE, typed=walk("150000", "25", "20000", "15000"))
    again = hk("need", ROLE, "--resume", f"{ROLE}-1", "-f", "json", typed=typed("no", "q"))
    assert "[150,000; Enter keeps it]" in again.err
    assert again.json["result"] == "not-affordable"
    assert again.json["budget"] is None
    kept = hk("need", ROLE, "--resume", f"{ROLE}-1", "-f", "json", typed="\n" * 30)
    assert kept.json["result"] == "not-affordable"
    assert kept.json["signs_found"] == ["goals-missed", "training-without-results"]


@pytest.mark.slow
def test_an_answer_is_on_disk_before_its_note_is_asked_for(hk: Run) -> None:
    assert hk("need", ROLE, "-f", "json", typed="met").json["preconditions"][0]["answer"] == "met"
    hk("need", ROLE, typed="150000")
    again = hk("need", ROLE, "--resume", f"{ROLE}-2", "-f", "json", typed=typed("", "25", "20000"))
    assert "[150,000; Enter keeps it]" in again.err
    assert again.json["budget"]["budget"] == 150_000
    assert again.json["budget"]["tools_budget"] == 20_000
    last = hk("need", ROLE, "--resume", f"{ROLE}-2", "-f", "json", typed=typed("", "", "", "１５，０００"))
    assert "[20,000; Enter keeps it]" in last.err
    assert last.json["budget"]["tools_cost"] == 15_000


@pytest.mark.slow
def test_an_assessment_of_an_earlier_rubric_goes_on_with_what_was_asked(hk: Run, tmp_path: Path) -> None:
    shipped = Path(__file__).parents[2] / "rubrics" / "sales-operations" / f"{ROLE}.yaml"
    mine = tmp_path / "library" / "rubrics"
    mine.mkdir(parents=True)
    text = shipped.read_text(encoding="utf-8").replace("version: 1.0.0", "version: 2.0.0")
    hk("need", ROLE, typed="met")
    assert "has changed since" not in hk("need", ROLE, "--resume", f"{ROLE}-1", typed="q").err
    (mine / "som.yaml").write_text(text, encoding="utf-8")
    done = hk("need", ROLE, "--resume", f"{ROLE}-1", "--library", str(mine.parent), typed="q")
    assert "version 1.0.0 then, 2.0.0 now" in done.err
    assert done.code == 0
    file = hk("need", str(mine / "som.yaml"), "--resume", f"{ROLE}-1", typed="q")
    assert file.code == 0, "a rubric by its file is the same rubric"
    other = hk("need", "operations-manager", "--resume", f"{ROLE}-1", typed="q")
    assert other.code == 2
    assert hk("need", "nothing", "--resume", f"{ROLE}-1", typed="q").code == 1


def test_the_input_may_end_at_any_point(hk: Run) -> None:
    done = hk("need", ROLE, "-f", "json", typed="met")
    assert done.code == 0
    assert done.json["result"] == "open"


def test_the_result_alone_goes_to_stdout(hk: Run) -> None:
    done = hk("need", ROLE, "-f", "csv", typed=walk("met"))
    assert done.out.splitlines()[:2] == ["kind,id,answer,note", f"result,{ROLE},recommended,"]


@pytest.mark.slow
def test_a_file_of_answers_needs_no_prompts(hk: Run, tmp_path: Path) -> None:
    given = re.search(r"```yaml\n(organisation.*?)```", DOC, re.DOTALL)
    assert given
    file = tmp_path / "answers.yaml"
    file.write_text(given[1], encoding="utf-8")
    done = hk("need", ROLE, "--answers", str(file), "-f", "json")
    assert done.json["result"] == "not-yet"
    assert done.json["organisation"] == "Acme Pumps"
    assert done.json["signs_found"] == ["goals-missed", "training-without-results"]
    piped = hk("need", ROLE, "--answers", "-", "-f", "json", stdin=json.dumps({"signs": {}}).encode())
    assert piped.json["result"] == "open"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("preconditions: {foundatons: {answer: met}}", "1:17: error unknown-key $.preconditions.foundatons"),
        ("preconditions: {scale: {answer: perhaps}}", "expected one of met, not-yet, no"),
        ("budget: {per_year: 100000}", 'the key "on_cost_percent" is missing'),
        ("budget: {per_year: -1, on_cost_percent: 25}", "out-of-range $.budget.per_year"),
        ("budget: {per_year: 1, on_cost_percent: 2500}", "out-of-range $.budget.on_cost_percent"),
        ("signs: [", "yaml-syntax"),
    ],
)
def test_a_wrong_file_of_answers_is_explained_and_nothing_is_kept(
    hk: Run, tmp_path: Path, text: str, said: str
) -> None:
    file = tmp_path / "answers.yaml"
    file.write_text(text, encoding="utf-8")
    done = hk("need", ROLE, "--answers", str(file))
    assert done.code == 1
    assert said in done.err
    assert hk("need", "list", "-f", "json").json["assessments"] == []


def test_figures_are_refused_where_the_rubric_has_no_pay_range(hk: Run, tmp_path: Path) -> None:
    file = tmp_path / "answers.yaml"
    file.write_text("budget: {per_year: 100000, on_cost_percent: 25}", encoding="utf-8")
    done = hk("need", "operations-manager", "--answers", str(file))
    assert "no-pay-range" in done.err


def test_assessments_are_files_for_the_owner_alone(hk: Run, elsewhere: Path) -> None:
    hk("need", ROLE, typed=walk("met"))
    (file,) = elsewhere.rglob("*.need.json")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert not list(elsewhere.rglob("*.db"))


@pytest.mark.slow
def test_two_assessments_are_set_side_by_side(hk: Run) -> None:
    hk("need", ROLE, typed=walk("no"))
    hk("need", ROLE, typed=typed("met", "", *MET, "never", "always", "four of four", "never", "sometimes", ""))
    listed = hk("need", "list", "-f", "json").json["assessments"]
    assert [each["result"] for each in listed] == ["not-affordable", "recommended"]
    done = hk("need", "compare", f"{ROLE}-1", f"{ROLE}-2", "-f", "csv")
    read = hk("need", "compare", f"{ROLE}-1", f"{ROLE}-2").out
    assert f"Before  {ROLE}-1" in read
    assert f"After   {ROLE}-2" in read
    rows = {line.split(",")[1]: line.split(",")[2:] for line in done.out.splitlines()}
    assert rows["budget"] == ["no", "met", "better"]
    assert rows["training-without-results"] == ["often", "never", "better"]
    assert rows["scale"] == ["met", "met", ""]
    hk("need", "operations-manager", typed="")
    other = hk("need", "compare", f"{ROLE}-1", "operations-manager-1")
    assert other.code == 2
    assert "compare two assessments of the same role" in other.err


@pytest.mark.slow
def test_a_page_and_hostile_text(hk: Run, tmp_path: Path) -> None:
    hostile = "<script>alert(1)</script>\x1b]0;x\x07"
    page = tmp_path / "need.html"
    hk("need", ROLE, "--organisation", hostile, "-o", str(page), typed=typed("met", hostile * 2_000, *MET))
    html = page.read_text(encoding="utf-8")
    assert "&lt;script&gt;" in html
    assert "<script" not in html
    assert "\x1b" not in html
    shown = hk("need", "show", f"{ROLE}-1")
    assert "\x1b" not in shown.out


def test_a_missing_or_broken_assessment_is_explained(hk: Run, elsewhere: Path) -> None:
    assert hk("need", "show", "none").code == 1
    hk("need", ROLE, typed="")
    (file,) = elsewhere.rglob("*.need.json")
    file.write_text(file.read_text(encoding="utf-8").replace('"started_at"', '"begun"'), encoding="utf-8")
    broken = hk("need", "show", f"{ROLE}-1")
    assert broken.code == 1
    assert "$.begun" in broken.err
    assert "$.begun" in hk("need", "list").err


def test_in_chinese_the_content_is_chinese(hk: Run) -> None:
    done = hk("need", ROLE, "--lang", "zh", typed=typed("具备", "", "尚未"))
    assert "企业" in done.out
    assert "企业" in done.err


def test_a_rubric_that_does_not_say_when_it_is_needed_is_refused(hk: Run, tmp_path: Path) -> None:
    file = tmp_path / "small.yaml"
    file.write_text(
        "hiringkit: rubric/1\nid: small\nversion: 1.0.0\ntitle: Small\n"
        "criteria: [{id: a, kind: competency, name: A, definition: D, weight: 1}]\n"
        "questions: [{id: q, kind: knowledge, text: What is it?, criteria: {a: 1}}]\n",
        encoding="utf-8",
    )
    done = hk("need", str(file))
    assert done.code == 1
    assert "does not say when the role is needed" in done.err
