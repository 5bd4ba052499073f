"""A plan of a panel as people read it: kits with names, interviews in their order, what is covered."""

import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from string import ascii_uppercase

from hiringkit.domain.panel import CriterionCover, PanelInterview, PlannedKit
from hiringkit.planning.model import Assignment, evidence_minutes
from hiringkit.planning.orders import balanced_orders
from hiringkit.planning.problem import PanelProblem

Times = Mapping[tuple[str, str], datetime]


def kit_name(place: int) -> str:
    """Return what a kit is called."""
    return ascii_uppercase[place] if place < len(ascii_uppercase) else f"{place + 1}"


def planned_kits(problem: PanelProblem, found: Assignment) -> tuple[PlannedKit, ...]:
    """Return the kits, each in the order of the problem's questions."""
    minutes = {each.id: each.minutes for each in problem.questions}
    return tuple(
        PlannedKit(kit_name(n), kit, sum(minutes[question] for question in kit)) for n, kit in enumerate(found.kits)
    )


def planned_interviews(problem: PanelProblem, found: Assignment) -> tuple[PanelInterview, ...]:
    """Return the interviews by candidate and kit, in balanced orders, at times where those are known."""
    orders, times = _orders(problem, found)
    interviews = []
    for candidate, row in zip(problem.candidates, found.seats, strict=True):
        begun = {held.interviewer: held for held in candidate.held if held.kit is not None}
        heard = {question for held in candidate.held for question in held.questions}
        for n, who in enumerate(row):
            if who is None:
                continue
            held = begun.get(who)
            new = tuple(question for question in found.kits[n] if question not in heard)
            interviews.append(
                PanelInterview(
                    candidate.id,
                    who,
                    kit_name(n),
                    held.questions if held else new,
                    orders[who].index(candidate.id) + 1,
                    held.at if held else times.get((candidate.id, who)),
                )
            )
    return tuple(interviews)


def _orders(problem: PanelProblem, found: Assignment) -> tuple[dict[str, list[str]], Times]:
    met: dict[str, list[str]] = {each.id: [] for each in problem.interviewers}
    begun: dict[str, list[str]] = {each.id: [] for each in problem.interviewers}
    for candidate, row in zip(problem.candidates, found.seats, strict=True):
        for who in row:
            if who is not None:
                met[who].append(candidate.id)
        for held in candidate.held:
            if held.kit is not None:
                begun[held.interviewer].append(candidate.id)
    met = {who: each for who, each in met.items() if each}
    slots = {who: sorted(at for (_c, i), at in found.times.items() if i == who) for who in met}
    for who, each in met.items():
        each.sort(key=partial(_begins, who, begun[who], found.times))

    def timed(who: str, order: Sequence[str]) -> dict[str, datetime]:
        return dict(zip(order[len(begun[who]) :], slots[who], strict=True)) if slots[who] else {}

    def fits(who: str, order: Sequence[str], orders: Mapping[str, Sequence[str]]) -> bool:
        if not slots[who]:
            return True
        own = timed(who, order)
        return all(
            _free(problem, candidate, who, at, {i: timed(i, o) for i, o in orders.items() if i != who})
            for candidate, at in own.items()
        )

    orders = balanced_orders(met, [each.id for each in problem.candidates], fits, begun)
    return orders, {(c, who): at for who, order in orders.items() for c, at in timed(who, order).items()}


def _begins(who: str, begun: Sequence[str], times: Times, candidate: str) -> tuple[bool, float]:
    """Return what puts candidates in the order in which an interviewer meets them."""
    at = times.get((candidate, who))
    return candidate not in begun, at.timestamp() if at else math.inf


def _free(
    problem: PanelProblem, candidate: str, who: str, at: datetime, others: Mapping[str, Mapping[str, datetime]]
) -> bool:
    """Return whether a candidate can come to an interviewer at a time."""
    lengths = {each.id: timedelta(minutes=each.minutes) for each in problem.interviewers}
    person = next(each for each in problem.candidates if each.id == candidate)
    if person.times is not None and at not in person.times:
        return False
    taken = [(times[candidate], lengths[i]) for i, times in others.items() if candidate in times]
    taken += [(held.at, lengths.get(held.interviewer, lengths[who])) for held in person.held if held.at]
    return all(at + lengths[who] <= start or start + length <= at for start, length in taken)


def planned_cover(
    problem: PanelProblem, interviews: Sequence[PanelInterview], kits: Sequence[PlannedKit]
) -> tuple[CriterionCover, ...]:
    """Return how each criterion is covered for whoever is asked least about it."""
    questions = {each.id: each for each in problem.questions}
    total = sum(each.minutes for each in kits)

    def about(criterion: str, asked: Sequence[str]) -> bool:
        return any(questions[each].shares.get(criterion) for each in asked if each in questions)

    def people(criterion: str) -> Iterator[int]:
        for candidate in problem.candidates:
            held = {each.interviewer for each in candidate.elsewhere if about(criterion, each.questions)}
            planned = (each for each in interviews if each.candidate == candidate.id)
            yield len(held | {each.interviewer for each in planned if about(criterion, each.questions)})

    cover = []
    for each in problem.criteria:
        asked = (questions[question] for kit in kits for question in kit.questions)
        minutes = evidence_minutes(asked, each.id)
        cover.append(
            CriterionCover(each.id, each.interviewers, min(people(each.id)), minutes, each.share, minutes / total)
        )
    return tuple(cover)
