"""Interviews: listed with their progress, and one with its own ratings.

A list never tells a level or a mark, so that it may be shown to whoever still owes a scorecard.
"""

from collections.abc import Mapping, Sequence

from hiringkit.domain.interview import Interview, InterviewState, Rating, Scorecard
from hiringkit.domain.rubric import Rubric
from hiringkit.locale import _
from hiringkit.report.model import Block, Cell, Column, Facts, Number, Report, Table, Word
from hiringkit.report.values import plain
from hiringkit.report.words import moment, rating_cell, recommendation_word, state_word, zoned

Names = Mapping[str, str]


def interviews_report(
    interviews: Sequence[Interview], candidates: Names, interviewers: Names, *, opening: str = ""
) -> Report:
    """List interviews with their progress.

    Args:
        interviews: In the order in which they are shown.
        candidates: Candidates' names by id.
        interviewers: Interviewers' names by id.
        opening: The opening that was asked for, for the command in the empty state.
    """
    return Report(
        title=_("Interviews"),
        blocks=(interviews_table(interviews, candidates, interviewers, opening=opening),),
        document={
            "schema": "hiringkit/interviews/1",
            "interviews": [interview_summary(interview) for interview in interviews],
        },
    )


def interview_report(
    interview: Interview, rubric: Rubric, *, candidate: str, interviewer: str, language: str = "en"
) -> Report:
    """Show one interview with the ratings, evidence and scorecards that it holds.

    Args:
        interview: As far as the reader may see it.
        rubric: The opening's, for the wording of the questions.
        candidate: The candidate's name.
        interviewer: The interviewer's name.
        language: en or zh.
    """
    return Report(
        title=_("{interviewer} interviews {candidate}").format(interviewer=interviewer, candidate=candidate),
        blocks=(_facts(interview), _ratings(interview, rubric, language), *_scorecards(interview.scorecards)),
        document={
            "schema": "hiringkit/interview/1",
            **interview_summary(interview),
            "ratings": [_rating_document(interview.rating(question)) for question in interview.kit],
            "scorecards": [_scorecard_document(scorecard) for scorecard in interview.scorecards],
        },
    )


def interviews_table(
    interviews: Sequence[Interview], candidates: Names, interviewers: Names, *, opening: str = "", caption: str = ""
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
            state_word(interview.state),
            rated_word(interview),
            *([Word(moment(interview.scheduled_at))] if dated else []),
        )

    empty = _("No interviews yet. Plan one: hiringkit interview schedule {opening} CANDIDATE INTERVIEWER")
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
    }


def _rating_document(rating: Rating) -> dict[str, object]:
    return {
        "question": rating.question,
        "rating": plain(rating.value),
        "evidence": rating.evidence,
        "probes": [probe + 1 for probe in rating.probes],
        "rated_at": plain(rating.rated_at),
    }


def _scorecard_document(scorecard: Scorecard) -> dict[str, object]:
    ratings = [_rating_document(rating) for rating in scorecard.ratings]
    return {
        "number": scorecard.number,
        "submitted_at": plain(scorecard.submitted_at),
        "recommendation": scorecard.recommendation,
        "summary": scorecard.summary,
        "reason": scorecard.reason,
        "ratings": ratings,
    }


def interview_progress(interview: Interview) -> dict[str, object]:
    """Return how far an interview is: `rated` is None where its ratings may not be seen."""
    return {"questions": len(interview.kit), "rated": _rated(interview)}


def _rated(interview: Interview) -> int | None:
    if interview.state is InterviewState.SUBMITTED:
        return len(interview.kit)
    if interview.state is InterviewState.STARTED and not interview.ratings:
        return None
    return len(interview.kit) - len(interview.outstanding)


def rated_word(interview: Interview) -> Word:
    """Say how many of its questions are rated, `?` where its ratings may not be seen."""
    rated = _rated(interview)
    return Word(_("{done} of {all}").format(done="?" if rated is None else rated, all=len(interview.kit)))


def _facts(interview: Interview) -> Facts:
    return Facts(
        (
            (_("Id"), interview.id),
            (_("Opening"), interview.opening),
            (_("Candidate"), interview.candidate),
            (_("Interviewer"), interview.interviewer),
            (_("State"), state_word(interview.state)),
            (_("Rated"), rated_word(interview)),
            *([(zoned(_("Planned for")), moment(interview.scheduled_at))] if interview.scheduled_at else []),
        )
    )


def _ratings(interview: Interview, rubric: Rubric, language: str) -> Table:
    columns = (
        Column("question", _("Question")),
        Column("rating", _("Rating")),
        Column("probes", _("Probes")),
        Column("text", _("Wording"), wrap=True),
        Column("evidence", _("Evidence"), wrap=True),
    )

    def row(rating: Rating) -> tuple[Cell, ...]:
        asked = rubric.question(rating.question)
        probes = ", ".join(str(probe + 1) for probe in rating.probes)
        text = asked.text.in_language(language) if asked else ""
        return Word(rating.question), rating_cell(rating.value), Word(probes or "-"), text, rating.evidence

    return Table(columns, tuple(row(interview.rating(question)) for question in interview.kit), _("Ratings"))


def _scorecards(scorecards: Sequence[Scorecard]) -> tuple[Block, ...]:
    columns = (
        Column("number", _("No.")),
        Column("submitted_at", zoned(_("Submitted"))),
        Column("recommendation", _("Recommendation")),
        Column("summary", _("Summary"), wrap=True),
        Column("reason", _("Why amended"), wrap=True),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            Number(each.number, 0),
            Word(moment(each.submitted_at)),
            recommendation_word(each.recommendation),
            each.summary,
            each.reason,
        )
        for each in scorecards
    ]
    return (Table(columns, tuple(rows), _("Scorecards")),) if rows else ()


def progress_count(interviews: Sequence[Interview]) -> dict[str, int]:
    """Count interviews and those of them that are submitted."""
    submitted = sum(interview.state is InterviewState.SUBMITTED for interview in interviews)
    return {"interviews": len(interviews), "submitted": submitted}


def progress_word(interviews: Sequence[Interview]) -> Word:
    """Say how many of these interviews are submitted."""
    count = progress_count(interviews)
    words = _("{done} of {all}").format(done=count["submitted"], all=count["interviews"])
    return Word(words if interviews else "-")
