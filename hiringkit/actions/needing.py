"""Does the organisation need the role? The decision alone: answers in, outcome and reasons out."""

from collections.abc import Iterator, Mapping
from math import isfinite

from hiringkit.domain.need import (
    MOST_ON_COST,
    Budget,
    BudgetCheck,
    Decision,
    Frequency,
    NeedAssessment,
    NeedChange,
    Outcome,
    Readiness,
    is_budget,
)
from hiringkit.domain.role import Compensation
from hiringkit.domain.sentence import Sentence
from hiringkit.domain.text import Text
from hiringkit.errors import UsageProblem

_MONTHS = 12
_PERIODS = {"year": 1, "month": _MONTHS}
_READY = {str(word): rank for rank, word in enumerate((Readiness.NO, Readiness.NOT_YET, Readiness.MET))}
_SEEN = {str(word): rank for rank, word in enumerate(reversed(Frequency))}


def decide(assessment: NeedAssessment) -> Decision:
    """Draw the conclusion.

    All preconditions met and any sign seen: recommended. No money: not affordable, whatever the signs. A
    precondition missing, or no sign at all: not yet. What is not answered is never taken for an answer.
    """
    check = check_budget(assessment.budget, assessment.compensation)
    conditions = dict(_conditions(assessment, check))
    answers = {sign.id: assessment.signs.get(sign.id) for sign in assessment.need.signs}
    often = {identity: given.how_often for identity, given in answers.items() if given and given.how_often}
    found = sorted((i for i, f in often.items() if f is not Frequency.NEVER), key=lambda i: _SEEN[often[i]])
    unanswered = (*(c for c, state in conditions.items() if state is None), *(s for s in answers if s not in often))
    outcome = _outcome(conditions, bool(found), all_signs=len(often) == len(answers))
    return Decision(outcome, conditions, tuple(found), unanswered, check)


def check_budget(budget: Budget | None, pay: Compensation | None) -> BudgetCheck | None:
    """Compare a budget with a pay range, on-costs included; None where there is nothing to compare.

    An hourly range is not compared: the hours of a year are the organisation's to know.
    """
    if budget is None or pay is None or pay.per not in _PERIODS:
        return None
    times, factor = _PERIODS[pay.per], 1 + budget.on_cost_percent / 100
    low, high = pay.low * times, pay.high * times
    return BudgetCheck(
        currency=pay.currency,
        budget=budget.per_year,
        on_cost_percent=budget.on_cost_percent,
        pay_low=low,
        pay_high=high,
        cost_low=low * factor,
        cost_high=high * factor,
        pay_carried=budget.per_year / factor,
    )


def takes_figures(pay: Compensation | None) -> bool:
    """Tell whether a budget can be compared with a pay range."""
    return pay is not None and pay.per in _PERIODS


def checked_budget(per_year: float, on_cost_percent: float) -> Budget:
    """Return a budget of the organisation's own figures.

    Raises:
        UsageProblem: A figure makes no sense.
    """
    if not isfinite(per_year) or per_year < 0:
        raise UsageProblem(Sentence("a budget of {value} makes no sense").format(value=f"{per_year:g}"))
    if not isfinite(on_cost_percent) or not 0 <= on_cost_percent <= MOST_ON_COST:
        raise UsageProblem(
            Sentence("on-costs of {value} % make no sense").format(value=f"{on_cost_percent:g}"),
            hint="percent of pay, such as 25; 0 where there are none",
        )
    return Budget(per_year, on_cost_percent)


def compare_needs(before: NeedAssessment, after: NeedAssessment) -> tuple[NeedChange, ...]:
    """Set two assessments of the same role side by side.

    Raises:
        UsageProblem: They are about different roles.
    """
    if before.rubric.id != after.rubric.id:
        raise UsageProblem(
            Sentence("{before} is about {first} and {after} about {second}").format(
                before=before.id, first=before.rubric.id, after=after.id, second=after.rubric.id
            ),
            hint="compare two assessments of the same role",
        )
    one, two = decide(before), decide(after)
    return (
        *_changes("precondition", _texts(before, after, "preconditions"), one.conditions, two.conditions, _READY),
        *_changes("sign", _texts(before, after, "signs"), _seen(before), _seen(after), _SEEN),
    )


def _conditions(assessment: NeedAssessment, check: BudgetCheck | None) -> Iterator[tuple[str, Readiness | None]]:
    for condition in assessment.need.preconditions:
        given = assessment.preconditions.get(condition.id)
        answer = given.answer if given else None
        if check and is_budget(condition.id) and (answer is None or not check.affordable):
            answer = Readiness.MET if check.affordable else Readiness.NO
        yield condition.id, answer


def _outcome(conditions: Mapping[str, Readiness | None], found: bool, *, all_signs: bool) -> Outcome:
    states = set(conditions.values())
    if any(state is Readiness.NO and is_budget(condition) for condition, state in conditions.items()):
        return Outcome.NOT_AFFORDABLE
    if states & {Readiness.NO, Readiness.NOT_YET}:
        return Outcome.NOT_YET
    if None in states or not (found or all_signs):
        return Outcome.OPEN
    return Outcome.RECOMMENDED if found else Outcome.NOT_YET


def _seen(assessment: NeedAssessment) -> Mapping[str, Frequency | None]:
    return {identity: given.how_often for identity, given in assessment.signs.items()}


def _texts(before: NeedAssessment, after: NeedAssessment, kind: str) -> dict[str, Text]:
    """Return what was asked in either, as the later one words it."""
    later = {each.id: each.text for each in getattr(after.need, kind)}
    return later | {each.id: each.text for each in getattr(before.need, kind) if each.id not in later}


def _changes(
    kind: str,
    texts: Mapping[str, Text],
    before: Mapping[str, Readiness | None] | Mapping[str, Frequency | None],
    after: Mapping[str, Readiness | None] | Mapping[str, Frequency | None],
    rank: Mapping[str, int],
) -> Iterator[NeedChange]:
    for identity, text in texts.items():
        one, two = before.get(identity), after.get(identity)
        same = one is None or two is None or one == two
        eased = None if same else rank[str(two)] > rank[str(one)]
        yield NeedChange(kind, identity, text, one and str(one), two and str(two), eased)
