"""Time and memory of importing an export of Greenhouse: 100,000 scorecards, each with five ratings and two answers.

    python benchmarks/imports.py [SCORECARDS]

Every third rating has a note; answers are HTML. The export is read alone, then read and stored in a new SQLite file
with its audit log. Beside it, what `json.load` takes for the same files without looking at anything in them. Every
measurement is a process of its own. The aim is 30 s; it fails above 300 MB alone, since a busy machine takes its time.
All people and ratings are invented.
"""

import json
import os
import random
import resource
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any

from hiringkit.actions.audit import Actor
from hiringkit.actions.imports import import_scorecards
from hiringkit.actions.openings import create_opening
from hiringkit.domain.import_map import ImportMap
from hiringkit.domain.imported import ImportedScorecard
from hiringkit.exchange.ats.reading import read_scorecards
from hiringkit.library.catalog import Library
from hiringkit.settings import load_settings
from hiringkit.store.store import open_store

RATINGS, ATTRIBUTES, USERS, DRAFTS = 5, 12, 300, 0.05
MOST_MEGABYTES = 300.0
LABELS = ("definitely_not", "no", "mixed", "yes", "strong_yes", "no_decision")
NOTE = "Timed every stage for a month, found where quotes waited, and changed one thing at a time."
SAID = (
    "<p>Timed every stage for a month &amp; found where quotes waited.</p><ul><li>changed one thing at a time</li></ul>"
)
WHEN = {"created_at": "2026-11-01T10:00:00.000Z", "updated_at": "2026-11-02T10:00:00.000Z"}


def collections(scorecards: int) -> dict[str, Iterator[dict[str, Any]]]:
    """Return the rows of every collection; ratings lie in an order of their own, as they do where people edit them."""
    chance = random.Random(1)  # noqa: S311 - invented ratings
    rated = [(number, (number + step) % ATTRIBUTES) for number in range(scorecards) for step in range(RATINGS)]
    chance.shuffle(rated)
    return {
        "scorecards": (
            {
                "id": number,
                "application_id": number // 3,
                "interview_kit_id": number % 40,
                "interviewer_id": number % USERS,
                "submitter_id": number % USERS,
                "candidate_rating": chance.choice(("strong_no", "no", "yes", "strong_yes", "no_decision")),
                "status": "draft" if chance.random() < DRAFTS else "complete",
                "submitted_at": WHEN["created_at"],
                "interviewed_at": WHEN["created_at"],
                "notes": NOTE,
                **WHEN,
            }
            for number in range(scorecards)
        ),
        "scorecard_candidate_attributes": (
            {
                "id": row,
                "scorecard_id": number,
                "job_candidate_attribute_id": attribute,
                "candidate_attribute_rating": chance.choice(LABELS),
                "note": NOTE if row % 3 == 0 else None,
                **WHEN,
            }
            for row, (number, attribute) in enumerate(rated)
        ),
        "scorecard_question_answers": (
            {
                "id": row,
                "scorecard_id": row // 2,
                "scorecard_question_id": row % 2,
                "answer": SAID,
                "boolean_value": None,
                **WHEN,
            }
            for row in range(2 * scorecards)
        ),
        "job_candidate_attributes": ({"id": number, "name": f"Attribute {number}"} for number in range(ATTRIBUTES)),
        "scorecard_questions": ({"id": number, "question": f"<p>Question {number}?</p>"} for number in range(2)),
        "scorecard_question_options": iter(()),
        "scorecard_question_candidate_attributes": iter(()),
        "applications": (
            {"id": number, "candidate_id": number, "status": "active", **WHEN} for number in range(scorecards // 3 + 1)
        ),
        "candidates": (
            {
                "id": number,
                "first_name": "Candidate",
                "last_name": str(number),
                "email_addresses": [{"value": f"candidate-{number}@example.org", "type": "personal"}],
                **WHEN,
            }
            for number in range(scorecards // 3 + 1)
        ),
        "users": (
            {"id": number, "name": f"User {number}", "primary_email": f"u{number}@example.org"}
            for number in range(USERS)
        ),
    }


def write_export(folder: Path, scorecards: int) -> int:
    """Write an export and return its bytes."""
    for name, rows in collections(scorecards).items():
        with (folder / f"{name}.json").open("w", encoding="utf-8") as file:
            file.write("[")
            for index, row in enumerate(rows):
                file.write(("," if index else "") + json.dumps(row))
            file.write("]")
    return sum(path.stat().st_size for path in folder.iterdir())


def read_ours(folder: Path) -> int:
    """Read the scorecards and return the number of ratings."""
    return sum(len(item.ratings) for item in read_scorecards(str(folder)) if isinstance(item, ImportedScorecard))


def read_plain(folder: Path) -> int:
    """Load each file alone and return the number of rows."""
    return sum(len(json.loads(path.read_bytes())) for path in sorted(folder.iterdir()))


RUBRIC = """hiringkit: rubric/1
id: big
version: 1.0.0
title: Invented
summary: Invented.
criteria:
""" + "".join(
    f"  - {{id: attribute-{n}, kind: competency, name: Attribute {n}, definition: Invented., weight: 1}}\n"
    for n in range(ATTRIBUTES)
)
QUESTIONS = "questions:\n" + "".join(
    f"  - {{id: q-{n}, kind: behavioural, text: Tell me., why: Invented., criteria: {{attribute-{n}: 1}}}}\n"
    for n in range(ATTRIBUTES)
)
MAP = ImportMap(
    levels={"definitely_not": 1, "no": 2, "mixed": 3, "yes": 4, "strong_yes": 5},
    not_assessed=("no_decision",),
    recommendations={"strong_no": "strong-no", "no": "no", "yes": "yes", "strong_yes": "strong-yes"},
)


def import_ours(folder: Path) -> int:
    """Import the scorecards into a new database and return the number of ratings."""
    actor = Actor("", lambda: datetime.now(UTC))
    with TemporaryDirectory() as place, open_store(f"{place}/new.db", create=True) as store:
        rubric = Path(place, "big.yaml")
        rubric.write_text(RUBRIC + QUESTIONS, encoding="utf-8")
        create_opening(store, Library(load_settings({}, {}).roots), actor, "big", str(rubric))
        records = read_scorecards(str(folder))
        return import_scorecards(store, actor, "big", records, MAP, source="greenhouse-v3", file="export").ratings


READERS = {"hiringkit": read_ours, "import": import_ours, "json.load": read_plain}


def measure(reader: str, folder: str) -> None:
    """Print what one way of reading takes: rows, seconds, seconds of processor, megabytes at most."""
    start = perf_counter()
    rows = READERS[reader](Path(folder))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps([rows, perf_counter() - start, process_time(), peak]))


def main() -> int:
    """Print the figures; 1 where an import takes more memory than it may."""
    if len(sys.argv) > 2:  # noqa: PLR2004 - a measurement, in a process of its own
        measure(*sys.argv[1:3])
        return 0
    scorecards = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    over = False
    with TemporaryDirectory() as folder:
        size = write_export(Path(folder), scorecards)
        print(f"{scorecards:,} scorecards, {size / 1e6:.0f} MB, load average {os.getloadavg()[0]:.1f}", flush=True)
        for reader in READERS:
            words = [sys.executable, __file__, reader, folder]
            done = subprocess.run(words, capture_output=True, text=True, check=True)
            rows, seconds, processor, peak = json.loads(done.stdout)
            print(
                f"{reader:>10}: {rows:,} rows, {seconds:.1f} s ({processor:.1f} s of processor), {peak:.0f} MB at most"
            )
            over |= reader != "json.load" and peak > MOST_MEGABYTES
    return int(over)


if __name__ == "__main__":
    sys.exit(main())
