"""`hiringkit agreement`."""

from pathlib import Path

import click

from hiringkit.cli.base import Command, option
from hiringkit.cli.import_maps import map_for_sheet
from hiringkit.cli.scoring_options import file_options, scoring_options
from hiringkit.cli.session import Session, with_session
from hiringkit.errors import UsageProblem
from hiringkit.locale import n_
from hiringkit.text.sentence import Sentence

FOR_FILES = Sentence("{opening} is an opening: --rubric, --scale, --map and --drop-question belong to a file")
FOR_FILES_HINT = Sentence("an opening has its rubric, and `opening drop-question` leaves a question out")


@click.command(
    "agreement",
    cls=Command,
    help=n_(
        "How far interviewers agree, in an opening or in a file of ratings as `hiringkit score` reads it: intraclass"
        " correlations, Krippendorff's alpha, Gwet's AC2, Kendall's W, and what more interviewers or questions would"
        " give."
    ),
    examples=[
        "hiringkit agreement som-2026",
        "hiringkit agreement ratings.csv --scale 1:5",
        "hiringkit agreement ratings.csv --scale 1:5 --target 0.7",
        "hiringkit export som-2026 | hiringkit agreement -",
    ],
)
@click.argument("ratings", metavar="OPENING|RATINGS")
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
    if _is_opening(ratings):
        from hiringkit.actions.comparisons import agreement_of_opening

        if rubric or scale or dropped or map_file:
            raise UsageProblem(FOR_FILES.format(opening=ratings), hint=FOR_FILES_HINT)
        found = agreement_of_opening(session.store(), session.actor, ratings, wanted, target=target)
        session.emit(agreement_report(found.agreement, found.criterion_names(session.language)))
        return
    pinned = session.library.load_rubric(rubric) if rubric else None
    given = map_for_sheet(map_file, ratings) if map_file else None
    ready = read_rating_file(
        ratings, rubric=pinned, scale=scale, dropped=dropped, given=given, more=session.settings.columns
    )
    session.emit(
        agreement_report(agreement_of_file(ready, wanted, target=target), ready.criterion_names(session.language))
    )


def _is_opening(given: str) -> bool:
    """Return whether it can only be an opening: no file, and nothing that a file of ratings could be called."""
    return given != "-" and not Path(given).suffix and Path(given).name == given and not Path(given).is_file()
