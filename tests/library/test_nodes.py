"""The tree, its places and the ways through it."""

import pytest

from hiringkit.library.checks.findings import Findings
from hiringkit.library.yaml.nodes import Path, locate, render_path
from hiringkit.library.yaml.parse import parse_yaml


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
