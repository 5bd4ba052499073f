"""Decisions by mediating assessments: opened, voted on criterion by criterion, closed, and shown.

Every step is one transaction with its event in the audit log. What the protocol does not allow is refused, or done
all the same for a reason that is recorded as an exception.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any

from attrs import evolve, frozen

from hiringkit.actions.audit import Actor, record
from hiringkit.actions.lookup import (
    Tx,
    asked_rubric,
    find_candidate,
    find_interviewer,
    find_opening,
    pinned_rubric,
    require_open,
    require_running,
)
from hiringkit.actions.openings import OutcomeGiven, keep_outcomes
from hiringkit.actions.visibility import (
    RECRUITER_ONLY_HINT,
    VisibleOpening,
    require_recruiter,
    visible_opening,
    whole_decision,
)
from hiringkit.domain.conduct import RankingPolicy
from hiringkit.domain.decision import (
    COMPARISON,
    HOLISTIC,
    MOST_HOLISTIC,
    VOTES,
    Ballot,
    Closing,
    ClosingStatement,
    DecisionException,
    DecisionState,
    DecisionView,
    DiscussionNote,
    ExceptionKind,
    FrozenCriterion,
    PanelDecision,
    StatementKind,
    VoteReveal,
    VotingStage,
)
from hiringkit.domain.interview import InterviewState, Opening
from hiringkit.domain.level import LevelNumber, read_level, write_level
from hiringkit.domain.profile import BarState, Comparison
from hiringkit.domain.rubric import Rubric, RubricRef
from hiringkit.errors import NotFound, Refused, UsageProblem, missing
from hiringkit.report.model import Report
from hiringkit.report.render.json import render_json
from hiringkit.report.views.documents import comparison_document
from hiringkit.store import decisions, people
from hiringkit.store import dropped_questions as dropped
from hiringkit.store.states import decision_change
from hiringkit.store.store import Store
from hiringkit.text.clean import clean_line, clean_text
from hiringkit.text.sentence import Sentence
from hiringkit.text.typed import typed_plainly

ABSTAIN = "abstain"
"""What is given in the place of a level by somebody who does not judge a candidate."""
LONGEST_TEXT = 10_000
_SHOWN = 10

NO_DECISION = Sentence("no decision on opening {opening!r} has been opened")
NO_DECISION_HINT = Sentence("hiringkit decision open {opening}")
NO_NUMBER = Sentence("opening {opening!r} has no decision {number}")
NO_NUMBER_HINT = Sentence("it has had {count}")
NOT_OPEN = Sentence("the decision on opening {opening!r} is closed and takes nothing more")
NOT_OPEN_HINT = Sentence('to take it up again: hiringkit decision reopen {opening} --because "…"')
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
RUBRIC_CHANGED = Sentence("what candidates are rated by has changed since the decision was opened")
RUBRIC_CHANGED_HINT = Sentence(
    'take the change back, or go on with it on the record: hiringkit decision reopen {opening} --because "…"'
)
VOTERS_OWN = Sentence("a vote is given by the voter, and you act as a recruiter")
VOTERS_OWN_HINT = Sentence("--as WHO; those who vote: {names}")
NO_VOTER = Sentence("{who!r} is not among those who vote")
NO_VOTER_HINT = Sentence(
    'a recruiter adds late voters: hiringkit decision reopen {opening} --voter {who} --because "…"'
)
OWN_SCORECARD = Sentence("your own scorecard is owed for: {names}")
OWN_SCORECARD_HINT = Sentence("submit it before you vote: hiringkit interview list {opening}")
CRITERION = Sentence("criterion in this decision:")
HOLISTIC_LAST = Sentence("the holistic vote comes last, and these are not settled: {names}")
SETTLE_HINT = Sentence("hiringkit decision reveal {opening} CRITERION reveals the votes, and then the revotes")
REVEALED = Sentence("the votes on {criterion!r} are revealed already")
REVEALED_HINT = Sentence("what you think now is a revote: hiringkit decision revote {opening} {criterion}")
NOT_REVEALED = Sentence("the votes on {criterion!r} are not revealed yet")
NOT_REVEALED_HINT = Sentence("hiringkit decision vote {opening} {criterion}, and then hiringkit decision reveal")
SETTLED = Sentence("{criterion!r} is settled")
SETTLED_HINT = Sentence('for another round: hiringkit decision reopen {opening} {criterion} --because "…"')
LATE = Sentence("you have not voted on {criterion!r}, and the votes are revealed")
LATE_HINT = Sentence('--exception "why you are late", which is recorded')
NO_EXCEPTION = Sentence("nothing here is an exception")
NO_EXCEPTION_HINT = Sentence("leave out --exception")
UNVOTED = Sentence("no level is given for: {names}")
UNVOTED_HINT = Sentence("CANDIDATE=LEVEL for each, or CANDIDATE=abstain")
NO_LEVEL = Sentence("{text!r} is not on the scale")
NO_LEVEL_HINT = Sentence("one of {levels}, or abstain")
NO_CANDIDATE = Sentence("candidate in this decision:")
SEEN_OTHER = Sentence("your vote has been changed elsewhere since you saw it")
SEEN_OTHER_HINT = Sentence("look at it, and vote again: hiringkit decision show {opening}")
CHANGED_MEANWHILE = Sentence("the decision has been changed since you saw it")
WAITING = Sentence("not everybody has voted on {criterion!r}")
WAITING_HINT = Sentence('--exception "why" reveals without them; who was missing is recorded')
NOBODY_VOTED = Sentence("nobody has voted on {criterion!r}")
NO_PART = Sentence("only those who vote and recruiters take part in a decision")
EMPTY = Sentence("the {what} is empty")
TOO_LONG = Sentence("the {what} is longer than {longest} signs")
NOTHING_TO_REOPEN = Sentence("there is nothing to take up again")
NOTHING_TO_REOPEN_HINT = Sentence("CRITERION for another round, --voter WHO for a late voter")
NOT_SETTLED = Sentence("{criterion!r} is not settled, so it can be voted on as it is")
VOTES_ALREADY = Sentence("{who!r} votes already")
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


class Excusable(Refused):
    """The protocol does not allow it; for a reason that is recorded as an exception it is done all the same."""


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


def canonical_comparison(comparison: Comparison) -> str:
    """Return a comparison as JSON of one form only: keys in order, no blanks, UTF-8 as it is.

    `hiringkit --lang en compare OPENING -f json`, read and written again that way, gives the same text.
    """
    document = json.loads(render_json(Report("", document=comparison_document(comparison))))
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_text(text: str) -> str:
    """Return `sha256:` and the hash of a text in UTF-8."""
    return f"sha256:{sha256(text.encode()).hexdigest()}"


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
        return _log(tx, actor, "open", opened, is_new=True, **_frozen_detail(opened))


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
        dropped=_dropped(tx, opening.id),
        comparison=digest_text(_comparison_text(tx, seen)),
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


def _dropped(tx: Tx, opening_id: str) -> tuple[str, ...]:
    return tuple(sorted(each.question for each in dropped.current(tx, opening_id)))


def _comparison_text(tx: Tx, seen: VisibleOpening) -> str:
    """Return the comparison as `hiringkit --lang en compare` gives it to a recruiter."""
    from hiringkit.actions.comparisons import score_opening  # noqa: PLC0415 - a vote takes no numpy
    from hiringkit.actions.scores import ScoringOptions  # noqa: PLC0415 - the same

    rubric = asked_rubric(tx, seen.opening)
    return canonical_comparison(score_opening(tx, seen, rubric, options=ScoringOptions(), language="en"))


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
        _log(tx, actor, "abandon", before)
    yield _exception(actor, ExceptionKind.STARTED_ANEW, why, subject=str(before.number))


def _owed(actor: Actor, seen: VisibleOpening, opened: PanelDecision, why: str) -> Iterator[DecisionException]:
    """Require that no scorecard is owed for the candidates, or note each that is."""
    owed = [each.id for each in seen.outlines() if each.owed and each.candidate in opened.candidates]
    if owed and not why:
        raise Excusable(OWED.format(names=_some(owed)), hint=OWED_HINT)
    if why and not owed:
        raise UsageProblem(NO_EXCEPTION, hint=NO_EXCEPTION_HINT)
    for each in owed:
        yield _exception(actor, ExceptionKind.MISSING_SCORECARD, why, subject=each)


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:_SHOWN]) + (", …" if len(names) > _SHOWN else "")


def _exception(
    actor: Actor, kind: ExceptionKind, reason: str, *, criterion: str = "", subject: str = ""
) -> DecisionException:
    text = _checked(Sentence("reason"), reason)
    return DecisionException(kind, text, actor.now(), actor.who, criterion, subject)


def _checked(what: str, given: str) -> str:
    """Return a text that somebody wrote, cleaned.

    Raises:
        UsageProblem: It is empty or far too long.
    """
    text = clean_text(given).strip()
    if not text:
        raise UsageProblem(EMPTY.format(what=what))
    if len(text) > LONGEST_TEXT:
        raise UsageProblem(TOO_LONG.format(what=what, longest=LONGEST_TEXT))
    return text


def _frozen_detail(opened: PanelDecision) -> dict[str, object]:
    return {
        "rubric": opened.rubric.digest,
        "weights": {each.id: round(each.weight, 6) for each in opened.criteria},
        "candidates": len(opened.candidates),
        "voters": list(opened.voters),
        "comparison": opened.comparison,
        "exceptions": _kinds(opened.exceptions),
    }


def _kinds(exceptions: Sequence[DecisionException]) -> list[str]:
    """Name exceptions without anything that names a candidate: what the log says here stays when one is erased."""
    return [" ".join(filter(None, (each.kind, each.criterion))) for each in exceptions]


def _log(
    tx: Tx, actor: Actor, verb: str, decision: PanelDecision, *, is_new: bool = False, **detail: object
) -> PanelDecision:
    """Write down a step, and return the decision as it is after that.

    Args:
        tx: The transaction that makes the step.
        actor: Who does it.
        verb: Such as `vote`.
        decision: The decision before the step.
        is_new: Whether the step opens it.
        detail: What else a later reader needs.
    """
    after = whole_decision(tx, decision.opening, decision.number)
    assert after is not None  # noqa: S101 - the step has just written it
    subject = {"opening": decision.opening, "decision": str(decision.number)}
    told = {key: value for key, value in detail.items() if value}
    record(tx, actor, f"decision.{verb}", subject, states=decision_change(None if is_new else decision, after), **told)
    return after


def _keep(tx: Tx, decision: PanelDecision, exceptions: Sequence[DecisionException]) -> None:
    for each in exceptions:
        decisions.add_record(tx, decision, each)


def _current(tx: Tx, opening_id: str, *, revision: int | None = None) -> PanelDecision:
    """Return the decision that is open, sealed ballots included.

    Raises:
        NotFound: None has been opened.
        Refused: It is closed, its opening is, or it is not as the caller saw it.
    """
    found = _last(tx, opening_id)
    if found.state is not DecisionState.OPEN:
        raise Refused(NOT_OPEN.format(opening=opening_id), hint=NOT_OPEN_HINT.format(opening=opening_id))
    if revision is not None and revision != found.revision:
        raise Refused(CHANGED_MEANWHILE, hint=SEEN_OTHER_HINT.format(opening=opening_id))
    return found


def _last(tx: Tx, opening_id: str) -> PanelDecision:
    found = whole_decision(tx, opening_id)
    if found is None:
        raise NotFound(NO_DECISION.format(opening=opening_id), hint=NO_DECISION_HINT.format(opening=opening_id))
    return found


def _has_same_rubric(tx: Tx, opening: Opening, decision: PanelDecision) -> bool:
    return decision.rubric.digest == opening.digest and decision.dropped == _dropped(tx, opening.id)


def _going_on(
    tx: Tx, actor: Actor, opening_id: str, *, revision: int | None = None
) -> tuple[VisibleOpening, PanelDecision]:
    """Return what a further step of the open decision works on.

    Raises:
        Refused: The opening or the decision is closed, or the rubric is not what it was.
    """
    seen = visible_opening(tx, actor.who, opening_id)
    require_open(seen.opening)
    decision = _current(tx, opening_id, revision=revision)
    if not _has_same_rubric(tx, seen.opening, decision):
        raise Refused(RUBRIC_CHANGED, hint=RUBRIC_CHANGED_HINT.format(opening=opening_id))
    return seen, decision


def _criterion(decision: PanelDecision, given: str) -> str:
    known = [each.id for each in decision.criteria]
    wanted = given.strip().casefold()
    if wanted not in known:
        raise missing(CRITERION, given, known)
    return wanted


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
        seen, decision = _going_on(tx, actor, opening_id)
        criterion = _criterion(decision, criterion)
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
        seen, decision = _going_on(tx, actor, opening_id)
        criterion = _criterion(decision, criterion)
        voter = _voter(seen, decision)
        _require_revote(decision, criterion)
        late = not any(decision.ballot(criterion, n, voter) for n in range(1, decision.revealed(criterion) + 2))
        if late and not exception:
            raise Excusable(LATE.format(criterion=criterion), hint=LATE_HINT)
        if exception and not late:
            raise UsageProblem(NO_EXCEPTION, hint=NO_EXCEPTION_HINT)
        if late:
            _keep(
                tx,
                decision,
                [_exception(actor, ExceptionKind.LATE_VOTE, exception, criterion=criterion, subject=voter)],
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
        raise Refused(HOLISTIC_LAST.format(names=_some(open_)), hint=SETTLE_HINT.format(opening=decision.opening))


def _voter(seen: VisibleOpening, decision: PanelDecision) -> str:
    """Return who votes.

    Raises:
        Refused: It is a recruiter, somebody else, or somebody whose own scorecard is owed.
    """
    voter = seen.viewer
    if voter is None:
        raise Refused(VOTERS_OWN, hint=VOTERS_OWN_HINT.format(names=_some(decision.voters)))
    if voter not in decision.voters:
        raise Refused(NO_VOTER.format(who=voter), hint=NO_VOTER_HINT.format(opening=decision.opening, who=voter))
    if owed := [each for each in decision.candidates if each in seen.hidden]:
        raise Refused(OWN_SCORECARD.format(names=_some(owed)), hint=OWN_SCORECARD_HINT.format(opening=decision.opening))
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
    given = {_decided_on(tx, decision, who): _level(text, scale) for who, text in levels.items()}
    running = {each.id for each in seen.candidates if not each.withdrawn_at}
    wanted = [each for each in decision.candidates if each in running]
    kept = dict(earlier.levels) if earlier else {}
    whole = {each: level for each, level in (kept | given).items() if each in wanted}
    if left := [each for each in wanted if each not in whole]:
        raise UsageProblem(UNVOTED.format(names=_some(left)), hint=UNVOTED_HINT)
    before = same.reason if same else ""
    said = before if reason is None else _checked(Sentence("reason"), reason) if reason.strip() else ""
    ballot = Ballot(criterion, round_, voter, whole, actor.now(), said, revision + 1)
    decisions.put_ballot(tx, decision, ballot)
    _log(tx, actor, verb, decision, criterion=criterion, round=round_)
    return ballot


def _decided_on(tx: Tx, decision: PanelDecision, who: str) -> str:
    found = find_candidate(tx, decision.opening, who).id
    if found not in decision.candidates:
        raise missing(NO_CANDIDATE, who, decision.candidates)
    return found


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
    decision = _current(tx, opening_id)
    voted = {each.voter for each in decision.ballots if each.criterion == ballot.criterion}
    if voted == {each.voter for each in decision.cast(ballot.criterion, ballot.round)}:
        _reveal(tx, actor, decision, ballot.criterion)


def _reveal(
    tx: Tx, actor: Actor, decision: PanelDecision, criterion: str, exceptions: Sequence[DecisionException] = ()
) -> PanelDecision:
    round_ = decision.revealed(criterion) + 1
    decisions.add_record(tx, decision, VoteReveal(criterion, round_, actor.now(), actor.who))
    _keep(tx, decision, exceptions)
    decisions.touch(tx, decision)
    return _log(tx, actor, "reveal", decision, criterion=criterion, round=round_, exceptions=_kinds(exceptions))


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
        seen, decision = _going_on(tx, actor, opening_id, revision=revision)
        criterion = _criterion(decision, criterion)
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
        yield _exception(actor, ExceptionKind.MISSING_VOTE, why, criterion=criterion, subject=each)


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
        seen, decision = _going_on(tx, actor, opening_id)
        criterion = _criterion(decision, criterion)
        _require_part(seen, decision)
        if decision.stage(criterion) is VotingStage.VOTING:
            place = {"criterion": criterion, "opening": opening_id}
            raise Refused(NOT_REVEALED.format(criterion=criterion), hint=NOT_REVEALED_HINT.format(**place))
        _note(tx, actor, decision, criterion, text)


def _note(tx: Tx, actor: Actor, decision: PanelDecision, criterion: str, text: str) -> None:
    decisions.add_record(
        tx, decision, DiscussionNote(criterion, _checked(Sentence("note"), text), actor.now(), actor.who)
    )
    _log(tx, actor, "note", decision, criterion=criterion)


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
        decision = _last(tx, opening_id)
        found = list(_taken_up(tx, actor, seen.opening, decision, because, criterion, voter))
        if not found:
            raise Refused(NOTHING_TO_REOPEN, hint=NOTHING_TO_REOPEN_HINT)
        _keep(tx, decision, found)
        rubric = seen.opening
        decisions.touch(
            tx,
            decision,
            state=str(DecisionState.OPEN),
            rubric=rubric.rubric,
            version=rubric.version,
            digest=rubric.digest,
            dropped=json.dumps(_dropped(tx, opening_id)),
        )
        return _log(tx, actor, "reopen", decision, exceptions=_kinds(found))


def _taken_up(
    tx: Tx, actor: Actor, opening: Opening, decision: PanelDecision, because: str, criterion: str, voter: str
) -> Iterator[DecisionException]:
    if decision.state is not DecisionState.OPEN:
        yield _exception(actor, ExceptionKind.REOPENED, because)
    if not _has_same_rubric(tx, opening, decision):
        yield _exception(actor, ExceptionKind.RUBRIC_CHANGED, because, subject=opening.digest)
    if criterion:
        criterion = _criterion(decision, criterion)
        if decision.stage(criterion) is not VotingStage.SETTLED:
            raise Refused(NOT_SETTLED.format(criterion=criterion))
        decisions.add_round(tx, decision, criterion)
        yield _exception(actor, ExceptionKind.REOPENED, because, criterion=criterion)
    if voter:
        found = find_interviewer(tx, voter).id
        if found in decision.voters:
            raise Refused(VOTES_ALREADY.format(who=found))
        decisions.add_voter(tx, decision, found)
        yield _exception(actor, ExceptionKind.LATE_VOTER, because, subject=found)


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
        seen, decision = _going_on(tx, actor, opening_id, revision=revision)
        text = _comparison_text(tx, seen)
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
            decided_by=_checked(Sentence("name"), decided_by),
            candidate=chosen,
            comparison=digest,
            comparison_text=text,
            statements=(
                *_reasons(decision, choice.reasons),
                *_dissents(tx, decision, choice.dissents),
                *_overrides(decision, chosen, json.loads(text), choice.overrides),
            ),
        )
        _keep(tx, decision, exceptions)
        decisions.add_closing(tx, decision, closing)
        decisions.touch(tx, decision, state=str(DecisionState.CLOSED))
        closed = _log(
            tx,
            actor,
            "close",
            decision,
            decided_by=closing.decided_by,
            comparison=digest,
            overrides=[str(each.kind) for each in closing.statements if each.kind.startswith("override")],
            exceptions=_kinds(exceptions),
        )
        keep_outcomes(tx, actor, opening_id, choice.outcomes)
        return closed


def _unfinished(actor: Actor, decision: PanelDecision, digest: str, why: str) -> Iterator[DecisionException]:
    """Require that everything was voted on and nothing has changed, or note what is not as it should be."""
    sealed = {each.criterion for each in decision.ballots if decision.is_sealed(each) and each.round > 1}
    if sealed:
        names = [each.id for each in decision.criteria if each.id in sealed]
        raise Refused(
            REVOTES_SEALED.format(names=_some(names)), hint=REVOTES_SEALED_HINT.format(opening=decision.opening)
        )
    unvoted = [each.id for each in decision.criteria if decision.stage(each.id) is VotingStage.VOTING]
    if unvoted and not why:
        raise Excusable(UNFINISHED.format(names=_some(unvoted)), hint=UNFINISHED_HINT)
    changed = digest != decision.comparison
    if changed and not why:
        raise Excusable(COMPARISON_CHANGED, hint=COMPARISON_CHANGED_HINT)
    if why and not (unvoted or changed):
        raise UsageProblem(NO_EXCEPTION, hint=NO_EXCEPTION_HINT)
    for each in unvoted:
        yield _exception(actor, ExceptionKind.INCOMPLETE, why, criterion=each)
    if changed:
        yield _exception(actor, ExceptionKind.COMPARISON_CHANGED, why, subject=digest)


def _chosen(tx: Tx, decision: PanelDecision, who: str) -> str:
    found = _decided_on(tx, decision, who)
    require_running(decision.opening, find_candidate(tx, decision.opening, found))
    return found


def _reasons(decision: PanelDecision, given: Mapping[str, str]) -> Iterator[ClosingStatement]:
    reasons = {_criterion(decision, criterion): text for criterion, text in given.items()}
    if left := [each.id for each in decision.criteria if not reasons.get(each.id, "").strip()]:
        raise UsageProblem(NO_REASON.format(names=_some(left)), hint=NO_REASON_HINT)
    for each in decision.criteria:
        yield ClosingStatement(StatementKind.REASON, _checked(Sentence("reason"), reasons[each.id]), each.id)


def _dissents(tx: Tx, decision: PanelDecision, given: Mapping[str, str]) -> Iterator[ClosingStatement]:
    for who, text in given.items():
        voter = find_interviewer(tx, who).id
        if voter not in decision.voters:
            raise Refused(NO_VOTER.format(who=voter), hint=VOTERS_OWN_HINT.format(names=_some(decision.voters)))
        yield ClosingStatement(StatementKind.DISSENT, _checked(Sentence("reason"), text), voter=voter)


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
        yield ClosingStatement(kind, _checked(Sentence("reason"), given[name]), criterion)


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
        seen, decision = _going_on(tx, actor, opening_id)
        return tuple(overridden(decision, candidate, json.loads(_comparison_text(tx, seen))))


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
        text = _comparison_text(tx, seen) if wanted else ""
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
