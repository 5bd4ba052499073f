"""A comparison as people read it: who stands where, how sure that is, and what it rests on."""

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import takewhile
from typing import TYPE_CHECKING

from attrs import evolve

from hiringkit.domain.codes import Code
from hiringkit.domain.finding import Finding
from hiringkit.domain.profile import (
    BarState,
    Comparison,
    CriterionScore,
    FitProfile,
    Interval,
    InterviewerEffect,
    Method,
    ModelSummary,
    are_gated,
    named,
    positions_of,
)
from hiringkit.locale import _
from hiringkit.report.model import (
    Block,
    Cell,
    Column,
    Facts,
    Notes,
    Number,
    Report,
    Span,
    Table,
    Word,
    show_cell,
    show_chance,
    write_number,
)
from hiringkit.report.views.documents import comparison_document
from hiringkit.report.views.robustness import robustness_notes
from hiringkit.report.words import (
    GATE_FLAGS,
    bar_word,
    distinct_names,
    finding_sentence,
    flag_words,
    join_names,
    join_sentences,
    join_things,
    not_ranked,
    severity_word,
)

if TYPE_CHECKING:
    from hiringkit.report.page import PageBlock

_LEADING = (
    "candidate",
    "name",
    "position",
    "overall",
    "overall_low",
    "overall_high",
    "observed",
    "coverage",
    "ratings",
    "interviewers",
    "gates",
    "recommendation",
    "recommendation_probability",
    "p_best",
    "position_low",
    "position_high",
    "not_separable_from",
    "flags",
)


_OF_RANKING = frozenset(_LEADING) - {"candidate", "name", "coverage", "ratings", "interviewers", "gates", "flags"}
"""Columns that there are only where candidates are ranked."""
_ENDS = ("", "_low", "_high", "_bar", "_above")


def comparison_data(comparison: Comparison) -> Table:
    """Return the table; its keys, of which each criterion has five, are the same in every language.

    Where candidates are not ranked there are no columns for what ranks them.
    """
    ids = [score.criterion for score in comparison.profiles[0].criteria] if comparison.profiles else []
    keys = [*_LEADING, *(f"{criterion}{end}" for criterion in ids for end in _ENDS)]
    rows = map(_row, comparison.profiles)
    kept = [n for n, key in enumerate(keys) if comparison.ranks or n >= len(_LEADING) or key not in _OF_RANKING]
    return Table(tuple(Column(keys[n], keys[n]) for n in kept), tuple(tuple(row[n] for n in kept) for row in rows))


def _row(profile: FitProfile) -> tuple[Cell, ...]:
    overall, rank = profile.overall, profile.rank
    return (
        profile.candidate,
        profile.name,
        Number(rank.position, 0),
        *_ends(overall.score, overall.interval),
        Number(overall.observed),
        Number(overall.coverage),
        Number(overall.ratings, 0),
        Number(overall.interviewers, 0),
        _gates(profile),
        profile.recommendation.policy,
        Number(profile.recommendation.probability.get(profile.recommendation.policy)),
        Number(rank.p_best),
        *_ends(0, rank.interval)[1:],
        "; ".join(rank.not_separable_from),
        "; ".join(profile.flags),
        *(cell for score in profile.criteria for cell in _criterion(score)),
    )


def _criterion(score: CriterionScore) -> tuple[Cell, ...]:
    return *_ends(score.score, score.interval), score.state.value if score.state else "", Number(score.above_bar)


def _ends(figure: float | None, interval: Interval | None) -> tuple[Number, ...]:
    low, high = interval or (None, None)
    return Number(figure), Number(low), Number(high)


def _gates(profile: FitProfile) -> str:
    """Sum up the gates in a word that no language changes."""
    state = gates_state(profile)
    return state.value if state else ""


def basis_facts(comparison: Comparison, caption: str = "") -> Facts:
    """Say what was scored and how."""
    counts, rubric = comparison.counts, comparison.rubric
    return Facts(
        (
            (_("Rubric"), f"{rubric.id} {rubric.version}" if rubric else _("none: each question is its own criterion")),
            (_("Method"), _method(comparison)),
            (_("Scale"), _scale(comparison)),
            (
                _("Ratings"),
                _("{ratings}; not assessed {not_assessed}, no evidence {no_evidence}").format(
                    ratings=counts.ratings, not_assessed=counts.not_assessed, no_evidence=counts.no_evidence
                ),
            ),
        ),
        caption,
    )


def method_sentence(comparison: Comparison) -> str:
    """Say in one or two sentences how the scores came about and what they do not allow for."""
    share = round(100 * comparison.level)
    if comparison.method is Method.CALIBRATED:
        if comparison.model:
            return _calibrated(comparison.model, share, ranked=comparison.ranks)
        return _("The ratings carry no calibrated score; the plain means beside it allow for no strict interviewer.")
    return _(
        "Scores are plain means: an interviewer's ratings of a criterion first, then the interviewers. "
        "They allow for no interviewer being strict or mild. "
        "{level} % intervals come from how far interviewers differ; with one interviewer there is none."
    ).format(level=share)


def closing_notes(comparison: Comparison) -> tuple[Block, ...]:
    """Return the findings, if any, and the line on the method."""
    method = Notes((method_sentence(comparison),))
    return (*_findings(comparison.findings), method)


def _findings(findings: tuple[Finding, ...]) -> tuple[Block, ...]:
    # an unrated gate stands with its criterion beside the candidate already
    said = tuple(finding_sentence(finding) for finding in findings if finding.code not in GATE_FLAGS)
    return (Notes(said, _("To know")),) if said else ()


def _method(comparison: Comparison) -> str:
    if comparison.method is Method.OBSERVED:
        return _("observed means")
    return _("calibrated by a mixed model") if comparison.model else _("calibrated: not possible with these ratings")


def _scale(comparison: Comparison) -> str:
    scale = comparison.scale
    sources = {
        "rubric": _("{low} to {high}, from the rubric"),
        "option": _("{low} to {high}, as given by --scale"),
        "data": _("{low} to {high}, the range seen in the ratings"),
    }
    sentence = sources.get(scale.source) or _("{low} to {high}")
    return sentence.format(low=write_number(scale.low), high=write_number(scale.high))


def _calibrated(model: ModelSummary, share: int, *, ranked: bool) -> str:
    sentence = _(
        "Scores come from a mixed model ({estimator}; random effects: {effects}), which allows for strict "
        "interviewers and for how much was seen of each candidate. Intervals are {level} %."
    ).format(estimator=model.estimator, effects=", ".join(model.effects), level=share)
    if not model.converged:
        sentence = join_sentences(sentence, _("It did not converge: do not rely on these scores."))
    if not model.connected and ranked:
        apart = _("Not all candidates share interviewers, so not all can be ranked together.")
        sentence = join_sentences(sentence, apart)
    return sentence


_FEW_CANDIDATES = 12
MOST = 2_000
"""Candidates, or interviewers, that a table for people shows."""
TOP, MANY = 6, 25
"""A table on a terminal shows the first 6 of more than 25 candidates, unless it is told to show more."""
FARTHEST = 5
"""Interviewers that it shows then: those who are farthest from the others."""

Names = Mapping[str, str]
Places = Counter[int | None]


def comparison_report(
    comparison: Comparison, language: str = "en", *, title: str = "", top: int | None = None, brief: bool = False
) -> Report:
    """Show candidates side by side.

    Args:
        comparison: What scoring made.
        language: en or zh.
        title: Of the opening or file; a plain heading if empty.
        top: Candidates that tables for people show; documents have all of them. None is as many as `brief` says.
        brief: Whether few are shown of many candidates.
    """
    shown = min(top or (TOP if brief and len(comparison.profiles) > MANY else MOST), MOST)
    return Report(
        title=title or _("Comparison"),
        blocks=lambda: _blocks(comparison, language, shown),
        document=lambda: comparison_document(comparison),
        data=lambda: comparison_data(comparison),
        page=lambda: comparison_page(comparison, language, shown),
    )


def comparison_page(comparison: Comparison, language: str, top: int = MOST) -> "tuple[PageBlock, ...]":
    """Return what a page shows: the same, with scores and interviewers drawn."""
    from hiringkit.report.page import PageSection  # noqa: PLC0415 - for pages only
    from hiringkit.report.views.charts import (  # noqa: PLC0415 - for pages only
        DRAWN,
        forest_of,
        heat_map,
        severity_forest,
    )

    names = distinct_names(named(comparison.profiles))
    people = distinct_names((effect.interviewer, effect.name) for effect in comparison.interviewers)
    standings, profiles = _standings(comparison, names, top), comparison.profiles
    if not any(profile.overall.ratings for profile in profiles):
        return _blocks(comparison, language, top)
    forest = (forest_of(comparison, None, profiles[:DRAWN], names),) if comparison.ranks else ()
    interviewers = _interviewers(comparison, top)
    strictness = severity_forest(comparison, comparison.interviewers[:DRAWN], people)
    return (
        *_unranked(comparison),
        PageSection(standings.caption, (*forest, evolve(standings, caption=""))),
        *_separations(comparison, names, language),
        *_panel(comparison),
        *(robustness_notes(comparison, names, people, language) if comparison.robustness else ()),
        PageSection(_("Criteria"), (heat_map(comparison, None, profiles, names, DRAWN, {}),)),
        *split_notes(comparison, profiles[:top], language),
        *_watch(comparison, names, language, top),
        *(
            PageSection(table.caption, (*([strictness] if strictness else []), evolve(table, caption="")))
            for table in interviewers
            if isinstance(table, Table)
        ),
        basis_facts(comparison, _("Basis")),
        *closing_notes(comparison),
    )


def _blocks(comparison: Comparison, language: str, top: int) -> tuple[Block, ...]:
    names = distinct_names(named(comparison.profiles))
    people = distinct_names((effect.interviewer, effect.name) for effect in comparison.interviewers)
    return (
        basis_facts(comparison),
        *_unranked(comparison),
        _standings(comparison, names, top),
        *_separations(comparison, names, language),
        *_panel(comparison),
        *(robustness_notes(comparison, names, people, language) if comparison.robustness else ()),
        *_criteria(comparison, names, top),
        *split_notes(comparison, comparison.profiles[:top], language),
        *_watch(comparison, names, language, top),
        *_interviewers(comparison, top),
        *closing_notes(comparison),
    )


def _unranked(comparison: Comparison) -> tuple[Block, ...]:
    """Say that nobody is ranked, where that is so."""
    return () if comparison.ranks else (Notes((not_ranked(),)),)


def shared_places(comparison: Comparison) -> Places:
    """Count who stands at each place."""
    return Counter(positions_of(comparison.profiles))


def rank_word(position: int | None, places: Places) -> Word:
    """Show a place, with = where several share it."""
    if position is None:
        return Word("-")
    return Word(f"{position}=" if places[position] > 1 else f"{position}")


def gates_state(profile: FitProfile) -> BarState | None:
    """Sum up a candidate's required criteria: the gravest that any came to; None where none is required."""
    states = {gate.state for gate in profile.gates}
    return next((state for state in (BarState.FAILED, BarState.UNRATED, BarState.OPEN) if state in states), None) or (
        BarState.PASSED if states else None
    )


def gates_word(profile: FitProfile) -> Word:
    """Say that in a word; where one gate alone is open, with its probability."""
    state = gates_state(profile)
    if state is None:
        return Word(_("none"))
    among = [gate.probability for gate in profile.gates if gate.state is state]
    return bar_word(state, among[0] if len(among) == 1 else None)


def _standings(comparison: Comparison, names: Names, top: int) -> Table:
    gated = are_gated(comparison.profiles)
    ranked = any(profile.rank.interval for profile in comparison.profiles)
    best = any(profile.rank.p_best is not None for profile in comparison.profiles)
    calibrated = comparison.method is not Method.OBSERVED and comparison.ranks
    places = shared_places(comparison)
    level = round(100 * comparison.level)
    in_order = (
        Column("rank", _("Rank")),
        *([Column("rank_interval", _("Rank range"))] if ranked else []),
        Column("overall", _("Overall")),
        Column("interval", _("{level} % interval").format(level=level)),
    )
    columns = (
        Column("name", _("Candidate")),
        *(in_order if comparison.ranks else ()),
        *([Column("observed", _("Plain mean"))] if calibrated else []),
        *([Column("p_best", _("Chance best"))] if best else []),
        Column("coverage", _("Coverage")),
        *([Column("gates", _("Gates"))] if gated else []),
        Column("ratings", _("Ratings")),
        Column("interviewers", _("Seen by")),
    )

    def row(profile: FitProfile) -> tuple[Cell, ...]:
        overall, rank = profile.overall, profile.rank
        standing: tuple[Cell, ...] = (
            rank_word(rank.position, places),
            *([Span(rank.interval, 0)] if ranked else []),
            Number(overall.score, 2),
            Span(overall.interval),
        )
        return (
            names[profile.candidate],
            *(standing if comparison.ranks else ()),
            *([Number(overall.observed, 2)] if calibrated else []),
            *([Number(rank.p_best, chance=True)] if best else []),
            Number(overall.coverage, 0, percent=True),
            *([gates_word(profile)] if gated else []),
            Number(overall.ratings, 0),
            Number(overall.interviewers, 0),
        )

    empty = _("No candidate has a submitted scorecard yet. Score an interview: hiringkit interview score INTERVIEW")
    shown = comparison.profiles[:top]
    caption = _("Overall") if comparison.ranks else _("Candidates")
    return Table(columns, tuple(map(row, shown)), caption, empty, len(comparison.profiles) - len(shown))


def _panel(comparison: Comparison) -> tuple[Block, ...]:
    """Say how well such a panel finds the best, where the ratings tell it."""
    found = comparison.panel
    if found is None:
        return ()
    chance = _("{share} %").format(share=show_chance(found.chance_best))
    if found.band is not None:
        low, high = map(show_chance, found.band)
        chance = _("{chance} ({low} to {high} %)").format(chance=chance, low=low, high=high)
    line = _(
        "With {interviewers} interviewers for each candidate, scores have a reliability of {reliability}: the best of"
        " {of} comes out first with a chance of {chance}; with one interviewer more, of {more} %."
    ).format(
        interviewers=show_cell(Number(found.interviewers, 1)),
        reliability=show_cell(Number(found.reliability, 2)),
        of=found.of,
        chance=chance,
        more=show_chance(found.one_more),
    )
    return (Notes((line,), _("What such a panel tells")),)


def _separations(comparison: Comparison, names: Names, language: str) -> tuple[Block, ...]:
    """Say who cannot be told apart; of many candidates only for the first."""
    profiles: Iterable[FitProfile] = comparison.profiles
    if len(comparison.profiles) > _FEW_CANDIDATES:
        profiles = takewhile(lambda profile: profile.rank.position == 1, profiles)
    unsure = [profile for profile in profiles if profile.rank.not_separable_from]
    told: list[str] = []
    before: set[str] = set()
    for profile in unsure:
        told += close_calls(comparison, profile, names, language, before)
        before.add(profile.candidate)
    return (Notes(tuple(told), _("Too close to call")),) if told else ()


_LEANING = 0.75
"""Probability of being ahead from which on it is told."""


def close_calls(
    comparison: Comparison, profile: FitProfile, names: Names, language: str, said: Container[str] = ()
) -> Iterator[str]:
    """Say of whom a candidate is probably ahead, though not surely, and from whom there is no telling.

    Args:
        comparison: Of all.
        profile: The candidate's.
        names: By candidate id.
        language: en or zh.
        said: Candidates of whom it was told already that they cannot be told from this one.
    """
    asked = (1 + comparison.level) / 2
    ahead: list[tuple[float, str]] = []
    equal: list[str] = []
    for other in profile.rank.not_separable_from:
        if other in said and profile.rank.ahead_of.get(other, 0.5) < _LEANING:
            continue
        share = profile.rank.ahead_of.get(other, 0.5)
        name = names.get(other, other)
        if share >= _LEANING:
            ahead.append((share, _("{name} ({share} %)").format(name=name, share=show_chance(share, short_of=asked))))
        elif share > 1 - _LEANING:  # the other one is told to be ahead
            equal.append(name)
    if ahead:
        listed = join_names([words for _share, words in sorted(ahead, reverse=True)], language)
        sentence = _("{name} is probably ahead of {others}, short of the {asked} % asked for.")
        if all(share >= asked for share, _words in ahead):
            sentence = _("{name} is probably ahead of {others}, but not surely the best.")
        yield sentence.format(name=names[profile.candidate], others=listed, asked=round(100 * asked))
    if equal:
        others = join_names(equal, language)
        yield _("{name} cannot be told apart from {others}.").format(name=names[profile.candidate], others=others)


def _criteria(comparison: Comparison, names: Names, top: int) -> tuple[Block, ...]:
    if not comparison.profiles:
        return ()
    ids = [score.criterion for score in comparison.profiles[0].criteria]
    columns = (
        Column("name", _("Candidate")),
        *(Column(criterion, comparison.criterion_names.get(criterion, criterion)) for criterion in ids),
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (names[profile.candidate], *map(_score, profile.criteria)) for profile in comparison.profiles[:top]
    )
    seen = {score.state for profile in comparison.profiles[:top] for score in profile.criteria}
    table = Table(columns, rows, _("Criteria"))
    said = {
        BarState.FAILED: _("* below the bar of the criterion"),
        BarState.OPEN: _("? the ratings do not decide whether the bar of the criterion is reached"),
    }
    notes = tuple(sentence for state, sentence in said.items() if state in seen)
    return (table, Notes(notes)) if notes else (table,)


def bar_mark(score: CriterionScore) -> str:
    """Return the sign behind a score that tells of its bar: below it, or open."""
    return {BarState.FAILED: "*", BarState.OPEN: "?"}.get(score.state or BarState.PASSED, "")


def _score(score: CriterionScore) -> Number:
    return Number(score.score, 2, mark=bar_mark(score))


def _watch(comparison: Comparison, names: Names, language: str, top: int) -> tuple[Block, ...]:
    """Gather candidates under what is to be known of them, each remark once."""
    remarks: dict[str, list[str]] = {}
    for profile in comparison.profiles[:top]:
        for remark in candidate_remarks(profile, comparison):
            remarks.setdefault(remark, []).append(names[profile.candidate])
    said = tuple(
        _("{remark}: {names}").format(remark=remark, names=join_names(who, language)) for remark, who in remarks.items()
    )
    return (Notes(said, _("Watch")),) if said else ()


def candidate_remarks(profile: FitProfile, comparison: Comparison) -> list[str]:
    """Say what is to be known of a candidate: gates that did not pass, by name, and every flag."""
    remarks = []
    for gate in profile.gates:
        words = {
            BarState.FAILED: _("Gate failed ({criterion})"),
            BarState.OPEN: _("Gate open ({criterion})"),
            BarState.UNRATED: _("Gate unrated ({criterion})"),
        }.get(gate.state)
        if words:
            name = comparison.criterion_names.get(gate.criterion, gate.criterion)
            remarks.append(words.format(criterion=name))
    for flag in profile.flags:
        if flag == Code.NO_SCORE and profile.overall.observed is not None:
            remarks.append(_("No calibrated score"))
        elif flag not in GATE_FLAGS:
            remarks.append(flag_words(flag))
    return remarks


def split_notes(comparison: Comparison, profiles: Sequence[FitProfile], language: str) -> tuple[Block, ...]:
    """Say about whom the interviewers disagree beyond chance: who, on what, and where their evidence stands."""
    told = [profile for profile in profiles if any(each.beyond_chance for each in profile.disagreements)]
    if not told:
        return ()
    names = distinct_names(named(comparison.profiles))
    people = distinct_names((effect.interviewer, effect.name) for effect in comparison.interviewers)
    said = tuple(_split(comparison, profile, names[profile.candidate], people, language) for profile in told)
    if any(profile.panel for profile in profiles):
        said += (_("What each of them heard stands in their scorecards: hiringkit interview show INTERVIEW"),)
    return (Notes(said, _("Split panel")),)


def _split(comparison: Comparison, profile: FitProfile, name: str, people: Mapping[str, str], language: str) -> str:
    """Say it of one candidate: the overall scores first, else the criterion on which they are farthest apart."""
    beyond = [each for each in profile.disagreements if each.beyond_chance]
    first = max(beyond, key=lambda each: (each.criterion is None, each.highest.score - each.lowest.score))
    sides = [join_names([people.get(who, who) for who in side], language) for side in (first.below, first.above)]
    sentence = _("{name}, {criterion}: {below} against {above}; means of their ratings from {low} to {high}.").format(
        name=name,
        criterion=comparison.criterion_names.get(first.criterion, first.criterion) if first.criterion else _("overall"),
        below=sides[0],
        above=sides[1],
        low=show_cell(Number(first.lowest.score)),
        high=show_cell(Number(first.highest.score)),
    )
    others = [each.criterion for each in beyond if each is not first and each.criterion]
    if not others:
        return sentence
    listed = join_things([comparison.criterion_names.get(each, each) for each in others], language)
    return join_sentences(sentence, _("They are as far apart on {criteria}.").format(criteria=listed))


def _interviewers(comparison: Comparison, top: int) -> tuple[Block, ...]:
    if not comparison.interviewers:
        return ()
    names = distinct_names((effect.interviewer, effect.name) for effect in comparison.interviewers)
    columns = (
        Column("name", _("Interviewer")),
        Column("severity", _("Rates")),
        Column("interval", _("{level} % interval").format(level=round(100 * comparison.level))),
        Column("ratings", _("Ratings")),
    )

    def row(effect: InterviewerEffect) -> tuple[Cell, ...]:
        interval = Span(effect.interval, signed=True)
        return names[effect.interviewer], severity_word(effect), interval, Number(effect.ratings, 0)

    shown = comparison.interviewers[:MOST]
    if top < len(comparison.profiles) and len(shown) > FARTHEST:
        shown = tuple(sorted(shown, key=lambda effect: -abs(effect.severity or 0.0))[:FARTHEST])
    rows = tuple(map(row, shown))
    return (Table(columns, rows, _("Interviewers"), more=len(comparison.interviewers) - len(shown)),)
