"""Closings of decisions: what was decided, why, who dissents, and what it overrides."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from attrs import frozen

from hiringkit.actions.audit import Actor
from hiringkit.actions.decision_steps import (
    NO_EXCEPTION,
    NO_EXCEPTION_HINT,
    NO_VOTER,
    VOTERS_OWN_HINT,
    Excusable,
    checked_text,
    comparison_text,
    exception_kinds,
    find_criterion,
    find_decided_on,
    going_on,
    keep_exceptions,
    log_step,
    made_exception,
    some_names,
)
from hiringkit.actions.lookup import Tx, find_candidate, find_interviewer, require_running
from hiringkit.actions.openings import OutcomeGiven, keep_outcomes
from hiringkit.actions.visibility import require_recruiter
from hiringkit.domain.conduct import RankingPolicy
from hiringkit.domain.decision import (
    COMPARISON,
    VOTES,
    Closing,
    ClosingStatement,
    DecisionException,
    DecisionState,
    ExceptionKind,
    PanelDecision,
    StatementKind,
    VotingStage,
)
from hiringkit.domain.profile import BarState
from hiringkit.errors import Refused, UsageProblem
from hiringkit.store import decisions
from hiringkit.store.store import Store
from hiringkit.text.clean import clean_line
from hiringkit.text.digest import digest_text
from hiringkit.text.sentence import Sentence

UNFINISHED = Sentence("not voted on or not revealed: {names}")
UNFINISHED_HINT = Sentence('vote and reveal first; to close all the same: --exception "why", which is recorded')
REVOTES_SEALED = Sentence("revotes are still sealed on: {names}")
REVOTES_SEALED_HINT = Sentence("hiringkit decision reveal {opening} CRITERION reveals them")
COMPARISON_CHANGED = Sentence("the scorecards or their scores have changed since the decision was opened")
COMPARISON_CHANGED_HINT = Sentence('compare again; to close all the same: --exception "why", which is recorded')
OTHER_COMPARISON = Sentence("the comparison is no longer {given}: it is {now}")
OTHER_COMPARISON_HINT = Sentence("look at it: hiringkit compare {opening}")
NO_REASON = Sentence("no reason is given for: {names}")
NO_REASON_HINT = Sentence('--reason CRITERION="why" for each')
NOT_OVERRIDDEN = Sentence("the choice overrides {what}, and no reason is given for that")
NOT_OVERRIDDEN_HINT = Sentence('--override {name}="why"')
NOTHING_OVERRIDDEN = Sentence("the choice does not override {name!r}")
NOTHING_OVERRIDDEN_HINT = Sentence("what it overrides: {names}")
NO_DECIDER = Sentence("it is not said who decided")
NO_DECIDER_HINT = Sentence('--decided-by "NAME"')
THE_COMPARISON = Sentence("the order of the comparison")
THE_VOTES = Sentence("the order of the votes")
THE_GATE = Sentence("the gate {criterion!r}")


@frozen
class Choice:
    """What is decided, and what is put on record with it."""

    decided_by: str
    candidate: str | None
    """By id, e-mail or name; None for nobody."""
    reasons: Mapping[str, str]
    """By criterion."""
    dissents: Mapping[str, str]
    """By voter."""
    overrides: Mapping[str, str]
    """By `comparison`, `votes` or the criterion of a gate."""
    outcomes: Mapping[str, OutcomeGiven]
    """What becomes of candidates, as in `close_opening`."""


def close_decision(
    store: Store,
    actor: Actor,
    opening_id: str,
    choice: Choice,
    *,
    comparison: str = "",
    exception: str = "",
    revision: int | None = None,
) -> PanelDecision:
    """Record what was decided. Nothing of it is taken from the scores or the votes.

    Args:
        store: Where it is kept.
        actor: A recruiter.
        opening_id: The opening.
        choice: What was decided, and why.
        comparison: The digest of the comparison that was looked at; not checked if empty.
        exception: Why it is closed although votes are missing or scorecards have changed.
        revision: That of the decision as the caller saw it; not checked if None.

    Raises:
        NotFound: No such opening, decision, candidate, criterion or voter.
        Refused: Something is unfinished or changed, or an override has no reason.
        UsageProblem: A reason is missing or empty, or nobody is named who decided.
    """
    with store.write() as tx:
        require_recruiter(tx, actor.who)
        seen, decision = going_on(tx, actor, opening_id, revision=revision)
        text = comparison_text(tx, seen)
        digest = digest_text(text)
        if comparison and comparison != digest:
            raise Refused(
                OTHER_COMPARISON.format(given=comparison, now=digest),
                hint=OTHER_COMPARISON_HINT.format(opening=opening_id),
            )
        exceptions = list(_unfinished(actor, decision, digest, exception))
        chosen = None if choice.candidate is None else _chosen(tx, decision, choice.candidate)
        decided_by = clean_line(choice.decided_by)
        if not decided_by:
            raise UsageProblem(NO_DECIDER, hint=NO_DECIDER_HINT)
        closing = Closing(
            number=len(decision.closings) + 1,
            at=actor.now(),
            by=actor.who,
            decided_by=checked_text(Sentence("name"), decided_by),
            candidate=chosen,
            comparison=digest,
            comparison_text=text,
            statements=(
                *_reasons(decision, choice.reasons),
                *_dissents(tx, decision, choice.dissents),
                *_overrides(decision, chosen, json.loads(text), choice.overrides),
            ),
        )
        keep_exceptions(tx, decision, exceptions)
        decisions.add_closing(tx, decision, closing)
        decisions.touch(tx, decision, state=str(DecisionState.CLOSED))
        closed = log_step(
            tx,
            actor,
            "close",
            decision,
            decided_by=closing.decided_by,
            comparison=digest,
            overrides=[str(each.kind) for each in closing.statements if each.kind.startswith("override")],
            exceptions=exception_kinds(exceptions),
        )
        keep_outcomes(tx, actor, opening_id, choice.outcomes)
        return closed


def _unfinished(actor: Actor, decision: PanelDecision, digest: str, why: str) -> Iterator[DecisionException]:
    """Require that everything was voted on and nothing has changed, or note what is not as it should be."""
    sealed = {each.criterion for each in decision.ballots if decision.is_sealed(each) and each.round > 1}
    if sealed:
        names = [each.id for each in decision.criteria if each.id in sealed]
        raise Refused(
            REVOTES_SEALED.format(names=some_names(names)), hint=REVOTES_SEALED_HINT.format(opening=decision.opening)
        )
    unvoted = [each.id for each in decision.criteria if decision.stage(each.id) is VotingStage.VOTING]
    if unvoted and not why:
        raise Excusable(UNFINISHED.format(names=some_names(unvoted)), hint=UNFINISHED_HINT)
    changed = digest != decision.comparison
    if changed and not why:
        raise Excusable(COMPARISON_CHANGED, hint=COMPARISON_CHANGED_HINT)
    if why and not (unvoted or changed):
        raise UsageProblem(NO_EXCEPTION, hint=NO_EXCEPTION_HINT)
    for each in unvoted:
        yield made_exception(actor, ExceptionKind.INCOMPLETE, why, criterion=each)
    if changed:
        yield made_exception(actor, ExceptionKind.COMPARISON_CHANGED, why, subject=digest)


def _chosen(tx: Tx, decision: PanelDecision, who: str) -> str:
    found = find_decided_on(tx, decision, who)
    require_running(decision.opening, find_candidate(tx, decision.opening, found))
    return found


def _reasons(decision: PanelDecision, given: Mapping[str, str]) -> Iterator[ClosingStatement]:
    reasons = {find_criterion(decision, criterion): text for criterion, text in given.items()}
    if left := [each.id for each in decision.criteria if not reasons.get(each.id, "").strip()]:
        raise UsageProblem(NO_REASON.format(names=some_names(left)), hint=NO_REASON_HINT)
    for each in decision.criteria:
        yield ClosingStatement(StatementKind.REASON, checked_text(Sentence("reason"), reasons[each.id]), each.id)


def _dissents(tx: Tx, decision: PanelDecision, given: Mapping[str, str]) -> Iterator[ClosingStatement]:
    for who, text in given.items():
        voter = find_interviewer(tx, who).id
        if voter not in decision.voters:
            raise Refused(NO_VOTER.format(who=voter), hint=VOTERS_OWN_HINT.format(names=some_names(decision.voters)))
        yield ClosingStatement(StatementKind.DISSENT, checked_text(Sentence("reason"), text), voter=voter)


def _overrides(
    decision: PanelDecision, chosen: str | None, comparison: Mapping[str, Any], given: Mapping[str, str]
) -> Iterator[ClosingStatement]:
    """Require a reason for each thing that the choice overrides, and for nothing else."""
    needed = overridden(decision, chosen, comparison)
    for name in given:
        if name not in needed:
            hint = NOTHING_OVERRIDDEN_HINT.format(names=", ".join(needed)) if needed else ""
            raise UsageProblem(NOTHING_OVERRIDDEN.format(name=name), hint=hint)
    for name, kind in needed.items():
        if not given.get(name, "").strip():
            what = {COMPARISON: THE_COMPARISON, VOTES: THE_VOTES}.get(name, THE_GATE.format(criterion=name))
            raise Refused(NOT_OVERRIDDEN.format(what=what), hint=NOT_OVERRIDDEN_HINT.format(name=name))
        criterion = name if kind is StatementKind.OVERRIDE_GATE else ""
        yield ClosingStatement(kind, checked_text(Sentence("reason"), given[name]), criterion)


def overridden(decision: PanelDecision, chosen: str | None, comparison: Mapping[str, Any]) -> dict[str, StatementKind]:
    """Return what the choice of a candidate overrides; choosing nobody overrides nothing.

    Args:
        decision: With the votes that are revealed.
        chosen: A candidate's id; None for nobody.
        comparison: `hiringkit/comparison/1`.

    Returns:
        By `comparison`, `votes` or the criterion of a gate.
    """
    profiles = {each["candidate"]: each for each in comparison["profiles"] if each["candidate"] in decision.candidates}
    if chosen is None or chosen not in profiles:
        return {}
    needed = {} if comparison.get("ranking") == RankingPolicy.OFF else _passed_over(decision, chosen, profiles)
    for gate in profiles[chosen]["gates"]:
        if gate["state"] == BarState.FAILED:
            needed[gate["criterion"]] = StatementKind.OVERRIDE_GATE
    return needed


def _passed_over(
    decision: PanelDecision, chosen: str, profiles: Mapping[str, Mapping[str, Any]]
) -> dict[str, StatementKind]:
    """Return what puts somebody before the chosen one: the comparison, the votes, both or neither."""
    needed = {}
    places = [each["rank"]["position"] for each in profiles.values() if each["rank"]["position"] is not None]
    place = profiles[chosen]["rank"]["position"]
    if places and (place is None or place > min(places)):
        needed[COMPARISON] = StatementKind.OVERRIDE_COMPARISON
    scores = [score for each in profiles if (score := decision.score(each)) is not None]
    own = decision.score(chosen)
    if scores and (own is None or round(own, 6) < round(max(scores), 6)):
        needed[VOTES] = StatementKind.OVERRIDE_VOTES
    return needed


def overridden_by(store: Store, actor: Actor, opening_id: str, candidate: str | None) -> tuple[str, ...]:
    """Return what closing the open decision for a candidate would override: what needs a reason.

    Args:
        store: Where it is kept.
        actor: A recruiter.
        opening_id: The opening.
        candidate: By id; None for nobody.

    Raises:
        NotFound: No such opening or decision.
        Refused: One acts as an interviewer, or the decision takes nothing more.
    """
    with store.read() as tx:
        require_recruiter(tx, actor.who)
        seen, decision = going_on(tx, actor, opening_id)
        return tuple(overridden(decision, candidate, json.loads(comparison_text(tx, seen))))
