"""Scores of ratings in many Parquet files, in this process or on a cluster, written as Parquet again."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any, Protocol

from attrs import evolve, frozen

from hiringkit.actions.scores import (
    ScoringOptions,
    blueprint_of,
    counted,
    drop_questions,
    refusal,
    rubric_reference,
)
from hiringkit.domain.codes import Code
from hiringkit.domain.conduct import AfterSeeing
from hiringkit.domain.finding import Finding, Severity, has_errors
from hiringkit.domain.profile import Comparison, Method, ModelSummary, ScaleUsed
from hiringkit.domain.rubric import Rubric
from hiringkit.errors import Refused, UsageProblem, missing
from hiringkit.exchange.shards import (
    LAST,
    Labels,
    ShardSource,
    drifted,
    find_files,
    get,
    labels_of,
    merge_labels,
    put,
    read_shard,
    ready_folder,
    split_file,
    write_columns,
)
from hiringkit.scoring.effects import CANDIDATE, HALO, INTERVIEWER, parse_effects
from hiringkit.scoring.large.census import (
    Census,
    Numbers,
    Places,
    Rows,
    ShardSurvey,
    arrange,
    count_groups,
    leaving,
    met,
    model_shard,
    number_ids,
    survey,
    take_census,
)
from hiringkit.scoring.large.executors import InProcess, Shared
from hiringkit.scoring.messages import packed_ends
from hiringkit.scoring.ratings import Blueprint, Ratings, hold_against, one_of_each, ratings_from_table
from hiringkit.text.sentence import Sentence

EFFECTS = (CANDIDATE, INTERVIEWER, HALO)
"""What can be fitted in shards: all else is left to one machine."""
CHECKPOINT = "fit.npz"
EXACT_RATERS = 4_000
"""Most interviewers for whom few candidates are fitted exactly: 0.1 GB, and a minute for an inverse."""
A_ROW, A_PAIR = 260, 240
"""Bytes that a rating takes while its shard is read, and an interview while the model is fitted."""

NEEDS_SCALE = Sentence("ratings in many files need a scale")
NEEDS_SCALE_HINT = Sentence(
    "--scale 1:5 or --rubric ID: a file on another scale than the others would go unnoticed otherwise"
)
ONLY_EFFECTS = Sentence("in shards the effects are {names}")
ONE_OPENING = Sentence("the files hold ratings of several openings: {names}")
NO_MODEL = Sentence("no model can be fitted: {reason}")
LATE = Sentence("ratings given or changed after seeing others': {count}")
LATE_COUNT = Sentence("they count")
LATE_EXCLUDE = Sentence("the rubric's policy leaves them out")
GROUPS = Sentence("the candidates are in {count} groups that share no interviewer, so there are no ranks over all")
GROUPS_HINT = Sentence("let one interviewer see some of both")
LEFT_OUT = Sentence("{effect} is left out: none was rated twice, so it cannot be told from chance")
NOT_CONVERGED = Sentence("the fit of the mixed model did not converge")

READING, CODING, FITTING, SCORING, WRITING = (
    Sentence("reading the ids"),
    Sentence("making cells"),
    Sentence("fitting"),
    Sentence("scoring"),
    Sentence("writing"),
)
MEMORY = Sentence(
    "{rows} ratings in {shards} shards of up to {most}; each of {workers} workers takes up to {gigabytes:.1f} GB"
)
KNOWN_MEMORY = Sentence("interviews: {pairs}; each of {workers} workers takes up to {gigabytes:.1f} GB")
RESUMED = Sentence("going on after evaluation {iteration} of the checkpoint")
ANEW = Sentence("the checkpoint is of other ratings or options, or in pieces: the fit begins anew")
STEP = Sentence("evaluation {iteration}: variances {variances}, residual of the equations {residual:.1e}")


class Listener(Protocol):
    """Whoever wants to know how far it is."""

    def begin(self, what: Sentence, steps: int) -> None:
        """Begin a stage of so many steps."""

    def step(self) -> None:
        """Count a step."""

    def say(self, text: Sentence) -> None:
        """Say something."""


@frozen
class Terms:
    """What ratings are held against, wherever they are read."""

    rubric: Rubric | None
    scale: tuple[float, float] | None
    dropped: tuple[str, ...]

    @property
    def policy(self) -> AfterSeeing:
        """What becomes of ratings that were given after seeing others'."""
        return self.rubric.policy.after_seeing if self.rubric else AfterSeeing.COUNT


@frozen(eq=False)
class Read:
    """A shard's ids and survey, or what is wrong with it."""

    findings: tuple[Finding, ...]
    found: ShardSurvey | None = None
    candidates: Labels | None = None
    interviewers: Labels | None = None
    questions: tuple[str, ...] = ()
    criteria: tuple[tuple[str, str], ...] = ()
    """Of each question, where the file names criteria."""
    dropped: tuple[str, ...] = ()
    """Questions that were left out as asked for."""
    openings: tuple[str, ...] = ()


@frozen
class BulkScores:
    """What was written, and of what."""

    comparison: Comparison
    """Of all candidates, whose profiles and interviewers are in files alone."""
    place: str
    """The folder, or its address."""
    files: int
    shards: int
    workers: int
    """0 where this process did it."""
    moved: int
    """Bytes of vectors and sums between workers and here."""
    sums: int
    """How many times sums over all shards were taken."""


def _held(source: ShardSource, terms: Terms) -> tuple[Ratings | None, Blueprint | None, list[Finding], Ratings | None]:
    """Read a shard and hold it against what it is for; return also the ratings as they were read."""
    table, findings = read_shard(source)
    if table is None or has_errors(findings):
        return None, None, findings, None
    read = ratings_from_table(table)
    blueprint, of_scale = blueprint_of(read, terms.rubric, terms.scale)
    held, of_rows = hold_against(read, blueprint)
    findings = [*findings, *of_scale, *of_rows]
    if has_errors(findings):
        return None, None, findings, None
    kept, blueprint = drop_questions(evolve(held, opening=None, openings=()), blueprint, terms.rubric, terms.dropped)
    return kept, blueprint, findings, read


def survey_source(source: ShardSource, terms: Terms) -> Read:
    """Read a shard for the first time."""
    kept, blueprint, findings, read = _held(source, terms)
    if kept is None or blueprint is None or read is None:
        return Read(tuple(findings))
    used = counted(kept, terms.policy)
    found = survey(used, blueprint)
    late = 0 if kept.after_seeing is None else int(kept.after_seeing.sum())
    criteria: tuple[tuple[str, str], ...] = ()
    if terms.rubric is None:
        places = blueprint.loadings.argmax(axis=1).tolist() if len(blueprint.questions) else []
        criteria = tuple((q, blueprint.criteria[at]) for q, at in zip(blueprint.questions, places, strict=True))
    return Read(
        tuple(findings),
        evolve(found, late=late),
        labels_of(used.candidates, people=True),
        labels_of(used.interviewers, people=True),
        tuple(blueprint.questions),
        criteria,
        tuple(question for question in read.questions if question in terms.dropped),
        tuple(read.openings),
    )


def _rows(source: ShardSource, terms: Terms) -> Ratings:
    """Read a shard that was found good; one that is no more is refused when its digest is compared."""
    kept, _, findings, _ = _held(source, terms)
    if kept is None:
        raise refusal(source.name, findings)
    return counted(kept, terms.policy)


def leaving_source(source: ShardSource, places: Places, at: int, terms: Terms) -> dict[int, Rows]:
    """Read the ratings that move to other shards."""
    return leaving(_rows(source, terms), places, at)


def pick(moved: Mapping[int, Rows], to: int) -> Rows:
    """Return what moves to one shard."""
    return moved[to]


def shard_source(
    source: ShardSource,
    places: Places,
    at: int,
    moved: Sequence[Rows],
    terms: Terms,
    census: Census,
    people: int,
    effects: tuple[str, ...],
) -> Any:
    """Read a shard for the model."""
    rows = arrange(_rows(source, terms), places, at, moved, census, people)
    return model_shard(rows, census, effects), met(rows, census)


def cells_part(shard: Any) -> Any:
    """Return the model's part of a shard."""
    return shard[0]


def groups_part(shard: Any) -> Any:
    """Return which interviewers a shard joins."""
    return shard[1]


def score_source(
    source: ShardSource,
    places: Places,
    at: int,
    moved: Sequence[Rows],
    effects: tuple[Any, Any],
    terms: Terms,
    census: Census,
    people: int,
    found: Shared,
    level: float,
) -> Any:
    """Read a shard for its scores."""
    from hiringkit.scoring.large.columns import score_rows, with_candidates  # noqa: PLC0415 - scipy

    rows = arrange(_rows(source, terms), places, at, moved, census, people)
    return score_rows(rows, census, with_candidates(found.value, *effects), level)


def summary_part(scores: Any) -> Any:
    """Return of a shard's scores what ranks and interviewers take."""
    return scores.score, scores.deviation, scores.ends


def score_shards(
    pattern: str,
    options: ScoringOptions,
    *,
    cluster: str | None,
    place: str,
    rubric: Rubric | None = None,
    scale: tuple[float, float] | None = None,
    dropped: Sequence[str] = (),
    checkpoint: str | None = None,
    listener: Listener,
    threads: int = 1,
) -> BulkScores:
    """Score the ratings of many Parquet files and write profiles and interviewers.

    Args:
        pattern: The files: a path, a pattern, a folder, or any of these at an address that fsspec knows.
        options: How to score.
        cluster: `local`, `local:N` or a scheduler's address; None computes in this process.
        place: The folder for the results, or its address.
        rubric: What is rated; without one each question is its own criterion of weight 1.
        scale: Lowest and highest rating, where no rubric says it.
        dropped: Questions to leave out for everybody.
        checkpoint: A folder, or its address, from which an interrupted fit goes on.
        listener: Whom to tell how far it is.
        threads: Of this process, where there is no cluster.

    Raises:
        InvalidRatings: A shard has errors, or is not like the others; nothing is dropped silently.
        Refused: No model can be fitted, the cluster is lost, or a place cannot be read or written.
        UsageProblem: Options are missing, or ask for what shards cannot do.
    """
    effects = _effects(options)
    if rubric is None and scale is None:
        raise UsageProblem(NEEDS_SCALE, hint=NEEDS_SCALE_HINT)
    files = find_files(pattern)
    ready_folder(place)
    with _executor(cluster, threads) as executor:
        job = _Job(executor, options, Terms(rubric, scale, tuple(dropped)), place, checkpoint, listener)
        return job.run(files, effects)


def _effects(options: ScoringOptions) -> tuple[str, ...]:
    """Return the effects to fit."""
    if options.method is Method.OBSERVED or options.history or options.prior:
        raise UsageProblem(
            "in shards there is the calibrated model of many ratings only",
            hint="leave out --method, --history, --prior",
        )
    effects = EFFECTS if options.effects is None else parse_effects(options.effects)
    if not {CANDIDATE, INTERVIEWER} <= set(effects) <= set(EFFECTS):
        names = ", ".join(EFFECTS)
        raise UsageProblem(
            ONLY_EFFECTS.format(names=names), hint="the last may be left out: --effects candidate,interviewer"
        )
    return effects


def _executor(cluster: str | None, threads: int) -> AbstractContextManager[Any]:
    if cluster is None:
        return nullcontext(InProcess(threads))
    from hiringkit.scoring.large.cluster import connect  # noqa: PLC0415 - an extra

    return connect(cluster)


@frozen(eq=False)
class _Layout:
    """Where everything is, once all ids have numbers."""

    sources: Sequence[ShardSource]
    numbers: Numbers
    surveys: Sequence[ShardSurvey]
    census: Census
    candidates: Labels
    interviewers: Labels

    @property
    def kept(self) -> list[int]:
        """The shards that have candidates."""
        return [at for at in range(len(self.sources)) if len(self.numbers.members(at))]

    def inputs(self, moved: Mapping[tuple[int, int], Any]) -> list[tuple[Any, ...]]:
        """Return what each shard is made of."""
        return [
            (
                self.sources[at],
                self.numbers.places(at, self.sources[at].name, self.surveys[at]),
                at,
                [moved[move] for move in sorted(moved) if move[1] == at],
            )
            for at in self.kept
        ]


@frozen(eq=False)
class _Job:
    """One run."""

    executor: Any
    options: ScoringOptions
    terms: Terms
    place: str
    checkpoint: str | None
    listener: Listener

    def run(self, files: Sequence[tuple[str, str]], effects: tuple[str, ...]) -> BulkScores:
        """Read, fit, score and write."""
        sources, findings = self._sources(files)
        self._tell_memory(sources)
        layout, more = self._layout(sources)
        census = layout.census
        self.listener.say(KNOWN_MEMORY.format(pairs=f"{census.pairs:,}", **self._memory(sources, census.pairs)))
        findings += more
        obstacle = census.obstacle()
        if obstacle is not None:
            raise Refused(NO_MODEL.format(reason=obstacle), hint="hiringkit score FILE shows plain means")
        if census.pairs == census.ratings and HALO in effects:
            effects = (CANDIDATE, INTERVIEWER)
            findings.append(Finding(Code.EFFECT_LEFT_OUT, LEFT_OUT.format(effect=HALO), Severity.INFO))
        moved = self._moves(layout)
        shared = (self.terms, census, layout.numbers.people)
        found, groups = self._fit(layout, moved, (*shared, effects))
        if not found.converged:
            raise Refused(NOT_CONVERGED, hint="hiringkit score --method observed shows plain means")
        if groups > 1:
            findings.append(Finding(Code.DISCONNECTED, GROUPS.format(count=groups), Severity.WARNING, GROUPS_HINT))
        model, ends = self._write(layout, moved, shared, found, groups)
        given, lowest, highest = ends.sum(axis=0).tolist()
        findings += packed_ends(lowest / max(given, 1), highest / max(given, 1))
        comparison = Comparison(
            method=Method.CALIBRATED,
            level=self.options.level,
            scale=ScaleUsed(census.blueprint.low, census.blueprint.high, census.blueprint.scale_source),
            counts=census.counts,
            profiles=(),
            interviewers=(),
            rubric=rubric_reference(self.terms.rubric),
            model=model,
            findings=tuple(findings),
        )
        return BulkScores(
            comparison=comparison,
            place=self.place,
            files=len(files),
            shards=len(layout.kept),
            workers=len(getattr(self.executor, "workers", ())),
            moved=getattr(self.executor, "moved", 0),
            sums=getattr(self.executor, "sums", 0),
        )

    def _begin(self, what: Sentence, steps: int) -> None:
        self.listener.begin(what, steps)
        self.executor.done = self.listener.step

    def _sources(self, files: Sequence[tuple[str, str]]) -> tuple[list[ShardSource], list[Finding]]:
        """Divide the files into shards."""
        self.executor.done = lambda: None
        ends = self.executor.gathered(split_file, list(files))
        names = [name for _, name in files]
        findings = [finding for _, _, found in ends for finding in found]
        if not has_errors(findings):
            findings += drifted(names, [columns for _, columns, _ in ends])
        sources = [source for shards, _, _ in ends for source in shards]
        if has_errors(findings):
            raise refusal(_together(names), findings)
        if not sources:
            raise refusal(_together(names), [Finding(Code.NO_ROWS, "the files have column names and no rows")])
        return sources, _once(findings)

    def _tell_memory(self, sources: Sequence[ShardSource]) -> None:
        """Say what it will take before it is taken: a shard being read, and the cells of all of a worker's."""
        rows, most = sum(source.rows for source in sources), max(source.rows for source in sources)
        told = {"rows": f"{rows:,}", "shards": len(sources), "most": f"{most:,}"}
        # interviews are not known yet: as if each had two ratings
        self.listener.say(MEMORY.format(**told, **self._memory(sources, rows // 2)))

    def _memory(self, sources: Sequence[ShardSource], pairs: int) -> dict[str, Any]:
        """Return how many workers there are, and what each of them takes for so many interviews."""
        workers = max(len(getattr(self.executor, "workers", ())), 1)
        most = max(source.rows for source in sources)
        return {"workers": workers, "gigabytes": (most * A_ROW + pairs / workers * A_PAIR) / 1e9 + 0.3}

    def _layout(self, sources: Sequence[ShardSource]) -> tuple[_Layout, list[Finding]]:
        """Read all shards, number their ids and add their surveys up."""
        self._begin(READING, len(sources))
        read: list[Read] = self.executor.gathered(survey_source, sources, self.terms)
        findings = [finding for each in read for finding in each.findings]
        name = _together([source.name for source in sources])
        if has_errors(findings):
            raise refusal(name, findings)
        openings = dict.fromkeys(opening for each in read for opening in each.openings if opening)
        if len(openings) > 1:
            names = ", ".join(list(openings)[:5])
            raise Refused(ONE_OPENING.format(names=names), hint="score each opening by itself")
        blueprint, more = self._blueprint(read)
        if has_errors(more):
            raise refusal(name, more)
        surveys = [each.found for each in read if each.found is not None]
        candidates, all_candidates = merge_labels([each.candidates for each in read if each.candidates is not None])
        people, all_people = merge_labels([each.interviewers for each in read if each.interviewers is not None])
        place = {question: at for at, question in enumerate(blueprint.questions)}
        numbers = number_ids(
            surveys,
            {"candidate": (candidates, len(all_candidates)), "interviewer": (people, len(all_people))},
            [[place[question] for question in each.questions] for each in read],
        )
        census = take_census(surveys, numbers, blueprint)
        if census.late:
            hint = LATE_EXCLUDE if self.terms.policy is AfterSeeing.EXCLUDE else LATE_COUNT
            more.append(Finding(Code.AFTER_SEEING, LATE.format(count=f"{census.late:,}"), Severity.WARNING, hint))
        return _Layout(sources, numbers, surveys, census, all_candidates, all_people), [*_once(findings), *more]

    def _blueprint(self, read: Sequence[Read]) -> tuple[Blueprint, list[Finding]]:
        """Make the blueprint of the questions of all shards."""
        questions = tuple(dict.fromkeys(question for each in read for question in each.questions))
        for question in self.terms.dropped:
            known = self.terms.rubric.asked if self.terms.rubric else ()
            if question not in {each.id for each in known} and not any(question in each.dropped for each in read):
                raise missing(Sentence("question"), question, questions)
        pairs = list(dict.fromkeys(pair for each in read for pair in each.criteria))
        tiny = one_of_each(questions, pairs)
        blueprint, findings = blueprint_of(tiny, self.terms.rubric, self.terms.scale)
        _, blueprint = drop_questions(tiny, blueprint, self.terms.rubric, self.terms.dropped)
        return blueprint, findings

    def _moves(self, layout: _Layout) -> dict[tuple[int, int], Any]:
        """Begin to move the ratings of candidates who are in several shards."""
        moves = sorted(layout.numbers.moves())
        origins = sorted({at for at, _ in moves})
        inputs = [
            (layout.sources[at], layout.numbers.places(at, layout.sources[at].name, layout.surveys[at]), at)
            for at in origins
        ]
        moving = dict(zip(origins, self.executor.spread(leaving_source, inputs, self.terms), strict=True))
        parts = self.executor.spread(pick, [(moving[at], to) for at, to in moves])
        return dict(zip(moves, parts, strict=True))

    def _fit(self, layout: _Layout, moved: Mapping[tuple[int, int], Any], shared: tuple[Any, ...]) -> tuple[Any, int]:
        """Fit the model; return it, and how many groups share no interviewer."""
        from hiringkit.scoring.large.checkpoint import pack, unpack  # noqa: PLC0415 - scipy
        from hiringkit.scoring.large.reml import DENSE_LEVELS, fit_shards  # noqa: PLC0415 - scipy
        from hiringkit.scoring.large.solver import join_shards  # noqa: PLC0415 - scipy

        both = self.executor.spread(shard_source, layout.inputs(moved), *shared)
        self._begin(CODING, len(both))
        groups = count_groups(self.executor.gathered(groups_part, both))
        self.executor.done = lambda: None
        ratings = join_shards(self.executor, self.executor.each(cells_part, both))
        terms = {
            "seed": self.options.seed,
            "effects": list(shared[-1]),
            "shards": [
                [source.name, list(source.groups), each.digest]
                for source, each in zip(layout.sources, layout.surveys, strict=True)
            ],
        }
        kept = get(self.checkpoint, CHECKPOINT) if self.checkpoint else None
        begin = unpack(kept, terms) if kept else None
        if begin is not None:
            self.listener.say(RESUMED.format(iteration=begin.iteration))
        elif kept:
            self.listener.say(ANEW)
        self.listener.begin(FITTING, 0)

        def told(progress: Any) -> None:
            if self.checkpoint:
                put(self.checkpoint, CHECKPOINT, pack(progress, terms))
            variances = ", ".join(f"{variance:.4g}" for variance in progress.variances.tolist())
            self.listener.say(
                STEP.format(iteration=progress.iteration, variances=variances, residual=progress.residual)
            )

        # few candidates are exact on one machine, whoever is eliminated; so they are here, while it can be afforded
        few = layout.census.rated <= DENSE_LEVELS and layout.census.raters <= EXACT_RATERS
        levels = EXACT_RATERS if few else DENSE_LEVELS
        found = fit_shards(ratings, seed=self.options.seed, nested=False, dense_levels=levels, begin=begin, told=told)
        return found, groups

    def _write(
        self,
        layout: _Layout,
        moved: Mapping[tuple[int, int], Any],
        shared: tuple[Any, ...],
        found: Any,
        groups: int,
    ) -> tuple[ModelSummary, Any]:
        """Score all shards and write what comes out; return also each interviewer's ratings: all, lowest, highest."""
        from hiringkit.scoring.large.columns import (  # noqa: PLC0415 - scipy
            interviewer_columns,
            model_of,
            rank_all,
            rank_part,
            share_out,
        )

        census, level = layout.census, self.options.level
        common, shares = share_out(found, [layout.numbers.members(at) for at in layout.kept], layout.numbers.rated)
        inputs = [(*each, share) for each, share in zip(layout.inputs(moved), shares, strict=True)]

        def scored() -> tuple[Sequence[Any], list[Any]]:
            self._begin(SCORING, len(inputs))
            shards = self.executor.spread(score_source, inputs, *shared, common, level)
            return shards, self.executor.gathered(summary_part, shards)

        shards, heads = self.executor.again(scored)
        ranks = rank_all([head[:2] for head in heads], level, self.options.seed, ranked=groups == 1)
        self._begin(WRITING, len(inputs))
        start = 0
        for at, scores in zip(layout.kept, self.executor.one_by_one(shards), strict=True):
            members = layout.numbers.members(at)
            columns = {"candidate": layout.candidates.sliced(members), **scores.columns}
            columns |= rank_part(ranks, start, len(members))
            start += len(members)
            write_columns(f"{self.place}/profiles", f"part-{at:05d}.parquet", columns)
        who = layout.interviewers.sliced(layout.numbers.order)
        ends: Any = sum(head[2] for head in heads)
        columns = interviewer_columns(census, found, ends, level)
        write_columns(self.place, LAST, {"interviewer": who, **columns})
        return model_of(census, found, level, groups, self.options.seed), ends


def _together(names: Sequence[str]) -> str:
    """Name several files."""
    first = list(dict.fromkeys(names))
    return first[0] if len(first) == 1 else f"{first[0]} … {first[-1]}"


def _once(findings: Sequence[Finding]) -> list[Finding]:
    """Leave out findings that say of another file what was said of one."""
    found = {(finding.code, str(finding.message)): finding for finding in reversed(findings)}
    return list(reversed(found.values()))
