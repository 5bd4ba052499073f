"""`hiringkit need`: does the organisation need the role?"""

from pathlib import Path

import click

from hiringkit.cli.base import DefaultVerbGroup, option
from hiringkit.cli.session import Session, now, with_session
from hiringkit.domain.need import NeedAnswers, NeedAssessment, Outcome
from hiringkit.locale import _, n_


@click.group("need", cls=DefaultVerbGroup, default="assess", help=n_("Does the organisation need the role?"))
def command() -> None:
    """Hold the verbs."""


_folder_option = option("--dir", "folder", metavar="DIR", help=n_("Where assessments are kept; else your data folder."))


@command.command(
    "assess",
    help=n_(
        "Ask, by prompts, what must be in place before hiring and which signs are seen, and say what follows:"
        " recommended, not yet, or not affordable, and why. `need RUBRIC` does the same. What is answered is kept in a"
        " file of your own; nothing leaves the machine."
    ),
    examples=[
        "hiringkit need sales-operations-manager",
        "hiringkit need sales-operations-manager --answers answers.yaml -o need.html",
        "hiringkit need sales-operations-manager --resume sales-operations-manager-1",
    ],
)
@click.argument("rubric", metavar="RUBRIC")
@option("--answers", metavar="FILE", help=n_("Answers in YAML or JSON instead of prompts; - is standard input."))
@option("--organisation", default="", help=n_("Whom it is about."))
@option("--resume", metavar="ID", help=n_("Go on with an assessment that was left."))
@_folder_option
@with_session
def assess(
    session: Session, rubric: str, answers: str | None, organisation: str, resume: str | None, folder: str | None
) -> None:
    """Assess the need for a role."""
    from hiringkit.actions.needs import decide, draft_need, filled, keep_need, load_need
    from hiringkit.errors import UsageProblem

    place = _place(folder)
    if answers and resume:
        raise UsageProblem("--answers and --resume exclude each other")
    if resume:
        found = _resumed(session, place, resume, rubric)
    else:
        found = draft_need(session.library.load_rubric(rubric), now(), organisation)
        found = keep_need(place, filled(found, _read_answers(session, answers, found)) if answers else found)
    if not answers:
        _prompt(session, place, found)
        found = load_need(place, found.id)
    session.note(_("saved as {id}").format(id=found.id))
    _show(session, found)
    if decide(found).outcome is Outcome.RECOMMENDED:
        session.note(_("Next: hiringkit posting {rubric}").format(rubric=found.rubric.id))


@command.command("list", help=n_("List your assessments."), examples=["hiringkit need list"])
@_folder_option
@with_session
def list_(session: Session, folder: str | None) -> None:
    """List the assessments."""
    from hiringkit.actions.needs import decide, every_need
    from hiringkit.report.views.need import needs_report

    found, findings = every_need(_place(folder))
    session.emit(needs_report([(each, decide(each)) for each in found], session.language))
    session.tell(findings)


@command.command(
    "show",
    help=n_("Show an assessment: what follows, why, and what the role would do."),
    examples=["hiringkit need show sales-operations-manager-1 -o need.html"],
)
@click.argument("assessment", metavar="ID")
@_folder_option
@with_session
def show(session: Session, assessment: str, folder: str | None) -> None:
    """Show an assessment."""
    from hiringkit.actions.needs import load_need

    _show(session, load_need(_place(folder), assessment))


@command.command(
    "compare",
    help=n_("Set two assessments of the same role side by side: what has changed between them."),
    examples=["hiringkit need compare sales-operations-manager-1 sales-operations-manager-2"],
)
@click.argument("before", metavar="ID")
@click.argument("after", metavar="ID")
@_folder_option
@with_session
def compare(session: Session, before: str, after: str, folder: str | None) -> None:
    """Compare two assessments."""
    from hiringkit.actions.needs import compare_needs, decide, load_need
    from hiringkit.report.views.need import need_changes_report

    one, two = (load_need(_place(folder), identity) for identity in (before, after))
    changes = compare_needs(one, two)
    session.emit(need_changes_report((one, decide(one)), (two, decide(two)), changes, session.language))


def _place(folder: str | None) -> Path:
    from hiringkit.settings import data_folder

    return Path(folder) if folder else data_folder() / "needs"


def _show(session: Session, assessment: NeedAssessment) -> None:
    from hiringkit.actions.needs import decide
    from hiringkit.report.views.need import need_report

    session.emit(need_report(assessment, decide(assessment), session.language))


def _prompt(session: Session, place: Path, assessment: NeedAssessment) -> None:
    from hiringkit.cli.need_prompts import NeedSitting, hold_need

    hold_need(NeedSitting(place, now, session.language, assessment))


def _resumed(session: Session, place: Path, identity: str, rubric: str) -> NeedAssessment:
    from hiringkit.actions.needs import load_need, rubric_now
    from hiringkit.errors import UsageProblem
    from hiringkit.text.sentence import Sentence

    found = load_need(place, identity)
    current = rubric_now(session.library, rubric, found)
    if current.id != found.rubric.id:
        message = Sentence("{id!r} is an assessment of {rubric!r}").format(id=identity, rubric=found.rubric.id)
        raise UsageProblem(message, hint=f"hiringkit need {found.rubric.id} --resume {identity}")
    if current.digest != found.rubric.digest:
        told = _(
            "The rubric has changed since this assessment was begun (version {before} then, {after} now). It goes on"
            " with what was asked then; a new one asks what the rubric asks now: hiringkit need {rubric}"
        )
        session.note(told.format(before=found.rubric.version, after=current.version, rubric=rubric))
    return found


def _read_answers(session: Session, file: str, drafted: NeedAssessment) -> NeedAnswers:
    from hiringkit.actions.needs import takes_figures
    from hiringkit.cli.author_files import read_form_or_refuse
    from hiringkit.library.forms import check_need_answers

    compared = takes_figures(drafted.compensation)
    return read_form_or_refuse(
        session, file, NeedAnswers, lambda given: check_need_answers(given, drafted.need, compared=compared)
    )
