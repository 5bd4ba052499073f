"""Plans of panels: who interviews whom with which questions, kept, scheduled, and made anew when something changes."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from attrs import evolve, frozen

from hiringkit.actions.audit import Actor, change, record
from hiringkit.actions.dropped_questions import dropped_in
from hiringkit.actions.interview_plans import record_plan
from hiringkit.actions.kits import length
from hiringkit.actions.lookup import Tx, find_candidate, find_interviewer, find_opening, pinned_rubric, require_open
from hiringkit.actions.schedule import keep_seen, plan_interview
from hiringkit.actions.visibility import require_recruiter, viewer_id
from hiringkit.domain.codes import Code
from hiringkit.domain.finding import Finding
from hiringkit.domain.interview import Interview, InterviewState, Opening
from hiringkit.domain.panel import (
    Availability,
    CandidateTerms,
    InterviewerTerms,
    PanelInterview,
    PanelPlan,
    PredictedReliability,
    StoredPlan,
)
from hiringkit.domain.people import Candidate
from hiringkit.domain.rubric import Rubric
from hiringkit.errors import FindingsError, NotFound, Refused, UsageProblem
from hiringkit.planning.conflicts import find_conflicts
from hiringkit.planning.design import difference_reliabilities
from hiringkit.planning.model import NoSolution
from hiringkit.planning.plan import planned_cover, planned_interviews, planned_kits
from hiringkit.planning.problem import (
    EarlierKit,
    HeldInterview,
    PanelCandidate,
    PanelCriterion,
    PanelInterviewer,
    PanelProblem,
    PanelQuestion,
)
from hiringkit.planning.selection import selection_quality
from hiringkit.planning.solve import solve_panel
from hiringkit.scoring.calibrated.prior import INTERVIEW
from hiringkit.scoring.effects import CANDIDATE, INTERVIEWER
from hiringkit.store import interviews, panel_plans, people
from hiringkit.store.states import interview_state
from hiringkit.store.store import Store
from hiringkit.text.sentence import Sentence
from hiringkit.text.similarity import nearest
from hiringkit.timezone import parse_moment

USUAL_MINUTES = 60.0
"""Of an interview for which neither the rubric nor anybody says how long it takes."""
USUAL_MARGIN = 10.0
"""Minutes of an interview for its opening and close."""
USUAL_EACH = 2
"""Distinct interviewers for each criterion."""
_GATE = 2
"""Distinct interviewers at least for a criterion that decides alone."""
_TRIED = 4
"""Further interviews with each candidate that are tried where fewer do not do."""
NO_PLAN = Sentence("no panel plan with {interviews} interviews a candidate meets all of this at once")
NO_PLAN_HINT = Sentence("giving up any one of these is enough for the others")
NO_PLAN_TRIED = Sentence("from {fewest} to {most} interviews a candidate were tried")
UNDECIDED = Sentence("no plan was found in time, and none was ruled out")
UNDECIDED_HINT = Sentence("fewer interviewers, or --interviews, make the search smaller")
NOBODY = Sentence("opening {opening_id!r} has no candidate who is in the running")
NOBODY_HINT = Sentence("add one: hiringkit candidate add {opening_id} NAME")
NO_INTERVIEWERS = Sentence("there is nobody who could interview")
NO_INTERVIEWERS_HINT = Sentence("add interviewers: hiringkit interviewer add NAME")
NO_QUESTIONS = Sentence("no question of opening {opening_id!r} is left to be asked")
NOT_ASKED = Sentence(
    "{interviewer} cannot ask about {name!r}: the rubric has neither criterion nor question of that id"
)
SCHEDULED = Sentence("interviews of plan {number} are scheduled already")
SCHEDULED_HINT = Sentence("plan the rest anew: hiringkit panel replan {opening_id}")
NO_PLAN_YET = Sentence("opening {opening_id!r} has no panel plan")
NO_PLAN_YET_HINT = Sentence("make one: hiringkit panel plan {opening_id}")
MEANWHILE = Sentence("interviews of opening {opening_id!r} changed while the plan was made, and it was not kept")
MEANWHILE_HINT = Sentence("run the command again")
NOT_PLANNED = Sentence("no interview of {candidate!r} with {interviewer!r} is planned")
NOT_PLANNED_HINT = "hiringkit panel show OPENING"
HAS_BEGUN = Sentence("the interview of {candidate!r} with {interviewer!r} has begun, and stays as it is")
MEETS_ALREADY = Sentence("{interviewer!r} is to meet {candidate!r} already")
KEPT_APART = Sentence("{interviewer!r} is not to interview {candidate!r}")
CANNOT_ASK = Sentence("{interviewer!r} cannot ask: {questions}")
REPLANNED = Sentence("replaced by panel plan {number}")


@frozen
class PanelWishes:
    """What a plan is to be like; what is None is as before, or as usual."""

    interviews: int | None = None
    """With each candidate; the fewest that do, unless given."""
    each: int | None = None
    """Distinct interviewers for each criterion."""
    minutes: float | None = None
    """Of an interview, where an interviewer's own terms do not say it."""
    margin: float | None = None
    """Minutes of an interview for its opening and close."""
    interviewers: Sequence[str] = ()
    """Who can interview, without a file; everybody unless given."""
    availability: Availability | None = None


def plan_panel(
    store: Store, actor: Actor, opening_id: str, wishes: PanelWishes, *, schedule: bool = False
) -> StoredPlan:
    """Plan an opening's panel and keep the plan; interviews that are there already stay as they are.

    Args:
        store: Where it is kept.
        actor: Who plans.
        opening_id: The opening.
        wishes: What the plan is to be like.
        schedule: Whether its interviews are scheduled too.

    Raises:
        NotFound: No such opening, or somebody or something of the availability is not known.
        Refused: The opening is closed, nobody is to be interviewed or to interview, an earlier plan is scheduled, or
            one acts as an interviewer.
        FindingsError: No plan satisfies everything; the findings are what cannot hold together.
    """
    with store.read() as tx:
        room = _Room.enter(tx, actor, opening_id)
        before = panel_plans.latest(tx, opening_id)
        if before is not None and before.among(room.held).states:
            hint = SCHEDULED_HINT.format(opening_id=opening_id)
            raise Refused(SCHEDULED.format(number=before.number), hint=hint)
        terms = _terms_of(tx, room, wishes)
        problem = _problem(tx, room, terms, None)
    return _keep(store, actor, room, _solved(problem, terms, wishes), schedule=schedule)


def replan_panel(
    store: Store, actor: Actor, opening_id: str, wishes: PanelWishes, *, schedule: bool = False
) -> StoredPlan:
    """Plan anew what is not done: interviews that have begun stay, and of the rest changes as little as can.

    Interviews of the plan before that no longer take place are cancelled, and kits changed, where `schedule` is set.

    Raises:
        NotFound: As `plan_panel`, or there is no plan.
        Refused: As `plan_panel`.
        FindingsError: As `plan_panel`.
    """
    with store.read() as tx:
        room = _Room.enter(tx, actor, opening_id)
        before = (panel_plans.latest(tx, opening_id, scheduled=True) or _latest(tx, opening_id)).plan
        terms = _terms_of(tx, room, wishes, before)
        problem = _problem(tx, room, terms, before)
    return _keep(store, actor, room, _solved(problem, terms, wishes), schedule=schedule)


def reassign_interview(
    store: Store, actor: Actor, opening_id: str, candidate: str, interviewer: str, to: str
) -> StoredPlan:
    """Let somebody else hold a planned interview: the same kit, at the same time where that person is free then.

    Where the plan is scheduled, the interview is cancelled and scheduled with that person.

    Args:
        store: Where it is kept.
        actor: Who plans.
        opening_id: The opening.
        candidate: By id, e-mail address or name.
        interviewer: Who was to hold it.
        to: Who is to hold it.

    Raises:
        NotFound: No such opening, person or planned interview, or there is no plan.
        Refused: The interview has begun, that person meets the candidate already or must not, or cannot ask about it.
    """
    with store.read() as tx:
        room = _Room.enter(tx, actor, opening_id)
        before = _latest(tx, opening_id)
        who, old, new = (
            find_candidate(tx, opening_id, candidate).id,
            find_interviewer(tx, interviewer).id,
            find_interviewer(tx, to).id,
        )
        planned = before.interview(who, old)
        if planned is None:
            raise NotFound(NOT_PLANNED.format(candidate=who, interviewer=old), hint=NOT_PLANNED_HINT)
        there = [each for each in room.held if each.candidate == who and each.state is not InterviewState.CANCELLED]
        if any(each.interviewer == old and _begun(tx, each) for each in there):
            raise Refused(HAS_BEGUN.format(candidate=who, interviewer=old))
        if before.interview(who, new) or any(each.interviewer == new for each in there):
            raise Refused(MEETS_ALREADY.format(candidate=who, interviewer=new))
        _require_fit(tx, room, before.plan, planned, new)
    moved = _moved(before.plan, planned, new)
    return _keep(store, actor, room, moved, schedule=before.scheduled or any(each.interviewer == old for each in there))


def show_panel(store: Store, actor: Actor, opening_id: str) -> StoredPlan:
    """Return the latest plan of an opening, with what has become of its interviews.

    Raises:
        NotFound: No such opening, or it has no plan.
    """
    with store.read() as tx:
        viewer_id(tx, actor.who)
        find_opening(tx, opening_id)
        return _with_states(tx, _latest(tx, opening_id))


def _latest(tx: Tx, opening_id: str) -> StoredPlan:
    found = panel_plans.latest(tx, opening_id)
    if found is None:
        raise NotFound(NO_PLAN_YET.format(opening_id=opening_id), hint=NO_PLAN_YET_HINT.format(opening_id=opening_id))
    return found


def _with_states(tx: Tx, found: StoredPlan) -> StoredPlan:
    return evolve(found.among(interviews.plans(tx, found.opening)), predicted=predict(found.plan))


def predict(plan: PanelPlan) -> PredictedReliability:
    """Return how far a plan will tell candidates apart, by what is usual of interviews before there are ratings."""
    meetings = [(each.candidate, each.interviewer) for each in plan.interviews]
    candidates = list(dict.fromkeys(candidate for candidate, _who in meetings))
    ratios = {effect: INTERVIEW.of(effect).center ** 2 for effect in (CANDIDATE, INTERVIEWER)}
    found = difference_reliabilities(meetings, candidates, candidate=ratios[CANDIDATE], interviewer=ratios[INTERVIEWER])
    if not found:
        alone = len(meetings) * ratios[CANDIDATE] / (len(meetings) * ratios[CANDIDATE] + 1.0)
        return PredictedReliability(alone, alone, None, INTERVIEW.name)
    mean = sum(found) / len(found)
    chance = selection_quality(mean, 1, len(candidates)).chance_best
    return PredictedReliability(mean, min(found), chance, INTERVIEW.name)


@frozen
class _Room:
    """An opening, and what there is to plan with."""

    opening: Opening
    rubric: Rubric
    """Without questions that are dropped."""
    candidates: tuple[Candidate, ...]
    """Who is in the running."""
    held: tuple[Interview, ...]
    """Their interviews, cancelled ones too."""

    @classmethod
    def enter(cls, tx: Tx, actor: Actor, opening_id: str) -> "_Room":
        """Read it."""
        require_recruiter(tx, actor.who)
        opening = find_opening(tx, opening_id)
        require_open(opening)
        every = people.candidates(tx, opening_id)
        running = tuple(each for each in every if not each.withdrawn_at and not each.erased_at)
        if not running:
            raise Refused(NOBODY.format(opening_id=opening_id), hint=NOBODY_HINT.format(opening_id=opening_id))
        gone = {each.question for each in dropped_in(tx, opening_id)}
        pinned = pinned_rubric(tx, opening)
        rubric = evolve(pinned, questions=tuple(each for each in pinned.asked if each.id not in gone))
        if not rubric.asked:
            raise Refused(NO_QUESTIONS.format(opening_id=opening_id))
        ids = {each.id for each in running}
        held = tuple(each for each in interviews.plans(tx, opening_id) if each.candidate in ids)
        return cls(opening, rubric, running, held)


@frozen
class _Terms:
    """Who can interview and who can come, under ids that are known."""

    interviewers: Mapping[str, InterviewerTerms]
    candidates: Mapping[str, tuple[str, ...]]
    margin: float
    each: int
    fewest: int
    """Interviews of a candidate, as the rubric has it."""


def _terms_of(tx: Tx, room: _Room, wishes: PanelWishes, before: PanelPlan | None = None) -> _Terms:
    minutes = wishes.minutes or room.rubric.policy.interview_minutes or USUAL_MINUTES
    given, panel = wishes.availability, room.rubric.policy.panel
    if given is not None and given.interviewers:
        named = {find_interviewer(tx, who).id: terms for who, terms in given.interviewers.items()}
    elif wishes.interviewers:
        named = {find_interviewer(tx, who).id: InterviewerTerms() for who in wishes.interviewers}
    elif before is not None:
        there = {each.id for each in people.interviewers(tx)}
        left = {who: each for who, each in before.available.items() if who in there}
        named = {who: evolve(each, minutes=wishes.minutes or each.minutes) for who, each in left.items()}
    else:
        named = {each.id: InterviewerTerms() for each in people.interviewers(tx)}
    if not named:
        raise Refused(NO_INTERVIEWERS, hint=NO_INTERVIEWERS_HINT)
    coming: Mapping[str, CandidateTerms] = given.candidates if given is not None else {}
    opening_id = room.opening.id
    times = {find_candidate(tx, opening_id, who).id: terms.times for who, terms in coming.items()}
    parted = {who: tuple(find_candidate(tx, opening_id, each).id for each in t.apart) for who, t in named.items()}
    return _Terms(
        {who: evolve(each, minutes=each.minutes or minutes, apart=parted[who]) for who, each in named.items()},
        times if given is not None or before is None else before.candidate_times,
        _first(wishes.margin, before.margin if before else None, USUAL_MARGIN),
        int(_first(wishes.each, before.each if before else None, USUAL_EACH)),
        panel.minimum if panel else 1,
    )


def _first(*values: float | None) -> float:
    return next(each for each in values if each is not None)


def _solved(problem: PanelProblem, terms: _Terms, wishes: PanelWishes) -> PanelPlan:
    """Return the plan with as few interviews of each candidate as do, or as many as are wished for.

    Raises:
        FindingsError: There is none.
        Refused: None was found in time.
    """
    people = len(problem.interviewers)
    if wishes.interviews and wishes.interviews > people:
        raise UsageProblem(
            Sentence("{interviews} interviews of a candidate need as many interviewers, and there are {there}").format(
                interviews=wishes.interviews, there=people
            ),
            hint="a lower --interviews, or more interviewers",
        )
    usual = max([terms.fewest, *(each.interviewers for each in problem.criteria)])
    least = wishes.interviews or max(min(usual, people), len(problem.kits))
    if least < len(problem.kits):
        raise UsageProblem(
            Sentence("the plan has {there} interviews with each candidate, and {wanted} would drop some").format(
                there=len(problem.kits), wanted=least
            ),
            hint="make a new plan, or leave out --interviews",
        )
    most = wishes.interviews or max(least, min(least + _TRIED, people))
    for count in range(least, most + 1):
        try:
            tried = evolve(problem, interviews=count)
            found = solve_panel(tried)
        except NoSolution as none:
            if not none.proven:
                raise Refused(UNDECIDED, hint=UNDECIDED_HINT) from none
            continue
        kits, planned = planned_kits(tried, found), planned_interviews(tried, found)
        return PanelPlan(
            kits,
            planned,
            planned_cover(tried, planned, kits),
            terms.margin,
            found.gap,
            terms.interviewers,
            terms.candidates,
            terms.each,
        )
    raise _no_plan(problem, least, most)


def _no_plan(problem: PanelProblem, least: int, most: int) -> FindingsError:
    """Make the error for a problem without a plan: the fewest demands that conflict, of the numbers that were tried."""
    explained = {count: find_conflicts(evolve(problem, interviews=count)) for count in sorted({least, most})}
    count, conflicts = min(explained.items(), key=lambda each: (not each[1], len(each[1])))
    findings = [
        Finding(Code.PANEL_CONFLICT, each.message, hint=each.hint, path=each.rules[0].kind.value) for each in conflicts
    ]
    hint = NO_PLAN_HINT if least == most else NO_PLAN_TRIED.format(fewest=least, most=most)
    return FindingsError(NO_PLAN.format(interviews=count), findings, hint=hint)


def _problem(tx: Tx, room: _Room, terms: _Terms, before: PanelPlan | None) -> PanelProblem:
    rubric = room.rubric
    known = {each.id for each in rubric.criteria}
    questions = tuple(PanelQuestion(each.id, length(each), _shares(each.criteria, known)) for each in rubric.asked)
    weights = {each.id: each.weight for each in rubric.criteria}
    criteria = tuple(
        PanelCriterion(
            each.id, each.weight / sum(weights.values()), max(terms.each, _GATE) if each.required else terms.each
        )
        for each in rubric.criteria
        if any(each.id in question.shares for question in questions)
    )
    names = [each.id for each in before.kits] if before else []
    return PanelProblem(
        questions,
        criteria,
        tuple(_interviewer(who, each, questions, rubric) for who, each in terms.interviewers.items()),
        tuple(_candidate(tx, each, room, terms, before, names) for each in room.candidates),
        len(names) or 1,
        terms.margin,
        tuple(_earlier(tx, room, before, name) for name in names) if before else (),
    )


def _shares(weights: Mapping[str, float], known: set[str]) -> dict[str, float]:
    """Return how a question's minutes are divided: by its weights, among the rubric's criteria."""
    kept = {criterion: weight for criterion, weight in weights.items() if criterion in known}
    total = sum(kept.values())
    return {criterion: weight / total for criterion, weight in kept.items()}


def _interviewer(
    who: str, terms: InterviewerTerms, questions: Sequence[PanelQuestion], rubric: Rubric
) -> PanelInterviewer:
    asks = None
    if terms.asks:
        known = [*(each.id for each in rubric.criteria), *(each.id for each in questions)]
        for name in terms.asks:
            if name not in known:
                near = nearest(name, known)
                hint = Sentence("did you mean {near!r}?").format(near=near) if near else ""
                raise NotFound(NOT_ASKED.format(interviewer=who, name=name), hint=hint)
        named = set(terms.asks)
        asks = frozenset(
            each.id for each in questions if each.id in named or (each.shares and set(each.shares) <= named)
        )
    times = tuple(sorted(_moments(terms.times))) if terms.times else None
    return PanelInterviewer(who, terms.minutes or USUAL_MINUTES, terms.at_least, terms.at_most, asks, times)


def _moments(texts: Sequence[str]) -> Iterator[datetime]:
    for each in texts:
        read = parse_moment(each)
        if not isinstance(read, datetime):
            raise UsageProblem(read)
        yield read


def _begun(tx: Tx, interview: Interview) -> bool:
    if interview.state in {InterviewState.STARTED, InterviewState.SUBMITTED}:
        return True
    return interviews.holds_more_than_its_kit(tx, interview.id)


def _candidate(
    tx: Tx, candidate: Candidate, room: _Room, terms: _Terms, before: PanelPlan | None, names: Sequence[str]
) -> PanelCandidate:
    """Return a candidate with the interviews that stay; a cancelled one is not planned with the same two again."""
    planned = {
        each.interviewer: names.index(each.kit)
        for each in (before.interviews if before else ())
        if each.candidate == candidate.id
    }
    held, cancelled = [], set[str]()
    for each in room.held:
        if each.candidate != candidate.id:
            continue
        if each.state is InterviewState.CANCELLED:
            cancelled.add(each.interviewer)
        elif each.interviewer not in planned or _begun(tx, each):
            kit = planned.get(each.interviewer) if each.interviewer in terms.interviewers else None
            held.append(HeldInterview(each.interviewer, each.kit, kit, each.scheduled_at))
    stays = {each.interviewer for each in held}
    cancelled -= stays
    apart = {who for who, each in terms.interviewers.items() if candidate.id in each.apart} | cancelled
    times = terms.candidates.get(candidate.id)
    return PanelCandidate(
        candidate.id,
        frozenset(apart - stays),
        frozenset(_moments(times)) if times else None,
        tuple(held),
        {who: kit for who, kit in planned.items() if who not in stays | cancelled},
    )


def _earlier(tx: Tx, room: _Room, before: PanelPlan, name: str) -> EarlierKit:
    kit = before.kit(name)
    pairs = {(each.candidate, each.interviewer) for each in before.interviews if each.kit == name}
    begun = any((each.candidate, each.interviewer) in pairs and _begun(tx, each) for each in room.held)
    return EarlierKit(kit.questions if kit else (), begun)


def _require_fit(tx: Tx, room: _Room, plan: PanelPlan, planned: PanelInterview, new: str) -> None:
    """Require that somebody may meet the candidate and can ask the questions, as the plan's terms have it."""
    terms = plan.available.get(new, InterviewerTerms())
    gone = {
        each.interviewer
        for each in room.held
        if each.candidate == planned.candidate and each.state is InterviewState.CANCELLED
    }
    if planned.candidate in terms.apart or new in gone:
        raise Refused(KEPT_APART.format(candidate=planned.candidate, interviewer=new))
    problem = _problem(tx, room, _Terms({new: terms}, {}, plan.margin, plan.each, 1), None)
    asks = problem.interviewers[0].asks
    left = [question for question in planned.questions if asks is not None and question not in asks]
    if left:
        raise Refused(CANNOT_ASK.format(interviewer=new, questions=", ".join(left)))


def _moved(plan: PanelPlan, planned: PanelInterview, new: str) -> PanelPlan:
    """Return the plan with one interview at the end of somebody else's, at its time where they are free then."""
    own = [each for each in plan.interviews if each.interviewer == new]
    terms = plan.available.get(new, InterviewerTerms())
    times = set(_moments(terms.times))
    free = planned.at not in {each.at for each in own} and (not times or planned.at in times)
    return plan.reassigned(planned, new, planned.at if free else None)


def _keep(store: Store, actor: Actor, room: _Room, plan: PanelPlan, *, schedule: bool) -> StoredPlan:
    """Store a plan, and schedule its interviews if that is wanted.

    The plan was made outside the transaction, because nobody's rating has to wait for that.
    """
    opening_id = room.opening.id
    with store.write() as tx:
        if _Room.enter(tx, actor, opening_id) != room:
            raise Refused(MEANWHILE.format(opening_id=opening_id), hint=MEANWHILE_HINT)
        number = panel_plans.keep(tx, opening_id, plan, actor.now(), actor.who, scheduled=schedule)
        record_plan(tx, actor, opening_id, plan, number, scheduled=schedule)
        if schedule:
            _schedule(tx, actor, room, plan, number)
        return _with_states(tx, _latest(tx, opening_id))


def _schedule(tx: Tx, actor: Actor, room: _Room, plan: PanelPlan, number: int) -> None:
    """Schedule what is not yet, change what is otherwise now, and cancel what is no longer planned."""
    there = {(each.candidate, each.interviewer): each for each in room.held if _waits(tx, each)}
    stays = {(each.candidate, each.interviewer) for each in room.held if each.state is not InterviewState.CANCELLED}
    before = _earlier_pairs(tx, room.opening.id, number)
    wanted = {(each.candidate, each.interviewer): each for each in plan.interviews}
    for pair, interview in there.items():
        if pair in before and pair not in wanted:
            _cancel(tx, actor, interview, REPLANNED.format(number=number))
    known = {each.id: each for each in room.candidates}
    for pair, planned in wanted.items():
        if pair in there:
            now = there[pair]
            _change(tx, actor, now, evolve(now, kit=planned.questions, scheduled_at=planned.at or now.scheduled_at))
        elif pair not in stays:
            candidate, interviewer = known[planned.candidate], find_interviewer(tx, planned.interviewer)
            questions = planned.questions
            plan_interview(tx, actor, room.opening, candidate, interviewer, questions=questions, at=planned.at)


def _waits(tx: Tx, interview: Interview) -> bool:
    return interview.state is InterviewState.SCHEDULED and not _begun(tx, interview)


def _earlier_pairs(tx: Tx, opening_id: str, number: int) -> set[tuple[str, str]]:
    return {
        (each.candidate, each.interviewer)
        for plan in panel_plans.before(tx, opening_id, number)
        for each in plan.interviews
    }


def _cancel(tx: Tx, actor: Actor, interview: Interview, reason: str) -> None:
    at = actor.now()
    interviews.cancel(tx, interview.id, at, reason)
    after = evolve(interview, state=InterviewState.CANCELLED, cancelled_at=at, cancelled_reason=reason)
    _record(tx, actor, "interview.cancel", interview, after, reason=reason)


def _change(tx: Tx, actor: Actor, before: Interview, after: Interview) -> None:
    """Give an interview in which nothing is written another kit or time."""
    if before.kit == after.kit and before.scheduled_at == after.scheduled_at:
        return
    if before.kit == after.kit:
        interviews.reschedule(tx, after.id, after.scheduled_at, after.location)
        _record(tx, actor, "interview.edit", before, after)
        return
    interviews.remove(tx, before.id)
    interviews.insert(tx, [after], actor.now())
    keep_seen(tx, actor, after.id)
    _record(tx, actor, "interview.edit", before, after, kit=change(list(before.kit), list(after.kit)))


def _record(tx: Tx, actor: Actor, action: str, before: Interview, after: Interview, **detail: object) -> None:
    subject = {"opening": before.opening, "candidate": before.candidate, "interview": before.id}
    states = {"interview": (interview_state(before), interview_state(after))}
    record(tx, actor, action, subject, states=states, **detail)


def criterion_names(store: Store, opening_id: str, language: str) -> dict[str, str]:
    """Return what the criteria of an opening's rubric are called, by id."""
    with store.read() as tx:
        rubric = pinned_rubric(tx, find_opening(tx, opening_id))
        return {each.id: each.name.in_language(language) for each in rubric.criteria}
