"""Texts as the rules read them: one language at a time, in sentences and clauses."""

import re
from collections.abc import Iterator

from attrs import frozen

from hiringkit.library.yaml.nodes import Path
from hiringkit.text.language import LANGUAGES, Text

LONGEST_READ = 4000
"""Signs of a text that the rules look at; a question has a tenth of it."""
HAN = re.compile("[\u3400-\u9fff]")
LATIN_WORD = re.compile(r"[A-Za-z][A-Za-z'-]*")
_SENTENCE = re.compile(r"[^.?!。？！\n]*[.?!。？！\n]?")
_APOSTROPHES = str.maketrans("\u2019\u2018\u02bc", "'''")


@frozen
class Wording:
    """A text in one language."""

    language: str
    """en or zh."""
    text: str
    """With plain apostrophes, and no longer than the rules look at."""
    path: Path
    """Where it stands."""

    @property
    def sentences(self) -> tuple[str, ...]:
        """Its sentences with the sign that ends each."""
        return tuple(sentence.strip() for sentence in _SENTENCE.findall(self.text) if sentence.strip())


def wordings(text: Text | None, path: Path) -> Iterator[Wording]:
    """Yield a text in each language in which it is written; what language a plain one is in, its signs tell."""
    if text is None:
        return
    for language in LANGUAGES:
        if said := getattr(text, language):
            yield _wording(language, said, (*path, language))
    if text.plain:
        yield _wording(language_of(text.plain), text.plain, path)


def language_of(text: str) -> str:
    """Return zh for a text with more Chinese signs than Latin words, else en."""
    return "zh" if len(HAN.findall(text)) > len(LATIN_WORD.findall(text)) else "en"


def _wording(language: str, text: str, path: Path) -> Wording:
    return Wording(language, text[:LONGEST_READ].translate(_APOSTROPHES), path)


def quoted(text: str) -> str:
    """Return the words of a text that a finding shows: without what ends them."""
    return text.strip(" ,;:.。，；：、")
