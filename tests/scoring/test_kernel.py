"""Cross-products of ratings and the equations made of them, against dense matrices."""

import numpy as np
import pytest
from scipy.sparse import csr_array

from hiringkit.errors import Refused
from hiringkit.scoring.arrays import Codes, Floats
from hiringkit.scoring.large.ascent import equations
from hiringkit.scoring.large.cells import RatingCells, collapse, nested_factor
from hiringkit.scoring.large.kernel import Columns, CrossProducts, cross_products, nested_products, shrinkage
from hiringkit.scoring.large.reml import levels_at
from hiringkit.scoring.large.shards import gram, sampled
from hiringkit.scoring.large.solver import bordered, complement, conjugate_gradients, dense_inverse, sharded

RNG = np.random.default_rng(0)
CANDIDATE = RNG.integers(0, 9, 80)
INTERVIEWER = RNG.integers(0, 4, 80)
QUESTION = RNG.integers(0, 3, 80)
VALUE = RNG.normal(3, 1, 80)
WEIGHT = RNG.uniform(0.5, 2, 80)
LEVELS = {"candidate": 9, "interviewer": 4, "candidate:interviewer": 36, "candidate:question": 27}
FACTORS = {
    "candidate": CANDIDATE,
    "interviewer": INTERVIEWER,
    "candidate:interviewer": CANDIDATE * 4 + INTERVIEWER,
    "candidate:question": CANDIDATE * 3 + QUESTION,
}


def some(*names: str) -> dict[str, Codes]:
    return {name: FACTORS[name] for name in names}


def cells_of(*names: str) -> RatingCells:
    return collapse(VALUE, WEIGHT, QUESTION, some(*names), {name: LEVELS[name] for name in names})


def indicators(codes: Codes, levels: int) -> Floats:
    return np.asarray(np.eye(levels)[codes], dtype=np.float64)


def design(cells: RatingCells, cross: CrossProducts) -> Floats:
    """Return [X, Z] with columns in the order of fixed, eliminated and remaining levels."""
    x = indicators(QUESTION, 3) @ cells.fixed.basis
    order = [cross.eliminated, *cross.slices]
    z = [indicators(FACTORS[cells.names[at]], LEVELS[cells.names[at]]) for at in order]
    return np.hstack([x, *z])


def full(cross: CrossProducts) -> Floats:
    """Return the cross-products as one dense matrix in that order."""
    coupling = cross.coupling.toarray()
    rest = np.diag(cross.rest_diagonal[:, 0])
    if cross.rest_coupling is not None:
        rest = rest + cross.rest_coupling.toarray()
    return np.block(
        [
            [cross.products, cross.fixed.T, cross.rest_fixed.T],
            [cross.fixed, np.diag(cross.diagonal[:, 0]), coupling],
            [cross.rest_fixed, coupling.T, rest],
        ]
    )


def stacked(columns: Columns) -> Floats:
    return np.vstack([columns.fixed, columns.eliminated, columns.rest])


class TestCells:
    def test_a_pair_is_nested_in_its_two_factors(self) -> None:
        assert nested_factor(some("candidate", "interviewer", "candidate:interviewer"), LEVELS) is not None

    def test_a_pair_is_not_nested_in_a_factor_that_varies_within_it(self) -> None:
        assert nested_factor(FACTORS, LEVELS) is None

    def test_the_first_factor_is_never_absorbed(self) -> None:
        assert nested_factor(some("candidate:interviewer", "candidate", "interviewer"), LEVELS) is None

    def test_cells_keep_the_totals_of_their_ratings(self) -> None:
        cells = cells_of("candidate", "interviewer", "candidate:interviewer")
        pair = FACTORS["candidate:interviewer"]
        mean = np.average(VALUE, weights=WEIGHT)
        np.testing.assert_allclose(cells.weight, np.bincount(pair, WEIGHT, 36))
        np.testing.assert_allclose(cells.total, np.bincount(pair, WEIGHT * (VALUE - mean), 36), atol=1e-12)
        assert cells.center == pytest.approx(mean)

    def test_questions_that_every_interview_asks_leave_no_contrasts(self) -> None:
        pair = np.repeat(np.arange(12), 5)
        factors = {"candidate": pair // 3, "interviewer": pair % 3, "pair": pair}
        levels = {"candidate": 4, "interviewer": 3, "pair": 12}
        cells = collapse(np.arange(60.0), None, np.tile(np.arange(5), 12), factors, levels)
        assert cells.varying.tolist() == []
        assert not cross_products(cells).fixed[:, 1:].any()

    def test_the_basis_holds_the_mean_and_contrasts_to_it(self) -> None:
        cells = cells_of("candidate", "interviewer")
        share = np.bincount(QUESTION, WEIGHT) / WEIGHT.sum()
        np.testing.assert_allclose(share @ cells.fixed.basis, [1.0, 0.0, 0.0], atol=1e-15)

    def test_too_few_ratings_are_refused(self) -> None:
        one = np.zeros(1, dtype=np.int64)
        with pytest.raises(Refused):
            collapse(np.ones(1), None, None, {"candidate": one}, {"candidate": 1})


class TestCrossProducts:
    @pytest.mark.parametrize("names", [FACTORS.keys(), ["candidate"], ["interviewer", "candidate"]])
    def test_they_equal_those_of_the_dense_design(self, names: list[str]) -> None:
        cells = cells_of(*names)
        cross = cross_products(cells)
        dense = design(cells, cross)
        np.testing.assert_allclose(full(cross), dense.T @ (WEIGHT[:, None] * dense), atol=1e-10)
        expected = dense.T @ (WEIGHT * (VALUE - cells.center))
        np.testing.assert_allclose(stacked(cross.response)[:, 0], expected, atol=1e-10)

    def test_absorbing_a_pair_is_eliminating_its_equations(self) -> None:
        cells = cells_of("candidate", "interviewer", "candidate:interviewer")
        shrink = shrinkage(cells, 0.7)
        cross = cross_products(cells, shrink)
        dense = design(cells, cross)
        pair = indicators(FACTORS["candidate:interviewer"], 36)
        block = np.linalg.inv(pair.T @ (WEIGHT[:, None] * pair) + 0.7 * np.eye(36))
        kept = np.diag(WEIGHT) - WEIGHT[:, None] * (pair @ block @ pair.T) * WEIGHT
        y = VALUE - cells.center
        np.testing.assert_allclose(full(cross), dense.T @ kept @ dense, atol=1e-10)
        np.testing.assert_allclose(stacked(cross.response)[:, 0], dense.T @ kept @ y, atol=1e-10)
        assert cross.squares == pytest.approx(float(y @ kept @ y))

    def test_the_products_of_an_absorbed_pair_are_those_with_what_is_left_of_it(self) -> None:
        cells = cells_of("candidate", "interviewer", "candidate:interviewer")
        shrink = shrinkage(cells, 0.7)
        assert shrink is not None
        squares = nested_products(cells, shrink)
        dense = design(cells, squares)
        pair = indicators(FACTORS["candidate:interviewer"], 36)
        across = dense.T @ (WEIGHT[:, None] * pair) * shrink
        np.testing.assert_allclose(full(squares), across @ across.T, atol=1e-10)

    def test_times_multiplies_by_the_levels_part(self) -> None:
        cross = cross_products(cells_of(*FACTORS))
        eliminated = RNG.normal(size=(len(cross.diagonal), 2))
        rest = RNG.normal(size=(len(cross.rest_diagonal), 2))
        values = np.vstack([np.zeros((3, 2)), eliminated, rest])
        np.testing.assert_allclose(stacked(cross.times(eliminated, rest)), full(cross) @ values, atol=1e-10)


class TestSystem:
    def test_it_solves_the_mixed_model_equations(self) -> None:
        cells = cells_of(*FACTORS)
        cross = cross_products(cells)
        ratings, variances = sharded(cells), np.array([2.0, 2 / 3, 0.4, 2 / 7, 1.0])
        s = complement(ratings, variances)
        at = equations(ratings, variances, None, {})
        ridge = np.concatenate(
            [
                np.zeros(3),
                *[np.full(cells.levels[at], 1.0 / variances[at]) for at in (cross.eliminated, *cross.slices)],
            ]
        )
        expected = np.linalg.solve(full(cross) + np.diag(ridge), stacked(cross.response))
        found = np.vstack([at.solution.fixed, levels_at(at).eliminated, at.solution.rest])
        np.testing.assert_allclose(found, expected, atol=1e-9)
        np.testing.assert_allclose(bordered(s, dense_inverse(s)).fixed, at.system.fixed)

    def test_the_complement_multiplies_as_its_dense_form(self) -> None:
        s = complement(sharded(cells_of(*FACTORS)), np.array([2.0, 2 / 3, 0.4, 2 / 7, 1.0]))
        dense = s.dense()
        np.testing.assert_allclose(s.times(np.eye(len(dense))), dense, atol=1e-10)
        np.testing.assert_allclose(s.diagonal()[:, 0], dense.diagonal())

    def test_conjugate_gradients_reach_the_residual_that_they_report(self) -> None:
        root = RNG.normal(size=(30, 30))
        matrix, rhs = root @ root.T + np.eye(30), RNG.normal(size=(30, 3))
        diagonal = matrix.diagonal()[:, None]
        found, residual = conjugate_gradients(lambda x: matrix @ x, diagonal, rhs, np.zeros((30, 3)), 1e-10)
        assert residual <= 1e-10
        np.testing.assert_allclose(found, np.linalg.solve(matrix, rhs), atol=1e-7)


@pytest.mark.parametrize(("shape", "density"), [((60, 20), 0.1), ((60, 20), 0.9), ((1, 3), 1.0)])
def test_row_pairs_equal_dense_products(shape: tuple[int, int], density: float) -> None:
    generator = np.random.default_rng(1)
    dense = np.where(generator.random(shape) < density, generator.random(shape), 0.0)
    sparse = csr_array(dense)
    symmetric = RNG.normal(size=(shape[1], shape[1]))
    symmetric += symmetric.T
    rows, columns = sparse.nonzero()
    np.testing.assert_allclose(gram(sparse), dense.T @ dense, atol=1e-12)
    np.testing.assert_allclose(sampled(sparse, symmetric), (dense @ symmetric)[rows, columns], atol=1e-12)


SOME = np.sort(RNG.permuted(np.tile(np.arange(5), (20, 1)), axis=1)[:, :3], axis=1).ravel()


@pytest.mark.parametrize("asked", [np.tile(np.arange(3), 20), SOME], ids=["all", "some"])
@pytest.mark.parametrize("weight", [np.ones(60), np.linspace(0.5, 2.0, 60)], ids=["alike", "weighted"])
def test_ratings_of_one_interview_may_be_added_up_first(asked: Codes, weight: Floats) -> None:
    value, pair = RNG.normal(3, 1, 60), np.repeat(np.arange(20), 3)
    factors = {"candidate": pair // 4, "interviewer": (pair * 7) % 5}
    sizes = {"candidate": 5, "interviewer": 5}
    shuffled = RNG.permutation(60)
    moved = {name: codes[shuffled] for name, codes in factors.items()}
    together = collapse(value, weight, asked, factors, sizes)
    apart = collapse(value[shuffled], weight[shuffled], asked[shuffled], moved, sizes)
    assert (len(together.weight), len(apart.weight)) == (20, 60)
    one, other = cross_products(together), cross_products(apart)
    for name in ("diagonal", "rest_diagonal", "fixed", "rest_fixed", "products", "squares"):
        assert getattr(one, name) == pytest.approx(getattr(other, name)), name
    assert one.coupling.toarray() == pytest.approx(other.coupling.toarray())
    assert one.response.eliminated == pytest.approx(other.response.eliminated)
