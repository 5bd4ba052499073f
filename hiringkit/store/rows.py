"""Many new rows at once, without what SQLAlchemy does for each value of each."""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Dialect, Table, insert

Converter = Callable[[Any], Any]


def add_rows(tx: Connection, table: Table, columns: tuple[str, ...], rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert new rows.

    Args:
        tx: A transaction.
        table: Where.
        columns: Those that have a value; the others get the database's own.
        rows: The values of each row, in the order of `columns`.
    """
    if not rows:
        return
    if not tx.dialect.positional:
        tx.execute(insert(table), [dict(zip(columns, row, strict=True)) for row in rows])
        return
    statement, order, converters = _prepared(tx.dialect, table, columns)
    given = list(zip(*rows, strict=True))
    kept = [_converted(convert, given[at]) for at, convert in zip(order, converters, strict=True)]
    tx.exec_driver_sql(statement, list(zip(*kept, strict=True)))


def _converted(convert: Converter | None, values: tuple[Any, ...]) -> Iterable[Any]:
    """Make values of a column the database's own, equal ones once: a column of marks or levels has few."""
    if convert is None:
        return values
    distinct = {value: convert(value) for value in set(values)}
    return map(distinct.__getitem__, values)


@lru_cache(maxsize=64)
def _prepared(
    dialect: Dialect, table: Table, columns: tuple[str, ...]
) -> tuple[str, tuple[int, ...], tuple[Converter | None, ...]]:
    """Return a statement, which column each of its marks stands for, and what makes a value one of the database's."""
    compiled = insert(table).compile(dialect=dialect, column_keys=list(columns))
    names = compiled.positiontup or ()
    converters = (table.c[name].type.dialect_impl(dialect).bind_processor(dialect) for name in names)
    return str(compiled), tuple(columns.index(name) for name in names), tuple(converters)
