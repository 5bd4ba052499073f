"""`hiringkit noise`."""

from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING

import click

from hiringkit.cli.base import Group, option
from hiringkit.cli.practice import ask_level, show_sample
from hiringkit.cli.prompts import Left, say
from hiringkit.cli.session import Session, now, with_session
from hiringkit.locale import _, n_
from hiringkit.settings import data_folder

if TYPE_CHECKING:
    from hiringkit.actions.noise import Participation

EXISTING = click.Path(path_type=Path, dir_okay=False)


@click.group(
    "noise",
    cls=Group,
    help=n_("A noise audit: several people rate the same invented answers, each alone."),
)
def command() -> None:
    """Hold the verbs."""


@command.command(
    "start",
    help=n_(
        "Choose invented answers of a question bank for a noise audit and write them into FILE, which everybody who"
        " takes part is given: four to twelve people, each with hiringkit on their own machine."
    ),
    examples=[
        "hiringkit noise start sales-operations spring.json",
        "hiringkit noise start sales-operations spring.json --count 12",
    ],
)
@click.argument("bank", metavar="ID|PATH")
@click.argument("file", type=click.Path(path_type=Path))
@option("--question", "questions", multiple=True, help=n_("Only answers to this question; repeat it for more."))
@option(
    "--count", type=click.IntRange(4, 16), default=8, show_default=True, help=n_("How many answers everybody rates.")
)
@with_session
def start(session: Session, bank: str, file: Path, questions: tuple[str, ...], count: int) -> None:
    """Choose the answers."""
    from hiringkit.actions.noise import start_audit
    from hiringkit.report.views.noise import audit_report

    audit = start_audit(file, session.library.load_bank(bank), now, questions=questions, count=count)
    session.emit(audit_report(audit, file))


@command.command(
    "join",
    help=n_(
        "Rate the answers of a noise audit, alone and without seeing any other level. Every level is saved at once; the"
        " same command goes on, and repeats the audit after a week. At the end it names the file to hand in. It holds"
        " a code instead of a name unless you give one."
    ),
    examples=["hiringkit noise join spring.json", 'hiringkit noise join spring.json --name "Helen Brandt"'],
)
@click.argument("file", type=EXISTING)
@option("--name", default="", help=n_("Your name, if whoever reports may show it."))
@option("--bank", metavar="ID|PATH", help=n_("The question bank; if not given, the one that the audit names."))
@option(
    "--dir",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help=n_("Where your answers are kept; if not given, in your data folder."),
)
@with_session
def join(session: Session, file: Path, name: str, bank: str | None, folder: Path | None) -> None:
    """Rate the answers."""
    from hiringkit.actions.noise import join_audit, load_audit
    from hiringkit.report.views.noise import answers_report

    audit = load_audit(file)
    loaded = session.library.load_bank(bank or audit.bank)
    place = folder or data_folder() / "noise"
    aside = session.format in ("json", "csv", "markdown") and not session.options.get("output")
    joined = join_audit(audit, loaded, place, now, lambda: token_hex(3), name=name)
    joined = _rate(joined, len(audit.samples), session.language, err=aside)
    session.emit(answers_report(joined.answers, joined.file, len(audit.samples)))


def _rate(joined: "Participation", count: int, language: str, *, err: bool) -> "Participation":
    """Show what is left and take a level for each, until all are rated or the user leaves."""
    from hiringkit.actions.noise import rate_blind

    begun = count - len(joined.exercises)
    say(_("{count} invented answers. Rate each by its anchors, alone.").format(count=len(joined.exercises)), err=err)
    say(_("s skip, ? anchors again, q leave. Every level is saved at once."), err=err)
    for number, exercise in enumerate(joined.exercises, begun + 1):
        show_sample(exercise, number, count, language, err=err)
        try:
            level = ask_level(exercise, language, err=err)
        except Left:
            break
        if level is not None:
            joined = rate_blind(joined, exercise, level, now)
    return joined


@command.command(
    "report",
    help=n_(
        "Put the levels of everybody who handed in beside each other: level, pattern and occasion noise with intervals,"
        " and the anchors that split people. Under three people, or six answers that all of them rated, only counts."
    ),
    examples=[
        "hiringkit noise report spring.json answers/",
        "hiringkit noise report spring.json answers/ --mine answers/sales-operations-1a2b3c-4d5e6f.answers.json",
        "hiringkit noise report spring.json answers/ --names -o noise.html",
    ],
)
@click.argument("file", type=EXISTING)
@click.argument("handed_in", metavar="FILE|DIR…", nargs=-1, required=True, type=click.Path(path_type=Path))
@option("--mine", type=EXISTING, help=n_("Your own file, for feedback on your own levels."))
@option("--names", is_flag=True, help=n_("Call people by the names that they gave; letters if not given."))
@option("--bank", metavar="ID|PATH", help=n_("The question bank; if not given, the one that the audit names."))
@option(
    "--level",
    type=float,
    default=0.9,
    show_default=True,
    help=n_("Level of every interval, from 0.5 to below 1."),
)
@with_session
def report(
    session: Session,
    file: Path,
    handed_in: tuple[Path, ...],
    mine: Path | None,
    names: bool,
    bank: str | None,
    level: float,
) -> None:
    """Show what the audit found."""
    from hiringkit.actions.noise import load_audit, report_audit
    from hiringkit.report.views.noise import noise_report

    audit = load_audit(file)
    loaded = session.library.load_bank(bank or audit.bank)
    found = report_audit(audit, loaded, handed_in, mine=mine, names=names, level=level)
    session.emit(noise_report(found, loaded, session.language))
