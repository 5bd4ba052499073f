"""Practice: whole questions in an order of their own, every level kept at once, and who may see it."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from attrs import evolve

from hiringkit.actions.audit import Actor
from hiringkit.actions.practice import (
    FolderNotebook,
    Notebook,
    SampleExercise,
    StoreNotebook,
    begin,
    open_notebook,
    practice_log,
    practice_logs,
    practice_of,
    rate_sample,
)
from hiringkit.domain.practice import PracticeAnswer, PracticeSession
from hiringkit.domain.question import QuestionBank, Sample
from hiringkit.errors import NotFound, UsageProblem
from hiringkit.library.catalog import Library
from hiringkit.store import audit
from hiringkit.store.store import Store
from hiringkit.text.language import Text

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def clock() -> datetime:
    return AT


@pytest.fixture
def bank(library: Library) -> QuestionBank:
    """A bank with four questions that have six sample answers each, at all levels; the others have two."""
    return library.load_bank("sales-operations")


@pytest.fixture
def rich(bank: QuestionBank) -> QuestionBank:
    """The four questions with six sample answers alone."""
    return evolve(bank, questions=tuple(q for q in bank.questions if len(q.samples) == 6))


@pytest.fixture
def notebook(tmp_path: Path) -> FolderNotebook:
    """An empty notebook in a folder."""
    return FolderNotebook(tmp_path / "practice")


def hold(notebook: Notebook, bank: QuestionBank, off: int = 0) -> PracticeSession:
    """Hold a session, every level off by so much where the scale allows."""
    practice = begin(notebook, bank, clock)
    session = practice.session
    for exercise in practice.exercises:
        level = min(max(exercise.sample.level + off, 1), 5)
        session = rate_sample(notebook, clock, session, exercise, level, "因为")
    return session


def keys(exercises: tuple[SampleExercise, ...]) -> list[tuple[str, str]]:
    return [(e.question.id, e.sample.id) for e in exercises]


def test_a_session_takes_whole_questions(notebook: FolderNotebook, rich: QuestionBank) -> None:
    chosen = keys(begin(notebook, rich, clock).exercises)
    assert len(chosen) == len(set(chosen)) == 8
    assert len({question for question, _sample in chosen}) == 2
    assert len(keys(begin(notebook, rich, clock, count=5).exercises)) == 5
    assert len(keys(begin(notebook, rich, clock, count=99).exercises)) == 24


def test_every_question_has_samples_and_length_tells_no_level(bank: QuestionBank, rich: QuestionBank) -> None:
    assert [question.id for question in bank.questions if len(question.samples) < 2] == []
    sampled = rich.questions
    assert len(sampled) == 4
    for question in sampled:
        assert {sample.level for sample in question.samples} == {1, 2, 3, 4, 5}
    for language in ("en", "zh"):

        def length(sample: Sample, language: str = language) -> int:
            return len(sample.answer.in_language(language))

        for outermost in (min, max):
            assert len({outermost(question.samples, key=length).level for question in sampled}) > 1


def test_a_session_of_two_questions_has_the_same_candidates_and_all_levels(
    notebook: FolderNotebook, rich: QuestionBank
) -> None:
    for who in map(str, range(9)):
        chosen = begin(notebook, rich, clock, who=who).exercises
        by_question = {q: {e.sample.id for e in chosen if e.question.id == q} for q in {e.question.id for e in chosen}}
        first, second = by_question.values()
        assert first == second
        assert {e.sample.level for e in chosen} == {1, 2, 3, 4, 5}


def test_where_questions_have_few_answers_a_session_takes_four_questions(
    notebook: FolderNotebook, bank: QuestionBank
) -> None:
    few = evolve(bank, questions=tuple(q for q in bank.questions if len(q.samples) == 2))
    for who in map(str, range(9)):
        chosen = begin(notebook, few, clock, who=who).exercises
        assert {e.sample.id for e in chosen} == {"a", "b"}
        assert len({e.question.id for e in chosen}) == 4
        assert {e.sample.level for e in chosen} == {1, 2, 3, 4, 5}


def test_the_order_is_the_same_again_and_another_for_others(notebook: FolderNotebook, bank: QuestionBank) -> None:
    first = keys(begin(notebook, bank, clock, who="ivy").exercises)
    assert keys(begin(notebook, bank, clock, who="ivy").exercises) == first
    assert len({tuple(keys(begin(notebook, bank, clock, who=str(n), count=16).exercises)) for n in range(9)}) == 9
    assert first != sorted(first)


def test_the_next_session_takes_what_was_practised_least(notebook: FolderNotebook, bank: QuestionBank) -> None:
    first = {a.question for a in hold(notebook, bank).answers}
    second = {a.question for a in hold(notebook, bank).answers}
    assert not first & second
    assert [s.number for s in notebook.sessions()] == [1, 2]


def test_a_question_can_be_named(notebook: FolderNotebook, bank: QuestionBank) -> None:
    chosen = keys(begin(notebook, bank, clock, questions=["bottlenecks"]).exercises)
    assert sorted(chosen) == [("bottlenecks", sample) for sample in "abcdef"]
    with pytest.raises(NotFound) as caught:
        begin(notebook, bank, clock, questions=["bottleneck"])
    assert "'bottlenecks'" in caught.value.hint
    bare = evolve(bank, questions=tuple(evolve(q, samples=()) if q.id == "deal-desk" else q for q in bank.questions))
    with pytest.raises(NotFound, match="no sample answers"):
        begin(notebook, bare, clock, questions=["deal-desk"])
    with pytest.raises(NotFound, match="no sample answers"):
        begin(notebook, QuestionBank("empty", Text("Empty")), clock)


def test_nothing_is_kept_before_the_first_level(notebook: FolderNotebook, bank: QuestionBank) -> None:
    practice = begin(notebook, bank, clock)
    assert not notebook.folder.exists()
    rate_sample(notebook, clock, practice.session, practice.exercises[0], 3)
    (kept,) = notebook.sessions()
    assert [(a.level, a.reasoned) for a in kept.answers] == [(3, practice.exercises[0].sample.level)]


def test_a_reason_is_added_to_its_level(notebook: FolderNotebook, bank: QuestionBank) -> None:
    practice = begin(notebook, bank, clock)
    first = practice.exercises[0]
    session = rate_sample(notebook, clock, practice.session, first, 3)
    rate_sample(notebook, clock, session, first, 3, "\x1bno figure")
    (kept,) = notebook.sessions()
    assert [a.reason for a in kept.answers] == ["\N{REPLACEMENT CHARACTER}no figure"]
    with pytest.raises(UsageProblem, match="longer than"):
        rate_sample(notebook, clock, session, first, 3, "x" * 1_000_001)
    with pytest.raises(UsageProblem, match="6 is no level"):
        rate_sample(notebook, clock, session, first, 6)


def test_improvement_is_told_where_it_is_clear(notebook: FolderNotebook, bank: QuestionBank) -> None:
    hold(notebook, bank, off=2)
    assert practice_log(notebook.sessions()).change is None
    hold(notebook, bank, off=0)
    log = practice_logs(notebook.sessions())[bank.id]
    assert [record.accuracy.exact for record in log.records][-1] == 1
    assert log.change is not None
    assert log.change.clear
    assert log.change.after == 0 < log.change.before


def test_a_broken_session_is_named_and_the_others_are_used(notebook: FolderNotebook, bank: QuestionBank) -> None:
    hold(notebook, bank)
    (notebook.folder / f"{bank.id}-2.practice.json").write_text("{")
    assert [s.number for s in notebook.sessions()] == [1]
    assert [f.code for f in notebook.findings] == ["json-syntax"]
    assert hold(notebook, bank).number == 3, "no file is overwritten"


# In the store


@pytest.fixture
def ivy(panel: Store, acting: Callable[[str], Actor]) -> StoreNotebook:
    """The notebook of interviewer ivy."""
    found = open_notebook(panel, acting("IVY@firm.example"))
    assert found is not None
    return found


def test_an_interviewers_sessions_are_kept_in_the_store(ivy: StoreNotebook, bank: QuestionBank) -> None:
    session = hold(ivy, bank)
    assert ivy.sessions() == (session,)
    assert hold(ivy, bank).number == 2
    with ivy.store.read() as tx:
        assert audit.verify(tx) == []
        rated = audit.events(tx, subject={"interviewer": "ivy", "bank": bank.id})
    assert [event.action for event in rated] == ["practice.rate"] * 16
    assert "level" not in rated[0].detail, "the trail is read by people who may not know it"


def test_anybody_else_has_no_notebook_in_the_store(panel: Store, acting: Callable[[str], Actor]) -> None:
    assert open_notebook(panel, acting("")) is None
    assert open_notebook(panel, acting("recruiter@firm.example")) is None


def test_practice_is_shown_to_themselves_and_to_recruiters_only(
    ivy: StoreNotebook, bank: QuestionBank, acting: Callable[[str], Actor], recruiter: Actor
) -> None:
    hold(ivy, bank)
    for actor in (recruiter, acting(""), acting("ivy"), acting("ivy@firm.example")):
        logs = practice_of(ivy.store, actor, "ivy")
        assert logs is not None
        assert [len(log.records) for log in logs.values()] == [1]
    assert practice_of(ivy.store, acting("joe"), "ivy") is None
    assert practice_of(ivy.store, acting("joe"), "joe") == {}
    with pytest.raises(NotFound):
        practice_of(ivy.store, recruiter, "nobody")


def test_an_empty_session_says_nothing() -> None:
    empty = PracticeSession("x", 1, AT)
    assert practice_logs([empty]) == {}
    held = PracticeSession("x", 2, AT, (PracticeAnswer("q", "a", 3, 3),))
    assert len(practice_logs([empty, held])["x"].records) == 1
