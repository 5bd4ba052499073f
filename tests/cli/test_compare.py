"""Which candidates `compare` shows, in which order, with or without names; and many of them on a few lines."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


def profiles(done: Any) -> list[str]:
    return [profile["candidate"] for profile in done.json["profiles"]]


@pytest.mark.slow
def test_candidates_are_sorted_by_name_by_score_and_by_criterion(rated: Run) -> None:
    plain = rated("compare", "som", "-f", "json")
    assert sorted(profiles(plain)) == profiles(rated("compare", "som", "--sort", "name", "-f", "json"))
    by_score = rated("compare", "som", "--sort", "process-improvement", "-f", "json").json["profiles"]
    scores = [c["score"] for p in by_score for c in p["criteria"] if c["criterion"] == "process-improvement"]
    assert scores == sorted(scores, reverse=True)
    wrong = rated("compare", "som", "--sort", "charm")
    assert wrong.code == 2
    assert "no order by 'charm'" in wrong.err


@pytest.mark.slow
def test_only_some_are_shown_and_ranks_stay(rated: Run) -> None:
    whole = {p["candidate"]: p["rank"] for p in rated("compare", "som", "-f", "json").json["profiles"]}
    (alone,) = rated("compare", "som", "--only", "BO", "-f", "json").json["profiles"]
    assert alone["rank"] == whole["bo"]
    wrong = rated("compare", "som", "--only", "adda")
    assert wrong.code == 1
    assert "did you mean 'ada'" in wrong.err


@pytest.mark.slow
def test_names_are_hidden_everywhere(rated: Run) -> None:
    for form in ("table", "json", "csv", "markdown"):
        text = rated("compare", "som", "--hide-names", "-f", form).out
        assert "candidate-1" in text
        assert "Ada" not in text
        assert not re.search(r"\bada\b", text)


@pytest.mark.slow
def test_what_interviewers_do_is_left_out(rated: Run) -> None:
    assert "Interviewers" in rated("compare", "som").out
    assert "Interviewers" not in rated("compare", "som", "--no-interviewers").out
    assert rated("compare", "som", "--no-interviewers", "-f", "json").json["interviewers"] == []


@pytest.mark.slow
def test_how_an_interviewer_rates_is_said_to_those_only_who_may_see_it(som: Run, tmp_path: Path) -> None:
    levels = {"ann": "2434 4324 3543", "ben": "3333 3333 3333"}
    rows = [
        f"{candidate},{who},{question},{level}"
        for who, given in levels.items()
        for candidate, told in zip(("amy", "bob", "cat"), given.split(), strict=True)
        for question, level in zip(("bottlenecks", "forecast-miss", "large-data", "crm-neglect"), told, strict=True)
    ]
    file = tmp_path / "ratings.csv"
    file.write_text("\n".join(["candidate,interviewer,question,rating", *rows, ""]), encoding="utf-8")
    assert som("opening", "create", "flat", "--rubric", "sales-operations-manager").code == 0
    assert som("import", str(file), "--opening", "flat", "--same-names", "yes").code == 0

    def codes(*words: str) -> set[str]:
        found = som(*words, "-f", "json").json
        return {each["code"] for each in found.get("comparison", found)["findings"]}

    assert "narrow-scale" in codes("compare", "flat") & codes("report", "flat", "--for", "hiring-manager")
    assert "narrow-scale" not in codes("compare", "flat", "--no-interviewers") | codes("report", "flat")


@pytest.mark.slow
def test_what_would_change_the_leader_is_told_where_it_is_asked_for(rated: Run) -> None:
    assert rated("compare", "som", "-f", "json").json["robustness"] is None
    found = rated("compare", "som", "--robust", "-f", "json").json
    robustness = found["robustness"]
    assert robustness["leader"] == found["profiles"][0]["candidate"]
    assert sum(each["share"] for each in robustness["weights"]) == pytest.approx(1)
    assert {each["interviewer"] for each in robustness["without_interviewer"]} == {
        each["interviewer"] for each in found["interviewers"]
    }
    assert "How firm the lead is" in rated("compare", "som", "--robust").out
    assert "How firm the lead is" in rated("compare", "som", "--robust", "-f", "markdown").out


@pytest.mark.slow
def test_what_would_change_the_leader_names_nobody_who_is_hidden(rated: Run) -> None:
    for form in ("table", "json", "markdown"):
        text = rated("compare", "som", "--robust", "--hide-names", "-f", form).out.casefold()
        assert "candidate-1" in text
        assert not re.search(r"\bada\b", text)
    alone = rated("compare", "som", "--robust", "--no-interviewers", "-f", "json").json["robustness"]
    assert alone["without_interviewer"] == []


@pytest.mark.slow
def test_a_report_tells_it_to_those_who_may_see_what_interviewers_do(rated: Run) -> None:
    panel, manager, blind = (
        rated("report", "som", "--robust", "-f", "json", *more).json["comparison"]["robustness"]
        for more in ((), ("--for", "hiring-manager"), ("--for", "file", "--blind"))
    )
    assert panel["without_question"]
    assert panel["without_interviewer"] == []
    assert manager["without_interviewer"]
    assert all(each["interviewer"].startswith("Interviewer ") for each in blind["without_interviewer"])
    assert "How firm the lead is" in rated("report", "som", "--robust").out
    one = rated("report", "som", "--robust", "--candidate", "ada", "-f", "json").json
    assert one["comparison"]["robustness"] is None


def test_a_file_of_ratings_tells_it_too(hk: Run, many: str) -> None:
    found = hk("score", many, "--scale", "1:5", "--robust", "--method", "observed", "-f", "json").json["robustness"]
    assert len(found["without_interviewer"]) == 7
    assert len(found["without_question"]) == 2


@pytest.fixture
def many(tmp_path: Path) -> str:
    """A file of 60 invented candidates, two interviewers of seven each."""
    rows = ["candidate,interviewer,question,rating"]
    rows += [f"c{n},i{(n + k) % 7},q{q},{1 + (n + k * q) % 5}" for n in range(60) for k in range(2) for q in range(2)]
    path = tmp_path / "many.csv"
    path.write_text("\n".join(rows), encoding="utf-8")
    return str(path)


@pytest.mark.slow
def test_many_candidates_take_a_few_lines_and_files_have_them_all(hk: Run, many: str, tmp_path: Path) -> None:
    short = hk("score", many, "--scale", "1:5", "--method", "observed")
    assert len(short.out.splitlines()) <= 80, "two screens of 40 lines"
    assert "54 further rows are not shown; --top shows more" in short.out
    whole = hk("score", many, "--scale", "1:5", "--method", "observed", "--top", "all")
    assert "further rows" not in whole.out
    assert len(hk("score", many, "--scale", "1:5", "--method", "observed", "-f", "json").json["profiles"]) == 60
    hk("score", many, "--scale", "1:5", "--method", "observed", "-o", str(tmp_path / "many.md"))
    assert "further rows" not in (tmp_path / "many.md").read_text(encoding="utf-8")
    assert "further rows" in hk("score", many, "--scale", "1:5", "--method", "observed", "--top", "3").out
    assert hk("score", many, "--top", "none").code == 2


@pytest.mark.slow
def test_a_comparison_says_how_well_such_a_panel_finds_the_best(rated: Run) -> None:
    found = rated("compare", "som", "-f", "json").json["panel_reliability"]
    assert (found["interviewers"], found["of"]) == (2, 2)
    same = rated("panel", "reliability", "som", "--interviewers", "2..3", "-f", "json").json
    for each, chance in zip(same["designs"], (found["chance_best"], found["one_more"]), strict=True):
        assert each["chance_best"] == pytest.approx(chance, abs=1e-6)
    assert same["designs"][0]["reliability"] == pytest.approx(found["reliability"], abs=1e-6)
    low, high = found["band"]
    assert low < found["chance_best"] < high
    told = " ".join(rated("compare", "som").out.split())
    assert "With 2.0 interviewers for each candidate, scores have a reliability of" in told
    assert "the best of 2 comes out first with a chance of" in told
    assert "每位候选人 2.0 位面试官" in rated("--lang", "zh", "compare", "som").out


def test_it_says_nothing_where_the_ratings_do_not_tell(rated: Run) -> None:
    assert rated("compare", "som", "--method", "observed", "-f", "json").json["panel_reliability"] is None
    assert "What such a panel tells" not in rated("compare", "som", "--method", "observed").out
