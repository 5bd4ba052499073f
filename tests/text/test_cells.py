"""Text is measured in terminal cells: Chinese signs take two, combining marks none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from hiringkit.text.cells import cut, cut_at_word, pad, wrap, wrap_text
from hiringkit.text.clean import clean_line

TEXTS = st.text(alphabet=st.sampled_from("ab c王小，。（“é\u0301👩\u200d-/ "), max_size=40).map(clean_line)


@pytest.mark.parametrize(
    ("text", "width", "short"),
    [
        ("Ann", 3, "Ann"),
        ("Annabel", 4, "Ann…"),
        ("Ann Lee", 5, "Ann…"),
        ("王小明", 6, "王小明"),
        ("王小明", 5, "王小…"),
        ("王小明", 4, "王…"),
        ("e\u0301e\u0301e\u0301", 3, "e\u0301e\u0301e\u0301"),
        ("e\u0301e\u0301e\u0301", 2, "e\u0301…"),
        ("Ann", 0, "…"),
    ],
)
def test_a_text_is_cut_by_cells_with_a_sign_that_something_is_missing(text: str, width: int, short: str) -> None:
    assert cut(text, width) == short


@pytest.mark.parametrize(
    ("text", "width", "short"),
    [
        ("Tell me about a forecast", 30, "Tell me about a forecast"),
        ("Tell me about a forecast that missed.", 25, "Tell me about a forecast…"),
        ("Tell me, please, more", 17, "Tell me, please…"),
        ("请讲一次预测失准的经历。", 12, "请讲一次预…"),
        ("unbreakablewords", 5, "unbr…"),
        ("two\nlines", 20, "two lines"),
    ],
)
def test_a_text_is_cut_at_a_word(text: str, width: int, short: str) -> None:
    assert cut_at_word(text, width) == short
    assert cell_len(short) <= width


def test_padding_fills_up_to_the_cell() -> None:
    assert pad("王", 4) == "王  "
    assert pad("王", 4, right=True) == "  王"
    assert pad("too long", 4) == "too long"


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("to be or not to be", 8, ["to be or", "not to", "be"]),
        ("", 5, [""]),
        ("   ", 5, [""]),
        ("销售运营经理，负责预测。", 8, ["销售运营", "经理，负", "责预测。"]),
        ("一二三，四", 6, ["一二", "三，四"]),
        ("一二（CRM）三", 7, ["一二", "（CRM）", "三"]),
        ("averyverylongword x", 6, ["averyv", "erylon", "gword", "x"]),
        ("tab\tand blank", 20, ["tab and blank"]),
    ],
)
def test_lines_break_between_words_and_between_chinese_signs_but_not_before_a_stop(
    text: str, width: int, lines: list[str]
) -> None:
    assert wrap(text, width) == lines


def test_the_lines_of_a_text_are_wrapped_one_by_one() -> None:
    assert wrap_text("one two\n\nthree", 4) == ["one", "two", "", "thre", "e"]


@pytest.mark.slow
@given(TEXTS, st.integers(min_value=6, max_value=30))
def test_no_line_is_too_wide_and_nothing_but_blanks_is_lost(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert all(cell_len(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert cell_len(cut(text, width)) <= width


def test_a_line_does_not_begin_with_a_closing_sign_after_letters() -> None:
    lines = wrap("先看看Monster、领英（LinkedIn）、Glassdoor、Indeed，以及国内的网站", 24)
    assert lines == ["先看看Monster、领英", "（LinkedIn）、", "Glassdoor、Indeed，以及", "国内的网站"]
    assert wrap("they don’t stop…", 10) == ["they don’t", "stop…"]
