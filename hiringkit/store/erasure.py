"""What is personal in each table, and how a candidate is taken out of all of them.

Every column of texts is in `REMOVED`, in a table of `GONE` or in `KEPT`, or is an id or name that is replaced by one
of a pseudonym; a test holds this against the tables.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import count
from typing import Any

from sqlalchemy import Connection, Table, Text, delete, func, insert, or_, select, text, update

from hiringkit.domain.interview import Interview, InterviewState
from hiringkit.domain.people import Candidate
from hiringkit.domain.privacy import NameMention
from hiringkit.errors import StoreUnreachable
from hiringkit.store import audit, interviews, panel_plans, people, states
from hiringkit.store import tables as t
from hiringkit.store.store import Store, Transaction, transaction
from hiringkit.text.digest import digest_text
from hiringkit.text.language import count_han
from hiringkit.text.sentence import Sentence

_Subject = tuple[tuple[str, str], ...]
SPOKEN: Mapping[str, tuple[str, ...]] = {
    "decision_ballots": ("reason",),
    "decision_records": ("subject", "text"),
    "decision_statements": ("text",),
}
"""Columns of decisions, which speak of several candidates: the name goes out of them, the sentences stay.

What is about nobody else is erased: a text that names them and none of the others, all that was said where nobody else
stood, and what was put on record when it was decided for them.
"""
PSEUDONYM = "erased"
"""The first word of a pseudonym."""
REMOVED: Mapping[str, Mapping[str, Any]] = {
    "candidates": dict.fromkeys(
        ("email", "note", "resume_line", "withdrawn_reason", "outcome_reason", "held_reason"), ""
    ),
    "interviews": {"location": "", "cancelled_reason": "", "scheduled_at": None},
    "ratings": {"evidence": ""},
    "scorecards": {"summary": "", "reason": ""},
    "scorecard_ratings": {"evidence": ""},
    "imported_scorecards": {"candidate_source_id": "", "digest": ""},
    "imported_ratings": {"label": ""},
}
"""Columns that are emptied, by table."""
GONE = frozenset({"interview_texts", "candidate_needs", "cards", "demographic_answers"})
"""Tables whose rows about the candidate are deleted; those of the last go with the row in `candidates`."""
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
    return "/" not in candidate and tx.scalar(select(func.count()).where(here)) == 1


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
    person = people.find_candidate(tx, opening, candidate) or Candidate(candidate, candidate)
    held = interviews.plans(tx, opening, candidate=candidate)
    ids = {each.id: _renamed(each, pseudonym) for each in held}

    def rename(subject: Mapping[str, Any]) -> dict[str, Any]:
        identity = subject.get("interview")
        new = {} if identity is None else {"interview": ids.get(identity, _guess(identity, candidate, pseudonym))}
        return {**subject, "candidate": pseudonym, **new}

    decided = _decisions(tx, opening, candidate)
    words = _words(states.candidate_words(tx, opening, candidate))
    spoken = _words(each for each in states.decision_words(tx, opening) if each.subject["decision"] in decided)
    _move(tx, opening, candidate, pseudonym, ids)
    panel_plans.forget(tx, opening, candidate, pseudonym)
    for old in held:
        if old.state not in (InterviewState.SUBMITTED, InterviewState.CANCELLED):
            interviews.cancel(tx, ids[old.id], at, "")
    here = (t.candidates.c.opening_id == opening) & (t.candidates.c.id == pseudonym)
    tx.execute(update(t.candidates).where(here).values(erased_at=at))
    for number in decided:
        _unname(tx, opening, int(number), person, pseudonym, ids)
    own = {"opening": opening, "candidate": pseudonym}
    details = {_sorted(own): {**audit.empty(tx, opening, candidate, rename), "whole": whole}}
    for number in decided:
        left = audit.empty(tx, opening, audit.decision_key(number))
        details[_sorted({"opening": opening, "decision": number})] = {"events": left["events"]}
    there = {
        _sorted(own): set[str](),
        **{_sorted(rename(dict(each))): found for each, found in words.items()},
        **spoken,
    }
    _vouch(tx, at, actor, there, details, own, via)
    return pseudonym


def _vouch(
    tx: Connection,
    at: datetime,
    actor: str,
    there: Mapping[_Subject, set[str]],
    details: Mapping[_Subject, Mapping[str, Any]],
    own: Mapping[str, str],
    via: str,
) -> None:
    """Have the audit log vouch for what is left of everything that there was, by subject and word."""
    left = (*states.candidate_words(tx, own["opening"], own["candidate"]), *states.decision_words(tx, own["opening"]))
    now = {(_sorted(each.subject), each.word): each.state for each in left}
    new = [
        audit.NewEvent(
            audit.ERASE,
            dict(subject),
            details.get(subject, {}),
            {word: (None, now.get((subject, word))) for word in sorted(words)},
        )
        for subject, words in there.items()
    ]
    audit.append_all(tx, at, actor, new, via=via)


def _sorted(subject: Mapping[str, str]) -> _Subject:
    return tuple(sorted(subject.items()))


def _words(kept: Iterable[states.Kept]) -> dict[_Subject, set[str]]:
    """Return the words of what there is, by subject."""
    found: dict[_Subject, set[str]] = {}
    for each in kept:
        if each.state is not None:
            found.setdefault(_sorted(each.subject), set()).add(each.word)
    return found


def _decisions(tx: Connection, opening: str, candidate: str) -> list[str]:
    """Return the numbers of the decisions in which a candidate took part."""
    c = t.decision_candidates.c
    here = (c.opening_id == opening) & (c.candidate_id == candidate)
    return [str(number) for number in tx.scalars(select(c.decision).where(here).order_by(c.decision))]


def _unname(
    tx: Connection, opening: str, number: int, person: Candidate, pseudonym: str, ids: Mapping[str, str]
) -> None:
    """Put the pseudonym in the place of a candidate's name wherever a decision on several candidates speaks of them."""
    words = {person.id: pseudonym, **ids}
    unnamed = _without_name(person, pseudonym)
    c, k = t.decision_candidates.c, t.decision_closings.c
    stood = set(tx.scalars(select(c.candidate_id).where((c.opening_id == opening) & (c.decision == number))))
    others = [_without_name(each, "") for each in people.candidates(tx, opening) if each.id in stood - {pseudonym}]
    chosen = tx.execute(select(k.number, k.candidate_id).where((k.opening_id == opening) & (k.decision == number)))
    own = {each.number for each in chosen if each.candidate_id in (person.id, pseudonym)}

    def speaks_of_nobody_else(table: Table, row: Mapping[str, Any], text: str) -> bool:
        if not others or (table is t.decision_statements and row["closing"] in own):
            return True
        return unnamed(text) != text and all(other(text) == text for other in others)

    for name, columns in SPOKEN.items():
        table = t.metadata.tables[name]
        about = (table.c.opening_id == opening) & (table.c.decision == number)
        for row in tx.execute(select(table).where(about)).mappings().all():
            new = {column: words.get(row[column]) or unnamed(row[column]) for column in columns}
            said = "reason" if "reason" in new else "text"
            if row[said] and speaks_of_nobody_else(table, dict(row), row[said]):
                new[said] = PSEUDONYM
            key = (column == row[column.name] for column in table.primary_key.columns)
            tx.execute(update(table).where(*key).values(new))
    closings = t.decision_closings
    about = (closings.c.opening_id == opening) & (closings.c.decision == number)
    for closing in tx.execute(select(closings).where(about)).all():
        text = _unnamed_comparison(closing.comparison_text, person, pseudonym, unnamed)
        digest = digest_text(text)
        new = {
            "comparison_text": text,
            "comparison": digest,
            "candidate_id": words.get(closing.candidate_id, closing.candidate_id),
        }
        tx.execute(update(closings).where(about, closings.c.number == closing.number).values(new))
    this = (t.decisions.c.opening_id == opening) & (t.decisions.c.number == number)
    # by the digest of a text that held the name, a guess could be confirmed
    tx.execute(update(t.decisions).where(this).values(comparison=""))


def _unnamed_comparison(text: str, person: Candidate, pseudonym: str, unnamed: Callable[[str], str]) -> str:
    """Return a comparison, as JSON, under the pseudonym and without what interviewers said about the candidate."""

    def walk(value: Any) -> Any:
        if isinstance(value, list):
            return [walk(each) for each in value]
        if isinstance(value, dict):
            if value.get("candidate") == person.id and "panel" in value:
                panel = [each | {"reason": ""} for each in value["panel"]]
                value = value | {"name": pseudonym, "panel": panel}
            return {walk(key): walk(each) for key, each in value.items()}
        if isinstance(value, str):
            return pseudonym if value == person.id else unnamed(value)
        return value

    return json.dumps(walk(json.loads(text)), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _without_name(person: Candidate, pseudonym: str) -> Callable[[str], str]:
    """Return what puts a pseudonym in the place of a person's name, address and id, and of parts of the name."""
    whole = [word for word in (person.email, person.name, person.id) if len(word) >= _FEWEST_LETTERS]
    parts = [part for part in person.name.split() if len(part) > _FEWEST_LETTERS and not part.islower()]
    patterns = [*map(pattern, whole), *(re.compile(rf"\b{re.escape(part)}\b") for part in parts)]

    def unnamed(text: str) -> str:
        for found in patterns:
            text = found.sub(pseudonym, text)
        return text

    return unnamed


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
    if table in (t.audit_salts, t.demographic_answers):  # go with the audit log, and with the candidate
        return None
    if "interview_id" in table.c:
        return table.c.interview_id.in_(ids)
    if table is t.candidates:
        return (table.c.opening_id == opening) & (table.c.id == candidate)
    if "candidate_id" in table.c and table is not t.decision_closings:
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
        for column in table.c if table is not t.demographic_answers else ():
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


_OWNS = text("SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = to_regclass(:name)")


def sweep(store: Store, *, again: str) -> bool:
    """Remove from a database's files what was deleted from its tables: free pages, and the write-ahead log.

    PostgreSQL writes tables anew for nobody but their owner.

    Args:
        store: The database.
        again: The command that repeats it.

    Returns:
        Whether it was done; False where the tables belong to another login.

    Raises:
        StoreUnreachable: Somebody else reads or writes for too long, or there is no room for a second copy.
    """
    if store.path is None:
        with transaction(store.engine, Transaction.BARE, store.where) as connection:
            if not connection.scalar(_OWNS, {"name": t.candidates.name}):
                return False
            for table in t.metadata.sorted_tables:
                if (
                    table.name in REMOVED
                    or table.name in GONE
                    or table in (t.audit_events, t.audit_salts, t.panel_plans)
                ):
                    connection.exec_driver_sql(f"VACUUM FULL {table.name}")
        return True
    with transaction(store.engine, Transaction.BARE, store.where) as connection:
        connection.exec_driver_sql("PRAGMA secure_delete = ON")
        connection.exec_driver_sql("VACUUM")
        busy, left, _done = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
    if busy or left > 0:
        raise StoreUnreachable(NOT_SWEPT.format(where=store.where), hint=NOT_SWEPT_HINT.format(again=again))
    return True
