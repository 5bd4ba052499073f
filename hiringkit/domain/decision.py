"""A decision by mediating assessments: criterion by criterion a silent vote, a discussion and a revote.

A ballot is sealed until its round is revealed. The votes never decide: whom the people chose, and why, is what a
closing says.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import Any

from attrs import define, evolve, field, frozen

from hiringkit.domain.interview import Opening
from hiringkit.domain.level import LevelNumber
from hiringkit.domain.people import Candidate, Interviewer
from hiringkit.domain.rubric import Rubric, RubricRef

HOLISTIC = "holistic"
"""What stands for a criterion's id in the vote on the candidate as a whole."""
MOST_HOLISTIC = 0.3
"""The largest weight that holistic judgement may be given."""
COMPARISON, VOTES = "comparison", "votes"
"""What a choice may go against besides gates."""
ROUNDS = 2
"""A vote and a revote."""


class DecisionState(StrEnum):
    """Whether a decision still takes votes."""

    OPEN = "open"
    CLOSED = "closed"
    ABANDONED = "abandoned"
    """Another one was started in its place; what was voted is kept."""


class VotingStage(StrEnum):
    """Where the panel stands on one criterion."""

    VOTING = "voting"
    """Nothing is revealed."""
    REVOTING = "revoting"
    """The votes are revealed and can be discussed; revotes are silent again."""
    SETTLED = "settled"
    """The revotes are revealed."""


class ExceptionKind(StrEnum):
    """How a decision departed from the protocol."""

    MISSING_SCORECARD = "missing-scorecard"
    """It was opened while a scorecard was owed."""
    MISSING_VOTE = "missing-vote"
    """Votes were revealed before somebody had voted."""
    LATE_VOTE = "late-vote"
    """Somebody voted for the first time after others' votes had been revealed."""
    LATE_VOTER = "late-voter"
    """Somebody was admitted after the decision had been opened."""
    RUBRIC_CHANGED = "rubric-changed"
    """What candidates are rated by changed on the way."""
    COMPARISON_CHANGED = "comparison-changed"
    """Scorecards changed on the way."""
    INCOMPLETE = "incomplete"
    """It was closed without a vote on a criterion."""
    REOPENED = "reopened"
    """Something that was finished was taken up again."""
    STARTED_ANEW = "started-anew"
    """It took the place of another one."""


@frozen
class FrozenCriterion:
    """A criterion with the weight that was fixed when the decision was opened."""

    id: str
    weight: float
    """Its share of the whole, holistic judgement included; all shares add up to 1."""
    rounds: int = ROUNDS
    """After how many revealed rounds it is settled."""


@frozen
class Ballot:
    """How one person votes on one criterion in one round."""

    criterion: str
    round: int
    """From 1, the first vote; 2 is the revote."""
    voter: str
    levels: Mapping[str, LevelNumber | None]
    """By candidate; None is an abstention."""
    at: datetime
    """UTC."""
    reason: str = ""
    revision: int = 1
    """How often it has been cast; only the last counts."""


@frozen
class VoteReveal:
    """The moment when a round's ballots were opened."""

    criterion: str
    round: int
    at: datetime
    """UTC."""
    by: str


@frozen
class DiscussionNote:
    """What was said about a criterion between the rounds."""

    criterion: str
    text: str
    at: datetime
    """UTC."""
    by: str


@frozen
class DecisionException:
    """A departure from the protocol, and why."""

    kind: ExceptionKind
    reason: str
    at: datetime
    """UTC."""
    by: str
    criterion: str = ""
    """Empty where it is not about one."""
    subject: str = ""
    """The voter, the interview or whatever else it is about; may be empty."""


class StatementKind(StrEnum):
    """What somebody put on record when the decision was closed."""

    REASON = "reason"
    """Why, on one criterion."""
    DISSENT = "dissent"
    """Who disagreed, and why."""
    OVERRIDE_COMPARISON = "override-comparison"
    """Why not the candidate whom the comparison ranks first."""
    OVERRIDE_VOTES = "override-votes"
    """Why not the candidate whom the votes put first."""
    OVERRIDE_GATE = "override-gate"
    """Why a candidate who fails a gate."""


@frozen
class ClosingStatement:
    """A sentence on the record of a closing."""

    kind: StatementKind
    text: str
    criterion: str = ""
    """Of a reason or a gate."""
    voter: str = ""
    """Of a dissent."""


@frozen
class Closing:
    """What was decided."""

    number: int
    """1 for the first; a decision that was reopened has several, and the last one counts."""
    at: datetime
    """UTC."""
    by: str
    """Who recorded it."""
    decided_by: str
    """Who decided, by name."""
    candidate: str | None
    """For whom; None for nobody."""
    comparison: str
    """Digest of the comparison that lay on the table."""
    comparison_text: str = field(repr=False)
    """That comparison: `hiringkit/comparison/1` in canonical JSON."""
    statements: tuple[ClosingStatement, ...] = ()

    def said(self, *kinds: StatementKind) -> tuple[ClosingStatement, ...]:
        """Return the statements of these kinds."""
        return tuple(each for each in self.statements if each.kind in kinds)


@frozen
class VoteMove:
    """A vote that the discussion changed."""

    criterion: str
    voter: str
    candidate: str
    before: LevelNumber | None
    after: LevelNumber | None


@define(frozen=True, slots=False)
class PanelDecision:
    """Everything about a decision, or as much of it as somebody may see."""

    opening: str
    number: int
    """1 for the opening's first."""
    state: DecisionState
    opened_at: datetime
    """UTC."""
    opened_by: str
    rubric: RubricRef
    criteria: tuple[FrozenCriterion, ...]
    """In the rubric's order; holistic judgement last, where it was given a weight."""
    candidates: tuple[str, ...]
    voters: tuple[str, ...]
    dropped: tuple[str, ...]
    """Questions that were left out for everybody when it was opened."""
    comparison: str
    """Digest of the comparison when it was opened."""
    revision: int = 0
    """How often anything but a ballot has been written."""
    ballots: tuple[Ballot, ...] = ()
    """In no order that tells anything."""
    reveals: tuple[VoteReveal, ...] = ()
    """Oldest first."""
    notes: tuple[DiscussionNote, ...] = ()
    """Oldest first."""
    exceptions: tuple[DecisionException, ...] = ()
    """Oldest first."""
    closings: tuple[Closing, ...] = ()
    """Oldest first."""

    @property
    def holistic(self) -> float:
        """The weight of holistic judgement, 0 where none was declared."""
        return sum(each.weight for each in self.criteria if each.id == HOLISTIC)

    @property
    def closing(self) -> Closing | None:
        """What was decided, None as long as it is open."""
        return self.closings[-1] if self.closings and self.state is DecisionState.CLOSED else None

    @property
    def is_settled(self) -> bool:
        """Whether every criterion is settled, holistic judgement included."""
        return all(self.stage(each.id) is VotingStage.SETTLED for each in self.criteria)

    @cached_property
    def _revealed(self) -> Mapping[str, int]:
        """How many rounds of each criterion are revealed."""
        found = dict.fromkeys((each.id for each in self.criteria), 0)
        for reveal in self.reveals:
            found[reveal.criterion] = max(found.get(reveal.criterion, 0), reveal.round)
        return found

    @cached_property
    def _by_criterion(self) -> Mapping[str, list[Ballot]]:
        """Ballots of each criterion, by round and voter."""
        order = {voter: n for n, voter in enumerate(self.voters)}
        found: dict[str, list[Ballot]] = {}
        for ballot in sorted(self.ballots, key=lambda each: (each.round, order.get(each.voter, len(order)))):
            found.setdefault(ballot.criterion, []).append(ballot)
        return found

    def revealed(self, criterion: str) -> int:
        """Return how many rounds on a criterion are revealed."""
        return self._revealed.get(criterion, 0)

    def stage(self, criterion: str) -> VotingStage:
        """Return where the panel stands on a criterion."""
        done = self.revealed(criterion)
        rounds = next(each.rounds for each in self.criteria if each.id == criterion)
        if not done:
            return VotingStage.VOTING
        return VotingStage.REVOTING if done < rounds else VotingStage.SETTLED

    def ballot(self, criterion: str, round_: int, voter: str) -> Ballot | None:
        """Return somebody's ballot, or None."""
        cast = self._by_criterion.get(criterion, ())
        return next((each for each in cast if each.round == round_ and each.voter == voter), None)

    def cast(self, criterion: str, round_: int) -> tuple[Ballot, ...]:
        """Return the ballots of a round, in the order of the voters."""
        return tuple(each for each in self._by_criterion.get(criterion, ()) if each.round == round_)

    def votes(self, criterion: str, round_: int | None = None) -> Mapping[tuple[str, str], LevelNumber | None]:
        """Return the votes that stand after a revealed round, by voter and candidate: who does not revote keeps theirs.

        Args:
            criterion: Its id, or `HOLISTIC`.
            round_: After this one; the last revealed one if None.
        """
        last = self.revealed(criterion)
        until = last if round_ is None else min(round_, last)
        return {
            (ballot.voter, candidate): level
            for ballot in self._by_criterion.get(criterion, ())
            if ballot.round <= until
            for candidate, level in ballot.levels.items()
        }

    def mean(self, criterion: str, candidate: str, round_: int | None = None) -> float | None:
        """Return the mean of the votes for a candidate that stand after a round; None where there is none."""
        found = self.votes(criterion, round_).items()
        levels = [level for (_voter, whom), level in found if whom == candidate and level is not None]
        return sum(levels) / len(levels) if levels else None

    def score(self, candidate: str, round_: int | None = None) -> float | None:
        """Return the weighted mean over all criteria, None as long as one that counts has no vote."""
        total = 0.0
        for each in self.criteria:
            mean = self.mean(each.id, candidate, round_) if each.weight else 0.0
            if mean is None:
                return None
            total += each.weight * mean
        return total

    def moves(self) -> Iterator[VoteMove]:
        """Yield the votes that changed between the first round and the last."""
        for each in self.criteria:
            after = self.votes(each.id)
            for (voter, candidate), before in self.votes(each.id, 1).items():
                if after[voter, candidate] != before:
                    yield VoteMove(each.id, voter, candidate, before, after[voter, candidate])

    def is_sealed(self, ballot: Ballot) -> bool:
        """Return whether a ballot's round is not revealed yet."""
        return ballot.round > self.revealed(ballot.criterion)

    def seen_by(self, viewer: str | None, hidden: Collection[str]) -> "PanelDecision":
        """Return as much of it as somebody may see.

        Sealed ballots are their voter's alone. Whoever may not see others' opinion of a candidate sees nothing of
        that candidate, and none of the texts, which may tell it.

        Args:
            viewer: An interviewer's id; None for a recruiter.
            hidden: Candidates about whom the viewer may not see others' opinion.
        """
        own = tuple(each for each in self.ballots if each.voter == viewer or not self.is_sealed(each))
        if not set(hidden) & set(self.candidates):
            return evolve(self, ballots=own)
        return evolve(
            self,
            ballots=tuple(_without(each, hidden, own=each.voter == viewer) for each in own),
            candidates=tuple(each for each in self.candidates if each not in hidden),
            notes=(),
            closings=(),
        )


def _without(ballot: Ballot, hidden: Collection[str], *, own: bool) -> Ballot:
    levels = {candidate: level for candidate, level in ballot.levels.items() if candidate not in hidden}
    return evolve(ballot, levels=levels, reason=ballot.reason if own else "")


@frozen
class DecisionView:
    """A decision as far as one person may see it, with what is needed to read it."""

    decision: PanelDecision
    opening: Opening
    rubric: Rubric
    candidates: tuple[Candidate, ...]
    """Those who are decided on, in the order in which they were added."""
    voters: tuple[Interviewer, ...]
    viewer: str | None
    """The interviewer who looks; None for a recruiter."""
    comparison: Mapping[str, Any] | None
    """`hiringkit/comparison/1`: that of the closing, or the present one once every vote is in; else None."""
    digest: str
    """Of the comparison as a recruiter would see it now; empty where none is shown."""
    is_ranked: bool = True
    """Whether the opening puts its candidates in an order."""
