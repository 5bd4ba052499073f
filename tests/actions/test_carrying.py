"""Attempts go on under a newer rubric: what still means the same counts on."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from hiringkit.actions import self_assessments
from hiringkit.domain.self_assessment import Fulfilment, Sheet
from hiringkit.errors import UsageProblem
from hiringkit.library.catalog import Library

Edit = Callable[[str, str], Library]


def test_a_longer_interviews_questions_are_added(folder: Path, shelf: Edit, clock: Callable[[], datetime]) -> None:
    sheet = self_assessments.start(folder, shelf("", ""), clock, "small", minutes=5)
    assert len(sheet.attempt.kit) == 1
    longer, carried = self_assessments.resume(folder, shelf("", ""), clock, "small", sheet.attempt.id, minutes=10)
    assert carried is None
    assert set(longer.attempt.kit) == {"one", "two", "three"}
    assert longer.attempt.kit[0] == sheet.attempt.kit[0]
    with pytest.raises(UsageProblem, match="no further question"):
        self_assessments.resume(folder, shelf("", ""), clock, "small", sheet.attempt.id, minutes=10)


def test_an_unchanged_rubric_carries_nothing_over(
    folder: Path, started: Sheet, shelf: Edit, clock: Callable[[], datetime]
) -> None:
    sheet, carried = self_assessments.resume(folder, shelf("", ""), clock, "small", started.attempt.id)
    assert carried is None
    assert sheet == started


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("version: 1.0.0", "version: 1.1.0"),
        ("weight: 3, bar: 3", "weight: 2, bar: 4"),
        ("title: Small", "title: {en: Small, zh: 小}"),
        ("kind: behavioural, text: First?", "kind: situational, text: First?"),
    ],
    ids=["version", "weights and bars", "title", "kind of question"],
)
def test_answers_count_on_where_the_meaning_is_unchanged(
    folder: Path, started: Sheet, shelf: Edit, clock: Callable[[], datetime], old: str, new: str
) -> None:
    library = shelf(old, new)
    sheet, carried = self_assessments.resume(folder, library, clock, "small", started.attempt.id)
    assert carried is not None
    assert (carried.kept, carried.changed, carried.dropped) == (("one", "two", "three"), (), ())
    assert sheet.attempt.answers == started.attempt.answers
    assert sheet.attempt.rubric == self_assessments.reference(library.load_rubric("small"))
    assert self_assessments.load(folder, started.attempt.id) == sheet


@pytest.mark.parametrize(
    ("old", "new", "changed"),
    [
        ("text: First?", "text: Another?", ("one",)),
        (
            "criteria: {care: 1}, minutes: 5, anchors: {1: a",
            "criteria: {care: 1}, minutes: 5, anchors: {1: z",
            ("one",),
        ),
        ("criteria: {pace: 1}", "criteria: {care: 1}", ("three",)),
        ("3: quick", "3: quickest", ("two", "three")),
        (
            "criteria:\n",
            "scale: {levels: [{value: 1, label: no}, {value: 3, label: so}]}\ncriteria:\n",
            ("one", "two", "three"),
        ),
        (
            "criteria:\n",
            (
                "scale: {levels: [{value: 1, label: no}, {value: 2, label: so}, {value: 3, label: yes},"
                " {value: 4, label: very}, {value: 5, label: most}]}\ncriteria:\n"
            ),
            ("one", "two", "three"),
        ),
    ],
    ids=["words", "anchor", "criterion", "criterion's anchor", "scale", "what the levels are called"],
)
def test_an_answer_to_what_means_something_else_is_kept_beside(
    folder: Path,
    started: Sheet,
    shelf: Edit,
    clock: Callable[[], datetime],
    old: str,
    new: str,
    changed: tuple[str, ...],
) -> None:
    sheet, carried = self_assessments.resume(folder, shelf(old, new), clock, "small", started.attempt.id)
    assert carried is not None
    assert (carried.changed, carried.dropped) == (changed, ())
    assert sheet.attempt.outstanding == changed
    assert [(e.answer.question, e.version) for e in sheet.attempt.earlier] == [(q, "1.0.0") for q in changed]
    given = {a.question: a for a in started.attempt.answers}
    assert all(e.answer == given[e.answer.question] for e in sheet.attempt.earlier)
    assert all(str(e.wording) in ("First?", "Second?", "Third?") for e in sheet.attempt.earlier), "as it was asked"


def test_a_requirement_that_is_worded_otherwise_is_asked_again(
    folder: Path, started: Sheet, shelf: Edit, clock: Callable[[], datetime]
) -> None:
    identity = started.attempt.id
    self_assessments.stand(folder, clock, identity, "degree", Fulfilment.MET)
    self_assessments.go_to(folder, identity, "three")
    same, carried = self_assessments.resume(folder, shelf("version: 1.0.0", "version: 1.1.0"), clock, "small", identity)
    assert carried is not None
    assert carried.requirements == ()
    assert same.attempt.requirements == {"degree": Fulfilment.MET}
    other, carried = self_assessments.resume(
        folder, shelf("text: A degree", "text: A doctorate"), clock, "small", identity
    )
    assert carried is not None
    assert (carried.requirements, carried.kept) == (("degree",), ("one", "two", "three"))
    assert (other.attempt.requirements, other.attempt.place) == ({}, None)


def test_an_answer_to_what_is_no_longer_asked_is_kept_beside(
    folder: Path, started: Sheet, shelf: Edit, clock: Callable[[], datetime]
) -> None:
    sheet, carried = self_assessments.resume(folder, shelf("id: three", "id: drei"), clock, "small", started.attempt.id)
    assert carried is not None
    assert (carried.kept, carried.dropped) == (("one", "two"), ("three",))
    assert sheet.attempt.kit == ("one", "two")
    assert [e.answer.text for e in sheet.attempt.earlier] == ["my three"]


@pytest.mark.parametrize("old", ["hiringkit: rubric/1\n", "id: small\n"], ids=["broken", "gone"])
def test_without_the_rubric_it_goes_on_with_its_own_copy(
    folder: Path, started: Sheet, shelf: Edit, clock: Callable[[], datetime], old: str
) -> None:
    sheet, carried = self_assessments.resume(folder, shelf(old, "x: y\n"), clock, "small", started.attempt.id)
    assert (sheet, carried) == (started, None)
