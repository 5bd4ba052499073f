"""Who gets in, and who does not: links, codes, logins, and requests that no page of ours sends."""

import sqlite3
from datetime import timedelta
from typing import Any

import pytest

from hiringkit.actions.audit import audit_log
from hiringkit.actions.links import every_link, revoke_link
from hiringkit.domain.audit import Via
from hiringkit.errors import UsageProblem
from hiringkit.web.guard import LARGEST_BODY
from hiringkit.web.site import read_site

CODE = "12345678"


def test_a_link_is_not_redeemed_by_opening_it(place: Any) -> None:
    browser, link = place.browser(), place.link("ivy")
    for _time in range(3):
        answer = browser.get(link)
        assert answer.status_code == 200
        assert "set-cookie" not in answer.headers
    assert browser.post(link, data={"code": "1234-5678"}).headers["location"] == "/"
    assert browser.get("/").status_code == 200


def test_a_redeemed_link_signs_nobody_else_in(place: Any) -> None:
    link = place.link("ivy")
    place.browser().post(link, data={"code": CODE})
    other = place.browser()
    assert other.post(link, data={"code": CODE}).status_code == 403
    assert other.get("/").status_code == 401


@pytest.mark.slow
def test_five_wrong_codes_lock_a_link_for_the_right_one_too(place: Any) -> None:
    link, browser = place.link("ivy"), place.browser()
    for _time in range(5):
        assert browser.post(link, data={"code": "00000000"}).status_code == 403
    answer = browser.post(link, data={"code": CODE})
    assert answer.status_code == 403
    assert "locked after five wrong codes" in answer.text
    assert browser.get("/").status_code == 401


@pytest.mark.slow
def test_codes_are_tried_no_faster_than_anybody_types(place: Any) -> None:
    browser = place.browser()
    statuses = [browser.post("/link/guess", data={"code": "1"}).status_code for _time in range(21)]
    assert statuses == [403] * 20 + [429]
    place.clock.at += timedelta(minutes=2)
    assert browser.post("/link/guess", data={"code": "1"}).status_code == 403


def test_a_revoked_link_signs_out_whoever_used_it(place: Any) -> None:
    browser = place.signed_in("ivy")
    assert browser.get("/").status_code == 200
    (link,) = every_link(place.store, place.recruiter)
    revoke_link(place.store, place.recruiter, link.number)
    assert browser.get("/").status_code == 401


@pytest.mark.slow
@pytest.mark.parametrize("away", [timedelta(days=7), timedelta(days=14)], ids=["idle", "expired"])
def test_a_login_ends(place: Any, away: timedelta) -> None:
    browser = place.signed_in("ivy")
    if away > timedelta(days=7):
        for _day in range(away.days - 1):
            place.clock.at += timedelta(days=1)
            assert browser.get("/").status_code == 200
        away = timedelta(days=1)
    place.clock.at += away
    assert browser.get("/").status_code == 401


def test_a_login_that_somebody_planted_is_not_taken_over(place: Any) -> None:
    browser = place.browser()
    browser.cookies.set("hiringkit", "planted", domain="127.0.0.1")
    answer = browser.post(place.link("ivy"), data={"code": CODE})
    cookie = answer.headers["set-cookie"]
    assert "planted" not in cookie
    assert all(word in cookie for word in ("HttpOnly", "SameSite=strict", "Path=/"))
    planted = place.browser()
    planted.cookies.set("hiringkit", "planted", domain="127.0.0.1")
    assert planted.get("/").status_code == 401


def test_signing_out_ends_the_login_on_the_server(place: Any) -> None:
    browser = place.signed_in("ivy")
    kept = browser.cookies["hiringkit"]
    browser.post("/sign-out")
    again = place.browser()
    again.cookies.set("hiringkit", kept, domain="127.0.0.1")
    assert again.get("/").status_code == 401


def test_only_hashes_are_on_disk_and_every_step_is_in_the_audit_log(place: Any) -> None:
    link, browser = place.link("ivy"), place.browser()
    browser.post(link, data={"code": "00000000"})
    browser.post(link, data={"code": CODE})
    browser.post("/sign-out")
    dump = "\n".join(sqlite3.connect(place.store.path).iterdump())
    assert link.removeprefix("/link/") not in dump
    assert CODE not in dump
    assert "login-" not in dump
    log = [each for each in audit_log(place.store, place.recruiter) if each.action.startswith("interviewer.")]
    assert [each.action for each in log][-4:] == [
        "interviewer.link",
        "interviewer.wrong-code",
        "interviewer.sign-in",
        "interviewer.sign-out",
    ]
    assert [each.via for each in log][-3:] == [Via.WEB] * 3


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"host": "evil.example"}, 421),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "null", "sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"origin": "null"}, 200),
    ],
)
def test_what_other_sites_send_changes_nothing(place: Any, headers: dict[str, str], status: int) -> None:
    browser = place.signed_in("ivy")
    assert browser.post("/sign-out", headers=headers).status_code == status
    assert (browser.get("/").status_code == 200) is (status != 200)


@pytest.mark.slow
def test_every_answer_carries_what_protects_it(place: Any) -> None:
    browser = place.signed_in("ivy")
    for path in ("/", "/nothing", "/static/room.js", "/static/../app.py"):
        headers = browser.get(path).headers
        assert "default-src 'self'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["x-content-type-options"] == "nosniff"
    assert browser.get("/").headers["cache-control"] == "no-store"


def test_a_body_that_is_too_large_is_refused_with_a_page(place: Any) -> None:
    browser = place.signed_in("ivy")
    told = browser.post("/language", content=b"a=" + b"x" * LARGEST_BODY)
    untold = browser.post("/language", content=iter([b"a=", b"x" * LARGEST_BODY]))
    assert (told.status_code, untold.status_code) == (413, 413)
    assert browser.post("/language", content=b"\xff\xfe").status_code == 400


@pytest.mark.slow
@pytest.mark.parametrize("here", ["//evil.example", "https://evil.example", "/\\evil.example"])
def test_choosing_a_language_leads_nowhere_else(place: Any, here: str) -> None:
    answer = place.browser().post("/language", data={"language": "zh", "here": here})
    assert answer.headers["location"] == "/"


@pytest.mark.slow
def test_a_page_speaks_the_language_of_its_reader(place: Any) -> None:
    browser = place.signed_in("ivy")
    assert "我的面试" in browser.get("/", headers={"accept-language": "zh-CN,zh;q=0.9"}).text
    assert "My interviews" in browser.get("/").text


@pytest.mark.parametrize(
    ("bind", "url", "lan"),
    [
        ("0.0.0.0:8080", None, False),
        ("192.168.1.20:8080", None, False),
        ("0.0.0.0:8080", None, True),
        ("127.0.0.1", None, False),
        ("example.org:80", None, False),
        ("127.0.0.1:8080", "http://example.org", False),
        ("127.0.0.1:8080", "https://example.org/path", False),
        ("127.0.0.1:8080", "https://me@example.org", False),
        ("127.0.0.1:99999", None, False),
    ],
)
def test_others_reach_it_only_where_somebody_said_so(bind: str, url: str | None, lan: bool) -> None:
    with pytest.raises(UsageProblem):
        read_site(bind, url, insecure_lan=lan)


def test_behind_a_proxy_the_cookie_is_for_https_alone() -> None:
    site = read_site("0.0.0.0:8080", "https://Interviews.example.org:443/")
    assert (site.address, site.cookie, site.secure) == ("https://interviews.example.org", "__Host-hiringkit", True)
    assert site.hosts == {"interviews.example.org"}
    assert read_site("[::1]:8080").hosts == {"[::1]:8080", "localhost:8080", "127.0.0.1:8080"}


def test_browsers_say_where_a_form_comes_from_although_the_network_has_no_https() -> None:
    assert not read_site("192.168.1.20:8080", insecure_lan=True).trustworthy
    assert read_site("127.0.0.1:8080").trustworthy
    assert read_site("192.168.1.20:8080", "https://interviews.example.org").trustworthy
