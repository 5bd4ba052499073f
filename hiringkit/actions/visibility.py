"""Who may see what: the only way from an action to ratings.

An interviewer who still owes a scorecard for a candidate sees no rating, average, rank or order of that candidate,
nor anything computed from them. Of others' interviews they see only what is submitted. Somebody who interviews
nobody, such as a recruiter, sees everything.
"""

from collections.abc import Iterable, Iterator
from functools import cached_property

from attrs import evolve, field, frozen

from hiringkit.actions.lookup import Tx, find_opening, no_interview
from hiringkit.domain.codes import Code
from hiringkit.domain.finding import Finding, Severity
from hiringkit.domain.interview import Interview, InterviewState, Opening
from hiringkit.domain.people import Candidate
from hiringkit.errors import Refused
from hiringkit.store import interviews, openings, people, ratings
from hiringkit.store.ratings import RatingRows
from hiringkit.text.sentence import Sentence

HIDDEN = Sentence("others' ratings of {candidate_id!r} are hidden until your own scorecard is submitted")
HIDDEN_HINT = Sentence("hiringkit interview list {opening_id}")
LEFT_OUT = Sentence("left out until your own scorecard is submitted: {names}")
NOT_YOURS = Sentence("{identity!r} is the interview of {interviewer!r}, and you act as {viewer!r}")


@frozen
class VisibleOpening:
    """An opening as far as one person may see it; of use as long as the transaction lasts."""

    opening: Opening
    viewer: str | None
    """The id of the interviewer who looks; None for anybody else, such as a recruiter."""
    hidden: frozenset[str]
    """Candidates of whom the viewer may not see others' opinion yet."""
    _tx: Tx = field(repr=False, eq=False)

    @cached_property
    def candidates(self) -> tuple[Candidate, ...]:
        """All candidates, in the order in which they were added."""
        return people.candidates(self._tx, self.opening.id)

    @property
    def compared(self) -> tuple[Candidate, ...]:
        """Candidates who have not withdrawn and of whom the viewer may see everything."""
        return tuple(each for each in self.candidates if not each.withdrawn_at and each.id not in self.hidden)

    @cached_property
    def ratings(self) -> RatingRows:
        """The submitted ratings of the compared candidates."""
        return ratings.submitted(self._tx, self.opening.id).of({each.id for each in self.compared})

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
        return self._redacted(interviews.of_opening(self._tx, self.opening.id, candidate=None, interviewer=None))

    def _redacted(self, found: Iterable[Interview]) -> tuple[Interview, ...]:
        return tuple(_redacted(self, each) for each in found)

    def outlines(self) -> tuple[Interview, ...]:
        """Return all interviews without scorecards, and with ratings only of drafts that the viewer may see."""
        return tuple(_redacted(self, each) for each in interviews.outlines(self._tx, self.opening.id))

    def sees_interview(self, candidate: str, interviewer: str, *, submitted: bool) -> bool:
        """Return whether the viewer may see what an interviewer made of a candidate."""
        return self.viewer in (None, interviewer) or (submitted and candidate not in self.hidden)

    def require(self, candidate_id: str) -> None:
        """Require that the viewer may see others' opinion of a candidate.

        Raises:
            Refused: The viewer owes a scorecard for the candidate.
        """
        if candidate_id in self.hidden:
            raise Refused(HIDDEN.format(candidate_id=candidate_id), hint=HIDDEN_HINT.format(opening_id=self.opening.id))

    def hidden_findings(self) -> Iterator[Finding]:
        """Yield who is left out of what the viewer sees."""
        if names := [each.name for each in self.candidates if each.id in self.hidden]:
            yield Finding(
                Code.HIDDEN_UNTIL_SUBMITTED,
                LEFT_OUT.format(names=", ".join(names)),
                Severity.INFO,
                hint=HIDDEN_HINT.format(opening_id=self.opening.id),
            )


def viewer_id(tx: Tx, who: str) -> str | None:
    """Return the id of the interviewer that one acts as, None for anybody else."""
    found = people.find_interviewer(tx, who) if who else None
    return found.id if found else None


def visible_opening(tx: Tx, who: str, opening_id: str) -> VisibleOpening:
    """Return an opening as far as a person may see it.

    Raises:
        NotFound: There is none under that id.
    """
    return _seen_by(tx, viewer_id(tx, who), find_opening(tx, opening_id))


def _seen_by(tx: Tx, viewer: str | None, opening: Opening) -> VisibleOpening:
    hidden = frozenset[str]() if viewer is None else interviews.owed_candidates(tx, opening.id, viewer)
    return VisibleOpening(opening, viewer, hidden, tx)


def visible_openings(tx: Tx, who: str) -> tuple[VisibleOpening, ...]:
    """Return all openings as far as a person may see them, oldest first."""
    viewer = viewer_id(tx, who)
    return tuple(_seen_by(tx, viewer, opening) for opening in openings.every(tx))


def visible_interview(tx: Tx, who: str, interview_id: str) -> tuple[Interview, Opening]:
    """Return an interview and its opening; ratings and scorecards only where the viewer may see them.

    Raises:
        NotFound: There is none under that id.
    """
    found = _found(tx, interview_id, interviews.find(tx, interview_id))
    seen = visible_opening(tx, who, found.opening)
    return _redacted(seen, found), seen.opening


def _found(tx: Tx, interview_id: str, found: Interview | None) -> Interview:
    if found is None:
        raise no_interview(tx, interview_id)
    return found


def _redacted(seen: VisibleOpening, interview: Interview) -> Interview:
    submitted = interview.state is InterviewState.SUBMITTED
    if seen.sees_interview(interview.candidate, interview.interviewer, submitted=submitted):
        return interview
    return evolve(interview, ratings=(), scorecards=())


def own_interview(tx: Tx, who: str, interview_id: str) -> tuple[Interview, Opening]:
    """Return an interview that a person may change, and its opening: their own or, for a recruiter, any.

    Raises:
        NotFound: There is none under that id.
        Refused: It is another interviewer's.
    """
    return _owned(tx, who, _found(tx, interview_id, interviews.find(tx, interview_id)))


def _owned(tx: Tx, who: str, interview: Interview) -> tuple[Interview, Opening]:
    viewer = viewer_id(tx, who)
    if viewer not in (None, interview.interviewer):
        raise Refused(NOT_YOURS.format(identity=interview.id, interviewer=interview.interviewer, viewer=viewer or ""))
    return interview, find_opening(tx, interview.opening)


def own_draft(tx: Tx, who: str, interview_id: str) -> tuple[Interview, Opening]:
    """Return what `own_interview` does, without scorecards and with ratings only as long as it is a draft."""
    return _owned(tx, who, _found(tx, interview_id, interviews.outline(tx, interview_id)))
