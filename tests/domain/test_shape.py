"""What an id is: one rule for files, openings and people."""

import pytest

from hiringkit.domain.shape import CURRENCY, ID_SHAPE, LONGEST_ID, VERSION


@pytest.mark.parametrize("text", ["a", "sales-operations", "2026-q1", "a" * LONGEST_ID])
def test_lower_case_words_joined_by_a_hyphen_are_an_id(text: str) -> None:
    assert ID_SHAPE.fits(text)


@pytest.mark.parametrize("text", ["", "-a", "a-", "a--b", "A", "a b", "a\n", "é", "a_b", "a" * (LONGEST_ID + 1)])
def test_anything_else_is_none(text: str) -> None:
    assert not ID_SHAPE.fits(text)


def test_a_shape_without_a_longest_takes_any_length() -> None:
    assert VERSION["shape"].fits("1.0.0-" + "a" * 1000)
    assert not CURRENCY["shape"].fits("EURO")
