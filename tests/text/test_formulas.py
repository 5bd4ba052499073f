"""Texts that a spreadsheet would take for a formula are guarded by an apostrophe, which comes off again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiringkit.text.clean import bare_formula, escape_text, guard_formula


@pytest.mark.parametrize(
    "text",
    [
        *("=1", "+1", "-1", "@x", "＝1", "＋1", "－1", "＠x"),
        *("\t=1", "\r=1", "\n=1", " =1", "\u00a0=1", "\u3000=1", "\u200b=1", "\ufeff=1", "\ufffd=1"),
        *("\t", "\rx", "'=1", "''@x"),
    ],
)
def test_a_text_that_would_run_is_guarded(text: str) -> None:
    assert guard_formula(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", " ", "1", "a=1", "'tis", "O'Brien", "王=1", "#REF!"])
def test_a_text_that_would_not_is_left_alone(text: str) -> None:
    assert guard_formula(text) == text


@given(st.text(alphabet=st.sampled_from("'=+-@＝ \t\nab")) | st.text())
def test_the_guard_comes_off_as_it_went_on(text: str) -> None:
    assert bare_formula(guard_formula(text)) == text


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("\x1b[0m", "\\u001b[0m"),
        ("a\u202eb", "a\\u202eb"),
        ("\U000e0041", "\\udb40\\udc41"),
        ("\ud800", "\\ud800"),
        ("王\t\n", "王\t\n"),
    ],
)
def test_what_a_terminal_would_obey_is_escaped_and_not_lost(text: str, escaped: str) -> None:
    assert escape_text(text) == escaped
