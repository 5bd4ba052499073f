"""The desk: whose link leads there, and that it shows nobody more than their own scorecards allow."""

import re
from datetime import timedelta
from typing import Any

import pytest

from hiringkit.actions.audit import Actor
from hiringkit.actions.interviews import rate, submit
from hiringkit.actions.links import make_link
from hiringkit.actions.openings import edit_opening
from hiringkit.domain.conduct import RankingPolicy

CODE = "12345678"


def at_desk(place: Any, who: str) -> Any:
    """Sign in with a link to the desk."""
    browser = place.browser()
    make_link(place.store, place.recruiter, who, token=f"desk-{who}", code=CODE, expires=timedelta(days=1), desk=True)
    browser.post(f"/link/desk-{who}", data={"code": CODE})
    return browser


def hand_in(place: Any, who: str) -> None:
    """Have somebody rate Ada and hand the scorecard in."""
    for question in ("bottlenecks", "forecast-miss"):
        rate(place.store, Actor(who, place.clock), f"som/ada/{who}", question, value=4, evidence=f"heard by {who}")
    submit(place.store, Actor(who, place.clock), f"som/ada/{who}", recommendation="yes")


def pages(browser: Any) -> dict[str, Any]:
    """Open every page of the first opening."""
    (opening,) = re.findall(r'href="(/desk/[\w-]+)"', browser.get("/desk").text)
    found = re.findall(rf'href="({opening}/[^"]+)"', browser.get(opening).text)
    return {page.removeprefix(opening): browser.get(page) for page in found}


def test_only_a_link_to_the_desk_leads_there(place: Any) -> None:
    there = at_desk(place, "joe")
    (opening,) = re.findall(r'href="(/desk/[\w-]+)"', there.get("/desk").text)
    browser = place.signed_in("ivy")
    for path in ("/desk", opening, f"{opening}/compare", f"{opening}/debrief", f"{opening}/agreement"):
        assert browser.get(path).status_code == 404
    assert 'href="/desk"' not in browser.get("/").text


@pytest.mark.slow
def test_whoever_owes_a_scorecard_sees_nobody_elses_at_the_desk(place: Any) -> None:
    hand_in(place, "ivy")
    browser = at_desk(place, "joe")
    for page in pages(browser).values():
        assert "heard by ivy" not in page.text
    hand_in(place, "joe")
    shown = pages(browser)
    assert "heard by ivy" in shown["/debrief"].text
    assert "Krippendorff" in shown["/agreement"].text


@pytest.mark.slow
def test_pages_of_the_desk_name_nobody_in_titles_and_addresses(place: Any) -> None:
    hand_in(place, "ivy")
    hand_in(place, "joe")
    found = pages(at_desk(place, "joe"))
    assert len(found) == 5
    for address, page in found.items():
        assert page.status_code == 200
        assert "ada" not in address.lower()
        assert "Ada" not in re.findall(r"<title>(.*?)</title>", page.text)[0]


@pytest.mark.slow
def test_no_page_of_the_desk_ranks_where_the_opening_does_not(place: Any) -> None:
    hand_in(place, "ivy")
    hand_in(place, "joe")
    there = at_desk(place, "joe")
    assert any("Overall" in page.text for page in pages(there).values())
    edit_opening(place.store, place.recruiter, "som", ranking=RankingPolicy.OFF)
    for address, page in pages(there).items():
        assert page.status_code == 200
        assert address in {"/agreement", "/import"} or "This opening does not rank candidates." in page.text
        assert not re.search(r"Overall|\bRank\b", page.text)
