"""A database file written anew, encrypted or no longer, and put in its own place."""

import os
from contextlib import suppress
from pathlib import Path

from sqlalchemy import Connection

from hiringkit.errors import Refused, StoreUnreachable
from hiringkit.files import make_private_file, sync
from hiringkit.store import encryption, revisions
from hiringkit.store import tables as t
from hiringkit.store.faults import IN_USE, IN_USE_HINT, NoStore, files_plainly
from hiringkit.store.place import PARTS, DatabasePlace, file_place, free_name, is_there, parse_place
from hiringkit.store.store import Transaction, make_engine, transaction
from hiringkit.store.transfer import digest_table
from hiringkit.text.sentence import Sentence

NOT_A_FILE = Sentence("{where} is not a file: a server encrypts its disks itself")
NOT_A_FILE_HINT = Sentence("ask whoever runs the server; the way there is encrypted with ?sslmode=verify-full")
ALREADY = Sentence("{where} is encrypted already")
ALREADY_HINT = Sentence("to change its key: hiringkit db decrypt, then hiringkit db encrypt")
NOT_ENCRYPTED = Sentence("{where} is not encrypted")
NOT_EQUAL = Sentence("table {table} is not equal in the new file, and {where} is left as it is")


def convert(where: str, key: str | None) -> Path:
    """Write a database anew, compare both, and put the new file in the place of the old one, which is overwritten.

    Args:
        where: The database's file.
        key: The key to encrypt it with; None to write it without encryption.

    Returns:
        The file.

    Raises:
        NoStore: There is none.
        Refused: It is a server, encrypted or not already, no current hiringkit database; or the key is too short.
        StoreUnreachable: Another program has it open, or the new file cannot be written. The old one is as it was.
    """
    place = parse_place(where)
    if place.path is None:
        raise Refused(NOT_A_FILE.format(where=place.shown), hint=NOT_A_FILE_HINT)
    path = place.path
    if not is_there(path, place.shown):
        raise NoStore(place.shown)
    if encryption.is_encrypted(path) is (key is not None):
        raise Refused(
            (ALREADY if key is not None else NOT_ENCRYPTED).format(where=place.shown),
            hint=ALREADY_HINT if key is not None else "",
        )
    made = free_name(path, "converting")
    try:
        with files_plainly(place.shown):
            make_private_file(made)
        _write(place, made, "" if key is None else encryption.check_key(key))
    finally:
        for part in PARTS:
            with suppress(OSError):
                Path(f"{made}{part}").unlink()
    return path


def _write(place: DatabasePlace, made: Path, key: str) -> None:
    """Write the new file, and put it in place while nobody else can write to the old one."""
    with files_plainly(place.shown):
        old = os.open(str(place.path), os.O_RDWR)
    engine = make_engine(place, busy_timeout=0.5, cipher=True)
    try:
        with transaction(engine, Transaction.BARE, place.shown) as connection:
            revisions.require_current(revisions.standing(connection), place.shown)
            for statement in ("PRAGMA journal_mode = DELETE", "PRAGMA locking_mode = EXCLUSIVE", "BEGIN EXCLUSIVE"):
                connection.exec_driver_sql(statement)
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("ATTACH ? AS made KEY ?", (str(made), key))
            connection.exec_driver_sql("SELECT sqlcipher_export('made')")
            connection.exec_driver_sql("DETACH made")
            if key:
                encryption.learn_key(made, key)
            _compare(connection, place, made)
            with files_plainly(place.shown):
                sync(made)
                made.replace(str(place.path))
                sync(made.parent)
        engine.dispose()
        with suppress(OSError):  # what counts is done
            encryption.overwrite(old)
    except StoreUnreachable as error:
        raise StoreUnreachable(IN_USE.format(where=place.shown), hint=IN_USE_HINT) from error
    finally:
        engine.dispose()
        os.close(old)


def _compare(connection: Connection, place: DatabasePlace, made: Path) -> None:
    engine = make_engine(file_place(made), cipher=True)
    try:
        with transaction(engine, Transaction.READ, place.shown) as tx:
            for table in t.metadata.sorted_tables:
                if digest_table(connection, table) != digest_table(tx, table):
                    raise Refused(NOT_EQUAL.format(table=table.name, where=place.shown))
    finally:
        engine.dispose()
