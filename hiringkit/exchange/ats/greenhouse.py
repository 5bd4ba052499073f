"""Greenhouse's scorecards as its first Harvest API hands them out: an array with everything inside each."""

from collections.abc import Iterator

from hiringkit.domain.codes import Code
from hiringkit.domain.finding import Finding
from hiringkit.domain.imported import ImportedPerson, ImportedRating, ImportedScorecard
from hiringkit.exchange.ats.fields import RecordFields, answered, paragraphs, submitter
from hiringkit.exchange.ats.json_records import JsonRecord
from hiringkit.exchange.ats.source import ScorecardSource
from hiringkit.text.sentence import Sentence

V1, V3 = "greenhouse-v1", "greenhouse-v3"
_PRIVATE = "private notes"
"""A built-in question whose answers Greenhouse shows to few; they stay there."""


def read_v1(record: JsonRecord, source: ScorecardSource) -> Iterator[ImportedScorecard | Finding]:
    """Read one scorecard of `GET /v1/scorecards`."""
    fields = RecordFields.of(record)
    if fields.has("candidate_rating"):
        yield other_version(fields, "candidate_rating")
        return
    if fields.word("status") == "draft":
        source.drafts_skipped += 1
        return
    author = fields.person("interviewer", "submitted_by")
    fields.need("interviewer", author.label)
    candidate = _candidate(fields)
    fields.need("candidate_id", candidate.label)
    scorecard = ImportedScorecard(
        V1,
        fields.need("id", fields.word("id")),
        candidate,
        author,
        record.place,
        record.path,
        tuple(_attribute(each) for each in fields.objects("attributes")),
        fields.word("overall_recommendation"),
        paragraphs(*_answers(fields), submitter(author, fields.person("submitted_by"))),
        fields.time("submitted_at"),
    )
    yield from fields.findings or (scorecard,)


def _candidate(fields: RecordFields) -> ImportedPerson:
    """Return the candidate, of whom this API gives the id alone unless somebody has put the person beside it."""
    return fields.person("candidate") if fields.has("candidate") else fields.person("candidate_id")


def _attribute(fields: RecordFields) -> ImportedRating:
    return ImportedRating(
        fields.need("name", fields.word("name")),
        fields.word("rating"),
        fields.place,
        fields.at("rating"),
        fields.prose("note"),
    )


def _answers(fields: RecordFields) -> list[str]:
    return [
        answered(question, each.prose("answer"))
        for each in fields.objects("questions")
        if (question := each.prose("question")).casefold() != _PRIVATE
    ]


def other_version(fields: RecordFields, key: str) -> Finding:
    """Return the finding that a record is of the other version of the API."""
    message = Sentence("{key} is a field of another version of the API").format(key=key)
    hint = "greenhouse-v1 is one file of scorecards, greenhouse-v3 a folder with a file for each collection"
    return Finding(Code.OTHER_VERSION, message, hint=hint, path=fields.path, location=fields.place)
