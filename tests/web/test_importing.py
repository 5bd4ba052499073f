"""A file of scorecards by upload: looked at first, then imported, all of it or nothing. People are invented."""

import re
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from hiringkit.actions.audit import audit_log
from hiringkit.actions.links import make_link
from hiringkit.actions.openings import show_opening
from hiringkit.actions.people import add_interviewers
from hiringkit.domain.people import Interviewer
from hiringkit.exchange.archives import LARGEST_UNPACKED, MOST_FILES
from hiringkit.web.uploads import LARGEST_UPLOAD, Upload, read_multipart

CASES = Path(__file__).parents[1] / "data" / "cases"
GREENHOUSE = Path(__file__).parents[1] / "data" / "ats" / "greenhouse-v3"
CODE = "12345678"
PLAIN = "candidate,interviewer,criterion,rating\nBo Lee,Max Ray,forecasting,4\nBo Lee,Max Ray,data-analysis,3\n"
MAP = """
columns: {candidate: candidate, interviewer: interviewer}
items: {forecasting: forecasting, data: data-analysis, people: enablement}
"""
GREENHOUSE_MAP = """
levels: {definitely_not: 1, mixed: 3}
not_assessed: [no_decision]
criteria: {Data: data-analysis}
recommendations: {strong_no: strong-no, strong_yes: strong-yes}
"""
HOSTILE = "<script>alert(1)</script>"


def at_desk(place: Any, who: str) -> Any:
    """Sign in with a link to the desk."""
    browser = place.browser()
    make_link(place.store, place.recruiter, who, token=f"desk-{who}", code=CODE, expires=timedelta(days=1), desk=True)
    browser.post(f"/link/desk-{who}", data={"code": CODE})
    return browser


@pytest.fixture
def kim(place: Any) -> Any:
    """Kim, who interviews nobody, at the desk."""
    add_interviewers(place.store, place.recruiter, [Interviewer("kim", "Kim")])
    return at_desk(place, "kim")


def page_of(browser: Any) -> str:
    """Find the page that imports."""
    (opening,) = re.findall(r'href="(/desk/[\w-]+)"', browser.get("/desk").text)
    return f"{opening}/import"


def send(browser: Any, name: str, content: str | bytes, **more: str) -> Any:
    """Send a file."""
    data = content.encode() if isinstance(content, str) else content
    return browser.post(page_of(browser), files={"file": (name, data)}, data={"do": "look"} | more)


def held(text: str) -> str:
    """Return what stands for the file that waits."""
    found = re.search(r'name="held" value="([^"]+)"', text)
    assert found
    return found[1]


def interviews(place: Any) -> list[str]:
    """Return the interviews on disk."""
    return [each.id for each in show_opening(place.store, place.recruiter, "som").interviews]


@pytest.mark.slow
def test_a_plain_sheet_is_looked_at_and_then_imported(place: Any, kim: Any) -> None:
    before = interviews(place)
    looked = send(kim, "scores.csv", PLAIN)
    assert "What would be imported" in looked.text
    assert "1 new, 0 changed" in looked.text
    assert "Bo Lee" in looked.text
    assert interviews(place) == before
    token = held(looked.text)
    done = kim.post(page_of(kim), data={"do": "import", "held": token})
    assert "<h1>Imported</h1>" in done.text
    assert len(interviews(place)) == len(before) + 1
    log = audit_log(place.store, place.recruiter, opening="som")
    assert {each.actor for each in log if each.action == "opening.import"} == {"recruiter:kim"}
    assert "The file is not here any more" in kim.post(page_of(kim), data={"do": "import", "held": token}).text
    assert send(kim, "scores.csv", PLAIN).status_code == 409  # nobody has said whether Bo Lee is the one who is there
    assert "0 new, 0 changed, 1 as they are" in send(kim, "scores.csv", PLAIN, same="yes").text


@pytest.mark.slow
def test_what_is_not_understood_is_asked_as_a_map(place: Any, kim: Any) -> None:
    content = (CASES / "wide-by-criterion.csv").read_text("utf-8")
    asked = send(kim, "wide.csv", content)
    assert "The file does not explain itself" in asked.text
    assert "What the columns and words of wide.csv mean here." in asked.text
    wrong = kim.post(page_of(kim), data={"do": "look", "held": held(asked.text), "map": "columnz: {a: b}"})
    assert wrong.status_code == 409
    assert "the map has errors" in wrong.text
    assert "map.yaml" in wrong.text
    assert "hiringkit-" not in wrong.text
    looked = kim.post(page_of(kim), data={"do": "look", "held": held(asked.text), "map": MAP})
    assert "3 new, 0 changed" in looked.text
    assert "data-analysis" in looked.text
    done = kim.post(page_of(kim), data={"do": "import", "held": held(looked.text), "map": MAP})
    assert "<h1>Imported</h1>" in done.text


@pytest.mark.slow
def test_what_is_wrong_with_a_file_is_said_and_changes_nothing(place: Any, kim: Any) -> None:
    before = interviews(place)
    for name, content in (
        ("scores.csv", PLAIN.replace("forecasting,4", f"forecasting,{HOSTILE}")),
        (f"{HOSTILE}.csv", f"{HOSTILE},{HOSTILE}\n1,2\n"),
        ("broken.json", '[{"id": 1'),
        ("book.xlsx", b"PK\x03\x04 no book"),
        ("nothing.csv", ""),
        ("../../etc/passwd.csv", PLAIN),
    ):
        answer = send(kim, name, content)
        assert answer.status_code in (200, 409)
        assert HOSTILE not in answer.text
        assert "hiringkit-" not in answer.text
    assert "Choose a file." in kim.post(page_of(kim), data={"do": "look"}).text
    assert (
        kim.post(page_of(kim), files={"file": ("a.csv", b"x")}, data={"kind": "nope", "do": "import"}).status_code
        == 409
    )
    assert interviews(place) == before


def zipped(files: dict[str, bytes]) -> bytes:
    """Return a zip archive."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


@pytest.mark.slow
def test_the_files_of_an_export_come_together_or_as_an_archive(place: Any, kim: Any) -> None:
    export = {path.name: path.read_bytes() for path in GREENHOUSE.iterdir()}
    several = [("file", (name, content)) for name, content in export.items()]
    asked = kim.post(page_of(kim), files=several, data={"do": "look"})
    assert "The file does not explain itself" in asked.text
    assert f"Another file than {len(export)} files" in asked.text
    packed = zipped({f"greenhouse/{name}": content for name, content in export.items()} | {"x/._users.json": b"no"})
    again = send(kim, "greenhouse.zip", packed)
    (draft,) = {re.findall(r"<textarea.*?>(.*?)</textarea>", each.text, re.DOTALL)[0] for each in (asked, again)}
    assert "definitely_not" in draft
    before = interviews(place)
    looked = kim.post(page_of(kim), data={"do": "look", "held": held(again.text), "map": GREENHOUSE_MAP, "same": "no"})
    assert "What would be imported" in looked.text
    assert "1 drafts were left out: nobody has submitted them." in looked.text
    done = kim.post(page_of(kim), data={"do": "import", "held": held(asked.text), "map": GREENHOUSE_MAP, "same": "no"})
    assert "<h1>Imported</h1>" in done.text
    assert len(interviews(place)) > len(before)


@pytest.mark.slow
def test_an_export_that_lacks_a_part_can_do_without(place: Any, kim: Any) -> None:
    export = [path for path in GREENHOUSE.iterdir() if path.name != "scorecard_questions.json"]
    asked = kim.post(page_of(kim), files=[("file", (path.name, path.read_bytes())) for path in export])
    assert "the collection scorecard_questions is missing" in asked.text
    assert 'value="scorecard_questions"' in asked.text
    assert 'value="applications"' not in asked.text
    done = kim.post(page_of(kim), data={"held": held(asked.text), "without": "scorecard_questions"})
    assert "The file does not explain itself" in done.text
    assert 'value="scorecard_questions" checked' in done.text


@pytest.mark.slow
def test_an_archive_is_unpacked_within_bounds(place: Any, kim: Any) -> None:
    assert "1 new, 0 changed" in send(kim, "one.zip", zipped({"a/scores.csv": PLAIN.encode()})).text
    for content, said in (
        (b"PK\x03\x04", "x.zip is no zip archive, or a damaged one"),
        (zipped({"a.json": b" " * (LARGEST_UNPACKED + 1)}), "x.zip unpacks to more than 50 MB"),
        (zipped({f"{n}.json": b"" for n in range(MOST_FILES + 1)}), f"x.zip has more than {MOST_FILES} files"),
        (zipped({"a/x.json": b"[]", "b/x.json": b"[]"}), "x.zip has two files of the name &#39;x.json&#39;"),
        (zipped({".DS_Store": b""}), "there is no file in x.zip"),
        (zipped({"../../../tmp/x/scorecards.json": b"[]", "/etc/b.json": b"[]"}), "is missing"),
    ):
        answer = send(kim, "x.zip", content)
        assert answer.status_code == 409
        assert said in answer.text
    twice = kim.post(page_of(kim), files=[("file", ("a.json", b"[]")), ("file", ("a.json", b"[]"))])
    assert "two of the files are called a.json" in twice.text
    locked = bytearray(zipped({"a.json": b"[]"}))
    locked[6] |= 1
    locked[locked.rindex(b"PK\x01\x02") + 8] |= 1
    assert "x.zip is encrypted" in send(kim, "x.zip", bytes(locked)).text


@pytest.mark.slow
def test_it_is_for_the_desk_and_for_whoever_owes_nothing(place: Any, kim: Any) -> None:
    page = page_of(kim)
    joe = at_desk(place, "joe")
    assert "your own scorecards come first" in send(joe, "scores.csv", PLAIN).text
    ivy = place.signed_in("ivy")
    for browser, status in ((ivy, 404), (place.browser(), 401)):
        assert browser.get(page).status_code == status
        assert browser.post(page, files={"file": ("a.csv", b"x" * 300_000)}).status_code == status
    token = held(send(kim, "scores.csv", PLAIN).text)
    other = joe.post(page, data={"do": "import", "held": token})
    assert "The file is not here any more" in other.text
    place.clock.at += timedelta(minutes=30)
    assert "The file is not here any more" in kim.post(page, data={"do": "import", "held": token}).text


@pytest.mark.slow
def test_only_here_a_body_may_be_large(place: Any, kim: Any) -> None:
    large = b"candidate,interviewer,criterion,rating\n" + b"#" * 300_000
    assert send(kim, "large.csv", large).status_code == 409
    assert send(kim, "huge.csv", b"#" * LARGEST_UPLOAD).status_code == 413
    assert kim.post("/language", files={"file": ("a.csv", large)}).status_code == 413


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"--x",
        b"junk\r\n--x--",
        b"--x\r\n\r\nno name\r\n--x--",
        b'--x\r\nContent-Disposition: form-data; name="a"\r\n--x--',
    ],
)
def test_a_broken_form_is_refused(body: bytes) -> None:
    with pytest.raises(ValueError, match="a broken form"):
        read_multipart("multipart/form-data; boundary=x", body, 9)


def test_a_file_comes_as_it_was_sent_and_its_name_leads_nowhere() -> None:
    content = bytes(range(256)) + b"\r\n--y\r\n"
    body = (
        b'--x\r\nContent-Disposition: form-data; name="f"; filename="..\\..\\a/b:c.CSV"\r\n\r\n'
        + content
        + b"\r\n--x--\r\n"
    )
    found = read_multipart("multipart/form-data; boundary=x", body, 9)
    assert found == ({}, {"f": (Upload("b_c.CSV", content),)})
    assert read_multipart("text/plain", body, 9) is None
