"""`hiringkit interview`: schedule, hold, submit and amend interviews."""

import sys
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from hiringkit.cli.base import Group, option
from hiringkit.cli.session import Session, with_session
from hiringkit.locale import _, n_, say
from hiringkit.settings import load_settings, zone_in_use
from hiringkit.timezone import MOMENT_HINT, parse_moment

if TYPE_CHECKING:
    from hiringkit.domain.interview import Interview

STATES = ("scheduled", "planned", "started", "submitted", "cancelled", "owed")
"""What `--state` takes; `planned` is another word for `scheduled`."""


def _at_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--at`, in the one time zone that `hiringkit where` names; the command gets UTC."""
    added: Callable[..., Any] = option(
        "--at",
        metavar="TIME",
        callback=_read_moment,
        help=n_("When, such as 2026-03-02T14:00, in the time zone that `hiringkit where` names."),
    )(function)
    return added


def _read_moment(_ctx: click.Context, _param: click.Parameter, value: str | None) -> datetime | None:
    if value is None:
        return None
    load_settings({})  # options are read before the command has any settings
    read = parse_moment(value)
    if isinstance(read, datetime):
        return read
    raise click.BadParameter(f"{say(read)}: {say(MOMENT_HINT.format(zone=zone_in_use()))}")


@click.group("interview", cls=Group, help=n_("Schedule, hold and submit interviews."))
def command() -> None:
    """Hold the verbs."""


@command.command(
    "schedule",
    calendar=True,
    help=n_(
        "Plan a candidate's interviews with one or more interviewers. Without --question the kit is chosen: all"
        " questions, or with --minutes those that cover most of what is not yet covered; --stage takes the questions of"
        " a stage of the rubric that the candidate is asked in no other interview. Many at once: --from plans"
        " the rows of a file, --all every candidate's interviews with the same interviewers, who share the questions"
        " out among them. All of it is planned or none. Who would be in two interviews at once is named."
    ),
    examples=[
        "hiringkit interview schedule som-2026 amara-osei helen-brandt --minutes 60",
        "hiringkit interview schedule som-2026 amara-osei helen-brandt --question bottlenecks --question large-data",
        "hiringkit interview schedule som-2026 amara-osei helen-brandt --at 2026-03-02T14:00 -o interview.ics",
        "hiringkit interview schedule som-2026 amara-osei helen-brandt --stage screen",
        "hiringkit interview schedule som-2026 --from plan.csv",
        "hiringkit interview schedule som-2026 --all --interviewer helen-brandt --interviewer marcus-webb --minutes 45",
    ],
)
@click.argument("opening")
@click.argument("candidate", required=False)
@click.argument("interviewers", nargs=-1, metavar="INTERVIEWER...")
@option(
    "--from",
    "file",
    metavar="FILE",
    help=n_("A CSV file with the columns candidate, interviewer and, if wanted, at, minutes, location, questions."),
)
@option("--all", "everybody", is_flag=True, help=n_("Every candidate who is in the running."))
@option("--interviewer", "named", multiple=True, metavar="WHO", help=n_("Who interviews; repeat it for more."))
@option("--question", "questions", multiple=True, help=n_("A question of the kit; repeat it for more."))
@option("--minutes", type=click.FloatRange(min=1), help=n_("How long each interview may be."))
@option("--stage", metavar="ID", help=n_("The questions of this stage of the rubric."))
@_at_option
@option("--location", default="", help=n_("Where: a room or a link."))
@option("--again", is_flag=True, help=n_("A further round, on questions that the interviewer has not asked yet."))
@with_session
def schedule(
    session: Session,
    opening: str,
    candidate: str | None,
    interviewers: tuple[str, ...],
    named: tuple[str, ...],
    file: str | None,
    everybody: bool,
    **options: Any,
) -> None:
    """Plan interviews, all or none."""
    from hiringkit.cli.plans import PlanOptions, plan

    who = (*interviewers, *named)
    planned = plan(session, opening, PlanOptions(candidate, who, file, everybody, **options))
    _list(session, opening, planned)
    if planned:
        first = planned[0]
        session.note(_("Next: hiringkit interview score {id} --as {who}").format(id=first.id, who=first.interviewer))


@command.command(
    "list",
    calendar=True,
    help=n_("List the interviews of an opening; -o FILE.ics writes those with a time as a calendar."),
    examples=[
        "hiringkit interview list som-2026 -f json",
        "hiringkit interview list som-2026 --state scheduled --state started",
        "hiringkit interview list som-2026 --interviewer helen-brandt -o panel.ics",
    ],
)
@click.argument("opening")
@option("--candidate", help=n_("Only this candidate's: id, name or e-mail."))
@option("--interviewer", help=n_("Only this interviewer's: id, name or e-mail."))
@option(
    "--state",
    "states",
    multiple=True,
    type=click.Choice(STATES),
    help=n_("Only those in this state; owed is scheduled or started. Repeat it for more."),
)
@with_session
def list_(
    session: Session, opening: str, candidate: str | None, interviewer: str | None, states: tuple[str, ...]
) -> None:
    """List interviews."""
    from hiringkit.actions.schedule import list_interviews

    found = list_interviews(
        session.store(), session.actor, opening, candidate=candidate, interviewer=interviewer, states=states
    )
    _list(session, opening, found, narrowed=bool(candidate or interviewer or states))


def _list(session: Session, opening: str, interviews: "tuple[Interview, ...]", *, narrowed: bool = False) -> None:
    from hiringkit.actions.people import names_of
    from hiringkit.actions.timetable import engagements
    from hiringkit.report.views.interview import interviews_report
    from hiringkit.report.views.outstanding import calendar_events

    store = session.store()
    session.emit(
        interviews_report(
            interviews,
            *names_of(store, opening),
            opening=opening,
            narrowed=narrowed,
            events=lambda: calendar_events(engagements(store, interviews)),
        )
    )


@command.command(
    "show",
    help=n_("Show an interview: its kit and, where you may see them, its ratings."),
    examples=["hiringkit interview show som-2026/amara-osei/helen-brandt"],
)
@click.argument("interview")
@with_session
def show(session: Session, interview: str) -> None:
    """Show an interview."""
    _show(session, interview)


@command.command(
    "edit",
    help=n_(
        "Correct when or where an interview takes place, or who interviews. The new interviewer takes over the"
        " questions; the former one owes nothing any more."
    ),
    examples=[
        'hiringkit interview edit som-2026/amara-osei/helen-brandt --at 2026-03-02T14:00 --location "Room 3"',
        "hiringkit interview edit som-2026/amara-osei/helen-brandt --interviewer marcus-webb",
    ],
)
@click.argument("interview")
@_at_option
@option("--location", help=n_("Where: a room or a link; empty for none."))
@option("--interviewer", help=n_("Who interviews instead: id, e-mail or name."))
@with_session
def edit(session: Session, interview: str, at: datetime | None, location: str | None, interviewer: str | None) -> None:
    """Correct an interview."""
    from hiringkit.actions.interview_plans import edit_interview
    from hiringkit.actions.timetable import double_bookings

    changed = edit_interview(
        session.store(), session.actor, interview, at=at, location=location, interviewer=interviewer
    )
    _show(session, changed.id)
    session.tell(double_bookings(session.store(), session.actor, [changed.id]))


@command.command(
    "cancel",
    help=n_("Cancel an interview: nobody owes its scorecard. What is written in it is kept and counts for nothing."),
    examples=['hiringkit interview cancel som-2026/amara-osei/helen-brandt --reason "interviewer is ill"'],
)
@click.argument("interview")
@option("--reason", required=True, help=n_("Why it does not take place."))
@with_session
def cancel(session: Session, interview: str, reason: str) -> None:
    """Cancel an interview."""
    from hiringkit.actions.interview_plans import cancel_interview

    cancel_interview(session.store(), session.actor, interview, reason)
    _show(session, interview)
    session.note(_("To take it back: hiringkit interview restore {interview}").format(interview=interview))


@command.command(
    "restore",
    help=n_("Take back that an interview is cancelled: it goes on where it was."),
    examples=["hiringkit interview restore som-2026/amara-osei/helen-brandt"],
)
@click.argument("interview")
@with_session
def restore(session: Session, interview: str) -> None:
    """Take back that an interview is cancelled."""
    from hiringkit.actions.interview_plans import restore_interview

    restore_interview(session.store(), session.actor, interview)
    _show(session, interview)


@command.command(
    "score",
    help=n_(
        "Hold an interview by prompts: question, probes, anchors; then your rating. Made for screen readers too."
        " Every answer is saved at once; run it again to go on."
    ),
    examples=[
        "hiringkit interview score som-2026/amara-osei/helen-brandt",
        "hiringkit interview score card.html",
    ],
)
@click.argument("interview", metavar="INTERVIEW | CARD.html")
@with_session
def score(session: Session, interview: str) -> None:
    """Hold an interview by prompts."""
    from hiringkit.cli.cards import filling_in, is_card
    from hiringkit.cli.interview_prompts import hold_interview

    if is_card(interview):
        with filling_in(session, interview, session.actor) as card:
            hold_interview(card.store, card.actor, card.interview, session.language, card=interview)
        return
    hold_interview(session.store(), session.actor, interview, session.language)


@command.command(
    "rate",
    help=n_(
        "Rate one answer: a level of the scale, not-assessed or no-evidence. Evidence that is there already is kept"
        " beside the new one, unless it is replaced."
    ),
    examples=[
        "hiringkit interview rate som-2026/amara-osei/helen-brandt bottlenecks 4",
        'hiringkit interview rate som-2026/amara-osei/helen-brandt bottlenecks 4 --evidence "timed every stage"',
    ],
)
@click.argument("interview")
@click.argument("question")
@click.argument("rating")
@option("--evidence", help=n_("What the candidate said."))
@option("--replace", is_flag=True, help=n_("Replace the evidence that is there."))
@option("--probe", "probes", type=click.IntRange(min=1), multiple=True, help=n_("Number of a probe that was used."))
@with_session
def rate(
    session: Session,
    interview: str,
    question: str,
    rating: str,
    evidence: str | None,
    replace: bool,
    probes: tuple[int, ...],
) -> None:
    """Rate one answer."""
    from attrs import evolve

    from hiringkit.actions.interviews import rate as rate_answer
    from hiringkit.actions.interviews import read_value
    from hiringkit.actions.schedule import show_interview

    store = session.store()
    value = read_value(store, interview, rating)
    used = [probe - 1 for probe in probes] or None
    before = show_interview(store, session.actor, interview).interview.rating(question)
    # who did not ask to replace it has not seen the evidence that is there
    base = before if replace or evidence is None else evolve(before, evidence="")
    kept = rate_answer(
        store, session.actor, interview, question, value=value, evidence=evidence, probes=used, base=base
    )
    _show(session, interview)
    if before.value not in (None, kept.value):
        session.note(_("Before, the rating was {value}.").format(value=before.value))
    if kept.value != value:
        session.note(_("Another window gave {value} at the same moment, which stays.").format(value=kept.value))


@command.command(
    "note",
    help=n_(
        "Write a note that is not about one question; you alone read it. With --handover it is for the candidate's"
        " other interviewers: lines that end in a question mark they read at once, the rest once their own scorecard"
        " is in. What is there already is kept above it, unless it is replaced; interview show shows it."
    ),
    examples=[
        'hiringkit interview note som-2026/amara-osei/helen-brandt "asked about remote work"',
        'hiringkit interview note som-2026/amara-osei/helen-brandt --handover "What did the forecast miss cost?"',
    ],
)
@click.argument("interview")
@click.argument("text")
@option("--handover", is_flag=True, help=n_("For the candidate's other interviewers."))
@option("--replace", is_flag=True, help=n_("Replace what is there; an empty text removes it."))
@with_session
def note(session: Session, interview: str, text: str, *, handover: bool, replace: bool) -> None:
    """Write about an interview as a whole."""
    from hiringkit.actions.interviews import add_text, write_text
    from hiringkit.domain.interview import InterviewText

    part = InterviewText.HANDOVER if handover else InterviewText.NOTES
    write = write_text if replace else add_text
    write(session.store(), session.actor, interview, part, text)
    _show(session, interview)


@command.command(
    "add-question",
    help=n_(
        "Put a question of the rubric that was not planned at the end of an interview's kit, because it was asked."
        " Then rate it like the others; whoever did not ask it after all marks it not-assessed."
    ),
    examples=["hiringkit interview add-question som-2026/amara-osei/helen-brandt large-data"],
)
@click.argument("interview")
@click.argument("question")
@with_session
def add_question(session: Session, interview: str, question: str) -> None:
    """Add a question that was not planned."""
    from hiringkit.actions.interviews import add_question as add

    add(session.store(), session.actor, interview, question)
    _show(session, interview)


@command.command(
    "submit",
    help=n_("Submit the scorecard: every question has a level or a mark, and from then on it is locked."),
    examples=['hiringkit interview submit som-2026/amara-osei/helen-brandt --recommend yes --summary "solid on data"'],
)
@click.argument("interview")
@option("--recommend", metavar="[strong-yes|yes|no|strong-no]", help=n_("Your overall recommendation."))
@option("--summary", help=n_("Your reason in one line."))
@with_session
def submit(session: Session, interview: str, recommend: str | None, summary: str | None) -> None:
    """Submit the scorecard."""
    from hiringkit.actions.interviews import resume_interview
    from hiringkit.actions.interviews import submit as submit_scorecard
    from hiringkit.domain.interview import InterviewText

    if recommend is None and sys.stdin.isatty():
        drafted = resume_interview(session.store(), session.actor, interview).texts
        if not drafted.get(InterviewText.RECOMMENDATION):
            recommend = _ask_recommendation()
    submit_scorecard(session.store(), session.actor, interview, recommendation=recommend, summary=summary)
    _show(session, interview)


@command.command(
    "amend",
    help=n_("Change a submitted scorecard; the one before is kept, with your reason beside the new one."),
    examples=[
        'hiringkit interview amend som-2026/amara-osei/helen-brandt bottlenecks 3 --reason "misheard a figure"',
        'hiringkit interview amend som-2026/amara-osei/helen-brandt --recommend no --reason "references disagree"',
    ],
)
@click.argument("interview")
@click.argument("question", required=False)
@click.argument("rating", required=False)
@option("--reason", required=True, help=n_("Why it is changed."))
@option("--evidence", help=n_("What the candidate said."))
@option("--recommend", metavar="[strong-yes|yes|no|strong-no]", help=n_("Your overall recommendation."))
@option("--summary", help=n_("Your reason for the recommendation in one line."))
@with_session
def amend(
    session: Session,
    interview: str,
    question: str | None,
    rating: str | None,
    reason: str,
    evidence: str | None,
    recommend: str | None,
    summary: str | None,
) -> None:
    """Change a submitted scorecard."""
    from hiringkit.actions.interviews import KEEP, read_value
    from hiringkit.actions.interviews import amend as amend_scorecard

    store = session.store()
    value = read_value(store, interview, rating) if rating else KEEP
    amend_scorecard(
        store,
        session.actor,
        interview,
        question,
        reason=reason,
        value=value,
        evidence=evidence,
        recommendation=recommend,
        summary=summary,
    )
    _show(session, interview)


def _ask_recommendation() -> str:
    from hiringkit.actions.interviews import RECOMMENDATIONS

    names = ", ".join(RECOMMENDATIONS)
    words = _("No recommendation is given. Recommendation ({words}, or empty)").format(words=names)
    answer: str = click.prompt(words, default="", show_default=False, err=True)
    return answer.strip()


def _show(session: Session, interview: str) -> None:
    from hiringkit.actions.interviews import resume_interview
    from hiringkit.report.views.interview import interview_report

    sitting = resume_interview(session.store(), session.actor, interview)
    view = sitting.view
    session.emit(
        interview_report(
            view.interview,
            view.rubric,
            candidate=view.candidate.name,
            interviewer=view.interviewer.name,
            origin=view.origin,
            language=session.language,
            note=view.candidate.note,
            texts=sitting.texts,
            handovers=[(who.name, text) for who, text in sitting.handovers],
        )
    )


@command.command(
    "matrix",
    help=n_(
        "Write an empty matrix to fill in without the program: a row for each question of each interview that is not"
        " submitted, the levels as a list to choose from. With -o FILE.xlsx; acting as an interviewer, your own."
    ),
    examples=["hiringkit interview matrix som-2026 --interviewer helen@example.org -o matrix.xlsx"],
)
@click.argument("opening")
@option("--interviewer", help=n_("Only this interviewer's: id or e-mail."))
@with_session
def matrix(session: Session, opening: str, interviewer: str | None) -> None:
    """Write an empty matrix."""
    from hiringkit.actions.schedule import open_interviews
    from hiringkit.report.views.debrief_sheets import matrix_report

    found = open_interviews(session.store(), session.actor, opening, interviewer=interviewer)
    report = matrix_report(found.interviews, found.candidates, found.rubric, session.language)
    session.usual_format = "csv"
    session.emit(report)


@command.command(
    "card",
    help=n_(
        "Hand out an interview as a card: one file of HTML that holds the kit and works without any server, from a mail"
        " and on a phone. It keeps what is written in the browser, and saves it as a file for: hiringkit interview"
        " receive. With --all and -o DIR, a card for each interview of an opening that has not been started."
    ),
    examples=[
        "hiringkit interview card som-2026/amara-osei/helen-brandt -o card.html",
        "hiringkit interview card som-2026 --all -o cards/",
    ],
)
@click.argument("interview")
@option("--all", "everybody", is_flag=True, help=n_("Every interview of the opening that has not been started."))
@with_session
def card(session: Session, interview: str, *, everybody: bool) -> None:
    """Hand out interviews as cards."""
    from hiringkit.cli.cards import write_card, write_cards

    (write_cards if everybody else write_card)(session, interview)


@command.command(
    "receive",
    help=n_(
        "Take in what was saved from interview cards. A finished card becomes a submitted scorecard, a draft a draft. A"
        " file that was edited or received before, or whose interview has changed here since, is refused with the"
        " reason; the others are taken in, and the exit code is 1."
    ),
    examples=[
        "hiringkit interview receive som-2026_amara-osei_helen-brandt.hkcard.json",
        "hiringkit interview receive inbox/*.hkcard.json --dry-run -f json",
    ],
)
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@option("--dry-run", is_flag=True, help=n_("Show what would be received, and change nothing."))
@with_session
def receive(session: Session, files: tuple[str, ...], *, dry_run: bool) -> int:
    """Take in filled cards."""
    from hiringkit.cli.cards import receive_files

    return receive_files(session, files, dry_run=dry_run)
