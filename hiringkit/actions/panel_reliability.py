"""How many interviewers a selection takes: from the opening's own ratings, or from what is usual."""

from collections.abc import Sequence

from attrs import frozen

from hiringkit.actions.audit import Actor
from hiringkit.actions.comparisons import compare_opening, require_ranking
from hiringkit.actions.interview_reliability import reliability_of, usual_reliability
from hiringkit.actions.lookup import find_opening, pinned_rubric
from hiringkit.actions.scores import ScoringOptions
from hiringkit.domain.selection import InterviewReliability, PanelChoice, ReliabilitySource
from hiringkit.errors import UsageProblem
from hiringkit.planning.selection import compare_sizes
from hiringkit.store import people
from hiringkit.store.store import Store
from hiringkit.text.sentence import Sentence

USUAL_MINUTES = 45.0
"""Of an interview for which neither the rubric nor anybody says how long it takes."""
BAND = 0.8
"""Share of what is plausible of an interview's reliability that a band holds."""


@frozen
class SelectionQuestion:
    """What is asked about a selection; None where the opening, or what is usual, says it."""

    hire: int
    of: int | None
    interviewers: Sequence[int]
    target: float | None = None
    reliability: float | None = None
    """Of one interview."""
    minutes: float | None = None
    """Of one interview."""


def choose_panel(store: Store | None, actor: Actor, opening_id: str | None, asked: SelectionQuestion) -> PanelChoice:
    """Set panels of several sizes beside each other, for an opening or for a selection that is only thought of.

    Args:
        store: Where the opening is kept; None without an opening.
        actor: Who asks; the ratings that they may see are used.
        opening_id: The opening, or None.
        asked: What is asked.

    Raises:
        NotFound: No such opening.
        UsageProblem: A number is missing or outside its range.
        Refused: The opening does not rank candidates, so that nobody is chosen by scores.
    """
    of, minutes, known = asked.of, asked.minutes, usual_reliability()
    if store is not None and opening_id is not None:
        with store.read() as tx:
            opening = find_opening(tx, opening_id)
            every = people.candidates(tx, opening_id)
            running = sum(not each.withdrawn_at and not each.erased_at for each in every)
            of = running if of is None else of
            rubric = pinned_rubric(tx, opening)
            require_ranking(opening, rubric)
            minutes = minutes or rubric.policy.interview_minutes
        if asked.reliability is None:
            options = ScoringOptions(level=BAND)
            known = reliability_of(compare_opening(store, actor, opening_id, options)) or known
    if of is None:
        raise UsageProblem("nobody says how many candidates there are", hint="--of N, or an opening")
    if asked.target is not None and not 0.0 < asked.target < 1.0:
        raise UsageProblem(
            Sentence("{target:g} is no chance that can be aimed at").format(target=asked.target),
            hint="--target between 0 and 1, such as .6",
        )
    if asked.reliability is not None:
        known = InterviewReliability(asked.reliability, ReliabilitySource.GIVEN)
    return compare_sizes(
        known,
        asked.interviewers,
        hire=asked.hire,
        of=of,
        minutes=minutes or USUAL_MINUTES,
        target=asked.target,
        opening=opening_id or "",
    )
