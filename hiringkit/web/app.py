"""The room in the browser as an ASGI application: which page answers at which address."""

from functools import partial
from http import HTTPStatus

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.types import ASGIApp, Receive, Scope, Send

from hiringkit.web import desk, exhibits, interview, review, signing_in, terminal, today
from hiringkit.web.guard import Guard
from hiringkit.web.room import Room
from hiringkit.web.visit import Handler, assets, endpoint, failure


def make_app(room: Room) -> ASGIApp:
    """Make the application.

    Args:
        room: What its pages work with.
    """

    def page(path: str, get: Handler | None = None, post: Handler | None = None) -> list[BaseRoute]:
        return [
            Route(path, endpoint(room, handler), methods=[method])
            for method, handler in (("GET", get), ("POST", post))
            if handler
        ]

    def refuse(status: int) -> ASGIApp:
        async def refused(scope: Scope, receive: Receive, send: Send) -> None:
            await failure(room, Request(scope, receive), status)(scope, receive, send)

        return refused

    async def no_page(request: Request, error: Exception) -> Response:
        return failure(room, request, getattr(error, "status_code", HTTPStatus.NOT_FOUND))

    routes = [
        *page("/", today.show),
        *page("/link/{token}", signing_in.ask, signing_in.redeem),
        *page("/sign-out", post=signing_in.leave),
        *page("/language", post=signing_in.choose_language),
        *page("/interview/{code}", interview.resume),
        *page("/interview/{code}/undo", post=interview.undo),
        *page("/interview/{code}/notes", post=interview.write_notes),
        *page("/interview/{code}/review", review.show, review.submit_scorecard),
        *page("/interview/{code}/amend/{n:int}", review.show_amendment, review.amend_scorecard),
        *page("/interview/{code}/{n:int}", interview.show, interview.save),
        *page("/interview/{code}/{n:int}/exhibits", exhibits.show, exhibits.hand_out),
        *page("/read/{token}", exhibits.read),
        *page("/interview/{code}/terminal", terminal.show),
        WebSocketRoute("/interview/{code}/terminal/socket", partial(terminal.connect, room)),
        *page("/desk", desk.show_openings),
        *page("/desk/{code}", desk.show_one),
        *page("/desk/{code}/compare", desk.compare),
        *page("/desk/{code}/debrief", desk.debrief),
        *page("/desk/{code}/profile/{person}", desk.profile),
        Route("/static/{name}", _static, methods=["GET"]),
    ]
    app = Starlette(routes=routes, exception_handlers={404: no_page, 405: no_page})
    return Guard(app, room.site, refuse)


async def _static(request: Request) -> Response:
    """Answer with the style sheets and our script; whoever may ask for pages may have them."""
    found = assets().get(request.path_params["name"])
    if found is None:
        return Response(status_code=404)
    kind, content = found
    # their addresses carry a hash of their content
    headers = {"cache-control": "public, max-age=31536000, immutable"}
    return Response(content, media_type=f"{kind}; charset=utf-8", headers=headers)
