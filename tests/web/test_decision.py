"""A decision in the browser: opened, voted on silently, revealed, talked over, closed; and who may do which of it."""

import re
from datetime import timedelta
from typing import Any

import pytest

from hiringkit.actions.audit import Actor, audit_log
from hiringkit.actions.decisions import show_decision
from hiringkit.actions.interviews import rate, submit
from hiringkit.actions.links import make_link
from hiringkit.actions.people import add_candidates, add_interviewers
from hiringkit.actions.schedule import schedule_interviews
from hiringkit.domain.decision import DecisionState, PanelDecision, VotingStage
from hiringkit.domain.people import Candidate, Interviewer

CODE = "12345678"
QUESTIONS = ("bottlenecks", "forecast-miss")
HOSTILE = "</textarea><script>alert(1)</script>\"'&{{7*7}}\x1b[31m\u202e"


def hand_in(place: Any, who: str, *levels: int) -> None:
    """Have somebody rate Ada, then Bea, and hand the scorecards in."""
    for candidate, level in zip(("ada", "bea"), levels, strict=False):
        for question in QUESTIONS:
            rate(place.store, Actor(who, place.clock), f"som/{candidate}/{who}", question, value=level)
        submit(place.store, Actor(who, place.clock), f"som/{candidate}/{who}", recommendation="yes")


@pytest.fixture
def panel(place: Any) -> Any:
    """Ivy and Joe interview Ada and Bea; Kim interviews nobody."""
    add_candidates(place.store, place.recruiter, "som", [Candidate("bea", "Bea Lind")])
    add_interviewers(place.store, place.recruiter, [Interviewer("kim", "Kim")])
    schedule_interviews(place.store, place.recruiter, "som", "bea", ["ivy", "joe"], questions=QUESTIONS)
    return place


def at_desk(place: Any, who: str) -> Any:
    """Sign in with a link to the desk."""
    browser = place.browser()
    make_link(place.store, place.recruiter, who, token=f"desk-{who}", code=CODE, expires=timedelta(days=1), desk=True)
    browser.post(f"/link/desk-{who}", data={"code": CODE})
    return browser


def decision_of(browser: Any) -> str:
    """Find the address of the decision at the desk."""
    (opening,) = re.findall(r'href="(/desk/[\w-]+)"', browser.get("/desk").text)
    found: str
    (found,) = set(re.findall(r'href="(/decision/[\w-]+)"', browser.get(opening).text))
    return str(found)


def fields(text: str, pattern: str) -> list[str]:
    """Return the names of a form's fields, each once."""
    return list(dict.fromkeys(re.findall(pattern, text)))


def on_disk(place: Any) -> PanelDecision:
    """Read the decision as a recruiter sees it."""
    return show_decision(place.store, place.recruiter, "som").decision


def open_it(browser: Any, address: str, **more: str) -> Any:
    """Open a decision as the form stands, with holistic judgement at a fifth."""
    form = browser.get(address).text
    boxes = {kind: re.findall(rf'name="{kind}" value="([\w-]+)" checked', form) for kind in ("voter", "candidate")}
    return browser.post(address, data=boxes | {"holistic": "20"} | more)


def cast(browser: Any, page: str, do: str, *levels: str, **more: str) -> Any:
    """Vote on a criterion's page, for its candidates in their order."""
    text = browser.get(page).text
    names = fields(text, r'name="(level-[\w-]+)"')
    replacing = re.search(r'name="replacing" value="(\d+)"', text)
    assert replacing
    form = dict(zip(names, levels, strict=True)) | {"replacing": replacing[1], "do": do}
    return browser.post(page, data=form | more)


@pytest.mark.slow
def test_from_opening_to_memo(panel: Any) -> None:
    hand_in(panel, "ivy", 4, 2)
    hand_in(panel, "joe", 4, 2)
    kim, ivy, joe = at_desk(panel, "kim"), panel.signed_in("ivy"), panel.signed_in("joe")
    address = decision_of(kim)
    assert open_it(kim, address).headers["location"] == address
    decision = on_disk(panel)
    assert (decision.voters, decision.candidates) == (("ivy", "joe"), ("ada", "bea"))
    assert round(decision.holistic, 6) == 0.2
    assert f'href="{address}"' in ivy.get("/").text
    count = len(decision.criteria)
    for n in range(1, count + 1):
        page = f"{address}/{n}"
        assert cast(ivy, page, "vote", "3", "4", reason="heard it" if n == 1 else "").status_code == 303
        assert "heard it" not in joe.get(page).text
        assert "heard it" not in kim.get(page).text
        early = joe.post(page, data={"do": "reveal", "revision": str(on_disk(panel).revision)})
        assert "not everybody has voted" in early.text
        assert cast(joe, page, "vote", "5", "abstain").status_code == 303
        form = {"do": "reveal", "revision": str(on_disk(panel).revision), "note": "talked" if n == 1 else ""}
        assert joe.post(page, data=form).status_code == 303
        shown = kim.get(page).text
        assert ("heard it" in shown) == (n == 1)
        assert ("talked" in shown) == (n == 1)
        for browser, levels in ((ivy, ("4", "4")), (joe, ("5", "abstain"))):
            assert cast(browser, page, "revote", *levels).status_code == 303
        assert on_disk(panel).stage(decision.criteria[n - 1].id) is VotingStage.SETTLED
    closing = kim.get(f"{address}/close").text
    (ada, _bea) = [each for each in fields(closing, r'name="for" value="([\w-]+)"') if each != "nobody"]
    revision = re.search(r'name="revision" value="(\d+)"', closing)
    assert revision
    form = {"revision": revision[1], "for": ada, "decided_by": "Dana Reyes"}
    form |= dict.fromkeys(fields(closing, r'name="(reason-[\w-]+)"'), "because")
    form |= {f"outcome-{ada}": "hired", fields(closing, r'name="(dissent-[\w-]+)"')[0]: "not I"}
    answer = kim.post(f"{address}/close", data=form)
    assert answer.headers["location"] == f"{address}/memo"
    memo = kim.get(f"{address}/memo").text
    assert "Dana Reyes" in memo
    assert "not I" in memo
    assert on_disk(panel).state is DecisionState.CLOSED
    log = audit_log(panel.store, panel.recruiter, opening="som")
    assert {each.actor for each in log if each.action in ("decision.open", "decision.close")} == {"recruiter:kim"}
    assert kim.post(address, data={"because": "Ada declined"}).status_code == 303
    assert on_disk(panel).state is DecisionState.OPEN


@pytest.mark.slow
def test_what_a_choice_goes_against_is_asked_for(panel: Any) -> None:
    hand_in(panel, "ivy", 5, 1)
    hand_in(panel, "joe", 5, 1)
    kim = at_desk(panel, "kim")
    address = decision_of(kim)
    open_it(kim, address)
    closing = kim.get(f"{address}/close").text
    assert "override-" not in closing
    (_ada, bea) = [each for each in fields(closing, r'name="for" value="([\w-]+)"') if each != "nobody"]
    form = {"revision": str(on_disk(panel).revision), "for": bea, "decided_by": HOSTILE}
    form |= dict.fromkeys(fields(closing, r'name="(reason-[\w-]+)"'), "because")
    refused = kim.post(f"{address}/close", data=form)
    assert refused.status_code == 409
    assert 'name="why"' in refused.text
    assert "<script>alert" not in refused.text
    assert refused.text.count('value="because"') == len(on_disk(panel).criteria)
    form |= {"why": "an example"}
    refused = kim.post(f"{address}/close", data=form)
    assert "the choice overrides" in refused.text
    form |= dict.fromkeys(fields(refused.text, r'name="(override-[\w-]+)"'), "we know why")
    assert kim.post(f"{address}/close", data=form).status_code == 303
    assert {each.text for each in on_disk(panel).closings[0].statements} == {"because", "we know why"}


def test_who_owes_a_scorecard_neither_votes_nor_recruits_nor_sees(panel: Any) -> None:
    hand_in(panel, "ivy", 4, 4)
    joe, kim = at_desk(panel, "joe"), at_desk(panel, "kim")
    address = decision_of(joe)
    assert "Your own scorecards come first" in joe.get(address).text
    assert open_it(joe, address).status_code == 409
    refused = open_it(kim, address)
    assert "scorecards are still owed" in refused.text
    assert 'name="why"' in refused.text
    assert open_it(kim, address, why="Joe is on leave").status_code == 303
    assert "your own scorecard is owed" in cast_any(panel, joe, f"{address}/1").text
    assert joe.get(f"{address}/close").status_code == 409
    assert joe.post(f"{address}/close", data={"for": "nobody"}).status_code == 409
    assert on_disk(panel).ballots == ()


def cast_any(panel: Any, browser: Any, page: str) -> Any:
    """Send a vote that the page offers to nobody who owes a scorecard."""
    codes = [panel.room.code("candidate", "som", each) for each in ("ada", "bea")]
    return browser.post(page, data={f"level-{code}": "3" for code in codes} | {"do": "vote", "replacing": "0"})


@pytest.mark.slow
def test_others_find_no_decision(panel: Any) -> None:
    hand_in(panel, "ivy", 4, 4)
    hand_in(panel, "joe", 4, 4)
    kim = at_desk(panel, "kim")
    address = decision_of(kim)
    ivy = panel.signed_in("ivy")
    assert ivy.get(address).status_code == 404
    open_it(kim, address)
    assert ivy.get(address).status_code == 200
    for path in ("/close",):
        assert ivy.get(address + path).status_code == 404
    assert ivy.post(f"{address}/close", data={"for": "nobody"}).status_code == 404
    assert ivy.post(f"{address}/1", data={"do": "reopen", "because": "x"}).status_code == 404
    stranger = panel.signed_in("kim")
    for path in ("", "/1", "/memo", "/close"):
        assert stranger.get(address + path).status_code == 404
    assert panel.browser().get(address).status_code == 401
    assert kim.get(f"{address}/99").status_code == 404
    assert "you act as a recruiter" not in kim.get(f"{address}/1").text
    assert "Cast the vote" not in kim.get(f"{address}/1").text


@pytest.mark.slow
def test_a_stale_page_changes_no_vote(panel: Any) -> None:
    hand_in(panel, "ivy", 4, 4)
    hand_in(panel, "joe", 4, 4)
    kim, ivy = at_desk(panel, "kim"), panel.signed_in("ivy")
    address = decision_of(kim)
    open_it(kim, address)
    page = f"{address}/1"
    cast(ivy, page, "vote", "3", "3")
    codes = fields(ivy.get(page).text, r'name="(level-[\w-]+)"')
    stale = ivy.post(page, data=dict.fromkeys(codes, "5") | {"do": "vote", "replacing": "0"})
    assert "changed elsewhere" in stale.text
    own = show_decision(panel.store, Actor("ivy", panel.clock), "som").decision
    assert set(own.ballots[0].levels.values()) == {3}
    for form in ({"do": "vote"}, {"do": "dance"}, dict.fromkeys(codes, "9") | {"do": "vote", "replacing": "1"}):
        assert ivy.post(page, data=form).status_code in (404, 409)
