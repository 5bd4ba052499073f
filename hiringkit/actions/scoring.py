"""Which method scores which ratings: the one place where a front end's options meet the scoring core."""

from collections.abc import Mapping

from attrs import frozen

from hiringkit.domain.profile import Comparison, Method, RubricRef
from hiringkit.errors import UsageProblem
from hiringkit.scoring.observed import score_observed
from hiringkit.scoring.ratings import Blueprint, RatingColumns


@frozen
class ScoringOptions:
    """How ratings are to be scored."""

    method: Method | None = None
    """None chooses."""
    level: float = 0.9
    """Of every interval; strictly between 0.5 and 1."""
    seed: int = 0
    """Of everything drawn at random."""

    def __attrs_post_init__(self) -> None:
        """Refuse a level that makes no interval."""
        if not 0.5 <= self.level < 1:  # noqa: PLR2004 - below one half an interval misleads
            raise UsageProblem(
                f"--level {self.level:g} makes no sense", hint="a number such as 0.9, from 0.5 to below 1"
            )


def score_columns(
    columns: RatingColumns,
    blueprint: Blueprint,
    options: ScoringOptions,
    *,
    names: Mapping[str, str] | None = None,
    interviewer_names: Mapping[str, str] | None = None,
    rubric: RubricRef | None = None,
    criterion_names: Mapping[str, str] | None = None,
) -> Comparison:
    """Score ratings by the method asked for."""
    return score_observed(
        columns,
        blueprint,
        level=options.level,
        names=names,
        interviewer_names=interviewer_names,
        rubric=rubric,
        criterion_names=criterion_names,
    )


def read_options(given: Mapping[str, object]) -> ScoringOptions:
    """Make scoring options of a command's.

    Raises:
        UsageProblem: One of them makes no sense.
    """
    method = given.get("method")
    return ScoringOptions(
        method=Method(str(method)) if method else None,
        level=float(str(given.get("level", 0.9))),
        seed=int(str(given.get("seed", 0))),
    )
