"""How strict interviewers are relative to their peers, from the ratings as given."""

import numpy as np
from attrs import frozen

from hiringkit.domain.rating_table import NUMBER
from hiringkit.scoring.arrays import Floats, sorted_groups
from hiringkit.scoring.observed.spread import GroupMeans, group_means, student_half_width
from hiringkit.scoring.ratings import Ratings


@frozen(eq=False)
class Severities:
    """Severity of each of R interviewers, in rating points; positive is stricter."""

    severity: Floats
    """(R,) NaN for an interviewer who rated no answer that another rated too."""
    half_width: Floats
    """(R,) of its interval, NaN where fewer than two candidates carry it."""
    candidates: Floats
    """(R,) candidates behind it."""
    ratings: Floats
    """(R,) numbers that the interviewer gave."""


def observed_severities(columns: Ratings, questions: int, level: float) -> Severities:
    """Compare each interviewer with the others who rated the same answer.

    A rating's deviation is the mean of the other interviewers' ratings of the same candidate and question
    less the rating. An interviewer's severity is the mean over candidates of the mean deviation for the
    candidate, its interval by Student's t over candidates. Only numbers count. It is severity relative to these
    peers, who may be strict themselves, not to all interviewers, which the calibrated model estimates.

    Args:
        columns: The ratings.
        questions: How many questions there are.
        level: Of the interval, such as 0.9.
    """
    n, people = len(columns.candidates), len(columns.interviewers)
    numbers = columns.only(columns.status == NUMBER)
    given = np.bincount(numbers.interviewer, minlength=people).astype(np.float64)
    answer = numbers.candidate * questions + numbers.question
    count = np.bincount(answer, minlength=n * questions)[answer]
    total = np.bincount(answer, numbers.value, minlength=n * questions)[answer]
    shared = count > 1
    deviation = (total - numbers.value)[shared] / (count[shared] - 1) - numbers.value[shared]
    means = _by_candidate(numbers.only(shared), deviation)
    half_width = student_half_width(means.error, means.count - 1, level)
    return Severities(means.mean, half_width, means.count, given)


def _by_candidate(shared: Ratings, deviation: Floats) -> GroupMeans:
    """Average deviations for each candidate, and these for each interviewer."""
    n, people = len(shared.candidates), len(shared.interviewers)
    order, starts = sorted_groups(shared.interviewer * n + shared.candidate)
    if not len(starts):
        return group_means(deviation, shared.interviewer, people)
    lengths = np.diff(np.append(starts, len(deviation)))
    means = np.add.reduceat(deviation[order], starts) / lengths
    return group_means(means, shared.interviewer[order][starts], people)
