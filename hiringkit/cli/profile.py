"""`hiringkit profile`."""

import click

from hiringkit.cli.base import Command
from hiringkit.cli.scoring_options import history_option, scoring_options
from hiringkit.cli.session import Session, with_session
from hiringkit.locale import n_


@click.command(
    "profile",
    cls=Command,
    help=n_("Show one candidate's fit profile: each criterion against its bar, strengths and gaps."),
    examples=["hiringkit profile som-2026 amara-osei", "hiringkit profile som-2026 amara-osei -f markdown"],
)
@click.argument("opening")
@click.argument("candidate")
@scoring_options
@history_option
@with_session
def command(session: Session, opening: str, candidate: str, **options: object) -> None:
    """Show one candidate's fit profile."""
    from hiringkit.actions.comparisons import profile_candidate
    from hiringkit.actions.expectations import mutual_fit
    from hiringkit.actions.people import show_candidate
    from hiringkit.actions.scores import read_options
    from hiringkit.report.views.profile import profile_report

    store = session.store()
    found = show_candidate(store, opening, candidate).id
    comparison = profile_candidate(
        store, session.actor, opening, found, read_options(options), language=session.language
    )
    fits = mutual_fit(store, opening, found)
    session.emit(profile_report(comparison, found, session.language, fits=fits))
