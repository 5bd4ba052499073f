"""`hiringkit opening`: one hire against one pinned rubric."""

import click

from hiringkit.cli.base import Group, option
from hiringkit.cli.session import Session, with_session
from hiringkit.locale import _, n_


@click.group("opening", cls=Group, help=n_("One hire against one pinned rubric."))
def command() -> None:
    """Hold the verbs."""


@command.command(
    "create",
    help=n_("Create an opening. It pins the rubric as it is now, so that later edits never change it."),
    examples=["hiringkit opening create som-2026 --rubric sales-operations-manager"],
)
@click.argument("opening", metavar="ID")
@option("--rubric", required=True, metavar="ID|PATH", help=n_("The rubric: its id or a file."))
@option("--title", default="", help=n_("What people call it; the rubric's title if not given."))
@with_session
def create(session: Session, opening: str, rubric: str, title: str) -> None:
    """Create an opening."""
    from hiringkit.actions.openings import create_opening

    store = session.store(create=True)
    create_opening(store, session.library, session.actor, opening, rubric, title=title, language=session.language)
    _show(session, opening)
    session.note(_("Next: hiringkit candidate add {opening} NAME").format(opening=opening))


@command.command("list", help=n_("List the openings."), examples=["hiringkit opening list -f json"])
@with_session
def list_(session: Session) -> None:
    """List the openings."""
    from hiringkit.actions.openings import every_opening
    from hiringkit.report.views.opening import openings_report

    store = session.existing_store()
    session.emit(openings_report(*every_opening(store, session.actor)) if store else openings_report(()))


@command.command(
    "show", help=n_("Show an opening with its people and interviews."), examples=["hiringkit opening show som-2026"]
)
@click.argument("opening", metavar="ID")
@with_session
def show(session: Session, opening: str) -> None:
    """Show an opening."""
    _show(session, opening)


@command.command(
    "close",
    help=n_("Close an opening. All that is there stays readable; nothing more is rated."),
    examples=["hiringkit opening close som-2026"],
)
@click.argument("opening", metavar="ID")
@with_session
def close(session: Session, opening: str) -> None:
    """Close an opening."""
    from hiringkit.actions.openings import close_opening

    close_opening(session.store(), session.actor, opening)
    _show(session, opening)


@command.command(
    "offer",
    help=n_(
        "Keep how much the team gives something that candidates may need, from 1, not at all, to 5, very much; without"
        " an expectation, ask for all of them by prompts. Profiles set it beside what each candidate needs; it never"
        " enters a score."
    ),
    examples=["hiringkit opening offer som-2026", "hiringkit opening offer som-2026 sponsorship 4"],
)
@click.argument("opening", metavar="ID")
@click.argument("expectation", required=False)
@click.argument("answer", type=click.INT, required=False)
@with_session
def offer_(session: Session, opening: str, expectation: str | None, answer: int | None) -> None:
    """Keep what the team gives."""
    from hiringkit.actions.expectations import mutual_fit, offer
    from hiringkit.cli.expectations import keep_or_ask
    from hiringkit.report.views.expectation import mutual_fit_report

    store = session.store()
    keep_or_ask(
        expectation,
        answer,
        mutual_fit(store, opening),
        lambda fit: fit.given,
        lambda identity, level: offer(store, session.actor, opening, identity, level),
        session.language,
    )
    session.emit(mutual_fit_report(mutual_fit(store, opening), session.language, opening=opening))


def _show(session: Session, opening: str) -> None:
    from hiringkit.actions.openings import show_opening
    from hiringkit.report.views.opening import opening_report

    view = show_opening(session.store(), session.actor, opening)
    session.emit(
        opening_report(view.opening, view.candidates, view.interviewers, view.interviews, dropped=view.dropped)
    )
