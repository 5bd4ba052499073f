"""Ashby's feedback: `applicationFeedback.list`, the answers of a form by the path of each field."""

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import field, frozen

from hiringkit.domain.finding import Finding
from hiringkit.domain.imported import ImportedPerson, ImportedRating, ImportedScorecard
from hiringkit.exchange.ats.fields import RecordFields, answered, applicant, paragraphs, submitter
from hiringkit.exchange.ats.json_records import JsonRecord
from hiringkit.exchange.ats.markup import plain_text
from hiringkit.exchange.ats.source import ScorecardSource

ASHBY = "ashby"
_OVERALL = "overall_recommendation"
_RATING_TYPES = frozenset({"Score", "ValueSelect", "Number"})


@frozen
class _Question:
    """A field of the form."""

    title: str
    kind: str = ""
    choices: Mapping[str, str] = field(factory=dict)
    """What the form shows, by the value that is kept."""


def read_ashby(record: JsonRecord, source: ScorecardSource) -> Iterator[ImportedScorecard | Finding]:
    """Read one submission of a feedback form."""
    fields = RecordFields.of(record)
    if "submittedAt" in record.value and not fields.has("submittedAt"):
        source.drafts_skipped += 1
        return
    form = _form(fields)
    values = fields.object("submittedValues")
    ratings: list[ImportedRating] = []
    notes: list[str] = []
    recommendation = ""
    answers = dict.fromkeys([*form, *(values.value if values else ())])
    for path in answers:
        if values is None:
            break
        question = form.get(path, _Question(path))
        if path == _OVERALL:
            recommendation = _label(values, path, question)
        elif _rates(question, values.value.get(path)):
            ratings.append(_rating(values, path, question))
        else:
            notes.append(answered(question.title, _prose(values.value.get(path))))
    author = fields.person("creditedToUser", "submittedByUser")
    fields.need("submittedByUser", author.label)
    candidate = _candidate(fields)
    fields.need("applicationId", candidate.label)
    scorecard = ImportedScorecard(
        ASHBY,
        fields.need("id", fields.word("id")),
        candidate,
        author,
        record.place,
        record.path,
        tuple(ratings),
        recommendation,
        paragraphs(*notes, submitter(author, fields.person("submittedByUser"))),
        fields.time("submittedAt"),
    )
    yield from fields.findings or (scorecard,)


def _candidate(fields: RecordFields) -> ImportedPerson:
    if fields.has("candidate", "candidateId"):
        return fields.person("candidate", "candidateId")
    return applicant(fields.word("applicationId"))


def _form(fields: RecordFields) -> dict[str, _Question]:
    """Return the fields of the form by their path, in its order."""
    definition = fields.object("formDefinition")
    form = {}
    for section in definition.objects("sections") if definition else ():
        for each in section.objects("fields"):
            question = each.object("field")
            if question:
                choices = {item.word("value"): item.word("label") for item in question.objects("selectableValues")}
                title = question.word("title") or question.word("path")
                form[question.word("path")] = _Question(title, question.word("type"), choices)
    return form


def _rates(question: _Question, value: Any) -> bool:
    """Return whether an answer is a rating: by the type of its field or, where that is not known, by its shape."""
    if question.kind:
        return question.kind in _RATING_TYPES
    if isinstance(value, dict):
        return "score" in value
    return (isinstance(value, int | float) and not isinstance(value, bool)) or (
        isinstance(value, str) and value.isdecimal()
    )


def _rating(values: RecordFields, path: str, question: _Question) -> ImportedRating:
    inner = values.object(path) if isinstance(values.value.get(path), dict) else None
    comment = _prose(inner.value.get("comments", inner.value.get("comment"))) if inner else ""
    at = inner.at("score") if inner else values.at(path)
    return ImportedRating(question.title, _label(values, path, question), values.place, at, comment)


def _label(values: RecordFields, path: str, question: _Question) -> str:
    """Return a rating as it is written; a choice whose value is no number goes by the words that the form shows."""
    inner = values.object(path) if isinstance(values.value.get(path), dict) else None
    value = inner.word("score", "value") if inner else values.word(path)
    return value if value.isdecimal() else question.choices.get(value) or value


def _prose(value: Any) -> str:
    """Return the text of an answer: plain, HTML, or a document of nested nodes."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return plain_text(value)
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list):
        return "\n".join(text for item in value if (text := _prose(item)))
    if isinstance(value, dict):
        return _prose(next((value[key] for key in ("value", "text", "content") if value.get(key)), None))
    return ""
