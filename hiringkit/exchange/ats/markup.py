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
_SIGNS = {
    **dict.fromkeys(_BLOCKS | {"br"}, ("\n", "\n")),
    "p": ("\n\n", "\n\n"),
    "li": ("\n- ", ""),
    "td": (" ", " "),
    "th": (" ", " "),
}
"""What stands in the text for the beginning of an element, and for its end."""
_TAG = re.compile(
    r"""<(/?)([a-zA-Z][^\s<>/"']*+)(?:[^<>"']++|"[^"]{0,5000}"|'[^']{0,5000}'){0,100}+>"""
    r"|<!(?:doctype|\[CDATA\[)[^<>]{0,5000}>",
    re.IGNORECASE,
)
"""A tag; other signs `<` mean less than. What may repeat is bounded, so that no text takes long."""
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
    seen = unescape("".join(_seen(" ".join(text.split()))))
    lines = "\n".join([line.strip(" ") for line in seen.split("\n")])
    return clean_text(_GAPS.sub("\n\n", lines) if "\n\n\n" in lines else lines).strip()


def _seen(text: str) -> list[str]:
    """Return the parts of a text that are seen, with what its tags mean for the lines."""
    first, *rest = _TAG.split(text)
    parts, unseen = [first], ""
    for ends, element, after in zip(rest[0::3], rest[1::3], rest[2::3], strict=True):
        name = element.lower() if element else ""
        if unseen:
            if not ends or name != unseen:
                continue
            unseen = ""
        elif name in _SIGNS:
            parts.append(_SIGNS[name][bool(ends)])
        elif name in _UNSEEN and not ends:
            unseen = name
            continue
        parts.append(after)
    return parts


def _without_comments(text: str) -> str:
    parts, at = [], 0
    while (start := text.find("<!--", at)) >= 0:
        end = text.find("-->", start + 4)
        if end < 0:
            break
        parts.append(text[at:start])
        at = end + 3
    return "".join([*parts, text[at:]])
