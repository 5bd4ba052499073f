"""What one command has to work with: settings, library, store, clock and the two streams."""

import functools
import gc
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hiringkit.cli.base import given
from hiringkit.errors import HiringKitError
from hiringkit.locale import _, say
from hiringkit.report.formats import CALENDAR, PAGE, WORKBOOK, format_of
from hiringkit.settings import Settings, load_settings, no_colour, speak

if TYPE_CHECKING:
    from hiringkit.actions.audit import Actor
    from hiringkit.domain.finding import Finding
    from hiringkit.library.catalog import Library
    from hiringkit.report.model import Report
    from hiringkit.store.store import Store

WIDTH_WITHOUT_TERMINAL = 100


class Session:
    """One run of one command; opens things only when they are asked for."""

    def __init__(self, ctx: click.Context) -> None:
        self._ctx = ctx
        self.options = given(ctx)
        self.settings: Settings = load_settings({k: self.options.get(k) for k in ("db", "library", "lang", "user")})
        self.usual_format = "table"
        """What is written where neither `--format` nor `--output` says."""
        self._store: Store | None = None
        self._is_changed = False
        """Whether the command has changed anything in the store."""
        speak(self.language)
        if self.format == CALENDAR and not getattr(ctx.command, "calendar", False):
            raise _no_calendar()

    @property
    def language(self) -> str:
        """`en` or `zh`."""
        return self.settings.lang.value

    @property
    def format(self) -> str:
        """The format of the result: `--format`, else what `--output`'s ending asks for, else the command's own."""
        output = self.options.get("output")
        asked = self.options.get("format_") or (output and format_of(str(output)))
        return str(asked or self.usual_format)

    @property
    def wants_html(self) -> bool:
        """Whether `--output` names a page and `--format` says nothing else."""
        return self.format == PAGE

    @property
    def fills_folder(self) -> bool:
        """Whether `--output` names a folder, which only results in several files fill."""
        output = str(self.options.get("output") or "")
        return bool(output) and (output.endswith("/") or Path(output).is_dir())

    @property
    def is_read_at_once(self) -> bool:
        """Whether the result is a table for somebody at a terminal, and not a file or another program's input."""
        return self.format == "table" and not self.options.get("output")

    @property
    def at_terminal(self) -> bool:
        """Whether somebody can be asked: input and output are a terminal."""
        return sys.stdin.isatty() and sys.stdout.isatty()

    @property
    def library(self) -> "Library":
        """Rubrics and banks."""
        from hiringkit.library.catalog import Library

        return Library(self.settings.roots)

    @property
    def actor(self) -> "Actor":
        """Who acts, with the clock; where nobody is named, who the login of a database server is."""
        from hiringkit.actions.audit import Actor

        who = self.settings.user.value
        return Actor(who or (self._store.identity if self._store else ""), now)

    @property
    def database(self) -> str:
        """The database of the settings, for what works on it as a whole; the key of an encrypted one is asked for."""
        from hiringkit.cli.prompts import ask_key
        from hiringkit.store.encryption import ask_with

        ask_with(ask_key)
        return self.settings.db.value

    def store(self, *, create: bool = False) -> "Store":
        """Open the database; it is closed when the command ends.

        Raises:
            Refused: There is none and `create` is false.
            StoreUnreachable: It cannot be reached at this moment.
        """
        return self.store_at(self.database, create=create)

    def store_at(self, where: str, *, create: bool = False) -> "Store":
        """Open another database than that of the settings; otherwise as `store`."""
        from attrs import evolve

        from hiringkit.store.store import open_store

        if self._store is None:
            self._store = evolve(open_store(where, create=create), on_write=self._take_note)
            self._ctx.call_on_close(self._store.close)
        return self._store

    def _take_note(self, _tx: object) -> None:
        self._is_changed = True

    def existing_store(self) -> "Store | None":
        """Open the database, or return None where there is none yet: nothing to list is no failure.

        Raises:
            Refused: `--db` names one that is not there (most likely a slip), or a file that is empty.
            StoreUnreachable: It cannot be reached at this moment.
        """
        from hiringkit.store.store import NoStore

        db = self.settings.db
        try:
            return self.store()
        except NoStore:
            if db.source == "option" or Path(db.value).is_file():
                raise
            return None

    def emit(self, report: "Report", *, excel: bool = False) -> None:
        """Write the result to stdout or to `--output`; a file that ends with .html gets a page, with .xlsx a workbook.

        Args:
            report: What to write.
            excel: Whether CSV begins with the mark by which Excel knows UTF-8.
        """
        if self.wants_html:
            from hiringkit.report.render.html import render_html

            self.write(render_html(report, self.language))
            return
        if self.format == WORKBOOK:
            from hiringkit.report.render.xlsx import render_workbook

            self.write_bytes(render_workbook(report.sheets))
            return
        if self.format == CALENDAR:
            self.write(self._calendar(report))
            return
        from hiringkit.report.render.text import render

        if self.format == "json" and self.options.get("output") not in {None, "-"}:
            from hiringkit.report.render.json import json_pieces

            self.write_bytes(piece.encode() for piece in json_pieces(report))
            return
        self.write(
            render(report, self.format, width=self.width, colour=self.colour, language=self.language, excel=excel)
        )

    def _calendar(self, report: "Report") -> str:
        from hiringkit.report.render.calendar import render_calendar

        if not report.events:
            self.note(_("No time is planned yet, so the calendar is empty."))
        return render_calendar(report.events, now())

    def write(self, text: str) -> None:
        """Write text that is safe as it is to stdout or to `--output`, whole or not at all."""
        target = self.options.get("output")
        if target is None or target == "-":
            with self._nothing_half_said():
                click.echo(text, nl=not text.endswith("\n"))
        else:
            self.write_bytes((text if text.endswith("\n") else text + "\n").encode())

    def write_bytes(self, data: bytes | Iterable[bytes]) -> None:
        """Write a file to where `--output` says, whole or not at all.

        What comes out of a database is about people: such a file is for its owner alone.
        """
        from hiringkit.files import write_file

        target = str(self.options["output"])
        # no folder is made for it: a mistyped path is refused
        with self._nothing_half_said():
            write_file(Path(target), data, private=self._store is not None and Path(target).parent.is_dir())
        self.note(_("written: {path}").format(path=target))

    @contextmanager
    def _nothing_half_said(self) -> Iterator[None]:
        """Say that a change is stored where only its output fails: who reads of the failure would make it again."""
        try:
            yield
        except BrokenPipeError:
            raise
        except (OSError, HiringKitError):
            if self._is_changed:
                click.echo(_("What was to be changed is stored; only the output is missing."), err=True)
            raise

    def note(self, text: str) -> None:
        """Write on stderr what was done, unless `-q`."""
        from hiringkit.text.clean import clean_text

        if not self.options.get("quiet"):
            click.echo(clean_text(text), err=True)

    def tell(self, findings: "Sequence[Finding]") -> None:
        """Write findings on stderr, unless `-q`."""
        for finding in findings:
            self.note(finding.line(say))

    @property
    def width(self) -> int:
        """Cells a line may take."""
        if self.options.get("output") or not sys.stdout.isatty():
            return shutil.get_terminal_size((WIDTH_WITHOUT_TERMINAL, 24)).columns
        return shutil.get_terminal_size().columns

    @property
    def colour(self) -> bool:
        """Whether to use colour; it is never the only sign."""
        wanted = not (self.options.get("no_colour") or self.options.get("output") or no_colour())
        return wanted and sys.stdout.isatty()


def _no_calendar() -> Exception:
    from hiringkit.errors import UsageProblem

    return UsageProblem(
        "nothing of this takes place at a time, so there is no calendar of it",
        hint="an .ics file is for: hiringkit interview schedule, interview list, outstanding, self next-steps",
    )


def now() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)


def settle_in() -> None:
    """Search for garbage as suits what runs for hours: not in all that was loaded, and never long enough to be felt."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def with_session(function: Callable[..., Any]) -> Callable[..., Any]:
    """Hand a command its session as first argument."""

    @click.pass_context
    @functools.wraps(function)
    def call(ctx: click.Context, /, *args: Any, **kwargs: Any) -> Any:
        return ctx.invoke(function, Session(ctx), *args, **kwargs)

    return call
