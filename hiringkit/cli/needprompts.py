"""The prompts of `hiringkit need`: plain lines; whatever is answered is on disk before the next question."""

from collections.abc import Callable
from pathlib import Path

from attrs import frozen

from hiringkit.actions.needing import check_budget, checked_budget, takes_figures
from hiringkit.actions.needkeeping import Clock, answer_condition, answer_sign
from hiringkit.cli.questioning import Left, ask, ask_until, one_of, tell
from hiringkit.domain.need import (
    Budget,
    BudgetCheck,
    ConditionAnswer,
    Frequency,
    NeedAssessment,
    Readiness,
    SignAnswer,
    is_budget,
)
from hiringkit.locale import _
from hiringkit.report.needwords import budget_sentence

_READINESS = {
    **dict.fromkeys(("met", "m", "yes", "y", "是", "具备", "已具备"), Readiness.MET),
    **dict.fromkeys(("not yet", "ny", "尚未", "还没有"), Readiness.NOT_YET),
    **dict.fromkeys(("no", "n", "否", "没有"), Readiness.NO),
}
_FREQUENCY = {
    **dict.fromkeys(("never", "n", "从不", "没有"), Frequency.NEVER),
    **dict.fromkeys(("sometimes", "s", "有时"), Frequency.SOMETIMES),
    **dict.fromkeys(("often", "o", "经常"), Frequency.OFTEN),
    **dict.fromkeys(("always", "a", "总是", "一直"), Frequency.ALWAYS),
}


@frozen
class NeedSitting:
    """Where the answers go."""

    folder: Path
    clock: Clock
    identity: str
    language: str


@frozen
class _MoneyOrWord:
    """One of the two answers that a budget takes."""

    answer: Readiness | None = None
    per_year: float | None = None


def hold_need(sitting: NeedSitting, assessment: NeedAssessment) -> bool:
    """Ask what is not answered yet; return whether all is."""
    need = assessment.need
    tell(
        _("Does the organisation need this role? {title}").format(title=assessment.title.in_language(sitting.language))
    )
    counts = {"preconditions": len(need.preconditions), "signs": len(need.signs)}
    tell(_("{preconditions} preconditions, {signs} signs. Every answer is saved at once; q leaves.").format(**counts))
    try:
        _ask_conditions(sitting, assessment)
        _ask_signs(sitting, assessment)
    except Left:
        command = f"hiringkit need {assessment.rubric.id} --resume {sitting.identity}"
        tell(_("Saved. Go on with: {command}").format(command=command))
        return False
    return True


def _ask_conditions(sitting: NeedSitting, assessment: NeedAssessment) -> None:
    conditions = assessment.need.preconditions
    for number, condition in enumerate(conditions, 1):
        if condition.id in assessment.preconditions:
            continue
        tell()
        numbers = {"number": number, "count": len(conditions), "id": condition.id}
        tell(_("Precondition {number} of {count}: {id}").format(**numbers))
        tell(condition.text.in_language(sitting.language))
        given, budget = _ask_condition(assessment, condition.id)
        note = ask(_("Note (or empty)"))
        answer = ConditionAnswer(given, note)
        answer_condition(sitting.folder, sitting.clock, sitting.identity, condition.id, answer, budget)


def _ask_condition(assessment: NeedAssessment, condition: str) -> tuple[Readiness | None, Budget | None]:
    pay = assessment.compensation
    if pay is None or not (is_budget(condition) and takes_figures(pay)):
        return ask_until(_("met, not yet or no"), one_of(_READINESS), _("Answer met, not yet or no; q leaves.")), None
    prompt = _("Budget for the post, {currency} a year, on-costs included; or: met, not yet, no")
    explanation = _("A sum such as 120000, or met, not yet or no; q leaves.")
    given: _MoneyOrWord = ask_until(prompt.format(currency=pay.currency), _money_or_word, explanation)
    if given.per_year is None:
        return given.answer, None
    budget = ask_until(
        _("On-costs: what employing somebody costs you on top of pay, in percent of pay"),
        _budget_of(given.per_year),
        _("Your own figure, such as 25; 0 where there are none. Nothing is assumed; q leaves."),
    )
    check = check_budget(budget, pay)
    _tell_check(check)
    return None, budget


def _tell_check(check: BudgetCheck | None) -> None:
    if check:
        tell(budget_sentence(check))


def _ask_signs(sitting: NeedSitting, assessment: NeedAssessment) -> None:
    signs = assessment.need.signs
    for number, sign in enumerate(signs, 1):
        if sign.id in assessment.signs:
            continue
        tell()
        tell(_("Sign {number} of {count}: {id}").format(number=number, count=len(signs), id=sign.id))
        tell(sign.text.in_language(sitting.language))
        often = ask_until(
            _("How often, or how badly: never, sometimes, often, always"),
            one_of(_FREQUENCY),
            _("Answer never, sometimes, often or always; q leaves."),
        )
        evidence = ask(_("What you saw, when and where (or empty)")) if often is not Frequency.NEVER else ""
        answer_sign(sitting.folder, sitting.clock, sitting.identity, sign.id, SignAnswer(often, evidence))


def _budget_of(per_year: float) -> Callable[[str], Budget | None]:
    return lambda line: None if (share := _figure(line.replace("%", ""))) is None else checked_budget(per_year, share)


def _money_or_word(line: str) -> _MoneyOrWord | None:
    if (number := _figure(line)) is not None:
        return _MoneyOrWord(per_year=checked_budget(number, 0).per_year)
    answer = one_of(_READINESS)(line)
    return _MoneyOrWord(answer) if answer else None


def _figure(line: str) -> float | None:
    """Read a figure with or without commas between its thousands."""
    try:
        return float(line.strip().replace(",", "").replace("，", ""))
    except ValueError:
        return None
