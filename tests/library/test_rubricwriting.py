"""A rubric as YAML: read back equal, with its comments."""

from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from hiringkit.domain.question import Question, QuestionKind
from hiringkit.domain.rubric import Criterion, CriterionKind, Level, QuestionUse, Rubric, Scale
from hiringkit.library.catalog import Library
from hiringkit.library.documents import parse_rubric
from hiringkit.library.draft import in_one_language
from hiringkit.library.yaml.write import write_rubric
from hiringkit.text.clean import clean_text
from hiringkit.text.language import Text

ROOT = Path(__file__).parents[2]
SHIPPED = sorted((ROOT / "rubrics").glob("*/*.yaml"))


def read(text: str) -> Rubric:
    rubric, findings = parse_rubric(text)
    assert rubric, findings
    return rubric


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_rubrics_are_read_back_equal(path: Path) -> None:
    written = read(path.read_text(encoding="utf-8"))
    assert read(write_rubric(written)) == written
    resolved = Library([ROOT]).load_rubric(path)
    for rubric in (resolved, in_one_language(resolved, "zh"), in_one_language(resolved, "en")):
        assert read(write_rubric(rubric)) == rubric


words = (
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200)
    .map(clean_text)
    .map(str.strip)
    .filter(bool)
)
texts = st.one_of(
    st.builds(Text, plain=words),
    st.builds(Text, en=words, zh=words),
    st.sampled_from(
        ["1.0", "no", "~", "null", "- x", "a: b", "a #b", "'", '"', "{", "@x", "2022-08-04", "x " * 60 + "x"]
    ).map(lambda text: Text(plain=text)),
)


@settings(max_examples=60)
@given(texts, texts, st.floats(0.01, 1e6), st.floats(0.01, 1e6))
def test_any_text_and_number_is_read_back_equal(one: Text, other: Text, weight: float, minutes: float) -> None:
    rubric = Rubric(
        "r",
        "1.0.0",
        one,
        Scale((Level(0, one), Level(7, other, one))),
        (Criterion("c", CriterionKind.COMPETENCY, other, one, weight, anchors={0: one, 7: other}),),
        (Question("q", QuestionKind.KNOWLEDGE, one, {"c": weight}, minutes=minutes, probes=(one, other)),),
    )
    assert read(write_rubric(rubric)) == rubric


def test_comments_stand_once_above_what_they_are_about() -> None:
    criterion = Criterion("c", CriterionKind.COMPETENCY, Text("C"), Text("D"), 1)
    rubric = Rubric(
        "r",
        "1.0.0",
        Text("R"),
        Scale((Level(1, Text("Low")), Level(2, Text("High")))),
        (criterion, evolve(criterion, id="d")),
        (QuestionUse("bank", ("one", "two")),),
    )
    comments = {"": ["A rubric.", ""], "criteria.weight": ["Why so much?"], "criteria.id": ["Its name."], "need": ["x"]}
    assert write_rubric(rubric, comments).splitlines() == [
        "# A rubric.",
        "#",
        "hiringkit: rubric/1",
        "id: r",
        "version: 1.0.0",
        'title: "R"',
        "scale:",
        "  levels:",
        "    - value: 1",
        '      label: "Low"',
        "    - value: 2",
        '      label: "High"',
        "criteria:",
        "    # Its name.",
        "  - id: c",
        "    kind: competency",
        '    name: "C"',
        '    definition: "D"',
        "    # Why so much?",
        "    weight: 1",
        "  - id: d",
        "    kind: competency",
        '    name: "C"',
        '    definition: "D"',
        "    weight: 1",
        "questions:",
        "  - bank: bank",
        "    use: [one, two]",
    ]
