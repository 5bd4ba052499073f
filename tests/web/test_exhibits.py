"""Exhibits in the browser: beside the question, on a page for the candidate, and by a link that ends."""

import re
from datetime import timedelta
from typing import Any

import pytest
from attrs import evolve

from hiringkit.actions.people import add_candidates
from hiringkit.actions.schedule import schedule_interviews
from hiringkit.domain.people import Candidate
from hiringkit.web.app import make_app
from hiringkit.web.site import read_site

FIGURES = "Rival offered the same"
SECRET = ("pipeline", "Level", "Ivy", "Zoe", "Sales Operations Manager", "Discount above 25", "marking")


@pytest.fixture
def desk(place: Any) -> Any:
    """Have Ivy interview Zoe on a question with an exhibit and one without; browsers elsewhere reach the server."""
    add_candidates(place.store, place.recruiter, "som", [Candidate("zoe", "Zoe")])
    schedule_interviews(place.store, place.recruiter, "som", "zoe", ["ivy"], questions=("deal-desk", "bottlenecks"))
    place.room = evolve(place.room, site=read_site("127.0.0.1:8080", "https://interviews.example.org"))
    place.app = make_app(place.room)
    return place


def interview_of_zoe(browser: Any) -> str:
    """Find the address of the interview with the exhibit."""
    found: list[str] = [
        address
        for address in re.findall(r'href="(/interview/[\w-]+)"', browser.get("/").text)
        if FIGURES in browser.get(f"{address}/1").text
    ]
    return found[0]


@pytest.mark.slow
def test_it_stands_beside_the_question_and_on_a_page_with_nothing_else(desk: Any) -> None:
    browser = desk.signed_in("ivy")
    here = interview_of_zoe(browser)
    assert f'href="{here}/1/exhibits"' in browser.get(f"{here}/1").text
    assert f"{here}/2/exhibits" not in browser.get(f"{here}/2").text
    page = browser.get(f"{here}/1/exhibits")
    assert FIGURES in page.text
    assert [words for words in SECRET if words in page.text] == []
    assert "<title>For you to read: hiringkit</title>" in page.text
    for number in (0, 2, 3):
        assert browser.get(f"{here}/{number}/exhibits").status_code == 404


def test_the_page_is_for_whoever_holds_the_interview(desk: Any) -> None:
    here = interview_of_zoe(desk.signed_in("ivy"))
    assert desk.browser().get(f"{here}/1/exhibits").status_code == 401
    for answer in (desk.signed_in("joe").get(f"{here}/1/exhibits"), desk.signed_in("joe").post(f"{here}/1/exhibits")):
        assert answer.status_code == 404


def test_a_link_lets_the_candidate_read_it_for_two_hours(desk: Any) -> None:
    browser = desk.signed_in("ivy")
    answer = browser.post(f"{interview_of_zoe(browser)}/1/exhibits")
    found = re.search(r'value="https://interviews\.example\.org(/read/[\w-]+)"', answer.text)
    assert found
    assert "it works until 11:00" in answer.text
    candidate = desk.browser()
    page = candidate.get(found[1])
    assert FIGURES in page.text
    assert [words for words in SECRET if words in page.text] == []
    assert "申请与规则" in candidate.get(found[1], headers={"accept-language": "zh-CN"}).text
    assert candidate.get("/").status_code == 401
    assert candidate.get(f"{found[1]}x").status_code == 404
    desk.clock.at += timedelta(hours=2)
    assert candidate.get(found[1]).status_code == 404


def test_where_only_this_machine_is_reached_no_link_is_offered(place: Any, desk: Any) -> None:
    here = interview_of_zoe(desk.signed_in("ivy"))
    assert "A link for the candidate" in desk.signed_in("ivy").get(f"{here}/1").text
    place.room = evolve(place.room, site=read_site("127.0.0.1:8080"))
    place.app = make_app(place.room)
    assert "A link for the candidate" not in place.signed_in("ivy").get(f"{here}/1").text
