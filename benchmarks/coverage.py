"""How often intervals hold the truth: simulated panels scored by the calibrated model and by raw means.

    python benchmarks/coverage.py [--panels 1000] [--seed 1] [--prior interview] [--threads 1]

Each row is one kind of panel. Severity has standard deviation 0.45, a rating's residual 0.77, ratings are
rounded to 1-5. *covers* is the share of 90 % intervals that hold the candidate's true score, *width* their
mean width, *Brier* the mean over panels of Σ (P(best) - is best)², *error* the root mean square error of
the scores. *REML* takes estimated variances for the true ones; *zero* is how often it puts the candidates'
variance at zero. Raw scores are means of interviewers' means, with Student's t on their pooled spread.

With `--situations` rows are kinds of panel that are met with (halo beyond the residual, ends of the scale, other
scales and designs), and all truth is in points on the scale as used. *criteria* and *severity* are their coverage,
*decided* the share of bars at the middle level that are passed or failed, *right* of these, *wrong pairs* of the pairs
told apart, *rank interval* its coverage, *said* and *held* the probability of whoever is likeliest to be best and how
often that was so, *tau* Kendall's.
"""

import argparse
import itertools
import os
from collections.abc import Iterator

PARSER = argparse.ArgumentParser(description=__doc__.splitlines()[0])
PARSER.add_argument("--panels", type=int, default=1000, help="simulated panels for each row")
PARSER.add_argument("--seed", type=int, default=1)
PARSER.add_argument("--prior", default=None, help="name of the prior")
PARSER.add_argument("--threads", type=int, default=1, help="of the linear algebra")
PARSER.add_argument("--situations", action="store_true", help="the second table: halo, ends of the scale, designs")
PARSER.add_argument("--no-reml", action="store_true", help="leave out the plug-in REML columns")

if __name__ == "__main__":
    OPTIONS = PARSER.parse_args()
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, str(OPTIONS.threads))

import numpy as np  # noqa: E402 - threads are fixed before it is loaded
from attrs import evolve, frozen  # noqa: E402 - as above
from scipy.special import ndtr, stdtrit  # noqa: E402 - as above
from scipy.stats import kendalltau  # noqa: E402 - as above

from hiringkit.scoring.arrays import Floats  # noqa: E402 - as above
from hiringkit.scoring.calibrated.fit import fit_dense, fit_panel  # noqa: E402 - as above
from hiringkit.scoring.calibrated.prior import Prior, find_prior  # noqa: E402 - as above
from hiringkit.scoring.calibrated.ranking import rank_draws  # noqa: E402 - as above
from hiringkit.scoring.calibrated.score import judge_adjusted  # noqa: E402 - as above
from hiringkit.scoring.design import choose_effects, hindrance, read_design  # noqa: E402 - as above
from hiringkit.scoring.evidence import gather_evidence  # noqa: E402 - as above
from hiringkit.scoring.profiles import FAILED, PASSED  # noqa: E402 - as above
from hiringkit.scoring.ratings import Ratings, plain_blueprint  # noqa: E402 - as above

LEVEL = 0.9
SEVERITY, RESIDUAL, HALO, QUESTION = 0.45, 0.77, 0.4, 0.3
MEAN = 3.2
REML_EVERY = 3
"""Plug-in REML is shown for one panel in three."""


@frozen
class Plan:
    """Who sees whom."""

    name: str
    candidates: int
    interviewers: int
    each: int
    """Interviewers of each candidate."""

    def pairs(self, rng: np.random.Generator) -> list[tuple[int, int]]:
        """Deal interviewers out, all combinations as evenly as can be, until everybody is connected."""
        sets = list(itertools.combinations(range(self.interviewers), self.each))
        while True:
            rounds = -(-self.candidates // len(sets))
            dealt = np.concatenate([rng.permutation(len(sets)) for _ in range(rounds)])[: self.candidates]
            pairs = [(c, i) for c, which in enumerate(dealt) for i in sets[which]]
            if _joined(pairs, self.candidates, self.interviewers):
                return pairs


def _joined(pairs: list[tuple[int, int]], candidates: int, interviewers: int) -> bool:
    reached = {0}
    for _ in range(candidates):
        seen = {i for c, i in pairs if c in reached}
        reached |= {c for c, i in pairs if i in seen}
    return len(reached) == candidates and len({i for _, i in pairs}) == interviewers


PLANS = (Plan("5 by 4, all", 5, 4, 4), Plan("5, two of 4", 5, 4, 2), Plan("8, two of 5", 8, 5, 2))


@frozen
class Kind:
    """A kind of panel."""

    plan: Plan
    spread: float
    """Standard deviation of candidates."""
    questions: int
    halo: float


def kinds() -> Iterator[Kind]:
    """Yield every row of the table."""
    for plan, spread, questions, halo in itertools.product(PLANS, (0.6, 0.3), (1, 6), (0.0, HALO)):
        yield Kind(plan, spread, questions, halo)


@frozen(eq=False)
class Panel:
    """A simulated panel and the candidates' true scores."""

    columns: Ratings
    truth: Floats


def simulate(kind: Kind, rng: np.random.Generator) -> Panel:
    """Draw a panel: true scores are mean level + candidate."""
    plan, q = kind.plan, kind.questions
    pairs = np.array(plan.pairs(rng))
    candidate, interviewer = np.repeat(pairs, q, axis=0).T
    question = np.tile(np.arange(q), len(pairs))
    level = MEAN + QUESTION * rng.standard_normal(q) * (q > 1)
    merit = kind.spread * rng.standard_normal(plan.candidates)
    severity = SEVERITY * rng.standard_normal(plan.interviewers)
    halo = kind.halo * rng.standard_normal((plan.candidates, plan.interviewers))
    value = level[question] + merit[candidate] - severity[interviewer] + halo[candidate, interviewer]
    value = np.clip(np.rint(value + RESIDUAL * rng.standard_normal(len(value))), 1, 5)
    ids = [str(k) for k in range(max(plan.candidates, plan.interviewers))]
    columns = Ratings(
        candidate,
        interviewer,
        question,
        value,
        np.zeros(len(value), dtype=np.int8),
        np.ones(len(value)),
        ids[: plan.candidates],
        ids[: plan.interviewers],
    )
    return Panel(columns, level.mean() + merit)


@frozen(eq=False)
class Scored:
    """Scores with intervals and probabilities of being best."""

    score: Floats
    low: Floats
    high: Floats
    p_best: Floats

    def figures(self, truth: Floats) -> tuple[float, float, float, float]:
        """Return coverage, width, Brier score and squared error."""
        holds = (self.low <= truth) & (truth <= self.high)
        best = np.zeros(len(truth))
        best[np.argmax(truth)] = 1
        brier = float(((self.p_best - best) ** 2).sum())
        squared = float(((self.score - truth) ** 2).mean())
        return float(holds.mean()), float((self.high - self.low).mean()), brier, squared


def raw_means(panel: Panel) -> Scored:
    """Score by means of interviewers' means, with t intervals on their pooled spread."""
    columns = panel.columns
    shape = (len(columns.candidates), len(columns.interviewers))
    at = columns.candidate * shape[1] + columns.interviewer
    counts = np.bincount(at, minlength=shape[0] * shape[1]).reshape(shape)
    sums = np.bincount(at, columns.value, minlength=shape[0] * shape[1]).reshape(shape)
    cells = np.where(counts > 0, sums / np.maximum(counts, 1), np.nan)
    many, mean = (counts > 0).sum(1), np.nanmean(cells, axis=1)
    freedom = int((many - 1).sum())
    error = np.sqrt(np.nansum((cells - mean[:, None]) ** 2) / freedom / many)
    half = stdtrit(freedom, (1 + LEVEL) / 2) * error
    draws = mean + error * np.random.default_rng(0).standard_t(freedom, (8000, shape[0]))
    return Scored(mean, mean - half, mean + half, rank_draws(draws, LEVEL).p_best)


def calibrated(panel: Panel, questions: int, prior: Prior | None) -> tuple[Scored, bool]:
    """Score by the model, plug-in REML without a prior; tell also whether the candidate variance is zero."""
    blueprint = plain_blueprint([str(k) for k in range(questions)], 1, 5, source="option")
    design = read_design(panel.columns, blueprint)
    if hindrance(design) is not None:
        return raw_means(panel), False
    effects, _ = choose_effects(design, None)
    if prior is None:
        fit = fit_dense(design, effects, level=LEVEL, seed=0)
    else:
        fit = fit_panel(design, effects, level=LEVEL, seed=0, prior=prior, other=None)
    p_best = rank_draws(fit.draws, LEVEL).p_best if fit.draws is not None else np.zeros(0)
    zero = (fit.variances["candidate"].estimate or 0.0) < 1e-4  # noqa: PLR2004 - rating points squared
    return Scored(fit.score[:, 0], fit.interval[:, 0, 0], fit.interval[:, 0, 1], p_best), zero


HEAD = (
    "| panel | candidate SD | questions | halo SD | covers | width | Brier | error "
    "| raw covers | raw width | raw Brier | raw error | REML covers | zero |"
)


def row(kind: Kind, panels: int, seed: int, prior: Prior, *, reml: bool) -> str:
    """Simulate, score and return one line of the table."""
    rng = np.random.default_rng(seed)
    ours, raw, plugged = [], [], []
    for number in range(panels):
        panel = simulate(kind, rng)
        if np.ptp(panel.columns.value) == 0:
            continue
        ours.append(calibrated(panel, kind.questions, prior)[0].figures(panel.truth))
        raw.append(raw_means(panel).figures(panel.truth))
        if reml and number % REML_EVERY == 0:
            scored, zero = calibrated(panel, kind.questions, None)
            plugged.append((scored.figures(panel.truth)[0], zero))
    cells = [f"{kind.plan.name}", f"{kind.spread:g}", f"{kind.questions}", f"{kind.halo:g}"]
    for found in (np.mean(ours, axis=0), np.mean(raw, axis=0)):
        cells += [f"{found[0]:.3f}", f"{found[1]:.2f}", f"{found[2]:.3f}", f"{np.sqrt(found[3]):.2f}"]
    cells += [f"{value:.2f}" for value in np.mean(plugged, axis=0)] if reml else ["", ""]
    return f"| {' | '.join(cells)} |"


@frozen
class Situation:
    """A kind of panel with all that a real one may have; standard deviations in rating points."""

    name: str
    plan: Plan
    candidate: float = 0.6
    severity: float = SEVERITY
    halo: float = HALO
    residual: float = RESIDUAL
    strength: float = 0.3
    """Of a candidate on a criterion beside the others."""
    mean: float = MEAN
    questions: int = 6
    criteria: int = 3
    high: int = 5
    step: float = 1.0
    """Between the levels of the scale."""
    shared: bool = False
    """Whether each question bears on two criteria."""
    raiser: bool = False
    """Whether the first interviewer sees everybody besides."""

    @property
    def loadings(self) -> Floats:
        """(Q, C) shares of the criteria in each question."""
        own = np.eye(self.criteria)[np.arange(self.questions) % self.criteria]
        return (0.7 * own + 0.3 * np.roll(own, 1, axis=1)) if self.shared else own

    def expected(self, latent: Floats, deviation: float) -> Floats:
        """Return what ratings about latent values are on average, after rounding and cutting."""
        cuts = np.arange(1.0, self.high, self.step) + self.step / 2
        return np.asarray(1 + self.step * ndtr((latent[..., None] - cuts) / deviation).sum(axis=-1))


EIGHT, FIVE = Plan("8, two of 5", 8, 5, 2), Plan("5 by 4, all", 5, 4, 4)
SITUATIONS = (
    *(
        Situation(
            f"{plan.name}: severity {v:g}, halo {halo:g}", plan, severity=v, halo=halo, residual=0.4, strength=0.0
        )
        for plan, v, halo in ((EIGHT, 0.45, 0.8), (EIGHT, 0.45, 0.6), (EIGHT, 0.3, 0.8), (FIVE, 0.45, 0.8))
    ),
    Situation("ceiling, mean 4.4", EIGHT, mean=4.4),
    Situation("1 to 10", EIGHT, 1.2, 0.9, 0.8, 1.5, 0.6, mean=6.0, high=10),
    Situation("half points", EIGHT, step=0.5),
    Situation("bar-raiser sees all", EIGHT, raiser=True),
    Situation("two criteria a question", EIGHT, shared=True),
    Situation("severity 1.2", EIGHT, severity=1.2),
    Situation("40, two of 8", Plan("40, two of 8", 40, 8, 2)),
    Situation("one question", EIGHT, questions=1, criteria=1, strength=0.0),
)


@frozen(eq=False)
class Truth:
    """What is true of a panel, in points on its scale as used."""

    columns: Ratings
    overall: Floats
    criteria: Floats
    """(N, C)."""
    severity: Floats
    """(I,) about their mean."""


def draw_truth(kind: Situation, rng: np.random.Generator) -> Truth:
    """Draw a panel; what is true is the mean of the ratings that would be given, all questions weighing the same."""
    n, people, q, shares = kind.plan.candidates, kind.plan.interviewers, kind.questions, kind.loadings
    met = kind.plan.pairs(rng)
    if kind.raiser:
        met = sorted({*met, *((c, 0) for c in range(n))})
    candidate, interviewer = np.repeat(np.array(met), q, axis=0).T
    question = np.tile(np.arange(q), len(met))
    own = kind.mean + QUESTION * rng.standard_normal(q) * (q > 1) + kind.candidate * rng.standard_normal((n, 1))
    own = own + kind.strength * rng.standard_normal((n, kind.criteria)) @ shares.T
    severity = kind.severity * rng.standard_normal(people)
    halo = kind.halo * rng.standard_normal((n, people))
    value = own[candidate, question] - severity[interviewer] + halo[candidate, interviewer]
    value += kind.residual * rng.standard_normal(len(value))
    value = np.clip(1 + kind.step * np.rint((value - 1) / kind.step), 1, kind.high)
    ids = [str(k) for k in range(max(n, people))]
    status, weight = np.zeros(len(value), dtype=np.int8), np.ones(len(value))
    columns = Ratings(candidate, interviewer, question, value, status, weight, ids[:n], ids[:people])
    scatter = float(np.hypot(kind.halo, kind.residual))
    merit = kind.expected(own, float(np.hypot(scatter, kind.severity)))
    rated = kind.expected(own[:, None] - severity[:, None], scatter).mean(axis=(0, 2))
    on = merit @ (shares / shares.sum(axis=0))
    return Truth(columns, on.mean(axis=1), on, rated.mean() - rated)


SITUATION_HEAD = (
    "| situation | overall | width | criteria | severity | decided | right | wrong pairs | rank interval "
    "| P(best) said | held | Brier | tau |"
)


def situation_figures(kind: Situation, truth: Truth, prior: Prior) -> list[float]:
    """Score a panel and return what was said and what held, sums beside their counts."""
    plain = plain_blueprint([str(k) for k in range(kind.questions)], 1, kind.high, source="option")
    many = kind.criteria
    blueprint = evolve(
        plain,
        criteria=[str(k) for k in range(many)],
        loadings=kind.loadings,
        weights=np.ones(many),
        bars=np.full(many, float((1 + kind.high) // 2)),
        levels=np.arange(1.0, kind.high + kind.step / 2, kind.step),
        required=np.zeros(many, dtype=bool),
    )
    design = read_design(truth.columns, blueprint)
    if hindrance(design) is not None:
        return []
    effects, _ = choose_effects(design, None)
    fit = fit_panel(design, effects, level=LEVEL, seed=0, prior=prior, other=None)
    draws = fit.draws if fit.draws is not None else np.zeros((1, len(truth.overall)))
    ranking = rank_draws(draws, LEVEL)
    held = (fit.interval[:, 0, 0] <= truth.overall) & (truth.overall <= fit.interval[:, 0, 1])
    on = (fit.interval[:, 1:, 0] <= truth.criteria) & (truth.criteria <= fit.interval[:, 1:, 1])
    strict = (fit.severity_interval[:, 0] <= truth.severity) & (truth.severity <= fit.severity_interval[:, 1])
    state = judge_adjusted(design, fit, gather_evidence(truth.columns, blueprint), blueprint)[0].state
    decided = (state == PASSED) | (state == FAILED)
    right = decided & ((state == PASSED) == (truth.criteria >= blueprint.bars - blueprint.margins))
    surer = (draws[:, :, None] > draws[:, None]).mean(axis=0) >= (1 + LEVEL) / 2
    wrong = surer & (truth.overall[:, None] < truth.overall)
    rank = (-truth.overall).argsort().argsort() + 1
    ranked = (ranking.low <= rank) & (rank <= ranking.high)
    best = np.arange(len(rank)) == np.argmax(truth.overall)
    first = int(np.argmax(ranking.p_best))
    tau = float(kendalltau(fit.score[:, 0], truth.overall).statistic)
    width = float(np.diff(fit.interval[:, 0], axis=1).mean())
    shares = [float(part.mean()) for part in (held, on, strict, decided, ranked)]
    brier = float(((ranking.p_best - best) ** 2).sum())
    sums = [float(part.sum()) for part in (right, decided, wrong, surer)]
    return [*shares, width, brier, tau, float(ranking.p_best[first]), float(best[first]), *sums]


def situation_row(kind: Situation, panels: int, seed: int, prior: Prior) -> str:
    """Simulate, score and return one line of the second table."""
    rng = np.random.default_rng(seed)
    found = [figures for _ in range(panels) if (figures := situation_figures(kind, draw_truth(kind, rng), prior))]
    held, on, strict, decided, ranked, width, brier, tau, said, was, right, sure, wrong, pairs = np.mean(found, axis=0)
    shares = [f"{share:.3f}" for share in (held, on, strict)]
    cells = [kind.name, shares[0], f"{width:.2f}", *shares[1:], f"{decided:.2f}", f"{right / max(sure, 1e-9):.3f}"]
    cells += [f"{wrong / max(pairs, 1e-9):.3f}", f"{ranked:.3f}", f"{said:.2f}", f"{was:.2f}"]
    return f"| {' | '.join([*cells, f'{brier:.3f}', f'{tau:.3f}'])} |"


def main(options: argparse.Namespace) -> None:
    """Print the table."""
    prior = find_prior(options.prior)
    if options.situations:
        print(SITUATION_HEAD)
        print("|---" * (SITUATION_HEAD.count("|") - 1) + "|")
        for situation in SITUATIONS:
            print(situation_row(situation, options.panels, options.seed, prior), flush=True)
        return
    print(HEAD)
    print("|---" * (HEAD.count("|") - 1) + "|")
    for kind in kinds():
        print(row(kind, options.panels, options.seed, prior, reml=not options.no_reml), flush=True)


if __name__ == "__main__":
    main(OPTIONS)
