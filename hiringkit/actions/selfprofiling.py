"""A self-assessment as a profile: scored by the same rules as interviews, with oneself as the only rater."""

from collections.abc import Sequence
from pathlib import Path

from hiringkit.actions import attempts
from hiringkit.domain.attempt import Sheet
from hiringkit.domain.interview import Mark
from hiringkit.domain.profile import FitProfile
from hiringkit.domain.selfprofile import SelfProfile, SelfScore, Waypoint

_SELF = "self"


def profile_self(folder: Path, identity: str | None = None) -> SelfProfile:
    """Profile an attempt, with the progress over all attempts at the same rubric.

    Args:
        folder: Where attempts are kept.
        identity: The attempt; the one that was changed last if None.

    Raises:
        NotFound: No such attempt, or none at all.
        FindingsError: Its file is broken.
    """
    sheet = attempts.load(folder, identity) if identity else attempts.latest(folder)
    sheets, _findings = attempts.every(folder)
    return profile_sheet(sheet, sheets)


def profile_sheet(sheet: Sheet, others: Sequence[Sheet] = ()) -> SelfProfile:
    """Profile an attempt.

    Args:
        sheet: The attempt with its rubric.
        others: All attempts, itself among them, oldest first; those at other rubrics or scales are left out.
    """
    rubric = sheet.rubric
    fit = _score(sheet)
    total = sum(criterion.weight for criterion in rubric.criteria)
    scores = tuple(
        SelfScore(
            criterion=criterion,
            share=criterion.weight / total,
            score=found.score,
            rated=found.ratings,
            backed=_backed(sheet, criterion.id),
            no_evidence=found.no_evidence,
        )
        for criterion, found in zip(rubric.criteria, fit.criteria, strict=True)
    )
    requirements = rubric.role.requirements if rubric.role else ()
    comparable = [s for s in others if s.rubric.id == rubric.id and s.rubric.scale.values == rubric.scale.values]
    return SelfProfile(
        sheet=sheet,
        overall=fit.overall.score,
        coverage=fit.overall.coverage,
        scores=scores,
        requirements=tuple((r, sheet.attempt.requirements.get(r.id)) for r in requirements),
        progress=tuple(map(_waypoint, comparable)),
    )


def _waypoint(sheet: Sheet) -> Waypoint:
    fit = _score(sheet)
    return Waypoint(
        attempt=sheet.attempt.id,
        version=sheet.attempt.rubric.version,
        started_at=sheet.attempt.started_at,
        overall=fit.overall.score,
        coverage=fit.overall.coverage,
        scores={score.criterion: score.score for score in fit.criteria},
    )


def _score(sheet: Sheet) -> FitProfile:
    from hiringkit.scoring.intake import columns_from_rows  # noqa: PLC0415 - numpy: answering does without it
    from hiringkit.scoring.observed import score_observed  # noqa: PLC0415 - as above
    from hiringkit.scoring.ratings import rubric_blueprint  # noqa: PLC0415 - as above

    rated = [answer for answer in sheet.attempt.answers if answer.level is not None]
    blueprint = rubric_blueprint(sheet.rubric)
    columns = columns_from_rows(
        [_SELF] * len(rated),
        [_SELF] * len(rated),
        [answer.question for answer in rated],
        [None if isinstance(answer.level, Mark) else answer.level for answer in rated],
        [str(answer.level) if isinstance(answer.level, Mark) else None for answer in rated],
        blueprint,
        candidates=[_SELF],
    )
    return score_observed(columns, blueprint).profiles[0]


def _backed(sheet: Sheet, criterion: str) -> int:
    asked = ((a, sheet.rubric.question(a.question)) for a in sheet.attempt.answers)
    return sum(answer.backed for answer, question in asked if question and criterion in question.criteria)
