"""Interview Feedback of Frappe HR: skills rated by stars, as a share from 0 to 1."""

from collections.abc import Iterator

from hiringkit.domain.finding import Finding
from hiringkit.domain.imported import ImportedRating, ImportedScorecard
from hiringkit.exchange.ats.fields import RecordFields
from hiringkit.exchange.ats.json_records import JsonRecord
from hiringkit.exchange.ats.source import ScorecardSource

FRAPPE = "frappe"
_DRAFT, _CANCELLED = "0", "2"


def read_frappe(record: JsonRecord, source: ScorecardSource) -> Iterator[ImportedScorecard | Finding]:
    """Read one document of `GET /api/resource/Interview Feedback/NAME`."""
    fields = RecordFields.of(record)
    status = fields.word("docstatus")
    if status == _DRAFT:
        source.drafts_skipped += 1
        return
    if status == _CANCELLED:
        source.deleted_skipped += 1
        return
    candidate, author = fields.person("job_applicant"), fields.person("interviewer")
    fields.need("job_applicant", candidate.label)
    fields.need("interviewer", author.label)
    scorecard = ImportedScorecard(
        FRAPPE,
        fields.need("name", fields.word("name")),
        candidate,
        author,
        record.place,
        record.path,
        tuple(_skill(each) for each in fields.objects("skill_assessment")),
        fields.word("result"),
        fields.prose("feedback"),
        fields.time("modified", "creation"),
    )
    yield from fields.findings or (scorecard,)


def _skill(fields: RecordFields) -> ImportedRating:
    skill = fields.need("skill", fields.word("skill"))
    return ImportedRating(skill, fields.word("rating"), fields.place, fields.at("rating"))
