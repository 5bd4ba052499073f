"""What is known of interviewers from other openings: their ratings beside those of the opening to be scored.

The ratings of all openings are rows of one model. Candidates, questions and criteria are those of their opening;
interviewers, and the variances, are common. Levels of questions are each opening's own even where the same question
was asked, so that an opening with weaker candidates does not make its interviewers look strict.
"""

from collections.abc import Collection, Iterator, Sequence

import numpy as np
from attrs import evolve, frozen

from hiringkit.scoring.blocks import Joined, ModelRows, panel_work
from hiringkit.scoring.connection import find_groups, groups_among
from hiringkit.scoring.design import DEFAULT_EFFECTS, Design, hindrance, read_design
from hiringkit.scoring.ratings import Blueprint, Codes, RatingColumns

RATINGS_AT_MOST = 5_000
"""Ratings of an opening, and of all openings together where they are one model."""
WORK_AT_MOST = 12_000_000
"""Multiplications that one solution of the equations may take; some hundred are needed."""
IN_ALL = 400_000
"""Ratings of all openings together where each is a model of its own."""
PEOPLE_AT_MOST = 2_000
"""Interviewers of all openings together."""


@frozen(eq=False)
class PastOpening:
    """Another opening, as far as it may be used."""

    id: str
    columns: RatingColumns
    blueprint: Blueprint


@frozen(eq=False)
class _Past:
    """Another opening's ratings as the model sees them."""

    id: str
    design: Design
    interviewers: tuple[str, ...]
    """Ids of the design's interviewers."""
    given: Codes
    """(I,) ratings that each of them gave."""


@frozen(eq=False)
class Apart:
    """Another opening as a model of its own."""

    rows: ModelRows
    people: Codes
    """(I,) place of each of its interviewers among those of all openings, the panel's first."""


@frozen(eq=False)
class History:
    """An opening's design, joined with those of other openings."""

    design: Design
    """Its rows are of all openings; everything else is about the opening to be scored."""
    openings: tuple[str, ...] = ()
    """Ids of the other openings; with none there is nothing to borrow."""
    ratings: int = 0
    """Of the other openings."""
    candidates: int = 0
    """With a rating in the other openings."""
    given: tuple[int, ...] = ()
    """Of those ratings, how many each of the design's interviewers gave."""
    other_scale: tuple[str, ...] = ()
    """Ids of openings that share an interviewer, but are rated on another scale."""
    too_many: tuple[str, ...] = ()
    """Ids of openings that share an interviewer, but would make the model too large."""
    apart: "tuple[Apart, ...]" = ()
    """The other openings where each is a model of its own, because one of all of them would be too large."""


def within_reach(panel: Collection[str], openings: Sequence[tuple[str, Collection[str]]]) -> tuple[str, ...]:
    """Return the ids of openings that share an interviewer with a panel, or with one that does, and so on.

    Args:
        panel: Ids of interviewers.
        openings: Ids of openings, each with the ids of its interviewers.
    """
    known, left, found = set(panel), list(openings), []
    while near := [each for each in left if not known.isdisjoint(each[1])]:
        found += [opening for opening, _ in near]
        known = known.union(*(who for _, who in near))
        left = [each for each in left if each not in near]
    return tuple(found)


def gather_history(
    columns: RatingColumns, blueprint: Blueprint, design: Design, openings: Sequence[PastOpening]
) -> History:
    """Join an opening with those that share interviewers with it, or with one that does, and so on.

    The nearest come first, and among them those with the most ratings by interviewers known so far; what would
    make the model too large is left out.

    Args:
        columns: Ratings of the opening to be scored.
        blueprint: What they are for.
        design: As `read_design` makes it of these two.
        openings: The other ones.
    """
    panel = [columns.interviewers[code] for code in design.interviewers.tolist()]
    same: list[_Past] = []
    other: list[_Past] = []
    for opening in openings:
        scale = (opening.blueprint.low, opening.blueprint.high)
        (same if scale == (blueprint.low, blueprint.high) else other).append(_read(opening))
    taken, left_out = _choose(design, panel, same)
    joined = _join(design, panel, taken) if taken else design
    known = set(panel).union(*(past.interviewers for past in taken))
    by = dict.fromkeys(panel, 0)
    for past in taken:
        for who, count in zip(past.interviewers, past.given.tolist(), strict=True):
            by[who] = by.get(who, 0) + count
    return History(
        joined,
        tuple(past.id for past in taken),
        sum(len(past.design.rows) for past in taken),
        sum(past.design.rows.candidates for past in taken),
        tuple(by[who] for who in panel),
        tuple(past.id for past in other if not known.isdisjoint(past.interviewers)),
        tuple(past.id for past in left_out),
        () if not taken or _fits(joined.rows) else _apart(panel, taken),
    )


def gather(columns: RatingColumns, blueprint: Blueprint, openings: Sequence[PastOpening]) -> History:
    """Join an opening's ratings with those of other openings, as `gather_history` does."""
    return gather_history(columns, blueprint, read_design(columns, blueprint), openings)


def carries_with(columns: RatingColumns, blueprint: Blueprint, openings: Sequence[PastOpening]) -> tuple[bool, str]:
    """Tell whether the ratings carry a calibrated score with those of other openings, and if not, why."""
    finding = hindrance(gather(columns, blueprint, openings).design)
    return finding is None, "" if finding is None else finding.message


def _read(opening: PastOpening) -> _Past:
    design = read_design(opening.columns, opening.blueprint)
    who = tuple(opening.columns.interviewers[code] for code in design.interviewers.tolist())
    return _Past(opening.id, design, who, np.bincount(design.rows.interviewer, minlength=len(who)))


def _choose(design: Design, panel: Sequence[str], openings: Sequence[_Past]) -> tuple[list[_Past], list[_Past]]:
    """Take openings ring by ring while they can be used; return those taken and those too many."""
    known, left = set(panel), list(openings)
    taken: list[_Past] = []
    too_many: list[_Past] = []
    ratings = len(design.rows)
    while near := [past for past in left if not known.isdisjoint(past.interviewers)]:
        left = [past for past in left if past not in near]
        for past in sorted(near, key=lambda each: -_shared(each, known)):
            more = known.union(past.interviewers)
            if _usable(design, past) and ratings + len(past.design.rows) <= IN_ALL and len(more) <= PEOPLE_AT_MOST:
                taken.append(past)
                ratings += len(past.design.rows)
                known = more
            else:
                too_many.append(past)
    return taken, too_many


def _usable(design: Design, past: _Past) -> bool:
    """Tell whether both openings are small enough to be models of their own."""
    return all(_fits(rows) for rows in (design.rows, past.design.rows))


def _apart(panel: Sequence[str], taken: Sequence[_Past]) -> tuple[Apart, ...]:
    place = {who: n for n, who in enumerate(panel)}
    for past in taken:
        for who in past.interviewers:
            place.setdefault(who, len(place))
    return tuple(
        Apart(past.design.rows, np.array([place[who] for who in past.interviewers], dtype=np.int64)) for past in taken
    )


def _shared(past: _Past, known: Collection[str]) -> int:
    """Count the ratings that interviewers known so far gave."""
    return sum(n for who, n in zip(past.interviewers, past.given.tolist(), strict=True) if who in known)


def _fits(rows: ModelRows) -> bool:
    return len(rows) <= RATINGS_AT_MOST and panel_work(rows, DEFAULT_EFFECTS) <= WORK_AT_MOST


def _join(design: Design, panel: Sequence[str], taken: Sequence[_Past]) -> Design:
    """Put the rows of other openings behind those of a design."""
    rows, own = _stack(design, panel, taken), design.rows
    levels = np.zeros((len(rows.shares), len(design.criteria)))
    levels[: len(design.level_weights)] = design.level_weights
    groups = find_groups(rows.candidate, rows.interviewer, rows.candidates, rows.interviewers)
    among = groups_among(groups, own.candidate, own.interviewer, own.candidates, own.interviewers)
    return evolve(design, rows=rows, level_weights=levels, groups=among)


def _stack(design: Design, panel: Sequence[str], taken: Sequence[_Past]) -> ModelRows:
    """Stack ratings: candidates, questions and criteria one opening after the other, interviewers by id."""
    place = {who: n for n, who in enumerate(panel)}
    for past in taken:
        for who in past.interviewers:
            place.setdefault(who, len(place))
    parts = [design.rows, *(past.design.rows for past in taken)]
    people = [panel, *(past.interviewers for past in taken)]
    codes = [np.array([place[who] for who in ids], dtype=np.int64) for ids in people]
    sizes = [part.shares.shape[1] for part in parts]
    return ModelRows(
        np.concatenate(list(_shifted([(part.candidate, part.candidates) for part in parts]))),
        np.concatenate([code[part.interviewer] for code, part in zip(codes, parts, strict=True)]),
        np.concatenate(list(_shifted([(part.question, len(part.shares)) for part in parts]))),
        np.concatenate([part.value for part in parts]),
        np.concatenate([part.weight for part in parts]),
        sum(part.candidates for part in parts),
        len(place),
        _diagonal(parts),
        Joined(len(panel), sizes[0], len(design.rows), np.concatenate([np.arange(size) for size in sizes])),
    )


def _shifted(parts: Sequence[tuple[Codes, int]]) -> Iterator[Codes]:
    """Yield codes that begin where those of the part before end."""
    start = 0
    for codes, size in parts:
        yield codes + start
        start += size


def _diagonal(parts: Sequence[ModelRows]) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Return the shares of all questions in all criteria: those of another opening are zero."""
    out = np.zeros((sum(len(part.shares) for part in parts), sum(part.shares.shape[1] for part in parts)))
    row = column = 0
    for part in parts:
        rows, columns = part.shares.shape
        out[row : row + rows, column : column + columns] = part.shares
        row, column = row + rows, column + columns
    return out
