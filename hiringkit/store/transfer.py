"""Everything of one database in another, new one: from SQLite to PostgreSQL and back, or within a kind."""

import json
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from attrs import frozen
from sqlalchemy import Connection, Table, insert, select

from hiringkit.errors import Refused
from hiringkit.store import demographics
from hiringkit.store import tables as t
from hiringkit.store.store import Store
from hiringkit.text.sentence import Sentence

NOT_EMPTY = Sentence("{where} is not empty: table {table} has rows")
NOT_EMPTY_HINT = Sentence("name a new file or an empty database; nothing was copied")
NOT_EQUAL = Sentence("table {table} of {where} is not equal to what was copied")
NOT_EQUAL_HINT = Sentence("nothing was copied; hiringkit db check says whether the source is whole")
HIDDEN = Sentence("{where} keeps demographic answers, which only the owner of its tables can read")
HIDDEN_HINT = Sentence("nothing was copied; copy it with the owner's login")
_BATCH = 1000


@frozen
class Transfer:
    """What was copied."""

    source: str
    target: str
    rows: int
    digest: str
    """Of every row of every table, equal on both sides."""


def transfer(source: Store, target: Store) -> Transfer:
    """Copy every row of a database into an empty one, in one transaction, and read it back.

    Raises:
        Refused: The target is not empty, or what is read back differs; nothing is copied then.
        StoreUnreachable: One of them cannot be reached.
    """
    with source.read() as given, target.write() as tx:
        if demographics.are_hidden(given):
            raise Refused(HIDDEN.format(where=source.where), hint=HIDDEN_HINT)
        for table in t.metadata.sorted_tables:
            if tx.execute(select(table).limit(1)).first() is not None:
                raise Refused(NOT_EMPTY.format(where=target.where, table=table.name), hint=NOT_EMPTY_HINT)
        whole, rows = sha256(), 0
        for table in t.metadata.sorted_tables:
            if table is t.demographic_answers and not demographics.are_readable(given):
                continue
            for batch in _batches(given, table):
                tx.execute(insert(table), batch)
            copied = digest_table(given, table)
            if copied != digest_table(tx, table):
                raise Refused(NOT_EQUAL.format(where=target.where, table=table.name), hint=NOT_EQUAL_HINT)
            whole.update(f"{table.name} {copied[1]}\n".encode())
            rows += copied[0]
        return Transfer(source.where, target.where, rows, whole.hexdigest())


def _batches(tx: Connection, table: Table) -> Iterator[list[dict[str, Any]]]:
    for part in tx.execute(select(table)).mappings().partitions(_BATCH):
        yield [dict(row) for row in part]


def digest_table(tx: Connection, table: Table) -> tuple[int, str]:
    """Return how many rows a table has, and a digest that does not depend on their order or on the kind of database."""
    lines = sorted(
        sha256(json.dumps([repr(value) for value in row]).encode()).digest() for row in tx.execute(select(table))
    )
    return len(lines), sha256(b"".join(lines)).hexdigest()
