"""What the ratings can tell apart: against the t tests of scipy."""

import math
from collections.abc import Callable, Sequence

import numpy as np
import pytest
from scipy import stats

from hiringkit.scoring.evidence import gather_evidence
from hiringkit.scoring.observed import separation
from hiringkit.scoring.observed.separation import observed_standing
from hiringkit.scoring.observed.spread import overall_spread
from hiringkit.scoring.profiles import Standing
from hiringkit.scoring.ratings import Blueprint, Ratings, plain_blueprint

ColumnsOf = Callable[..., Ratings]
ONE = plain_blueprint(["q"], 1.0, 5.0, source="option")
Scores = dict[str, Sequence[float]]


def standing_of(columns: Ratings, level: float, blueprint: Blueprint = ONE) -> Standing:
    evidence = gather_evidence(columns, blueprint)
    return observed_standing(evidence.overall, overall_spread(evidence), level)


def same_interviewers(scores: Scores) -> list[tuple[str, str, str, float]]:
    return [(who, f"i{i}", "q", value) for who, values in scores.items() for i, value in enumerate(values)]


def own_interviewers(scores: Scores) -> list[tuple[str, str, str, float]]:
    return [(who, f"{who}{i}", "q", v) for who, values in scores.items() for i, v in enumerate(values)]


def unclear(standing: Standing) -> list[list[int]]:
    return [others.tolist() for others in standing.unclear]


ANN, BEN = (2.0, 3.0, 2.5, 4.0), (3.0, 3.5, 4.0, 5.0)


@pytest.mark.parametrize("nudge", [-1e-6, 1e-6])
def test_with_the_same_interviewers_it_is_the_paired_t_test(columns_of: ColumnsOf, nudge: float) -> None:
    p_value = stats.ttest_rel(ANN, BEN).pvalue
    standing = standing_of(columns_of(same_interviewers({"ann": ANN, "ben": BEN}), ONE), 1 - p_value + nudge)
    assert unclear(standing) == ([[], []] if nudge < 0 else [[1], [0]])


@pytest.mark.parametrize("nudge", [-1e-6, 1e-6])
def test_with_no_interviewer_in_common_it_is_welchs_t_test(columns_of: ColumnsOf, nudge: float) -> None:
    p_value = stats.ttest_ind(ANN, BEN[:3], equal_var=False).pvalue
    columns = columns_of(own_interviewers({"ann": ANN, "ben": BEN[:3]}), ONE)
    standing = standing_of(columns, 1 - p_value + nudge)
    assert unclear(standing) == ([[], []] if nudge < 0 else [[1], [0]])


@pytest.mark.parametrize("nudge", [-1e-6, 1e-6])
def test_interviewers_in_common_are_paired_and_the_others_are_not(columns_of: ColumnsOf, nudge: float) -> None:
    """Ida and joe saw both. Deviations from the mean: ann -1, 0, 1 and ben -1, 1, 0.

    The variance of each score is 2 / 6 = 1/3, their covariance ((-1)(-1) + (0)(1)) 3/2 / 9 = 1/6; that of the
    difference 1/3, on the 2 degrees of freedom of either. The difference is 2.
    """
    rows = [("ann", i, "q", v) for i, v in (("ida", 1), ("joe", 2), ("lin", 3))]
    rows += [("ben", i, "q", v) for i, v in (("ida", 3), ("joe", 5), ("max", 4))]
    p_value = 2 * stats.t.sf(2 / math.sqrt(1 / 3), 2)
    standing = standing_of(columns_of(rows, ONE), 1 - p_value + nudge)
    assert unclear(standing) == ([[], []] if nudge < 0 else [[1], [0]])


def test_strictness_in_common_does_not_hide_a_difference(columns_of: ColumnsOf) -> None:
    """Interviewers are far apart and agree that ben is better by about one: paired clear, unpaired not."""
    scores: Scores = {"ann": (1.0, 2.0, 3.0, 4.0), "ben": (2.1, 2.9, 4.1, 4.9)}
    assert unclear(standing_of(columns_of(same_interviewers(scores), ONE), 0.9)) == [[], []]
    assert unclear(standing_of(columns_of(own_interviewers(scores), ONE), 0.9)) == [[1], [0]]


@pytest.mark.parametrize(("interviewers", "told_apart"), [(2, False), (4, False), (5, True)])
def test_without_any_spread_it_takes_five_to_agree(columns_of: ColumnsOf, interviewers: int, told_apart: bool) -> None:
    """2 / 2**4 = .125 is above one tenth, 2 / 2**5 = .0625 below."""
    scores: Scores = {"ann": [3.0] * interviewers, "ben": [4.0] * interviewers}
    standing = standing_of(columns_of(same_interviewers(scores), ONE), 0.9)
    assert unclear(standing) == ([[], []] if told_apart else [[1], [0]])


def test_one_interviewer_tells_nobody_from_anybody(columns_of: ColumnsOf) -> None:
    rows = [*same_interviewers({"ann": (1.0, 1.1, 1.0), "ben": (4.0, 4.1, 4.1)}), ("cat", "i0", "q", 5.0)]
    standing = standing_of(columns_of(rows, ONE), 0.9)
    assert unclear(standing) == [[2], [2], [1, 0]]  # each best first: cat, ben, ann


def test_equal_scores_are_not_separable_even_without_spread(columns_of: ColumnsOf) -> None:
    columns = columns_of(same_interviewers({"ann": [3.0] * 9, "ben": [3.0] * 9}), ONE)
    assert unclear(standing_of(columns, 0.9)) == [[1], [0]]


def test_rank_intervals_count_those_who_are_surely_better_or_worse(columns_of: ColumnsOf) -> None:
    scores: Scores = {"low": (1.0, 1.1, 1.0, 1.2), "mid": (3.0, 3.1, 3.3, 3.0), "top": (3.1, 3.0, 3.2, 3.2)}
    standing = standing_of(columns_of(same_interviewers(scores), ONE), 0.9)
    assert standing.position.tolist() == [3, 2, 1]
    assert standing.low.tolist() == [3, 1, 1]
    assert standing.high.tolist() == [3, 2, 2]


def test_whoever_is_separable_from_everybody_has_a_single_rank(columns_of: ColumnsOf) -> None:
    """Ann against ben is clear at .9 (p = .073); what other candidates there are does not change that."""
    scores: Scores = {"ann": (2.0, 3.0, 2.5, 4.0), "ben": (2.6, 3.1, 3.2, 4.2), "cat": (1.0, 5.0, 1.0, 1.0)}
    assert stats.ttest_rel(scores["ann"], scores["ben"]).pvalue == pytest.approx(0.073, abs=5e-4)
    standing = standing_of(columns_of(same_interviewers(scores), ONE), 0.9)
    assert unclear(standing) == [[2], [2], [1, 0]]
    assert standing.low.tolist() == [2, 1, 1]
    assert standing.high.tolist() == [3, 2, 3]


def test_more_candidates_than_a_block_are_compared_all_with_all(
    columns_of: ColumnsOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = np.random.default_rng(3)
    scores: Scores = {f"c{i}": rng.uniform(1, 5, 4).tolist() for i in range(11)}
    columns = columns_of(same_interviewers(scores), ONE)
    whole = standing_of(columns, 0.9)
    monkeypatch.setattr(separation, "BLOCK", 3)
    blocks = standing_of(columns, 0.9)
    assert unclear(blocks) == unclear(whole)
    assert blocks.low.tolist() == whole.low.tolist()
    assert blocks.high.tolist() == whole.high.tolist()


def test_too_many_candidates_are_ranked_without_comparing_pairs(columns_of: ColumnsOf) -> None:
    many = separation.PAIRED_AT_MOST + 1
    overall = np.arange(many, dtype=float)
    columns = columns_of([(f"c{i}", "ida", "q", 3) for i in range(many)], ONE)
    standing = observed_standing(overall, overall_spread(gather_evidence(columns, ONE)), 0.9)
    assert standing.position[:2].tolist() == [many, many - 1]
    assert not standing.low.any()
    assert not any(len(others) for others in standing.unclear)
