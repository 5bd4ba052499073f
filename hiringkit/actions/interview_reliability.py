"""How reliable one interview of an opening is, and what the panel that a comparison rests on is worth."""

import math

from hiringkit.domain.profile import Comparison, ModelSummary
from hiringkit.domain.selection import InterviewReliability, PanelStrength, ReliabilitySource
from hiringkit.planning.selection import MOST_CANDIDATES, selection_quality, spearman_brown
from hiringkit.scoring.calibrated.prior import INTERVIEW, TwoPiece, find_prior
from hiringkit.scoring.effects import CANDIDATE, HALO

_BAND_DEVIATIONS = 1.2815515655446004
"""Standard deviations of a normal distribution at either end of its middle 80 %."""
FEWEST_RATED = 2
"""Rated candidates without whom nothing is to be learnt of how they differ."""


def usual_reliability() -> InterviewReliability:
    """Return the reliability of an interview before there is any rating: that of the usual prior's candidates.

    The prior is on the ratio of candidates' standard deviation to that of an interview's error, see docs/scoring.md.
    All candidates meet the same interviewers, so severity is no error.
    """
    ratio = INTERVIEW.of(CANDIDATE)
    if not isinstance(ratio, TwoPiece):
        raise TypeError("the usual prior on candidates has a median and a spread")
    low, middle, high = (ratio.center * math.exp(n * ratio.spread * _BAND_DEVIATIONS) for n in (-1, 0, 1))
    return InterviewReliability(
        _share(middle**2, 1.0),
        ReliabilitySource.PRIOR,
        (_share(low**2, 1.0), _share(high**2, 1.0)),
        INTERVIEW.name,
    )


def _share(true: float, error: float) -> float:
    return true / (true + error)


def reliability_of(comparison: Comparison) -> InterviewReliability | None:
    """Return how reliable one interview of an opening is, or None where its ratings do not tell.

    Variance between candidates over that and the error of an interview's mean: halo, and the residual divided by the
    questions of an interview. The band is that of the variance between candidates, at the level of the comparison.
    """
    model = comparison.model
    rated = [each for each in comparison.profiles if each.overall.ratings]
    held = sum(each.overall.interviewers for each in rated)
    if model is None or len(rated) < FEWEST_RATED or held <= len(rated):
        return None
    true, error = model.variances[CANDIDATE], _error(model, comparison.counts.ratings / held)
    if true.estimate is None or error is None:
        return None
    band = None
    if true.interval is not None and None not in true.interval:
        low, high = (_share(float(end or 0.0), error) for end in true.interval)
        band = low, high
    prior = str(model.details.get("prior", ""))
    return InterviewReliability(
        _share(true.estimate, error),
        ReliabilitySource.RATINGS,
        band,
        find_prior(prior).name if prior else "",
        len(rated),
        math.sqrt(true.estimate),
    )


def _error(model: ModelSummary, questions: float) -> float | None:
    """Return the variance of an interview's mean about the candidate's true score, severity apart."""
    halo, residual = model.variances.get(HALO), model.variances.get("residual")
    if residual is None or residual.estimate is None:
        return None
    found = (halo.estimate or 0.0 if halo else 0.0) + residual.estimate / questions
    return found if found > 0.0 else None


def panel_strength(comparison: Comparison) -> PanelStrength | None:
    """Return how well a panel such as the one of a comparison finds the best; None where its ratings do not tell.

    Interviewers are those whom each rated candidate met, on average; all are taken to have met the same ones.
    """
    known = reliability_of(comparison)
    rated = [each.overall.interviewers for each in comparison.profiles if each.overall.score is not None]
    if known is None or not FEWEST_RATED <= len(rated) <= MOST_CANDIDATES:
        return None
    met = sum(rated) / len(rated)

    def chance(single: float, interviewers: float) -> float:
        return selection_quality(spearman_brown(single, interviewers), 1, len(rated)).chance_best

    return PanelStrength(
        interviewers=met,
        of=len(rated),
        reliability=spearman_brown(known.single, met),
        chance_best=chance(known.single, met),
        band=None if known.band is None else (chance(known.band[0], met), chance(known.band[1], met)),
        one_more=chance(known.single, met + 1),
    )
