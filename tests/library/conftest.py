"""A small rubric and a small bank, and a library that holds them."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from hiringkit.domain.finding import Finding, Severity
from hiringkit.library.catalog import Library

RUBRIC = """\
hiringkit: rubric/1
id: analyst
version: 1.0.0
title: {en: Analyst, zh: 分析师}
role:
  family: sales-operations
  level: analyst
  stakeholders:
    - {id: finance, text: {en: Finance, zh: 财务}}
  requirements:
    - {id: degree, kind: required, text: {en: A degree, zh: 本科}}
  compensation: {currency: USD, low: 90000, high: 130000, per: year}
  tasks:
    - id: reporting
      text: {en: Reports, zh: 报表}
      criteria: [analysis]
      cadence: weekly
need:
  preconditions:
    - {id: budget, text: {en: Budget, zh: 预算}}
  signs:
    - {id: misses, text: {en: Misses, zh: 未达标}, remedy: {en: Forecasts, zh: 预测}}
scale:
  levels:
    - {value: 1, label: {en: Low, zh: 低}}
    - {value: 2, label: {en: Middle, zh: 中}}
    - {value: 3, label: {en: High, zh: 高}}
criteria:
  - id: analysis
    kind: competency
    name: {en: Analysis, zh: 分析}
    definition: {en: Reads data, zh: 读懂数据}
    weight: 60
    bar: 2
    required: true
    anchors:
      1: {en: Guesses, zh: 靠猜}
      3: {en: Tests a guess, zh: 先验证再下结论}
  - id: forecasting
    kind: responsibility
    name: {en: Forecasting, zh: 预测}
    definition: {en: Looks ahead, zh: 看得远}
    weight: 40.5
questions:
  - id: own-question
    kind: behavioural
    text: {en: Tell me., zh: 说说看。}
    criteria: {analysis: 2, forecasting: 1}
    minutes: 8
    probes:
      - {en: 'And then?', zh: 然后呢？}
    anchors:
      1: {en: Nothing, zh: 没有}
      2: {en: Something, zh: 有一些}
    samples:
      - {id: a, level: 2, answer: {en: I did., zh: 我做过。}, why: {en: Did., zh: 做过。}}
policy:
  minimum_coverage: 0.8
  no_evidence: exclude
  recommend: {strong-yes: 2.75, yes: 2.5, no: 1.5}
"""

BANK = """\
hiringkit: question-bank/1
id: basics
title: {en: Basics, zh: 基础}
questions:
  - id: bottlenecks
    kind: situational
    text: {en: "What now?", zh: 怎么办？}
    criteria: {forecasting: 1}
  - id: large-data
    kind: knowledge
    text: {en: "How?", zh: 怎么做？}
    criteria: {analysis: 1.5}
    anchors:
      1: {en: None, zh: 无}
      3: {en: All, zh: 全部}
"""

DRAWN = "questions:\n  - {bank: basics, use: [large-data, bottlenecks]}\n"


@pytest.fixture
def rubric_text() -> str:
    """A rubric without a fault, of 65 lines, that asks a question of its own."""
    return RUBRIC


@pytest.fixture
def bank_text() -> str:
    """A bank without a fault, of 16 lines."""
    return BANK


@pytest.fixture
def drawing_text() -> str:
    """The rubric without its own question: lines 47 and 48 draw two from the bank `basics`."""
    before, after = RUBRIC.split("questions:\n")
    return before + DRAWN + after[after.index("policy:") :]


@pytest.fixture
def root(tmp_path: Path, drawing_text: str) -> Path:
    """A folder with the rubric `analyst` and the bank `basics`."""
    for folder, name, text in (("rubrics", "analyst", drawing_text), ("question_banks", "basics", BANK)):
        family = tmp_path / "root" / folder / "sales-operations"
        family.mkdir(parents=True)
        (family / f"{name}.yaml").write_text(text, encoding="utf-8")
    return tmp_path / "root"


@pytest.fixture
def library(root: Path) -> Library:
    """The library of that folder."""
    return Library([root])


@pytest.fixture
def briefly() -> Callable[[Iterable[Finding]], list[str]]:
    """Writes findings as `line:column code severity path (hint)`; errors without their severity."""

    def brief(finding: Finding) -> str:
        assert finding.location
        assert finding.location.file == "f"
        severity = "" if finding.severity is Severity.ERROR else f" {finding.severity}"
        hint = f" ({finding.hint})" if finding.hint else ""
        place = f"{finding.location.line}:{finding.location.column}"
        return f"{place} {finding.code}{severity} {finding.path}{hint}"

    return lambda findings: list(map(brief, findings))
