"""Who may see what: nobody learns others' opinion of a candidate before giving their own.

An interviewer who still owes a scorecard for a candidate sees no rating, average, rank or order of that
candidate, nor anything computed from them. Someone who is no interviewer of the opening, such as a
recruiter, sees all that is submitted.
"""

from collections.abc import Sequence

from attrs import evolve

from hiringkit.actions.lookup import Tx
from hiringkit.domain.interview import Interview, InterviewState
from hiringkit.store import interviews, people


def viewer_id(tx: Tx, who: str) -> str | None:
    """Return the id of the interviewer that one acts as, None for anybody else."""
    found = people.find_interviewer(tx, who) if who else None
    return found.id if found else None


def hidden_candidates(tx: Tx, opening_id: str, who: str) -> frozenset[str]:
    """Return the candidates of whom this person may not see others' opinion yet."""
    viewer = viewer_id(tx, who)
    if viewer is None:
        return frozenset()
    return interviews.unheard(tx, opening_id, viewer)


def visible_interviews(tx: Tx, who: str, found: Sequence[Interview]) -> tuple[Interview, ...]:
    """Return interviews with others' ratings and scorecards taken out where they may not be seen.

    Of others, interviewers see only what is submitted: a draft is nobody else's business.
    """
    viewer = viewer_id(tx, who)
    if viewer is None:
        return tuple(found)
    hidden = {opening: hidden_candidates(tx, opening, who) for opening in {i.opening for i in found}}

    def seen(interview: Interview) -> Interview:
        own = interview.interviewer == viewer
        draft = interview.state is not InterviewState.SUBMITTED
        if own or not (draft or interview.candidate in hidden[interview.opening]):
            return interview
        return evolve(interview, ratings=(), scorecards=())

    return tuple(seen(interview) for interview in found)
