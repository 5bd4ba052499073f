"""How far the interviews of an opening, a candidate or an interviewer are."""

from collections.abc import Sequence

from hiringkit.domain.interview import Interview, InterviewState
from hiringkit.locale import _
from hiringkit.report.model import Word


def progress_word(interviews: Sequence[Interview]) -> Word:
    """Say how many of these interviews are submitted."""
    count = progress_count(interviews)
    words = _("{done} of {all}").format(done=count["submitted"], all=count["interviews"])
    return Word(words if interviews else "-")


def progress_count(interviews: Sequence[Interview]) -> dict[str, int]:
    """Count interviews and those of them that are submitted."""
    submitted = sum(interview.state is InterviewState.SUBMITTED for interview in interviews)
    return {"interviews": len(interviews), "submitted": submitted}
