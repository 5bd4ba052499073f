"""Attempts: pinned to their rubric, on disk at once, and carried to a newer version where the meaning is unchanged."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hiringkit.actions import self_assessments
from hiringkit.domain.interview import Mark
from hiringkit.domain.self_assessment import Fulfilment, Sheet
from hiringkit.errors import FindingsError, NotFound, Refused, UsageProblem
from hiringkit.exchange.personal import parse_attempt
from hiringkit.library.catalog import Library
from hiringkit.timezone import Clock

SOM = "sales-operations-manager"
Edit = Callable[[str, str], Library]


@pytest.mark.slow
def test_an_attempt_pins_the_rubric_and_takes_questions_that_cover_it(
    folder: Path, library: Library, clock: Clock
) -> None:
    sheet = self_assessments.start(folder, library, clock, SOM)
    rubric = library.load_rubric(SOM)
    assert sheet.attempt.id == f"{SOM}-1"
    assert sheet.attempt.rubric == self_assessments.reference(rubric)
    covered = {c for q in sheet.attempt.kit if (found := rubric.question(q)) for c in found.criteria}
    left = sum(c.weight for c in rubric.criteria if c.id not in covered)
    assert left <= 0.05 * sum(c.weight for c in rubric.criteria), "an hour touches all but what weighs least"
    assert self_assessments.start(folder, library, clock, SOM).attempt.id == f"{SOM}-2"


def test_the_copy_scores_as_the_rubric_does(folder: Path, library: Library, clock: Clock) -> None:
    sheet, rubric = self_assessments.start(folder, library, clock, SOM), library.load_rubric(SOM)
    assert sheet.rubric.criteria == rubric.criteria
    assert sheet.rubric.policy == rubric.policy
    assert [(q.id, q.anchors, q.criteria) for q in sheet.rubric.asked] == [
        (q.id, q.anchors, q.criteria) for q in rubric.asked
    ]


def test_every_answer_is_on_disk_when_the_call_returns(folder: Path, started: Sheet) -> None:
    kept = self_assessments.load(folder, started.attempt.id).attempt
    assert kept == started.attempt
    assert [(a.question, a.level, a.text) for a in kept.answers] == [
        ("one", 3, "my one"),
        ("two", 2, "my two"),
        ("three", 1, "my three"),
    ]
    assert kept.outstanding == ()


def test_parts_of_an_answer_are_kept_one_by_one(folder: Path, shelf: Edit, clock: Clock) -> None:
    identity = self_assessments.start(folder, shelf("", ""), clock, "small").attempt.id
    self_assessments.answer(folder, clock, identity, "two", text="写了一段")
    self_assessments.answer(folder, clock, identity, "two", level=Mark.NO_EVIDENCE)
    self_assessments.stand(folder, clock, identity, "degree", Fulfilment.IN_PROGRESS)
    kept = self_assessments.load(folder, identity).attempt
    assert (kept.answer("two").text, kept.answer("two").level) == ("写了一段", Mark.NO_EVIDENCE)
    assert kept.requirements == {"degree": Fulfilment.IN_PROGRESS}
    assert kept.outstanding == ("one", "three")


@pytest.mark.slow
def test_two_sittings_on_one_attempt_lose_neither_ones_answers(folder: Path, started: Sheet) -> None:
    script = (
        "import sys; from datetime import UTC, datetime; from pathlib import Path\n"
        "from hiringkit.actions import self_assessments\n"
        "for n in range(20): self_assessments.answer(Path(sys.argv[1]), lambda: datetime(2026, 1, 6, tzinfo=UTC),"
        " sys.argv[2], sys.argv[3], text=f'{sys.argv[3]} {n}')"
    )
    words = [sys.executable, "-c", script, str(folder), started.attempt.id]
    running = [subprocess.Popen([*words, question]) for question in ("one", "two")]
    assert [each.wait() for each in running] == [0, 0]
    kept = self_assessments.load(folder, started.attempt.id).attempt
    assert [a.text for a in kept.answers] == ["one 19", "two 19", "my three"]


@pytest.mark.slow
def test_what_a_killed_process_has_been_told_is_kept(folder: Path, started: Sheet) -> None:
    script = (
        "import sys; from datetime import UTC, datetime; from pathlib import Path\n"
        "from hiringkit.actions import self_assessments\n"
        "for n in range(9999):\n"
        "    self_assessments.answer(Path(sys.argv[1]), lambda: datetime(2026, 1, 6, tzinfo=UTC), sys.argv[2], 'one',"
        " text=f'text {n}', level=n % 5 + 1)\n"
        "    print(n, flush=True)"
    )
    for lines in (3, 7):
        words = [sys.executable, "-c", script, str(folder), started.attempt.id]
        with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as writer:
            assert writer.stdout is not None
            told = [writer.stdout.readline() for _ in range(lines)]
            os.kill(writer.pid, signal.SIGKILL)
            told += [line for line in writer.stdout if line.endswith("\n")]
        kept = self_assessments.load(folder, started.attempt.id).attempt.answer("one")
        last = int(told[-1])
        assert kept.text in (f"text {last}", f"text {last + 1}")


def test_a_hundred_kilobytes_are_an_answer_too(folder: Path, started: Sheet, clock: Clock) -> None:
    text = "反复推敲的回答。" * 12_500
    self_assessments.answer(folder, clock, started.attempt.id, "one", text=text)
    assert self_assessments.load(folder, started.attempt.id).attempt.answer("one").text == text
    with pytest.raises(UsageProblem, match="longer than 1,000,000"):
        self_assessments.answer(folder, clock, started.attempt.id, "one", text="x" * 1_000_001)


def test_what_makes_no_sense_is_refused_and_changes_nothing(
    folder: Path, started: Sheet, library: Library, clock: Clock
) -> None:
    identity = started.attempt.id
    with pytest.raises(UsageProblem, match="9 is not on the scale"):
        self_assessments.answer(folder, clock, identity, "one", level=9)
    with pytest.raises(NotFound) as caught:
        self_assessments.answer(folder, clock, identity, "thre", level=3)
    assert "three" in caught.value.hint
    with pytest.raises(NotFound):
        self_assessments.stand(folder, clock, identity, "licence", Fulfilment.MET)
    with pytest.raises(NotFound):
        self_assessments.go_to(folder, identity, "four")
    with pytest.raises(UsageProblem, match="attempt at 'small'"):
        self_assessments.resume(folder, library, clock, SOM, identity)
    with pytest.raises(NotFound):
        self_assessments.load(folder, "small-9")
    assert self_assessments.load(folder, identity) == started


def file_of(folder: Path, sheet: Sheet) -> Path:
    return folder / f"{sheet.attempt.id}.attempt.json"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda c: c.update(kit=["one", "nine"]), "attempt-question"),
        (lambda c: c["answers"][0].update(question="nine"), "attempt-question"),
        (lambda c: c["answers"][0].update(level=7), "attempt-level"),
        (lambda c: c["answers"][0].update(level="4"), "record-value"),
        (lambda c: c["answers"].append(c["answers"][0]), "record-value"),
        (lambda c: c.update(copy="text"), "record-value"),
        (lambda c: c.update(copy={}), "header"),
        (lambda c: c["copy"].update(version=3), "wrong-type"),
        (lambda c: c.pop("started_at"), "record-value"),
        (lambda c: c.update(hiringkit="attempt/2"), "header"),
        (lambda c: c.update(another="x"), "record-value"),
    ],
)
def test_a_broken_file_is_named_and_left_alone(
    folder: Path,
    started: Sheet,
    clock: Clock,
    change: Callable[[dict[str, object]], object],
    code: str,
) -> None:
    path = file_of(folder, started)
    content = json.loads(path.read_text(encoding="utf-8"))
    change(content)
    path.write_text(json.dumps(content), encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(FindingsError) as caught:
        self_assessments.load(folder, started.attempt.id)
    assert [finding.code for finding in caught.value.findings] == [code]
    assert str(path) in str(caught.value.findings[0])
    with pytest.raises(FindingsError):
        self_assessments.answer(folder, clock, started.attempt.id, "one", level=1)
    assert path.read_bytes() == before
    sheets, findings = self_assessments.every(folder)
    assert (sheets, [f.code for f in findings]) == ((), [code])


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_no_mutilated_file_gets_further_than_a_finding(data: st.DataObject) -> None:
    whole = json.dumps(
        {"hiringkit": "attempt/1", "rubric": {"id": "a", "version": "1", "digest": "x"}, "copy": {}}
    ).encode()
    start = data.draw(st.integers(0, len(whole)))
    mutilated = whole[:start] + data.draw(st.binary(max_size=6)) + whole[start + data.draw(st.integers(0, 9)) :]
    attempt, findings = parse_attempt(mutilated, Path("x.attempt.json"))
    assert attempt is None
    assert len(findings) == 1


def test_hostile_text_is_harmless_on_disk_and_after(folder: Path, started: Sheet, clock: Clock) -> None:
    hostile = "\x1b]0;owned\x07 \u202eevil \ud800 =cmd()"
    kept = self_assessments.answer(folder, clock, started.attempt.id, "one", text=hostile).attempt.answer("one").text
    assert not set(kept) & set("\x1b\x07\u202e\ud800")
    assert kept.endswith("=cmd()")


def test_a_read_only_folder_is_refused(folder: Path, started: Sheet, clock: Clock) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    folder.chmod(0o500)
    with pytest.raises(Refused, match="cannot be written"):
        self_assessments.answer(folder, clock, started.attempt.id, "one", level=1)
    folder.chmod(0o700)


def test_a_longer_interviews_questions_are_added(folder: Path, shelf: Edit, clock: Clock) -> None:
    sheet = self_assessments.start(folder, shelf("", ""), clock, "small", minutes=5)
    assert len(sheet.attempt.kit) == 1
    longer, carried = self_assessments.resume(folder, shelf("", ""), clock, "small", sheet.attempt.id, minutes=10)
    assert carried is None
    assert set(longer.attempt.kit) == {"one", "two", "three"}
    assert longer.attempt.kit[0] == sheet.attempt.kit[0]
    same, _carried = self_assessments.resume(folder, shelf("", ""), clock, "small", sheet.attempt.id, minutes=10)
    assert same.attempt.kit == longer.attempt.kit, "none is taken away where none is added"


def test_an_unchanged_rubric_carries_nothing_over(folder: Path, started: Sheet, shelf: Edit, clock: Clock) -> None:
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
    folder: Path, started: Sheet, shelf: Edit, clock: Clock, old: str, new: str
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
    clock: Clock,
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
    folder: Path, started: Sheet, shelf: Edit, clock: Clock
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
    folder: Path, started: Sheet, shelf: Edit, clock: Clock
) -> None:
    sheet, carried = self_assessments.resume(folder, shelf("id: three", "id: drei"), clock, "small", started.attempt.id)
    assert carried is not None
    assert (carried.kept, carried.dropped) == (("one", "two"), ("three",))
    assert sheet.attempt.kit == ("one", "two")
    assert [e.answer.text for e in sheet.attempt.earlier] == ["my three"]


@pytest.mark.parametrize("old", ["hiringkit: rubric/1\n", "id: small\n"], ids=["broken", "gone"])
def test_without_the_rubric_it_goes_on_with_its_own_copy(
    folder: Path, started: Sheet, shelf: Edit, clock: Clock, old: str
) -> None:
    sheet, carried = self_assessments.resume(folder, shelf(old, "x: y\n"), clock, "small", started.attempt.id)
    assert (sheet, carried) == (started, None)
