"""`hiringkit self`: somebody assesses themselves against a role."""

import shlex
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click

from hiringkit.cli.base import Group, option
from hiringkit.cli.session import Session, with_session
from hiringkit.locale import _, n_
from hiringkit.settings import data_folder

FOLDER = option(
    "--dir",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help=n_("Where your attempts are kept; if not given, in your data folder."),
)


@click.group("self", cls=Group, help=n_("Assess yourself against a role: answer, rate, see the gap and what to do."))
def command() -> None:
    """Hold the verbs."""


@command.command(
    "start",
    help=n_(
        "Answer a rubric's questions in writing and rate yourself against its anchors, by prompts. Every answer is"
        " saved at once, on this machine only; leave whenever you like and go on with --resume."
    ),
    examples=[
        "hiringkit self start sales-operations-manager",
        "hiringkit self start sales-operations-manager --resume sales-operations-manager-1",
    ],
)
@click.argument("rubric", metavar="ID|PATH")
@option(
    "--minutes",
    type=click.FloatRange(min=1),
    help=n_("How long an interview to take the questions of (60 if not given); with --resume, adds questions."),
)
@option("--resume", metavar="ATTEMPT", help=n_("Go on with this attempt."))
@FOLDER
@with_session
def start(session: Session, rubric: str, minutes: float | None, resume: str | None, folder: Path | None) -> None:
    """Assess oneself by prompts."""
    from hiringkit.actions import self_assessments
    from hiringkit.cli.self_prompts import assess
    from hiringkit.cli.session import now

    where = attempts_folder(folder)
    if resume:
        before = self_assessments.load(where, resume).attempt.kit
        sheet, carried = self_assessments.resume(where, session.library, now, rubric, resume, minutes=minutes)
        if minutes is not None:
            session.note(_added(before, sheet.attempt.kit, minutes))
        if carried:
            from hiringkit.report.views.self_assessment import carried_report

            session.note("\n".join(carried_report(carried)))
    else:
        open_one = self_assessments.unfinished(where, rubric)
        sheet = self_assessments.start(where, session.library, now, rubric, minutes=minutes)
        if open_one:
            go_on = f"hiringkit self start {rubric} --resume {open_one.attempt.id}{_again(folder)}"
            session.note(_("This is a new attempt. An earlier one is not finished: {command}").format(command=go_on))
    assess(where, sheet, session.language, _again(folder))


@command.command(
    "list", help=n_("List your attempts."), examples=["hiringkit self list", "hiringkit self list -f json"]
)
@FOLDER
@with_session
def list_(session: Session, folder: Path | None) -> None:
    """List the attempts."""
    from hiringkit.actions import self_assessments
    from hiringkit.report.views.self_assessment import attempts_report

    sheets, findings = self_assessments.every(attempts_folder(folder))
    session.emit(attempts_report(sheets, session.language, findings=findings))


@command.command(
    "report",
    help=n_(
        "Show an attempt, the latest if none is named, as a profile against the role's bars: strengths, gaps,"
        " requirements, progress. -o FILE.html makes a page."
    ),
    examples=[
        "hiringkit self report",
        "hiringkit self report -o report.html",
        "hiringkit self report --compare-with amara@example.org",
    ],
)
@click.argument("attempt", required=False)
@option(
    "--compare-with",
    metavar="EMAIL",
    help=n_("Put interviews of the same person beside it, if the database has any under this address."),
)
@FOLDER
@with_session
def report(session: Session, attempt: str | None, compare_with: str | None, folder: Path | None) -> None:
    """Show what an attempt amounts to."""
    from hiringkit.actions.self_profiles import profile_self
    from hiringkit.report.views.self_assessment import self_report

    profile = profile_self(attempts_folder(folder), attempt)
    if compare_with:
        from hiringkit.actions.self_profiles import correct_by_interviews

        profile = correct_by_interviews(session.store(), session.actor, profile, compare_with)
    session.emit(self_report(profile, session.language, options=_again(folder)))


@command.command(
    "next-steps",
    calendar=True,
    help=n_(
        "A plan for the gaps of an attempt, the latest if none is named: what to do in which order, what a level higher"
        " looks like, and by when with --by. -o plan.ics makes a calendar of it, -o plan.md a checklist."
    ),
    examples=[
        "hiringkit self next-steps",
        "hiringkit self next-steps --by 2030-06-30 -o plan.ics",
        "hiringkit self next-steps sales-operations-manager-1 -f markdown",
    ],
)
@click.argument("attempt", required=False)
@option(
    "--by",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help=n_("When all is to be done; every step gets its day."),
)
@FOLDER
@with_session
def next_steps(session: Session, attempt: str | None, by: datetime | None, folder: Path | None) -> None:
    """Show what to work on."""
    from hiringkit.cli.session import now
    from hiringkit.errors import UsageProblem
    from hiringkit.timezone import local

    if str(session.options.get("output") or "").endswith(".ics") and by is None:
        raise UsageProblem("a calendar needs dates", hint="add --by DATE, the day on which all is to be done")
    from hiringkit.actions.self_profiles import next_steps as steps_of
    from hiringkit.actions.self_profiles import profile_self
    from hiringkit.report.views.next_steps import steps_report

    profile = profile_self(attempts_folder(folder), attempt)
    steps = steps_of(session.library, profile, today=local(now()).date(), by=by and by.date())
    session.emit(steps_report(steps, session.language, options=_again(folder)))


def _added(before: Sequence[str], after: Sequence[str], minutes: float) -> str:
    """Say what `--minutes` adds to an attempt that is gone on with."""
    more = [question for question in after if question not in before]
    if not more:
        return _("No further question fits into {minutes} minutes: the attempt keeps its {count}.").format(
            minutes=f"{minutes:g}", count=len(after)
        )
    return _("{minutes} minutes add to the {count} questions of the attempt: {questions}").format(
        minutes=f"{minutes:g}", count=len(before), questions=", ".join(more)
    )


@command.command(
    "done",
    help=n_("Tick off a step of the plan that next-steps shows; --undo takes it back."),
    examples=["hiringkit self done forecasting/forecast-miss", "hiringkit self done forecasting/1 --undo"],
)
@click.argument("step")
@click.argument("attempt", required=False)
@option("--undo", is_flag=True, help=n_("It is not done after all."))
@FOLDER
@with_session
def done(session: Session, step: str, attempt: str | None, undo: bool, folder: Path | None) -> None:
    """Tick off a step."""
    from hiringkit.actions import self_assessments
    from hiringkit.actions.self_profiles import next_steps as steps_of
    from hiringkit.actions.self_profiles import profile_self
    from hiringkit.cli.session import now
    from hiringkit.errors import missing
    from hiringkit.text.sentence import Sentence

    where = attempts_folder(folder)
    profile = profile_self(where, attempt)
    plan = steps_of(session.library, profile).plan
    known = [each.id for each in plan] + list(profile.sheet.attempt.done)
    if step not in known:
        raise missing(Sentence("step"), step, known)
    sheet = self_assessments.tick_off(where, now, profile.sheet.attempt.id, step, done=not undo)
    left = sum(each.id not in sheet.attempt.done for each in plan)
    session.note(_("Saved; {count} of {all} steps to do.").format(count=left, all=len(plan)))


@command.command(
    "share",
    help=n_(
        "Write the answers of an attempt, the latest if none is named, to a file for a peer or coach, who writes levels"
        " into it. Your own levels are not in it."
    ),
    examples=["hiringkit self share answers.yaml"],
)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.argument("attempt", required=False)
@FOLDER
@with_session
def share(session: Session, file: Path, attempt: str | None, folder: Path | None) -> None:
    """Write the answers for somebody else."""
    from hiringkit.actions import self_assessments
    from hiringkit.files import create_file

    where = attempts_folder(folder)
    sheet = self_assessments.load(where, attempt) if attempt else self_assessments.latest(where)
    create_file(file, self_assessments.share(sheet, session.language).encode())
    session.note(
        _("Written: {path}. When it comes back: {command}").format(
            path=file, command=f"hiringkit self receive {shlex.quote(str(file))}{_again(folder)}"
        )
    )


@command.command(
    "receive",
    help=n_(
        "Read the levels that a peer or coach wrote into a file of `self share`; the report sets them beside yours."
    ),
    examples=["hiringkit self receive answers.yaml", 'hiringkit self receive answers.yaml --from "Jo Field"'],
)
@click.argument("file", metavar="FILE")
@option("--from", "rater", default="", metavar="NAME", help=n_("Who rated, if the file does not say."))
@FOLDER
@with_session
def receive(session: Session, file: str, rater: str, folder: Path | None) -> None:
    """Take somebody else's levels."""
    from hiringkit.actions import self_assessments
    from hiringkit.cli.author_files import read_form_or_refuse
    from hiringkit.cli.session import now
    from hiringkit.domain.self_assessment import SharedAnswers

    shared = read_form_or_refuse(session, file, SharedAnswers)
    sheet = self_assessments.receive(attempts_folder(folder), now, shared, rater)
    review = sheet.attempt.peers[-1]
    session.note(
        _("{count} levels of {who} stand beside yours: {command}").format(
            count=len(review.levels), who=review.by, command=f"hiringkit self report {sheet.attempt.id}{_again(folder)}"
        )
    )


def attempts_folder(given: Path | None) -> Path:
    """Return where attempts are kept."""
    return given or data_folder() / "self"


def _again(given: Path | None) -> str:
    """Return what a command to be typed next needs in order to find the same attempts."""
    return f" --dir {shlex.quote(str(given))}" if given else ""
