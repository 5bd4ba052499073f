"""How long what is known about candidates is kept, and erasing what is due."""

from hiringkit.actions.audit import Actor
from hiringkit.actions.lookup import Tx
from hiringkit.actions.privacy import erase_all
from hiringkit.actions.visibility import require_recruiter
from hiringkit.domain.interview import Opening
from hiringkit.domain.privacy import Erasure, RetainedOpening, keep_until
from hiringkit.store import openings, people
from hiringkit.store.store import Store


def retention(store: Store, actor: Actor, *, due_only: bool = False) -> tuple[RetainedOpening, ...]:
    """Return how long what is known about candidates is kept, by opening, oldest first.

    Args:
        store: Where they are kept.
        actor: Who asks, and when.
        due_only: Whether openings are left out where nobody is due, or would be but for a hold.

    Raises:
        Refused: One acts as an interviewer.
    """
    with store.read() as tx:
        require_recruiter(tx, actor.who)
        found = tuple(_kept(tx, actor, opening) for opening in openings.every(tx))
    return tuple(each for each in found if each.due or each.held) if due_only else found


def _kept(tx: Tx, actor: Actor, opening: Opening) -> RetainedOpening:
    until = keep_until(opening)
    over = until is not None and until <= actor.now()
    there = [each for each in people.candidates(tx, opening.id) if not each.erased_at] if over else []
    return RetainedOpening(
        opening,
        until,
        due=tuple(each for each in there if not each.held_at),
        held=tuple(each for each in there if each.held_at),
    )


def apply_retention(store: Store, actor: Actor) -> tuple[Erasure, ...]:
    """Erase every candidate who is due, and nobody who is on hold.

    Raises:
        Refused: One acts as an interviewer.
        StoreUnreachable: As in `actions.privacy.erase_candidate`; those before are erased.
    """
    due = [(kept.opening.id, each.id) for kept in retention(store, actor) for each in kept.due]
    return erase_all(store, actor, due)
