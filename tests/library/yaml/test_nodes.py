"""The tree, its places, the ways through it, and what a plain scalar means."""

from typing import Any

import pytest

from hiringkit.library.checks.findings import Findings
from hiringkit.library.yaml.nodes import Path, ScalarNode, locate, render_path, resolve_scalar
from hiringkit.library.yaml.parse import TextPlace, parse_yaml


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ((), "$"),
        (("criteria", 2, "weight"), "$.criteria[2].weight"),
        (("criteria", "change-management"), "$.criteria.change-management"),
        (("anchors", "3"), "$.anchors.3"),
        (("a key", "键"), '$["a key"].键'),
        (("\x1b[31m\n",), '$["\ufffd[31m"]'),
    ],
)
def test_a_path_reads_like_a_way_through_json(path: Path, text: str) -> None:
    assert render_path(path) == text


@pytest.mark.parametrize(
    ("path", "value", "key"),
    [
        ((), (0, 0), (0, 0)),
        (("a",), (0, 3), (0, 0)),
        (("b", 1), (3, 4), (3, 4)),
        (("b", 1, "c"), (3, 7), (3, 4)),
        (("b", 1, "missing"), (3, 4), (3, 4)),
        (("b", 7, "c"), (2, 2), (2, 2)),
        (("a", "c"), (0, 3), (0, 3)),
    ],
)
def test_a_path_leads_to_a_value_or_its_key_or_as_far_as_it_goes(
    path: Path, value: tuple[int, int], key: tuple[int, int]
) -> None:
    root = parse_yaml("a: 1\nb:\n  - x\n  - c: y\n", Findings("f"))
    assert root is not None
    places = [locate(root, path), locate(root, path, key=True)]
    assert [(p.line, p.column) for p in places] == [value, key]


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
