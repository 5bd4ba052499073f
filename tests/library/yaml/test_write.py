"""Rubrics as YAML with comments, as canonical JSON, and their digests."""

import json
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hiringkit.domain.conduct import (
    Ancillary,
    CandidateQuestions,
    Combination,
    Discussion,
    NoteTaking,
    Panel,
    Prompting,
    Training,
    Unrated,
)
from hiringkit.domain.question import Question, QuestionKind, Sample
from hiringkit.domain.role import (
    Cadence,
    Compensation,
    PayPeriod,
    Requirement,
    RequirementKind,
    Role,
    Stakeholder,
    Task,
)
from hiringkit.domain.rubric import (
    Criterion,
    CriterionKind,
    Level,
    Need,
    NoEvidencePolicy,
    Policy,
    Precondition,
    QuestionUse,
    Rubric,
    Scale,
    Sign,
)
from hiringkit.library.catalog import Library
from hiringkit.library.documents import parse_rubric
from hiringkit.library.draft import in_one_language
from hiringkit.library.pinned import read_pinned
from hiringkit.library.yaml.write import digest_rubric, dump_rubric, write_rubric
from hiringkit.text.clean import clean_text
from hiringkit.text.language import Text

ROOT = Path(__file__).parents[3]
SHIPPED = sorted((ROOT / "rubrics").glob("*/*.yaml"))


def read(text: str) -> Rubric:
    rubric, findings = parse_rubric(text)
    assert rubric, findings
    return rubric


@pytest.mark.slow
@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_rubrics_are_read_back_equal(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    if "\nextends: " not in text:  # a variant is written out as what it comes to
        assert read(write_rubric(read(text))) == read(text)
    resolved = Library([ROOT]).load_rubric(path)
    for rubric in (resolved, in_one_language(resolved, "zh"), in_one_language(resolved, "en")):
        assert read(write_rubric(rubric)) == rubric
        assert read_pinned(dump_rubric(rubric), digest_rubric(rubric)) == rubric


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


STRINGS = st.text(min_size=1, max_size=8).map(lambda text: clean_text(text).strip()).filter(bool)
TEXTS = st.builds(Text, STRINGS) | st.builds(Text, en=STRINGS, zh=st.just("") | STRINGS)
MAYBE = st.none() | TEXTS
IDS = st.sampled_from(["a", "b2", "crm", "large-data", "change-management-2", "x" * 60])
POSITIVE = st.floats(1e-9, 1e12) | st.integers(1, 100).map(float)


def several(build: Any, ids: list[str]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.tuples(*(build(identifier) for identifier in ids))


@st.composite
def roles(draw: st.DrawFn, criteria: list[str]) -> Role:
    ids = draw(st.lists(IDS, max_size=2, unique=True))
    low = draw(POSITIVE)
    pay = st.builds(Compensation, st.just("USD"), st.just(low), st.just(low * 1.5), st.sampled_from(PayPeriod), MAYBE)
    some_criteria = st.lists(st.sampled_from(criteria), max_size=2).map(tuple)
    return Role(
        draw(IDS),
        "manager",
        draw(several(lambda i: st.builds(Stakeholder, st.just(i), TEXTS), ids)),
        draw(
            several(
                lambda i: st.builds(Requirement, st.just(i), st.sampled_from(RequirementKind), TEXTS, MAYBE),
                ids,
            )
        ),
        draw(st.none() | pay),
        draw(several(lambda i: st.builds(Task, st.just(i), TEXTS, some_criteria, st.sampled_from(Cadence)), ids)),
    )


@st.composite
def rubrics(draw: st.DrawFn) -> Rubric:
    """Any rubric without a fault."""
    values = sorted(draw(st.lists(st.integers(-5, 12), min_size=2, max_size=5, unique=True)))
    criteria = draw(st.lists(IDS, min_size=1, max_size=3, unique=True))
    on_scale = st.floats(values[0], values[-1])
    anchors = st.dictionaries(st.sampled_from(values), TEXTS, max_size=3)
    samples = st.builds(Sample, st.just("a"), st.sampled_from(values), TEXTS, TEXTS)
    texts = st.lists(TEXTS, max_size=2).map(tuple)
    criterion = lambda i: st.builds(  # noqa: E731 - one expression, used once
        Criterion,
        st.just(i),
        st.sampled_from(CriterionKind),
        TEXTS,
        TEXTS,
        POSITIVE,
        MAYBE,
        on_scale,
        st.booleans(),
        anchors,
        develop=texts,
    )
    weights = st.fixed_dictionaries(dict.fromkeys(criteria, POSITIVE))
    question = lambda i: st.builds(  # noqa: E731 - one expression, used once
        Question,
        st.just(i),
        st.sampled_from(QuestionKind),
        TEXTS,
        weights,
        MAYBE,
        st.none() | POSITIVE,
        texts,
        texts,
        texts,
        title=st.none() | st.builds(Text, st.text("abc ü", max_size=9).map(lambda text: f"a{text}b")),
    )
    asked = draw(several(question, draw(st.lists(IDS, min_size=1, max_size=2, unique=True))))
    thresholds = sorted(draw(st.lists(on_scale, min_size=3, max_size=3, unique=True)), reverse=True)
    need = Need((Precondition("budget", draw(TEXTS)),), (Sign("misses", draw(TEXTS), draw(TEXTS)),))
    return Rubric(
        draw(IDS),
        "1.0.0-rc.1",
        draw(TEXTS),
        Scale(tuple(Level(value, draw(TEXTS), draw(MAYBE)) for value in values)),
        draw(several(criterion, criteria)),
        (evolve(asked[0], samples=(draw(samples),)), *asked[1:]),
        draw(MAYBE),
        draw(st.none() | roles(criteria)),
        draw(st.none() | st.just(need)),
        Policy(
            draw(st.floats(0, 1)),
            draw(st.sampled_from(NoEvidencePolicy)),
            draw(st.just({}) | st.just(dict(zip(("strong-yes", "yes", "no"), thresholds, strict=True)))),
            draw(MAYBE),
            draw(st.none() | st.sampled_from((0.0, 0.5))),
            draw(st.sampled_from((0.75, 0.9))),
            draw(st.none() | st.sampled_from(Combination)),
            draw(st.none() | POSITIVE),
            draw(st.none() | st.builds(Panel, st.integers(1, 9), st.none() | st.sampled_from(Discussion))),
            draw(st.none() | st.sampled_from(Prompting)),
            draw(st.none() | st.sampled_from(Ancillary)),
            draw(st.none() | st.sampled_from(CandidateQuestions)),
            draw(st.none() | st.sampled_from(NoteTaking)),
            draw(st.none() | st.sampled_from(Training)),
            draw(st.sampled_from(Unrated)),
        ),
    )


@pytest.mark.slow
@given(rubrics())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_written_reads_back_equal(rubric: Rubric) -> None:
    text = dump_rubric(rubric)
    again, findings = parse_rubric(text)
    assert [f for f in findings if f.severity == "error"] == []
    assert again == rubric
    assert dump_rubric(again) == text
    assert read_pinned(text, digest_rubric(rubric)) == rubric


@pytest.mark.slow
@given(rubrics())
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_text_is_json_on_one_line_with_sorted_keys_after_the_header(rubric: Rubric) -> None:
    text = dump_rubric(rubric)
    assert "\n" not in text
    assert text.startswith('{"hiringkit":"rubric/1","criteria":[')
    keys = list(json.loads(text))
    assert keys[1:] == sorted(keys[1:])
    text.encode("utf-8")


@pytest.mark.parametrize("odd", ["\ufffe", "\uffff", "\U0001ffff", "\x85 x", "\\", '"', "a\nb\tc", "{[: #", "\u3000x"])
def test_odd_characters_survive(library: Library, odd: str) -> None:
    rubric = evolve(library.load_rubric("analyst"), title=Text(plain=f"a{odd}b"))
    again, _ = parse_rubric(dump_rubric(rubric))
    assert again == evolve(rubric, title=Text(plain=clean_text(f"a{odd}b")))


def test_a_rubric_drawn_from_banks_is_written_with_its_questions(library: Library) -> None:
    rubric = library.load_rubric("analyst")
    again, findings = parse_rubric(dump_rubric(rubric))
    assert findings == ()
    assert again == rubric
    assert [q["id"] for q in json.loads(dump_rubric(rubric))["questions"]] == ["large-data", "bottlenecks"]


def test_the_digest_is_of_the_meaning_not_of_the_layout(library: Library, drawing_text: str) -> None:
    rubric = library.load_rubric_text(drawing_text)
    laid_out = drawing_text.replace("weight: 60", "weight: 60.0  # as agreed").replace("per: year", "'per': \"year\"")
    assert digest_rubric(library.load_rubric_text(laid_out)) == digest_rubric(rubric)


@pytest.mark.parametrize(
    ("old", "new"),
    [("weight: 60", "weight: 61"), ("bar: 2", "bar: 2.5"), ("zh: 靠猜", "zh: 全靠猜"), ("1.0.0", "1.0.1")],
)
def test_the_digest_changes_with_the_meaning(library: Library, drawing_text: str, old: str, new: str) -> None:
    changed = library.load_rubric_text(drawing_text.replace(old, new))
    assert digest_rubric(changed) != digest_rubric(library.load_rubric_text(drawing_text))


def test_the_digest_of_this_rubric_is_this(library: Library) -> None:
    """Openings pin it: where this number changes, every stored opening differs from its rubric."""
    rubric = library.load_rubric("analyst")
    expected = "e65915815d86612335de5abc662fd67e47a553ad295003f4d0cbc6fa09b4c5d4"
    assert digest_rubric(rubric) == f"sha256:{expected}"
