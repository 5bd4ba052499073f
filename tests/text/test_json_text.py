"""What writes JSON for digests writes what the standard library does."""

import json

import pytest

from hiringkit.text.json_text import json_writer

ENCODERS = (
    json.JSONEncoder(ensure_ascii=False),
    json.JSONEncoder(),
    json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False),
)
VALUES: tuple[object, ...] = (
    None,
    True,
    12,
    10**30,
    -2.5,
    1e16,
    '运营 "a" \\ \n \x1b \u2028 \ud800',
    [],
    {},
    {"b": [1, {"z": None, "ä": "x/y"}], "a": [2.0, False, []]},
)


@pytest.mark.parametrize("encoder", ENCODERS)
def test_it_is_what_the_encoder_writes(encoder: json.JSONEncoder) -> None:
    write = json_writer(encoder)
    assert [write(value) for value in VALUES] == [encoder.encode(value) for value in VALUES]


def test_what_json_has_not_is_refused_and_nothing_of_it_remembered() -> None:
    write = json_writer(ENCODERS[-1])
    same: list[object] = [object()]
    for _ in range(2):
        with pytest.raises(TypeError):
            write(same)
    same[0] = 1
    assert write(same) == "[1]"
    with pytest.raises(ValueError, match="JSON compliant"):
        write([float("nan")])
