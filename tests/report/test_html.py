"""Reports as pages: whole, valid, without anything from elsewhere; hostile text is text."""

import json
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiringkit.report.model import Chart, Column, Facts, Lines, Notes, Number, Report, Span, Table, Tone, Word
from hiringkit.report.render.bars import bar_table
from hiringkit.report.render.charts import draw
from hiringkit.report.render.html import embedded, render_html
from hiringkit.report.render.text import render
from hiringkit.text.clean import clean_text

HOSTILE = "</td><script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}\x1b]0;x\x07\u202e'\"&"
VOID = {"meta", "br"}


class Page(HTMLParser):
    """Reads a page and keeps what is in it, refusing tags that do not match."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str]] = []
        self.words: list[str] = []
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


def everything(text: str) -> Report:
    """Make a report with this text in every place there is."""
    return Report(
        title=text,
        blocks=(
            Facts(((text, text), (text, Number(1.25, 2)), (text, Word(text, Tone.GOOD))), text),
            Table((Column("a", text), Column("b", text)), ((text, Span((1, 2))), (Word(text), Number(None))), text),
            Table((Column("a", text),), (), text, text),
            Notes((text, text), text),
            Notes((text,)),
            Lines((text,), text),
            Chart(((text, 2.5), (text, None), ("c", 5.0), ("d", 1.0)), 1, 5, text),
        ),
    )


def test_hostile_text_is_text_in_every_place() -> None:
    page = Page(render_html(everything(HOSTILE)))
    assert not page.tags & {"script", "img", "iframe", "link", "a", "form"}
    assert not [name for name, _value in page.attributes if name.startswith("on")]
    assert "alert(1)" in page.text
    assert "{{7*7}}" in page.text
    assert not set(render_html(everything(HOSTILE))) & set("\x1b\x07\u202e")


def test_nothing_comes_from_elsewhere() -> None:
    page = render_html(everything("plain"))
    for sign in ("http:", "https:", "//", "url(", "@import", "src="):
        assert sign not in page
    assert "default-src 'none'" in page


def test_the_page_says_its_language_and_what_is_missing() -> None:
    assert '<html lang="zh-Hans">' in render_html(everything("文"), language="zh")
    assert '<html lang="en">' in render_html(everything("text"))
    assert "Nothing to show." in render_html(Report("t", (Table((Column("a", "A"),), ()),)))


def test_lines_of_a_text_stay_apart() -> None:
    assert "one<br>two" in render_html(Report("t", (Facts((("a", "one\ntwo"),)),)))


# Charts


def test_a_chart_draws_its_figures_to_scale_and_leaves_gaps() -> None:
    chart = Page(draw(Chart((("a", 1.0), ("b", None), ("c", 5.0), ("d", 3.0)), 1, 5), "c"))
    low, high, middle = (float(value) for name, value in chart.attributes if name == "cy")
    assert low > middle > high
    assert middle == pytest.approx((low + high) / 2)
    assert chart.attributes.count(("class", "path")) == 1, "no line through what is missing"
    assert "a: 1.00; b: -; c: 5.00; d: 3.00" in chart.text
    assert all(f" {level} " in chart.text for level in (1, 2, 3, 4, 5))


def test_elsewhere_a_chart_is_bars_of_plain_signs() -> None:
    chart = Chart((("one", 1.0), ("two", 3.0), ("three", 5.0), ("none", None), ("off", 9.0)), 1, 5, "Progress")
    bars = [row[2].text for row in bar_table(chart).rows if isinstance(row[2], Word)]
    assert bars == ["." * 20, "=" * 10 + "." * 10, "=" * 20, "." * 20, "=" * 20]
    report = Report("t", (chart,))
    assert "==========.........." in render(report)
    assert "==========.........." in render(report, "markdown")
    assert render(report, "csv").splitlines()[:2] == ["name,value", "one,1"]


@pytest.mark.slow
@given(
    st.one_of(st.text(), st.lists(st.sampled_from(["</script", "<!--", "<script", "-->", "]]>", ">", "\\", '"', "é"])))
)
def test_linked_data_comes_out_of_the_page_as_it_went_in(words: str | list[str]) -> None:
    text = "".join(words)
    document = {"name": text, "list": [text, {"deep": text}], "sum": 1.5, "no": False}
    page = Page(render_html(Report(title=text, blocks=(Notes((text,)),), document=document, linked=True)))
    assert ("type", "application/ld+json") in page.attributes
    (found,) = (json.loads(words) for words in page.words if '"deep"' in words)
    cleaned = clean_text(text)
    assert found == {"name": cleaned, "list": [cleaned, {"deep": cleaned}], "sum": 1.5, "no": False}


def test_a_figure_that_json_cannot_say_is_no_linked_data() -> None:
    with pytest.raises(ValueError, match="JSON"):
        embedded({"sum": float("nan")})
