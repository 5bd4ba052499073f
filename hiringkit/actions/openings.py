"""Openings: one hire against one pinned rubric."""

from attrs import frozen

from hiringkit.actions.dropping import dropped_in
from hiringkit.actions.lookup import find_opening, pinned_rubric
from hiringkit.actions.recording import Actor, record
from hiringkit.actions.viewing import visible_interviews
from hiringkit.domain.interview import DroppedQuestion, Interview, Opening
from hiringkit.domain.people import Candidate, Interviewer
from hiringkit.domain.rubric import Rubric
from hiringkit.domain.sentence import Sentence
from hiringkit.domain.shape import ID_SHAPE
from hiringkit.domain.text import clean_line
from hiringkit.errors import Refused, UsageProblem
from hiringkit.library.catalog import Library
from hiringkit.library.dump import digest_rubric, dump_rubric
from hiringkit.store import interviews, openings, people
from hiringkit.store.store import Store


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
        found = openings.every(tx)
        held = [interview for opening in found for interview in interviews.outlines(tx, opening.id)]
        return found, visible_interviews(tx, actor.who, held)


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
        opening = find_opening(tx, opening_id)
        held = visible_interviews(tx, actor.who, interviews.outlines(tx, opening_id))
        involved = {interview.interviewer for interview in held}
        return OpeningView(
            opening=opening,
            rubric=pinned_rubric(tx, opening),
            candidates=people.candidates(tx, opening_id),
            interviewers=tuple(i for i in people.interviewers(tx) if i.id in involved),
            interviews=held,
            dropped=dropped_in(tx, opening_id),
        )
