"""The lines of a document that somebody else laid out: HTML, Markdown, a page copied from a PDF, or plain text."""

import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from itertools import pairwise

from attrs import evolve, frozen

from hiringkit.text.language import is_han


@frozen
class DocumentLine:
    """A heading, an item of a list or a paragraph, without the signs that made it one."""

    text: str
    heading: bool = False
    item: bool = False
    after_blank: bool = False
    """Whether it stands apart from the line before."""
    aside: bool = False
    """Whether it is navigation or the foot of a page, not the document."""


_HTML = re.compile(r"<(?:!doctype|html|head|body|div|p|ul|ol|li|br|h[1-6]|table|section|article)\b", re.IGNORECASE)
_BULLET = re.compile(
    r"^\s*(?:[>\s]*)(?:(?:[-*+•·●○▪■◆◇►▶➢✓✔–—]|o(?=\s{2,}))\s+|[•·●○▪■◆◇►▶➢✓✔]"
    r"|\(?\d{1,2}(?:[.)．）](?!\d)|、)\s*|[①-⑳]\s*|[（(](?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）]\s*|[a-z][.)]\s+)"
)
_HASHES = re.compile(r"^\s*#{1,6}\s+")
_RULE = re.compile(r"^\s*(?:[-=_*~]\s*){3,}$")
_BOLD_LINE = re.compile(r"^\s*(?:\*\*|__)([^*_]{1,80})(?:\*\*|__)\s*[:：]?\s*$")
_EMPHASIS = re.compile(r"\*\*|__|`+|(?<![\w*])\*(?=\S)|(?<=\S)\*(?![\w*])")
_LINK = re.compile(r"!?\[([^\]\n]{0,300})\]\(([^)\s]{0,500})\)")
_PAGE = re.compile(
    r"^\W*(?:page|seite)?\s*\d+\s*(?:of|/)\s*\d+\W*$|^.{0,60}\bpage \d+ of \d+\s*$|^\s*第\s*\d+\s*页.{0,12}$",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[.!?:;。！？：；…]['\"”’)）]*$")
_KEPT_HYPHEN = re.compile(
    r"(?:^|\W)(?:self|long|short|cross|non|high|low|full|part|well|multi|co|pre|post|go|to|end|hands|data|cost|on"
    r"|off)-$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"(?<=[\u3400-\u9fff。；;，：:）)\s])(?=\d{1,2}[、．）)](?!\d)|\d{1,2}\.(?=[\u3400-\u9fff])|[①-⑳])"
    r"|(?<=[；;。])(?=\s*\d{1,2}、)"
)
_BRACKETED = re.compile(r"(?=【[^】\n]{1,12}】)|(?<=】)")
_LONG = 45
"""Characters from which a line may be one that a PDF broke off."""
_LONG_HAN = 18
_WIDEST = 90
"""Characters that a line of a page holds at most; a longer one is a whole paragraph."""
_FULL = 0.7
"""The share of the longest line that one fills which goes on in the next."""
_HEADING_WORDS = 8
_HEADING_SIGNS = 60
_HEADING_HAN = 14


def lines_of(text: str) -> list[DocumentLine]:
    """Return the lines of a document, with broken ones joined; blank lines and rules are left out."""
    if _HTML.search(text[:20_000]):
        return _html_lines(text)
    return list(_plain_lines(text))


class _Reader(HTMLParser):
    """Collects blocks of text; what is never shown is left out."""

    HIDDEN = frozenset({"script", "style", "noscript", "template", "head", "svg", "select", "button"})
    BLOCKS = frozenset(
        """p div section article header main aside table tr ul ol dl dd dt li h1 h2 h3 h4 h5 h6 blockquote pre br hr
        nav footer body form""".split()  # noqa: SIM905 - words to read
    )
    HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "dt"})
    ASIDES = frozenset({"nav", "footer"})
    BOLD = frozenset({"b", "strong"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[DocumentLine] = []
        self.parts: list[str] = []
        self.bold: list[bool] = []
        self.open: dict[str, int] = {}

    def inside(self, names: Iterable[str]) -> bool:
        return any(self.open.get(name) for name in names)

    def flush(self) -> None:
        written = " ".join("".join(self.parts).split())
        text = _BULLET.sub("", written)
        if text:
            bold = all(bold for part, bold in zip(self.parts, self.bold, strict=True) if part.strip())
            heading = self.inside(self.HEADINGS) or (bold and len(text) <= _HEADING_SIGNS)
            item = self.inside({"li"}) or text != written
            heading = heading and (not item or self.inside(self.HEADINGS))
            self.lines.append(
                DocumentLine(text, heading, item and not heading, aside=self.inside(self.ASIDES), after_blank=True)
            )
        self.parts, self.bold = [], []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.BLOCKS:
            self.flush()
        if tag == "a" and (link := dict(attrs).get("href")) and link.startswith(("http", "mailto:")):
            self.handle_data(f" {link.removeprefix('mailto:')} ")
        if tag == "li":
            self.open[tag] = 1  # an end that is left out
        elif tag not in {"br", "hr"}:
            self.open[tag] = self.open.get(tag, 0) + 1

    def handle_endtag(self, tag: str) -> None:
        if tag in self.BLOCKS:
            self.flush()
        elif tag in {"td", "th"}:
            self.handle_data(" ")
        self.open[tag] = max(self.open.get(tag, 0) - 1, 0)
        if tag in {"ul", "ol"}:
            self.open["li"] = 0

    def handle_data(self, data: str) -> None:
        if not self.inside(self.HIDDEN):
            self.parts.append(data)
            self.bold.append(self.inside(self.BOLD))


def _html_lines(text: str) -> list[DocumentLine]:
    reader = _Reader()
    reader.feed(text)
    reader.close()
    reader.flush()
    return [part for line in reader.lines for part in _cut(line)]


def _plain_lines(text: str) -> Iterator[DocumentLine]:
    for line in _joined(_marked(text)):
        yield from _cut(line)


def _marked(text: str) -> Iterator[DocumentLine | None]:
    """Yield each line with what its signs say of it; None for a blank line."""
    raw = [line.expandtabs(4).rstrip() for line in text.splitlines()]
    for n, line in enumerate(raw):
        if not line.strip() or _PAGE.match(line):
            yield None
            continue
        if _RULE.match(line):
            yield None
            continue
        underlined = n + 1 < len(raw) and re.match(r"^\s*(?:={3,}|-{3,})\s*$", raw[n + 1]) is not None
        bold = _BOLD_LINE.match(line)
        if _HASHES.match(line) or bold or underlined:
            plain = bold[1] if bold else _HASHES.sub("", line)
            yield DocumentLine(_bare(plain), heading=True)
            continue
        bullet = _BULLET.match(line)
        yield DocumentLine(_bare(line[bullet.end() :] if bullet else line.lstrip("> ")), item=bool(bullet))


def _bare(text: str) -> str:
    return " ".join(_EMPHASIS.sub("", _LINK.sub(r"\1 \2 ", text)).split())


def _joined(lines: Iterable[DocumentLine | None]) -> Iterator[DocumentLine]:
    """Join each line to the one before that goes on in it, and find the headings that no sign marks."""
    lines = list(lines)
    long = max((len(line.text) for line in lines if line), default=0)
    found: list[DocumentLine] = []
    last = 0
    blank = True
    for line in lines:
        if line is None:
            blank = True
            continue
        full = last >= _FULL * min(long, _WIDEST)
        if (not blank and found and _goes_on(found[-1], line, full=full)) or (
            blank and found and _torn(found[-1], line)
        ):
            found[-1] = evolve(found[-1], text=_together(found[-1].text, line.text))
        elif line.text:
            found.append(evolve(line, after_blank=blank))
        last, blank = len(line.text), False
    for line, following in pairwise([*found, None]):
        if line:
            apart = following is None or following.item or following.after_blank
            yield evolve(line, heading=True) if not line.heading and _looks_like_heading(line, apart) else line


def _goes_on(before: DocumentLine, line: DocumentLine, *, full: bool) -> bool:
    if before.heading or line.heading or line.item or _ENDS.search(before.text):
        return False
    if line.text[:1].islower() or before.text.endswith("-"):
        return True
    if is_han(before.text):
        return len(before.text) >= _LONG_HAN and not _label(line.text)
    return full and len(before.text) >= _LONG and not _label(line.text)


def _torn(before: DocumentLine, line: DocumentLine) -> bool:
    """Return whether a page turned between the two."""
    return not (before.heading or line.heading or line.item) and bool(
        re.search(r"[a-z,]-?$", before.text) and line.text[:1].islower() and len(before.text) >= _LONG
    )


def _label(text: str) -> bool:
    return bool(re.match(r"^[^:：.。]{1,30}[:：]", text) or re.match(r"^[【\[]", text))


def _together(before: str, after: str) -> str:
    if before.endswith("-") and after[:1].islower():
        return before + after if _KEPT_HYPHEN.search(before) else before[:-1] + after
    if re.search(r"[\u3400-\u9fff，、；：]$", before) and re.match(r"[\u3400-\u9fff，、；：]", after):
        return before + after
    return f"{before} {after}"


def _looks_like_heading(line: DocumentLine, apart: bool) -> bool:
    text = line.text
    if line.item or len(text) > _HEADING_SIGNS or "@" in text or re.search(r"[.;。；，,]$", text):
        return False
    if re.fullmatch(r"【[^】]{1,14}】|[一二三四五六七八九十]+、[^，。；]{1,14}[:：]?", text):
        return True
    letters = [sign for sign in text if sign.isalpha()]
    if letters and all(map(str.isupper, letters)) and len(letters) > 3:  # noqa: PLR2004 - more than a short name
        return True
    short = len(text) <= _HEADING_HAN if is_han(text) else len(text.split()) <= _HEADING_WORDS
    return short and apart and line.after_blank and not re.search(r"[:：]\s*\S", text)


def _cut(line: DocumentLine) -> Iterator[DocumentLine]:
    """Cut a line of run-on Chinese at its numbers and bracketed labels."""
    if line.heading or not is_han(line.text):
        yield line
        return
    for piece in _BRACKETED.split(line.text):
        if re.fullmatch(r"【[^】]{1,12}】", piece):
            yield evolve(line, text=piece, heading=True, item=False)
            continue
        parts = [part.strip() for part in _NUMBERED.split(piece) if part.strip()]
        for n, part in enumerate(parts):
            text = _BULLET.sub("", part)
            if text:
                yield evolve(line, text=text, item=line.item or n > 0 or text != part)
