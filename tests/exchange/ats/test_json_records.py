"""Records of a list are read many at a time; what comes out is what one at a time gives, with the same places."""

import json
import random
from io import BytesIO
from typing import Any

import pytest

from hiringkit.domain.finding import Finding
from hiringkit.exchange.ats import json_records
from hiringkit.exchange.ats.json_records import JsonRecords

TEXTS = ("", "a", "},", '"', "{[", "\\", "\n", "]}", '"},{"')


def anything(chance: random.Random, depth: int = 2) -> Any:
    """Invent a value."""
    kind = chance.randrange(3 if depth else 2)
    if kind == 0:
        return chance.choice((None, True, 7, -2.5))
    if kind == 1:
        return chance.choice(TEXTS)
    inner = [anything(chance, depth - 1) for _ in range(chance.randrange(4))]
    return inner if chance.random() < 0.5 else {chance.choice(TEXTS): each for each in inner}


def read(text: str) -> list[Any]:
    """Return values of records, and code, line and path of findings."""
    found = JsonRecords(BytesIO(text.encode()), "x.json")
    return [
        (each.code.value, each.location and each.location.line, each.path) if isinstance(each, Finding) else each.value
        for each in found
    ]


@pytest.fixture(autouse=True, scope="module")
def small_windows() -> Any:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_records, "_CHUNK", 64)
        yield


@pytest.mark.parametrize("indent", [None, 2])
def test_every_object_of_a_list_comes_out_once(indent: int | None) -> None:
    chance = random.Random(1)  # noqa: S311 - invented records
    for _ in range(100):
        records = [{text: anything(chance) for text in chance.sample(TEXTS, 3)} for _ in range(chance.randrange(12))]
        assert read(json.dumps(records, indent=indent, separators=(",", ":"))) == records


@pytest.mark.parametrize("wrapped", ['{"a":1,"results":%s,"paging":{"b":1},"c":{"d":2},"e":3}', '%s %s{"f":1}'])
def test_what_stands_around_a_list_is_no_part_of_it(wrapped: str) -> None:
    records = [{"n": n} for n in range(40)]
    text = json.dumps(records, separators=(",", ":"))
    times = wrapped.count("%s")
    assert read(wrapped % ((text,) * times)) == records * times + [{"f": 1}] * (times - 1)


@pytest.mark.parametrize(
    ("odd", "found"),
    [
        ('{"a":1,"a":2}', ("duplicate-key", 21, "$[20]")),
        ('{"a":NaN}', ("json-syntax", 21, "$[20]")),
        ('{"a":{"b":1,"b":2},"c":3}', ("duplicate-key", 21, "$[20]")),
        ("7", ("json-row", 21, "$[20]")),
    ],
)
def test_what_is_wrong_with_one_of_many_is_found_where_it_stands(odd: str, found: tuple[str, int, str]) -> None:
    before = [{"n": n} for n in range(20)]
    text = json.dumps(before, separators=(",", ":"))[:-1]
    assert read(f"{text},{odd},{text[1:]}]") == [*before, found, *before]


def test_where_it_stops_being_json_the_records_before_are_read_and_nothing_else() -> None:
    text = "[\n" + ",\n".join(f'{{"n":{n}}}' for n in range(20))
    *records, wrong = read(text + ',\n{"n":},\n{"n":21}]')
    assert len(records) == 20
    assert wrong == ("json-syntax", 22, "")
