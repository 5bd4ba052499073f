"""The terminal room in a browser: whose program it is, who may open a socket to it, and that nothing is lost."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from starlette.websockets import WebSocketDisconnect

from hiringkit.actions.audit import Actor, audit_log
from hiringkit.actions.databases import copy_database, encrypt_database
from hiringkit.actions.links import every_link, revoke_link
from hiringkit.actions.schedule import show_interview
from hiringkit.cli.tui import _in_browser as in_browser
from hiringkit.domain.audit import Via
from hiringkit.settings import environment_with
from hiringkit.store import encryption
from hiringkit.web import terminal
from hiringkit.web.app import make_app

SECONDS = 60.0


@pytest.fixture
def place(place: Any) -> Any:
    """The server with a terminal room."""

    def program(
        who: str, interview: str, language: str, size: tuple[int, int]
    ) -> tuple[Sequence[str], Mapping[str, str], bytes]:
        words = [sys.executable, "-m", "hiringkit", "tui", "--only", interview, "--size", "{}x{}".format(*size)]
        words += ["--as", who, "--lang", language]
        environment = environment_with(HIRINGKIT_DB=str(place.store.path), PYTHONPATH=":".join(sys.path))
        return words, environment, b""

    object.__setattr__(place.room, "terminal", program)
    return place


def shown(socket: Any, wanted: str) -> str:
    """Read what the program shows until something is there."""
    seen, end = "", time.monotonic() + SECONDS
    while wanted not in seen:
        assert time.monotonic() < end, seen
        seen += socket.receive_bytes().decode("utf-8", "replace")
    return seen


def until(reached: Callable[[], bool]) -> None:
    """Wait until something is so."""
    end = time.monotonic() + SECONDS
    while not reached():
        assert time.monotonic() < end
        time.sleep(0.02)


def typed(socket: Any, text: str) -> None:
    """Press keys."""
    socket.send_text(json.dumps(["stdin", text]))


def closed(place: Any, socket: Any) -> None:
    """Close the page, and wait until its program has ended."""
    socket.close()
    until(lambda: not place.room.terminals)


def ivys(place: Any) -> Any:
    """Read Ivy's interview from disk."""
    return show_interview(place.store, Actor("ivy", place.clock), "som/ada/ivy").interview


def open_socket(place: Any, browser: Any, here: str, **headers: str) -> Any:
    """Open the socket of an interview's terminal, as its page does."""
    # the test client's socket has a host of its own, and so no cookies
    cookies = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    usual = {"origin": place.room.site.address, "host": "127.0.0.1:8080", "cookie": cookies}
    return browser.websocket_connect(f"{here}/terminal/socket?width=100&height=30", headers={**usual, **headers})


@pytest.mark.slow
def test_an_interview_is_held_as_who_is_signed_in_and_closing_the_page_loses_nothing(place: Any) -> None:
    browser = place.signed_in("ivy")
    here = "/interview/" + place.room.code("interview", "som/ada/ivy")
    assert f'href="{here}/terminal"' in browser.get("/").text
    page = browser.get(f"{here}/terminal")
    assert f"ws://127.0.0.1:8080{here}/terminal/socket" in page.text
    assert "script-src" not in page.headers["content-security-policy"]
    with open_socket(place, browser, here) as socket:
        shown(socket, "Ada Okafor")
        typed(socket, "\x1b4")
        until(lambda: ivys(place).rating("bottlenecks").value == 4)
        typed(socket, "I timed every stage")
        shown(socket, "stage")
        closed(place, socket)
    until(lambda: ivys(place).rating("bottlenecks").evidence == "I timed every stage")
    log = audit_log(place.store, place.recruiter, opening="som", who="ivy")
    assert {each.via for each in log} == {Via.WEB}


@pytest.mark.slow
def test_who_is_signed_out_is_out(place: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terminal, "SECONDS_BETWEEN_CHECKS", 0.05)
    browser = place.signed_in("ivy")
    here = "/interview/" + place.room.code("interview", "som/ada/ivy")
    with open_socket(place, browser, here) as socket:
        shown(socket, "Ada Okafor")
        (link,) = every_link(place.store, place.recruiter)
        revoke_link(place.store, place.recruiter, link.number)
        with pytest.raises(WebSocketDisconnect):
            shown(socket, "what is never shown")
        closed(place, socket)


@pytest.mark.slow
def test_nobody_else_gets_a_program(place: Any) -> None:
    ivy, joe = place.signed_in("ivy"), place.signed_in("joe")
    here = "/interview/" + place.room.code("interview", "som/ada/ivy")
    assert joe.get(f"{here}/terminal").status_code == 404
    for browser, headers in (
        (joe, {}),
        (place.browser(), {}),
        (ivy, {"origin": "https://evil.example"}),
        (ivy, {"origin": "null"}),
        (ivy, {"origin": ""}),
        (ivy, {"host": "evil.example"}),
    ):
        with pytest.raises(WebSocketDisconnect), open_socket(place, browser, here, **headers):
            pass
    assert not place.room.terminals


def test_there_is_an_end_to_how_many_run(place: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terminal, "MOST_TERMINALS", 0)
    browser = place.signed_in("ivy")
    here = "/interview/" + place.room.code("interview", "som/ada/ivy")
    assert browser.get(f"{here}/terminal").headers["location"] == f"{here}/1"
    with pytest.raises(WebSocketDisconnect), open_socket(place, browser, here):
        pass


@pytest.mark.slow
def test_the_room_of_pages_has_none(place: Any) -> None:
    object.__setattr__(place.room, "terminal", None)
    place.app = make_app(place.room)
    browser = place.signed_in("ivy")
    here = "/interview/" + place.room.code("interview", "som/ada/ivy")
    assert browser.get(f"{here}/terminal").status_code == 404
    with pytest.raises(WebSocketDisconnect), open_socket(place, browser, here):
        pass


@pytest.mark.slow
def test_the_key_of_an_encrypted_file_comes_through_the_pipe_and_is_nowhere_else(
    place: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("sqlcipher3", reason="encryption needs the extra")
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    monkeypatch.setattr(encryption, "_keys", {})
    path, key = str(tmp_path / "firm.db"), "correct horse battery's stäple"
    copy_database(str(place.store.path), path)
    encrypt_database(path, place.recruiter, key)
    session: Any = SimpleNamespace(settings=SimpleNamespace(db=SimpleNamespace(value=path)))
    words, environment, first = in_browser(session, key, "ivy", "som/ada/ivy", "en", (100, 30))
    environment |= {"PYTHONPATH": ":".join(sys.path)}
    with subprocess.Popen(words, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(first)
        process.stdin.flush()
        seen = b""
        while b"Ada Okafor" not in seen:
            read = os.read(process.stdout.fileno(), 65536)
            assert read, seen
            seen += read
        for of_process in ("cmdline", "environ"):
            assert key.encode() not in Path(f"/proc/{process.pid}/{of_process}").read_bytes()
        process.stdin.close()
        while os.read(process.stdout.fileno(), 65536):
            pass
    assert process.returncode == 0
