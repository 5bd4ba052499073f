"""Whatever a file holds, what comes out is findings with a place, never a failure of the program."""

import json
from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiringkit.exchange.ats.json_records import LARGEST
from hiringkit.exchange.ats.reading import KINDS, read_scorecards

Findings = Callable[..., list[str]]
CARD: dict[str, Any] = {
    "id": 1,
    "candidate_id": 2,
    "interviewer": {"id": 3},
    "overall_recommendation": "yes",
    "attributes": [{"name": "Data", "rating": "yes", "note": None}],
}


def with_rating(value: str) -> str:
    """Return an export whose first rating is written as given."""
    return json.dumps([CARD]).replace('"rating": "yes"', f'"rating": {value}')


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "x.json: error empty-file: the file is empty"),
        ("  \n", "x.json: error empty-file: the file is empty"),
        ("12", "x.json:1:1: error json-syntax: the file is not JSON: expected a list or an object, found '1'"),
        ("[" * 100_000, "x.json:1:2: error too-deep: lists and objects are nested too deep to be read"),
        ('{"a":' * 100_000, "x.json:1:1: error too-deep: lists and objects are nested too deep to be read"),
        ("[3]", "x.json:1: error json-row $[0]: the record is JSON but not an object"),
        (
            f"[\n{json.dumps(CARD)}\n{json.dumps(CARD)}]",
            "x.json:3:1: error json-syntax: the file is not JSON: expected a comma or the end of the list, found '{'",
        ),
        (
            with_rating("NaN"),
            "x.json:1: error json-syntax $[0]: NaN is no value of JSON (hint: write null where there is none)",
        ),
        (with_rating("1e999"), "x.json:1: error json-syntax $[0]: the number '1e999' is too large"),
        (
            with_rating("9" * 5000),
            "x.json:1:2: error json-syntax: a number has thousands of digits",
        ),
        (
            with_rating('"yes", "rating": "no"'),
            "x.json:1: error duplicate-key $[0]: the key 'rating' stands there twice",
        ),
        (
            with_rating("[1]"),
            "x.json:1: error wrong-type $[0].attributes[0].rating: expected text or a number, found a list",
        ),
        (
            with_rating("true"),
            "x.json:1: error wrong-type $[0].attributes[0].rating: expected text or a number, found true or false",
        ),
        (
            json.dumps([CARD | {"attributes": "none"}]),
            "x.json:1: error wrong-type $[0].attributes: expected a list, found text",
        ),
        (
            json.dumps([CARD, CARD | {"id": 2, "attributes": [7]}]),
            "x.json:2: error wrong-type $[1].attributes[0]: expected an object, found a number",
        ),
        (
            json.dumps([CARD | {"submitted_at": "yesterday"}]),
            "x.json:1: error time $[0].submitted_at: 'yesterday' is no date and time (hint: 2026-11-01T10:00:00Z)",
        ),
        (
            json.dumps([CARD | {"candidate_id": None}]),
            "x.json:1: error missing-key $[0]: candidate_id is missing",
        ),
        (
            json.dumps([{"id": 1, "application_id": 2, "candidate_rating": "yes"}]),
            (
                "x.json:1: error other-version $[0]: candidate_rating is a field of another version of the API (hint: "
                "greenhouse-v1 is one file of scorecards, greenhouse-v3 a folder with a file for each collection)"
            ),
        ),
        (b"[\n\xff]", "x.json:2: error encoding: the file is not UTF-8: byte 0xff is no text (hint: save it as UTF-8)"),
        (
            json.dumps([CARD]).encode("utf-16-le"),
            "x.json: error binary-file: the file holds a NUL byte: it is no text (hint: save it as UTF-8)",
        ),
    ],
    ids=lambda value: None if isinstance(value, bytes) else str(value)[:30],
)
def test_bad_input_is_a_finding_with_its_place(findings: Findings, content: str | bytes, said: str) -> None:
    assert findings(content) == [said]


@pytest.mark.parametrize("cut", range(3, len(json.dumps([CARD])), 7))
def test_a_file_that_was_cut_off_anywhere_is_an_error_and_yields_nothing(
    write: Callable[..., str], read: Callable[..., Any], cut: int
) -> None:
    cards, said, _source = read(write(json.dumps([CARD])[:cut], "x.json"), "greenhouse-v1")
    assert cards == []
    assert len(said) == 1
    assert "error json-syntax" in said[0]


def test_a_cut_off_file_says_so(findings: Findings) -> None:
    (said,) = findings(json.dumps([CARD])[:-1])
    assert said.endswith("the file ends in the middle of a record (hint: was the download cut off? export it again)")


def test_a_record_without_end_does_not_fill_the_memory(findings: Findings) -> None:
    (said,) = findings('[{"id": "' + "x" * (LARGEST + 1_000_000))
    assert said == (
        "x.json:1:2: error record-too-large: one record is longer than 16,000,000 characters "
        "(hint: is a quote missing before it?)"
    )


@pytest.mark.slow
def test_places_are_right_far_into_a_file(findings: Findings) -> None:
    text = json.dumps([CARD | {"id": number} for number in range(20_000)], indent=1)
    line = text[: text.index('"id": 19000')].count("\n") + 1
    (said,) = findings(text.replace('"id": 19000', '"id": nope'))
    assert said == f"x.json:{line}:9: error json-syntax: the file is not JSON: Expecting value"


def test_what_is_cut_by_the_window_is_whole_again(write: Callable[..., str], read: Callable[..., Any]) -> None:
    """Records of every length, so that some end wherever a piece of the file does; numbers and signs of 4 bytes too."""
    records = [CARD | {"id": 10**9 + n, "attributes": [{"name": "𝄞é" * (n % 97), "rating": n}]} for n in range(3000)]
    records = [record for record in records if record["attributes"][0]["name"]]
    cards, said, _source = read(write(json.dumps(records, ensure_ascii=False), "x.json"), "greenhouse-v1")
    assert said == []
    assert [(card.source_id, card.ratings[0].label) for card in cards] == [
        (str(record["id"]), str(record["attributes"][0]["rating"])) for record in records
    ]


def test_names_and_texts_are_cleaned(write: Callable[..., str], read: Callable[..., Any]) -> None:
    card = CARD | {
        "interviewer": {"id": 3, "name": "Ivo\u202eOne\x1b[31m\n"},
        "attributes": [{"name": "Da\tta", "rating": "y\x07es", "note": "a\ud800b<script>alert(1)</script>"}],
    }
    ((read_card,), said, _source) = read(write(json.dumps([card]), "x.json"))
    assert said == []
    assert read_card.interviewer.name == "Ivo\ufffdOne\ufffd[31m"
    (rating,) = read_card.ratings
    assert (rating.attribute, rating.label, rating.evidence) == ("Da ta", "y\ufffdes", "a\ufffdb")


@pytest.mark.slow
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "greenhouse-v3"])
@given(
    value=st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=6,
    ),
    key=st.integers(0, 30),
)
def test_any_value_in_any_field_is_read_or_found(
    tmp_path_factory: pytest.TempPathFactory, kind: str, value: Any, key: int
) -> None:
    name = {"json": "cases/ats/score-object.jsonl", "frappe": "ats/frappe.jsonl"}.get(kind, f"ats/{kind}.json")
    text = (Path(__file__).parents[2] / "data" / name).read_text(encoding="utf-8")
    record = json.loads(text.splitlines()[0] if name.endswith("jsonl") else text)
    for inside in ("data", "results"):
        record = record.get(inside, record) if isinstance(record, dict) else record
    record = record[0] if isinstance(record, list) else record
    fields = sorted(record)
    path = tmp_path_factory.mktemp("any") / "x.json"
    path.write_text(json.dumps([record | {fields[key % len(fields)]: value}]), encoding="utf-8")
    source = read_scorecards(str(path), kind)
    items = list(source)
    assert items or source.drafts_skipped or source.deleted_skipped


@pytest.mark.parametrize(
    "text",
    ['<a "' * 250_000, "<" * 1_000_000, "<!--" * 250_000, "<p>" * 250_000, "<script>" * 100_000, "&" * 1_000_000],
)
def test_no_markup_takes_long(findings: Findings, text: str) -> None:
    start = process_time()
    assert findings(json.dumps([CARD | {"questions": [{"question": "?", "answer": text}]}])) == []
    assert process_time() - start < 10
