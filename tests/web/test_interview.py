"""An interview in the browser without its script: saved, gone on with, handed in, amended, and never overwritten."""

import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import event

from hiringkit.actions.audit import Actor, audit_log, verify_audit
from hiringkit.actions.interview_plans import cancel_interview
from hiringkit.actions.interviews import add_question, rate
from hiringkit.actions.people import add_interviewers
from hiringkit.actions.schedule import schedule_interviews, show_interview
from hiringkit.domain.audit import Via
from hiringkit.domain.interview import Rating
from hiringkit.domain.people import Interviewer

HOSTILE = "</textarea><script>alert(1)</script>\"'&{{7*7}}\x1b[31m\u202e"


def drafts(place: Any) -> Any:
    """Read Ivy's ratings from disk as she sees them."""
    return show_interview(place.store, Actor("ivy", place.clock), "som/ada/ivy").interview


@pytest.mark.slow
def test_an_interview_from_the_first_question_to_an_amendment(place: Any, address: Any, version: Any) -> None:
    browser = place.signed_in("ivy")
    here = address(browser)
    assert browser.get(here).headers["location"] == f"{here}/1"
    for n, level in ((1, "4"), (2, "no-evidence")):
        form = {"version": version(browser, f"{here}/{n}"), "note": "I timed it", "rating": level, "probe": ["0"]}
        answer = browser.post(f"{here}/{n}", data={**form, "go": "next"})
        assert answer.headers["location"] == (f"{here}/2" if n == 1 else f"{here}/review")
    assert "Saved 09:00" in browser.get(f"{here}/1").text
    revision = re.search(r'name="revision" value="(\d+)"', browser.get(f"{here}/review").text)
    assert revision
    form = {"revision": revision[1], "recommendation": "yes", "summary": "Measures first"}
    assert browser.post(f"{here}/review", data=form).status_code == 303
    assert "You recommend: yes" in browser.get(f"{here}/review").text
    assert browser.get(f"{here}/1").headers["location"] == f"{here}/review"
    form = {"number": "1", "note": "I timed it", "rating": "3", "reason": ""}
    assert "needs a reason" in browser.post(f"{here}/amend/1", data=form).text
    assert browser.post(f"{here}/amend/1", data={**form, "reason": "a slip"}).status_code == 303
    late = browser.post(f"{here}/amend/0", data={"number": "1", "recommendation": "no", "reason": "again"})
    assert late.status_code == 409
    (first, second) = drafts(place).scorecards
    assert (first.recommendation, first.ratings[0].value, second.ratings[0].value) == ("yes", 4, 3)
    log = audit_log(place.store, place.recruiter, opening="som", who="ivy")
    assert {each.action for each in log} == {"interview.rate", "interview.submit", "interview.amend"}
    assert {each.via for each in log} == {Via.WEB}


@pytest.mark.slow
def test_a_stale_form_gets_both_texts_and_overwrites_nothing(place: Any, address: Any, version: Any) -> None:
    browser = place.signed_in("ivy")
    page = f"{address(browser)}/1"
    seen = version(browser, page)
    browser.post(page, data={"version": seen, "note": "from the one window", "rating": "2"})
    answer = browser.post(page, data={"version": seen, "note": "from the other", "rating": "5"})
    assert answer.status_code == 409
    assert "from the one window" in answer.text
    assert "from the other" in answer.text
    assert drafts(place).rating("bottlenecks").content == (2, "from the one window", ())
    now = re.search(r'name="version" value="(\w+)"', answer.text)
    assert now
    browser.post(page, data={"version": now[1], "note": "from both", "rating": "5"})
    assert drafts(place).rating("bottlenecks").content == (5, "from both", ())


def test_the_same_form_sent_twice_is_no_conflict(place: Any, address: Any, version: Any) -> None:
    browser = place.signed_in("ivy")
    page = f"{address(browser)}/1"
    form = {"version": version(browser, page), "note": "sent again, the answer was lost", "rating": "3"}
    assert [browser.post(page, data=form).status_code for _time in range(2)] == [303, 303]


@pytest.mark.slow
def test_undo_takes_back_what_was_done_here_and_nothing_else(place: Any, address: Any, version: Any) -> None:
    browser = place.signed_in("ivy")
    here = address(browser)
    for note, level in (("first", "2"), ("second", "4")):
        browser.post(f"{here}/1", data={"version": version(browser, f"{here}/1"), "note": note, "rating": level})
    browser.post(f"{here}/undo")
    assert drafts(place).rating("bottlenecks").content == (2, "first", ())
    rate(place.store, Actor("ivy", place.clock), "som/ada/ivy", "bottlenecks", value=5)
    assert browser.post(f"{here}/undo").status_code == 409
    assert drafts(place).rating("bottlenecks").value == 5


@pytest.mark.slow
def test_a_save_asks_no_more_of_the_database_however_many_are_on_the_panel(
    place: Any, address: Any, version: Any
) -> None:
    others = [Interviewer(f"i{n}", f"Interviewer {n}") for n in range(20)]
    add_interviewers(place.store, place.recruiter, others)
    schedule_interviews(place.store, place.recruiter, "som", "ada", [each.id for each in others])
    browser = place.signed_in("ivy")
    page = f"{address(browser)}/1"
    form = {"version": version(browser, page), "note": "I timed it", "rating": "4", "go": "stay"}
    statements: list[str] = []
    for engine in (place.store.engine, place.store.reader):
        event.listen(engine, "before_cursor_execute", lambda *told: statements.append(told[2]))
    assert browser.post(page, data=form, headers={"accept": "application/json"}).status_code == 200
    assert len(statements) <= 14
    assert sum(each.startswith("BEGIN") for each in statements) == 2
    statements.clear()
    assert browser.get(page).status_code == 200
    assert len(statements) <= 30


@pytest.mark.slow
def test_many_windows_at_once_lose_nothing(place: Any, address: Any, version: Any) -> None:
    browsers = [place.signed_in(who) for who in ("ivy", "joe") for _window in range(4)]
    pages = [f"{address(browser)}/{n % 2 + 1}" for n, browser in enumerate(browsers)]

    def hold(n: int) -> list[int]:
        page, seen, answers = pages[n], version(browsers[n], pages[n]), []
        for save in range(5):
            form = {"version": seen, "note": f"window {n}, save {save}", "go": "stay"}
            answer = browsers[n].post(page, data=form, headers={"accept": "application/json"})
            answers.append(answer.status_code)
            seen = answer.json()["version"] if answer.status_code == 200 else version(browsers[n], page)
        return answers

    with ThreadPoolExecutor(len(browsers)) as threads:
        answers = [each for window in threads.map(hold, range(len(browsers))) for each in window]
    assert set(answers) <= {200, 409}
    log = audit_log(place.store, place.recruiter, opening="som", kind="interview.write")
    assert len(log) == answers.count(200) >= 4
    assert verify_audit(place.store).problems == ()


@pytest.mark.slow
def test_typing_that_is_saved_on_the_way_is_one_step_back(place: Any, address: Any, version: Any) -> None:
    browser = place.signed_in("ivy")
    here = address(browser)
    seen = version(browser, f"{here}/1")
    for note in ("I", "I timed", "I timed it"):
        form = {"version": seen, "note": note, "go": "stay"}
        answer = browser.post(f"{here}/1", data=form, headers={"accept": "application/json"}).json()
        seen = answer["version"]
        assert answer["saved"] == "Saved 09:00"
    browser.post(f"{here}/undo")
    assert drafts(place).rating("bottlenecks").evidence == ""


@pytest.mark.slow
def test_somebody_elses_interview_is_not_there(place: Any, address: Any) -> None:
    ivy, joe = place.signed_in("ivy"), place.signed_in("joe")
    mine, theirs = address(ivy), address(joe)
    assert mine != theirs
    for path in ("", "/1", "/review", "/amend/1"):
        assert ivy.get(theirs + path).status_code == 404
    for path in ("/1", "/undo", "/notes", "/review", "/amend/1"):
        assert ivy.post(theirs + path, data={"rating": "5"}).status_code == 404
    assert ivy.get("/interview/som%2Fada%2Fjoe/1").status_code == 404


def test_an_open_page_follows_what_becomes_of_its_interview(place: Any, address: Any, version: Any) -> None:
    browser = place.signed_in("ivy")
    here = address(browser)
    form = {"version": version(browser, f"{here}/1"), "note": "I timed it", "rating": "3"}
    assert browser.post(f"{here}/1", data=form).status_code == 303
    add_question(place.store, Actor("ivy", place.clock), "som/ada/ivy", "deal-desk")
    added = {"version": Rating("deal-desk").version, "note": "asked as well", "rating": "4"}
    assert browser.post(f"{here}/3", data=added).status_code == 303
    assert drafts(place).rating("deal-desk").content == (4, "asked as well", ())
    cancel_interview(place.store, place.recruiter, "som/ada/ivy", "fell ill")
    for path in ("/1", "/notes"):
        assert browser.post(here + path, data={**form, "rating": "5", "notes": "late"}).status_code == 404
    assert drafts(place).rating("bottlenecks").value == 3


def test_nobody_is_named_in_a_title_or_an_address(place: Any, address: Any) -> None:
    browser = place.signed_in("ivy")
    here = address(browser)
    for path in ("/", f"{here}/1", f"{here}/review"):
        text = browser.get(path).text
        for part in (*re.findall(r"<title>(.*?)</title>", text), *re.findall(r'(?:href|action)="(.*?)"', text)):
            assert "ada" not in part.lower()


@pytest.mark.slow
def test_hostile_text_is_text(place: Any, address: Any, version: Any) -> None:
    browser = place.signed_in("ivy")
    here = address(browser)
    browser.post(f"{here}/1", data={"version": version(browser, f"{here}/1"), "note": HOSTILE, "rating": "1"})
    browser.post(f"{here}/1", data={"version": "stale", "note": HOSTILE + "x", "rating": "1"})
    for page in (f"{here}/1", f"{here}/review"):
        text = browser.get(page).text
        assert "<script>alert" not in text
        assert "{{7*7}}" in text
        assert "\x1b" not in text


@pytest.mark.slow
def test_what_makes_no_sense_is_refused_with_a_page(place: Any, address: Any) -> None:
    browser = place.signed_in("ivy")
    here = address(browser)
    for form in ({"rating": "9"}, {"rating": "4", "probe": "77"}, {"rating": "'; DROP TABLE ratings"}):
        answer = browser.post(f"{here}/1", data=form)
        assert answer.status_code == 409
        assert "That was not done" in answer.text
    for path in (f"{here}/0", f"{here}/99", "/interview/x/1"):
        assert browser.get(path).status_code == 404
    assert drafts(place).rating("bottlenecks").value is None
    assert browser.post(f"{here}/review", data={"revision": "0"}).status_code == 409


@pytest.mark.slow
def test_a_database_that_cannot_be_reached_is_said_and_gone_on_with(place: Any, address: Any, version: Any) -> None:
    browser = place.signed_in("ivy")
    here = address(browser)
    form = {"version": version(browser, f"{here}/1"), "note": "kept", "rating": "4", "go": "stay"}
    folder = place.store.path.parent
    away = folder.with_name("away")
    place.store.close()
    folder.rename(away)
    for answer in (browser.get("/"), browser.get(f"{here}/1"), browser.post(f"{here}/1", data=form)):
        assert answer.status_code == 503
        assert "cannot be reached at this moment" in answer.text
    answer = browser.post(f"{here}/1", data=form, headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()["title"]) == (503, "The database cannot be reached at this moment")
    away.rename(folder)
    assert browser.post(f"{here}/1", data=form).status_code == 303
    assert drafts(place).rating("bottlenecks").evidence == "kept"
