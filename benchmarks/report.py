"""Time and size of a debrief: 200 candidates x 12 questions x 6 interviewers, from the store to the page.

    python benchmarks/report.py [CANDIDATES]

The page may take 2 s and 5 MB; reading and scoring, which a comparison needs as well, are timed apart. All people and
ratings are invented.
"""

import gc
import random
import sys
import tempfile
from datetime import UTC, datetime
from time import perf_counter, process_time

from hiringkit.actions.audit import Actor
from hiringkit.actions.debriefs import debrief_opening
from hiringkit.actions.openings import create_opening
from hiringkit.actions.scores import ScoringOptions
from hiringkit.domain.debrief import Audience, Debrief
from hiringkit.domain.interview import Interview, InterviewState, Rating, Scorecard
from hiringkit.domain.people import Candidate, Interviewer
from hiringkit.library.catalog import Library
from hiringkit.locale import choose
from hiringkit.report.render.html import render_html
from hiringkit.report.render.xlsx import render_workbook
from hiringkit.report.views.debrief import debrief_report
from hiringkit.settings import load_settings
from hiringkit.store import interviews, people
from hiringkit.store.store import Store, open_store

QUESTIONS, INTERVIEWERS = 12, 6
MOST_SECONDS, MOST_BYTES = 2.0, 5_000_000
SAID = "Timed every stage for a month, found where quotes waited, and changed one thing at a time."
NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
ACTOR = Actor("recruiter", lambda: NOW)


def fill(store: Store, candidates: int) -> None:
    """Invent an opening in which everybody was rated by everybody."""
    chance = random.Random(1)  # noqa: S311 - invented ratings
    library = Library(load_settings({}, {}).roots)
    create_opening(store, library, ACTOR, "bench", "sales-operations-manager", title="Bench")
    kit = tuple(each.id for each in library.load_rubric("sales-operations-manager").asked[:QUESTIONS])
    ids = [f"p{n}" for n in range(candidates)]
    true = {each: chance.gauss(3, 0.6) for each in ids}
    panel = [f"i{n}" for n in range(INTERVIEWERS)]

    def held(who: str, by: str) -> Interview:
        levels = (min(max(round(true[who] + chance.gauss(0, 0.7)), 1), 5) for _question in kit)
        ratings = tuple(Rating(q, level, SAID, (), NOW) for q, level in zip(kit, levels, strict=True))
        card = Scorecard(1, NOW, ratings, "yes", SAID)
        return Interview(f"bench/{who}/{by}", "bench", who, by, kit, InterviewState.SUBMITTED, ratings, (card,))

    with store.write() as tx:
        people.insert_candidates(tx, "bench", [Candidate(each, f"Candidate {each}") for each in ids])
        people.insert_interviewers(tx, [Interviewer(each, f"Interviewer {each}") for each in panel])
        interviews.insert(tx, [held(who, by) for who in ids for by in panel], NOW)


def read(store: Store) -> Debrief:
    """Read and score the opening."""
    return debrief_opening(store, ACTOR, "bench", ScoringOptions(), audience=Audience.FILE)


def main() -> int:
    """Print the figures; 1 where they are above what is allowed."""
    choose("en")  # as every command does
    gc.disable()  # as `hiringkit report` does
    with tempfile.TemporaryDirectory() as folder, open_store(f"{folder}/bench.db", create=True) as store:
        fill(store, int(sys.argv[1]) if len(sys.argv) > 1 else 200)
        start, used = perf_counter(), process_time()
        debrief = read(store)
        scored, used = perf_counter(), process_time() - used
        page = render_html(debrief_report(debrief)).encode()
        written = perf_counter()
        book = render_workbook(debrief_report(debrief).sheets)
        done = perf_counter()
    print(f"{len(debrief.answers)} ratings: read and scored {scored - start:.2f} s ({used:.2f} s of processor)")
    print(f"page {written - scored:.2f} s, {len(page) / 1e6:.2f} MB")
    print(f"workbook {done - written:.2f} s, {len(book) / 1e6:.2f} MB")
    return int(written - scored > MOST_SECONDS or len(page) > MOST_BYTES)


if __name__ == "__main__":
    sys.exit(main())
