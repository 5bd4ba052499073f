"""Pages of HTML that need nothing from anywhere and hold nothing but text: the only room of jinja2."""

import json
from collections.abc import Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from hiringkit.locale import _
from hiringkit.report.model import Block, Cell, Chart, Facts, Lines, Notes, Number, Report, Table, Word
from hiringkit.report.render.charts import bar_table, draw
from hiringkit.report.values import show_cell
from hiringkit.text.clean import clean_text
from hiringkit.text.language import LANGUAGES

TEMPLATES = Path(__file__).parent / "templates"


def render_html(report: Report, language: str = "en") -> str:
    """Return a report as a page.

    Args:
        report: What to show.
        language: en or zh, for screen readers and fonts.
    """
    linked = embedded(report.document) if report.linked else ""
    blocks = [_block(block) for block in report.blocks]
    return render_page("report.html", language, title=report.title, blocks=blocks, linked=linked)


def render_page(template: str, language: str, **values: Any) -> str:
    """Fill a template; every value is escaped, and cleaned of what a browser or terminal would obey."""
    return _environment().get_template(template).render(values, lang=LANGUAGES[language].tag)


def embedded(document: Mapping[str, object]) -> Markup:
    """Return a document as JSON that can stand in a `script` element.

    There no entity is read, and `</script` or `<!--` inside a text would change where the element ends; so that the
    signs `<`, `>`, `&` and `'` are written as JSON's own escapes, which every reader of JSON gives back as they were.
    """
    return htmlsafe_json_dumps(_cleaned(document), dumps=partial(json.dumps, allow_nan=False, ensure_ascii=False))


def _cleaned(value: Any) -> Any:
    """Return plain values with every text cleaned; keys are ours."""
    match value:
        case str():
            return clean_text(value)
        case Mapping():
            return {key: _cleaned(each) for key, each in value.items()}
        case list() | tuple():
            return [_cleaned(each) for each in value]
    return value


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_clean,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.globals["_"] = _
    return made


def _clean(value: Any) -> Any:
    return clean_text(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _block(block: Block) -> dict[str, Any]:
    """Take a block apart into what the template loops over."""
    match block:
        case Table():
            rows = [[_cell(cell) for cell in row] for row in block.rows]
            heads = [column.title for column in block.columns]
            return {"kind": "table", "caption": block.caption, "heads": heads, "rows": rows, "empty": block.empty}
        case Facts():
            items = [(name, _lines(cell)) for name, cell in block.items]
            return {"kind": "facts", "caption": block.caption, "items": items}
        case Notes():
            return {"kind": "notes", "caption": block.caption, "lines": block.sentences}
        case Lines():
            return {"kind": "lines", "caption": block.caption, "lines": block.lines}
        case Chart():
            figures = [[_cell(cell) for cell in row[:2]] for row in bar_table(block).rows]
            return {"kind": "chart", "caption": block.caption, "drawing": draw(block), "rows": figures}


def _cell(cell: Cell) -> dict[str, str]:
    tone = cell.tone if isinstance(cell, Word) and cell.tone else ""
    return {"text": show_cell(cell), "class": "figure" if isinstance(cell, Number) else str(tone)}


def _lines(cell: Cell) -> list[str]:
    """Return a fact's value as paragraphs, or as the items of a list where it is one."""
    return clean_text(cell).split("\n") if isinstance(cell, str) else [show_cell(cell)]
