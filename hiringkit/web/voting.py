"""Voting on one criterion: silently, then revealed and talked over, then silently once more."""

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from hiringkit.actions.decisions import reopen
from hiringkit.actions.votes import ABSTAIN, note, reveal, revote, vote
from hiringkit.domain.decision import HOLISTIC, Ballot, DecisionState, DecisionView, VotingStage
from hiringkit.domain.level import LevelNumber, write_level
from hiringkit.errors import HiringKitError, NotFound
from hiringkit.locale import _
from hiringkit.report.views.decision import stage_word, votes_table
from hiringkit.web.decision import (
    Matter,
    Trouble,
    candidate_code,
    find_matter,
    may_recruit,
    recruiter,
    trouble_of,
    whole_page,
)
from hiringkit.web.visit import Visit, go

_EMPTY = Trouble()


def show(visit: Visit) -> Response:
    """Show a criterion: what it is, what is revealed, and what can be done now."""
    return _show(visit, find_matter(visit))


def _criterion(visit: Visit, matter: Matter) -> tuple[DecisionView, str]:
    n, view = int(visit.request.path_params["n"]) - 1, matter.view
    if view is None or not 0 <= n < len(view.decision.criteria):
        raise NotFound("no such criterion")
    return view, view.decision.criteria[n].id


def _show(visit: Visit, matter: Matter, trouble: Trouble = _EMPTY) -> Response:
    view, criterion = _criterion(visit, matter)
    page, decision = whole_page(visit, matter), view.decision
    stage = decision.stage(criterion)
    found = next((each for each in view.rubric.criteria if each.id == criterion), None)
    viewer, round_ = str(view.viewer), decision.revealed(criterion) + 1
    cast = decision.ballot(criterion, round_, viewer)
    own = cast or next(filter(None, (decision.ballot(criterion, n, viewer) for n in range(round_ - 1, 0, -1))), None)
    open_ = decision.state is DecisionState.OPEN and stage is not VotingStage.SETTLED
    votes = viewer in decision.voters
    typed = visit.form if trouble.words else {}
    n = int(visit.request.path_params["n"])
    return visit.page(
        "voting.html",
        _("Criterion {n} of {count}").format(n=n, count=len(decision.criteria)),
        status=409 if trouble.words else 200,
        matter=matter,
        n=n,
        here_now=f"{matter.address}/{n}",
        onward=f"{matter.address}/{n + 1}" if n < len(decision.criteria) else matter.address,
        trouble=trouble,
        tried=visit.given("do"),
        name=page.criteria[criterion],
        definition=found.definition.in_language(visit.language) if found else "",
        stage=stage_word(stage),
        silent=stage is VotingStage.VOTING,
        settled=stage is VotingStage.SETTLED,
        reopenable=decision.state is DecisionState.OPEN,
        last=criterion == HOLISTIC,
        table=votes_table(page, criterion) if decision.revealed(criterion) else None,
        reasons=[
            (page.voters[each.voter], each.reason)
            for each in decision.ballots
            if each.criterion == criterion and each.reason and not decision.is_sealed(each)
        ],
        notes=[
            (page.voters.get(each.by, each.by), each.text) for each in decision.notes if each.criterion == criterion
        ],
        may_vote=open_ and votes,
        recruits=open_ and may_recruit(visit, matter),
        recruits_at_all=may_recruit(visit, matter),
        cast=cast,
        late=stage is VotingStage.REVOTING and own is None,
        levels=[(write_level(each.value), each.label.in_language(visit.language)) for each in view.rubric.scale.levels],
        ballot=[
            (code := candidate_code(visit, matter, each.id), each.name, _level(typed, code, own, each.id))
            for each in view.candidates
            if not each.withdrawn_at
        ],
        reason=typed.get("reason", [cast.reason if cast else ""])[-1],
        replacing=cast.revision if cast else 0,
        note=typed.get("note", [""])[-1],
        why=typed.get("why", [""])[-1],
        revision=decision.revision,
    )


def _level(typed: Mapping[str, list[str]], code: str, own: Ballot | None, candidate: str) -> str:
    """Return what is chosen for a candidate: as it was typed, else as it was voted."""
    if f"level-{code}" in typed:
        return typed[f"level-{code}"][-1]
    if own is None or candidate not in own.levels:
        return ""
    level: LevelNumber | None = own.levels[candidate]
    return ABSTAIN if level is None else write_level(level)


def act(visit: Visit) -> Response:
    """Do what the pressed button says: vote, vote again, reveal, note, or take the criterion up again."""
    matter = find_matter(visit)
    view, criterion = _criterion(visit, matter)
    does = visit.given("do")
    try:
        _act(visit, matter, view, criterion, does)
    except NotFound:
        raise
    except HiringKitError as error:
        return _show(visit, find_matter(visit), trouble_of(error))
    return go(f"{matter.address}/{visit.request.path_params['n']}")


def _act(visit: Visit, matter: Matter, view: DecisionView, criterion: str, does: str) -> None:
    store, actor, opening = visit.store, visit.actor, matter.opening.id
    why = visit.given("why").strip()
    whole: dict[str, Any] = {}
    if does in ("vote", "revote"):
        codes = {candidate_code(visit, matter, each.id): each.id for each in view.candidates}
        levels = {who: level for code, who in codes.items() if (level := visit.given(f"level-{code}"))}
        whole = {"reason": visit.given("reason"), "replacing": _whole(visit.given("replacing"))}
        if does == "vote":
            vote(store, actor, opening, criterion, levels, **whole)
        else:
            revote(store, actor, opening, criterion, levels, exception=why, **whole)
    elif does == "reveal":
        # whoever votes may reveal once everybody has; a recruiter in any case
        acting = recruiter(visit, matter) if may_recruit(visit, matter) else actor
        revision = _whole(visit.given("revision"))
        reveal(store, acting, opening, criterion, note=visit.given("note"), exception=why, revision=revision)
    elif does == "note":
        acting = actor if str(view.viewer) in view.decision.voters else recruiter(visit, matter)
        note(store, acting, opening, criterion, visit.given("note"))
    elif does == "reopen":
        reopen(store, recruiter(visit, matter), opening, because=visit.given("because"), criterion=criterion)
    else:
        raise NotFound("no such step")


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else -1
