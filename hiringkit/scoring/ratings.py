"""The data shapes of scoring: columns of ratings, and the blueprint that says what they are for."""

from collections.abc import Sequence

import numpy as np
from attrs import field, frozen
from numpy.typing import NDArray

from hiringkit.domain.rubric import NoEvidencePolicy, Rubric

Codes = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

NUMBER, NOT_ASSESSED, NO_EVIDENCE = 0, 1, 2


@frozen(eq=False)
class RatingColumns:
    """Ratings as columns of equal length n, one entry a rating; absent ratings are simply not there."""

    candidate: Codes
    """(n,) codes into `candidates`."""
    interviewer: Codes
    """(n,) codes into `interviewers`."""
    question: Codes
    """(n,) codes into the blueprint's questions."""
    value: Floats
    """(n,) the rating where `status` is NUMBER, NaN elsewhere."""
    status: NDArray[np.int8]
    """(n,) NUMBER, NOT_ASSESSED or NO_EVIDENCE."""
    weight: Floats
    """(n,) positive weight of the rating beside others of the same interviewer and criterion; mostly 1."""
    candidates: Sequence[str]
    """Candidate ids; one without any rating may be among them."""
    interviewers: Sequence[str]
    """Interviewer ids."""

    def __len__(self) -> int:
        return len(self.value)

    def take(self, rows: Bools | Codes) -> "RatingColumns":
        """Return the ratings of these rows, with all ids kept."""
        return RatingColumns(
            self.candidate[rows],
            self.interviewer[rows],
            self.question[rows],
            self.value[rows],
            self.status[rows],
            self.weight[rows],
            self.candidates,
            self.interviewers,
        )

    def only(self, rows: Bools) -> "RatingColumns":
        """Return the ratings of these rows, without a copy where that is all of them."""
        return self if rows.all() else self.take(rows)


@frozen(eq=False)
class Blueprint:
    """What the ratings are for: the table of questions by criteria with its weights, and the scale.

    A rubric makes one; without a rubric each question is its own criterion of weight 1.
    """

    criteria: Sequence[str]
    """Criterion ids, C of them."""
    questions: Sequence[str]
    """Question ids, Q of them."""
    loadings: Floats
    """(Q, C) weight of each question as evidence for each criterion; zero where it is none."""
    weights: Floats
    """(C,) positive criterion weights; shares are weights over their sum."""
    bars: Floats
    """(C,) the score below which a criterion counts as a gap; NaN where there is none."""
    required: Bools
    """(C,) whether the criterion is a gate."""
    low: float
    """The scale's lowest level."""
    high: float
    """The scale's highest level."""
    scale_source: str = "rubric"
    """`rubric`, `option` or `data`."""
    minimum_coverage: float = 0.0
    """Share of criterion weight below which a candidate is flagged."""
    no_evidence_lowest: bool = False
    """Whether asked-and-nothing-shown counts as the lowest level instead of being left out."""
    recommend: Sequence[tuple[str, float]] = field(default=())
    """(word, lowest overall score), best first; below the last it is `strong-no`."""


def plain_blueprint(questions: Sequence[str], low: float, high: float, *, source: str) -> Blueprint:
    """Make the blueprint of ratings without a rubric: each question its own criterion of weight 1."""
    n = len(questions)
    return Blueprint(
        criteria=questions,
        questions=questions,
        loadings=np.eye(n),
        weights=np.ones(n),
        bars=np.full(n, np.nan),
        required=np.zeros(n, dtype=bool),
        low=low,
        high=high,
        scale_source=source,
    )


def rubric_blueprint(rubric: Rubric) -> Blueprint:
    """Make the blueprint of a rubric whose banks are resolved.

    A question that bears on criteria outside the rubric counts for those inside it only.
    """
    column = {criterion.id: c for c, criterion in enumerate(rubric.criteria)}
    loadings = np.zeros((len(rubric.asked), len(column)))
    for q, question in enumerate(rubric.asked):
        for criterion, weight in question.criteria.items():
            if criterion in column:
                loadings[q, column[criterion]] = weight
    return Blueprint(
        criteria=tuple(column),
        questions=tuple(question.id for question in rubric.asked),
        loadings=loadings,
        weights=np.array([criterion.weight for criterion in rubric.criteria], dtype=float),
        bars=np.array([np.nan if c.bar is None else c.bar for c in rubric.criteria], dtype=float),
        required=np.array([criterion.required for criterion in rubric.criteria], dtype=bool),
        low=float(rubric.scale.low),
        high=float(rubric.scale.high),
        minimum_coverage=rubric.policy.minimum_coverage,
        no_evidence_lowest=rubric.policy.no_evidence is NoEvidencePolicy.LOWEST,
        recommend=tuple(sorted(rubric.policy.recommend.items(), key=lambda item: -item[1])),
    )
