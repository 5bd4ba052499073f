"""Whether every text is there in both languages."""

from collections.abc import Callable, Iterable

import pytest

from hiringkit.domain.finding import Finding
from hiringkit.library.documents import parse_rubric

Brief = Callable[[Iterable[Finding]], list[str]]
MISSING = [
    pytest.param(
        "{en: Analyst, zh: 分析师}",
        "{en: Analyst}",
        ["4:8 translation-missing warning $.title (add zh: …)"],
        id="one language only",
    ),
    pytest.param(
        "{en: Analyst, zh: 分析师}",
        "{zh: 分析师}",
        ["4:8 translation-missing warning $.title (add en: …)"],
        id="the other language only",
    ),
    pytest.param(
        "{en: Analyst, zh: 分析师}",
        "Analyst",
        ["4:8 translation-missing warning $.title (write {en: …, zh: …})"],
        id="a plain text among others in two",
    ),
]


@pytest.mark.parametrize(("old", "new", "expected"), MISSING)
def test_a_text_without_translation_is_a_warning(
    rubric_text: str, briefly: Brief, old: str, new: str, expected: list[str]
) -> None:
    assert rubric_text.count(old) == 1
    _, findings = parse_rubric(rubric_text.replace(old, new), "f")
    assert briefly(findings) == expected


def test_a_file_in_one_language_throughout_needs_no_translation() -> None:
    text = """\
hiringkit: rubric/1
id: plain
version: 1.0.0
title: Analyst
criteria: [{id: a, kind: competency, name: A, definition: B, weight: 1}]
questions: [{id: q, kind: knowledge, text: What?, criteria: {a: 1}}]
"""
    rubric, findings = parse_rubric(text)
    assert rubric is not None
    assert findings == ()


def test_a_rubric_with_warnings_is_taken_all_the_same(rubric_text: str) -> None:
    rubric, _ = parse_rubric(rubric_text.replace("{en: Analyst, zh: 分析师}", "Analyst"))
    assert rubric is not None
    assert rubric.title.in_language("zh") == "Analyst"
