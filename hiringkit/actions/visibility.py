"""Who acts, what they may see and what they may change: the only way from an action to ratings.

One acts as an interviewer, by id or e-mail, or as a recruiter: that is whoever gives no identity, and whoever says
`recruiter` or `recruiter:NAME`. Somebody unknown is refused.

- Ratings that are not submitted are seen by their interviewer alone.
- An interviewer who still owes a scorecard for a candidate sees no rating, average, rank or order of that candidate,
  nor anything computed from them. Otherwise everybody sees what is submitted.
- Of what an interviewer leaves for the candidate's other interviewers, the questions are seen at once, because
  they have to be asked. The rest may tell an opinion and is seen where the scorecard is.
- A vote on a decision is its voter's alone until the round is revealed, and then seen where a scorecard is.
- Only an interview's own interviewer writes into it, or who says to be a recruiter, which the audit log keeps.
- Only a recruiter withdraws candidates, closes openings, drops questions and corrects what others have entered.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from attrs import evolve, field, frozen

from hiringkit.actions.lookup import Tx, find_opening, no_interview
from hiringkit.domain.codes import Code
from hiringkit.domain.decision import PanelDecision
from hiringkit.domain.finding import Finding, Severity
from hiringkit.domain.interview import (
    DroppedQuestion,
    Interview,
    InterviewProgress,
    InterviewState,
    InterviewText,
    Opening,
    topics_left,
)
from hiringkit.domain.people import Candidate
from hiringkit.errors import NotFound, Refused
from hiringkit.store import decisions, dropped_questions, interviews, logins, openings, people, ratings
from hiringkit.store.past import Past
from hiringkit.store.ratings import RatingRows
from hiringkit.text.sentence import Sentence
from hiringkit.text.similarity import nearest

HIDDEN = Sentence("others' ratings of {candidate_id!r} are hidden until your own scorecard is submitted")
HIDDEN_HINT = Sentence("hiringkit interview list {opening_id}")
LEFT_OUT = Sentence("left out until your own scorecard is submitted: {names}")
RECRUITER = "recruiter"
"""The identity that claims a recruiter's rights, alone or followed by a colon and a name."""
UNKNOWN = Sentence("nobody here is known as {who!r}")
NEAREST = Sentence("did you mean {near!r}? A recruiter acts without --as, or as recruiter:NAME")
ADD_YOURSELF = Sentence(
    "add yourself: hiringkit interviewer add NAME --email {who}; a recruiter acts without --as, or as recruiter:NAME"
)
NOBODY_WRITES = Sentence("{identity!r} is the interview of {interviewer!r}; say who writes into it")
NOBODY_WRITES_HINT = Sentence("--as {interviewer}, or --as recruiter:NAME to enter it for them")
RECRUITER_ONLY = Sentence("only a recruiter may do that, and you act as {viewer!r}")
RECRUITER_ONLY_HINT = Sentence("a recruiter acts without --as, or as recruiter:NAME")
NOT_YOURS = Sentence("{identity!r} is the interview of {interviewer!r}, and you act as {viewer!r}")


@frozen
class VisibleOpening:
    """An opening as far as one person may see it; valid as long as the transaction."""

    opening: Opening
    viewer: str | None
    """The id of the interviewer who looks; None for a recruiter."""
    hidden: frozenset[str]
    """Candidates about whom the viewer may not see others' opinion yet."""
    _tx: Tx = field(repr=False, eq=False)
    past: Past | None = None
    """The moment as of which candidates, ratings, interviews and dropped questions are seen; None for now."""

    @cached_property
    def candidates(self) -> tuple[Candidate, ...]:
        """All candidates, in the order in which they were added."""
        found, past = people.candidates(self._tx, self.opening.id), self.past
        if past is None:
            return found
        keys = {each.id: (self.opening.id, each.id) for each in found}
        there = [each for each in found if keys[each.id] in past.candidates]
        return tuple(evolve(each, withdrawn_at=past.withdrawn.get(keys[each.id])) for each in there)

    @cached_property
    def dropped(self) -> tuple[DroppedQuestion, ...]:
        """The questions that are left out, in the order in which they were dropped."""
        if self.past is not None:
            return self.past.dropped(self._tx, self.opening.id)
        return dropped_questions.current(self._tx, self.opening.id)

    @property
    def compared(self) -> tuple[Candidate, ...]:
        """Candidates who have not withdrawn and about whom the viewer may see everything."""
        return tuple(each for each in self.candidates if not each.withdrawn_at and each.id not in self.hidden)

    @cached_property
    def ratings(self) -> RatingRows:
        """The submitted ratings of the compared candidates."""
        scorecards = None if self.past is None else self.past.scorecards
        return ratings.submitted(self._tx, self.opening.id, scorecards).of({each.id for each in self.compared})

    def interviews(self, *, candidate: str | None = None, interviewer: str | None = None) -> tuple[Interview, ...]:
        """Return interviews, with ratings and scorecards only where the viewer may see them.

        Args:
            candidate: Only this candidate's.
            interviewer: Only this interviewer's.
        """
        if candidate is None and interviewer is None:
            return self._interviews
        return self._redacted(
            interviews.of_opening(self._tx, self.opening.id, candidate=candidate, interviewer=interviewer)
        )

    @cached_property
    def _interviews(self) -> tuple[Interview, ...]:
        """All of them; read once, because that takes a second where there are a thousand."""
        return self._redacted(interviews.of_opening(self._tx, self.opening.id, from_cards=True))

    def in_batches(self) -> Iterator[tuple[Interview, ...]]:
        """Yield the same interviews as `interviews`, a batch at a time, without keeping them."""
        return map(self._redacted, interviews.in_batches(self._tx, self.opening.id))

    def _redacted(self, found: Iterable[Interview]) -> tuple[Interview, ...]:
        seen = (_redacted(self, each) for each in found)
        return tuple(seen) if self.past is None else tuple(_as_it_was(each, self.past) for each in seen)

    def outlines(self) -> tuple[Interview, ...]:
        """Return all interviews without scorecards, and with ratings only of drafts that the viewer may see."""
        return tuple(_redacted(self, each) for each in interviews.outlines(self._tx, self.opening.id))

    def verdicts(self) -> tuple[Interview, ...]:
        """Return the interviews whose scorecards the viewer may see, with these but without any rating."""
        shown = (
            each
            for each in interviews.with_verdicts(self._tx, self.opening.id)
            if self.sees_interview(each.candidate, each.interviewer, submitted=each.state is InterviewState.SUBMITTED)
        )
        return tuple(shown) if self.past is None else tuple(_as_it_was(each, self.past) for each in shown)

    def texts(self, interview: Interview) -> Mapping[InterviewText, str]:
        """Return what was written about an interview as a whole, to whoever may see its draft; else nothing."""
        if self.sees_interview(interview.candidate, interview.interviewer, submitted=False):
            return interviews.texts(self._tx, interview.id)
        return {}

    def handovers(self, candidate: str, *, besides: str) -> Iterator[tuple[str, str]]:
        """Yield who left something for a candidate's other interviewers, but for one interview's, and what.

        Of a handover that the viewer may not see whole, it is the questions.
        """
        left = interviews.handovers(self._tx, self.opening.id, candidate)
        if not left and not logins.hides_rows(self._tx):
            return
        plans = [
            each for each in interviews.plans(self._tx, self.opening.id, candidate=candidate) if each.id != besides
        ]
        unseen = {
            each.id
            for each in plans
            if not self.sees_interview(candidate, each.interviewer, submitted=each.state is InterviewState.SUBMITTED)
        }
        held_back = logins.handover_topics(self._tx, [each for each in unseen if each not in left])
        for each in plans:
            text = left.get(each.id, "")
            if each.id in unseen:
                text = topics_left(text) if text else held_back.get(each.id, "")
            if text:
                yield each.interviewer, text

    def sees_interview(self, candidate: str, interviewer: str, *, submitted: bool) -> bool:
        """Return whether the viewer may see how an interviewer judged a candidate."""
        return self.viewer == interviewer or (submitted and candidate not in self.hidden)

    def rated_count(self, interview: Interview) -> int | None:
        """Return how many questions of a draft are rated that the viewer may not see; None where that is not told.

        A recruiter is told, by a server where it holds the ratings themselves back.
        """
        if self.viewer is not None:
            return None
        rated = len(interview.kit) - len(interview.outstanding)
        if interview.state is InterviewState.STARTED and not rated and logins.hides_rows(self._tx):
            return self._counted.get(interview.id)
        return rated

    @cached_property
    def _counted(self) -> Mapping[str, int]:
        return logins.rated_counts(self._tx, self.opening.id)

    def decision(self, number: int | None = None) -> PanelDecision | None:
        """Return a decision on the opening as far as the viewer may see it, None where there is none.

        Args:
            number: Which one; the last if None.
        """
        found = whole_decision(self._tx, self.opening.id, number)
        return found and found.seen_by(self.viewer, self.hidden)

    def require(self, candidate_id: str) -> None:
        """Require that the viewer may see others' opinion of a candidate.

        Raises:
            Refused: The viewer owes a scorecard for the candidate.
        """
        if candidate_id in self.hidden:
            raise Refused(HIDDEN.format(candidate_id=candidate_id), hint=HIDDEN_HINT.format(opening_id=self.opening.id))

    def hidden_findings(self) -> Iterator[Finding]:
        """Yield a finding naming who is left out of what the viewer sees."""
        if names := [each.name for each in self.candidates if each.id in self.hidden and not each.withdrawn_at]:
            yield Finding(
                Code.HIDDEN_UNTIL_SUBMITTED,
                LEFT_OUT.format(names=", ".join(names)),
                Severity.INFO,
                hint=HIDDEN_HINT.format(opening_id=self.opening.id),
            )


def _as_it_was(interview: Interview, past: Past) -> Interview:
    """Return a submitted interview as it was then, without drafts."""
    cards = tuple(card for card in interview.scorecards if card.number <= past.scorecards.get(interview.id, 0))
    state = InterviewState.SUBMITTED if cards else InterviewState.SCHEDULED
    return evolve(interview, scorecards=cards, ratings=cards[-1].ratings if cards else (), state=state)


def viewer_id(tx: Tx, who: str) -> str | None:
    """Return the id of the interviewer that one acts as, None for a recruiter.

    Raises:
        NotFound: Nobody is known by that id or e-mail.
    """
    if not who or is_named_recruiter(who):
        return None
    found = people.find_interviewer(tx, who)
    if found is None:
        known = [word for each in people.interviewers(tx) for word in (each.id, each.email) if word]
        near = nearest(who.strip().casefold(), [*known, RECRUITER])
        hint = NEAREST.format(near=near) if near else ADD_YOURSELF.format(who=who)
        raise NotFound(UNKNOWN.format(who=who), hint=hint)
    return found.id


def is_named_recruiter(who: str) -> bool:
    """Return whether somebody claims to be a recruiter by name, rather than giving no identity at all."""
    return who.strip().casefold().partition(":")[0] == RECRUITER


def require_recruiter(tx: Tx, who: str) -> None:
    """Require that one does not act as an interviewer.

    Raises:
        NotFound: Nobody is known by that id or e-mail.
        Refused: One acts as an interviewer.
    """
    viewer = viewer_id(tx, who)
    if viewer is not None:
        raise Refused(RECRUITER_ONLY.format(viewer=viewer), hint=RECRUITER_ONLY_HINT)


def visible_opening(tx: Tx, who: str, opening_id: str, *, past: Past | None = None) -> VisibleOpening:
    """Return an opening as far as a person may see it, now or as it was.

    Raises:
        NotFound: There is none under that id.
    """
    return _seen_by(tx, viewer_id(tx, who), find_opening(tx, opening_id), past)


def _seen_by(tx: Tx, viewer: str | None, opening: Opening, past: Past | None) -> VisibleOpening:
    hidden = frozenset[str]() if viewer is None else interviews.owed_candidates(tx, opening.id, viewer)
    return VisibleOpening(opening, viewer, hidden, tx, past)


def visible_openings(tx: Tx, who: str, *, past: Past | None = None) -> tuple[VisibleOpening, ...]:
    """Return all openings as far as a person may see them, now or as they were, oldest first."""
    viewer = viewer_id(tx, who)
    return tuple(_seen_by(tx, viewer, opening, past) for opening in openings.every(tx))


def progress(tx: Tx, who: str) -> tuple[tuple[Opening, ...], Mapping[str, InterviewProgress]]:
    """Return all openings, oldest first, and how far they are, by id; one without interviews may be missing there.

    Raises:
        NotFound: Nobody is known by that id or e-mail.
    """
    viewer_id(tx, who)
    return openings.every(tx), interviews.progress(tx)


def owed_interviews(tx: Tx, who: str, every: Iterable[Opening]) -> Iterator[tuple[Opening, Interview, Candidate]]:
    """Yield the interviews whose scorecard is still to come, as outlines: one's own, everybody's for a recruiter.

    Args:
        tx: A transaction.
        who: Who looks.
        every: All openings.
    """
    viewer = viewer_id(tx, who)
    # nobody is hidden from a recruiter, and nothing of one's own interview is
    seen = {each.id: VisibleOpening(each, viewer, frozenset(), tx) for each in every}
    for interview, candidate in interviews.owed(tx, viewer):
        there = seen[interview.opening]
        yield there.opening, _redacted(there, interview), candidate


def owed_plans(tx: Tx) -> Iterator[tuple[Opening, Interview, Candidate]]:
    """Yield everybody's interviews whose scorecard is still to come, without any rating."""
    every = {each.id: each for each in openings.every(tx)}
    for interview, candidate in interviews.owed(tx):
        yield every[interview.opening], evolve(interview, ratings=()), candidate


def visible_interview(tx: Tx, who: str, interview_id: str) -> tuple[Interview, Opening]:
    """Return an interview and its opening; ratings and scorecards only where the viewer may see them.

    Raises:
        NotFound: There is none under that id.
    """
    found, seen = seen_interview(tx, who, interview_id)
    return found, seen.opening


def seen_interview(tx: Tx, who: str, interview_id: str) -> tuple[Interview, VisibleOpening]:
    """Return what `visible_interview` does, with the opening as far as the viewer may see it."""
    found = _found(tx, interview_id, interviews.find(tx, interview_id))
    seen = visible_opening(tx, who, found.opening)
    return _redacted(seen, found), seen


def _found(tx: Tx, interview_id: str, found: Interview | None) -> Interview:
    if found is None:
        raise no_interview(tx, interview_id)
    return found


def whole_decision(tx: Tx, opening_id: str, number: int | None = None) -> PanelDecision | None:
    """Return a decision with its sealed ballots, for what is written or counted and never for what is shown.

    Args:
        tx: A transaction.
        opening_id: The opening.
        number: Which one; the last if None.
    """
    return decisions.find(tx, opening_id, decisions.count(tx, opening_id) if number is None else number)


def decisions_about(tx: Tx, who: str, opening_id: str, candidate: str) -> tuple[PanelDecision, ...]:
    """Return the decisions in which a candidate stood, oldest first, for the candidate's right to know what is held.

    Sealed ballots are among them: whoever shows them asks `PanelDecision.is_sealed`.

    Raises:
        Refused: One acts as an interviewer.
    """
    require_recruiter(tx, who)
    every = (whole_decision(tx, opening_id, n) for n in range(1, decisions.count(tx, opening_id) + 1))
    return tuple(each for each in every if each is not None and candidate in each.candidates)


def _redacted(seen: VisibleOpening, interview: Interview) -> Interview:
    submitted = interview.state is InterviewState.SUBMITTED
    if seen.sees_interview(interview.candidate, interview.interviewer, submitted=submitted):
        return interview
    return evolve(interview, ratings=(), scorecards=(), rated_count=seen.rated_count(interview))


def own_interview(tx: Tx, who: str, interview_id: str) -> tuple[Interview, Opening]:
    """Return an interview that a person may write into, and its opening: their own or, for a named recruiter, any.

    Raises:
        NotFound: There is none under that id.
        Refused: It is another interviewer's, or nobody says who writes.
    """
    return _owned(tx, who, _found(tx, interview_id, interviews.find(tx, interview_id)))


def card_interview(tx: Tx, who: str, interview_id: str) -> tuple[Interview, Opening]:
    """Return an interview that one may hand out on a card and receive from it, and its opening.

    It is a person's own or, for a recruiter, any: a card says itself who filled it in, so a recruiter need not be
    named. It comes without scorecards, and with ratings only as long as it is a draft.

    Raises:
        NotFound: There is none under that id.
        Refused: It is another interviewer's.
    """
    return _owned(tx, who, _found(tx, interview_id, interviews.outline(tx, interview_id)), named=False)


def _owned(tx: Tx, who: str, interview: Interview, *, named: bool = True) -> tuple[Interview, Opening]:
    interviewer = interview.interviewer
    # asked for every key: whoever goes by the id of the interview's own interviewer needs no looking up
    viewer = interviewer if who.strip().casefold() == interviewer else viewer_id(tx, who)
    if named and viewer is None and not is_named_recruiter(who):
        hint = NOBODY_WRITES_HINT.format(interviewer=interviewer)
        raise Refused(NOBODY_WRITES.format(identity=interview.id, interviewer=interviewer), hint=hint)
    if viewer not in (None, interviewer):
        raise Refused(NOT_YOURS.format(identity=interview.id, interviewer=interviewer, viewer=viewer or ""))
    return interview, find_opening(tx, interview.opening)


def own_texts(tx: Tx, who: str, interview_id: str) -> Mapping[InterviewText, str]:
    """Return what was written about an interview as a whole that a person may write into; raises as `own_interview`."""
    own_draft(tx, who, interview_id)
    return interviews.texts(tx, interview_id)


def has_texts(tx: Tx, interview_id: str) -> bool:
    """Return whether anything is written about an interview as a whole, and nothing of what it is."""
    return bool(interviews.texts(tx, interview_id))


def own_draft(tx: Tx, who: str, interview_id: str) -> tuple[Interview, Opening]:
    """Return what `own_interview` does, without scorecards and with ratings only as long as it is a draft."""
    return _owned(tx, who, _found(tx, interview_id, interviews.outline(tx, interview_id)))


def held_about(
    tx: Tx, who: str, opening_id: str, candidate: str
) -> tuple[tuple[Interview, Mapping[InterviewText, str]], ...]:
    """Return all interviews of a candidate with drafts and texts, for the candidate's right to know what is held.

    Raises:
        Refused: One acts as an interviewer.
    """
    require_recruiter(tx, who)
    held = interviews.of_opening(tx, opening_id, candidate=candidate)
    return tuple((each, interviews.texts(tx, each.id)) for each in held)
