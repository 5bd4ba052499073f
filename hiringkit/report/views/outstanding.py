"""What is still to be held and handed in, in all openings; and interviews as calendars have them."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from hiringkit.domain.interview import Interview, InterviewState
from hiringkit.domain.plan import Engagement
from hiringkit.locale import _
from hiringkit.report.model import Block, Cell, Column, Event, Notes, Report, Table, Tone, Word
from hiringkit.report.views.interview import interview_summary, rated_word
from hiringkit.report.words import distinct_names, moment, standing_word, zoned

_LATEST = float("inf")


def outstanding_report(engagements: Sequence[Engagement], now: datetime) -> Report:
    """List interviews whose scorecard is still to come, by interviewer and date.

    Args:
        engagements: In any order.
        now: What was planned for a time before is overdue.
    """
    names = distinct_names({each.interviewer.id: each.interviewer.name for each in engagements}.items())

    def order(each: Engagement) -> tuple[str, str, float, str]:
        at = each.interview.scheduled_at
        name = names[each.interviewer.id].casefold()
        return name, each.interviewer.id, at.timestamp() if at else _LATEST, each.interview.id

    ordered = sorted(engagements, key=order)
    return Report(
        title=_("Outstanding"),
        blocks=lambda: (_table(ordered, names, now), *_counts(ordered, now)),
        document={
            "schema": "hiringkit/outstanding/1",
            "outstanding": [
                {
                    **interview_summary(each.interview),
                    "opening_title": each.opening.title,
                    "candidate_name": each.candidate.name,
                    "interviewer_name": each.interviewer.name,
                    "interviewer_email": each.interviewer.email,
                    "overdue": _overdue(each.interview, now),
                }
                for each in ordered
            ],
        },
        events=lambda: calendar_events([each for each in ordered if each.interview.scheduled_at]),
    )


def _table(engagements: Sequence[Engagement], names: Mapping[str, str], now: datetime) -> Table:
    columns = (
        Column("interviewer", _("Interviewer")),
        Column("scheduled_at", zoned(_("Planned for"))),
        Column("candidate", _("Candidate")),
        Column("opening", _("Opening")),
        Column("state", _("State")),
        Column("rated", _("Rated")),
        Column("id", _("Id")),
    )

    def row(each: Engagement) -> tuple[Cell, ...]:
        state = Word(_("overdue"), Tone.BAD) if _overdue(each.interview, now) else standing_word(each.interview)
        return (
            names[each.interviewer.id],
            Word(moment(each.interview.scheduled_at)),
            each.candidate.name,
            each.opening.title,
            state,
            rated_word(each.interview),
            Word(each.interview.id),
        )

    return Table(columns, tuple(map(row, engagements)), empty=_("Nothing is outstanding: every scorecard is in."))


def _overdue(interview: Interview, now: datetime) -> bool:
    at = interview.scheduled_at
    return at is not None and at < now and interview.state is not InterviewState.STARTED


def _counts(engagements: Sequence[Engagement], now: datetime) -> tuple[Block, ...]:
    if not engagements:
        return ()
    people = len({each.interviewer.id for each in engagements})
    late = sum(_overdue(each.interview, now) for each in engagements)
    said = _("Scorecards to come: {count}; interviewers who owe one: {people}; overdue: {late}.")
    return (Notes((said.format(count=len(engagements), people=people, late=late),)),)


def calendar_events(engagements: Sequence[Engagement]) -> tuple[Event, ...]:
    """Return interviews as a calendar has them: nothing of what anybody made of the candidate.

    Args:
        engagements: Each with a time.
    """
    return tuple(
        Event(
            id=each.interview.id,
            start=each.interview.scheduled_at,
            minutes=each.minutes,
            summary=_("Interview: {candidate}, {opening}").format(
                candidate=each.candidate.name, opening=each.opening.title
            ),
            description=_("Interviewer: {interviewer}\nQuestions: {count}\nhiringkit interview score {id}").format(
                interviewer=each.interviewer.name, count=len(each.interview.kit), id=each.interview.id
            ),
            location=each.interview.location,
            cancelled=each.interview.state is InterviewState.CANCELLED or each.interview.withdrawn_at is not None,
            attendee=each.interviewer.name,
            email=each.interviewer.email,
        )
        for each in engagements
        if each.interview.scheduled_at
    )
