"""What a candidate has a right to: to know what is kept, and to have it erased; and what stands against erasing."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from attrs import evolve

from hiringkit.actions.audit import Actor, record
from hiringkit.actions.lookup import Tx, asked_rubric, find_candidate, find_opening, require_free
from hiringkit.actions.people import candidate_change
from hiringkit.actions.visibility import decisions_about, held_about, require_recruiter
from hiringkit.domain.decision import PanelDecision
from hiringkit.domain.interview import Interview, InterviewText, Rating
from hiringkit.domain.people import Candidate, Interviewer
from hiringkit.domain.privacy import (
    Erasure,
    PersonalAnswer,
    PersonalDecision,
    PersonalEvent,
    PersonalInterview,
    PersonalRecord,
    PersonalScorecard,
    PersonalVote,
    keep_until,
)
from hiringkit.domain.rubric import Rubric
from hiringkit.errors import NotFound, Refused
from hiringkit.settings import crash_folders
from hiringkit.store import audit, backups, demographics, erasure, expectations, imports, people
from hiringkit.store.store import Store
from hiringkit.text.clean import clean_line
from hiringkit.text.sentence import Sentence

HELD_ALREADY = Sentence("{candidate_id!r} is on hold already: {reason}")
NOT_HELD = Sentence("{candidate_id!r} is not on hold")
WHY_HOLD = Sentence("a hold needs a reason")
ERASED_ALREADY = Sentence("{candidate_id!r} is a pseudonym: who it was has been erased")
_FEWEST_LETTERS = 3
"""Of a part of a name that is taken out of texts."""
_FEWEST_SIGNS = 2
"""Of a whole name."""


def hold_candidate(store: Store, actor: Actor, opening_id: str, candidate_id: str, reason: str) -> Candidate:
    """Keep everything about a candidate, whatever becomes due, as where a claim is expected.

    Raises:
        NotFound: No such candidate.
        Refused: On hold already, erased, without a reason, or one acts as an interviewer.
    """
    with store.write() as tx:
        require_recruiter(tx, actor.who)
        before = find_candidate(tx, opening_id, candidate_id)
        why = clean_line(reason)
        if not why:
            raise Refused(WHY_HOLD, hint="--reason")
        if before.held_at:
            raise Refused(HELD_ALREADY.format(candidate_id=before.id, reason=before.held_reason))
        if before.erased_at:
            raise Refused(ERASED_ALREADY.format(candidate_id=before.id))
        after = evolve(before, held_at=actor.now(), held_reason=why)
        return _set_hold(tx, actor, "candidate.hold", opening_id, before, after)


def release_candidate(store: Store, actor: Actor, opening_id: str, candidate_id: str) -> Candidate:
    """Undo a hold.

    Raises:
        NotFound: No such candidate.
        Refused: Not on hold, or one acts as an interviewer.
    """
    with store.write() as tx:
        require_recruiter(tx, actor.who)
        before = find_candidate(tx, opening_id, candidate_id)
        if not before.held_at:
            raise Refused(NOT_HELD.format(candidate_id=before.id))
        after = evolve(before, held_at=None, held_reason="")
        return _set_hold(tx, actor, "candidate.release", opening_id, before, after)


def _set_hold(tx: Tx, actor: Actor, action: str, opening_id: str, before: Candidate, after: Candidate) -> Candidate:
    people.set_hold(tx, opening_id, after.id, after.held_at, after.held_reason)
    subject = {"opening": opening_id, "candidate": after.id}
    record(tx, actor, action, subject, states=candidate_change(before, after))
    return find_candidate(tx, opening_id, after.id)


def to_be_erased(store: Store, actor: Actor, opening_id: str, candidate_id: str) -> Candidate:
    """Return whom `erase_candidate` would erase; raises as it does."""
    with store.read() as tx:
        require_recruiter(tx, actor.who)
        found = _found(tx, opening_id, candidate_id)
        require_free(opening_id, found)
        return found


def _found(tx: Tx, opening_id: str, candidate_id: str) -> Candidate:
    """Find a candidate, or one who was removed and of whom only the audit log knows."""
    try:
        return find_candidate(tx, opening_id, candidate_id)
    except NotFound:
        identity = candidate_id.strip().casefold()
        if not erasure.is_known(tx, find_opening(tx, opening_id).id, identity):
            raise
        return Candidate(identity, identity)


def erase_candidate(store: Store, actor: Actor, opening_id: str, candidate_id: str) -> Erasure:
    """Erase a candidate: from the tables, the audit log, free pages, the write-ahead log and crash logs.

    Levels, recommendations and what became of the candidate stay under a pseudonym. One who has a pseudonym already
    is left as they are, and the files are swept again.

    Raises:
        NotFound: No such candidate.
        Refused: On hold, or one acts as an interviewer.
        StoreUnreachable: The tables are as they were; or the candidate is erased, and the files still have to be swept.
    """
    return erase_all(store, actor, [(opening_id, candidate_id)])[0]


def erase_all(store: Store, actor: Actor, whom: Sequence[tuple[str, str]]) -> tuple[Erasure, ...]:
    """Erase candidates, each in a transaction of its own, and sweep the files at the end.

    Args:
        store: Where they are kept.
        actor: Who erases them.
        whom: Opening and candidate of each.

    Raises:
        NotFound: No such candidate; those before are erased.
        Refused: On hold, or one acts as an interviewer; those before are erased.
        StoreUnreachable: As in `erase_candidate`.
    """
    done, again, swept = [], "", False
    with store.read() as tx:
        whole = not audit.verify(tx)
    try:
        for opening_id, candidate_id in whom:
            erased, words = _erase(store, actor, opening_id, candidate_id, whole=whole)
            again = f"hiringkit candidate erase {opening_id} {erased.pseudonym}"
            done.append(evolve(erased, crash_logs=tuple(_remove_crash_logs(words))))
    finally:
        if again:
            swept = erasure.sweep(store, again=again)
    return tuple(evolve(each, swept=swept) for each in done)


def _erase(store: Store, actor: Actor, opening_id: str, candidate_id: str, *, whole: bool) -> tuple[Erasure, list[str]]:
    """Erase one candidate from the tables, and return the words by which they were known, too."""
    with store.write() as tx:
        require_recruiter(tx, actor.who)
        found = _found(tx, opening_id, candidate_id)
        require_free(opening_id, found)
        if found.erased_at:
            return Erasure(opening_id, found.id, (), (), ()), []
        noted = audit.noted_copies(tx)
        pseudonym = erasure.erase(tx, actor.now(), actor.who, opening_id, found.id, whole=whole, via=actor.via)
        words = [word for word in (found.name, found.email, found.id) if word]
        mentions = tuple(erasure.mentions(tx, [word for word in (found.name, found.email) if word]))
    copies = backups.copies(store.path, noted) if store.path else ()
    left = backups.that_hold(copies, opening_id, found.id)
    return Erasure(opening_id, pseudonym, left, mentions, ()), words


def _remove_crash_logs(words: Sequence[str]) -> Iterator[Path]:
    """Delete crash logs that name somebody: earlier versions of the program wrote more into them than this one."""
    for folder in crash_folders():
        for path in sorted(folder.glob("crash-*.log")):
            try:
                text = path.read_text(encoding="utf-8", errors="replace")
                if any(erasure.stands_in(word, text) for word in words):
                    path.unlink()
                    yield path
            except OSError:
                continue


def personal_record(store: Store, actor: Actor, opening_id: str, candidate_id: str) -> PersonalRecord:
    """Return all that is known about a candidate, drafts and comments included, and note in the audit log that it was.

    Interviewers and those who vote are numbered, and other people's names and addresses are taken out of texts. Of a
    decision it has what is about the candidate: votes that are revealed, and texts that speak of them.

    Raises:
        NotFound: No such candidate.
        Refused: One acts as an interviewer.
    """
    with store.write() as tx:
        opening = find_opening(tx, opening_id)
        candidate = find_candidate(tx, opening_id, candidate_id)
        held = held_about(tx, actor.who, opening_id, candidate.id)
        subject = {"opening": opening_id, "candidate": candidate.id}
        record(tx, actor, "candidate.export-personal", subject)
        stood = decisions_about(tx, actor.who, opening_id, candidate.id)
        involved = [*(each.interviewer for each, _texts in held), *(who for each in stood for who in each.voters)]
        numbers = {who: n for n, who in enumerate(dict.fromkeys(involved), 1)}
        others = [each for each in people.candidates(tx, opening_id) if each.id != candidate.id]
        redact = _without_others(candidate, people.interviewers(tx), numbers, others)
        events = (PersonalEvent(e.at, e.action) for e in audit.events(tx, subject=subject))
        asked = asked_rubric(tx, opening)
        return PersonalRecord(
            opening=opening,
            candidate=candidate,
            interviews=tuple(_interview(tx, each, texts, asked, numbers, redact) for each, texts in held),
            needs=expectations.needs(tx, opening_id, candidate.id),
            events=tuple(events),
            keep_until=keep_until(opening),
            decisions=tuple(_decision(each, candidate, asked, numbers, redact) for each in stood),
            demographics=tuple(demographics.kinds(tx, opening_id, candidate.id)),
        )


Redact = Callable[[str], str]


def _decision(
    decision: PanelDecision, candidate: Candidate, rubric: Rubric, numbers: Mapping[str, int], redact: Redact
) -> PersonalDecision:
    """Return what a decision has about one candidate: revealed votes, and texts that speak of them."""
    alone = len(decision.candidates) == 1
    words = [word for word in (candidate.name, *candidate.name.split(), candidate.id) if len(word) >= _FEWEST_SIGNS]

    def own(text: str, *, alone: bool = alone) -> str:
        return redact(text) if alone or any(erasure.stands_in(word, text) for word in words) else ""

    cast = [each for each in decision.ballots if candidate.id in each.levels]
    votes = []
    for ballot in sorted(cast, key=lambda each: (each.criterion, each.round, each.at)):
        if not decision.is_sealed(ballot):
            found = rubric.criterion(ballot.criterion)
            votes.append(
                PersonalVote(
                    criterion=ballot.criterion,
                    name=found.name if found else None,
                    round=ballot.round,
                    voter=numbers[ballot.voter],
                    level=ballot.levels[candidate.id],
                    at=ballot.at,
                    reason=own(ballot.reason),
                )
            )
    closing = decision.closing
    chosen = closing is not None and closing.candidate == candidate.id
    told = [own(note.text) for note in decision.notes]
    told += [own(each.text, alone=alone or chosen) for each in closing.statements] if closing else []
    return PersonalDecision(
        number=decision.number,
        state=decision.state,
        opened_at=decision.opened_at,
        votes=tuple(votes),
        sealed=sum(decision.is_sealed(each) for each in cast),
        chosen=chosen if closing else None,
        decided_at=closing.at if closing else None,
        said=tuple(filter(None, told)),
    )


def _interview(
    tx: Tx,
    interview: Interview,
    texts: Mapping[InterviewText, str],
    rubric: Rubric,
    numbers: Mapping[str, int],
    redact: Redact,
) -> PersonalInterview:
    origin = imports.origin(tx, interview.id)
    words = origin.words if origin else {}

    def answers(ratings: Iterable[Rating]) -> tuple[PersonalAnswer, ...]:
        return tuple(
            PersonalAnswer(
                question=rating.question,
                text=question.text if (question := rubric.question(rating.question)) else rating.question,
                rating=rating.value,
                evidence=redact(rating.evidence),
                rated_at=rating.rated_at,
                source_words=redact(words.get(rating.question, ("", ""))[1]),
            )
            for rating in ratings
        )

    return PersonalInterview(
        interviewer=numbers[interview.interviewer],
        round=interview.round,
        state=interview.state,
        scheduled_at=interview.scheduled_at,
        location=redact(interview.location),
        cancelled_at=interview.cancelled_at,
        cancelled_reason=redact(interview.cancelled_reason),
        source=origin.source if origin else "",
        answers=answers(interview.ratings),
        texts={part: redact(text) for part, text in texts.items()},
        scorecards=tuple(
            PersonalScorecard(
                number=card.number,
                submitted_at=card.submitted_at,
                recommendation=card.recommendation,
                summary=redact(card.summary),
                reason=redact(card.reason),
                answers=answers(card.ratings),
            )
            for card in interview.scorecards
        ),
    )


def _without_others(
    candidate: Candidate, interviewers: Iterable[Interviewer], numbers: Mapping[str, int], others: Iterable[Candidate]
) -> Redact:
    """Return what takes other people's names and addresses out of a text.

    Parts of names count where they begin with a capital letter: a word too many is left out rather than a name too few.
    """
    own = {part.casefold() for part in (candidate.name, *candidate.name.split())}
    stand_ins: list[tuple[re.Pattern[str], str]] = []

    def leave_out(person: Candidate | Interviewer, stand_in: str) -> None:
        whole = [
            word for word in (person.email, person.name) if len(word) >= _FEWEST_SIGNS and word.casefold() not in own
        ]
        parts = [part for part in person.name.split() if len(part) >= _FEWEST_LETTERS and part.casefold() not in own]
        stand_ins.extend((erasure.pattern(word), stand_in) for word in whole)
        stand_ins.extend((re.compile(rf"\b{re.escape(part)}\b"), stand_in) for part in parts if not part.islower())

    for each in interviewers:
        number = numbers.get(each.id)
        leave_out(each, "[interviewer]" if number is None else f"[interviewer {number}]")
    for other in others:
        leave_out(other, "[another candidate]")
    stand_ins.sort(key=lambda pair: -len(pair[0].pattern))

    def redact(text: str) -> str:
        for found, stand_in in stand_ins:
            text = found.sub(stand_in, text)
        return text

    return redact
