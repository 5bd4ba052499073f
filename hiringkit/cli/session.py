"""What one command has to work with: settings, library, store, clock and the two streams."""

import functools
import shutil
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hiringkit.cli.base import given
from hiringkit.errors import Refused
from hiringkit.locale import _
from hiringkit.settings import Settings, load_settings, no_colour, speak

if TYPE_CHECKING:
    from hiringkit.actions.recording import Actor
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
        speak(self.language)

    @property
    def language(self) -> str:
        """`en` or `zh`."""
        return self.settings.lang.value

    @property
    def format(self) -> str:
        """`table`, `json`, `csv` or `markdown`."""
        return str(self.options.get("format_", "table"))

    @property
    def library(self) -> "Library":
        """Rubrics and banks."""
        from hiringkit.library.catalog import Library  # noqa: PLC0415 - YAML is not every command's business

        return Library(self.settings.roots)

    @property
    def actor(self) -> "Actor":
        """Who acts, with the clock."""
        from hiringkit.actions.recording import Actor  # noqa: PLC0415 - brings the store

        return Actor(self.settings.user.value, now)

    def store(self, *, create: bool = False) -> "Store":
        """Open the database; it is closed when the command ends.

        Raises:
            Refused: There is none and `create` is false.
            StoreUnreachable: It cannot be reached at this moment.
        """
        from hiringkit.store.store import open_store  # noqa: PLC0415 - SQLAlchemy costs 0.2 s

        store = open_store(self.settings.db.value, create=create)
        self._ctx.call_on_close(store.close)
        return store

    def emit(self, report: "Report", *, excel: bool = False) -> None:
        """Write the result to stdout or to `--output`."""
        from hiringkit.report.text import render  # noqa: PLC0415 - after the store, whose errors come first

        self.write(render(report, self.format, width=self.width, colour=self.colour, excel=excel))

    def write(self, text: str) -> None:
        """Write text that is safe as it is to stdout or to `--output`, whole or not at all."""
        target = self.options.get("output")
        if target is None or target == "-":
            click.echo(text, nl=not text.endswith("\n"))
        else:
            _write_whole(Path(target), text if text.endswith("\n") else text + "\n")
            self.note(_("written: {path}").format(path=target))

    def note(self, text: str) -> None:
        """Tell on stderr what was done, unless `-q`."""
        from hiringkit.domain.text import clean_text  # noqa: PLC0415 - `where` and help do without

        if not self.options.get("quiet"):
            click.echo(clean_text(text), err=True)

    def tell(self, findings: "Sequence[Finding]") -> None:
        """Write findings on stderr, unless `-q`."""
        for finding in findings:
            self.note(str(finding))

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


def now() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)


def with_session(function: Callable[..., Any]) -> Callable[..., Any]:
    """Hand a command its session as first argument."""

    @click.pass_context
    @functools.wraps(function)
    def call(ctx: click.Context, /, *args: Any, **kwargs: Any) -> Any:
        return ctx.invoke(function, Session(ctx), *args, **kwargs)

    return call


def _write_whole(path: Path, text: str) -> None:
    """Write a file beside its place and move it there, so that a reader never sees half of it."""
    beside = path.with_name(f".{path.name}.part")
    try:
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)
    except OSError as error:
        with suppress(OSError):
            beside.unlink()
        raise Refused(f"{path} cannot be written: {error.strerror}") from None
