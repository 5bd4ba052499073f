"""The door to exports of applicant-tracking systems: which system wrote a file, and the scorecards in it."""

from collections.abc import Callable, Hashable, Iterable, Iterator
from io import SEEK_END, BytesIO
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from hiringkit.domain.codes import Code
from hiringkit.domain.finding import Finding, Location, Severity
from hiringkit.domain.imported import ImportedScorecard
from hiringkit.errors import UsageProblem
from hiringkit.exchange.ats.ashby import ASHBY, read_ashby
from hiringkit.exchange.ats.frappe import FRAPPE, read_frappe
from hiringkit.exchange.ats.greenhouse import V1, V3, read_v1
from hiringkit.exchange.ats.greenhouse_v3 import SCORECARDS, collection_files, read_v3
from hiringkit.exchange.ats.json_records import JsonRecord, JsonRecords, open_json
from hiringkit.exchange.ats.lever import LEVER, read_lever
from hiringkit.exchange.ats.merge import MERGE, read_merge
from hiringkit.exchange.ats.rating_objects import OBJECTS, read_rating_objects
from hiringkit.exchange.ats.source import ScorecardSource
from hiringkit.exchange.text_files import STDIN, read_bytes
from hiringkit.text.sentence import Sentence

_Items = Iterator[ImportedScorecard | Finding]
_READERS: dict[str, Callable[[JsonRecord, ScorecardSource], _Items]] = {
    V1: read_v1,
    LEVER: read_lever,
    ASHBY: read_ashby,
    MERGE: read_merge,
    FRAPPE: read_frappe,
}
KINDS = (V3, *_READERS, OBJECTS)
"""The kinds of export that are read."""
_SHAPES = (
    (V1, {"overall_recommendation", "attributes"}),
    (V1, {"overall_recommendation", "submitted_by"}),
    (MERGE, {"overall_recommendation", "application", "interviewer"}),
    (V3, {"candidate_rating", "application_id"}),
    (LEVER, {"fields", "baseTemplateId"}),
    (LEVER, {"fields", "completedAt"}),
    (LEVER, {"fields", "text", "type"}),
    (ASHBY, {"submittedValues"}),
    (FRAPPE, {"skill_assessment"}),
    (OBJECTS, {"candidate", "interviewer", "rating"}),
)
"""By which fields a record tells its kind; the first that fits counts."""
_TRIED = 20
"""Records that are looked at to tell the kind."""


def recognise(path: str) -> str | None:
    """Return which system wrote a file or a folder, by the shape of its records; None where no known one did.

    Raises:
        NotFound: There is no such file.
        Refused: It cannot be read.
    """
    if Path(path).is_dir():
        return V3 if collection_files(Path(path), SCORECARDS) else None
    with open_json(path) as file:
        return _kind_of(file)


def read_scorecards(
    path: str, kind: str | None = None, *, without: Iterable[str] = (), stdin: BinaryIO | None = None
) -> ScorecardSource:
    """Read the scorecards of an export, one after another.

    Args:
        path: A file, a folder for `greenhouse-v3`, or `-` for standard input.
        kind: One of `KINDS`; without it, it is recognised.
        without: Collections of `greenhouse-v3` that may be missing.
        stdin: In place of the process's own.

    Raises:
        NotFound: There is no such file.
        Refused: It cannot be read.
        UsageProblem: There is no such kind.
    """
    if kind is not None and kind not in KINDS:
        message = Sentence("there is no kind of export {kind!r}").format(kind=kind)
        raise UsageProblem(message, hint=Sentence("expected {names}").format(names=", ".join(KINDS)))
    if path != STDIN and Path(path).is_dir():
        return _read_folder(path, recognise(path) if kind is None else kind, without)
    file = BytesIO(read_bytes(path, stdin)) if path == STDIN else open_json(path)
    if kind is None:
        kind = _kind_of(file)
        file.seek(0)
    source = ScorecardSource(kind or "", bytes_total=file.seek(0, SEEK_END))
    file.seek(0)
    source.items = _checked(_read_file(file, path, source), source)
    return source


def _kind_of(file: BinaryIO) -> str | None:
    """Tell the kind by the first records of a file."""
    for record in islice(JsonRecords(file, ""), _TRIED):
        if isinstance(record, JsonRecord):
            for kind, keys in _SHAPES:
                if keys <= record.value.keys():
                    return kind
    return None


def _read_folder(path: str, kind: str | None, without: Iterable[str]) -> ScorecardSource:
    source = ScorecardSource(kind or "")
    if kind == V3:
        source.items = _checked(read_v3(path, without, source), source)
    elif kind is None:
        source.items = (_unknown(path),)
    else:
        message = Sentence("expected a file of {kind}, found a folder").format(kind=kind)
        source.items = (Finding(Code.SOURCE_UNKNOWN, message, location=Location(path)),)
    return source


def _read_file(file: BinaryIO, path: str, source: ScorecardSource) -> _Items:
    with file:
        if source.kind == V3:
            message = "expected a folder with a file for each collection, found a file"
            hint = "name the folder in which it lies"
            yield Finding(Code.COLLECTION_MISSING, message, hint=hint, location=Location(path))
            return
        records = JsonRecords(file, path, source.advance)
        if not source.kind:
            yield next((record for record in records if isinstance(record, Finding)), _unknown(path))
            return
        if source.kind == OBJECTS:
            yield from read_rating_objects(records)
            return
        if source.kind == MERGE:
            yield _overall_only(path)
        read = _READERS[source.kind]
        for record in records:
            yield from (record,) if isinstance(record, Finding) else read(record, source)


def _overall_only(path: str) -> Finding:
    message = "Merge knows each interviewer's recommendation and no ratings: there is nothing to score"
    hint = "fetch the scorecards from the system itself for their ratings"
    return Finding(Code.OVERALL_ONLY, message, Severity.INFO, hint, location=Location(path))


def _unknown(path: str) -> Finding:
    message = Sentence("the file is none of the exports that are known: {names}").format(names=", ".join(KINDS))
    hint = "name its kind with --from, or save the ratings as CSV and say with --map what its columns mean"
    return Finding(Code.SOURCE_UNKNOWN, message, hint=hint, location=Location(path))


def _checked(items: _Items, source: ScorecardSource) -> _Items:
    """Count scorecards, and hand out none twice: pages of an API overlap where it grows while it is read."""
    seen: dict[str, int] = {}
    repeated, silent = 0, True
    for item in items:
        if isinstance(item, Finding):
            silent = False
            yield item
            continue
        content = hash(_content(item))
        known = seen.get(item.source_id) if item.source_id else None
        if known is None:
            seen[item.source_id] = content
            source.scorecards += 1
            yield item
        elif known == content:
            repeated += 1
        else:
            silent = False
            yield _contradiction(item)
    if repeated:
        message = Sentence("scorecards that stand there twice, word for word, and count once: {count:,}").format(
            count=repeated
        )
        yield Finding(Code.DUPLICATE_ID, message, Severity.INFO)
    if silent and not source.scorecards and not source.drafts_skipped and not source.deleted_skipped:
        yield Finding(Code.NO_ROWS, "there is no scorecard in it", Severity.WARNING)


def _content(scorecard: ImportedScorecard) -> tuple[Hashable, ...]:
    """Return what a scorecard says, wherever it stands."""
    ratings = tuple((rating.attribute, rating.label, rating.evidence) for rating in scorecard.ratings)
    people = (scorecard.candidate, scorecard.interviewer)
    return (*people, ratings, scorecard.recommendation, scorecard.notes, scorecard.submitted_at)


def _contradiction(scorecard: ImportedScorecard) -> Finding:
    message = Sentence("the scorecard {source_id} stands there twice and says different things").format(
        source_id=scorecard.source_id
    )
    return Finding(Code.DUPLICATE_ID, message, path=scorecard.path, location=scorecard.place)
