"""Levels as numbers: one form for each, and what people type for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiringkit.domain.level import level_number, read_level, write_level

HALVES = (0, 0.5, 1, 1.5, 2)
LEVELS = st.one_of(st.integers(-1000, 1000), st.integers(-2000, 2000).map(lambda n: n / 2))


@pytest.mark.slow
@given(st.lists(LEVELS, min_size=1, unique=True))
def test_what_is_written_is_read_back(levels: list[float]) -> None:
    scale = tuple(sorted(map(level_number, levels)))
    for level in scale:
        assert read_level(write_level(level), scale) == level
        assert type(read_level(f" {write_level(level)} ", scale)) is type(level)


@pytest.mark.parametrize(
    ("typed", "level"),
    [("1.5", 1.5), ("1,5", 1.5), ("１．５", 1.5), ("１", 1), ("2.0", 2), ("0.50", 0.5), ("２，０", 2)],
)
def test_input_methods_commas_and_trailing_zeros_are_understood(typed: str, level: float) -> None:
    assert read_level(typed, HALVES) == level


@pytest.mark.parametrize("typed", ["", "1.25", "nan", "1e0", "inf", "-1", "1.5.0", "1_0", "½", "0x1", "1,", "on"])
def test_nothing_else_is(typed: str) -> None:
    assert read_level(typed, HALVES) is None
