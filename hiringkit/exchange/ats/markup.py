"""Plain text out of the HTML in which applicant-tracking systems keep what people write."""

import re
from html.parser import HTMLParser

from hiringkit.text.clean import clean_text

_BLOCKS = frozenset({"p", "div", "ul", "ol", "table", "tr", "blockquote", "pre", "section", "article", "hr"}) | {
    f"h{level}" for level in range(1, 7)
}
_UNSEEN = frozenset({"script", "style", "head", "title", "template", "iframe", "noscript", "object", "svg"})
_NO_TAG = re.compile(r"<(?!/?[a-zA-Z][^<>]{0,2000}>)")
"""A sign that only means less than."""
_BLANKS = re.compile(r"[ \t\r\n\f\xa0]+")
_LINES = re.compile(r" *\n *")
_GAPS = re.compile(r"\n{3,}")


def plain_text(text: str) -> str:
    """Return what a reader of the HTML would see: paragraphs and list items on lines of their own, no markup.

    Text without tags and entities stays as it is, line breaks included.
    """
    if "<" not in text and "&" not in text:
        return clean_text(text).strip()
    parser = _Reader(lines_count="<" not in text)
    parser.feed(_NO_TAG.sub("&lt;", _without_comments(text)))
    parser.close()
    return clean_text(_GAPS.sub("\n\n", _LINES.sub("\n", "".join(parser.parts)))).strip()


def _without_comments(text: str) -> str:
    parts, at = [], 0
    while (start := text.find("<!--", at)) >= 0:
        end = text.find("-->", start + 4)
        if end < 0:
            break
        parts.append(text[at:start])
        at = end + 3
    return "".join([*parts, text[at:]])


class _Reader(HTMLParser):
    """Gathers the text that is seen."""

    def __init__(self, lines_count: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._lines_count = lines_count
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self._unseen += 1
        elif not self._unseen:
            if tag == "li":
                self.parts.append("\n- ")
            elif tag == "br" or tag in _BLOCKS:
                self.parts.append("\n")
            elif tag in {"td", "th"}:
                self.parts.append(" ")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _UNSEEN:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag == "p" and not self._unseen:
            self.parts.append("\n\n")
        elif tag in _BLOCKS and not self._unseen:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.parts.append(data if self._lines_count else _BLANKS.sub(" ", data))
