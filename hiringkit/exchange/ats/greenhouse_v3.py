"""Greenhouse's scorecards as its third Harvest API hands them out: a collection for each kind of thing, joined by ids.

Scorecards are read twice, everything else once: first to learn which ones count, then to hand them out. What belongs to
them is kept in a file in between, so that memory holds little more than the ids.
"""

import marshal
import re
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryFile
from types import TracebackType
from typing import IO, Any, Self

from hiringkit.domain.codes import Code
from hiringkit.domain.finding import Finding, FindingList, Location, Severity
from hiringkit.domain.imported import ImportedPerson, ImportedRating, ImportedScorecard
from hiringkit.exchange.ats.fields import RecordFields, answered, applicant, paragraphs, submitter
from hiringkit.exchange.ats.greenhouse import V3, other_version
from hiringkit.exchange.ats.json_records import JsonRecords, open_json
from hiringkit.exchange.ats.source import ScorecardSource
from hiringkit.exchange.text_files import unreadable
from hiringkit.text.sentence import Sentence

SCORECARDS = "scorecards"
_APPLICATIONS = "applications"
_RATINGS = "scorecard_candidate_attributes"
_ATTRIBUTES = "job_candidate_attributes"
_ANSWERS = "scorecard_question_answers"
_QUESTIONS = "scorecard_questions"
_OPTIONS = "scorecard_question_options"
_ASSESSED = "scorecard_question_candidate_attributes"
NEEDED = (_APPLICATIONS, _RATINGS, _ATTRIBUTES, _ANSWERS, _QUESTIONS, _OPTIONS, _ASSESSED)
"""Collections that must be there unless they are left out by name."""
_CHOSEN = "scorecard_question_answer_options"
_FOCUS = "focus_candidate_attributes"
_CANDIDATES = "candidates"
_USERS = "users"
_ENDINGS = ("json", "jsonl", "ndjson")
_OF_V1 = ("attributes", "overall_recommendation", "submitted_by")
_Value = str | int | None
_IN_MEMORY = 80_000_000
"""Bytes of joined rows; more go to a temporary file, which has no name and is gone when it is closed."""


def collection_files(folder: Path, name: str) -> list[Path]:
    """Return the files of a collection in order: `NAME.json`, or pages such as `NAME-1.json` and `NAME_page_2.json`.

    Raises:
        Refused: The folder cannot be read.
    """
    pattern = re.compile(rf"{name}(?:[-_.](?:page[-_.]?)?(\d+))?\.(?:{'|'.join(_ENDINGS)})", re.IGNORECASE)
    found = [(int(match[1] or 0), path) for path in _files(folder) if (match := pattern.fullmatch(path.name))]
    return [path for _page, path in sorted(found)]


def _files(folder: Path) -> list[Path]:
    try:
        return [path for path in folder.iterdir() if path.is_file()]
    except OSError as error:
        raise unreadable(str(folder), error) from None


def read_v3(folder: str, without: Iterable[str], source: ScorecardSource) -> Iterator[ImportedScorecard | Finding]:
    """Read the scorecards of a folder.

    Args:
        folder: Its path.
        without: Collections that may be missing.
        source: Counts what is read.
    """
    left_out = frozenset(without)
    for name in sorted(left_out - set(NEEDED)):
        message = Sentence("there is no collection {name} that can be left out").format(name=name)
        hint = Sentence("expected {names}").format(names=", ".join(NEEDED))
        yield Finding(Code.UNKNOWN_VALUE, message, hint=hint, location=Location(folder))
    export = _Export(folder, left_out, source)
    yield from export.missing()
    with _Rows() as ratings, _Rows() as answers, _Rows() as chosen:
        yield from _Join(export, ratings, answers, chosen).read()


class _Export:
    """The files of a folder, by the collection that they hold."""

    def __init__(self, folder: str, left_out: frozenset[str], source: ScorecardSource) -> None:
        names = (SCORECARDS, *NEEDED, _CHOSEN, _FOCUS, _CANDIDATES, _USERS)
        self.folder = folder
        self.source = source
        self._left_out = left_out
        self._files = {name: collection_files(Path(folder), name) for name in names}
        sizes = {name: sum(path.stat().st_size for path in paths) for name, paths in self._files.items()}
        source.bytes_total = sum(sizes.values()) + sizes[SCORECARDS]

    def missing(self) -> Iterator[Finding]:
        """Name the collections that are needed and not there."""
        for name in (SCORECARDS, *NEEDED):
            if self._files[name] or name in self._left_out:
                continue
            message = Sentence("the collection {name} is missing").format(name=name)
            hint = Sentence("put {name}.json into the folder").format(name=name)
            if name != SCORECARDS:
                hint = Sentence("put {name}.json into the folder, or leave it out: --without {name}").format(name=name)
            yield Finding(Code.COLLECTION_MISSING, message, hint=hint, location=Location(self.folder))

    def has(self, name: str) -> bool:
        """Return whether a collection is there."""
        return bool(self._files[name])

    def records(self, name: str, found: FindingList) -> Iterator[RecordFields]:
        """Iterate over a collection; what is no record is found, as is what is wrong with the fields that are read."""
        for path in self._files[name]:
            shown = f"{self.folder.rstrip('/')}/{path.name}"
            with open_json(str(path)) as file:
                for record in JsonRecords(file, shown, self.source.advance):
                    if isinstance(record, Finding):
                        found.add(record)
                        continue
                    fields = RecordFields(record.value, record.file, record.line, record.path, [])
                    yield fields
                    if fields.findings:
                        found.extend(fields.findings)


class _Rows:
    """Rows by the id that they belong to, in a file of this process: each row says where the one before it stands.

    They are written by `marshal`, which takes a third of what it takes to join and to split texts.
    """

    def __init__(self) -> None:
        self._file: IO[bytes] = BytesIO()
        self._in_memory = True
        self._last: dict[str, int] = {}
        self._end = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def add(self, key: str, *values: _Value) -> None:
        """Add a row; all rows are added before any is read."""
        row = marshal.dumps((self._last.get(key, 0), *values))
        self._file.write(row)
        self._last[key] = self._end << 32 | len(row)  # one number takes less memory than two
        self._end += len(row)
        if self._in_memory and self._end > _IN_MEMORY:
            self._leave_memory()

    def _leave_memory(self) -> None:
        file = TemporaryFile()  # noqa: SIM115 - closed with the rows
        self._file.seek(0)
        copyfileobj(self._file, file)
        self._file.close()
        self._file, self._in_memory = file, False

    def of(self, key: str) -> list[list[Any]]:
        """Return the rows of an id, in the order in which they were added."""
        rows: list[list[Any]] = []
        at = self._last.get(key, 0)
        while at:
            self._file.seek(at >> 32)
            at, *row = marshal.loads(self._file.read(at & 0xFFFF_FFFF))  # noqa: S302 - written by `add`
            rows.append(row)
        rows.reverse()
        return rows


class _Join:
    """Puts scorecards together again.

    Args:
        export: The folder.
        ratings: By the scorecard: attribute, label, note, number of the file, line and path.
        answers: By the scorecard: question and answer.
        chosen: By the answer: option.
    """

    def __init__(self, export: _Export, ratings: _Rows, answers: _Rows, chosen: _Rows) -> None:
        self._export = export
        self._ratings = ratings
        self._answers = answers
        self._chosen = chosen
        self._files: list[str] = []
        self._complete: set[str] = set()
        self._drafts: set[str] = set()
        self._applications: dict[str, str] = {}
        self._candidates: dict[str, ImportedPerson] = {}
        self._users: dict[str, ImportedPerson] = {}
        self._attributes: dict[str, str] = {}
        self._questions: dict[str, str] = {}
        self._options: dict[str, str] = {}
        self._assessed: dict[str, set[str]] = {}

    def read(self) -> Iterator[ImportedScorecard | Finding]:
        """Read every collection, then hand out the scorecards that can be put together."""
        for step in (
            self._read_scorecards,
            self._read_people,
            self._read_attributes,
            self._read_questions,
            self._read_ratings,
            self._read_answers,
        ):
            found = FindingList()
            step(found)
            yield from found.in_order()
        for fields in self._export.records(SCORECARDS, FindingList()):
            if fields.word("id") in self._complete:
                scorecard = self._scorecard(fields)
                yield from fields.findings or (scorecard,)

    def _read_scorecards(self, found: FindingList) -> None:
        for fields in self._export.records(SCORECARDS, found):
            wrong = next((key for key in _OF_V1 if fields.has(key)), None)
            if wrong:
                found.add(other_version(fields, wrong))
                self._complete.clear()
                return
            scorecard = fields.need("id", fields.word("id"))
            if fields.word("status").lower() == "draft":
                self._drafts.add(scorecard)
                self._export.source.drafts_skipped += 1
                continue
            application = fields.need("application_id", fields.word("application_id"))
            author = fields.need("interviewer_id", fields.word("interviewer_id", "submitter_id"))
            fields.time("submitted_at")
            if not fields.findings and scorecard and application and author:
                self._complete.add(scorecard)
                self._applications[application] = ""
                for user in (author, fields.word("submitter_id")):
                    self._users[user] = ImportedPerson(user)

    def _read_people(self, found: FindingList) -> None:
        for fields in self._export.records(_APPLICATIONS, found):
            application = fields.word("id")
            if application in self._applications:
                candidate = fields.need("candidate_id", fields.word("candidate_id"))
                self._applications[application] = candidate
                self._candidates[candidate] = ImportedPerson(candidate)
        for name, wanted in ((_CANDIDATES, self._candidates), (_USERS, self._users)):
            for fields in self._export.records(name, found):
                if fields.word("id") in wanted:
                    wanted[fields.word("id")] = fields.as_person()

    def _read_attributes(self, found: FindingList) -> None:
        for fields in self._export.records(_ATTRIBUTES, found):
            self._attributes[fields.need("id", fields.word("id"))] = fields.need("name", fields.word("name"))

    def _read_questions(self, found: FindingList) -> None:
        for fields in self._export.records(_QUESTIONS, found):
            self._questions[fields.need("id", fields.word("id"))] = fields.prose("question")
        for fields in self._export.records(_OPTIONS, found):
            self._options[fields.need("id", fields.word("id"))] = fields.word("name")
        focus = {
            fields.word("id"): fields.word("job_candidate_attribute_id")
            for fields in self._export.records(_FOCUS, found)
        }
        for fields in self._export.records(_ASSESSED, found):
            attribute = fields.word("job_candidate_attribute_id") or focus.get(
                fields.word("focus_candidate_attribute_id"), ""
            )
            question = fields.need("scorecard_question_id", fields.word("scorecard_question_id"))
            self._assessed.setdefault(question, set()).add(attribute)

    def _read_ratings(self, found: FindingList) -> None:
        strays = 0
        for fields in self._export.records(_RATINGS, found):
            scorecard = fields.need("scorecard_id", fields.word("scorecard_id"))
            if scorecard not in self._complete:
                strays += bool(scorecard) and scorecard not in self._drafts
                continue
            attribute = fields.need("job_candidate_attribute_id", fields.word("job_candidate_attribute_id"))
            if self._attributes and attribute not in self._attributes:
                fields.add(_unknown(fields, "job_candidate_attribute_id", attribute, _ATTRIBUTES))
            label, note = fields.word("candidate_attribute_rating"), fields.prose("note")
            if not self._files or self._files[-1] != fields.file:
                self._files.append(fields.file)
            self._ratings.add(scorecard, attribute, label, note, len(self._files) - 1, fields.line, fields.path)
        self._say_strays(_RATINGS, strays, found)

    def _read_answers(self, found: FindingList) -> None:
        for fields in self._export.records(_CHOSEN, found):
            option = self._options.get(fields.word("scorecard_question_option_id"), "")
            self._chosen.add(fields.word("scorecard_question_answer_id"), option)
        strays = 0
        for fields in self._export.records(_ANSWERS, found):
            scorecard = fields.need("scorecard_id", fields.word("scorecard_id"))
            if scorecard not in self._complete:
                strays += bool(scorecard) and scorecard not in self._drafts
                continue
            answer = self._answer(fields)
            if answer:
                self._answers.add(scorecard, fields.word("scorecard_question_id"), answer)
        self._say_strays(_ANSWERS, strays, found)

    def _answer(self, fields: RecordFields) -> str:
        """Return an answer: text, yes or no, or the names of the options that were chosen."""
        if isinstance(fields.value.get("boolean_value"), bool):
            return "yes" if fields.value["boolean_value"] else "no"
        names = [name for (name,) in self._chosen.of(fields.word("id")) if name]
        return ", ".join(names) or fields.prose("answer")

    def _say_strays(self, name: str, count: int, found: FindingList) -> None:
        if count and self._complete:
            message = Sentence("rows of {name} that belong to no scorecard of the folder: {count:,}").format(
                count=count, name=name
            )
            found.add(Finding(Code.STRAY_ROWS, message, Severity.INFO, location=Location(self._export.folder)))

    def _scorecard(self, fields: RecordFields) -> ImportedScorecard:
        scorecard = fields.word("id")
        author = self._users[fields.word("interviewer_id", "submitter_id")]
        rows = self._ratings.of(scorecard)
        rated = {attribute for attribute, *_rest in rows}
        evidence: dict[str, list[str]] = {}
        notes = [fields.prose("notes"), fields.prose("public_notes")]
        for question, answer in self._answers.of(scorecard):
            about = self._assessed.get(question, set()) & rated
            text = answered(self._questions.get(question, ""), answer)
            (evidence.setdefault(about.pop(), []) if len(about) == 1 else notes).append(text)
        return ImportedScorecard(
            V3,
            scorecard,
            self._candidate(fields),
            author,
            fields.place,
            fields.path,
            tuple(
                ImportedRating(
                    self._attributes.get(attribute, attribute),
                    label,
                    Location(self._files[file], line),
                    f"{path}.candidate_attribute_rating",
                    paragraphs(note, *evidence.get(attribute, ())),
                )
                for attribute, label, note, file, line, path in rows
            ),
            fields.word("candidate_rating"),
            paragraphs(*notes, submitter(author, self._users.get(fields.word("submitter_id"), ImportedPerson()))),
            fields.time("submitted_at"),
        )

    def _candidate(self, fields: RecordFields) -> ImportedPerson:
        """Return the candidate; the application stands for them where the applications are left out."""
        application = fields.word("application_id")
        candidate = self._applications[application]
        if candidate:
            return self._candidates[candidate]
        if self._export.has(_APPLICATIONS):
            fields.add(_unknown(fields, "application_id", application, _APPLICATIONS))
        return applicant(application)


def _unknown(fields: RecordFields, key: str, found: str, collection: str) -> Finding:
    message = Sentence("there is no {found} in {collection}").format(found=found, collection=collection)
    return Finding(Code.UNKNOWN_REFERENCE, message, path=fields.at(key), location=fields.place)
