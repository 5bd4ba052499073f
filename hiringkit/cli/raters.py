"""`hiringkit raters`."""

import click

from hiringkit.cli.base import Command, option
from hiringkit.cli.session import Session, with_session
from hiringkit.locale import n_


@click.command(
    "raters",
    cls=Command,
    help=n_(
        "Show how interviewers rate beside those who rated the same candidates: severity, spread, central tendency,"
        " halo, consistency with the panel, criteria rated otherwise, drift, the candidate before, evidence and time to"
        " submit. Where a figure rests on too little, only that is said. Acting as an interviewer you get your own"
        " line, without candidates for whom your scorecard is outstanding."
    ),
    examples=[
        "hiringkit raters",
        "hiringkit raters som-2026 -f csv -o raters.csv",
        "hiringkit raters --as helen@example.org",
    ],
)
@click.argument("opening", required=False)
@option(
    "--level",
    type=float,
    default=0.9,
    show_default=True,
    help=n_("Level of every interval; 0.9 and 90 are both 90 %."),
)
@option("--interviewer", metavar="WHO", help=n_("Only this interviewer: id, name or e-mail."))
@with_session
def command(session: Session, opening: str | None, level: float, interviewer: str | None) -> None:
    """Show how interviewers rate."""
    from hiringkit.actions.raters import rate_raters
    from hiringkit.actions.scores import ScoringOptions
    from hiringkit.report.views.raters import raters_report

    options = ScoringOptions(level=level)
    found = rate_raters(session.store(), session.actor, opening, options, only=interviewer)
    session.emit(raters_report(found.raters, found.criterion_names(session.language), session.language))
