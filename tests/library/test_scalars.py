"""What a plain scalar means."""

from typing import Any

import pytest

from hiringkit.library.yaml.nodes import ScalarNode, resolve_scalar
from hiringkit.library.yaml.parse import TextPlace

HERE = TextPlace(0, 0, 0)


def resolved(text: str, *, quoted: bool = False) -> Any:
    return resolve_scalar(ScalarNode(text, quoted, HERE, HERE))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *(("0", 0), ("20", 20), ("-3", -3), ("+3", 3)),
        *(("0.8", 0.8), (".5", 0.5), ("2.", 2.0), ("-1.25", -1.25), ("1e3", 1000.0), ("1.5E-7", 1.5e-7)),
        *(("true", True), ("false", False), ("null", None), ("", None)),
    ],
)
def test_decimal_numbers_and_three_words_mean_something(text: str, value: Any) -> None:
    assert resolved(text) == value
    assert type(resolved(text)) is type(value)


@pytest.mark.parametrize(
    "text",
    [
        *("yes", "no", "on", "off", "y", "n", "True", "FALSE", "Null", "~", "nan", ".nan", ".inf", "-.inf"),
        *(
            "1:30",
            "12:30:45",
            "2022-08-04",
            "2022-08-04T10:00:00Z",
            "1_000",
            "0x1F",
            "0b1",
            "0o7",
            "010",
            "00",
        ),
        *("1,000", "1.0.0", "1e", "e3", "+", "-", ".", "--1", "1e999", "9" * 41, "１", "٣", "1 "),
    ],
)
def test_everything_else_is_text(text: str) -> None:
    assert resolved(text) == text


@pytest.mark.parametrize("text", ["1", "true", "null", "", "0.5"])
def test_quotes_make_text_of_anything(text: str) -> None:
    assert resolved(text, quoted=True) == text
