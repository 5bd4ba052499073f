"""`hiringkit import`."""

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hiringkit.cli.base import Command, option
from hiringkit.cli.import_maps import keep_draft, read_import_map
from hiringkit.cli.session import Session, with_session
from hiringkit.locale import _, n_, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hiringkit.actions.import_files import Reading
    from hiringkit.actions.imports import SamePerson
    from hiringkit.domain.imported import ImportReport
    from hiringkit.exchange.ats.source import ScorecardSource


@click.command(
    "import",
    cls=Command,
    help=n_(
        "Bring scorecards that another program wrote into an opening: a sheet with a rating a row, a column for each"
        " criterion or a column for each rater (CSV, TSV, XLSX, XLS, ODS), or an export of an applicant-tracking"
        " system. Words that nothing explains are never guessed: a draft of a map is written next to the file, and"
        " with --map everything is imported, or nothing. The same file again changes nothing."
    ),
    examples=[
        "hiringkit import scorecards.xlsx --opening som-2026 --dry-run",
        "hiringkit import scorecards.xlsx --opening som-2026 --map scorecards.map.yaml",
        "hiringkit import greenhouse/ --opening som-2026 --from greenhouse-v3 --map greenhouse.map.yaml",
    ],
)
@click.argument("file")
@option("--opening", required=True, metavar="ID", help=n_("The opening that takes the scorecards."))
@option("--from", "kind", metavar="KIND", help=n_("What wrote the file; recognised by its shape if not given."))
@option("--map", "map_file", metavar="FILE", help=n_("What the columns and words of the file mean."))
@option(
    "--without",
    multiple=True,
    metavar="COLLECTION",
    help=n_("A part of the export that is not there, such as applications; may be given again."),
)
@option(
    "--same-names",
    type=click.Choice(["yes", "no"]),
    help=n_("Whether somebody of the same name is the same person; asked at a terminal if not given."),
)
@option("--dry-run", is_flag=True, help=n_("Show what would be imported, and change nothing."))
@with_session
def command(
    session: Session,
    file: str,
    opening: str,
    kind: str | None,
    map_file: str | None,
    without: tuple[str, ...],
    same_names: str | None,
    dry_run: bool,
) -> None:
    """Bring scorecards into an opening."""
    from hiringkit.actions.import_files import open_import
    from hiringkit.actions.imports import import_scorecards
    from hiringkit.actions.openings import show_opening
    from hiringkit.report.views.imports import import_report

    store = session.store()
    rubric = show_opening(store, session.actor, opening).rubric
    given = read_import_map(map_file) if map_file and Path(map_file).exists() else None
    opened = open_import(
        file,
        given,
        rubric,
        opening=opening,
        kind=kind,
        without=without,
        columns=session.settings.columns,
        reading=_reading(session),
    )
    if opened.draft:
        draft = Path("ratings.map.yaml") if file == "-" else Path(file).with_suffix(".map.yaml")
        raise keep_draft(draft, file, opened.draft)
    session.tell(opened.findings)
    same = _same_person(session, same_names)

    def run(*, write: bool) -> "ImportReport":
        return import_scorecards(
            store,
            session.actor,
            opening,
            opened.records(),
            opened.given,
            source=opened.source,
            file=file,
            same=same,
            write=write,
        )

    asks = not dry_run and session.is_read_at_once and session.at_terminal
    done = run(write=not (dry_run or asks))
    session.emit(import_report(done))
    session.tell(done.findings)
    if asks and (done.added or done.changed or done.candidates or done.interviewers):
        if not click.confirm(_("Import this?"), err=True):
            session.note(_("Nothing was imported."))
            return
        run(write=True)
        session.note(_("Imported."))
    if not dry_run and (done.added or done.changed):
        session.note(_("Next: hiringkit report {opening} -o debrief.html").format(opening=opening))


def _same_person(session: Session, chosen: str | None) -> "SamePerson":
    """Return what decides whether two people of one name are one: an option, or the user at a terminal."""
    if chosen:
        return lambda _kind, _person, _identity: chosen == "yes"
    if not session.at_terminal:
        return lambda _kind, _person, _identity: None
    answers: dict[tuple[str, str], bool] = {}

    def ask(kind: str, person: Any, identity: str) -> bool:
        if (kind, identity) not in answers:
            text = _("Is {name} in the file the same person as {identity}, who is there already?")
            answers[kind, identity] = click.confirm(text.format(name=person.label, identity=identity), err=True)
        return answers[kind, identity]

    return ask


def _reading(session: Session) -> "Reading":
    """Return what shows how far an export has been read, and what of it was left out."""

    @contextmanager
    def shown(source: "ScorecardSource") -> "Iterator[None]":
        with _progress(source):
            yield
        for said in source.left_out():
            session.note(say(said))

    return shown


@contextmanager
def _progress(source: "ScorecardSource") -> "Iterator[None]":
    """Show how far an export has been read, where somebody looks."""
    if not source.bytes_total or not sys.stderr.isatty():
        yield
        return
    with click.progressbar(length=source.bytes_total, label=_("Reading"), file=sys.stderr) as bar:

        def advance(source: "ScorecardSource") -> None:
            bar.update(source.bytes_read - bar.pos)

        source.on_advance = advance
        yield
