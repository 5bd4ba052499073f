"""Decisions by mediating assessments: opened, taken up again, and shown; votes and closings have files of their own."""

import json
from collections.abc import Iterator, Sequence

from attrs import evolve

from hiringkit.actions.audit import Actor
from hiringkit.actions.decision_steps import (
    NO_DECISION,
    NO_DECISION_HINT,
    NO_EXCEPTION,
    NO_EXCEPTION_HINT,
    Excusable,
    comparison_text,
    dropped_ids,
    exception_kinds,
    find_criterion,
    has_same_rubric,
    keep_exceptions,
    last_decision,
    log_step,
    made_exception,
    some_names,
)
from hiringkit.actions.lookup import (
    Tx,
    find_candidate,
    find_interviewer,
    find_opening,
    pinned_rubric,
    require_open,
    require_running,
)
from hiringkit.actions.visibility import VisibleOpening, require_recruiter, visible_opening, whole_decision
from hiringkit.domain.conduct import RankingPolicy
from hiringkit.domain.decision import (
    HOLISTIC,
    MOST_HOLISTIC,
    DecisionException,
    DecisionState,
    DecisionView,
    ExceptionKind,
    FrozenCriterion,
    PanelDecision,
    StatementKind,
    VotingStage,
)
from hiringkit.domain.interview import InterviewState, Opening
from hiringkit.domain.rubric import Rubric, RubricRef
from hiringkit.errors import NotFound, Refused, UsageProblem
from hiringkit.store import decisions, people
from hiringkit.store.store import Store
from hiringkit.text.digest import digest_text
from hiringkit.text.sentence import Sentence

NO_NUMBER = Sentence("opening {opening!r} has no decision {number}")
NO_NUMBER_HINT = Sentence("it has had {count}")
THERE_IS_ONE = Sentence("a decision on opening {opening!r} has been opened already")
THERE_IS_ONE_HINT = Sentence(
    'go on with it: hiringkit decision show {opening}; to start over, with what was voted kept: --anew "why"'
)
NOTHING_BEFORE = Sentence("there is no decision on opening {opening!r} to start anew from")
HOLISTIC_RANGE = Sentence("holistic judgement cannot weigh {share:g} %")
HOLISTIC_RANGE_HINT = Sentence("from 0 to 30")
HOLISTIC_TAKEN = Sentence("the rubric has a criterion {criterion!r} of its own, so holistic judgement gets no weight")
NO_VOTERS = Sentence("nobody is there to vote")
NO_VOTERS_HINT = Sentence("--voter WHO, or schedule interviews: hiringkit interview schedule {opening} CANDIDATE WHO")
NO_CANDIDATES = Sentence("there is no candidate to decide on")
NO_CANDIDATES_HINT = Sentence("hiringkit candidate add {opening} NAME")
OWED = Sentence("scorecards are still owed: {names}")
OWED_HINT = Sentence(
    'submit them, or cancel those interviews; to open all the same: --exception "why", which is recorded'
)
NOTHING_TO_REOPEN = Sentence("there is nothing to take up again")
NOTHING_TO_REOPEN_HINT = Sentence("CRITERION for another round, --voter WHO for a late voter")
NOT_SETTLED = Sentence("{criterion!r} is not settled, so it can be voted on as it is")
VOTES_ALREADY = Sentence("{who!r} votes already")


def open_decision(
    store: Store,
    actor: Actor,
    opening_id: str,
    *,
    holistic: float = 0.0,
    voters: Sequence[str] = (),
    candidates: Sequence[str] = (),
    exception: str = "",
    anew: str = "",
) -> PanelDecision:
    """Open a decision: weights, candidates and voters are fixed before anybody votes.

    Args:
        store: Where it is kept.
        actor: A recruiter.
        opening_id: The opening.
        holistic: The weight of holistic judgement, from 0 to 0.3.
        voters: Who votes; those who interview in the opening if empty.
        candidates: Who is decided on; all who have not withdrawn if empty.
        exception: Why it is opened although scorecards are owed.
        anew: Why it takes the place of the one before.

    Raises:
        NotFound: No such opening, candidate or interviewer.
        Refused: There is a decision already, scorecards are owed, or one acts as an interviewer.
        UsageProblem: The weight is out of range.
    """
    if not 0 <= holistic <= MOST_HOLISTIC:
        raise UsageProblem(HOLISTIC_RANGE.format(share=100 * holistic), hint=HOLISTIC_RANGE_HINT)
    with store.write() as tx:
        require_recruiter(tx, actor.who)
        seen = visible_opening(tx, actor.who, opening_id)
        require_open(seen.opening)
        opened = _fresh(tx, actor, seen, holistic, voters, candidates)
        exceptions = [*_anew(tx, actor, opening_id, anew), *_owed(actor, seen, opened, exception)]
        opened = evolve(opened, exceptions=tuple(exceptions))
        decisions.add(tx, opened)
        return log_step(tx, actor, "open", opened, is_new=True, **_frozen_detail(opened))


def _fresh(
    tx: Tx, actor: Actor, seen: VisibleOpening, holistic: float, voters: Sequence[str], candidates: Sequence[str]
) -> PanelDecision:
    opening = seen.opening
    rubric = pinned_rubric(tx, opening)
    if holistic and any(each.id == HOLISTIC for each in rubric.criteria):
        raise Refused(HOLISTIC_TAKEN.format(criterion=HOLISTIC))
    running = [each.id for each in seen.candidates if not each.withdrawn_at]
    if candidates:
        wanted = {_running(tx, opening.id, who) for who in candidates}
        running = [each for each in running if each in wanted]
    if not running:
        raise Refused(NO_CANDIDATES, hint=NO_CANDIDATES_HINT.format(opening=opening.id))
    panel = {each.interviewer for each in seen.outlines() if each.state is not InterviewState.CANCELLED}
    chosen = {find_interviewer(tx, who).id for who in voters} or panel
    everybody = tuple(each.id for each in people.interviewers(tx) if each.id in chosen)
    if not everybody:
        raise Refused(NO_VOTERS, hint=NO_VOTERS_HINT.format(opening=opening.id))
    return PanelDecision(
        opening=opening.id,
        number=decisions.count(tx, opening.id) + 1,
        state=DecisionState.OPEN,
        opened_at=actor.now(),
        opened_by=actor.who,
        rubric=RubricRef(opening.rubric, opening.version, opening.digest),
        criteria=tuple(_frozen_criteria(rubric, holistic)),
        candidates=tuple(running),
        voters=everybody,
        dropped=dropped_ids(tx, opening.id),
        comparison=digest_text(comparison_text(tx, seen)),
    )


def _running(tx: Tx, opening_id: str, who: str) -> str:
    found = find_candidate(tx, opening_id, who)
    require_running(opening_id, found)
    return found.id


def _frozen_criteria(rubric: Rubric, holistic: float) -> Iterator[FrozenCriterion]:
    total = sum(each.weight for each in rubric.criteria)
    for each in rubric.criteria:
        yield FrozenCriterion(each.id, (1 - holistic) * each.weight / total)
    if holistic:
        yield FrozenCriterion(HOLISTIC, holistic)


def _anew(tx: Tx, actor: Actor, opening_id: str, why: str) -> Iterator[DecisionException]:
    """Abandon the decision that there is, for a reason."""
    before = whole_decision(tx, opening_id)
    if before is None:
        if why:
            raise UsageProblem(NOTHING_BEFORE.format(opening=opening_id))
        return
    if not why:
        raise Refused(THERE_IS_ONE.format(opening=opening_id), hint=THERE_IS_ONE_HINT.format(opening=opening_id))
    if before.state is DecisionState.OPEN:
        decisions.touch(tx, before, state=str(DecisionState.ABANDONED))
        log_step(tx, actor, "abandon", before)
    yield made_exception(actor, ExceptionKind.STARTED_ANEW, why, subject=str(before.number))


def _owed(actor: Actor, seen: VisibleOpening, opened: PanelDecision, why: str) -> Iterator[DecisionException]:
    """Require that no scorecard is owed for the candidates, or note each that is."""
    owed = [each.id for each in seen.outlines() if each.owed and each.candidate in opened.candidates]
    if owed and not why:
        raise Excusable(OWED.format(names=some_names(owed)), hint=OWED_HINT)
    if why and not owed:
        raise UsageProblem(NO_EXCEPTION, hint=NO_EXCEPTION_HINT)
    for each in owed:
        yield made_exception(actor, ExceptionKind.MISSING_SCORECARD, why, subject=each)


def _frozen_detail(opened: PanelDecision) -> dict[str, object]:
    return {
        "rubric": opened.rubric.digest,
        "weights": {each.id: round(each.weight, 6) for each in opened.criteria},
        "candidates": len(opened.candidates),
        "voters": list(opened.voters),
        "comparison": opened.comparison,
        "exceptions": exception_kinds(opened.exceptions),
    }


def reopen(
    store: Store,
    actor: Actor,
    opening_id: str,
    *,
    because: str,
    criterion: str = "",
    voter: str = "",
) -> PanelDecision:
    """Take something up again, on the record: a closed decision, a settled criterion, a changed rubric, a late voter.

    Args:
        store: Where it is kept.
        actor: A recruiter.
        opening_id: The opening.
        because: Why.
        criterion: One that is settled and is to be voted on once more.
        voter: Somebody who is to vote too.

    Raises:
        NotFound: No such opening, decision, criterion or interviewer.
        Refused: There is nothing to take up again.
        UsageProblem: No reason is given.
    """
    with store.write() as tx:
        require_recruiter(tx, actor.who)
        seen = visible_opening(tx, actor.who, opening_id)
        require_open(seen.opening)
        decision = last_decision(tx, opening_id)
        found = list(_taken_up(tx, actor, seen.opening, decision, because, criterion, voter))
        if not found:
            raise Refused(NOTHING_TO_REOPEN, hint=NOTHING_TO_REOPEN_HINT)
        keep_exceptions(tx, decision, found)
        rubric = seen.opening
        decisions.touch(
            tx,
            decision,
            state=str(DecisionState.OPEN),
            rubric=rubric.rubric,
            version=rubric.version,
            digest=rubric.digest,
            dropped=json.dumps(dropped_ids(tx, opening_id)),
        )
        return log_step(tx, actor, "reopen", decision, exceptions=exception_kinds(found))


def _taken_up(
    tx: Tx, actor: Actor, opening: Opening, decision: PanelDecision, because: str, criterion: str, voter: str
) -> Iterator[DecisionException]:
    if decision.state is not DecisionState.OPEN:
        yield made_exception(actor, ExceptionKind.REOPENED, because)
    if not has_same_rubric(tx, opening, decision):
        yield made_exception(actor, ExceptionKind.RUBRIC_CHANGED, because, subject=opening.digest)
    if criterion:
        criterion = find_criterion(decision, criterion)
        if decision.stage(criterion) is not VotingStage.SETTLED:
            raise Refused(NOT_SETTLED.format(criterion=criterion))
        decisions.add_round(tx, decision, criterion)
        yield made_exception(actor, ExceptionKind.REOPENED, because, criterion=criterion)
    if voter:
        found = find_interviewer(tx, voter).id
        if found in decision.voters:
            raise Refused(VOTES_ALREADY.format(who=found))
        decisions.add_voter(tx, decision, found)
        yield made_exception(actor, ExceptionKind.LATE_VOTER, because, subject=found)


def openings_to_vote_in(store: Store, interviewer: str) -> tuple[Opening, ...]:
    """Return the openings on which somebody is to vote now."""
    with store.read() as tx:
        return tuple(find_opening(tx, each) for each in decisions.voting_in(tx, interviewer))


def show_decision(store: Store, actor: Actor, opening_id: str, *, number: int | None = None) -> DecisionView:
    """Return a decision as far as one may see it; the comparison beside it only once no vote can be swayed by it.

    Args:
        store: Where it is kept.
        actor: Who looks.
        opening_id: The opening.
        number: Which decision; the last if None.

    Raises:
        NotFound: No such opening or decision.
    """
    with store.read() as tx:
        seen = visible_opening(tx, actor.who, opening_id)
        decision = seen.decision(number)
        if decision is None:
            if number is None:
                raise NotFound(NO_DECISION.format(opening=opening_id), hint=NO_DECISION_HINT.format(opening=opening_id))
            hint = NO_NUMBER_HINT.format(count=decisions.count(tx, opening_id))
            raise NotFound(NO_NUMBER.format(opening=opening_id, number=number), hint=hint)
        closing = decision.closing
        wanted = not seen.hidden and (closing is not None or decision.is_settled)
        text = comparison_text(tx, seen) if wanted else ""
        shown = json.loads(closing.comparison_text if closing else text) if wanted else None
        rubric = pinned_rubric(tx, seen.opening)
        is_ranked = seen.opening.ranks(rubric.policy)
        if not is_ranked:
            decision = _without_order(decision)
            if shown and shown.get("ranking") != RankingPolicy.OFF:  # closed by a comparison that put them in an order
                shown = json.loads(text)
        return DecisionView(
            decision=decision,
            opening=seen.opening,
            rubric=rubric,
            candidates=tuple(each for each in seen.candidates if each.id in decision.candidates),
            voters=tuple(each for each in people.interviewers(tx) if each.id in decision.voters),
            viewer=seen.viewer,
            comparison=shown,
            digest=digest_text(text) if text else "",
            is_ranked=is_ranked,
        )


def _without_order(decision: PanelDecision) -> PanelDecision:
    """Leave out what was put on record about an order while candidates were still ranked."""
    orders = {StatementKind.OVERRIDE_COMPARISON, StatementKind.OVERRIDE_VOTES}
    return evolve(
        decision,
        closings=tuple(
            evolve(each, statements=tuple(said for said in each.statements if said.kind not in orders))
            for each in decision.closings
        ),
    )
