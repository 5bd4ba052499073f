"""The interview room of the terminal, in a browser: a program for each window, which runs as who is signed in.

textual-serve brings the terminal that runs in the page. Its server is not used: it knows no logins, answers every
site, and has one program for everybody. What passes between page and program is the same.
"""

import asyncio
import json
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Any

from attrs import frozen
from starlette.responses import Response
from starlette.websockets import WebSocket, WebSocketDisconnect

from hiringkit.actions.interviews import Lock
from hiringkit.errors import HiringKitError, NotFound
from hiringkit.locale import _
from hiringkit.web.interview import Place, find_place, find_sitting
from hiringkit.web.room import Room, Terminal
from hiringkit.web.visit import SignedOut, Visit, go, visit_of

MOST_TERMINALS = 20
"""Each is a program of about 100 MB."""
SECONDS_TO_LEAVE = 15.0
"""For the program to put on disk what was typed last, and to end."""
SECONDS_BETWEEN_CHECKS = 5.0
"""After so long a login that was taken back ends what it is used for."""
POLICY = (
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; object-src 'none';"
    " form-action 'self'; frame-ancestors 'none'"
)
"""The terminal writes styles of its own into the page."""
_READY = b"__GANGLION__\n"
_MOST_PRELUDE = 10
_WIDEST, _TALLEST = 500, 200


def show(visit: Visit) -> Response:
    """Show the page with the terminal in it."""
    if visit.room.terminal is None:
        raise NotFound("no such interview")
    sitting = find_sitting(visit)
    if sitting.session.lock is not Lock.OPEN:
        return go(f"{sitting.address}/review")
    if len(visit.room.terminals) >= MOST_TERMINALS:
        return go(f"{sitting.address}/{sitting.session.begin_at + 1}")
    address = visit.room.site.address.replace("http", "ws", 1)
    answer = visit.page(
        "terminal.html",
        _("Interview in the terminal"),
        socket=f"{address}{sitting.address}/terminal/socket",
        address=sitting.address,
        wide=True,
    )
    answer.headers["content-security-policy"] = POLICY
    return answer


async def connect(room: Room, socket: WebSocket) -> None:
    """Run the program as long as the page is open and its reader signed in."""
    terminal = room.terminal
    found = None if terminal is None else await _find(room, socket)
    if terminal is None or found is None or len(room.terminals) >= MOST_TERMINALS:
        await socket.close()
        return
    await socket.accept()
    size = _size(socket.query_params)
    async with _running(room, terminal, found, size) as process:
        tasks = [
            asyncio.create_task(each)
            for each in (_to_page(process, socket), _to_program(process, socket), _until_signed_out(room, socket))
        ]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for each in tasks:
                each.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
    with suppress(RuntimeError, WebSocketDisconnect):
        await socket.close()


@frozen
class _Found:
    who: str
    place: Place
    language: str


async def _find(room: Room, socket: WebSocket) -> _Found | None:
    """Return whose interview it is, None where nobody is signed in or it is somebody else's."""

    def find() -> _Found | None:
        try:
            visit = visit_of(room, socket)
            return _Found(visit.who.interviewer, find_place(visit), visit.language)
        except (HiringKitError, SignedOut, ValueError):
            return None

    return await asyncio.get_running_loop().run_in_executor(room.readers, find)


async def _until_signed_out(room: Room, socket: WebSocket) -> None:
    while await _find(room, socket) is not None:  # noqa: ASYNC110 - the database tells nobody
        await asyncio.sleep(SECONDS_BETWEEN_CHECKS)


def _size(given: Mapping[str, Any]) -> tuple[int, int]:
    """Return columns and rows, as a page gives them."""

    def whole(name: str, usual: int, most: int) -> int:
        text = str(given.get(name, ""))
        return min(max(int(text), 20), most) if text.isascii() and text.isdigit() and len(text) < len("1000") else usual

    return whole("width", 80, _WIDEST), whole("height", 24, _TALLEST)


@asynccontextmanager
async def _running(room: Room, terminal: Terminal, found: _Found, size: tuple[int, int]) -> AsyncIterator[Process]:
    words, environment, first = terminal(found.who, found.place.id, found.language, size)
    process = await asyncio.create_subprocess_exec(
        *words, stdin=PIPE, stdout=PIPE, stderr=asyncio.subprocess.DEVNULL, env=dict(environment)
    )
    room.terminals.add(process.pid)
    try:
        _stdin(process).write(first)
        yield process
    finally:
        try:
            await asyncio.shield(_end(process))
        finally:
            room.terminals.discard(process.pid)


async def _end(process: Process) -> None:
    """Let the program put on disk what was typed last; it ends in any case."""
    _stdin(process).close()
    with suppress(TimeoutError):
        await asyncio.wait_for(_ended(process), SECONDS_TO_LEAVE)
        return
    with suppress(ProcessLookupError):
        process.kill()
    await _ended(process)


async def _ended(process: Process) -> None:
    """Wait for the end; a pipe that nobody empties would put it off."""
    output = process.stdout
    while output is not None and await output.read(65536):
        pass
    await process.wait()


def _stdin(process: Process) -> asyncio.StreamWriter:
    if process.stdin is None:
        raise AssertionError("the program is spoken to through a pipe")
    return process.stdin


def _packet(kind: bytes, payload: bytes) -> bytes:
    return kind + len(payload).to_bytes(4, "big") + payload


async def _to_page(process: Process, socket: WebSocket) -> None:
    """Pass on what the program shows, until it ends."""
    output = process.stdout
    if output is None:
        raise AssertionError("the program answers through a pipe")
    for _line in range(_MOST_PRELUDE):
        if await output.readline() in (_READY, b""):
            break
    with suppress(asyncio.IncompleteReadError, WebSocketDisconnect):
        while True:
            head = await output.readexactly(5)
            payload = await output.readexactly(int.from_bytes(head[1:], "big"))
            if head[:1] == b"D":
                await socket.send_bytes(payload)
            elif head[:1] == b"M" and json.loads(payload).get("type") == "exit":
                return


async def _to_program(process: Process, socket: WebSocket) -> None:
    """Pass on what is typed, until the page is closed."""
    with suppress(WebSocketDisconnect, ConnectionError, ValueError, TypeError, KeyError, LookupError):
        while True:
            kind, *given = json.loads(await socket.receive_text())
            if kind == "stdin":
                packet = _packet(b"D", str(given[0]).encode("utf-8", "replace"))
            elif kind == "resize":
                width, height = _size(given[0])
                packet = _packet(b"M", json.dumps({"type": "resize", "width": width, "height": height}).encode())
            elif kind in ("focus", "blur"):
                packet = _packet(b"M", json.dumps({"type": kind}).encode())
            elif kind == "ping":
                await socket.send_text(json.dumps(["pong", given[0]]))
                continue
            else:
                continue
            _stdin(process).write(packet)
            await _stdin(process).drain()
