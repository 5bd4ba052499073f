"""What has to be said beside scores of either method: who has none, who is thinly covered, whose gate is open."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from hiringkit.domain.finding import Finding, Severity
from hiringkit.domain.sentence import Sentence
from hiringkit.scoring.criterionrows import TIE
from hiringkit.scoring.evidence import Evidence
from hiringkit.scoring.faults import first_few
from hiringkit.scoring.ratings import Blueprint, Bools

NO_SCORE = Sentence("no score for {names}: nobody has rated what counts")
COVERAGE_LOW = Sentence("less than {share:.0%} of the criterion weight is rated: {names}")
GATE_UNRATED = Sentence("a required criterion has no score, so there is no recommendation: {names}")


def listed(ids: Sequence[str], which: Bools, names: Mapping[str, str]) -> str:
    """Name the first few of those that a mask picks and count the others; empty where it picks none."""
    return first_few([names.get(ids[i], ids[i]) for i in np.flatnonzero(which).tolist()])


def unrated_remarks(
    candidates: Sequence[str], names: Mapping[str, str], evidence: Evidence, blueprint: Blueprint
) -> Iterator[Finding]:
    """Say who has no score, who is thinly covered and whose gate is open."""
    scored = ~np.isnan(evidence.overall)
    if who := listed(candidates, ~scored, names):
        yield Finding("no-score", NO_SCORE.format(names=who), Severity.WARNING)
    least = blueprint.minimum_coverage
    if who := listed(candidates, scored & (evidence.coverage < least - TIE), names):
        hint = "schedule interviews on the criteria without a score"
        yield Finding("coverage-low", COVERAGE_LOW.format(share=least, names=who), Severity.WARNING, hint)
    gates = blueprint.required & ~np.isnan(blueprint.bars)
    if who := listed(candidates, scored & (np.isnan(evidence.score) & gates).any(axis=1), names):
        yield Finding("gate-unrated", GATE_UNRATED.format(names=who), Severity.WARNING)
