"""In which order interviewers meet candidates: whoever came before colours how the next one is seen.

Each interviewer has another order, so that every candidate comes early with some and late with others, and no candidate
follows the same one again and again. Rows of a Williams square (Williams, 1949) are balanced in both where everybody
meets everybody; exchanges of two candidates then mend what is left where they do not.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import combinations, pairwise

Orders = dict[str, list[str]]
"""By interviewer, candidates in their order."""
Fits = Callable[[str, Sequence[str], Mapping[str, Sequence[str]]], bool]
_THIRDS = 3
_FEW = 40
"""Candidates of an interviewer up to whom exchanges are tried: of more, no two follow each other often anyway."""
_ROUNDS = 20
"""Of exchanges over all interviewers; each lowers the imbalance, and few are ever needed."""


def williams_row(size: int, row: int) -> list[int]:
    """Return a row of a square in which, for an even size, each number follows each other one exactly once."""
    first = [n // 2 if n % 2 == 0 else size - (n + 1) // 2 for n in range(size)]
    return [(each + row) % size for each in first]


def balanced_orders(
    meetings: Mapping[str, Sequence[str]],
    candidates: Sequence[str],
    fits: Fits = lambda _who, _order, _orders: True,
    begun: Mapping[str, Sequence[str]] | None = None,
) -> Orders:
    """Choose an order for each interviewer.

    Args:
        meetings: By interviewer, whom they meet; where `fits` is given, in an order that fits.
        candidates: All.
        fits: Whether an interviewer can meet candidates in an order, given the orders of the others so far.
        begun: By interviewer, whom they have met already, in that order; they stay at the beginning.
    """
    done = {who: list((begun or {}).get(who, ())) for who in meetings}
    orders: Orders = {}
    step = max(len(candidates) // max(len(meetings), 1), 1)
    for n, (who, met) in enumerate(meetings.items()):
        row = [candidates[each] for each in williams_row(len(candidates), n * step + n // max(len(candidates), 1))]
        wanted = done[who] + [each for each in row if each in met and each not in done[who]]
        orders[who] = wanted if fits(who, wanted, {**meetings, **orders}) else list(met)
    for _round in range(_ROUNDS):
        changed = [who for who in orders if len(orders[who]) <= _FEW and _exchange(who, orders, len(done[who]), fits)]
        if not changed:
            break
    return orders


def imbalance(orders: Mapping[str, Sequence[str]]) -> int:
    """Return how often the same two follow each other, and how unevenly candidates come early and late, as squares."""
    follows, parts = _tally(orders)
    return sum(n * n for n in follows.values()) + sum(n * n for n in parts.values())


def _tally(orders: Mapping[str, Sequence[str]]) -> tuple[Counter[tuple[str, str]], Counter[tuple[str, int]]]:
    follows = Counter(pair for order in orders.values() for pair in pairwise(order))
    parts = Counter(part for order in orders.values() for part in _parts(order))
    return follows, parts


def _parts(order: Sequence[str]) -> list[tuple[str, int]]:
    return [(each, n * _THIRDS // len(order)) for n, each in enumerate(order)]


def _exchange(who: str, orders: Orders, fixed: int, fits: Fits) -> bool:
    """Exchange two of an interviewer's candidates wherever that makes orders more balanced; return whether any did."""
    follows, parts = _tally({other: order for other, order in orders.items() if other != who})
    order = orders[who]

    def cost(tried: Sequence[str]) -> int:
        """Return by how much the squares of the tallies grow."""
        pairs, places = Counter(pairwise(tried)), Counter(_parts(tried))
        return sum(n * (n + 2 * follows[pair]) for pair, n in pairs.items()) + sum(
            n * (n + 2 * parts[place]) for place, n in places.items()
        )

    best, changed = cost(order), False
    for first, second in combinations(range(fixed, len(order)), 2):
        tried = list(order)
        tried[first], tried[second] = tried[second], tried[first]
        if (found := cost(tried)) < best and fits(who, tried, orders):
            order, best, changed = tried, found, True
    orders[who] = order
    return changed
