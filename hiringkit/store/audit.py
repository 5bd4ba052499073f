"""What was done, by whom and when: events chained by hashes, so that a later change to one is detected.

The hash of an event is SHA-256 over the canonical JSON of its sequence number, time, actor, means, action, digests of
subject and detail, states and the hash before it. States are digests of what was changed, before and after. Digests are
salted by candidate: a level that one may not know cannot be guessed and tried against them, and texts and salt can be
taken away, and the chain still holds. Cutting events off the end leaves a shorter but valid chain; only a `head` that
was noted elsewhere reveals that.
"""

import json
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from hashlib import sha256
from hmac import digest as hmac_digest
from itertools import groupby, islice
from secrets import token_hex
from types import SimpleNamespace
from typing import Any

from attrs import field, frozen
from sqlalchemy import Connection, Row, and_, bindparam, delete, insert, or_, select, text, update

from hiringkit.domain.audit import AuditEvent, Via
from hiringkit.domain.codes import Code
from hiringkit.domain.finding import Finding
from hiringkit.errors import Refused
from hiringkit.store.states import State, States, everything
from hiringkit.store.tables import add_rows, audit_events, audit_salts, time_text
from hiringkit.text.json_text import json_writer
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
BROKEN_BEFORE = Sentence("event {sequence} was changed or moved before the log was brought to this version")
BETWEEN = Sentence("{what} was changed behind the program's back between events {since} and {sequence}")
NOT_AS_LEFT = Sentence("{what} is not as event {since} left it")
WITHOUT_EVENT = Sentence("{what} was written without an event")
GONE = Sentence("{what} is gone since event {since}")
CHAIN = "database.chain"
"""What revision 0012 does: it builds the chain anew."""
SEAL = "database.seal"
"""Vouching for what was there before states were kept."""
ERASE = "candidate.erase"
"""Vouching for what is left of a candidate, and for the emptied events, whose salt is destroyed."""
EMPTY = "{}"
"""The detail of an event about a candidate who was erased since, and of one that has none."""
_FEW = 20
"""From how many events on salts are read at once."""
NOBODY = ""
"""The salt of what is about no candidate."""
_SALT_BYTES = 32
_OF_CANDIDATE = and_(
    audit_salts.c.opening_id == bindparam("opening_id"), audit_salts.c.candidate_id == bindparam("candidate_id")
)
SALT = select(audit_salts.c.salt).where(_OF_CANDIDATE)
"""The salt of `opening_id` and `candidate_id`."""
_NEWEST = audit_events.c.sequence.desc()
_HEAD = select(audit_events.c.sequence, audit_events.c.hash).order_by(_NEWEST).limit(1)
_HEAD_WITH_SALT = _HEAD.add_columns(SALT.scalar_subquery().label("salt"))
_APPEND_THERE = text("SELECT hiringkit_append(:at, :actor, :via, CAST(:events AS jsonb))")
"""For PostgreSQL."""
_CHAINED = ("sequence", "at", "actor", "via", "action", "subject_digest", "detail_digest", "states", "previous")
"""What an event's hash is over, in this order."""
_COLUMNS = (*_CHAINED, "subject", "detail", "hash")
_canonical = json_writer(json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False))


class Salts:
    """The salts that one transaction has needed so far.

    Args:
        tx: The transaction.
        make: Whether a candidate without a salt gets one; `keep` writes those.
    """

    def __init__(self, tx: Connection, *, make: bool = False) -> None:
        self._tx, self._make = tx, make
        self._known: dict[tuple[str, str], str | None] = {}
        self._read: set[str] = set()
        self._made: list[dict[str, str]] = []

    def of(self, opening: str, candidate: str) -> str | None:
        """Return a candidate's salt, None where it was destroyed or never was."""
        if not candidate:
            return NOBODY
        key = (opening, candidate)
        if key not in self._known:
            found: str | None = None
            if opening not in self._read:
                found = self._tx.scalar(SALT, {"opening_id": opening, "candidate_id": candidate})
            if found is None and self._make:
                found = token_hex(_SALT_BYTES)
                self._made.append({"opening_id": opening, "candidate_id": candidate, "salt": found})
            self._known[key] = found
        return self._known[key]

    def learn(self, opening: str, candidate: str, salt: str) -> None:
        """Take over a salt that was read elsewhere."""
        self._known[opening, candidate] = salt

    def read_all(self, opening: str | None = None) -> None:
        """Read the salts of all candidates, or of one opening's, at once; those of an opening only the first time."""
        if opening in self._read:
            return
        rows = select(audit_salts)
        if opening is not None:
            rows = rows.where(audit_salts.c.opening_id == opening)
            self._read.add(opening)
        for row in self._tx.execute(rows):
            self._known[row.opening_id, row.candidate_id] = row.salt

    def keep(self) -> None:
        """Write the salts that were made, in one statement."""
        if self._made:
            self._tx.execute(insert(audit_salts), self._made)
            self._made.clear()


def salted(salt: str, content: str) -> str:
    """Return the digest of a text with a salt: HMAC-SHA256, in hexadecimal."""
    return hmac_digest(salt.encode(), content.encode("utf-8", "backslashreplace"), sha256).hex()


def salt_digest(salt: str) -> str:
    """Return the digest by which a salt is known again; the salt itself cannot be guessed from it."""
    return sha256(salt.encode()).hexdigest()


def _destroy_salt(tx: Connection, opening: str, candidate: str) -> None:
    """Delete a candidate's salt: nothing that was chained with it can be guessed and tried any more."""
    here = (audit_salts.c.opening_id == opening) & (audit_salts.c.candidate_id == candidate)
    tx.execute(delete(audit_salts).where(here))


def append(
    tx: Connection,
    at: datetime,
    actor: str,
    action: str,
    subject: Mapping[str, str],
    detail: Mapping[str, Any],
    *,
    via: str = Via.CLI,
    states: States | None = None,
) -> AuditEvent:
    """Add an event at the end of the chain, in the transaction of the change that it records.

    Raises:
        TypeError: `detail` holds something that JSON cannot represent.
        ValueError: The time has no zone, or `detail` holds a NaN or an infinity.
    """
    return next(append_all(tx, at, actor, [NewEvent(action, subject, detail, states or {})], via=via))


@frozen
class NewEvent:
    """Something that was done, to be added to the log."""

    action: str
    subject: Mapping[str, str]
    detail: Mapping[str, Any] = field(factory=dict)
    states: States = field(factory=dict)
    """What was changed, before and after."""


def append_all(
    tx: Connection,
    at: datetime,
    actor: str,
    events: Sequence[NewEvent],
    *,
    via: str = Via.CLI,
    salts: Salts | None = None,
) -> Iterator[AuditEvent]:
    """Add events at the end of the chain, in one statement; otherwise as `append`.

    Args:
        tx: The transaction of the changes that they record.
        at: When.
        actor: Who.
        events: In their order.
        via: What it was done with.
        salts: Those that this transaction has needed and made so far, where it appends more than once.

    Returns:
        The events as they stand in the log.
    """
    if tx.dialect.name == "postgresql":
        return iter(_append_there(tx, at, actor, events, via))
    if salts is None:
        salts = Salts(tx, make=True)
    if len(events) > _FEW:
        for opening in {each.subject.get("opening", "") for each in events}:
            salts.read_all(opening)
    last, previous = _head(tx, salts, events[0].subject if events else {})
    moment, means, rows = time_text(at), str(via), []
    for sequence, new in enumerate(events, last + 1):
        salt = salts.of(*_whose(new.subject)) or NOBODY
        subject, detail = _canonical(new.subject), _canonical(new.detail) if new.detail else EMPTY
        states = _canonical(
            {
                word: (state_digest(salt, word, before), state_digest(salt, word, after))
                for word, (before, after) in new.states.items()
            }
        )
        digests = salted(salt, subject), salted(salt, detail)
        digest = _hash([sequence, moment, actor, means, new.action, *digests, states, previous])
        rows.append((sequence, moment, actor, means, new.action, *digests, states, previous, subject, detail, digest))
        previous = digest
    salts.keep()
    add_rows(tx, audit_events, _COLUMNS, rows)
    return (_event(SimpleNamespace(**dict(zip(_COLUMNS, row, strict=True)))) for row in rows)


def _append_there(tx: Connection, at: datetime, actor: str, events: Sequence[NewEvent], via: str) -> list[AuditEvent]:
    """Have PostgreSQL append events: whoever may not read all of the log, or any salt, adds to it all the same."""
    given = []
    for new in events:
        opening, candidate = _whose(new.subject)
        states = [[word, _stated(word, before), _stated(word, after)] for word, (before, after) in new.states.items()]
        said = {"subject": _canonical(dict(new.subject)), "detail": _canonical(dict(new.detail))}
        given.append({"action": new.action, "opening": opening, "candidate": candidate, "states": states} | said)
    if not given:
        return []
    said = {"at": time_text(at), "actor": actor, "via": str(via), "events": _canonical(given)}
    return [_event(SimpleNamespace(**row)) for row in tx.scalars(_APPEND_THERE, said)]


def _head(tx: Connection, salts: Salts, subject: Mapping[str, Any]) -> tuple[int, str]:
    """Return what `head` does, and read the salt of a subject in the same statement: most changes are one event."""
    whose = _whose(subject)
    wanted = dict(zip(("opening_id", "candidate_id"), whose, strict=True))
    row = tx.execute(_HEAD_WITH_SALT, wanted).one_or_none()
    if row is None:
        return 0, GENESIS
    if row.salt is not None:
        salts.learn(*whose, row.salt)
    return row.sequence, row.hash


def _whose(subject: Mapping[str, Any]) -> tuple[str, str]:
    """Return opening and candidate, or what stands for a decision on several; empty where it is about neither."""
    opening, candidate, decision = (str(subject.get(kind, "")) for kind in ("opening", "candidate", "decision"))
    return opening, candidate or (decision and decision_key(decision))


def decision_key(number: str) -> str:
    """Return whose salt the events about a decision are chained with; no candidate has such an id."""
    return f"decision/{number}"


def state_digest(salt: str, word: str, state: State) -> str | None:
    """Return the digest of a state, None where there is nothing."""
    stated = _stated(word, state)
    return None if stated is None else salted(salt, stated)


def _stated(word: str, state: State) -> str | None:
    """Return the text that is digested."""
    return None if state is None else _canonical([word, state])


def _hash(content: list[Any]) -> str:
    return sha256(_canonical(content).encode()).hexdigest()


def noted_copies(tx: Connection) -> list[str]:
    """Return the paths to which backups were written."""
    return [str(event.detail.get("path", "")) for event in events(tx, kind="database.backup")]


def head(tx: Connection) -> tuple[int, str]:
    """Return the last event's sequence number and hash, `(0, GENESIS)` where there is none."""
    row = tx.execute(_HEAD).one_or_none()
    return (0, GENESIS) if row is None else (row.sequence, row.hash)


def events(
    tx: Connection,
    *,
    limit: int | None = None,
    subject: Mapping[str, str] | None = None,
    since: datetime | None = None,
    actors: Container[str] | None = None,
    kind: str | None = None,
) -> tuple[AuditEvent, ...]:
    """Return events, oldest first.

    Args:
        tx: A transaction.
        limit: Only the last so many.
        subject: Only those whose subject has all of these.
        since: Only those from this moment on.
        actors: Only events by these, in lower case.
        kind: Only what was done to things of this kind, such as `interview`, or only this, such as `interview.rate`.

    Raises:
        Refused: An event was changed so that it cannot be read.
    """
    wanted = (subject or {}).items()
    newest_first = select(audit_events).order_by(audit_events.c.sequence.desc())
    if since is not None:
        newest_first = newest_first.where(audit_events.c.at >= time_text(since))
    if kind is not None:
        of_kind = audit_events.c.action.startswith(f"{kind}.", autoescape=True)
        newest_first = newest_first.where(or_(audit_events.c.action == kind, of_kind))
    found = (
        event
        for event in map(_event, tx.execute(newest_first))
        if wanted <= event.subject.items() and (actors is None or event.actor.casefold() in actors)
    )
    return tuple(reversed(list(islice(found, limit))))


def until(tx: Connection, sequence: int) -> Iterator[AuditEvent]:
    """Yield all events up to one, oldest first.

    Raises:
        Refused: An event was changed so that it cannot be read.
    """
    rows = select(audit_events).where(audit_events.c.sequence <= sequence).order_by(audit_events.c.sequence)
    return (_event(row) for row in tx.execute(rows))


def _event(row: Row[Any] | SimpleNamespace) -> AuditEvent:
    try:
        at, subject, detail = datetime.fromisoformat(row.at), _mapping(row.subject), _mapping(row.detail)
        states = {word: (before, after) for word, (before, after) in _mapping(row.states).items()}
    except (TypeError, ValueError):
        raise Refused(UNREADABLE.format(sequence=row.sequence), hint=UNREADABLE_HINT) from None
    return AuditEvent(row.sequence, at, row.actor, row.action, subject, detail, row.previous, row.hash, row.via, states)


def _mapping(text: str) -> dict[str, Any]:
    value = json.loads(text)
    if not isinstance(value, dict):
        raise TypeError
    return value


def actors(tx: Connection) -> tuple[str, ...]:
    """Return everybody who has done something, by the name they used then."""
    return tuple(tx.scalars(select(audit_events.c.actor).distinct().order_by(audit_events.c.actor)))


def verify(tx: Connection, *, states: bool = True) -> list[Finding]:
    """Check the whole chain, and everything that it vouches for, against it.

    Args:
        tx: A transaction.
        states: Whether what is stored is compared with the log, too.

    Returns:
        What is wrong, the chain first; empty if everything is as it was written.
    """
    check = _Check(tx)
    problems = [problem for row in _every(tx) for problem in check.problems(row)]
    if states:
        problems.extend(check.changed())
    return problems


def _every(tx: Connection) -> Iterator[Row[Any]]:
    yield from tx.execute(select(audit_events).order_by(audit_events.c.sequence)).yield_per(1000)


class _Check:
    """A check of the log as it goes on."""

    def __init__(self, tx: Connection) -> None:
        self._tx = tx
        self._salts = Salts(tx)
        self._salts.read_all()
        self._expected, self._previous = 1, GENESIS
        self._left: dict[tuple[str, ...], tuple[str | None, int]] = {}
        self._vouches = True
        self._erased = _erased(tx)
        self._emptied: dict[tuple[str, str], list[tuple[int, str]]] = {whose: [] for whose in self._erased}

    def problems(self, row: Row[Any]) -> Iterator[Finding]:
        """Yield what is wrong with the next event."""
        path = f"$[{row.sequence}]"
        if row.sequence != self._expected:
            message = OUT_OF_STEP.format(expected=self._expected, sequence=row.sequence)
            yield Finding(Code.AUDIT_MISSING, message, hint=BROKEN_HINT, path=path)
        if row.previous != self._previous:
            yield Finding(Code.AUDIT_BROKEN, BROKEN.format(sequence=row.sequence), hint=BROKEN_HINT, path=path)
        self._expected, self._previous = row.sequence + 1, row.hash
        try:
            event = _event(row)
        except Refused:
            event = None
        if event is None or not self._is_as_written(row, event):
            yield Finding(Code.AUDIT_CHANGED, CHANGED.format(sequence=row.sequence), hint=CHANGED_HINT, path=path)
        if event is not None:
            yield from self._follow(event)

    def _is_as_written(self, row: Row[Any], event: AuditEvent) -> bool:
        parts = [getattr(row, column) for column in _CHAINED]
        if row.hash != _hash([part if isinstance(part, int | str) else repr(part) for part in parts]):
            return False
        whose = _whose(event.subject)
        if row.sequence < self._erased.get(whose, 0):
            self._emptied[whose].append((row.sequence, row.subject))
            return bool(row.detail == EMPTY)
        salt = self._salts.of(*whose)
        if salt is None:
            return False
        if row.sequence == self._erased.get(whose) and event.detail.get("events") != emptied(self._emptied[whose]):
            return False
        return (row.subject_digest, row.detail_digest) == (salted(salt, row.subject), salted(salt, row.detail))

    def _follow(self, event: AuditEvent) -> Iterator[Finding]:
        """Take over what an event says about states, and yield where it does not follow from what was known."""
        if event.action == CHAIN:
            self._vouches = False
            if (broken := event.detail.get("broken")) is not None:
                message = BROKEN_BEFORE.format(sequence=broken)
                yield Finding(Code.AUDIT_BROKEN, message, hint=BROKEN_HINT, path=f"$[{broken}]")
        self._vouches = self._vouches or event.action == SEAL
        for word, (before, after) in event.states.items():
            key = _key(word, event.subject)
            known, since = self._left.get(key, (None, 0))
            if event.action not in (SEAL, ERASE) and known != before and (since or self._vouches):
                message = BETWEEN.format(what=_shown(key), sequence=event.sequence, since=since)
                yield Finding(Code.AUDIT_STATE, message, hint=CHANGED_HINT, path=f"$[{event.sequence}]")
            self._left[key] = (after, event.sequence)

    def changed(self) -> Iterator[Finding]:
        """Yield what is not as the last event about it left it."""
        for kept in everything(self._tx):
            key = _key(kept.word, kept.subject)
            known, since = self._left.pop(key, (None, 0))
            salt = self._salts.of(*_whose(kept.subject)) or NOBODY
            unknown = since == 0 and not (kept.needed and self._vouches)
            if not kept.untouched or (not unknown and state_digest(salt, kept.word, kept.state) != known):
                message = (NOT_AS_LEFT if since else WITHOUT_EVENT).format(what=_shown(key), since=since)
                yield Finding(Code.AUDIT_STATE, message, hint=CHANGED_HINT, path=_shown(key))
        for key, (known, since) in self._left.items():
            if known is not None:
                message = GONE.format(what=_shown(key), since=since)
                yield Finding(Code.AUDIT_STATE, message, hint=CHANGED_HINT, path=_shown(key))


def emptied(events: Sequence[tuple[int, str]]) -> str:
    """Return the digest of what is left of the events about an erased candidate: sequence numbers and subjects."""
    return _hash([list(each) for each in events])


def _erased(tx: Connection) -> dict[tuple[str, str], int]:
    """Return the event by which each erased candidate was erased, by opening and pseudonym."""
    rows = select(audit_events).where(audit_events.c.action == ERASE).order_by(audit_events.c.sequence.desc())
    found: dict[tuple[str, str], int] = {}
    for row in tx.execute(rows):
        with suppress(TypeError, ValueError):
            subject, detail = _mapping(row.subject), _mapping(row.detail)
            if "events" in detail:
                found.setdefault(_whose(subject), row.sequence)
    return found


def empty(
    tx: Connection, opening: str, key: str, rename: Callable[[Mapping[str, Any]], dict[str, Any]] = dict
) -> dict[str, Any]:
    """Empty the events about a candidate, or about a decision on one, and destroy the salt that they are chained with.

    Args:
        tx: The transaction that takes the candidate out of everything else.
        opening: The opening.
        key: Whose salt it is, as `Salts.of` takes it.
        rename: From a subject to the subject under the pseudonym.

    Returns:
        The detail of the `ERASE` event that vouches for what is left.
    """
    left = []
    near = audit_events.c.subject.contains(_canonical(opening), autoescape=True)
    for row in tx.execute(select(audit_events).where(near).order_by(audit_events.c.sequence)).all():
        subject = _mapping(row.subject)
        if _whose(subject) == (opening, key):
            text = _canonical(rename(subject))
            left.append((row.sequence, text))
            this = audit_events.c.sequence == row.sequence
            tx.execute(update(audit_events).where(this).values(subject=text, detail=EMPTY))
    if left:
        # With a former hash, which has no salt, a guess could be confirmed; with a later one, too.
        tx.execute(update(audit_events).where(audit_events.c.sequence >= left[0][0]).values(former_hash=""))
    salt = Salts(tx).of(opening, key)
    _destroy_salt(tx, opening, key)
    return {"events": emptied(left), "salt": None if salt is None else salt_digest(salt)}


def erased_salts(tx: Connection) -> frozenset[str]:
    """Return the digests of the salts of all candidates who were erased: by them a backup is known to hold one."""
    rows = select(audit_events.c.detail).where(audit_events.c.action == ERASE)
    return frozenset(str(salt) for text in tx.scalars(rows) if (salt := _mapping(text).get("salt")))


_OWNERS = {
    "opening": ("opening",),
    "rubric": ("opening",),
    "dropped": ("opening",),
    "offer": ("opening",),
    "candidate": ("opening", "candidate"),
    "need": ("opening", "candidate"),
    "interviewer": ("interviewer",),
    **dict.fromkeys(("decision", "ballot", "reveal", "note", "exception", "closing"), ("opening", "decision")),
}


def _key(word: str, subject: Mapping[str, Any]) -> tuple[str, ...]:
    owner = _OWNERS.get(word.partition("/")[0], ("interview",))
    return (word, *(str(subject.get(kind, "")) for kind in owner))


def _shown(key: tuple[str, ...]) -> str:
    word, *owner = key
    return f"{word} ({'/'.join(owner)})"


def seal(tx: Connection, at: datetime | None) -> None:
    """Add events that vouch for all that is there now, one for each subject.

    Args:
        tx: A transaction.
        at: When; None for the time of the last event, of which there must be one.
    """
    at = at or events(tx, limit=1)[0].at
    groups = groupby(
        (each for each in everything(tx) if each.state is not None), key=lambda each: sorted(each.subject.items())
    )
    sealed = [NewEvent(SEAL, dict(subject), {}, {k.word: (None, k.state) for k in group}) for subject, group in groups]
    append_all(tx, at, "", sealed, via=Via.UPGRADE)


def wants_seal(tx: Connection) -> bool:
    """Return whether the log is from before states were kept, and does not vouch for what is there yet."""
    actions = select(audit_events.c.sequence).limit(1)
    begun = tx.scalar(actions.where(audit_events.c.action == CHAIN))
    return begun is not None and tx.scalar(actions.where(audit_events.c.action == SEAL)) is None


def verify_head(tx: Connection, sequence: int, digest: str) -> list[Finding]:
    """Check that the log still has an event that was noted elsewhere, unchanged."""
    here = select(audit_events.c.hash, audit_events.c.former_hash).where(audit_events.c.sequence == sequence)
    found = (GENESIS,) if sequence == 0 else tx.execute(here).one_or_none()
    if found is not None and digest in tuple(found):
        return []
    message = (CUT_OFF if found is None else NOT_NOTED).format(sequence=sequence)
    return [Finding(Code.AUDIT_HEAD, message, hint=CHANGED_HINT, path=f"$[{sequence}]")]
