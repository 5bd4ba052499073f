"""What another version of a rubric would make of the openings that have pinned an earlier one."""

from attrs import evolve

from hiringkit.actions.comparing import score_opening
from hiringkit.actions.dropping import dropped_in
from hiringkit.actions.lookup import Tx, pinned_rubric
from hiringkit.actions.recording import Actor
from hiringkit.actions.scoring import ScoringOptions
from hiringkit.actions.viewing import hidden_candidates
from hiringkit.domain.interview import Opening
from hiringkit.domain.profile import Comparison, FitProfile
from hiringkit.domain.rubric import Rubric
from hiringkit.domain.rubricdiff import CandidateImpact, OpeningImpact
from hiringkit.domain.sentence import Sentence
from hiringkit.store import openings, people, ratings
from hiringkit.store.store import Store

OTHER_SCALE = Sentence("its ratings are on another scale, {old} instead of {new}")


def rescore_impact(
    store: Store, actor: Actor, rubric_id: str, after: Rubric, options: ScoringOptions
) -> tuple[OpeningImpact, ...]:
    """Score every opening that pinned a rubric as it is and under another version; nothing is changed.

    Only candidates whom the viewer may see are in it, as in comparisons.

    Args:
        store: Where the openings are.
        actor: Who looks.
        rubric_id: The id that they pinned, whatever the version.
        after: The other version, its banks resolved.
        options: How to score.
    """
    with store.read() as tx:
        pinned = [opening for opening in openings.every(tx) if opening.rubric == rubric_id]
        return tuple(_impact(tx, actor, opening, after, options) for opening in pinned)


def _impact(tx: Tx, actor: Actor, opening: Opening, after: Rubric, options: ScoringOptions) -> OpeningImpact:
    before = pinned_rubric(tx, opening)
    hidden = hidden_candidates(tx, opening.id, actor.who)
    there = [each for each in people.candidates(tx, opening.id) if not each.withdrawn_at]
    made = OpeningImpact(opening.id, opening.title, opening.version, hidden=sum(each.id in hidden for each in there))
    if before.scale.values != after.scale.values:
        was, will_be = (", ".join(map(str, rubric.scale.values)) for rubric in (before, after))
        return evolve(made, obstacle=OTHER_SCALE.format(old=was, new=will_be))
    old = score_opening(tx, opening, before, hidden=hidden, options=options, language="en")
    # by the same method, or the difference would not be the rubric's
    same = evolve(options, method=old.method)
    new = score_opening(tx, opening, after, hidden=hidden, options=same, language="en")
    lost = _lost(tx, opening, after, {candidate.id for candidate in there} - hidden)
    return evolve(made, candidates=_candidates(old, new), lost_ratings=lost)


def _lost(tx: Tx, opening: Opening, after: Rubric, seen: set[str]) -> int:
    """Count ratings of questions that the other version does not ask."""
    rows = ratings.submitted(tx, opening.id)
    asked = {question.id for question in after.asked} | {each.question for each in dropped_in(tx, opening.id)}
    return sum(
        who in seen and what not in asked and value is not None
        for who, what, value in zip(rows.candidate, rows.question, rows.value, strict=True)
    )


def _candidates(before: Comparison, after: Comparison) -> tuple[CandidateImpact, ...]:
    later = {profile.candidate: profile for profile in after.profiles}
    return tuple(_candidate(profile, later[profile.candidate]) for profile in before.profiles)


def _candidate(before: FitProfile, after: FitProfile) -> CandidateImpact:
    return CandidateImpact(
        before.candidate,
        before.name,
        before.overall.score,
        after.overall.score,
        before.rank.position,
        after.rank.position,
        before.recommendation,
        after.recommendation,
    )
