"""Somebody's own posting against a rubric: what it says, what it may say, what it leaves out."""

import re
from collections.abc import Iterator
from itertools import pairwise

from hiringkit.domain.likeness import likenesses
from hiringkit.domain.posting import Coverage, PostingCheck, Sought
from hiringkit.domain.rubric import CriterionKind, Rubric
from hiringkit.domain.text import Text, clean_line
from hiringkit.errors import Refused

SAID = 0.30
PERHAPS = 0.18
MOST_SIGNS = 200_000

_MARKS = re.compile(r"^[\s>#*+•·\-–—\d.)（(、]+|[*_`]+")
_ENDS = re.compile(r"(?<=[.!?;])\s+|(?<=[。！？；])")
_HAN = re.compile(r"[\u3400-\u9fff]")


def check_against(rubric: Rubric, text: str) -> PostingCheck:
    """Find each responsibility, task and requirement of a rubric in a posting.

    A passage is a line or sentence; two neighbours are tried together as well, because one often finishes the other.
    Each thing sought is compared with every passage by TF-IDF cosine (`domain.likeness`), and the best counts: from
    `SAID` it is said, from `PERHAPS` perhaps, else missing.

    Raises:
        Refused: There is no text, or far too much.
    """
    if len(text) > MOST_SIGNS:
        raise Refused("the posting is too long to be one", hint="at most 200,000 signs")
    language = "zh" if len(_HAN.findall(text)) * 4 > len(re.findall(r"[A-Za-z]", text)) else "en"
    single = list(_passages(text))
    if not single:
        raise Refused("the posting has no text")
    passages = [*single, *(f"{one} {two}" for one, two in pairwise(single))]
    wanted = list(_wanted(rubric))
    scores = likenesses([_words(texts, language) for _kind, _id, texts in wanted], passages)
    sought = tuple(
        _sought(kind, identity, texts[0], row, passages)
        for (kind, identity, texts), row in zip(wanted, scores, strict=True)
    )
    return PostingCheck(rubric.id, language, len(single), sought)


def _wanted(rubric: Rubric) -> Iterator[tuple[str, str, tuple[Text, ...]]]:
    for criterion in rubric.criteria:
        if criterion.kind is CriterionKind.RESPONSIBILITY:
            yield "responsibility", criterion.id, (criterion.name, criterion.definition)
    if rubric.role:
        yield from (("task", task.id, (task.text,)) for task in rubric.role.tasks)
        yield from (("requirement", each.id, (each.text,)) for each in rubric.role.requirements)


def _words(texts: tuple[Text, ...], language: str) -> str:
    return " ".join(text.in_language(language) for text in texts)


def _passages(text: str) -> Iterator[str]:
    for line in text.splitlines():
        for part in _ENDS.split(_MARKS.sub("", line)):
            if passage := clean_line(part):
                yield passage


def _sought(kind: str, identity: str, text: Text, row: list[float], passages: list[str]) -> Sought:
    best = max(row)
    coverage = Coverage.SAID if best >= SAID else Coverage.PERHAPS if best >= PERHAPS else Coverage.MISSING
    passage = passages[row.index(best)] if best else ""
    return Sought(kind, identity, text, best, passage, coverage)
