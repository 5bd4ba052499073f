"""The decision: which answers lead to which outcome."""

from datetime import UTC, datetime

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from hiringkit.actions.needs import check_budget, checked_budget, decide
from hiringkit.domain.need import Budget, ConditionAnswer, NeedAssessment, Outcome, Readiness, SignAnswer, look_again
from hiringkit.domain.role import Compensation, PayPeriod
from hiringkit.domain.rubric import Frequency, Need, Precondition, RubricRef, Sign
from hiringkit.errors import UsageProblem
from hiringkit.text.language import Text

NEED = Need(
    (Precondition("budget-and-access", Text("money")), Precondition("scale", Text("size"))),
    (Sign("late", Text("late"), Text("plan")), Sign("lost", Text("lost"), Text("map"))),
)
PAY = Compensation("EUR", 50_000, 70_000)
THEN = datetime(2026, 1, 2, tzinfo=UTC)

ANSWERS = st.sampled_from([None, *Readiness])
OFTEN = st.sampled_from([None, *Frequency])


def assessment(
    budget: Readiness | None,
    scale: Readiness | None,
    late: Frequency | None = None,
    lost: Frequency | None = None,
    figures: Budget | None = None,
) -> NeedAssessment:
    return NeedAssessment(
        id="x-1",
        rubric=RubricRef("x", "1.0.0", "sha256:0"),
        title=Text("X"),
        need=NEED,
        started_at=THEN,
        changed_at=THEN,
        compensation=PAY,
        budget=figures,
        preconditions={"budget-and-access": ConditionAnswer(budget), "scale": ConditionAnswer(scale)},
        signs={"late": SignAnswer(late), "lost": SignAnswer(lost)},
    )


@pytest.mark.parametrize(
    ("budget", "scale", "late", "lost", "outcome"),
    [
        (Readiness.MET, Readiness.MET, Frequency.OFTEN, None, Outcome.RECOMMENDED),
        (Readiness.MET, Readiness.MET, Frequency.SOMETIMES, Frequency.NEVER, Outcome.NOT_YET),
        (Readiness.MET, Readiness.MET, Frequency.SOMETIMES, None, Outcome.OPEN),
        (Readiness.MET, Readiness.MET, Frequency.NEVER, Frequency.NEVER, Outcome.NOT_YET),
        (Readiness.MET, Readiness.MET, Frequency.NEVER, None, Outcome.OPEN),
        (Readiness.MET, Readiness.NOT_YET, Frequency.ALWAYS, Frequency.ALWAYS, Outcome.NOT_YET),
        (Readiness.MET, None, Frequency.ALWAYS, Frequency.ALWAYS, Outcome.OPEN),
        (Readiness.NOT_YET, Readiness.MET, Frequency.ALWAYS, Frequency.ALWAYS, Outcome.NOT_YET),
        (Readiness.NO, None, Frequency.ALWAYS, None, Outcome.NOT_AFFORDABLE),
    ],
)
def test_outcomes(
    budget: Readiness, scale: Readiness, late: Frequency, lost: Frequency | None, outcome: Outcome
) -> None:
    assert decide(assessment(budget, scale, late, lost)).outcome is outcome


@given(ANSWERS, ANSWERS, OFTEN, OFTEN)
def test_it_is_recommended_exactly_where_all_is_met_and_a_sign_is_seen(
    budget: Readiness | None, scale: Readiness | None, late: Frequency | None, lost: Frequency | None
) -> None:
    decision = decide(assessment(budget, scale, late, lost))
    met = budget is scale is Readiness.MET
    seen = any(sign in {Frequency.OFTEN, Frequency.ALWAYS} for sign in (late, lost))
    assert (decision.outcome is Outcome.RECOMMENDED) == (met and seen)
    assert (decision.outcome is Outcome.NOT_AFFORDABLE) == (budget is Readiness.NO)


def test_a_budget_is_compared_with_the_range_on_costs_included() -> None:
    check = check_budget(Budget(66_000, 20), PAY)
    assert check
    assert (check.cost_low, check.cost_high, check.pay_carried) == (60_000, 84_000, 55_000)
    assert check.affordable
    assert not check.whole_range


def test_a_monthly_range_is_taken_twelve_times_and_an_hourly_one_not_at_all() -> None:
    check = check_budget(Budget(60_000, 0), Compensation("EUR", 5_000, 6_000, PayPeriod.MONTH))
    assert check
    assert (check.pay_low, check.pay_high) == (60_000, 72_000)
    assert check_budget(Budget(60_000, 0), Compensation("EUR", 30, 40, PayPeriod.HOUR)) is None


def test_figures_overrule_a_word_only_where_the_money_is_not_enough() -> None:
    figures = Budget(10_000, 20)
    assert decide(assessment(Readiness.MET, Readiness.MET, figures=figures)).outcome is Outcome.NOT_AFFORDABLE
    enough = Budget(90_000, 20)
    not_yet = decide(assessment(Readiness.NOT_YET, Readiness.MET, Frequency.OFTEN, figures=enough))
    assert not_yet.outcome is Outcome.NOT_YET


@pytest.mark.parametrize(("sum_", "percent"), [(-1, 0), (float("nan"), 0), (1, -1), (1, 1001), (1, float("inf"))])
def test_figures_that_make_no_sense_are_refused(sum_: float, percent: float) -> None:
    with pytest.raises(UsageProblem):
        checked_budget(sum_, percent)


def test_tools_and_training_are_reckoned_with_and_may_come_out_of_what_the_post_leaves() -> None:
    covered = check_budget(Budget(66_000, 20, 10_000, 8_000), PAY)
    spare = check_budget(Budget(66_000, 20, 2_000, 8_000), PAY)
    short = check_budget(Budget(66_000, 20, 0, 8_000), PAY)
    assert covered
    assert spare
    assert short
    assert (covered.affordable, covered.tools_short) == (True, 0)
    assert (spare.affordable, spare.tools_short) == (True, 6_000), "60,000 for the post leave 6,000"
    assert (short.affordable, short.short) == (False, 2_000)
    figures = Budget(66_000, 20, 0, 8_000)
    decision = decide(assessment(None, Readiness.MET, Frequency.OFTEN, figures=figures))
    assert decision.outcome is Outcome.NOT_AFFORDABLE


def test_a_rubric_may_take_a_sign_that_is_seen_now_and_then() -> None:
    near_miss = Sign("near-miss", Text("near miss"), Text("report"), at_least=Frequency.SOMETIMES)
    asked = evolve(
        assessment(Readiness.MET, Readiness.MET),
        need=evolve(NEED, signs=(near_miss,)),
        signs={"near-miss": SignAnswer(Frequency.SOMETIMES, "two in May")},
    )
    assert decide(asked).found == ("near-miss",)


def test_signs_without_evidence_are_told_apart() -> None:
    bare = decide(assessment(Readiness.MET, Readiness.MET, Frequency.OFTEN, Frequency.ALWAYS))
    assert (bare.bare, bare.unproven) == (True, ("lost", "late"))
    half = evolve(
        assessment(Readiness.MET, Readiness.MET, Frequency.OFTEN),
        signs={"late": SignAnswer(Frequency.OFTEN, "5 of 6 weeks"), "lost": SignAnswer(Frequency.ALWAYS)},
    )
    assert (decide(half).bare, decide(half).unproven) == (False, ("lost",))


def test_when_to_look_again() -> None:
    yes, later = Readiness.MET, Readiness.NOT_YET
    cases = (
        assessment(yes, yes, Frequency.OFTEN),
        assessment(yes, later, Frequency.OFTEN, Frequency.OFTEN),
        assessment(yes, yes, Frequency.NEVER, Frequency.NEVER),
        assessment(Readiness.NO, yes, Frequency.OFTEN, Frequency.OFTEN),
    )
    again = [look_again(case, decide(case)) for case in cases]
    assert [date and (date - THEN).days // 7 for date in again] == [None, 13, 26, 26]
