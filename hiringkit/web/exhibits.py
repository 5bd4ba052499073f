"""A question's exhibits for the candidate: on a page with nothing else on it, and by a link for their own device."""

from collections.abc import Sequence

from starlette.responses import Response

from hiringkit.domain.question import Exhibit
from hiringkit.errors import NotFound
from hiringkit.locale import _
from hiringkit.report.views.exhibit import exhibit_values, exhibits_title
from hiringkit.timezone import local
from hiringkit.web.interview import Sitting, find_sitting, question_at
from hiringkit.web.visit import Visit


def show(visit: Visit) -> Response:
    """Show exhibits to whoever holds the interview, on a page that can be turned towards the candidate or shared."""
    return _page(visit, _asked_with(visit, find_sitting(visit)))


def _asked_with(visit: Visit, sitting: Sitting) -> tuple[Exhibit, ...]:
    question = sitting.question(question_at(visit, sitting.place))
    if question is None or not question.exhibits:
        raise NotFound("no exhibit")
    return question.exhibits


def _page(visit: Visit, exhibits: Sequence[Exhibit]) -> Response:
    return visit.page(
        "exhibits.html",
        _("For you to read"),
        heading=exhibits_title(exhibits, visit.language),
        exhibits=exhibit_values(exhibits, visit.language),
    )


def hand_out(visit: Visit) -> Response:
    """Make a link by which the candidate reads exhibits without signing in."""
    exhibits, room, token = _asked_with(visit, find_sitting(visit)), visit.room, visit.room.new_token()
    handout = room.handouts.add(token, exhibits, room.clock())
    return visit.page(
        "handed_out.html",
        _("A link for the candidate"),
        link=f"{room.site.address}/read/{token}",
        until=f"{local(handout.until):%H:%M}",
    )


def read(visit: Visit) -> Response:
    """Show what was handed out; whoever has the link may read it, until it ends."""
    handout = visit.room.handouts.find(str(visit.request.path_params["token"]), visit.room.clock())
    if handout is None:
        raise NotFound("no such link")
    return _page(visit, handout.exhibits)
