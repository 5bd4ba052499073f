"""Scorecards from another program's file: looked at first, then imported, all or nothing."""

from collections.abc import Iterable
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
from hiringkit.domain.finding import Finding
from hiringkit.domain.import_map import ImportMap
from hiringkit.domain.imported import ImportReport
from hiringkit.errors import FindingsError, HiringKitError, NotFound, Refused
from hiringkit.exchange.ats.reading import KINDS
from hiringkit.library.import_map import read_map
from hiringkit.locale import _, say
from hiringkit.report.render.html import report_values
from hiringkit.report.views.imports import import_report
from hiringkit.web.desk import find_opening
from hiringkit.web.uploads import LARGEST_UPLOAD, Upload
from hiringkit.web.visit import Visit

_MEGABYTE = 1024 * 1024


def show(visit: Visit) -> Response:
    """Ask for a file."""
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
        largest=LARGEST_UPLOAD // _MEGABYTE,
        **(usual | shown),
    )


def look_or_import(visit: Visit) -> Response:
    """Show what a file would bring, or bring it, as the pressed button says."""
    whole = find_opening(visit)
    room, owner = visit.room, visit.who.interviewer
    token = visit.given("held")
    upload = visit.files.get("file")
    if upload:
        token = room.new_token()
        room.uploads.keep(token, owner, upload, room.clock())
    upload = upload or room.uploads.find(token, owner, room.clock())
    if upload is None:
        words = _("The file is not here any more: choose it again.") if token else _("Choose a file.")
        return _page(visit, whole, status=409, trouble=words)
    shown: dict[str, Any] = {"held": token, "file": upload.name}
    writes = visit.given("do") == "import"
    try:
        # the desk's own rule comes first: who owes scorecards gets to see nothing of others'
        acting = at_desk(visit.store, visit.actor, visit.who, whole.opening.id)
        done, findings, draft = _run(visit, acting, whole, upload, write=writes)
    except FindingsError as error:
        lines = _lines(error.findings)
        return _page(visit, whole, status=409, trouble=say(error.message), findings=lines, **shown)
    except NotFound:
        raise
    except HiringKitError as error:
        return _page(visit, whole, status=409, trouble=say(error.message), **shown)
    if done is None:
        return _page(visit, whole, unclear=True, **(shown | {"draft": draft}))
    if done.written:
        room.uploads.drop(token)
    values = report_values(import_report(done))
    return _page(visit, whole, report=values, written=done.written, findings=_lines(findings), **shown)


def _lines(findings: Iterable[Finding]) -> list[str]:
    return [finding.line(say) for finding in findings]


def _run(
    visit: Visit, acting: Actor, whole: OpeningView, upload: Upload, *, write: bool
) -> tuple[ImportReport | None, tuple[Finding, ...], str]:
    """Import a file, or only show what that would do.

    Returns:
        What was done, None where the file does not explain itself; findings; and the map that is to be filled in then.
    """
    with TemporaryDirectory(prefix="hiringkit-") as folder:
        try:
            path = Path(folder) / upload.name
            path.write_bytes(upload.content)
            opened = open_import(
                str(path),
                _map(folder, visit.given("map")),
                whole.rubric,
                opening=whole.opening.id,
                kind=visit.given("kind") or None,
            )
            if opened.draft:
                return None, opened.findings, opened.draft
            same = {"yes": True, "no": False}.get(visit.given("same"))
            done = import_scorecards(
                visit.store,
                acting,
                whole.opening.id,
                opened.records(),
                opened.given,
                source=opened.source,
                file=upload.name,
                same=lambda _kind, _person, _identity: same,
                write=write,
            )
        except FindingsError as error:
            message = say(error.message).replace(f"{folder}/", "")
            raise FindingsError(message, _named(error.findings, folder)) from None
        except HiringKitError as error:
            raise Refused(say(error.message).replace(f"{folder}/", "")) from None
        return done, tuple(_named([*opened.findings, *done.findings], folder)), ""


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
