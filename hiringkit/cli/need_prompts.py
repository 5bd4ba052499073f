"""The prompts of `hiringkit need`: plain lines; whatever is answered is on disk before the next line is asked for."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from attrs import define, evolve, frozen

from hiringkit.actions.needs import (
    answer_condition,
    answer_sign,
    check_budget,
    checked_budget,
    keep_spend,
    takes_figures,
)
from hiringkit.cli.prompts import Back, Left, ask, ask_until, one_of, tell
from hiringkit.domain.need import (
    Budget,
    ConditionAnswer,
    NeedAssessment,
    Readiness,
    SignAnswer,
    is_budget,
)
from hiringkit.domain.role import Compensation
from hiringkit.domain.rubric import Frequency, Precondition, Sign
from hiringkit.locale import _
from hiringkit.report.views.need import (
    budget_sentence,
    counts_sentence,
    frequency_word,
    heading,
    readiness_word,
    tools_sentence,
)
from hiringkit.text.typed import typed_plainly
from hiringkit.timezone import Clock

T = TypeVar("T")

_READINESS = {
    **dict.fromkeys(("met", "m", "yes", "y", "是", "符合", "满足", "具备", "已具备"), Readiness.MET),
    **dict.fromkeys(("not yet", "not-yet", "ny", "尚未", "还没有", "未具备"), Readiness.NOT_YET),
    **dict.fromkeys(("no", "n", "否", "没有", "不符合", "不具备"), Readiness.NO),
}
_FREQUENCY = {
    **dict.fromkeys(("never", "n", "从不", "没有"), Frequency.NEVER),
    **dict.fromkeys(("sometimes", "s", "有时"), Frequency.SOMETIMES),
    **dict.fromkeys(("often", "o", "经常"), Frequency.OFTEN),
    **dict.fromkeys(("always", "a", "总是", "一直"), Frequency.ALWAYS),
}


@define
class NeedSitting:
    """An assessment being answered, always as it is on disk."""

    folder: Path
    clock: Clock
    language: str
    assessment: NeedAssessment

    @property
    def steps(self) -> tuple[Precondition | Sign, ...]:
        """What is asked, in this order."""
        return (*self.assessment.need.preconditions, *self.assessment.need.signs)

    def is_answered(self, step: Precondition | Sign) -> bool:
        """Return whether there is an answer on disk."""
        assessment = self.assessment
        if isinstance(step, Sign):
            return (given := assessment.signs.get(step.id)) is not None and given.how_often is not None
        condition = assessment.preconditions.get(step.id)
        figures = is_budget(step.id) and assessment.budget is not None and assessment.budget.tools_cost is not None
        return condition is not None and (condition.answer is not None or figures)


@frozen
class _MoneyOrWord:
    """One of the two answers that a budget takes."""

    answer: Readiness | None = None
    per_year: float | None = None


def hold_need(sitting: NeedSitting) -> bool:
    """Ask what is not answered yet, in the order of the rubric, and again what the user goes back to.

    Returns:
        Whether all is answered.
    """
    _introduce(sitting)
    steps = sitting.steps
    position = next((n for n, step in enumerate(steps) if not sitting.is_answered(step)), 0)
    # what lies before this place is shown although it is answered: the user went back over it
    seen = position if not sitting.is_answered(steps[position]) else len(steps)
    try:
        while position < len(steps):
            if position >= seen and sitting.is_answered(steps[position]):
                position += 1
                continue
            try:
                _ask(sitting, position)
            except Back:
                seen, position = max(seen, position + 1), max(position - 1, 0)
            else:
                position += 1
    except Left:
        command = f"hiringkit need {sitting.assessment.rubric.id} --resume {sitting.assessment.id}"
        tell(_("Saved. Go on with: {command}").format(command=command))
        return False
    return True


def _introduce(sitting: NeedSitting) -> None:
    assessment = sitting.assessment
    title = assessment.title.in_language(sitting.language)
    tell(_("Does the organisation need this role? {title}").format(title=title))
    counts = {"preconditions": len(assessment.need.preconditions), "signs": len(assessment.need.signs)}
    tell(
        _("{preconditions} preconditions, {signs} signs. Every answer is saved at once; b goes back, q leaves.").format(
            **counts
        )
    )


def _ask(sitting: NeedSitting, position: int) -> None:
    step = sitting.steps[position]
    tell()
    count = len(sitting.assessment.need.preconditions)
    if isinstance(step, Sign):
        of = len(sitting.assessment.need.signs)
        tell(
            _("Sign {number} of {count}: {name}").format(
                number=position - count + 1, count=of, name=heading(step, sitting.language)
            )
        )
        tell(step.text.in_language(sitting.language))
        tell(_("What counts: {text}").format(text=counts_sentence(step, sitting.language)))
        _ask_sign(sitting, step.id)
    else:
        tell(
            _("Precondition {number} of {count}: {name}").format(
                number=position + 1, count=count, name=heading(step, sitting.language)
            )
        )
        tell(step.text.in_language(sitting.language))
        _ask_condition(sitting, step.id)


def _ask_condition(sitting: NeedSitting, condition: str) -> None:
    before = sitting.assessment.preconditions.get(condition, ConditionAnswer())
    pay = sitting.assessment.compensation
    if pay is not None and is_budget(condition) and takes_figures(pay):
        given, budget = _ask_budget(sitting, condition, pay, before)
    else:
        explanation = _("Answer met, not yet or no; b back, q leave.")
        current = str(readiness_word(before.answer).text) if before.answer else ""
        reader = _keeping(before.answer, one_of(_READINESS))
        given, budget = ask_until(_with(current, _("met, not yet or no")), reader, explanation), None
    _keep_condition(sitting, condition, ConditionAnswer(given, before.note), budget)
    if note := ask(_with(before.note, _("Note (or empty)"))):
        _keep_condition(sitting, condition, ConditionAnswer(given, note), budget)


def _keep_condition(sitting: NeedSitting, condition: str, answer: ConditionAnswer, budget: Budget | None) -> None:
    place = (sitting.folder, sitting.clock, sitting.assessment.id)
    sitting.assessment = answer_condition(*place, condition, answer, budget)


def _ask_budget(
    sitting: NeedSitting, condition: str, pay: Compensation, before: ConditionAnswer
) -> tuple[Readiness | None, Budget | None]:
    """Return the budget in words or in figures; the sum is on disk before the on-costs are asked for."""
    budget = sitting.assessment.budget
    spend = budget.per_year if budget else sitting.assessment.spend
    prompt = _("Budget for the post, {currency} a year, on-costs included; or: met, not yet, no")
    current = f"{spend:,.0f}" if spend is not None else str(readiness_word(before.answer).text) if before.answer else ""
    known = _MoneyOrWord(before.answer, spend) if current else None
    given: _MoneyOrWord = ask_until(
        _with(current, prompt.format(currency=pay.currency)),
        _keeping(known, _money_or_word),
        _("A sum such as 120000, or met, not yet or no; b back, q leave."),
    )
    if given.per_year is None:
        return given.answer, None
    sitting.assessment = keep_spend(sitting.folder, sitting.clock, sitting.assessment.id, given.per_year)
    known_share = f"{budget.on_cost_percent:g}" if budget else ""
    figures = ask_until(
        _with(known_share, _("On-costs: what employing somebody costs you on top of pay, in percent of pay")),
        _keeping(budget and evolve(budget, per_year=given.per_year), _budget_of(given.per_year)),
        _("Your own figure, such as 25; 0 where there are none. Nothing is assumed; b back, q leave."),
    )
    if budget:
        figures = evolve(figures, tools_per_year=budget.tools_per_year, tools_cost=budget.tools_cost)
    for key, prompt in (
        (
            "tools_per_year",
            _("Budget for tools and training, {currency} a year, besides the post; 0 where there is none"),
        ),
        ("tools_cost", _("What the tools and training will cost, {currency} a year, by your own estimate")),
    ):
        _keep_condition(sitting, condition, ConditionAnswer(None, before.note), figures)
        known = getattr(figures, key)
        given_sum = ask_until(
            _with("" if known is None else f"{known:,.0f}", prompt.format(currency=pay.currency)),
            _keeping(known, _sum),
            _("A sum such as 15000, your own figure; nothing is assumed. b back, q leave."),
        )
        figures = evolve(figures, **{key: given_sum})
    if check := check_budget(figures, pay):
        tell(budget_sentence(check))
        tell(tools_sentence(check))
    return None, figures


def _sum(line: str) -> float | None:
    figure = _figure(line)
    return None if figure is None else checked_budget(figure, 0).per_year


def _ask_sign(sitting: NeedSitting, sign: str) -> None:
    before = sitting.assessment.signs.get(sign, SignAnswer())
    often = ask_until(
        _with(
            str(frequency_word(before.how_often).text) if before.how_often else "",
            _("How often: never, sometimes (less than half of the time), often (half of it or more), always"),
        ),
        _keeping(before.how_often, one_of(_FREQUENCY)),
        _("Answer never, sometimes, often or always; b back, q leave."),
    )
    _keep_sign(sitting, sign, SignAnswer(often, before.evidence if often is not Frequency.NEVER else ""))
    if often is Frequency.NEVER:
        return
    if evidence := ask(_with(before.evidence, _("What you saw, when and where (or empty)"))):
        _keep_sign(sitting, sign, SignAnswer(often, evidence))


def _keep_sign(sitting: NeedSitting, sign: str, answer: SignAnswer) -> None:
    sitting.assessment = answer_sign(sitting.folder, sitting.clock, sitting.assessment.id, sign, answer)


def _with(current: str, prompt: str) -> str:
    """Return a prompt that shows what is answered already."""
    return _("{prompt} [{current}; Enter keeps it]").format(prompt=prompt, current=current) if current else prompt


def _keeping(known: T | None, read: Callable[[str], T | None]) -> Callable[[str], T | None]:
    """Return a reader to which an empty line means what is known already."""
    return lambda line: read(line) if line else known


def _budget_of(per_year: float) -> Callable[[str], Budget | None]:
    return lambda line: (
        None if (share := _figure(typed_plainly(line).replace("%", ""))) is None else checked_budget(per_year, share)
    )


def _money_or_word(line: str) -> _MoneyOrWord | None:
    if (number := _figure(line)) is not None:
        return _MoneyOrWord(per_year=checked_budget(number, 0).per_year)
    answer = one_of(_READINESS)(line)
    return _MoneyOrWord(answer) if answer else None


def _figure(line: str) -> float | None:
    """Read a figure with or without commas between its thousands."""
    try:
        return float(typed_plainly(line).replace(",", ""))
    except ValueError:
        return None
