"""Frame-of-reference training: rate invented answers whose level is known and explained, and compare."""

from collections import Counter
from collections.abc import Mapping, Sequence
from hashlib import sha256
from itertools import combinations, groupby
from math import ceil, floor
from pathlib import Path
from typing import Protocol

from attrs import evolve, field, frozen

from hiringkit.actions.audit import Actor, record
from hiringkit.actions.lookup import find_interviewer
from hiringkit.actions.visibility import viewer_id
from hiringkit.domain.finding import Finding
from hiringkit.domain.level import LevelNumber
from hiringkit.domain.practice import PracticeAnswer, PracticeLog, PracticeRecord, PracticeSession
from hiringkit.domain.question import Question, QuestionBank, Sample
from hiringkit.domain.rubric import default_scale
from hiringkit.errors import NotFound, UsageProblem, missing
from hiringkit.exchange.personal import locked, read_sessions, taken_numbers, write_session
from hiringkit.store import people, practices
from hiringkit.store.store import Store
from hiringkit.text.clean import clean_text
from hiringkit.text.sentence import Sentence
from hiringkit.timezone import Clock

ANSWERS = 8
"""Sample answers in a session by default: two questions with four answers each carry all four components."""
LONGEST_REASON = 1_000_000


class Notebook(Protocol):
    """Where somebody's practice sessions are kept."""

    def sessions(self) -> tuple[PracticeSession, ...]:
        """Return all sessions, oldest first."""

    def next_number(self, bank: str) -> int:
        """Return the number of the next session with a bank."""

    def keep(self, session: PracticeSession, answer: PracticeAnswer) -> None:
        """Keep an answer; it is on disk when this returns."""


@frozen
class FolderNotebook:
    """Sessions as personal files in a folder."""

    folder: Path
    findings: list[Finding] = field(factory=list)
    """What was wrong with files that could not be read."""

    def sessions(self) -> tuple[PracticeSession, ...]:
        """Return all sessions, oldest first."""
        sessions, self.findings[:] = read_sessions(self.folder)
        return sessions

    def next_number(self, bank: str) -> int:
        """Return the number of the next session with a bank."""
        return max(taken_numbers(self.folder, bank), default=0) + 1

    def keep(self, session: PracticeSession, answer: PracticeAnswer) -> None:
        """Keep an answer; it is on disk when this returns."""
        with locked(self.folder):
            write_session(self.folder, with_answer(session, answer))


@frozen
class SampleExercise:
    """A sample answer to be rated."""

    question: Question
    sample: Sample

    @property
    def levels(self) -> tuple[LevelNumber, ...]:
        """The levels to choose from: whole levels between the question's anchors, else those of the default scale."""
        if not self.question.anchors:
            return default_scale().values
        marked = {*self.question.anchors, *(sample.level for sample in self.question.samples), self.sample.level}
        return tuple(sorted({*marked, *range(ceil(min(marked)), floor(max(marked)) + 1)}))


@frozen
class Practice:
    """A session about to be held."""

    session: PracticeSession
    exercises: tuple[SampleExercise, ...]
    """In the order in which they are shown."""


@frozen
class StoreNotebook:
    """The sessions of one interviewer."""

    store: Store
    actor: Actor
    interviewer: str
    """The id."""

    def sessions(self) -> tuple[PracticeSession, ...]:
        """Return all sessions, oldest first."""
        with self.store.read() as tx:
            return practices.sessions_of(tx, self.interviewer)

    def next_number(self, bank: str) -> int:
        """Return the number of the next session with a bank."""
        return max((s.number for s in self.sessions() if s.bank == bank), default=0) + 1

    def keep(self, session: PracticeSession, answer: PracticeAnswer) -> None:
        """Keep an answer; it is on disk when this returns."""
        with self.store.write() as tx:
            practices.put_answer(tx, self.interviewer, session, answer)
            if not any((a.question, a.sample) == (answer.question, answer.sample) for a in session.answers):
                subject = {"interviewer": self.interviewer, "bank": session.bank, "question": answer.question}
                record(tx, self.actor, "practice.rate", subject, number=session.number, sample=answer.sample)


def begin(
    notebook: Notebook,
    bank: QuestionBank,
    clock: Clock,
    *,
    who: str = "",
    questions: Sequence[str] = (),
    count: int | None = None,
    number: int | None = None,
) -> Practice:
    """Choose the sample answers of a session: whole questions, the least practised first, in shuffled order.

    Choice and order are determined by who practises, the bank and the session's number, so that they are reproducible.
    Nothing is kept before the first answer.

    Args:
        notebook: Where sessions are kept.
        bank: What to practise with.
        clock: Returns the present moment in UTC.
        who: Who practises.
        questions: Only these; all with sample answers if none is named.
        count: How many answers.
        number: Of the session to go on with, or of the next one; the next one if not given.

    Raises:
        NotFound: The bank has no such question, or there is no such session to go on with.
        UsageProblem: There are no sample answers to practise with.
    """
    following, held = notebook.next_number(bank.id), [s for s in notebook.sessions() if s.bank == bank.id]
    session = next((s for s in held if s.number == number), None)
    if session is None:
        if number not in (None, following):
            raise NotFound(Sentence("there is no practice session {number}").format(number=number))
        session = PracticeSession(bank.id, following, clock())
    times = Counter(a.question for s in held if s.number < session.number for a in s.answers)
    chosen = choose_samples(bank, f"{who}:{bank.id}:{session.number}", times, questions=questions, count=count)
    return Practice(session, chosen)


def choose_samples(
    bank: QuestionBank,
    seed: str,
    times: Mapping[str, int],
    *,
    questions: Sequence[str] = (),
    count: int | None = None,
) -> tuple[SampleExercise, ...]:
    """Choose sample answers: whole questions, the least practised first, so that together they show every level.

    Args:
        bank: Where they are.
        seed: What choice and order follow from.
        times: How often each question was practised.
        questions: Only these; all with sample answers if none is named.
        count: How many answers; all of `questions`, else `ANSWERS`.

    Raises:
        NotFound: The bank has no such question, or no sample answers.
    """
    asked = _with_samples(bank, questions)
    asked.sort(key=lambda q: (times.get(q.id, 0), _shuffled(seed, q.id)))
    wanted = count or (sum(len(q.samples) for q in asked) if questions else ANSWERS)
    even = None if count or questions else _same_candidates(asked, wanted, seed)
    chosen = even or _choose(_levels_first(asked), wanted, seed)
    chosen.sort(key=lambda e: _shuffled(seed, e.question.id, e.sample.id))
    return tuple(chosen)


def _levels_first(asked: Sequence[Question]) -> list[Question]:
    """Put after the first question those that show levels which it does not, in the order given among equals."""
    first, rest = asked[0], list(asked[1:])
    shown = {sample.level for sample in first.samples}
    return [first, *sorted(rest, key=lambda q: -len({sample.level for sample in q.samples} - shown))]


def _same_candidates(asked: Sequence[Question], wanted: int, seed: str) -> list[SampleExercise] | None:
    """Take the same candidates' answers to two questions, else to four; None where there are too few.

    All four components of accuracy want the same candidates rated on the same questions.
    """
    for questions in (2, 4):
        many = wanted // questions
        group = _with_common(asked, questions, many)
        if len(group) == questions:
            taken = _showing_most(group, many, seed)
            return [
                SampleExercise(question, sample)
                for question in group
                for sample in question.samples
                if sample.id in taken
            ]
    return None


def _with_common(asked: Sequence[Question], questions: int, many: int) -> list[Question]:
    """Take the first question and others with answers of as many of its candidates, first those that add a level."""
    group = [asked[0]]
    while len(group) < questions:
        shown = {sample.level for sample in _common(group)}
        rest = [each for each in asked if each not in group and len(_candidates([*group, each])) >= many]
        if not rest:
            break
        group.append(min(rest, key=lambda each: shown.issuperset(sample.level for sample in _common([*group, each]))))
    return group


def _candidates(group: Sequence[Question]) -> set[str]:
    """Return the candidates whose answers to all these questions are there."""
    return set.intersection(*({sample.id for sample in question.samples} for question in group))


def _common(group: Sequence[Question]) -> list[Sample]:
    """Return the answers of those candidates."""
    candidates = _candidates(group)
    return [sample for question in group for sample in question.samples if sample.id in candidates]


def _showing_most(group: Sequence[Question], many: int, seed: str) -> tuple[str, ...]:
    """Choose candidates who together show the most levels."""
    level = {(question.id, sample.id): sample.level for question in group for sample in question.samples}

    def worth(ids: tuple[str, ...]) -> tuple[int, bytes]:
        return -len({level[question.id, each] for question in group for each in ids}), _shuffled(seed, *ids)

    return min(combinations(sorted(_candidates(group)), many), key=worth)


def _with_samples(bank: QuestionBank, questions: Sequence[str]) -> list[Question]:
    for question in questions:
        if bank.question(question) is None:
            raise missing(
                Sentence("question in the bank {id!r}:").format(id=bank.id), question, (q.id for q in bank.questions)
            )
    found = [q for q in bank.questions if q.samples and (not questions or q.id in questions)]
    if not found:
        hint = ", ".join(q.id for q in bank.questions if q.samples)
        raise NotFound(
            Sentence(
                "no sample answers in {id!r} for these questions" if questions else "no sample answers in {id!r}"
            ).format(id=bank.id),
            hint=Sentence("there are some for: {hint}").format(hint=hint)
            if hint
            else "hiringkit bank list shows other banks",
        )
    return found


def _shuffled(*words: str) -> bytes:
    """Return a sort key that shuffles in a reproducible way."""
    return sha256("\0".join(words).encode("utf-8", "surrogatepass")).digest()


def _choose(asked: Sequence[Question], wanted: int, seed: str) -> list[SampleExercise]:
    """Take whole questions as far as they fit, then single answers of the next one."""
    chosen: list[SampleExercise] = []
    for question in asked:
        samples = sorted(question.samples, key=lambda s: _shuffled(seed, question.id, s.id))
        left = wanted - len(chosen)
        chosen += [SampleExercise(question, sample) for sample in samples[: max(left, 0)]]
    return chosen


def rate_sample(
    notebook: Notebook,
    clock: Clock,
    session: PracticeSession,
    exercise: SampleExercise,
    level: LevelNumber,
    reason: str = "",
) -> PracticeSession:
    """Keep the level given to a sample answer, or the reason added to it.

    Raises:
        UsageProblem: There is no such level, or the reason is too long.
        Refused: It cannot be kept.
    """
    if level not in exercise.levels:
        levels = ", ".join(map(str, exercise.levels))
        raise UsageProblem(
            Sentence("{level} is no level").format(level=level),
            hint=Sentence("expected {levels}").format(levels=levels),
        )
    if len(reason) > LONGEST_REASON:
        raise UsageProblem(
            Sentence("the reason is longer than {longest_reason:,} signs").format(longest_reason=LONGEST_REASON)
        )
    sample = exercise.sample
    answer = PracticeAnswer(exercise.question.id, sample.id, sample.level, level, clean_text(reason).strip(), clock())
    notebook.keep(session, answer)
    return with_answer(session, answer)


def practice_logs(sessions: Sequence[PracticeSession]) -> dict[str, PracticeLog]:
    """Compare somebody's levels with the reasoned ones, session by session, for each bank."""
    held = sorted((s for s in sessions if s.answers), key=lambda s: (s.bank, s.number))
    return {bank: practice_log(tuple(group)) for bank, group in groupby(held, key=lambda s: s.bank)}


def practice_log(sessions: Sequence[PracticeSession]) -> PracticeLog:
    """Compare the sessions with one bank, oldest first; those without an answer are left out."""
    from hiringkit.scoring.accuracy import distance_change, practice_accuracy  # noqa: PLC0415 - numpy

    held = [session for session in sessions if session.answers]
    records = tuple(PracticeRecord(session, practice_accuracy(session.answers)) for session in held)
    earlier = [answer for session in held[:-1] for answer in session.answers]
    return PracticeLog(records, distance_change(earlier, held[-1].answers) if earlier else None)


def with_answer(session: PracticeSession, answer: PracticeAnswer) -> PracticeSession:
    """Return the session with an answer, which replaces an earlier one to the same sample."""
    key = (answer.question, answer.sample)
    if any((a.question, a.sample) == key for a in session.answers):
        answers = tuple(answer if (a.question, a.sample) == key else a for a in session.answers)
    else:
        answers = (*session.answers, answer)
    return evolve(session, answers=answers)


def open_notebook(store: Store, actor: Actor) -> StoreNotebook | None:
    """Return the notebook of the interviewer that one acts as, None for anybody else."""
    with store.read() as tx:
        found = people.find_interviewer(tx, actor.who) if actor.who else None
    return StoreNotebook(store, actor, found.id) if found else None


def choose_notebook(store: Store | None, actor: Actor, folder: Path) -> Notebook:
    """Return where somebody's sessions are kept: in the store for its interviewers, else in a folder of their own."""
    return (open_notebook(store, actor) if store else None) or FolderNotebook(folder)


def practice_of(store: Store, actor: Actor, who: str) -> dict[str, PracticeLog] | None:
    """Return how an interviewer has practised, by bank; None where the viewer may not know.

    It is shown to the interviewer and to recruiters, not to other interviewers.

    Raises:
        NotFound: No such interviewer.
    """
    with store.read() as tx:
        found = find_interviewer(tx, who)
        viewer = viewer_id(tx, actor.who)
        if viewer not in (None, found.id):
            return None
        return practice_logs(practices.sessions_of(tx, found.id))
