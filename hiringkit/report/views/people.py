"""Candidates and interviewers, in lists and one by one."""

from collections.abc import Mapping, Sequence

from hiringkit.domain.interview import Interview
from hiringkit.domain.people import Candidate, Interviewer
from hiringkit.domain.practice import PracticeLog
from hiringkit.locale import _
from hiringkit.report.model import Cell, Column, Facts, Report, Table, Tone, Word, plain
from hiringkit.report.views.interview import (
    interview_summary,
    interviews_table,
    progress_count,
    progress_word,
    rated_word,
)
from hiringkit.report.views.practice import log_document, practised_blocks
from hiringkit.report.words import day, moment, outcome_word, standing_word, zoned

Names = Mapping[str, str]


def candidates_report(
    candidates: Sequence[Candidate], interviews: Sequence[Interview] = (), *, opening: str = ""
) -> Report:
    """List candidates.

    Args:
        candidates: In the order in which they are shown.
        interviews: The opening's, for the progress.
        opening: The opening's id.
    """
    return Report(
        title=_("Candidates"),
        blocks=(candidates_table(candidates, interviews, opening),),
        document={
            "schema": "hiringkit/candidates/1",
            "opening": opening,
            "candidates": [{**plain(each), **progress_count(_held(each, interviews))} for each in candidates],
        },
    )


def candidate_report(
    candidate: Candidate,
    interviews: Sequence[Interview] = (),
    *,
    opening: str = "",
    title: str = "",
    interviewers: Names | None = None,
) -> Report:
    """Show one candidate and the interviews planned and held.

    Args:
        candidate: Who.
        interviews: Theirs.
        opening: The opening's id.
        title: The opening's title.
        interviewers: Names by id.
    """
    names = interviewers or {}
    facts = Facts(
        (
            (_("Id"), candidate.id),
            *([(_("Opening"), f"{title} ({opening})")] if title else []),
            (_("E-mail"), candidate.email or "-"),
            (_("State"), _candidate_state(candidate)),
            *([(_("Outcome"), outcome_word(candidate))] if candidate.outcome else []),
            *([(_("Résumé in one line"), candidate.resume_line)] if candidate.resume_line else []),
            *([(_("Note"), candidate.note)] if candidate.note else []),
        )
    )
    table = interviews_table(
        interviews, {candidate.id: candidate.name}, names, opening=opening, caption=_("Interviews")
    )
    return Report(
        title=candidate.name,
        blocks=(facts, table),
        document={
            "schema": "hiringkit/candidate/1",
            "opening": opening,
            "candidate": plain(candidate),
            "opening_title": title,
            "interviews": [
                {**interview_summary(each), "interviewer_name": names.get(each.interviewer, "")} for each in interviews
            ],
        },
    )


def interviewers_report(interviewers: Sequence[Interviewer]) -> Report:
    """List interviewers."""
    columns = (Column("id", _("Id")), Column("name", _("Name")), Column("email", _("E-mail")))
    rows = tuple((Word(each.id), each.name, each.email) for each in interviewers)
    empty = _("No interviewers yet. Add one: hiringkit interviewer add NAME --email ADDRESS")
    return Report(
        title=_("Interviewers"),
        blocks=(Table(columns, rows, empty=empty),),
        document={"schema": "hiringkit/interviewers/1", "interviewers": plain(tuple(interviewers))},
    )


def interviewer_report(
    interviewer: Interviewer,
    interviews: Sequence[Interview] = (),
    *,
    openings: Names | None = None,
    candidates: Mapping[tuple[str, str], str] | None = None,
    practice: Mapping[str, PracticeLog] | None = None,
) -> Report:
    """Show one interviewer, the interviews that are theirs and how they have practised.

    Args:
        interviewer: Who.
        interviews: Theirs.
        openings: Titles of openings by id.
        candidates: Candidates' names by the ids of opening and candidate.
        practice: By bank; None where the reader may not know it.
    """
    facts = Facts(((_("Id"), interviewer.id), (_("E-mail"), interviewer.email or "-")))
    titles, names = openings or {}, candidates or {}
    table = _interviews_across(interviews, titles, names)
    return Report(
        title=interviewer.name,
        blocks=(facts, table, *([] if practice is None else practised_blocks(practice))),
        document={
            "schema": "hiringkit/interviewer/1",
            "interviewer": plain(interviewer),
            "interviews": [
                {
                    **interview_summary(each),
                    "opening_title": titles.get(each.opening, ""),
                    "candidate_name": names.get((each.opening, each.candidate), ""),
                }
                for each in interviews
            ],
            "practice": None
            if practice is None
            else [{"bank": bank, **log_document(log)} for bank, log in practice.items()],
        },
    )


def _interviews_across(
    interviews: Sequence[Interview], openings: Names, candidates: Mapping[tuple[str, str], str]
) -> Table:
    dated = any(interview.scheduled_at for interview in interviews)
    columns = (
        Column("id", _("Id")),
        Column("candidate", _("Candidate")),
        Column("opening", _("Opening")),
        Column("state", _("State")),
        Column("rated", _("Rated")),
        *([Column("scheduled_at", zoned(_("Planned for")))] if dated else []),
    )

    def row(interview: Interview) -> tuple[Cell, ...]:
        return (
            Word(interview.id),
            candidates.get((interview.opening, interview.candidate), interview.candidate),
            openings.get(interview.opening, interview.opening),
            standing_word(interview),
            rated_word(interview),
            *([Word(moment(interview.scheduled_at))] if dated else []),
        )

    empty = _("No interviews yet. Plan one: hiringkit interview schedule {opening} CANDIDATE INTERVIEWER")
    return Table(columns, tuple(map(row, interviews)), _("Interviews"), empty.format(opening="OPENING"))


def candidates_table(
    candidates: Sequence[Candidate], interviews: Sequence[Interview], opening: str, *, caption: str = ""
) -> Table:
    """List candidates with how many of their interviews are submitted."""
    settled = any(candidate.outcome for candidate in candidates)
    columns = (
        Column("id", _("Id")),
        Column("name", _("Name")),
        Column("state", _("State")),
        Column("submitted", _("Submitted")),
        Column("email", _("E-mail")),
        *([Column("outcome", _("Outcome"))] if settled else []),
    )

    held: dict[str, list[Interview]] = {}
    for interview in interviews:
        held.setdefault(interview.candidate, []).append(interview)

    def row(candidate: Candidate) -> tuple[Cell, ...]:
        progress = progress_word(held.get(candidate.id, []))
        outcome = [outcome_word(candidate)] if settled else []
        return Word(candidate.id), candidate.name, _candidate_state(candidate), progress, candidate.email, *outcome

    empty = _("No candidates yet. Add one: hiringkit candidate add {opening} NAME")
    return Table(columns, tuple(map(row, candidates)), caption, empty.format(opening=opening or "OPENING"))


def _held(candidate: Candidate, interviews: Sequence[Interview]) -> list[Interview]:
    return [interview for interview in interviews if interview.candidate == candidate.id]


def _candidate_state(candidate: Candidate) -> Word:
    if candidate.withdrawn_at:
        when = _("withdrawn {when}").format(when=day(candidate.withdrawn_at))
        reason = candidate.withdrawn_reason
        return Word(_("{word}: {reason}").format(word=when, reason=reason) if reason else when, Tone.QUIET)
    return Word(_("in the running"))
