"""A checked copy of an SQLite database."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import Engine

from hiringkit.domain.sentence import Sentence
from hiringkit.domain.text import clean_line
from hiringkit.errors import Refused
from hiringkit.files import make_private_file, sync
from hiringkit.store.engine import Transaction, make_engine, transaction
from hiringkit.store.faults import files_plainly
from hiringkit.store.place import file_place

COPIED = Sentence("{where} (while it is copied to {target})")
TAKEN = Sentence("{target} exists already and is not overwritten")
TAKEN_HINT = Sentence("name another file")
NOT_WHOLE = Sentence("the copy of {where} does not pass SQLite's integrity check")
NOT_WHOLE_HINT = Sentence("the database itself is damaged: stop writing to it and go back to an earlier backup")


def copy_database(engine: Engine, where: str, target: Path) -> None:
    """Copy a database to a new file that only its owner may read.

    The target's name is reserved at once and filled only by a whole, checked copy.

    Args:
        engine: Of the database to copy.
        where: Its address, for messages.
        target: The new file.

    Raises:
        Refused: The target exists, or the copy does not pass the check.
        StoreUnreachable: The copy cannot be written.
    """
    partial = Path(f"{target}.partial")
    shown = COPIED.format(where=where, target=clean_line(str(target)))
    with _new_file(target), _new_file(partial):
        with transaction(engine, Transaction.BARE, shown) as connection:
            connection.exec_driver_sql("VACUUM INTO ?", (str(partial),))
        _check(partial, where, shown)
        with files_plainly(shown):
            sync(partial)
            partial.replace(target)
            sync(target.parent)


@contextmanager
def _new_file(path: Path) -> Iterator[None]:
    """Reserve a name for the block, and free it where the block fails."""
    shown = clean_line(str(path))
    with files_plainly(shown):
        try:
            make_private_file(path)
        except FileExistsError:
            raise Refused(TAKEN.format(target=shown), hint=TAKEN_HINT) from None
    try:
        yield
    except BaseException:
        with suppress(OSError):
            path.unlink()
        raise


def _check(copy: Path, where: str, shown: str) -> None:
    engine = make_engine(file_place(copy))
    try:
        with transaction(engine, Transaction.READ, shown) as tx:
            whole = tx.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    finally:
        engine.dispose()
    if not whole:
        raise Refused(NOT_WHOLE.format(where=where), hint=NOT_WHOLE_HINT)
