"""Whether an organisation needs a role: what it answered, what follows, and two assessments side by side."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from attrs import field, frozen

from hiringkit.domain.role import Compensation
from hiringkit.domain.rubric import Frequency, Need, RubricRef
from hiringkit.text.language import Text

MOST_ON_COST = 1000.0
"""Percent of pay; more is a slip of the pen."""


class Readiness(StrEnum):
    """Whether a precondition holds."""

    MET = "met"
    NOT_YET = "not-yet"
    NO = "no"


class Outcome(StrEnum):
    """What follows from an assessment."""

    RECOMMENDED = "recommended"
    NOT_YET = "not-yet"
    NOT_AFFORDABLE = "not-affordable"
    OPEN = "open"
    """Too little is answered to say."""


@frozen
class ConditionAnswer:
    """How it stands with one precondition."""

    answer: Readiness | None = None
    """None where it is not answered, or where the budget's figures answer it."""
    note: str = ""
    """Why, in the organisation's words."""


@frozen
class SignAnswer:
    """How it stands with one sign."""

    how_often: Frequency | None = None
    """How often, or how badly, it is seen; None where it is not answered."""
    evidence: str = ""
    """What was seen, when and by whom."""


@frozen
class Budget:
    """What the organisation says it can spend, in its own figures."""

    per_year: float
    """For the post, on-costs included, in the currency of the rubric's pay range."""
    on_cost_percent: float
    """What employing somebody costs on top of pay, in percent of pay, as the organisation gave it."""
    tools_per_year: float | None = None
    """For the tools and training that the role will ask for; None where it was not asked."""
    tools_cost: float | None = None
    """What these are expected to cost a year, by the organisation's own estimate."""


@frozen
class NeedAssessment:
    """One organisation's answers to the need section of one rubric, with what they answer."""

    id: str
    """Unique in its folder: the name of its file."""
    rubric: RubricRef
    """Which rubric, exactly."""
    title: Text
    """The role's name."""
    need: Need
    """What was asked, so that it stays readable whatever becomes of the library."""
    started_at: datetime
    """UTC."""
    changed_at: datetime
    """UTC."""
    compensation: Compensation | None = None
    """The rubric's pay range, if it has one."""
    organisation: str = ""
    """Whom it is about."""
    budget: Budget | None = None
    """None where the budget was answered in words."""
    spend: float | None = None
    """A sum a year whose on-costs are still to be asked for."""
    preconditions: Mapping[str, ConditionAnswer] = field(factory=dict)
    """By the precondition's id."""
    signs: Mapping[str, SignAnswer] = field(factory=dict)
    """By the sign's id."""


@frozen
class BudgetCheck:
    """A budget against a pay range; all sums a year, in the range's currency."""

    currency: str
    budget: float
    on_cost_percent: float
    pay_low: float
    pay_high: float
    cost_low: float
    """`pay_low` with on-costs."""
    cost_high: float
    """`pay_high` with on-costs."""
    pay_carried: float
    """The pay that the budget carries once on-costs are taken off."""
    tools_budget: float | None = None
    """For tools and training; None where it was not asked."""
    tools_cost: float | None = None
    """What they are expected to cost."""

    @property
    def tools_short(self) -> float:
        """How much the budget for tools and training falls short of what they cost."""
        return max((self.tools_cost or 0) - (self.tools_budget or 0), 0.0)

    @property
    def short(self) -> float:
        """How much is missing to the lower end of the range, tools and training included."""
        return max(self.cost_low - self.budget, self.cost_low + self.tools_short - self.budget, 0.0)

    @property
    def carries_post(self) -> bool:
        """Whether it carries at least the lower end of the range, tools and training left aside."""
        return self.budget >= self.cost_low

    @property
    def affordable(self) -> bool:
        """Whether it carries at least the lower end of the range, and what tools and training lack besides."""
        return self.short <= 0

    @property
    def whole_range(self) -> bool:
        """Whether it carries the upper end too."""
        return self.budget >= self.cost_high


@frozen
class Decision:
    """What follows from an assessment, and from which answers."""

    outcome: Outcome
    conditions: Mapping[str, Readiness | None]
    """How each precondition stands, the budget by its figures where there are any."""
    found: tuple[str, ...] = ()
    """Signs that are seen often enough to count, the most often seen first."""
    slight: tuple[str, ...] = ()
    """Signs that are seen, and not often enough to count."""
    unproven: tuple[str, ...] = ()
    """Those found for which no evidence is given."""
    open: tuple[str, ...] = ()
    """Preconditions and signs that are not answered."""
    budget: BudgetCheck | None = None
    """None where no figures were given, or the rubric has no pay range."""

    @property
    def bare(self) -> bool:
        """Whether it is recommended, and there is no evidence for any of the signs."""
        return self.outcome is Outcome.RECOMMENDED and self.unproven == self.found

    def standing(self, *readiness: Readiness) -> tuple[str, ...]:
        """Return the preconditions that stand so."""
        return tuple(identity for identity, found in self.conditions.items() if found in readiness)


@frozen
class NeedChange:
    """One precondition or sign in two assessments."""

    kind: str
    """precondition or sign."""
    id: str
    text: Text
    before: str | None
    """The answer's word; None where it was not answered or not asked."""
    after: str | None
    eased: bool | None
    """Whether the organisation stands better than before; None where it stands the same or cannot be said."""


@frozen
class NeedAnswers:
    """The answers as a file gives them; ids that the rubric does not have are refused."""

    organisation: str = ""
    """Whom it is about."""
    budget: Budget | None = None
    """Figures instead of an answer in words."""
    preconditions: Mapping[str, ConditionAnswer] = field(factory=dict)
    """By id: answer (met, not-yet or no) and note."""
    signs: Mapping[str, SignAnswer] = field(factory=dict)
    """By id: how_often (never, sometimes, often or always) and evidence."""


def is_budget(precondition_id: str) -> bool:
    """Return whether a precondition is the one about money: its id is `budget` or begins with `budget-`."""
    return precondition_id == "budget" or precondition_id.startswith("budget-")


_QUARTER = timedelta(weeks=13)


def look_again(assessment: NeedAssessment, decision: Decision) -> datetime | None:
    """Return when it is worth asking again; None where it is recommended or not all is answered.

    A precondition takes a quarter to put in place; a sign that is not there takes two to come back; and money is
    given out once in a budget round, of which half a year is the least.
    """
    if decision.outcome in (Outcome.RECOMMENDED, Outcome.OPEN):
        return None
    lacking = decision.outcome is Outcome.NOT_YET and decision.standing(Readiness.NO, Readiness.NOT_YET)
    return assessment.changed_at + (_QUARTER if lacking else 2 * _QUARTER)
