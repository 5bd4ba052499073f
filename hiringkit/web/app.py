"""The room in the browser as an ASGI application: which page answers at which address."""

from collections.abc import Callable
from functools import partial
from http import HTTPStatus

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.types import ASGIApp, Receive, Scope, Send

from hiringkit.web import (
    attempt,
    decision,
    desk,
    exhibits,
    importing,
    interview,
    own,
    peers,
    practice,
    practice_panel,
    review,
    signing_in,
    terminal,
    today,
    voting,
)
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

    if room.own:
        pages = [
            *page("/own/{key}", own.enter),
            *page("/", own.show),
            *page("/attempts", post=attempt.begin),
            *page("/attempt/{code}", attempt.resume),
            *page("/attempt/{code}/requirements", attempt.show_requirements, attempt.save_requirements),
            *page("/attempt/{code}/report", attempt.report),
            *page("/attempt/{code}/steps", attempt.show_steps, attempt.tick_off),
            *page("/attempt/{code}/answers", peers.share),
            *page("/levels", post=peers.receive),
            *page("/attempt/{code}/{n:int}", attempt.show, attempt.save),
            *page("/practice/{code}", practice.show),
            *page("/practice/{code}/panel", practice_panel.show),
            *page("/practice/{code}/panel/{number:int}/report", practice_panel.report),
            *page("/practice/{code}/panel/{number:int}/{n:int}", practice_panel.show_answer, practice_panel.rate),
            *page("/practice/{code}/{number:int}/{n:int}", practice.show_answer, practice.rate),
        ]
    else:
        pages = _panel_pages(room, page)
    routes = [
        *pages,
        *page("/language", post=signing_in.choose_language),
        Route("/static/{name}", _static, methods=["GET"]),
    ]
    app = Starlette(routes=routes, exception_handlers={404: no_page, 405: no_page})
    return Guard(app, room.site, refuse)


def _panel_pages(room: Room, page: Callable[..., list[BaseRoute]]) -> list[BaseRoute]:
    return [
        *page("/", today.show),
        *page("/link/{token}", signing_in.ask, signing_in.redeem),
        *page("/sign-out", post=signing_in.leave),
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
        *page("/decision/{code}", decision.show, decision.change),
        *page("/decision/{code}/close", decision.show_closing, decision.close),
        *page("/decision/{code}/memo", decision.memo),
        *page("/decision/{code}/{n:int}", voting.show, voting.act),
        *page("/desk", desk.show_openings),
        *page("/desk/{code}", desk.show_one),
        *page("/desk/{code}/import", importing.show, importing.look_or_import),
        *page("/desk/{code}/compare", desk.compare),
        *page("/desk/{code}/debrief", desk.debrief),
        *page("/desk/{code}/agreement", desk.agreement),
        *page("/desk/{code}/profile/{person}", desk.profile),
    ]


async def _static(request: Request) -> Response:
    """Answer with the style sheets and our script; whoever may ask for pages may have them."""
    found = assets().get(request.path_params["name"])
    if found is None:
        return Response(status_code=404)
    kind, content = found
    # their addresses carry a hash of their content
    headers = {"cache-control": "public, max-age=31536000, immutable"}
    return Response(content, media_type=f"{kind}; charset=utf-8", headers=headers)
