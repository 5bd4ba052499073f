"""`hiringkit practice`: an answer, a level, a reason; then the level that was reasoned out and why."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hiringkit.actions.practice import Notebook, Practice, SampleExercise, rate_sample
from hiringkit.cli.base import Command, option
from hiringkit.cli.prompts import Left, answers, complain, say, say_exhibits, texts
from hiringkit.cli.session import Session, now, with_session
from hiringkit.domain.level import LevelNumber, read_level, write_level
from hiringkit.domain.practice import PanelSession, PracticeSession
from hiringkit.errors import HiringKitError, UsageProblem
from hiringkit.locale import _, n_
from hiringkit.settings import data_folder
from hiringkit.text.sentence import Sentence
from hiringkit.text.typed import typed_plainly

if TYPE_CHECKING:
    from hiringkit.actions.practice_panels import PanelPractice


def practise(notebook: Notebook, practice: Practice, language: str, *, err: bool = False) -> PracticeSession:
    """Show sample answers one by one and take a level for each, until all are rated or the user leaves.

    Args:
        notebook: Where the answers are kept, each before the next line is printed.
        practice: What to show.
        language: en or zh.
        err: Whether to speak on standard error, because standard output is for a program.

    Returns:
        The session with its answers.
    """
    session = practice.session
    count = len(practice.exercises)
    introduction = _("{count} invented answers. Rate each by its anchors; then see the level that was reasoned out.")
    say(introduction.format(count=count), err=err)
    say(_("s skip, ? anchors again, q leave. Every level is saved at once."), err=err)
    for number, exercise in enumerate(practice.exercises, 1):
        show_sample(exercise, number, count, language, err=err)
        try:
            level = ask_level(exercise, language, err=err)
        except Left:
            break
        if level is None:
            continue
        session = rate_sample(notebook, now, session, exercise, level)
        reason = next(texts(_("Why that level? (Enter for no reason)"), err=err), None)
        if reason and reason.strip():
            session = _keep_reason(notebook, session, exercise, level, reason, err=err)
        _reveal(exercise, level, language, err=err)
        if reason is None:
            break
    return session


def show_sample(exercise: SampleExercise, number: int, count: int, language: str, *, err: bool) -> None:
    """Show a question, a sample answer to it and the anchors."""
    say(err=err)
    facts = {"number": number, "count": count, "id": exercise.question.id, "candidate": exercise.sample.id.upper()}
    say(_("Answer {number} of {count}: candidate {candidate} on {id}").format(**facts), err=err)
    say(_("Question: {text}").format(text=exercise.question.text.in_language(language)), err=err)
    say_exhibits(exercise.question, language, err=err)
    say(_("Answer: {text}").format(text=exercise.sample.answer.in_language(language)), err=err)
    _show_anchors(exercise, language, err=err)


def _show_anchors(exercise: SampleExercise, language: str, *, err: bool) -> None:
    for level, anchor in sorted(exercise.question.anchors.items()):
        say(_("Level {level}: {text}").format(level=level, text=anchor.in_language(language)), err=err)


def ask_level(exercise: SampleExercise, language: str, *, err: bool, who: str = "") -> LevelNumber | None:
    """Return the level given, None to skip the answer; what somebody of a panel types is not shown.

    Raises:
        Left: The user goes, or the input ends.
    """
    low, high = exercise.levels[0], exercise.levels[-1]
    prompt = _("{who}: level, {low} to {high}") if who else _("Level, {low} to {high}")
    for line in answers(prompt.format(low=low, high=high, who=who), err=err, hidden=bool(who)):
        word = typed_plainly(line).lower()
        if word == "q":
            break
        if word == "s":
            return None
        if (level := read_level(word, exercise.levels)) is not None:
            return level
        if word in ("?", ""):
            _show_anchors(exercise, language, err=err)
        else:
            hint = Sentence("expected {words}").format(
                words=", ".join([*map(write_level, exercise.levels), "s", "?", "q"])
            )
            complain(UsageProblem(Sentence("{word!r} is no level").format(word=word), hint=hint), err=err)
    raise Left


def _keep_reason(
    notebook: Notebook,
    session: PracticeSession,
    exercise: SampleExercise,
    level: LevelNumber,
    reason: str,
    *,
    err: bool,
) -> PracticeSession:
    try:
        return rate_sample(notebook, now, session, exercise, level, reason)
    except HiringKitError as error:
        complain(error, err=err)
        return session


def _reveal(exercise: SampleExercise, level: LevelNumber, language: str, *, err: bool) -> None:
    off = level - exercise.sample.level
    if not off:
        say(_("Reasoned level: {level}. You met it.").format(level=exercise.sample.level), err=err)
    else:
        words = (
            _("Reasoned level: {level}. Yours is {count} higher.")
            if off > 0
            else _("Reasoned level: {level}. Yours is {count} lower.")
        )
        say(words.format(level=exercise.sample.level, count=abs(off)), err=err)
    say(_("Why: {text}").format(text=exercise.sample.why.in_language(language)), err=err)


def practise_together(folder: Path, panel: "PanelPractice", language: str, *, err: bool = False) -> PanelSession:
    """Show each sample answer once and take everybody's level unseen; only then show all of them and the reasoned one.

    Args:
        folder: Where the session is kept, each answer before the next line is printed.
        panel: What to show, and to whom.
        language: en or zh.
        err: Whether to speak on standard error, because standard output is for a program.
    """
    from hiringkit.actions.practice_panels import rate_together

    session, count = panel.session, len(panel.exercises)
    introduction = _("{count} invented answers, rated by {names}. Nobody sees a level before all are given.")
    say(introduction.format(count=count, names=", ".join(session.raters)), err=err)
    say(_("s skip, ? anchors again, q leave. Every answer is saved once all have rated it."), err=err)
    for number, exercise in enumerate(panel.exercises, 1):
        show_sample(exercise, number, count, language, err=err)
        try:
            given = _ask_everybody(exercise, session.raters, language, err=err)
        except Left:
            break
        if given:
            session = rate_together(folder, session, exercise, given)
            say(", ".join(f"{name} {write_level(level)}" for name, level in given.items()), err=err)
            say(_("Reasoned level: {level}.").format(level=write_level(exercise.sample.level)), err=err)
            say(_("Why: {text}").format(text=exercise.sample.why.in_language(language)), err=err)
    return session


def _ask_everybody(
    exercise: SampleExercise, names: Sequence[str], language: str, *, err: bool
) -> dict[str, LevelNumber] | None:
    """Return everybody's level, None where one of them skips the answer.

    Raises:
        Left: Somebody goes, or the input ends.
    """
    given: dict[str, LevelNumber] = {}
    for name in names:
        level = ask_level(exercise, language, err=err, who=name)
        if level is None:
            return None
        given[name] = level
    return given


@click.command(
    "practice",
    cls=Command,
    help=n_(
        "Rate invented answers of a question bank, then read the level that was reasoned out and why. At the end: how"
        " your levels compare, which ones you confuse, and whether it improves. With --as naming an interviewer of the"
        " database the session is kept there, else in your data folder."
    ),
    examples=[
        "hiringkit practice sales-operations",
        "hiringkit practice sales-operations --question bottlenecks",
        "hiringkit practice sales-operations --report -f json",
        'hiringkit practice sales-operations --panel "Ada, Ben, Cy"',
    ],
)
@click.argument("bank", metavar="ID|PATH")
@option("--question", "questions", multiple=True, help=n_("Only answers to this question; repeat it for more."))
@option("--count", type=click.IntRange(min=1), help=n_("How many answers; 8 if not given, or all of --question."))
@option("--report", "only_report", is_flag=True, help=n_("Rate nothing, show the sessions so far."))
@option(
    "--panel",
    "panel_of",
    metavar="NAMES",
    help=n_(
        "Interviewers who rate the same answers at one screen, by commas: each level is typed unseen, then you read"
        " where you part. With --report, the latest such session."
    ),
)
@option(
    "--dir",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help=n_("Where your sessions are kept; if not given, in your data folder."),
)
@with_session
def command(
    session: Session,
    bank: str,
    questions: tuple[str, ...],
    count: int | None,
    only_report: bool,
    panel_of: str | None,
    folder: Path | None,
) -> None:
    """Practise, and show how it went."""
    from hiringkit.actions.practice import begin, practice_logs
    from hiringkit.cli.session import now
    from hiringkit.domain.practice import PracticeLog
    from hiringkit.report.views.practice import practice_report

    loaded = session.library.load_bank(bank)
    aside = session.format in ("json", "csv", "markdown") and not session.options.get("output")
    if panel_of is not None:
        from hiringkit.actions.practice_panels import begin_panel, latest_panel, panel_outcome
        from hiringkit.report.views.practice_panel import panel_report

        place = folder or data_folder() / "practice"
        if only_report:
            held = latest_panel(place, loaded.id)
        else:
            panel = begin_panel(place, loaded, now, panel_of, questions=questions, count=count)
            held = practise_together(place, panel, session.language, err=aside)
        session.emit(panel_report(panel_outcome(held), loaded, session.language))
        return
    notebook, who = _notebook(session, folder)
    if not only_report:
        practice = begin(notebook, loaded, now, who=who, questions=questions, count=count)
        practise(notebook, practice, session.language, err=aside)
    log = practice_logs(notebook.sessions()).get(loaded.id, PracticeLog(()))
    session.emit(practice_report(log, loaded, session.language))


def _notebook(session: Session, folder: Path | None) -> "tuple[Notebook, str]":
    """Return where sessions are kept, and whose they are."""
    from hiringkit.actions.practice import FolderNotebook

    who = session.settings.user.value
    if who and folder is None and (store := session.existing_store()):
        from hiringkit.actions.practice import open_notebook

        if found := open_notebook(store, session.actor):
            return found, found.interviewer
        session.note(
            _("{who} is no interviewer of the database: the session is kept in your data folder.").format(who=who)
        )
    kept = FolderNotebook(folder or data_folder() / "practice")
    kept.sessions()
    session.tell(kept.findings)
    return kept, ""
