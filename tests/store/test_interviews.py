"""Interviews as they are kept: kits, drafts, scorecards."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, event

from hiringkit.actions.audit import Actor
from hiringkit.actions.interviews import write_text
from hiringkit.domain.interview import (
    Interview,
    InterviewProgress,
    InterviewState,
    InterviewText,
    Mark,
    Opening,
    Rating,
    Scorecard,
)
from hiringkit.domain.people import Candidate
from hiringkit.errors import NotFound, Refused
from hiringkit.store import interviews, openings, people
from hiringkit.store.store import Store, open_store
from hiringkit.store.tables import STORED_STATES

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
KIT = ("process-resistance", "bottlenecks", "bad-data")
RATED = (
    Rating("process-resistance", 4, "拒绝被化解 \x1b[31m", (0, 2), NOW),
    Rating("bottlenecks", Mark.NO_EVIDENCE, "nothing but slides", (), NOW),
    Rating("bad-data", Mark.NOT_ASSESSED, "", (), NOW),
)


def found(store: Store, interview_id: str = "mei-zoe") -> Interview:
    with store.read() as tx:
        interview = interviews.find(tx, interview_id)
    assert interview is not None
    return interview


def rate(store: Store, *ratings: Rating, interview_id: str = "mei-zoe") -> None:
    for rating in ratings:
        with store.write() as tx:
            interviews.put_rating(tx, interview_id, rating)


def submit(store: Store, scorecard: Scorecard, interview_id: str = "mei-zoe") -> None:
    with store.write() as tx:
        interviews.add_scorecard(tx, interview_id, scorecard)


# Kept and found


def test_a_new_interview_has_an_absent_rating_for_each_question_of_its_kit(panel: Store) -> None:
    ratings = tuple(Rating(question) for question in KIT)
    assert found(panel) == Interview("mei-zoe", "ops", "mei", "zoe", KIT, ratings=ratings)
    assert found(panel).outstanding == KIT


def test_an_unknown_interview_is_none(panel: Store) -> None:
    with panel.read() as tx:
        assert interviews.find(tx, "zoe-mei") is None
        assert interviews.opening_of(tx, "zoe-mei") is None
        assert interviews.opening_of(tx, "mei-zoe") == "ops"
        assert interviews.of_opening(tx, "ops", candidate="mei", interviewer="eve") == ()


def test_an_interview_is_found_by_who_meets_whom(panel: Store) -> None:
    with panel.read() as tx:
        met = interviews.of_opening(tx, "ops", candidate="ada", interviewer="ben")
        assert met == (interviews.find(tx, "ada-ben"),)


def test_interviews_come_by_candidate_then_interviewer_in_the_order_of_their_adding(panel: Store) -> None:
    with panel.read() as tx:
        every = [interview.id for interview in interviews.of_opening(tx, "ops")]
        of_ada = [interview.id for interview in interviews.of_opening(tx, "ops", candidate="ada")]
        by_ben = [interview.id for interview in interviews.of_opening(tx, "ops", interviewer="ben")]
        elsewhere = interviews.of_opening(tx, "other")
    assert every == ["mei-zoe", "mei-ben", "ada-zoe", "ada-ben"]
    assert of_ada == ["ada-zoe", "ada-ben"]
    assert by_ben == ["mei-ben", "ada-ben"]
    assert elsewhere == ()


def test_interviews_come_in_batches_from_a_cursor_of_the_server(panel: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(interviews, "BATCH", 3)
    opened: list[str] = []

    def noted(_connection: Connection, cursor: object, *_rest: object) -> None:
        opened.append(type(cursor).__name__)

    with panel.read() as tx:
        whole = interviews.of_opening(tx, "ops")
        event.listen(tx, "before_cursor_execute", noted)
        batches = list(interviews.in_batches(tx, "ops"))
        assert list(interviews.in_batches(tx, "other")) == []
    assert [len(batch) for batch in batches] == [3, 1]
    assert tuple(each for batch in batches for each in batch) == whole
    assert panel.path is not None or "ServerCursor" in opened


def test_an_opening_takes_as_few_queries_as_one_interview(panel: Store) -> None:
    statements: list[str] = []

    def counted(_connection: Connection, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith("SELECT"):
            statements.append(statement)

    with panel.read() as tx:
        event.listen(tx, "before_cursor_execute", counted)
        assert len(interviews.of_opening(tx, "ops")) == 4
    assert len(statements) == 5


def test_a_candidate_meets_an_interviewer_once(panel: Store) -> None:
    with pytest.raises(Refused, match="contradicts"), panel.write() as tx:
        interviews.insert(tx, [Interview("again", "ops", "mei", "zoe", KIT)], NOW)


@pytest.mark.parametrize(("candidate", "interviewer"), [("eve", "zoe"), ("mei", "eve")])
def test_an_interview_needs_both_people(panel: Store, candidate: str, interviewer: str) -> None:
    with pytest.raises(Refused, match="contradicts"), panel.write() as tx:
        interviews.insert(tx, [Interview("new", "ops", candidate, interviewer, KIT)], NOW)


def test_no_interviews_are_no_change(panel: Store) -> None:
    with panel.write() as tx:
        interviews.insert(tx, [], NOW)
    with panel.read() as tx:
        assert len(interviews.of_opening(tx, "ops")) == 4


# Rating


def test_ratings_come_back_as_they_were_given_in_the_order_of_the_kit(panel: Store) -> None:
    rate(panel, *reversed(RATED))
    assert found(panel).ratings == RATED
    assert found(panel).state is InterviewState.STARTED
    assert found(panel, "mei-ben").state is InterviewState.SCHEDULED


def test_rating_again_replaces_every_part_of_the_rating(panel: Store) -> None:
    rate(panel, RATED[0], Rating("process-resistance", Mark.NOT_ASSESSED))
    assert found(panel).rating("process-resistance") == Rating("process-resistance", Mark.NOT_ASSESSED)
    rate(panel, Rating("process-resistance", None, "only notes so far", (1,), NOW))
    kept = found(panel).rating("process-resistance")
    assert kept == Rating("process-resistance", None, "only notes so far", (1,), NOW)


def test_a_question_outside_the_kit_is_not_rated(panel: Store) -> None:
    with (
        panel.write() as tx,
        pytest.raises(NotFound, match="small-talk is not in the kit of interview mei-zoe"),
    ):
        interviews.put_rating(tx, "mei-zoe", Rating("small-talk", 3))
    with panel.write() as tx, pytest.raises(NotFound, match="no interview zoe-mei"):
        interviews.put_rating(tx, "zoe-mei", Rating("bad-data", 3))


# Submitting and amending


def test_a_scorecard_locks_the_interview(panel: Store) -> None:
    rate(panel, *RATED)
    submit(panel, Scorecard(1, NOW, RATED, "yes", "Strong on process."))
    assert found(panel).state is InterviewState.SUBMITTED
    assert found(panel).scorecards == (Scorecard(1, NOW, RATED, "yes", "Strong on process."),)
    with panel.write() as tx, pytest.raises(Refused, match="is submitted") as caught:
        interviews.put_rating(tx, "mei-zoe", Rating("bad-data", 1))
    assert caught.value.hint == "amend its scorecard with a reason: hiringkit interview amend mei-zoe"
    assert found(panel).ratings == RATED


def test_an_amendment_is_another_scorecard_and_the_old_one_stays(panel: Store) -> None:
    later = NOW + timedelta(hours=3)
    changed = (evolve(RATED[0], value=3, rated_at=later), *RATED[1:])
    first = Scorecard(1, NOW, RATED, "yes")
    second = Scorecard(2, later, changed, "no", reason="rated the wrong answer")
    submit(panel, first)
    submit(panel, second)
    assert found(panel).scorecards == (first, second)
    assert found(panel).ratings == changed


@pytest.mark.parametrize("number", [0, 1, 3])
def test_a_scorecard_that_was_overtaken_changes_nothing(panel: Store, number: int) -> None:
    submit(panel, Scorecard(1, NOW, RATED))
    late = Scorecard(number, NOW, tuple(Rating(question, 1) for question in KIT))
    with pytest.raises(Refused, match="submitted meanwhile"):
        submit(panel, late)
    assert found(panel).ratings == RATED
    assert len(found(panel).scorecards) == 1


def test_a_scorecard_that_does_not_cover_the_kit_would_lose_drafts(panel: Store) -> None:
    rate(panel, *RATED)
    for ratings in (RATED[:2], (*RATED, RATED[0]), (*RATED[:2], Rating("small-talk", 1))):
        with pytest.raises(ValueError, match="one rating for each question"):
            submit(panel, Scorecard(1, NOW, ratings))
    assert found(panel).ratings == RATED
    assert found(panel).state is InterviewState.STARTED


def test_an_unknown_interview_is_not_submitted(panel: Store) -> None:
    with pytest.raises(NotFound, match="no interview zoe-mei"):
        submit(panel, Scorecard(1, NOW, RATED), "zoe-mei")


def test_an_unknown_recommendation_is_not_stored(panel: Store) -> None:
    with pytest.raises(Refused, match="contradicts"):
        submit(panel, Scorecard(1, NOW, RATED, "perhaps"))


# Going on where one was


def test_an_interview_goes_on_where_it_was(panel: Store) -> None:
    with panel.read() as tx:
        assert interviews.place(tx, "mei-zoe") is None
    with panel.write() as tx:
        interviews.set_place(tx, "mei-zoe", "bottlenecks")
    with panel.read() as tx:
        assert interviews.place(tx, "mei-zoe") == "bottlenecks"
        assert interviews.place(tx, "mei-ben") is None
    assert found(panel).state is InterviewState.SCHEDULED


def test_a_place_outside_the_kit_is_not_found(panel: Store) -> None:
    with panel.write() as tx, pytest.raises(NotFound, match="not in the kit"):
        interviews.set_place(tx, "mei-zoe", "small-talk")
    with panel.write() as tx, pytest.raises(NotFound, match="no interview"):
        interviews.set_place(tx, "zoe-mei", "bottlenecks")


def test_how_long_questions_took_is_kept_for_each(panel: Store) -> None:
    with panel.write() as tx:
        interviews.set_seconds(tx, "mei-zoe", {"bottlenecks": 61, "bad-data": 5, "small-talk": 7})
        interviews.set_seconds(tx, "mei-zoe", {"bottlenecks": 90})
        interviews.set_seconds(tx, "mei-zoe", {})
    with panel.read() as tx:
        assert interviews.seconds(tx, "mei-zoe") == {"process-resistance": 0, "bottlenecks": 90, "bad-data": 5}
        assert set(interviews.seconds(tx, "mei-ben").values()) == {0}


# Texts about the interview as a whole, and how often it was written


def test_a_text_about_the_interview_is_kept_for_each_part(panel: Store) -> None:
    with panel.write() as tx:
        interviews.put_text(tx, "mei-zoe", InterviewText.NOTES, "first")
        interviews.put_text(tx, "mei-zoe", InterviewText.NOTES, "记录")
        interviews.put_text(tx, "mei-zoe", InterviewText.RECOMMENDATION, "")
    with panel.read() as tx:
        assert interviews.texts(tx, "mei-zoe") == {InterviewText.NOTES: "记录"}
        assert interviews.texts(tx, "mei-ben") == {}
    with panel.write() as tx, pytest.raises(NotFound, match="no interview zoe-mei"):
        interviews.put_text(tx, "zoe-mei", InterviewText.NOTES, "lost")


def test_every_write_of_an_interview_is_counted(panel: Store) -> None:
    def revision() -> int:
        with panel.read() as tx:
            return interviews.revision(tx, "mei-zoe")

    assert revision() == 0
    rate(panel, *RATED)
    assert revision() == len(RATED)
    with panel.write() as tx:
        interviews.put_text(tx, "mei-zoe", InterviewText.NOTES, "first")
        interviews.set_seconds(tx, "mei-zoe", {"bottlenecks": 61})
        interviews.set_place(tx, "mei-zoe", "bottlenecks")
    assert revision() == len(RATED) + 1
    submit(panel, Scorecard(1, NOW, RATED, by="zoe"))
    assert revision() == len(RATED) + 2
    assert found(panel).revision == len(RATED) + 2
    assert found(panel).scorecards[0].by == "zoe"


def test_two_who_write_one_text_at_once_lose_nothing(panel: Store) -> None:
    with open_store(
        str(panel.path)
        if panel.path
        else panel.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    ) as other:
        first, second = Actor("zoe", lambda: NOW), Actor("recruiter:kim", lambda: NOW)
        write_text(panel, first, "mei-zoe", InterviewText.NOTES, "written here", base="")
        both = write_text(other, second, "mei-zoe", InterviewText.NOTES, "written there", base="")
        assert "written here" in both
        assert "written there" in both
        write_text(panel, first, "mei-zoe", InterviewText.RECOMMENDATION, "yes", base="")
        kept = write_text(other, second, "mei-zoe", InterviewText.RECOMMENDATION, "no", base="")
        assert kept == "yes"
    with panel.read() as tx:
        assert interviews.texts(tx, "mei-zoe")[InterviewText.NOTES] == both


# Outlines


def test_progress_and_what_is_owed_are_what_the_interviews_themselves_say(panel: Store) -> None:
    rate(panel, Rating("bad-data", 2), interview_id="ada-ben")
    submit(panel, Scorecard(1, NOW, RATED), "mei-ben")
    with panel.write() as tx:
        openings.insert(tx, Opening("new", "New", "clerk", "1.0.0", "sha256:0", NOW + timedelta(days=9_000)), "")
        openings.insert(tx, Opening("old", "Old", "clerk", "1.0.0", "sha256:0", NOW - timedelta(days=1)), "")
        for opening in ("new", "old"):
            people.insert_candidates(tx, opening, [Candidate("bo", "Bo"), Candidate("cy", "Cy")])
            planned = [
                Interview(f"{opening}-{each}-{who}", opening, each, who, KIT)
                for each in ("bo", "cy")
                for who in ("zoe", "ben")
            ]
            interviews.insert(tx, planned, NOW)
        interviews.cancel(tx, "ada-zoe", NOW, "ill")
        interviews.cancel(tx, "new-cy-zoe", NOW, "ill")
        people.withdraw(tx, "new", "cy", NOW, "moved")
        openings.close(tx, "old", NOW)
    submit(panel, Scorecard(1, NOW, RATED), "new-cy-ben")
    with panel.read() as tx:
        every = {each.id: interviews.outlines(tx, each.id) for each in openings.every(tx)}
        owed = [each for opening in ("ops", "new") for each in every[opening] if each.owed]
        assert [each.id for each in owed] == ["mei-zoe", "ada-ben", "new-bo-zoe", "new-bo-ben"]
        found = {(o, c.id): c for o in every for c in people.candidates(tx, o)}
        assert interviews.owed(tx) == tuple((each, found[each.opening, each.candidate]) for each in owed)
        assert [each.id for each, _ in interviews.owed(tx, "zoe")] == ["mei-zoe", "new-bo-zoe"]
        assert interviews.progress(tx) == {
            "ops": InterviewProgress(candidates=2, planned=3, submitted=1),
            "new": InterviewProgress(1, 3, 1, withdrawn_planned=1, withdrawn_submitted=1),
            "old": InterviewProgress(2, 4, 0),
        }


def test_what_is_owed_is_found_by_an_index(panel_file: Path) -> None:
    with open_store(str(panel_file)) as store, store.read() as tx:
        wanted: list[tuple[str, Any]] = []
        event.listen(tx, "before_cursor_execute", lambda *given: wanted.append((given[2], given[3])))
        interviews.owed(tx, "zoe")
        interviews.progress(tx)
        plans = [
            row[3]
            for statement, given in list(wanted)
            if "openings" in statement or "UNION" in statement
            for row in tx.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given)
        ]
    read = [each for each in plans if " interviews" in each or each.endswith(" i")]
    assert read
    assert all("INDEX" in each for each in read), read


def test_an_outline_tells_how_far_an_interview_is_and_nothing_that_is_submitted(panel: Store) -> None:
    rate(panel, *RATED)
    rate(panel, RATED[0], interview_id="mei-ben")
    submit(panel, Scorecard(1, NOW, RATED))
    with panel.read() as tx:
        outlines = {each.id: each for each in interviews.outlines(tx, "ops")}
        whole = interviews.of_opening(tx, "ops")
        assert list(outlines) == [each.id for each in whole]
        assert [each.state for each in outlines.values()] == [each.state for each in whole]
        assert interviews.outline(tx, "mei-zoe") == outlines["mei-zoe"]
        assert interviews.outline(tx, "zoe-mei") is None
    assert outlines["mei-ben"] == found(panel, "mei-ben")
    handed_in = outlines["mei-zoe"]
    assert handed_in.scorecards == ()
    assert [rating.value for rating in handed_in.ratings] == [None, None, None]


def test_a_candidate_is_owed_a_scorecard_until_the_first_scorecard_is_in(panel: Store) -> None:
    with panel.read() as tx:
        before = interviews.owed_candidates(tx, "ops", "zoe")
    rate(panel, *RATED)
    with panel.read() as tx:
        assert interviews.owed_candidates(tx, "ops", "zoe") == before
    submit(panel, Scorecard(1, NOW, RATED))
    with panel.read() as tx:
        assert interviews.owed_candidates(tx, "ops", "zoe") == before - {"mei"}


# The law of it: what goes in comes out

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
times = st.none() | st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds have none
values = st.none() | st.integers(-(2**31), 2**31 - 1) | st.sampled_from(Mark)
positions = st.lists(st.integers(0, 99), max_size=3).map(tuple)


def rated(kit: tuple[str, ...]) -> st.SearchStrategy[tuple[Rating, ...]]:
    each = [st.builds(Rating, st.just(question), values, texts, positions, times) for question in kit]
    return st.tuples(*each)


@st.composite
def whole_interviews(draw: st.DrawFn) -> Interview:
    kit = tuple(draw(st.lists(texts.filter(bool), max_size=5, unique=True)))
    recommendations = st.sampled_from(["", "strong-yes", "yes", "no", "strong-no"])
    scorecards = tuple(
        draw(st.builds(Scorecard, st.just(n), st.just(NOW), rated(kit), recommendations, texts, texts))
        for n in range(1, draw(st.integers(1, 4)))
    )
    return Interview(
        id=draw(texts.filter(bool)),
        opening="ops",
        candidate="new",
        interviewer="zoe",
        kit=kit,
        state=draw(st.sampled_from(STORED_STATES)),
        ratings=draw(rated(kit)),
        scorecards=scorecards,
        scheduled_at=draw(times),
    )


class Undone(Exception):  # noqa: N818 - not a failure
    """Rolls a transaction back."""


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(interview=whole_interviews())
def test_any_interview_comes_back_as_it_was_given(panel: Store, interview: Interview) -> None:
    def kept_and_found() -> None:
        with panel.write() as tx:
            people.insert_candidates(tx, "ops", [Candidate("new", "New")])
            interviews.insert(tx, [interview], NOW)
            assert interviews.find(tx, interview.id) == interview
            raise Undone

    with pytest.raises(Undone):
        kept_and_found()


def test_a_hundred_thousand_characters_of_evidence_are_kept(panel: Store, tmp_path: Path) -> None:
    rate(panel, Rating("bad-data", 2, "证据 evidence " * 10_000))
    assert found(panel).rating("bad-data").evidence == "证据 evidence " * 10_000
