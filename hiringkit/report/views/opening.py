"""Openings: listed with their progress, and one with its people and interviews."""

from collections.abc import Mapping, Sequence

from hiringkit.domain.interview import DroppedQuestion, Interview, InterviewProgress, InterviewState, Opening
from hiringkit.domain.panel import StoredPlan
from hiringkit.domain.people import Candidate, Interviewer
from hiringkit.locale import _
from hiringkit.report.model import Cell, Column, Facts, Report, Table, Tone, Word, plain
from hiringkit.report.views.interview import (
    interview_progress,
    interview_summary,
    interviews_table,
    progress_word,
    submitted_word,
)
from hiringkit.report.views.people import candidates_table
from hiringkit.report.words import day, moment, not_ranked, standing_word, zoned


def openings_report(openings: Sequence[Opening], held: Mapping[str, InterviewProgress] | None = None) -> Report:
    """List openings, with how many of their interviews are submitted, by the openings' ids."""
    columns = (
        Column("id", _("Id")),
        Column("title", _("Title"), wrap=True),
        Column("rubric", _("Rubric")),
        Column("state", _("State")),
        Column("submitted", _("Submitted")),
        Column("created_at", _("Created")),
    )

    def count(opening: Opening) -> dict[str, int]:
        progress = (held or {}).get(opening.id, InterviewProgress())
        return {"interviews": progress.planned, "submitted": progress.submitted}

    def row(opening: Opening) -> tuple[Cell, ...]:
        return (
            Word(opening.id),
            opening.title,
            opening.rubric,
            opening_state(opening),
            submitted_word(**count(opening)),
            Word(day(opening.created_at)),
        )

    empty = _("No openings yet. Create one: hiringkit opening create ID --rubric RUBRIC")
    return Report(
        title=_("Openings"),
        blocks=(Table(columns, tuple(map(row, openings)), empty=empty),),
        document={
            "schema": "hiringkit/openings/1",
            "openings": [{**plain(opening), **count(opening)} for opening in openings],
        },
    )


def opening_report(
    opening: Opening,
    candidates: Sequence[Candidate],
    interviewers: Sequence[Interviewer],
    interviews: Sequence[Interview],
    *,
    dropped: Sequence[DroppedQuestion] = (),
    is_ranked: bool = True,
) -> Report:
    """Show an opening with its people and interviews; of ratings only whether they are in.

    Args:
        opening: The opening.
        candidates: In the order in which they were added.
        interviewers: Those who interview in it.
        interviews: Their interviews.
        dropped: Questions that are left out for everybody.
        is_ranked: Whether candidates are put in an order.
    """
    facts = Facts(
        (
            (_("Id"), opening.id),
            (_("Rubric"), f"{opening.rubric} {opening.version}"),
            (_("Digest"), opening.digest),
            (_("State"), opening_state(opening)),
            (zoned(_("Created")), moment(opening.created_at)),
            *([(zoned(_("Closed")), moment(opening.closed_at))] if opening.closed_at else []),
            (_("Submitted"), progress_word(interviews)),
            *(() if is_ranked else ((_("Ranking"), not_ranked()),)),
        )
    )
    people = candidates_table(candidates, interviews, opening.id, caption=_("Candidates"))
    panel = interviews_table(
        interviews,
        {person.id: person.name for person in candidates},
        {person.id: person.name for person in interviewers},
        opening=opening.id,
        caption=_("Interviews"),
    )
    return Report(
        title=opening.title or opening.id,
        blocks=(facts, people, panel, *((dropped_table(dropped),) if dropped else ())),
        document={
            "schema": "hiringkit/opening/1",
            "opening": plain(opening),
            "candidates": plain(tuple(candidates)),
            "interviewers": plain(tuple(interviewers)),
            "interviews": [interview_summary(interview) for interview in interviews],
            "dropped_questions": plain(tuple(dropped)),
        },
        data=people,
    )


def dropped_report(opening: str, dropped: Sequence[DroppedQuestion]) -> Report:
    """List the questions that are left out of an opening."""
    return Report(
        title=_("Questions left out of {opening}").format(opening=opening),
        blocks=(dropped_table(dropped, caption=False),),
        document={
            "schema": "hiringkit/dropped-questions/1",
            "opening": opening,
            "dropped_questions": plain(tuple(dropped)),
        },
    )


def dropped_table(dropped: Sequence[DroppedQuestion], *, caption: bool = True) -> Table:
    """List questions that are left out for everybody, each with the reason."""
    columns = (
        Column("question", _("Question")),
        Column("reason", _("Why it is left out"), wrap=True),
        Column("at", zoned(_("Since"))),
        Column("by", _("By")),
    )
    rows: list[tuple[Cell, ...]] = [
        (Word(each.question), each.reason, Word(moment(each.at)), each.by or "-") for each in dropped
    ]
    title = _("Questions left out for everybody") if caption else ""
    return Table(columns, tuple(rows), title, _("Every question counts."))


def opening_state(opening: Opening) -> Word:
    """Say whether an opening takes ratings."""
    return Word(_("closed"), Tone.QUIET) if opening.closed_at else Word(_("open"), Tone.GOOD)


def panel_table(
    candidates: Sequence[Candidate],
    interviewers: Sequence[Interviewer],
    interviews: Sequence[Interview],
    plan: StoredPlan | None = None,
) -> Table:
    """Show candidates as rows and interviewers as columns, with the state of their interviews.

    Args:
        candidates: In the order in which they are shown.
        interviewers: Likewise.
        interviews: As far as the reader may see them.
        plan: Of the panel; its kits stand before the states, and its interviews where none is scheduled.
    """
    running = (interview for interview in interviews if interview.state is not InterviewState.CANCELLED)
    held = {(interview.candidate, interview.interviewer): interview for interview in running}
    columns = (Column("candidate", _("Candidate")), *(Column(each.id, each.name) for each in interviewers))

    def row(candidate: Candidate) -> tuple[Cell, ...]:
        return candidate.name, *(cell(candidate.id, each.id) for each in interviewers)

    def cell(candidate: str, interviewer: str) -> Word:
        word = _state(held.get((candidate, interviewer)))
        planned = None if plan is None else plan.interview(candidate, interviewer)
        if planned is None:
            return word
        return Word(f"{planned.kit} {word.text if word.text != '-' else _('planned')}", word.tone)

    empty = _("No interviews yet. Plan one: hiringkit interview schedule OPENING CANDIDATE INTERVIEWER")
    return Table(columns, tuple(map(row, candidates)) if interviews or plan else (), empty=empty)


def _state(interview: Interview | None) -> Word:
    if interview is None:
        return Word("-", Tone.QUIET)
    word = standing_word(interview)
    rated = interview_progress(interview)["rated"]
    if interview.state is not InterviewState.STARTED or rated is None:
        return word
    progress = _("{done} of {all}").format(done=rated, all=len(interview.kit))
    return Word(f"{word.text} {progress}", word.tone)
