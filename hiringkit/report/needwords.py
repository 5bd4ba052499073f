"""The words of need assessments: what follows, how things stand, and why."""

from collections.abc import Iterator

from hiringkit.domain.need import BudgetCheck, Decision, Frequency, Outcome, Readiness, is_budget
from hiringkit.locale import _
from hiringkit.report.model import Tone, Word
from hiringkit.report.words import join_names


def outcome_word(outcome: Outcome) -> Word:
    """Say what follows."""
    words = {
        Outcome.RECOMMENDED: Word(_("recommended"), Tone.GOOD),
        Outcome.NOT_YET: Word(_("not yet"), Tone.CAUTION),
        Outcome.NOT_AFFORDABLE: Word(_("not affordable"), Tone.BAD),
        Outcome.OPEN: Word(_("not all answered"), Tone.QUIET),
    }
    return words[outcome]


def readiness_word(readiness: Readiness | str | None) -> Word:
    """Say how a precondition stands."""
    words = {
        Readiness.MET: Word(_("met"), Tone.GOOD),
        Readiness.NOT_YET: Word(_("not yet"), Tone.CAUTION),
        Readiness.NO: Word(_("no"), Tone.BAD),
    }
    return words[Readiness(readiness)] if readiness else Word(_("not answered"), Tone.QUIET)


def frequency_word(frequency: Frequency | str | None) -> Word:
    """Say how often a sign is seen."""
    words = {
        Frequency.NEVER: Word(_("never"), Tone.GOOD),
        Frequency.SOMETIMES: Word(_("sometimes"), Tone.CAUTION),
        Frequency.OFTEN: Word(_("often"), Tone.BAD),
        Frequency.ALWAYS: Word(_("always"), Tone.BAD),
    }
    return words[Frequency(frequency)] if frequency else Word(_("not answered"), Tone.QUIET)


def reasons(decision: Decision, language: str) -> Iterator[str]:
    """Yield why the outcome is what it is, in sentences."""

    def names(ids: tuple[str, ...]) -> str:
        return join_names(ids, language, most=len(ids))

    lacking = decision.standing(Readiness.NO, Readiness.NOT_YET)
    money = tuple(identity for identity in lacking if is_budget(identity))
    if money and not (decision.budget and not decision.budget.affordable):
        yield _("There is no budget for the post. It is not worth going broke over, whatever the signs.")
    if decision.budget:
        yield budget_sentence(decision.budget)
    if other := tuple(identity for identity in lacking if identity not in money):
        yield _("Not in place: {names}. It has to be before anybody is hired.").format(names=names(other))
    if decision.found:
        sentence = _("Signs seen: {names}. Any one of them is reason enough once the preconditions are met.")
        yield sentence.format(names=names(decision.found))
    elif not decision.open:
        yield _("None of the signs is seen: there is nothing yet that the role would put right.")
    if decision.outcome is Outcome.RECOMMENDED:
        yield _("The preconditions are met and a sign is seen: the role is recommended.")
    if decision.open:
        yield _("Not answered, and not taken for an answer: {names}.").format(names=names(decision.open))


def budget_sentence(check: BudgetCheck) -> str:
    """Say what a budget carries, in the figures that were given."""
    fields = {
        "currency": check.currency,
        "budget": money(check.budget),
        "percent": f"{check.on_cost_percent:g}",
        "low": money(check.cost_low),
        "high": money(check.cost_high),
        "pay": money(check.pay_carried),
    }
    if check.whole_range:
        return _(
            "The budget of {currency} {budget} a year covers the whole pay range with your {percent} % of on-costs"
            " ({currency} {low} to {high})."
        ).format(**fields)
    if check.affordable:
        return _(
            "The budget of {currency} {budget} a year covers part of the pay range: with your {percent} % of on-costs"
            " the range costs {currency} {low} to {high}, and the budget carries pay of up to {currency} {pay}."
        ).format(**fields)
    return _(
        "The budget of {currency} {budget} a year does not carry the post: with your {percent} % of on-costs the pay"
        " range costs {currency} {low} to {high}."
    ).format(**fields)


def money(sum_: float) -> str:
    """Write a sum of money, rounded to whole units."""
    return f"{sum_:,.0f}"
