"""Does the organisation need the role? The decision alone: answers in, outcome and reasons out."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from itertools import count
from math import isfinite
from pathlib import Path

from attrs import evolve

from hiringkit.actions.self_assessments import reference
from hiringkit.domain.finding import Finding
from hiringkit.domain.need import (
    MOST_ON_COST,
    Budget,
    BudgetCheck,
    ConditionAnswer,
    Decision,
    NeedAnswers,
    NeedAssessment,
    NeedChange,
    Outcome,
    Readiness,
    SignAnswer,
    is_budget,
)
from hiringkit.domain.role import Compensation
from hiringkit.domain.rubric import Frequency, Rubric, RubricRef
from hiringkit.errors import FindingsError, NotFound, Refused, UsageProblem, missing
from hiringkit.exchange.personal import NEED_ENDING as ENDING
from hiringkit.exchange.personal import format_need, list_private, locked, need_id, parse_need, read_private
from hiringkit.files import write_file
from hiringkit.library.catalog import Library
from hiringkit.text.clean import clean_line, clean_text
from hiringkit.text.language import Text
from hiringkit.text.sentence import Sentence
from hiringkit.timezone import Clock

_MONTHS = 12
_PERIODS = {"year": 1, "month": _MONTHS}
_READY = {str(word): rank for rank, word in enumerate((Readiness.NO, Readiness.NOT_YET, Readiness.MET))}
_SEEN = {str(word): rank for rank, word in enumerate(reversed(Frequency))}
LONGEST_TEXT = 1_000_000


def decide(assessment: NeedAssessment) -> Decision:
    """Draw the conclusion.

    All preconditions met and any sign seen as often as it takes to count: recommended. No money: not affordable,
    whatever the signs. A precondition missing, or no sign that counts: not yet. What is not answered is never taken for
    an answer.
    """
    check = check_budget(assessment.budget, assessment.compensation)
    conditions = dict(_conditions(assessment, check))
    answers = {sign.id: assessment.signs.get(sign.id) for sign in assessment.need.signs}
    often = {identity: given.how_often for identity, given in answers.items() if given and given.how_often}
    enough = {sign.id: sign.at_least for sign in assessment.need.signs}
    seen = sorted((i for i, f in often.items() if f is not Frequency.NEVER), key=lambda i: _SEEN[often[i]])
    found = tuple(i for i in seen if often[i].rank >= max(enough[i].rank, Frequency.SOMETIMES.rank))
    unproven = tuple(i for i in found if not assessment.signs[i].evidence)
    unanswered = (*(c for c, state in conditions.items() if state is None), *(s for s in answers if s not in often))
    outcome = _outcome(conditions, bool(found), all_signs=len(often) == len(answers))
    return Decision(
        outcome=outcome,
        conditions=conditions,
        found=found,
        slight=tuple(i for i in seen if i not in found),
        unproven=unproven,
        open=unanswered,
        budget=check,
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


def check_budget(budget: Budget | None, pay: Compensation | None) -> BudgetCheck | None:
    """Compare a budget with a pay range, on-costs included; None where there is nothing to compare.

    An hourly range is not compared: only the organisation knows its hours in a year.
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
        tools_budget=budget.tools_per_year,
        tools_cost=budget.tools_cost,
    )


def takes_figures(pay: Compensation | None) -> bool:
    """Return whether a budget can be compared with a pay range."""
    return pay is not None and pay.per in _PERIODS


def checked_budget(
    per_year: float, on_cost_percent: float, tools_per_year: float | None = None, tools_cost: float | None = None
) -> Budget:
    """Return a budget of the organisation's own figures.

    Raises:
        UsageProblem: A figure is impossible.
    """
    if not isfinite(per_year) or per_year < 0:
        raise UsageProblem(Sentence("a budget of {value} makes no sense").format(value=f"{per_year:g}"))
    if not isfinite(on_cost_percent) or not 0 <= on_cost_percent <= MOST_ON_COST:
        raise UsageProblem(
            Sentence("on-costs of {value} % make no sense").format(value=f"{on_cost_percent:g}"),
            hint="percent of pay, such as 25; 0 where there are none",
        )
    for sum_ in (tools_per_year, tools_cost):
        if sum_ is not None and (not isfinite(sum_) or sum_ < 0):
            raise UsageProblem(Sentence("a budget of {value} makes no sense").format(value=f"{sum_:g}"))
    return Budget(per_year, on_cost_percent, tools_per_year, tools_cost)


def compare_needs(before: NeedAssessment, after: NeedAssessment) -> tuple[NeedChange, ...]:
    """Compare two assessments of the same role.

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


def _texts(before: NeedAssessment, after: NeedAssessment, kind: str) -> dict[str, Text]:
    """Return what either asked, in the later one's words."""
    later = {each.id: each.text for each in getattr(after.need, kind)}
    return later | {each.id: each.text for each in getattr(before.need, kind) if each.id not in later}


def _seen(assessment: NeedAssessment) -> Mapping[str, Frequency | None]:
    return {identity: given.how_often for identity, given in assessment.signs.items()}


def draft_need(rubric: Rubric, now: datetime, organisation: str = "") -> NeedAssessment:
    """Return an assessment of a rubric with nothing answered yet; it is not on disk and has no id.

    Raises:
        Refused: The rubric does not say when the role is needed.
    """
    if rubric.need is None or not (rubric.need.preconditions or rubric.need.signs):
        raise Refused(
            Sentence("the rubric {id!r} does not say when the role is needed").format(id=rubric.id),
            hint="write its section need: preconditions and signs",
        )
    return NeedAssessment(
        id="",
        rubric=reference(rubric),
        title=rubric.title,
        need=rubric.need,
        started_at=now,
        changed_at=now,
        compensation=rubric.role.compensation if rubric.role else None,
        organisation=clean_line(organisation),
    )


def keep_need(folder: Path, drafted: NeedAssessment) -> NeedAssessment:
    """Keep a new assessment under the first free id of its rubric.

    Raises:
        Refused: It cannot be written.
    """
    with locked(folder):
        taken = {need_id(path) for path in list_private(folder, ENDING)}
        free = next(name for n in count(1) if (name := f"{drafted.rubric.id}-{n}") not in taken)
        kept = evolve(drafted, id=free)
        write_file(_path(folder, free), format_need(kept), private=True)
    return kept


def _path(folder: Path, identity: str) -> Path:
    return folder / f"{identity}{ENDING}"


def answer_condition(
    folder: Path, clock: Clock, identity: str, condition: str, given: ConditionAnswer, budget: Budget | None = None
) -> NeedAssessment:
    """Keep the answer to a precondition, in words or as a budget's figures; a later answer replaces an earlier one.

    Raises:
        NotFound: There is no such assessment or precondition.
        UsageProblem: A text is too long.
        Refused: It cannot be written.
    """

    def edit(before: NeedAssessment) -> NeedAssessment:
        _known(Sentence("precondition"), condition, [each.id for each in before.need.preconditions])
        answers = {**before.preconditions, condition: ConditionAnswer(given.answer, _checked(given.note))}
        if is_budget(condition):
            figures = None if given.answer else budget or before.budget
            return evolve(before, preconditions=answers, budget=figures, spend=None)
        return evolve(before, preconditions=answers)

    return _change(folder, clock, identity, edit)


def _known(kind: str, given: str, known: list[str]) -> None:
    if given not in known:
        raise missing(kind, given, known)


def _checked(text: str) -> str:
    if len(text) > LONGEST_TEXT:
        raise UsageProblem(Sentence("the text is longer than {most} signs").format(most=f"{LONGEST_TEXT:,}"))
    return clean_text(text).strip()


def _change(
    folder: Path, clock: Clock, identity: str, edit: Callable[[NeedAssessment], NeedAssessment]
) -> NeedAssessment:
    with locked(folder):
        before = load_need(folder, identity)
        after = edit(before)
        if after != before:
            after = evolve(after, changed_at=clock())
            write_file(_path(folder, identity), format_need(after), private=True)
    return after


def keep_spend(folder: Path, clock: Clock, identity: str, per_year: float) -> NeedAssessment:
    """Keep the amount of a budget before its on-costs are asked for; raises as `answer_condition` does."""
    return _change(folder, clock, identity, lambda before: evolve(before, spend=per_year))


def answer_sign(folder: Path, clock: Clock, identity: str, sign: str, given: SignAnswer) -> NeedAssessment:
    """Keep the answer to a sign; raises as `answer_condition` does."""

    def edit(before: NeedAssessment) -> NeedAssessment:
        _known(Sentence("sign"), sign, [each.id for each in before.need.signs])
        answers = {**before.signs, sign: SignAnswer(given.how_often, _checked(given.evidence))}
        return evolve(before, signs=answers)

    return _change(folder, clock, identity, edit)


def filled(drafted: NeedAssessment, given: NeedAnswers) -> NeedAssessment:
    """Return a drafted assessment with all answers of a file; their ids have been checked.

    Raises:
        UsageProblem: A text is too long.
    """
    return evolve(
        drafted,
        organisation=clean_line(given.organisation) or drafted.organisation,
        budget=given.budget,
        preconditions={i: ConditionAnswer(a.answer, _checked(a.note)) for i, a in given.preconditions.items()},
        signs={i: SignAnswer(a.how_often, _checked(a.evidence)) for i, a in given.signs.items()},
    )


def load_need(folder: Path, identity: str) -> NeedAssessment:
    """Return an assessment.

    Raises:
        NotFound: There is none under that id.
        FindingsError: Its file is broken.
        Refused: It cannot be read.
    """
    known = {need_id(path): path for path in list_private(folder, ENDING)}
    if identity not in known:
        raise missing(Sentence("assessment"), identity, known, empty_hint=Sentence("begin one: hiringkit need RUBRIC"))
    found, findings = parse_need(read_private(known[identity]), known[identity])
    if found is None:
        raise FindingsError(
            Sentence("the assessment {id!r} cannot be read").format(id=identity),
            findings,
            hint="mend the file or move it away; nothing was changed",
        )
    return found


def rubric_now(library: Library, name: str, kept: NeedAssessment) -> RubricRef:
    """Return the rubric that a name now stands for; the assessment's own where that is gone or unusable.

    Raises:
        NotFound: There is no such rubric, and it is not the assessment's.
    """
    try:
        return reference(library.load_rubric(name))
    except NotFound:
        if name != kept.rubric.id:
            raise
    except FindingsError:
        pass
    return kept.rubric


def every_need(folder: Path) -> tuple[tuple[NeedAssessment, ...], tuple[Finding, ...]]:
    """Return all assessments, oldest first, and what is wrong with files that cannot be read."""
    read = [parse_need(read_private(path), path) for path in list_private(folder, ENDING)]
    found = sorted((need for need, _findings in read if need), key=lambda need: (need.started_at, need.id))
    return tuple(found), tuple(finding for _need, findings in read for finding in findings)
