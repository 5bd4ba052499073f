"""One candidate's fit profile as people read it: strengths, gaps and what each figure rests on."""

from collections.abc import Sequence

from attrs import evolve

from hiringkit.domain.expectation import MutualFit
from hiringkit.domain.profile import Comparison, CriterionScore, FitProfile, Method
from hiringkit.errors import NotFound
from hiringkit.locale import _
from hiringkit.report.model import Block, Cell, Column, Facts, Notes, Number, Report, Span, Table, show_cell
from hiringkit.report.page import PageSection
from hiringkit.report.views.charts import profile_bars
from hiringkit.report.views.comparison import (
    basis_facts,
    candidate_remarks,
    closing_notes,
    gates_word,
    rank_word,
    shared_places,
    split_notes,
)
from hiringkit.report.views.documents import profile_document
from hiringkit.report.views.expectation import mutual_fit_blocks, mutual_fit_document
from hiringkit.report.words import bar_word, distinct_names, join_names, not_ranked, policy_word, recommendation_word
from hiringkit.text.sentence import Sentence
from hiringkit.text.similarity import nearest

_STRENGTH = 0.75
"""The share of the scale above which a score is a strength: 4 and more on a scale from 1 to 5."""


def profile_report(
    comparison: Comparison, candidate_id: str, language: str = "en", *, fits: Sequence[MutualFit] = ()
) -> Report:
    """Show one candidate of a comparison.

    Args:
        comparison: The comparison.
        candidate_id: The candidate.
        language: en or zh.
        fits: What the candidate needs from the team and what it gives.

    Raises:
        NotFound: The comparison has no such candidate.
    """
    profile = find_profile(comparison, candidate_id)
    summary, criteria = _summary(comparison, profile, language), _criteria(comparison, profile)
    rest = (
        *_strengths_and_gaps(comparison, profile),
        *split_notes(comparison, (profile,), language),
        *_panel(comparison, profile),
        *_remarks(comparison, profile),
        *mutual_fit_blocks(fits, language),
        basis_facts(comparison, _("Basis")),
        *closing_notes(comparison),
    )
    drawn = (profile_bars(comparison, profile), evolve(criteria, caption=""))
    return Report(
        title=profile.name or profile.candidate,
        blocks=(summary, criteria, *rest),
        page=(summary, PageSection(criteria.caption, drawn), *rest) if profile.criteria else None,
        document={**profile_document(comparison, profile), "mutual_fit": mutual_fit_document(fits)},
    )


def find_profile(comparison: Comparison, candidate_id: str) -> FitProfile:
    """Return a candidate's profile.

    Raises:
        NotFound: The comparison has no such candidate; the hint names the nearest one.
    """
    for profile in comparison.profiles:
        if profile.candidate == candidate_id:
            return profile
    known = [profile.candidate for profile in comparison.profiles]
    near = nearest(candidate_id, known)
    raise NotFound(
        Sentence("no candidate {candidate!r} in this comparison").format(candidate=candidate_id),
        hint=Sentence("did you mean {near!r}?").format(near=near)
        if near
        else Sentence("candidates: {names}").format(names=join_names(known, "en")),
    )


def _summary(comparison: Comparison, profile: FitProfile, language: str) -> Facts:
    overall, rank = profile.overall, profile.rank
    ratings = _("{n}, interviewers {interviewers}").format(n=overall.ratings, interviewers=overall.interviewers)
    basis: list[tuple[str, Cell]] = [
        (_("Coverage"), Number(overall.coverage, 0, percent=True)),
        (_("Gates"), gates_word(profile)),
    ]
    if not comparison.ranks:
        basis = [(_("Candidate"), profile.candidate), (_("Ranking"), not_ranked()), *basis]
        return Facts((*basis, (_("Ratings"), ratings)))
    names = distinct_names((other.candidate, other.name) for other in comparison.profiles)
    close = [names.get(other, other) for other in rank.not_separable_from]
    place = _("{rank} of {n}").format(
        rank=rank_word(rank.position, shared_places(comparison)).text, n=len(comparison.profiles)
    )
    level = _("{level} % interval").format(level=round(100 * comparison.level))
    items: list[tuple[str, Cell]] = [
        (_("Candidate"), profile.candidate),
        (_("Overall"), Number(overall.score, 2)),
        (level, Span(overall.interval, 2)),
        *_observed(comparison, overall.observed),
        (_("Rank"), place),
        (_("Too close to call"), join_names(close, language) if close else "-"),
        *basis,
        (_("Recommendation"), policy_word(profile.recommendation)),
        (_("Ratings"), ratings),
    ]
    return Facts(tuple(items))


def _observed(comparison: Comparison, observed: float | None) -> list[tuple[str, Cell]]:
    return [] if comparison.method is Method.OBSERVED else [(_("Plain mean"), Number(observed, 2))]


def _criteria(comparison: Comparison, profile: FitProfile) -> Table:
    calibrated = comparison.method is not Method.OBSERVED
    columns = (
        Column("criterion", _("Criterion"), wrap=True),
        Column("score", _("Score")),
        Column("interval", _("{level} % interval").format(level=round(100 * comparison.level))),
        *([Column("observed", _("Plain mean"))] if calibrated else []),
        Column("bar", _("Bar")),
        Column("ratings", _("Ratings")),
        Column("no_evidence", _("No evidence")),
        Column("not_assessed", _("Not assessed")),
    )

    def row(score: CriterionScore) -> tuple[Cell, ...]:
        return (
            comparison.criterion_names.get(score.criterion, score.criterion),
            Number(score.score, 2),
            Span(score.interval),
            *([Number(score.observed, 2)] if calibrated else []),
            bar_word(score.state, score.above_bar),
            Number(score.ratings, 0),
            Number(score.no_evidence, 0),
            Number(score.not_assessed, 0),
        )

    return Table(columns, tuple(map(row, profile.criteria)), _("Criteria"), _("The rubric has no criteria."))


def is_strength(comparison: Comparison, score: CriterionScore) -> bool:
    """Return whether a score is high on the scale and not below the criterion's bar."""
    scale = comparison.scale
    line = scale.low + _STRENGTH * (scale.high - scale.low)
    return score.score is not None and score.score >= line and not score.below_bar


def _strengths_and_gaps(comparison: Comparison, profile: FitProfile) -> tuple[Block, ...]:
    scale = comparison.scale
    line = scale.low + _STRENGTH * (scale.high - scale.low)
    scored = [(score.score, score) for score in profile.criteria if score.score is not None]
    strong = sorted((s for s in scored if is_strength(comparison, s[1])), key=lambda s: -s[0])
    gaps = sorted((s for s in scored if s[1].below_bar), key=lambda s: s[0])
    return (
        _list(comparison, strong, _("Strengths"), _("No criterion reaches {line}.").format(line=f"{line:.1f}")),
        _list(comparison, gaps, _("Gaps"), _("No criterion is below its bar.")),
    )


def _list(comparison: Comparison, scores: list[tuple[float, CriterionScore]], caption: str, none: str) -> Notes:
    said = tuple(
        _("{criterion}: {score}").format(
            criterion=comparison.criterion_names.get(score.criterion, score.criterion),
            score=show_cell(Number(figure, 2)),
        )
        for figure, score in scores
    )
    return Notes(said or (none,), caption)


def _panel(comparison: Comparison, profile: FitProfile) -> tuple[Block, ...]:
    """Show what the interviewers recommended."""
    if not profile.panel:
        return ()
    names = distinct_names((effect.interviewer, effect.name) for effect in comparison.interviewers)
    columns = (
        Column("interviewer", _("Interviewer")),
        Column("recommendation", _("Recommendation")),
        Column("reason", _("Reason"), wrap=True),
    )
    rows = tuple(
        (names.get(each.interviewer, each.interviewer), recommendation_word(each.recommendation), each.reason)
        for each in profile.panel
    )
    return (Table(columns, rows, _("What the interviewers recommended")),)


def _remarks(comparison: Comparison, profile: FitProfile) -> tuple[Block, ...]:
    remarks = candidate_remarks(profile, comparison)
    return (Notes(tuple(remarks), _("Watch")),) if remarks else ()
