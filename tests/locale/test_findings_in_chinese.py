"""Findings in Chinese: of what the program says itself, no word is left in English."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from hiringkit.domain.finding import Finding
from hiringkit.exchange.personal import parse_attempt
from hiringkit.exchange.ratings import read_ratings
from hiringkit.library.catalog import Library
from hiringkit.library.review import review_text
from hiringkit.locale import say
from hiringkit.settings import speak

WORDS = re.compile(r"(?<![\w.$-])[A-Za-z]{2,}(?![\w.:-])")
OURS = {"hiringkit", "id", "JSON", "YAML", "UTF", "CSV", "USD", "NUL", "en", "zh", "true", "false"}
"""Words that are the same in Chinese: names of formats, and what stands in files."""

POOR = """\
hiringkit: rubric/1
id: Bad Id
version: 1.0.0
title: {en: Boss}
summary: ""
role:
  family: x
  level: y
  tasks: [{id: a, text: t, criteria: []}, {id: a, text: t}]
criteria:
  - {id: c1, kind: competency, name: N, definition: D, weight: 1, anchors: {1: poor, 3: ok}, required: maybe}
questions:
  - {bank: sales-operations, use: []}
  - {id: q1, kind: knowledge, text: "Are you married? And why?", criteria: {c1: 1}, anchors: {}}
"""
BARE = """\
hiringkit: rubric/1
id: bare
version: 1.0.0
title: Boss
criteria: [{id: c1, kind: competency, name: N, definition: D, weight: 1}]
questions: [{id: q1, kind: knowledge, text: What did you change last, criteria: {c1: 1}}]
"""
RATINGS = """\
candidate,interviewer,question,rating,weight
,i,q,3,
a,i,q,five,x
a,j,q,N/A,-1
b,j,q,inf,inf
b,k,q,3,1,1
"""


@pytest.fixture(autouse=True)
def _chinese() -> Iterator[None]:
    speak("zh")
    yield
    speak("en")


def english(said: str) -> set[str]:
    """Return the English words of a sentence, but for what it quotes."""
    unquoted = re.sub(r"“[^”]*”|\"[^\"]*\"|'[^']*'", "", said)
    return set(WORDS.findall(unquoted)) - OURS


def left(findings: Sequence[Finding]) -> list[str]:
    assert findings
    sentences = [said for finding in findings for said in (say(finding.message), say(finding.hint))]
    return [said for said in sentences if english(said)]


def test_of_a_rubric() -> None:
    found = review_text(Library([]), POOR).findings
    assert {"id-shape", "empty-list", "duplicate-id", "translation-missing", "double-barrelled"} <= {
        finding.code for finding in found
    }
    assert left([f for f in found if f.code not in {"unknown-value", "unknown-key"}]) == []


@pytest.mark.parametrize("text", [b"\xe9", b"- x", b"a: 1", b"hiringkit: question-bank/1\nid: b\nid: c", b"", b"\0"])
def test_of_a_file_that_is_none(text: bytes) -> None:
    found = review_text(Library([]), text).findings
    assert left([f for f in found if f.code != "unknown-key"]) == []


def test_of_structure() -> None:
    (score,) = review_text(Library([]), BARE).structures
    said = [say(component.name) for component in score.components]
    assert not any(map(english, said))
    said = [say(component.advice) for component in score.components if component.advice]
    assert all(re.search("[\u4e00-\u9fff]", each) for each in said)


def test_of_ratings(tmp_path: Path) -> None:
    (tmp_path / "ratings.csv").write_text(RATINGS)
    findings = read_ratings(str(tmp_path / "ratings.csv"))[1]
    assert len(findings) >= 7
    marks = {"not-assessed", "no-evidence", "not", "assessed", "no", "evidence"}
    assert [each for each in left(findings) if english(each) - marks] == []


@pytest.mark.parametrize(
    "content",
    [
        "{}",
        '{"hiringkit": "attempt/1"}',
        '{"hiringkit": "attempt/1", "copy": {}}',
        '{"hiringkit": "attempt/1", "x": 1}',
    ],
)
def test_of_a_personal_file(content: str) -> None:
    found = parse_attempt(content.encode(), Path("x.attempt.json"))[1]
    assert left(found) == []
