"""How firmly the leader leads: under other weights, without each interviewer, without each question.

An overall score is Σ w_c s_c, the criterion scores by share of weight; the calibrated model's too, before scores are
cut to the scale, because the equations do not contain the weights. With d_c by how much the leader is ahead of another
candidate on criterion c, that candidate is level where Σ w_c d_c = 0, so that every smallest change of weights has a
closed form.

- Any change: half of the L1 distance between two weightings is the weight that moves. A unit of it moved from c to the
  criterion m with the smallest d changes the lead by d_c - d_m, so that it is taken from the largest d first until the
  lead is gone: a fractional knapsack, whose greedy solution is that of the linear program.
- One criterion alone, the others in proportion: with D the lead on the others by their proportions, the share t at
  which t d_c + (1 - t) D = 0 is D/(D - d_c).

Plausible weightings are Dirichlet with parameters `CONCENTRATION` times the rubric's shares: their mean is the rubric's
weighting, and a criterion of 20 % has from 12 to 30 % in nine of ten. Leaving out is a refit of what is left.
"""

from collections.abc import Callable, Sequence

import numpy as np
from attrs import frozen

from hiringkit.domain.codes import Code
from hiringkit.domain.finding import Finding, Severity
from hiringkit.domain.profile import Comparison, Method
from hiringkit.domain.robustness import LeadShare, LeftOut, Robustness, WeightChange
from hiringkit.scoring.arrays import Floats
from hiringkit.scoring.calibrated.history import PastOpening
from hiringkit.scoring.calibrated.score import criterion_scores
from hiringkit.scoring.evidence import gather_evidence
from hiringkit.scoring.profiles import TIE
from hiringkit.scoring.ratings import Blueprint, Ratings, first_few, leave_out
from hiringkit.text.sentence import Sentence

CONCENTRATION = 50.0
DRAWS = 10_000
REFITS = 60
"""Most refits, as one takes a fifth of a second and more."""
CLOSE = 0.02
"""Rating points between the first two below which a quick refit is not precise enough to tell them apart."""
QUICK = 120
"""Points of the importance design of a quick refit, whose scores are within 0.01 of those of a full one."""

ALONE = Sentence("fewer than two candidates have a score, so there is no lead to test")
NO_LEADER = Sentence("nobody leads alone, so there is no lead to test")
OTHER_CRITERIA = Sentence(
    "not every criterion is rated of {names}, so plain means cannot be compared under other weights"
)
TOO_MANY = Sentence("{count} refits would take too long: {kept} were made, for those with most ratings")


@frozen(eq=False)
class LinearScores:
    """Overall scores of N candidates as functions of C weights."""

    candidates: Sequence[str]
    """(N,) ids of those with a score."""
    criteria: Sequence[str]
    """(C,) ids of the criteria that anybody was rated on."""
    score: Floats
    """(N, C); NaN where a plain mean has no such part."""
    weights: Floats
    """(C,) shares, adding to 1."""
    method: Method
    connected: bool = True
    """Whether they can be ranked: whether shared interviewers link them all."""

    def overall(self, weights: Floats) -> Floats:
        """Return (D, N) overall scores under (D, C) weightings; of what a candidate has, by its share."""
        known = ~np.isnan(self.score)
        top = weights @ np.where(known, self.score, 0.0).T
        bottom = weights @ known.T.astype(np.float64)
        out = np.full(top.shape, -np.inf)
        np.divide(top, bottom, out=out, where=bottom > 0)
        return out


def measure_robustness(
    columns: Ratings,
    blueprint: Blueprint,
    comparison: Comparison,
    *,
    automatic: bool = True,
    effects: Sequence[str] | None = None,
    prior: str | None = None,
    history: Sequence[PastOpening] | None = None,
    seed: int = 0,
) -> Robustness:
    """Say what it takes to change who leads a comparison.

    Args:
        columns: The ratings that it was made of.
        blueprint: What they are for.
        comparison: Made of them; its leader is the one who is tested.
        automatic: Whether plain means are taken where the rest of the ratings carries no model.
        effects: As the comparison's.
        prior: Likewise.
        history: Likewise.
        seed: Of the weightings that are drawn.
    """
    method = Method.CALIBRATED if comparison.model else Method.OBSERVED

    def score(some: Ratings, asked: Blueprint, points: int | None) -> LinearScores:
        return _score(some, asked, method, automatic, effects, prior, history, points)

    whole = score(columns, blueprint, None)
    first = [profile.candidate for profile in comparison.profiles if profile.rank.position == 1]
    several = len(whole.candidates) > 1
    leader = first[0] if len(first) == 1 and several else None
    findings = [] if leader else [Finding(Code.NO_LEADER, NO_LEADER if several else ALONE, Severity.INFO)]
    moved, changes, told = _other_weights(whole, leader)
    without = _Without(columns, blueprint, score, leader)
    by, what, limited = without.each()
    return Robustness(
        leader,
        moved[0],
        moved[1],
        changes,
        _plausible(whole, seed) if first else (),
        CONCENTRATION,
        DRAWS,
        by,
        what,
        (*findings, *told, *limited),
    )


def _score(
    columns: Ratings,
    blueprint: Blueprint,
    method: Method,
    automatic: bool,
    effects: Sequence[str] | None,
    prior: str | None,
    history: Sequence[PastOpening] | None,
    points: int | None,
) -> LinearScores:
    """Score by the model where the method is that and the ratings carry it, else by plain means."""
    if method is Method.CALIBRATED:
        found = criterion_scores(columns, blueprint, effects=effects, prior=prior, history=history, points=points)
        if found is not None:
            design, table = found
            return LinearScores(
                [columns.candidates[code] for code in design.candidates.tolist()],
                [blueprint.criteria[code] for code in design.criteria.tolist()],
                table,
                design.weights,
                method,
                connected=design.groups.count == 1,
            )
        if not automatic:
            nobody = np.zeros((0, len(blueprint.criteria)))
            return LinearScores((), blueprint.criteria, nobody, _shares(blueprint.weights), method)
    evidence = gather_evidence(columns, blueprint)
    scored, rated = ~np.isnan(evidence.overall), ~np.isnan(evidence.score).all(axis=0)
    return LinearScores(
        [columns.candidates[code] for code in np.flatnonzero(scored).tolist()],
        [blueprint.criteria[code] for code in np.flatnonzero(rated).tolist()],
        evidence.score[np.ix_(scored, rated)],
        _shares(blueprint.weights[rated]),
        Method.OBSERVED,
    )


def _shares(weights: Floats) -> Floats:
    total = float(weights.sum())
    return np.asarray(weights / total if total > 0 else weights)


def _other_weights(
    whole: LinearScores, leader: str | None
) -> tuple[tuple[float | None, str | None], tuple[WeightChange, ...], list[Finding]]:
    """Return the smallest move of weight and who is level then, what each criterion has to weigh, and findings."""
    shares = whole.weights
    unknown = tuple(
        WeightChange(c, share, None, None, None) for c, share in zip(whole.criteria, shares.tolist(), strict=True)
    )
    if leader is None or leader not in whole.candidates:
        return (None, None), unknown, []
    if odd := [who for who, score in zip(whole.candidates, whole.score, strict=True) if np.isnan(score).any()]:
        return (
            (None, None),
            unknown,
            [Finding(Code.OTHER_CRITERIA, OTHER_CRITERIA.format(names=first_few(odd)), Severity.INFO)],
        )
    own = whole.score[list(whole.candidates).index(leader)]
    leads = {who: own - score for who, score in zip(whole.candidates, whole.score, strict=True) if who != leader}
    near = {who: there for who, lead in leads.items() if (there := nearest_weights(shares, lead)) is not None}
    size = {who: float(np.abs(there - shares).sum() / 2) for who, there in near.items()}
    level = min(size, key=lambda who: size[who], default=None)
    changes = []
    for k, criterion in enumerate(whole.criteria):
        alone = [(share, who) for who, lead in leads.items() if (share := _alone(shares, lead, k)) is not None]
        best = min(alone, key=lambda each: abs(each[0] - shares[k]), default=(None, None))
        nearest = None if level is None else float(near[level][k])
        changes.append(WeightChange(criterion, float(shares[k]), nearest, *best))
    return (None if level is None else size[level], level), tuple(changes), []


def nearest_weights(shares: Floats, lead: Floats) -> Floats | None:
    """Return the weighting nearest in L1 under which a lead is gone, None where there is none.

    Args:
        shares: (C,) of the weights, adding to 1.
        lead: (C,) by how much one candidate is ahead of another on each criterion; its mean by weight is not negative.
    """
    left, least = float(shares @ lead), int(np.argmin(lead))
    if lead[least] > TIE:
        return None
    out = shares.copy()
    for k in np.argsort(-lead, kind="stable").tolist():
        gain = float(lead[k] - lead[least])
        if left <= 0 or gain <= 0:
            break
        step = min(float(out[k]), left / gain)
        out[k] -= step
        out[least] += step
        left -= step * gain
    return out


def _alone(shares: Floats, lead: Floats, k: int) -> float | None:
    """Return the share of criterion k at which the lead is gone, the others in proportion; None where there is none."""
    rest = 1.0 - float(shares[k])
    if rest <= TIE:
        return None
    others = float(shares @ lead - shares[k] * lead[k]) / rest
    gap = others - float(lead[k])
    share = others / gap if abs(gap) > TIE else -1.0
    return share if 0.0 <= share <= 1.0 else None


def _plausible(whole: LinearScores, seed: int) -> tuple[LeadShare, ...]:
    """Count who leads under weightings drawn around the rubric's; ties share a draw."""
    if not whole.candidates:
        return ()
    rng = np.random.default_rng(seed)
    # gamma deviates, because Dirichlet parameters of zero are not allowed and a criterion may have no weight
    drawn = rng.gamma(CONCENTRATION * np.tile(whole.weights, (DRAWS, 1)))
    drawn /= drawn.sum(axis=1, keepdims=True)
    overall = whole.overall(drawn)
    first = overall >= overall.max(axis=1, keepdims=True) - TIE
    share = (first / first.sum(axis=1, keepdims=True)).mean(axis=0)
    order = np.argsort(-share, kind="stable").tolist()
    return tuple(LeadShare(whole.candidates[n], float(share[n])) for n in order)


@frozen(eq=False)
class _Without:
    """Refits of what is left of the ratings."""

    columns: Ratings
    blueprint: Blueprint
    score: Callable[[Ratings, Blueprint, int | None], LinearScores]
    leader: str | None

    def each(self) -> tuple[tuple[LeftOut, ...], tuple[LeftOut, ...], list[Finding]]:
        """Return who leads without each interviewer and each question that has ratings, and what was not tried."""
        columns = self.columns
        by = np.bincount(columns.interviewer, minlength=len(columns.interviewers))
        what = np.bincount(columns.question, minlength=len(self.blueprint.questions))
        wanted = sorted(
            [(-int(n), 0, i) for i, n in enumerate(by) if n] + [(-int(n), 1, q) for q, n in enumerate(what) if n]
        )
        kept = wanted[:REFITS]
        people = tuple(self._interviewer(i) for _n, kind, i in sorted(kept, key=lambda e: e[2]) if not kind)
        asked = tuple(self._question(q) for _n, kind, q in sorted(kept, key=lambda e: e[2]) if kind)
        message = TOO_MANY.format(count=len(wanted), kept=len(kept))
        told = [Finding(Code.REFITS_LIMITED, message, Severity.INFO)] if len(wanted) > len(kept) else []
        return people, asked, told

    def _interviewer(self, who: int) -> LeftOut:
        rest = self.columns.take(self.columns.interviewer != who)
        return self._told(self.columns.interviewers[who], rest, self.blueprint)

    def _question(self, question: int) -> LeftOut:
        name = self.blueprint.questions[question]
        return self._told(name, *leave_out(self.columns, self.blueprint, [name]))

    def _told(self, name: str, rest: Ratings, asked: Blueprint) -> LeftOut:
        scores, overall, order = self._ranked(rest, asked, QUICK)
        if scores.method is Method.CALIBRATED and len(order) > 1 and overall[order[0]] - overall[order[1]] < CLOSE:
            scores, overall, order = self._ranked(rest, asked, None)
        ahead = [n for n in order if overall[n] >= overall[order[0]] - TIE] if scores.connected else []
        leaders = tuple(scores.candidates[n] for n in ahead)
        behind = order[1:] if ahead else []
        lead = float(overall[order[0]] - overall[behind[0]]) if behind else None
        changed = None if self.leader is None or not leaders else leaders != (self.leader,)
        return LeftOut(name, leaders, lead, scores.method, changed)

    def _ranked(self, rest: Ratings, asked: Blueprint, points: int | None) -> tuple[LinearScores, Floats, list[int]]:
        scores = self.score(rest, asked, points)
        overall = scores.overall(scores.weights[None])[0]
        return scores, overall, np.argsort(-overall, kind="stable").tolist()
