"""A file of another program's scorecards, read as far as is needed to know what it says."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from io import BytesIO
from pathlib import Path, PurePath

from attrs import frozen

from hiringkit.actions.imports import NOT_IMPORTED, Records, unexplained
from hiringkit.domain.columns import NO_SYNONYMS, Synonyms
from hiringkit.domain.finding import Finding, FindingList, has_errors
from hiringkit.domain.import_map import ImportMap
from hiringkit.domain.imported import ImportedScorecard
from hiringkit.domain.rubric import Rubric
from hiringkit.errors import FindingsError
from hiringkit.exchange.ats.reading import read_scorecards, recognise
from hiringkit.exchange.ats.source import ScorecardSource
from hiringkit.exchange.ratings import JSON_ENDINGS
from hiringkit.exchange.score_sheets import read_score_sheet
from hiringkit.exchange.text_files import STDIN, read_bytes
from hiringkit.library.import_map import write_map

SHEET = "sheet"
Reading = Callable[[ScorecardSource], AbstractContextManager[None]]


@frozen
class ImportFile:
    """What a file says, and in which words."""

    source: str
    """The kind of source."""
    records: Callable[[], Records]
    """Reads the scorecards, each time anew."""
    given: ImportMap
    """What its columns and words mean."""
    findings: tuple[Finding, ...] = ()
    draft: str = ""
    """A map to be filled in, where the file does not explain itself; empty where it does."""


def open_import(
    path: str,
    given: ImportMap | None,
    rubric: Rubric,
    *,
    opening: str,
    kind: str | None = None,
    without: Iterable[str] = (),
    columns: Synonyms = NO_SYNONYMS,
    reading: Reading = lambda _source: nullcontext(),
) -> ImportFile:
    """Read a file as far as is needed to know what it is, and what reads its scorecards.

    Args:
        path: A file, a folder, or `-` for standard input.
        given: What its words mean; without it the file has to explain itself.
        rubric: Whose criteria and levels they are to be.
        opening: Its id: rows of a sheet that name another one are left out.
        kind: What wrote the file; recognised if not given.
        without: Parts of an export that are not there.
        columns: What else columns are called.
        reading: Is entered while an export is read.

    Raises:
        FindingsError: It has errors.
        NotFound: There is no such file.
        Refused: It cannot be read.
        UsageProblem: There is no such kind of file.
    """
    is_sheet = not Path(path).is_dir() and PurePath(path).suffix.lower() not in JSON_ENDINGS
    if kind == SHEET or (kind is None and is_sheet):
        return _open_sheet(path, given, rubric, columns, opening)
    return _open_export(path, kind, given, tuple(without), rubric, reading)


def _open_sheet(path: str, given: ImportMap | None, rubric: Rubric, columns: Synonyms, opening: str) -> ImportFile:
    sheet, findings = read_score_sheet(path, given, more=columns, opening=opening)
    if sheet is None or has_errors(findings):
        raise FindingsError(NOT_IMPORTED.format(file=path), findings)
    cards = sheet.scorecards
    draft = "" if given else _draft(path, cards, sheet.given, rubric, guessed=sheet.guessed, others=sheet.others)
    return ImportFile(SHEET, lambda: iter(cards), sheet.given, tuple(findings), draft)


def _open_export(
    path: str, kind: str | None, given: ImportMap | None, without: tuple[str, ...], rubric: Rubric, reading: Reading
) -> ImportFile:
    data = read_bytes(path) if path == STDIN else None
    kind = kind or (None if data is not None else recognise(path))

    def records() -> Iterator[ImportedScorecard | Finding]:
        source = read_scorecards(path, kind, without=without, stdin=None if data is None else BytesIO(data))
        with reading(source):
            yield from source

    if given is not None:
        return ImportFile(kind or "", records, given)
    wrong = FindingList()

    def sound() -> Iterator[ImportedScorecard]:
        for each in records():
            if isinstance(each, Finding):
                wrong.add(each)
            else:
                yield each

    draft = _draft(path, sound(), ImportMap(), rubric, guessed=False)
    if has_errors(found := wrong.in_order()):
        raise FindingsError(NOT_IMPORTED.format(file=path), found)
    return ImportFile(kind or "", records, ImportMap(), draft=draft)


def _draft(
    path: str,
    cards: Iterable[ImportedScorecard],
    given: ImportMap,
    rubric: Rubric,
    *,
    guessed: bool,
    others: Iterable[str] = (),
) -> str:
    """Return a map to be filled in; nothing where a file explains itself."""
    words, attributes, recommendations = unexplained(cards, given, rubric)
    if not (guessed or words or attributes or recommendations):
        return ""
    return write_map(
        given,
        source=PurePath(path).name,
        scale=rubric.scale.values,
        words=words,
        attributes=attributes,
        recommendations=recommendations,
        others=others,
    )
