"""Pages of HTML that need nothing from anywhere and hold nothing but text: the only room of jinja2."""

import json
import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, partial
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup, escape

from hiringkit.domain.profile import BarState
from hiringkit.locale import _
from hiringkit.report.model import Cell, Column, Number, Report, Span, Table, Word, rows_left_out, show_cell
from hiringkit.report.page import (
    Cards,
    Figure,
    HeatCell,
    HeatMap,
    HeatRow,
    PageBlock,
    PageSection,
    Verdict,
    chance_words,
)
from hiringkit.report.render.charts import draw
from hiringkit.text.clean import clean_text
from hiringkit.text.language import DEFAULT_LANGUAGE, LANGUAGES, count_han, count_words, language_of

TEMPLATES = Path(__file__).parent / "templates"
_PROSE = 40
"""Characters from which on a cell is prose: its column keeps a width in which prose can be read."""
_SHORT = 6
"""Characters of a heading that is never broken."""
_MINUS = re.compile(r"-(?=\d)")
_PER_CENT = re.compile(r"(?<=\d) (?=%)")
_TINTS = (-0.1, 0, 0.1, 0.2, 0.3, 0.4)
"""Where one tint ends and the next begins: distances from where the bar is reached, as shares of the scale."""


SIGNED = (Cards, Figure, HeatMap, Verdict)
"""Blocks in which small signs stand, which a page without them need not carry."""


def render_html(report: Report, language: str = "en") -> str:
    """Return a report as a page.

    Args:
        report: What to show.
        language: en or zh, for screen readers and fonts.
    """
    return render_page("report.html", language, **report_values(report))


def report_values(report: Report) -> dict[str, Any]:
    """Return what the template of a report is filled with."""
    sections = list(_sections(report.page))
    return {
        "title": report.title,
        "above": report.above,
        "foot": report.foot,
        "sections": sections,
        "signs": any(isinstance(block, SIGNED) for section in sections for block in section["blocks"]),
        "linked": embedded(report.document) if report.linked else "",
    }


def render_page(template: str, language: str, **values: Any) -> str:
    """Fill the template of a page that holds its own style sheet and script, as `fill_template` does.

    Args:
        template: Its name. One that has a style sheet or a script of the same name takes it along.
        language: en or zh.
        values: What the template shows.
    """
    style = style_sheet() + _own(f"{Path(template).stem}.css")
    script = _own(f"{Path(template).stem}.js")
    return fill_template(
        template,
        language,
        **values,
        style=Markup(style),  # noqa: S704 - our own file
        script=Markup(script),  # noqa: S704 - our own file
        policy=Markup(_policy(style, script)),  # noqa: S704 - our own words
    )


def style_sheet() -> str:
    """Return the one style sheet of every page."""
    return _own("page.css")


def fill_template(template: str, language: str, **values: Any) -> str:
    """Fill a template; every value is escaped, and cleaned of what a browser or terminal would obey."""
    ids = count(1)
    shown = {"lang": LANGUAGES[language].tag, "new_id": lambda: f"i{next(ids)}", "tongue": partial(_tongue, language)}
    return _environment().get_template(template).render(values, **shown)


@cache
def _own(name: str) -> str:
    """Return a file of ours that stands beside the templates, empty where there is none."""
    path = TEMPLATES / name
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _policy(style: str, script: str) -> str:
    """Allow our own style sheet and script, known by their hashes, and nothing else whatever."""
    allowed = "".join(f" {kind}-src '{_hash(text)}';" for kind, text in (("style", style), ("script", script)) if text)
    return f"default-src 'none';{allowed} base-uri 'none'; form-action 'none'"


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


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
    made.globals.update(_=_, draw=draw, tint=_tint, left_out=rows_left_out, missed=BarState.FAILED)
    made.globals["chance"] = chance_words
    made.filters.update(kind=lambda block: type(block).__name__, shown=_shown, lines=_lines, style=_style)
    made.filters.update(columns=_columns, short=_short, clickable=_clickable)
    return made


_ADDRESS = re.compile(r"(https?://[^\s<>\"']*[^\s<>\"'.,;:!?)])|([\w.+-]+@[\w-]+(?:\.[\w-]+)+)")


def _clickable(text: str) -> Markup:
    """Make links of the web's and the e-mail addresses in a text; all of it is escaped."""
    parts, end = [], 0
    cleaned = clean_text(text)
    for found in _ADDRESS.finditer(cleaned):
        href = found[1] or f"mailto:{found[2]}"
        parts += [escape(cleaned[end : found.start()]), Markup('<a href="{}">{}</a>').format(href, found[0])]
        end = found.end()
    return Markup("").join([*parts, escape(cleaned[end:])])


def _clean(value: Any) -> Any:
    """Clean a text, and keep a per cent sign on the line of its figure."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return _PER_CENT.sub("\N{NO-BREAK SPACE}", clean_text(value))
    return value


def _tongue(language: str, text: str) -> Markup:
    """Return the attribute that says that a passage is in the other language, where it is."""
    if text.isascii():  # no Chinese, and most texts are: this is asked of every text of a page
        own = DEFAULT_LANGUAGE if any(map(str.isalpha, text)) else language
    else:
        own = language_of(text) if count_words(text) or count_han(text) else language
    if own == language:
        return Markup()
    return Markup(' lang="{}"').format(LANGUAGES[own].tag)


def _sections(blocks: Iterable[PageBlock]) -> Iterator[dict[str, Any]]:
    """Gather blocks under their headings: what has none of its own belongs to the one before it."""
    gathered: dict[str, Any] | None = None
    for block in blocks:
        own = isinstance(block, Verdict)
        caption = getattr(block, "caption", "")
        if gathered and not own and not caption:
            gathered["blocks"].append(block)
            continue
        if gathered:
            yield gathered
        inner = list(block.blocks) if isinstance(block, PageSection) else [block]
        gathered = None if own else {"caption": caption, "intro": getattr(block, "intro", ""), "blocks": inner}
        if own:
            yield {"caption": "", "intro": "", "blocks": inner}
    if gathered:
        yield gathered


def _columns(table: Table) -> list[dict[str, str]]:
    """Say of each column how its cells are set."""
    cells = zip(*table.rows, strict=True)
    return [
        {"title": column.title, "class": _setting(column, each)}
        for column, each in zip(table.columns, cells, strict=True)
    ]


def _short(title: str) -> bool:
    """Return whether a heading is so short that Chinese, which breaks anywhere, is kept on one line."""
    return len(title) <= _SHORT and bool(count_han(title))


def _setting(column: Column, cells: tuple[Cell, ...]) -> str:
    if all(isinstance(cell, Number | Span) for cell in cells):
        return "num"
    if column.wrap or any(len(show_cell(cell)) > _PROSE for cell in cells):
        return "prose"
    return ""


def _shown(cell: Cell) -> str:
    """Show a cell; a negative figure has a minus sign, which is as wide as a plus."""
    text = show_cell(cell)
    return _MINUS.sub("\N{MINUS SIGN}", text) if isinstance(cell, Number | Span) else text


def _style(cell: Cell) -> str:
    if isinstance(cell, Number | Span):
        return "num"
    return str(cell.tone) if isinstance(cell, Word) and cell.tone else ""


def _lines(cell: Cell) -> list[str]:
    """Return a fact's value as paragraphs, or as the items of a list where it is one."""
    return clean_text(cell).split("\n") if isinstance(cell, str) else [_shown(cell)]


def _tint(heat: HeatMap, row: HeatRow, cell: HeatCell) -> str:
    """Name the tint of a score by how far it is from where the bar is reached."""
    if cell.score is None:
        return "unrated"
    away = (cell.score - row.turn) / (heat.high - heat.low)
    return f"h{sum(away >= limit for limit in _TINTS)}"
