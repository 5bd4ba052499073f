"""A review of files: everything that a check finds, what is poor about them, and how structured their rubrics are."""

from collections.abc import Iterable
from pathlib import Path as FilePath
from typing import Any

from attrs import frozen

from hiringkit.domain.finding import Finding
from hiringkit.domain.question import Question
from hiringkit.domain.rubric import QuestionUse, Rubric
from hiringkit.domain.structure import StructureScore
from hiringkit.library.catalog import Library, draft_of
from hiringkit.library.documents import Draft, Outcome, draft, result_of
from hiringkit.library.lint.linting import lint, lint_asked
from hiringkit.library.resolving import Banks, bank_findings, resolve_rubric
from hiringkit.library.structurescore import score_structure


@frozen
class Review:
    """What is wrong with some files and what is poor about them."""

    findings: tuple[Finding, ...]
    """Errors, warnings and remarks."""
    structures: tuple[StructureScore, ...] = ()
    """Of the rubrics without errors."""


def review_paths(library: Library, paths: Iterable[str | FilePath] = ()) -> Review:
    """Review files, and all YAML files in folders; the whole library without any.

    Raises:
        NotFound: There is no such file or folder.
    """
    files, notes = library.files_to_check(paths)
    banks = library.banks(files, lint)
    reviews = [_review(_linted(draft_of(file)), str(file), banks) for file in files]
    found = [finding for review in reviews for finding in review.findings]
    structures = tuple(score for review in reviews for score in review.structures)
    return Review(tuple(dict.fromkeys([*found, *notes])), structures)


def review_text(library: Library, text: str | bytes, source: str = "-") -> Review:
    """Review a rubric or a bank, whichever the text says it is."""
    return _review(_linted(draft(text, source)), source, library.banks(added=lint))


def _linted(outcome: Outcome[Any]) -> Outcome[Any]:
    if isinstance(outcome, Draft):
        lint(outcome)
    return outcome


def _review(outcome: Outcome[Any], file: str, banks: Banks) -> Review:
    if not isinstance(outcome, Draft) or not isinstance(outcome.value, Rubric):
        return Review(result_of(outcome)[1])
    resolved = resolve_rubric(outcome, banks)
    asked = resolved.value.asked
    complete = _all_asked(outcome.value, asked)
    if complete:
        lint_asked(outcome, asked)
    scores = (score_structure(resolved.value, file),) if complete and not outcome.findings.failed else ()
    return Review((*outcome.findings.in_order(), *bank_findings(outcome.value, banks)), scores)


def _all_asked(written: Rubric, asked: Iterable[Question]) -> bool:
    """Tell whether everything that a rubric draws from banks was there to be drawn."""
    there = {question.id for question in asked}
    return all(there.issuperset(item.use) for item in written.questions if isinstance(item, QuestionUse))
