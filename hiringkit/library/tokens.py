"""Words of questions, in English and Chinese alike, for looking through them."""

import re
from collections.abc import Iterable, Iterator
from unicodedata import normalize

from hiringkit.domain.text import Text

_RUNS = re.compile(r"[a-z0-9]+|[\u3400-\u9fff]+")
_PLURALS = (("ies", "y"), ("sses", "ss"), ("ss", "ss"))
_ENDINGS = (*_PLURALS, *((ending, "") for ending in ("ings", "ing", "ed", "ers", "er", "es", "s", "e")))
"""What is taken off, and what is put in its place; the first that fits."""
_SHORTEST = 4
_COMMON_WORDS = """
a about an and any are as at be been by did do does for from had has have how if in into is it its me my no not of
on or our so such tell that the their them then there they this to us was we were what when where which who why
will with would you your
"""
_COMMON = frozenset(_COMMON_WORDS.split())


def tokens(text: str) -> Iterator[str]:
    """Yield the words of a text: English ones by their stem, Chinese by single signs and by pairs of signs."""
    for run in _RUNS.findall(normalize("NFKC", text).lower()):
        if run.isascii():
            yield stem(run)
        else:
            yield from run
            yield from (run[n : n + 2] for n in range(len(run) - 1))


def wanted_tokens(text: str) -> set[str]:
    """Return what to look for: as `tokens`, without common words, and single Chinese signs only where alone."""
    found: set[str] = set()
    for run in _RUNS.findall(normalize("NFKC", text).lower()):
        if not run.isascii():
            found.update([run] if len(run) == 1 else (run[n : n + 2] for n in range(len(run) - 1)))
        elif run not in _COMMON:
            found.add(stem(run))
    return found


def content_tokens(text: str) -> list[str]:
    """Return the words that tell one question from another: English without common words, Chinese by pairs."""
    found: list[str] = []
    for run in _RUNS.findall(normalize("NFKC", text).lower()):
        if not run.isascii():
            found += [run[n : n + 2] for n in range(len(run) - 1)]
        elif run not in _COMMON:
            found.append(stem(run))
    return found


def stem(word: str) -> str:
    """Take a common English ending off, so that forecast, forecasts and forecasting are one."""
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) + len(instead) >= _SHORTEST:
            return word[: -len(ending)] + instead
    return word


def wordings(texts: Iterable[Text | None]) -> Iterator[str]:
    """Yield every wording of some texts."""
    for text in texts:
        if text is not None:
            yield from filter(None, (text.plain, text.en, text.zh))
