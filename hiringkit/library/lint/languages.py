"""Whether every text is in the language under which it stands."""

from collections.abc import Iterable

from hiringkit.domain.sentence import Sentence
from hiringkit.domain.text import Text
from hiringkit.library.lint.codes import WRONG_LANGUAGE
from hiringkit.library.lint.wording import HAN, LATIN_WORD, Wording, wordings
from hiringkit.library.nodes import Path
from hiringkit.library.problems import Problem, Problems

_EXPECTED = {"en": Sentence("English"), "zh": Sentence("Chinese")}
_FEWEST_HAN = 2
_FEWEST_WORDS = 3


def check_languages(texts: Iterable[tuple[Path, Text]]) -> Problems:
    """Yield each text that is mostly in another language; names and terms of a word or two may be."""
    for path, text in texts:
        for wording in wordings(text, path):
            if not text.plain and is_foreign(wording):
                fields = {"language": wording.language, "expected": _EXPECTED[wording.language]}
                yield Problem(WRONG_LANGUAGE, wording.path, fields)


def is_foreign(wording: Wording) -> bool:
    """Tell whether a text is in the other of the two languages."""
    han, words = len(HAN.findall(wording.text)), len(LATIN_WORD.findall(wording.text))
    if wording.language == "en":
        return han >= _FEWEST_HAN and han > words
    return words >= _FEWEST_WORDS and words > han
