"""The database as a whole: checked, backed up with a note of where to, restored, copied into another."""

from contextlib import suppress
from pathlib import Path

from attrs import frozen

from hiringkit.actions.audit import Actor, record
from hiringkit.actions.privacy import erase_candidate
from hiringkit.domain.audit import AuditHead, AuditVerdict
from hiringkit.domain.codes import Code
from hiringkit.domain.finding import Finding
from hiringkit.errors import StoreUnreachable
from hiringkit.library.documents import parse_rubric
from hiringkit.library.yaml.write import digest_rubric
from hiringkit.store import audit, backups, check, migrate, openings, restore, transfer
from hiringkit.store.conversion import convert
from hiringkit.store.store import Store, open_store
from hiringkit.store.transfer import Transfer
from hiringkit.text.sentence import Sentence

NOT_PINNED = Sentence("the rubric of opening {opening} is not the one that was pinned")
NOT_READABLE = Sentence("the rubric that opening {opening} pinned cannot be read")


@frozen
class Restored:
    """What putting a backup in the place of a database did."""

    where: str
    """The database."""
    kept: Path | None
    """Where the old database is; None where there was none."""
    erased: tuple[str, ...]
    """Those who had been erased since the backup was made, and were erased again: opening and id."""


def check_database(where: str) -> AuditVerdict:
    """Check a database: its pages, its tables, its texts, its rubrics, and what the audit log says of all of them.

    Raises:
        NoStore: There is none.
        Refused: It is no hiringkit database, or of another version of the program.
        StoreUnreachable: It cannot be reached now.
    """
    problems = check.check(where)
    if any(problem.code is Code.DATABASE_DAMAGED for problem in problems):
        return AuditVerdict(AuditHead(0, audit.GENESIS), tuple(problems))
    with open_store(where) as store, store.read() as tx:
        for opening in openings.every(tx):
            rubric, _findings = parse_rubric(openings.rubric_text(tx, opening.id), source=opening.id)
            if rubric is None or digest_rubric(rubric) != opening.digest:
                message = (NOT_READABLE if rubric is None else NOT_PINNED).format(opening=opening.id)
                problems.append(Finding(Code.DATABASE_DAMAGED, message, hint=check.RESTORE, path=opening.id))
        return AuditVerdict(AuditHead(*audit.head(tx)), tuple(problems))


def back_up(store: Store, actor: Actor, target: Path) -> None:
    """Copy a database to a new file, and note where, so that an erasure can name the copies that still hold somebody.

    One that may not be written to is copied all the same, without a note.

    Raises:
        NotFound: Nobody is known as the actor.
        Refused: The target exists, the copy does not pass the check, or the store is no file.
        StoreUnreachable: The copy cannot be written.
    """
    migrate.back_up(store, target)
    with suppress(StoreUnreachable), store.write() as tx:
        record(tx, actor, "database.backup", {}, path=str(target.absolute()))


def restore_database(where: str, actor: Actor, backup: Path) -> Restored:
    """Put a backup in the place of a database, which is kept; whoever was erased since is erased again.

    Raises:
        NoStore: There is no backup.
        FindingsError: The backup is not whole; the database is as it was.
        Refused: The backup is no hiringkit database or newer than the program, or the place is no file.
        StoreUnreachable: Another program has the database open, or the copy cannot be written.
    """
    kept, erased = restore.restore(
        where, backup, actor.now(), lambda store, opening, who: erase_candidate(store, actor, opening, who)
    )
    with open_store(where) as store, store.write() as tx:
        record(tx, actor, "database.restore", {}, backup=str(backup.absolute()), kept=str(kept or ""))
    return Restored(store.where, kept, tuple(erased))


def encrypt_database(where: str, actor: Actor, key: str) -> tuple[Path, ...]:
    """Encrypt a database's file.

    Returns:
        Copies of it that are known of and are not encrypted.

    Raises:
        NoStore: There is none.
        Refused: It is a server, encrypted already, no current hiringkit database; or the key is too short.
        StoreUnreachable: Another program has it open, or there is no room for a second file.
    """
    path = convert(where, key)
    with open_store(where) as store:
        with store.write() as tx:
            record(tx, actor, "database.encrypt", {})
        with store.read() as tx:
            return backups.unencrypted(backups.copies(path, audit.noted_copies(tx)))


def decrypt_database(where: str, actor: Actor) -> None:
    """Write a database's file without encryption; otherwise as `encrypt_database`."""
    convert(where, None)
    with open_store(where) as store, store.write() as tx:
        record(tx, actor, "database.decrypt", {})


def copy_database(source: str, target: str) -> Transfer:
    """Copy everything of one database into another that is new or empty, and compare both.

    Raises:
        NoStore: There is no source.
        Refused: The target is not empty, or what is read back differs; nothing is copied then.
        StoreUnreachable: One of them cannot be reached.
    """
    with open_store(source) as given, open_store(target, create=True) as made:
        return transfer.transfer(given, made)
