"""How long what is known about candidates is kept, and erasing what is due."""

from hiringkit.actions.audit import Actor, change, record
from hiringkit.actions.lookup import Tx, find_opening
from hiringkit.actions.privacy import erase_all
from hiringkit.actions.visibility import require_recruiter
from hiringkit.domain.interview import Opening
from hiringkit.domain.privacy import MONTHS_IN_YEAR, MOST_MONTHS, PRESETS, Erasure, Kept, keep_until
from hiringkit.errors import UsageProblem
from hiringkit.store import openings, people
from hiringkit.store.states import opening_state
from hiringkit.store.store import Store
from hiringkit.text.sentence import Sentence

NO_TIME = Sentence("{text!r} is no time for which records are kept")
NO_TIME_HINT = Sentence("one of {names}, a number of months such as 18-months, or none")
NONE = "none"


def read_retention(text: str) -> int | None:
    """Read how long records are kept, as typed, in months; None for no time.

    Raises:
        UsageProblem: It is no such time.
    """
    word = text.strip().lower()
    if word == NONE:
        return None
    number, _, unit = word.partition("-")
    factor = {"month": 1, "months": 1, "year": MONTHS_IN_YEAR, "years": MONTHS_IN_YEAR}.get(unit, 0)
    months = int(number) * factor if number.isascii() and number.isdigit() and len(number) <= len(str(MOST_MONTHS)) else 0
    if not 1 <= months <= MOST_MONTHS:
        names = ", ".join(each.name for each in PRESETS)
        raise UsageProblem(NO_TIME.format(text=text), hint=NO_TIME_HINT.format(names=names))
    return months


def set_retention(store: Store, actor: Actor, opening_id: str, months: int | None) -> Opening:
    """Decide how long after the closing of an opening what is known about its candidates is kept.

    Raises:
        NotFound: No such opening.
        Refused: One acts as an interviewer.
    """
    with store.write() as tx:
        require_recruiter(tx, actor.who)
        before = find_opening(tx, opening_id)
        openings.set_retention(tx, opening_id, months)
        after = find_opening(tx, opening_id)
        states = {"opening": (opening_state(before), opening_state(after))}
        detail = {"retention_months": change(before.retention_months, months)}
        record(tx, actor, "opening.edit", {"opening": opening_id}, states=states, **detail)
        return after


def retention(store: Store, actor: Actor, *, due_only: bool = False) -> tuple[Kept, ...]:
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


def _kept(tx: Tx, actor: Actor, opening: Opening) -> Kept:
    until = keep_until(opening)
    over = until is not None and until <= actor.now()
    there = [each for each in people.candidates(tx, opening.id) if not each.erased_at] if over else []
    return Kept(
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
