"""How far interviewers agree, over all ratings and for each criterion: see docs/agreement.md."""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial

import numpy as np
from attrs import evolve, frozen

from hiringkit.domain.agreement import (
    DEPENDABLE,
    Agreement,
    AgreementSet,
    Coefficient,
    CriterionAgreement,
)
from hiringkit.domain.codes import Code
from hiringkit.domain.finding import Finding, Severity
from hiringkit.scoring.agreement.alpha import krippendorff_alpha
from hiringkit.scoring.agreement.concordance import kendall_w, rwg_j
from hiringkit.scoring.agreement.generalizability import (
    FACETS,
    Components,
    Draws,
    DStudy,
    HendersonSystem,
    IntervalOf,
    anova_components,
    average_reliability,
    components_of,
    design_of,
    drawn_components,
    generalizability_from_components,
    number,
    percentile_interval,
    single_reliability,
    system_of,
)
from hiringkit.scoring.agreement.icc import NO_ICC, intraclass
from hiringkit.scoring.agreement.jackknife import NOTHING
from hiringkit.scoring.agreement.kappa import conger_kappa, fleiss_kappa, gwet
from hiringkit.scoring.agreement.units import crossed, last_of_each, rated, units_of
from hiringkit.scoring.arrays import Floats
from hiringkit.scoring.ratings import Blueprint, Ratings
from hiringkit.text.sentence import Sentence

LEAST_UNITS = 5
"""Fewest answers rated by two or more interviewers for coefficients of answers."""
LEAST_CANDIDATES = 3
"""Fewest candidates for coefficients of candidates."""
OVERALL = "overall"
"""The scope of all ratings, beside those of the criteria."""


@frozen
class Reason:
    """Why a number is missing or to be read with care."""

    code: Code
    message: str
    hint: str = ""
    severity: Severity = Severity.WARNING


ALONE = Reason(
    Code.TOO_FEW,
    "no candidate was rated by two or more interviewers, so there is nothing to agree on",
    "let at least two interviewers rate the same answers",
)
FEW_UNITS = Reason(
    Code.TOO_FEW,
    Sentence(
        "fewer than {least} answers were rated by two or more interviewers: alpha, AC1, AC2, the kappas and r_WG are"
        " left out"
    ).format(least=LEAST_UNITS),
    "let two interviewers rate more of the same answers",
)
FEW_CANDIDATES = Reason(
    Code.TOO_FEW,
    Sentence(
        "fewer than {least} candidates were rated: intraclass correlations, Kendall's W and generalizability are left"
        " out"
    ).format(least=LEAST_CANDIDATES),
    "come back when more candidates have been interviewed",
)
SAME = Reason(
    Code.NO_VARIATION,
    "all ratings that could be compared are the same, so they show no differences to agree on",
    "see whether the anchors invite more of the scale",
)
TIED = Reason(
    Code.NO_VARIATION,
    "no interviewer told candidates apart, so there is no order of candidates to agree on",
    "see whether the questions are too easy or too hard",
)
UNANIMOUS = Reason(
    Code.NO_INTERVAL,
    "interviewers agreed wherever they could be compared; how sure that is, such data cannot say",
    severity=Severity.INFO,
)
LARGE = Reason(
    Code.NO_INTERVAL,
    "with so many ratings, intervals of reliability and generalizability are short and are left out",
    severity=Severity.INFO,
)
INCOMPLETE = Reason(
    Code.INCOMPLETE_DESIGN,
    "not every interviewer rated every candidate on every question: intraclass correlations and Kendall's W "
    "are left out, and reliability from the mixed model stands in their place",
    "nothing to mend: most panels are incomplete on purpose",
    Severity.INFO,
)
MANY_LEVELS = Reason(
    Code.TOO_MANY_LEVELS,
    "the ratings take too many different values to be levels: alpha, AC1, AC2, the kappas and r_WG are left out",
    "rate on a scale of few levels with anchors",
)
NEGATIVE = Reason(
    Code.NEGATIVE_VARIANCE,
    "a variance component came out below zero and counts as zero, as happens with few interviewers",
    severity=Severity.INFO,
)
ENTANGLED = Reason(
    Code.CONFOUNDED,
    "who rated whom does not let candidates, interviewers and chance be told apart: reliability and "
    "generalizability are left out",
    "let interviewers share candidates, and candidates interviewers",
)
ONCE_EACH = Reason(
    Code.CONFOUNDED,
    "hardly any interviewer rated more than once, so severity cannot be told from chance and counts as such",
    "let interviewers rate more than one candidate",
    Severity.INFO,
)
REPEATED = Reason(
    Code.DUPLICATE_RATING,
    "an interviewer rated a candidate more than once on the same question; the last rating counts",
    "keep one rating of each",
)


def findings_of(said: Iterable[tuple[str, Reason]]) -> tuple[Finding, ...]:
    """Make one finding of each reason, its path naming `overall` and the criteria that it holds for.

    Args:
        said: Scope (`overall` or a criterion's id) and reason.
    """
    scopes: dict[Reason, list[str]] = {}
    for scope, reason in said:
        known = scopes.setdefault(reason, [])
        if scope not in known:
            known.append(scope)
    return tuple(
        Finding(reason.code, reason.message, reason.severity, reason.hint, ", ".join(where))
        for reason, where in scopes.items()
    )


METRICS = ("nominal", "ordinal", "interval")
"""Krippendorff's metrics that suit a rating scale; `ratio` needs a true zero."""
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


def score_agreement(
    columns: Ratings, blueprint: Blueprint, *, level: float = 0.9, seed: int = 0, target: float = DEPENDABLE
) -> Agreement:
    """Compute how far interviewers agree.

    Args:
        columns: The ratings; marks count as the blueprint's policy says, never as zero.
        blueprint: Which question is evidence for which criterion, and the scale.
        level: Of every interval, such as 0.9.
        seed: For the mixed model, where it is so large that it samples.
        target: The Φ that a decision requires.

    Returns:
        The coefficients; None, with a finding, where the data do not determine one. Never raises because of the data.
    """
    numbers = rated(columns, blueprint)
    rows = last_of_each(numbers)
    said = [(OVERALL, REPEATED)] if len(rows) < len(numbers) else []
    overall, why = _agreement(rows, blueprint, level, seed, target)
    said.extend((OVERALL, reason) for reason in why)
    per_criterion = []
    for position, criterion in enumerate(blueprint.criteria):
        own = (blueprint.loadings[:, position] > 0)[rows.question]
        part = (overall, why) if own.all() else _agreement(rows.take(own), blueprint, level, seed, target)
        said.extend((criterion, reason) for reason in part[1])
        per_criterion.append(CriterionAgreement(criterion, int(np.count_nonzero(own)), part[0]))
    return Agreement(level, overall, tuple(per_criterion), findings_of(said))


def _agreement(rows: Ratings, blueprint: Blueprint, level: float, seed: int, target: float) -> Part:
    """Compute one set of coefficients, and why some of them are missing."""
    if not _compared(rows):
        return EMPTY, (ALONE,)
    if not np.ptp(rows.value) > 0:
        return EMPTY, (SAME,)
    answers, why_answers = _of_answers(rows, blueprint, level)
    candidates, why_candidates = _of_candidates(rows, level, seed, target)
    both = evolve(
        answers,
        icc=candidates.icc,
        kendall_w=candidates.kendall_w,
        generalizability=candidates.generalizability,
        reliability=candidates.reliability,
    )
    return both, (*why_answers, *why_candidates)


def _compared(rows: Ratings) -> bool:
    """Return whether any candidate was rated by two interviewers."""
    first = np.full(len(rows.candidates), -1)
    first[rows.candidate] = rows.interviewer
    return bool(np.any(first[rows.candidate] != rows.interviewer))


def _of_answers(rows: Ratings, blueprint: Blueprint, level: float) -> Part:
    """Compute the coefficients whose unit is the answer."""
    units = units_of(rows, blueprint)
    if units is None:
        return EMPTY, (MANY_LEVELS,)
    if np.count_nonzero(units.counts.sum(axis=1) > 1) < LEAST_UNITS:
        return EMPTY, (FEW_UNITS,)
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
        return found, (SAME,)
    return found, (UNANIMOUS,) if nominal == 1.0 else ()


def _of_candidates(rows: Ratings, level: float, seed: int, target: float) -> Part:
    """Compute the coefficients whose unit is the candidate."""
    if len(np.unique(rows.candidate)) < LEAST_CANDIDATES:
        return EMPTY, (FEW_CANDIDATES,)
    scores = crossed(rows)
    incomplete = (INCOMPLETE,) if scores is None else ()
    system = system_of(rows)
    if system is None:
        return EMPTY, (*incomplete, ENTANGLED)
    components = _components(rows, scores, system)
    draws = drawn_components(system, components, seed)
    interval = partial(percentile_interval, draws=draws, level=level)
    design = design_of(rows)
    studied = generalizability_from_components(components, design, interval, target=target, exact=draws is None)
    found = evolve(EMPTY, generalizability=studied)
    why = (*incomplete, *_remarks(components, draws))
    if scores is None:
        return evolve(found, reliability=_reliability(components, design, interval)), why
    table = scores.mean(axis=2)
    found = evolve(found, icc=intraclass(table, level), kendall_w=kendall_w(table, level).w)
    untold = found.kendall_w.estimate is None or found.icc["3,1"].estimate is None
    return found, (*((TIED,) if untold else ()), *why)


def _remarks(components: Components, draws: Draws | None) -> Iterator[Reason]:
    if "interviewer" not in components:
        yield ONCE_EACH
    if min(components.values()) < 0.0:
        yield NEGATIVE
    if draws is None:
        yield LARGE


def _components(rows: Ratings, scores: Floats | None, system: HendersonSystem) -> Components:
    if scores is None:
        return components_of(rows, system)
    if scores.shape[2] > 1:
        return anova_components(scores, FACETS)
    return anova_components(scores[:, :, 0], FACETS[:2])


def _reliability(components: Components, design: DStudy, interval: IntervalOf) -> Mapping[str, Coefficient]:
    forms = {"single": single_reliability, "average": average_reliability}
    return {
        name: Coefficient(number(of(components, design)), interval(partial(of, design=design)))
        for name, of in forms.items()
    }
