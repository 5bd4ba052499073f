"""Merge's unified scorecards: an overall recommendation and no ratings."""

from collections.abc import Iterator

from hiringkit.domain.finding import Finding
from hiringkit.domain.imported import ImportedPerson, ImportedScorecard
from hiringkit.exchange.ats.fields import RecordFields, applicant
from hiringkit.exchange.ats.json_records import JsonRecord
from hiringkit.exchange.ats.source import ScorecardSource

MERGE = "merge"


def read_merge(record: JsonRecord, source: ScorecardSource) -> Iterator[ImportedScorecard | Finding]:
    """Read one scorecard of `GET /ats/v1/scorecards`."""
    fields = RecordFields.of(record)
    if record.value.get("remote_was_deleted") is True:
        source.deleted_skipped += 1
        return
    author = fields.person("interviewer")
    fields.need("interviewer", author.label)
    candidate = _candidate(fields)
    fields.need("application", candidate.label)
    scorecard = ImportedScorecard(
        MERGE,
        fields.need("id", fields.word("id")),
        candidate,
        author,
        record.place,
        record.path,
        recommendation=fields.word("overall_recommendation"),
        submitted_at=fields.time("submitted_at", "remote_created_at"),
    )
    yield from fields.findings or (scorecard,)


def _candidate(fields: RecordFields) -> ImportedPerson:
    """Return the candidate, where the application was fetched with it (`expand=application`)."""
    if not isinstance(fields.value.get("application"), dict):
        return applicant(fields.word("application"))
    application = fields.object("application")
    if application is None:
        return ImportedPerson()
    return application.person("candidate") if application.has("candidate") else applicant(application.word("id"))
