"""Compare the candidates of an opening, as far as the viewer may see them."""

from attrs import evolve

from hiringkit.actions.lookup import Tx, find_candidate, find_opening, pinned_rubric
from hiringkit.actions.recording import Actor
from hiringkit.actions.scoring import ScoringOptions, score_columns
from hiringkit.actions.viewing import hidden_candidates
from hiringkit.domain.finding import Finding, Severity
from hiringkit.domain.interview import Opening
from hiringkit.domain.profile import Comparison, RubricRef
from hiringkit.domain.rubric import Rubric
from hiringkit.domain.sentence import Sentence
from hiringkit.errors import Refused
from hiringkit.scoring.intake import columns_from_rows
from hiringkit.scoring.ratings import rubric_blueprint
from hiringkit.store import people, ratings
from hiringkit.store.store import Store


def compare_opening(
    store: Store, actor: Actor, opening_id: str, options: ScoringOptions, *, language: str = "en"
) -> Comparison:
    """Compare the candidates of an opening by their submitted scorecards.

    Withdrawn candidates are left out. So are, for an interviewer, candidates for whom their own scorecard
    is outstanding, together with everything that is computed from them.

    Raises:
        NotFound: No such opening.
    """
    with store.read() as tx:
        opening = find_opening(tx, opening_id)
        hidden = hidden_candidates(tx, opening_id, actor.who)
        comparison = _score(tx, opening, pinned_rubric(tx, opening), hidden=hidden, options=options, language=language)
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


def _score(
    tx: Tx, opening: Opening, rubric: Rubric, *, hidden: frozenset[str], options: ScoringOptions, language: str
) -> Comparison:
    shown = [c for c in people.candidates(tx, opening.id) if not c.withdrawn_at and c.id not in hidden]
    visible = {candidate.id for candidate in shown}
    rows = ratings.submitted(tx, opening.id)
    keep = [n for n, candidate in enumerate(rows.candidate) if candidate in visible]
    blueprint = rubric_blueprint(rubric)
    columns = columns_from_rows(
        [rows.candidate[n] for n in keep],
        [rows.interviewer[n] for n in keep],
        [rows.question[n] for n in keep],
        [rows.value[n] for n in keep],
        [rows.mark[n] for n in keep],
        blueprint,
        candidates=[candidate.id for candidate in shown],
    )
    interviewers = {i.id: i.name for i in people.interviewers(tx)}
    return score_columns(
        columns,
        blueprint,
        options,
        names={c.id: c.name for c in shown},
        interviewer_names=interviewers,
        rubric=RubricRef(opening.rubric, opening.version, opening.digest),
        criterion_names={c.id: c.name.in_language(language) for c in rubric.criteria},
    )
