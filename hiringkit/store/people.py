"""Candidates of an opening, and interviewers, in the order in which they were added."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    Table,
    Text,
    bindparam,
    column,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from hiringkit.domain.people import Candidate, HiringOutcome, Interviewer
from hiringkit.errors import NotFound, Refused
from hiringkit.store import tables as t
from hiringkit.text.sentence import Sentence

NO_CANDIDATE = Sentence("opening {opening} has no candidate {id}")
WITHDRAWN_ALREADY = Sentence("candidate {id} has withdrawn already")
_IS_ID = t.interviewers.c.id == bindparam("id")
_IS_EMAIL = t.interviewers.c.email_key == bindparam("email_key")
# statements of every request are made once: making one costs several times what it takes to run it
_CANDIDATES = (
    select(t.candidates).where(t.candidates.c.opening_id == bindparam("opening_id")).order_by(t.candidates.c.position)
)
_FIND_CANDIDATE = select(t.candidates).where(
    t.candidates.c.opening_id == bindparam("opening_id"), t.candidates.c.id == bindparam("id")
)
_INTERVIEWERS = select(t.interviewers).order_by(t.interviewers.c.position)
_FIND_INTERVIEWER = select(t.interviewers).where(or_(_IS_ID, _IS_EMAIL)).order_by(_IS_ID.desc())


def insert_candidates(tx: Connection, opening_id: str, candidates: Sequence[Candidate]) -> None:
    """Store new candidates of an opening.

    Raises:
        IntegrityError: An id is taken or the opening is unknown; outside the transaction it is `Refused`.
    """
    start = _next_position(tx, t.candidates, t.candidates.c.opening_id == opening_id)
    rows = [
        {
            "opening_id": opening_id,
            "id": candidate.id,
            "position": position,
            "name": candidate.name,
            "email": candidate.email,
            "note": candidate.note,
            "resume_line": candidate.resume_line,
            "withdrawn_at": candidate.withdrawn_at,
            "withdrawn_reason": candidate.withdrawn_reason,
        }
        for position, candidate in enumerate(candidates, start)
    ]
    if rows:
        tx.execute(insert(t.candidates), rows)


def _next_position(tx: Connection, table: Table, *conditions: ColumnElement[bool]) -> int:
    last: int | None = tx.scalar(select(func.max(table.c.position)).where(*conditions))
    return 0 if last is None else last + 1


def candidates(tx: Connection, opening_id: str) -> tuple[Candidate, ...]:
    """Return all candidates of an opening, including withdrawn ones."""
    read = _server_candidates() if tx.dialect.name == "postgresql" else _CANDIDATES
    return tuple(map(to_candidate, tx.execute(read, {"opening_id": opening_id})))


@cache
def _server_candidates() -> Select[Any]:
    """Make PostgreSQL's reading, which looks at the rights once: policies are asked for every row."""
    found = func.hiringkit_candidates(bindparam("opening_id", type_=Text))
    return select(*found.table_valued(*(column(each.name, each.type) for each in t.candidates.c)).c)


def to_candidate(row: Any) -> Candidate:
    """Return a candidate whose columns are attributes of a row."""
    return Candidate(
        id=row.id,
        name=row.name,
        email=row.email,
        note=row.note,
        resume_line=row.resume_line,
        withdrawn_at=row.withdrawn_at,
        withdrawn_reason=row.withdrawn_reason,
        outcome=t.readable(HiringOutcome, row.outcome, "an outcome") if row.outcome else None,
        outcome_reason=row.outcome_reason,
        held_at=row.held_at,
        held_reason=row.held_reason,
        erased_at=row.erased_at,
    )


def find_candidate(tx: Connection, opening_id: str, candidate_id: str) -> Candidate | None:
    """Return a candidate, or None."""
    row = tx.execute(_FIND_CANDIDATE, {"opening_id": opening_id, "id": candidate_id}).one_or_none()
    return None if row is None else to_candidate(row)


def _is_candidate(opening_id: str, candidate_id: str) -> ColumnElement[bool]:
    return (t.candidates.c.opening_id == opening_id) & (t.candidates.c.id == candidate_id)


def withdraw(tx: Connection, opening_id: str, candidate_id: str, at: datetime, reason: str) -> None:
    """Mark a candidate as withdrawn; nothing is deleted.

    Raises:
        NotFound: The opening has no such candidate.
        Refused: The candidate has withdrawn already.
    """
    still_there = _is_candidate(opening_id, candidate_id) & t.candidates.c.withdrawn_at.is_(None)
    change = update(t.candidates).where(still_there).values(withdrawn_at=at, withdrawn_reason=reason)
    if tx.execute(change).rowcount:
        return
    if find_candidate(tx, opening_id, candidate_id) is None:
        raise NotFound(NO_CANDIDATE.format(opening=opening_id, id=candidate_id))
    raise Refused(WITHDRAWN_ALREADY.format(id=candidate_id))


def restore(tx: Connection, opening_id: str, candidate_id: str) -> None:
    """Undo a candidate's withdrawal."""
    change = update(t.candidates).where(_is_candidate(opening_id, candidate_id))
    tx.execute(change.values(withdrawn_at=None, withdrawn_reason=""))


def change_candidate(tx: Connection, opening_id: str, candidate: Candidate) -> None:
    """Update a candidate's name, e-mail address, note and résumé line."""
    change = update(t.candidates).where(_is_candidate(opening_id, candidate.id))
    told = {"note": candidate.note, "resume_line": candidate.resume_line}
    tx.execute(change.values(name=candidate.name, email=candidate.email, **told))


def set_outcome(tx: Connection, opening_id: str, candidate_id: str, outcome: HiringOutcome | None, reason: str) -> None:
    """Store what became of a candidate; None removes it."""
    change = update(t.candidates).where(_is_candidate(opening_id, candidate_id))
    tx.execute(change.values(outcome=str(outcome or ""), outcome_reason=reason))


def set_hold(tx: Connection, opening_id: str, candidate_id: str, at: datetime | None, reason: str) -> None:
    """Store since when and why nothing about a candidate may be erased; None releases the hold."""
    change = update(t.candidates).where(_is_candidate(opening_id, candidate_id))
    tx.execute(change.values(held_at=at, held_reason=reason))


def remove_candidate(tx: Connection, opening_id: str, candidate_id: str) -> None:
    """Delete a candidate who has no interviews, with the answers about expectations.

    Raises:
        IntegrityError: There are interviews; outside the transaction it is `Refused`.
    """
    needs = t.candidate_needs.c
    tx.execute(delete(t.candidate_needs).where((needs.opening_id == opening_id) & (needs.candidate_id == candidate_id)))
    tx.execute(delete(t.candidates).where(_is_candidate(opening_id, candidate_id)))


def insert_interviewers(tx: Connection, interviewers: Sequence[Interviewer]) -> None:
    """Store new interviewers.

    Raises:
        IntegrityError: An id or e-mail address is taken; outside the transaction it is `Refused`.
    """
    start = _next_position(tx, t.interviewers)
    rows = [
        {
            "id": interviewer.id,
            "position": position,
            "name": interviewer.name,
            "email": interviewer.email,
            "email_key": _email_key(interviewer.email),
        }
        for position, interviewer in enumerate(interviewers, start)
    ]
    if rows:
        tx.execute(insert(t.interviewers), rows)


def _email_key(email: str) -> str | None:
    """Return an address in the form by which spellings are compared; databases disagree on case beyond ASCII."""
    return email.strip().casefold() or None


def interviewers(tx: Connection) -> tuple[Interviewer, ...]:
    """Return all interviewers."""
    return tuple(map(_interviewer, tx.execute(_INTERVIEWERS)))


def change_interviewer(tx: Connection, interviewer: Interviewer) -> None:
    """Update an interviewer's name and e-mail address.

    Raises:
        IntegrityError: Somebody else has the address; outside the transaction it is `Refused`.
    """
    change = update(t.interviewers).where(t.interviewers.c.id == interviewer.id)
    key = _email_key(interviewer.email)
    tx.execute(change.values(name=interviewer.name, email=interviewer.email, email_key=key))


def remove_interviewer(tx: Connection, interviewer_id: str) -> None:
    """Delete an interviewer who has neither interviews nor practice, with their personal links.

    Raises:
        IntegrityError: There is either; outside the transaction it is `Refused`.
    """
    own = select(t.personal_links.c.number).where(t.personal_links.c.interviewer_id == interviewer_id)
    tx.execute(delete(t.web_logins).where(t.web_logins.c.link_number.in_(own)))
    tx.execute(delete(t.personal_links).where(t.personal_links.c.interviewer_id == interviewer_id))
    tx.execute(delete(t.interviewers).where(t.interviewers.c.id == interviewer_id))


def _interviewer(row: Row[Any]) -> Interviewer:
    return Interviewer(id=row.id, name=row.name, email=row.email)


def find_interviewer(tx: Connection, id_or_email: str) -> Interviewer | None:
    """Return the interviewer with this id, else with this e-mail address, or None; case does not matter."""
    # Compared as text: None would match everybody without an address.
    wanted = {"id": id_or_email.strip().casefold(), "email_key": _email_key(id_or_email) or ""}
    row = tx.execute(_FIND_INTERVIEWER, wanted).first()
    return None if row is None else _interviewer(row)
