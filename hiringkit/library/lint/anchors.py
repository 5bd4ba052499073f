"""Whether anchors mark levels: behaviour in each, and a difference between them that can be heard."""

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

from attrs import field, frozen

from hiringkit.domain.text import Text
from hiringkit.library.lint.codes import ANCHOR_COPIED, ANCHORS_ALIKE, VAGUE_ANCHOR
from hiringkit.library.lint.vocabulary import EMPTY, FILLING, JUDGING
from hiringkit.library.lint.wording import Wording, quoted, wordings
from hiringkit.library.nodes import Path
from hiringkit.library.problems import Problem, Problems

_CLAUSE = re.compile(r"[,;:.!?，；：。！？、()（）\n]+|\s[-–—]\s|\b(?:and|or|but)\b|以及|并且|而且|但是?|并")
_WORD = re.compile(r"[a-z0-9%]+(?:['-][a-z0-9]+)*")
_SIGNS = re.compile("[\u3400-\u9fff]|[a-zA-Z0-9%]+")
_ENOUGH = {"en": (2, 4), "zh": (3, 7)}
"""Words or signs that make a clause say something: without a word of judgement in it, and with one."""
_ALIKE = 0.8
_SHORTEST_COPY = 4


@frozen
class Seen:
    """Anchors that were met before, by what they say."""

    first: dict[tuple[str, frozenset[str]], tuple[str, Path]] = field(factory=dict)
    """Whose anchor it was, and where it stands."""


def check_anchors(anchors: Mapping[int, Text], path: Path, owner: str, seen: Seen) -> Problems:
    """Yield what is wrong with the anchors of one question or criterion.

    Args:
        anchors: By level.
        path: Where they stand.
        owner: What the others call the question or criterion.
        seen: The anchors of those before it in the file.
    """
    before: Mapping[str, frozenset[str]] = {}
    for lower, level in pairwise((0, *sorted(anchors))):
        here: dict[str, frozenset[str]] = {}
        for wording in wordings(anchors[level], (*path, str(level))):
            content = here[wording.language] = _content(wording)
            if is_vague(wording):
                yield Problem(VAGUE_ANCHOR, wording.path, {"level": level, "words": quoted(wording.text)})
            if _alike(before.get(wording.language, frozenset()), content):
                fields = {"lower": lower, "level": level}
                yield Problem(ANCHORS_ALIKE, wording.path, fields, needs=[(*path, str(lower))])
            yield from _check_copied(content, wording, owner, seen)
        before = here


def is_vague(wording: Wording) -> bool:
    """Tell whether no clause of an anchor holds any behaviour."""
    return not any(_says_something(clause, wording.language) for clause in _CLAUSE.split(wording.text.lower()))


def _says_something(clause: str, language: str) -> bool:
    plain, judged = _ENOUGH[language]
    judging = JUDGING[language].search(clause)
    rest = EMPTY[language].sub(" ", JUDGING[language].sub(" ", clause))
    return sum(1 for _ in _tokens(rest, language)) >= (judged if judging else plain)


def _tokens(text: str, language: str) -> Iterator[str]:
    return (match[0] for match in (_WORD if language == "en" else _SIGNS).finditer(text))


def _content(wording: Wording) -> frozenset[str]:
    """Return what an anchor says apart from how well: its words, or pairs of its signs."""
    language = wording.language
    text = FILLING[language].sub(" ", JUDGING[language].sub(" ", wording.text.lower()))
    tokens = list(_tokens(text, language))
    return frozenset(tokens if language == "en" else map("".join, pairwise(tokens)))


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one and other) and len(one & other) >= _ALIKE * len(one | other)


def _check_copied(content: frozenset[str], wording: Wording, owner: str, seen: Seen) -> Problems:
    if len(content) < _SHORTEST_COPY:
        return
    other, first = seen.first.setdefault((wording.language, content), (owner, wording.path))
    if other != owner:
        yield Problem(ANCHOR_COPIED, wording.path, {"other": other, "first": first}, needs=[first])
