"""NO_COLOR in a real terminal: not one colour leaves the program."""

import fcntl
import os
import pty
import re
import select
import shutil
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hiringkit.store.store import Store
from hiringkit.tui.no_colour import NoColour

Play = Callable[..., None]
ROOT = Path(__file__).parents[2]
STYLES = re.compile(rb"\x1b\[([0-9;:]*)m")
COLOURS = {*range(30, 39), *range(40, 49), *range(90, 98), *range(100, 108)}


def colours(written: bytes) -> set[bytes]:
    """Return the sequences that set a colour: 39 and 49, which take it back, are none."""
    found = STYLES.finditer(written)
    return {each.group() for each in found if COLOURS & {int(code) for code in re.findall(rb"\d+", each.group(1))}}


def run_in_terminal(database: Path, keys: list[tuple[bytes, bytes]], **environment: str) -> bytes:
    """Run the interface in a terminal of its own, and return what it wrote.

    Args:
        database: To work on.
        keys: What to wait for, and what to press then.
        environment: Further variables.
    """
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    program = [sys.executable, "-m", "hiringkit", "--db", str(database), "tui", "--as", "ivy"]
    settings = {**os.environ, "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8", "TERM": "xterm-256color"} | environment
    with subprocess.Popen(program, stdin=theirs, stdout=theirs, stderr=theirs, env=settings) as running:
        os.close(theirs)
        written = b""
        for wanted, pressed in keys:
            written += read_until(ours, wanted)
            os.write(ours, pressed)
        written += read_until(ours, b"\x1b[?1049l")
        running.wait(20)
    os.close(ours)
    return written


def read_until(terminal: int, wanted: bytes, seconds: float = 40.0) -> bytes:
    """Read what is written until something appears."""
    written, end = b"", time.monotonic() + seconds
    while wanted not in written:
        if time.monotonic() > end:
            raise AssertionError(f"{wanted!r} did not appear: {written[-500:]!r}")
        if select.select([terminal], [], [], 0.2)[0]:
            written += os.read(terminal, 65536)
    return written


@pytest.fixture
def database(tmp_path: Path, panel_file: Path) -> Path:
    """A database to work on."""
    copy = tmp_path / "real.db"
    shutil.copy(panel_file, copy)
    return copy


KEYS = [(b"Openings", b"\r"), (b"Your note", b"\x1b4"), (b"1[4]", b"\x13"), (b"Recommendation", b"\x11")]
"""Start the interview, rate, review, quit."""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("environment", "coloured"), [({"NO_COLOR": "1"}, False), ({}, True)], ids=["NO_COLOR", "colour"]
)
def test_no_colour_leaves_the_program(
    database: Path, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], coloured: bool
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert bool(colours(run_in_terminal(database, KEYS, **environment))) is coloured


@pytest.mark.parametrize("theme", ["dark", "light", "ansi-dark", "ansi-light"])
def test_a_cursor_is_seen_without_colour(play: Play, panel: Store, theme: str) -> None:
    async def script(hand: Any) -> None:
        await hand.type("abc")
        lines = hand.screen._compositor.render_strips()
        background = hand.app.screen.background_colors[1]
        shown = [segment for line in lines for segment in NoColour().apply(list(line), background)]
        assert any(style and style.reverse and text == " " for text, style, _control in shown), "the note's cursor"
        assert any(style and style.reverse and "NOTE" in text for text, style, _control in shown)
        plain = next(style for text, style, _control in shown if text.strip() == "abc")
        assert not (plain and plain.reverse)

    play(panel, script, interview="som/ada/ivy", theme=theme)
