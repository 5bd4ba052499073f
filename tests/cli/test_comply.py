"""`hiringkit comply`: card, notice, explanation and human reviews; dated texts with sources, and no legal advice."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from hiringkit.actions.audit import Actor
from hiringkit.actions.compliance import law_texts
from hiringkit.library.law import law_book
from hiringkit.report.views.compliance import card_report
from hiringkit.store.store import open_store

Run = Callable[..., Any]
IDS = ["co", "ca", "il", "nyc", "eu", "uk"]


def flat(text: str) -> str:
    return " ".join(text.split())


def test_every_text_is_in_both_languages_and_has_date_and_sources() -> None:
    book = law_book()
    assert [each.id for each in book.jurisdictions] == IDS
    for each in book.jurisdictions:
        texts = (each.name, each.law, each.since, each.scope, *each.duties, *each.notice, *each.explanation)
        assert all(set(text.wordings) == {"en", "zh"} for text in texts), each.id
        assert date.fromisoformat(each.written)
        assert all(source.url.startswith("https://") for source in each.sources)
        assert each.sources
    general = (book.disclaimer, *book.notice, *book.explanation, *(t for c in book.card for t in (c.title, c.text)))
    assert all(set(text.wordings) == {"en", "zh"} for text in general)


def test_the_card_says_what_the_system_is_and_what_laws_ask_for(rated: Run) -> None:
    said = flat(rated("comply", "card", "som", "--jurisdiction", "nyc,EU").out)
    for words in ("no legal advice", "Purpose", "Instructions for human review", "Local Law 144", "is unsettled"):
        assert words in said
    assert "Colorado" not in said
    document = rated("comply", "card", "som", "-f", "json").json
    assert (document["kind"], [each["id"] for each in document["jurisdictions"]]) == ("card", IDS)
    assert document["rubric"]["digest"].startswith("sha256:")


def test_the_notice_names_the_criteria_and_no_candidate(rated: Run) -> None:
    done = rated("comply", "notice", "som", "--jurisdiction", "co", "-f", "markdown")
    assert done.code == 0
    assert "automated decision-making technology is used" in flat(done.out)
    assert "[contact]" in done.out.replace("\\", "")
    assert "Ada" not in done.out
    chinese = rated("comply", "notice", "som", "--jurisdiction", "co", "--lang", "zh").out
    assert "自动化决策技术" in chinese
    assert "不是法律意见" in "".join(chinese.split())


@pytest.mark.slow
def test_an_explanation_is_about_nobody_else(rated: Run) -> None:
    assert rated("opening", "edit", "som", "--outcome", "bo=rejected:experience").code == 0
    done = rated("comply", "explain", "som", "bo", "--jurisdiction", "co")
    said = flat(done.out)
    for words in ("To Bo", "Reason on record: experience", "reviewed by a person", "Levels go from 1 to 5"):
        assert words in said
    document = rated("comply", "explain", "som", "bo", "-f", "json").json
    assert document["candidate"] == "bo"
    for text in (done.out, rated("comply", "explain", "som", "bo", "-f", "json").out):
        assert not any(word in text for word in ("Ada", "rank", "Ivy", "Joe"))
    before = document["criteria"]
    assert any(each["score"] is not None for each in before)
    assert rated("candidate", "withdraw", "som", "ada", "--reason", "moved").code == 0
    after = rated("comply", "explain", "som", "bo", "-f", "json").json["criteria"]
    assert [each["score"] for each in after] == [each["score"] for each in before]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("explain", "som", "ada"), 1, "nothing went against 'ada'"),
        (("explain", "som", "nobody"), 1, "nobody"),
        (("explain", "som", "ada", "--as", "ivy"), 1, "only a recruiter"),
        (("log", "som", "--as", "ivy"), 1, "only a recruiter"),
        (("log", "som", "ada", "--result", "upheld"), 2, "a review has a reason"),
        (("log", "som", "ada", "--result", "upheld", "--reason", "r"), 2, "nobody says who reviewed"),
        (("log", "som", "--result", "upheld", "--reason", "r"), 2, "whose decision"),
        (("log", "som", "ada", "--reason", "r"), 2, "a review has a result"),
        (("card", "som", "--jurisdiction", "nycc"), 1, "did you mean 'nyc'"),
        (("card", "nope"), 1, "opening"),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_is_recorded(
    rated: Run, words: tuple[str, ...], code: int, said: str
) -> None:
    done = rated("comply", *words)
    assert done.code == code
    assert said in done.err
    assert rated("comply", "log", "som", "-f", "json").json["reviews"] == []


def test_a_review_is_on_record_in_the_audit_log(rated: Run) -> None:
    assert "No review is on record" in rated("comply", "log", "som").out
    why = "read all evidence [/x]\x1b[31m again"
    done = rated("comply", "log", "som", "Bo", "--result", "changed", "--reason", why, "--reviewer", "Dana")
    assert done.code == 0
    assert "\x1b" not in done.out
    assert rated("comply", "log", "som", "bo", "--result", "upheld", "--reason", "x", "--as", "recruiter:Kim").code == 0
    found = rated("comply", "log", "som", "bo", "-f", "json").json["reviews"]
    assert [(each["reviewer"], each["result"]) for each in found] == [("Dana", "changed"), ("recruiter:Kim", "upheld")]
    assert rated("comply", "log", "som", "ada", "-f", "json").json["reviews"] == []
    actions = [each["action"] for each in rated("audit", "log", "-f", "json").json["events"]]
    assert actions[-2:] == ["compliance.review", "compliance.review"]
    assert rated("audit", "verify").code == 0


@pytest.mark.slow
def test_what_a_review_says_goes_with_the_candidate_who_is_erased(rated: Run, database: Path) -> None:
    words = ("comply", "log", "som", "bo", "--result", "upheld", "--reason", "speaks of kestrels", "--reviewer", "Dana")
    assert rated(*words).code == 0
    assert rated("candidate", "erase", "som", "bo", "--yes").code == 0
    assert rated("audit", "verify").code == 0
    assert not any(b"kestrels" in path.read_bytes() for path in database.parent.iterdir() if path.is_file())
    (left,) = rated("comply", "log", "som", "-f", "json").json["reviews"]
    assert (left["reviewer"], left["result"], left["reason"]) == ("", "", "")
    assert "erased" in rated("comply", "log", "som").out


def test_texts_older_than_a_year_are_warned_of(rated: Run, database: Path) -> None:
    def stale(when: datetime) -> tuple[str, ...]:
        with open_store(str(database)) as store:
            return law_texts(store, Actor("", lambda: when), "som", ["nyc"]).stale

    assert stale(datetime(2027, 11, 29, tzinfo=UTC)) == ()
    assert stale(datetime(2027, 11, 30, tzinfo=UTC)) == ("nyc",)
    with open_store(str(database)) as store:
        texts = law_texts(store, Actor("", lambda: datetime(2030, 1, 1, tzinfo=UTC)), "som", [])
    document = card_report(texts, "en").document
    assert document["warnings"] == [
        f"The texts for {each.name.in_language('en')} are of {each.written}, more than a year ago:"
        " look the law up again."
        for each in law_book().jurisdictions
    ]
