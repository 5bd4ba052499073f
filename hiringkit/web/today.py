"""My interviews: what is owed, what is next, what is handed in."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from attrs import frozen
from starlette.responses import Response

from hiringkit.actions.decisions import openings_to_vote_in
from hiringkit.actions.kits import planned_minutes
from hiringkit.actions.people import names_across
from hiringkit.actions.schedule import InterviewView, interviews_of, show_interview
from hiringkit.domain.interview import Interview, InterviewState
from hiringkit.locale import _
from hiringkit.report.model import Word
from hiringkit.report.words import moment, recommendation_word
from hiringkit.timezone import local
from hiringkit.web.visit import Visit


@frozen
class Job:
    """A card: one interview."""

    address: str
    name: str
    opening: str
    when: str
    beside: str
    """Smaller, below when it is."""
    tells: str
    button: str
    main: bool
    """Whether its button is the one to press."""


def show(visit: Visit) -> Response:
    """Show what is mine."""
    mine = own_interviews(visit)
    names = names_across(visit.store, [each.opening for each in mine])
    now = visit.room.clock()
    owed = [each for each in mine if each.owed]
    views = {each.id: show_interview(visit.store, visit.actor, each.id) for each in owed}
    late = [each for each in owed if _is_late(each, views[each.id], now)]
    today = [each for each in owed if each not in late and _is_today(each, now)]
    later = [each for each in owed if each not in late and each not in today]
    groups = [
        (_("Owed"), "owed", [_job(visit, views[each.id], now) for each in _by_time(late)]),
        (_("Today"), "now", [_job(visit, views[each.id], now) for each in _by_time(today)]),
        (_("Later"), "", [_job(visit, views[each.id], now) for each in _by_time(later)]),
    ]
    return visit.page(
        "today.html",
        _("My interviews"),
        heading=_headline(len(today), len(late), len(later)),
        day=f"{local(now):%Y-%m-%d}",
        votes=[
            (f"/decision/{visit.room.code('decision', each.id)}", each.title or each.id)
            for each in openings_to_vote_in(visit.store, visit.who.interviewer)
            if visit.who.link.opening in (None, each.id)
        ],
        groups=[(title, kind, jobs) for title, kind, jobs in groups if jobs],
        done=[
            (
                f"/interview/{visit.room.code('interview', each.id)}",
                names.candidates.get((each.opening, each.candidate), ""),
                names.openings[each.opening],
                _said(each),
                moment(each.scorecards[-1].submitted_at if each.scorecards else None),
            )
            for each in mine
            if each.state is InterviewState.SUBMITTED
        ],
    )


def own_interviews(visit: Visit) -> tuple[Interview, ...]:
    """Return the interviews of whoever is signed in, as far as their link leads to them."""
    return reachable(visit, interviews_of(visit.store, visit.actor, visit.who.interviewer))


def reachable(visit: Visit, interviews: Iterable[Interview]) -> tuple[Interview, ...]:
    """Return those of somebody's interviews to which their link leads and that are still to be held or were."""
    only = visit.who.link.opening
    return tuple(
        each
        for each in interviews
        if only in (None, each.opening) and each.state is not InterviewState.CANCELLED and not each.withdrawn_at
    )


def _is_late(interview: Interview, view: InterviewView, now: datetime) -> bool:
    """Return whether the interview was held, as far as can be told, and its scorecard is missing."""
    planned = interview.scheduled_at
    past = planned is not None and local(planned).date() < local(now).date()
    return past or (interview.state is InterviewState.STARTED and not view.outstanding)


def _is_today(interview: Interview, now: datetime) -> bool:
    planned = interview.scheduled_at
    started = interview.state is InterviewState.STARTED
    return started or (planned is not None and local(planned).date() == local(now).date())


def _by_time(interviews: Sequence[Interview]) -> list[Interview]:
    return sorted(interviews, key=lambda each: each.scheduled_at.timestamp() if each.scheduled_at else float("inf"))


def _job(visit: Visit, view: InterviewView, now: datetime) -> Job:
    interview = view.interview
    address = f"/interview/{visit.room.code('interview', interview.id)}"
    rated = len(interview.kit) - len(view.outstanding)
    minutes = _("{minutes:g} min").format(minutes=planned_minutes(view.rubric, interview.kit))
    planned = interview.scheduled_at
    when, beside = _("No date"), minutes
    if planned:
        same_day = local(planned).date() == local(now).date()
        when = f"{local(planned):%H:%M}" if same_day else f"{local(planned):%m-%d}"
        beside = minutes if same_day else f"{local(planned):%H:%M}, {minutes}"
    started = interview.state is InterviewState.STARTED
    if started and not view.outstanding:
        button, tells = _("Finish the scorecard"), _("Everything is rated; the recommendation is missing.")
    elif started:
        button = _("Go on")
        tells = _("{rated} of {count} questions rated.").format(rated=rated, count=len(interview.kit))
    else:
        button = _("Start the interview") if planned and _is_today(interview, now) else _("Prepare")
        tells = _("{count} questions, none rated yet.").format(count=len(interview.kit))
    if started and not view.outstanding:
        address += "/review"
    elif visit.room.terminal is not None:
        address += "/terminal"
    return Job(
        address,
        view.candidate.name,
        view.opening.title,
        when,
        beside,
        f"{tells} {interview.location}".strip(),
        button,
        main=started or _is_today(interview, now),
    )


def _headline(today: int, late: int, later: int) -> str:
    parts = []
    if today:
        parts.append(_("One interview today") if today == 1 else _("{n} interviews today").format(n=today))
    if late:
        parts.append(_("one scorecard owed") if late == 1 else _("{n} scorecards owed").format(n=late))
    if parts:
        joined = _(", ").join(parts)
        return joined[:1].upper() + joined[1:]
    return _("Nothing today") if later else _("No interviews are planned for you")


def _said(interview: Interview) -> Word:
    return recommendation_word(interview.scorecards[-1].recommendation if interview.scorecards else "")
