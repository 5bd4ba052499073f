"""Files and folders that only their owner may look into, and that survive a power cut."""

import os
from pathlib import Path

from hiringkit.errors import Refused
from hiringkit.store.faults import NOT_A_DATABASE, NOT_A_DATABASE_HINT, files_plainly


def is_there(path: Path, shown: str) -> bool:
    """Tell whether a database file is there.

    Raises:
        Refused: Something else is, such as a folder.
        StoreUnreachable: Its folder may not be looked into.
    """
    with files_plainly(shown):
        there = path.exists()
        if there and not path.is_file():
            raise Refused(NOT_A_DATABASE.format(where=shown), hint=NOT_A_DATABASE_HINT)
        return there


def make_private_folders(folder: Path) -> None:
    """Make a folder and its missing parents, each for the owner alone.

    Raises:
        OSError: It cannot be made.
    """
    if folder.is_dir():
        return
    make_private_folders(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    sync(folder.parent)


def make_private_file(path: Path) -> None:
    """Make an empty file for the owner alone, and its name durable.

    It must not exist: merely opening and closing a database file would drop the locks that SQLite holds on it
    elsewhere in this process.

    Raises:
        FileExistsError: There is one already.
        OSError: It cannot be made.
    """
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    sync(path.parent)


def sync(path: Path) -> None:
    """Have a file's content, or the names in a folder, on the disk itself.

    Raises:
        OSError: The disk refuses.
    """
    if os.name == "nt" and path.is_dir():  # Windows opens no folders
        return
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
