"""Everything of one database in another, of the same kind or of the other."""

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from hiringkit.domain.interview import InterviewText, Mark, Rating
from hiringkit.errors import Refused
from hiringkit.store import audit, check, interviews
from hiringkit.store import tables as t
from hiringkit.store.store import Store, open_store
from hiringkit.store.transfer import transfer


@pytest.fixture
def full(panel_file: Path, now: datetime) -> Path:
    """An SQLite store with half points, marks, Chinese, many lines and events."""
    with open_store(str(panel_file)) as store, store.write() as tx:
        interviews.put_rating(
            tx, "mei-zoe", Rating("bottlenecks", 3.5, "第一行\n'; DROP TABLE ratings; --", (0, 2), now)
        )
        interviews.put_rating(tx, "mei-zoe", Rating("bad-data", Mark.NO_EVIDENCE, rated_at=now, after_seeing=True))
        interviews.put_text(tx, "mei-ben", InterviewText.NOTES, "🙂")
        for number in range(1200):
            audit.append(tx, now, "zoe", "x.y", {"opening": "ops", "candidate": "mei"}, {"number": number})
    return panel_file


def everything(store: Store) -> dict[str, list[tuple[object, ...]]]:
    with store.read() as tx:
        return {
            table.name: sorted((tuple(row) for row in tx.execute(select(table))), key=repr)
            for table in t.metadata.sorted_tables
        }


@pytest.mark.slow
def test_a_copy_is_equal_and_so_is_the_copy_of_the_copy(full: Path, where: str, tmp_path: Path) -> None:
    if where == str(full):
        where = str(tmp_path / "other.db")
    with (
        open_store(str(full)) as source,
        open_store(where, create=True) as target,
        open_store(str(tmp_path / "back.db"), create=True) as back,
    ):
        there = transfer(source, target)
        again = transfer(target, back)
        assert there.rows == again.rows > 1200
        assert there.digest == again.digest
        assert everything(source) == everything(target) == everything(back)
        with source.read() as one, back.read() as other:
            assert audit.head(one) == audit.head(other)
            assert audit.verify(other, states=False) == []
    assert check.check(str(tmp_path / "back.db"), chain=False) == []


def test_what_is_there_already_is_not_overwritten(full: Path, empty: Path, tmp_path: Path, now: datetime) -> None:
    taken = tmp_path / "taken.db"
    shutil.copy(empty, taken)
    with open_store(str(full)) as source, open_store(str(taken)) as target:
        with target.write() as tx:
            audit.append(tx, now, "zoe", "x", {}, {})
        before = everything(target)
        with pytest.raises(Refused, match="not empty: table audit_events"):
            transfer(source, target)
        with pytest.raises(Refused, match="not empty"):
            transfer(source, source)
        assert everything(target) == before


@pytest.mark.slow
def test_a_target_that_keeps_something_else_is_refused_and_stays_empty(
    full: Path, empty: Path, tmp_path: Path, fill: Callable[[Store], None]
) -> None:
    odd = tmp_path / "odd.db"
    shutil.copy(empty, odd)
    with open_store(str(odd)) as target:
        with target.write() as tx:
            tx.exec_driver_sql(
                "CREATE TRIGGER softly AFTER INSERT ON ratings BEGIN UPDATE ratings SET level = 3 WHERE level > 3; END"
            )
        with open_store(str(full)) as source, pytest.raises(Refused, match=r"table ratings .* is not equal"):
            transfer(source, target)
        assert not any(everything(target).values())
        fill(target)
