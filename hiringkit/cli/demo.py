"""`hiringkit demo`."""

import os
import shlex
import shutil
import sys
import tempfile
from pathlib import Path

import click

from hiringkit.cli.base import Command, option
from hiringkit.cli.session import Session, with_session
from hiringkit.locale import _, n_


@click.command(
    "demo",
    cls=Command,
    help=n_(
        "Set up an opening with invented candidates and interviewers, rate, submit and compare them: the main job from"
        " end to end. Everything is kept in DIR/hiringkit.db, a temporary DIR if none is given."
    ),
    examples=["hiringkit demo", "hiringkit demo --dir ./try --fresh"],
)
@option("--dir", "folder", type=click.Path(path_type=Path, file_okay=False), help=n_("Where to keep the database."))
@option("--fresh", is_flag=True, help=n_("Begin anew, if an earlier demo is there."))
@with_session
def command(session: Session, folder: Path | None, fresh: bool) -> None:
    """Show the main job from end to end."""
    from attrs import evolve

    from hiringkit.actions.comparisons import compare_opening
    from hiringkit.actions.demo import OPENING, clear_demo, create_demo
    from hiringkit.actions.scores import ScoringOptions
    from hiringkit.report.views.comparison import comparison_report

    path = (folder or Path(tempfile.mkdtemp(prefix="hiringkit-demo-"))) / "hiringkit.db"
    if fresh:
        clear_demo(path)
    store = session.store_at(str(path), create=True)
    create_demo(store, session.library, session.actor, language=session.language)
    nobody = evolve(session.actor, who="")  # whoever one is elsewhere is not known in the demo
    comparison = compare_opening(store, nobody, OPENING, ScoringOptions(), language=session.language)
    session.emit(comparison_report(comparison, session.language, title=_("Demo: people and ratings are invented")))
    _say_what_next(session, path)


def _say_what_next(session: Session, path: Path) -> None:
    session.note("")
    session.note(_("The database is {path}. What to try next:").format(path=path))
    program, database = _program(), shlex.quote(str(path))
    for line in (
        f"--db {database} profile demo amara",
        f"--db {database} report demo -o {shlex.quote(str(path.with_name('debrief.html')))}",
        f"--db {database} interview score demo/tomas/marcus --as marcus",
        f"--db {database} compare demo --as marcus",
        "rubric show sales-operations-manager",
    ):
        session.note(f"  {program} {line}")


def _program() -> str:
    """Return what to type to run this program again: its name, or its path where it is not on PATH."""
    here = Path(sys.argv[0])
    found = shutil.which("hiringkit")
    known = found and here.exists() and Path(found).samefile(here)
    return "hiringkit" if known or here.name != "hiringkit" else shlex.quote(os.path.relpath(here))
