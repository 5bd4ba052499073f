"""What every request has to pass, and what every answer carries: an ASGI middleware around all pages."""

import re
from collections.abc import Awaitable, Callable

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from hiringkit.web.site import Site
from hiringkit.web.uploads import LARGEST_UPLOAD

LARGEST_BODY = 256 * 1024
_UPLOAD = re.compile(r"/desk/[\w-]+/import")
"""The one address that takes files."""
SAFE = frozenset({"GET", "HEAD"})
HEADERS = {
    "content-security-policy": "default-src 'self'; img-src 'self' data:; base-uri 'none'; object-src 'none';"
    " form-action 'self'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
TRUSTED = {"referrer-policy": "no-referrer", "cross-origin-opener-policy": "same-origin"}
UNTRUSTED = {"referrer-policy": "same-origin"}
"""For addresses without HTTPS, other than the machine's own: there browsers ignore an opener policy, and do not send
Sec-Fetch-Site. Under no-referrer the origin of our own forms would be null, and nothing would tell them from those of
other sites."""


class TooLarge(Exception):  # noqa: N818 - reads as the sentence that it says
    """A request's body is larger than any form of ours."""


class Guard:
    """Refuses requests that no page of ours sends, and adds the headers that every answer has.

    Args:
        app: What answers.
        site: Where the server is found.
        refuse: Makes the answer to a refused request out of its status.
    """

    def __init__(self, app: ASGIApp, site: Site, refuse: Callable[[int], ASGIApp]) -> None:
        self.app = app
        self.site = site
        self.refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] == "websocket":
            # browsers let every site open a socket to every other, with the cookies of that: the origin tells
            headers = Headers(scope=scope)
            hosts = headers.getlist("host")
            ours = (
                len(hosts) == 1 and hosts[0].lower() in self.site.hosts and headers.get("origin") in self.site.origins
            )
            await (self.app if ours else _close)(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                for name, value in (TRUSTED if self.site.trustworthy else UNTRUSTED).items():
                    headers[name] = value
                headers.setdefault("cache-control", "no-store")
                del headers["server"]
            await send(message)

        status = self._refusal(scope)
        app = self.refuse(status) if status else self.app
        await app(scope, _limited(receive, largest_body(scope)), send_guarded)

    def _refusal(self, scope: Scope) -> int:
        """Return the status with which a request is refused, 0 for one that is not."""
        headers = Headers(scope=scope)
        hosts = headers.getlist("host")
        if len(hosts) != 1 or hosts[0].lower() not in self.site.hosts:
            return 421
        length = headers.get("content-length", "0")
        if not (length.isascii() and length.isdigit()) or int(length) > largest_body(scope):
            return 413
        origin, fetched = headers.get("origin"), headers.get("sec-fetch-site")
        if scope["method"] in SAFE:
            # a link in an e-mail opens a page; nothing else of other sites gets an answer
            page = headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"
            return 403 if fetched in ("cross-site", "same-site") and not page else 0
        if scope["method"] != "POST":
            return 405
        if fetched not in (None, "same-origin"):
            return 403
        # under "no-referrer" browsers send the origin of a form as null: then only Sec-Fetch-Site says whose it is
        ours = origin in self.site.origins or (origin in (None, "null") and fetched == "same-origin")
        return 0 if ours else 403


async def _close(_scope: Scope, _receive: Receive, send: Send) -> None:
    await send({"type": "websocket.close", "code": 1008})


def largest_body(scope: Scope) -> int:
    """Return how many bytes a request may have."""
    return LARGEST_UPLOAD if _UPLOAD.fullmatch(scope["path"]) else LARGEST_BODY


def _limited(receive: Receive, most: int) -> Callable[[], Awaitable[Message]]:
    """Count what comes in: a body that does not say how long it is ends there, too."""
    taken = 0

    async def counted() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > most:
            raise TooLarge
        return message

    return counted
