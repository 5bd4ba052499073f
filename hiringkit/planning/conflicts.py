"""Why there is no plan: rules that cannot all hold, none of them superfluous, in words and with what would help."""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from attrs import evolve, frozen

from hiringkit.planning.model import PanelRule, RuleKind, rules_of
from hiringkit.planning.problem import PanelCriterion, PanelInterviewer, PanelProblem
from hiringkit.planning.solve import is_feasible
from hiringkit.text.sentence import Sentence

_SECONDS = 3.0
"""For one question whether some rules can hold together."""
_MOST_MINUTES = 240
"""Added to each interview, up to which more time is tried."""


@frozen
class Conflict:
    """One of the demands that cannot all be met."""

    rules: tuple[PanelRule, ...]
    """What it is made of; several where they are of one kind."""
    message: str
    hint: str = ""
    """What would help, as far as this demand is concerned; may be empty."""


COVER = Sentence('k = {needed} for "{criterion}": so many interviewers are to ask each candidate about it')
SHARE = Sentence("each of these criteria is to get at least half its share of the time: {criteria}")
ONCE = Sentence("no candidate is to hear a question twice")
MINUTES = Sentence("interviews take {minutes} minutes, of which {margin:g} are for opening and close")
ASKS = Sentence("each of these interviewers is to ask only what they are qualified for: {interviewers}")
APART = Sentence("{interviewer} is not to meet {candidates}")
AT_MOST = Sentence("each of these interviewers is to hold at most {most} interviews: {interviewers}")
AT_LEAST = Sentence("each of these interviewers is to hold at least {least} interviews: {interviewers}")
TIMES = Sentence("each of these interviewers has certain times only: {interviewers}")
CANDIDATE_TIMES = Sentence("each of these candidates can come at certain times only: {candidates}")
CONNECTED = Sentence("all candidates are to be comparable through interviewers whom they share")
MORE_MINUTES = Sentence("{minutes} more minutes in each interview would do")
ANOTHER_QUALIFIED = Sentence('"{criterion}" needs {needed} qualified interviewers, and there are {there}')
ANOTHER_QUESTION = Sentence('"{criterion}" needs {needed} questions, and there are {there}')
MORE_ROUNDS = Sentence("it takes {needed} interviews with each candidate: --interviews {needed}")
MORE_INTERVIEWS = Sentence("{more} more by one of them would do")
FEWER_EACH = Sentence("a lower --each asks for fewer interviewers")
ANOTHER_INTERVIEWER = Sentence("another interviewer would help")
MORE_TIMES = Sentence("more times would help")
MORE_QUALIFIED = Sentence("one of them, or another interviewer, who is qualified for more would help")


def find_conflicts(problem: PanelProblem) -> tuple[Conflict, ...]:
    """Return rules that cannot all hold, of which any could be given up to let the others hold.

    Rules are given up one after the other, whole kinds of them first; what can be given up with the rest still
    contradictory is no part of the conflict (a deletion filter, Chinneck, 2008, Feasibility and Infeasibility in
    Optimization, chapter 6).

    Returns:
        Nothing where all rules can hold, or where that is not decided in time.
    """
    kept = list(rules_of(problem))
    if is_feasible(problem, kept, _SECONDS):
        return ()
    for _kind, each in groupby(tuple(kept), lambda rule: rule.kind):
        kept = _without(problem, kept, list(each))
    for rule in tuple(kept):
        kept = _without(problem, kept, [rule])
    return tuple(_said(problem, kept))


def _without(problem: PanelProblem, kept: list[PanelRule], given_up: Sequence[PanelRule]) -> list[PanelRule]:
    """Return the rules without some, if they contradict each other all the same."""
    left = [rule for rule in kept if rule not in given_up]
    return kept if is_feasible(problem, left, _SECONDS) else left


def _said(problem: PanelProblem, rules: Sequence[PanelRule]) -> Iterator[Conflict]:
    for kind, group in groupby(rules, lambda rule: rule.kind):
        found = tuple(group)
        yield from _SAYERS[kind](problem, found)


def _said_cover(problem: PanelProblem, found: Sequence[PanelRule]) -> Iterator[Conflict]:
    criteria = {each.id: each for each in problem.criteria}
    for rule in found:
        criterion = criteria[rule.of]
        message = COVER.format(needed=criterion.interviewers, criterion=rule.of)
        yield Conflict((rule,), message, _cover_hint(problem, criterion))


def _said_minutes(problem: PanelProblem, found: Sequence[PanelRule]) -> Iterator[Conflict]:
    more = _more_minutes(problem)
    for rule in found:
        yield Conflict((rule,), MINUTES.format(minutes=rule.of, margin=problem.margin), more)


def _said_apart(problem: PanelProblem, found: Sequence[PanelRule]) -> Iterator[Conflict]:
    for rule in found:
        who = ", ".join(each.id for each in problem.candidates if rule.of in each.apart)
        yield Conflict((rule,), APART.format(interviewer=rule.of, candidates=who), ANOTHER_INTERVIEWER)


def _said_limits(problem: PanelProblem, found: Sequence[PanelRule]) -> Iterator[Conflict]:
    least = found[0].kind is RuleKind.AT_LEAST
    people = {each.id: each for each in problem.interviewers}
    limits: dict[int, list[PanelRule]] = {}
    for rule in found:
        who = people[rule.of]
        limits.setdefault(who.at_least if least else who.at_most or 0, []).append(rule)
    for limit, group in limits.items():
        if least:
            yield Conflict(tuple(group), AT_LEAST.format(least=limit, interviewers=_names(group)))
        else:
            message = AT_MOST.format(most=limit, interviewers=_names(group))
            yield Conflict(tuple(group), message, _more_interviews(problem, group))


def _names(rules: Iterable[PanelRule]) -> str:
    return ", ".join(rule.of for rule in rules)


def _saying(sentence: Sentence, field: str = "", hint: str = "") -> "_Sayer":
    """Return what says rules of a kind in one sentence."""

    def say(_problem: PanelProblem, found: Sequence[PanelRule]) -> Iterator[Conflict]:
        yield Conflict(tuple(found), sentence.format(**{field: _names(found)}) if field else sentence, hint)

    return say


_Sayer = Callable[[PanelProblem, Sequence[PanelRule]], Iterator[Conflict]]
_SAYERS: Mapping[RuleKind, _Sayer] = {
    RuleKind.COVER: _said_cover,
    RuleKind.SHARE: _saying(SHARE, "criteria"),
    RuleKind.ONCE: _saying(ONCE),
    RuleKind.MINUTES: _said_minutes,
    RuleKind.ASKS: _saying(ASKS, "interviewers", MORE_QUALIFIED),
    RuleKind.APART: _said_apart,
    RuleKind.AT_MOST: _said_limits,
    RuleKind.AT_LEAST: _said_limits,
    RuleKind.TIMES: _saying(TIMES, "interviewers", MORE_TIMES),
    RuleKind.CANDIDATE_TIMES: _saying(CANDIDATE_TIMES, "candidates", MORE_TIMES),
    RuleKind.CONNECTED: _saying(CONNECTED),
}


def _cover_hint(problem: PanelProblem, criterion: PanelCriterion) -> str:
    about = {each.id for each in problem.questions if each.shares.get(criterion.id)}
    if len(about) < criterion.interviewers:
        return ANOTHER_QUESTION.format(needed=criterion.interviewers, criterion=criterion.id, there=len(about))
    able = sum(each.asks is None or bool(about & each.asks) for each in problem.interviewers)
    if able < criterion.interviewers:
        return ANOTHER_QUALIFIED.format(needed=criterion.interviewers, criterion=criterion.id, there=able)
    if criterion.interviewers > problem.interviews:
        return MORE_ROUNDS.format(needed=criterion.interviewers)
    return FEWER_EACH


def _more_minutes(problem: PanelProblem) -> str:
    """Say how many more minutes in each interview would let all rules hold; nothing where no number would."""

    def enough(minutes: int) -> bool:
        longer = tuple(evolve(each, minutes=each.minutes + minutes) for each in problem.interviewers)
        return _allows(evolve(problem, interviewers=longer))

    found = _least(enough, _MOST_MINUTES)
    return "" if found is None else MORE_MINUTES.format(minutes=found)


def _allows(problem: PanelProblem) -> bool:
    return is_feasible(problem, rules_of(problem), _SECONDS)


def _more_interviews(problem: PanelProblem, limited: Sequence[PanelRule]) -> str:
    """Say how many more interviews a single one of some interviewers would have to hold for all rules to hold."""

    def enough(more: int) -> bool:
        return any(_allows(evolve(problem, interviewers=_relieved(problem, rule.of, more))) for rule in limited)

    found = _least(enough, len(problem.candidates))
    return ANOTHER_INTERVIEWER if found is None else MORE_INTERVIEWS.format(more=found)


def _relieved(problem: PanelProblem, who: str, more: int) -> tuple[PanelInterviewer, ...]:
    return tuple(
        evolve(each, at_most=each.at_most + more) if each.id == who and each.at_most is not None else each
        for each in problem.interviewers
    )


def _least(enough: Callable[[int], bool], most: int) -> int | None:
    """Return the least number from 1 that is enough, where every larger one is too; None where not even the most is."""
    if not enough(most):
        return None
    low, high = 0, most
    while high - low > 1:
        middle = math.floor((low + high) / 2)
        low, high = (low, middle) if enough(middle) else (middle, high)
    return high
