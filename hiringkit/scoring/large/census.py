"""From the files' shards to those of the model: who is where, and what has to be known of all ratings first.

Files are read twice or three times. The first time each shard is surveyed: which ids it holds, how many ratings, and
their sums. Then every id gets its number, and every candidate a shard: the ratings of candidates who stand in several
are moved to one of these. The second time the shards become cells of the model; the last time, scores.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from zlib import crc32

import numpy as np
from attrs import frozen

from hiringkit.domain.profile import Counts
from hiringkit.domain.rating_table import NO_EVIDENCE, NOT_ASSESSED, NUMBER
from hiringkit.errors import Refused
from hiringkit.scoring.arrays import Bools, Codes, Floats, Groups, numbered, sorted_groups
from hiringkit.scoring.calibrated.model import ModelRows
from hiringkit.scoring.design import (
    NO_OVERLAP,
    NO_REPLICATION,
    NO_VARIATION,
    ONE_CANDIDATE,
    ONE_INTERVIEWER,
    Design,
    counts_for_something,
)
from hiringkit.scoring.effects import HALO
from hiringkit.scoring.large.cells import Overview, added, cells_of, overview
from hiringkit.scoring.large.shards import Shard, shard_of
from hiringkit.scoring.ratings import Blueprint, Ratings
from hiringkit.text.sentence import Sentence

VALUES = 10_000
"""Most different ratings of a shard that are passed on; beyond, rounding is no matter."""
CHANGED = Sentence("{source} has other ratings now than when its ids were read")
CHANGED_HINT = Sentence("run it again on files that nobody writes to")
TWICE = Sentence("{source} repeats the candidate, interviewer and question of a rating in another file")


@frozen(eq=False)
class ShardSurvey:
    """What one shard holds; ids are numbered as they come in it."""

    rows: int
    digest: int
    candidates: Bools
    """(N,) whether each has a rating that counts."""
    interviewers: Bools
    """(I,) likewise."""
    questions: Floats
    """(Q,) weights of the ratings that count."""
    ratings: int
    """Ratings that count."""
    weight: float
    """Their weights."""
    total: float
    """Weighted sum."""
    values: Floats
    """Different ratings, ascending; empty where there are very many."""
    pairs: int
    """Interviews, pairs of candidate and interviewer."""
    kinds: tuple[int, int, int]
    """Numbers, not-assessed, no-evidence."""
    late: int
    """Ratings that were given after seeing others'."""


def survey(held: Ratings, blueprint: Blueprint) -> ShardSurvey:
    """Describe a shard's ratings, which were held against their blueprint."""
    counts = counts_for_something(held, blueprint)
    used = held.only(counts)
    value = np.where(used.status == NUMBER, used.value, blueprint.low)
    values = np.unique(value)
    _, pairs = numbered(used.candidate * max(len(held.interviewers), 1) + used.interviewer)
    kinds = tuple(int((held.status == kind).sum()) for kind in (NUMBER, NOT_ASSESSED, NO_EVIDENCE))
    return ShardSurvey(
        rows=len(held),
        digest=digest(held),
        candidates=np.bincount(used.candidate, minlength=len(held.candidates)) > 0,
        interviewers=np.bincount(used.interviewer, minlength=len(held.interviewers)) > 0,
        questions=added(used.question, used.weight, len(blueprint.questions)),
        ratings=len(used),
        weight=float(used.weight.sum()),
        total=float(value @ used.weight),
        values=values if len(values) <= VALUES else values[:0],
        pairs=pairs,
        kinds=(kinds[0], kinds[1], kinds[2]),
        late=0 if held.after_seeing is None else int(held.after_seeing.sum()),
    )


def digest(held: Ratings) -> int:
    """Return a number that is another one, almost surely, for other ratings."""
    found = 0
    for codes in (held.candidate, held.interviewer, held.question):
        found = crc32(codes.astype(np.int32).data, found)  # ids of a shard are fewer than two thousand million
    plain = bool((held.weight == 1.0).all())
    for column in (held.value, held.status, *([] if plain else [held.weight])):
        found = crc32(np.ascontiguousarray(column).data, found)
    return found


@frozen(eq=False)
class Places:
    """Where the ids of one file's shard belong."""

    source: str
    digest: int
    shard: Codes
    """(N,) shard of each candidate."""
    candidate: Codes
    """(N,) each candidate's number there."""
    interviewer: Codes
    """(I,) number of each interviewer."""
    question: Codes
    """(Q,) number of each question."""

    def check(self, held: Ratings) -> None:
        """Refuse ratings that are not those of the survey."""
        if digest(held) != self.digest:
            raise Refused(CHANGED.format(source=self.source), hint=CHANGED_HINT)


@frozen(eq=False)
class Census:
    """What is known of all ratings."""

    blueprint: Blueprint
    counts: Counts
    ratings: int
    """Ratings that count."""
    weight: float
    """Their mean weight."""
    rated: int
    """Candidates with such a rating."""
    raters: int
    """Interviewers with such a rating, whose numbers are the first."""
    pairs: int
    """Interviews, those that are in several shards counted several times."""
    asked: Bools
    """(Q,) which questions have such a rating."""
    known: Overview
    rounding: float
    """Variance that rounding alone gives a rating; negative where all ratings are the same."""
    late: int

    @property
    def criteria(self) -> Codes:
        """(C,) codes of the criteria that some rating bears on."""
        return np.flatnonzero((self.blueprint.loadings[self.asked] > 0).any(axis=0))

    def obstacle(self) -> Sentence | None:
        """Return why no model can be fitted, or None if one can."""
        means = self.rated + self.raters - 1 + int(self.asked.sum()) - 1
        obstacles = (
            (self.rated <= 1, ONE_CANDIDATE),
            (self.raters <= 1, ONE_INTERVIEWER),
            (self.rounding < 0.0, NO_VARIATION),
            (self.pairs <= self.rated, NO_OVERLAP),
            (self.ratings <= means, NO_REPLICATION),
        )
        return next((message for holds, message in obstacles if holds), None)


def take_census(surveys: Sequence[ShardSurvey], numbers: "Numbers", blueprint: Blueprint) -> Census:
    """Add the surveys of all shards up.

    Raises:
        Refused: There are no more ratings than questions.
    """
    ratings, weight = sum(each.ratings for each in surveys), sum(each.weight for each in surveys)
    questions = np.zeros(len(blueprint.questions))
    for each, codes in zip(surveys, numbers.questions, strict=True):
        np.add.at(questions, codes, each.questions)
    mean = weight / max(ratings, 1)
    asked = questions > 0
    values = np.unique(np.concatenate([each.values for each in surveys]))
    steps = np.diff(values)
    many = any(each.ratings and not len(each.values) for each in surveys)
    kinds = [sum(each.kinds[kind] for each in surveys) for kind in range(3)]
    known = overview(questions[asked] / mean, sum(each.total for each in surveys) / mean, ratings)
    return Census(
        blueprint=blueprint,
        counts=Counts(kinds[0], kinds[1], kinds[2], len(numbers.shard), numbers.people, len(blueprint.questions)),
        ratings=ratings,
        weight=mean,
        rated=int(numbers.rated.sum()),
        raters=numbers.raters,
        pairs=sum(each.pairs for each in surveys),
        asked=asked,
        known=known,
        rounding=0.0 if many else float(steps.min() ** 2 / 12) if len(steps) else -1.0,
        late=sum(each.late for each in surveys),
    )


@frozen(eq=False)
class Numbers:
    """The numbers of all ids, and where candidates are."""

    shard: Codes
    """(N,) shard of each candidate."""
    place: Codes
    """(N,) each one's number there."""
    rated: Bools
    """(N,) whether each has a rating that counts."""
    order: Codes
    """(people,) the interviewers, those with a rating that counts first."""
    raters: int
    candidates: Sequence[Codes]
    """By shard of the files, the number over all of each of its candidates."""
    interviewers: Sequence[Codes]
    """Likewise, by place in `order`."""
    questions: Sequence[Codes]

    @property
    def people(self) -> int:
        """How many interviewers."""
        return len(self.order)

    def members(self, shard: int) -> Codes:
        """Return the candidates of a shard, in its order."""
        return np.flatnonzero(self.shard == shard)

    def places(self, shard: int, source: str, found: ShardSurvey) -> Places:
        """Return where the ids of a shard of the files belong."""
        candidates = self.candidates[shard]
        return Places(
            source,
            found.digest,
            self.shard[candidates],
            self.place[candidates],
            self.interviewers[shard],
            self.questions[shard],
        )

    def moves(self) -> set[tuple[int, int]]:
        """Return from which shard of the files ratings move to which shard."""
        return {
            (at, int(to))
            for at, candidates in enumerate(self.candidates)
            for to in np.unique(self.shard[candidates])
            if to != at
        }


def number_ids(
    surveys: Sequence[ShardSurvey],
    columns: Mapping[str, tuple[Sequence[Any], int]],
    questions: Sequence[Sequence[int]],
) -> Numbers:
    """Give every candidate a shard, one of those in which there are ratings, and every interviewer a number.

    Args:
        surveys: Of the shards.
        columns: For candidates and interviewers: by shard the numbers of its ids (int32, buffer protocol) in the
            order of first appearance, and how many there are.
        questions: By shard the numbers of its questions.
    """
    codes = {
        name: [np.frombuffer(each, dtype=np.int32).astype(np.int64) for each in column]
        for name, (column, _) in columns.items()
    }
    size = columns["candidate"][1]
    times, rated = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=bool)
    for each, candidates in zip(surveys, codes["candidate"], strict=True):
        times[candidates] += 1
        rated[candidates] |= each.candidates
    # Of several shards with ratings of a candidate, the number tells which: no shard gets more than the others.
    wanted, seen, shard = np.arange(size) % np.maximum(times, 1), np.zeros(size, dtype=np.int64), np.full(size, -1)
    for at, candidates in enumerate(codes["candidate"]):
        shard[candidates[seen[candidates] == wanted[candidates]]] = at
        seen[candidates] += 1
    order, starts = sorted_groups(shard)
    place = np.empty(size, dtype=np.int64)
    lengths = np.diff(starts, append=size)
    place[order] = np.arange(size) - np.repeat(starts, lengths)
    people = columns["interviewer"][1]
    busy = np.zeros(people, dtype=bool)
    for each, interviewers in zip(surveys, codes["interviewer"], strict=True):
        busy[interviewers] |= each.interviewers
    ordered = np.concatenate([np.flatnonzero(busy), np.flatnonzero(~busy)])
    number = np.empty(people, dtype=np.int64)
    number[ordered] = np.arange(people)
    return Numbers(
        shard=shard,
        place=place,
        rated=rated,
        order=ordered,
        raters=int(busy.sum()),
        candidates=codes["candidate"],
        interviewers=[number[each] for each in codes["interviewer"]],
        questions=[np.array(each, dtype=np.int64) for each in questions],
    )


_MOVED = ("candidate", "interviewer", "question", "value", "status", "weight")
Rows = Mapping[str, Any]
"""Columns of ratings by name, with the numbers of their new shard."""


def _renumbered(held: Ratings, places: Places, rows: Bools) -> Rows:
    """Return the columns of some ratings with the numbers of their ids."""
    some = slice(None) if rows.all() else rows
    columns = {name: getattr(held, name)[some] for name in _MOVED}
    for name, numbers in (
        ("candidate", places.candidate),
        ("interviewer", places.interviewer),
        ("question", places.question),
    ):
        columns[name] = numbers[columns[name]]
    return columns


def leaving(held: Ratings, places: Places, at: int) -> dict[int, Rows]:
    """Return the ratings that move from this shard of the files to others."""
    places.check(held)
    shard = places.shard[held.candidate]
    return {int(to): _renumbered(held, places, shard == to) for to in np.unique(shard) if to != at}


def arrange(held: Ratings, places: Places, at: int, moved: Sequence[Rows], census: Census, people: int) -> Ratings:
    """Return the ratings of a shard's candidates, wherever they come from.

    Args:
        held: The ratings of this shard of the files.
        places: Of its ids.
        at: Its position.
        moved: Ratings out of others.
        census: What is known of all.
        people: How many interviewers there are.

    Raises:
        Refused: The file has changed, or a rating is in two files.
    """
    places.check(held)
    mine = places.shard[held.candidate] == at
    parts = [_renumbered(held, places, mine), *moved]
    columns = {name: np.concatenate([part[name] for part in parts]) for name in _MOVED} if moved else parts[0]
    size = int(columns["candidate"].max(initial=-1)) + 1
    if moved:
        width = len(census.blueprint.questions)
        key = (columns["candidate"] * people + columns["interviewer"]) * width + columns["question"]
        if len(np.unique(key)) < len(key):
            raise Refused(TWICE.format(source=places.source), hint="keep one of the two")
    blank = ("",)
    return Ratings(
        candidate=columns["candidate"],
        interviewer=columns["interviewer"],
        question=columns["question"],
        value=columns["value"],
        status=columns["status"],
        weight=columns["weight"],
        candidates=blank * size,
        interviewers=blank * people,
        questions=census.blueprint.questions,
        source=places.source,
    )


def design_of(rows: Ratings, census: Census) -> Design:
    """Return the shard's ratings that count, as the model of all sees them: with its own candidates alone."""
    blueprint = census.blueprint
    used = rows.only(counts_for_something(rows, blueprint))
    present = np.bincount(used.candidate, minlength=len(rows.candidates)) > 0
    criteria = census.criteria
    loadings = blueprint.loadings[np.ix_(census.asked, criteria)]
    weights = blueprint.weights[criteria]
    nobody = np.zeros(0, dtype=np.int64)
    return Design(
        rows=ModelRows(
            (np.cumsum(present) - 1)[used.candidate],
            used.interviewer,
            (np.cumsum(census.asked) - 1)[used.question],
            used.value if not used.status.any() else np.where(used.status == NUMBER, used.value, blueprint.low),
            used.weight if census.weight == 1.0 else used.weight / census.weight,
            int(present.sum()),
            census.raters,
            loadings / loadings.sum(axis=1, keepdims=True),
        ),
        candidates=np.flatnonzero(present),
        interviewers=np.arange(census.raters),
        criteria=criteria,
        level_weights=loadings / loadings.sum(axis=0),
        weights=weights / weights.sum(),
        groups=Groups(nobody, nobody, 1, ()),
    )


def model_shard(rows: Ratings, census: Census, effects: tuple[str, ...]) -> Shard:
    """Reduce a shard's ratings to cells."""
    held = design_of(rows, census).rows
    factors = {"candidate": held.candidate, "interviewer": held.interviewer}
    levels = {"candidate": held.candidates, "interviewer": held.interviewers}
    if HALO in effects:
        factors[HALO], levels[HALO] = numbered(held.candidate * held.interviewers + held.interviewer)
    nested = HALO if HALO in effects and "interviewer" in effects else None
    kept = {name: factors[name] for name in effects}
    weight = None if (held.weight == 1.0).all() else held.weight
    columns = held.value, weight, held.question
    return shard_of(cells_of(*columns, kept, levels, census.known, nested, "candidate"))


def met(rows: Ratings, census: Census) -> Codes:
    """Return (raters,) which interviewers this shard's candidates join into one group; -1 where there is none."""
    from scipy.sparse import coo_array  # noqa: PLC0415 - takes 0.1 s to import
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415 - likewise

    held = design_of(rows, census).rows
    size = held.interviewers + held.candidates
    ends = held.interviewer, held.interviewers + held.candidate
    edges = coo_array((np.ones(len(held), dtype=bool), ends), (size, size))
    labels = connected_components(edges, directed=False)[1][: held.interviewers].astype(np.int64)
    return np.where(np.bincount(held.interviewer, minlength=held.interviewers) > 0, labels, -1)


def count_groups(joined: Sequence[Codes]) -> int:
    """Count the groups of candidates that share no interviewer, from what `met` says of every shard."""
    from scipy.sparse import coo_array  # noqa: PLC0415 - takes 0.1 s to import
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415 - likewise

    raters = len(joined[0])
    ends, size = [], raters
    for labels in joined:
        who = np.flatnonzero(labels >= 0)
        ends.append((who, size + labels[who]))
        size += int(labels.max(initial=-1)) + 1
    one, other = (np.concatenate(side) for side in zip(*ends, strict=True))
    edges = coo_array((np.ones(len(one), dtype=bool), (one, other)), (size, size))
    return len(np.unique(connected_components(edges, directed=False)[1][:raters]))
