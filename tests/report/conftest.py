"""Invented results for the views to show."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from hiringkit.domain.codes import Code
from hiringkit.domain.finding import Finding, Location, Severity
from hiringkit.domain.profile import (
    BarState,
    Comparison,
    Counts,
    CriterionScore,
    FitProfile,
    Gate,
    Interval,
    InterviewerEffect,
    Method,
    Overall,
    Rank,
    Recommendation,
    ScaleUsed,
)
from hiringkit.domain.rubric import RubricRef

ENGLISH = {
    "forecasting": "Forecasting and planning",
    "crm": "Tool stewardship",
    "process": "Process design and improvement",
    "change": "Change management",
    "insight": "Data and insight",
    "partnership": "Stakeholder partnership",
    "coaching": "Communication and coaching of the whole team",
    "integrity": "Integrity",
}
CHINESE = {
    "forecasting": "预测与规划",
    "crm": "工具管理",
    "process": "流程设计与持续改进",
    "change": "变革管理",
    "insight": "数据洞察",
    "partnership": "利益相关方合作",
    "coaching": "沟通与团队辅导",
    "integrity": "诚信",
}


def profile(
    candidate: str,
    name: str,
    scores: list[float | None],
    *,
    position: int | None,
    interval: Interval | None = None,
    close: tuple[str, ...] = (),
    flags: tuple[Code, ...] = (),
) -> FitProfile:
    """Make a profile whose overall is the plain mean of its criteria, with a bar of 3 and `crm` required."""
    known = [score for score in scores if score is not None]
    overall = sum(known) / len(known) if known else None
    criteria = tuple(
        CriterionScore(
            criterion=criterion,
            score=score,
            interval=None if score is None or interval is None else (score - 0.5, score + 0.5),
            observed=score,
            ratings=0 if score is None else 6,
            state=BarState.UNRATED if score is None else BarState.FAILED if score < 3 else BarState.PASSED,
            no_evidence=int(score is None),
        )
        for criterion, score in zip(ENGLISH, scores, strict=True)
    )
    state = criteria[1].state or BarState.UNRATED
    return FitProfile(
        candidate=candidate,
        name=name,
        overall=Overall(overall, interval, overall, 6 * len(known), 3 if interval else 1, len(known) / len(scores)),
        criteria=criteria,
        rank=Rank(position, not_separable_from=close),
        gates=(Gate("crm", 3, state),),
        recommendation=Recommendation("" if overall is None else "yes" if overall >= 3.5 else "no"),
        flags=flags,
    )


def compare(profiles: list[FitProfile], names: Mapping[str, str], *interviewers: InterviewerEffect) -> Comparison:
    """Put profiles side by side."""
    return Comparison(
        method=Method.OBSERVED,
        level=0.9,
        scale=ScaleUsed(1, 5, "rubric"),
        counts=Counts(
            ratings=sum(p.overall.ratings for p in profiles),
            not_assessed=3,
            no_evidence=2,
            candidates=len(profiles),
            interviewers=len(interviewers),
            questions=12,
        ),
        profiles=tuple(profiles),
        interviewers=interviewers,
        rubric=RubricRef("sales-operations-manager", "1.0.0", "sha256:00ff"),
        findings=(
            Finding(
                Code.ONE_INTERVIEWER,
                "1 candidate has been rated by one interviewer only",
                Severity.WARNING,
                hint="plan a second interview",
                location=Location("ratings.csv", 12, 3),
            ),
        ),
        criterion_names=names,
    )


@pytest.fixture
def english() -> Comparison:
    """Four candidates, two of them level, one rated once and below a gate."""
    return compare(
        [
            profile("ann", "Ann Lee", [4.5, 4, 4, 4, 3.5, 4, 4, 5], position=1, interval=(3.6, 4.65), close=("bo",)),
            profile("bo", "Bo Jensen", [4, 4, 4, 3.5, 4, 3.5, 2.5, 3], position=2, interval=(3.1, 4.0), close=("ann",)),
            profile("cy", "Cyril Montgomery-Featherstonehaugh", [3, 4, 4, 4.5, 4, 3.5, 2.5, 3], position=2),
            profile("di", "Di", [2, 2.25, None, 3, None, 3, None, 4], position=4, flags=(Code.ONE_INTERVIEWER,)),
        ],
        ENGLISH,
        InterviewerEffect("max", "Max Strict", 0.42, (0.1, 0.74), 32),
        InterviewerEffect("mia", "Mia Mild", -0.25, (-0.5, -0.1), 28),
        InterviewerEffect("sam", "Sam", 0.01, None, 4),
    )


@pytest.fixture
def chinese() -> Comparison:
    """The same kind of panel with Chinese names."""
    return compare(
        [
            profile("wang", "王小明", [4.5, 4, 4, 4, 3.5, 4, 4, 5], position=1, interval=(3.6, 4.65), close=("li",)),
            profile("li", "李Anna", [4, 4, 4, 3.5, 4, 3.5, 2.5, 3], position=2, interval=(3.1, 4.0), close=("wang",)),
            profile("ouyang", "欧阳若兰·阿不都热合曼·买买提江", [2, 2, None, 3, None, 3, None, 4], position=3),
        ],
        CHINESE,
        InterviewerEffect("zhao", "赵敏", 0.42, (0.1, 0.74), 32),
    )


@pytest.fixture
def expected() -> Callable[[str], str]:
    """Read what a report is expected to look like, to the letter."""

    def _expected(name: str) -> str:
        return (Path(__file__).parent / "expected" / name).read_text(encoding="utf-8")

    return _expected
