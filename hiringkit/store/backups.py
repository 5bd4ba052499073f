"""Copies of a database that are known of, and whether they still hold a candidate."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

from hiringkit.domain.privacy import LeftCopy
from hiringkit.store.encryption import SIGNATURE, is_encrypted, is_unlocked, library, unlocking

_BESIDE = ("-wal", "-shm", "-journal")
_QUESTION = "SELECT count(*) FROM candidates WHERE opening_id = ? AND id = ?"


def copies(database: Path, noted: Iterable[str] = ()) -> Iterator[Path]:
    """Yield the copies of a database that are still there: beside it, and where backups were written.

    Args:
        database: Its file.
        noted: Where backups were written, by the audit log.
    """
    beside = sorted(database.parent.glob(f"{database.name}.*"))
    for path in dict.fromkeys([*beside, *map(Path, noted)]):
        if path != database and not path.name.endswith(_BESIDE) and _is_database(path):
            yield path


def _is_database(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(SIGNATURE)) == SIGNATURE or is_encrypted(path)
    except OSError:
        return False


def that_hold(paths: Iterable[Path], opening: str, candidate: str) -> tuple[LeftCopy, ...]:
    """Return those copies that hold a candidate, or cannot be looked into."""
    found = {path: _holds(path, opening, candidate) for path in paths}
    return tuple(LeftCopy(path, holds is not None) for path, holds in found.items() if holds is not False)


def _holds(path: Path, opening: str, candidate: str) -> bool | None:
    if is_encrypted(path) and not is_unlocked(path):
        return None
    unlock = unlocking(path)
    driver = library() if unlock else sqlite3
    try:
        with closing(driver.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            for pragma in unlock:
                connection.execute(f"PRAGMA {pragma}")
            return bool(connection.execute(_QUESTION, (opening, candidate)).fetchone()[0])
    except driver.Error:
        return None


def unencrypted(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Return those copies that anybody can read who has the file."""
    return tuple(path for path in paths if not is_encrypted(path))
