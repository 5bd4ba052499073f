"""The plan of a panel as a mixed-integer linear program, solved by HiGHS.

Kits are the same for every candidate, so that answers can be compared; who sits behind a kit may differ. Candidates
about whom nothing is special are one class, of which only is counted how many meet an interviewer with a kit: whenever
each kit counts the whole class and no interviewer more than that, the counts can be dealt out to single candidates so
that nobody meets the same interviewer twice (König's theorem on the edge colouring of bipartite multigraphs). That
takes the symmetry out of the program, and loses no plan.

    y[s,q]     kit s asks question q
    w[s,i]     interviewer i holds kit s
    n[g,s,i]   how many of class g meet interviewer i with kit s
    u[.,s,k]   whether kit s asks about criterion k, for everybody or for a candidate who has been interviewed elsewhere
    f[k]       minutes on criterion k that count
    v[c,i,t]   candidate c meets interviewer i at time t
    b[a,i]     interviewer i connects the candidates of cut a with the others
"""

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

import numpy as np
import numpy.typing as npt
from attrs import frozen
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, csr_array

from hiringkit.planning.problem import (
    FULL_SHARE,
    HALF_SHARE,
    HeldInterview,
    PanelCandidate,
    PanelInterviewer,
    PanelProblem,
    PanelQuestion,
)

Floats = npt.NDArray[np.float64]
Terms = list[tuple[int, float]]
"""Places of variables, and what each is multiplied by."""

TOLERANCE = 0.05
"""Share by which a better plan may at most exceed the one that is taken."""
SECONDS = 30.0
"""After which the best plan so far is taken, with the gap that is proven by then."""
_IDLE = 0.1
"""What a minute is worth that only fills the time, beside one that a criterion lacks."""
_ROLE = 2.0
"""Minutes that a further pair of interviewer and kit has to bring: fewer are compared more easily."""
_LOAD = 6.0
"""Minutes that it costs if one interviewer meets every candidate, and less in proportion."""
_KIT_CHANGE = 0.5
"""What it counts to move a question, beside moving an interview: it changes what candidates still to come are asked."""
_INFINITE = math.inf
_HALF = 0.5


class RuleKind(StrEnum):
    """What a plan has to respect."""

    COVER = "cover"
    """A criterion is asked about by enough interviewers."""
    SHARE = "share"
    """A criterion gets half its share of the time."""
    ONCE = "once"
    """No candidate hears a question twice."""
    MINUTES = "minutes"
    """Kits fit into interviews of a length."""
    ASKS = "asks"
    """An interviewer asks only what they are qualified for."""
    APART = "apart"
    """An interviewer does not meet certain candidates."""
    AT_MOST = "at-most"
    AT_LEAST = "at-least"
    TIMES = "times"
    """An interviewer interviews at certain times."""
    CANDIDATE_TIMES = "candidate-times"
    """A candidate comes at certain times."""
    CONNECTED = "connected"
    """All candidates can be compared through interviewers whom they share."""


@frozen
class PanelRule:
    """One rule that can be lifted alone."""

    kind: RuleKind
    of: str = ""
    """The criterion, interviewer or candidate; of `MINUTES`, how many."""


@frozen
class Assignment:
    """A solution: kits, and whom each candidate meets with each."""

    kits: tuple[tuple[str, ...], ...]
    """Ids of questions, in the order of the problem."""
    seats: tuple[tuple[str | None, ...], ...]
    """For each candidate, the interviewer with each kit; None where one who was interviewed elsewhere needs none."""
    times: Mapping[tuple[str, str], datetime]
    """By candidate and interviewer."""
    gap: float
    """By how much a better one could exceed it at the most, as a share; proven."""


class NoSolution(Exception):  # noqa: N818 - an answer, not a fault
    """There is none, or none was found in time.

    Args:
        proven: Whether it is certain that there is none.
    """

    def __init__(self, *, proven: bool) -> None:
        super().__init__("infeasible" if proven else "out of time")
        self.proven = proven


def rules_of(problem: PanelProblem) -> tuple[PanelRule, ...]:
    """Return every rule of a problem that can be lifted."""
    found = [
        *(PanelRule(RuleKind.COVER, each.id) for each in problem.criteria),
        *(PanelRule(RuleKind.SHARE, each.id) for each in problem.criteria),
        PanelRule(RuleKind.ONCE),
        *(
            PanelRule(RuleKind.MINUTES, f"{minutes:g}")
            for minutes in sorted({each.minutes for each in problem.interviewers})
        ),
        *(PanelRule(RuleKind.ASKS, each.id) for each in problem.interviewers if each.asks is not None),
        *(PanelRule(RuleKind.AT_MOST, each.id) for each in problem.interviewers if each.at_most is not None),
        *(PanelRule(RuleKind.AT_LEAST, each.id) for each in problem.interviewers if each.at_least),
        *(PanelRule(RuleKind.TIMES, each.id) for each in problem.interviewers if each.times is not None),
        *(
            PanelRule(RuleKind.CANDIDATE_TIMES, each.id)
            for each in problem.candidates
            if problem.timed and each.times is not None
        ),
    ]
    parted = dict.fromkeys(who for each in problem.candidates for who in sorted(each.apart))
    found += [PanelRule(RuleKind.APART, who) for who in parted if problem.interviewer(who)]
    if len(problem.candidates) > 1:
        found.append(PanelRule(RuleKind.CONNECTED))
    return tuple(found)


@frozen
class CandidateClass:
    """Candidates of whom the same holds."""

    members: tuple[int, ...]
    """Their places among the candidates."""
    like: PanelCandidate
    """One of them."""

    @property
    def size(self) -> int:
        """How many they are."""
        return len(self.members)


def classes_of(problem: PanelProblem, *, single: bool) -> tuple[CandidateClass, ...]:
    """Divide candidates into classes, or into single ones where the program has to tell each from the others."""
    groups: dict[object, list[int]] = defaultdict(list)
    for place, each in enumerate(problem.candidates):
        special = single or problem.timed or each.held or each.planned
        groups[each.id if special else each.apart].append(place)
    return tuple(CandidateClass(tuple(places), problem.candidates[places[0]]) for places in groups.values())


class PanelModel:
    """The program of a problem under some of its rules.

    Args:
        problem: What is to be planned.
        enforced: The rules that hold; all of them for a plan.
        cuts: Sets of candidates' places that are to be connected with the others; only with single candidates.
    """

    def __init__(
        self, problem: PanelProblem, enforced: Collection[PanelRule], cuts: Sequence[frozenset[int]] = ()
    ) -> None:
        self.problem = problem
        self.enforced = frozenset(enforced)
        self.classes = classes_of(problem, single=bool(cuts))
        self._size = 0
        self._lower: list[float] = []
        self._upper: list[float] = []
        self._whole: list[int] = []
        self._rows: list[Terms] = []
        self._least: list[float] = []
        self._most: list[float] = []
        questions, people, kits = len(problem.questions), len(problem.interviewers), problem.interviews
        self.asks = self._block((kits, questions), 0, 1)
        self.holds = self._block((kits, people), 0, 1)
        self.meets = [self._block((kits, people), 0, group.size) for group in self.classes]
        self.counted = self._block((len(problem.criteria),), 0, _INFINITE, whole=False)
        self.busiest = self._block((1,), 0, _INFINITE, whole=False)
        self.times: dict[tuple[int, int], dict[datetime, int]] = {}
        self._meet_everybody()
        self._fill_kits()
        self._cover()
        self._respect_interviewers()
        if problem.timed:
            self._respect_times()
        for cut in cuts:
            self._connect(cut)

    def _block(self, shape: tuple[int, ...], low: float, high: float, *, whole: bool = True) -> npt.NDArray[np.int64]:
        """Add variables, and return their places."""
        count = math.prod(shape)
        places = np.arange(self._size, self._size + count).reshape(shape)
        self._size += count
        self._lower += [low] * count
        self._upper += [high] * count
        self._whole += [int(whole)] * count
        return places

    def _row(self, terms: Iterable[tuple[int, float]], low: float, high: float) -> None:
        self._rows.append([(int(place), float(factor)) for place, factor in terms if factor])
        self._least.append(low)
        self._most.append(high)

    def _has(self, kind: RuleKind, of: str = "") -> bool:
        return PanelRule(kind, of) in self.enforced

    @property
    def _total(self) -> int:
        return len(self.problem.candidates)

    def _limit(self, interviewer: PanelInterviewer) -> int:
        """Return how many of all candidates an interviewer can meet."""
        limited = interviewer.at_most is not None and self._has(RuleKind.AT_MOST, interviewer.id)
        return min(self._total, interviewer.at_most or 0) if limited else self._total

    def _room(self, interviewer: PanelInterviewer) -> float:
        return max(interviewer.minutes - self.problem.margin, 0.0)

    def _meet_everybody(self) -> None:
        """Everybody meets one interviewer with each kit, never the same one twice."""
        for group, meets in zip(self.classes, self.meets, strict=True):
            for kit in meets:
                self._row(((place, 1) for place in kit), 0 if group.like.elsewhere else group.size, group.size)
            met = {each.interviewer for each in group.like.elsewhere}
            for n, who in enumerate(self.problem.interviewers):
                self._row(((place, 1) for place in meets[:, n]), 0, 0 if who.id in met else group.size)
            for held in group.like.held:
                self._hold(meets, held)
            self._ask_something_new(group, meets)
        largest = max(map(self._limit, self.problem.interviewers))
        fewest = math.ceil(self._total / largest) if largest else 1
        for s, kit in enumerate(self.holds):
            if not any(group.like.elsewhere for group in self.classes):
                self._row(((place, 1) for place in kit), fewest, _INFINITE)
            for n, (place, who) in enumerate(zip(kit, self.problem.interviewers, strict=True)):
                terms = [(meets[s, n], 1) for meets in self.meets]
                self._row([*terms, (place, -self._limit(who))], -_INFINITE, 0)

    def _hold(self, meets: npt.NDArray[np.int64], held: HeldInterview) -> None:
        """Keep an interview that has begun."""
        n = next((n for n, each in enumerate(self.problem.interviewers) if each.id == held.interviewer), None)
        if held.kit is not None and n is not None:
            self._lower[meets[held.kit, n]] = 1

    def _ask_something_new(self, group: CandidateClass, meets: npt.NDArray[np.int64]) -> None:
        """Nobody who was interviewed elsewhere has an interview in which everything has been asked before."""
        heard = {question for held in group.like.elsewhere for question in held.questions}
        if heard:
            for kit, seats in zip(self.asks, meets, strict=True):
                new = [(q, -1) for q, each in zip(kit, self.problem.questions, strict=True) if each.id not in heard]
                self._row([*((seat, 1) for seat in seats), *new], -_INFINITE, 0)

    def _fill_kits(self) -> None:
        """Kits fit into the time of everybody who holds them, and no question is in two."""
        problem = self.problem
        minutes = [each.minutes for each in problem.questions]
        bounded = all(self._has(RuleKind.MINUTES, f"{each.minutes:g}") for each in problem.interviewers)
        most = max(map(self._room, problem.interviewers)) if bounded else sum(minutes)
        for kit, holds in zip(self.asks, self.holds, strict=True):
            self._row(((place, 1) for place in kit), 1, _INFINITE)
            weighed = list(zip(kit, minutes, strict=True))
            for room in sorted({self._room(each) for each in problem.interviewers}):
                self._fit(weighed, holds, room, most)
            for place, who in zip(holds, problem.interviewers, strict=True):
                if who.asks is not None and self._has(RuleKind.ASKS, who.id):
                    unfit = [
                        (q, m)
                        for (q, m), each in zip(weighed, problem.questions, strict=True)
                        if each.id not in who.asks
                    ]
                    limit = min(most, sum(m for _q, m in unfit))
                    if unfit:
                        self._row([*unfit, (place, limit)], -_INFINITE, limit)
        if self._has(RuleKind.ONCE):
            for places in self.asks.T:
                self._row(((place, 1) for place in places), 0, 1)
        self._keep_begun()

    def _keep_begun(self) -> None:
        """Kits with which anybody was interviewed stay as they are."""
        known = {each.id: n for n, each in enumerate(self.problem.questions)}
        for kit, earlier in zip(self.asks, self.problem.kits, strict=False):
            if earlier.begun:
                there = {known[each] for each in earlier.questions if each in known}
                for n, place in enumerate(kit):
                    self._lower[place] = self._upper[place] = int(n in there)

    def _qualify(self, weighed: Terms, holds: npt.NDArray[np.int64], most: float) -> None:
        """Interviewers who are not qualified for a question hold no kit with it."""
        for place, who in zip(holds, self.problem.interviewers, strict=True):
            if who.asks is None or not self._has(RuleKind.ASKS, who.id):
                continue
            pairs = zip(weighed, self.problem.questions, strict=True)
            unfit = [term for term, question in pairs if question.id not in who.asks]
            limit = min(most, sum(minutes for _place, minutes in unfit))
            self._row([*unfit, (place, limit)], -_INFINITE, limit)

    def _fit(self, weighed: Terms, holds: npt.NDArray[np.int64], room: float, most: float) -> None:
        """Interviewers with so much time hold a kit only if it fits."""
        for place, who in zip(holds, self.problem.interviewers, strict=True):
            if self._room(who) == room and self._has(RuleKind.MINUTES, f"{who.minutes:g}"):
                self._row([*weighed, (place, most - room)], -_INFINITE, most)
                if most == room:
                    return

    def _cover(self) -> None:
        """Criteria are asked about by enough people, for long enough."""
        problem = self.problem
        full = sum(sorted(map(self._room, problem.interviewers), reverse=True)[: problem.interviews])
        asked = [(place, each.minutes) for kit in self.asks for place, each in zip(kit, problem.questions, strict=True)]
        histories = [group for group in self.classes if group.like.elsewhere]
        for k, criterion in enumerate(problem.criteria):
            on = [(n, each.minutes * each.shares.get(criterion.id, 0.0)) for n, each in enumerate(problem.questions)]
            spent = [(kit[n], m) for kit in self.asks for n, m in on if m]
            self._upper[self.counted[k]] = FULL_SHARE * criterion.share * full
            self._row([(self.counted[k], 1), *((place, -m) for place, m in spent)], -_INFINITE, 0)
            if self._has(RuleKind.SHARE, criterion.id):
                floor = HALF_SHARE * criterion.share
                part = defaultdict[int, float](float, spent)
                self._row(((place, part[place] - floor * m) for place, m in asked), 0, _INFINITE)
            if self._has(RuleKind.COVER, criterion.id):
                about = [n for n, m in on if m]
                self._ask_about(about, criterion.interviewers)
                for group in histories:
                    self._complete(group, criterion.id, about, criterion.interviewers)

    def _ask_about(self, about: Sequence[int], needed: int) -> None:
        """Enough kits hold one of these questions."""
        touches = self._block((self.problem.interviews,), 0, 1, whole=False)
        for place, kit in zip(touches, self.asks, strict=True):
            self._row([(place, 1), *((kit[n], -1) for n in about)], -_INFINITE, 0)
        self._row(((place, 1) for place in touches), needed, _INFINITE)

    def _complete(self, group: CandidateClass, criterion: str, about: Sequence[int], needed: int) -> None:
        """Somebody who was interviewed elsewhere is asked the rest, and nothing again."""
        problem = self.problem
        heard = {question for held in group.like.elsewhere for question in held.questions}
        counts = {each.id for each in problem.questions if each.shares.get(criterion)}
        there = sum(bool(counts.intersection(held.questions)) for held in group.like.elsewhere)
        if there >= needed:
            return
        meets = self.meets[self.classes.index(group)]
        touches = self._block((problem.interviews,), 0, 1, whole=False)
        for place, kit, seats in zip(touches, self.asks, meets, strict=True):
            new = [(kit[n], -1) for n in about if problem.questions[n].id not in heard]
            self._row([(place, 1), *new], -_INFINITE, 0)
            self._row([(place, 1), *((seat, -1) for seat in seats)], -_INFINITE, 0)
        self._row(((place, 1) for place in touches), needed - there, _INFINITE)

    def _respect_interviewers(self) -> None:
        """Nobody interviews too often, too seldom or whom they must not; the busiest has least."""
        problem = self.problem
        elsewhere = [held.interviewer for each in problem.candidates for held in each.elsewhere]
        for n, who in enumerate(problem.interviewers):
            load = [(place, 1.0) for meets in self.meets for place in meets[:, n]]
            already = elsewhere.count(who.id)
            self._row([*load, (self.busiest[0], -1)], -_INFINITE, -already)
            if who.at_most is not None and self._has(RuleKind.AT_MOST, who.id):
                self._row(load, -_INFINITE, who.at_most - already)
            if who.at_least and self._has(RuleKind.AT_LEAST, who.id):
                self._row(load, who.at_least - already, _INFINITE)
            if self._has(RuleKind.APART, who.id):
                for group, meets in zip(self.classes, self.meets, strict=True):
                    if who.id in group.like.apart:
                        self._row(((place, 1) for place in meets[:, n]), 0, 0)

    def _respect_times(self) -> None:
        """Nobody is in two interviews at once, nor in any at another time than theirs. All candidates are single."""
        busy: dict[int, list[tuple[int, int, datetime, datetime]]] = defaultdict(list)
        for c, candidate in enumerate(self.problem.candidates):
            for n, who in enumerate(self.problem.interviewers):
                free = [at for at in who.times or () if not self._engaged(candidate, who, at)]
                if who.times is None:
                    continue
                places = self._block((len(free),), 0, 1)
                self.times[c, n] = {at: int(place) for at, place in zip(free, places, strict=True)}
                busy[c] += [
                    (n, int(p), at, at + timedelta(minutes=who.minutes)) for at, p in zip(free, places, strict=True)
                ]
        for c, taken in busy.items():
            for moment in sorted({start for _n, _place, start, _end in taken}):
                self._row(((place, 1) for _n, place, start, end in taken if start <= moment < end), 0, 1)
            times = self.problem.candidates[c].times
            if times is not None and self._has(RuleKind.CANDIDATE_TIMES, self.problem.candidates[c].id):
                self._row(((place, 1) for _n, place, start, _end in taken if start not in times), 0, 0)
        self._meet_at_times()

    def _meet_at_times(self) -> None:
        for n, who in enumerate(self.problem.interviewers):
            if who.times is None or not self._has(RuleKind.TIMES, who.id):
                continue
            for at in who.times:
                self._row(((slots[at], 1) for (_c, i), slots in self.times.items() if i == n and at in slots), 0, 1)
            for c, meets in enumerate(self.meets):
                held = sum(h.kit is not None and h.interviewer == who.id for h in self.problem.candidates[c].held)
                slots = [(place, -1.0) for place in self.times[c, n].values()]
                self._row([*((place, 1.0) for place in meets[:, n]), *slots], held, held)

    def _engaged(self, candidate: PanelCandidate, who: PanelInterviewer, at: datetime) -> bool:
        """Return whether a candidate or interviewer is in an interview that stays, at a time."""
        until = at + timedelta(minutes=who.minutes)
        for other in self.problem.candidates:
            for held in other.held:
                if held.at is not None and (other.id == candidate.id or held.interviewer == who.id):
                    known = self.problem.interviewer(held.interviewer)
                    length = timedelta(minutes=known.minutes if known else who.minutes)
                    if held.at < until and at < held.at + length:
                        return True
        return False

    def _connect(self, cut: frozenset[int]) -> None:
        """Somebody interviews both a candidate within a set and one outside it."""
        inside = [place for place, group in enumerate(self.classes) if set(group.members) <= cut]
        links = self._block((len(self.problem.interviewers),), 0, 1)
        for n, (link, who) in enumerate(zip(links, self.problem.interviewers, strict=True)):
            for side in (inside, [place for place in range(len(self.classes)) if place not in inside]):
                met = sum(h.interviewer == who.id for place in side for h in self.classes[place].like.elsewhere)
                self._row([(link, 1), *((p, -1) for place in side for p in self.meets[place][:, n])], -_INFINITE, met)
        self._row(((link, 1) for link in links), 1, _INFINITE)

    def quality(self) -> Floats:
        """Return what is to be as small as possible for a good plan: the negative of the minutes that count.

        Minutes on a criterion count until it has its share; a minute beyond that is worth little. A further pair of
        interviewer and kit, and the load of the busiest, cost minutes: the same few people for everybody make
        candidates comparable, and limits say what each of them takes on.
        """
        cost = np.zeros(self._size)
        cost[self.counted] = -1.0
        cost[self.asks] = [-_IDLE * each.minutes for each in self.problem.questions]
        cost[self.holds] = _ROLE
        cost[self.busiest] = _LOAD / self._total
        for group, meets in zip(self.classes, self.meets, strict=True):
            if group.like.elsewhere:
                cost[meets] += 1.0
        return cost

    def changes(self) -> Floats:
        """Return what changes of the plan before count; 0 for what stays, so the sum is short by `unchanged`."""
        cost = np.zeros(self._size)
        known = {each.id: n for n, each in enumerate(self.problem.interviewers)}
        for group, meets in zip(self.classes, self.meets, strict=True):
            for who, kit in group.like.planned.items():
                if who in known:
                    cost[meets[kit, known[who]]] -= 1.0
        for kit, earlier in zip(self.asks, self.problem.kits, strict=False):
            if not earlier.begun:
                for place, each in zip(kit, self.problem.questions, strict=True):
                    cost[place] += -_KIT_CHANGE if each.id in earlier.questions else _KIT_CHANGE
        return cost

    def limit(self, cost: Floats, most: float) -> None:
        """Add the condition that a sum is at most so much."""
        self._row(((int(place), float(cost[place])) for place in np.flatnonzero(cost)), -_INFINITE, most)

    @property
    def matrix(self) -> csr_array:
        """The factors, conditions by variables."""
        rows = [n for n, terms in enumerate(self._rows) for _term in terms]
        columns = [place for terms in self._rows for place, _factor in terms]
        factors = [factor for terms in self._rows for _place, factor in terms]
        return csr_array(coo_array((factors, (rows, columns)), shape=(len(self._rows), self._size)))

    @property
    def conditions(self) -> tuple[Floats, Floats]:
        """The least and the most of each condition."""
        return np.array(self._least), np.array(self._most)

    @property
    def bounds(self) -> tuple[Floats, Floats]:
        """The least and the most of each variable."""
        return np.array(self._lower), np.array(self._upper)

    @property
    def whole(self) -> npt.NDArray[np.int64]:
        """1 for each variable that is a whole number."""
        return np.array(self._whole)

    def fix(self, places: npt.NDArray[np.int64], values: Floats) -> None:
        """Add the condition that variables are as they are in a solution."""
        for place in map(int, places.ravel()):
            self._lower[place] = self._upper[place] = float(np.rint(values[place]))

    def solve(self, cost: Floats, *, tolerance: float = TOLERANCE, seconds: float = SECONDS) -> tuple[Floats, float]:
        """Return the values of all variables, and what no solution can be below.

        Raises:
            NoSolution: There is none, or none was found in time.
        """
        found = milp(
            cost,
            integrality=self.whole,
            bounds=Bounds(*self.bounds),
            constraints=LinearConstraint(self.matrix, *self.conditions),
            options={"mip_rel_gap": tolerance, "time_limit": seconds},
        )
        if found.x is None:
            raise NoSolution(proven=found.status == _INFEASIBLE)
        bound = found.mip_dual_bound
        return np.asarray(found.x, dtype=np.float64), float(found.fun if bound is None else bound)

    def kits(self, values: Floats) -> tuple[tuple[str, ...], ...]:
        """Return the questions of each kit."""
        questions = self.problem.questions
        return tuple(
            tuple(each.id for place, each in zip(kit, questions, strict=True) if values[place] > _HALF)
            for kit in self.asks
        )

    def counts(self, values: Floats) -> list[npt.NDArray[np.int64]]:
        """Return how many of each class meet each interviewer with each kit."""
        return [np.rint(values[meets]).astype(np.int64) for meets in self.meets]

    def chosen_times(self, values: Floats) -> dict[tuple[str, str], datetime]:
        """Return when each candidate meets each interviewer, where that is known."""
        problem = self.problem
        return {
            (problem.candidates[c].id, problem.interviewers[n].id): at
            for (c, n), slots in self.times.items()
            for at, place in slots.items()
            if values[place] > _HALF
        }


_INFEASIBLE = 2
"""Of `milp`: it is proven that there is no solution."""


def evidence_minutes(questions: Iterable[PanelQuestion], criterion: str) -> float:
    """Return the minutes that questions give to a criterion."""
    return sum(each.minutes * each.shares.get(criterion, 0.0) for each in questions)
