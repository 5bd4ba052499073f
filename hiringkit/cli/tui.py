"""`hiringkit tui`."""

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hiringkit.cli.base import Command
from hiringkit.cli.session import Session, with_session
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
        " an interview goes on where it was left. For screen readers use: hiringkit interview score."
    ),
    examples=["hiringkit tui", "hiringkit tui som-2026 --as helen@example.org", "hiringkit tui card.html"],
)
@click.argument("opening", required=False, default="", metavar="[OPENING | CARD.html]")
@with_session
def command(session: Session, opening: str) -> None:
    """Run the interface."""
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
        own=OwnFiles(session.library, attempts_folder(None), data_folder() / "practice"),
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


def _demo(session: Session) -> "Store":
    from hiringkit.actions.demo import create_demo
    from hiringkit.store.store import open_store

    store = open_store(str(Path(tempfile.mkdtemp(prefix="hiringkit-demo-")) / "hiringkit.db"), create=True)
    create_demo(store, session.library, session.actor, language=session.language)
    return store
