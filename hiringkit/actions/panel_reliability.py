"""How many interviewers a selection takes: from the opening's own ratings, or from what is usual."""

import math
from collections.abc import Sequence

from attrs import frozen

from hiringkit.actions.audit import Actor
from hiringkit.actions.comparisons import compare_opening, require_ranking
from hiringkit.actions.lookup import find_opening, pinned_rubric
from hiringkit.actions.scores import ScoringOptions
from hiringkit.domain.profile import Comparison, ModelSummary
from hiringkit.domain.selection import InterviewReliability, PanelChoice, ReliabilitySource
from hiringkit.errors import UsageProblem
from hiringkit.planning.selection import compare_sizes
from hiringkit.scoring.calibrated.prior import INTERVIEW, TwoPiece, find_prior
from hiringkit.scoring.effects import CANDIDATE, HALO
from hiringkit.store import people
from hiringkit.store.store import Store
from hiringkit.text.sentence import Sentence

USUAL_MINUTES = 45.0
"""Of an interview for which neither the rubric nor anybody says how long it takes."""
BAND = 0.8
"""Share of what is plausible of an interview's reliability that a band holds."""
_BAND_DEVIATIONS = 1.2815515655446004
"""Standard deviations of a normal distribution at either end of its middle 80 %."""
FEWEST_RATED = 2
"""Rated candidates without whom nothing is to be learnt of how they differ."""


@frozen
class SelectionQuestion:
    """What is asked about a selection; None where the opening, or what is usual, says it."""

    hire: int
    of: int | None
    interviewers: Sequence[int]
    target: float | None = None
    reliability: float | None = None
    """Of one interview."""
    minutes: float | None = None
    """Of one interview."""


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


def choose_panel(store: Store | None, actor: Actor, opening_id: str | None, asked: SelectionQuestion) -> PanelChoice:
    """Set panels of several sizes beside each other, for an opening or for a selection that is only thought of.

    Args:
        store: Where the opening is kept; None without an opening.
        actor: Who asks; the ratings that they may see are used.
        opening_id: The opening, or None.
        asked: What is asked.

    Raises:
        NotFound: No such opening.
        UsageProblem: A number is missing or outside its range.
        Refused: The opening does not rank candidates, so that nobody is chosen by scores.
    """
    of, minutes, known = asked.of, asked.minutes, usual_reliability()
    if store is not None and opening_id is not None:
        with store.read() as tx:
            opening = find_opening(tx, opening_id)
            every = people.candidates(tx, opening_id)
            running = sum(not each.withdrawn_at and not each.erased_at for each in every)
            of = running if of is None else of
            rubric = pinned_rubric(tx, opening)
            require_ranking(opening, rubric)
            minutes = minutes or rubric.policy.interview_minutes
        if asked.reliability is None:
            options = ScoringOptions(level=BAND)
            known = reliability_of(compare_opening(store, actor, opening_id, options)) or known
    if of is None:
        raise UsageProblem("nobody says how many candidates there are", hint="--of N, or an opening")
    if asked.target is not None and not 0.0 < asked.target < 1.0:
        raise UsageProblem(
            Sentence("{target:g} is no chance that can be aimed at").format(target=asked.target),
            hint="--target between 0 and 1, such as .6",
        )
    if asked.reliability is not None:
        known = InterviewReliability(asked.reliability, ReliabilitySource.GIVEN)
    return compare_sizes(
        known,
        asked.interviewers,
        hire=asked.hire,
        of=of,
        minutes=minutes or USUAL_MINUTES,
        target=asked.target,
        opening=opening_id or "",
    )


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
