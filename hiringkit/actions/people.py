"""Candidates and interviewers."""

from collections.abc import Iterable, Mapping, Sequence

from attrs import evolve, frozen

from hiringkit.actions.audit import Actor, change, record, record_all
from hiringkit.actions.lookup import (
    WITHDRAWN_HINT,
    Person,
    Tx,
    find_candidate,
    find_interviewer,
    find_opening,
    require_free,
    require_open,
)
from hiringkit.actions.openings import check_id, checked_name
from hiringkit.actions.visibility import RECRUITER, require_recruiter, viewer_id
from hiringkit.domain.people import Candidate, Interviewer, id_from_name
from hiringkit.errors import Refused, UsageProblem
from hiringkit.store import decisions, expectations, interviews, people, practices
from hiringkit.store.states import States, candidate_state, interview_state, interviewer_state
from hiringkit.store.store import Store
from hiringkit.text.clean import clean_line, clean_text
from hiringkit.text.sentence import Sentence

EMAIL_TAKEN = Sentence("there is an interviewer with e-mail {email!r} already")
EMAIL_TAKEN_HINT = Sentence("it is {holder}'s; if they are one person: hiringkit interviewer remove {holder}")
TAKEN_HINT = Sentence("give another --id, or correct the one that is there: hiringkit {noun} edit --help")
RESERVED = Sentence("{identity!r} is what a recruiter acts as, and no id")
_SHOWN = 5


def add_candidates(store: Store, actor: Actor, opening_id: str, given: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Add candidates, all or none; one without an id gets one from the name.

    Raises:
        NotFound: No such opening.
        Refused: An id is in use, or the opening is closed.
        UsageProblem: A name is empty or an id is malformed.
    """
    with store.write() as tx:
        require_open(find_opening(tx, opening_id))
        taken = {candidate.id for candidate in people.candidates(tx, opening_id)}
        added = []
        for each in given:
            settled = _settle(each, Sentence("candidate"), taken)
            candidate = evolve(settled, note=clean_text(each.note), resume_line=clean_line(each.resume_line))
            taken.add(candidate.id)
            added.append(candidate)
        people.insert_candidates(tx, opening_id, added)
        subjects = (({"opening": opening_id, "candidate": each.id}, added_person(each)) for each in added)
        record_all(tx, actor, "candidate.add", subjects)
    return tuple(added)


def not_yet_there(store: Store, given: Sequence[Person], opening_id: str | None = None) -> tuple[Person, ...]:
    """Return those of some people whose e-mail addresses nobody has yet.

    Args:
        store: Where people are kept.
        given: Candidates or interviewers.
        opening_id: The opening whose candidates they are to be; None for interviewers.

    Raises:
        NotFound: No such opening.
    """
    with store.read() as tx:
        if opening_id is not None:
            find_opening(tx, opening_id)
        there = people.interviewers(tx) if opening_id is None else people.candidates(tx, opening_id)
    known = {each.email.casefold() for each in there if each.email}
    return tuple(each for each in given if each.email.casefold() not in known)


def _settle(given: Person, kind: str, taken: set[str]) -> Person:
    """Clean a person's texts and give them an id."""
    name = checked_name(kind, given.name)
    identity = (
        check_id(Sentence("a {kind}").format(kind=kind), given.id) if given.id else id_from_name(name, taken, kind)
    )
    if identity in taken:
        raise Refused(
            Sentence("there is a {kind} {identity!r} already").format(kind=kind, identity=identity),
            hint=TAKEN_HINT.format(noun=kind, identity=identity),
        )
    if identity == RECRUITER:
        raise Refused(RESERVED.format(identity=identity), hint="give another --id")
    return evolve(given, id=identity, name=name, email=clean_line(given.email))


def add_interviewers(store: Store, actor: Actor, given: Sequence[Interviewer]) -> tuple[Interviewer, ...]:
    """Add interviewers, all or none; one without an id gets one from the name.

    Raises:
        Refused: An id or e-mail is in use.
        UsageProblem: A name is empty or an id is malformed.
    """
    with store.write() as tx:
        known = people.interviewers(tx)
        taken = {interviewer.id for interviewer in known}
        addresses = {interviewer.email.lower() for interviewer in known if interviewer.email}
        added = []
        for each in given:
            interviewer = _settle(each, Sentence("interviewer"), taken)
            if interviewer.email and interviewer.email.lower() in addresses:
                raise Refused(EMAIL_TAKEN.format(email=interviewer.email), hint="hiringkit interviewer list")
            taken.add(interviewer.id)
            addresses.add(interviewer.email.lower())
            added.append(interviewer)
        people.insert_interviewers(tx, added)
        record_all(tx, actor, "interviewer.add", (({"interviewer": each.id}, added_person(each)) for each in added))
    return tuple(added)


def withdraw_candidate(store: Store, actor: Actor, opening_id: str, candidate_id: str, reason: str) -> Candidate:
    """Mark a candidate as withdrawn; all ratings are kept.

    Raises:
        NotFound: No such candidate.
        Refused: Withdrawn already, or one acts as an interviewer.
    """
    with store.write() as tx:
        require_recruiter(tx, actor.who)
        found = find_candidate(tx, opening_id, candidate_id)
        if found.withdrawn_at:
            raise Refused(
                Sentence("candidate {candidate_id!r} has withdrawn already").format(candidate_id=found.id),
                hint=WITHDRAWN_HINT.format(opening_id=opening_id, candidate_id=found.id),
            )
        people.withdraw(tx, opening_id, found.id, actor.now(), clean_line(reason))
        after = find_candidate(tx, opening_id, found.id)
        record(
            tx,
            actor,
            "candidate.withdraw",
            _candidate_subject(opening_id, found),
            states=candidate_change(found, after),
        )
        return after


def added_person(person: Candidate | Interviewer) -> States:
    """Return, for the audit log, that somebody is there now."""
    if isinstance(person, Candidate):
        return {"candidate": (None, candidate_state(person))}
    return {"interviewer": (None, interviewer_state(person))}


def candidate_change(before: Candidate, after: Candidate) -> States:
    """Return, for the audit log, what was changed of a candidate."""
    return {"candidate": (candidate_state(before), candidate_state(after))}


def _candidate_subject(opening_id: str, candidate: Candidate) -> dict[str, str]:
    return {"opening": opening_id, "candidate": candidate.id}


def restore_candidate(store: Store, actor: Actor, opening_id: str, candidate_id: str) -> Candidate:
    """Undo a withdrawal: interviews go on where they were, and ratings count again.

    Raises:
        NotFound: No such candidate.
        Refused: Not withdrawn, or one acts as an interviewer.
    """
    with store.write() as tx:
        require_recruiter(tx, actor.who)
        found = find_candidate(tx, opening_id, candidate_id)
        if not found.withdrawn_at:
            raise Refused(Sentence("candidate {candidate_id!r} has not withdrawn").format(candidate_id=found.id))
        people.restore(tx, opening_id, found.id)
        after = find_candidate(tx, opening_id, found.id)
        record(
            tx, actor, "candidate.restore", _candidate_subject(opening_id, found), states=candidate_change(found, after)
        )
        return after


def edit_candidate(
    store: Store,
    actor: Actor,
    opening_id: str,
    candidate_id: str,
    *,
    name: str | None = None,
    email: str | None = None,
    note: str | None = None,
    resume_line: str | None = None,
) -> Candidate:
    """Correct what is known of a candidate; what is not given stays, and so does the id.

    Raises:
        NotFound: No such candidate.
        Refused: One acts as an interviewer.
        UsageProblem: The name is empty, or nothing is changed.
    """
    with store.write() as tx:
        require_recruiter(tx, actor.who)
        before = find_candidate(tx, opening_id, candidate_id)
        after = _corrected(before, Sentence("candidate"), name, email)
        after = evolve(
            after,
            note=before.note if note is None else clean_text(note),
            resume_line=before.resume_line if resume_line is None else clean_line(resume_line),
        )
        told = [key for key in ("note", "resume_line") if getattr(after, key) != getattr(before, key)]
        changes = {**_changes(before, after), **dict.fromkeys(told, "changed")}
        _require_change(changes)
        people.change_candidate(tx, opening_id, after)
        subject = _candidate_subject(opening_id, after)
        record(tx, actor, "candidate.edit", subject, states=candidate_change(before, after), **changes)
        return after


def _corrected(before: Person, kind: str, name: str | None, email: str | None) -> Person:
    return evolve(
        before,
        name=before.name if name is None else checked_name(kind, name),
        email=before.email if email is None else clean_line(email),
    )


def _changes(before: Candidate | Interviewer, after: Candidate | Interviewer) -> dict[str, object]:
    pairs = {"name": (before.name, after.name), "email": (before.email, after.email)}
    return {key: change(old, new) for key, (old, new) in pairs.items() if old != new}


def _require_change(changes: Mapping[str, object]) -> None:
    if not changes:
        raise UsageProblem("nothing is changed", hint="--help lists what can be")


def remove_candidates(
    store: Store, actor: Actor, opening_id: str, candidate_ids: Sequence[str]
) -> tuple[Candidate, ...]:
    """Remove candidates about whom nothing has been written, such as those who were added twice; all or none.

    Interviews that are planned and in which nothing is written go too.

    Returns:
        The candidates that were removed.

    Raises:
        NotFound: No such candidate.
        Refused: Ratings or answers would be lost, or one acts as an interviewer.
    """
    with store.write() as tx:
        require_recruiter(tx, actor.who)
        found = {each.id: each for each in (find_candidate(tx, opening_id, one) for one in candidate_ids)}
        for each in found.values():
            _remove_candidate(tx, actor, opening_id, each)
        return tuple(found.values())


def _remove_candidate(tx: Tx, actor: Actor, opening_id: str, found: Candidate) -> None:
    require_free(opening_id, found)
    planned = interviews.plans(tx, opening_id, candidate=found.id)
    instead = Sentence('instead: hiringkit candidate withdraw {opening_id} {candidate_id} --reason "…"').format(
        opening_id=opening_id, candidate_id=found.id
    )
    written = any(interviews.holds_more_than_its_kit(tx, each.id) for each in planned)
    if written or expectations.needs(tx, opening_id, found.id):
        lost = Sentence("what was written about candidate {candidate_id!r} would be lost")
        raise Refused(lost.format(candidate_id=found.id), hint=instead)
    if decisions.holds_candidate(tx, opening_id, found.id):
        opened = Sentence("a decision on {candidate_id!r} has been opened")
        raise Refused(opened.format(candidate_id=found.id), hint=instead)
    for each in planned:
        interviews.remove(tx, each.id)
        subject = {**_candidate_subject(opening_id, found), "interview": each.id}
        record(tx, actor, "interview.remove", subject, states={"interview": (interview_state(each), None)})
    people.remove_candidate(tx, opening_id, found.id)
    detail = {"interviews": [each.id for each in planned]} if planned else {}
    states = {"candidate": (candidate_state(found), None)}
    record(tx, actor, "candidate.remove", _candidate_subject(opening_id, found), states=states, **detail)


def edit_interviewer(
    store: Store, actor: Actor, who: str, *, name: str | None = None, email: str | None = None
) -> Interviewer:
    """Correct an interviewer's name or e-mail address; what is not given stays, and so does the id.

    Interviewers correct themselves; a recruiter corrects anybody.

    Raises:
        NotFound: No such interviewer.
        Refused: One acts as another interviewer, or the address is somebody else's.
        UsageProblem: The name is empty, or nothing is changed.
    """
    with store.write() as tx:
        before = find_interviewer(tx, who)
        if viewer_id(tx, actor.who) != before.id:
            require_recruiter(tx, actor.who)
        after = _corrected(before, Sentence("interviewer"), name, email)
        changes = _changes(before, after)
        _require_change(changes)
        holder = people.find_interviewer(tx, after.email) if after.email else None
        if holder and holder.id != before.id:
            raise Refused(EMAIL_TAKEN.format(email=after.email), hint=EMAIL_TAKEN_HINT.format(holder=holder.id))
        people.change_interviewer(tx, after)
        states = {"interviewer": (interviewer_state(before), interviewer_state(after))}
        record(tx, actor, "interviewer.edit", {"interviewer": after.id}, states=states, **changes)
        return after


def remove_interviewers(store: Store, actor: Actor, who: Sequence[str]) -> tuple[Interviewer, ...]:
    """Remove interviewers who have neither interviews nor practice, such as those who were added twice; all or none.

    Returns:
        The interviewers that were removed.

    Raises:
        NotFound: No such interviewer.
        Refused: Interviews or practice would be lost, or one acts as an interviewer.
    """
    with store.write() as tx:
        require_recruiter(tx, actor.who)
        found = {each.id: each for each in (find_interviewer(tx, one) for one in who)}
        for each in found.values():
            _remove_interviewer(tx, actor, each)
        return tuple(found.values())


def _remove_interviewer(tx: Tx, actor: Actor, found: Interviewer) -> None:
    instead = Sentence("correct the person instead: hiringkit interviewer edit {interviewer}")
    if held := interviews.ids_of(tx, found.id):
        has = Sentence("interviewer {interviewer!r} has interviews: {names}")
        give = Sentence("give them to somebody else: hiringkit interview edit {id} --interviewer WHO")
        said = has.format(interviewer=found.id, names=", ".join(held[:_SHOWN]))
        raise Refused(said, hint=give.format(id=held[0]))
    if practices.sessions_of(tx, found.id):
        lost = Sentence("the practice sessions of interviewer {interviewer!r} would be lost")
        raise Refused(lost.format(interviewer=found.id), hint=instead.format(interviewer=found.id))
    if decisions.holds_voter(tx, found.id):
        votes = Sentence("interviewer {interviewer!r} votes in a decision")
        raise Refused(votes.format(interviewer=found.id), hint=instead.format(interviewer=found.id))
    people.remove_interviewer(tx, found.id)
    states = {"interviewer": (interviewer_state(found), None)}
    subject = {"interviewer": found.id}
    record(tx, actor, "interviewer.remove", subject, states=states, name=found.name, email=found.email)


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
    """The names of everything in several openings."""

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
