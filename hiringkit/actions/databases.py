"""The database as a whole: backed up, with a note of where to."""

from contextlib import suppress
from pathlib import Path

from hiringkit.actions.audit import Actor, record
from hiringkit.errors import StoreUnreachable
from hiringkit.store import migrate
from hiringkit.store.store import Store


def back_up(store: Store, actor: Actor, target: Path) -> None:
    """Copy a database to a new file, and note where, so that an erasure can name the copies that still hold somebody.

    One that may not be written to is copied all the same, without a note.

    Raises:
        NotFound: Nobody is known as the actor.
        Refused: The target exists, the copy does not pass the check, or the store is no file.
        StoreUnreachable: The copy cannot be written.
    """
    migrate.backup(store, target)
    with suppress(StoreUnreachable), store.write() as tx:
        record(tx, actor, "database.backup", {}, path=str(target.absolute()))
