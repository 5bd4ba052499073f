"""`hiringkit report`."""

import gc

import click

from hiringkit.cli.base import Command, option
from hiringkit.cli.scoring_options import history_option, robust_option, scoring_options
from hiringkit.cli.session import Session, with_session
from hiringkit.locale import n_

AUDIENCES = ("panel", "hiring-manager", "file")


@click.command(
    "report",
    cls=Command,
    help=n_(
        "Write the debrief of an opening: what has to be decided and whether the ratings decide it, who is ahead of"
        " whom, what was not asked, where the panel splits, every recommendation, and the evidence behind each number."
        " As a page (-o debrief.html), as Markdown (.md), as a workbook (.xlsx), or here. Acting as an interviewer you"
        " see nobody for whom your own scorecard is outstanding."
    ),
    examples=[
        "hiringkit report som-2026 -o debrief.html",
        "hiringkit report som-2026 --candidate wenjing -o wenjing.md",
        "hiringkit report som-2026 --blind --for hiring-manager -o blind.html",
        "hiringkit report som-2026 --robust -o debrief.md",
    ],
)
@click.argument("opening")
@option("--candidate", metavar="CANDIDATE", help=n_("Only this candidate; no other is named."))
@option("--blind", is_flag=True, help=n_("Labels in place of names, e-mail addresses and ids, in evidence too."))
@option(
    "--for",
    "audience",
    type=click.Choice(AUDIENCES),
    default="panel",
    show_default=True,
    help=n_("Who reads it: the panel; who decides, with how strictly each rates; or the file, with everything open."),
)
@scoring_options
@history_option
@robust_option
@with_session
def command(
    session: Session, opening: str, candidate: str | None, blind: bool, audience: str, robust: bool, **options: object
) -> None:
    """Write the debrief of an opening."""
    from hiringkit.actions.debriefs import debrief_opening
    from hiringkit.actions.scores import read_options
    from hiringkit.domain.debrief import Audience
    from hiringkit.report.views.debrief import debrief_report

    gc.disable()  # what is read lives until the end, and would be looked through over and over
    debrief = debrief_opening(
        session.store(),
        session.actor,
        opening,
        read_options(options),
        candidate_id=candidate,
        audience=Audience(audience),
        blind=blind,
        robust=robust,
        language=session.language,
    )
    session.emit(debrief_report(debrief, session.language))
