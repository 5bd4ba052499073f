"""How far interviewers agree, over all ratings and for each criterion: see docs/agreement.md."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial

import numpy as np
from attrs import evolve

from hiringkit.domain.agreement import (
    Agreement,
    AgreementSet,
    Coefficient,
    CriterionAgreement,
    Generalizability,
)
from hiringkit.domain.profile import Interval
from hiringkit.scoring import reasons
from hiringkit.scoring.alpha import krippendorff_alpha
from hiringkit.scoring.bootstrap import drawn_components, percentile_interval
from hiringkit.scoring.components import FACETS, System, components_of, system_of
from hiringkit.scoring.concordance import kendall_w, rwg_j
from hiringkit.scoring.generalizability import (
    Components,
    Draws,
    DStudy,
    anova_components,
    average_reliability,
    design_of,
    erho2,
    generalizability_from_components,
    number,
    phi,
    single_reliability,
)
from hiringkit.scoring.icc import NO_ICC, intraclass
from hiringkit.scoring.kappa import conger_kappa, fleiss_kappa, gwet
from hiringkit.scoring.ratings import Blueprint, Floats, RatingColumns
from hiringkit.scoring.reasons import LEAST_CANDIDATES, LEAST_UNITS, OVERALL, Reason
from hiringkit.scoring.uncertainty import NOTHING
from hiringkit.scoring.units import crossed, last_of_each, rated, units_of

METRICS = ("nominal", "ordinal", "interval")
"""Krippendorff's metrics that fit a rating scale; `ratio` wants a true zero."""
WEIGHTS = "quadratic"
"""Weights of AC2 and Cohen's kappa: a difference of two levels counts four times a difference of one."""

EMPTY = AgreementSet(
    icc=NO_ICC,
    krippendorff_alpha={metric: Coefficient(None, weights=metric) for metric in METRICS},
    gwet_ac1=NOTHING,
    gwet_ac2=NOTHING,
    fleiss_kappa=NOTHING,
    cohen_kappa_weighted=NOTHING,
    kendall_w=NOTHING,
    rwg_j=NOTHING,
)

Part = tuple[AgreementSet, tuple[Reason, ...]]


def score_agreement(columns: RatingColumns, blueprint: Blueprint, *, level: float = 0.9, seed: int = 0) -> Agreement:
    """Compute how far interviewers agree.

    Args:
        columns: The ratings; marks count as the blueprint's policy says, never as zero.
        blueprint: Which question is evidence for which criterion, and the scale.
        level: Of every interval, such as 0.9.
        seed: Of the mixed model, where it is so large that it samples.

    Returns:
        The coefficients; None, with a finding, where the data carry none. Never raises for what the data are.
    """
    numbers = rated(columns, blueprint)
    rows = last_of_each(numbers)
    said = [(OVERALL, reasons.REPEATED)] if len(rows) < len(numbers) else []
    overall, why = _agreement(rows, blueprint, level, seed)
    said.extend((OVERALL, reason) for reason in why)
    per_criterion = []
    for position, criterion in enumerate(blueprint.criteria):
        own = (blueprint.loadings[:, position] > 0)[rows.question]
        part = (overall, why) if own.all() else _agreement(rows.take(own), blueprint, level, seed)
        said.extend((criterion, reason) for reason in part[1])
        per_criterion.append(CriterionAgreement(criterion, int(np.count_nonzero(own)), part[0]))
    return Agreement(level, overall, tuple(per_criterion), reasons.findings_of(said))


def _agreement(rows: RatingColumns, blueprint: Blueprint, level: float, seed: int) -> Part:
    """Compute one set of coefficients, and why some of them are missing."""
    if not _compared(rows):
        return EMPTY, (reasons.ALONE,)
    if not np.ptp(rows.value) > 0:
        return EMPTY, (reasons.SAME,)
    answers, why_answers = _of_answers(rows, blueprint, level)
    candidates, why_candidates = _of_candidates(rows, level, seed)
    both = evolve(
        answers,
        icc=candidates.icc,
        kendall_w=candidates.kendall_w,
        generalizability=candidates.generalizability,
        reliability=candidates.reliability,
    )
    return both, (*why_answers, *why_candidates)


def _compared(rows: RatingColumns) -> bool:
    """Tell whether any candidate was rated by two interviewers."""
    first = np.full(len(rows.candidates), -1)
    first[rows.candidate] = rows.interviewer
    return bool(np.any(first[rows.candidate] != rows.interviewer))


def _of_answers(rows: RatingColumns, blueprint: Blueprint, level: float) -> Part:
    """Compute the coefficients whose unit is the answer."""
    units = units_of(rows, blueprint)
    if units is None:
        return EMPTY, (reasons.MANY_LEVELS,)
    if np.count_nonzero(units.counts.sum(axis=1) > 1) < LEAST_UNITS:
        return EMPTY, (reasons.FEW_UNITS,)
    found = evolve(
        EMPTY,
        krippendorff_alpha={metric: krippendorff_alpha(units, metric, level) for metric in METRICS},
        gwet_ac1=gwet(units, "identity", level),
        gwet_ac2=gwet(units, WEIGHTS, level),
        fleiss_kappa=fleiss_kappa(units, "identity", level),
        cohen_kappa_weighted=conger_kappa(units, WEIGHTS, level),
        rwg_j=rwg_j(units, level),
    )
    nominal = found.krippendorff_alpha["nominal"].estimate
    if nominal is None:
        return found, (reasons.SAME,)
    return found, (reasons.UNANIMOUS,) if nominal == 1.0 else ()


def _of_candidates(rows: RatingColumns, level: float, seed: int) -> Part:
    """Compute the coefficients whose unit is the candidate."""
    if len(np.unique(rows.candidate)) < LEAST_CANDIDATES:
        return EMPTY, (reasons.FEW_CANDIDATES,)
    scores = crossed(rows)
    incomplete = (reasons.INCOMPLETE,) if scores is None else ()
    system = system_of(rows)
    if system is None:
        return EMPTY, (*incomplete, reasons.ENTANGLED)
    components = _components(rows, scores, system)
    draws = drawn_components(system, components, seed)
    interval = partial(percentile_interval, draws=draws, level=level)
    design = design_of(rows)
    found = evolve(EMPTY, generalizability=_generalizability(components, design, interval))
    why = (*incomplete, *_remarks(components, draws))
    if scores is None:
        return evolve(found, reliability=_reliability(components, design, interval)), why
    table = scores.mean(axis=2)
    found = evolve(found, icc=intraclass(table, level), kendall_w=kendall_w(table, level).w)
    untold = found.kendall_w.estimate is None or found.icc["3,1"].estimate is None
    return found, (*((reasons.TIED,) if untold else ()), *why)


def _remarks(components: Components, draws: Draws | None) -> Iterator[Reason]:
    if "interviewer" not in components:
        yield reasons.ONCE_EACH
    if min(components.values()) < 0.0:
        yield reasons.NEGATIVE
    if draws is None:
        yield reasons.LARGE


def _components(rows: RatingColumns, scores: Floats | None, system: System) -> Components:
    if scores is None:
        return components_of(rows, system)
    if scores.shape[2] > 1:
        return anova_components(scores, FACETS)
    return anova_components(scores[:, :, 0], FACETS[:2])


IntervalOf = Callable[[Callable[[Draws], Floats]], Interval | None]
"""From a coefficient as a function of components to its interval."""


def _generalizability(components: Components, design: DStudy, interval: IntervalOf) -> Generalizability:
    return evolve(
        generalizability_from_components(components, design),
        phi_interval=interval(partial(phi, design=design)),
        erho2_interval=interval(partial(erho2, design=design)),
    )


def _reliability(components: Components, design: DStudy, interval: IntervalOf) -> Mapping[str, Coefficient]:
    forms = {"single": single_reliability, "average": average_reliability}
    return {
        name: Coefficient(number(of(components, design)), interval(partial(of, design=design)))
        for name, of in forms.items()
    }
