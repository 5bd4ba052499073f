"""What a value must be beyond its type.

A field names its shape in its metadata, as in `id: str = field(metadata=ID)`. The loader's checks and the JSON Schema
both read it there, so that they cannot disagree.
"""

import re
from collections.abc import Mapping
from typing import Any

from attrs import Attribute, frozen

from hiringkit.text.language import LANGUAGES
from hiringkit.text.sentence import Sentence

RECOMMENDATIONS = ("strong-yes", "yes", "no")
"""What a score may be turned into, from the best; below the last it is strong-no."""


@frozen
class Shape:
    """Bounds and patterns of a field."""

    name: str
    """Which of the shapes it is."""
    pattern: str = ""
    """What all of a text must match."""
    longest: int | None = None
    """Most characters."""
    above: float | None = None
    """What a number exceeds."""
    low: float | None = None
    """What a number is not below."""
    high: float | None = None
    """What a number is not above."""
    below: float | None = None
    """What a number does not reach."""
    fewest: int = 0
    """Least number of items or keys."""
    least: str = ""
    """The same in words."""
    keys: tuple[str, ...] = ()
    """All keys that there may be."""
    each: "Shape | None" = None
    """What every value under a key must be."""

    def fits(self, text: str) -> bool:
        """Return whether a text is as long and made as its shape asks."""
        return len(text) <= (self.longest or len(text)) and re.fullmatch(self.pattern, text) is not None


Metadata = Mapping[str, Shape]

_NUMBER = "(?:0|[1-9][0-9]*)"
_PRE = f"(?:{_NUMBER}|[0-9]*[A-Za-z-][0-9A-Za-z-]*)"
_SEMVER = rf"{_NUMBER}\.{_NUMBER}\.{_NUMBER}(?:-{_PRE}(?:\.{_PRE})*)?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?"
_POSITIVE = Shape("positive", above=0)
LONGEST_ID = 60
ID_SHAPE = Shape("id", pattern="[a-z0-9]+(?:-[a-z0-9]+)*", longest=LONGEST_ID)
"""Lower-case words joined by `-`."""

ID: Metadata = {"shape": ID_SHAPE}
VERSION: Metadata = {"shape": Shape("version", pattern=_SEMVER)}
CURRENCY: Metadata = {"shape": Shape("currency", pattern="[A-Z]{3}")}
POSITIVE: Metadata = {"shape": _POSITIVE}
SHARE: Metadata = {"shape": Shape("share", low=0, high=1)}
NOT_NEGATIVE: Metadata = {"shape": Shape("not-negative", low=0)}
CERTAINTY: Metadata = {"shape": Shape("certainty", above=0.5, below=1)}
LEVELS: Metadata = {"shape": Shape("levels", fewest=2)}
CRITERIA: Metadata = {"shape": Shape("filled", fewest=1, least=Sentence("one criterion"))}
QUESTIONS: Metadata = {"shape": Shape("filled", fewest=1, least=Sentence("one question"))}
QUESTION_IDS: Metadata = {"shape": Shape("filled", fewest=1, least=Sentence("one question's id"))}
COLUMNS: Metadata = {"shape": Shape("filled", fewest=1, least=Sentence("one column"))}
ROWS: Metadata = {"shape": Shape("filled", fewest=1, least=Sentence("one row"))}
DAYS: Metadata = {"shape": Shape("range", low=1, high=366)}
CRITERION_WEIGHTS: Metadata = {"shape": Shape("filled", fewest=1, least=Sentence("one criterion"), each=_POSITIVE)}
EXPRESSIONS: Metadata = {"shape": Shape("expressions", keys=tuple(LANGUAGES))}
THRESHOLDS: Metadata = {"shape": Shape("keys", keys=RECOMMENDATIONS)}


def shape_of(attribute: "Attribute[Any]") -> Shape | None:
    """Return what a field's value must be beyond its type, or None where the type says it all."""
    shape: Shape | None = attribute.metadata.get("shape")
    return shape
