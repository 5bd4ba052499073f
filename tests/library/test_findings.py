"""The collection of a file's problems, and what it says of them."""

import pytest

from hiringkit.domain.finding import Severity
from hiringkit.library.checks.findings import MOST, Findings, suggestion
from hiringkit.library.checks.mistakes import TAG, TRANSLATION_MISSING
from hiringkit.library.yaml.parse import TextPlace


@pytest.mark.parametrize(
    ("word", "known", "hint"),
    [
        ("wieght", ["weight", "name"], 'did you mean "weight"?'),
        ("WEIGHT", ["weight", "name"], 'did you mean "weight"?'),
        ("xyz", ["weight", "name"], "known here: weight, name"),
        ("xyz", [f"word-{i}" for i in range(13)], ""),
        ("xyz", [], ""),
        ("w" * 1000, ["weight"], "known here: weight"),
    ],
)
def test_a_hint_names_the_nearest_word_or_the_few_that_there_are(word: str, known: list[str], hint: str) -> None:
    assert suggestion(word, known) == hint


def test_findings_are_in_the_order_of_the_file() -> None:
    findings = Findings("f")
    for line, column in ((4, 0), (1, 9), (1, 2)):
        findings.add(TAG, TextPlace(line, column, 0), tag="!x")
    findings.add(TAG, None, tag="!x")
    assert [str(f.location) for f in findings.in_order()] == ["f", "f:2:3", "f:2:10", "f:5:1"]


def test_each_severity_has_its_own_limit() -> None:
    findings = Findings("f")
    for _ in range(MOST + 50):
        findings.add(TRANSLATION_MISSING, None, missing="x")
    assert not findings.failed
    findings.add(TAG, None, tag="!x")
    assert findings.failed
    severities = [f.severity for f in findings.in_order()]
    assert severities.count(Severity.WARNING) == MOST
    assert severities.count(Severity.ERROR) == 1
    assert severities[-1] is Severity.INFO


def test_what_an_author_wrote_is_shown_on_one_line_harmless_and_short() -> None:
    findings = Findings("f")
    findings.add(TAG, None, tag="!\x1b]0;x\x07\n" + "long" * 100)
    message = findings.items[0].message
    assert message.startswith('the tag "!\ufffd]0;x\ufffd longlong')
    assert len(message) < 110
