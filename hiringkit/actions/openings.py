"""Openings: one hire against one pinned rubric."""

from collections.abc import Sequence

from attrs import frozen

from hiringkit.actions.audit import Actor, record
from hiringkit.actions.dropped_questions import dropped_in
from hiringkit.actions.lookup import find_opening, pinned_rubric
from hiringkit.actions.visibility import VisibleOpening, visible_opening, visible_openings
from hiringkit.domain.interview import DroppedQuestion, Interview, InterviewState, Opening
from hiringkit.domain.people import Candidate, Interviewer
from hiringkit.domain.rubric import Rubric
from hiringkit.domain.shape import ID_SHAPE
from hiringkit.errors import Refused, UsageProblem
from hiringkit.library.catalog import Library
from hiringkit.library.yaml.write import digest_rubric, dump_rubric
from hiringkit.store import openings, people
from hiringkit.store.store import Store
from hiringkit.text.clean import clean_line
from hiringkit.text.sentence import Sentence


def check_id(kind: str, given: str) -> str:
    """Return an id that has the form of one.

    Raises:
        UsageProblem: It has not.
    """
    if not ID_SHAPE.fits(given):
        raise UsageProblem(
            Sentence("{given!r} is no id for {kind}").format(given=given, kind=kind),
            hint="lower-case words joined by -, at most 60 signs",
        )
    return given


def create_opening(
    store: Store,
    library: Library,
    actor: Actor,
    opening_id: str,
    rubric: str,
    *,
    title: str = "",
    language: str = "en",
) -> Opening:
    """Create an opening that pins a rubric: its id, version, digest and full text.

    Raises:
        NotFound: No such rubric.
        FindingsError: The rubric has errors.
        Refused: The id is in use.
    """
    check_id(Sentence("an opening"), opening_id)
    loaded = library.load_rubric(rubric)
    opening = Opening(
        id=opening_id,
        title=clean_line(title) or loaded.title.in_language(language),
        rubric=loaded.id,
        version=loaded.version,
        digest=digest_rubric(loaded),
        created_at=actor.now(),
    )
    with store.write() as tx:
        if openings.find(tx, opening_id):
            raise Refused(
                Sentence("there is an opening {opening_id!r} already").format(opening_id=opening_id),
                hint="choose another id",
            )
        openings.insert(tx, opening, dump_rubric(loaded))
        record(tx, actor, "opening.create", {"opening": opening_id}, rubric=loaded.id, digest=opening.digest)
    return opening


def close_opening(store: Store, actor: Actor, opening_id: str) -> Opening:
    """Close an opening: what is there stays readable, nothing more is rated.

    Raises:
        NotFound: No such opening.
        Refused: It is closed already.
    """
    with store.write() as tx:
        if find_opening(tx, opening_id).closed_at:
            raise Refused(Sentence("opening {opening_id!r} is closed already").format(opening_id=opening_id))
        openings.close(tx, opening_id, actor.now())
        record(tx, actor, "opening.close", {"opening": opening_id})
        return find_opening(tx, opening_id)


def every_opening(store: Store, actor: Actor) -> tuple[tuple[Opening, ...], tuple[Interview, ...]]:
    """Return all openings, oldest first, and outlines of their interviews."""
    with store.read() as tx:
        seen = visible_openings(tx, actor.who)
        return tuple(each.opening for each in seen), tuple(held for each in seen for held in each.outlines())


def opening_ids(store: Store) -> tuple[str, ...]:
    """Return the ids of all openings, oldest first."""
    with store.read() as tx:
        return tuple(opening.id for opening in openings.every(tx))


@frozen
class OpeningView:
    """An opening with everything that belongs to it."""

    opening: Opening
    rubric: Rubric
    candidates: tuple[Candidate, ...]
    interviewers: tuple[Interviewer, ...]
    """Those who have an interview in it."""
    interviews: tuple[Interview, ...]
    """As far as is needed to tell how far they are: no scorecards, and ratings only of drafts."""
    dropped: tuple[DroppedQuestion, ...] = ()
    """Questions that are left out for everybody."""


def show_opening(store: Store, actor: Actor, opening_id: str) -> OpeningView:
    """Return an opening with its people and outlines of its interviews.

    Raises:
        NotFound: No such opening.
    """
    with store.read() as tx:
        seen = visible_opening(tx, actor.who, opening_id)
        opening, held = seen.opening, seen.outlines()
        involved = {interview.interviewer for interview in held}
        return OpeningView(
            opening=opening,
            rubric=pinned_rubric(tx, opening),
            candidates=seen.candidates,
            interviewers=tuple(i for i in people.interviewers(tx) if i.id in involved),
            interviews=held,
            dropped=dropped_in(tx, opening_id),
        )


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
        every = [_read(seen) for seen in visible_openings(tx, actor.who)]
    waiting = [each for opening, candidates, held in every for each in _wait(opening, candidates, held, interviewers)]
    mine = [each for each in waiting if me is None or each.interviewer.id == me.id]
    return Desk(
        me=me,
        openings=tuple(_progress(opening, candidates, held) for opening, candidates, held in every),
        waiting=tuple(sorted(mine, key=_urgency)),
    )


_Read = tuple[Opening, dict[str, Candidate], Sequence[Interview]]


def _read(seen: VisibleOpening) -> _Read:
    running = {each.id: each for each in seen.candidates if not each.withdrawn_at}
    return seen.opening, running, [each for each in seen.outlines() if each.candidate in running]


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
