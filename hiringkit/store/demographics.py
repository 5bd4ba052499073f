"""What candidates said about sex, ethnicity and the like, in a table of its own.

In a file whoever runs the program may count it. On PostgreSQL every login but the owner of the tables writes by the
functions of migration 0019 and reads nothing.
"""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, cast, delete, func, insert, select, text
from sqlalchemy.dialects.postgresql import JSONB

from hiringkit.store.tables import demographic_answers

Answers = Mapping[str, Mapping[str, str]]
"""By candidate and kind."""
_MAY_READ = text("SELECT has_table_privilege('demographic_answers', 'SELECT')")


def are_readable(tx: Connection) -> bool:
    """Return whether the login of a connection may read the table."""
    return tx.dialect.name != "postgresql" or bool(tx.scalar(_MAY_READ))


def are_hidden(tx: Connection) -> bool:
    """Return whether there are answers that an administrator's login may not read."""
    return not are_readable(tx) and bool(tx.scalar(select(func.hiringkit_answers_kept())))


def keep(tx: Connection, opening_id: str, answers: Answers) -> None:
    """Store answers; an empty one takes back what was kept of that kind.

    Raises:
        IntegrityError: There is no such candidate; outside the transaction it is `Refused`.
    """
    rows = [
        {"opening_id": opening_id, "candidate_id": candidate, "kind": kind, "answer": answer}
        for candidate, given in answers.items()
        for kind, answer in given.items()
    ]
    if tx.dialect.name == "postgresql":
        tx.execute(select(func.hiringkit_keep_answers(opening_id, cast(rows, JSONB))))
        return
    c = demographic_answers.c
    for row in rows:
        key = (c.opening_id == opening_id, c.candidate_id == row["candidate_id"], c.kind == row["kind"])
        tx.execute(delete(demographic_answers).where(*key))
    if known := [row for row in rows if row["answer"]]:
        tx.execute(insert(demographic_answers), known)


def forget(tx: Connection, opening_id: str) -> int:
    """Delete the answers of an opening's candidates, and return how many there were."""
    if tx.dialect.name == "postgresql":
        return tx.scalar(select(func.hiringkit_forget_answers(opening_id))) or 0
    tx.exec_driver_sql("PRAGMA secure_delete = ON")
    return tx.execute(delete(demographic_answers).where(demographic_answers.c.opening_id == opening_id)).rowcount


def of_opening(tx: Connection, opening_id: str) -> dict[str, dict[str, str]]:
    """Return the answers of an opening's candidates, by candidate and kind, to be counted."""
    found: dict[str, dict[str, str]] = {}
    for row in tx.execute(select(demographic_answers).where(demographic_answers.c.opening_id == opening_id)):
        found.setdefault(row.candidate_id, {})[row.kind] = row.answer
    return found


def kinds(tx: Connection, opening_id: str, candidate_id: str) -> Sequence[str]:
    """Return of which kinds there are answers by a candidate."""
    if tx.dialect.name == "postgresql":
        answered = func.hiringkit_answered(opening_id, candidate_id).table_valued("kind")
        return sorted(tx.scalars(select(answered.c.kind)))
    c = demographic_answers.c
    there = (c.opening_id == opening_id) & (c.candidate_id == candidate_id)
    return sorted(tx.scalars(select(c.kind).where(there)))
