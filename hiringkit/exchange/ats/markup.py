"""Plain text out of the HTML in which applicant-tracking systems keep what people write.

The standard library's parser takes several times as long.
"""

import re
from html import unescape

from hiringkit.text.clean import clean_text

_HEADINGS = frozenset(f"h{level}" for level in range(1, 7))
_BLOCKS = _HEADINGS | {"div", "ul", "ol", "table", "tr", "blockquote", "pre", "section", "article", "hr"}
_UNSEEN = frozenset(
    {"script", "style", "head", "title", "template", "iframe", "noscript", "object", "svg", "math", "textarea"}
)
_TAG = re.compile(
    r"""<(/?)([a-zA-Z][^\s<>/"']*+)(?:[^<>"']++|"[^"]{0,5000}"|'[^']{0,5000}'){0,100}+>"""
    r"|<!(?:doctype|\[CDATA\[)[^<>]{0,5000}>",
    re.IGNORECASE,
)
"""A tag; other signs `<` mean less than. What may repeat is bounded, so that no text takes long."""
_LINES = re.compile(r" *\n *")
_GAPS = re.compile(r"\n{3,}")


def plain_text(text: str) -> str:
    """Return what a reader of the HTML would see: paragraphs and list items on lines of their own, no markup.

    Text without tags stays as it is, line breaks included.
    """
    if "<" not in text:
        return clean_text(unescape(text) if "&" in text else text).strip()
    text = _without_comments(text)
    if not _TAG.search(text):
        return clean_text(unescape(text)).strip()
    seen = "".join(_seen(" ".join(text.split())))
    return clean_text(_GAPS.sub("\n\n", _LINES.sub("\n", unescape(seen)))).strip()


def _seen(text: str) -> list[str]:
    """Return the parts of a text that are seen, with what its tags mean for the lines."""
    parts = []
    at, unseen = 0, ""
    for tag in _TAG.finditer(text):
        name = (tag[2] or "").lower()
        if unseen:
            if tag[1] and name == unseen:
                at, unseen = tag.end(), ""
            continue
        parts.append(text[at : tag.start()])
        at = tag.end()
        if name in _UNSEEN and not tag[1]:
            unseen = name
        elif name == "p":
            parts.append("\n\n")
        elif name == "br" or name in _BLOCKS:
            parts.append("\n")
        elif name == "li":
            parts.append("" if tag[1] else "\n- ")
        elif name in {"td", "th"}:
            parts.append(" ")
    return parts if unseen else [*parts, text[at:]]


def _without_comments(text: str) -> str:
    parts, at = [], 0
    while (start := text.find("<!--", at)) >= 0:
        end = text.find("-->", start + 4)
        if end < 0:
            break
        parts.append(text[at:start])
        at = end + 3
    return "".join([*parts, text[at:]])
