"""Compare the candidates of an opening, as far as the viewer may see them."""

from collections.abc import Callable, Container, Mapping, Sequence
from hashlib import sha256

from attrs import evolve, frozen

from hiringkit.actions.audit import Actor
from hiringkit.actions.dropped_questions import dropped_findings
from hiringkit.actions.interview_reliability import panel_strength
from hiringkit.actions.lookup import Tx, asked_rubric, find_candidate, find_opening, pinned_rubric, require_running
from hiringkit.actions.past import as_of, as_of_findings
from hiringkit.actions.scores import (
    NOT_RANKED,
    NOT_RANKED_HINT,
    ScoringOptions,
    agreement_of_ratings,
    counted,
    late_ratings,
    score_columns,
    with_robustness,
    without_ranking,
)
from hiringkit.actions.visibility import VisibleOpening, visible_opening, visible_openings
from hiringkit.domain.agreement import DEPENDABLE, Agreement
from hiringkit.domain.codes import Code
from hiringkit.domain.interview import Opening
from hiringkit.domain.people import Candidate
from hiringkit.domain.profile import Comparison, FitProfile, Opinion
from hiringkit.domain.robustness import Robustness
from hiringkit.domain.rubric import Rubric, RubricRef
from hiringkit.errors import Refused, UsageProblem, missing
from hiringkit.scoring.calibrated.history import PastOpening, within_reach
from hiringkit.scoring.ratings import Blueprint, Ratings, leave_out, ratings_from_rows, rubric_blueprint
from hiringkit.store import people
from hiringkit.store.past import Past
from hiringkit.store.store import Store
from hiringkit.text.sentence import Sentence

AFTER_SEEING_HINT = Sentence("the column after_seeing of `hiringkit export {opening}` says which")


def rated_columns(seen: VisibleOpening, rubric: Rubric) -> tuple[Ratings, Blueprint]:
    """Return the submitted ratings that may be compared and count, without dropped questions, and what they are for.

    Args:
        seen: The opening; all its compared candidates are in the columns, whether rated or not.
        rubric: Ratings of questions that it does not ask are left out.
    """
    columns, blueprint = _comparable(seen, rubric)
    return counted(columns, rubric.policy.after_seeing), blueprint


def _comparable(seen: VisibleOpening, rubric: Rubric) -> tuple[Ratings, Blueprint]:
    """Return what `rated_columns` does, and the ratings that do not count because others' had been seen."""
    blueprint = rubric_blueprint(rubric)
    asked = set(blueprint.questions)
    rows = seen.ratings.at([n for n, question in enumerate(seen.ratings.question) if question in asked])
    candidates = [each.id for each in seen.compared]
    columns = ratings_from_rows(
        rows.candidate,
        rows.interviewer,
        rows.question,
        rows.value,
        rows.mark,
        blueprint,
        candidates=candidates,
        after_seeing=rows.after_seeing,
    )
    return leave_out(columns, blueprint, [each.question for each in seen.dropped])


def past_openings(tx: Tx, opening: Opening, who: str, *, past: Past | None = None) -> tuple[PastOpening, ...]:
    """Return the openings that share interviewers with this one, or with one that does, and so on.

    Candidates who have withdrawn are left out, and for an interviewer those for whom their own scorecard is
    outstanding, in whatever opening.

    Args:
        tx: A transaction.
        opening: The one to be scored; it is not among those returned.
        who: Who looks.
        past: As of when; None for now.
    """
    every = {seen.opening.id: seen for seen in visible_openings(tx, who, past=past)}
    interviewers = {identity: set(seen.ratings.interviewer) for identity, seen in every.items()}
    panel = interviewers.pop(opening.id)
    return tuple(
        PastOpening(each, *rated_columns(every[each], seen_rubric(tx, every[each])))
        for each in within_reach(panel, list(interviewers.items()))
    )


def seen_rubric(tx: Tx, seen: VisibleOpening) -> Rubric:
    """Return the rubric of an opening with those criteria as questions that scorecards rated as a whole, as of then."""
    if seen.past is None:
        return asked_rubric(tx, seen.opening)
    there = [each for each in seen.interviews() if each.id in seen.past.interviews]
    return pinned_rubric(tx, seen.opening).asking({question for each in there for question in each.kit})


def compare_opening(
    store: Store,
    actor: Actor,
    opening_id: str,
    options: ScoringOptions,
    *,
    language: str = "en",
    weights: Mapping[str, float] | None = None,
    robust: bool = False,
    moment: str | None = None,
) -> Comparison:
    """Compare the candidates of an opening by their submitted scorecards.

    Withdrawn candidates are left out. So are, for an interviewer, candidates for whom their own scorecard
    is outstanding, together with everything that is computed from them; with history, in every opening.

    Args:
        store: Where they are kept.
        actor: Who looks.
        opening_id: The opening.
        options: How ratings are scored.
        language: en or zh, for the names of criteria.
        weights: Weights to try out, by criterion; those not named keep the rubric's weight. Nothing is stored.
        robust: Whether to find out what it takes to change who leads, which takes many times as long.
        moment: As of when, as `as_of` reads it; None for now.

    Raises:
        NotFound: No such opening.
        Refused: The opening was not there at that moment, or it is asked who leads, and it does not rank candidates.
        UsageProblem: A weight is negative, or none is left, or the moment is none.
    """
    with store.read() as tx:
        then = None if moment is None else as_of(tx, moment, find_opening(tx, opening_id).id)
        seen = visible_opening(tx, actor.who, opening_id, past=then)
        rubric = _reweighted(seen_rubric(tx, seen), weights or {})
        if robust:
            require_ranking(seen.opening, rubric)
        past = past_openings(tx, seen.opening, actor.who, past=then) if options.history else None
        comparison = score_opening(tx, seen, rubric, options=options, language=language, past=past)
        if robust:
            comparison = with_robustness(comparison, *rated_columns(seen, rubric), options, past)
        return evolve(comparison, findings=(*as_of_findings(then), *seen.hidden_findings(), *comparison.findings))


@frozen
class OpeningAgreement:
    """How far the interviewers of an opening agree."""

    agreement: Agreement
    rubric: Rubric

    def criterion_names(self, language: str) -> dict[str, str]:
        """Return the names that people read, by criterion."""
        return {each.id: each.name.in_language(language) for each in self.rubric.criteria}


def agreement_of_opening(
    store: Store, actor: Actor, opening_id: str, options: ScoringOptions, *, target: float = DEPENDABLE
) -> OpeningAgreement:
    """Measure how far the interviewers of an opening agree, by the ratings that `compare_opening` would score.

    Raises:
        NotFound: No such opening.
        UsageProblem: No Φ can be `target`.
    """
    with store.read() as tx:
        seen = visible_opening(tx, actor.who, opening_id)
        rubric = seen_rubric(tx, seen)
        rated = rated_columns(seen, rubric)
        told = (*seen.hidden_findings(), *dropped_findings(rubric, seen.opening.id, seen.dropped))
    found = agreement_of_ratings(*rated, options, target=target)
    return OpeningAgreement(evolve(found, findings=(*told, *found.findings)), rubric)


def require_ranking(opening: Opening, rubric: Rubric) -> None:
    """Require that an opening puts its candidates in an order.

    Raises:
        Refused: It does not.
    """
    if not opening.ranks(rubric.policy):
        raise Refused(NOT_RANKED, hint=NOT_RANKED_HINT.format(opening=opening.id))


def _reweighted(rubric: Rubric, weights: Mapping[str, float]) -> Rubric:
    """Return the rubric as it would be with other weights."""
    criteria = tuple(evolve(c, weight=weights.get(c.id, c.weight)) for c in rubric.criteria)
    if any(c.weight < 0 for c in criteria) or not any(c.weight for c in criteria):
        raise UsageProblem("weights are not negative, and at least one is above zero")
    return evolve(rubric, criteria=criteria)


ORDERS: Mapping[str, Callable[[FitProfile], float | str | None]] = {
    "rank": lambda profile: profile.rank.position,
    "name": lambda profile: (profile.name or profile.candidate).casefold(),
    "overall": lambda profile: _falling(profile.overall.score),
    "coverage": lambda profile: _falling(profile.overall.coverage),
    "best": lambda profile: _falling(profile.rank.p_best),
}
"""What candidates may be sorted by besides a criterion; scores from the highest."""


def _falling(number: float | None) -> float | None:
    return None if number is None else -number


def arrange(comparison: Comparison, *, only: Sequence[str] = (), order: str = "") -> Comparison:
    """Return a comparison with some of its candidates, or in another order; ranks and scores stay those among all.

    Args:
        comparison: Of all.
        only: Candidates to keep, by id or name in any case; all if empty.
        order: One of `ORDERS` or a criterion's id; as it is if empty. Who has no such figure comes last.

    Raises:
        NotFound: There is no such candidate in the comparison.
        UsageProblem: There is no such order.
        Refused: Candidates are not ranked, and the order is another than that of their names.
    """
    if order not in ("", "name") and not comparison.ranks:
        raise Refused(NOT_RANKED, hint="leave out --sort, or sort by name")
    profiles = list(comparison.profiles)
    if only:
        wanted = {_chosen(profiles, who) for who in only}
        profiles = [profile for profile in profiles if profile.candidate in wanted]
    if order:
        key = ORDERS.get(order) or _by_criterion(comparison, order)
        known = [profile for profile in profiles if key(profile) is not None]
        known.sort(key=lambda profile: (key(profile),))
        profiles = known + [profile for profile in profiles if key(profile) is None]
    return evolve(comparison, profiles=tuple(profiles))


def _chosen(profiles: Sequence[FitProfile], who: str) -> str:
    found = [p.candidate for p in profiles if who.strip().casefold() in (p.candidate.casefold(), p.name.casefold())]
    if not found:
        raise missing(Sentence("candidate in the comparison:"), who, [profile.candidate for profile in profiles])
    return found[0]


def _by_criterion(comparison: Comparison, criterion: str) -> Callable[[FitProfile], float | None]:
    ids = [score.criterion for score in comparison.profiles[0].criteria] if comparison.profiles else []
    if criterion not in ids:
        hint = Sentence("one of {names}").format(names=", ".join([*ORDERS, *ids]))
        raise UsageProblem(Sentence("no order by {name!r}").format(name=criterion), hint=hint)
    at = ids.index(criterion)
    return lambda profile: _falling(profile.criteria[at].score)


_OF_INTERVIEWERS = frozenset(
    {
        Code.NARROW_SCALE,
        Code.SEVERITY_AT_END,
        Code.ORDER_CHANGED,
        Code.SEVERITY_UNKNOWN,
        Code.SEVERITY_NO_SPREAD,
        Code.SEVERITY_ONE_CANDIDATE,
    }
)
"""Findings that say by name how an interviewer rates."""


def without_strictness(comparison: Comparison, allowed: Container[str] = ()) -> Comparison:
    """Return a comparison whose findings and details do not say how interviewers rate.

    Args:
        comparison: Of all.
        allowed: Interviewers of whom the reader may see it: their details stay.
    """
    model = comparison.model
    history = model.details.get("history") if model else None
    if model is not None and isinstance(history, Mapping):
        kept = {who: told for who, told in history["interviewers"].items() if who in allowed}
        model = evolve(model, details={**model.details, "history": {**history, "interviewers": kept}})
    findings = tuple(each for each in comparison.findings if each.code not in _OF_INTERVIEWERS)
    return evolve(comparison, model=model, findings=findings)


def number_candidates(comparison: Comparison) -> dict[str, str]:
    """Return labels for candidates that reveal neither name nor rank: numbers in the order of their ids' digests."""
    ids = sorted(
        (profile.candidate for profile in comparison.profiles), key=lambda each: sha256(each.encode()).digest()
    )
    return {identity: f"candidate-{n}" for n, identity in enumerate(ids, 1)}


def hide_names(comparison: Comparison, labels: Mapping[str, str]) -> Comparison:
    """Return a comparison in which labels stand for candidates' names and ids, for a blind review.

    Args:
        comparison: With names.
        labels: By candidate id; they should reveal neither name nor rank.
    """
    profiles = tuple(
        evolve(
            profile,
            candidate=labels[profile.candidate],
            name=labels[profile.candidate],
            rank=evolve(
                profile.rank,
                not_separable_from=tuple(labels[other] for other in profile.rank.not_separable_from),
                ahead_of={labels[other]: share for other, share in profile.rank.ahead_of.items()},
            ),
            panel=(),
        )
        for profile in comparison.profiles
    )
    model = comparison.model and evolve(comparison.model, details=_relabelled(comparison.model.details, labels))
    robustness = comparison.robustness and relabel_leaders(comparison.robustness, labels)
    # findings, and what interviewers wrote, may name candidates
    return evolve(comparison, profiles=profiles, model=model, findings=(), robustness=robustness)


def relabel_leaders(found: Robustness, labels: Mapping[str, str]) -> Robustness:
    """Return it with labels in place of candidates' ids, and without findings, which may name them."""

    def label(who: str | None) -> str | None:
        return None if who is None else labels[who]

    without_interviewer, without_question = (
        tuple(evolve(each, leaders=tuple(labels[who] for who in each.leaders)) for each in part)
        for part in (found.without_interviewer, found.without_question)
    )
    return evolve(
        found,
        leader=label(found.leader),
        moved_leader=label(found.moved_leader),
        weights=tuple(evolve(each, alone_leader=label(each.alone_leader)) for each in found.weights),
        leads=tuple(evolve(each, candidate=labels[each.candidate]) for each in found.leads),
        without_interviewer=without_interviewer,
        without_question=without_question,
        findings=(),
    )


def _relabelled(details: Mapping[str, object], labels: Mapping[str, str]) -> dict[str, object]:
    """Return the model's details with labels where candidates are keys."""
    return {
        labels.get(key, key): _relabelled(value, labels) if isinstance(value, Mapping) else value
        for key, value in details.items()
    }


def hide_people(candidates: Sequence[Candidate], labels: Mapping[str, str]) -> tuple[Candidate, ...]:
    """Return candidates with labels for names and without anything else that identifies them; their ids stay."""
    return tuple(evolve(each, name=labels[each.id], email="", note="", resume_line="") for each in candidates)


def profile_candidate(
    store: Store, actor: Actor, opening_id: str, candidate_id: str, options: ScoringOptions, *, language: str = "en"
) -> Comparison:
    """Compare an opening to show one candidate's profile.

    Raises:
        NotFound: No such opening or candidate.
        Refused: The viewer owes a scorecard for the candidate, or the candidate has withdrawn.
    """
    with store.read() as tx:
        candidate = find_candidate(tx, opening_id, candidate_id)
        visible_opening(tx, actor.who, opening_id).require(candidate.id)
        require_running(opening_id, candidate)
    return compare_opening(store, actor, opening_id, options, language=language)


def score_opening(
    tx: Tx,
    seen: VisibleOpening,
    rubric: Rubric,
    *,
    options: ScoringOptions,
    language: str,
    past: Sequence[PastOpening] | None = None,
) -> Comparison:
    """Score an opening's submitted ratings, as far as the viewer may see them and without its dropped questions.

    Where the opening, or else the rubric, does not rank candidates, nothing of the comparison does.

    Args:
        tx: A transaction.
        seen: The opening.
        rubric: The one that it pinned, or another version; ratings of questions that it does not ask are left out.
        options: How ratings are scored.
        language: en or zh, for the names of criteria.
        past: Other openings to learn about the interviewers from; None where that is not asked for.
    """
    opening = seen.opening
    left_out = [each for each in seen.dropped if rubric.question(each.question)]
    columns, blueprint = _comparable(seen, rubric)
    late = late_ratings(columns, rubric.policy.after_seeing)
    names = {each.id: each.name for each in seen.compared}
    interviewer_names = {each.id: each.name for each in people.interviewers(tx)}
    comparison = score_columns(
        counted(columns, rubric.policy.after_seeing),
        blueprint,
        options,
        names=names,
        interviewer_names=interviewer_names,
        rubric=RubricRef(opening.rubric, opening.version, opening.digest),
        criterion_names={each.id: each.name.in_language(language) for each in rubric.criteria},
        past=past,
    )
    if opening.ranks(rubric.policy):
        comparison = evolve(comparison, panel=panel_strength(comparison))
    else:
        comparison = without_ranking(comparison, [each.id for each in seen.compared])
    return evolve(
        comparison,
        profiles=_with_panels(seen, late.flagged(comparison.profiles)),
        findings=(
            *dropped_findings(rubric, opening.id, left_out),
            *late.findings(AFTER_SEEING_HINT.format(opening=opening.id), interviewer_names, names),
            *comparison.findings,
        ),
    )


def _with_panels(seen: VisibleOpening, profiles: Sequence[FitProfile]) -> tuple[FitProfile, ...]:
    """Add to each profile what the interviewers recommended in their latest scorecards."""
    panels: dict[str, list[Opinion]] = {profile.candidate: [] for profile in profiles}
    for each in seen.verdicts():
        if each.scorecards and each.candidate in panels:
            last = each.scorecards[-1]
            panels[each.candidate].append(Opinion(each.interviewer, last.recommendation, last.summary))
    return tuple(evolve(profile, panel=tuple(panels[profile.candidate])) for profile in profiles)
