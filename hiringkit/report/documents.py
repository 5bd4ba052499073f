"""Comparisons and profiles as the JSON documents whose keys others rely on (`hiringkit/comparison/1`)."""

from collections.abc import Sequence
from typing import Any

from hiringkit.domain.finding import Finding
from hiringkit.domain.profile import Comparison, CriterionScore, FitProfile, Interval, ModelSummary
from hiringkit.report.model import MANY, Entries
from hiringkit.report.profilejson import profile_texts
from hiringkit.report.values import figure, plain

Document = dict[str, Any]


def comparison_document(comparison: Comparison) -> Document:
    """Return a comparison with every key of its schema; what is not known is None."""
    return {
        "schema": "hiringkit/comparison/1",
        **_basis(comparison),
        "profiles": _profiles(comparison.profiles),
        "interviewers": plain(comparison.interviewers),
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


def _profiles(profiles: Sequence[FitProfile]) -> list[Document] | Entries:
    if len(profiles) >= MANY:
        return Entries(lambda: profile_texts(profiles))
    return list(map(_profile, profiles))


def _basis(comparison: Comparison) -> Document:
    return {
        "rubric": plain(comparison.rubric),
        "method": plain(comparison.method),
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
        },
        "gates": [{"criterion": gate.criterion, "passed": gate.passed} for gate in profile.gates],
        "recommendation": profile.recommendation,
        "flags": list(profile.flags),
    }


def _criterion(score: CriterionScore) -> Document:
    return {
        "criterion": score.criterion,
        "score": figure(score.score),
        "interval": _interval(score.interval),
        "observed": figure(score.observed),
        "ratings": score.ratings,
        "below_bar": score.below_bar,
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
