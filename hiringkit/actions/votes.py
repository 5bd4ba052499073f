"""Votes on the criteria of a decision: cast, revealed, talked about, cast again."""

from collections.abc import Iterator, Mapping, Sequence

from hiringkit.actions.audit import Actor
from hiringkit.actions.decision_steps import (
    NO_EXCEPTION,
    NO_EXCEPTION_HINT,
    NO_VOTER,
    SEEN_OTHER_HINT,
    SETTLED,
    VOTERS_OWN_HINT,
    Excusable,
    checked_text,
    current_decision,
    exception_kinds,
    find_criterion,
    find_decided_on,
    going_on,
    keep_exceptions,
    log_step,
    made_exception,
    some_names,
)
from hiringkit.actions.lookup import Tx, pinned_rubric
from hiringkit.actions.visibility import RECRUITER_ONLY_HINT, VisibleOpening, require_recruiter
from hiringkit.domain.decision import (
    HOLISTIC,
    Ballot,
    DecisionException,
    DiscussionNote,
    ExceptionKind,
    PanelDecision,
    VoteReveal,
    VotingStage,
)
from hiringkit.domain.level import LevelNumber, read_level, write_level
from hiringkit.errors import Refused, UsageProblem
from hiringkit.store import decisions
from hiringkit.store.store import Store
from hiringkit.text.sentence import Sentence
from hiringkit.text.typed import typed_plainly

ABSTAIN = "abstain"
"""What is given in the place of a level by somebody who does not judge a candidate."""
VOTERS_OWN = Sentence("a vote is given by the voter, and you act as a recruiter")
NO_VOTER_HINT = Sentence(
    'a recruiter adds late voters: hiringkit decision reopen {opening} --voter {who} --because "…"'
)
OWN_SCORECARD = Sentence("your own scorecard is owed for: {names}")
OWN_SCORECARD_HINT = Sentence("submit it before you vote: hiringkit interview list {opening}")
HOLISTIC_LAST = Sentence("the holistic vote comes last, and these are not settled: {names}")
SETTLE_HINT = Sentence("hiringkit decision reveal {opening} CRITERION reveals the votes, and then the revotes")
REVEALED = Sentence("the votes on {criterion!r} are revealed already")
REVEALED_HINT = Sentence("what you think now is a revote: hiringkit decision revote {opening} {criterion}")
NOT_REVEALED = Sentence("the votes on {criterion!r} are not revealed yet")
NOT_REVEALED_HINT = Sentence("hiringkit decision vote {opening} {criterion}, and then hiringkit decision reveal")
SETTLED_HINT = Sentence('for another round: hiringkit decision reopen {opening} {criterion} --because "…"')
LATE = Sentence("you have not voted on {criterion!r}, and the votes are revealed")
LATE_HINT = Sentence('--exception "why you are late", which is recorded')
UNVOTED = Sentence("no level is given for: {names}")
UNVOTED_HINT = Sentence("CANDIDATE=LEVEL for each, or CANDIDATE=abstain")
NO_LEVEL = Sentence("{text!r} is not on the scale")
NO_LEVEL_HINT = Sentence("one of {levels}, or abstain")
SEEN_OTHER = Sentence("your vote has been changed elsewhere since you saw it")
WAITING = Sentence("not everybody has voted on {criterion!r}")
WAITING_HINT = Sentence('--exception "why" reveals without them; who was missing is recorded')
NOBODY_VOTED = Sentence("nobody has voted on {criterion!r}")
NO_PART = Sentence("only those who vote and recruiters take part in a decision")


def vote(
    store: Store,
    actor: Actor,
    opening_id: str,
    criterion: str,
    levels: Mapping[str, str],
    *,
    reason: str | None = None,
    replacing: int | None = None,
) -> Ballot:
    """Cast a silent vote, or cast it again as long as the votes on the criterion are not revealed.

    Args:
        store: Where it is kept.
        actor: One who votes.
        opening_id: The opening.
        criterion: Its id, or `holistic` once all others are settled.
        levels: What is typed for each candidate: a level, or `abstain`. Who is left out keeps an earlier vote.
        reason: Why, sealed with the vote; what was given before stays if None.
        replacing: The revision of the ballot that the voter saw, 0 for none; not checked if None.

    Raises:
        NotFound: No such opening, decision, criterion or candidate.
        Refused: It is not this person's turn to vote on this.
        UsageProblem: A level is off the scale, or a candidate has none.
    """
    with store.write() as tx:
        seen, decision = going_on(tx, actor, opening_id)
        criterion = find_criterion(decision, criterion)
        voter = _voter(seen, decision)
        _require_turn(decision, criterion)
        if decision.stage(criterion) is not VotingStage.VOTING:
            place = {"criterion": criterion, "opening": opening_id}
            raise Refused(REVEALED.format(criterion=criterion), hint=REVEALED_HINT.format(**place))
        return _cast(tx, actor, seen, decision, criterion, voter, levels, reason, replacing, "vote")


def revote(
    store: Store,
    actor: Actor,
    opening_id: str,
    criterion: str,
    levels: Mapping[str, str],
    *,
    reason: str | None = None,
    exception: str = "",
    replacing: int | None = None,
) -> Ballot:
    """Cast a silent vote after the discussion. When everybody has, the revotes are revealed.

    Args:
        store: Where it is kept.
        actor: One who votes.
        opening_id: The opening.
        criterion: Its id, or `holistic`.
        levels: As in `vote`; who is left out keeps the level of the round before.
        reason: Why, sealed with the vote.
        exception: Why somebody votes for the first time only now.
        replacing: As in `vote`.

    Raises:
        NotFound: No such opening, decision, criterion or candidate.
        Refused: The votes are not revealed yet, the criterion is settled, or the voter is late.
        UsageProblem: A level is off the scale, or a candidate has none.
    """
    with store.write() as tx:
        seen, decision = going_on(tx, actor, opening_id)
        criterion = find_criterion(decision, criterion)
        voter = _voter(seen, decision)
        _require_revote(decision, criterion)
        late = not any(decision.ballot(criterion, n, voter) for n in range(1, decision.revealed(criterion) + 2))
        if late and not exception:
            raise Excusable(LATE.format(criterion=criterion), hint=LATE_HINT)
        if exception and not late:
            raise UsageProblem(NO_EXCEPTION, hint=NO_EXCEPTION_HINT)
        if late:
            keep_exceptions(
                tx,
                decision,
                [made_exception(actor, ExceptionKind.LATE_VOTE, exception, criterion=criterion, subject=voter)],
            )
        ballot = _cast(tx, actor, seen, decision, criterion, voter, levels, reason, replacing, "revote")
        _reveal_if_complete(tx, actor, opening_id, ballot)
        return ballot


def _require_revote(decision: PanelDecision, criterion: str) -> None:
    place = {"criterion": criterion, "opening": decision.opening}
    stage = decision.stage(criterion)
    if stage is VotingStage.VOTING:
        raise Refused(NOT_REVEALED.format(criterion=criterion), hint=NOT_REVEALED_HINT.format(**place))
    if stage is VotingStage.SETTLED:
        raise Refused(SETTLED.format(criterion=criterion), hint=SETTLED_HINT.format(**place))


def _require_turn(decision: PanelDecision, criterion: str) -> None:
    """Require that the holistic vote comes last."""
    if criterion != HOLISTIC or not decision.holistic:
        return
    others = [each.id for each in decision.criteria if each.id != HOLISTIC]
    if open_ := [each for each in others if decision.stage(each) is not VotingStage.SETTLED]:
        raise Refused(HOLISTIC_LAST.format(names=some_names(open_)), hint=SETTLE_HINT.format(opening=decision.opening))


def _voter(seen: VisibleOpening, decision: PanelDecision) -> str:
    """Return who votes.

    Raises:
        Refused: It is a recruiter, somebody else, or somebody whose own scorecard is owed.
    """
    voter = seen.viewer
    if voter is None:
        raise Refused(VOTERS_OWN, hint=VOTERS_OWN_HINT.format(names=some_names(decision.voters)))
    if voter not in decision.voters:
        raise Refused(NO_VOTER.format(who=voter), hint=NO_VOTER_HINT.format(opening=decision.opening, who=voter))
    if owed := [each for each in decision.candidates if each in seen.hidden]:
        raise Refused(
            OWN_SCORECARD.format(names=some_names(owed)), hint=OWN_SCORECARD_HINT.format(opening=decision.opening)
        )
    return voter


def _cast(
    tx: Tx,
    actor: Actor,
    seen: VisibleOpening,
    decision: PanelDecision,
    criterion: str,
    voter: str,
    levels: Mapping[str, str],
    reason: str | None,
    replacing: int | None,
    verb: str,
) -> Ballot:
    round_ = decision.revealed(criterion) + 1
    earlier = next(filter(None, (decision.ballot(criterion, n, voter) for n in range(round_, 0, -1))), None)
    same = earlier if earlier and earlier.round == round_ else None
    revision = same.revision if same else 0
    if replacing is not None and replacing != revision:
        raise Refused(SEEN_OTHER, hint=SEEN_OTHER_HINT.format(opening=decision.opening))
    scale = pinned_rubric(tx, seen.opening).scale.values
    given = {find_decided_on(tx, decision, who): _level(text, scale) for who, text in levels.items()}
    running = {each.id for each in seen.candidates if not each.withdrawn_at}
    wanted = [each for each in decision.candidates if each in running]
    kept = dict(earlier.levels) if earlier else {}
    whole = {each: level for each, level in (kept | given).items() if each in wanted}
    if left := [each for each in wanted if each not in whole]:
        raise UsageProblem(UNVOTED.format(names=some_names(left)), hint=UNVOTED_HINT)
    before = same.reason if same else ""
    said = before if reason is None else checked_text(Sentence("reason"), reason) if reason.strip() else ""
    ballot = Ballot(criterion, round_, voter, whole, actor.now(), said, revision + 1)
    decisions.put_ballot(tx, decision, ballot)
    log_step(tx, actor, verb, decision, criterion=criterion, round=round_)
    return ballot


def _level(text: str, scale: tuple[LevelNumber, ...]) -> LevelNumber | None:
    if typed_plainly(text).casefold() == ABSTAIN:
        return None
    level = read_level(text, scale)
    if level is None:
        raise UsageProblem(
            NO_LEVEL.format(text=text), hint=NO_LEVEL_HINT.format(levels=", ".join(map(write_level, scale)))
        )
    return level


def _reveal_if_complete(tx: Tx, actor: Actor, opening_id: str, ballot: Ballot) -> None:
    """Reveal the revotes as soon as everybody who has voted on the criterion has voted again."""
    decision = current_decision(tx, opening_id)
    voted = {each.voter for each in decision.ballots if each.criterion == ballot.criterion}
    if voted == {each.voter for each in decision.cast(ballot.criterion, ballot.round)}:
        _reveal(tx, actor, decision, ballot.criterion)


def _reveal(
    tx: Tx, actor: Actor, decision: PanelDecision, criterion: str, exceptions: Sequence[DecisionException] = ()
) -> PanelDecision:
    round_ = decision.revealed(criterion) + 1
    decisions.add_record(tx, decision, VoteReveal(criterion, round_, actor.now(), actor.who))
    keep_exceptions(tx, decision, exceptions)
    decisions.touch(tx, decision)
    return log_step(
        tx, actor, "reveal", decision, criterion=criterion, round=round_, exceptions=exception_kinds(exceptions)
    )


def reveal(
    store: Store,
    actor: Actor,
    opening_id: str,
    criterion: str,
    *,
    note: str = "",
    exception: str = "",
    revision: int | None = None,
) -> None:
    """Reveal the votes on a criterion, or end its revote: who has not voted again keeps the vote.

    Args:
        store: Where it is kept.
        actor: A recruiter; where everybody has voted, also one who votes.
        opening_id: The opening.
        criterion: Its id, or `holistic`.
        note: What was said about it.
        exception: Why the votes are revealed although some are missing.
        revision: That of the decision as the caller saw it; not checked if None.

    Raises:
        NotFound: No such opening, decision or criterion.
        Refused: Votes are missing, everything is revealed, or one takes no part.
    """
    with store.write() as tx:
        seen, decision = going_on(tx, actor, opening_id, revision=revision)
        criterion = find_criterion(decision, criterion)
        _require_part(seen, decision)
        if decision.stage(criterion) is VotingStage.SETTLED:
            place = {"criterion": criterion, "opening": opening_id}
            raise Refused(SETTLED.format(criterion=criterion), hint=SETTLED_HINT.format(**place))
        exceptions = list(_missing_votes(actor, decision, criterion, exception))
        if exceptions or decision.stage(criterion) is VotingStage.REVOTING:
            require_recruiter(tx, actor.who)
        decision = _reveal(tx, actor, decision, criterion, exceptions)
        if note:
            _note(tx, actor, decision, criterion, note)


def _missing_votes(actor: Actor, decision: PanelDecision, criterion: str, why: str) -> Iterator[DecisionException]:
    """Require that everybody has voted, or note who has not."""
    if decision.stage(criterion) is not VotingStage.VOTING:
        if why:
            raise UsageProblem(NO_EXCEPTION, hint=NO_EXCEPTION_HINT)
        return
    voted = {each.voter for each in decision.cast(criterion, 1)}
    absent = [each for each in decision.voters if each not in voted]
    if absent and not why:
        raise Excusable(WAITING.format(criterion=criterion), hint=WAITING_HINT)
    if not voted:
        raise Refused(NOBODY_VOTED.format(criterion=criterion))
    if why and not absent:
        raise UsageProblem(NO_EXCEPTION, hint=NO_EXCEPTION_HINT)
    for each in absent:
        yield made_exception(actor, ExceptionKind.MISSING_VOTE, why, criterion=criterion, subject=each)


def _require_part(seen: VisibleOpening, decision: PanelDecision) -> None:
    """Require a recruiter or one who votes and owes nothing."""
    if seen.viewer is not None:
        if seen.viewer not in decision.voters:
            raise Refused(NO_PART, hint=RECRUITER_ONLY_HINT)
        _voter(seen, decision)


def note(store: Store, actor: Actor, opening_id: str, criterion: str, text: str) -> None:
    """Note what was said about a criterion after its votes were revealed.

    Raises:
        NotFound: No such opening, decision or criterion.
        Refused: Its votes are not revealed yet, or one takes no part.
        UsageProblem: The note is empty.
    """
    with store.write() as tx:
        seen, decision = going_on(tx, actor, opening_id)
        criterion = find_criterion(decision, criterion)
        _require_part(seen, decision)
        if decision.stage(criterion) is VotingStage.VOTING:
            place = {"criterion": criterion, "opening": opening_id}
            raise Refused(NOT_REVEALED.format(criterion=criterion), hint=NOT_REVEALED_HINT.format(**place))
        _note(tx, actor, decision, criterion, text)


def _note(tx: Tx, actor: Actor, decision: PanelDecision, criterion: str, text: str) -> None:
    decisions.add_record(
        tx, decision, DiscussionNote(criterion, checked_text(Sentence("note"), text), actor.now(), actor.who)
    )
    log_step(tx, actor, "note", decision, criterion=criterion)
