"""Many ratings of complete interviews, for which the mixed model separates exactly into small ones.

Where each interview asks the same Q questions, m on each of C criteria, the Q ratings of an interview can be
transformed into their mean, C - 1 contrasts among criteria and the contrasts within criteria, all of length one. What
candidates, interviewers, interviews and the residual contribute is then independent between them (the strata of a
balanced design: Nelder 1965, Proc. R. Soc. A 283; Searle, Casella & McCulloch 1992, ch. 4), with variances

    mean              Q σ²_u + m σ²_uc     Q σ²_v + m σ²_vc     Q σ²_uv + σ²_e
    among criteria    m σ²_uc              m σ²_vc              σ²_e
    within criteria   -                    -                    σ²_e

for candidates, interviewers and residual. The first line is one model with two crossed effects and one entry an
interview; the second is C - 1 responses of such a model that share all variances; the third only adds to the
residual sum of squares of the second. Restricted likelihoods multiply, so both are maximised separately. Where that
would make a variance negative, the model has to be fitted as a whole.
"""

import numpy as np
from attrs import evolve, frozen

from hiringkit.domain.codes import Code
from hiringkit.domain.finding import Finding, Severity
from hiringkit.scoring.arrays import Codes, Floats, sorted_groups
from hiringkit.scoring.calibrated.model import ModelRows
from hiringkit.scoring.effects import HALO, OWN, SHARED
from hiringkit.scoring.large.ascent import (
    AT_FLOOR,
    FLOOR,
    Ascent,
    Search,
    ascend,
    first,
    free,
    inverse_information,
)
from hiringkit.scoring.large.cells import FixedEffects, RatingCells
from hiringkit.scoring.large.kernel import Columns, cross_products, tally
from hiringkit.scoring.large.reml import DENSE_LEVELS, Levels, diagonal_at, levels_at, starting_variances
from hiringkit.scoring.large.shards import fixed_levels
from hiringkit.scoring.large.solver import ShardedRatings, sharded
from hiringkit.text.sentence import Sentence


@frozen(eq=False)
class Interviews:
    """p interviews in which the same Q questions were asked."""

    candidate: Codes
    """(p,)."""
    interviewer: Codes
    """(p,)."""
    order: Codes | slice
    """Rows of the ratings, interview by interview and in the order of the questions."""
    ratings: Floats
    """(p, Q)."""


@frozen(eq=False)
class Stratum:
    """A fitted stratum: k responses with the same variances."""

    variances: Floats
    """(3,) of candidates, interviewers and residual; 0 for an effect that is not in it."""
    covariance: Floats
    """(3, 3) of their errors; NaN for one that is zero."""
    mean: Floats
    """(k,) of each response."""
    mean_variance: float
    candidate: Floats
    """(N, k) predictions."""
    candidate_error: Floats
    """(N,) variances of their errors."""
    candidate_mean: Floats
    """(N,) covariances of their errors with that of the mean."""
    interviewer: Floats
    """(I, k) predictions."""
    interviewer_error: Floats
    """(I,) variances of their errors."""
    ascent: Ascent
    converged: bool
    method: str


def can_be_split(rows: ModelRows, effects: tuple[str, ...]) -> bool:
    """Return whether the model's effects and criteria allow strata; the ratings have to as well."""
    told = {"candidate", HALO, OWN} <= set(effects) <= {"candidate", "interviewer", HALO, OWN, SHARED}
    tied = SHARED in effects and "interviewer" not in effects
    sizes = rows.shares.sum(axis=0)
    alike = bool(np.isin(rows.shares, (0.0, 1.0)).all() and (sizes == sizes[0]).all())
    return told and not tied and alike and len(sizes) > 1


def find_interviews(rows: ModelRows) -> Interviews | None:
    """Arrange the ratings by interview; None unless each asked all questions, once and with the same weight."""
    width = len(rows.shares)
    if len(rows) % width or rows.weight.min() != rows.weight.max():
        return None
    if rows.interviews * width != len(rows):
        return None
    whole = [column.reshape(-1, width) for column in (rows.candidate, rows.interviewer, rows.question)]
    people = all((column == column[:, :1]).all() for column in whole[:2])
    if people and (whole[2] == np.arange(width)).all():  # interview by interview, as most files are
        return Interviews(whole[0][:, 0].copy(), whole[1][:, 0].copy(), slice(None), rows.value.reshape(-1, width))
    key = (rows.candidate * rows.interviewers + rows.interviewer) * width + rows.question
    order, _ = sorted_groups(key)
    table = key[order].reshape(-1, width)
    pair = table[:, 0] // width
    if not (table == (pair * width)[:, None] + np.arange(width)).all():
        return None
    candidate, interviewer = np.divmod(pair, rows.interviewers)
    return Interviews(candidate, interviewer, order, rows.value[order].reshape(-1, width))


def contrasts(size: int) -> Floats:
    """Return (size, size) orthonormal rows: the mean, then Helmert's contrasts."""
    out = np.tril(np.ones((size, size)), -1) - np.diag(np.arange(size, dtype=np.float64))
    out[0] = 1.0
    return np.asarray(out / np.sqrt((out**2).sum(axis=1, keepdims=True)))


def fit_stratum(
    rows: ModelRows, held: Interviews, response: Floats, factors: tuple[str, ...], spare: tuple[float, int], seed: int
) -> Stratum | None:
    """Fit k responses of interviews to a mean of each and common variances; None where they do not vary.

    Args:
        rows: The ratings.
        held: The interviews.
        response: (p, k).
        factors: `candidate`, `interviewer` or both.
        spare: A sum of squares of the residual alone, and its degrees of freedom.
        seed: Of stochastic traces.
    """
    center = response.mean(axis=0)
    ratings = _sharded(rows, held, response - center, factors, spare)
    start = starting_variances(ratings)
    if not start[-1] > 0.0:
        return None
    search = Search(
        ratings=ratings,
        dense=ratings.rest <= DENSE_LEVELS,
        seed=seed,
        tolerance=1e-6,
        max_iterations=100,
        floor=FLOOR * float(start.sum()),
    )
    return _described(rows, search, ascend(search, first(start)), center)


def _sharded(
    rows: ModelRows, held: Interviews, total: Floats, factors: tuple[str, ...], spare: tuple[float, int]
) -> ShardedRatings:
    (count, width), known = total.shape, {"candidate": held.candidate, "interviewer": held.interviewer}
    sizes = {"candidate": rows.candidates, "interviewer": rows.interviewers}
    weight, sums = np.ones(count), total.sum(axis=0)[None]
    squares = float(np.einsum("ij,ij", total, total)) + spare[0]
    cells = RatingCells(
        names=factors,
        codes=tuple(known[name] for name in factors),
        levels=tuple(sizes[name] for name in factors),
        eliminated=int(np.argmax([sizes[name] for name in factors])),
        nested=None,
        weight=weight,
        total=weight,
        question=np.zeros(count, dtype=np.int64),
        contrasts=np.zeros((0, 0)),
        varying=np.zeros(0, dtype=np.int64),
        fixed=FixedEffects(1, np.zeros(1, dtype=np.int64), np.ones((1, 1)), np.array([[float(count)]]), sums),
        squares=squares,
        ratings=count * width + spare[1],
        center=0.0,
        log_weight=0.0,
    )
    cross = cross_products(cells)
    by = [np.column_stack([tally(cells, at, column) for column in total.T]) for at in range(len(factors))]
    rest = [by[at] for at in cross.slices]
    columns = Columns(sums, by[cross.eliminated], np.vstack(rest) if rest else np.zeros((0, width)))
    return sharded(cells, evolve(cross, response=columns))


def _described(rows: ModelRows, search: Search, ascent: Ascent, center: Floats) -> Stratum:
    point, ratings = ascent.point, search.ratings
    at = point.at
    place = [("candidate", "interviewer", "residual").index(name) for name in (*ratings.names, "residual")]
    at_zero = at.variances <= AT_FLOOR * search.floor
    variances, covariance = np.zeros(3), np.full((3, 3), np.nan)
    variances[place] = np.where(at_zero, 0.0, at.variances)
    inverse, lost = inverse_information(point.here.derivatives.information, free(point.here, search.floor))
    inverse[lost, lost] = np.inf
    inverse[at_zero, at_zero] = np.nan
    covariance[np.ix_(place, place)] = inverse
    diagonal, products = diagonal_at(point, search.seed), float(at.system.fixed[0, 0])
    border = at.system.solved_border
    solved, errors = levels_at(at), Levels(diagonal.eliminated, diagonal.rest)
    shares = Levels(np.concatenate(at.system.s.gathered(fixed_levels, border)), -border)
    found = {
        "candidate": (np.zeros((rows.candidates, 1)), np.zeros(rows.candidates), np.zeros(rows.candidates)),
        "interviewer": (np.zeros((rows.interviewers, 1)), np.zeros(rows.interviewers), np.zeros(0)),
    }
    for factor, name in enumerate(ratings.names):
        most = variances[place[factor]]
        error = np.minimum(at.residual * errors.part(ratings, factor)[:, 0], most)
        shared = at.residual * shares.part(ratings, factor)[:, 0] / products
        found[name] = (solved.part(ratings, factor) * (most > 0), error, shared * (most > 0))
    return Stratum(
        variances,
        covariance,
        center + at.solution.fixed[0],
        at.residual / products,
        *found["candidate"],
        *found["interviewer"][:2],
        ascent,
        ascent.converged,
        "dense" if search.dense else "stochastic",
    )


WHOLE_AT_MOST = 500_000
"""Most ratings for which the default model is fitted whole, however incomplete the interviews."""
SLOW = (OWN, SHARED)
"""The most expensive effects where interviews are incomplete."""

TOO_MANY = Sentence(
    "{effects} are left out: with {ratings} ratings, some missing or weighted, they take minutes; "
    "scores on criteria follow the overall score"
)
ASK = Sentence("--effects {effects} fits them all the same")


def affordable_effects(rows: ModelRows, effects: tuple[str, ...]) -> tuple[tuple[str, ...], list[Finding]]:
    """Leave out effects that would take minutes, with a finding.

    Interviews that all asked the same questions are fitted stratum by stratum (`strata`), which is quick however
    many there are. Others are solved as one sparse system, where the pairs with criteria cost ten times the rest.

    Args:
        rows: The ratings.
        effects: What the design carries.

    Returns:
        The effects to fit, and the finding `effects-too-slow` where some were left out.
    """
    slow = tuple(effect for effect in effects if effect in SLOW)
    if not slow or len(rows) <= WHOLE_AT_MOST or (can_be_split(rows, effects) and _complete(rows)):
        return effects, []
    message = TOO_MANY.format(effects=", ".join(slow), ratings=f"{len(rows):,}")
    finding = Finding(Code.EFFECTS_TOO_SLOW, message, Severity.WARNING, ASK.format(effects=",".join(effects)))
    return tuple(effect for effect in effects if effect not in slow), [finding]


def _complete(rows: ModelRows) -> bool:
    """Return whether every interview asked every question, all with the same weight."""
    if len(rows) % len(rows.shares) or rows.weight.min() != rows.weight.max():
        return False
    return rows.interviews * len(rows.shares) == len(rows)
