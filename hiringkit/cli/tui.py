"""`hiringkit tui`."""

import os
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hiringkit.cli.base import Command, option
from hiringkit.cli.serve import bind_option, insecure_lan_option, public_url_option, serve_room
from hiringkit.cli.session import Session, settle_in, with_session
from hiringkit.errors import Refused
from hiringkit.locale import n_

if TYPE_CHECKING:
    from hiringkit.actions.audit import Actor
    from hiringkit.store.store import Store


@click.command(
    "tui",
    cls=Command,
    help=n_(
        "Hold interviews and compare candidates in a full-screen terminal interface. Every rating is on disk at once;"
        " an interview goes on where it was left. For screen readers use: hiringkit interview score. With --web,"
        " interviewers hold their interviews in the same room in a browser, each signed in by a personal link as with"
        " hiringkit serve."
    ),
    examples=[
        "hiringkit tui",
        "hiringkit tui som-2026 --as helen@example.org",
        "hiringkit tui card.html",
        "hiringkit tui --web",
    ],
)
@click.argument("opening", required=False, default="", metavar="[OPENING | CARD.html]")
@option("--web", is_flag=True, help=n_("Serve it to browsers; the options below are those of hiringkit serve."))
@bind_option
@public_url_option
@insecure_lan_option
@option("--only", metavar="INTERVIEW", hidden=True, help=n_("For the server: one interview, through pipes."))
@option(
    "--size", metavar="COLUMNSxROWS", hidden=True, default="80x24", help=n_("For the server: how large the page is.")
)
@option("--key-first", is_flag=True, hidden=True, help=n_("For the server: the key is the first line to be read."))
@with_session
def command(
    session: Session,
    opening: str,
    web: bool,
    bind: str,
    public_url: str | None,
    insecure_lan: bool,
    only: str | None,
    size: str,
    key_first: bool,
) -> None:
    """Run the interface."""
    if web:
        program = partial(_in_browser, session, _key(session))
        serve_room(session, bind, public_url, insecure_lan=insecure_lan, terminal=program)
    elif only is not None:
        if key_first:
            _take_key()
        _run_piped(session, only, size)
    else:
        _run_here(session, opening)


def _key(session: Session) -> str | None:
    """Return the key of an encrypted database, asked for where no keyring has it; None where it is not encrypted."""
    from hiringkit.store.encryption import is_encrypted, passphrase
    from hiringkit.store.place import parse_place

    path = parse_place(session.database).path
    return passphrase(path) if path is not None and is_encrypted(path) else None


def _in_browser(
    session: Session, key: str | None, who: str, interview: str, language: str, size: tuple[int, int]
) -> tuple[list[str], dict[str, str], bytes]:
    """Return what runs the interview room of somebody who is signed in: words, environment, and what it reads first."""
    from hiringkit.settings import environment_with

    words = [sys.executable, "-m", "hiringkit", "tui", "--only", interview, "--size", "{}x{}".format(*size)]
    words += ["--as", who, "--lang", language]
    # a database's password is not for the list of processes, and a key not for its environment either
    environment = environment_with(
        HIRINGKIT_DB=session.settings.db.value, TEXTUAL_COLOR_SYSTEM="truecolor", TERM="xterm-256color"
    )
    if key is None:
        return words, environment, b""
    return [*words, "--key-first"], environment, f"{key}\n".encode("utf-8", "surrogateescape")


def _take_key() -> None:
    """Read the key of the database, and not a byte of what comes after it."""
    from hiringkit.store.encryption import answer_with

    line = bytearray()
    while (byte := os.read(sys.stdin.fileno(), 1)) not in (b"", b"\n"):
        line += byte
    answer_with(line.decode("utf-8", "surrogateescape"))


def _run_piped(session: Session, interview: str, size: str) -> None:
    """Run one interview and nothing else, spoken to through pipes."""
    from attrs import evolve

    from hiringkit.domain.audit import Via
    from hiringkit.settings import has_unicode_borders
    from hiringkit.tui.app import HiringKitApp

    settle_in()
    app = HiringKitApp(
        session.store(),
        evolve(session.actor, via=Via.WEB),
        language=session.language,
        interview=interview,
        keymap=session.settings.keys,
        unicode_borders=has_unicode_borders(session.settings.borders.value),
        only=True,
        piped=True,
    )
    width, _x, height = size.partition("x")
    app.run(size=(int(width), int(height)))
    if app.failure is not None:
        raise app.failure


def _run_here(session: Session, opening: str) -> None:
    from attrs import evolve

    from hiringkit.actions.openings import show_opening
    from hiringkit.cli.cards import filling_in, is_card
    from hiringkit.domain.audit import Via

    actor = evolve(session.actor, via=Via.TUI)
    if is_card(opening):
        with filling_in(session, opening, actor) as card:
            _run(session, card.store, card.actor, interview=card.interview)
        return
    store = session.existing_store()
    if opening:
        show_opening(session.store(), session.actor, opening)
    _run(session, store, actor, opening=opening)


def _run(session: Session, store: "Store | None", actor: "Actor", *, opening: str = "", interview: str = "") -> None:
    from hiringkit.cli.self import attempts_folder
    from hiringkit.settings import data_folder, has_unicode_borders
    from hiringkit.tui.app import HiringKitApp
    from hiringkit.tui.session import OwnFiles

    settle_in()
    own = OwnFiles(session.library, attempts_folder(None), data_folder() / "practice", session.settings.columns)
    app = HiringKitApp(
        store,
        actor,
        language=session.language,
        demo=lambda: _demo(session),
        opening=opening,
        interview=interview,
        keymap=session.settings.keys,
        colour=not (session.options.get("no_colour")),
        make_store=lambda: session.store(create=True),
        unicode_borders=has_unicode_borders(session.settings.borders.value),
        ask_who=True,
        own=own,
    )
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise Refused(
            "the terminal interface needs a terminal", hint="hiringkit interview score INTERVIEW works without"
        )
    app.run()
    if app.session.demo_store is not None:
        app.session.demo_store.close()
    if app.failure is not None:
        raise app.failure
    if app.return_code:  # ended from outside
        raise click.exceptions.Exit(app.return_code)


def _demo(session: Session) -> "Store":
    from hiringkit.actions.demo import create_demo
    from hiringkit.store.store import open_store

    store = open_store(str(Path(tempfile.mkdtemp(prefix="hiringkit-demo-")) / "hiringkit.db"), create=True)
    create_demo(store, session.library, session.actor, language=session.language)
    return store
