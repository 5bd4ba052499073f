"""Interviews with their kits, draft ratings and scorecards."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from operator import attrgetter
from types import SimpleNamespace
from typing import Any

from attrs import frozen
from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Connection,
    Row,
    Select,
    Table,
    Text,
    and_,
    bindparam,
    column,
    delete,
    func,
    select,
    text,
    update,
)
from sqlalchemy import insert as insert_into
from sqlalchemy.sql.selectable import TextualSelect

from hiringkit.domain.interview import (
    Interview,
    InterviewProgress,
    InterviewState,
    InterviewText,
    Mark,
    Rating,
    Scorecard,
)
from hiringkit.domain.people import Candidate
from hiringkit.errors import NotFound, Refused
from hiringkit.store import people
from hiringkit.store import tables as t
from hiringkit.text.sentence import Sentence

_NEXT = t.interviews.c.revision + 1
_BY_ADDING = (t.candidates.c.position, t.interviewers.c.position, t.interviews.c.round)
_WITHDRAWN = (t.candidates.c.withdrawn_at, t.candidates.c.withdrawn_reason)
_WITHOUT_WORK = (t.kit_questions, t.cards)
"""Tables whose rows about an interview are nobody's work on it."""
Values = dict[str, Any]
Rows = Iterable[Row[Any]]
NO_INTERVIEW = Sentence("there is no interview {id}")
NOT_IN_KIT = Sentence("question {question} is not in the kit of interview {id}")
SUBMITTED_ALREADY = Sentence("interview {id} is submitted; its ratings are locked")
SUBMITTED_HINT = Sentence("amend its scorecard with a reason: hiringkit interview amend {id}")
OVERTAKEN = Sentence("interview {id} was submitted meanwhile; this scorecard was not stored")
OVERTAKEN_HINT = Sentence("look at it again: hiringkit interview show {id}")

# The statements of every reading and rating, made once: making one costs several times what it takes to run it.
_THIS = t.interviews.c.id == bindparam("id")
_THIS_CHANGED = t.interviews.c.id == bindparam("of_id")
_ASKED = (
    select(t.kit_questions.c.question_id)
    .join(t.interviews)
    .where(t.interviews.c.opening_id == bindparam("opening_id"))
    .distinct()
)
_OWED = select(t.interviews.c.candidate_id).where(
    t.interviews.c.opening_id == bindparam("opening_id"),
    t.interviews.c.interviewer_id == bindparam("interviewer_id"),
    t.interviews.c.cancelled_at.is_(None),
    ~select(t.scorecards.c.number).where(t.scorecards.c.interview_id == t.interviews.c.id).exists(),
)
_SERVER_OWED = text("SELECT hiringkit_owed(:opening_id, :interviewer_id)")
_COUNT_WRITE = update(t.interviews).where(_THIS_CHANGED).values(revision=_NEXT)
_START = (
    update(t.interviews)
    .where(_THIS_CHANGED, t.interviews.c.state != InterviewState.SUBMITTED.value)
    .values(state=InterviewState.STARTED.value, place=bindparam("place"), revision=_NEXT)
)
_CHANGE_RATING = update(t.ratings).where(
    t.ratings.c.interview_id == bindparam("of_interview"), t.ratings.c.question_id == bindparam("of_question")
)
_ADD_RATING = insert_into(t.ratings)
_TEXTS = select(t.interview_texts.c.part, t.interview_texts.c.text).where(
    t.interview_texts.c.interview_id == bindparam("interview_id")
)
_HANDOVERS = (
    select(t.interview_texts.c.interview_id, t.interview_texts.c.text)
    .join(t.interviews)
    .where(
        t.interviews.c.opening_id == bindparam("opening_id"),
        t.interviews.c.candidate_id == bindparam("candidate_id"),
        t.interview_texts.c.part == InterviewText.HANDOVER.value,
        t.interview_texts.c.text != "",
    )
)
_CHANGE_TEXT = update(t.interview_texts).where(
    t.interview_texts.c.interview_id == bindparam("of_interview"), t.interview_texts.c.part == bindparam("of_part")
)
_ADD_TEXT = insert_into(t.interview_texts)
_IN_KIT = select(t.kit_questions.c.position).where(
    t.kit_questions.c.interview_id == bindparam("interview_id"),
    t.kit_questions.c.question_id == bindparam("question_id"),
)
_SET_SECONDS = update(t.kit_questions).where(
    t.kit_questions.c.interview_id == bindparam("of_interview"), t.kit_questions.c.question_id == bindparam("of")
)
_SECONDS = select(t.kit_questions.c.question_id, t.kit_questions.c.seconds).where(
    t.kit_questions.c.interview_id == bindparam("interview_id")
)


_RATED = ("question_id", "level", "mark", "evidence", "probes", "rated_at", "after_seeing")


def rating_values(rating: Rating) -> Values:
    """Return the columns of a rating, except those of its interview."""
    return dict(zip(_RATED, _rated(rating), strict=True))


def _rated(rating: Rating) -> tuple[Any, ...]:
    value = rating.value
    level, mark = (None, value.value) if isinstance(value, Mark) else (value, None)
    return rating.question, level, mark, rating.evidence, rating.probes, rating.rated_at, rating.after_seeing


def scorecard_values(scorecard: Scorecard) -> Values:
    """Return the columns of a scorecard, except its interview's."""
    return {
        "number": scorecard.number,
        "submitted_at": scorecard.submitted_at,
        "recommendation": scorecard.recommendation,
        "summary": scorecard.summary,
        "reason": scorecard.reason,
        "submitted_by": scorecard.by,
    }


def interview_values(interview: Interview) -> Values:
    """Return the columns of an interview, except its time of creation."""
    return {
        "id": interview.id,
        "opening_id": interview.opening,
        "candidate_id": interview.candidate,
        "interviewer_id": interview.interviewer,
        "state": str(interview.state),
        "scheduled_at": interview.scheduled_at,
        "round": interview.round,
        "location": interview.location,
    }


def to_interviews(
    interviews: Rows,
    kits: Iterable[tuple[str, str]],
    drafts: Rows,
    cards: Rows,
    submitted: Rows,
    *,
    from_cards: bool = False,
) -> list[Interview]:
    """Assemble interviews from the rows of five tables.

    Args:
        interviews: In the order of the result.
        kits: Ids of interview and question, in the order in which questions are asked.
        drafts: The current ratings.
        cards: Scorecards, oldest first.
        submitted: The ratings of the scorecards.
        from_cards: Whether what was submitted last is taken from the last scorecard, and not from `drafts`.
    """
    kit = _asked(kits)
    draft = _grouped(drafts, "interview_id")
    ratings = _grouped(submitted, "interview_id", "number")
    scorecards = _grouped(cards, "interview_id")

    def put_together(row: Row[Any]) -> Interview:
        asked = kit[row.id]
        done = tuple([_scorecard(card, asked, ratings[row.id, card.number]) for card in scorecards[row.id]])
        submitted = from_cards and done and row.state == InterviewState.SUBMITTED.value
        return _interview(row, asked, done[-1].ratings if submitted else _ratings(asked, draft[row.id]), done)

    return [put_together(row) for row in interviews]


def _asked(kits: Iterable[tuple[str, str]]) -> Mapping[str, tuple[str, ...]]:
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for interview, question in kits:
        groups[interview].append(question)
    whole: dict[tuple[str, ...], tuple[str, ...]] = {}  # most interviews share their kit
    return defaultdict(tuple, {each: whole.setdefault(kit := tuple(asked), kit) for each, asked in groups.items()})


def _grouped(rows: Rows, *columns: str) -> Mapping[Any, list[Row[Any]]]:
    """Group rows by the value of a column, or by the tuple of several."""
    groups: defaultdict[Any, list[Row[Any]]] = defaultdict(list)
    key = attrgetter(*columns)
    for row in rows:
        groups[key(row)].append(row)
    return groups


def _scorecard(row: Row[Any], kit: tuple[str, ...], ratings: Sequence[Row[Any]]) -> Scorecard:
    return Scorecard(
        number=row.number,
        submitted_at=row.submitted_at,
        ratings=_ratings(kit, ratings),
        recommendation=row.recommendation,
        summary=row.summary,
        reason=row.reason,
        by=row.submitted_by,
    )


def _ratings(kit: tuple[str, ...], rows: Sequence[Row[Any]]) -> tuple[Rating, ...]:
    """Return one rating for each question of the kit, an absent one where there is no row."""
    known = {row.question_id: _rating(row) for row in rows}
    return tuple([known.get(question) or Rating(question) for question in kit])


def _rating(row: Row[Any]) -> Rating:
    return Rating(
        question=row.question_id,
        value=row.level if row.mark is None else t.readable(Mark, row.mark, "a mark"),
        evidence=row.evidence,
        probes=row.probes,
        rated_at=row.rated_at,
        after_seeing=row.after_seeing,
    )


def _interview(
    row: Row[Any], kit: tuple[str, ...], ratings: tuple[Rating, ...], scorecards: tuple[Scorecard, ...]
) -> Interview:
    return Interview(
        id=row.id,
        opening=row.opening_id,
        candidate=row.candidate_id,
        interviewer=row.interviewer_id,
        kit=kit,
        state=InterviewState.CANCELLED if row.cancelled_at else t.readable(InterviewState, row.state, "a state"),
        ratings=ratings,
        scorecards=scorecards,
        scheduled_at=row.scheduled_at,
        revision=row.revision,
        round=row.round,
        cancelled_at=row.cancelled_at,
        cancelled_reason=row.cancelled_reason,
        location=row.location,
        withdrawn_at=row.withdrawn_at,
        withdrawn_reason=row.withdrawn_reason,
    )


def insert(tx: Connection, interviews: Sequence[Interview], created_at: datetime) -> None:
    """Store new interviews with everything in them.

    Raises:
        IntegrityError: An id or the trio of opening, candidate and interviewer is taken, or one of the three
            is unknown; outside the transaction it is `Refused`.
    """
    plans = [interview_values(each) | {"created_at": created_at} for each in interviews]
    if plans:
        t.add_rows(tx, t.interviews, tuple(plans[0]), [tuple(each.values()) for each in plans])
    asked = [(each.id, question, position) for each in interviews for position, question in enumerate(each.kit)]
    t.add_rows(tx, t.kit_questions, ("interview_id", "question_id", "position"), asked)
    rated = [(each.id, *_rated(rating)) for each in interviews for rating in each.ratings if not rating.is_blank]
    t.add_rows(tx, t.ratings, ("interview_id", *_RATED), rated)
    _insert_scorecards(tx, [(i.id, scorecard) for i in interviews for scorecard in i.scorecards])


def _insert_scorecards(tx: Connection, given: Sequence[tuple[str, Scorecard]]) -> None:
    """Keep scorecards, each with the id of its interview."""
    cards = [{"interview_id": identity} | scorecard_values(card) for identity, card in given]
    if cards:
        t.add_rows(tx, t.scorecards, tuple(cards[0]), [tuple(card.values()) for card in cards])
    rated = [(identity, card.number, *_rated(rating)) for identity, card in given for rating in card.ratings]
    t.add_rows(tx, t.scorecard_ratings, ("interview_id", "number", *_RATED), rated)


def find(tx: Connection, interview_id: str) -> Interview | None:
    """Return an interview, or None."""
    return next(iter(_load(tx, {"id": interview_id})), None)


def _load(tx: Connection, which: Mapping[str, Any], *, from_cards: bool = False) -> list[Interview]:
    read, of_drafts = _reads(*which), which
    plans = _plan_rows(tx, which)
    if tx.dialect.name == "postgresql":
        read, which = _server_reads(), _wanted(plans)
        of_drafts = _wanted_drafts(plans) if from_cards else which
    return to_interviews(
        plans,
        _kits(tx, read, which),
        tx.execute(read.drafts if from_cards else read.ratings, of_drafts),
        tx.execute(read.scorecards, which),
        tx.execute(read.submitted, which),
        from_cards=from_cards,
    )


def _plan_rows(tx: Connection, which: Mapping[str, Any]) -> Sequence[Row[Any]]:
    if tx.dialect.name == "postgresql" and "opening_id" in which:
        return tx.execute(_server_plans(*which), which).all()
    return tx.execute(_reads(*which).plans, which).all()


def _wanted(plans: Iterable[Row[Any]]) -> Mapping[str, Any]:
    return {_WANTED: [row.id for row in plans]}


def _wanted_drafts(plans: Iterable[Row[Any]]) -> Mapping[str, Any]:
    return _wanted(row for row in plans if row.state != InterviewState.SUBMITTED.value)


@frozen
class _Reads:
    """The statements that read interviews, chosen by some of their columns."""

    plans: Select[Any]
    kits: Select[Any]
    ratings: Select[Any]
    drafts: Select[Any]
    """Ratings of interviews that are not submitted."""
    scorecards: Select[Any]
    submitted: Select[Any]
    """Ratings of scorecards."""


def _equals(column: str) -> ColumnElement[bool]:
    if column == _IDS:
        return t.interviews.c.id.in_(bindparam(_IDS, expanding=True))
    return t.interviews.c[column] == bindparam(column)


@cache
def _reads(*columns: str) -> _Reads:
    """Make them, once: making a statement costs several times what it takes to run it."""
    which = and_(*map(_equals, columns))
    chosen = select(t.interviews.c.id).where(which)
    plans = select(t.interviews, *_WITHDRAWN).join(t.candidates).join(t.interviewers)
    kit = t.kit_questions.c

    def rows(table: Table, chosen: Select[Any] = chosen) -> Select[Any]:
        return select(table).where(table.c.interview_id.in_(chosen))

    return _Reads(
        plans=plans.where(which).order_by(*_BY_ADDING),
        kits=select(kit.interview_id, kit.question_id).where(kit.interview_id.in_(chosen)).order_by(kit.position),
        ratings=rows(t.ratings),
        drafts=rows(t.ratings, chosen.where(t.interviews.c.state != InterviewState.SUBMITTED.value)),
        scorecards=rows(t.scorecards).order_by(t.scorecards.c.number),
        submitted=rows(t.scorecard_ratings),
    )


@cache
def _server_reads() -> _Reads:
    """Make those of PostgreSQL, chosen by ids.

    They call functions: policies on the tables would be asked for every row, and the planner does not know what that
    takes, so that it may ask them for all rows of a table.
    """

    def rows(name: str, table: Table) -> Select[Any]:
        found = getattr(func, f"hiringkit_{name}")(bindparam(_WANTED, type_=ARRAY(Text)))
        listed = found.table_valued(*(column(each.name, each.type) for each in table.c))
        return select(*listed.c)

    kits = func.hiringkit_kits(bindparam(_WANTED, type_=ARRAY(Text))).table_valued("interview_id", "question_id")
    ratings = rows("ratings", t.ratings)
    return _Reads(
        plans=_reads(_IDS).plans,
        kits=select(kits.c.interview_id, kits.c.question_id),
        ratings=ratings,
        drafts=ratings,
        scorecards=rows("scorecards", t.scorecards),
        submitted=rows("scorecard_ratings", t.scorecard_ratings),
    )


@cache
def _server_plans(*columns: str) -> TextualSelect:
    """Make PostgreSQL's reading of an opening's interviews, chosen by its id and other columns."""
    others = " AND ".join(f"(found.plan).{each} = :{each}" for each in columns if each != "opening_id")
    listed = (*t.interviews.c, *_WITHDRAWN)
    names = ", ".join([*(f"(found.plan).{each.name}" for each in t.interviews.c), *(each.name for each in _WITHDRAWN)])
    statement = text(
        f"SELECT {names} FROM hiringkit_interviews(ARRAY[CAST(:opening_id AS text)]) AS found WHERE {others or 'true'}"  # noqa: S608
    )
    return statement.columns(*(column(each.name, each.type) for each in listed))


def _kits(tx: Connection, read: _Reads, which: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    return (tuple(row) for row in tx.execute(read.kits, which))


def of_opening(
    tx: Connection,
    opening: str,
    *,
    candidate: str | None = None,
    interviewer: str | None = None,
    from_cards: bool = False,
) -> tuple[Interview, ...]:
    """Return the interviews of an opening, by candidate and then interviewer, in the order in which they were added.

    Args:
        tx: A transaction.
        opening: Its id.
        candidate: Only this candidate's.
        interviewer: Only this interviewer's.
        from_cards: Whether what was submitted last is read from scorecards alone: it stands among the ratings too, and
            to read it twice takes half as long again.
    """
    return tuple(_load(tx, _chosen(opening, candidate, interviewer), from_cards=from_cards))


BATCH = 500
"""Interviews that are read at once where there may be any number of them."""
_IDS, _WANTED = "ids", "wanted"


def in_batches(tx: Connection, opening: str) -> Iterator[tuple[Interview, ...]]:
    """Yield the interviews of an opening in the order of `of_opening`, a batch at a time.

    Their ids come from a cursor of the server, so that memory does not grow with their number.
    """
    wanted = _reads("opening_id").plans.with_only_columns(t.interviews.c.id)
    found = tx.execute(wanted, {"opening_id": opening}, execution_options={"yield_per": BATCH})
    for batch in found.scalars().partitions():
        yield tuple(_load(tx, {_IDS: batch}))


def _chosen(opening: str, candidate: str | None, interviewer: str | None) -> dict[str, str]:
    given = {"opening_id": opening, "candidate_id": candidate, "interviewer_id": interviewer}
    return {column: value for column, value in given.items() if value is not None}


def asked(tx: Connection, opening: str) -> frozenset[str]:
    """Return the ids of all that is in a kit of an opening."""
    if tx.dialect.name == "postgresql":
        found = _wanted(_plan_rows(tx, {"opening_id": opening}))
        return frozenset(question for _, question in _kits(tx, _server_reads(), found))
    return frozenset(tx.scalars(_ASKED, {"opening_id": opening}))


def opening_of(tx: Connection, interview_id: str) -> str | None:
    """Return the id of an interview's opening, None where there is no such interview."""
    found: str | None = tx.scalar(_column("opening_id"), {"id": interview_id})
    return found


@cache
def _column(name: str) -> Select[Any]:
    return select(t.interviews.c[name]).where(_THIS)


def ids(tx: Connection) -> tuple[str, ...]:
    """Return the ids of all interviews."""
    return tuple(tx.scalars(select(t.interviews.c.id).order_by(t.interviews.c.created_at, t.interviews.c.id)))


def ids_of(tx: Connection, interviewer: str) -> tuple[str, ...]:
    """Return the ids of one interviewer's interviews, including cancelled ones."""
    mine = select(t.interviews.c.id).where(t.interviews.c.interviewer_id == interviewer)
    return tuple(tx.scalars(mine.order_by(t.interviews.c.id)))


def outlines(tx: Connection, opening: str) -> tuple[Interview, ...]:
    """Return just enough of an opening's interviews to show their progress, in the order of `of_opening`.

    Submitted ones come without ratings, and none with scorecards.
    """
    return _outlines(tx, {"opening_id": opening})


def _outlines(tx: Connection, which: Mapping[str, str]) -> tuple[Interview, ...]:
    read, of_drafts = _reads(*which), which
    plans = _plan_rows(tx, which)
    if tx.dialect.name == "postgresql":
        read, which = _server_reads(), _wanted(plans)
        of_drafts = _wanted_drafts(plans)
    return tuple(to_interviews(plans, _kits(tx, read, which), tx.execute(read.drafts, of_drafts), (), ()))


def owed(tx: Connection, interviewer: str | None = None) -> tuple[tuple[Interview, Candidate], ...]:
    """Return outlines of the interviews of open openings whose scorecard is still to come, each with its candidate.

    Args:
        tx: A transaction.
        interviewer: Only this one's.

    Returns:
        Opening by opening, oldest first, and in each in the order of `of_opening`.
    """
    server = tx.dialect.name == "postgresql"
    statement = _server_owed() if server else _owed(one=interviewer is not None)
    plans = tx.execute(statement, {"interviewer_id": interviewer}).all()
    found: list[Interview] = []
    for start in range(0, len(plans), BATCH):
        batch = plans[start : start + BATCH]
        read, which = (_server_reads(), _wanted(batch)) if server else (_reads(_IDS), {_IDS: [row.id for row in batch]})
        found += to_interviews(batch, _kits(tx, read, which), tx.execute(read.drafts, which), (), ())
    return tuple(zip(found, map(_candidate_of, plans), strict=True))


_OF_CANDIDATE = "candidate__"


def _candidate_of(row: Row[Any]) -> Candidate:
    named = {each.name: getattr(row, f"{_OF_CANDIDATE}{each.name}") for each in t.candidates.c}
    return people.to_candidate(SimpleNamespace(**named))


@cache
def _server_owed() -> TextualSelect:
    plan = [(f"(found.plan).{each.name}", each.name, each.type) for each in t.interviews.c]
    person = [(f"(found.person).{each.name}", f"{_OF_CANDIDATE}{each.name}", each.type) for each in t.candidates.c]
    withdrawn = [(f"(found.person).{each.name}", each.name, each.type) for each in _WITHDRAWN]
    listed = [*plan, *person, *withdrawn]
    names = ", ".join(f"{value} AS {name}" for value, name, _ in listed)
    statement = text(f"SELECT {names} FROM hiringkit_owed_interviews(CAST(:interviewer_id AS text)) AS found")  # noqa: S608
    return statement.columns(*(column(name, kind) for _, name, kind in listed))


@cache
def _owed(*, one: bool) -> Select[Any]:
    opening = t.openings.c.id == t.interviews.c.opening_id
    whole = t.interviews.join(t.candidates).join(t.interviewers).join(t.openings, opening)
    person = (each.label(f"{_OF_CANDIDATE}{each.name}") for each in t.candidates.c)
    owed = (
        t.openings.c.closed_at.is_(None),
        t.interviews.c.state != InterviewState.SUBMITTED.value,
        t.interviews.c.cancelled_at.is_(None),
        t.candidates.c.withdrawn_at.is_(None),
        *([t.interviews.c.interviewer_id == bindparam("interviewer_id")] if one else []),
    )
    plans = select(t.interviews, *_WITHDRAWN, *person).select_from(whole).where(*owed)
    return plans.order_by(t.openings.c.created_at, t.openings.c.id, *_BY_ADDING)


# CROSS keeps SQLite from beginning with the interviews, of which there are many more than withdrawn candidates
_PROGRESS = text(
    """
    SELECT opening, sum(candidates), sum(planned), sum(submitted), sum(withdrawn_planned), sum(withdrawn_submitted)
    FROM (
        SELECT opening_id AS opening, count(*) - count(withdrawn_at) AS candidates, 0 AS planned, 0 AS submitted,
            0 AS withdrawn_planned, 0 AS withdrawn_submitted
        FROM candidates GROUP BY opening_id
        UNION ALL
        SELECT opening_id, 0, count(*) - count(cancelled_at),
            count(CASE WHEN state = 'submitted' AND cancelled_at IS NULL THEN 1 END), 0, 0
        FROM interviews GROUP BY opening_id
        UNION ALL
        SELECT c.opening_id, 0, 0, 0, count(*) - count(i.cancelled_at),
            count(CASE WHEN i.state = 'submitted' AND i.cancelled_at IS NULL THEN 1 END)
        FROM candidates c CROSS JOIN interviews i ON i.opening_id = c.opening_id AND i.candidate_id = c.id
        WHERE c.withdrawn_at IS NOT NULL GROUP BY c.opening_id)
    GROUP BY opening
    """
)
_SERVER_PROGRESS = text("SELECT * FROM hiringkit_progress()")


def progress(tx: Connection) -> dict[str, InterviewProgress]:
    """Return how far each opening is, by its id; those with neither candidates nor interviews may be missing."""
    found = tx.execute(_SERVER_PROGRESS if tx.dialect.name == "postgresql" else _PROGRESS)
    return {opening: InterviewProgress(*counts) for opening, *counts in found}


def outline(tx: Connection, interview_id: str) -> Interview | None:
    """Return an interview as `outlines` does, or None."""
    return next(iter(_outlines(tx, {"id": interview_id})), None)


def plans(
    tx: Connection, opening: str, *, candidate: str | None = None, interviewer: str | None = None
) -> tuple[Interview, ...]:
    """Return the interviews that `of_opening` does, with neither ratings nor scorecards."""
    return _plans(tx, _chosen(opening, candidate, interviewer))


def plan(tx: Connection, interview_id: str) -> Interview | None:
    """Return an interview with neither ratings nor scorecards, or None."""
    return next(iter(_plans(tx, {"id": interview_id})), None)


def plans_of(tx: Connection, interviewer: str) -> tuple[Interview, ...]:
    """Return one interviewer's interviews in all openings, with neither ratings nor scorecards."""
    return _plans(tx, {"interviewer_id": interviewer})


def _plans(tx: Connection, which: Mapping[str, str]) -> tuple[Interview, ...]:
    read = _reads(*which)
    plans = _plan_rows(tx, which)
    if tx.dialect.name == "postgresql":
        read, which = _server_reads(), _wanted(plans)
    return tuple(to_interviews(plans, _kits(tx, read, which), (), (), ()))


def with_verdicts(tx: Connection, opening: str) -> tuple[Interview, ...]:
    """Return the interviews of an opening with their scorecards, but with neither kits nor ratings.

    Ratings are most of what there is to read.
    """
    which: Mapping[str, Any] = {"opening_id": opening}
    read, plans = _reads(*which), _plan_rows(tx, which)
    if tx.dialect.name == "postgresql":
        read, which = _server_reads(), _wanted(plans)
    return tuple(to_interviews(plans, (), (), tx.execute(read.scorecards, which), ()))


def owed_candidates(tx: Connection, opening: str, interviewer: str) -> frozenset[str]:
    """Return the candidates for whom this interviewer still owes the first scorecard of an interview."""
    owed = _SERVER_OWED if tx.dialect.name == "postgresql" else _OWED
    return frozenset(tx.scalars(owed, {"opening_id": opening, "interviewer_id": interviewer}))


def others_submitted(tx: Connection, interview_id: str) -> bool:
    """Return whether somebody else has submitted an interview of the same candidate."""
    this, other = t.interviews.alias(), t.interviews.alias()
    same = (other.c.opening_id == this.c.opening_id) & (other.c.candidate_id == this.c.candidate_id)
    somebody_else = other.c.interviewer_id != this.c.interviewer_id
    found = select(other.c.id).select_from(this.join(other, same & somebody_else)).where(this.c.id == interview_id)
    return tx.scalar(found.where(other.c.state == InterviewState.SUBMITTED.value).limit(1)) is not None


def set_seen(tx: Connection, interview_id: str, at: datetime) -> None:
    """Remember that the interviewer could see others' ratings before the interview was submitted."""
    tx.execute(update(t.interviews).where(t.interviews.c.id == interview_id).values(seen_at=at))


def has_seen(tx: Connection, interview_id: str) -> bool:
    """Return whether the interviewer could see others' ratings before the interview was submitted."""
    return tx.scalar(_column("seen_at"), {"id": interview_id}) is not None


def reschedule(tx: Connection, interview_id: str, at: datetime | None, location: str) -> None:
    """Store when and where an interview is to take place."""
    change = update(t.interviews).where(t.interviews.c.id == interview_id)
    tx.execute(change.values(scheduled_at=at, location=location))


def cancel(tx: Connection, interview_id: str, at: datetime | None, reason: str) -> None:
    """Mark an interview as cancelled; None undoes that. Its ratings are kept."""
    change = update(t.interviews).where(t.interviews.c.id == interview_id)
    tx.execute(change.values(cancelled_at=at, cancelled_reason=reason))


def remove(tx: Connection, interview_id: str) -> None:
    """Delete an interview that holds nothing but its kit; cards of it that are out are no longer received.

    Raises:
        IntegrityError: It holds more; outside the transaction it is `Refused`.
    """
    for table in _WITHOUT_WORK:
        tx.execute(delete(table).where(table.c.interview_id == interview_id))
    tx.execute(delete(t.interviews).where(t.interviews.c.id == interview_id))


def holds_more_than_its_kit(tx: Connection, interview_id: str) -> bool:
    """Return whether anything was written into an interview."""
    kept = [table for table in t.metadata.tables.values() if "interview_id" in table.c and table not in _WITHOUT_WORK]
    return any(
        tx.scalar(select(table.c.interview_id).where(table.c.interview_id == interview_id).limit(1)) for table in kept
    )


def put_rating(tx: Connection, interview_id: str, rating: Rating) -> None:
    """Set the draft rating of a question, mark the interview as started, and set its place to the question.

    Raises:
        NotFound: There is no such interview, or the question is not in its kit.
        Refused: It is submitted.
    """
    if not tx.execute(_START, {"of_id": interview_id, "place": rating.question}).rowcount:
        _require(tx, interview_id)
        message = SUBMITTED_ALREADY.format(id=interview_id)
        raise Refused(message, hint=SUBMITTED_HINT.format(id=interview_id))
    values = rating_values(rating)
    # Nobody else writes until this transaction ends, so two statements are as good as an upsert.
    this = {"of_interview": interview_id, "of_question": rating.question}
    if not tx.execute(_CHANGE_RATING, values | this).rowcount:
        _require_in_kit(tx, interview_id, rating.question)
        tx.execute(_ADD_RATING, values | {"interview_id": interview_id})


def _require(tx: Connection, interview_id: str) -> None:
    if opening_of(tx, interview_id) is None:
        raise NotFound(NO_INTERVIEW.format(id=interview_id))


def _require_in_kit(tx: Connection, interview_id: str, question_id: str) -> None:
    if tx.scalar(_IN_KIT, {"interview_id": interview_id, "question_id": question_id}) is None:
        _require(tx, interview_id)
        raise NotFound(NOT_IN_KIT.format(question=question_id, id=interview_id))


def add_scorecard(tx: Connection, interview_id: str, scorecard: Scorecard) -> None:
    """Store a scorecard; the interview becomes submitted, with the scorecard's ratings.

    Raises:
        NotFound: There is no such interview.
        Refused: The scorecard's number is not the next one, because somebody else was quicker.
        ValueError: It does not have exactly one rating for each question of the kit, so that drafts would be lost.
    """
    last: int | None = tx.scalar(
        select(func.max(t.scorecards.c.number)).where(t.scorecards.c.interview_id == interview_id)
    )
    if scorecard.number != (last or 0) + 1:
        message = OVERTAKEN.format(id=interview_id)
        raise Refused(message, hint=OVERTAKEN_HINT.format(id=interview_id))
    submitted = update(t.interviews).where(t.interviews.c.id == interview_id)
    if not tx.execute(submitted.values(state=InterviewState.SUBMITTED.value, revision=_NEXT)).rowcount:
        raise NotFound(NO_INTERVIEW.format(id=interview_id))
    _require_whole_kit(tx, interview_id, scorecard)
    tx.execute(delete(t.ratings).where(t.ratings.c.interview_id == interview_id))
    rows = [{"interview_id": interview_id} | rating_values(r) for r in scorecard.ratings]
    if rows:
        tx.execute(insert_into(t.ratings), rows)
    _insert_scorecards(tx, [(interview_id, scorecard)])


def _require_whole_kit(tx: Connection, interview_id: str, scorecard: Scorecard) -> None:
    kit = tx.scalars(select(t.kit_questions.c.question_id).where(t.kit_questions.c.interview_id == interview_id))
    if sorted(kit) != sorted(rating.question for rating in scorecard.ratings):
        raise ValueError("a scorecard has one rating for each question of the kit")


def set_place(tx: Connection, interview_id: str, question_id: str) -> None:
    """Store the question at which the interview resumes.

    Raises:
        NotFound: There is no such interview, or the question is not in its kit.
    """
    _require_in_kit(tx, interview_id, question_id)
    tx.execute(update(t.interviews).where(t.interviews.c.id == interview_id).values(place=question_id))


def place(tx: Connection, interview_id: str) -> str | None:
    """Return the question at which the interview resumes; None for the first."""
    found: str | None = tx.scalar(_column("place"), {"id": interview_id})
    return found


def revision(tx: Connection, interview_id: str) -> int:
    """Return how often ratings, texts, kit or scorecards of an interview have been written."""
    return tx.scalar(_column("revision"), {"id": interview_id}) or 0


def texts(tx: Connection, interview_id: str) -> dict[InterviewText, str]:
    """Return what was written about an interview as a whole, by part; parts without text are left out."""
    rows = tx.execute(_TEXTS, {"interview_id": interview_id})
    return {t.readable(InterviewText, row.part, "a part"): row.text for row in rows if row.text}


def handovers(tx: Connection, opening: str, candidate: str) -> dict[str, str]:
    """Return what was left for a candidate's other interviewers, by the interview in which it was."""
    rows = tx.execute(_HANDOVERS, {"opening_id": opening, "candidate_id": candidate})
    return {row.interview_id: row.text for row in rows}


def handover(tx: Connection, interview_id: str) -> str:
    """Return what an interviewer leaves for the candidate's other interviewers; empty where that is nothing."""
    return texts(tx, interview_id).get(InterviewText.HANDOVER, "")


def put_text(tx: Connection, interview_id: str, part: InterviewText, text: str) -> None:
    """Set what is written about an interview as a whole.

    Raises:
        NotFound: There is no such interview.
    """
    if not tx.execute(_COUNT_WRITE, {"of_id": interview_id}).rowcount:
        raise NotFound(NO_INTERVIEW.format(id=interview_id))
    if not tx.execute(_CHANGE_TEXT, {"of_interview": interview_id, "of_part": part.value, "text": text}).rowcount:
        tx.execute(_ADD_TEXT, {"interview_id": interview_id, "part": part.value, "text": text})


def add_question(tx: Connection, interview_id: str, question_id: str) -> None:
    """Put a question at the end of an interview's kit.

    Raises:
        NotFound: There is no such interview.
        IntegrityError: The question is in the kit already; outside the transaction it is `Refused`.
    """
    if not tx.execute(_COUNT_WRITE, {"of_id": interview_id}).rowcount:
        raise NotFound(NO_INTERVIEW.format(id=interview_id))
    kit = t.kit_questions
    last = tx.scalar(select(func.max(kit.c.position)).where(kit.c.interview_id == interview_id))
    position = 0 if last is None else last + 1
    tx.execute(insert_into(kit).values(interview_id=interview_id, question_id=question_id, position=position))


def set_seconds(tx: Connection, interview_id: str, seconds: Mapping[str, int]) -> None:
    """Store how long questions have taken; those outside the kit are ignored."""
    rows = [{"of_interview": interview_id, "of": question, "seconds": taken} for question, taken in seconds.items()]
    if rows:
        tx.execute(_SET_SECONDS, rows)


def seconds(tx: Connection, interview_id: str) -> dict[str, int]:
    """Return how many seconds each question of an interview has taken."""
    return {row.question_id: row.seconds for row in tx.execute(_SECONDS, {"interview_id": interview_id})}
