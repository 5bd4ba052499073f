"""Signing in with a personal link and its code, signing out, and choosing a language."""

from starlette.responses import Response

from hiringkit.actions.links import link_to, redeem_link, sign_out
from hiringkit.errors import HiringKitError
from hiringkit.locale import _, say
from hiringkit.text.language import LANGUAGES
from hiringkit.web.visit import LANGUAGE_COOKIE, Visit, failure, go

_YEAR = 365 * 24 * 3600


def ask(visit: Visit) -> Response:
    """Ask for the code of a link; nothing is redeemed by opening it, because programs open links too."""
    try:
        link_to(visit.store, visit.room.clock(), _token(visit))
    except HiringKitError as error:
        return _refused(visit, error)
    return _ask(visit, "")


def _token(visit: Visit) -> str:
    return str(visit.request.path_params["token"])


def _ask(visit: Visit, wrong: str) -> Response:
    return visit.page("sign_in.html", _("Sign in"), status=403 if wrong else 200, wrong=wrong)


def _refused(visit: Visit, error: HiringKitError) -> Response:
    # where the link was redeemed in this very browser, there is a way on
    title = _("This link does not sign in")
    return visit.page("message.html", title, status=403, words=say(error.message), onward=True)


def redeem(visit: Visit) -> Response:
    """Sign in; the login is a new one, whatever cookie the browser came with."""
    room = visit.room
    client = visit.request.client
    if not room.attempts.allowed(client.host if client else "", room.clock().timestamp()):
        return failure(room, visit.request, 429, visit)
    login = room.new_token()
    try:
        link = redeem_link(room.store, room.actor(None), _token(visit), visit.given("code"), login=login)
    except HiringKitError as error:
        try:
            link_to(room.store, room.clock(), _token(visit))
        except HiringKitError:
            return _refused(visit, error)
        return _ask(visit, say(error.message))
    answer = go("/")
    answer.set_cookie(
        room.site.cookie,
        login,
        max_age=int((link.expires_at - room.clock()).total_seconds()),
        path="/",
        secure=room.site.secure,
        httponly=True,
        samesite="strict",
    )
    return answer


def leave(visit: Visit) -> Response:
    """Sign out."""
    token = visit.request.cookies.get(visit.room.site.cookie)
    if visit.login and token:
        sign_out(visit.store, visit.actor, token)
    title = _("You are signed out")
    answer = visit.page("message.html", title, words=_("You may close this window."), login=None)
    answer.delete_cookie(visit.room.site.cookie, path="/", secure=visit.room.site.secure, httponly=True)
    return answer


def choose_language(visit: Visit) -> Response:
    """Remember the language in the browser, and return to the page where it was chosen."""
    language, here = visit.given("language"), visit.given("here")
    # a path of ours, and not `//elsewhere`
    answer = go(here if here.startswith("/") and not here.startswith(("//", "/\\")) else "/")
    if language in LANGUAGES:
        answer.set_cookie(
            LANGUAGE_COOKIE, language, _YEAR, path="/", secure=visit.room.site.secure, httponly=True, samesite="strict"
        )
    return answer
