"""Somebody's own posting against a rubric: what it says, what it may say, what it leaves out."""

import re
from collections.abc import Iterator
from itertools import pairwise

from hiringkit.domain.likeness import likenesses, words_of
from hiringkit.domain.posting import Coverage, PostingCheck, Sought
from hiringkit.domain.rubric import CriterionKind, Rubric
from hiringkit.domain.text import Text, clean_line
from hiringkit.errors import Refused

SAID = 0.30
PERHAPS = 0.18
MOST_SIGNS = 200_000

_MARKS = re.compile(r"^[\s>*+•·\-–—]+(?:\d+[.)、]\s*)?|^\d+[.)、]\s*|[*_`]+")
_ENDS = re.compile(r"(?<=[.!?;])\s+|(?<=[。！？；])")
_FEWEST_WORDS = 2
_HAN = re.compile(r"[\u3400-\u9fff]")


def check_against(rubric: Rubric, text: str) -> PostingCheck:
    """Find each responsibility, task and requirement of a rubric in a posting.

    A passage is a line or sentence; two neighbours are tried together as well, because one often finishes the other.
    Each thing sought, a responsibility by its name and by its definition, is compared with every passage by TF-IDF
    cosine (`domain.likeness`), and the best counts: from
    `SAID` it is said, from `PERHAPS` perhaps, else missing.

    Raises:
        Refused: There is no text, or far too much.
    """
    if len(text) > MOST_SIGNS:
        raise Refused("the posting is too long to be one", hint="at most 200,000 signs")
    language = "zh" if len(_HAN.findall(text)) * 4 > len(re.findall(r"[A-Za-z]", text)) else "en"
    single = _passages(text)
    if not single:
        raise Refused("the posting has no text")
    passages = [*single, *(f"{one} {two}" for one, two in pairwise(single))]
    wanted = list(_wanted(rubric))
    asked = [text.in_language(language) for _kind, _id, texts in wanted for text in (texts[0], texts[-1])]
    scores = likenesses(asked, passages)
    sought = tuple(
        _sought(kind, identity, texts[0], [*map(max, scores[2 * n], scores[2 * n + 1])], passages)
        for n, (kind, identity, texts) in enumerate(wanted)
    )
    return PostingCheck(rubric.id, language, len(single), sought)


def _wanted(rubric: Rubric) -> Iterator[tuple[str, str, tuple[Text, ...]]]:
    for criterion in rubric.criteria:
        if criterion.kind is CriterionKind.RESPONSIBILITY:
            yield "responsibility", criterion.id, (criterion.name, criterion.definition)
    if rubric.role:
        yield from (("task", task.id, (task.text,)) for task in rubric.role.tasks)
        yield from (("requirement", each.id, (each.text,)) for each in rubric.role.requirements)


def _passages(text: str) -> list[str]:
    """Return lines cut into sentences, without headings; what is too short to say anything joins the one before."""
    found: list[str] = []
    for line in text.splitlines():
        if line.lstrip().startswith("#"):
            continue
        for part in _ENDS.split(_MARKS.sub("", line)):
            passage = clean_line(part)
            if found and passage and len(list(words_of(passage))) < _FEWEST_WORDS:
                found[-1] = f"{found[-1]} {passage}"
            elif passage:
                found.append(passage)
    return found


def _sought(kind: str, identity: str, text: Text, row: list[float], passages: list[str]) -> Sought:
    best = max(row)
    coverage = Coverage.SAID if best >= SAID else Coverage.PERHAPS if best >= PERHAPS else Coverage.MISSING
    passage = passages[row.index(best)] if best else ""
    return Sought(kind, identity, text, best, passage, coverage)
