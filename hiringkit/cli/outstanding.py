"""`hiringkit outstanding`."""

import click

from hiringkit.cli.base import Command, option
from hiringkit.cli.session import Session, now, with_session
from hiringkit.locale import n_


@click.command(
    "outstanding",
    cls=Command,
    calendar=True,
    help=n_(
        "List every scorecard that is still to come, over all open openings, by interviewer and date. Acting as an"
        " interviewer you get your own."
    ),
    examples=[
        "hiringkit outstanding",
        "hiringkit outstanding --interviewer helen-brandt -f json",
        "hiringkit outstanding --as helen@example.org -o mine.ics",
    ],
)
@option("--opening", metavar="ID", help=n_("Only this opening's."))
@option("--interviewer", metavar="WHO", help=n_("Only this interviewer's: id, name or e-mail."))
@with_session
def command(session: Session, opening: str | None, interviewer: str | None) -> None:
    """List scorecards that are still to come."""
    from hiringkit.actions.timetable import outstanding
    from hiringkit.report.views.outstanding import outstanding_report

    store = session.existing_store()
    found = outstanding(store, session.actor, opening=opening, interviewer=interviewer) if store else ()
    session.emit(outstanding_report(found, now()))
