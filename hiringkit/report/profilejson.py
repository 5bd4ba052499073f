"""Profiles as JSON, written out without a tree of plain values between: of a large file there are very many.

Scores by criterion come in columns, and are turned into text column by column.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, cycle
from math import isfinite
from typing import TypeVar

from hiringkit.domain.criteriontable import CriterionRow, CriterionTable
from hiringkit.domain.profile import CriterionScore, FitProfile, Interval
from hiringkit.domain.text import escape_text
from hiringkit.report.values import DIGITS

T = TypeVar("T")

AT_ONCE = 1_000
"""Profiles whose columns are turned into text together."""

_WORDS = {None: "null", True: "true", False: "false"}
_BELOW = {-1: "null", 0: "false", 1: "true"}
_FIXED = f"%.{DIGITS}f"
_FIRST, _LAST = frozenset("123456789"), frozenset("123456789")
_LONGEST = 15
"""Characters of a figure up to which its shortest form has no exponent and no other digits."""
_COMMON = 10_000


def profile_texts(profiles: Sequence[FitProfile]) -> Iterator[str]:
    """Iterate over the profiles as `json.dumps` writes those of `comparison_document`, one line each."""
    for start in range(0, len(profiles), AT_ONCE):
        part = profiles[start : start + AT_ONCE]
        rows = [row for profile in part if isinstance(row := profile.criteria, CriterionRow)]
        if len(rows) == len(part) and len({id(row.table) for row in rows}) == 1:
            yield from map(_profile, part, _from_columns(rows[0].table, [row.start for row in rows]))
        else:
            yield from (_profile(profile, ", ".join(map(_criterion, profile.criteria))) for profile in part)


def _from_columns(table: CriterionTable, starts: Sequence[int]) -> Iterator[str]:
    """Iterate over the criteria of the candidates who begin there in the columns."""
    width = len(table.criteria)
    parts = [slice(start, start + width) for start in starts]

    def cells(column: Sequence[T]) -> Iterable[T]:
        return chain.from_iterable(map(column.__getitem__, parts))

    low, high = _figures(cells(table.low)), _figures(cells(table.high))
    columns = (
        cycle(map(_common, table.criteria)),
        _figures(cells(table.score)),
        ["null" if a == "null" else f"[{a}, {b}]" for a, b in zip(low, high, strict=True)],
        map(_Known().__getitem__, cells(table.observed)),
        cells(table.ratings),
        map(_BELOW.__getitem__, cells(table.below)),
        cells(table.no_evidence),
        cells(table.not_assessed),
    )
    template = (
        '{"criterion": %s, "score": %s, "interval": %s, "observed": %s, "ratings": %s, '
        '"below_bar": %s, "no_evidence": %s, "not_assessed": %s}'
    )
    texts = map(template.__mod__, zip(*columns, strict=False))
    return map(", ".join, zip(*[texts] * width, strict=True))


def _figures(values: Iterable[float]) -> list[str]:
    """Do what `_figure` does, for most in half the time: digits of which none is a zero at an end are as they stay."""
    values = list(values)
    return [
        text if text[-1] in _LAST and text[0] in _FIRST and len(text) <= _LONGEST else _figure(value)
        for value, text in zip(values, map(_FIXED.__mod__, values), strict=True)
    ]


class _Known(dict[float, str]):
    """Figures as text, each made once: for those of which few differ."""

    def __missing__(self, value: float) -> str:
        text = _figure(value)
        if value and len(self) < _COMMON:  # 0.0 and -0.0 are one key
            self[value] = text
        return text


def _profile(profile: FitProfile, criteria: str) -> str:
    overall, rank = profile.overall, profile.rank
    return (
        f'{{"candidate": {_text(profile.candidate)}, "name": {_text(profile.name)}, "overall": {{'
        f'"score": {_figure(overall.score)}, "interval": {_interval(overall.interval)}, '
        f'"observed": {_figure(overall.observed)}, "ratings": {overall.ratings}, '
        f'"interviewers": {overall.interviewers}, "coverage": {_figure(overall.coverage)}}}, '
        f'"criteria": [{criteria}], "rank": {{'
        f'"position": {"null" if rank.position is None else rank.position}, '
        f'"interval": {list(rank.interval) if rank.interval else "null"}, "p_best": {_figure(rank.p_best)}, '
        f'"not_separable_from": [{_texts(rank.not_separable_from)}]}}, "gates": [{_gates(profile)}], '
        f'"recommendation": {_common(profile.recommendation)}, "flags": [{_texts(profile.flags)}]}}'
    )


def _criterion(score: CriterionScore) -> str:
    return (
        f'{{"criterion": {_common(score.criterion)}, "score": {_figure(score.score)}, '
        f'"interval": {_interval(score.interval)}, "observed": {_figure(score.observed)}, '
        f'"ratings": {score.ratings}, "below_bar": {_WORDS[score.below_bar]}, '
        f'"no_evidence": {score.no_evidence}, "not_assessed": {score.not_assessed}}}'
    )


def _gates(profile: FitProfile) -> str:
    return ", ".join(
        f'{{"criterion": {_common(gate.criterion)}, "passed": {_WORDS[gate.passed]}}}' for gate in profile.gates
    )


def _figure(value: float | None) -> str:
    return "null" if value is None or not isfinite(value) else repr(round(value, DIGITS))


def _interval(interval: Interval | None) -> str:
    return "null" if interval is None else f"[{_figure(interval[0])}, {_figure(interval[1])}]"


def _texts(texts: Sequence[str]) -> str:
    return escape_text(json.dumps(texts, ensure_ascii=False))[1:-1] if texts else ""


def _text(text: str) -> str:
    return escape_text(json.dumps(text, ensure_ascii=False))


_common = lru_cache(maxsize=4_096)(_text)
"""For texts that recur in every profile."""
