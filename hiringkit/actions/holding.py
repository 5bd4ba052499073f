"""Sitting down to an interview: where it goes on, whether it may be rated, and what submitting it would mean."""

from collections.abc import Mapping
from enum import StrEnum

from attrs import frozen

from hiringkit.actions.recording import Actor
from hiringkit.actions.scheduling import InterviewView, show_interview
from hiringkit.actions.viewing import viewer_id
from hiringkit.domain.interview import Interview, InterviewState, Mark
from hiringkit.domain.people import Interviewer
from hiringkit.domain.rubric import Rubric
from hiringkit.store import interviews, people
from hiringkit.store.store import Store


class Lock(StrEnum):
    """Why an interview takes no ratings from the viewer."""

    OPEN = "open"
    """It does."""
    SUBMITTED = "submitted"
    """It is submitted: an amendment with a reason is possible."""
    CLOSED = "closed"
    """The opening is closed."""
    NOT_YOURS = "not-yours"
    """It is another interviewer's."""


@frozen
class Sitting:
    """An interview as one sits down to it."""

    view: InterviewView
    lock: Lock
    begin_at: int
    """Position in the kit where it goes on."""
    seconds: Mapping[str, int]
    """How long each question has taken so far."""


@frozen
class Review:
    """What a scorecard holds before it is submitted."""

    missing: tuple[str, ...]
    """Questions with neither a level nor a mark."""
    blocked: bool
    """Whether submitting is refused because of them: the rubric decides."""
    bare: tuple[str, ...]
    """Questions with a level and no evidence."""
    coverage: float
    """Share of the weight of the kit's criteria that has a level, 0 to 1."""
    enough: bool
    """Whether the coverage reaches what the rubric asks for."""
    readers: tuple[Interviewer, ...]
    """Interviewers of the candidate who will see it at once, their own scorecard being in."""
    later: tuple[Interviewer, ...]
    """Interviewers of the candidate who will see it once their own is in."""


def sit_down(store: Store, actor: Actor, identity: str) -> Sitting:
    """Return an interview, where it goes on and whether the viewer may rate it.

    Raises:
        NotFound: No such interview.
    """
    view = show_interview(store, actor, identity)
    with store.read() as tx:
        viewer, seconds = viewer_id(tx, actor.who), interviews.seconds(tx, identity)
    kit, outstanding = view.interview.kit, view.outstanding
    place = view.place or (outstanding or kit)[0]
    return Sitting(view, _lock(view, viewer), kit.index(place), seconds)


def review_interview(store: Store, actor: Actor, identity: str) -> Review:
    """Say what is missing in a scorecard and who will see it.

    Raises:
        NotFound: No such interview.
    """
    view = show_interview(store, actor, identity)
    interview = view.interview
    with store.read() as tx:
        known = {interviewer.id: interviewer for interviewer in people.interviewers(tx)}
        panel = interviews.of_opening(tx, interview.opening, candidate=interview.candidate)
    others = [each for each in panel if each.id != identity]
    coverage = _coverage(interview, view.rubric, {each.question for each in view.dropped})
    return Review(
        missing=view.outstanding,
        blocked=bool(view.blocking),
        bare=tuple(r.question for r in interview.ratings if isinstance(r.value, int) and not r.evidence),
        coverage=coverage,
        enough=coverage >= view.rubric.policy.minimum_coverage,
        readers=tuple(known[each.interviewer] for each in others if each.scorecards),
        later=tuple(known[each.interviewer] for each in others if not each.scorecards),
    )


def _lock(view: InterviewView, viewer: str | None) -> Lock:
    if viewer is not None and viewer != view.interview.interviewer:
        return Lock.NOT_YOURS
    if view.opening.closed_at:
        return Lock.CLOSED
    return Lock.SUBMITTED if view.interview.state is InterviewState.SUBMITTED else Lock.OPEN


def _coverage(interview: Interview, rubric: Rubric, dropped: set[str]) -> float:
    asked = [q for q in rubric.asked if q.id in interview.kit and q.id not in dropped]
    weights = {c.id: c.weight for c in rubric.criteria}
    touched = {c for question in asked for c in question.criteria if c in weights}
    rated = [q for q in asked if not isinstance(interview.rating(q.id).value, Mark | None)]
    covered = {c for question in rated for c in question.criteria if c in weights}
    total = sum(weights[c] for c in touched)
    return sum(weights[c] for c in covered) / total if total else 1.0
