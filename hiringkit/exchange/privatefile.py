"""Personal files: for the owner's eyes alone, written whole or not at all, and on the disk when a call returns."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from hiringkit.domain.sentence import Sentence
from hiringkit.domain.text import clean_line
from hiringkit.errors import NotFound, Refused

MOST_BYTES = 100_000_000
"""More than any personal file of ours grows to."""

_LOCK = ".lock"


def read_private(path: Path) -> bytes:
    """Read a personal file.

    Raises:
        NotFound: There is none.
        Refused: It cannot be read, or is far too large.
    """
    with _plainly(path, "read"):
        if path.stat().st_size > MOST_BYTES:
            raise Refused(
                Sentence("{clean_line} is too large").format(clean_line=clean_line(str(path))),
                hint=Sentence("at most {most_bytes:,} bytes").format(most_bytes=MOST_BYTES),
            )
        return path.read_bytes()


def write_private(path: Path, data: bytes) -> None:
    """Write a file for the owner alone: beside its place first, then moved there.

    Whenever the process ends, there is the file as it was or as it is to be, and once this returns, the new one.

    Raises:
        Refused: It cannot be written; what was there is still there.
    """
    beside = path.with_name(f".{path.name}.part")
    with _plainly(path, "written"):
        make_private_folder(path.parent)
        try:
            with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(path)
        except OSError:
            with suppress(OSError):
                beside.unlink()
            raise
        _sync_folder(path.parent)


def list_private(folder: Path, ending: str) -> tuple[Path, ...]:
    """Return the files of a folder with an ending, by name; none where there is no folder.

    Raises:
        Refused: It may not be looked into.
    """
    with _plainly(folder, "read"):
        if not folder.is_dir():
            return ()
        found = (path for path in folder.iterdir() if path.name.endswith(ending) and not path.name.startswith("."))
        return tuple(sorted(path for path in found if path.is_file()))


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Be the only process that changes the files of a folder.

    Raises:
        Refused: The folder cannot be made or written to.
    """
    with _plainly(folder, "written"):
        make_private_folder(folder)
        descriptor = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if sys.platform != "win32":
            import fcntl  # noqa: PLC0415 - not on Windows, where two sittings of one person are left to that person

            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def make_private_folder(folder: Path) -> None:
    """Make a folder and its missing parents, each for the owner alone.

    Raises:
        OSError: It cannot be made.
    """
    if folder.is_dir():
        return
    make_private_folder(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    if sys.platform == "win32":  # which opens no folders
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _plainly(path: Path, done: str) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise NotFound(Sentence("there is no file {clean_line!r}").format(clean_line=clean_line(str(path)))) from None
    except OSError as error:
        why = (error.strerror or "input or output error").lower()
        raise Refused(
            Sentence("{clean_line} cannot be {done}: {why}").format(
                clean_line=clean_line(str(path)), done=done, why=why
            ),
            hint="check the folder of --dir",
        ) from None
