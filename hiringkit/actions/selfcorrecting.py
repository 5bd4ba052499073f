"""How far somebody's self-ratings and the interviews of the same person lie apart."""

from attrs import evolve

from hiringkit.actions.comparing import compare_opening
from hiringkit.actions.recording import Actor
from hiringkit.actions.scoring import ScoringOptions
from hiringkit.actions.viewing import hidden_candidates
from hiringkit.domain.interview import Opening
from hiringkit.domain.profile import FitProfile, Method
from hiringkit.domain.selfprofile import Correction, Difference, SelfProfile
from hiringkit.domain.sentence import Sentence
from hiringkit.errors import NotFound, Refused
from hiringkit.store import openings, people
from hiringkit.store.store import Store


def correct_by_interviews(store: Store, actor: Actor, profile: SelfProfile, email: str) -> SelfProfile:
    """Put beside a self-assessment what interviewers made of the same person on the same rubric.

    The person is looked up by e-mail among the candidates of openings that pin the rubric, whatever its version;
    the newest opening with submitted scorecards is taken. Interviewers count as observed means, on the criteria
    that the attempt has, too.

    Args:
        store: Where the interviews are.
        actor: Who asks: somebody who still owes a scorecard for the person is told nothing.
        profile: The self-assessment.
        email: The person's.

    Raises:
        NotFound: No candidate of that e-mail has been interviewed on this rubric.
        Refused: What there is may not be seen yet.
    """
    rubric = profile.sheet.rubric.id
    with store.read() as tx:
        places = [
            (o, c.id)
            for o in openings.every(tx)
            if o.rubric == rubric
            for c in people.candidates(tx, o.id)
            if c.email and c.email.casefold() == email.strip().casefold() and not c.withdrawn_at
        ]
        hidden = [o.id for o, candidate in places if candidate in hidden_candidates(tx, o.id, actor.who)]
    for opening, candidate in reversed([place for place in places if place[0].id not in hidden]):
        fit = _interviewed(store, actor, opening, candidate)
        if found := _compare(profile, fit, opening):
            return evolve(profile, correction=found)
    if hidden:
        raise Refused(
            "others' ratings are hidden until your own scorecard is submitted",
            hint=Sentence("hiringkit interview list {hidden}").format(hidden=hidden[0]),
        )
    raise NotFound(
        Sentence(
            "nobody with the e-mail {email!r} has been interviewed on {rubric!r} and rated on the same criteria"
        ).format(email=email, rubric=rubric),
        hint="hiringkit candidate list OPENING shows the addresses",
    )


def _interviewed(store: Store, actor: Actor, opening: Opening, candidate: str) -> FitProfile:
    comparison = compare_opening(store, actor, opening.id, ScoringOptions(method=Method.OBSERVED))
    return next(p for p in comparison.profiles if p.candidate == candidate)


def _compare(profile: SelfProfile, fit: FitProfile, opening: Opening) -> Correction | None:
    theirs = {score.criterion: score.score for score in fit.criteria if score.score is not None}
    own = [s for s in profile.scores if s.score is not None and s.criterion.id in theirs]
    if not own:
        return None
    differences = tuple(Difference(s.criterion, s.score or 0.0, theirs[s.criterion.id]) for s in own)
    weight = sum(s.share for s in own)
    mean = sum(s.share * (d.own - d.interviewers) for s, d in zip(own, differences, strict=True)) / weight
    scale = profile.sheet.rubric.scale
    corrected = None if profile.overall is None else min(max(profile.overall - mean, scale.low), scale.high)
    return Correction(opening.id, fit.overall.interviewers, differences, mean, corrected)
