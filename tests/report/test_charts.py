"""Charts: titled, described with every figure, apart in shape and not in colour alone, and inert whatever the names."""

import re
from xml.etree import ElementTree as ET

import pytest

from hiringkit.report.model import Chart
from hiringkit.report.page import (
    BarRow,
    Bars,
    Chances,
    Dots,
    Drawing,
    Forest,
    ForestRow,
    QuestionBlocks,
)
from hiringkit.report.render.charts import draw

HOSTILE = "</title></svg><script>alert(1)</script><img src=x onerror=alert(1)>\x1b]0;x\x07\u202e'\"&"
SVG = "{http://www.w3.org/2000/svg}"


def drawings(name: str) -> dict[str, Drawing | Chart]:
    """Make one of each kind."""
    row = ForestRow(name, 3.5, (3.0, 4.0), "3.50", "3.0 to 4.0", "rank 1", plain=3.7, bar=3)
    return {
        "forest": Forest(
            name, (row, ForestRow(name, 2, (None, 2.5), "2.00", out=True), ForestRow(name, None, None, "not rated")),
            1, 5, ((1, "1|" + name), (5, "5")), ((3.5, name),), 3, (name, name),
        ),
        "chances": Chances(name, ((name, "80 %", 0.8), (name, "15 %", 0.15)), 0.95, "95 % asked for"),
        "narrow chances": Chances(name, ((name, "30 %", 0.3), (name, "25 %", 0.25)), 0.95, "95 % asked for"),
        "dots": Dots(name, 1, 5, ((name, 2), (name, 4))),
        "close dots": Dots(name, 1, 10, ((name, 2), (name, 4))),
        "blocks": QuestionBlocks(name, ((name, "1 not asked", "21x0"),)),
        "bars": Bars(name, (BarRow(name, "", 4, "4.00", 3), BarRow(name, "", 2, "2.00", 3, proven=False),
                            BarRow(name, "", None, "not rated", 3)), 1, 5),
        "line": Chart(((name, 2.5), (name, None), (name, 5.0)), 1, 5, name),
    }  # fmt: skip


@pytest.mark.parametrize("kind", drawings(""))
def test_a_chart_has_a_title_and_all_its_figures_in_words(kind: str) -> None:
    root = ET.fromstring(f'<x xmlns="http://www.w3.org/2000/svg">{draw(drawings("Ann 李")[kind], "c")}</x>')
    (chart,) = root
    assert chart.get("role") == "img"
    title, described = chart.find(f"{SVG}title"), chart.find(f"{SVG}desc")
    assert title is not None
    assert described is not None
    assert chart.get("aria-labelledby") == f"{title.get('id')} {described.get('id')}"
    assert "Ann 李" in (described.text or "")
    drawn = re.sub("<[^>]*>", " ", str(draw(drawings("Ann 李")[kind], "c")).split("</desc>")[1])
    assert all(figure in (described.text or "") for figure in re.findall(r"\d\.\d\d|\d\d %", drawn))


@pytest.mark.parametrize("kind", drawings(""))
def test_a_hostile_name_is_text_in_every_chart(kind: str) -> None:
    text = str(draw(drawings(HOSTILE)[kind], "c"))
    calm = str(draw(drawings("calm")[kind], "c"))
    assert re.findall(r"<(\w+)", text) == re.findall(r"<(\w+)", calm)
    assert not set(text) & set("\x1b\x07\u202e")
    ET.fromstring(f'<x xmlns="http://www.w3.org/2000/svg">{text}</x>')


def test_what_differs_in_colour_differs_in_shape_too() -> None:
    forest, bars = str(draw(drawings("a")["forest"], "c")), str(draw(drawings("a")["bars"], "c"))
    assert "M-6-6H6V6H-6z" in forest, "a square with a cross for who misses a required bar, a disc for the others"
    assert '<circle class="point"' in forest
    assert {"full", "claim", "missing"} <= set(re.findall(r'rect class="(\w+)"', bars))
    dots = str(draw(drawings("a")["dots"], "c"))
    assert "M-7-7H7V7H-7z" in dots
    assert '<circle class="point"' in dots


def test_nothing_is_drawn_off_the_scale() -> None:
    forest = Forest("t", (ForestRow("a", 9, (-3, 12), "9"),), 1, 5, ((1, "1"), (5, "5")))
    places = [float(each) for each in re.findall(r'(?:x1|x2|cx)="([\d.]+)%"', str(draw(forest, "c")))]
    assert places
    assert all(0 <= place <= 100 for place in places)
