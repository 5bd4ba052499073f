"""How close a rater's levels are to true ones: Cronbach's four components of accuracy.

Of n ratees rated on k items, x given and t true, with d = x - t, d-bar over all, d-bar_i over items of ratee i and
d-bar_j over ratees of item j, the mean squared distance splits into four parts that add up to it:

- elevation: d-bar squared;
- differential elevation: the mean over ratees of (d-bar_i - d-bar) squared;
- stereotype accuracy: the mean over items of (d-bar_j - d-bar) squared;
- differential accuracy: the mean over all of (d_ij - d-bar_i - d-bar_j + d-bar) squared.

Source: Cronbach, L. J. (1955), Processes affecting scores on "understanding of others" and "assumed similarity",
Psychological Bulletin 52, 177-193; in this form for ratings of performance in Murphy, K. R., Garcia, M., Kerkar, S.,
Martin, C., & Balzer, W. K. (1982), Journal of Applied Psychology 67, 320-325. Smaller is more accurate, for each of
them.
"""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from attrs import frozen

from hiringkit.domain.practice import Accuracy, Confusion, DistanceChange, PracticeAnswer
from hiringkit.scoring.arrays import Floats

_LEAST = 2
"""Fewest ratees, and fewest items, between which there are differences."""


@frozen
class Components:
    """The four parts of the mean squared distance, in squared rating points."""

    elevation: float
    differential_elevation: float
    stereotype_accuracy: float
    differential_accuracy: float

    @property
    def total(self) -> float:
        """The mean squared distance."""
        return self.elevation + self.differential_elevation + self.stereotype_accuracy + self.differential_accuracy


def cronbach_components(given: Floats, true: Floats) -> Components:
    """Split the mean squared distance of ratings from true ones.

    Args:
        given: (n, k) ratings of n ratees on k items, none missing.
        true: (n, k) true ratings.

    Raises:
        ValueError: The two differ in shape, or are empty.
    """
    if given.shape != true.shape or given.ndim != 2 or not given.size:  # noqa: PLR2004 - ratees by items
        raise ValueError("given and true ratings are tables of one shape, ratees by items")
    distance = np.asarray(given, dtype=float) - true
    mean = distance.mean()
    by_ratee = distance.mean(axis=1) - mean
    by_item = distance.mean(axis=0) - mean
    rest = distance - mean - by_ratee[:, None] - by_item[None, :]
    return Components(float(mean**2), float((by_ratee**2).mean()), float((by_item**2).mean()), float((rest**2).mean()))


def practice_accuracy(answers: Sequence[PracticeAnswer]) -> Accuracy:
    """Compare the levels given to sample answers with the reasoned ones.

    Samples with one id are taken as one invented candidate who answers several questions: candidates are the ratees
    and questions the items. The components come from the largest part of the answers in which every candidate was
    rated on every question; elevation, severity and the rest come from all of them.

    Args:
        answers: Each sample at most once.
    """
    if not answers:
        return Accuracy(0, None, None, None, None, None, None, None, None)
    given = np.array([answer.level for answer in answers], dtype=float)
    true = np.array([answer.reasoned for answer in answers], dtype=float)
    off = np.abs(given - true)
    mean = float((given - true).mean())
    people, questions = crossed_part(answers)
    parts = _of_part(answers, people, questions) if people else None
    return Accuracy(
        answers=len(answers),
        exact=float((off == 0).mean()),
        within_one=float((off <= 1).mean()),
        distance=float(off.mean()),
        severity=-mean + 0.0,
        elevation=abs(mean),
        differential_elevation=float(parts.differential_elevation**0.5) if parts else None,
        stereotype_accuracy=float(parts.stereotype_accuracy**0.5) if parts else None,
        differential_accuracy=float(parts.differential_accuracy**0.5) if parts else None,
        crossed=(len(people), len(questions)) if people else None,
        confusions=_confusions(answers),
    )


def crossed_part(answers: Sequence[PracticeAnswer]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return candidates and questions of the largest part in which each candidate was rated on each question.

    Empty where no two candidates were rated on the same two questions.
    """
    rated: dict[str, set[str]] = {}
    for answer in answers:
        rated.setdefault(answer.question, set()).add(answer.sample)
    parts = []
    for people in {frozenset(samples) for samples in rated.values()}:
        questions = tuple(question for question, samples in rated.items() if samples >= people)
        if len(people) >= _LEAST and len(questions) >= _LEAST:
            parts.append((tuple(sorted(people)), questions))
    return max(parts, key=lambda part: (len(part[0]) * len(part[1]), part), default=((), ()))


def distance_change(
    before: Sequence[PracticeAnswer], after: Sequence[PracticeAnswer], level: float = 0.9
) -> DistanceChange:
    """Compare the mean distances from the reasoned levels of two sets of answers.

    The interval is Welch's, for means of two samples of unequal variance (Welch 1947, Biometrika 34, 28-35).

    Args:
        before: The earlier answers, at least one.
        after: The later ones, at least one.
        level: Of the interval.
    """
    first, second = (np.array([abs(a.level - a.reasoned) for a in each], dtype=float) for each in (before, after))
    return DistanceChange(float(first.mean()), float(second.mean()), _welch(first, second, level))


def _welch(first: Floats, second: Floats, level: float) -> tuple[float, float] | None:
    if min(len(first), len(second)) < _LEAST:
        return None
    errors = [float(each.var(ddof=1)) / len(each) for each in (first, second)]
    if not sum(errors):
        return None
    from scipy.special import stdtrit  # noqa: PLC0415 - slow to import, and only two sessions need it

    freedom = sum(errors) ** 2 / sum(e**2 / (len(x) - 1) for e, x in zip(errors, (first, second), strict=True))
    half = float(stdtrit(freedom, (1 + level) / 2)) * sum(errors) ** 0.5
    difference = float(second.mean() - first.mean())
    return difference - half, difference + half


def _of_part(answers: Sequence[PracticeAnswer], people: tuple[str, ...], questions: tuple[str, ...]) -> Components:
    found = {(answer.sample, answer.question): answer for answer in answers}
    table = [[found[person, question] for question in questions] for person in people]
    return cronbach_components(
        np.array([[a.level for a in row] for row in table], dtype=float),
        np.array([[a.reasoned for a in row] for row in table], dtype=float),
    )


def _confusions(answers: Sequence[PracticeAnswer]) -> tuple[Confusion, ...]:
    counts = Counter((a.reasoned, a.level) for a in answers if a.level != a.reasoned)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Confusion(reasoned, given, count) for (reasoned, given), count in ordered)
