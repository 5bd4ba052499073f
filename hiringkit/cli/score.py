"""`hiringkit score`."""

import gc
from pathlib import Path

import click

from hiringkit.cli.base import Command, option
from hiringkit.cli.import_maps import map_for_sheet
from hiringkit.cli.scoring_options import (
    file_options,
    history_option,
    robust_option,
    scoring_options,
    top_option,
)
from hiringkit.cli.session import Session, with_session
from hiringkit.locale import n_


@click.command(
    "score",
    cls=Command,
    help=n_(
        "Score a file of ratings, one rating a row, with the columns candidate, interviewer, question, rating. A"
        " rating is a number, not-assessed or no-evidence; empty is absent. Reads CSV, TSV, JSON lines or Parquet by"
        " the file's ending; - is CSV on standard input. Needs no database."
    ),
    examples=[
        "hiringkit score ratings.csv --scale 1:5",
        "hiringkit score ratings.csv --rubric sales-operations-manager -f json",
        "hiringkit score ratings.csv --opening som-2026 --history",
        "hiringkit score ratings.csv --top all",
        "hiringkit score ratings.csv --scale 1:5 --robust",
        "hiringkit score 'ratings/*.parquet' --scale 1:5 --cluster local:2 -o results/",
    ],
)
@click.argument("ratings")
@file_options
@scoring_options
@history_option
@robust_option
@top_option
@option("--opening", metavar="ID", help=n_("Score this opening of the file only."))
@option(
    "--cluster",
    metavar="local[:N]|ADDRESS",
    help=n_(
        "Score many Parquet files, here or wherever fsspec finds them, on N processes or a Dask cluster; -o names the"
        " folder of the results. See docs/scale.md."
    ),
)
@option(
    "--checkpoint",
    metavar="FOLDER",
    help=n_("Keep there how far the fit is, and go on from there after an interruption."),
)
@with_session
def command(
    session: Session,
    ratings: str,
    rubric: str | None,
    scale: tuple[float, float] | None,
    dropped: tuple[str, ...],
    map_file: str | None,
    opening: str | None,
    robust: bool,
    top: int | None,
    cluster: str | None,
    checkpoint: str | None,
    **options: object,
) -> None:
    """Score a file of ratings."""
    if cluster or checkpoint or session.fills_folder:
        from hiringkit.cli.bulk import score_in_shards

        refused = {"--map": map_file, "--opening": opening, "--robust": robust, "--top": top}
        score_in_shards(
            session,
            ratings,
            rubric=rubric,
            scale=scale,
            dropped=dropped,
            cluster=cluster,
            checkpoint=checkpoint,
            refused=[name for name, value in refused.items() if value],
            options=options,
        )
        return
    from hiringkit.actions.scores import read_options, read_rating_file, score_file
    from hiringkit.cli.bulk import LARGE, keep_memory
    from hiringkit.report.views.comparison import comparison_report

    if Path(ratings).is_file() and Path(ratings).stat().st_size > LARGE:
        keep_memory()
    gc.disable()  # millions of objects that all live until the end would be looked through over and over
    wanted = read_options(options)
    pinned = session.library.load_rubric(rubric) if rubric else None
    given = map_for_sheet(map_file, ratings) if map_file else None
    ready = read_rating_file(
        ratings,
        rubric=pinned,
        scale=scale,
        dropped=dropped,
        opening=opening,
        given=given,
        more=session.settings.columns,
    )
    comparison = score_file(ready, wanted, language=session.language, robust=robust)
    session.emit(comparison_report(comparison, session.language, top=top, brief=session.is_read_at_once))
