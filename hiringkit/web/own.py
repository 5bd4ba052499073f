"""What there is for oneself: attempts, roles to assess oneself against, banks to practise with."""

from starlette.responses import Response

from hiringkit.actions import self_assessments
from hiringkit.library.documents import Kind
from hiringkit.locale import _
from hiringkit.report.words import moment
from hiringkit.web.own_place import OWN_COOKIE
from hiringkit.web.visit import SignedOut, Visit, go


def enter(visit: Visit) -> Response:
    """Let the browser in that opens the address which the server has printed."""
    place = visit.room.own
    key = str(visit.request.path_params["key"])
    if place is None or not place.admits(key):
        raise SignedOut
    answer = go("/")
    answer.set_cookie(OWN_COOKIE, key, path="/", httponly=True, samesite="strict")
    return answer


def show(visit: Visit) -> Response:
    """Show what there is."""
    place, room = visit.own, visit.room
    sheets, findings = self_assessments.every(place.attempts)
    roles, banks = (
        [(each.id, each.title.in_language(visit.language)) for each in place.library.entries(kind)]
        for kind in (Kind.RUBRIC, Kind.BANK)
    )
    return visit.page(
        "own.html",
        _("For yourself"),
        attempts=[
            {
                "address": f"/attempt/{room.code('attempt', sheet.attempt.id)}",
                "name": sheet.rubric.title.in_language(visit.language),
                "id": sheet.attempt.id,
                "when": moment(sheet.attempt.changed_at),
                "written": any(given.text for given in sheet.attempt.answers),
                "open": len(sheet.attempt.outstanding),
                "answered": _("{done} of {all} questions answered").format(
                    done=len(sheet.attempt.kit) - len(sheet.attempt.outstanding), all=len(sheet.attempt.kit)
                ),
            }
            for sheet in reversed(sheets)
        ],
        broken=[each.location.file if each.location else each.path for each in findings],
        roles=roles,
        banks=[(f"/practice/{room.code('bank', bank)}", title) for bank, title in banks],
    )
