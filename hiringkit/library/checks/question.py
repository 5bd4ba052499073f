"""Checks of questions and banks beyond the shape of their values."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from attrs import frozen

from hiringkit.domain.level import LevelNumber, write_level
from hiringkit.domain.question import GIST_CELLS, TITLE_CELLS, Exhibit, Question, QuestionBank
from hiringkit.domain.rubric import Criterion, Rubric
from hiringkit.library.checks import mistakes
from hiringkit.library.checks.findings import Problem, Problems, check_ids, id_paths
from hiringkit.library.yaml.nodes import Path
from hiringkit.text.cells import cell_width
from hiringkit.text.language import Text, wordings_of
from hiringkit.text.sentence import Sentence

_MOST_LISTED = 12


@frozen
class Frame:
    """What a rubric sets for the questions that it asks."""

    levels: frozenset[LevelNumber]
    """The levels of its scale; none where the scale is wrong, for then nothing can be said of a level."""
    low: LevelNumber
    """The lowest of them."""
    high: LevelNumber
    """The highest of them."""
    criteria: Mapping[str, int]
    """The ids of its criteria, with their positions."""
    level_paths: Sequence[Path]
    """Where the levels come from."""
    criterion_paths: Sequence[Path]
    """Where the criteria come from."""

    @property
    def listed(self) -> str:
        """The levels for a sentence; the first of them where there are many."""
        return ", ".join(map(write_level, sorted(self.levels)[:_MOST_LISTED]))


def frame_of(rubric: Rubric) -> Frame:
    """Return what a rubric sets for its questions."""
    path: Path = ("scale", "levels")
    values = rubric.scale.values
    levels = frozenset(values if len(values) > 1 and all(a < b for a, b in pairwise(values)) else ())
    return Frame(
        levels,
        min(levels, default=0),
        max(levels, default=0),
        {c.id: i for i, c in enumerate(rubric.criteria)},
        [path, *((*path, i, "value") for i in range(len(rubric.scale.levels)))],
        id_paths(rubric.criteria, ("criteria",)),
    )


def check_bank(bank: QuestionBank) -> Problems:
    """Yield what is wrong with a bank by itself; its criteria can only be checked against a rubric."""
    yield from check_ids(Sentence("question"), bank.questions, ("questions",))
    for i, question in enumerate(bank.questions):
        path = ("questions", i)
        yield from check_question(question, path)
        yield from check_samples(question, path)


def check_question(question: Question, path: Path) -> Problems:
    """Yield what is wrong with a question by itself, in a bank or a rubric."""
    yield from check_ids(Sentence("sample"), question.samples, (*path, "samples"))
    if question.title:
        yield from _check_width(question.title, (*path, "title"), TITLE_CELLS)
    yield from check_gists(question, path)
    yield from check_ids(Sentence("exhibit"), question.exhibits, (*path, "exhibits"))
    for i, exhibit in enumerate(question.exhibits):
        yield from _check_exhibit(exhibit, (*path, "exhibits", i))


def _check_exhibit(exhibit: Exhibit, path: Path) -> Problems:
    if exhibit.text is None and exhibit.table is None:
        needs: list[Path] = [(*path, "text"), (*path, "table")]
        yield Problem(mistakes.EXHIBIT_EMPTY, path, {"id": exhibit.id}, needs)
    columns = len(exhibit.table.columns) if exhibit.table else 0
    for i, row in enumerate(exhibit.table.rows if exhibit.table and columns else ()):
        if len(row) != columns:
            fields = {"columns": columns, "cells": len(row)}
            yield Problem(mistakes.TABLE_ROW, (*path, "table", "rows", i), fields, [(*path, "table", "columns")])


def check_gists(item: Question | Criterion, path: Path) -> Problems:
    """Yield each gist that is too wide, or whose level has no anchor."""
    for level, gist in item.gists.items():
        where = (*path, "gists", str(level))
        yield from _check_width(gist, where, GIST_CELLS)
        if level not in item.anchors:
            yield Problem(mistakes.GIST_WITHOUT_ANCHOR, where, {"level": level}, [(*path, "anchors")], at_key=True)


def _check_width(text: Text, path: Path, most: int) -> Problems:
    widest = max(map(cell_width, wordings_of([text])), default=0)
    if widest > most:
        yield Problem(mistakes.TOO_WIDE, path, {"cells": widest, "most": most})


def check_samples(question: Question, path: Path) -> Problems:
    """Yield each sample of a level that the question's anchors do not span."""
    if not question.anchors:
        return
    low, high = min(question.anchors), max(question.anchors)
    for i, sample in enumerate(question.samples):
        if not low <= sample.level <= high:
            fields = {"level": sample.level, "low": low, "high": high}
            where = (*path, "samples", i, "level")
            yield Problem(mistakes.SAMPLE_LEVEL, where, fields, needs=[(*path, "anchors")])


def check_asked(question: Question, path: Path, frame: Frame) -> Problems:
    """Yield where a rubric's own question does not fit the rubric's scale and criteria."""
    for criterion in question.criteria:
        if criterion not in frame.criteria:
            where = (*path, "criteria", criterion)
            yield unknown_criterion(criterion, where, frame, at_key=True)
    yield from check_levels(question.anchors, (*path, "anchors"), frame)
    for i, sample in enumerate(question.samples):
        if frame.levels and sample.level not in frame.levels:
            yield _off_levels(sample.level, (*path, "samples", i, "level"), frame)


def check_levels(anchors: Iterable[LevelNumber], path: Path, frame: Frame) -> Problems:
    """Yield each anchor at a level that the scale does not have."""
    for level in anchors if frame.levels else ():
        if level not in frame.levels:
            yield _off_levels(level, (*path, str(level)), frame, at_key=True)


def unknown_criterion(criterion: str, path: Path, frame: Frame, *, at_key: bool = False) -> Problem:
    """Return the problem of a reference to a criterion that the rubric does not have."""
    fields = {"noun": Sentence("criterion"), "id": criterion}
    near = (criterion, frame.criteria)
    return Problem(mistakes.UNKNOWN_REFERENCE, path, fields, frame.criterion_paths, near=near, at_key=at_key)


def check_drawn(question: Question, path: Path, frame: Frame) -> Problems:
    """Yield what keeps a bank's question from being asked in this rubric; `path` is where it is drawn."""
    for criterion in question.criteria:
        if criterion not in frame.criteria:
            named = {"id": criterion, "question": question.id}
            near = (criterion, frame.criteria)
            yield Problem(mistakes.UNKNOWN_CRITERION_OF_BANK, path, named, frame.criterion_paths, near=near)
    named_levels = {*question.anchors, *(s.level for s in question.samples)}
    for level in sorted(named_levels - frame.levels) if frame.levels else ():
        fields = {"level": level, "question": question.id, "levels": frame.listed}
        yield Problem(mistakes.ANCHOR_LEVEL_OF_BANK, path, fields, frame.level_paths)


def _off_levels(level: LevelNumber, path: Path, frame: Frame, *, at_key: bool = False) -> Problem:
    fields = {"level": level, "levels": frame.listed}
    return Problem(mistakes.ANCHOR_LEVEL, path, fields, frame.level_paths, at_key=at_key)
