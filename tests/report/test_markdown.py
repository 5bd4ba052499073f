"""Markdown: what a reader of it shows is what was written, and what is pasted as it is stays readable."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from hiringkit.report.model import Column, Facts, Notes, Report, Table
from hiringkit.report.render.markdown import escape, render_markdown
from hiringkit.text.clean import clean_line

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
SIGNS = "\\`*_{}[]()#+-.!|<>&~=:/@$%^'\" 0123456789ab\t"
texts = st.text(st.sampled_from(SIGNS), max_size=30) | st.text(max_size=30)


def shown(page: str) -> str:
    """Return the text of a page."""
    return html.unescape(re.sub(r"<[^>]*>", "", page)).strip("\n")


def collapsed(text: str) -> str:
    return " ".join(text.split())


@given(texts)
def test_a_line_is_shown_as_it_was_written(text: str) -> None:
    page = READER.render(escape(text))
    assert set(re.findall(r"</?(\w+)", page)) <= {"p"}, page
    assert collapsed(shown(page)) == collapsed(clean_line(text))


@given(texts, texts)
def test_a_cell_is_shown_as_it_was_written(first: str, second: str) -> None:
    table = Table((Column("a", "A"), Column("b", "B")), ((first, second),))
    page = READER.render(render_markdown(Report("", (table,))))
    cells = re.findall(r"<td[^>]*>(.*?)</td>", page, re.DOTALL)
    assert [collapsed(shown(cell)) for cell in cells] == [collapsed(clean_line(text)) for text in (first, second)]
    assert set(re.findall(r"</?(\w+)", page)) <= {"table", "thead", "tbody", "tr", "th", "td"}


@given(texts)
def test_a_fact_is_shown_as_it_was_written(text: str) -> None:
    page = READER.render(render_markdown(Report("", (Facts((("Name", text),)),))))
    assert collapsed(shown(page)) == collapsed(f"Name: {clean_line(text)}")


@pytest.mark.parametrize(
    "text",
    [
        "jobs@firm.example",
        "https://firm.example/jobs?id=1&from=x",
        "USD 90,000 to 130,000 (~10 % bonus), C# & Excel",
        "snake_case and 2 * 3 = 6; 5 < 6 > 4",
        "R&D / Sales-Ops #1!",
    ],
)
def test_what_people_paste_has_no_sign_added(text: str) -> None:
    assert render_markdown(Report("", (Notes((text,)),))) == f"{text}\n"
