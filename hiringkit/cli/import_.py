"""`hiringkit import`."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hiringkit.cli.base import Command, option
from hiringkit.cli.import_maps import drafted, read_import_map
from hiringkit.cli.session import Session, with_session
from hiringkit.locale import _, n_
from hiringkit.text.sentence import Sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hiringkit.actions.imports import Records, SamePerson
    from hiringkit.domain.import_map import ImportMap
    from hiringkit.domain.imported import ImportedScorecard, ImportReport
    from hiringkit.domain.rubric import Rubric

SHEET = "sheet"


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
    from hiringkit.actions.imports import import_scorecards
    from hiringkit.actions.openings import show_opening
    from hiringkit.report.views.imports import import_report

    store = session.store()
    rubric = show_opening(store, session.actor, opening).rubric
    given = read_import_map(map_file) if map_file and Path(map_file).exists() else None
    source, open_records, given = _opened(session, file, kind, given, without, rubric)
    same = _same_person(same_names)

    def run(*, write: bool) -> "ImportReport":
        return import_scorecards(
            store, session.actor, opening, open_records(), given, source=source, file=file, same=same, write=write
        )

    asks = not dry_run and session.is_read_at_once and _at_terminal()
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


def _at_terminal() -> bool:
    import sys

    return sys.stdin.isatty() and sys.stdout.isatty()


def _same_person(chosen: str | None) -> "SamePerson":
    """Return what decides whether two people of one name are one: an option, or the user at a terminal."""
    if chosen:
        return lambda _kind, _person, _identity: chosen == "yes"
    if not _at_terminal():
        return lambda _kind, _person, _identity: None
    answers: dict[tuple[str, str], bool] = {}

    def ask(kind: str, person: Any, identity: str) -> bool:
        if (kind, identity) not in answers:
            text = _("Is {name} in the file the same person as {identity}, who is there already?")
            answers[kind, identity] = click.confirm(text.format(name=person.label, identity=identity), err=True)
        return answers[kind, identity]

    return ask


def _opened(
    session: Session, file: str, kind: str | None, given: "ImportMap | None", without: tuple[str, ...], rubric: "Rubric"
) -> "tuple[str, Callable[[], Records], ImportMap]":
    """Read a file as far as is needed to know what it is, and return what reads its scorecards.

    Raises:
        FindingsError: It has errors, or a map is needed.
    """
    if kind in (None, SHEET) and not Path(file).is_dir() and Path(file).suffix.lower() not in (".json", ".jsonl"):
        return _opened_sheet(session, file, given, rubric)
    raise NotImplementedError


def _opened_sheet(
    session: Session, file: str, given: "ImportMap | None", rubric: "Rubric"
) -> "tuple[str, Callable[[], Records], ImportMap]":
    from hiringkit.domain.finding import has_errors
    from hiringkit.errors import FindingsError
    from hiringkit.exchange.score_sheets import read_score_sheet

    sheet, findings = read_score_sheet(file, given)
    if sheet is None or has_errors(findings):
        raise FindingsError(Sentence("nothing was imported from {file}").format(file=file), findings)
    if given is None:
        _require_plain(file, sheet.scorecards, sheet.given, rubric, guessed=sheet.guessed)
    session.tell(findings)
    cards = sheet.scorecards

    def records() -> "Iterator[ImportedScorecard]":
        return iter(cards)

    return SHEET, records, sheet.given


def _require_plain(
    file: str, cards: "tuple[ImportedScorecard, ...]", given: "ImportMap", rubric: "Rubric", *, guessed: bool
) -> None:
    """Require that a file explains itself; otherwise write a draft of a map next to it.

    Raises:
        Refused: It does not.
    """
    from hiringkit.actions.imports import unexplained

    words, attributes, recommendations = unexplained(cards, given, rubric)
    if not (guessed or words or attributes or recommendations):
        return
    draft = Path("ratings" if file == "-" else file).with_suffix(".map.yaml")
    raise drafted(draft, file, given, rubric.scale.values, words, attributes, recommendations)
