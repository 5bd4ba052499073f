"""Which questions an interview asks: the choice that covers most of what is not yet covered. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence

from hiringkit.domain.codes import Code
from hiringkit.domain.finding import Finding, Severity
from hiringkit.domain.question import Question
from hiringkit.domain.rubric import Rubric
from hiringkit.errors import NotFound, UsageProblem
from hiringkit.text.sentence import Sentence
from hiringkit.text.similarity import nearest

UNPLANNED_MINUTES = 5.0
"""What a question without planned minutes is taken to need."""


def choose_kit(rubric: Rubric, minutes: float, asked: Iterable[str] = ()) -> tuple[str, ...]:
    """Choose questions that fit the time, the least asked and the least covered criteria first.

    The choice depends on nothing but its arguments, so the n-th interview of every candidate gets the same
    kit: same questions for all is what makes answers comparable (Campion, Palmer & Campion, 1997).

    Args:
        rubric: With its banks resolved.
        minutes: The length of the interview.
        asked: Questions in the candidate's other kits, once for each kit that has them.

    Returns:
        Question ids, in the rubric's order.

    Raises:
        UsageProblem: Not even one question fits.
    """
    times = Counter(asked)
    seen = Counter(c for q in rubric.asked for c in q.criteria for _ in range(times[q.id]))
    chosen: list[str] = []
    left = minutes
    while fitting := [q for q in rubric.asked if q.id not in chosen and length(q) <= left]:
        best = max(fitting, key=lambda q: (-times[q.id], _gain(rubric, q, seen)))
        chosen.append(best.id)
        seen.update(best.criteria)
        left -= length(best)
    if not chosen:
        shortest = min(map(length, rubric.asked))
        raise UsageProblem(
            Sentence("no question fits into {minutes:g} minutes").format(minutes=minutes),
            hint=Sentence("the shortest takes {shortest:g}").format(shortest=shortest),
        )
    return tuple(q.id for q in rubric.asked if q.id in chosen)


def _gain(rubric: Rubric, question: Question, seen: Counter[str]) -> float:
    """Return the criterion weight that a question adds, each further question on a criterion adding less."""
    total = sum(question.criteria.values())
    weights = {criterion.id: criterion.weight for criterion in rubric.criteria}
    return sum(weights.get(c, 0.0) * share / total / (1 + seen[c]) for c, share in question.criteria.items())


def check_kit(rubric: Rubric, questions: Sequence[str]) -> tuple[str, ...]:
    """Return a kit that somebody chose by hand, each question once and in the order given.

    Raises:
        NotFound: The rubric does not ask such a question.
        UsageProblem: A question stands twice.
    """
    known = [question.id for question in rubric.asked]
    for question in questions:
        if question not in known:
            near = nearest(question, known)
            raise NotFound(
                Sentence("the rubric asks no question {question!r}").format(question=question),
                hint=Sentence("did you mean {near!r}?").format(near=near) if near else "",
            )
    if len(set(questions)) < len(questions):
        raise UsageProblem("a question stands twice in the kit")
    return tuple(questions)


def length(question: Question) -> float:
    """Return the minutes that a question is planned to take."""
    return question.minutes or UNPLANNED_MINUTES


def unasked_findings(rubric: Rubric, gone: set[str]) -> tuple[Finding, ...]:
    """Name each criterion that no question is evidence for once some are left out."""
    asked = {criterion for question in rubric.asked if question.id not in gone for criterion in question.criteria}
    lost = [each.id for each in rubric.criteria if gone and each.id not in asked]
    return tuple(
        Finding(Code.CRITERION_DROPPED, NOTHING_LEFT.format(criterion=each), Severity.WARNING) for each in lost
    )


NOTHING_LEFT = Sentence('no other question is evidence for the criterion "{criterion}", so it has no score')
