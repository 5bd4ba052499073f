"""Erasing a candidate: what is personal in each table, and that nothing of it is left in any file."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Text

from hiringkit.domain.interview import Interview, InterviewText, Rating, Scorecard
from hiringkit.domain.people import Candidate, HiringOutcome
from hiringkit.errors import StoreUnreachable
from hiringkit.store import audit, backups, erasure, expectations, interviews, migrate, people, states
from hiringkit.store import tables as t
from hiringkit.store.audit import salt_digest
from hiringkit.store.store import Store, Transaction, open_store, transaction

NAME, ADDRESS, SECRET = "Zéphyrine Quarrel-Ødegaard", "zephyrine@example.org", "wept-about-the-merger"
"""An invented candidate, and what was written about her."""
KIT = ("process-resistance", "bottlenecks", "bad-data")
RENAMED = {"candidates.id", "candidates.name", "interviews.id", "imported_scorecards.source_id"}
"""Columns that name the pseudonym afterwards."""
OF_DECISIONS = {
    *(f"decisions.{name}" for name in ("state", "opened_by", "rubric", "version", "digest", "dropped", "comparison")),
    *(f"decision_closings.{name}" for name in ("closed_by", "decided_by", "comparison", "comparison_text")),
    *(f"decision_records.{name}" for name in ("kind", "by", "criterion_id")),
    *(f"decision_statements.{name}" for name in ("kind", "criterion_id", "interviewer_id")),
    *(f"decision_ballots.{name}" for name in ("criterion_id", "interviewer_id")),
}
"""Columns of decisions that are rewritten, or hold words of ours and ids of others."""
WORDS = [word.encode() for word in (NAME, ADDRESS, SECRET, "quarrel", "zephyrine")]


@pytest.fixture
def judged(panel: Store, now: datetime) -> Store:
    """The store with a candidate about whom everything is written that can be."""
    judge(panel, now)
    return panel


def judge(panel: Store, now: datetime) -> None:
    given = Candidate("quarrel", NAME, ADDRESS, SECRET)
    changed: states.States
    with panel.write() as tx:
        people.insert_candidates(tx, "ops", [given])
        record(tx, now, "candidate.add", {"candidate": (None, states.candidate_state(given))})
        plan = planned(tx, now)
        for level, question in enumerate(plan.kit, 2):
            rating = Rating(question, level, f"{SECRET} {question}", (0,), now)
            interviews.put_rating(tx, plan.id, rating)
            changed = {f"rating/{question}": (None, states.rating_state(rating))}
            record(tx, now, "interview.rate", changed, interview=plan.id)
        interviews.put_text(tx, plan.id, InterviewText.NOTES, SECRET)
        record(tx, now, "interview.write", {"text/notes": (None, [SECRET])}, interview=plan.id)
        ratings = interviews.find(tx, plan.id).ratings  # type: ignore[union-attr]
        card = Scorecard(1, now, ratings, "yes", SECRET, "", "zoe@example.org")
        interviews.add_scorecard(tx, plan.id, card)
        record(tx, now, "interview.submit", states.scorecard_states(None, card), interview=plan.id)
        people.set_outcome(tx, "ops", "quarrel", HiringOutcome.REJECTED, SECRET)
        after = people.find_candidate(tx, "ops", "quarrel")
        assert after
        changed = {"candidate": (states.candidate_state(given), states.candidate_state(after))}
        record(tx, now, "candidate.outcome", changed, reason=SECRET)
        expectations.keep_need(tx, "ops", "quarrel", "sponsorship", 4, now)
        record(tx, now, "candidate.expect", {"need/sponsorship": (None, [4])})


def planned(tx: object, now: datetime) -> Interview:
    plan = Interview("ops/quarrel/zoe", "ops", "quarrel", "zoe", KIT, location=f"{NAME}'s flat")
    interviews.insert(tx, [plan], now)  # type: ignore[arg-type]
    changed: states.States = {"interview": (None, states.interview_state(plan))}
    record(tx, now, "interview.schedule", changed, interview=plan.id)
    return plan


def record(tx: object, at: datetime, action: str, changed: object, *, interview: str = "", **detail: str) -> None:
    subject = {"opening": "ops", "candidate": "quarrel", **({"interview": interview} if interview else {})}
    audit.append(tx, at, "zoe", action, subject, detail, states=changed)  # type: ignore[arg-type]


def erased(store: Store, at: datetime) -> str:
    with store.write() as tx:
        return erasure.erase(tx, at, "", "ops", "quarrel", whole=True, via="cli")


def problems(store: Store) -> list[str]:
    """Return what the log finds about the erased candidate; the others of the store came without events."""
    with store.read() as tx:
        return [each.message for each in audit.verify(tx) if "erased" in each.message or each.path.startswith("$")]


def texts(store: Store) -> Iterator[str]:
    """Yield everything that the store says."""
    with store.read() as tx:
        for table in t.metadata.sorted_tables:
            for row in tx.execute(table.select()):
                yield repr(tuple(row))


def test_every_column_of_texts_about_candidates_is_removed_or_kept_for_a_reason() -> None:
    unsettled = []
    for table in t.metadata.sorted_tables:
        spoken = table.name in erasure.SPOKEN or table in (t.decisions, t.decision_closings)
        about = (
            spoken
            or table is t.candidates
            or table is t.interviews
            or {"interview_id", "candidate_id"} & set(table.c.keys())
        )
        if not about or table is t.audit_salts or table.name in erasure.GONE:
            continue
        for column in table.c:
            settled = (
                column.name in {"opening_id", "candidate_id", "interview_id"}
                or column.name in erasure.REMOVED.get(table.name, {})
                or f"{table.name}.{column.name}" in RENAMED
                or f"{table.name}.{column.name}" in erasure.KEPT
                or f"{table.name}.{column.name}" in OF_DECISIONS
                or column.name in erasure.SPOKEN.get(table.name, ())
            )
            if isinstance(column.type, Text) and not settled:
                unsettled.append(f"{table.name}.{column.name}")
    assert unsettled == []


def test_nothing_of_an_erased_candidate_is_left_in_any_table(judged: Store, now: datetime) -> None:
    assert any(SECRET in text for text in texts(judged))
    assert problems(judged) == []
    assert erased(judged, now) == "erased-1"
    everything = "\n".join(texts(judged))
    for word in (NAME, ADDRESS, SECRET, "quarrel", "flat"):
        assert word not in everything
    assert problems(judged) == []


def test_the_scores_stay_under_the_pseudonym(judged: Store, now: datetime) -> None:
    erased(judged, now)
    with judged.read() as tx:
        left = interviews.of_opening(tx, "ops", candidate="erased-1")
        who = people.find_candidate(tx, "ops", "erased-1")
    assert [(r.value, r.evidence) for r in left[0].scorecards[0].ratings] == [(2, ""), (3, ""), (4, "")]
    assert (left[0].id, left[0].scorecards[0].recommendation) == ("ops/erased-1/zoe", "yes")
    assert who
    assert (who.name, who.outcome, who.erased_at) == ("erased-1", HiringOutcome.REJECTED, now)


def test_a_change_behind_the_program_s_back_shows_after_an_erasure_too(judged: Store, now: datetime) -> None:
    erased(judged, now)
    with judged.write() as tx:
        tx.exec_driver_sql("UPDATE scorecard_ratings SET level = 5 WHERE interview_id = 'ops/erased-1/zoe'")
    assert any("scorecard/1" in each for each in problems(judged))


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE audit_events SET detail = '{\"level\":5}' WHERE sequence = 3",
        "UPDATE audit_events SET subject = replace(subject, 'bottlenecks', 'x'), action = 'x' WHERE sequence = 4",
        "UPDATE audit_events SET subject = replace(subject, 'erased-1/zoe', 'erased-1/ben') WHERE sequence = 3",
        "DELETE FROM audit_salts WHERE candidate_id = 'erased-1'",
    ],
)
def test_a_change_to_what_is_left_of_the_log_shows(judged: Store, now: datetime, change: str) -> None:
    erased(judged, now)
    with judged.write() as tx:
        assert tx.exec_driver_sql(change.replace("%", "%%")).rowcount
    assert problems(judged) != []


def test_a_salt_that_is_gone_without_an_erasure_shows(judged: Store) -> None:
    with judged.write() as tx:
        tx.exec_driver_sql("DELETE FROM audit_salts WHERE candidate_id = 'quarrel'")
    assert problems(judged) != []


def test_one_whose_records_were_removed_is_erased_from_the_log(panel: Store, now: datetime) -> None:
    with panel.write() as tx:
        gone = Candidate("quarrel", NAME)
        record(tx, now, "candidate.add", {"candidate": (None, states.candidate_state(gone))})
        record(tx, now, "candidate.remove", {"candidate": (states.candidate_state(gone), None)})
        assert erasure.is_known(tx, "ops", "quarrel")
    erased(panel, now)
    assert not any("quarrel" in text for text in texts(panel))
    assert problems(panel) == []


def test_no_byte_is_left_in_the_files(judged: Store, now: datetime) -> None:
    if judged.path is None:
        erased(judged, now)
        erasure.sweep(judged, again="")
        return
    files = [judged.path, Path(f"{judged.path}-wal")]
    held = b"".join(file.read_bytes() for file in files)
    assert all(word.lower() in held.lower() for word in WORDS[:3])
    erased(judged, now)
    erasure.sweep(judged, again="")
    for file in files:
        content = file.read_bytes().lower()
        assert [word for word in WORDS if word.lower() in content] == [], file
    assert files[1].stat().st_size == 0


def test_a_reader_who_keeps_the_log_is_named_and_the_sweep_can_be_repeated(panel_file: Path, now: datetime) -> None:
    with open_store(str(panel_file), busy_timeout=0.05) as store, open_store(str(panel_file)) as reader:
        judge(store, now)
        with transaction(reader.engine, Transaction.READ, "reader") as tx:
            tx.exec_driver_sql("SELECT count(*) FROM candidates")
            erased(store, now)
            with pytest.raises(StoreUnreachable, match="write-ahead log"):
                erasure.sweep(store, again="again")
        erasure.sweep(store, again="again")
        content = panel_file.read_bytes() + Path(f"{panel_file}-wal").read_bytes()
    assert not any(word.lower() in content.lower() for word in WORDS)


def test_backups_that_hold_somebody_are_found(panel_file: Path, tmp_path: Path) -> None:
    with open_store(str(panel_file)) as store:
        migrate.back_up(store, tmp_path / "monday.db")
        migrate.back_up(store, Path(f"{panel_file}.bak-0009"))
    unreadable, other = Path(f"{panel_file}.broken"), Path(f"{panel_file}.notes")
    unreadable.write_bytes(b"SQLite format 3\0" + b"\xff" * 5000)
    other.write_text("no database")
    found = list(backups.copies(panel_file, [str(tmp_path / "monday.db"), str(tmp_path / "gone.db")]))
    assert {path.name for path in found} == {"monday.db", "hiringkit.db.bak-0009", "hiringkit.db.broken"}
    left = {copy.path.name: copy.readable for copy in backups.that_hold(found, "ops", "mei")}
    assert left == {"monday.db": True, "hiringkit.db.bak-0009": True, "hiringkit.db.broken": False}
    assert [copy.path for copy in backups.that_hold(found, "ops", "nobody")] == [unreadable]


def test_where_a_name_still_stands_is_found_as_a_word(judged: Store) -> None:
    with judged.write() as tx:
        interviews.put_rating(tx, "mei-zoe", Rating(KIT[0], 3, "better than ADA, not Adam"))
        interviews.put_rating(tx, "mei-zoe", Rating(KIT[1], 3, "Adamant"))
        interviews.put_text(tx, "mei-ben", InterviewText.NOTES, "比陈美好")
    with judged.read() as tx:
        assert [(m.table, m.key) for m in erasure.mentions(tx, ["Ada"])] == [("ratings", "mei-zoe, process-resistance")]
        assert [(m.table, m.column) for m in erasure.mentions(tx, ["陈美"])] == [("interview_texts", "text")]
        assert list(erasure.mentions(tx, ["", "x"])) == []


def test_the_salt_s_digest_is_noted_so_that_a_backup_can_be_recognised(judged: Store, now: datetime) -> None:
    with judged.read() as tx:
        salt = tx.scalar(t.audit_salts.select().with_only_columns(t.audit_salts.c.salt))
    erased(judged, now)
    with judged.read() as tx:
        assert audit.erased_salts(tx) == {salt_digest(str(salt))}


def test_the_database_is_whole_afterwards(judged: Store, now: datetime) -> None:
    erased(judged, now)
    erasure.sweep(judged, again="")
    with judged.read() as tx:
        if judged.path:
            assert tx.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
            assert tx.exec_driver_sql("PRAGMA foreign_key_check").all() == []
