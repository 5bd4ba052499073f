"""Generalizability: where differences between ratings come from, and how many interviewers are enough.

The candidate is what is measured; interviewers and questions are samples of those who might have asked and
of what might have been asked. Brennan (2001), Generalizability Theory, Springer, chapters 2-5. Complete
designs: analysis of variance. All others: components from the mixed model (`components_of`).
"""

from collections.abc import Mapping, Sequence
from itertools import chain, combinations

import numpy as np
from attrs import frozen

from hiringkit.domain.agreement import Generalizability
from hiringkit.scoring.ratings import Codes, Floats, RatingColumns
from hiringkit.scoring.units import compact

MOST_INTERVIEWERS = 12
"""The D study goes this far: a panel larger than that is nobody's plan."""

EFFECTS = (
    "candidate",
    "interviewer",
    "question",
    "candidate:interviewer",
    "candidate:question",
    "interviewer:question",
    "residual",
)
Components = Mapping[str, float]
"""Variance components by `EFFECTS`; a design need not have all of them."""
Draws = Mapping[str, Floats]
"""Components of B simulated panels: (B,) each."""


@frozen
class DStudy:
    """How much was asked of a candidate; a mean over candidates where that varies."""

    interviewers: float
    """Interviewers who rate a candidate."""
    questions: float = 1.0
    """Different questions that a candidate is rated on."""
    per_interviewer: float = 1.0
    """Questions that one interviewer rates a candidate on; all of them in a crossed design."""

    @property
    def ratings(self) -> float:
        """Ratings of a candidate."""
        return self.interviewers * self.per_interviewer


def mean_squares(scores: Floats, names: Sequence[str]) -> Components:
    """Return the mean squares of a crossed design with one score in each cell.

    Args:
        scores: One axis for each facet.
        names: The axes' names; effects are theirs and their combinations with `:`.
    """
    return {_name(effect, names): _square(scores, effect) for effect in _effects(len(names))}


def anova_components(scores: Floats, names: Sequence[str]) -> Components:
    """Return the variance components of a crossed design, as they come, negative ones included.

    The expected mean square of an effect is the sum of all components that contain it, each times the
    number of scores that share a level of it (Brennan 2001, section 3.3); solved from the highest
    interaction down. The highest is called `residual`, as one score in a cell cannot tell it from error.

    Args:
        scores: One axis of at least two for each facet.
        names: The axes' names.
    """
    squares = {effect: _square(scores, effect) for effect in _effects(scores.ndim)}
    found: dict[tuple[int, ...], float] = {}
    for effect in sorted(squares, key=len, reverse=True):
        above = sum(_times(scores, e) * v for e, v in found.items() if set(effect) < set(e))
        found[effect] = (squares[effect] - above) / _times(scores, effect)
    highest = tuple(range(scores.ndim))
    return {("residual" if e == highest else _name(e, names)): found[e] for e in squares}


def erho2(components: Components | Draws, design: DStudy) -> Floats:
    """Return E(rho^2), how well a mean tells candidates from each other; NaN without any variance.

    Args:
        components: Variance components, one number or (B,) each; negative ones count as zero.
        design: What is asked of a candidate.
    """
    part = _positive(components)
    return _ratio(part["candidate"], _relative_error(part, design))


def phi(components: Components | Draws, design: DStudy) -> Floats:
    """Return Phi, how well a mean places a candidate against a bar: severity and difficulty are errors."""
    part = _positive(components)
    own = _relative_error(part, design)
    of_others = part["interviewer"] / design.interviewers + part["question"] / design.questions
    return _ratio(part["candidate"], own + of_others + part["interviewer:question"] / design.ratings)


def single_reliability(components: Components | Draws, design: DStudy) -> Floats:
    """Return the reliability of one interviewer's mean over their questions.

    These questions and no others: what a candidate shows on them beyond the ability is taken as true. In a
    complete design that is ICC(2,1).
    """
    return _reliability(components, design, 1.0)


def average_reliability(components: Components | Draws, design: DStudy) -> Floats:
    """Return the reliability of the mean of a candidate's interviewers; in a complete design ICC(2,k)."""
    return _reliability(components, design, design.interviewers)


def generalizability_from_components(components: Components, design: DStudy) -> Generalizability:
    """Compute Phi, E(rho^2) and the D study.

    Args:
        components: Variance components; negative ones count as zero.
        design: What was asked of a candidate. The D study varies the interviewers alone: each of them
            would rate as many questions as now, and candidates would be asked as many different ones.

    Returns:
        Coefficients None where there is no variance at all.
    """
    return Generalizability(
        components={effect: max(value, 0.0) for effect, value in components.items()},
        phi=number(phi(components, design)),
        erho2=number(erho2(components, design)),
        d_study=tuple(_row(components, design, n) for n in range(1, MOST_INTERVIEWERS + 1)),
        interviewers=design.interviewers,
        questions=design.questions,
    )


def number(value: Floats) -> float | None:
    """Return a plain number, None for NaN."""
    return float(value) if np.isfinite(value) else None


def design_of(columns: RatingColumns) -> DStudy:
    """Return how much was asked of a candidate, as harmonic means (Brennan 2001, section 7.2).

    Args:
        columns: Numbers only, at least one.
    """
    candidate, interviewer, question = (_dense(x) for x in (columns.candidate, columns.interviewer, columns.question))
    cells, cell = compact(_joint(candidate, interviewer), _size(candidate, interviewer))
    answers, _ = compact(_joint(candidate, question), _size(candidate, question))
    by_candidate = np.bincount(cells // (int(interviewer.max()) + 1))
    by_answer = np.bincount(answers // (int(question.max()) + 1))
    return DStudy(_harmonic(by_candidate), _harmonic(by_answer), _harmonic(np.bincount(cell)))


def _row(components: Components, design: DStudy, interviewers: int) -> Mapping[str, float | None]:
    planned = DStudy(interviewers, design.questions, design.per_interviewer)
    return {
        "interviewers": interviewers,
        "phi": number(phi(components, planned)),
        "erho2": number(erho2(components, planned)),
    }


def _positive(components: Components | Draws) -> Mapping[str, Floats]:
    """Return every component, zero where the design has none or it is negative."""
    return {effect: np.maximum(components.get(effect, 0.0), 0.0) for effect in EFFECTS}


def _relative_error(part: Mapping[str, Floats], design: DStudy) -> Floats:
    return (
        part["candidate:interviewer"] / design.interviewers
        + part["candidate:question"] / design.questions
        + part["residual"] / design.ratings
    )


def _reliability(components: Components | Draws, design: DStudy, interviewers: float) -> Floats:
    part = _positive(components)
    of_questions = part["interviewer:question"] + part["residual"]
    error = part["interviewer"] + part["candidate:interviewer"] + of_questions / design.per_interviewer
    return _ratio(part["candidate"] + part["candidate:question"] / design.questions, error / interviewers)


def _ratio(true: Floats, error: Floats) -> Floats:
    with np.errstate(invalid="ignore"):
        return np.asarray(true / (true + error))


def _effects(dimensions: int) -> tuple[tuple[int, ...], ...]:
    axes = range(dimensions)
    return tuple(chain.from_iterable(combinations(axes, size) for size in range(1, dimensions + 1)))


def _name(effect: tuple[int, ...], names: Sequence[str]) -> str:
    return ":".join(names[axis] for axis in effect)


def _times(scores: Floats, effect: tuple[int, ...]) -> float:
    """Return how many scores share one level of an effect."""
    return float(scores.size / np.prod([scores.shape[axis] for axis in effect]))


def _square(scores: Floats, effect: tuple[int, ...]) -> float:
    """Return the mean square of an effect: its means, swept of every lower effect."""
    others = tuple(axis for axis in range(scores.ndim) if axis not in effect)
    means = scores.mean(axis=others, keepdims=True)
    for axis in effect:
        means = means - means.mean(axis=axis, keepdims=True)
    freedom = np.prod([scores.shape[axis] - 1 for axis in effect])
    return float(_times(scores, effect) * np.sum(means**2) / freedom)


def _dense(codes: Codes) -> Codes:
    return compact(codes, int(codes.max()) + 1)[1]


def _size(first: Codes, second: Codes) -> int:
    return (int(first.max()) + 1) * (int(second.max()) + 1)


def _joint(first: Codes, second: Codes) -> Codes:
    return first * (int(second.max()) + 1) + second


def _harmonic(counts: Codes) -> float:
    return float(1.0 / np.mean(1.0 / counts))
