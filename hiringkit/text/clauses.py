"""A sentence that lists several things, taken apart so that each can be ticked by itself."""

import re
from itertools import pairwise

_STOP = re.compile(r"(?<=[;；。])\s*|(?<=\.)\s+(?=[A-Z])")
_PAUSE = re.compile(r"[,，](?![^(（]*[)）])\s*")
_HANGS = re.compile(
    r"(?:so|which|such|because|or|including|as|before|after|until|without|with|who|whose|where|not|but|for|if|even)\b"
    r"|(?:比如|例如|如|因为|所以|但|而不|以便|使|让)",
    re.IGNORECASE,
)
_CHOICE = re.compile(r"\b(?:one|two|three|any|either) of:|(?:[一两三][条项]|有一条为证|以下之一)[:：]", re.IGNORECASE)
"""Where a list opens of which some are enough."""
_SHORT = {True: 12, False: 4}
"""Letters below which a part says nothing by itself, in ASCII and in other scripts."""


def clauses(sentence: str) -> tuple[str, ...]:
    """Return the parts of an anchor that say something each.

    They end at semicolons and full stops; where there are none, at commas outside brackets, unless what follows is too
    short to stand by itself or hangs on what went before. A list of which some are enough ("any two of: …") stays in
    one part, for to be whole an answer needs every part.

    Args:
        sentence: One language's wording.
    """
    choice = _CHOICE.search(sentence)
    ends = [stop for stop in _STOP.finditer(sentence) if not choice or stop.start() < choice.start()]
    starts = [0, *(stop.end() for stop in ends)]
    parts = [sentence[start:end] for start, end in pairwise([*starts, len(sentence)])]
    found = [part for part in (part.strip(" ;；。.") for part in parts) if part]
    return tuple(found) if len(found) > 1 else tuple(_at_commas(found[0])) if found else ()


def _at_commas(sentence: str) -> list[str]:
    found: list[str] = []
    start = 0
    choice = _CHOICE.search(sentence)
    for pause in [*_PAUSE.finditer(sentence, 0, choice.start() if choice else len(sentence)), None]:
        end, on = (pause.start(), pause.end()) if pause else (len(sentence), len(sentence))
        rest, part = sentence[on:], sentence[start:end]
        if pause and (_HANGS.match(rest) or _short(part) or _short(_PAUSE.split(rest)[0])):
            continue
        found.append(re.sub(r"^and\s+", "", part.strip()))
        start = on
    return found


def _short(part: str) -> bool:
    return len(part) < _SHORT[part.isascii()]
