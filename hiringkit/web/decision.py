"""A decision in the browser: opened, where it stands, closed with reasons, and its memo."""

from collections.abc import Mapping

from attrs import frozen
from starlette.responses import Response

from hiringkit.actions.audit import Actor
from hiringkit.actions.closings import Choice, close_decision, overridden_by
from hiringkit.actions.decision_steps import Excusable
from hiringkit.actions.decisions import open_decision, reopen, show_decision
from hiringkit.actions.links import at_desk
from hiringkit.actions.openings import OutcomeGiven, every_opening, show_opening
from hiringkit.domain.decision import MOST_HOLISTIC, DecisionState, DecisionView, VotingStage
from hiringkit.domain.interview import InterviewState, Opening
from hiringkit.domain.people import HiringOutcome
from hiringkit.errors import HiringKitError, NotFound, Refused, UsageProblem
from hiringkit.locale import _, say
from hiringkit.report.render.html import report_values
from hiringkit.report.views.decision import (
    DecisionPage,
    decision_page,
    decision_report,
    memo_report,
    override_words,
    stage_word,
)
from hiringkit.text.sentence import Sentence
from hiringkit.web.visit import Visit, go

_PERCENT = 100


@frozen
class Matter:
    """The opening that a request decides on."""

    opening: Opening
    address: str
    """Of its pages."""
    desk: str
    """The address of the opening at the desk; empty for whoever has no link there."""
    view: DecisionView | None
    """None where no decision was opened."""


def find_matter(visit: Visit) -> Matter:
    """Return what a request decides on.

    Raises:
        NotFound: Neither has whoever is signed in a link to the desk of the opening, nor do they vote on it.
    """
    code, link = str(visit.request.path_params["code"]), visit.who.link
    every, _held = every_opening(visit.store, visit.actor)
    for each in every:
        if visit.room.code("decision", each.id) == code and link.opening in (None, each.id):
            break
    else:
        raise NotFound("no such decision")
    try:
        view = show_decision(visit.store, visit.actor, each.id)
    except NotFound:
        view = None
    if not link.desk and (view is None or visit.who.interviewer not in view.decision.voters):
        raise NotFound("no such decision")
    desk = f"/desk/{visit.room.code('opening', each.id)}" if link.desk else ""
    return Matter(each, f"/decision/{code}", desk, view)


def recruiter(visit: Visit, matter: Matter) -> Actor:
    """Return the recruiter as whom somebody acts.

    Raises:
        NotFound: They have no link to the desk.
        Refused: Their own scorecards are owed.
    """
    return at_desk(visit.store, visit.actor, visit.who, matter.opening.id)


def may_recruit(visit: Visit, matter: Matter) -> bool:
    """Return whether somebody may do what only recruiters do."""
    try:
        recruiter(visit, matter)
    except (NotFound, Refused):
        return False
    return True


@frozen
class Trouble:
    """Why a step was refused, for the page on which it was tried."""

    words: str = ""
    excusable: bool = False
    """Whether it is done all the same for a reason that goes on record."""


def trouble_of(error: HiringKitError) -> Trouble:
    """Say why a step was refused."""
    return Trouble(say(error.message), isinstance(error, Excusable))


def show(visit: Visit) -> Response:
    """Show where a decision stands; where none was opened, the form that opens one."""
    matter = find_matter(visit)
    return _show(visit, matter) if matter.view else _show_opening(visit, matter)


def _show_opening(visit: Visit, matter: Matter, trouble: Trouble | None = None) -> Response:
    trouble = trouble or Trouble()
    whole = show_opening(visit.store, visit.actor, matter.opening.id)
    panel = {each.interviewer for each in whole.interviews if each.state is not InterviewState.CANCELLED}
    given = visit.form if trouble.words else {}

    def chosen(kind: str, code: str, *, usual: bool) -> bool:
        return code in given.get(kind, []) if given else usual

    return visit.page(
        "decision_open.html",
        _("Decision"),
        status=409 if trouble.words else 200,
        matter=matter,
        opening=matter.opening.title or matter.opening.id,
        trouble=trouble,
        recruits=may_recruit(visit, matter),
        most=round(MOST_HOLISTIC * _PERCENT),
        holistic=given.get("holistic", ["0"])[-1],
        why=given.get("why", [""])[-1],
        people=[
            (name, words, [(code, each.name, chosen(name, code, usual=usual)) for code, each, usual in found])
            for name, words, found in (
                (
                    "voter",
                    _("Who votes"),
                    [(_voter_code(visit, each.id), each, each.id in panel) for each in whole.interviewers],
                ),
                (
                    "candidate",
                    _("Who is decided on"),
                    [
                        (candidate_code(visit, matter, each.id), each, True)
                        for each in whole.candidates
                        if not each.withdrawn_at
                    ],
                ),
            )
        ],
    )


def candidate_code(visit: Visit, matter: Matter, candidate: str) -> str:
    """Return what stands for a candidate in forms."""
    return visit.room.code("candidate", matter.opening.id, candidate)


def _voter_code(visit: Visit, voter: str) -> str:
    return visit.room.code("voter", voter)


def _show(visit: Visit, matter: Matter, trouble: Trouble | None = None) -> Response:
    page, trouble = whole_page(visit, matter), trouble or Trouble()
    decision = page.decision
    values = report_values(decision_report(page, commands=False))
    values["heading"] = values.pop("title")
    viewer = str(page.viewer)
    return visit.page(
        "decision.html",
        _("Decision"),
        status=409 if trouble.words else 200,
        matter=matter,
        trouble=trouble,
        recruits=may_recruit(visit, matter),
        closable=decision.state is DecisionState.OPEN,
        votes=viewer in decision.voters,
        criteria=[
            {
                "n": n,
                "name": page.criteria[each.id],
                "stage": stage_word(decision.stage(each.id)),
                "voted": decision.ballot(each.id, decision.revealed(each.id) + 1, viewer) is not None,
                "done": decision.stage(each.id) is VotingStage.SETTLED,
            }
            for n, each in enumerate(decision.criteria, 1)
        ],
        **(values | {"linked": ""}),
    )


def whole_page(visit: Visit, matter: Matter) -> DecisionPage:
    """Return the decision with the names in which people read it.

    Raises:
        NotFound: None was opened.
    """
    if matter.view is None:
        raise NotFound("no such decision")
    return decision_page(matter.view, visit.language)


def change(visit: Visit) -> Response:
    """Open a decision, or take one up again."""
    matter = find_matter(visit)
    opens = matter.view is None
    try:
        if opens:
            _open(visit, matter)
        else:
            acting, because = recruiter(visit, matter), visit.given("because")
            reopen(visit.store, acting, matter.opening.id, because=because)
    except NotFound:
        raise
    except HiringKitError as error:
        return (_show_opening if opens else _show)(visit, matter, trouble_of(error))
    return go(matter.address)


def _open(visit: Visit, matter: Matter) -> None:
    whole = show_opening(visit.store, visit.actor, matter.opening.id)
    voters = {_voter_code(visit, each.id): each.id for each in whole.interviewers}
    candidates = {candidate_code(visit, matter, each.id): each.id for each in whole.candidates}
    open_decision(
        visit.store,
        recruiter(visit, matter),
        matter.opening.id,
        holistic=_share(visit.given("holistic")),
        voters=_chosen(visit.form.get("voter", []), voters),
        candidates=_chosen(visit.form.get("candidate", []), candidates),
        exception=visit.given("why"),
    )


def _chosen(given: list[str], known: Mapping[str, str]) -> list[str]:
    """Return whom a form names.

    Raises:
        UsageProblem: Nobody: then everybody would be taken, which is not what the form shows.
    """
    found = [known[each] for each in given if each in known]
    if not found:
        raise UsageProblem("nobody is chosen: tick who votes, and who is decided on")
    return found


def _share(text: str) -> float:
    try:
        return float(text or 0) / _PERCENT
    except ValueError:
        raise UsageProblem(Sentence("{text!r} is no percentage, such as 20").format(text=text)) from None


def show_closing(visit: Visit) -> Response:
    """Show the form that closes a decision."""
    return _show_closing(visit, find_matter(visit))


def _show_closing(visit: Visit, matter: Matter, trouble: Trouble | None = None) -> Response:
    page, trouble = whole_page(visit, matter), trouble or Trouble()
    acting = recruiter(visit, matter)
    decision = page.decision
    if decision.state is not DecisionState.OPEN:
        return go(matter.address)
    choice = _choice(visit, matter, page)
    # what the choice goes against is told once it is made, and not before: it says who is ahead
    named = overridden_by(visit.store, acting, matter.opening.id, choice.candidate) if trouble.words else ()
    return visit.page(
        "decision_close.html",
        _("Close the decision"),
        status=409 if trouble.words else 200,
        matter=matter,
        trouble=trouble,
        opening=matter.opening.title or matter.opening.id,
        revision=decision.revision,
        decided_by=choice.decided_by,
        candidates=[
            (candidate_code(visit, matter, each), page.candidates[each], each == choice.candidate)
            for each in decision.candidates
            if each not in page.withdrawn
        ],
        nobody=visit.given("for") == "nobody",
        criteria=[(each.id, page.criteria[each.id], choice.reasons.get(each.id, "")) for each in decision.criteria],
        voters=[
            (_voter_code(visit, each), page.voters[each], choice.dissents.get(each, "")) for each in decision.voters
        ],
        overrides=[(name, override_words(page, name), choice.overrides.get(name, "")) for name in named],
        outcomes=[(each.value, _outcome_word(each)) for each in HiringOutcome],
        outcome_of={
            candidate_code(visit, matter, each): given.outcome.value for each, given in choice.outcomes.items()
        },
        why=visit.given("why"),
    )


def _outcome_word(outcome: HiringOutcome) -> str:
    return {HiringOutcome.HIRED: _("hired"), HiringOutcome.REJECTED: _("rejected")}[outcome]


def _choice(visit: Visit, matter: Matter, page: DecisionPage) -> Choice:
    """Return what a form says was decided; what is left empty is not said."""
    decision = page.decision
    codes = {candidate_code(visit, matter, each): each for each in decision.candidates}

    def said(prefix: str, names: Mapping[str, str]) -> dict[str, str]:
        return {name: text for code, name in names.items() if (text := visit.given(f"{prefix}-{code}")).strip()}

    criteria = {each.id: each.id for each in decision.criteria}
    known = set(HiringOutcome)
    outcomes = {who: word for who, word in said("outcome", codes).items() if word in known}
    return Choice(
        decided_by=visit.given("decided_by"),
        candidate=codes.get(visit.given("for")),
        reasons=said("reason", criteria),
        dissents=said("dissent", {_voter_code(visit, each): each for each in decision.voters}),
        overrides=said("override", {**criteria, "comparison": "comparison", "votes": "votes"}),
        outcomes={
            who: OutcomeGiven(HiringOutcome(word)) for who, word in outcomes.items() if word in list(HiringOutcome)
        },
    )


def close(visit: Visit) -> Response:
    """Record what was decided."""
    matter = find_matter(visit)
    page = whole_page(visit, matter)
    acting, choice, revision = recruiter(visit, matter), _choice(visit, matter, page), visit.given("revision")
    try:
        if choice.candidate is None and visit.given("for") != "nobody":
            raise UsageProblem("it is not said for whom")
        close_decision(
            visit.store,
            acting,
            matter.opening.id,
            choice,
            exception=visit.given("why"),
            revision=int(revision) if revision.isascii() and revision.isdigit() else -1,
        )
    except NotFound:
        raise
    except HiringKitError as error:
        return _show_closing(visit, find_matter(visit), trouble_of(error))
    return go(f"{matter.address}/memo")


def memo(visit: Visit) -> Response:
    """Show the memo."""
    matter = find_matter(visit)
    values = report_values(memo_report(whole_page(visit, matter)))
    values["heading"] = values.pop("title")
    links = [(_("Back to the decision"), matter.address)]
    return visit.page("desk_report.html", _("Decision memo"), links=links, **(values | {"linked": ""}))
