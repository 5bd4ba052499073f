"""Time and size of a debrief: 200 candidates x 12 criteria x 6 interviewers, written as a page and as a workbook.

    python benchmarks/report.py [CANDIDATES]

At most 2 s and 5 MB are allowed for the page, from what the store holds to the text; scoring is timed apart.
All people and ratings are invented.
"""

import random
import sys
from datetime import UTC, datetime
from time import perf_counter

from attrs import evolve

from hiringkit.actions.scores import ScoringOptions, score_columns
from hiringkit.domain.debrief import Answer, Audience, Debrief, Held
from hiringkit.domain.interview import InterviewState, Opening
from hiringkit.domain.profile import Opinion, RubricRef
from hiringkit.domain.question import Question, QuestionKind
from hiringkit.domain.rubric import Criterion, CriterionKind, Rubric, default_scale
from hiringkit.locale import choose
from hiringkit.report.render.html import render_html
from hiringkit.report.render.xlsx import render_workbook
from hiringkit.report.views.debrief import debrief_report
from hiringkit.scoring.ratings import ratings_from_rows, rubric_blueprint
from hiringkit.text.language import Text

CRITERIA, INTERVIEWERS = 12, 6
MOST_SECONDS, MOST_BYTES = 2.0, 5_000_000
SAID = "Timed every stage for a month, found where quotes waited, and changed one thing at a time."


def made(candidates: int) -> Debrief:
    """Invent an opening in which everybody was rated by everybody on one question a criterion."""
    chance = random.Random(1)  # noqa: S311 - invented ratings
    criteria = tuple(
        Criterion(f"c{n}", CriterionKind.COMPETENCY, Text(f"Criterion {n}"), Text("…"), 1, bar=3, required=n == 0)
        for n in range(CRITERIA)
    )
    questions = tuple(
        Question(f"q{n}", QuestionKind.BEHAVIOURAL, Text(f"Tell me about the time you did {n}."), {f"c{n}": 1})
        for n in range(CRITERIA)
    )
    rubric = Rubric("bench", "1.0.0", Text("Bench"), default_scale(), criteria, questions)
    ids = [f"p{n}" for n in range(candidates)]
    people = {f"i{n}": f"Interviewer {n}" for n in range(INTERVIEWERS)}
    true = {each: chance.gauss(3, 0.6) for each in ids}
    answers = [
        Answer(who, by, q.id, min(max(round(true[who] + chance.gauss(0, 0.7)), 1), 5), SAID)
        for who in ids
        for by in people
        for q in questions
    ]
    blueprint = rubric_blueprint(rubric)
    columns = ratings_from_rows(
        [a.candidate for a in answers],
        [a.interviewer for a in answers],
        [a.question for a in answers],
        [int(str(a.value)) for a in answers],
        [None] * len(answers),
        blueprint,
        candidates=ids,
    )
    comparison = score_columns(
        columns,
        blueprint,
        ScoringOptions(),
        names={each: f"Candidate {each}" for each in ids},
        interviewer_names=people,
        rubric=RubricRef("bench", "1.0.0", "sha256:0"),
        criterion_names={each.id: str(each.name) for each in criteria},
    )
    panel = tuple(Opinion(by, "yes", SAID) for by in people)
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    return Debrief(
        opening=Opening("bench", "Bench", "bench", "1.0.0", "sha256:0", moment),
        rubric=rubric,
        comparison=evolve(comparison, profiles=tuple(evolve(each, panel=panel) for each in comparison.profiles)),
        answers=tuple(answers),
        interviews=tuple(
            Held(who, by, InterviewState.SUBMITTED, CRITERIA, CRITERIA, None, f"bench/{who}/{by}")
            for who in ids
            for by in people
        ),
        people=people,
        viewer=None,
        audience=Audience.FILE,
        made_at=moment,
    )


def main() -> int:
    """Print the figures; 1 where they are above what is allowed."""
    choose("en")  # as every command does
    start = perf_counter()
    debrief = made(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
    scored = perf_counter()
    page = render_html(debrief_report(debrief)).encode()
    written = perf_counter()
    book = render_workbook(debrief_report(debrief).sheets)
    done = perf_counter()
    print(f"{len(debrief.answers)} ratings, scored in {scored - start:.2f} s")
    print(f"page {written - scored:.2f} s, {len(page) / 1e6:.2f} MB")
    print(f"workbook {done - written:.2f} s, {len(book) / 1e6:.2f} MB")
    return int(written - scored > MOST_SECONDS or len(page) > MOST_BYTES)


if __name__ == "__main__":
    sys.exit(main())
