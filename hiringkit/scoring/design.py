"""What the ratings support: the rows of the model, its effects, and whether it can be fitted at all."""

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from attrs import frozen

from hiringkit.domain.codes import Code
from hiringkit.domain.finding import Finding, Severity
from hiringkit.domain.rating_table import NO_EVIDENCE, NUMBER
from hiringkit.scoring.arrays import Bools, Codes, Floats, Groups, find_groups
from hiringkit.scoring.calibrated.model import ModelRows, codes_of
from hiringkit.scoring.effects import CRITERION, DEFAULT_EFFECTS, HALO
from hiringkit.scoring.ratings import Blueprint, Ratings
from hiringkit.text.sentence import Sentence


@frozen(eq=False)
class Design:
    """The ratings as the model sees them, and what they are about.

    With ratings of other openings among the rows (`history.join`), all else is about the opening to be scored:
    its candidates, interviewers and criteria are the first of the rows'.
    """

    rows: ModelRows
    candidates: Codes
    """(N,) codes of the candidates with a rating."""
    interviewers: Codes
    """(I,) codes of the interviewers with a rating."""
    criteria: Codes
    """(C,) codes of the criteria that some rating bears on."""
    level_weights: Floats
    """(Q, C) weights of the rows' questions in each criterion's level; columns add to 1."""
    weights: Floats
    """(C,) shares of the criteria in the overall score, adding to 1."""
    groups: Groups
    """Who can be compared with whom."""

    @property
    def scored(self) -> int:
        """How many of the rows, counted from the first, are ratings to score."""
        return len(self.rows) if self.rows.joined is None else self.rows.joined.ratings


def read_design(columns: Ratings, blueprint: Blueprint) -> Design:
    """Select the ratings that count as numbers for some criterion, and code them."""
    counts = counts_for_something(columns, blueprint)
    used = columns if counts.all() else columns.take(counts)
    candidates, candidate = _without_gaps(used.candidate, len(used.candidates))
    interviewers, interviewer = _without_gaps(used.interviewer, len(used.interviewers))
    questions, question = _without_gaps(used.question, len(blueprint.questions))
    criteria = np.flatnonzero((blueprint.loadings[questions] > 0).any(axis=0))
    loadings = blueprint.loadings[np.ix_(questions, criteria)].reshape(len(questions), len(criteria))
    weights = blueprint.weights[criteria]
    rows = ModelRows(
        candidate,
        interviewer,
        question,
        used.value if not used.status.any() else np.where(used.status == NUMBER, used.value, blueprint.low),
        used.weight if (used.weight == 1.0).all() else used.weight / used.weight.mean(),
        len(candidates),
        len(interviewers),
        loadings / loadings.sum(axis=1, keepdims=True),
    )
    level_weights = loadings / loadings.sum(axis=0)
    groups = find_groups(candidate, interviewer, len(candidates), len(interviewers))
    return Design(rows, candidates, interviewers, criteria, level_weights, weights / weights.sum(), groups)


def counts_for_something(columns: Ratings, blueprint: Blueprint) -> Bools:
    """Return (n,) which ratings count as numbers for some criterion."""
    counts = columns.status == NUMBER
    if blueprint.no_evidence_lowest:
        counts = counts | (columns.status == NO_EVIDENCE)
    bears: Bools = np.any(blueprint.loadings > 0, axis=1)
    return np.asarray(counts & bears[columns.question])


def _without_gaps(codes: Codes, size: int) -> tuple[Codes, Codes]:
    """Return the codes that occur, and each row's position among them."""
    present = np.bincount(codes, minlength=size) > 0
    if present.all():
        return np.arange(size), codes
    place = np.cumsum(present) - 1
    return np.flatnonzero(present), place[codes]


NO_RATINGS = Sentence("no rating is a number, so there is nothing to calibrate")
ONE_CANDIDATE = Sentence("there is one candidate only, so nobody to compare their ratings with")
ONE_INTERVIEWER = Sentence("there is one interviewer only, so severity cannot be told from merit")
NO_VARIATION = Sentence("all ratings of each question are the same, so they tell no candidate from another")
NO_OVERLAP = Sentence("no candidate was seen by two interviewers, so severity cannot be told from merit")
NO_REPLICATION = Sentence("there are too few ratings to tell candidates, interviewers and chance apart")


def hindrance(design: Design) -> Finding | None:
    """Return why no calibrated score is possible, or None if it is.

    Besides the obvious conditions it takes one candidate whom two interviewers saw, and at least one rating more
    than the questions, candidates and interviewers have means between them.
    """
    rows = design.rows
    if not len(rows):
        return _warn(Code.NO_RATINGS, NO_RATINGS)
    means = rows.candidates + rows.interviewers - design.groups.count + len(rows.shares) - 1
    obstacles = (
        (rows.candidates == 1, Code.ONE_CANDIDATE, ONE_CANDIDATE, Sentence("score the others too, or read the means")),
        (
            rows.interviewers == 1,
            Code.ONE_INTERVIEWER,
            ONE_INTERVIEWER,
            Sentence("let another interviewer see some of them"),
        ),
        (_no_variation(rows), Code.NO_VARIATION, NO_VARIATION, ""),
        (
            rows.interviews == rows.candidates,
            Code.ONE_INTERVIEWER_EACH,
            NO_OVERLAP,
            Sentence("let two interviewers see some of them"),
        ),
        (len(rows) <= means, Code.NO_REPLICATION, NO_REPLICATION, Sentence("read the means, or collect more ratings")),
    )
    return next((_warn(code, message, hint) for holds, code, message, hint in obstacles if holds), None)


def _no_variation(rows: ModelRows) -> bool:
    """Return whether all ratings of each question are the same."""
    first = np.empty(len(rows.shares))
    first[rows.question] = rows.value
    head = slice(None, _HEAD)  # of a large file, a few are enough to tell that they vary
    alike = (rows.value[head] == first[rows.question[head]]).all()
    return bool(alike and (rows.value == first[rows.question]).all())


def _warn(code: Code, message: str, hint: str = "") -> Finding:
    return Finding(code, message, Severity.WARNING, hint)


_HEAD = 10_000
COUNTED = 50_000_000
"""Most possible levels for which those that occur are counted in a table."""


@frozen(eq=False)
class _Partition:
    """The ratings sorted into the levels of an effect; criteria by what questions bear on."""

    rows: ModelRows
    effect: str

    @cached_property
    def _coded(self) -> tuple[Codes, int]:
        """One key a rating, and how many different ones there may be."""
        key, size = np.zeros(0, dtype=np.int64), 0
        for factor in self.effect.split(":"):
            codes, levels = self._codes(factor)
            key, size = (key * levels + codes, size * levels) if size else (codes, levels)
        return key, size

    def _codes(self, factor: str) -> tuple[Codes, int]:
        if factor != CRITERION:
            return codes_of(self.rows, factor)
        _, profile = np.unique(self.rows.shares, axis=0, return_inverse=True)
        profile = profile.reshape(-1)
        alone = len(profile) == int(profile.max()) + 1 and bool((np.diff(profile) == 1).all())
        return (self.rows.question if alone else profile[self.rows.question]), int(profile.max()) + 1

    @property
    def key(self) -> Codes:
        """(n,) equal where two ratings share the level."""
        return self._coded[0]

    @cached_property
    def levels(self) -> int:
        """How many levels occur."""
        return self.rows.interviews if self.effect == HALO else _count(*self._coded)


def _count(key: Codes, size: int) -> int:
    """Count the different keys, all below `size`."""
    if size <= COUNTED:
        present = np.zeros(size, dtype=bool)
        present[key] = True
        return int(present.sum())
    ordered = key if np.all(key[1:] >= key[:-1]) else np.sort(key)
    return int(np.count_nonzero(np.diff(ordered))) + bool(len(key))


def _same(first: _Partition, second: _Partition) -> bool:
    """Return whether two effects group the ratings in the same way."""
    if first.levels != second.levels:
        return False
    codes = [np.unique(part.key, return_inverse=True)[1].reshape(-1) for part in (first, second)]
    return _count(codes[0] * second.levels + codes[1], first.levels * second.levels) == first.levels


ONE_LEVEL = Sentence("there is only one")
NOT_REPEATED = Sentence("none was rated twice, so it cannot be told from chance")
ALIAS = Sentence("it cannot be told from {other}")
NOT_CROSSED = Sentence("a question bears on its criteria by definition")


def _obstacle(rows: ModelRows, effect: str, own: _Partition, kept: dict[str, _Partition]) -> str:
    """Return why an effect cannot be fitted beside those kept, or an empty text."""
    if effect == "question:criterion":
        return NOT_CROSSED
    if own.levels == 1:
        return ONE_LEVEL
    twin = next((name for name, other in kept.items() if _same(own, other)), None)
    if twin is not None:
        return ALIAS.format(other=twin)
    return NOT_REPEATED if own.levels == len(rows) else ""


def choose_effects(design: Design, effects: Sequence[str] | None) -> tuple[tuple[str, ...], list[Finding]]:
    """Keep the effects that the design supports, and report why each other one is left out.

    Args:
        design: One that `hindrance` has no objection to.
        effects: Names as `parse_effects` gives them; None for the default ones.

    Returns:
        The effects kept, and a finding `effect-left-out` for each of the others.
    """
    kept: dict[str, _Partition] = {}
    findings = []
    severity = Severity.INFO if effects is None else Severity.WARNING
    for effect in DEFAULT_EFFECTS if effects is None else effects:
        own = _Partition(design.rows, effect)
        reason = _obstacle(design.rows, effect, own, kept)
        if not reason or effect == "candidate":
            kept[effect] = own
            continue
        findings.append(
            Finding(
                Code.EFFECT_LEFT_OUT,
                Sentence("{effect} is left out: {reason}").format(effect=effect, reason=reason),
                severity,
            )
        )
    return tuple(kept), findings
