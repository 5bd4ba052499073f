"""One request: who sends it, in which language, with which form; and the page that answers it."""

from asyncio import get_running_loop
from collections.abc import Awaitable, Callable, Mapping
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from attrs import field, frozen
from starlette.requests import ClientDisconnect, HTTPConnection, Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from hiringkit.actions.audit import Actor
from hiringkit.domain.links import Login
from hiringkit.errors import HiringKitError, NotFound, StoreUnreachable
from hiringkit.locale import _, say, speaking
from hiringkit.report.render.html import fill_template, style_sheet
from hiringkit.store.store import Store
from hiringkit.text.language import LANGUAGES
from hiringkit.web.guard import LARGEST_BODY, TooLarge, largest_body
from hiringkit.web.own_place import OWN_COOKIE, OwnPlace
from hiringkit.web.room import Room
from hiringkit.web.uploads import Upload, read_multipart

STATIC = Path(__file__).parent / "static"
LANGUAGE_COOKIE = "hiringkit-language"
MOST_FIELDS = 200
_JSON = "application/json"


class SignedOut(Exception):  # noqa: N818 - reads as the sentence that it says
    """The page is for people who are signed in."""


@frozen
class Visit:
    """One request."""

    room: Room
    request: HTTPConnection
    form: Mapping[str, list[str]]
    language: str
    login: Login | None
    files: Mapping[str, tuple[Upload, ...]] = field(factory=dict)
    """What the form brings along, by the name of the field."""

    @property
    def who(self) -> Login:
        """Who is signed in.

        Raises:
            SignedOut: Nobody is.
        """
        if self.login is None:
            raise SignedOut
        return self.login

    @property
    def own(self) -> OwnPlace:
        """Where the answers of whoever asks are kept.

        Raises:
            SignedOut: The browser has not been let in by the address that the server told.
        """
        place = self.room.own
        if place is None or not place.admits(self.request.cookies.get(OWN_COOKIE, "")):
            raise SignedOut
        return place

    @property
    def actor(self) -> Actor:
        """Who acts."""
        return self.room.actor(self.login)

    @property
    def store(self) -> Store:
        """The database, with the rights of whoever is signed in."""
        return self.room.store.acting_for(self.login.interviewer if self.login else "")

    @property
    def wants_json(self) -> bool:
        """Whether our script asks, and not somebody who reads the answer."""
        return self.request.headers.get("accept") == _JSON

    def given(self, name: str) -> str:
        """Return what the form says under a name, the last if it does so several times."""
        return self.form.get(name, [""])[-1]

    def page(self, template: str, title: str, /, *, status: int = 200, **values: Any) -> Response:
        """Fill a page.

        Args:
            template: Its template.
            title: What the browser's tab says; never anybody's name.
            status: Of the answer.
            values: For the template.
        """
        shown = {
            "login": self.login,
            "own": self.room.own is not None,
            "title": title,
            "spoken": self.language,
            "languages": {code: (each.tag, _own_name(code)) for code, each in LANGUAGES.items()},
            "here": self.request.url.path,
            "assets": assets_version(),
        }
        text = fill_template(template, self.language, **(shown | values))
        return HTMLResponse(text, status)


@cache
def _own_name(language: str) -> str:
    """Return what a language is called by those who read it."""
    with speaking(language):
        return _(LANGUAGES[language].name)


@cache
def assets() -> Mapping[str, tuple[str, bytes]]:
    """Return what pages load, by name: its media type and content."""
    types = {".css": "text/css", ".js": "text/javascript"}
    paths = [*sorted(STATIC.iterdir()), *terminal_files()]
    files = {path.name: (types[path.suffix], path.read_bytes()) for path in paths}
    return {"page.css": ("text/css", style_sheet().encode()), **files}


def terminal_files() -> tuple[Path, ...]:
    """Return the terminal that runs in a page, as textual-serve has it; nothing where that is not installed."""
    found = find_spec("textual_serve")
    if found is None or found.origin is None:
        return ()
    static = Path(found.origin).parent / "static"
    return static / "js" / "textual.js", static / "css" / "xterm.css"


@cache
def assets_version() -> str:
    """Return a short hash of all that pages load."""
    return sha256(b"".join(content for _type, content in assets().values())).hexdigest()[:12]


def go(to: str) -> Response:
    """Send the browser to another page."""
    return RedirectResponse(to, 303)


Handler = Callable[[Visit], Response]
Endpoint = Callable[[Request], Awaitable[Response]]


def endpoint(room: Room, handler: Handler) -> Endpoint:
    """Make an endpoint: it reads the form and answers in a thread; what goes wrong becomes a page."""

    async def answer(request: Request) -> Response:
        in_thread = get_running_loop().run_in_executor
        try:
            if largest_body(request.scope) > LARGEST_BODY and not await in_thread(
                room.readers, _may_send_files, room, request
            ):
                # what only people at the desk send is not even read from others
                return await in_thread(room.readers, _answer, room, handler, request, b"")
            body = await request.body() if request.method == "POST" else b""
        except TooLarge:
            return await in_thread(room.readers, failure, room, request, 413)
        except ClientDisconnect:
            return Response(status_code=400)
        threads = room.writer if request.method == "POST" else room.readers
        return await in_thread(threads, _answer, room, handler, request, body)

    return answer


def _may_send_files(room: Room, request: Request) -> bool:
    try:
        login = room.login(request.cookies.get(room.site.cookie, ""))
    except HiringKitError:
        return False  # the page that follows says why
    return login is not None and login.link.desk


def _answer(  # noqa: PLR0911 - each way in which it can go wrong has its page
    room: Room, handler: Handler, request: Request, body: bytes
) -> Response:
    with speaking(_language(room, request)):
        try:
            visit = visit_of(room, request, body)
        except StoreUnreachable as error:
            return _out_of_reach(Visit(room, request, {}, _language(room, request), None), error)
        except (ValueError, HiringKitError):
            return failure(room, request, 400)
        try:
            return handler(visit)
        except SignedOut:
            words = _("Open the personal link that you were sent.")
            if room.own:
                words = _("Open the address that hiringkit serve --self has printed.")
            return _message(visit, 401, _("You are not signed in"), words)
        except NotFound:
            # which ids there are is nobody's business
            return failure(room, request, 404, visit)
        except StoreUnreachable as error:
            return _out_of_reach(visit, error)
        except HiringKitError as error:
            return _message(visit, 409, _("That was not done"), say(error.message))
        except Exception as error:  # noqa: BLE001 - a bug becomes a page, its trace a file
            room.on_bug(error)
            return failure(room, request, 500, visit)


def _out_of_reach(visit: Visit, error: StoreUnreachable) -> Response:
    return _message(visit, 503, _("The database cannot be reached at this moment"), say(error.message))


def visit_of(room: Room, request: HTTPConnection, body: bytes = b"") -> Visit:
    """Read a request's form, and find out who sends it.

    Raises:
        ValueError: It is no form.
    """
    parts = read_multipart(request.headers.get("content-type", ""), body, MOST_FIELDS) if body else None
    form, files = parts or (_fields(body), {})
    token = request.cookies.get(room.site.cookie, "")
    return Visit(room, request, form, _language(room, request), room.login(token), files)


def _fields(body: bytes) -> dict[str, list[str]]:
    return parse_qs(
        body.decode(), keep_blank_values=True, strict_parsing=bool(body), max_num_fields=MOST_FIELDS, errors="strict"
    )


def _language(room: Room, request: HTTPConnection) -> str:
    """Return what was chosen, else the first of ours that the browser asks for."""
    chosen = request.cookies.get(LANGUAGE_COOKIE)
    asked = request.headers.get("accept-language", "").split(",")
    words = [chosen or "", *(each.strip()[:2].lower() for each in asked)]
    return next((word for word in words if word in LANGUAGES), room.language)


def failure(room: Room, request: HTTPConnection, status: int, visit: Visit | None = None) -> Response:
    """Answer with a page that says what went wrong, and nothing of how it happened."""
    with speaking(_language(room, request)):
        visit = visit or Visit(room, request, {}, _language(room, request), None)
        says = {
            400: (_("That cannot be read"), _("Go back and try again.")),
            403: (_("That came from another site"), _("Nothing was changed. Open the page here and try again.")),
            404: (_("There is no such page"), _("It may have been cancelled, or is not for you.")),
            405: (_("That cannot be done with this page"), _("Go back and try again.")),
            413: (_("That is too long"), _("Nothing was saved. Shorten the text, and save it again.")),
            421: (_("This server is not known by that name"), _("Ask whoever sent you the link.")),
            429: (_("Too many attempts"), _("Wait a minute, then try again.")),
            500: (_("Something went wrong here"), _("This is a bug, not your doing. What was saved before is kept.")),
        }
        title, words = says[status]
        return _message(visit, status, title, words)


def _message(visit: Visit, status: int, title: str, words: str) -> Response:
    if visit.wants_json:
        return JSONResponse({"title": title, "message": words}, status)
    return visit.page("message.html", title, status=status, words=words)
