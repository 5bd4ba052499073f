"""What is personal in each table, and how a candidate is taken out of all of them.

Every column of texts is in `REMOVED`, in a table of `GONE` or `REWRITTEN`, or in `KEPT`, or is an id or name that is
replaced by one of a pseudonym; a test holds this against the tables.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import count
from typing import Any

from sqlalchemy import Connection, Table, Text, delete, func, insert, or_, select, update

from hiringkit.domain.decision import PanelDecision
from hiringkit.domain.interview import Interview, InterviewState
from hiringkit.domain.privacy import NameMention
from hiringkit.errors import StoreUnreachable
from hiringkit.store import audit, decisions, interviews, states
from hiringkit.store import tables as t
from hiringkit.store.store import Store, Transaction, transaction
from hiringkit.text.language import count_han
from hiringkit.text.sentence import Sentence

PSEUDONYM = "erased"
"""The first word of a pseudonym."""
REMOVED: Mapping[str, Mapping[str, Any]] = {
    "candidates": {"email": "", "note": "", "withdrawn_reason": "", "outcome_reason": "", "held_reason": ""},
    "interviews": {"location": "", "cancelled_reason": "", "scheduled_at": None},
    "ratings": {"evidence": ""},
    "scorecards": {"summary": "", "reason": ""},
    "scorecard_ratings": {"evidence": ""},
    "imported_scorecards": {"candidate_source_id": "", "digest": ""},
    "imported_ratings": {"label": ""},
}
"""Columns that are emptied, by table."""
REWRITTEN = frozenset({"decision_closings"})
"""Tables whose rows about the candidate stay where they are, with the candidate taken out of them."""
GONE = frozenset({"interview_texts", "candidate_needs", "cards"})
"""Tables whose rows about the candidate are deleted."""
KEPT = frozenset(
    {
        "interviews.state",
        "interviews.interviewer_id",
        "interviews.place",
        "kit_questions.question_id",
        "ratings.question_id",
        "ratings.mark",
        "scorecard_ratings.question_id",
        "scorecard_ratings.mark",
        "scorecards.recommendation",
        "scorecards.submitted_by",
        "imported_scorecards.source",
        "imported_scorecards.interviewer_source_id",
        "imported_ratings.question_id",
        "imported_ratings.attribute",
        "candidates.outcome",
        "decision_votes.criterion_id",
        "decision_votes.interviewer_id",
    }
)
"""Columns of texts that stay: ids of questions and interviewers, words of ours."""
_FEWEST_LETTERS = 2
_NAMING = frozenset({"name", "email", "email_key", "subject", "candidate_id", "interviewer_id", "interview_id"})
NOT_SWEPT = Sentence("{where} still has its write-ahead log, which another program is reading")
NOT_SWEPT_HINT = Sentence(
    "what was to be erased is erased from the tables; to have it out of the log too, close that program, then: {again}"
)


def is_known(tx: Connection, opening: str, candidate: str) -> bool:
    """Return whether the audit log knows somebody under an id, who may have been removed since."""
    here = (t.audit_salts.c.opening_id == opening) & (t.audit_salts.c.candidate_id == candidate)
    return tx.scalar(select(func.count()).where(here)) == 1


def free_pseudonym(tx: Connection, opening: str) -> str:
    """Return the first pseudonym that nobody in an opening has."""
    taken = set(tx.scalars(select(t.candidates.c.id).where(t.candidates.c.opening_id == opening)))
    taken.update(tx.scalars(select(t.audit_salts.c.candidate_id).where(t.audit_salts.c.opening_id == opening)))
    return next(name for n in count(1) if (name := f"{PSEUDONYM}-{n}") not in taken)


def erase(tx: Connection, at: datetime, actor: str, opening: str, candidate: str, *, whole: bool, via: str) -> str:
    """Take a candidate out of every table and of the audit log; levels stay under a pseudonym, which is returned.

    Interviews that are not submitted are cancelled. Pages that held the candidate are overwritten with zeros; what
    else a file may hold, `sweep` removes. `whole` is what the audit log is to say about itself before the erasure.
    """
    if tx.dialect.name == "sqlite":
        tx.exec_driver_sql("PRAGMA secure_delete = ON")
    pseudonym = free_pseudonym(tx, opening)
    held = interviews.plans(tx, opening, candidate=candidate)
    ids = {each.id: _renamed(each, pseudonym) for each in held}

    def rename(subject: Mapping[str, Any]) -> dict[str, Any]:
        identity = subject.get("interview")
        new = {} if identity is None else {"interview": ids.get(identity, _guess(identity, candidate, pseudonym))}
        return {**subject, "candidate": pseudonym, **new}

    words: dict[tuple[tuple[str, str], ...], set[str]] = {(("candidate", candidate), ("opening", opening)): set()}
    for each in states.candidate_words(tx, opening, candidate):
        if each.state is not None:
            words.setdefault(tuple(sorted(each.subject.items())), set()).add(each.word)
    before = list(_decisions_on(tx, opening, candidate))
    _move(tx, opening, candidate, pseudonym, ids)
    for decision in before:
        _rewrite(tx, decision, candidate, pseudonym, ids)
    for old in held:
        if old.state not in (InterviewState.SUBMITTED, InterviewState.CANCELLED):
            interviews.cancel(tx, ids[old.id], at, "")
    here = (t.candidates.c.opening_id == opening) & (t.candidates.c.id == pseudonym)
    tx.execute(update(t.candidates).where(here).values(erased_at=at))
    left = [(rename(dict(subject)), sorted(found)) for subject, found in words.items()]
    audit.erase(tx, at, actor, opening, candidate, left, rename=rename, whole=whole, via=via)
    for decision in before:
        subject = {"opening": opening, "decision": str(decision.number)}
        changed = states.decision_change(decision, decisions.find(tx, opening, decision.number))
        audit.append(tx, at, actor, "decision.erase", subject, {}, via=via, states=changed)
    return pseudonym


def _decisions_on(tx: Connection, opening: str, candidate: str) -> Iterator[PanelDecision]:
    """Yield the opening's decisions; the comparisons that they pin hold every candidate."""
    for number in range(1, decisions.count(tx, opening) + 1):
        if (found := decisions.find(tx, opening, number)) is not None and (
            candidate in found.candidates or found.closings
        ):
            yield found


def _rewrite(tx: Connection, decision: PanelDecision, candidate: str, pseudonym: str, ids: Mapping[str, str]) -> None:
    """Take a candidate out of what a decision pins and says; what was said of the choice goes where it was this one."""
    here = {"opening_id": decision.opening, "decision": decision.number}
    records = t.decision_records
    for each in decision.exceptions:
        if each.subject in ids:
            this = [*(records.c[name] == value for name, value in here.items()), records.c.subject == each.subject]
            tx.execute(update(records).where(*this).values(subject=ids[each.subject]))
    for closing in decision.closings:
        table = t.decision_closings
        this = [*(table.c[name] == value for name, value in here.items()), table.c.number == closing.number]
        left = _without(json.loads(closing.comparison_text), candidate, pseudonym)
        text = json.dumps(left, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        tx.execute(update(table).where(*this).values(comparison_text=text))
        if closing.candidate == candidate:
            tx.execute(update(table).where(*this).values(candidate_id=pseudonym))
            said = t.decision_statements
            these = [*(said.c[name] == value for name, value in here.items()), said.c.closing == closing.number]
            tx.execute(update(said).where(*these).values(text=PSEUDONYM))


def _without(comparison: dict[str, Any], candidate: str, pseudonym: str) -> dict[str, Any]:
    """Return a comparison in which a pseudonym stands for a candidate; findings, which name people in sentences, go."""

    def renamed(identity: str) -> str:
        return pseudonym if identity == candidate else identity

    for profile in comparison["profiles"]:
        if profile["candidate"] == candidate:
            profile |= {"candidate": pseudonym, "name": pseudonym}
            profile["panel"] = [each | {"reason": ""} for each in profile["panel"]]
        rank = profile["rank"]
        rank["not_separable_from"] = [renamed(each) for each in rank["not_separable_from"]]
        rank["ahead_of"] = {renamed(other): share for other, share in rank["ahead_of"].items()}
    return comparison | {"model": _with_keys(comparison["model"], renamed), "findings": []}


def _with_keys(value: Any, renamed: Callable[[str], str]) -> Any:
    """Return plain values with other keys: what a model states of candidates, it states by their ids."""
    if isinstance(value, dict):
        return {renamed(key): _with_keys(each, renamed) for key, each in value.items()}
    return value


def _renamed(interview: Interview, pseudonym: str) -> str:
    last = [str(interview.round)] if interview.round > 1 else []
    return "/".join([interview.opening, pseudonym, interview.interviewer, *last])


def _guess(identity: str, candidate: str, pseudonym: str) -> str:
    """Return the id that an interview that was removed would have now."""
    return "/".join(pseudonym if part == candidate else part for part in identity.split("/"))


def _move(tx: Connection, opening: str, candidate: str, pseudonym: str, ids: Mapping[str, str]) -> None:
    """Write all rows about a candidate anew, without what is personal, and delete the old ones.

    Rows are copied parents first and deleted children first, so that what refers to them is whole at every moment.
    """
    old: list[tuple[Table, Any]] = []
    for table in t.metadata.sorted_tables:
        if (about := _about(table, opening, candidate, list(ids))) is None:
            continue
        old.append((table, about))
        if table.name in GONE:
            continue
        rows = [_emptied(table, dict(row), pseudonym, ids) for row in tx.execute(select(table).where(about)).mappings()]
        if rows:
            tx.execute(insert(table), rows)
    for table, about in reversed(old):
        tx.execute(delete(table).where(about))


def _about(table: Table, opening: str, candidate: str, ids: Sequence[str]) -> Any:
    """Return which rows of a table are about a candidate; None where none ever is."""
    if table is t.audit_salts or table.name in REWRITTEN:  # salts go with the audit log
        return None
    if "interview_id" in table.c:
        return table.c.interview_id.in_(ids)
    if table is t.candidates:
        return (table.c.opening_id == opening) & (table.c.id == candidate)
    if "candidate_id" in table.c:
        return (table.c.opening_id == opening) & (table.c.candidate_id == candidate)
    return None


def _emptied(table: Table, row: dict[str, Any], pseudonym: str, ids: Mapping[str, str]) -> dict[str, Any]:
    """Return a row as it is under the pseudonym."""
    row |= REMOVED.get(table.name, {})
    if table is t.candidates:
        row |= {"id": pseudonym, "name": pseudonym}
    if table is t.interviews:
        row |= {"id": ids[row["id"]]}
    if "candidate_id" in row:
        row["candidate_id"] = pseudonym
    if "interview_id" in row:
        row["interview_id"] = ids[row["interview_id"]]
    if table is t.imported_scorecards:
        row["source_id"] = row["interview_id"]
    return row


def mentions(tx: Connection, words: Sequence[str]) -> Iterator[NameMention]:
    """Yield where any of some words, such as a name, stands in what was written about anybody."""
    wanted = [word for word in dict.fromkeys(words) if len(word) >= _FEWEST_LETTERS]
    if not wanted:
        return
    for table in t.metadata.sorted_tables:
        for column in table.c:
            if not isinstance(column.type, Text) or column.primary_key or column.name in _NAMING:
                continue
            near = or_(*(func.lower(column).contains(_in_ascii(word), autoescape=True) for word in wanted))
            rows = tx.execute(select(*table.primary_key.columns, column.label("found")).where(near))
            for *key, found in rows:
                if any(stands_in(word, found) for word in wanted):
                    yield NameMention(table.name, column.name, ", ".join(map(str, key)))


def _in_ascii(word: str) -> str:
    """Return what a database finds whatever the case of the rest, which it may know in ASCII alone."""
    return word if count_han(word) else max(re.findall(r"[\x00-\x7f]*", word.lower()), key=len)


def stands_in(word: str, text: str) -> bool:
    """Return whether a word or name stands in a text by itself, whatever its case; Han characters need no gaps."""
    return pattern(word).search(text) is not None


def pattern(word: str) -> re.Pattern[str]:
    """Return what finds a word or name standing by itself."""
    edge = "" if count_han(word) else r"\b"
    return re.compile(f"{edge}{re.escape(word)}{edge}", re.IGNORECASE)


def sweep(store: Store, *, again: str) -> None:
    """Remove from a database's files what was deleted from its tables: free pages, and the write-ahead log.

    Args:
        store: The database.
        again: The command that repeats it.

    Raises:
        StoreUnreachable: Somebody else reads or writes for too long, or there is no room for a second copy.
    """
    if store.path is None:
        with transaction(store.engine, Transaction.BARE, store.where) as connection:
            for table in t.metadata.sorted_tables:
                if table.name in REMOVED or table.name in GONE or table in (t.audit_events, t.audit_salts):
                    connection.exec_driver_sql(f"VACUUM FULL {table.name}")
        return
    with transaction(store.engine, Transaction.BARE, store.where) as connection:
        connection.exec_driver_sql("PRAGMA secure_delete = ON")
        connection.exec_driver_sql("VACUUM")
        busy, left, _done = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
    if busy or left > 0:
        raise StoreUnreachable(NOT_SWEPT.format(where=store.where), hint=NOT_SWEPT_HINT.format(again=again))
