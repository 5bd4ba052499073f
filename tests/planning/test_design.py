"""How far a design tells candidates apart, and who can be compared at all."""

from itertools import pairwise

import numpy as np
import pytest

from hiringkit.planning.design import connected_parts, difference_reliabilities
from hiringkit.planning.orders import balanced_orders, imbalance, williams_row
from hiringkit.planning.selection import spearman_brown

CANDIDATES = ["a", "b", "c", "d"]
CROSSED = [(candidate, who) for candidate in CANDIDATES for who in ("x", "y", "z")]


def test_with_the_same_interviewers_it_is_the_reliability_of_a_mean() -> None:
    found = difference_reliabilities(CROSSED, CANDIDATES, candidate=1.0, interviewer=0.5)
    assert len(found) == 6
    assert found == pytest.approx([spearman_brown(0.5, 3)] * 6)


@pytest.mark.slow
def test_it_is_what_the_best_prediction_explains_in_simulated_panels() -> None:
    meetings = [("a", "x"), ("b", "x"), ("b", "y"), ("c", "y"), ("c", "z"), ("d", "z")]
    found = difference_reliabilities(meetings, CANDIDATES, candidate=1.5, interviewer=0.7)
    generator = np.random.default_rng(3)
    runs = 200_000
    true = generator.normal(0, 1.5**0.5, (runs, 4))
    severity = generator.normal(0, 0.7**0.5, (runs, 3))
    scores = np.stack(
        [true[:, "abcd".index(c)] + severity[:, "xyz".index(i)] + generator.normal(size=runs) for c, i in meetings]
    )
    pairs = [(n, m) for n in range(4) for m in range(n + 1, 4)]
    for (n, m), reliability in zip(pairs, found, strict=True):
        difference = true[:, n] - true[:, m]
        centred = scores - scores.mean(axis=0)
        weights, *_rest = np.linalg.lstsq(centred.T, difference, rcond=None)
        left = np.var(difference - centred.T @ weights)
        assert reliability == pytest.approx(1 - left / 3.0, abs=0.02)


def test_candidates_who_share_nobody_are_told_apart_less() -> None:
    apart = [("a", "w"), ("a", "x"), ("b", "y"), ("b", "z")]
    shared = [("a", "w"), ("a", "x"), ("b", "w"), ("b", "x")]
    low, high = (
        difference_reliabilities(each, ["a", "b"], candidate=1.0, interviewer=0.5)[0] for each in (apart, shared)
    )
    assert low < high


def test_parts_are_who_can_be_compared() -> None:
    meetings = [("a", "x"), ("b", "x"), ("c", "y")]
    assert connected_parts(meetings, CANDIDATES) == [{"a", "b"}, {"c"}, {"d"}]
    assert connected_parts(CROSSED, CANDIDATES) == [set(CANDIDATES)]
    assert connected_parts([("same", "same"), ("other", "same")], ["same", "other"]) == [{"same", "other"}]


@pytest.mark.parametrize("size", [2, 4, 6, 10])
def test_in_a_williams_square_each_follows_each_once(size: int) -> None:
    rows = [williams_row(size, row) for row in range(size)]
    follows = {pair for row in rows for pair in pairwise(row)}
    assert len(follows) == size * (size - 1)
    assert all(sorted(column) == list(range(size)) for column in zip(*rows, strict=True))


def test_what_has_begun_stays_first_and_orders_are_no_worse_than_plain_ones() -> None:
    names = [f"c{n}" for n in range(7)]
    met = {"x": names, "y": names[:5], "z": names[2:]}
    orders = balanced_orders(met, names, begun={"x": ["c3", "c1"]})
    assert orders["x"][:2] == ["c3", "c1"]
    assert {who: sorted(order) for who, order in orders.items()} == {who: sorted(each) for who, each in met.items()}
    assert imbalance(balanced_orders(met, names)) <= imbalance(met)


def test_an_order_that_does_not_fit_is_not_taken() -> None:
    orders = balanced_orders({"x": CANDIDATES, "y": CANDIDATES}, CANDIDATES, lambda _who, _order, _orders: False)
    assert orders == {"x": CANDIDATES, "y": CANDIDATES}
