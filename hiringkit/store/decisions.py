"""Decisions by mediating assessments, whole: what somebody may see of one is not decided here."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from attrs import evolve
from sqlalchemy import ColumnElement, Connection, Row, Table, delete, func, insert, select, update

from hiringkit.domain.decision import (
    Ballot,
    Closing,
    ClosingStatement,
    DecisionException,
    DecisionState,
    DiscussionNote,
    ExceptionKind,
    FrozenCriterion,
    PanelDecision,
    StatementKind,
    VoteReveal,
)
from hiringkit.domain.rubric import RubricRef
from hiringkit.store import logins
from hiringkit.store import tables as t

REVEAL, NOTE = "reveal", "note"
"""Kinds of records besides those of exceptions."""
DecisionRecord = VoteReveal | DiscussionNote | DecisionException


def add(tx: Connection, decision: PanelDecision) -> None:
    """Store a decision that has no ballots yet."""
    rubric = decision.rubric
    tx.execute(
        insert(t.decisions).values(
            opening_id=decision.opening,
            number=decision.number,
            state=str(decision.state),
            opened_at=decision.opened_at,
            opened_by=decision.opened_by,
            rubric=rubric.id,
            version=rubric.version,
            digest=rubric.digest,
            dropped=json.dumps(decision.dropped),
            comparison=decision.comparison,
            revision=decision.revision,
        )
    )
    of = _key(decision)
    criteria = enumerate(decision.criteria)
    rows = [of | {"criterion_id": c.id, "position": n, "weight": c.weight, "rounds": c.rounds} for n, c in criteria]
    tx.execute(insert(t.decision_criteria), rows)
    candidates = enumerate(decision.candidates)
    tx.execute(insert(t.decision_candidates), [of | {"candidate_id": c, "position": n} for n, c in candidates])
    for voter in decision.voters:
        add_voter(tx, decision, voter)
    for each in decision.exceptions:
        add_record(tx, decision, each)


def _key(decision: PanelDecision) -> dict[str, Any]:
    return {"opening_id": decision.opening, "decision": decision.number}


def _of(table: Table, opening_id: str, number: int) -> ColumnElement[bool]:
    return (table.c.opening_id == opening_id) & (table.c.decision == number)


def add_voter(tx: Connection, decision: PanelDecision, voter: str) -> None:
    """Add somebody to those who vote."""
    here = select(func.count()).where(_of(t.decision_voters, decision.opening, decision.number))
    position = tx.scalar(here.select_from(t.decision_voters))
    tx.execute(insert(t.decision_voters).values(**_key(decision), interviewer_id=voter, position=position))


def count(tx: Connection, opening_id: str) -> int:
    """Return how many decisions an opening has had."""
    latest = select(func.max(t.decisions.c.number)).where(t.decisions.c.opening_id == opening_id)
    return tx.scalar(latest) or 0


def holds_candidate(tx: Connection, opening_id: str, candidate_id: str) -> bool:
    """Return whether a candidate is part of any decision."""
    c = t.decision_candidates.c
    return (
        tx.scalar(select(c.decision).where((c.opening_id == opening_id) & (c.candidate_id == candidate_id))) is not None
    )


def holds_voter(tx: Connection, interviewer_id: str) -> bool:
    """Return whether somebody votes, or voted, in any decision."""
    c = t.decision_voters.c
    return tx.scalar(select(c.decision).where(c.interviewer_id == interviewer_id)) is not None


def voting_in(tx: Connection, interviewer_id: str) -> tuple[str, ...]:
    """Return the openings that have a decision which is open and in which somebody votes, by id."""
    d, v = t.decisions.c, t.decision_voters.c
    together = t.decisions.join(t.decision_voters, (d.opening_id == v.opening_id) & (d.number == v.decision))
    here = (v.interviewer_id == interviewer_id) & (d.state == str(DecisionState.OPEN))
    found = select(d.opening_id).select_from(together).where(here).order_by(d.opening_id).distinct()
    return tuple(tx.scalars(found))


def put_ballot(tx: Connection, decision: PanelDecision, ballot: Ballot) -> None:
    """Store a ballot in the place of the one that its voter cast before, if any."""
    place = _key(decision) | {
        "criterion_id": ballot.criterion,
        "round": ballot.round,
        "interviewer_id": ballot.voter,
    }
    for table in (t.decision_votes, t.decision_ballots):
        tx.execute(delete(table).where(*(table.c[name] == value for name, value in place.items())))
    values = {"cast_at": ballot.at, "reason": ballot.reason, "revision": ballot.revision}
    tx.execute(insert(t.decision_ballots).values(**place, **values))
    levels = [place | {"candidate_id": candidate, "level": level} for candidate, level in ballot.levels.items()]
    if levels:
        tx.execute(insert(t.decision_votes), levels)


def add_record(tx: Connection, decision: PanelDecision, record: DecisionRecord) -> None:
    """Append a reveal, a note or an exception."""
    table = t.decision_records
    here = _of(table, decision.opening, decision.number)
    last = tx.scalar(select(func.max(table.c.position)).where(here))
    row = {"position": (last or 0) + 1, "at": record.at, "by": record.by, "criterion_id": record.criterion}
    match record:
        case VoteReveal():
            row |= {"kind": REVEAL, "round": record.round, "subject": "", "text": ""}
        case DiscussionNote():
            row |= {"kind": NOTE, "round": 0, "subject": "", "text": record.text}
        case DecisionException():
            row |= {"kind": str(record.kind), "round": 0, "subject": record.subject, "text": record.reason}
    tx.execute(insert(table).values(**_key(decision), **row))


def touch(tx: Connection, decision: PanelDecision, **values: object) -> None:
    """Count a change to a decision, and store new values of its own columns."""
    here = (t.decisions.c.opening_id == decision.opening) & (t.decisions.c.number == decision.number)
    tx.execute(update(t.decisions).where(here).values(revision=decision.revision + 1, **values))


def add_round(tx: Connection, decision: PanelDecision, criterion: str) -> None:
    """Let a criterion be voted on once more."""
    table = t.decision_criteria
    here = _of(table, decision.opening, decision.number) & (table.c.criterion_id == criterion)
    tx.execute(update(table).where(here).values(rounds=table.c.rounds + 1))


def add_closing(tx: Connection, decision: PanelDecision, closing: Closing) -> None:
    """Store what was decided."""
    tx.execute(
        insert(t.decision_closings).values(
            **_key(decision),
            number=closing.number,
            closed_at=closing.at,
            closed_by=closing.by,
            decided_by=closing.decided_by,
            candidate_id=closing.candidate,
            comparison=closing.comparison,
            comparison_text=closing.comparison_text,
        )
    )
    rows = [
        _key(decision)
        | {
            "closing": closing.number,
            "position": n,
            "kind": str(each.kind),
            "criterion_id": each.criterion,
            "interviewer_id": each.voter,
            "text": each.text,
        }
        for n, each in enumerate(closing.statements, 1)
    ]
    if rows:
        tx.execute(insert(t.decision_statements), rows)


def find(tx: Connection, opening_id: str, number: int) -> PanelDecision | None:
    """Return one of an opening's decisions, or None."""
    here = (t.decisions.c.opening_id == opening_id) & (t.decisions.c.number == number)
    row = tx.execute(select(t.decisions).where(here)).one_or_none()
    if row is None:
        return None

    def rows(table: Table, *order: str) -> Sequence[Row[Any]]:
        found = select(table).where(_of(table, opening_id, number)).order_by(*(table.c[name] for name in order))
        return tx.execute(found).all()

    criteria = rows(t.decision_criteria, "position")
    decision = PanelDecision(
        opening=opening_id,
        number=number,
        state=DecisionState(row.state),
        opened_at=row.opened_at,
        opened_by=row.opened_by,
        rubric=RubricRef(row.rubric, row.version, row.digest),
        criteria=tuple(FrozenCriterion(each.criterion_id, each.weight, each.rounds) for each in criteria),
        candidates=tuple(each.candidate_id for each in rows(t.decision_candidates, "position")),
        voters=tuple(each.interviewer_id for each in rows(t.decision_voters, "position")),
        dropped=tuple(json.loads(row.dropped)),
        comparison=row.comparison,
        revision=row.revision,
        ballots=(
            *_ballots(rows(t.decision_ballots, "interviewer_id"), rows(t.decision_votes, "candidate_id")),
            *logins.sealed_ballots(tx, opening_id, number, at=row.opened_at),
        ),
        closings=_closings(rows(t.decision_closings, "number"), rows(t.decision_statements, "closing", "position")),
    )
    return _with_records(decision, rows(t.decision_records, "position"))


def _ballots(ballots: Sequence[Row[Any]], votes: Sequence[Row[Any]]) -> tuple[Ballot, ...]:
    levels: Mapping[tuple[str, int, str], dict[str, Any]] = defaultdict(dict)
    for vote in votes:
        levels[vote.criterion_id, vote.round, vote.interviewer_id][vote.candidate_id] = vote.level
    return tuple(
        Ballot(
            criterion=each.criterion_id,
            round=each.round,
            voter=each.interviewer_id,
            levels=levels[each.criterion_id, each.round, each.interviewer_id],
            at=each.cast_at,
            reason=each.reason,
            revision=each.revision,
        )
        for each in ballots
    )


def _closings(closings: Sequence[Row[Any]], statements: Sequence[Row[Any]]) -> tuple[Closing, ...]:
    def said(number: int) -> Iterator[ClosingStatement]:
        for each in statements:
            if each.closing == number:
                yield ClosingStatement(StatementKind(each.kind), each.text, each.criterion_id, each.interviewer_id)

    return tuple(
        Closing(
            number=each.number,
            at=each.closed_at,
            by=each.closed_by,
            decided_by=each.decided_by,
            candidate=each.candidate_id,
            comparison=each.comparison,
            comparison_text=each.comparison_text,
            statements=tuple(said(each.number)),
        )
        for each in closings
    )


def _with_records(decision: PanelDecision, rows: Sequence[Row[Any]]) -> PanelDecision:
    reveals = (each for each in rows if each.kind == REVEAL)
    notes = (each for each in rows if each.kind == NOTE)
    exceptions = (each for each in rows if each.kind not in (REVEAL, NOTE))
    return evolve(
        decision,
        reveals=tuple(VoteReveal(each.criterion_id, each.round, each.at, each.by) for each in reveals),
        notes=tuple(DiscussionNote(each.criterion_id, each.text, each.at, each.by) for each in notes),
        exceptions=tuple(
            DecisionException(ExceptionKind(each.kind), each.text, each.at, each.by, each.criterion_id, each.subject)
            for each in exceptions
        ),
    )


def revealed_rounds(tx: Connection, openings: Sequence[str]) -> frozenset[tuple[str, int, str, int]]:
    """Return opening, decision, criterion and round of everything that was revealed in some openings."""
    c = t.decision_records.c
    found = select(c.opening_id, c.decision, c.criterion_id, c.round).where(
        (c.kind == REVEAL) & c.opening_id.in_(openings)
    )
    return frozenset((row.opening_id, row.decision, row.criterion_id, row.round) for row in tx.execute(found))
