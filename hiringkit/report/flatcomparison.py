"""A comparison as one flat table for spreadsheets and scripts: a candidate a row, figures in full."""

from hiringkit.domain.profile import Comparison, CriterionScore, FitProfile, Interval
from hiringkit.report.model import Cell, Column, Number, Table

_LEADING = (
    "candidate",
    "name",
    "position",
    "overall",
    "overall_low",
    "overall_high",
    "observed",
    "coverage",
    "ratings",
    "interviewers",
    "gates",
    "recommendation",
    "p_best",
    "position_low",
    "position_high",
    "not_separable_from",
    "flags",
)


def comparison_data(comparison: Comparison) -> Table:
    """Return the table; its keys, of which each criterion has three, are the same in every language."""
    ids = [score.criterion for score in comparison.profiles[0].criteria] if comparison.profiles else []
    keys = [*_LEADING, *(f"{criterion}{end}" for criterion in ids for end in ("", "_low", "_high"))]
    return Table(tuple(Column(key, key) for key in keys), tuple(map(_row, comparison.profiles)))


def _row(profile: FitProfile) -> tuple[Cell, ...]:
    overall, rank = profile.overall, profile.rank
    return (
        profile.candidate,
        profile.name,
        Number(rank.position, 0),
        *_ends(overall.score, overall.interval),
        Number(overall.observed),
        Number(overall.coverage),
        Number(overall.ratings, 0),
        Number(overall.interviewers, 0),
        _gates(profile),
        profile.recommendation,
        Number(rank.p_best),
        *_ends(0, rank.interval)[1:],
        "; ".join(rank.not_separable_from),
        "; ".join(profile.flags),
        *(cell for score in profile.criteria for cell in _criterion(score)),
    )


def _criterion(score: CriterionScore) -> tuple[Number, ...]:
    return _ends(score.score, score.interval)


def _ends(figure: float | None, interval: Interval | None) -> tuple[Number, ...]:
    low, high = interval or (None, None)
    return Number(figure), Number(low), Number(high)


def _gates(profile: FitProfile) -> str:
    """Sum up the gates in a word that no language changes."""
    passed = [gate.passed for gate in profile.gates]
    if not passed:
        return ""
    return "fail" if False in passed else "unknown" if None in passed else "pass"
