"""What scorecards were imported, from where, and in which words."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from attrs import frozen
from sqlalchemy import Connection, delete, select, update

from hiringkit.domain.interview import Origin
from hiringkit.store import tables as t

_CARD = (
    "interview_id",
    "opening_id",
    "source",
    "source_id",
    "candidate_source_id",
    "interviewer_source_id",
    "digest",
    "imported_at",
)


@frozen
class ImportedRecord:
    """Where a scorecard comes from."""

    interview: str
    """The interview's id."""
    source: str
    """The kind of source."""
    source_id: str
    """The scorecard's id there."""
    candidate: str
    """The candidate's id there; may be empty."""
    interviewer: str
    """The interviewer's id there; may be empty."""
    digest: str
    """Of all that was imported of it."""
    words: Mapping[str, tuple[str, str]]
    """By question: what the source calls it, and the rating in its words."""


def records(tx: Connection, opening_id: str, source: str) -> dict[str, ImportedRecord]:
    """Return what was imported into an opening from one kind of source, by the source's ids; without the words."""
    card = t.imported_scorecards
    rows = tx.execute(select(card).where(card.c.opening_id == opening_id, card.c.source == source))
    return {
        row.source_id: ImportedRecord(
            row.interview_id,
            row.source,
            row.source_id,
            row.candidate_source_id,
            row.interviewer_source_id,
            row.digest,
            {},
        )
        for row in rows
    }


def origin(tx: Connection, interview_id: str) -> Origin | None:
    """Return where an interview's scorecard was imported from, None where it was given here."""
    card = t.imported_scorecards.c
    row = tx.execute(select(card.source, card.source_id).where(card.interview_id == interview_id)).one_or_none()
    return Origin(row.source, row.source_id, words(tx, interview_id)) if row else None


def words(tx: Connection, interview_id: str) -> dict[str, tuple[str, str]]:
    """Return, by question, what the source calls it and the rating in its words."""
    rated = t.imported_ratings
    rows = tx.execute(select(rated).where(rated.c.interview_id == interview_id))
    return {row.question_id: (row.attribute, row.label) for row in rows}


def keep(tx: Connection, opening_id: str, kept: Sequence[ImportedRecord], at: datetime) -> None:
    """Keep where new scorecards come from."""
    cards = [
        (each.interview, opening_id, each.source, each.source_id, each.candidate, each.interviewer, each.digest, at)
        for each in kept
    ]
    t.add_rows(tx, t.imported_scorecards, _CARD, cards)
    _keep_words(tx, kept)


def replace(tx: Connection, changed: ImportedRecord, at: datetime) -> None:
    """Keep what was imported of a scorecard that the source has changed."""
    this = t.imported_scorecards.c.interview_id == changed.interview
    tx.execute(update(t.imported_scorecards).where(this).values(digest=changed.digest, imported_at=at))
    tx.execute(delete(t.imported_ratings).where(t.imported_ratings.c.interview_id == changed.interview))
    _keep_words(tx, [changed])


def _keep_words(tx: Connection, kept: Sequence[ImportedRecord]) -> None:
    rows = [
        (each.interview, question, attribute, label)
        for each in kept
        for question, (attribute, label) in each.words.items()
    ]
    t.add_rows(tx, t.imported_ratings, ("interview_id", "question_id", "attribute", "label"), rows)
