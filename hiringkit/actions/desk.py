"""What lies on one's desk: the openings with their progress, and the interviews that wait."""

from collections.abc import Sequence

from attrs import frozen

from hiringkit.actions.lookup import Tx
from hiringkit.actions.recording import Actor
from hiringkit.actions.viewing import visible_interviews
from hiringkit.domain.interview import Interview, InterviewState, Opening
from hiringkit.domain.people import Candidate, Interviewer
from hiringkit.store import interviews, openings, people
from hiringkit.store.store import Store


@frozen
class OpeningProgress:
    """How far an opening is."""

    opening: Opening
    candidates: int
    """Those who have not withdrawn."""
    planned: int
    """Interviews of theirs."""
    submitted: int
    """Those of them whose scorecard is in."""

    @property
    def outstanding(self) -> int:
        """Scorecards that are still to come."""
        return self.planned - self.submitted


@frozen
class Waiting:
    """An interview whose scorecard is still to come."""

    interview: Interview
    opening: Opening
    candidate: Candidate
    interviewer: Interviewer


@frozen
class Desk:
    """What there is to do."""

    me: Interviewer | None
    """The interviewer one acts as; None for anybody else, such as a recruiter."""
    openings: tuple[OpeningProgress, ...]
    """Oldest first."""
    waiting: tuple[Waiting, ...]
    """My interviews, or everybody's where I am no interviewer; begun ones first, then by the time planned."""


def look_at_desk(store: Store, actor: Actor) -> Desk:
    """Return the openings and what waits in those that are open; ratings only where the viewer may see them."""
    with store.read() as tx:
        me = people.find_interviewer(tx, actor.who) if actor.who else None
        interviewers = {interviewer.id: interviewer for interviewer in people.interviewers(tx)}
        every = [_read(tx, actor, opening) for opening in openings.every(tx)]
    waiting = [each for opening, candidates, held in every for each in _wait(opening, candidates, held, interviewers)]
    mine = [each for each in waiting if me is None or each.interviewer.id == me.id]
    return Desk(
        me=me,
        openings=tuple(_progress(opening, candidates, held) for opening, candidates, held in every),
        waiting=tuple(sorted(mine, key=_urgency)),
    )


_Read = tuple[Opening, dict[str, Candidate], Sequence[Interview]]


def _read(tx: Tx, actor: Actor, opening: Opening) -> _Read:
    running = {c.id: c for c in people.candidates(tx, opening.id) if not c.withdrawn_at}
    held = [i for i in interviews.outlines(tx, opening.id) if i.candidate in running]
    return opening, running, visible_interviews(tx, actor.who, held)


def _progress(opening: Opening, candidates: dict[str, Candidate], held: Sequence[Interview]) -> OpeningProgress:
    submitted = sum(interview.state is InterviewState.SUBMITTED for interview in held)
    return OpeningProgress(opening, len(candidates), len(held), submitted)


def _wait(
    opening: Opening,
    candidates: dict[str, Candidate],
    held: Sequence[Interview],
    interviewers: dict[str, Interviewer],
) -> list[Waiting]:
    if opening.closed_at:
        return []
    return [
        Waiting(interview, opening, candidates[interview.candidate], interviewers[interview.interviewer])
        for interview in held
        if interview.state is not InterviewState.SUBMITTED
    ]


def _urgency(waiting: Waiting) -> tuple[bool, bool, float]:
    at = waiting.interview.scheduled_at
    return waiting.interview.state is not InterviewState.STARTED, at is None, at.timestamp() if at else 0.0
