"""Compare the candidates of an opening, as far as the viewer may see them."""

from collections.abc import Mapping, Sequence

from attrs import evolve

from hiringkit.actions.audit import Actor
from hiringkit.actions.dropped_questions import dropped_findings
from hiringkit.actions.lookup import Tx, find_candidate, find_opening, pinned_rubric
from hiringkit.actions.scores import ScoringOptions, score_columns
from hiringkit.actions.visibility import hidden_candidates
from hiringkit.domain.finding import Finding, Severity
from hiringkit.domain.interview import Opening
from hiringkit.domain.people import Candidate
from hiringkit.domain.profile import Comparison, FitProfile, Opinion, RubricRef
from hiringkit.domain.rubric import Rubric
from hiringkit.errors import Refused, UsageProblem
from hiringkit.scoring.calibrated.history import PastOpening, within_reach
from hiringkit.scoring.openings import leave_out
from hiringkit.scoring.ratings import Blueprint, RatingColumns, columns_from_rows, rubric_blueprint
from hiringkit.store import dropped_questions as dropped
from hiringkit.store import interviews, openings, people, ratings
from hiringkit.store.store import Store
from hiringkit.text.sentence import Sentence


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


def compare_opening(
    store: Store,
    actor: Actor,
    opening_id: str,
    options: ScoringOptions,
    *,
    language: str = "en",
    weights: Mapping[str, float] | None = None,
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
        weights: What if the criteria weighed this much? By criterion; those not named keep the rubric's weight.
            Nothing is stored.

    Raises:
        NotFound: No such opening.
        UsageProblem: A weight is negative, or none is left.
    """
    with store.read() as tx:
        opening = find_opening(tx, opening_id)
        hidden = hidden_candidates(tx, opening_id, actor.who)
        rubric = _reweighted(pinned_rubric(tx, opening), weights or {})
        past = past_openings(tx, opening, actor.who) if options.history else None
        comparison = score_opening(tx, opening, rubric, hidden=hidden, options=options, language=language, past=past)
        names = [c.name for c in people.candidates(tx, opening_id) if c.id in hidden]
    if not names:
        return comparison
    blind = Finding(
        code="hidden-until-submitted",
        severity=Severity.INFO,
        message=Sentence("left out until your own scorecard is submitted: {names}").format(names=", ".join(names)),
        hint=Sentence("hiringkit interview list {opening_id}").format(opening_id=opening_id),
    )
    return evolve(comparison, findings=(blind, *comparison.findings))


def hide_names(comparison: Comparison, labels: Mapping[str, str]) -> Comparison:
    """Return a comparison in which labels stand for candidates' names and ids, for a blind review.

    Args:
        comparison: With names.
        labels: By candidate id; they should say nothing of name or rank.
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
    # findings, and what interviewers wrote, may name candidates
    return evolve(comparison, profiles=profiles, findings=())


def hide_people(candidates: Sequence[Candidate], labels: Mapping[str, str]) -> tuple[Candidate, ...]:
    """Return candidates with labels for names and without what else tells who they are; their ids stay."""
    return tuple(evolve(each, name=labels[each.id], email="", note="") for each in candidates)


def profile_candidate(
    store: Store, actor: Actor, opening_id: str, candidate_id: str, options: ScoringOptions, *, language: str = "en"
) -> Comparison:
    """Compare an opening for the sake of one candidate's profile.

    Raises:
        NotFound: No such opening or candidate.
        Refused: The viewer owes a scorecard for the candidate, or the candidate has withdrawn.
    """
    with store.read() as tx:
        candidate = find_candidate(tx, opening_id, candidate_id)
        if candidate_id in hidden_candidates(tx, opening_id, actor.who):
            raise Refused(
                Sentence("others' ratings of {candidate_id!r} are hidden until your own scorecard is submitted").format(
                    candidate_id=candidate_id
                ),
                hint=Sentence("hiringkit interview list {opening_id}").format(opening_id=opening_id),
            )
        if candidate.withdrawn_at:
            raise Refused(Sentence("candidate {candidate_id!r} has withdrawn").format(candidate_id=candidate_id))
    return compare_opening(store, actor, opening_id, options, language=language)


def _reweighted(rubric: Rubric, weights: Mapping[str, float]) -> Rubric:
    """Return the rubric as it would be with other weights."""
    criteria = tuple(evolve(c, weight=weights.get(c.id, c.weight)) for c in rubric.criteria)
    if any(c.weight < 0 for c in criteria) or not any(c.weight for c in criteria):
        raise UsageProblem("weights are not negative, and at least one is above zero")
    return evolve(rubric, criteria=criteria)


def score_opening(
    tx: Tx,
    opening: Opening,
    rubric: Rubric,
    *,
    hidden: frozenset[str],
    options: ScoringOptions,
    language: str,
    past: Sequence[PastOpening] | None = None,
) -> Comparison:
    """Score an opening's submitted ratings, without its dropped questions, those withdrawn and those hidden.

    Args:
        tx: A transaction.
        opening: The opening.
        rubric: The one that it pinned, or another version; ratings of questions that it does not ask are left out.
        hidden: Candidates whom the viewer may not see yet.
        options: How ratings are scored.
        language: en or zh, for the names of criteria.
        past: Other openings to learn of the interviewers from; None where that is not asked for.
    """
    shown = [c for c in people.candidates(tx, opening.id) if not c.withdrawn_at and c.id not in hidden]
    left_out = [each for each in dropped.current(tx, opening.id) if rubric.question(each.question)]
    columns, blueprint = rated_columns(tx, opening, rubric, [c.id for c in shown])
    comparison = score_columns(
        columns,
        blueprint,
        options,
        names={c.id: c.name for c in shown},
        interviewer_names={i.id: i.name for i in people.interviewers(tx)},
        rubric=RubricRef(opening.rubric, opening.version, opening.digest),
        criterion_names={c.id: c.name.in_language(language) for c in rubric.criteria},
        past=past,
    )
    return evolve(
        comparison,
        profiles=_with_panels(tx, opening, comparison.profiles),
        findings=(*dropped_findings(rubric, opening.id, left_out), *comparison.findings),
    )


def _with_panels(tx: Tx, opening: Opening, profiles: Sequence[FitProfile]) -> tuple[FitProfile, ...]:
    """Put to each profile what the interviewers recommended in the scorecards that they submitted last."""
    panels: dict[str, list[Opinion]] = {profile.candidate: [] for profile in profiles}
    for each in interviews.of_opening(tx, opening.id):
        if each.scorecards and each.candidate in panels:
            last = each.scorecards[-1]
            panels[each.candidate].append(Opinion(each.interviewer, last.recommendation, last.summary))
    return tuple(evolve(profile, panel=tuple(panels[profile.candidate])) for profile in profiles)
