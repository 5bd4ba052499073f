"""Ratings as plain JSON objects, one for each rating: what scripts and in-house tools write."""

from collections.abc import Iterable, Iterator

from attrs import evolve

from hiringkit.domain.finding import Finding
from hiringkit.domain.imported import ImportedPerson, ImportedRating, ImportedScorecard
from hiringkit.exchange.ats.fields import RecordFields, paragraphs
from hiringkit.exchange.ats.json_records import JsonRecord

OBJECTS = "json"


def read_rating_objects(records: Iterable[JsonRecord | Finding]) -> Iterator[ImportedScorecard | Finding]:
    """Read ratings and gather them: all that an interviewer gave a candidate is one scorecard."""
    cards: dict[tuple[ImportedPerson, ImportedPerson], tuple[ImportedScorecard, list[ImportedRating]]] = {}
    for record in records:
        if isinstance(record, Finding):
            yield record
            continue
        fields = RecordFields.of(record)
        candidate, interviewer = fields.person("candidate"), fields.person("interviewer")
        fields.need("candidate", candidate.label)
        fields.need("interviewer", interviewer.label)
        rating = _rating(fields)
        if fields.findings:
            yield from fields.findings
            continue
        card = ImportedScorecard(OBJECTS, "", candidate, interviewer, record.place, record.path)
        cards.setdefault((candidate, interviewer), (card, []))[1].append(rating)
    for card, ratings in cards.values():
        yield evolve(card, ratings=tuple(ratings))


def _rating(fields: RecordFields) -> ImportedRating:
    """Read a rating, alone or as an object with a score and comments."""
    inner = fields.object("rating") if isinstance(fields.value.get("rating"), dict) else None
    return ImportedRating(
        fields.need("question", fields.word("question", "criterion", "attribute")),
        inner.word("score", "value") if inner else fields.word("rating"),
        fields.place,
        inner.at("score") if inner else fields.at("rating"),
        paragraphs(
            inner.prose("comments", "comment", "note") if inner else "", fields.prose("evidence", "comment", "note")
        ),
    )
