"""The other side of the fit: what candidates need from the team, and what the team gives."""

from hiringkit.actions.audit import Actor, record
from hiringkit.actions.lookup import Tx, find_candidate, find_opening, pinned_rubric, require_open
from hiringkit.domain.expectation import HIGHEST, LOWEST, MutualFit
from hiringkit.domain.interview import Opening
from hiringkit.errors import UsageProblem, missing
from hiringkit.store import expectations
from hiringkit.store.store import Store
from hiringkit.text.sentence import Sentence


def expect(store: Store, actor: Actor, opening_id: str, candidate_id: str, expectation: str, level: int) -> None:
    """Keep how much a candidate needs something from the team, 1 to 5; asked again, the later answer counts.

    Raises:
        NotFound: No such opening, candidate or expectation.
        UsageProblem: The level is not from 1 to 5.
        Refused: The opening is closed.
    """
    with store.write() as tx:
        opening = find_opening(tx, opening_id)
        candidate_id = find_candidate(tx, opening_id, candidate_id).id
        _check(tx, opening, expectation, level)
        before = expectations.needs(tx, opening_id, candidate_id).get(expectation)
        expectations.keep_need(tx, opening_id, candidate_id, expectation, level, actor.now())
        subject = {"opening": opening_id, "candidate": candidate_id}
        states = {f"need/{expectation}": (None if before is None else [before], [level])}
        record(tx, actor, "candidate.expect", subject, states=states, expectation=expectation)


def _check(tx: Tx, opening: Opening, expectation: str, level: int) -> None:
    known = [each.id for each in pinned_rubric(tx, opening).candidate_expectations]
    if expectation not in known:
        hint = "the opening's rubric has no section candidate_expectations"
        raise missing(Sentence("expectation"), expectation, known, empty_hint=hint)
    if not LOWEST <= level <= HIGHEST:
        raise UsageProblem(
            Sentence("{level} is not an answer").format(level=level), hint="from 1, not at all, to 5, very much"
        )
    require_open(opening)


def offer(store: Store, actor: Actor, opening_id: str, expectation: str, level: int) -> None:
    """Keep how much the team gives something, 1 to 5; raises as `expect` does."""
    with store.write() as tx:
        opening = find_opening(tx, opening_id)
        _check(tx, opening, expectation, level)
        before = expectations.offers(tx, opening_id).get(expectation)
        expectations.keep_offer(tx, opening_id, expectation, level, actor.now())
        states = {f"offer/{expectation}": (None if before is None else [before], [level])}
        record(tx, actor, "opening.offer", {"opening": opening_id}, states=states, expectation=expectation, level=level)


def mutual_fit(store: Store, opening_id: str, candidate_id: str | None = None) -> tuple[MutualFit, ...]:
    """Return every expectation of the opening's rubric with both sides' answers.

    Args:
        store: The store.
        opening_id: The opening.
        candidate_id: The candidate; without one, only what the team gives is known.

    Raises:
        NotFound: No such opening or candidate.
    """
    with store.read() as tx:
        opening = find_opening(tx, opening_id)
        needed = {}
        if candidate_id is not None:
            candidate_id = find_candidate(tx, opening_id, candidate_id).id
            needed = dict(expectations.needs(tx, opening_id, candidate_id))
        given = expectations.offers(tx, opening_id)
        return tuple(
            MutualFit(each.id, each.text, needed.get(each.id), given.get(each.id))
            for each in pinned_rubric(tx, opening).candidate_expectations
        )
