"""What is left out of the default model because it would take minutes, and only of very many ratings."""

from hiringkit.domain.finding import Finding, Severity
from hiringkit.domain.sentence import Sentence
from hiringkit.scoring.blocks import ModelRows
from hiringkit.scoring.grouping import sorted_groups
from hiringkit.scoring.strata import can_be_split

WHOLE_AT_MOST = 500_000
"""Ratings up to which the default model is fitted whole, however incomplete the interviews."""
SLOW = ("candidate:criterion", "interviewer:criterion")
"""Effects that cost most where interviews are incomplete."""

TOO_MANY = Sentence(
    "{effects} are left out: with {ratings} ratings, some missing or weighted, they take minutes; "
    "scores on criteria follow the overall score"
)
ASK = Sentence("--effects {effects} fits them all the same")


def affordable_effects(rows: ModelRows, effects: tuple[str, ...]) -> tuple[tuple[str, ...], list[Finding]]:
    """Leave out what would take minutes, and say so.

    Interviews that all asked the same questions are fitted stratum by stratum (`strata`), which is quick however
    many there are. Others are solved as one sparse system, where the pairs with criteria cost ten times the rest.

    Args:
        rows: The ratings.
        effects: What the design carries.

    Returns:
        The effects to fit, and the finding `effects-too-slow` where some were left out.
    """
    slow = tuple(effect for effect in effects if effect in SLOW)
    if not slow or len(rows) <= WHOLE_AT_MOST or (can_be_split(rows, effects) and _complete(rows)):
        return effects, []
    message = TOO_MANY.format(effects=", ".join(slow), ratings=f"{len(rows):,}")
    finding = Finding("effects-too-slow", message, Severity.WARNING, ASK.format(effects=",".join(effects)))
    return tuple(effect for effect in effects if effect not in slow), [finding]


def _complete(rows: ModelRows) -> bool:
    """Tell whether every interview asked every question, all with the same weight."""
    if len(rows) % len(rows.shares) or rows.weight.min() != rows.weight.max():
        return False
    _, starts = sorted_groups(rows.candidate * rows.interviewers + rows.interviewer)
    return len(starts) * len(rows.shares) == len(rows)
