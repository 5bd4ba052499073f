"""Texts are cleaned of all that a terminal, browser or spreadsheet would obey."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiringkit.text.clean import clean_line, clean_text


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("\x1b]0;owned\x07", "\ufffd]0;owned\ufffd"),
        ("\x9b31m", "\ufffd31m"),
        ("a\u202eb\u2066c", "a\ufffdb\ufffdc"),
        ("tab\tand\nline", "tab\tand\nline"),
        ("dos\r\nline\rover", "dos\nline\ufffdover"),
        ("\ud800", "\ufffd"),
        ("李文静 é ﷺ 👩‍💻", "李文静 é ﷺ 👩‍💻"),
    ],
)
def test_what_a_terminal_would_obey_is_shown_as_a_sign_instead(raw: str, clean: str) -> None:
    assert clean_text(raw) == clean


@given(st.text())
def test_cleaning_twice_is_cleaning_once(raw: str) -> None:
    assert clean_text(clean_text(raw)) == clean_text(raw)
    assert clean_line(clean_line(raw)) == clean_line(raw)


@given(st.text())
def test_a_clean_line_is_one_line_without_controls(raw: str) -> None:
    line = clean_line(raw)
    assert len(line.splitlines()) <= 1
    assert not any(ord(char) < 32 or 127 <= ord(char) < 160 for char in line)
