"""Folders of personal files: read, listed, and changed by one process at a time; `hiringkit.files` writes them."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hiringkit.domain.sentence import Sentence
from hiringkit.domain.text import clean_line
from hiringkit.errors import Refused
from hiringkit.files import make_private_folders, read_plainly, write_plainly

MOST_BYTES = 100_000_000
"""More than any personal file of ours grows to."""

_LOCK = ".lock"


def read_private(path: Path) -> bytes:
    """Read a personal file.

    Raises:
        NotFound: There is none.
        Refused: It cannot be read, or is far too large.
    """
    with read_plainly(path):
        if path.stat().st_size > MOST_BYTES:
            raise Refused(
                Sentence("{path} is too large").format(path=clean_line(str(path))),
                hint=Sentence("at most {most_bytes:,} bytes").format(most_bytes=MOST_BYTES),
            )
        return path.read_bytes()


def list_private(folder: Path, ending: str) -> tuple[Path, ...]:
    """Return the files of a folder with an ending, by name; none where there is no folder.

    Raises:
        Refused: It may not be looked into.
    """
    with read_plainly(folder):
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
    with write_plainly(folder):
        make_private_folders(folder)
        descriptor = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if sys.platform != "win32":
            import fcntl  # noqa: PLC0415 - not on Windows, where two sittings of one person are left to that person

            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
