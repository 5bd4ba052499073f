"""Between the rows of an interview and its domain values."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Row

from hiringkit.domain.interview import Interview, InterviewState, Mark, Rating, Scorecard

Values = dict[str, Any]
Rows = Iterable[Row[Any]]


def rating_values(rating: Rating) -> Values:
    """Return the columns of a rating but those that say of which interview it is."""
    marked = isinstance(rating.value, Mark)
    return {
        "question_id": rating.question,
        "level": None if marked else rating.value,
        "mark": str(rating.value) if marked else None,
        "evidence": rating.evidence,
        "probes": rating.probes,
        "rated_at": rating.rated_at,
    }


def scorecard_values(scorecard: Scorecard) -> Values:
    """Return the columns of a scorecard but the interview's."""
    return {
        "number": scorecard.number,
        "submitted_at": scorecard.submitted_at,
        "recommendation": scorecard.recommendation,
        "summary": scorecard.summary,
        "reason": scorecard.reason,
    }


def interview_values(interview: Interview) -> Values:
    """Return the columns of an interview but its time of creation."""
    return {
        "id": interview.id,
        "opening_id": interview.opening,
        "candidate_id": interview.candidate,
        "interviewer_id": interview.interviewer,
        "state": str(interview.state),
        "scheduled_at": interview.scheduled_at,
    }


def to_interviews(
    interviews: Rows, kits: Iterable[tuple[str, str]], drafts: Rows, cards: Rows, submitted: Rows
) -> list[Interview]:
    """Put interviews together from the rows of five tables.

    Args:
        interviews: In the order of the result.
        kits: Ids of interview and question, in the order in which questions are asked.
        drafts: The current ratings.
        cards: Scorecards, oldest first.
        submitted: The ratings of the scorecards.
    """
    kit = _asked(kits)
    draft = _grouped(drafts, "interview_id")
    ratings = _grouped(submitted, "interview_id", "number")
    scorecards = _grouped(cards, "interview_id")

    def put_together(row: Row[Any]) -> Interview:
        asked = kit[row.id]
        done = (_scorecard(card, asked, ratings[row.id, card.number]) for card in scorecards[row.id,])
        return _interview(row, asked, draft[row.id,], tuple(done))

    return [put_together(row) for row in interviews]


def _asked(kits: Iterable[tuple[str, str]]) -> Mapping[str, tuple[str, ...]]:
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for interview, question in kits:
        groups[interview].append(question)
    whole: dict[tuple[str, ...], tuple[str, ...]] = {}  # most interviews share their kit
    return defaultdict(tuple, {each: whole.setdefault(kit := tuple(asked), kit) for each, asked in groups.items()})


def _grouped(rows: Rows, *columns: str) -> Mapping[tuple[Any, ...], list[Row[Any]]]:
    groups: defaultdict[tuple[Any, ...], list[Row[Any]]] = defaultdict(list)
    for row in rows:
        groups[tuple(getattr(row, column) for column in columns)].append(row)
    return groups


def _interview(
    row: Row[Any], kit: tuple[str, ...], draft: Sequence[Row[Any]], scorecards: tuple[Scorecard, ...]
) -> Interview:
    return Interview(
        id=row.id,
        opening=row.opening_id,
        candidate=row.candidate_id,
        interviewer=row.interviewer_id,
        kit=kit,
        state=InterviewState(row.state),
        ratings=_ratings(kit, draft),
        scorecards=scorecards,
        scheduled_at=row.scheduled_at,
    )


def _scorecard(row: Row[Any], kit: tuple[str, ...], ratings: Sequence[Row[Any]]) -> Scorecard:
    return Scorecard(
        number=row.number,
        submitted_at=row.submitted_at,
        ratings=_ratings(kit, ratings),
        recommendation=row.recommendation,
        summary=row.summary,
        reason=row.reason,
    )


def _ratings(kit: tuple[str, ...], rows: Sequence[Row[Any]]) -> tuple[Rating, ...]:
    """Return one rating for each question of the kit, an absent one where there is no row."""
    known = {row.question_id: _rating(row) for row in rows}
    return tuple(known.get(question, Rating(question)) for question in kit)


def _rating(row: Row[Any]) -> Rating:
    return Rating(
        question=row.question_id,
        value=row.level if row.mark is None else Mark(row.mark),
        evidence=row.evidence,
        probes=row.probes,
        rated_at=row.rated_at,
    )
