"""How interviewers rate, as far as one may see it: everybody for a recruiter, and for an interviewer themself."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from statistics import median

from attrs import evolve, field, frozen

from hiringkit.actions.audit import Actor
from hiringkit.actions.comparisons import rated_columns, score_opening
from hiringkit.actions.lookup import Tx, asked_rubric, find_interviewer
from hiringkit.actions.scores import ScoringOptions
from hiringkit.actions.visibility import VisibleOpening, viewer_id, visible_opening, visible_openings
from hiringkit.domain.codes import Code
from hiringkit.domain.finding import Finding, Severity
from hiringkit.domain.interview import Interview, Rating
from hiringkit.domain.profile import Comparison, InterviewerEffect
from hiringkit.domain.raters import Measure, RaterLine, Raters
from hiringkit.domain.rubric import Rubric
from hiringkit.scoring.ratings import Blueprint, Ratings
from hiringkit.store import people
from hiringkit.store.store import Store
from hiringkit.text.language import Text
from hiringkit.text.sentence import Sentence

NOBODY = Sentence("no scorecard that may be seen is submitted yet, so there is nothing to say")
NONE_OF_YOURS = Sentence("none of your own scorecards is submitted yet, so there is nothing to say of you")
OTHER_SCALE = Sentence("left out, because they are rated on another scale: {names}")
OTHER_SCALE_HINT = Sentence("hiringkit raters {opening}")


@frozen(eq=False)
class _RatedOpening:
    """One opening as far as it is seen."""

    opening: VisibleOpening
    columns: Ratings
    blueprint: Blueprint
    rubric: Rubric
    interviews: tuple[Interview, ...]
    """With a scorecard that the viewer may see."""


@frozen(eq=False)
class _Conduct:
    """What an interviewer's scorecards show besides levels."""

    interviews: list[Interview] = field(factory=list)
    evidence: list[bool] = field(factory=list)
    """Of each number, whether evidence is written down."""
    hours: list[float] = field(factory=list)
    """Of each interview, from the first rating to the first scorecard."""


@frozen
class RatedRaters:
    """How interviewers rate, and what their criteria are called."""

    raters: Raters
    criteria: Mapping[str, Text]
    """Names by id."""

    def criterion_names(self, language: str) -> dict[str, str]:
        """Return the names in a language."""
        return {each: name.in_language(language) for each, name in self.criteria.items()}


def rate_raters(
    store: Store, actor: Actor, opening_id: str | None, options: ScoringOptions, *, only: str | None = None
) -> RatedRaters:
    """Say how interviewers rate beside those who rated the same candidates.

    What counts is what a comparison counts: submitted ratings of candidates who have not withdrawn, without dropped
    questions. An interviewer gets their own line alone, worked out without any candidate for whom they still owe a
    scorecard.

    Args:
        store: Where they are kept.
        actor: Who looks.
        opening_id: The opening; None for all.
        options: How the opening is scored; where all are meant, its level counts.
        only: An interviewer, by id, name or e-mail; everybody if None.

    Raises:
        NotFound: No such opening, or no such interviewer.
    """
    with store.read() as tx:
        if opening_id is None:
            found, told = _one_scale([_read(tx, seen) for seen in visible_openings(tx, actor.who)])
            viewer, comparison = viewer_id(tx, actor.who), None
        else:
            seen = visible_opening(tx, actor.who, opening_id)
            found, told, viewer = [_read(tx, seen)], [*seen.hidden_findings()], seen.viewer
            comparison = score_opening(tx, seen, asked_rubric(tx, seen.opening), options=options, language="en")
        names = {each.id: each.name for each in people.interviewers(tx)}
        wanted = None if only is None else find_interviewer(tx, only).id
    lines = _lines(found, options.level, comparison)
    shown = tuple(evolve(line, name=names.get(line.interviewer, line.interviewer)) for line in lines)
    shown = tuple(line for line in shown if {line.interviewer} >= {each for each in (viewer, wanted) if each})
    if not shown:
        message = NONE_OF_YOURS if viewer and wanted in (None, viewer) else NOBODY
        told = [*told, Finding(Code.NO_RATINGS, message, Severity.INFO)]
    source = "peers" if comparison is None else "model" if comparison.model else "means"
    raters = Raters(opening_id, options.level, source, shown, len(found), tuple(told))
    return RatedRaters(raters, {c.id: c.name for each in found for c in each.rubric.criteria})


def _read(tx: Tx, seen: VisibleOpening) -> _RatedOpening:
    compared = {each.id for each in seen.compared}
    held = tuple(each for each in seen.interviews() if each.scorecards and each.candidate in compared)
    rubric = asked_rubric(tx, seen.opening)
    return _RatedOpening(seen, *rated_columns(tx, seen, rubric), rubric, held)


def _one_scale(every: Sequence[_RatedOpening]) -> tuple[list[_RatedOpening], list[Finding]]:
    """Keep the openings on the scale that most ratings are on, and name the others."""
    rated = [each for each in every if len(each.columns)]
    many: defaultdict[tuple[float, float], int] = defaultdict(int)
    for each in rated:
        many[each.blueprint.low, each.blueprint.high] += len(each.columns)
    if len(many) < 2:  # noqa: PLR2004 - one scale for all
        return rated, []
    scale = max(many, key=lambda each: many[each])
    odd = [each.opening.opening.id for each in rated if (each.blueprint.low, each.blueprint.high) != scale]
    message = OTHER_SCALE.format(names=", ".join(odd))
    hint = OTHER_SCALE_HINT.format(opening=odd[0])
    kept = [each for each in rated if (each.blueprint.low, each.blueprint.high) == scale]
    return kept, [Finding(Code.HISTORY_OTHER_SCALE, message, Severity.INFO, hint)]


def _lines(found: Sequence[_RatedOpening], level: float, comparison: Comparison | None) -> Iterator[RaterLine]:
    """Yield a line for everybody who has submitted a scorecard, by id."""
    from hiringkit.scoring.raters import FEWEST, join_judged, measure_raters  # noqa: PLC0415 - numpy: 0.1 s

    conduct: defaultdict[str, _Conduct] = defaultdict(_Conduct)
    for each in found:
        asked = set(each.blueprint.questions)
        for interview in each.interviews:
            _note(conduct[interview.interviewer], interview, asked)
    ids = sorted(conduct)
    judged = join_judged([(each.columns, each.blueprint, _times(each.interviews)) for each in found], ids)
    effects = {} if comparison is None else {each.interviewer: each for each in comparison.interviewers}
    for who, measured in zip(ids, measure_raters(judged, len(ids), level), strict=True):
        own = conduct[who]
        severity = measured.severity
        if comparison is not None:
            severity = _severity(effects.get(who), severity.n, FEWEST["severity"])
        yield RaterLine(
            interviewer=who,
            name=who,
            interviews=len(own.interviews),
            ratings=len(own.evidence),
            severity=severity,
            spread=measured.spread,
            central=measured.central,
            differentiation=measured.differentiation,
            consistency=measured.consistency,
            correlation=measured.correlation,
            drift=measured.drift,
            before=measured.before,
            evidence=_figure(own.evidence, FEWEST["evidence"]),
            hours=_figure(own.hours, FEWEST["hours"], middle=True),
            bias=measured.bias,
        )


def _severity(effect: InterviewerEffect | None, candidates: int, least: int) -> Measure:
    """Return the severity of the comparison, where enough candidates carry it."""
    if effect is None or effect.severity is None or candidates < least:
        return Measure(None, None, candidates, least)
    return Measure(effect.severity, effect.interval, candidates, least)


def _figure(values: Sequence[float], least: int, *, middle: bool = False) -> Measure:
    """Return the mean or the median of plain counts, which has no interval."""
    if len(values) < least:
        return Measure(None, None, len(values), least)
    figure = median(values) if middle else sum(values) / len(values)
    return Measure(float(figure), None, len(values), least)


def _note(conduct: _Conduct, interview: Interview, asked: set[str]) -> None:
    conduct.interviews.append(interview)
    last, first = interview.scorecards[-1], interview.scorecards[0]
    numbers = [each for each in last.ratings if each.question in asked and isinstance(each.value, int | float)]
    conduct.evidence.extend(bool(each.evidence.strip()) for each in numbers)
    begun = _first_rated(first.ratings)
    if begun is not None and begun <= first.submitted_at:
        conduct.hours.append((first.submitted_at - begun).total_seconds() / 3600)


def _first_rated(ratings: Sequence[Rating]) -> datetime | None:
    return min((each.rated_at for each in ratings if each.rated_at is not None), default=None)


def _times(interviews: Sequence[Interview]) -> dict[tuple[str, str], float]:
    """Return when each candidate met each interviewer, where that is known."""
    times: dict[tuple[str, str], float] = {}
    for each in interviews:
        begun = each.scheduled_at or _first_rated(each.scorecards[0].ratings)
        if begun is not None:
            times.setdefault((each.candidate, each.interviewer), begun.timestamp())
    return times
