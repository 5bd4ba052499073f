"""What was done, by whom and when: events chained by hashes, so that a later change to one is detected.

The hash of an event is SHA-256 over the canonical JSON of its sequence number, time, actor, action, subject,
detail and the hash before it. Cutting events off the end leaves a shorter but valid chain; only a `head` that was
noted elsewhere reveals that.
"""

import json
from collections.abc import Container, Iterator, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from hiringkit.domain.audit import AuditEvent
from hiringkit.domain.codes import Code
from hiringkit.domain.finding import Finding
from hiringkit.errors import Refused
from hiringkit.store.tables import audit_events, time_text
from hiringkit.text.sentence import Sentence

GENESIS = "0" * 64
"""The hash before the first event."""
UNREADABLE = Sentence("event {sequence} of the audit log has been changed and cannot be read")
UNREADABLE_HINT = Sentence("hiringkit audit verify lists every change")
CHANGED = Sentence("event {sequence} is not as it was written")
CHANGED_HINT = Sentence("compare it with a backup from before the change")
BROKEN = Sentence("event {sequence} does not follow the one before it")
BROKEN_HINT = Sentence("events before it were removed, inserted or rewritten; compare with a backup")
CUT_OFF = Sentence("event {sequence}, which was noted, is missing: the end of the log was cut off")
NOT_NOTED = Sentence("event {sequence} is not the one that was noted")
OUT_OF_STEP = Sentence("event {expected} is missing: event {sequence} stands in its place")


def append(
    tx: Connection,
    at: datetime,
    actor: str,
    action: str,
    subject: Mapping[str, str],
    detail: Mapping[str, Any],
) -> AuditEvent:
    """Add an event at the end of the chain, in the transaction of the change that it records.

    Raises:
        TypeError: `detail` holds something that JSON cannot represent.
        ValueError: The time has no zone, or `detail` holds a NaN or an infinity.
    """
    return append_all(tx, at, actor, [(action, subject, detail)])[0]


def append_all(
    tx: Connection, at: datetime, actor: str, events: Sequence[tuple[str, Mapping[str, str], Mapping[str, Any]]]
) -> list[AuditEvent]:
    """Add events at the end of the chain, in one statement; otherwise as `append`.

    Args:
        tx: The transaction of the changes that they record.
        at: When.
        actor: Who.
        events: Action, subject and detail of each.
    """
    last, previous = head(tx)
    added, rows = [], []
    for sequence, (action, subject, detail) in enumerate(events, last + 1):
        values = {
            "sequence": sequence,
            "at": time_text(at),
            "actor": actor,
            "action": action,
            "subject": _canonical(dict(subject)),
            "detail": _canonical(dict(detail)),
            "previous": previous,
        }
        digest = _hash(list(values.values()))
        rows.append(values | {"hash": digest})
        added.append(AuditEvent(sequence, at, actor, action, dict(subject), dict(detail), previous, digest))
        previous = digest
    if rows:
        tx.execute(insert(audit_events), rows)
    return added


def _canonical(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _hash(content: list[Any]) -> str:
    return sha256(_canonical(content).encode()).hexdigest()


def head(tx: Connection) -> tuple[int, str]:
    """Return the last event's sequence number and hash, `(0, GENESIS)` where there is none."""
    latest = select(audit_events.c.sequence, audit_events.c.hash).order_by(audit_events.c.sequence.desc())
    row = tx.execute(latest.limit(1)).one_or_none()
    return (0, GENESIS) if row is None else (row.sequence, row.hash)


def events(
    tx: Connection,
    *,
    limit: int | None = None,
    subject: Mapping[str, str] | None = None,
    since: datetime | None = None,
    actors: Container[str] | None = None,
) -> tuple[AuditEvent, ...]:
    """Return events, oldest first.

    Args:
        tx: A transaction.
        limit: Only the last so many.
        subject: Only those whose subject has all of these.
        since: Only those from this moment on.
        actors: Only events by these, in lower case.

    Raises:
        Refused: An event was changed so that it cannot be read.
    """
    wanted = (subject or {}).items()
    newest_first = select(audit_events).order_by(audit_events.c.sequence.desc())
    if since is not None:
        newest_first = newest_first.where(audit_events.c.at >= time_text(since))
    found = (
        event
        for event in map(_event, tx.execute(newest_first))
        if wanted <= event.subject.items() and (actors is None or event.actor.casefold() in actors)
    )
    return tuple(reversed(list(islice(found, limit))))


def _event(row: Row[Any]) -> AuditEvent:
    try:
        at, subject, detail = datetime.fromisoformat(row.at), _mapping(row.subject), _mapping(row.detail)
    except (TypeError, ValueError):
        raise Refused(UNREADABLE.format(sequence=row.sequence), hint=UNREADABLE_HINT) from None
    return AuditEvent(row.sequence, at, row.actor, row.action, subject, detail, row.previous, row.hash)


def _mapping(text: str) -> dict[str, Any]:
    value = json.loads(text)
    if not isinstance(value, dict):
        raise TypeError
    return value


def actors(tx: Connection) -> tuple[str, ...]:
    """Return everybody who has done something, by the name they used then."""
    return tuple(tx.scalars(select(audit_events.c.actor).distinct().order_by(audit_events.c.actor)))


def verify(tx: Connection) -> list[Finding]:
    """Check the whole chain and return what is wrong with it; empty if it is intact."""
    problems: list[Finding] = []
    expected, previous = 1, GENESIS
    for row in tx.execute(select(audit_events).order_by(audit_events.c.sequence)).yield_per(1000):
        problems.extend(_problems(row, expected, previous))
        expected, previous = row.sequence + 1, row.hash
    return problems


def _problems(row: Row[Any], expected: int, previous: str) -> Iterator[Finding]:
    path = f"$[{row.sequence}]"
    if row.sequence != expected:
        message = OUT_OF_STEP.format(expected=expected, sequence=row.sequence)
        yield Finding(Code.AUDIT_MISSING, message, hint=BROKEN_HINT, path=path)
    if row.previous != previous:
        yield Finding(Code.AUDIT_BROKEN, BROKEN.format(sequence=row.sequence), hint=BROKEN_HINT, path=path)
    if row.hash != _hash([part if isinstance(part, int | str) else repr(part) for part in row[:7]]):
        yield Finding(Code.AUDIT_CHANGED, CHANGED.format(sequence=row.sequence), hint=CHANGED_HINT, path=path)


def verify_head(tx: Connection, sequence: int, digest: str) -> list[Finding]:
    """Check that the log still has an event that was noted elsewhere, unchanged."""
    here = select(audit_events.c.hash).where(audit_events.c.sequence == sequence)
    found = GENESIS if sequence == 0 else tx.scalar(here)
    if found == digest:
        return []
    message = (CUT_OFF if found is None else NOT_NOTED).format(sequence=sequence)
    return [Finding(Code.AUDIT_HEAD, message, hint=CHANGED_HINT, path=f"$[{sequence}]")]
