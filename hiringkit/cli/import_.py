"""`hiringkit import`."""

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hiringkit.cli.base import Command, option
from hiringkit.cli.import_maps import drafted, read_import_map
from hiringkit.cli.session import Session, with_session
from hiringkit.locale import _, n_
from hiringkit.text.sentence import Sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from hiringkit.actions.imports import Records, SamePerson
    from hiringkit.domain.finding import Finding, FindingList
    from hiringkit.domain.import_map import ImportMap
    from hiringkit.domain.imported import ImportedScorecard, ImportReport
    from hiringkit.domain.rubric import Rubric
    from hiringkit.exchange.ats.source import ScorecardSource

SHEET = "sheet"
NOT_IMPORTED = Sentence("nothing was imported from {file}")


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
    source, open_records, given = _opened(session, file, kind, given, without, rubric, opening)
    same = _same_person(session, same_names)

    def run(*, write: bool) -> "ImportReport":
        return import_scorecards(
            store, session.actor, opening, open_records(), given, source=source, file=file, same=same, write=write
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


def _opened(
    session: Session,
    file: str,
    kind: str | None,
    given: "ImportMap | None",
    without: tuple[str, ...],
    rubric: "Rubric",
    opening: str,
) -> "tuple[str, Callable[[], Records], ImportMap]":
    """Read a file as far as is needed to know what it is, and return what reads its scorecards.

    Raises:
        FindingsError: It has errors.
        Refused: It is not understood without a map.
        UsageProblem: There is no such kind of file.
    """
    from hiringkit.exchange.ratings import JSON_ENDINGS

    path = Path(file)
    if kind == SHEET or (kind is None and not path.is_dir() and path.suffix.lower() not in JSON_ENDINGS):
        return _opened_sheet(session, file, given, rubric, opening)
    return _opened_export(session, file, kind, given, without, rubric)


def _opened_sheet(
    session: Session, file: str, given: "ImportMap | None", rubric: "Rubric", opening: str
) -> "tuple[str, Callable[[], Records], ImportMap]":
    from hiringkit.domain.finding import has_errors
    from hiringkit.errors import FindingsError
    from hiringkit.exchange.score_sheets import read_score_sheet

    sheet, findings = read_score_sheet(file, given, more=session.settings.columns, opening=opening)
    if sheet is None or has_errors(findings):
        raise FindingsError(NOT_IMPORTED.format(file=file), findings)
    cards = sheet.scorecards
    if given is None:
        _require_plain(file, cards, sheet.given, rubric, guessed=sheet.guessed)
    session.tell(findings)
    return SHEET, lambda: iter(cards), sheet.given


def _opened_export(
    session: Session, file: str, kind: str | None, given: "ImportMap | None", without: tuple[str, ...], rubric: "Rubric"
) -> "tuple[str, Callable[[], Records], ImportMap]":
    from io import BytesIO

    from hiringkit.domain.finding import Finding, FindingList
    from hiringkit.domain.import_map import ImportMap
    from hiringkit.exchange.ats.reading import read_scorecards, recognise
    from hiringkit.exchange.text_files import STDIN, read_bytes

    data = read_bytes(file) if file == STDIN else None
    kind = kind or (None if data is not None else recognise(file))

    def records() -> "Iterator[ImportedScorecard | Finding]":
        source = read_scorecards(file, kind, without=without, stdin=None if data is None else BytesIO(data))
        with _progress(source):
            yield from source
        if source.drafts_skipped:
            text = n_("{count} drafts were left out: nobody has submitted them.")
            session.note(_(text).format(count=source.drafts_skipped))
        if source.deleted_skipped:
            text = n_("{count} scorecards were left out: they were deleted or cancelled.")
            session.note(_(text).format(count=source.deleted_skipped))

    if given is None:
        wrong = FindingList()

        def sound() -> "Iterator[ImportedScorecard]":
            for each in records():
                if isinstance(each, Finding):
                    wrong.add(each)
                else:
                    yield each

        given = ImportMap()
        _require_plain(file, sound(), given, rubric, guessed=False, wrong=wrong)
    return kind or "", records, given


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


def _require_plain(
    file: str,
    cards: "Iterable[ImportedScorecard]",
    given: "ImportMap",
    rubric: "Rubric",
    *,
    guessed: bool,
    wrong: "FindingList | None" = None,
) -> None:
    """Require that a file explains itself; otherwise write a draft of a map next to it.

    Raises:
        FindingsError: The file has errors, and a map would be of no use.
        Refused: It does not.
    """
    from hiringkit.actions.imports import unexplained
    from hiringkit.domain.finding import has_errors
    from hiringkit.errors import FindingsError

    words, attributes, recommendations = unexplained(cards, given, rubric)
    if wrong and has_errors(found := wrong.in_order()):
        raise FindingsError(NOT_IMPORTED.format(file=file), found)
    if not (guessed or words or attributes or recommendations):
        return
    draft = Path("ratings.map.yaml") if file == "-" else Path(file).with_suffix(".map.yaml")
    raise drafted(draft, file, given, rubric.scale.values, words, attributes, recommendations)
