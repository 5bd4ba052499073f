"""Interviews: listed with their progress, and one with its own ratings.

A list never tells a level or a mark, so that it may be shown to whoever still owes a scorecard.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise

from attrs import frozen

from hiringkit.domain.interview import Interview, InterviewState, InterviewText, Origin, Rating, Scorecard
from hiringkit.domain.rubric import Rubric
from hiringkit.locale import _
from hiringkit.report.model import (
    Block,
    Cell,
    Column,
    Event,
    Facts,
    Number,
    Report,
    Table,
    Tone,
    Word,
    plain,
    show_cell,
)
from hiringkit.report.words import moment, rating_cell, recommendation_word, standing_word, zoned

Names = Mapping[str, str]


def interviews_report(
    interviews: Sequence[Interview],
    candidates: Names,
    interviewers: Names,
    *,
    opening: str = "",
    narrowed: bool = False,
    events: Callable[[], tuple[Event, ...]] = tuple,
) -> Report:
    """List interviews with their progress.

    Args:
        interviews: In the order in which they are shown.
        candidates: Candidates' names by id.
        interviewers: Interviewers' names by id.
        opening: The opening that was asked for, for the command in the empty state.
        narrowed: Whether only some of the opening's were asked for.
        events: Makes the same for a calendar.
    """
    return Report(
        title=_("Interviews"),
        blocks=(interviews_table(interviews, candidates, interviewers, opening=opening, narrowed=narrowed),),
        document={
            "schema": "hiringkit/interviews/1",
            "interviews": [interview_summary(interview) for interview in interviews],
        },
        events=events,
    )


def interview_report(
    interview: Interview,
    rubric: Rubric,
    *,
    candidate: str,
    interviewer: str,
    origin: Origin | None = None,
    language: str = "en",
    note: str = "",
    texts: Mapping[InterviewText, str] | None = None,
    handovers: Sequence[tuple[str, str]] = (),
) -> Report:
    """Show one interview with the ratings, evidence and scorecards that it holds.

    Args:
        interview: As far as the reader may see it.
        rubric: The opening's, for the wording of the questions.
        candidate: The candidate's name.
        interviewer: The interviewer's name.
        origin: Where its scorecard was imported from, if it was.
        language: en or zh.
        note: The candidate's.
        texts: What its interviewer wrote about it as a whole, as far as the reader may see it.
        handovers: Names of other interviewers, and what they left for this one.
    """
    written = texts or {}
    notes, handover = (written.get(part, "") for part in (InterviewText.NOTES, InterviewText.HANDOVER))
    return Report(
        title=_("{interviewer} interviews {candidate}").format(interviewer=interviewer, candidate=candidate),
        blocks=(
            _facts(interview, origin),
            *_notes(note, notes, handover, handovers),
            _ratings(interview, rubric, language, origin),
            *_scorecards(interview.scorecards),
            *_amendments(interview.scorecards),
        ),
        document={
            "schema": "hiringkit/interview/1",
            **interview_summary(interview),
            "hidden": interview.is_hidden,
            "origin": {"source": origin.source, "source_id": origin.source_id} if origin else None,
            "candidate_note": note,
            "notes": notes,
            "handover": handover,
            "handovers": [{"interviewer": name, "text": text} for name, text in handovers],
            "ratings": [_rating_document(interview.rating(question), origin) for question in interview.kit],
            "scorecards": [_scorecard_document(scorecard) for scorecard in interview.scorecards],
            "amendments": [_amendment_document(each) for each in amendments(interview.scorecards)],
        },
    )


def interviews_table(
    interviews: Sequence[Interview],
    candidates: Names,
    interviewers: Names,
    *,
    opening: str = "",
    caption: str = "",
    narrowed: bool = False,
) -> Table:
    """List interviews: who, whom, how far."""
    dated = any(interview.scheduled_at for interview in interviews)
    columns = (
        Column("id", _("Id")),
        Column("candidate", _("Candidate")),
        Column("interviewer", _("Interviewer")),
        Column("state", _("State")),
        Column("rated", _("Rated")),
        *([Column("scheduled_at", zoned(_("Planned for")))] if dated else []),
    )

    def row(interview: Interview) -> tuple[Cell, ...]:
        return (
            Word(interview.id),
            candidates.get(interview.candidate, interview.candidate),
            interviewers.get(interview.interviewer, interview.interviewer),
            standing_word(interview),
            rated_word(interview),
            *([Word(moment(interview.scheduled_at))] if dated else []),
        )

    empty = _("No interviews yet. Plan one: hiringkit interview schedule {opening} CANDIDATE INTERVIEWER")
    empty = _("No interview is of that kind.") if narrowed else empty
    return Table(columns, tuple(map(row, interviews)), caption, empty.format(opening=opening or "OPENING"))


def interview_summary(interview: Interview) -> dict[str, object]:
    """Return what anybody may know of an interview as plain values."""
    return {
        "id": interview.id,
        "opening": interview.opening,
        "candidate": interview.candidate,
        "interviewer": interview.interviewer,
        "state": interview.state.value,
        "kit": list(interview.kit),
        **interview_progress(interview),
        "scheduled_at": plain(interview.scheduled_at),
        "location": interview.location,
        "round": interview.round,
        "cancelled_at": plain(interview.cancelled_at),
        "cancelled_reason": interview.cancelled_reason,
        "owed": interview.owed,
    }


def _rating_document(rating: Rating, origin: Origin | None = None) -> dict[str, object]:
    imported = origin.words.get(rating.question) if origin else None
    return {
        "question": rating.question,
        "rating": plain(rating.value),
        "evidence": rating.evidence,
        "probes": [probe + 1 for probe in rating.probes],
        "rated_at": plain(rating.rated_at),
        "after_seeing": rating.after_seeing,
        **({"imported": {"attribute": imported[0], "label": imported[1]}} if imported else {}),
    }


def _scorecard_document(scorecard: Scorecard) -> dict[str, object]:
    ratings = [_rating_document(rating) for rating in scorecard.ratings]
    return {
        "number": scorecard.number,
        "submitted_at": plain(scorecard.submitted_at),
        "recommendation": scorecard.recommendation,
        "summary": scorecard.summary,
        "reason": scorecard.reason,
        "by": scorecard.by,
        "ratings": ratings,
    }


def interview_progress(interview: Interview) -> dict[str, object]:
    """Return how far an interview is: `rated` is None where its ratings may not be seen."""
    return {"questions": len(interview.kit), "rated": interview.rated}


def rated_word(interview: Interview) -> Word:
    """Say how many of its questions are rated, `?` where its ratings may not be seen."""
    done = "?" if interview.rated is None else interview.rated
    return Word(_("{done} of {all}").format(done=done, all=len(interview.kit)))


def _facts(interview: Interview, origin: Origin | None) -> Facts:
    return Facts(
        (
            (_("Id"), interview.id),
            (_("Opening"), interview.opening),
            (_("Candidate"), interview.candidate),
            (_("Interviewer"), interview.interviewer),
            (_("State"), standing_word(interview)),
            (_("Rated"), rated_word(interview)),
            *([(zoned(_("Planned for")), moment(interview.scheduled_at))] if interview.scheduled_at else []),
            *([(_("Where"), interview.location)] if interview.location else []),
            *([(_("Imported from"), f"{origin.source} {origin.source_id}")] if origin else []),
        )
    )


def _notes(note: str, notes: str, handover: str, handovers: Sequence[tuple[str, str]]) -> tuple[Block, ...]:
    rows: list[tuple[Cell, ...]] = [
        *([(_("about the candidate"), note)] if note else []),
        *([(_("from {name}").format(name=name), text) for name, text in handovers]),
        *([(_("notes"), notes)] if notes else []),
        *([(_("for the next interviewers"), handover)] if handover else []),
    ]
    columns = (Column("what", _("What")), Column("text", _("Text"), wrap=True))
    return (Table(columns, tuple(rows), _("Notes")),) if rows else ()


def _ratings(interview: Interview, rubric: Rubric, language: str, origin: Origin | None) -> Table:
    columns = (
        Column("question", _("Question")),
        Column("rating", _("Rating")),
        *([Column("imported", _("In the source's words"))] if origin else []),
        Column("probes", _("Probes")),
        Column("text", _("Wording"), wrap=True),
        Column("evidence", _("Evidence"), wrap=True),
    )

    def row(rating: Rating) -> tuple[Cell, ...]:
        asked = rubric.question(rating.question)
        probes = ", ".join(str(probe + 1) for probe in rating.probes)
        text = asked.text.in_language(language) if asked else ""
        _attribute, label = origin.words.get(rating.question, ("", "")) if origin else ("", "")
        return (
            Word(rating.question),
            hidden or _rating(rating),
            *([Word(label or "-")] if origin else []),
            Word(probes or "-"),
            text,
            rating.evidence,
        )

    hidden = _hidden(interview)
    return Table(columns, tuple(row(interview.rating(question)) for question in interview.kit), _("Ratings"))


def _hidden(interview: Interview) -> Word | None:
    """Say until when ratings are hidden; None where they are not."""
    if not interview.is_hidden:
        return None
    submitted = interview.state is InterviewState.SUBMITTED
    return Word(_("hidden until yours is in") if submitted else _("hidden until it is submitted"), Tone.QUIET)


def _rating(rating: Rating) -> Cell:
    cell = rating_cell(rating.value)
    if not rating.after_seeing:
        return cell
    return Word(_("{rating} (after seeing others)").format(rating=show_cell(cell)), Tone.CAUTION)


def _scorecards(scorecards: Sequence[Scorecard]) -> tuple[Block, ...]:
    columns = (
        Column("number", _("No.")),
        Column("submitted_at", zoned(_("Submitted"))),
        Column("by", _("By")),
        Column("recommendation", _("Recommendation")),
        Column("summary", _("Summary"), wrap=True),
        Column("reason", _("Why amended"), wrap=True),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            Number(each.number, 0),
            Word(moment(each.submitted_at)),
            each.by or Word("-"),
            recommendation_word(each.recommendation),
            each.summary,
            each.reason,
        )
        for each in scorecards
    ]
    return (Table(columns, tuple(rows), _("Scorecards")),) if rows else ()


@frozen
class Amendment:
    """One thing that an amendment changed."""

    scorecard: Scorecard
    """The one that it made."""
    what: str
    """A question's id, or `recommendation` or `summary`."""
    before: str
    after: str
    part: str
    """rating, evidence, recommendation or summary."""


def amendments(scorecards: Sequence[Scorecard]) -> Iterator[Amendment]:
    """Yield what each scorecard changed of the one before it."""
    for before, after in pairwise(scorecards):
        known = {rating.question: rating for rating in before.ratings}
        for rating in after.ratings:
            was = known.get(rating.question, Rating(rating.question))
            if rating.value != was.value:
                values = [plain(each.value) for each in (was, rating)]
                said = ["" if value is None else str(value) for value in values]
                yield Amendment(after, rating.question, said[0], said[1], "rating")
            if rating.evidence != was.evidence:
                yield Amendment(after, rating.question, was.evidence, rating.evidence, "evidence")
        for part in ("recommendation", "summary"):
            was_said, said_now = getattr(before, part), getattr(after, part)
            if was_said != said_now:
                yield Amendment(after, part, was_said, said_now, part)


def _amendments(scorecards: Sequence[Scorecard]) -> tuple[Block, ...]:
    columns = (
        Column("number", _("No.")),
        Column("by", _("By")),
        Column("what", _("What")),
        Column("before", _("From"), wrap=True),
        Column("after", _("To"), wrap=True),
        Column("reason", _("Why amended"), wrap=True),
    )
    words = {
        "recommendation": _("recommendation"),
        "summary": _("reason for it"),
        "evidence": _("{question}, evidence"),
    }
    rows: list[tuple[Cell, ...]] = [
        (
            Number(each.scorecard.number, 0),
            each.scorecard.by or Word("-"),
            words.get(each.part, "{question}").format(question=each.what),
            _said(each, each.before),
            _said(each, each.after),
            each.scorecard.reason,
        )
        for each in amendments(scorecards)
    ]
    return (Table(columns, tuple(rows), _("Amendments")),) if rows else ()


def _said(amendment: Amendment, value: str) -> Cell:
    return recommendation_word(value) if amendment.part == "recommendation" else value or Word("-")


def _amendment_document(each: Amendment) -> dict[str, object]:
    return {
        "number": each.scorecard.number,
        "at": plain(each.scorecard.submitted_at),
        "by": each.scorecard.by,
        "part": each.part,
        "question": each.what if each.part in {"rating", "evidence"} else None,
        "from": each.before,
        "to": each.after,
        "reason": each.scorecard.reason,
    }


def progress_count(interviews: Sequence[Interview]) -> dict[str, int]:
    """Count interviews that are not cancelled, and those of them that are submitted."""
    states = Counter(interview.state for interview in interviews)
    planned = len(interviews) - states[InterviewState.CANCELLED]
    return {"interviews": planned, "submitted": states[InterviewState.SUBMITTED]}


def progress_word(interviews: Sequence[Interview]) -> Word:
    """Say how many of these interviews are submitted."""
    return submitted_word(**progress_count(interviews))


def submitted_word(interviews: int, submitted: int) -> Word:
    """Say how many of so many interviews are submitted."""
    return Word(_("{done} of {all}").format(done=submitted, all=interviews) if interviews else "-")
