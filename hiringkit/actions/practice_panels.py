"""Practice of a panel: the same invented answers, rated by everybody, before anybody interviews."""

from collections import Counter
from pathlib import Path

from attrs import evolve, frozen

from hiringkit.actions.practice import SampleExercise, choose_samples
from hiringkit.domain.level import LevelNumber
from hiringkit.domain.practice import PanelAnswer, PanelOutcome, PanelSession
from hiringkit.domain.question import QuestionBank
from hiringkit.errors import NotFound, UsageProblem
from hiringkit.exchange.personal import PANEL_ENDING, list_private, locked, read_panels, write_panel
from hiringkit.text.clean import clean_line
from hiringkit.text.sentence import Sentence
from hiringkit.timezone import Clock


@frozen
class PanelPractice:
    """A session about to be held by several."""

    session: PanelSession
    exercises: tuple[SampleExercise, ...]
    """In the order in which they are shown."""


def begin_panel(
    folder: Path,
    bank: QuestionBank,
    clock: Clock,
    names: str,
    *,
    questions: tuple[str, ...] = (),
    count: int | None = None,
) -> PanelPractice:
    """Choose the sample answers that a panel rates; nothing is kept before the first of them is rated.

    Raises:
        NotFound: The bank has no such question, or no sample answers.
        UsageProblem: There are fewer than two names, or one of them twice.
    """
    raters = tuple(
        name for each in names.replace("，", ",").replace("、", ",").split(",") if (name := clean_line(each))
    )
    if len(raters) < 2 or len(set(raters)) < len(raters):  # noqa: PLR2004 - one by oneself is no panel
        raise UsageProblem("a panel is two names or more, each once", hint='by commas: --panel "Ada, Ben"')
    sessions = [session for session in read_panels(folder)[0] if session.bank == bank.id]
    number = 1 + max((_number(path.name, bank.id) for path in list_private(folder, PANEL_ENDING)), default=0)
    times = Counter(answer.question for session in sessions for answer in session.answers)
    chosen = choose_samples(bank, f"panel:{bank.id}:{number}", times, questions=questions, count=count)
    return PanelPractice(PanelSession(bank.id, number, clock(), raters), chosen)


def resume_panel(folder: Path, bank: QuestionBank, number: int) -> PanelPractice:
    """Return a session that was begun, with the same answers as then; those of one question only are not gone on with.

    Raises:
        NotFound: There is none of this number.
    """
    sessions = [session for session in read_panels(folder)[0] if session.bank == bank.id]
    held = next((session for session in sessions if session.number == number), None)
    if held is None:
        raise NotFound("no such session")
    before = (session for session in sessions if session.number < number)
    times = Counter(answer.question for session in before for answer in session.answers)
    return PanelPractice(held, choose_samples(bank, f"panel:{bank.id}:{number}", times))


def _number(name: str, bank: str) -> int:
    """Return the number in a file's name, 0 where it is another bank's; files that cannot be read count too."""
    end = name.removesuffix(PANEL_ENDING).removeprefix(f"{bank}-")
    return int(end) if end.isascii() and end.isdigit() else 0


def rate_together(
    folder: Path, session: PanelSession, exercise: SampleExercise, levels: dict[str, LevelNumber]
) -> PanelSession:
    """Keep everybody's level of a sample answer.

    Raises:
        Refused: It cannot be kept.
    """
    answer = PanelAnswer(exercise.question.id, exercise.sample.id, exercise.sample.level, levels)
    after = evolve(session, answers=(*session.answers, answer))
    with locked(folder):
        write_panel(folder, after)
    return after


def latest_panel(folder: Path, bank: str) -> PanelSession:
    """Return the panel's latest session with a bank.

    Raises:
        NotFound: There is none.
    """
    held = [session for session in read_panels(folder)[0] if session.bank == bank]
    if not held:
        raise NotFound(
            Sentence("no panel has practised with {bank!r}").format(bank=bank),
            hint=Sentence('hiringkit practice {bank} --panel "Ada, Ben"').format(bank=bank),
        )
    return held[-1]


def last_panel(folder: Path) -> tuple[str, ...]:
    """Return who practised together last, with whichever bank; nobody where none did or nothing can be read."""
    held = read_panels(folder)[0] if folder.is_dir() else ()
    return max(held, key=lambda each: each.started_at).raters if held else ()


def panel_outcome(session: PanelSession) -> PanelOutcome:
    """Say how far the levels of a panel agree, and who is stricter than the reasoned levels."""
    from hiringkit.scoring.agreement.alpha import panel_alpha  # noqa: PLC0415 - numpy

    severity = {
        name: sum(answer.reasoned - answer.levels[name] for answer in session.answers) / len(session.answers)
        for name in session.raters
        if session.answers
    }
    return PanelOutcome(session, panel_alpha(session), severity)
