"""Questions left out for every candidate alike."""

from collections.abc import Collection

import numpy as np
from attrs import evolve

from hiringkit.scoring.ratings import Blueprint, Bools, RatingColumns


def leave_out(
    columns: RatingColumns, blueprint: Blueprint, questions: Collection[str]
) -> tuple[RatingColumns, Blueprint]:
    """Return ratings and blueprint without some questions, as if nobody had asked them.

    A criterion that no other question is evidence for keeps its weight and has no score, so that coverage falls:
    what is not measured is not made up for.

    Args:
        columns: The ratings.
        blueprint: What they are for.
        questions: Ids of what to leave out; those that the blueprint does not have change nothing.
    """
    gone = np.isin(np.array(blueprint.questions, dtype=object).astype(str), list(questions))
    if not gone.any():
        return columns, blueprint
    place = np.cumsum(~gone) - 1
    kept = columns.only(~gone[columns.question])
    left = tuple(question for question, out in zip(blueprint.questions, gone, strict=True) if not out)
    return (
        evolve(kept, question=place[kept.question]),
        evolve(blueprint, questions=left, loadings=blueprint.loadings[~gone]),
    )


def without_empty_criteria(blueprint: Blueprint) -> Blueprint:
    """Return the blueprint with those criteria only that some question is evidence for."""
    held: Bools = np.any(blueprint.loadings > 0, axis=0)
    return evolve(
        blueprint,
        criteria=tuple(criterion for criterion, kept in zip(blueprint.criteria, held, strict=True) if kept),
        loadings=blueprint.loadings[:, held],
        weights=blueprint.weights[held],
        bars=blueprint.bars[held],
        required=blueprint.required[held],
    )
