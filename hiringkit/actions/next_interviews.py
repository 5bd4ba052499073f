"""Which further interview of an opening is expected to tell most about who is best."""

from collections.abc import Iterator, Mapping, Sequence

from attrs import evolve, frozen

from hiringkit.actions.audit import Actor
from hiringkit.actions.comparisons import rated_columns, require_ranking
from hiringkit.actions.kits import length
from hiringkit.actions.lookup import Tx, asked_rubric, find_interviewer
from hiringkit.actions.visibility import VisibleOpening, visible_opening
from hiringkit.domain.codes import Code
from hiringkit.domain.finding import Finding, Severity
from hiringkit.domain.interview import InterviewState
from hiringkit.domain.next_interview import NextInterview
from hiringkit.domain.rubric import Rubric
from hiringkit.errors import UsageProblem
from hiringkit.store import dropped_questions as dropped
from hiringkit.store import interviews, people
from hiringkit.store.store import Store
from hiringkit.text.sentence import Sentence

MINUTES = 45.0
"""Length of a further interview where nobody says otherwise."""
NOTHING_TO_ASK = Sentence("no further interview could tell anything: everybody has heard every question that counts")
NOTHING_TO_ASK_HINT = Sentence("a further question has to be in the rubric: hiringkit bank search TEXT")
NO_QUESTION_FITS = Sentence("no question that a candidate has not heard fits into {minutes:g} minutes")
NO_QUESTION_HINT = Sentence("--minutes with a larger number")
DISCONNECTED = Sentence("nobody leads, because not all candidates share interviewers; one interview can join them")
LINK_HINT = Sentence("hiringkit interview schedule {opening} {candidate} {interviewer}")
TOO_LARGE = Sentence("there are too many ratings to work out what one further interview would change")
NOT_CONVERGED = Sentence("the fit of the mixed model did not converge")
NO_MODEL = Sentence("what an interview would tell is not known: {reason}")


@frozen
class NextInterviews:
    """What was worked out, with the names that a person reads."""

    found: NextInterview
    candidates: dict[str, str]
    """Names by id."""
    interviewers: Mapping[str, str]
    """Names by id."""
    rubric: Rubric


def next_interview(
    store: Store,
    actor: Actor,
    opening_id: str,
    *,
    minutes: float = MINUTES,
    further: Sequence[str] = (),
    seed: int = 0,
) -> NextInterviews:
    """Work out which further interview of an opening is worth most before whoever leads is chosen.

    Interviews are those that are planned and not submitted, and one of each interviewer of the opening with each
    candidate, of questions that the candidate has not heard and nobody is going to ask. As in a comparison, candidates
    who have withdrawn are left out, and for an interviewer those whom they still owe a scorecard.

    Args:
        store: Where they are kept.
        actor: Who looks.
        opening_id: The opening.
        minutes: How long an interview that is not planned yet may be.
        further: Interviewers who have no interview in the opening, by id, name or e-mail.
        seed: Of the draws.

    Raises:
        NotFound: No such opening, or no such interviewer.
        UsageProblem: No interview can be as short as that.
        Refused: The opening does not rank candidates, so that nobody is to lead.
    """
    if not minutes > 0:
        raise UsageProblem(Sentence("an interview of {minutes:g} minutes asks nothing").format(minutes=minutes))
    with store.read() as tx:
        seen = visible_opening(tx, actor.who, opening_id)
        rubric = asked_rubric(tx, seen.opening)
        require_ranking(seen.opening, rubric)
        more = [find_interviewer(tx, who).id for who in further]
        plan = _Plan(tx, seen, rubric, more)
        found = _worked_out(seen, rubric, plan, minutes, seed)
        names = {each.id: each.name for each in people.interviewers(tx)}
    candidates = {each.id: each.name for each in seen.compared}
    found = evolve(found, findings=(*seen.hidden_findings(), *found.findings))
    return NextInterviews(found, candidates, {who: names[who] for who in plan.pool}, rubric)


class _Plan:
    """Who could interview whom, and what about."""

    def __init__(self, tx: Tx, seen: VisibleOpening, rubric: Rubric, more: Sequence[str]) -> None:
        compared = {each.id for each in seen.compared}
        gone = {each.question for each in dropped.current(tx, seen.opening.id)}
        held = [
            each
            for each in interviews.plans(tx, seen.opening.id)
            if each.candidate in compared and each.state is not InterviewState.CANCELLED
        ]
        self.candidates = [each.id for each in seen.compared]
        self.pool = tuple(dict.fromkeys([*(each.interviewer for each in held), *more]))
        self.planned = [each for each in held if each.state is not InterviewState.SUBMITTED]
        self.asked = tuple(each.id for each in rubric.asked if each.id not in gone)
        self.heard = {who: {q for each in held if each.candidate == who for q in each.kit} for who in compared}

    def possible(self) -> Iterator[tuple[str, str, tuple[str, ...], str]]:
        """Yield candidate, interviewer, questions, and the id of the interview where it is planned."""
        for each in self.planned:
            yield each.candidate, each.interviewer, tuple(q for q in each.kit if q in self.asked), each.id
        for candidate in self.candidates:
            left = tuple(q for q in self.asked if q not in self.heard[candidate])
            for interviewer in self.pool if left else ():
                if not any((each.candidate, each.interviewer) == (candidate, interviewer) for each in self.planned):
                    yield candidate, interviewer, left, ""


def _worked_out(seen: VisibleOpening, rubric: Rubric, plan: _Plan, minutes: float, seed: int) -> NextInterview:
    from hiringkit.scoring.calibrated.beliefs import read_beliefs  # noqa: PLC0415 - scipy: 0.2 s
    from hiringkit.scoring.calibrated.prior import find_prior  # noqa: PLC0415 - as above
    from hiringkit.scoring.calibrated.score import is_small  # noqa: PLC0415 - as above
    from hiringkit.scoring.design import choose_effects, hindrance, read_design  # noqa: PLC0415 - as above
    from hiringkit.scoring.next_interview import DRAWS, UNLIKELY, Possible, weigh_interviews  # noqa: PLC0415 - as above

    nothing = NextInterview(seen.opening.id, None, None, None, minutes, (), None, DRAWS)
    columns, blueprint = rated_columns(seen, rubric)
    design = read_design(columns, blueprint)
    obstacle = hindrance(design)
    if obstacle is not None:
        message = NO_MODEL.format(reason=obstacle.message)
        return evolve(nothing, findings=(evolve(obstacle, message=message),))
    if design.groups.links:
        by, who = design.groups.links[0]
        interviewer, candidate = (
            columns.interviewers[design.interviewers[by]],
            columns.candidates[design.candidates[who]],
        )
        hint = LINK_HINT.format(opening=seen.opening.id, candidate=candidate, interviewer=interviewer)
        return evolve(nothing, findings=(Finding(Code.DISCONNECTED, DISCONNECTED, Severity.WARNING, hint),))
    effects, _ = choose_effects(design, None)
    if not is_small(design, effects):
        return evolve(nothing, findings=(Finding(Code.PANEL_TOO_LARGE, TOO_LARGE, Severity.WARNING),))
    beliefs = read_beliefs(design, effects, find_prior(None))
    if beliefs is None:
        return evolve(nothing, findings=(Finding(Code.NOT_CONVERGED, NOT_CONVERGED, Severity.WARNING),))
    lengths = {question.id: length(question) for question in rubric.asked}
    possible = [Possible(*each) for each in plan.possible()]
    worth = weigh_interviews(columns, blueprint, beliefs, possible, lengths, minutes=minutes, seed=seed)
    leader = None if worth.leader is None else columns.candidates[int(design.candidates[worth.leader])]
    findings = []
    if not worth.further:
        unheard = any(not each.interview for each in possible)
        message = NO_QUESTION_FITS.format(minutes=minutes) if unheard else NOTHING_TO_ASK
        hint = NO_QUESTION_HINT if unheard else NOTHING_TO_ASK_HINT
        findings.append(Finding(Code.NOTHING_TO_ASK, message, Severity.INFO, hint))
    enough = all(each.changes < UNLIKELY for each in worth.further) if worth.further else None
    return evolve(
        nothing,
        leader=leader,
        wrong=worth.wrong,
        regret=worth.regret,
        further=worth.further,
        enough=enough,
        findings=tuple(findings),
    )
