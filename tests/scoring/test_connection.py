"""Groups of candidates and interviewers."""

import numpy as np
import pytest

from hiringkit.scoring import arrays
from hiringkit.scoring.arrays import find_groups


def test_one_shared_interviewer_is_enough_to_be_one_group() -> None:
    groups = find_groups(np.array([0, 0, 1, 2]), np.array([0, 1, 1, 1]), 3, 2)
    assert groups.count == 1
    assert groups.links == ()


def test_groups_are_numbered_by_size_and_joined_by_those_best_known() -> None:
    candidate = np.array([0, 0, 0, 1, 1, 2, 3, 4])
    interviewer = np.array([0, 0, 0, 0, 0, 1, 1, 2])
    # candidates 0 and 1 met 0; 2 and 3 met 1; 4 met 2
    groups = find_groups(candidate, interviewer, 5, 3)
    assert groups.candidate.tolist() == [0, 0, 1, 1, 2]
    assert groups.interviewer.tolist() == [0, 1, 2]
    assert groups.links == ((0, 2), (0, 4))


def test_the_link_joins_the_groups() -> None:
    candidate, interviewer = np.array([0, 1, 2, 3]), np.array([0, 0, 1, 1])
    (who, whom), *_ = find_groups(candidate, interviewer, 4, 2).links
    after = find_groups(np.append(candidate, whom), np.append(interviewer, who), 4, 2)
    assert after.count == 1


@pytest.mark.parametrize("ratings", [1, 5, 20, 60])
@pytest.mark.parametrize("seed", range(5))
def test_few_and_many_ratings_fall_into_the_same_groups(
    ratings: int, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = np.random.default_rng(seed)
    candidate = np.unique(rng.integers(0, 30, ratings), return_inverse=True)[1].reshape(-1)
    interviewer = np.unique(rng.integers(0, 30, ratings), return_inverse=True)[1].reshape(-1)
    sizes = int(candidate.max()) + 1, int(interviewer.max()) + 1
    few = find_groups(candidate, interviewer, *sizes)
    monkeypatch.setattr(arrays, "FEW", 0)
    many = find_groups(candidate, interviewer, *sizes)
    assert few.candidate.tolist() == many.candidate.tolist()
    assert few.interviewer.tolist() == many.interviewer.tolist()
    assert (few.count, few.links) == (many.count, many.links)


def test_a_long_chain_is_one_group() -> None:
    chain = np.arange(400)
    found = find_groups(np.repeat(chain, 2), np.repeat(np.arange(401), 2)[1:-1], 400, 401)
    assert found.count == 1
