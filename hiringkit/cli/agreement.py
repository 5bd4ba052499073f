"""`hiringkit agreement`."""

import click

from hiringkit.cli.base import Command, option
from hiringkit.cli.import_maps import map_for_sheet
from hiringkit.cli.scoring_options import file_options, scoring_options
from hiringkit.cli.session import Session, with_session
from hiringkit.locale import n_


@click.command(
    "agreement",
    cls=Command,
    help=n_(
        "How far interviewers agree, from a file of ratings as `hiringkit score` reads it: intraclass correlations,"
        " Krippendorff's alpha, Gwet's AC2, Kendall's W, and what more interviewers or questions would give."
    ),
    examples=[
        "hiringkit agreement ratings.csv --scale 1:5",
        "hiringkit agreement ratings.csv --scale 1:5 --target 0.7",
        "hiringkit export som-2026 | hiringkit agreement -",
    ],
)
@click.argument("ratings")
@option(
    "--target",
    type=float,
    default=0.8,
    show_default=True,
    help=n_("The Φ that a decision takes: which panel would reach it?"),
)
@file_options
@scoring_options
@with_session
def command(
    session: Session,
    ratings: str,
    rubric: str | None,
    scale: tuple[float, float] | None,
    dropped: tuple[str, ...],
    map_file: str | None,
    target: float,
    **options: object,
) -> None:
    """Measure how far interviewers agree."""
    from hiringkit.actions.scores import agreement_of_file, read_options, read_rating_file
    from hiringkit.report.views.agreement import agreement_report

    wanted = read_options(options)
    pinned = session.library.load_rubric(rubric) if rubric else None
    given = map_for_sheet(map_file, ratings) if map_file else None
    ready = read_rating_file(ratings, rubric=pinned, scale=scale, dropped=dropped, given=given)
    session.emit(
        agreement_report(agreement_of_file(ready, wanted, target=target), ready.criterion_names(session.language))
    )
