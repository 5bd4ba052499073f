"""Plans of a panel: who interviews whom with which questions, and what that is worth."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from attrs import evolve, field, frozen

from hiringkit.domain.interview import Interview, InterviewState
from hiringkit.text.sentence import Sentence


@frozen
class InterviewerTerms:
    """What an interviewer can take on, as a file of availability has it."""

    minutes: float | None = None
    """Of an interview, opening and close included."""
    at_least: int = 0
    """Interviews."""
    at_most: int | None = None
    """Interviews; as many as there are candidates unless given."""
    asks: tuple[str, ...] = ()
    """Criteria and questions that the interviewer is qualified for; all unless given."""
    apart: tuple[str, ...] = ()
    """Candidates whom the interviewer must not interview."""
    times: tuple[str, ...] = ()
    """When interviews may begin; any time unless given."""


@frozen
class CandidateTerms:
    """When a candidate can come, as a file of availability has it."""

    times: tuple[str, ...] = ()
    """When interviews may begin; any time unless given."""


@frozen
class Availability:
    """A file of availability and limits."""

    interviewers: Mapping[str, InterviewerTerms] = field(factory=dict)
    """By id, e-mail or name; these are the panel."""
    candidates: Mapping[str, CandidateTerms] = field(factory=dict)
    """By id, e-mail or name; others can come at any time."""


TOO_FEW_ALLOWED = Sentence("at least {least} interviews and at most {most} contradict each other")
TOO_FEW_TIMES = Sentence("at least {least} interviews do not fit into {count} times")
OVERLAP = Sentence("an interview that begins at {first} is not over at {second}")


def contradictions(terms: InterviewerTerms, times: Sequence[datetime]) -> Iterator[tuple[str, Sentence]]:
    """Yield which key of somebody's terms contradicts another, and how.

    Args:
        terms: As a file has them.
        times: When interviews may begin, one for each text of `terms.times`.
    """
    if terms.at_most is not None and terms.at_least > terms.at_most:
        yield "at_least", TOO_FEW_ALLOWED.format(least=terms.at_least, most=terms.at_most)
    if times and terms.at_least > len(times):
        yield "at_least", TOO_FEW_TIMES.format(least=terms.at_least, count=len(times))
    named = sorted(zip(times, terms.times, strict=True))
    length = timedelta(minutes=terms.minutes or 0)
    for (start, first), (after, second) in pairwise(named):
        if after < start + length or after == start:
            yield "times", OVERLAP.format(first=first, second=second)


@frozen
class PlannedKit:
    """The questions of one of a candidate's interviews, the same for every candidate."""

    id: str
    """A letter."""
    questions: tuple[str, ...]
    """In the order in which they are asked."""
    minutes: float
    """Planned, without opening and close."""


@frozen
class PanelInterview:
    """One interview of a plan."""

    candidate: str
    interviewer: str
    kit: str
    """The id of its kit."""
    questions: tuple[str, ...]
    """Those of the kit that the candidate has not been asked otherwise."""
    order: int
    """Which of the interviewer's interviews it is, from 1."""
    at: datetime | None = None
    """UTC; None where no times were given."""


@frozen
class CriterionCover:
    """How a plan covers one criterion."""

    criterion: str
    needed: int
    """Distinct interviewers who are to ask about it, for each candidate."""
    interviewers: int
    """Distinct interviewers who do, at least."""
    minutes: float
    """For each candidate."""
    share: float
    """Of all criterion weight, 0 to 1."""
    time_share: float
    """Of all planned minutes, 0 to 1."""


@frozen
class PredictedReliability:
    """How far a plan's design will tell candidates apart, before anybody is rated."""

    reliability: float
    """Of differences between two candidates, on average, 0 to 1."""
    lowest: float
    """Of those two candidates who share least."""
    chance_best: float | None
    """That the candidate with the highest score is the best; None with a single candidate."""
    prior: str
    """The name of the prior that it rests on."""


@frozen
class PanelPlan:
    """Who interviews whom with which questions."""

    kits: tuple[PlannedKit, ...]
    interviews: tuple[PanelInterview, ...]
    """By candidate and kit."""
    cover: tuple[CriterionCover, ...]
    margin: float
    """Minutes of an interview for its opening and close."""
    gap: float
    """By how much a better plan could exceed this one at the most, as a share; proven."""
    available: Mapping[str, InterviewerTerms] = field(factory=dict)
    """The panel and its terms, by interviewer's id: what planning it anew starts from."""
    candidate_times: Mapping[str, tuple[str, ...]] = field(factory=dict)
    """By candidate's id."""
    each: int = 2
    """Distinct interviewers for each criterion."""

    def reassigned(self, planned: PanelInterview, new: str, at: datetime | None) -> "PanelPlan":
        """Return the plan with one interview at a time, or without one, and at the end of somebody else's."""
        order = 1 + max((each.order for each in self.interviews if each.interviewer == new), default=0)
        instead = evolve(planned, interviewer=new, order=order, at=at)
        later = {
            each: evolve(each, order=each.order - 1)
            for each in self.interviews
            if each.interviewer == planned.interviewer and each.order > planned.order
        }
        return evolve(
            self,
            interviews=tuple(instead if each == planned else later.get(each, each) for each in self.interviews),
            available={new: InterviewerTerms(), **self.available},
        )

    def kit(self, identity: str) -> PlannedKit | None:
        """Return the kit with this id, or None."""
        return next((each for each in self.kits if each.id == identity), None)


@frozen
class StoredPlan:
    """A plan that was kept, with what has become of it."""

    opening: str
    number: int
    """1 for the first plan of the opening."""
    made_at: datetime
    """UTC."""
    made_by: str
    """Who planned; may be empty."""
    plan: PanelPlan
    scheduled: bool = False
    """Whether its interviews were scheduled when it was made."""
    states: Mapping[tuple[str, str], InterviewState] = field(factory=dict)
    """Of the interviews that are scheduled, by candidate and interviewer."""
    predicted: PredictedReliability | None = None

    def interview(self, candidate: str, interviewer: str) -> PanelInterview | None:
        """Return the interview of these two that is planned, or None."""
        pair = (candidate, interviewer)
        return next((each for each in self.plan.interviews if (each.candidate, each.interviewer) == pair), None)

    def among(self, held: Iterable[Interview]) -> "StoredPlan":
        """Return it with the states of those of its interviews that are scheduled.

        Args:
            held: The opening's interviews.
        """
        states = {
            (each.candidate, each.interviewer): each.state
            for each in held
            if self.interview(each.candidate, each.interviewer) is not None
        }
        return evolve(self, states=states)
