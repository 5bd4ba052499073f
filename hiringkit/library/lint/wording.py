"""Texts as the rules read them: one language at a time, split into sentences."""

import re
from collections.abc import Iterator

from attrs import frozen

from hiringkit.library.yaml.nodes import Path
from hiringkit.text.language import Text

LONGEST_READ = 4000
"""Characters of a text that the rules read; a question has a tenth of that."""
_SENTENCE = re.compile(r"[^.?!。？！\n]*[.?!。？！\n]?")
_APOSTROPHES = str.maketrans("\u2019\u2018\u02bc", "'''")


@frozen
class Wording:
    """A text in one language."""

    language: str
    """Its code."""
    text: str
    """With plain apostrophes, and no longer than the rules look at."""
    path: Path
    """Where it stands."""

    @property
    def sentences(self) -> tuple[str, ...]:
        """Its sentences, each with its final punctuation."""
        return tuple(sentence.strip() for sentence in _SENTENCE.findall(self.text) if sentence.strip())


def wordings(text: Text | None, path: Path) -> Iterator[Wording]:
    """Yield a text in each language in which it is written; that of a plain one is detected by its script."""
    if text is None:
        return
    for language, wording in text.by_language.items():
        where = path if text.plain else (*path, language)
        yield Wording(language, wording[:LONGEST_READ].translate(_APOSTROPHES), where)


def quoted(text: str) -> str:
    """Return a text for a finding's message, without punctuation at its ends."""
    return text.strip(" ,;:.。，；：、")
