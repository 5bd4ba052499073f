"""What is different between two rubrics, and how large a step that is."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from hiringkit.domain.rubric import Rubric
from hiringkit.domain.rubric_diff import ChangeKind, Step
from hiringkit.library.diff import OTHERWISE, RULES, compare_texts, diff_rubrics, rule_for, version_step
from hiringkit.library.documents import parse_rubric
from hiringkit.text.language import Text
from hiringkit.text.similarity import overlap

DOCS = Path(__file__).parents[2] / "docs" / "authoring.md"
Edit = Callable[..., list[str]]


def load(text: str) -> Rubric:
    rubric, findings = parse_rubric(text)
    assert rubric, findings
    return rubric


@pytest.fixture
def after(rubric_text: str) -> Edit:
    """Compare the small rubric with itself after replacements; changes as `step kind path`."""

    def edited(*replacements: tuple[str, str]) -> list[str]:
        text = rubric_text
        for old, new in replacements:
            assert old in text
            text = text.replace(old, new, 1)
        found = diff_rubrics(load(rubric_text), load(text))
        return [f"{change.step} {change.kind} {change.path}" for change in found.changes]

    return edited


def test_a_rubric_means_the_same_as_itself_however_it_is_laid_out(after: Edit) -> None:
    assert after() == []
    assert after(("1.0.0", "1.0.1")) == []
    assert after(("weight: 60", "weight: 60.0"), ("bar: 2", "bar: 2.0")) == []


def test_doubling_every_weight_changes_nothing_but_the_writing(after: Edit) -> None:
    assert after(("weight: 60", "weight: 120"), ("weight: 40.5", "weight: 81")) == ["patch reworded criteria"]


@pytest.mark.parametrize(
    ("old", "new", "change"),
    [
        ("weight: 40.5", "weight: 60", "major changed criteria.forecasting.weight"),
        ("bar: 2", "bar: 3", "major changed criteria.analysis.bar"),
        ("    bar: 2\n    required: true\n", "", "major removed criteria.analysis.bar"),
        ("required: true", "required: false", "major changed criteria.analysis.required"),
        ("zh: 靠猜}", "zh: 先验证再下结论}", "major changed criteria.analysis.anchors.1.zh"),
        (
            "      3: {en: Tests",
            "      2: {en: Tries, zh: 试}\n      3: {en: Tests",
            "minor added criteria.analysis.anchors.2",
        ),
        ("      1: {en: Nothing, zh: 没有}\n", "", "major removed questions.own-question.anchors.1"),
        (
            "{en: Tell me., zh: 说说看。}",
            "{en: What is a forecast?, zh: 说说看。}",
            "major changed questions.own-question.text.en",
        ),
        (
            "{en: Tell me., zh: 说说看。}",
            "{en: Tell me!, zh: 说说看。}",
            "patch reworded questions.own-question.text.en",
        ),
        ("kind: behavioural", "kind: situational", "minor changed questions.own-question.kind"),
        ("minutes: 8", "minutes: 9", "minor changed questions.own-question.minutes"),
        (
            "      - {en: 'And then?', zh: 然后呢？}\n",
            "      - {en: And then?, zh: 然后呢？}\n      - {en: Who, zh: 谁}\n",
            "minor added questions.own-question.probes[1]",
        ),
        ("level: 2, answer", "level: 1, answer", "patch changed questions.own-question.samples.a.level"),
        ("no_evidence: exclude", "no_evidence: lowest", "major changed policy.no_evidence"),
        ("yes: 2.5", "yes: 2.25", "major changed policy.recommend.yes"),
        ("minimum_coverage: 0.8", "minimum_coverage: 0.5", "major changed policy.minimum_coverage"),
        ("label: {en: Low", "label: {en: Poor", "minor changed scale.levels.1.label.en"),
        ("title: {en: Analyst, zh: 分析师}", "title: {en: Analyst}", "patch translated title.zh"),
        ("kind: required", "kind: preferred", "minor changed role.requirements.degree.kind"),
        (
            "criteria: [analysis]",
            "criteria: [analysis, forecasting]",
            "minor added role.tasks.reporting.criteria.forecasting",
        ),
        ("low: 90000", "low: 80000", "patch changed role.compensation.low"),
        ("remedy: {en: Forecasts", "remedy: {en: Planning", "patch changed need.signs.misses.remedy.en"),
        ("id: analyst", "id: planner", "major changed id"),
    ],
)
def test_each_change_is_as_large_as_what_it_does(after: Edit, old: str, new: str, change: str) -> None:
    assert change in after((old, new))


def test_what_an_answer_counts_for_is_compared_as_shares(after: Edit) -> None:
    assert after(("{analysis: 2, forecasting: 1}", "{analysis: 4, forecasting: 1}")) == []
    added = "questions:\n  - {id: second, kind: knowledge, text: {en: How, zh: 怎么}, criteria: {analysis: 2}}"
    assert after(("questions:", added)) == ["minor added questions.second"]


def test_a_criterion_that_comes_is_told_once_not_in_every_share(after: Edit) -> None:
    criterion = "{id: third, kind: competency, name: {en: T, zh: 三}, definition: {en: T, zh: 三}, weight: 10}"
    changes = after(
        ("questions:\n", f"  - {criterion}\nquestions:\n"),
        ("{analysis: 2, forecasting: 1}", "{analysis: 2, forecasting: 1, third: 1}"),
    )
    assert changes == ["major added criteria.third"]


def test_the_largest_step_counts_and_is_held_against_the_versions(rubric_text: str) -> None:
    small = rubric_text.replace("minutes: 8", "minutes: 9")
    found = diff_rubrics(load(rubric_text), load(small.replace("1.0.0", "1.0.1")))
    assert (found.step, found.version_step, found.enough) == (Step.MINOR, Step.PATCH, False)
    found = diff_rubrics(load(rubric_text), load(small.replace("1.0.0", "1.1.0")))
    assert found.enough
    assert diff_rubrics(load(rubric_text), load(rubric_text)).step is Step.NONE


def test_a_weight_is_told_as_a_share(rubric_text: str) -> None:
    found = diff_rubrics(load(rubric_text), load(rubric_text.replace("weight: 40.5", "weight: 60")))
    shares = {change.path: (change.before, change.after) for change in found.changes}
    assert shares["criteria.forecasting.weight"] == (40.5 / 100.5, 0.5)


@pytest.mark.parametrize(
    ("before", "after", "step"),
    [
        ("1.0.0", "1.0.0", Step.NONE),
        ("1.0.0", "1.0.1", Step.PATCH),
        ("1.0.1", "1.1.0", Step.MINOR),
        ("1.9.9", "2.0.0", Step.MAJOR),
        ("1.10.0", "1.9.0", Step.BACK),
        ("1.0.0-rc.1", "1.0.0", Step.PATCH),
        ("99999999999999999999.0.0", "99999999999999999999.1.0", Step.MINOR),
    ],
)
def test_versions_are_compared_as_numbers(before: str, after: str, step: Step) -> None:
    assert version_step(before, after) is step


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("Walk me through a quarter.", "walk me through a quarter", ChangeKind.REWORDED),
        (
            "Walk me through a quarter that ended well away from the forecast you had put your name to.",
            "Walk me through a quarter that ended far away from the forecast you had put your name to.",
            ChangeKind.REWORDED,
        ),
        (
            "Tell me about a deal that you won for the team.",
            "Tell me about a deal that you never won for the team.",
            ChangeKind.CHANGED,
        ),
        (
            "Raises it within 3 days and tells the team about it.",
            "Raises it within 9 days and tells the team about it.",
            ChangeKind.CHANGED,
        ),
        ("Finance tells sales.", "Sales tells finance.", ChangeKind.CHANGED),
    ],
)
def test_a_few_words_are_wording_but_not_a_negation_or_a_number(before: str, after: str, kind: ChangeKind) -> None:
    wording = compare_texts(Text(en=before, zh="同"), Text(en=after, zh="同"))
    assert wording is not None
    assert (wording[0], wording[3]) == (kind, "en")


def test_chinese_wordings_are_compared_by_their_signs() -> None:
    old, new = "请讲一次由你负责的预测，结果和预测相差很远。", "请讲一次由你负责的预测，结果与预测相差很远。"
    assert overlap(old, new) > 0.8
    wording = compare_texts(Text(zh=old), Text(zh=old.replace("很远", "不远")))
    assert wording is not None
    assert wording[0] is ChangeKind.CHANGED


def test_the_same_text_named_by_language_is_no_change() -> None:
    assert compare_texts(Text(plain="x"), Text(en="x", zh="x")) is None


def test_every_rule_is_in_the_documentation() -> None:
    rows = re.findall(
        r"^\| `([a-z_.*]+)` \| (\w+) \| (\w+) \| (\w+) \|", DOCS.read_text(encoding="utf-8"), re.MULTILINE
    )
    assert rows == [(rule.pattern, str(rule.added), str(rule.removed), str(rule.changed)) for rule in RULES]


def test_what_no_rule_names_is_a_minor_change() -> None:
    assert rule_for(("something", "new")) is OTHERWISE
    assert rule_for(("criteria", "analysis", "new")) is OTHERWISE, "not as much as the criterion itself"
    assert rule_for(("questions", "x", "text", "en")).pattern == "questions.*.text"
    assert rule_for(("policy", "panel", "minimum")).pattern == "policy"
