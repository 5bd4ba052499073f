"""The entries of the inverse of the mixed-model equations where the equations themselves have entries."""

import numpy as np
from attrs import frozen

from hiringkit.scoring.kernel import Columns, CrossProducts
from hiringkit.scoring.ratings import Floats
from hiringkit.scoring.rowpairs import row_of_entries, sampled
from hiringkit.scoring.schur import DenseInverse, System


@frozen(eq=False)
class SelectedInverse:
    """The entries of the equations' inverse where the equations themselves have entries."""

    eliminated: Floats
    """(E,) diagonal of the eliminated factor's block."""
    coupling: Floats
    """Eliminated by remaining levels, where the coupling has entries, in its order."""
    fixed: Floats
    """(E, p)"""
    rest: Floats
    """(r, r)"""
    rest_fixed: Floats
    """(r, p)"""
    products: Floats
    """(p, p)"""

    def diagonal(self) -> Columns:
        """Return the diagonal as one column."""
        return Columns(self.products.diagonal()[:, None], self.eliminated[:, None], self.rest.diagonal()[:, None])

    def inner(self, other: CrossProducts) -> float:
        """Return the sum of the products with the entries of `other`."""
        found = self.eliminated @ other.diagonal[:, 0] + self.rest.diagonal() @ other.rest_diagonal[:, 0]
        found += 2.0 * (self.coupling @ other.coupling.data) + (self.products * other.products).sum()
        found += 2.0 * ((self.fixed * other.fixed).sum() + (self.rest_fixed * other.rest_fixed).sum())
        if other.rest_coupling is not None:
            pairs = other.rest_coupling.tocoo()
            found += self.rest[pairs.row, pairs.col] @ pairs.data
        return float(found)


def selected_inverse(system: System, inverse: DenseInverse) -> SelectedInverse:
    """Compute those entries exactly (Takahashi's equations for one eliminated block)."""
    cross, ridge = system.s.cross, system.s.ridge
    products = np.asarray(np.linalg.inv(system.fixed), dtype=np.float64)
    rest_fixed = -system.solved_border @ products
    rest = inverse.full() - rest_fixed @ system.solved_border.T
    fixed = -(cross.coupling @ rest_fixed + cross.fixed @ products) / ridge
    rows = row_of_entries(cross.coupling)
    across = sampled(cross.coupling, rest)
    across += np.einsum("ij,ij->i", cross.fixed[rows], rest_fixed[cross.coupling.indices])
    across /= -ridge[rows, 0]
    own = np.bincount(rows, across * cross.coupling.data, len(ridge)) + (fixed * cross.fixed).sum(axis=1)
    return SelectedInverse((1.0 - own) / ridge[:, 0], across, fixed, rest, rest_fixed, products)
