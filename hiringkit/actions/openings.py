"""Openings: one hire against one pinned rubric."""

from collections.abc import Mapping
from unicodedata import category

from attrs import evolve, frozen

from hiringkit.actions.audit import Actor, change, record
from hiringkit.actions.dropped_questions import dropped_in
from hiringkit.actions.lookup import CLOSED_HINT, Tx, find_candidate, find_opening, pinned_rubric
from hiringkit.actions.visibility import (
    owed_interviews,
    progress,
    require_recruiter,
    viewer_id,
    visible_opening,
)
from hiringkit.domain.conduct import RankingPolicy
from hiringkit.domain.interview import DroppedQuestion, Interview, InterviewProgress, InterviewState, Opening
from hiringkit.domain.panel import StoredPlan
from hiringkit.domain.people import Candidate, HiringOutcome, Interviewer
from hiringkit.domain.privacy import MONTHS_IN_YEAR, MOST_MONTHS, PRESETS
from hiringkit.domain.rubric import Rubric
from hiringkit.domain.shape import ID_SHAPE
from hiringkit.errors import Refused, UsageProblem
from hiringkit.library.catalog import Library
from hiringkit.library.yaml.write import digest_rubric, dump_rubric
from hiringkit.store import openings, panel_plans, people
from hiringkit.store.states import States, candidate_state, opening_state
from hiringkit.store.store import Store
from hiringkit.text.clean import clean_line
from hiringkit.text.sentence import Sentence

LONGEST_NAME = 300
_UNSEEN = frozenset("\N{REPLACEMENT CHARACTER}\N{BRAILLE PATTERN BLANK}\u115f\u1160\u3164\uffa0")
"""Characters categorised as letters or symbols that show nothing: fillers, and replacements of removed ones."""


@frozen
class OpeningView:
    """An opening with everything that belongs to it."""

    opening: Opening
    rubric: Rubric
    candidates: tuple[Candidate, ...]
    interviewers: tuple[Interviewer, ...]
    """Those who have an interview in it."""
    interviews: tuple[Interview, ...]
    """Enough to show their progress: no scorecards, and ratings only of drafts."""
    dropped: tuple[DroppedQuestion, ...] = ()
    """Questions that are left out for everybody."""
    plan: StoredPlan | None = None
    """The panel plan that was made last; None where there is none."""
    planned: tuple[Interviewer, ...] = ()
    """Those whom it names and who have no interview yet."""

    @property
    def is_ranked(self) -> bool:
        """Whether its candidates are put in an order."""
        return self.opening.ranks(self.rubric.policy)


@frozen
class OpeningProgress:
    """The progress of an opening."""

    opening: Opening
    candidates: int
    """Those who have not withdrawn."""
    planned: int
    """Their interviews."""
    submitted: int
    """Interviews whose scorecard is submitted."""

    @property
    def outstanding(self) -> int:
        """Scorecards that are still to come."""
        return self.planned - self.submitted


@frozen
class Waiting:
    """An interview whose scorecard is still to come."""

    interview: Interview
    opening: Opening
    candidate: Candidate
    interviewer: Interviewer


@frozen
class OpeningsOverview:
    """What there is to do."""

    me: Interviewer | None
    """The interviewer that one acts as; None for a recruiter."""
    openings: tuple[OpeningProgress, ...]
    """Oldest first."""
    waiting: tuple[Waiting, ...]
    """The interviewer's own, everybody's for a recruiter; those begun first, then by planned time."""


@frozen
class OutcomeGiven:
    """What became of a candidate, and why."""

    outcome: HiringOutcome
    reason: str = ""


NO_TIME = Sentence("{text!r} is no time for which records are kept")
NO_TIME_HINT = Sentence("one of {names}, a number of months such as 18-months, or none")
NONE = "none"


def check_id(kind: str, given: str) -> str:
    """Return an id that is well formed.

    Raises:
        UsageProblem: It is not.
    """
    if not ID_SHAPE.fits(given):
        raise UsageProblem(
            Sentence("{given!r} is no id for {kind}").format(given=given, kind=kind),
            hint="lower-case words joined by -, at most 60 signs",
        )
    return given


def checked_name(kind: str, given: str) -> str:
    """Return a name or title on one line.

    Raises:
        UsageProblem: It has no visible character, or is too long.
    """
    name = clean_line(given)
    if not any(category(char)[0] in "LNPS" and char not in _UNSEEN for char in name):
        raise UsageProblem(
            Sentence("the {kind} has no name").format(kind=kind), hint="a name has letters that can be read"
        )
    if len(name) > LONGEST_NAME:
        raise UsageProblem(
            Sentence("the name of the {kind} is longer than {longest} signs").format(kind=kind, longest=LONGEST_NAME)
        )
    return name


def create_opening(
    store: Store,
    library: Library,
    actor: Actor,
    opening_id: str,
    rubric: str,
    *,
    title: str = "",
    ranking: RankingPolicy | None = None,
    language: str = "en",
) -> Opening:
    """Create an opening that pins a rubric: its id, version, digest and full text.

    Args:
        store: Where it is kept.
        library: Where the rubric is looked up.
        actor: Who creates it.
        opening_id: Its id.
        rubric: The rubric: its id or a file.
        title: What people call it; the rubric's title if empty.
        ranking: Whether its candidates are put in an order; None leaves that to the rubric.
        language: en or zh, for the rubric's title.

    Raises:
        NotFound: No such rubric.
        FindingsError: The rubric has errors.
        Refused: The id is in use.
    """
    check_id(Sentence("an opening"), opening_id)
    loaded = library.load_rubric(rubric)
    opening = Opening(
        id=opening_id,
        title=checked_name(Sentence("opening"), title) if title else loaded.title.in_language(language),
        rubric=loaded.id,
        version=loaded.version,
        digest=digest_rubric(loaded),
        created_at=actor.now(),
        ranking=ranking,
    )
    with store.write() as tx:
        if openings.find(tx, opening_id):
            raise Refused(
                Sentence("there is an opening {opening_id!r} already").format(opening_id=opening_id),
                hint="choose another id",
            )
        openings.insert(tx, opening, dump_rubric(loaded))
        states = {"opening": (None, opening_state(opening)), "rubric": (None, [dump_rubric(loaded)])}
        detail = {"rubric": loaded.id, "digest": opening.digest, **({"ranking": str(ranking)} if ranking else {})}
        record(tx, actor, "opening.create", {"opening": opening_id}, states=states, **detail)
    return opening


def close_opening(
    store: Store, actor: Actor, opening_id: str, *, outcomes: Mapping[str, OutcomeGiven] | None = None
) -> Opening:
    """Close an opening: everything stays readable, and nothing more can be rated.

    Scorecards still owed will be missing: check `owed_scorecards` and ask the user first.

    Args:
        store: Where it is kept.
        actor: Who closes it.
        opening_id: The opening.
        outcomes: What became of candidates, by id, e-mail or name.

    Raises:
        NotFound: No such opening or candidate.
        Refused: It is closed already, or one acts as an interviewer.
    """
    with store.write() as tx:
        require_recruiter(tx, actor.who)
        before = find_opening(tx, opening_id)
        if before.closed_at:
            raise Refused(
                Sentence("opening {opening_id!r} is closed already").format(opening_id=opening_id),
                hint=CLOSED_HINT.format(opening_id=opening_id),
            )
        openings.close(tx, opening_id, actor.now())
        after = find_opening(tx, opening_id)
        record(tx, actor, "opening.close", {"opening": opening_id}, states=_states(before, after))
        keep_outcomes(tx, actor, opening_id, outcomes or {})
        return find_opening(tx, opening_id)


def _states(before: Opening, after: Opening) -> States:
    return {"opening": (opening_state(before), opening_state(after))}


def keep_outcomes(tx: Tx, actor: Actor, opening_id: str, outcomes: Mapping[str, OutcomeGiven]) -> None:
    """Record what became of candidates, by id, e-mail or name, in the transaction of what it follows from.

    Raises:
        NotFound: No such candidate.
    """
    for who, given in outcomes.items():
        before = find_candidate(tx, opening_id, who)
        reason = clean_line(given.reason)
        if (before.outcome, before.outcome_reason) == (given.outcome, reason):
            continue
        people.set_outcome(tx, opening_id, before.id, given.outcome, reason)
        subject = {"opening": opening_id, "candidate": before.id}
        detail = {"outcome": change(before.outcome and str(before.outcome), str(given.outcome))}
        if before.outcome_reason != reason:
            detail["reason"] = change(before.outcome_reason, reason)
        after = evolve(before, outcome=given.outcome, outcome_reason=reason)
        states = {"candidate": (candidate_state(before), candidate_state(after))}
        record(tx, actor, "candidate.outcome", subject, states=states, **detail)


def read_outcome(text: str) -> tuple[str, OutcomeGiven]:
    """Read what became of a candidate as typed: `CANDIDATE=hired`, or `CANDIDATE=rejected:why`.

    Raises:
        UsageProblem: It does not have that form.
    """
    who, _, rest = text.partition("=")
    word, _, reason = rest.partition(":")
    known = [str(each) for each in HiringOutcome]
    if not who.strip() or word.strip() not in known:
        raise UsageProblem(
            Sentence("{text!r} does not say what became of a candidate").format(text=text),
            hint=Sentence("CANDIDATE={names}, and the reason after a colon").format(names="|".join(known)),
        )
    return who.strip(), OutcomeGiven(HiringOutcome(word.strip()), reason)


def read_retention(text: str) -> int | None:
    """Read how long records are kept, as typed, in months; None for no time.

    Raises:
        UsageProblem: It is no such time.
    """
    word = text.strip().lower()
    if word == NONE:
        return None
    number, _, unit = word.partition("-")
    factor = {"month": 1, "months": 1, "year": MONTHS_IN_YEAR, "years": MONTHS_IN_YEAR}.get(unit, 0)
    months = (
        int(number) * factor if number.isascii() and number.isdigit() and len(number) <= len(str(MOST_MONTHS)) else 0
    )
    if not 1 <= months <= MOST_MONTHS:
        names = ", ".join(each.name for each in PRESETS)
        raise UsageProblem(NO_TIME.format(text=text), hint=NO_TIME_HINT.format(names=names))
    return months


def reopen_opening(store: Store, actor: Actor, opening_id: str) -> Opening:
    """Reopen an opening: interviews go on where they were. Outcomes are kept.

    Raises:
        NotFound: No such opening.
        Refused: It is open, or one acts as an interviewer.
    """
    with store.write() as tx:
        require_recruiter(tx, actor.who)
        before = find_opening(tx, opening_id)
        closed_at = before.closed_at
        if closed_at is None:
            raise Refused(Sentence("opening {opening_id!r} is not closed").format(opening_id=opening_id))
        openings.reopen(tx, opening_id)
        closed = closed_at.isoformat(timespec="seconds")
        states = _states(before, evolve(before, closed_at=None))
        record(tx, actor, "opening.reopen", {"opening": opening_id}, states=states, closed_at=change(closed, None))
        return find_opening(tx, opening_id)


def edit_opening(
    store: Store,
    actor: Actor,
    opening_id: str,
    *,
    title: str | None = None,
    outcomes: Mapping[str, OutcomeGiven] | None = None,
    retention: str | None = None,
    ranking: RankingPolicy | None = None,
) -> Opening:
    """Correct an opening's title or outcomes; decide how long its records are kept and whether candidates are ranked.

    The rubric stays, because ratings are based on it.

    Args:
        store: Where it is kept.
        actor: Who corrects it.
        opening_id: The opening.
        title: The right title.
        outcomes: What became of candidates, by id, e-mail or name.
        retention: As `read_retention` reads it.
        ranking: Whether its candidates are put in an order.

    Raises:
        NotFound: No such opening or candidate.
        Refused: One acts as an interviewer.
        UsageProblem: The title is empty, the time is none, or nothing is given.
    """
    if title is None and not outcomes and retention is None and ranking is None:
        raise UsageProblem("nothing is changed", hint="--title, --outcome, --retention or --ranking")
    months = None if retention is None else read_retention(retention)
    with store.write() as tx:
        require_recruiter(tx, actor.who)
        before = find_opening(tx, opening_id)
        if title is not None:
            after = checked_name(Sentence("opening"), title)
            openings.rename(tx, opening_id, after)
            states = _states(before, evolve(before, title=after))
            record(tx, actor, "opening.edit", {"opening": opening_id}, states=states, title=change(before.title, after))
        keep_outcomes(tx, actor, opening_id, outcomes or {})
        if retention is not None:
            _keep_retention(tx, actor, find_opening(tx, opening_id), months)
        if ranking is not None:
            _keep_ranking(tx, actor, find_opening(tx, opening_id), ranking)
        return find_opening(tx, opening_id)


def _keep_retention(tx: Tx, actor: Actor, before: Opening, months: int | None) -> None:
    openings.set_retention(tx, before.id, months)
    states = _states(before, evolve(before, retention_months=months))
    detail = {"retention_months": change(before.retention_months, months)}
    record(tx, actor, "opening.edit", {"opening": before.id}, states=states, **detail)


def _keep_ranking(tx: Tx, actor: Actor, before: Opening, ranking: RankingPolicy) -> None:
    openings.set_ranking(tx, before.id, ranking)
    states = _states(before, evolve(before, ranking=ranking))
    detail = {"ranking": change(before.ranking and str(before.ranking), str(ranking))}
    record(tx, actor, "opening.edit", {"opening": before.id}, states=states, **detail)


def owed_scorecards(store: Store, actor: Actor, opening_id: str) -> tuple[Waiting, ...]:
    """Return the interviews of an opening whose scorecards are still to come.

    Raises:
        NotFound: No such opening.
    """
    with store.read() as tx:
        interviewers = {interviewer.id: interviewer for interviewer in people.interviewers(tx)}
        seen = visible_opening(tx, actor.who, opening_id)
        candidates = {each.id: each for each in seen.candidates}
        return tuple(
            Waiting(each, seen.opening, candidates[each.candidate], interviewers[each.interviewer])
            for each in seen.outlines()
            if each.owed and not seen.opening.closed_at
        )


def every_opening(store: Store, actor: Actor) -> tuple[tuple[Opening, ...], Mapping[str, InterviewProgress]]:
    """Return all openings, oldest first, and how far they are, by id; one without interviews may be missing there.

    Raises:
        NotFound: Nobody is known as who looks.
    """
    with store.read() as tx:
        return progress(tx, actor.who)


def opening_ids(store: Store) -> tuple[str, ...]:
    """Return the ids of all openings, oldest first."""
    with store.read() as tx:
        return tuple(opening.id for opening in openings.every(tx))


def show_opening(store: Store, actor: Actor, opening_id: str) -> OpeningView:
    """Return an opening with its people and outlines of its interviews.

    Raises:
        NotFound: No such opening.
    """
    with store.read() as tx:
        seen = visible_opening(tx, actor.who, opening_id)
        opening, held = seen.opening, seen.outlines()
        involved = {interview.interviewer for interview in held}
        plan = panel_plans.latest(tx, opening_id)
        wanted = {each.interviewer for each in plan.plan.interviews} - involved if plan else set()
        known = people.interviewers(tx)
        return OpeningView(
            opening=opening,
            rubric=pinned_rubric(tx, opening),
            candidates=seen.candidates,
            interviewers=tuple(each for each in known if each.id in involved),
            interviews=held,
            dropped=dropped_in(tx, opening_id),
            plan=plan and plan.among(held),
            planned=tuple(each for each in known if each.id in wanted),
        )


def openings_overview(store: Store, actor: Actor) -> OpeningsOverview:
    """Return the openings and what is still to be done in the open ones; ratings only where the viewer may see them."""
    with store.read() as tx:
        viewer = viewer_id(tx, actor.who)
        interviewers = {interviewer.id: interviewer for interviewer in people.interviewers(tx)}
        every, held = progress(tx, actor.who)
        waiting = [
            Waiting(interview, opening, candidate, interviewers[interview.interviewer])
            for opening, interview, candidate in owed_interviews(tx, actor.who, every)
        ]
    return OpeningsOverview(
        me=interviewers[viewer] if viewer else None,
        openings=tuple(_progress(opening, held.get(opening.id, InterviewProgress())) for opening in every),
        waiting=tuple(sorted(waiting, key=_urgency)),
    )


def _progress(opening: Opening, held: InterviewProgress) -> OpeningProgress:
    planned, submitted = held.planned - held.withdrawn_planned, held.submitted - held.withdrawn_submitted
    return OpeningProgress(opening, held.candidates, planned, submitted)


def _urgency(waiting: Waiting) -> tuple[bool, bool, float]:
    at = waiting.interview.scheduled_at
    return waiting.interview.state is not InterviewState.STARTED, at is None, at.timestamp() if at else 0.0
