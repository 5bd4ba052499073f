"""Plans of panels: how long HiGHS takes for them, beside OR-Tools CP-SAT on the same program.

    python benchmarks/planning.py

Questions, weights and qualifications are drawn at random, the same for both. Both stop when what they have is proven to
be within 5 % of the best. The product's own time holds everything: building the program, both solutions, dealing out.
CP-SAT, which knows whole numbers only, gets the same conditions in thousandths.
"""

import time
from collections.abc import Iterator

import numpy as np
from attrs import evolve, frozen
from ortools.sat.python import cp_model

from hiringkit.planning.model import TOLERANCE, NoSolution, PanelModel, rules_of
from hiringkit.planning.problem import (
    PanelCandidate,
    PanelCriterion,
    PanelInterviewer,
    PanelProblem,
    PanelQuestion,
)
from hiringkit.planning.solve import solve_panel

CRITERIA = 9
SECONDS = 60.0
SCALE = 1000
SIZES = ((6, 60, 12, 4), (20, 120, 12, 5))
"""Candidates, questions, interviewers, interviews of a candidate."""


@frozen
class Case:
    """A problem and what is particular about it."""

    name: str
    problem: PanelProblem


def drawn(candidates: int, questions: int, interviewers: int, interviews: int, *, qualified: int) -> PanelProblem:
    """Draw a problem in which each interviewer is qualified for so many of the criteria."""
    generator = np.random.default_rng(17)
    names = [f"criterion-{n}" for n in range(CRITERIA)]
    asked = []
    for n in range(questions):
        first, second = generator.choice(CRITERIA, 2, replace=False)
        shares = {names[first]: 2 / 3, names[second]: 1 / 3}
        asked.append(PanelQuestion(f"question-{n}", float(generator.integers(4, 12)), shares))
    weights = generator.dirichlet(np.full(CRITERIA, 5.0))
    panel = []
    for n in range(interviewers):
        able = {names[each] for each in generator.choice(CRITERIA, qualified, replace=False)}
        asks = frozenset(each.id for each in asked if set(each.shares) <= able)
        panel.append(PanelInterviewer(f"interviewer-{n}", 60.0, asks=None if qualified == CRITERIA else asks))
    return PanelProblem(
        tuple(asked),
        tuple(PanelCriterion(name, float(weight), 2) for name, weight in zip(names, weights, strict=True)),
        tuple(panel),
        tuple(PanelCandidate(f"candidate-{n}") for n in range(candidates)),
        interviews,
        10.0,
    )


def cases() -> Iterator[Case]:
    """Yield what is measured."""
    for size in SIZES:
        name = f"{size[0]} candidates x {size[1]} questions x {size[2]} interviewers"
        for qualified, said in ((CRITERIA, "for all"), (7, "for 7 of 9 criteria")):
            problem = drawn(*size, qualified=qualified)
            yield Case(f"{name}, qualified {said}", problem)
            limited = tuple(evolve(each, at_most=size[0] // 2) for each in problem.interviewers)
            yield Case(f"{name}, qualified {said}, half of them each", evolve(problem, interviewers=limited))


def with_cp_sat(model: PanelModel) -> tuple[str, float, float]:
    """Solve the program with CP-SAT; return its status, the value and the bound."""
    program = cp_model.CpModel()
    (low, high), (least, most), whole = model.bounds, model.conditions, model.whole
    variables = []
    for n, kind in enumerate(whole):
        factor = 1 if kind else SCALE
        top = 10_000 if np.isinf(high[n]) else high[n]
        variables.append(program.new_int_var(int(low[n] * factor), int(top * factor), f"v{n}"))
    factors = np.where(whole == 1, SCALE**2, SCALE)
    matrix = model.matrix
    for row in range(matrix.shape[0]):
        part = slice(matrix.indptr[row], matrix.indptr[row + 1])
        places = matrix.indices[part]
        terms = [round(float(a * factors[p])) for a, p in zip(matrix.data[part], places, strict=True)]
        total = cp_model.LinearExpr.weighted_sum([variables[place] for place in places], terms)
        if np.isfinite(least[row]):
            program.add(total >= int(np.floor(least[row] * SCALE**2)))
        if np.isfinite(most[row]):
            program.add(total <= int(np.ceil(most[row] * SCALE**2)))
    cost = model.quality()
    program.minimize(
        cp_model.LinearExpr.weighted_sum(variables, [round(float(c * f)) for c, f in zip(cost, factors, strict=True)])
    )
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = SECONDS
    solver.parameters.relative_gap_limit = TOLERANCE
    status = solver.solve(program)
    return solver.status_name(status), solver.objective_value / SCALE**2, solver.best_objective_bound / SCALE**2


def main() -> None:
    """Print a line for each case."""
    for case in cases():
        begun, used = time.perf_counter(), time.process_time()
        try:
            found = f"gap {100 * solve_panel(case.problem).gap:.1f} %"
        except NoSolution as none:
            found = str(none)
        took, cpu = time.perf_counter() - begun, time.process_time() - used
        model = PanelModel(case.problem, rules_of(case.problem))
        begun = time.perf_counter()
        status, value, bound = with_cp_sat(model)
        other = time.perf_counter() - begun
        gap = (value - bound) / max(abs(value), 1.0)
        print(case.name)
        print(f"    HiGHS  {took:5.1f} s ({cpu:.1f} s of processor)  {found}")
        print(f"    CP-SAT {other:5.1f} s  {status.lower()}, gap {100 * gap:.1f} %")


if __name__ == "__main__":
    main()
