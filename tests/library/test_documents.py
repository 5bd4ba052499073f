"""From a text to a rubric or a bank, with every finding."""

from collections.abc import Callable, Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hiringkit.domain.codes import Code
from hiringkit.domain.finding import Finding
from hiringkit.library.documents import Kind, draft, parse_rubric, result_of

Brief = Callable[[Iterable[Finding]], list[str]]

HEADERS = [
    pytest.param("hiringkit: rubric/1\n", "", ["1:1 header $.hiringkit"], id="a rubric without header"),
    pytest.param(
        "hiringkit: rubric/1",
        "hiringkit: rubrik/1",
        ['1:12 header $.hiringkit (did you mean "rubric/1"?)'],
        id="a header with a slip",
    ),
    pytest.param(
        "hiringkit: rubric/1",
        "hiringkit: rubric/2",
        ['1:12 header $.hiringkit (did you mean "rubric/1"?)'],
        id="a header of a later format",
    ),
    pytest.param(
        "hiringkit: rubric/1",
        "hiringkit: [rubric/1]",
        ["1:12 header $.hiringkit (known here: rubric/1, question-bank/1)"],
        id="a header that is a list",
    ),
    pytest.param(
        "hiringkit: rubric/1",
        "hiringkit: question-bank/1",
        ["1:12 other-kind $.hiringkit"],
        id="the header of a bank",
    ),
    pytest.param(
        "hiringkit: rubric/1\nid: analyst",
        "id: analyst\nhiringkit: rubric/1",
        ["2:1 header $.hiringkit (move it to the top)"],
        id="a header that is not the first key",
    ),
]


@pytest.mark.parametrize(("old", "new", "expected"), HEADERS)
def test_a_wrong_header_is_found(rubric_text: str, briefly: Brief, old: str, new: str, expected: list[str]) -> None:
    assert rubric_text.count(old) == 1
    _, findings = parse_rubric(rubric_text.replace(old, new), "f")
    assert briefly(findings) == expected


def test_a_wrong_header_says_what_was_expected() -> None:
    _, findings = parse_rubric("id: x", "f")
    assert findings[0].message == (
        'expected "hiringkit: rubric/1" or "hiringkit: question-bank/1" as the first key, found the key "id"'
    )


@pytest.mark.parametrize("text", ["just words", "[a, b]", "3", "---", "{}", "!!set {a}"])
def test_a_document_that_is_no_mapping_is_none_of_ours(text: str) -> None:
    value, findings = parse_rubric(text)
    assert value is None
    assert "header" in {f.code for f in findings}


def test_a_bank_is_no_rubric_and_a_rubric_no_bank(rubric_text: str, bank_text: str) -> None:
    assert [f.message for f in parse_rubric(bank_text)[1]] == ["expected a rubric, found a question-bank"]
    assert [f.message for f in result_of(draft(rubric_text, "-", Kind.BANK))[1]] == [
        "expected a question-bank, found a rubric"
    ]


def test_a_file_of_either_kind_is_read_as_what_it_says_or_seems(rubric_text: str, bank_text: str) -> None:
    for text, kind in ((rubric_text, "rubric"), (bank_text, "question-bank")):
        assert result_of(draft(text, "f"))[1] == ()
        headless = text.partition("\n")[2]
        assert [f.code for f in result_of(draft(headless, "f"))[1]] == ["header"], kind


def test_json_is_taken_too() -> None:
    bank, findings = result_of(
        draft('{"hiringkit":"question-bank/1","id":"b","title":"B","questions":[]}', "-", Kind.BANK)
    )
    assert findings == ()
    assert bank is not None


def test_beyond_two_hundred_errors_the_rest_is_left_out() -> None:
    _, findings = result_of(
        draft("hiringkit: question-bank/1\n" + "".join(f"k{i}: 1\n" for i in range(1000)), "-", Kind.BANK)
    )
    assert [f.code for f in findings].count(Code.UNKNOWN_KEY) == 200
    assert str(findings[-1]).startswith("-: info too-many-findings $: only the first 200 of a kind are shown")


def test_many_warnings_hide_no_error(bank_text: str) -> None:
    probes = "    probes: [" + '"\\e", ' * 300 + "]\n    minutes: -1\n"
    bank, findings = result_of(draft(bank_text + probes, "-", Kind.BANK))
    assert bank is None
    assert "not-positive" in {f.code for f in findings}


SNIPPETS = st.sampled_from(
    [
        *(
            "hiringkit: rubric/1\n",
            "hiringkit: question-bank/1\n",
            "id: a\n",
            "title: ",
            "criteria:\n",
            "questions:\n",
        ),
        *(
            "  - ",
            "{",
            "}",
            "[",
            "]",
            ": ",
            ", ",
            "- ",
            "\n",
            "  ",
            '"',
            "'",
            "|",
            ">",
            "#",
            "&a ",
            "*a ",
            "!!x ",
            "<<: ",
        ),
        *(
            "1",
            "-1",
            "3.7",
            "1:30",
            "no",
            "true",
            "null",
            "~",
            "en: a",
            "zh: 甲",
            "weight: ",
            "anchors: {1: a}",
        ),
        *(
            "bank: b",
            "use: [q]",
            "---\n",
            "%YAML 1.1\n",
            "\t",
            "\r",
            "\x1b",
            "\u202e",
            "\ufeff",
            "\ud800",
            "：",
            "? ",
        ),
    ]
)
TEXTS = st.lists(SNIPPETS | st.text(max_size=5), max_size=40).map("".join)


@pytest.mark.slow
@given(TEXTS | st.text(), st.sampled_from([None, *Kind]))
@settings(max_examples=300, deadline=None)
def test_any_text_gives_findings_or_a_clean_load(text: str, kind: Kind | None) -> None:
    value, findings = result_of(draft(text, "f", kind))
    assert value is not None or findings
    assert all("\n" not in str(finding) for finding in findings)


@pytest.mark.slow
@settings(deadline=None)
@given(st.binary() | TEXTS.map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_give_findings_or_a_clean_load(data: bytes) -> None:
    value, findings = parse_rubric(data)
    assert value is not None or findings


@pytest.mark.slow
@given(st.data())
@settings(max_examples=200, deadline=None)
def test_a_rubric_with_a_piece_replaced_gives_findings_or_a_clean_load(data: st.DataObject) -> None:
    text = SOUND
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 30)))
    value, findings = parse_rubric(text[:start] + data.draw(TEXTS) + text[end:])
    assert value is not None or findings


SOUND = """\
hiringkit: rubric/1
id: a
version: 1.0.0
title: {en: A, zh: 甲}
role: {family: f, level: m, tasks: [{id: t, text: x, criteria: [c], cadence: weekly}]}
scale: {levels: [{value: 1, label: l}, {value: 2, label: m}]}
criteria:
  - {id: c, kind: competency, name: n, definition: d, weight: 2.5, bar: 1, anchors: {1: a, 2: b}}
questions:
  - {id: q, kind: behavioural, text: t, criteria: {c: 1}, samples: [{id: s, level: 1, answer: a, why: w}]}
policy: {minimum_coverage: 0.8, no_evidence: exclude, recommend: {strong-yes: 2, yes: 1.5, no: 1}}
"""
