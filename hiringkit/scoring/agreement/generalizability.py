"""Generalizability: where differences between ratings come from, and how many interviewers are enough.

The candidate is the object of measurement; interviewers and questions are samples from those who might have asked and
what might have been asked. Brennan (2001), Generalizability Theory, Springer, chapters 2-5. Complete designs: analysis
of variance. All others: components from the mixed model (`components_of`).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, combinations

import numpy as np
from attrs import frozen

from hiringkit.domain.agreement import DEPENDABLE, DesignPhi, ErrorSource, Generalizability, PhiVerdict
from hiringkit.domain.profile import Interval
from hiringkit.scoring.agreement.units import compact
from hiringkit.scoring.arrays import Codes, Floats
from hiringkit.scoring.ratings import Ratings

MOST_INTERVIEWERS = 12
"""Largest panel in the D study; nobody plans a larger one."""
QUESTIONS_EACH = (1, 2, 3, 4, 5, 6, 8, 10, 12)
"""Questions of an interviewer that the D study tries."""
FEWEST_INTERVIEWERS = 2
"""Fewest interviewers of a recommended design, as severity only shows in comparison."""
OVERHEAD = 2
"""Questions that fit the ten minutes which the opening and close of an interview take."""
IntervalOf = Callable[[Callable[["Draws"], Floats]], Interval | None]
"""From a coefficient as a function of components to its interval."""

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
    """How much a candidate was asked; a mean over candidates where that varies."""

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
    """Return E(rho^2), how well a mean distinguishes candidates; NaN without any variance.

    Args:
        components: Variance components, one number or (B,) each; negative ones count as zero.
        design: How much a candidate is asked.
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

    The questions are fixed: what a candidate shows on them beyond general ability counts as true score. In a complete
    design that is ICC(2,1).
    """
    return _reliability(components, design, 1.0)


def average_reliability(components: Components | Draws, design: DStudy) -> Floats:
    """Return the reliability of the mean of a candidate's interviewers; in a complete design ICC(2,k)."""
    return _reliability(components, design, design.interviewers)


def no_interval(_of: Callable[["Draws"], Floats]) -> None:
    """Return an unknown interval."""


def generalizability_from_components(
    components: Components,
    design: DStudy,
    interval: IntervalOf = no_interval,
    *,
    target: float = DEPENDABLE,
    exact: bool = False,
) -> Generalizability:
    """Compute Phi, E(rho^2) and the D study.

    Args:
        components: Variance components; negative ones count as zero.
        design: What was asked of a candidate. In the D study an interviewer asks some number of questions, and a
            candidate is asked as many different ones to each of an interviewer's as now.
        interval: Of a coefficient.
        target: The Phi that a decision requires.
        exact: Whether the coefficients are practically known, so that they are judged without an interval.

    Returns:
        Coefficients None where there is no variance at all.
    """
    now = number(phi(components, design))
    own = interval(partial(phi, design=design))
    others = (each for each in QUESTIONS_EACH if each != design.per_interviewer)
    study = tuple(
        _planned(components, design, interval, n, each)
        for each in (design.per_interviewer, *others)
        for n in range(1, MOST_INTERVIEWERS + 1)
    )
    return Generalizability(
        components={effect: max(value, 0.0) for effect, value in components.items()},
        phi=now,
        erho2=number(erho2(components, design)),
        d_study=study,
        interviewers=design.interviewers,
        questions=design.questions,
        phi_interval=own,
        erho2_interval=interval(partial(erho2, design=design)),
        target=target,
        verdict=_verdict(now, (now or 0.0, now or 0.0) if exact else own, target),
        cheapest=_cheapest(study, target),
        largest_error=_largest_error(components, design),
    )


def _planned(
    components: Components, design: DStudy, interval: IntervalOf, interviewers: int, questions: float
) -> DesignPhi:
    different = design.questions * questions / design.per_interviewer
    planned = DStudy(interviewers, different, questions)
    return DesignPhi(
        interviewers,
        int(questions) if float(questions).is_integer() else questions,
        number(phi(components, planned)),
        number(erho2(components, planned)),
        interval(partial(phi, design=planned)),
    )


def _verdict(estimate: float | None, interval: Interval | None, target: float) -> PhiVerdict | None:
    """Judge by the whole interval, with figures rounded to two digits as printed."""
    if estimate is None or interval is None:
        return None
    low, high = (round(end, 2) for end in interval)
    return PhiVerdict.REACHED if low >= target else PhiVerdict.MISSED if high < target else PhiVerdict.OPEN


def _cheapest(study: Sequence[DesignPhi], target: float) -> DesignPhi | None:
    enough = [
        each
        for each in study
        if each.interviewers >= FEWEST_INTERVIEWERS
        and float(each.questions).is_integer()
        and round(each.phi or 0.0, 2) >= target
    ]
    return min(
        enough, key=lambda each: (each.interviewers * (each.questions + OVERHEAD), each.interviewers), default=None
    )


def _largest_error(components: Components, design: DStudy) -> ErrorSource | None:
    """Return the source of most of the error variance of Phi."""
    part = _positive(components)
    single = (part["question"] + part["candidate:question"]) / design.questions + part["residual"] / design.ratings
    error = {
        ErrorSource.SEVERITY: part["interviewer"] / design.interviewers + part["interviewer:question"] / design.ratings,
        ErrorSource.HALO: part["candidate:interviewer"] / design.interviewers,
        ErrorSource.QUESTIONS: single,
    }
    most = max(error, key=lambda source: float(error[source]))
    return most if error[most] > 0.0 else None


def number(value: Floats) -> float | None:
    """Return a plain number, None for NaN."""
    return float(value) if np.isfinite(value) else None


def design_of(columns: Ratings) -> DStudy:
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


Effect = frozenset[str]

FACETS = ("candidate", "interviewer", "question")
MODEL_EFFECTS: tuple[Effect, ...] = tuple(frozenset(e) for size in (1, 2) for e in combinations(FACETS, size))
CANDIDATE, INTERVIEWER = MODEL_EFFECTS[:2]
MOST_LEVELS = 0.9
"""An effect with more levels than this share of the ratings is hard to distinguish from the residual."""
RESIDUAL = "residual"
SINGULAR = 1e8
"""Condition number from which effects are not identifiable."""


@frozen(eq=False)
class HendersonSystem:
    """Henderson's equations: the effects that a design identifies, and how sums of squares give variances."""

    effects: tuple[str, ...]
    """The effects in their order, without the residual; E of them."""
    groups: tuple[Codes, ...]
    """By effect, (n,) the level of each rating."""
    matrix: Floats
    """(E + 1, E + 1) what a unit of each component (residual last) adds to each sum (total last)."""

    def solve(self, values: Floats) -> Mapping[str, Floats]:
        """Return the variance components of ratings: by effect and `residual`, (B,) each.

        Args:
            values: (n, B) ratings in columns, each column a panel of this design.
        """
        centred = values - values.mean(axis=0)
        sums = [_sum_of_squares(centred, codes) for codes in self.groups]
        found = np.linalg.solve(self.matrix, np.stack([*sums, np.sum(centred**2, axis=0)]))
        return dict(zip((*self.effects, RESIDUAL), found, strict=True))


def system_of(columns: Ratings) -> HendersonSystem | None:
    """Make the equations of a design.

    Args:
        columns: Numbers only, each candidate x interviewer x question once, at least one.

    Returns:
        The equations of the effects that the design can tell from each other and from the residual; None
        where candidates cannot be told from interviewers or from the residual. Interviewers who rated hardly
        more than one answer each are part of the residual, as in a one-way analysis of variance.
    """
    groups = _groups(columns)
    carried = [effect for effect in MODEL_EFFECTS if 1 < _levels(groups[effect]) <= MOST_LEVELS * len(columns)]
    matrix = _expectations(groups, carried, len(columns))
    kept = _told_apart(matrix, carried)
    effects = [carried[position] for position in kept]
    entangled = INTERVIEWER in carried and INTERVIEWER not in effects
    if CANDIDATE not in effects or entangled:
        return None
    rows = [*kept, len(carried)]
    return HendersonSystem(
        tuple(_effect_name(e) for e in effects), tuple(groups[e] for e in effects), matrix[np.ix_(rows, rows)]
    )


def components_of(columns: Ratings, system: HendersonSystem) -> Components:
    """Estimate the variance components of ratings: by effect and `residual`, negative ones included."""
    return {effect: float(found[0]) for effect, found in system.solve(columns.value[:, None]).items()}


def _groups(columns: Ratings) -> Mapping[Effect, Codes]:
    """Return the level of each rating in each effect: (n,) dense codes."""
    single = {
        "candidate": columns.candidate,
        "interviewer": columns.interviewer,
        "question": columns.question,
    }
    groups: dict[Effect, Codes] = {}
    for name, codes in single.items():
        groups[frozenset((name,))] = _dense(codes)
    for first, second in combinations(FACETS, 2):
        one, two = groups[frozenset((first,))], groups[frozenset((second,))]
        groups[frozenset((first, second))] = _dense(one * _levels(two) + two)
    return groups


def _levels(codes: Codes) -> int:
    return int(codes.max()) + 1


def _effect_name(effect: Effect) -> str:
    return ":".join(facet for facet in FACETS if facet in effect)


def _expectations(groups: Mapping[Effect, Codes], carried: list[Effect], n: int) -> Floats:
    """Return what a unit of each component, residual last, adds to each sum of squares less the mean's.

    Rows are the sums of squares of the effects and the total; k_fg is the sum over ratings of the size of the
    rating's group in f and g together over that of its group in f.
    """
    sizes = {effect: np.bincount(codes).astype(np.float64)[codes] for effect, codes in groups.items()}
    sizes[frozenset(FACETS)] = np.ones(n)
    by_mean = np.array([*(sizes[effect].sum() / n for effect in carried), 1.0])
    rows = [[*(float(np.sum(sizes[f | g] / sizes[f])) for g in carried), float(_levels(groups[f]))] for f in carried]
    return np.asarray(np.array([*rows, [float(n)] * (len(carried) + 1)]) - by_mean, dtype=np.float64)


def _told_apart(system: Floats, carried: list[Effect]) -> list[int]:
    """Return the positions of the effects that are distinguishable from the residual and from those before them."""
    kept: list[int] = []
    for position in range(len(carried)):
        rows = [*kept, position, len(carried)]
        part = system[np.ix_(rows, rows)]
        scale = np.abs(part).max(axis=1, keepdims=True)
        if np.all(scale > 0) and np.linalg.cond(part / scale) < SINGULAR:
            kept.append(position)
    return kept


def _sum_of_squares(values: Floats, codes: Codes) -> Floats:
    """Return the sum over levels of (total of level)**2 / size: (B,) for (n, B) values."""
    if values.shape[1] == 1:
        totals = np.bincount(codes, values[:, 0])[:, None]
    else:
        starts = np.concatenate([[0], np.cumsum(np.bincount(codes))[:-1]])
        totals = np.add.reduceat(values[np.argsort(codes, kind="stable")], starts, axis=0)
    return np.asarray(np.sum(totals**2 / np.bincount(codes)[:, None], axis=0))


PANELS = 400
"""Panels simulated, fewer for more than 10,000 ratings."""
FEWEST = 100
"""Panels simulated for the largest designs."""
MOST_RATINGS = 100_000
"""With more ratings the panels would take seconds, and the interval is short anyway."""
AT_ONCE = 2_000_000
"""Most ratings in memory at a time."""


def drawn_components(system: HendersonSystem, components: Components, seed: int) -> Draws | None:
    """Estimate the components of simulated panels; None where there are more than `MOST_RATINGS`.

    Args:
        system: The equations of the design.
        components: Components to simulate from; negative ones count as zero.
        seed: The same seed gives the same panels.
    """
    n = len(system.groups[0])
    if n > MOST_RATINGS:
        return None
    rng = np.random.default_rng(seed)
    parts = [system.solve(_panels(system, components, rng, size)) for size in _blocks(n)]
    return {effect: np.concatenate([part[effect] for part in parts]) for effect in parts[0]}


def percentile_interval(of: Callable[[Draws], Floats], draws: Draws | None, level: float) -> Interval | None:
    """Return the interval between the quantiles of a coefficient over the drawn components.

    Args:
        of: From components, (B,) each, to the coefficient; what is not finite counts as zero, as no true
            variance.
        draws: The drawn components; without them there is no interval.
        level: Such as 0.9.
    """
    if draws is None:
        return None
    low, high = np.quantile(np.nan_to_num(of(draws)), [(1.0 - level) / 2.0, (1.0 + level) / 2.0])
    return float(low), float(high)


def _blocks(n: int) -> Iterator[int]:
    panels = max(FEWEST, min(PANELS, 2 * AT_ONCE // n))
    size = max(1, min(panels, AT_ONCE // n))
    for start in range(0, panels, size):
        yield min(size, panels - start)


def _panels(system: HendersonSystem, components: Components, rng: np.random.Generator, size: int) -> Floats:
    """Draw (n, size) ratings of panels, without their mean."""
    values = _deviation(components, RESIDUAL) * rng.standard_normal((len(system.groups[0]), size))
    for effect, codes in zip(system.effects, system.groups, strict=True):
        values += (_deviation(components, effect) * rng.standard_normal((int(codes.max()) + 1, size)))[codes]
    return values


def _deviation(components: Components, effect: str) -> float:
    return float(np.sqrt(max(components[effect], 0.0)))
