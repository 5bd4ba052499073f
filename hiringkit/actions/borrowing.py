"""Other openings of the same interviewers, as far as the viewer may know of them."""

from hiringkit.actions.lookup import Tx, pinned_rubric
from hiringkit.actions.viewing import hidden_candidates
from hiringkit.domain.interview import Opening
from hiringkit.domain.rubric import Rubric
from hiringkit.scoring.history import PastOpening, within_reach
from hiringkit.scoring.intake import columns_from_rows
from hiringkit.scoring.leavingout import leave_out
from hiringkit.scoring.ratings import Blueprint, RatingColumns, rubric_blueprint
from hiringkit.store import dropped, openings, people, ratings


def rated_columns(tx: Tx, opening: Opening, rubric: Rubric, candidates: list[str]) -> tuple[RatingColumns, Blueprint]:
    """Return the submitted ratings of these candidates, without dropped questions, and what they are for.

    Args:
        tx: A transaction.
        opening: The opening.
        rubric: Ratings of questions that it does not ask are left out.
        candidates: Ids of those to take, whether rated or not.
    """
    blueprint = rubric_blueprint(rubric)
    rows = ratings.submitted(tx, opening.id)
    who, what = set(candidates), set(blueprint.questions)
    keep = [n for n in range(len(rows)) if rows.candidate[n] in who and rows.question[n] in what]
    columns = columns_from_rows(
        [rows.candidate[n] for n in keep],
        [rows.interviewer[n] for n in keep],
        [rows.question[n] for n in keep],
        [rows.value[n] for n in keep],
        [rows.mark[n] for n in keep],
        blueprint,
        candidates=candidates,
    )
    return leave_out(columns, blueprint, [each.question for each in dropped.current(tx, opening.id)])


def shown_candidates(tx: Tx, opening_id: str, who: str) -> list[str]:
    """Return the ids of candidates who have not withdrawn and whose ratings this person may see."""
    hidden = hidden_candidates(tx, opening_id, who)
    return [c.id for c in people.candidates(tx, opening_id) if not c.withdrawn_at and c.id not in hidden]


def past_openings(tx: Tx, opening: Opening, who: str) -> tuple[PastOpening, ...]:
    """Return the openings that share interviewers with this one, or with one that does, and so on.

    Candidates who have withdrawn are left out, and for an interviewer those for whom their own scorecard is
    outstanding, in whatever opening.

    Args:
        tx: A transaction.
        opening: The one to be scored; it is not among those returned.
        who: Who looks.
    """
    seen: dict[str, set[str]] = {}
    every = {each.id: each for each in openings.every(tx)}
    for each in every:
        rows, shown = ratings.submitted(tx, each), set(shown_candidates(tx, each, who))
        seen[each] = {i for c, i in zip(rows.candidate, rows.interviewer, strict=True) if c in shown}
    panel = seen.pop(opening.id)
    return tuple(
        PastOpening(
            each, *rated_columns(tx, every[each], pinned_rubric(tx, every[each]), shown_candidates(tx, each, who))
        )
        for each in within_reach(panel, list(seen.items()))
    )
