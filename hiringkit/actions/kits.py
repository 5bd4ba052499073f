"""Which questions an interview asks: chosen by the time that criteria get, by hand, or shared among interviewers."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from hiringkit.domain.codes import Code
from hiringkit.domain.finding import Finding, Severity
from hiringkit.domain.question import Question
from hiringkit.domain.rubric import OPENING_AND_CLOSE, Rubric
from hiringkit.errors import NotFound, UsageProblem
from hiringkit.text.sentence import Sentence
from hiringkit.text.similarity import nearest

if TYPE_CHECKING:
    from hiringkit.planning.problem import KitQuestion

UNPLANNED_MINUTES = 5.0
"""Assumed for a question without planned minutes."""


def choose_kit(rubric: Rubric, minutes: float, asked: Iterable[str] = ()) -> tuple[str, ...]:
    """Choose questions that fit the time: the least asked, two for each gate, and time for criteria as they weigh.

    Of kits that share the time about as well, the one whose questions stand first in the rubric is asked: its author
    put first what is to be asked first.

    The choice depends only on its arguments, so that the n-th interview of every candidate gets the same kit: asking
    everybody the same questions is what makes answers comparable (Campion, Palmer & Campion, 1997).

    Args:
        rubric: With its banks resolved.
        minutes: The length of the interview.
        asked: Questions in the candidate's other kits, once for each kit that has them.

    Returns:
        Question ids, in the rubric's order.

    Raises:
        UsageProblem: Not even one question fits.
    """
    from hiringkit.planning.kit import solve_kit  # noqa: PLC0415 - numpy: 0.1 s
    from hiringkit.planning.problem import KitProblem  # noqa: PLC0415 - rating an answer does without

    times = Counter(asked)
    criteria = [each.id for each in rubric.criteria]
    weight = sum(each.weight for each in rubric.criteria)
    kit = solve_kit(
        KitProblem(
            tuple(_kit_question(question, criteria, times[question.id]) for question in rubric.asked),
            shares=tuple(each.weight / weight for each in rubric.criteria),
            gates=tuple(place for place, each in enumerate(rubric.criteria) if each.required),
            minutes=minutes,
        )
    )
    if not kit:
        shortest = min(map(length, rubric.asked))
        raise UsageProblem(
            Sentence("no question fits into {minutes:g} minutes").format(minutes=minutes),
            hint=Sentence("the shortest takes {shortest:g}").format(shortest=shortest),
        )
    return tuple(rubric.asked[place].id for place in kit)


def _kit_question(question: Question, criteria: Sequence[str], times: int) -> "KitQuestion":
    from hiringkit.planning.problem import KitQuestion  # noqa: PLC0415 - see above

    total = sum(question.criteria.values())
    return KitQuestion(
        length(question),
        spent=tuple(length(question) * question.criteria.get(each, 0) / total for each in criteria),
        main=tuple(place for place, each in enumerate(criteria) if each in question.primary),
        times=times,
    )


def share_kits(
    rubric: Rubric, interviewers: int, minutes: float | None = None, asked: Collection[str] = ()
) -> tuple[tuple[str, ...], ...]:
    """Divide questions among a candidate's interviewers: none twice, and together all that there is time for.

    The choice depends on nothing but its arguments, so that the n-th interviewer asks every candidate the same.

    Args:
        rubric: With its banks resolved.
        interviewers: How many kits, at least one.
        minutes: How long each interview may be; None where all questions are to be asked.
        asked: Questions that are in other kits of the candidate; they are left out.

    Returns:
        A kit for each interviewer, in the rubric's order.

    Raises:
        UsageProblem: There are fewer questions than interviewers, or an interviewer does not have time for even one.
    """
    kits: list[list[Question]] = [[] for _ in range(interviewers)]
    left = [question for question in rubric.asked if question.id not in asked]
    seen = Counter(c for q in rubric.asked if q.id in asked for c in q.criteria)

    def room(kit: list[Question], question: Question) -> bool:
        return minutes is None or sum(map(length, kit)) + length(question) <= minutes

    def fit(kit: list[Question], question: Question) -> tuple[float, int]:
        # the shortest kit first; of two as long, the one that has less on the same criteria: two people's views
        return sum(map(length, kit)), sum(c in question.criteria for other in kit for c in other.criteria)

    while fitting := [q for q in left if any(room(kit, q) for kit in kits)]:
        best = max(fitting, key=lambda q: _gain(rubric, q, seen))
        min((kit for kit in kits if room(kit, best)), key=partial(fit, question=best)).append(best)
        seen.update(best.criteria)
        left.remove(best)
    if not all(kits):
        raise _too_few(kits, left)
    return tuple(tuple(q.id for q in rubric.asked if q in kit) for kit in kits)


def _too_few(kits: Sequence[Sequence[Question]], left: Sequence[Question]) -> UsageProblem:
    if left:
        return UsageProblem(
            "there is no question that fits into the time of each interviewer",
            hint=Sentence("the shortest takes {shortest:g}").format(shortest=min(map(length, left))),
        )
    return UsageProblem(
        Sentence("{interviewers} interviewers cannot share {questions} questions").format(
            interviewers=len(kits), questions=sum(map(len, kits))
        ),
        hint="a question of a candidate's interviews is asked once; name fewer interviewers",
    )


def asking_minutes(minutes: float) -> float:
    """Return what an interview of so many minutes has for questions.

    Raises:
        UsageProblem: Nothing is left once it has been opened and closed.
    """
    if minutes <= OPENING_AND_CLOSE:
        raise UsageProblem(
            Sentence("no question fits into {minutes:g} minutes").format(minutes=minutes),
            hint=Sentence("opening and close take {minutes:g}").format(minutes=OPENING_AND_CLOSE),
        )
    return minutes - OPENING_AND_CLOSE


def uncovered(rubric: Rubric, asked: Collection[str]) -> tuple[str, ...]:
    """Return the criteria for which none of these questions is evidence, although other questions are."""
    covered = {c for q in rubric.asked if q.id in asked for c in q.criteria}
    askable = {c for q in rubric.asked for c in q.criteria}
    return tuple(each.id for each in rubric.criteria if each.id in askable - covered)


def planned_minutes(rubric: Rubric, kit: Iterable[str]) -> float:
    """Return the planned length of an interview: the sum over its questions."""
    return sum(length(question) for each in kit if (question := rubric.question(each)))


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
