"""What a further interview is expected to bring: preposterior analysis of the choice of whoever leads.

With overall scores θ ~ N(m, Σ) and an interview whose ratings y are linear in the effects, the mean after it is
m + F z with z standard normal, F Fᵀ = Cov(θ, y) Var(y)⁻¹ Cov(y, θ), and the covariance is Σ - F Fᵀ whatever the
ratings are (Raiffa & Schlaifer 1961, ch. 5; Frazier, Powell & Dayanik 2009 for a normal prior with correlated beliefs).
Whoever has the highest mean is chosen, so that

- the regret falls by E[max m(y)] - max m: the expected value of the sample;
- the chance of choosing wrongly falls from P(argmax θ ≠ argmax m) to P(argmax θ ≠ argmax m(y)).

Both are means over the same draws of z and of what is left of θ, each with its mirror image, so that what does not
depend on the interview drops out. Of the questions that an interview could ask, those are taken one by one that
narrow the difference between the candidate and their nearest rival most for their minutes.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import numpy as np
from attrs import frozen

from hiringkit.domain.next_interview import FurtherInterview
from hiringkit.scoring.arrays import Floats
from hiringkit.scoring.calibrated.beliefs import Beliefs
from hiringkit.scoring.design import counts_for_something
from hiringkit.scoring.profiles import TIE
from hiringkit.scoring.ratings import Blueprint, Ratings

DRAWS = 20_000
UNLIKELY = 0.05
"""Chance of another leader below which an interview is not likely to change the choice."""
LEAST = 1e-12
MOST = 40
"""Most interviews that are weighed by draws: the most promising ones."""


@frozen
class Possible:
    """An interview that could be held."""

    candidate: str
    interviewer: str
    questions: tuple[str, ...]
    """The kit where it is planned, else all that may be asked."""
    interview: str = ""
    """The id where it is planned already."""


@frozen(eq=False)
class Worth:
    """What further interviews would bring."""

    leader: int | None
    """Place among the design's candidates; None where the highest score is shared."""
    wrong: float
    regret: float
    further: tuple[FurtherInterview, ...]


def weigh_interviews(
    columns: Ratings,
    blueprint: Blueprint,
    beliefs: Beliefs,
    possible: Sequence[Possible],
    minutes_of: Mapping[str, float],
    *,
    minutes: float,
    seed: int = 0,
) -> Worth:
    """Work out what each of several interviews is expected to bring.

    Args:
        columns: The ratings.
        blueprint: What they are for.
        beliefs: What the model makes of them.
        possible: The interviews; those that can ask nothing of use are left out.
        minutes_of: Of each question.
        minutes: How long an interview that is not planned yet may be.
        seed: Of the draws.
    """
    asked = _Asked(columns, blueprint, beliefs)
    mean, covariance = beliefs.scores
    draws = _Draws.make(mean, covariance, seed)
    found: list[tuple[float, Possible, bool, tuple[str, ...], Floats]] = []
    for each in possible:
        who = asked.candidates.get(each.candidate)
        questions = () if who is None else tuple(question for question in each.questions if asked.bears(question))
        if who is None or not questions:
            continue
        by = asked.interviewers.get(each.interviewer)
        told = asked.told(who, by, questions)
        narrows = partial(told.narrows, who, draws.rival(who))
        kit = questions if each.interview else _choose(narrows, questions, minutes_of, minutes)
        if kit:
            gain = told.gain(kit)
            again = by is not None and asked.rated(who, by)
            found.append((draws.promise(gain), each, again, kit, gain))
    found.sort(key=lambda one: -one[0])
    further = [
        _weighed(each, kit, minutes_of, again, draws.worth(gain)) for _promise, each, again, kit, gain in found[:MOST]
    ]
    further.sort(key=lambda each: (-each.regret_drop, each.minutes))
    alone = len(mean) < 2 or mean[draws.leader] - mean[draws.rival(draws.leader)] > TIE  # noqa: PLR2004 - a leader and another
    return Worth(draws.leader if alone else None, draws.wrong, draws.regret, tuple(further))


def _weighed(
    each: Possible,
    kit: tuple[str, ...],
    minutes_of: Mapping[str, float],
    again: bool,
    worth: tuple[float, float, float],
) -> FurtherInterview:
    shown = each.questions if each.interview else kit
    length = sum(minutes_of[question] for question in shown)
    return FurtherInterview(each.candidate, each.interviewer, shown, length, each.interview, again, *worth)


def _choose(
    narrows: Callable[[tuple[str, ...]], float],
    questions: Sequence[str],
    minutes_of: Mapping[str, float],
    minutes: float,
) -> tuple[str, ...]:
    """Take questions one by one, the one that narrows most for its minutes first, as long as they fit."""
    chosen: tuple[str, ...] = ()
    left, before = minutes, 0.0
    while fitting := [q for q in questions if q not in chosen and minutes_of[q] <= left]:
        gains = {q: (narrows((*chosen, q)) - before) / minutes_of[q] for q in fitting}
        best = max(fitting, key=lambda q: gains[q])
        if gains[best] <= LEAST:
            break
        before += gains[best] * minutes_of[best]
        chosen, left = (*chosen, best), left - minutes_of[best]
    return tuple(q for q in questions if q in chosen)


class _Asked:
    """Ratings to come, as the effects that they are made of.

    Args:
        columns: The ratings.
        blueprint: What they are for.
        beliefs: What the model makes of them.
    """

    def __init__(self, columns: Ratings, blueprint: Blueprint, beliefs: Beliefs) -> None:
        design = beliefs.design
        self.beliefs = beliefs
        self.candidates = {columns.candidates[code]: i for i, code in enumerate(design.candidates.tolist())}
        self.interviewers = {columns.interviewers[code]: i for i, code in enumerate(design.interviewers.tolist())}
        known = np.unique(columns.question[counts_for_something(columns, blueprint)]).tolist()
        self.questions = {blueprint.questions[code]: i for i, code in enumerate(known)}
        loadings = blueprint.loadings[:, design.criteria]
        total = loadings.sum(axis=1, keepdims=True)
        shares = np.divide(loadings, total, out=np.zeros_like(loadings), where=total > 0)
        self.shares = dict(zip(blueprint.questions, shares, strict=True))

    def bears(self, question: str) -> bool:
        """Return whether a question bears on a criterion that anybody was rated on."""
        return question in self.shares and bool(self.shares[question].any())

    def rated(self, candidate: int, interviewer: int) -> bool:
        """Return whether an interviewer has rated a candidate."""
        rows = self.beliefs.design.rows
        return bool(((rows.candidate == candidate) & (rows.interviewer == interviewer)).any())

    def told(self, candidate: int, interviewer: int | None, questions: tuple[str, ...]) -> "_Told":
        """Return what an interview with any of these questions tells."""
        beliefs, shares = self.beliefs, np.array([self.shares[question] for question in questions])
        places = [self.questions.get(question) for question in questions]
        rows = np.array(
            [beliefs.rating(candidate, interviewer, place, share) for place, share in zip(places, shares, strict=True)]
        )
        unasked = np.array([place is None for place in places], dtype=np.float64)
        spread = beliefs.covariance @ rows.T
        noise = beliefs.noise(candidate, interviewer, unasked, shares)
        return _Told(questions, rows @ spread + noise, beliefs.overall @ spread)


@frozen(eq=False)
class _Told:
    """What the ratings of an interview, q of them, tell of N overall scores."""

    questions: tuple[str, ...]
    variance: Floats
    """(q, q) of the ratings to come."""
    covariance: Floats
    """(N, q) of the overall scores with them."""

    def gain(self, kit: Sequence[str]) -> Floats:
        """Return (N, k) F: the means after an interview with k of the questions are those now and F times deviates."""
        some = [self.questions.index(question) for question in kit]
        root = np.linalg.cholesky(self.variance[np.ix_(some, some)])
        return np.asarray(np.linalg.solve(root, self.covariance[:, some].T).T)

    def narrows(self, candidate: int, rival: int, kit: Sequence[str]) -> float:
        """Return by how much the variance of the difference between a candidate and a rival falls."""
        gain = self.gain(kit)
        return float(((gain[candidate] - gain[rival]) ** 2).sum())


@frozen(eq=False)
class _Draws:
    """Draws of N overall scores, and the choice as it is now."""

    mean: Floats
    covariance: Floats
    first: Floats
    """(D, N) unit deviates of what an interview tells."""
    rest: Floats
    """(D, N) unit deviates of what is left."""
    leader: int
    wrong: float
    regret: float

    @classmethod
    def make(cls, mean: Floats, covariance: Floats, seed: int) -> "_Draws":
        """Draw in mirrored pairs."""
        rng, n = np.random.default_rng(seed), len(mean)
        half = rng.standard_normal((2, DRAWS // 2, n))
        first, rest = (np.vstack([each, -each]) for each in half)
        leader = int(np.argmax(mean))
        score = mean + rest @ _root(covariance).T
        wrong = float((score.argmax(axis=1) != leader).mean())
        regret = float((score.max(axis=1) - score[:, leader]).mean())
        return cls(mean, covariance, first, rest, leader, wrong, regret)

    def rival(self, candidate: int) -> int:
        """Return whom a candidate competes with: the leader, or for the leader whoever comes next."""
        return int(np.argmax(np.where(np.arange(len(self.mean)) == candidate, -np.inf, self.mean)))

    def promise(self, gain: Floats) -> float:
        """Return the regret that an interview saves beside one rival, the largest over all of them: a lower bound."""
        from scipy.special import ndtr  # noqa: PLC0415 - 0.1 s, only where numbers are wanted

        apart = np.maximum(np.linalg.norm(gain - gain[self.leader], axis=1), LEAST)
        behind = (self.mean[self.leader] - self.mean) / apart
        saved = apart * (np.exp(-0.5 * behind**2) / np.sqrt(2 * np.pi) - behind * ndtr(-behind))
        saved[self.leader] = 0.0
        return float(saved.max())

    def worth(self, gain: Floats) -> tuple[float, float, float]:
        """Return how far the chance of choosing wrongly and regret fall, and the chance of another leader."""
        told = _root(gain @ gain.T)
        after = self.mean + self.first @ told.T
        score = after + self.rest @ _root(self.covariance - gain @ gain.T).T
        chosen, best = after.argmax(axis=1), score.argmax(axis=1)
        wrong = float(((best == chosen).astype(np.float64) - (best == self.leader)).mean())
        regret = float((after.max(axis=1) - after[:, self.leader]).mean())
        return wrong, regret, float((chosen != self.leader).mean())


def _root(covariance: Floats) -> Floats:
    """Return a square root of a covariance that may be singular."""
    values, vectors = np.linalg.eigh((covariance + covariance.T) / 2)
    return np.asarray(vectors * np.sqrt(np.maximum(values, 0.0)))
