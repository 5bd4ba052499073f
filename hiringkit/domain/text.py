"""Texts that people read: in one or two languages, and cleaned of everything a terminal would obey."""

import re
from collections.abc import Iterable
from difflib import get_close_matches

from attrs import frozen

LANGUAGES = ("en", "zh")

# C0 and C1 controls but tab and newline, DEL, bidirectional marks and overrides, line and paragraph
# separators, invisible operators, BOM, interlinear marks, surrogates and tag characters.
_OBEYED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff"
    "\U000e0000-\U000e007f]"
)
_BLANKS = re.compile(r"[\t\n]+")


def clean_text(text: str) -> str:
    """Replace what a terminal, browser or spreadsheet would obey rather than show by U+FFFD.

    Newlines and tabs stay, carriage returns before a newline are dropped. Idempotent.
    """
    return _OBEYED.sub("\N{REPLACEMENT CHARACTER}", text.replace("\r\n", "\n"))


def clean_line(text: str) -> str:
    """`clean_text`, and on one line: tabs and newlines become one blank."""
    return _BLANKS.sub(" ", clean_text(text)).strip()


def escape_text(text: str) -> str:
    r"""Write what a terminal would obey as JSON's `\uXXXX`, so that nothing is lost and nothing happens.

    Newlines and tabs stay.
    """
    return _OBEYED.sub(_escape, text)


def _escape(found: re.Match[str]) -> str:
    units = found[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[i : i + 2].hex()}" for i in range(0, len(units), 2))


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word most like `word`, or None if none is near."""
    return next(iter(get_close_matches(word, list(known), n=1, cutoff=0.6)), None)


@frozen
class Text:
    """A text as its author wrote it: the same for every language (`plain`), or one for each."""

    plain: str = ""
    en: str = ""
    zh: str = ""

    def in_language(self, language: str) -> str:
        """Return the text in `language`, else in whatever language there is."""
        wanted = self.zh if language == "zh" else self.en
        return wanted or self.plain or self.en or self.zh

    @property
    def missing(self) -> tuple[str, ...]:
        """The languages in which a reader would not find it."""
        if self.plain:
            return ()
        return tuple(language for language in LANGUAGES if not getattr(self, language))

    def __str__(self) -> str:
        return self.in_language("en")
