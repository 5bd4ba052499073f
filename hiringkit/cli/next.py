"""`hiringkit next`."""

import click

from hiringkit.cli.base import Command, option
from hiringkit.cli.session import Session, with_session
from hiringkit.locale import n_


@click.command(
    "next",
    cls=Command,
    help=n_(
        "Work out which further interview would tell most about who is best: who asks whom which questions, how far the"
        " chance of choosing wrongly and the expected loss would fall, and whether more interviews would still change"
        " the choice. Acting as an interviewer you see nobody for whom your own scorecard is outstanding."
    ),
    examples=[
        "hiringkit next som-2026",
        "hiringkit next som-2026 --minutes 30 --with zhiyuan",
        "hiringkit next som-2026 --top 20 -f csv",
    ],
)
@click.argument("opening")
@option(
    "--minutes",
    type=click.FloatRange(min=1),
    default=45.0,
    show_default=True,
    help=n_("How long an interview that is not planned yet may be."),
)
@option(
    "--with",
    "further",
    multiple=True,
    metavar="WHO",
    help=n_("Also an interviewer who has no interview in the opening; may be given again."),
)
@option("--top", type=click.IntRange(min=1), default=5, show_default=True, help=n_("How many interviews are shown."))
@option("--seed", type=click.IntRange(min=0), default=0, help=n_("Seed of everything drawn at random."))
@with_session
def command(session: Session, opening: str, minutes: float, further: tuple[str, ...], top: int, seed: int) -> None:
    """Work out which further interview would tell most."""
    from hiringkit.actions.next_interviews import next_interview
    from hiringkit.report.views.next_interview import next_report

    made = next_interview(session.store(), session.actor, opening, minutes=minutes, further=further, seed=seed)
    session.emit(next_report(made.found, made.candidates, made.interviewers, made.rubric, session.language, top=top))
