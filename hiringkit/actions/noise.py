"""A noise audit: people rate the same invented answers, each alone, and their levels are put beside each other.

It stands on what practice has: sample answers are chosen as for a panel, what somebody gives is a practice session of
theirs, and all of them together are a panel's. Nobody sees a reasoned level before the report.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

from attrs import evolve, frozen

from hiringkit.actions.practice import SampleExercise, choose_samples, with_answer
from hiringkit.actions.practice_panels import panel_outcome
from hiringkit.domain.codes import Code
from hiringkit.domain.finding import Finding, Location, Severity
from hiringkit.domain.level import LevelNumber
from hiringkit.domain.noise import (
    ApartAnswer,
    NoiseAnswers,
    NoiseAudit,
    NoiseFeedback,
    NoiseReport,
    NoiseSample,
    RaterNoise,
)
from hiringkit.domain.practice import PanelAnswer, PanelOutcome, PanelSession, PracticeAnswer, PracticeSession
from hiringkit.domain.question import QuestionBank
from hiringkit.errors import FindingsError, NotFound, Refused, UsageProblem
from hiringkit.exchange.noise import answer_files, answers_path, read_answers, read_audit, write_answers, write_audit
from hiringkit.exchange.personal import locked
from hiringkit.text.clean import clean_line
from hiringkit.text.sentence import Sentence
from hiringkit.timezone import Clock

Place = tuple[str, str]
"""Question and sample."""
FEWEST, MOST = 4, 16
"""Answers of an audit: fewer tell nothing, and more nobody rates with care."""
ANSWERS = 8
DAYS = 7
"""Days after the first time from which it may be repeated: by then the levels given are forgotten."""

FEW_ANSWERS = Sentence("the bank has {count} sample answers for that, and an audit takes at least {least}")
UNREADABLE = Sentence("{file} is no file of a noise audit")
OTHER_ANSWERS = Sentence("the bank {bank!r} here does not have the same answers as the audit")
OTHER_ANSWERS_HINT = Sentence("use the hiringkit, or the bank, with which the audit was started")
SEVERAL = Sentence("{folder} holds answers of several people to this audit")
SEVERAL_HINT = Sentence("--dir with a folder of your own")
DONE = Sentence("you have rated all answers twice; hand in {file}")
TOO_EARLY = Sentence("you have rated all answers; they may be repeated from {day} on")
TOO_EARLY_HINT = Sentence("until then hand in {file}")
NO_FILES = Sentence("nobody has handed anything in")
NO_FILES_HINT = Sentence("name the files of answers, or a folder that holds them")
OTHER_AUDIT = Sentence("{file} belongs to another audit and is left out")
SAME_PERSON = Sentence("{file} is of somebody whose answers are in already and is left out")
NOT_RATED = Sentence("{file} rates none of the answers and is left out")
SKIPPED = Sentence("answers that not everybody rated are left out: {count}")
COUNTS_ONLY = Sentence(
    "under {raters} people or {answers} answers that all of them rated only counts are told; here: {people}, {rated}"
)
NO_REPEAT = Sentence(
    "fewer than {least} levels were given twice, so occasion noise cannot be told from stable patterns"
)
OFF_LEVEL = Sentence("a level of an answer that the audit does not have, or no level of its question")
NOT_YOURS = Sentence("{file} is not among the answers that are in")


def start_audit(
    path: Path, bank: QuestionBank, clock: Clock, *, questions: Sequence[str] = (), count: int = ANSWERS
) -> NoiseAudit:
    """Choose the answers that everybody rates, and write them into a new file.

    Raises:
        NotFound: The bank has no such question, or no sample answers.
        Refused: There is a file of that name, or it cannot be written.
        UsageProblem: There are too few sample answers.
    """
    now = clock()
    chosen = choose_samples(bank, f"noise:{bank.id}:{now.isoformat()}", {}, questions=questions, count=count)
    if len(chosen) < FEWEST:
        raise UsageProblem(FEW_ANSWERS.format(count=len(chosen), least=FEWEST))
    samples = tuple(NoiseSample(each.question.id, each.sample.id, _digest(each)) for each in chosen)
    stamp = sha256("\0".join([bank.id, now.isoformat(), *(each.digest for each in samples)]).encode()).hexdigest()
    audit = NoiseAudit(f"{bank.id}-{stamp[:6]}", bank.id, now, samples)
    write_audit(path, audit)
    return audit


def _digest(exercise: SampleExercise) -> str:
    """Return the digest of what a rater reads, in every language that it is written in."""
    question = exercise.question
    texts = [question.text, exercise.sample.answer, *(question.anchors[level] for level in sorted(question.anchors))]
    return sha256("\0".join(repr(text.as_written) for text in texts).encode()).hexdigest()[:16]


def load_audit(path: Path) -> NoiseAudit:
    """Read the file of an audit.

    Raises:
        NotFound: There is no such file.
        FindingsError: It is none.
    """
    found = read_audit(path)
    if isinstance(found, Finding):
        raise FindingsError(UNREADABLE.format(file=clean_line(path.name)), [found])
    return found


@frozen
class Participation:
    """What one person is about to rate."""

    answers: NoiseAnswers
    exercises: tuple[SampleExercise, ...]
    """What is left, in an order of this person and time alone."""
    folder: Path
    """Where the answers are kept."""

    @property
    def file(self) -> Path:
        """The file that is handed in."""
        return answers_path(self.folder, self.answers)


def join_audit(
    audit: NoiseAudit,
    bank: QuestionBank,
    folder: Path,
    clock: Clock,
    draw_code: Callable[[], str],
    *,
    name: str = "",
) -> Participation:
    """Go on rating the answers of an audit, or begin, or begin the repeat.

    Args:
        audit: What is rated.
        bank: Where the answers are.
        folder: Where this person's answers are kept.
        clock: Tells the time.
        draw_code: Draws what stands for the person.
        name: Who it is; empty to stay without a name, or as it was.

    Raises:
        FindingsError: The person's answers cannot be read.
        Refused: The bank has other answers, or there is nothing to rate now.
    """
    exercises = _exercises(audit, bank)
    now, answers = clock(), _own(audit, folder)
    if answers is None:
        answers = NoiseAnswers(audit.id, draw_code(), clean_line(name))
    elif name:
        answers = evolve(answers, name=clean_line(name))
    if not answers.sessions or _whole(answers.sessions[-1], audit):
        answers = _next_time(answers, folder, now)
    session = answers.sessions[-1]
    given = {(each.question, each.sample) for each in session.answers}
    left = [each for each in exercises if (each.question.id, each.sample.id) not in given]
    left.sort(
        key=lambda each: sha256(
            f"{answers.code}:{session.number}:{each.question.id}:{each.sample.id}".encode()
        ).digest()
    )
    return Participation(answers, tuple(left), folder)


def _exercises(audit: NoiseAudit, bank: QuestionBank) -> list[SampleExercise]:
    found = []
    for each in audit.samples:
        question = bank.question(each.question)
        sample = next((s for s in question.samples if s.id == each.sample), None) if question else None
        if question is None or sample is None or _digest(exercise := SampleExercise(question, sample)) != each.digest:
            raise Refused(OTHER_ANSWERS.format(bank=bank.id), hint=OTHER_ANSWERS_HINT)
        found.append(exercise)
    return found


def _own(audit: NoiseAudit, folder: Path) -> NoiseAnswers | None:
    paths = answer_files(folder, audit.id)
    if len(paths) > 1:
        raise Refused(SEVERAL.format(folder=clean_line(str(folder))), hint=SEVERAL_HINT)
    if not paths:
        return None
    found = read_answers(paths[0])
    if isinstance(found, Finding):
        raise FindingsError(UNREADABLE.format(file=clean_line(paths[0].name)), [found])
    return found


def _whole(session: PracticeSession, audit: NoiseAudit) -> bool:
    given = {(each.question, each.sample) for each in session.answers}
    return all((each.question, each.sample) in given for each in audit.samples)


def _next_time(answers: NoiseAnswers, folder: Path, now: datetime) -> NoiseAnswers:
    """Begin the first or the second time.

    Raises:
        Refused: Both are done, or it is too early for the second.
    """
    file = str(answers_path(folder, answers))
    if len(answers.sessions) > 1:
        raise Refused(DONE.format(file=clean_line(file)))
    if answers.sessions:
        last = max(each.answered_at or answers.sessions[0].started_at for each in answers.sessions[0].answers)
        due = last + timedelta(days=DAYS)
        if now < due:
            hint = TOO_EARLY_HINT.format(file=clean_line(file))
            raise Refused(TOO_EARLY.format(day=due.date().isoformat()), hint=hint)
    session = PracticeSession(answers.audit, len(answers.sessions) + 1, now)
    return evolve(answers, sessions=(*answers.sessions, session))


def rate_blind(joined: Participation, exercise: SampleExercise, level: LevelNumber, clock: Clock) -> Participation:
    """Keep the level that somebody gave; it is on disk when this returns.

    Raises:
        Refused: It cannot be written.
    """
    sample, answers = exercise.sample, joined.answers
    answer = PracticeAnswer(exercise.question.id, sample.id, sample.level, level, "", clock())
    session = with_answer(answers.sessions[-1], answer)
    after = evolve(answers, sessions=(*answers.sessions[:-1], session))
    with locked(joined.folder):
        write_answers(joined.folder, after)
    return evolve(joined, answers=after)


def report_audit(
    audit: NoiseAudit,
    bank: QuestionBank,
    paths: Sequence[Path],
    *,
    mine: Path | None = None,
    names: bool = False,
    level: float = 0.9,
) -> NoiseReport:
    """Put the levels of everybody who handed in beside each other.

    Args:
        audit: What was rated.
        bank: Where the answers are.
        paths: Files of answers, or folders that hold them.
        mine: The file of who reads, for feedback that is theirs alone.
        names: Whether those who gave their name are called by it.
        level: Of intervals.

    Raises:
        FindingsError: A file is none of answers.
        NotFound: There is no such file, or nobody has handed in anything.
        Refused: The bank has other answers.
        UsageProblem: The level is none.
    """
    if not 0.5 <= level < 1:  # noqa: PLR2004 - below one half an interval misleads
        raise UsageProblem(
            Sentence("--level {level:g} makes no sense").format(level=level), hint="a number from 0.5 to below 1"
        )
    exercises = {(each.question.id, each.sample.id): each for each in _exercises(audit, bank)}
    everybody, findings = _handed_in(audit, exercises, paths)
    own = None if mine is None else _of(mine, everybody)
    return _Everybody(audit, exercises, everybody).report(findings, own=own, names=names, level=level)


def _handed_in(
    audit: NoiseAudit, exercises: Mapping[Place, SampleExercise], paths: Sequence[Path]
) -> tuple[list[NoiseAnswers], list[Finding]]:
    """Read what was handed in; in an order that tells neither who was first nor what anybody is called."""
    files = dict.fromkeys(file for path in paths for file in (answer_files(path) if path.is_dir() else (path,)))
    everybody: dict[str, NoiseAnswers] = {}
    left_out: list[Finding] = []
    wrong: list[Finding] = []
    for file in files:
        found, name = read_answers(file), clean_line(file.name)
        if isinstance(found, NoiseAnswers):
            found = _checked(found, exercises, name) if found.audit == audit.id else found
        if isinstance(found, Finding):
            wrong.append(found)
            continue
        reason = (
            OTHER_AUDIT
            if found.audit != audit.id
            else SAME_PERSON
            if found.code in everybody
            else None
            if found.sessions and found.sessions[0].answers
            else NOT_RATED
        )
        if reason is None:
            everybody[found.code] = found
        else:
            left_out.append(Finding(Code.NOT_HANDED_IN, reason.format(file=name), Severity.WARNING))
    if wrong:
        places = [each.location.file for each in wrong if each.location]
        raise FindingsError(UNREADABLE.format(file=", ".join(places)), wrong)
    if not everybody:
        raise NotFound(NO_FILES, hint=NO_FILES_HINT)
    return sorted(everybody.values(), key=lambda each: sha256(each.code.encode()).digest()), left_out


def _checked(found: NoiseAnswers, exercises: Mapping[Place, SampleExercise], name: str) -> NoiseAnswers | Finding:
    """Return answers whose levels all are levels of what was rated."""
    for session in found.sessions:
        for n, each in enumerate(session.answers):
            exercise = exercises.get((each.question, each.sample))
            if exercise is None or each.level not in exercise.levels:
                path = f"$.sessions[{session.number - 1}].answers[{n}]"
                return Finding(Code.OFF_SCALE, OFF_LEVEL, path=path, location=Location(name))
    return found


def _of(mine: Path, everybody: Iterable[NoiseAnswers]) -> str:
    """Return whose a file is that is in."""
    found = read_answers(mine)
    if isinstance(found, Finding):
        raise FindingsError(UNREADABLE.format(file=clean_line(mine.name)), [found])
    if all(each.code != found.code for each in everybody):
        raise NotFound(NOT_YOURS.format(file=clean_line(mine.name)))
    return found.code


@frozen
class _Everybody:
    """Everybody's levels."""

    audit: NoiseAudit
    exercises: Mapping[Place, SampleExercise]
    people: Sequence[NoiseAnswers]

    def levels(self, time: int) -> list[dict[Place, LevelNumber]]:
        """Return by person the levels given the first time, 0, or the second, 1."""
        return [
            {(a.question, a.sample): a.level for each in person.sessions[time : time + 1] for a in each.answers}
            for person in self.people
        ]

    def report(self, findings: Sequence[Finding], *, own: str | None, names: bool, level: float) -> NoiseReport:
        """Say what all of it shows, or only how much there is."""
        from hiringkit.scoring.noise import CASES, RATERS, REPEATS, measure_noise  # noqa: PLC0415 - numpy: 0.1 s

        first, again, told = self.levels(0), self.levels(1), list(findings)
        rated = [place for place in self.exercises if all(place in one for one in first)]
        if skipped := len(self.exercises) - len(rated):
            told.append(Finding(Code.ANSWERS_SKIPPED, SKIPPED.format(count=skipped), Severity.INFO))
        twice = [
            {place: (float(one[place]), float(then[place])) for place in rated if place in then}
            for one, then in zip(first, again, strict=True)
        ]
        counts = NoiseReport(
            audit=self.audit,
            raters=len(self.people),
            complete=sum(len(one) == len(self.exercises) for one in first),
            answers=len(rated),
            repeated=sum(map(bool, twice)),
            level=level,
        )
        if len(self.people) < RATERS or len(rated) < CASES:
            message = COUNTS_ONLY.format(raters=RATERS, answers=CASES, people=len(self.people), rated=len(rated))
            return evolve(counts, findings=(*told, Finding(Code.COUNTS_ONLY, message, Severity.INFO)))
        if sum(map(len, twice)) < REPEATS:
            told.append(Finding(Code.NO_REPEAT, NO_REPEAT.format(least=REPEATS), Severity.INFO))
        table = [[float(one[place]) for place in rated] for one in first]
        reasoned = [self.exercises[place].sample.level for place in rated]
        measured = measure_noise(table, list(map(float, reasoned)), [list(each.values()) for each in twice], level)
        labels = self.labels(names=names)
        people = tuple(evolve(each, label=label) for each, label in zip(measured.people, labels, strict=True))
        answers = tuple(
            PanelAnswer(*place, right, {who: one[place] for who, one in zip(labels, first, strict=True)})
            for place, right in zip(rated, reasoned, strict=True)
        )
        outcome = panel_outcome(PanelSession(self.audit.bank, 1, self.audit.started_at, tuple(labels), answers))
        codes = [each.code for each in self.people]
        feedback = None if own is None else _feedback(outcome, people[codes.index(own)])
        return evolve(
            counts,
            bias=measured.bias,
            parts=measured.parts,
            outcome=outcome,
            people=people,
            feedback=feedback,
            findings=tuple(told),
        )

    def labels(self, *, names: bool) -> list[str]:
        """Return what people are called: letters, or by the names that they gave, each once."""
        found: list[str] = []
        for number, person in enumerate(self.people):
            letter = _letter(number)
            name = person.name if names else ""
            found.append(name if name and name not in found else letter)
        return found


def _letter(number: int) -> str:
    """Count in letters: A to Z, then AA."""
    return (_letter(number // 26 - 1) if number > 25 else "") + chr(ord("A") + number % 26)  # noqa: PLR2004 - letters


def _feedback(outcome: PanelOutcome, own: RaterNoise) -> NoiseFeedback:
    """Return what one person is told of their own levels, the answers that set them apart most first."""
    apart = []
    for each in outcome.session.answers:
        others = [float(level) for who, level in each.levels.items() if who != own.label]
        mean = sum(others) / len(others)
        apart.append(ApartAnswer(each.question, each.sample, each.levels[own.label], mean, each.reasoned))
    apart.sort(key=lambda each: -abs(each.level - each.others))
    return NoiseFeedback(own, tuple(apart))
