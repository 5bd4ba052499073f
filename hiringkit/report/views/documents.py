"""Comparisons and profiles as the JSON documents whose keys others rely on (`hiringkit/comparison/1`)."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, cycle
from json.encoder import encode_basestring
from math import isfinite, isnan
from typing import Any, TypeVar

from hiringkit.domain.finding import Finding
from hiringkit.domain.profile import (
    BarState,
    Comparison,
    CriterionRow,
    CriterionScore,
    CriterionTable,
    Disagreement,
    FitProfile,
    Gate,
    Interval,
    ModelSummary,
)
from hiringkit.domain.robustness import LeftOut, Robustness
from hiringkit.report.model import DIGITS, MANY, Entries, figure, plain
from hiringkit.text.clean import escape_text

T = TypeVar("T")

AT_ONCE = 1_000
"""Profiles whose columns are turned into text together."""

_WORDS = {None: "null", True: "true", False: "false"}
_STATES: Mapping[BarState | None, str] = {None: "null", **{state: f'"{state.value}"' for state in BarState}}
_BELOW = {
    state: "null" if state in {None, BarState.UNRATED} else "true" if state is BarState.FAILED else "false"
    for state in _STATES
}
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
            yield from map(_profile_text, part, _from_columns(rows[0].table, [row.start for row in rows]))
        else:
            yield from (_profile_text(profile, ", ".join(map(_criterion_text, profile.criteria))) for profile in part)


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
        map(_FigureTexts().__getitem__, cells(table.observed)),
        cells(table.ratings),
        map(_BELOW.__getitem__, cells(table.state)),
        map(_STATES.__getitem__, cells(table.state)),
        _figures(cells(table.above)),
        _figures(cells(table.adjusted)),
        cells(table.no_evidence),
        cells(table.not_assessed),
    )
    template = (
        '{"criterion": %s, "score": %s, "interval": %s, "observed": %s, "ratings": %s, '
        '"below_bar": %s, "state": %s, "above_bar": %s, "adjusted": %s, "no_evidence": %s, "not_assessed": %s}'
    )
    texts = map(template.__mod__, zip(*columns, strict=False))
    return map(", ".join, zip(*[texts] * width, strict=True))


def _figures(values: Iterable[float]) -> list[str]:
    """Do what `_figure` does, for most in half the time: digits of which none is a zero at an end are as they stay."""
    values = list(values)
    if all(map(isnan, values)):
        return ["null"] * len(values)
    return [
        text if text[-1] in _LAST and text[0] in _FIRST and len(text) <= _LONGEST else _figure(value)
        for value, text in zip(values, map(_FIXED.__mod__, values), strict=True)
    ]


_PEOPLE = 100_000


class _FigureTexts(dict[float, str]):
    """Figures as text, each made once: for those of which few differ."""

    def __missing__(self, value: float) -> str:
        text = _figure(value)
        if value and len(self) < _COMMON:  # 0.0 and -0.0 are one key
            self[value] = text
        return text


_FIGURES = _FigureTexts()


def _profile_text(profile: FitProfile, criteria: str) -> str:
    overall, rank = profile.overall, profile.rank
    candidate = _quoted(profile.candidate)
    name = candidate if profile.name == profile.candidate else _quoted(profile.name)
    panel = _text(_panel(profile)) if profile.panel else "[]"
    return (
        f'{{"candidate": {candidate}, "name": {name}, "overall": {{'
        f'"score": {_figure(overall.score)}, "interval": {_interval_text(overall.interval)}, '
        f'"observed": {_figure(overall.observed)}, "ratings": {overall.ratings}, '
        f'"interviewers": {overall.interviewers}, "coverage": {_figure(overall.coverage)}}}, '
        f'"criteria": [{criteria}], "rank": {{'
        f'"position": {"null" if rank.position is None else rank.position}, '
        f'"interval": {list(rank.interval) if rank.interval else "null"}, "p_best": {_figure(rank.p_best)}, '
        f'"not_separable_from": [{_texts(rank.not_separable_from)}], "ahead_of": {_shares(rank.ahead_of)}}}, '
        f'"gates": [{_gates(profile)}], '
        f'"recommendation": {{"policy": {_common(profile.recommendation.policy)}, '
        f'"probability": {_shares(profile.recommendation.probability)}}}, "flags": [{_texts(profile.flags)}], '
        f'"panel": {panel}, "disagreements": [{", ".join(map(_disagreement_text, profile.disagreements))}]}}'
    )


def _disagreement_text(each: Disagreement) -> str:
    criterion = "null" if each.criterion is None else _TEXTS[each.criterion]
    low, high = each.lowest, each.highest
    below, above = (", ".join([_TEXTS[who] for who in side]) for side in (each.below, each.above))
    return (
        f'{{"criterion": {criterion}, "lowest": {{"interviewer": {_TEXTS[low.interviewer]}, '
        f'"score": {_FIGURES[low.score]}}}, "highest": {{"interviewer": {_TEXTS[high.interviewer]}, '
        f'"score": {_FIGURES[high.score]}}}, "beyond_chance": {_WORDS[each.beyond_chance]}, '
        f'"below": [{below}], "above": [{above}]}}'
    )


def _criterion_text(score: CriterionScore) -> str:
    return (
        f'{{"criterion": {_common(score.criterion)}, "score": {_figure(score.score)}, '
        f'"interval": {_interval_text(score.interval)}, "observed": {_figure(score.observed)}, '
        f'"ratings": {score.ratings}, "below_bar": {_WORDS[score.below_bar]}, "state": {_STATES[score.state]}, '
        f'"above_bar": {_figure(score.above_bar)}, "adjusted": {_figure(score.adjusted)}, '
        f'"no_evidence": {score.no_evidence}, "not_assessed": {score.not_assessed}}}'
    )


def _gates(profile: FitProfile) -> str:
    return ", ".join(
        f'{{"criterion": {_common(gate.criterion)}, "bar": {_figure(gate.bar)}, "state": {_STATES[gate.state]}, '
        f'"probability": {_figure(gate.probability)}, "passed": {_WORDS[gate.passed]}}}'
        for gate in profile.gates
    )


def _shares(shares: Mapping[str, float]) -> str:
    return "{" + ", ".join(f"{_common(key)}: {_figure(share)}" for key, share in shares.items()) + "}"


def _figure(value: float | None) -> str:
    return "null" if value is None or not isfinite(value) else repr(round(value, DIGITS))


def _interval_text(interval: Interval | None) -> str:
    return "null" if interval is None else f"[{_figure(interval[0])}, {_figure(interval[1])}]"


def _texts(texts: Sequence[str]) -> str:
    return escape_text(json.dumps(texts, ensure_ascii=False))[1:-1] if texts else ""


def _text(value: object) -> str:
    return escape_text(json.dumps(value, ensure_ascii=False))


def _quoted(text: str) -> str:
    """Do what `_text` does with a text; most can be printed as they are."""
    quoted = encode_basestring(text)
    return quoted if text.isprintable() else escape_text(quoted)


class _Texts(dict[str, str]):
    """Texts as JSON has them, each made once: ids of interviewers, who are fewer than what they say."""

    def __missing__(self, text: str) -> str:
        quoted = _quoted(text)
        if len(self) < _PEOPLE:
            self[text] = quoted
        return quoted


_TEXTS = _Texts()


_common = lru_cache(maxsize=4_096)(_text)
"""For texts that recur in every profile."""


Document = dict[str, Any]


def comparison_document(comparison: Comparison) -> Document:
    """Return a comparison with every key of its schema; what is not known is None."""
    return {
        "schema": "hiringkit/comparison/1",
        **_basis(comparison),
        "profiles": _profiles(comparison.profiles),
        "interviewers": plain(comparison.interviewers),
        "robustness": comparison.robustness and _robustness(comparison.robustness),
        "panel_reliability": plain(comparison.panel),
        "findings": findings_document(comparison.findings),
    }


def bulk_document(comparison: Comparison, place: str, figures: Mapping[str, int]) -> Document:
    """Return what was scored in shards, without the profiles, which are in files at a place."""
    return {
        "schema": "hiringkit/bulk-scores/1",
        **_basis(comparison),
        "place": place,
        **figures,
        "findings": findings_document(comparison.findings),
    }


def profile_document(comparison: Comparison, profile: FitProfile) -> Document:
    """Return one candidate of a comparison, on the same basis and with the same keys."""
    return {
        "schema": "hiringkit/profile/1",
        **_basis(comparison),
        "profile": _profile(profile),
        "findings": findings_document(comparison.findings),
    }


def findings_document(findings: tuple[Finding, ...] | list[Finding]) -> list[Document]:
    """Return findings, the place in a file taken apart."""
    return [_finding(finding) for finding in findings]


def _robustness(found: Robustness) -> Document:
    return {
        "leader": found.leader,
        "moved": figure(found.moved),
        "moved_leader": found.moved_leader,
        "weights": plain(found.weights),
        "leads": plain(found.leads),
        "concentration": figure(found.concentration),
        "draws": found.draws,
        "without_interviewer": [_left_out(each, "interviewer") for each in found.without_interviewer],
        "without_question": [_left_out(each, "question") for each in found.without_question],
        "findings": findings_document(found.findings),
    }


def _left_out(each: LeftOut, noun: str) -> Document:
    return {
        noun: each.id,
        "leaders": list(each.leaders),
        "lead": figure(each.lead),
        "method": each.method,
        "changed": each.changed,
    }


def _profiles(profiles: Sequence[FitProfile]) -> list[Document] | Entries:
    if len(profiles) >= MANY:
        return Entries(lambda: profile_texts(profiles))
    return list(map(_profile, profiles))


def _basis(comparison: Comparison) -> Document:
    return {
        "rubric": plain(comparison.rubric),
        "method": plain(comparison.method),
        "ranking": plain(comparison.ranking),
        "level": plain(comparison.level),
        "scale": plain(comparison.scale),
        "counts": plain(comparison.counts),
        "criteria": [{"criterion": c, "name": name} for c, name in comparison.criterion_names.items()],
        "model": comparison.model and _model(comparison.model),
    }


def _model(model: ModelSummary) -> Document:
    document: Document = plain(model)
    return {**document.pop("details"), **document}


def _profile(profile: FitProfile) -> Document:
    overall, rank = profile.overall, profile.rank
    return {
        "candidate": profile.candidate,
        "name": profile.name,
        "overall": {
            "score": figure(overall.score),
            "interval": _interval(overall.interval),
            "observed": figure(overall.observed),
            "ratings": overall.ratings,
            "interviewers": overall.interviewers,
            "coverage": figure(overall.coverage),
        },
        "criteria": list(map(_criterion, profile.criteria)),
        "rank": {
            "position": rank.position,
            "interval": list(rank.interval) if rank.interval else None,
            "p_best": figure(rank.p_best),
            "not_separable_from": list(rank.not_separable_from),
            "ahead_of": {other: figure(share) for other, share in rank.ahead_of.items()},
        },
        "gates": list(map(_gate, profile.gates)),
        "recommendation": {
            "policy": profile.recommendation.policy,
            "probability": {word: figure(share) for word, share in profile.recommendation.probability.items()},
        },
        "flags": list(profile.flags),
        "panel": _panel(profile),
        "disagreements": _disagreements(profile),
    }


def _gate(gate: Gate) -> Document:
    return {
        "criterion": gate.criterion,
        "bar": figure(gate.bar),
        "state": gate.state.value,
        "probability": figure(gate.probability),
        "passed": gate.passed,
    }


def _panel(profile: FitProfile) -> list[Document]:
    return [plain(each) for each in profile.panel]


def _disagreements(profile: FitProfile) -> list[Document]:
    return [plain(each) for each in profile.disagreements]


def _criterion(score: CriterionScore) -> Document:
    return {
        "criterion": score.criterion,
        "score": figure(score.score),
        "interval": _interval(score.interval),
        "observed": figure(score.observed),
        "ratings": score.ratings,
        "below_bar": score.below_bar,
        "state": score.state.value if score.state else None,
        "above_bar": figure(score.above_bar),
        "adjusted": figure(score.adjusted),
        "no_evidence": score.no_evidence,
        "not_assessed": score.not_assessed,
    }


def _interval(interval: Interval | None) -> list[float | None] | None:
    return None if interval is None else [figure(interval[0]), figure(interval[1])]


def _finding(finding: Finding) -> Document:
    place = finding.location
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": finding.message,
        "hint": finding.hint,
        "path": finding.path,
        "file": place.file if place else None,
        "line": place.line if place else None,
        "column": place.column if place else None,
    }
