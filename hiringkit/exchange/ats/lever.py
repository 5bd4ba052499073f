"""Lever's feedback forms: `GET /v1/opportunities/ID/feedback`."""

from collections.abc import Iterator
from typing import Any

from hiringkit.domain.finding import Finding
from hiringkit.domain.imported import ImportedRating, ImportedScorecard
from hiringkit.exchange.ats.fields import RecordFields, answered, paragraphs
from hiringkit.exchange.ats.json_records import JsonRecord
from hiringkit.exchange.ats.source import ScorecardSource

LEVER = "lever"
_OVERALL, _SCORE, _SCORES = "score-system", "score", "scorecard"
"""Types of field that rate: in words (`4 - Strong Hire`), by a number, and several things by numbers."""
_CANDIDATE = ("candidate", "candidateId", "candidate_id", "opportunity", "opportunityId", "opportunity_id", "contact")
"""Lever names the opportunity in the address only: whoever fetches the forms puts it beside them."""


def read_lever(record: JsonRecord, source: ScorecardSource) -> Iterator[ImportedScorecard | Finding]:
    """Read one feedback form."""
    fields = RecordFields.of(record)
    if fields.has("deletedAt"):
        source.deleted_skipped += 1
        return
    if not fields.has("completedAt") and "completedAt" in record.value:
        source.drafts_skipped += 1
        return
    candidate = fields.person(*_CANDIDATE)
    fields.need("opportunity", candidate.label)
    author = fields.person("user", "user_id")
    fields.need("user", author.label)
    ratings: list[ImportedRating] = []
    notes: list[str] = []
    overall: list[str] = []
    for each in fields.objects("fields"):
        kind = each.word("type")
        if kind == _SCORES:
            ratings += _scores(each)
        elif kind in {_OVERALL, _SCORE}:
            ratings.append(_rating(each, each.word("text")))
            overall += [ratings[-1].label] if kind == _OVERALL else []
        else:
            notes.append(answered(each.prose("text"), _answer(each)))
    scorecard = ImportedScorecard(
        LEVER,
        fields.need("id", fields.word("id")),
        candidate,
        author,
        record.place,
        record.path,
        tuple(ratings),
        overall[0] if len(overall) == 1 else "",
        paragraphs(*notes),
        fields.time("completedAt", "createdAt"),
    )
    yield from fields.findings or (scorecard,)


def _rating(fields: RecordFields, attribute: str) -> ImportedRating:
    """Read a rating: a text or number, or an object with a score and a comment, as `value` or in the field itself."""
    inner = fields.object("value") if isinstance(fields.value.get("value"), dict) else None
    if inner:
        label, path, comment = inner.word("score", "value"), inner.at("score"), inner.prose("comment", "comments")
    else:
        key = "value" if fields.has("value") else "score"
        label, path, comment = fields.word("value", "score"), fields.at(key), ""
    return ImportedRating(attribute, label, fields.place, path, paragraphs(comment, fields.prose("comment")))


def _scores(fields: RecordFields) -> Iterator[ImportedRating]:
    """Read a scorecard inside the form: what is rated under `scores`, the scores there too or in the same order."""
    values = fields.value.get("value")
    scores = list(fields.objects("value")) if isinstance(values, list) else []
    for index, each in enumerate(fields.objects("scores")):
        rated = scores[index] if index < len(scores) and not each.has("score", "value") else each
        yield _rating(rated, each.word("text"))


def _answer(fields: RecordFields) -> str:
    """Return the answer to a field that rates nothing."""
    value: Any = fields.value.get("value")
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(str(item) for item in value if isinstance(item, str | int | float))
    if isinstance(value, dict):
        return ""
    return fields.prose("value")
