"""The state of everything that the audit log vouches for, as plain values of which it keeps digests.

An event names what it changed by a word such as `candidate`, `scorecard/2` or `rating/bottlenecks`; whose it is, the
event's subject says. Not vouched for is what nobody is judged by: where an interview was left, how long questions
took, practice.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from attrs import frozen
from sqlalchemy import Connection

from hiringkit.domain.decision import PanelDecision
from hiringkit.domain.interview import DroppedQuestion, Interview, InterviewState, Mark, Opening, Rating, Scorecard
from hiringkit.domain.people import Candidate, Interviewer
from hiringkit.store import decisions, dropped_questions, expectations, interviews, openings, people
from hiringkit.store import tables as t

State = list[Any] | None
"""None where there is nothing."""
States = Mapping[str, tuple[State, State]]
"""What an event changed: before and after, by word."""


@frozen
class Kept:
    """Something that the log vouches for, as it is now."""

    subject: Mapping[str, str]
    """Whose it is."""
    word: str
    state: State
    untouched: bool = True
    """Whether it fits what else is stored of it."""
    needed: bool = True
    """Whether the log must have an event about it; ratings of scorecards need none of their own."""


def _time(at: datetime | None) -> str | None:
    return None if at is None else t.time_text(at)


def rating_state(rating: Rating | None) -> State:
    """Return the state of a rating; None where nothing is rated or written."""
    if rating is None or rating.is_blank:
        return None
    value = str(rating.value) if isinstance(rating.value, Mark) else rating.value
    return [value, rating.evidence, list(rating.probes), _time(rating.rated_at), rating.after_seeing]


def text_state(text: str) -> State:
    """Return the state of a text about an interview as a whole."""
    return [text] if text else None


def scorecard_state(card: Scorecard) -> State:
    """Return the state of a scorecard with its ratings."""
    ratings = sorted([each.question, rating_state(each)] for each in card.ratings)
    return [_time(card.submitted_at), card.recommendation, card.summary, card.reason, card.by, ratings]


def interview_state(interview: Interview) -> State:
    """Return what was planned of an interview."""
    return [
        interview.opening,
        interview.candidate,
        interview.interviewer,
        interview.round,
        _time(interview.scheduled_at),
        interview.location,
        _time(interview.cancelled_at),
        interview.cancelled_reason,
        list(interview.kit),
    ]


def candidate_state(candidate: Candidate) -> State:
    """Return the state of a candidate."""
    return [
        candidate.name,
        candidate.email,
        candidate.note,
        _time(candidate.withdrawn_at),
        candidate.withdrawn_reason,
        candidate.outcome and str(candidate.outcome),
        candidate.outcome_reason,
        *([_time(candidate.held_at), candidate.held_reason] if candidate.held_at else []),
        *([_time(candidate.erased_at)] if candidate.erased_at else []),
        *([f"résumé {candidate.resume_line}"] if candidate.resume_line else []),
    ]


def opening_state(opening: Opening) -> State:
    """Return the state of an opening."""
    times = [_time(opening.created_at), _time(opening.closed_at)]
    kept = [] if opening.retention_months is None else [opening.retention_months]
    ranking = [] if opening.ranking is None else [f"ranking {opening.ranking}"]
    return [opening.title, opening.rubric, opening.version, opening.digest, *times, *kept, *ranking]


def interviewer_state(interviewer: Interviewer) -> State:
    """Return the state of an interviewer."""
    return [interviewer.name, interviewer.email]


def dropped_state(dropped: DroppedQuestion) -> State:
    """Return the state of a question that is left out."""
    return [dropped.reason, _time(dropped.at), dropped.by]


def scorecard_states(before: Scorecard | None, after: Scorecard) -> States:
    """Return what a new scorecard changes; an amendment changes ratings too."""
    changed: dict[str, tuple[State, State]] = {f"scorecard/{after.number}": (None, scorecard_state(after))}
    if before is not None:
        was = {each.question: each for each in before.ratings}
        for each in after.ratings:
            if was.get(each.question) != each:
                changed[f"rating/{each.question}"] = (rating_state(was.get(each.question)), rating_state(each))
    return changed


def decision_states(decision: PanelDecision | None) -> dict[str, State]:
    """Return the state of everything about a decision, by word: what was fixed, and what was written since."""
    if decision is None:
        return {}
    rubric = decision.rubric
    fixed = [
        str(decision.state),
        _time(decision.opened_at),
        decision.opened_by,
        [rubric.id, rubric.version, rubric.digest],
        [[each.id, each.weight, each.rounds] for each in decision.criteria],
        list(decision.candidates),
        list(decision.voters),
        list(decision.dropped),
        decision.comparison,
    ]
    states: dict[str, State] = {"decision": fixed}
    for each in decision.ballots:
        if not each.revision:
            continue  # a sealed one of which the login may know no more than that it is there
        cast = [sorted(each.levels.items()), _time(each.at), each.reason, each.revision]
        states[f"ballot/{each.criterion}/{each.round}/{each.voter}"] = cast
    for reveal in decision.reveals:
        states[f"reveal/{reveal.criterion}/{reveal.round}"] = [_time(reveal.at), reveal.by]
    for n, note in enumerate(decision.notes, 1):
        states[f"note/{n}"] = [note.criterion, note.text, _time(note.at), note.by]
    for n, kept in enumerate(decision.exceptions, 1):
        states[f"exception/{n}"] = [str(kept.kind), kept.reason, _time(kept.at), kept.by, kept.criterion, kept.subject]
    for closing in decision.closings:
        states[f"closing/{closing.number}"] = [
            _time(closing.at),
            closing.by,
            closing.decided_by,
            closing.candidate,
            closing.comparison,
            closing.comparison_text,
            [[str(each.kind), each.text, each.criterion, each.voter] for each in closing.statements],
        ]
    return states


def decision_change(before: PanelDecision | None, after: PanelDecision | None) -> States:
    """Return what a step changes about a decision."""
    was, now = decision_states(before), decision_states(after)
    return {word: (was.get(word), now.get(word)) for word in (was | now) if was.get(word) != now.get(word)}


def decision_words(tx: Connection, opening: str) -> Iterator[Kept]:
    """Yield what is kept of an opening's decisions."""
    for number in range(1, decisions.count(tx, opening) + 1):
        subject = {"opening": opening, "decision": str(number)}
        for word, state in decision_states(decisions.find(tx, opening, number)).items():
            yield Kept(subject, word, state)


def opening_words(tx: Connection, opening: Opening) -> Iterator[Kept]:
    """Yield what is kept of an opening itself."""
    subject = {"opening": opening.id}
    yield Kept(subject, "opening", opening_state(opening))
    yield Kept(subject, "rubric", [openings.rubric_text(tx, opening.id)])
    for dropped in dropped_questions.current(tx, opening.id):
        yield Kept(subject, f"dropped/{dropped.question}", dropped_state(dropped))
    for expectation, level in expectations.offers(tx, opening.id).items():
        yield Kept(subject, f"offer/{expectation}", [level])


def candidate_words(tx: Connection, opening: str, candidate: str | None = None) -> Iterator[Kept]:
    """Yield what is kept of an opening's candidates, or of one, with their interviews."""
    for each in people.candidates(tx, opening):
        if candidate in (None, each.id):
            subject = {"opening": opening, "candidate": each.id}
            yield Kept(subject, "candidate", candidate_state(each))
            for expectation, level in expectations.needs(tx, opening, each.id).items():
                yield Kept(subject, f"need/{expectation}", [level])
    for interview in interviews.of_opening(tx, opening, candidate=candidate):
        yield from interview_words(tx, interview)


def interview_words(tx: Connection, interview: Interview) -> Iterator[Kept]:
    """Yield what is kept of an interview."""
    subject = {"opening": interview.opening, "candidate": interview.candidate, "interview": interview.id}
    submitted = interview.state is InterviewState.SUBMITTED
    fits = interview.state is InterviewState.CANCELLED or submitted == bool(interview.scorecards)
    yield Kept(subject, "interview", interview_state(interview), untouched=fits)
    card = interview.scorecards[-1] if interview.scorecards else None
    last = {each.question: each for each in card.ratings} if card else {}
    for rating in interview.ratings:
        fits = card is None or last.get(rating.question, Rating(rating.question)) == rating
        yield Kept(subject, f"rating/{rating.question}", rating_state(rating), untouched=fits, needed=card is None)
    for each in interview.scorecards:
        yield Kept(subject, f"scorecard/{each.number}", scorecard_state(each))
    for part, text in interviews.texts(tx, interview.id).items():
        yield Kept(subject, f"text/{part}", text_state(text))


def everything(tx: Connection) -> Iterator[Kept]:
    """Yield all that the log vouches for."""
    for interviewer in people.interviewers(tx):
        yield Kept({"interviewer": interviewer.id}, "interviewer", interviewer_state(interviewer))
    for opening in openings.every(tx):
        yield from opening_words(tx, opening)
        yield from candidate_words(tx, opening.id)
        yield from decision_words(tx, opening.id)
