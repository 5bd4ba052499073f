"""What goes wrong with a disk or a server in the middle of an interview, with the real thing.

The rating stays on the screen as not saved yet, is tried again, and goes through when the fault has ended.
"""

import os
import shutil
import sqlite3
import subprocess
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from hiringkit.store.store import Store, open_store

pytestmark = pytest.mark.slow
AT = "som/ada/ivy"
FIRST = "bottlenecks"
Hand = Any
Play = Callable[..., None]
OnDisk = Callable[..., Any]


async def rate_through(
    hand: Hand, on_disk: Callable[[], Any], break_it: Callable[[], object], mend_it: Callable[[], object], why: str
) -> None:
    """Rate while it is broken, see that nothing pretends, mend it, and see the rating go through."""
    break_it()
    await hand.pilot.press("alt+4")
    await hand.until("Not saved yet, trying again", 30.0)
    assert why in hand.words
    assert "1(4)" in hand.text
    assert "1[4]" not in hand.text
    await hand.pilot.press("s", "a", "i", "d", "space", "s", "o")
    await hand.pilot.press("ctrl+t")
    await hand.until("would be lost", 30.0)
    await hand.pilot.press("escape")
    await hand.until("1(4)")
    mend_it()
    await hand.until("1[4]", 30.0)
    await hand.until("Saved. 1 to rate.", 30.0)
    kept = on_disk()
    assert (kept.value, kept.evidence) == (4, "said so")


def test_a_database_that_is_locked_for_long(play: Play, panel: Store, on_disk: OnDisk) -> None:
    other = sqlite3.connect(str(panel.path), isolation_level=None)

    async def script(hand: Hand) -> None:
        async def patience() -> None:
            for _second in range(5):
                await hand.pilot.pause(1.0)
                assert "Not saved yet, trying again" in hand.text

        other.execute("BEGIN IMMEDIATE")
        await hand.pilot.press("alt+4")
        await hand.until("Not saved yet, trying again")
        await patience()
        await rate_through(
            hand, lambda: on_disk(panel, FIRST), lambda: None, lambda: other.execute("ROLLBACK"), "test.db"
        )

    play(panel, script, interview=AT)
    other.close()


@pytest.fixture
def tiny(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    words = [mount or "mount", "-t", "tmpfs", "-o", "size=1m", "hiringkit-test", str(folder)]
    if mount is None or subprocess.run(words, check=False, capture_output=True).returncode:
        pytest.skip("no small disk can be mounted here")
    yield folder
    subprocess.run([shutil.which("umount") or "umount", str(folder)], check=True)


def test_a_disk_that_is_full(play: Play, panel_file: Path, tiny: Path, on_disk: OnDisk) -> None:
    shutil.copy(panel_file, tiny / "test.db")
    filler = tiny / "filler"

    def fill() -> None:
        with filler.open("wb", buffering=0) as file:
            for size in (65536, 4096, 1):
                try:
                    while True:
                        file.write(b"x" * size)
                except OSError:
                    continue

    with open_store(str(tiny / "test.db"), busy_timeout=0.2) as store:

        async def script(hand: Hand) -> None:
            await rate_through(hand, lambda: on_disk(store, FIRST), fill, filler.unlink, "no room left on the disk")

        play(store, script, interview=AT)


def test_a_disk_that_becomes_read_only(play: Play, panel_file: Path, tiny: Path, on_disk: OnDisk) -> None:
    shutil.copy(panel_file, tiny / "test.db")

    def remount(how: str) -> None:
        subprocess.run([shutil.which("mount") or "mount", "-o", f"remount,{how}", str(tiny)], check=True)

    with open_store(str(tiny / "test.db"), busy_timeout=0.2) as store:

        async def script(hand: Hand) -> None:
            store.close()  # what is open for writing keeps a disk from becoming read-only
            await rate_through(
                hand, lambda: on_disk(store, FIRST), lambda: remount("ro"), lambda: remount("rw"), "test.db"
            )

        play(store, script, interview=AT)


def test_a_file_that_goes_away_and_comes_back(play: Play, panel: Store, on_disk: OnDisk) -> None:
    folder = panel.path.parent if panel.path else Path()
    away = folder.with_name("away")

    def go() -> None:
        panel.close()
        folder.rename(away)

    async def script(hand: Hand) -> None:
        await rate_through(hand, lambda: on_disk(panel, FIRST), go, lambda: away.rename(folder), "test.db")

    play(panel, script, interview=AT)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Any]:
    """A PostgreSQL server of our own, to be killed."""
    pgserver: Any = pytest.importorskip("pgserver", reason="PostgreSQL is tested with the pgserver wheel")
    pytest.importorskip("psycopg", reason="PostgreSQL is tested with psycopg")
    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        made = pgserver.get_server(tmp_path / "pg", cleanup_mode="stop")
    yield made
    made.cleanup()


def test_a_postgresql_server_that_is_killed_and_started_again(
    play: Play, server: Any, filled: Callable[[Store], None], on_disk: OnDisk
) -> None:
    url = str(server.get_uri()).replace("postgresql://", "postgresql+psycopg://")

    def kill() -> None:
        server.get_postmaster_info().process.kill()
        time.sleep(0.5)

    def start() -> None:
        server.ensure_postgres_running()

    with open_store(url, create=True, busy_timeout=0.5) as store:
        filled(store)

        async def script(hand: Hand) -> None:
            await rate_through(hand, lambda: on_disk(store, FIRST), kill, start, "does not answer")

        play(store, script, interview=AT)


def test_a_postgresql_server_that_stops_answering_and_goes_on(
    play: Play, server: Any, filled: Callable[[Store], None], on_disk: OnDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hiringkit.store.store.CONNECT_TIMEOUT", 1)
    url = str(server.get_uri()).replace("postgresql://", "postgresql+psycopg://")
    postmaster = server.get_postmaster_info().process

    def stop() -> None:
        for process in (postmaster, *postmaster.children()):
            process.suspend()

    def go_on() -> None:
        for process in (postmaster, *postmaster.children()):
            process.resume()

    with open_store(url, create=True, busy_timeout=0.5) as store:
        filled(store)

        async def script(hand: Hand) -> None:
            await rate_through(hand, lambda: on_disk(store, FIRST), stop, go_on, "does not answer")

        play(store, script, interview=AT)
