"""The database as a whole: its state, what a check found, what was restored or copied."""

from hiringkit.domain.audit import AuditVerdict
from hiringkit.locale import _
from hiringkit.report.model import Cell, Facts, Notes, Number, Report, Tone, Word, plain


def database_report(
    *,
    address: str,
    revision: str | None,
    newest: str,
    size: int | None = None,
    engine: str = "",
    encrypted: bool = False,
    flaw: bool = False,
) -> Report:
    """Show the state of the database.

    Args:
        address: The file or URL, without any password.
        revision: The schema's revision; None where there is no schema yet.
        newest: The revision that this program knows.
        size: Of the file in bytes; None where there is none.
        engine: The library that reads it, with its version.
        encrypted: Whether the file is encrypted.
        flaw: Whether that library has the WAL-reset bug.
    """
    current = revision == newest
    facts: list[tuple[str, Cell]] = [
        (_("Database"), address),
        (_("Schema"), revision or _("none")),
        (_("Newest schema"), newest),
        (_("State"), Word(_("up to date"), Tone.GOOD) if current else Word(_("needs an upgrade"), Tone.CAUTION)),
        *(() if size is None else ((_("Size in bytes"), Number(size, 0)),)),
    ]
    if engine:
        facts.append((_("Library"), Word(engine, Tone.CAUTION if flaw else None)))
    if size is not None:
        facts.append((_("Encrypted"), _("yes") if encrypted else _("no")))
    reset = Notes(
        (
            _(
                "{engine} has the WAL-reset bug: two programs that write at the same moment can, very rarely, damage"
                " the file. It is mended in SQLite 3.51.3; until Python comes with that, keep backups and run:"
                " hiringkit db check"
            ).format(engine=engine),
        )
    )
    upgrade = Notes((_("Bring it up to date: hiringkit db upgrade"),))
    return Report(
        title=_("Database"),
        blocks=(Facts(tuple(facts)), *(() if current else (upgrade,)), *((reset,) if flaw else ())),
        document={
            "schema": "hiringkit/database/1",
            "address": address,
            "revision": revision,
            "newest": newest,
            "current": current,
            "size": size,
            "library": engine,
            "encrypted": encrypted,
            "wal_reset_bug": flaw,
        },
    )


def encrypted_report(address: str, copies: tuple[str, ...], *, encrypted: bool, kept: bool) -> Report:
    """Say that a database was encrypted, or no longer is.

    Args:
        address: Its file.
        copies: Copies that are not encrypted.
        encrypted: Whether it is now.
        kept: Whether the key is in the keyring of this machine.
    """
    notes = []
    if encrypted:
        notes.append(
            _("The key is in the keyring of this machine. Keep it in a second place, too: nobody can recover it.")
            if kept
            else _("The key is asked for at every start. Keep it in a safe place: nobody can recover it.")
        )
    if copies:
        notes.append(_("Not encrypted are these copies; delete them when they are no longer needed:"))
        notes.extend(copies)
    facts: tuple[tuple[str, Cell], ...] = (
        (_("Database"), address),
        (_("Encrypted"), _("yes") if encrypted else _("no")),
    )
    return Report(
        title=_("Encryption"),
        blocks=(Facts(facts), *((Notes(tuple(notes)),) if notes else ())),
        document={
            "schema": "hiringkit/database-encryption/1",
            "address": address,
            "encrypted": encrypted,
            "in_keyring": kept,
            "unencrypted_copies": list(copies),
        },
    )


def check_report(verdict: AuditVerdict) -> Report:
    """Say that a database is whole."""
    facts: tuple[tuple[str, Cell], ...] = (
        (_("State"), Word(_("whole"), Tone.GOOD)),
        (_("Events"), Number(verdict.head.sequence, 0)),
        (_("Head"), Word(verdict.head.noted)),
    )
    return Report(
        title=_("Check of the database"),
        blocks=(Facts(facts),),
        document={
            "schema": "hiringkit/database-check/1",
            "whole": True,
            "events": verdict.head.sequence,
            "head": verdict.head.noted,
            "findings": [plain(each) for each in verdict.problems],
        },
    )


def restored_report(address: str, kept: str | None, erased: tuple[str, ...]) -> Report:
    """Say what was put in the place of a database.

    Args:
        address: The database.
        kept: Where the old one is; None where there was none.
        erased: Those who had been erased since the backup was made, and were erased again.
    """
    facts: tuple[tuple[str, Cell], ...] = (
        (_("Database"), address),
        (_("The old one is kept as"), kept or "-"),
        *([(_("Erased again"), ", ".join(erased))] if erased else []),
    )
    return Report(
        title=_("Restored"),
        blocks=(Facts(facts),),
        document={"schema": "hiringkit/restored/1", "address": address, "kept": kept, "erased": list(erased)},
    )


def copied_report(source: str, target: str, rows: int, digest: str) -> Report:
    """Say what was copied from one database into another."""
    facts: tuple[tuple[str, Cell], ...] = (
        (_("From"), source),
        (_("To"), target),
        (_("Rows"), Number(rows, 0)),
        (_("Digest of both"), Word(digest)),
    )
    return Report(
        title=_("Copied"),
        blocks=(Facts(facts),),
        document={"schema": "hiringkit/copied/1", "from": source, "to": target, "rows": rows, "digest": digest},
    )
