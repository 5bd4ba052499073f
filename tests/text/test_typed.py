"""Short answers as input methods write them."""

import pytest

from hiringkit.text.typed import typed_plainly


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("４", "4"),
        ("３．５", "3.5"),
        ("3。5", "3.5"),
        ("④", "4"),
        ("٤", "4"),
        ("ｘ", "x"),
        ("１－４，７", "1-4,7"),
        ("1、2", "1,2"),
        ("　？ ", "?"),
    ],
)
def test_it_is_what_was_meant(typed: str, meant: str) -> None:
    assert typed_plainly(typed) == meant
