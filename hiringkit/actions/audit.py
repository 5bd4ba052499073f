"""The audit log: every change is written down in the transaction that makes it, and can be read and checked."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from attrs import frozen

from hiringkit.actions.lookup import Tx, find_opening, require_administrator
from hiringkit.actions.visibility import RECRUITER, viewer_id, visible_openings
from hiringkit.domain.audit import AuditEntry, AuditEvent, AuditHead, AuditVerdict, Via
from hiringkit.domain.interview import InterviewState
from hiringkit.errors import UsageProblem, missing
from hiringkit.store import audit, decisions, people
from hiringkit.store.states import States
from hiringkit.store.store import Store
from hiringkit.text.sentence import Sentence
from hiringkit.timezone import Clock


@frozen
class Actor:
    """Who does it and when."""

    who: str
    """The e-mail address or id that one acts as; may be empty."""
    clock: Clock
    via: Via = Via.CLI
    """What it is done with."""

    def now(self) -> datetime:
        """Return the present moment in UTC."""
        return self.clock()


def record(
    tx: Tx, actor: Actor, action: str, subject: Mapping[str, str], *, states: States | None = None, **detail: object
) -> None:
    """Append an event to the audit log.

    Args:
        tx: The transaction that makes the change.
        actor: Who does it.
        action: `noun.verb`, such as `interview.submit`.
        subject: Ids of what it is done to, by kind.
        states: What was changed, before and after, by word (`store/states.py`).
        detail: What else a later reader needs; no ratings, no evidence and no notes.

    Raises:
        NotFound: Nobody is known as the actor.
    """
    viewer_id(tx, actor.who)
    record_known(tx, actor, action, subject, states=states, **detail)


def record_known(
    tx: Tx, actor: Actor, action: str, subject: Mapping[str, str], *, states: States | None = None, **detail: object
) -> None:
    """Do what `record` does, for an actor whom this transaction has looked up already."""
    audit.append(tx, actor.now(), actor.who, action, subject, detail, via=actor.via, states=states)


def record_all(
    tx: Tx,
    actor: Actor,
    action: str,
    done: Iterable[tuple[Mapping[str, str], States]],
    *,
    salts: audit.Salts | None = None,
) -> None:
    """Append an event for each of several subjects to which the same was done.

    Args:
        tx: The transaction that makes the changes.
        actor: Who does it.
        action: As in `record`.
        done: Each subject with what was changed.
        salts: As in `audit.append_all`.

    Raises:
        NotFound: Nobody is known as the actor.
    """
    viewer_id(tx, actor.who)
    events = [audit.NewEvent(action, subject, {}, states) for subject, states in done]
    audit.append_all(tx, actor.now(), actor.who, events, via=actor.via, salts=salts)


def change(before: object, after: object) -> dict[str, object]:
    """Return the old and the new value of what was changed, as a detail of an event."""
    return {"from": before, "to": after}


def audit_log(
    store: Store,
    actor: Actor,
    *,
    opening: str | None = None,
    since: datetime | None = None,
    who: str | None = None,
    kind: str | None = None,
    last: int | None = None,
) -> tuple[AuditEntry, ...]:
    """Return events, oldest first.

    Everybody may see who did what and when. What else an event says about an interview is shown to an interviewer
    only where they may see that interview's ratings. Of a vote that is not revealed yet nobody but its voter learns
    more than that somebody voted.

    Args:
        store: Where the log is.
        actor: Who looks.
        opening: Only events about this opening.
        since: Only events from this moment on.
        who: Only what this person did: an interviewer's id or e-mail, or whatever somebody else acted as.
        kind: Only what was done to things of this kind, such as `interview`, or only this, such as `interview.rate`.
        last: Only the last so many of those.

    Raises:
        NotFound: There is no such opening, or nobody of that name has done anything.
        Refused: An event was changed so that it cannot be read.
    """
    with store.read() as tx:
        subject = {"opening": find_opening(tx, opening).id} if opening else {}
        actors = _names(tx, who) if who else None
        events = audit.events(tx, limit=last, subject=subject, since=since, actors=actors, kind=kind)
        entries = _visible(tx, actor, events)
        # a vote that is found by its voter's name tells who has voted
        return entries if who is None else tuple(entry for entry in entries if entry.actor or entry.action not in VOTES)


def _names(tx: Tx, who: str) -> frozenset[str]:
    """Return every name under which somebody acts, in lower case."""
    found = people.find_interviewer(tx, who)
    names = {who.casefold()} | ({found.id.casefold(), found.email.casefold()} - {""} if found else set())
    names |= {f"{RECRUITER}:{name}" for name in names}
    acted = audit.actors(tx)
    if found is None and not any(each.casefold() in names for each in acted):
        raise missing(Sentence("person in the audit log:"), who, [each for each in acted if each])
    return frozenset(names)


VOTES = ("decision.vote", "decision.revote")
"""Actions that are kept from everybody else until what they are about is revealed."""


def _visible(tx: Tx, actor: Actor, events: Iterable[AuditEvent]) -> tuple[AuditEntry, ...]:
    viewer = viewer_id(tx, actor.who)
    openings = {seen.opening.id: seen for seen in visible_openings(tx, actor.who)} if viewer else {}
    interviews = {each.id: each for seen in openings.values() for each in seen.outlines()}
    events = tuple(events)
    sealed = _sealed(tx, viewer, events)

    def sees(event: AuditEvent) -> bool:
        """Return whether an interviewer may know the details."""
        subject = event.subject
        seen = openings.get(subject.get("opening", ""))
        if interview := interviews.get(subject.get("interview", "")):
            submitted = interview.state is InterviewState.SUBMITTED
            own = openings[interview.opening]
            return own.sees_interview(interview.candidate, interview.interviewer, submitted=submitted)
        if "interview" in subject:
            return False
        if "decision" in subject:
            return seen is not None and not seen.hidden
        if "candidate" in subject:
            return seen is not None and subject["candidate"] not in seen.hidden
        return subject.get("interviewer", viewer) == viewer

    return tuple(
        AuditEntry(
            sequence=event.sequence,
            at=event.at,
            actor="" if event.sequence in sealed else event.actor,
            action=event.action,
            subject=event.subject,
            detail=event.detail if event.sequence not in sealed and (viewer is None or sees(event)) else None,
            hash=event.hash if viewer is None and event.sequence not in sealed else None,
            via=event.via,
            states=event.states if viewer is None and event.sequence not in sealed else None,
        )
        for event in events
    )


def _sealed(tx: Tx, viewer: str | None, events: Iterable[AuditEvent]) -> frozenset[int]:
    """Return the sequence numbers of others' votes that are not revealed yet."""
    votes = [event for event in events if event.action in VOTES]
    revealed = decisions.revealed_rounds(tx, sorted({event.subject.get("opening", "") for event in votes}))
    own = {viewer, *(each.email.casefold() for each in people.interviewers(tx) if each.id == viewer)} - {None, ""}

    def is_open(event: AuditEvent) -> bool:
        place = event.subject.get("opening"), event.subject.get("decision")
        found = (*place, event.detail.get("criterion"), str(event.detail.get("round")))
        return event.actor.casefold() in own or found in opened

    opened = {(opening, str(number), criterion, str(round_)) for opening, number, criterion, round_ in revealed}
    return frozenset(event.sequence for event in votes if not is_open(event))


def audit_head(store: Store) -> AuditHead:
    """Return the last event's sequence number and hash."""
    with store.read() as tx:
        return AuditHead(*audit.head(tx))


def verify_audit(store: Store, *, noted: str | None = None) -> AuditVerdict:
    """Check every event of the log against its hash and the one before.

    Args:
        store: Where the log is.
        noted: `SEQUENCE:HASH` of an earlier head; without it, events that were cut off the end do not show.

    Raises:
        Refused: On a server, one may not read all of it.
        UsageProblem: `noted` has not that form.
    """
    head = _read_head(noted) if noted else None
    with store.read() as tx:
        require_administrator(tx)
        problems = audit.verify(tx)
        if head is not None:
            problems += audit.verify_head(tx, head.sequence, head.hash)
        return AuditVerdict(AuditHead(*audit.head(tx)), tuple(problems))


def _read_head(noted: str) -> AuditHead:
    sequence, colon, digest = noted.strip().partition(":")
    if not (colon and sequence.isascii() and sequence.isdigit() and len(digest) == len(audit.GENESIS)):
        raise UsageProblem(
            Sentence("{noted!r} is no head of an audit log").format(noted=noted),
            hint="SEQUENCE:HASH, as hiringkit audit head writes it",
        )
    return AuditHead(int(sequence), digest.lower())
