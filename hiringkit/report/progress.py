"""How far the interviews of an opening, a candidate or an interviewer are."""

from collections.abc import Sequence

from hiringkit.domain.interview import Interview, InterviewState
from hiringkit.locale import _
from hiringkit.report.model import Word


def progress_word(interviews: Sequence[Interview]) -> Word:
    """Say how many of these interviews are submitted."""
    done = sum(interview.state is InterviewState.SUBMITTED for interview in interviews)
    return Word(_("{done} of {all}").format(done=done, all=len(interviews)) if interviews else "-")
