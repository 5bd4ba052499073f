"""`hiringkit practice`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from hiringkit.cli.base import Command, option
from hiringkit.cli.session import Session, with_session
from hiringkit.locale import _, n_
from hiringkit.settings import data_folder

if TYPE_CHECKING:
    from hiringkit.actions.practising import Notebook


@click.command(
    "practice",
    cls=Command,
    help=n_(
        "Rate invented answers of a question bank, then read the level that was reasoned out and why. At the end: how"
        " your levels compare, which ones you confuse, and whether it improves. With --as naming an interviewer of the"
        " database the session is kept there, else in your data folder."
    ),
    examples=[
        "hiringkit practice sales-operations",
        "hiringkit practice sales-operations --question bottlenecks",
        "hiringkit practice sales-operations --report -f json",
    ],
)
@click.argument("bank", metavar="ID|PATH")
@option("--question", "questions", multiple=True, help=n_("Only answers to this question; repeat it for more."))
@option("--count", type=click.IntRange(min=1), help=n_("How many answers; 8 if not given, or all of --question."))
@option("--report", "only_report", is_flag=True, help=n_("Rate nothing, show the sessions so far."))
@option(
    "--dir",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help=n_("Where your sessions are kept; if not given, in your data folder."),
)
@with_session
def command(
    session: Session,
    bank: str,
    questions: tuple[str, ...],
    count: int | None,
    only_report: bool,
    folder: Path | None,
) -> None:
    """Practise, and show how it went."""
    from hiringkit.actions.practising import begin, practice_logs
    from hiringkit.cli.practiceprompts import practise
    from hiringkit.cli.session import now
    from hiringkit.domain.practice import PracticeLog
    from hiringkit.report.practice import practice_report

    loaded = session.library.load_bank(bank)
    notebook, who = _notebook(session, folder)
    if not only_report:
        practice = begin(notebook, loaded, now, who=who, questions=questions, count=count)
        aside = session.format in ("json", "csv", "markdown") and not session.options.get("output")
        practise(notebook, practice, session.language, err=aside)
    log = practice_logs(notebook.sessions()).get(loaded.id, PracticeLog(()))
    session.emit(practice_report(log, loaded, session.language))


def _notebook(session: Session, folder: Path | None) -> "tuple[Notebook, str]":
    """Return where sessions are kept, and whose they are."""
    from hiringkit.actions.practising import FolderNotebook

    who = session.settings.user.value
    if who and folder is None and (store := session.existing_store()):
        from hiringkit.actions.practicestore import open_notebook

        if found := open_notebook(store, session.actor):
            return found, found.interviewer
        session.note(
            _("{who} is no interviewer of the database: the session is kept in your data folder.").format(who=who)
        )
    kept = FolderNotebook(folder or data_folder() / "practice")
    kept.sessions()
    session.tell(kept.findings)
    return kept, ""
