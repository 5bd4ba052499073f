"""Filled cards as files: what is written is read again, and anything else is one plain refusal."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from hiringkit.domain.card import MOST_BYTES, CardHeader, CardRating, CardRubric, CardState, FilledCard, longest_field
from hiringkit.domain.interview import Mark
from hiringkit.errors import HiringKitError, Refused
from hiringkit.exchange.cards import format_card, parse_card
from hiringkit.report.schemas import json_schema
from hiringkit.text.clean import clean_text

KEY = "0f" * 32
AT = datetime(2026, 1, 5, 9, tzinfo=UTC)
HEADER = CardHeader("c1", "som/ada/ivy", "som", "ada", "ivy", CardRubric("r", "1.0.0", "sha256:ab"), AT)
CARD = FilledCard(
    HEADER,
    CardState.SUBMITTED,
    AT,
    (
        CardRating("bottlenecks", 3.5, "timed “every” stage\n\t</script>", (0, 2), AT),
        CardRating("forecast-miss", Mark.NO_EVIDENCE),
        CardRating("large-data"),
    ),
    "yes",
    "solid",
    "欧阳 \N{GRINNING FACE}",
)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
moments = st.datetimes(timezones=st.just(UTC))
levels = st.one_of(st.none(), st.sampled_from(Mark), st.integers(-99, 999), st.sampled_from([0.5, 3.5, 99.25]))
filled = st.builds(
    FilledCard,
    st.just(HEADER),
    st.sampled_from(CardState),
    moments,
    st.lists(
        st.builds(CardRating, texts, levels, texts, st.lists(st.integers(0, 9)).map(tuple), st.none() | moments),
        max_size=4,
        unique_by=lambda each: clean_text(each.question),
    ).map(tuple),
    texts,
    texts,
    texts,
)


def cleaned(card: FilledCard) -> Any:
    """Return plain values of a card, its texts cleaned."""
    ratings = [
        (clean_text(each.question), each.rating, clean_text(each.evidence), each.probes, each.rated_at)
        for each in card.ratings
    ]
    words = [clean_text(each) for each in (card.recommendation, card.summary, card.notes)]
    return card.about, card.state, card.saved_at, ratings, words


@pytest.mark.slow
@given(filled)
def test_what_is_written_is_read_again(card: FilledCard) -> None:
    read = parse_card(format_card(card, KEY))
    assert cleaned(read.card) == cleaned(card)
    assert read.is_signed_with(KEY)
    assert not read.is_signed_with("ab" * 32)


def test_a_card_follows_its_schema() -> None:
    Draft202012Validator(json_schema("card")).validate(json.loads(format_card(CARD, KEY)))


@pytest.mark.slow
@given(st.data())
def test_no_change_of_a_value_goes_unnoticed(data: st.DataObject) -> None:
    content = json.loads(format_card(CARD, KEY))
    place: Any = content
    key: Any = data.draw(st.sampled_from(sorted(set(content) - {"schema", "signature"})))
    while isinstance(place[key], dict | list) and place[key]:
        place = place[key]
        key = data.draw(st.sampled_from(sorted(place)) if isinstance(place, dict) else st.integers(0, len(place) - 1))
    place[key] = data.draw(texts.filter(lambda text: text != place[key]))
    try:
        read = parse_card(json.dumps(content).encode())
    except Refused:
        return
    assert not read.is_signed_with(KEY)


def test_the_order_of_keys_and_blanks_do_not_matter() -> None:
    content = json.loads(format_card(CARD, KEY))
    again = json.dumps(dict(reversed(content.items())), indent=7)
    assert parse_card(again.encode("utf-8-sig")).is_signed_with(KEY)


GOOD = json.loads(format_card(CARD, KEY))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "cut off"),
        (format_card(CARD, KEY)[:400], "cut off"),
        (b"not json", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"[]", "no filled card"),
        (b"7", "no filled card"),
        (b'{"schema": "hiringkit/comparison/1"}', "no filled card"),
        (b'{"schema": "hiringkit/card/2"}', "another hiringkit"),
        (b'{"schema": "hiringkit/card/1"}', "$.signature"),
        (b'{"schema": "hiringkit/card/1", "signature": NaN}', "no number"),
        (b'{"schema": ' + b"9" * 5000 + b"}", "not JSON"),
        ("{“”}".encode("utf-16"), "not UTF-8"),
        (b"<!DOCTYPE html><html>", "the empty card"),
        (b" " * (MOST_BYTES + 1), "larger than 1,000,000 bytes"),
        (json.dumps({**GOOD, "ratings": {}}).encode(), "$.ratings: expected a list"),
        (json.dumps({**GOOD, "ratings": [[]]}).encode(), "$.ratings[0]: expected an object"),
        (json.dumps({**GOOD, "ratings": [{"question": 3}]}).encode(), "$.ratings[0].question: expected a text"),
        (
            json.dumps({**GOOD, "ratings": [{"question": "q", "rating": True}]}).encode(),
            "$.ratings[0].rating: expected a whole number",
        ),
        (json.dumps({**GOOD, "ratings": GOOD["ratings"][:1] * 2}).encode(), "not rated above"),
        (json.dumps({**GOOD, "notes": {"a": "b"}}).encode(), "$.notes: expected a text"),
        (json.dumps({**GOOD, "state": "sent"}).encode(), "$.state: expected one of draft, submitted"),
        (json.dumps({**GOOD, "more": 1}).encode(), "$.more"),
        (json.dumps({**GOOD, "saved_at": "yesterday"}).encode(), "$.saved_at: expected a time"),
        (json.dumps({key: value for key, value in GOOD.items() if key != "card"}).encode(), "$.card"),
        (json.dumps({**GOOD, "rubric": None}).encode(), "$.rubric: expected an object"),
    ],
)
def test_what_is_no_card_is_refused_with_what_is_wrong(data: bytes, said: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_card(data)
    assert said.split(": expected a whole", maxsplit=1)[0] in refused.value.message
    assert refused.value.hint


@given(
    st.binary(max_size=300) | texts.map(lambda text: json.dumps({"schema": "hiringkit/card/1", text: text}).encode())
)
def test_whatever_comes_nothing_but_a_refusal_leaves(data: bytes) -> None:
    with pytest.raises(HiringKitError):
        parse_card(data)


@pytest.mark.parametrize("questions", [1, 7, 12, 60])
def test_the_longest_answers_fit_into_a_file(questions: int) -> None:
    longest = "漢\n" * (longest_field(questions) // 2)
    ratings = tuple(CardRating(f"q{n}", 3, longest) for n in range(questions))
    card = FilledCard(HEADER, CardState.DRAFT, AT, ratings, "yes", "s" * 1000, longest)
    assert parse_card(format_card(card, KEY)).card == card
