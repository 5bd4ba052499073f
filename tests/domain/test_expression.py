"""Expressions: how a rubric's author writes what postings say."""

import pytest

from hiringkit.domain.expression import Expression, Part, parse_expression


def test_parts_alternatives_and_what_must_not_be_there() -> None:
    assert parse_expression("Set|agree quota-setting|goal* !cash-flow") == Expression(
        (Part(("set", "agree")), Part(("quota-setting", "goal*"))), (Part(("cash-flow",), barred=True),)
    )


@pytest.mark.parametrize("text", ["", "!", "a||b", "|a", "a| b", "*", "a**", "-a", "!only", "a (b)", "、"])
def test_what_cannot_be_read_is_none(text: str) -> None:
    assert parse_expression(text) is None
