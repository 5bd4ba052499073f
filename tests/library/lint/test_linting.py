"""All rules over files."""

from typing import Any

import pytest

from hiringkit.library.documents import Draft, draft
from hiringkit.library.lint.linting import check_languages, lint, lint_asked
from hiringkit.text.language import Text


def drafted(text: str) -> Draft[Any]:
    made = draft(text, "f")
    assert isinstance(made, Draft)
    return made


def found(made: Draft[Any]) -> list[str]:
    return [f"{f.location} {f.code} {f.path}" for f in made.findings.in_order()]


@pytest.mark.parametrize(
    ("en", "zh", "codes"),
    [
        ("Names a cause", "说出一个原因", []),
        ("Asks 李文静 about the figures", "看CRM和Salesforce里的数据", []),
        ("CRM", "CRM", []),
        ("说出一个原因", "说出一个原因", ["wrong-language"]),
        ("Names a cause", "Names a cause", ["wrong-language"]),
        ("说出一个原因", "Names a cause", ["wrong-language", "wrong-language"]),
    ],
)
def test_a_text_stands_under_its_language(en: str, zh: str, codes: list[str]) -> None:
    assert [p.mistake.code for p in check_languages([(("title",), Text(en=en, zh=zh))])] == codes


def test_a_text_without_a_language_is_in_either() -> None:
    assert list(check_languages([(("title",), Text(plain="说出一个原因")), (("id",), Text(plain="A cause"))])) == []


def test_unequal_weights_need_a_reason_and_equal_ones_do_not(rubric_text: str) -> None:
    made = drafted(rubric_text)
    lint(made)
    reasons = [line for line in found(made) if "weight-without-rationale" in line]
    assert reasons == [
        "f:33:13 weight-without-rationale $.criteria[0].weight",
        "f:43:13 weight-without-rationale $.criteria[1].weight",
    ]
    equal = drafted(rubric_text.replace("weight: 60", "weight: 40.5"))
    lint(equal)
    assert not [line for line in found(equal) if "rationale" in line]


def test_whoever_meets_every_bar_is_not_refused(rubric_text: str) -> None:
    assert "bar: 2" in rubric_text
    made = drafted(rubric_text)
    lint(made)
    refused = [finding for finding in made.findings.in_order() if finding.code == "bars-refused"]
    assert [finding.path for finding in refused] == ["$.policy.recommend.yes"]
    assert "2.00 overall, and yes begins at 2.5" in refused[0].message
    reached = drafted(rubric_text.replace("yes: 2.5,", "yes: 2,"))
    lint(reached)
    assert not [line for line in found(reached) if "bars-refused" in line]


def test_a_criterion_that_one_question_carries_alone_is_named(rubric_text: str) -> None:
    made = drafted(rubric_text)
    lint_asked(made, made.value.asked)
    assert [line for line in found(made) if "criterion-asked-once" in line] == [
        "f:29:9 criterion-asked-once $.criteria[0].id",
        "f:39:9 criterion-asked-once $.criteria[1].id",
    ]


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        ("", []),
        ("  interview_minutes: 18\n", []),
        ("  interview_minutes: 17\n", ["$.policy.interview_minutes"]),
        ("  interview_minutes: 14\n  panel: {minimum: 2}\n", []),
        ("  interview_minutes: 7\n", ["$.questions[0]", "$.policy.interview_minutes"]),
    ],
)
def test_the_questions_fit_into_the_planned_interviews(rubric_text: str, policy: str, expected: list[str]) -> None:
    made = drafted(rubric_text + policy)
    lint_asked(made, made.value.asked)
    assert [f.path for f in made.findings.in_order() if f.code == "minutes-over"] == expected


def test_what_is_broken_is_not_linted(rubric_text: str) -> None:
    made = drafted(rubric_text.replace("text: {en: Tell me., zh: 说说看。}", "text: [Did you?]"))
    lint(made)
    assert not [line for line in found(made) if "yes-no" in line]


@pytest.mark.parametrize(
    "text",
    [
        "how do you " * 300_000,
        "what and " * 60_000,
        "怎么，" * 150_000,
        "tell me about " + "a and " * 100_000,
        "? " * 200_000,
        "good and " * 60_000,
        "your " * 100_000,
    ],
    ids=["how", "what-and", "zen-me", "tell", "marks", "good", "your"],
)
def test_a_text_without_end_comes_to_an_end(bank_text: str, text: str) -> None:
    hostile = bank_text.replace('"What now?"', f'"{text[:300_000]}"').replace("All, zh", f'"{text[:300_000]}", zh')
    made = drafted(hostile)
    lint(made)
    assert not made.findings.failed
