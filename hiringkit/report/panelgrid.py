"""Who interviews whom, as a grid; it tells states only, never a level."""

from collections.abc import Sequence

from hiringkit.domain.interview import Interview, InterviewState
from hiringkit.domain.people import Candidate, Interviewer
from hiringkit.locale import _
from hiringkit.report.interviews import interview_progress
from hiringkit.report.model import Cell, Column, Table, Tone, Word
from hiringkit.report.words import state_word


def panel_table(
    candidates: Sequence[Candidate], interviewers: Sequence[Interviewer], interviews: Sequence[Interview]
) -> Table:
    """Show candidates as rows and interviewers as columns, with the state of their interviews.

    Args:
        candidates: In the order in which they are shown.
        interviewers: Likewise.
        interviews: As far as the reader may see them.
    """
    held = {(interview.candidate, interview.interviewer): interview for interview in interviews}
    columns = (Column("candidate", _("Candidate")), *(Column(each.id, each.name) for each in interviewers))

    def row(candidate: Candidate) -> tuple[Cell, ...]:
        return candidate.name, *(_state(held.get((candidate.id, each.id))) for each in interviewers)

    empty = _("No interviews yet. Plan one: hiringkit interview schedule OPENING CANDIDATE INTERVIEWER")
    return Table(columns, tuple(map(row, candidates)) if interviews else (), empty=empty)


def _state(interview: Interview | None) -> Word:
    if interview is None:
        return Word("-", Tone.QUIET)
    word = state_word(interview.state)
    rated = interview_progress(interview)["rated"]
    if interview.state is not InterviewState.STARTED or rated is None:
        return word
    progress = _("{done} of {all}").format(done=rated, all=len(interview.kit))
    return Word(f"{word.text} {progress}", word.tone)
