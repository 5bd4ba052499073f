"""Fairness: how candidates come out by group, where the groups are in a file or in a table of their own.

What a file says is counted and forgotten unless it is to be kept. What is kept is read here and nowhere else; the audit
log tells whose opening and of which kinds, and no answer: a digest of so few possible ones would give them away.
Nobody is named beside a group.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from attrs import evolve, field, frozen

from hiringkit.actions.audit import Actor, record
from hiringkit.actions.comparisons import compare_opening
from hiringkit.actions.lookup import Tx, find_opening, pinned_rubric
from hiringkit.actions.scores import ScoringOptions, as_share
from hiringkit.actions.visibility import require_recruiter, visible_opening
from hiringkit.domain.codes import Code
from hiringkit.domain.columns import NO_SYNONYMS, Synonyms
from hiringkit.domain.fairness import LEAST_PEOPLE, Fairness, GroupCount, RateMeasure, RateTable
from hiringkit.domain.finding import Finding, FindingList, Location, Severity, has_errors, shown
from hiringkit.domain.interview import InterviewState
from hiringkit.domain.people import Candidate, HiringOutcome
from hiringkit.domain.rating_table import CellProblem, parse_flag
from hiringkit.errors import FindingsError, NotFound, Refused, UsageProblem, missing
from hiringkit.exchange.groups import GroupRow, GroupSheet, is_unknown, read_counts, read_groups
from hiringkit.scoring.fairness import above_median, rate_table
from hiringkit.store import demographics, openings, people
from hiringkit.store.store import Store
from hiringkit.text.sentence import Sentence

INTERVIEWED = "interviewed"
"""The stage of those who were interviewed at all."""
NOTHING_COMPARED = Sentence("{name} was not used")
ELSEWHERE = Sentence("rows that name nobody who is a candidate here: {count}; the first is {shown}")
ABSENT = Sentence("candidates who are not in the file and count as unknown: {count}")
UNANSWERED = Sentence("candidates of whom no answer is kept and who count as unknown: {count}")
NOTHING_KEPT = Sentence("no answers are kept that say who belongs to which group")
NOTHING_KEPT_HINT = Sentence("--groups FILE, with a column candidate and one for each kind of group; --keep keeps them")
OWNER_ALONE = Sentence("kept answers are counted for the owner of the database's tables alone")
OWNER_ALONE_HINT = Sentence("ask the owner for the report, or count a file: --groups FILE")
AMBIGUOUS = Sentence("{shown} may be any of {count} candidates")
TWICE = Sentence("the row is about the same candidate as line {line}")
_Key = tuple[str, str]
"""Opening and candidate."""


@frozen
class FairnessOptions:
    """What is compared, and how."""

    by: tuple[str, ...] = ()
    """Columns of the file; all but those of selection if empty."""
    selected: tuple[str, ...] = ()
    """Columns that say who was selected, in the order of their stages; the store's outcomes if empty."""
    minimum: int = LEAST_PEOPLE
    """People that a group has at least."""
    level: float = field(default=0.95, converter=as_share)
    """Of the intervals."""
    scoring: ScoringOptions = field(factory=ScoringOptions)
    """How ratings become the scores that are held against their median."""

    def __attrs_post_init__(self) -> None:
        """Refuse what makes no sense.

        Raises:
            UsageProblem: It does not.
        """
        if self.minimum < LEAST_PEOPLE:
            raise UsageProblem(
                Sentence("groups of fewer than {least} people are never shown").format(least=LEAST_PEOPLE),
                hint=Sentence("--minimum {least} or more").format(least=LEAST_PEOPLE),
            )
        if not 0.5 <= self.level < 1:  # noqa: PLR2004 - an interval that is more often wrong than right is none
            raise UsageProblem(
                Sentence("--level {level:g} makes no sense").format(level=self.level), hint="such as 0.95"
            )


@frozen
class _Observation:
    """Who was selected, by one measure."""

    measure: RateMeasure
    name: str
    label: str
    selected: Mapping[_Key, bool]
    """Only of those who could be."""


def fairness_of_openings(
    store: Store,
    actor: Actor,
    opening_ids: Sequence[str],
    path: str | None,
    options: FairnessOptions,
    *,
    keep: bool = False,
    language: str = "en",
    more: Synonyms = NO_SYNONYMS,
) -> Fairness:
    """Compare groups of candidates by who was hired, reached a stage and scored above the median.

    Medians are those of each opening; people of several openings are then counted together.

    Args:
        store: Where the openings are.
        actor: Who looks; a recruiter.
        opening_ids: The openings; all if empty.
        path: The file that says who belongs to which groups; None for the answers that are kept.
        options: What is compared.
        keep: Whether to keep what the file says, in place of what was kept of the same people and columns.
        language: en or zh, for the names of stages and criteria.
        more: What else the columns of the file are called.

    Raises:
        NotFound: There is no such opening, file or column, or no answer is kept.
        FindingsError: The file has errors; nothing is kept.
        Refused: One acts as an interviewer, or may not read what is kept.
    """
    sheet, findings = (None, []) if path is None else read_groups(path, more=more)
    if sheet is None and path is not None:
        raise _refusal(path, findings)
    with store.read() as tx:
        require_recruiter(tx, actor.who)
        ids = [find_opening(tx, each).id for each in opening_ids] or [each.id for each in openings.every(tx)]
        every = {opening: visible_opening(tx, actor.who, opening).candidates for opening in ids}
        running = {(o, c.id): c for o, candidates in every.items() for c in candidates if not c.withdrawn_at}
        withdrawn = {(o, c.id): c for o, candidates in every.items() for c in candidates if c.withdrawn_at}
        reached = [each for opening in ids for each in _stages(tx, actor, opening, every[opening], language)]
        groups = _kept(tx, ids) if sheet is None else {}
    decided: Mapping[_Key, bool] = _outcomes(running)
    columns = sorted({kind for answers in groups.values() for kind in answers}) if sheet is None else sheet.columns
    by, chosen = _columns(columns, options)
    found: dict[_Key, GroupRow] = {}
    if sheet is not None:
        found, of_rows = _place_rows(sheet, {**running, **withdrawn})
        findings = [*findings, *of_rows]
        groups = {key: dict(zip(sheet.columns, row.cells, strict=True)) for key, row in found.items()}
        if chosen:
            reached, of_flags = _from_columns(sheet, chosen, {key: row for key, row in found.items() if key in running})
            findings += of_flags
            decided = reached.pop().selected
    if path is not None and has_errors(findings):
        raise _refusal(path, findings)
    scored = [each for opening in ids for each in _scores(store, actor, opening, options.scoring, language)]
    unplaced = len(sheet.rows) - len(found) if sheet else 0
    absent = len(running.keys() - groups.keys())
    if absent:
        message = (ABSENT if sheet else UNANSWERED).format(count=absent)
        findings.append(Finding(Code.GROUP_UNKNOWN, message, Severity.INFO))
    observations = [_Observation(RateMeasure.SELECTION, "", "", decided), *_pooled([*reached, *scored])]
    tables = tuple(_tables(observations, by, groups, options))
    if keep:
        _keep(store, actor, {key: {name.casefold(): cells[name] for name in by} for key, cells in groups.items()})
    return Fairness(
        openings=tuple(ids),
        minimum=options.minimum,
        level=options.level,
        tables=tables,
        candidates=len(running),
        withdrawn=len(withdrawn),
        undecided=len(running) - len(decided),
        not_in_file=absent,
        not_in_opening=unplaced,
        findings=tuple(findings),
    )


def _kept(tx: Tx, ids: Sequence[str]) -> dict[_Key, dict[str, str]]:
    """Return the answers that are kept of openings' candidates.

    Raises:
        NotFound: There are none.
        Refused: The login may not read them.
    """
    if not demographics.are_readable(tx):
        raise Refused(OWNER_ALONE, hint=OWNER_ALONE_HINT)
    kept = {(o, who): answers for o in ids for who, answers in demographics.of_opening(tx, o).items()}
    if not kept:
        raise NotFound(NOTHING_KEPT, hint=NOTHING_KEPT_HINT)
    return kept


def _keep(store: Store, actor: Actor, groups: Mapping[_Key, Mapping[str, str]]) -> None:
    """Keep answers, opening by opening; one that is unknown takes back what was kept."""
    with store.write() as tx:
        for opening in dict.fromkeys(opening for opening, _ in groups):
            there = {each.id for each in people.candidates(tx, opening) if not each.erased_at}
            given = {
                who: {kind: "" if is_unknown(answer) else answer for kind, answer in answers.items()}
                for (here, who), answers in groups.items()
                if here == opening and who in there
            }
            demographics.keep(tx, opening, given)
            kinds = sorted({kind for answers in given.values() for kind in answers})
            record(tx, actor, "demographics.keep", {"opening": opening}, kinds=kinds, candidates=len(given))


def forget_answers(store: Store, actor: Actor, opening_ids: Sequence[str]) -> int:
    """Delete the answers that are kept of openings' candidates, and return how many there were.

    Raises:
        NotFound: There is no such opening.
        Refused: One acts as an interviewer.
    """
    with store.write() as tx:
        require_recruiter(tx, actor.who)
        gone = 0
        for opening in [find_opening(tx, each).id for each in opening_ids] or [each.id for each in openings.every(tx)]:
            forgotten = demographics.forget(tx, opening)
            if forgotten:
                record(tx, actor, "demographics.forget", {"opening": opening}, answers=forgotten)
            gone += forgotten
        return gone


def fairness_of_counts(path: str, options: FairnessOptions, *, more: Synonyms = NO_SYNONYMS) -> Fairness:
    """Compare groups by counts alone: how many applied and how many of them were selected.

    Args:
        path: The file.
        options: What is compared.
        more: What else the columns of the file are called.

    Raises:
        NotFound: There is no such file or column.
        FindingsError: The file has errors.
    """
    sheet, findings = read_counts(path, more=more)
    if sheet is None:
        raise _refusal(path, findings)
    if options.selected:
        raise UsageProblem("a file of counts says itself who was selected", hint="leave --selected out")
    by = [_column(sheet.columns, name) for name in options.by] or list(sheet.columns)
    tables = []
    for columns in _together(by):
        places = [sheet.columns.index(name) for name in columns]
        known = ((tuple(row.cells[n] for n in places), row.selected, row.applicants) for row in sheet.rows)
        tables.append(_table(_Observation(RateMeasure.SELECTION, "", "", {}), columns, known, options))
    people = sum(row.applicants for row in sheet.rows)
    return Fairness((), options.minimum, options.level, tuple(tables), people, findings=tuple(findings))


def _refusal(path: str, findings: Sequence[Finding]) -> FindingsError:
    name = Sentence("standard input") if path == "-" else path
    hint = "mend the rows named above; nothing was compared"
    return FindingsError(NOTHING_COMPARED.format(name=name), findings, hint=hint)


def _columns(columns: Sequence[str], options: FairnessOptions) -> tuple[list[str], list[str]]:
    """Return the columns of groups, and those that say who was selected."""
    chosen = [_column(columns, name) for name in options.selected]
    by = [_column(columns, name) for name in options.by]
    by = by or [name for name in columns if name not in chosen]
    if not by or set(by) & set(chosen):
        raise UsageProblem("no column is left that names a group", hint="--by names columns that --selected does not")
    return by, chosen


def _column(columns: Sequence[str], given: str) -> str:
    found = [name for name in columns if name.casefold() == given.strip().casefold()]
    if not found:
        raise missing(Sentence("column of groups"), given, columns)
    return found[0]


def _place_rows(sheet: GroupSheet, candidates: Mapping[_Key, Candidate]) -> tuple[dict[_Key, GroupRow], list[Finding]]:
    """Find the candidate of each row by id, e-mail address or name, in any case of letters."""
    known: dict[str, set[_Key]] = {}
    for key, candidate in candidates.items():
        for word in {candidate.id.casefold(), candidate.email.casefold(), candidate.name.casefold()} - {""}:
            known.setdefault(word, set()).add(key)
    openings_here = {opening for opening, _ in candidates}
    found: dict[_Key, GroupRow] = {}
    findings, strangers = FindingList(), []
    for row in sheet.rows:
        place = Location(sheet.source, row.line)
        fitting = {k for k in known.get(row.candidate.casefold(), ()) if row.opening in ("", k[0])}
        exact = {k for k in fitting if k[1] == row.candidate.casefold()}
        fitting = exact or fitting
        if not fitting:
            strangers.append(row)
        elif len(fitting) > 1:
            hint = "give an id" if len(openings_here) == 1 else "say in a column opening which opening is meant"
            message = AMBIGUOUS.format(shown=shown(row.candidate), count=len(fitting))
            findings.add(Finding(Code.CANDIDATE_AMBIGUOUS, message, hint=hint, path="candidate", location=place))
        else:
            (key,) = fitting
            if key in found:
                findings.add(Finding(Code.GROUP_TWICE, TWICE.format(line=found[key].line), location=place))
            found.setdefault(key, row)
    if strangers:
        message = ELSEWHERE.format(count=len(strangers), shown=shown(strangers[0].candidate))
        place = Location(sheet.source, strangers[0].line)
        findings.add(Finding(Code.CANDIDATE_ELSEWHERE, message, Severity.WARNING, path="candidate", location=place))
    return found, findings.in_order()


def _outcomes(candidates: Mapping[_Key, Candidate]) -> dict[_Key, bool]:
    return {key: c.outcome is HiringOutcome.HIRED for key, c in candidates.items() if c.outcome is not None}


def _stages(
    tx: Tx, actor: Actor, opening: str, candidates: Sequence[Candidate], language: str
) -> Iterator[_Observation]:
    """Yield who was interviewed, and then who reached each stage of the rubric, of those who had the one before."""
    seen = visible_opening(tx, actor.who, opening)
    asked: dict[str, set[str]] = {}
    for interview in seen.outlines():
        if interview.state is InterviewState.SUBMITTED:
            asked.setdefault(interview.candidate, set()).update(interview.kit)
    before = {each.id for each in candidates if not each.withdrawn_at}
    reached = before & asked.keys()
    yield _Observation(RateMeasure.STAGE, INTERVIEWED, "", {(opening, each): each in reached for each in before})
    for stage in pinned_rubric(tx, seen.opening).stages[1:]:
        before, reached = reached, {each for each in reached if asked[each] & set(stage.questions)}
        yield _Observation(
            RateMeasure.STAGE,
            stage.id,
            stage.title.in_language(language),
            {(opening, each): each in reached for each in before},
        )


def _from_columns(
    sheet: GroupSheet, chosen: Sequence[str], found: Mapping[_Key, GroupRow]
) -> tuple[list[_Observation], list[Finding]]:
    """Read who was selected at each stage, the last of which is the selection itself of all."""
    findings = FindingList()
    flags: dict[str, dict[_Key, bool]] = {}
    for name in chosen:
        at = sheet.columns.index(name)
        flags[name] = {}
        for key, row in found.items():
            if not is_unknown(row.cells[at]):
                read = parse_flag(row.cells[at])
                if isinstance(read, CellProblem):
                    problem = evolve(read, hint="yes or no; leave the cell empty where it is not decided")
                    findings.add(problem.at(name, Location(sheet.source, row.line)))
                else:
                    flags[name][key] = read
    steps, before = [], set(found)
    for name in chosen:
        steps.append(
            _Observation(
                RateMeasure.STAGE, name, name, {key: flag for key, flag in flags[name].items() if key in before}
            )
        )
        before = {key for key in before if flags[name].get(key)}
    # who went out at an earlier stage was not selected in the end
    last = {key: key in before for key in found if key in flags[chosen[-1]] or _went_out(key, flags, chosen)}
    stages = steps if len(chosen) > 1 else []
    return [*stages, _Observation(RateMeasure.SELECTION, "", "", last)], findings.in_order()


def _went_out(key: _Key, flags: Mapping[str, Mapping[_Key, bool]], chosen: Sequence[str]) -> bool:
    return any(flags[name].get(key) is False for name in chosen)


def _scores(store: Store, actor: Actor, opening: str, options: ScoringOptions, language: str) -> Iterator[_Observation]:
    """Yield who scored above the opening's median: on each criterion, and overall where candidates are ranked."""
    comparison = compare_opening(store, actor, opening, options, language=language)
    if comparison.ranks:
        overall = {(opening, p.candidate): p.overall.score for p in comparison.profiles}
        yield _Observation(RateMeasure.SCORE, "", "", _above(overall))
    criteria: dict[str, dict[_Key, float | None]] = {}
    for profile in comparison.profiles:
        for score in profile.criteria:
            criteria.setdefault(score.criterion, {})[opening, profile.candidate] = score.score
    for criterion, scores in criteria.items():
        yield _Observation(RateMeasure.CRITERION, criterion, comparison.criterion_names[criterion], _above(scores))


def _above(scores: Mapping[_Key, float | None]) -> dict[_Key, bool]:
    known = {key: score for key, score in scores.items() if score is not None}
    return dict(zip(known, above_median(list(known.values())), strict=True))


def _pooled(observations: Iterable[_Observation]) -> list[_Observation]:
    """Put together what several openings have under one name."""
    together: dict[tuple[RateMeasure, str], _Observation] = {}
    for each in observations:
        before = together.setdefault((each.measure, each.name), each)
        together[each.measure, each.name] = evolve(before, selected={**before.selected, **each.selected})
    order = list(RateMeasure)
    return sorted(together.values(), key=lambda each: order.index(each.measure))


def _together(by: Sequence[str]) -> list[tuple[str, ...]]:
    """Return each column alone, and each two of them together."""
    return [*((name,) for name in by), *combinations(by, 2)]


def _tables(
    observations: Sequence[_Observation],
    by: Sequence[str],
    groups: Mapping[_Key, Mapping[str, str]],
    options: FairnessOptions,
) -> Iterator[RateTable]:
    for columns in _together(by):
        for each in observations:
            rows = (
                (tuple(groups.get(key, {}).get(name, "") for name in columns), int(selected), 1)
                for key, selected in each.selected.items()
            )
            yield _table(each, columns, rows, options)


def _table(
    observed: _Observation,
    columns: tuple[str, ...],
    rows: Iterable[tuple[tuple[str, ...], int, int]],
    options: FairnessOptions,
) -> RateTable:
    """Count by group, whatever the case in which a group is written, and compare."""
    spelled: dict[tuple[str, ...], tuple[str, ...]] = {}
    applicants: Counter[tuple[str, ...]] = Counter()
    selected: Counter[tuple[str, ...]] = Counter()
    unknown = 0
    for cells, chosen, count in rows:
        if any(map(is_unknown, cells)):
            unknown += count
            continue
        folded = tuple(cell.casefold() for cell in cells)
        spelled.setdefault(folded, cells)
        applicants[folded] += count
        selected[folded] += chosen
    counts = [GroupCount(spelled[each], applicants[each], selected[each]) for each in spelled]
    return rate_table(
        observed.measure,
        columns,
        counts,
        name=observed.name,
        label=observed.label,
        unknown=unknown,
        minimum=options.minimum,
        level=options.level,
    )
