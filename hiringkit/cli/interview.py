"""`hiringkit interview`: schedule, hold, submit and amend interviews."""

from datetime import datetime

import click

from hiringkit.cli.base import Group, option
from hiringkit.cli.session import Session, with_session
from hiringkit.locale import _, n_


@click.group("interview", cls=Group, help=n_("Schedule, hold and submit interviews."))
def command() -> None:
    """Hold the verbs."""


@command.command(
    "schedule",
    help=n_(
        "Plan a candidate's interviews with one or more interviewers. Without --question the kit is chosen: all"
        " questions, or with --minutes those that cover most of what is not yet covered."
    ),
    examples=[
        "hiringkit interview schedule som-2026 amara-osei helen-brandt --minutes 60",
        "hiringkit interview schedule som-2026 amara-osei helen-brandt --question bottlenecks --question large-data",
    ],
)
@click.argument("opening")
@click.argument("candidate")
@click.argument("interviewers", nargs=-1, required=True, metavar="INTERVIEWER...")
@option("--question", "questions", multiple=True, help=n_("A question of the kit; repeat it for more."))
@option("--minutes", type=click.FloatRange(min=1), help=n_("How long each interview may be."))
@option("--at", type=click.DateTime(["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]), help=n_("When, in your local time."))
@with_session
def schedule(
    session: Session,
    opening: str,
    candidate: str,
    interviewers: tuple[str, ...],
    questions: tuple[str, ...],
    minutes: float | None,
    at: datetime | None,
) -> None:
    """Plan interviews, all or none."""
    from hiringkit.actions.people import names_of
    from hiringkit.actions.schedule import schedule_interviews
    from hiringkit.report.views.interview import interviews_report

    planned = schedule_interviews(
        session.store(),
        session.actor,
        opening,
        candidate,
        interviewers,
        questions=questions,
        minutes=minutes,
        at=at.astimezone() if at else None,
    )
    session.emit(interviews_report(planned, *names_of(session.store(), opening), opening=opening))
    session.note(_("Next: hiringkit interview score {id}").format(id=planned[0].id))


@command.command(
    "list", help=n_("List the interviews of an opening."), examples=["hiringkit interview list som-2026 -f json"]
)
@click.argument("opening")
@option("--candidate", help=n_("Only this candidate's."))
@option("--interviewer", help=n_("Only this interviewer's: id or e-mail."))
@with_session
def list_(session: Session, opening: str, candidate: str | None, interviewer: str | None) -> None:
    """List interviews."""
    from hiringkit.actions.people import names_of
    from hiringkit.actions.schedule import list_interviews
    from hiringkit.report.views.interview import interviews_report

    found = list_interviews(session.store(), session.actor, opening, candidate=candidate, interviewer=interviewer)
    session.emit(interviews_report(found, *names_of(session.store(), opening), opening=opening))


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
    "score",
    help=n_(
        "Hold an interview by prompts: question, probes, anchors; then your rating. Made for screen readers too."
        " Every answer is saved at once; run it again to go on."
    ),
    examples=["hiringkit interview score som-2026/amara-osei/helen-brandt"],
)
@click.argument("interview")
@with_session
def score(session: Session, interview: str) -> None:
    """Hold an interview by prompts."""
    from hiringkit.cli.interview_prompts import hold_interview

    hold_interview(session.store(), session.actor, interview, session.language)


@command.command(
    "rate",
    help=n_("Rate one answer: a level of the scale, not-assessed or no-evidence."),
    examples=[
        "hiringkit interview rate som-2026/amara-osei/helen-brandt bottlenecks 4",
        'hiringkit interview rate som-2026/amara-osei/helen-brandt bottlenecks 4 --evidence "timed every stage"',
    ],
)
@click.argument("interview")
@click.argument("question")
@click.argument("rating")
@option("--evidence", help=n_("What the candidate said."))
@option("--probe", "probes", type=click.IntRange(min=1), multiple=True, help=n_("Number of a probe that was used."))
@with_session
def rate(
    session: Session, interview: str, question: str, rating: str, evidence: str | None, probes: tuple[int, ...]
) -> None:
    """Rate one answer."""
    from hiringkit.actions.interviews import rate as rate_answer
    from hiringkit.actions.interviews import read_value

    store = session.store()
    value = read_value(store, interview, rating)
    used = [probe - 1 for probe in probes] or None
    rate_answer(store, session.actor, interview, question, value=value, evidence=evidence, probes=used)
    _show(session, interview)


@command.command(
    "submit",
    help=n_("Submit the scorecard: every question has a level or a mark, and from then on it is locked."),
    examples=['hiringkit interview submit som-2026/amara-osei/helen-brandt --recommend yes --summary "solid on data"'],
)
@click.argument("interview")
@option("--recommend", default="", metavar="[strong-yes|yes|no|strong-no]", help=n_("Your overall recommendation."))
@option("--summary", default="", help=n_("Your reason in one line."))
@with_session
def submit(session: Session, interview: str, recommend: str, summary: str) -> None:
    """Submit the scorecard."""
    from hiringkit.actions.interviews import submit as submit_scorecard

    submit_scorecard(session.store(), session.actor, interview, recommendation=recommend, summary=summary)
    _show(session, interview)


@command.command(
    "amend",
    help=n_("Change a submitted scorecard; the one before is kept, with your reason beside the new one."),
    examples=['hiringkit interview amend som-2026/amara-osei/helen-brandt bottlenecks 3 --reason "misheard a figure"'],
)
@click.argument("interview")
@click.argument("question")
@click.argument("rating", required=False)
@option("--reason", required=True, help=n_("Why it is changed."))
@option("--evidence", help=n_("What the candidate said."))
@with_session
def amend(
    session: Session, interview: str, question: str, rating: str | None, reason: str, evidence: str | None
) -> None:
    """Change a submitted scorecard."""
    from hiringkit.actions.interviews import KEEP, read_value
    from hiringkit.actions.interviews import amend as amend_scorecard

    store = session.store()
    value = read_value(store, interview, rating) if rating else KEEP
    amend_scorecard(store, session.actor, interview, question, reason=reason, value=value, evidence=evidence)
    _show(session, interview)


def _show(session: Session, interview: str) -> None:
    from hiringkit.actions.schedule import show_interview
    from hiringkit.report.views.interview import interview_report

    view = show_interview(session.store(), session.actor, interview)
    session.emit(
        interview_report(
            view.interview,
            view.rubric,
            candidate=view.candidate.name,
            interviewer=view.interviewer.name,
            language=session.language,
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
    session.emit(report, private=True)
