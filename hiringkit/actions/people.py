"""Candidates and interviewers."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from attrs import evolve, frozen

from hiringkit.actions.audit import Actor, record
from hiringkit.actions.lookup import find_candidate, find_interviewer, find_opening, require_open
from hiringkit.actions.openings import check_id
from hiringkit.domain.people import Candidate, Interviewer, id_from_name
from hiringkit.errors import Refused, UsageProblem
from hiringkit.store import people
from hiringkit.store.store import Store
from hiringkit.text.clean import clean_line, clean_text
from hiringkit.text.sentence import Sentence

Person = TypeVar("Person", Candidate, Interviewer)


def add_candidates(store: Store, actor: Actor, opening_id: str, given: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Add candidates, all or none; one without an id gets one from the name.

    Raises:
        NotFound: No such opening.
        Refused: An id is in use, or the opening is closed.
        UsageProblem: A name is empty or an id has not the form of one.
    """
    with store.write() as tx:
        require_open(find_opening(tx, opening_id))
        taken = {candidate.id for candidate in people.candidates(tx, opening_id)}
        added = []
        for each in given:
            candidate = evolve(_settle(each, Sentence("candidate"), taken), note=clean_text(each.note))
            taken.add(candidate.id)
            added.append(candidate)
        people.insert_candidates(tx, opening_id, added)
        for candidate in added:
            record(tx, actor, "candidate.add", {"opening": opening_id, "candidate": candidate.id})
    return tuple(added)


def _settle(given: Person, kind: str, taken: set[str]) -> Person:
    """Clean a person's texts and give them an id."""
    name = clean_line(given.name)
    if not name:
        raise UsageProblem(Sentence("the {kind} has no name").format(kind=kind))
    identity = (
        check_id(Sentence("a {kind}").format(kind=kind), given.id) if given.id else id_from_name(name, taken, kind)
    )
    if identity in taken:
        raise Refused(
            Sentence("there is a {kind} {identity!r} already").format(kind=kind, identity=identity),
            hint="give another --id",
        )
    return evolve(given, id=identity, name=name, email=clean_line(given.email))


def add_interviewers(store: Store, actor: Actor, given: Sequence[Interviewer]) -> tuple[Interviewer, ...]:
    """Add interviewers, all or none; one without an id gets one from the name.

    Raises:
        Refused: An id or e-mail is in use.
        UsageProblem: A name is empty or an id has not the form of one.
    """
    with store.write() as tx:
        known = people.interviewers(tx)
        taken = {interviewer.id for interviewer in known}
        addresses = {interviewer.email.lower() for interviewer in known if interviewer.email}
        added = []
        for each in given:
            interviewer = _settle(each, Sentence("interviewer"), taken)
            if interviewer.email and interviewer.email.lower() in addresses:
                raise Refused(
                    Sentence("there is an interviewer with e-mail {email!r} already").format(email=interviewer.email)
                )
            taken.add(interviewer.id)
            addresses.add(interviewer.email.lower())
            added.append(interviewer)
        people.insert_interviewers(tx, added)
        for interviewer in added:
            record(tx, actor, "interviewer.add", {"interviewer": interviewer.id})
    return tuple(added)


def withdraw_candidate(store: Store, actor: Actor, opening_id: str, candidate_id: str, reason: str) -> Candidate:
    """Mark a candidate as withdrawn; all that was rated is kept.

    Raises:
        NotFound: No such candidate.
        Refused: Withdrawn already.
    """
    with store.write() as tx:
        found = find_candidate(tx, opening_id, candidate_id)
        if found.withdrawn_at:
            raise Refused(Sentence("candidate {candidate_id!r} has withdrawn already").format(candidate_id=found.id))
        people.withdraw(tx, opening_id, found.id, actor.now(), clean_line(reason))
        record(tx, actor, "candidate.withdraw", {"opening": opening_id, "candidate": found.id})
        return find_candidate(tx, opening_id, found.id)


def candidates_of(store: Store, opening_id: str) -> tuple[Candidate, ...]:
    """Return the candidates of an opening.

    Raises:
        NotFound: No such opening.
    """
    with store.read() as tx:
        find_opening(tx, opening_id)
        return people.candidates(tx, opening_id)


def show_candidate(store: Store, opening_id: str, candidate_id: str) -> Candidate:
    """Return one candidate.

    Raises:
        NotFound: No such candidate.
    """
    with store.read() as tx:
        return find_candidate(tx, opening_id, candidate_id)


def every_interviewer(store: Store) -> tuple[Interviewer, ...]:
    """Return all interviewers."""
    with store.read() as tx:
        return people.interviewers(tx)


def show_interviewer(store: Store, who: str) -> Interviewer:
    """Return one interviewer by id or e-mail.

    Raises:
        NotFound: No such interviewer.
    """
    with store.read() as tx:
        return find_interviewer(tx, who)


@frozen
class NamesAcross:
    """Names of what several openings have to do with."""

    openings: Mapping[str, str]
    """Titles by id."""
    candidates: Mapping[tuple[str, str], str]
    """By the ids of opening and candidate."""
    interviewers: Mapping[str, str]


def names_across(store: Store, opening_ids: Iterable[str]) -> NamesAcross:
    """Return the names of openings, of their candidates and of all interviewers.

    Raises:
        NotFound: No such opening.
    """
    with store.read() as tx:
        wanted = [find_opening(tx, each) for each in dict.fromkeys(opening_ids)]
        return NamesAcross(
            {each.id: each.title for each in wanted},
            {(each.id, person.id): person.name for each in wanted for person in people.candidates(tx, each.id)},
            {person.id: person.name for person in people.interviewers(tx)},
        )


def names_of(store: Store, opening_id: str) -> tuple[dict[str, str], dict[str, str]]:
    """Return the names of an opening's candidates and of all interviewers, by id."""
    with store.read() as tx:
        candidates = {candidate.id: candidate.name for candidate in people.candidates(tx, opening_id)}
        return candidates, {interviewer.id: interviewer.name for interviewer in people.interviewers(tx)}
