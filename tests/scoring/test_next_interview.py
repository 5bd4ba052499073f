"""What a further interview is worth, against closed forms, direct simulation and refits with the ratings to come."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from attrs import evolve
from scipy.stats import norm

from hiringkit.scoring import next_interview as module
from hiringkit.scoring.arrays import Floats
from hiringkit.scoring.calibrated.beliefs import Beliefs, read_beliefs
from hiringkit.scoring.calibrated.fit import fit_panel
from hiringkit.scoring.calibrated.prior import find_prior
from hiringkit.scoring.calibrated.score import criterion_scores
from hiringkit.scoring.design import choose_effects, read_design
from hiringkit.scoring.next_interview import Possible, Worth, _Asked, _Draws, weigh_interviews
from hiringkit.scoring.ratings import Blueprint, Ratings

Make = Callable[..., Any]
WEIGHTS = {"plan": 40.0, "sell": 60.0}
QUESTIONS = {f"q{n}": {"plan" if n < 3 else "sell": 1.0} for n in range(6)} | {"new": {"sell": 1.0}}
MINUTES = dict.fromkeys(QUESTIONS, 10.0)
LEFT = ("q2", "q5", "new")


@pytest.fixture
def panel(blueprint_of: Make, columns_of: Make) -> tuple[Ratings, Blueprint]:
    """Three invented candidates, of whom a and b are close; a has heard four questions, b and c two more."""
    rng, blueprint = np.random.default_rng(5), blueprint_of(WEIGHTS, QUESTIONS)
    merit = {"a": 3.5, "b": 3.3, "c": 2.2}
    rows = [
        (who, by, q, float(np.clip(np.rint(merit[who] + strict + rng.normal(0, 0.9)), 1, 5)))
        for who in merit
        for by, strict in (("x", 0.3), ("y", -0.4), ("z", 0.1))
        if (who, by) not in {("a", "z"), ("b", "x")}
        for q in list(QUESTIONS)[:6]
        if who != "a" or q not in LEFT
    ]
    return columns_of(rows, blueprint), blueprint


@pytest.fixture
def beliefs(panel: tuple[Ratings, Blueprint]) -> Beliefs:
    design = read_design(*panel)
    found = read_beliefs(design, choose_effects(design, None)[0], find_prior(None))
    assert found is not None
    return found


def worth(panel: tuple[Ratings, Blueprint], beliefs: Beliefs, *possible: Possible, minutes: float = 60.0) -> Worth:
    return weigh_interviews(*panel, beliefs, possible, MINUTES, minutes=minutes)


@pytest.mark.slow
def test_means_and_deviations_are_those_of_the_fit(panel: tuple[Ratings, Blueprint], beliefs: Beliefs) -> None:
    design = read_design(*panel)
    fit = fit_panel(design, choose_effects(design, None)[0], level=0.9, seed=0, prior=find_prior(None), other=None)
    mean, covariance = beliefs.scores
    assert mean == pytest.approx(fit.score[:, 0], abs=0.02)
    assert np.sqrt(covariance.diagonal()) == pytest.approx(fit.deviation, rel=0.05)
    assert fit.draws is not None
    apart = np.std(fit.draws[:, 0] - fit.draws[:, 1])
    assert np.sqrt(covariance[0, 0] + covariance[1, 1] - 2 * covariance[0, 1]) == pytest.approx(apart, rel=0.08)


def test_of_two_candidates_the_regret_saved_has_a_closed_form() -> None:
    """E[max(0, d)] of d ~ N(-δ, s²) is s φ(δ/s) - δ Φ(-δ/s)."""
    mean, covariance = np.array([3.4, 3.0]), np.array([[0.3, 0.1], [0.1, 0.4]])
    gain = np.array([[0.1, 0.0], [0.4, 0.2]])
    draws = _Draws.make(mean, covariance, 1)
    _wrong, regret, changes = draws.worth(gain)
    s = float(np.linalg.norm(gain[0] - gain[1]))
    assert regret == pytest.approx(s * norm.pdf(0.4 / s) - 0.4 * norm.cdf(-0.4 / s), abs=0.002)
    assert changes == pytest.approx(norm.cdf(-0.4 / s), abs=0.01)
    apart = np.sqrt(0.3 + 0.4 - 0.2)
    assert draws.wrong == pytest.approx(norm.cdf(-0.4 / apart), abs=0.01)
    assert draws.regret == pytest.approx(apart * norm.pdf(0.4 / apart) - 0.4 * norm.cdf(-0.4 / apart), abs=0.004)


def simulated(beliefs: Beliefs, rows: Floats, noise: Floats, count: int) -> tuple[float, float, float]:
    """Draw effects, then ratings; update by Bayes' rule in terms of precisions; choose; look at what was true."""
    rng, size = np.random.default_rng(7), len(beliefs.mean)
    root = np.linalg.cholesky(beliefs.covariance + 1e-12 * np.eye(size))
    effects = beliefs.mean + rng.standard_normal((count, size)) @ root.T
    ratings = effects @ rows.T + rng.multivariate_normal(np.zeros(len(rows)), noise, count)
    before = np.linalg.inv(beliefs.covariance + 1e-12 * np.eye(size))
    told = rows.T @ np.linalg.inv(noise)
    after = np.linalg.solve(before + told @ rows, (before @ beliefs.mean)[:, None] + told @ ratings.T).T
    true, chosen = effects @ beliefs.overall.T, (after @ beliefs.overall.T).argmax(axis=1)
    leader, best = int(np.argmax(beliefs.overall @ beliefs.mean)), true.argmax(axis=1)
    picked = true[np.arange(count), chosen]
    return (
        float((best != leader).mean() - (best != chosen).mean()),
        float((picked - true[:, leader]).mean()),
        float((chosen != leader).mean()),
    )


@pytest.mark.slow
@pytest.mark.parametrize("interviewer", ["x", "z", "somebody-new"])
def test_it_is_what_direct_simulation_gives(
    panel: tuple[Ratings, Blueprint], beliefs: Beliefs, interviewer: str
) -> None:
    (found,) = worth(panel, beliefs, Possible("a", interviewer, LEFT)).further
    asked = _Asked(*panel, beliefs)
    who, by = asked.candidates["a"], asked.interviewers.get(interviewer)
    shares = np.array([asked.shares[q] for q in found.questions])
    rows = np.array(
        [beliefs.rating(who, by, asked.questions.get(q), s) for q, s in zip(found.questions, shares, strict=True)]
    )
    unasked = np.array([float(q == "new") for q in found.questions])
    wrong, regret, changes = simulated(beliefs, rows, beliefs.noise(who, by, unasked, shares), 200_000)
    assert found.wrong_drop == pytest.approx(wrong, abs=0.012)
    assert found.regret_drop == pytest.approx(regret, abs=0.004)
    assert found.changes == pytest.approx(changes, abs=0.012)
    assert found.again == (interviewer == "x")


@pytest.mark.slow
def test_refits_with_the_ratings_to_come_change_the_leader_as_often(
    panel: tuple[Ratings, Blueprint], beliefs: Beliefs
) -> None:
    """The whole model is fitted anew with each of many interviews drawn from what it expects."""
    columns, blueprint = panel
    kit = ("q2", "q5")
    (found,) = worth(panel, beliefs, Possible("a", "z", kit)).further
    asked = _Asked(*panel, beliefs)
    shares = np.array([asked.shares[q] for q in kit])
    rows = np.array([beliefs.rating(0, 2, asked.questions[q], s) for q, s in zip(kit, shares, strict=True)])
    rng, count = np.random.default_rng(3), 120
    mean = rows @ beliefs.mean + beliefs.blocks.center
    total = rows @ beliefs.covariance @ rows.T + beliefs.noise(0, 2, np.zeros(2), shares)
    leader, changed, won = int(np.argmax(beliefs.scores[0])), [], []
    for values in rng.multivariate_normal(mean, total, count):
        more = evolve(
            columns,
            candidate=np.append(columns.candidate, [0, 0]),
            interviewer=np.append(columns.interviewer, [2, 2]),
            question=np.append(columns.question, [2, 5]),
            value=np.append(columns.value, values),
            status=np.append(columns.status, [0, 0]).astype(np.int8),
            weight=np.append(columns.weight, [1.0, 1.0]),
        )
        again = criterion_scores(more, blueprint, points=120)
        assert again is not None
        score = again[1] @ again[0].weights
        changed.append(int(np.argmax(score)) != leader)
        won.append(score.max() - score[leader])
    assert found.changes == pytest.approx(np.mean(changed), abs=0.1)
    assert found.regret_drop == pytest.approx(np.mean(won), abs=0.03)


def test_the_promise_of_an_interview_is_no_more_than_its_worth(
    beliefs: Beliefs, panel: tuple[Ratings, Blueprint]
) -> None:
    draws = _Draws.make(*beliefs.scores, 0)
    told = _Asked(*panel, beliefs).told(0, 2, LEFT)
    for kit in (LEFT, LEFT[:1]):
        gain = told.gain(kit)
        assert draws.promise(gain) <= draws.worth(gain)[1] + 1e-3
        assert draws.promise(gain) > 0


def test_of_many_interviews_the_most_promising_are_weighed(
    panel: tuple[Ratings, Blueprint], beliefs: Beliefs, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = [Possible(who, by, LEFT) for who in "abc" for by in "xyz"]
    whole = worth(panel, beliefs, *every)
    monkeypatch.setattr(module, "MOST", 3)
    few = worth(panel, beliefs, *every)
    assert len(few.further) == 3
    assert few.further[0] == whole.further[0]


def test_more_questions_are_worth_no_less_and_all_of_them_no_more_than_certainty(
    panel: tuple[Ratings, Blueprint], beliefs: Beliefs
) -> None:
    found = worth(panel, beliefs, *(Possible("a", "z", LEFT[:n]) for n in (1, 2, 3)))
    regrets = {len(each.questions): each.regret_drop for each in found.further}
    assert regrets[1] <= regrets[2] + 1e-3
    assert regrets[2] <= regrets[3] + 1e-3
    assert 0 <= regrets[3] <= found.regret


def test_a_kit_fits_the_time_and_a_planned_one_stays_as_it_is(
    panel: tuple[Ratings, Blueprint], beliefs: Beliefs
) -> None:
    short, planned = (
        worth(panel, beliefs, each, minutes=20.0).further[0]
        for each in (Possible("a", "z", LEFT), Possible("a", "z", LEFT, "o/a/z"))
    )
    assert (len(short.questions), short.minutes, short.interview) == (2, 20.0, "")
    assert (planned.questions, planned.minutes, planned.interview) == (LEFT, 30.0, "o/a/z")
    assert worth(panel, beliefs, Possible("a", "z", LEFT), minutes=5.0).further == ()


def test_nobody_rated_and_nothing_that_counts_are_left_out(panel: tuple[Ratings, Blueprint], beliefs: Beliefs) -> None:
    assert worth(panel, beliefs, Possible("nobody", "z", LEFT), Possible("a", "z", ())).further == ()


def test_a_leader_far_ahead_is_not_overtaken(blueprint_of: Make, columns_of: Make) -> None:
    blueprint = blueprint_of(WEIGHTS, QUESTIONS)
    levels = {"a": (5.0, 4.0), "b": (1.0, 2.0), "c": (2.0, 1.0)}
    rows = [
        (who, by, f"q{q}", two[(q + n) % 2])
        for who, two in levels.items()
        for n, by in enumerate("xyz")
        for q in range(6)
    ]
    panel = columns_of(rows, blueprint), blueprint
    design = read_design(*panel)
    beliefs = read_beliefs(design, choose_effects(design, None)[0], find_prior(None))
    assert beliefs is not None
    found = worth(panel, beliefs, *(Possible(who, "x", ("new",)) for who in levels))
    assert found.wrong < 0.01
    assert max(each.changes for each in found.further) < 0.01
