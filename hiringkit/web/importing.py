"""Scorecards from another program's file, or from several: looked at first, then imported, all or nothing."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from attrs import evolve
from starlette.responses import Response

from hiringkit.actions.audit import Actor
from hiringkit.actions.import_files import SHEET, open_import
from hiringkit.actions.imports import import_scorecards
from hiringkit.actions.links import at_desk
from hiringkit.actions.openings import OpeningView
from hiringkit.domain.codes import Code
from hiringkit.domain.finding import Finding
from hiringkit.domain.import_map import ImportMap
from hiringkit.domain.imported import ImportReport
from hiringkit.errors import FindingsError, HiringKitError, NotFound, Refused
from hiringkit.exchange.archives import ENDING, unpack
from hiringkit.exchange.ats.greenhouse_v3 import NEEDED
from hiringkit.exchange.ats.reading import KINDS
from hiringkit.exchange.ats.source import ScorecardSource
from hiringkit.library.import_map import read_map
from hiringkit.locale import _, say
from hiringkit.report.render.html import report_values
from hiringkit.report.views.imports import import_report
from hiringkit.text.sentence import Sentence
from hiringkit.web.desk import find_opening
from hiringkit.web.uploads import LARGEST_UPLOAD, Upload
from hiringkit.web.visit import Visit

_MEGABYTE = 1024 * 1024
SAME_FILE = Sentence("two of the files are called {name}")


def show(visit: Visit) -> Response:
    """Ask for files."""
    return _page(visit, find_opening(visit))


def _page(visit: Visit, whole: OpeningView, *, status: int = 200, **shown: Any) -> Response:
    usual: dict[str, Any] = {
        "trouble": "",
        "findings": [],
        "held": "",
        "file": "",
        "draft": visit.given("map"),
        "unclear": False,
        "report": None,
        "written": False,
        "parts": visit.form.get("without", []),
    }
    return visit.page(
        "import.html",
        _("Import scorecards"),
        status=status,
        desk=f"/desk/{visit.request.path_params['code']}",
        opening=whole.opening.title or whole.opening.id,
        kinds=[SHEET, *KINDS],
        kind=visit.given("kind"),
        same=visit.given("same"),
        without=visit.form.get("without", []),
        largest=LARGEST_UPLOAD // _MEGABYTE,
        **(usual | shown),
    )


def look_or_import(visit: Visit) -> Response:
    """Show what files would bring, or bring it, as the pressed button says."""
    whole = find_opening(visit)
    room, owner = visit.room, visit.who.interviewer
    token = visit.given("held")
    sent = visit.files.get("file", ())
    if sent:
        token = room.new_token()
        room.uploads.keep(token, owner, sent, room.clock())
    sent = sent or room.uploads.find(token, owner, room.clock())
    if not sent:
        words = _("The file is not here any more: choose it again.") if token else _("Choose a file.")
        return _page(visit, whole, status=409, trouble=words)
    shown: dict[str, Any] = {"held": token, "file": _called(sent)}
    writes = visit.given("do") == "import"
    try:
        # the desk's own rule comes first: who owes scorecards gets to see nothing of others'
        acting = at_desk(visit.store, visit.actor, visit.who, whole.opening.id)
        done, remarks, draft = _run(visit, acting, whole, sent, write=writes)
    except FindingsError as error:
        shown["parts"] = list(dict.fromkeys([*visit.form.get("without", []), *_lacking(error.findings)]))
        return _page(visit, whole, status=409, trouble=say(error.message), findings=_lines(error.findings), **shown)
    except NotFound:
        raise
    except HiringKitError as error:
        hint = [say(error.hint)] if error.hint else []
        return _page(visit, whole, status=409, trouble=say(error.message), findings=hint, **shown)
    if done is None:
        return _page(visit, whole, unclear=True, **(shown | {"draft": draft}))
    if done.written:
        room.uploads.drop(token)
    values = report_values(import_report(done))
    return _page(visit, whole, report=values, written=done.written, findings=remarks, **shown)


def _called(sent: tuple[Upload, ...]) -> str:
    """Return what to call what was sent together."""
    return sent[0].name if len(sent) == 1 else _("{count} files").format(count=len(sent))


def _lacking(findings: Iterable[Finding]) -> list[str]:
    """Return the parts of an export that are not there and can be done without."""
    missing = [str(each.message) for each in findings if each.code == Code.COLLECTION_MISSING]
    return [name for name in NEEDED if any(name in message.split() for message in missing)]


def _lines(findings: Iterable[Finding]) -> list[str]:
    return [finding.line(say) for finding in findings]


def _run(
    visit: Visit, acting: Actor, whole: OpeningView, sent: tuple[Upload, ...], *, write: bool
) -> tuple[ImportReport | None, list[str], str]:
    """Import files, or only show what that would do.

    Returns:
        What was done, None where they do not explain themselves; remarks; and the map that is to be filled in then.
    """
    left_out: list[str] = []

    @contextmanager
    def reading(source: ScorecardSource) -> Iterator[None]:
        yield
        left_out[:] = map(say, source.left_out())

    with TemporaryDirectory(prefix="hiringkit-") as folder:
        try:
            opened = open_import(
                str(_laid_out(Path(folder), sent)),
                _map(folder, visit.given("map")),
                whole.rubric,
                opening=whole.opening.id,
                kind=visit.given("kind") or None,
                without=visit.form.get("without", []),
                reading=reading,
            )
            if opened.draft:
                return None, [], opened.draft
            same = {"yes": True, "no": False}.get(visit.given("same"))
            done = import_scorecards(
                visit.store,
                acting,
                whole.opening.id,
                opened.records(),
                opened.given,
                source=opened.source,
                file=_called(sent),
                same=lambda _kind, _person, _identity: same,
                write=write,
            )
        except FindingsError as error:
            message = say(error.message).replace(f"{folder}/", "")
            raise FindingsError(message, _named(error.findings, folder)) from None
        except HiringKitError as error:
            raise Refused(say(error.message).replace(f"{folder}/", ""), hint=error.hint) from None
        return done, [*left_out, *_lines(_named([*opened.findings, *done.findings], folder))], ""


def _laid_out(folder: Path, sent: tuple[Upload, ...]) -> Path:
    """Write what was sent into a folder, and return the one file, or the folder of several.

    Raises:
        Refused: An archive is damaged or too large, or two files have one name.
    """
    first = sent[0]
    inside = folder / "export"
    if len(sent) == 1 and not first.name.lower().endswith(ENDING):
        path = folder / first.name
        path.write_bytes(first.content)
        return path
    inside.mkdir()
    if len(sent) == 1:
        files = unpack(first.name, first.content, inside)
        return files[0] if len(files) == 1 else inside
    for each in sent:
        path = inside / each.name
        if path.exists():
            raise Refused(SAME_FILE.format(name=each.name))
        path.write_bytes(each.content)
    return inside


def _map(folder: str, text: str) -> ImportMap | None:
    """Read what somebody filled in, None where that is nothing.

    Raises:
        FindingsError: It has errors.
    """
    if not text.strip():
        return None
    path = Path(folder) / "map.yaml"
    path.write_text(text, encoding="utf-8")
    given, wrong = read_map(path)
    if given is None:
        raise FindingsError("the map has errors", wrong)
    return given


def _named(findings: Iterable[Finding], folder: str) -> list[Finding]:
    """Name the file as its owner does, and not where it lies here."""
    return [
        evolve(each, location=evolve(each.location, file=each.location.file.replace(f"{folder}/", "")))
        if each.location
        else each
        for each in findings
    ]
