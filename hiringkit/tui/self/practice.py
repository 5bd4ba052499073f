"""Practice: an invented answer, a level, a reason; then the level that was reasoned out and why."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Static

from hiringkit.actions.practice import Notebook, SampleExercise, begin, choose_notebook, practice_logs
from hiringkit.domain.level import LevelNumber, write_level
from hiringkit.domain.practice import PracticeLog
from hiringkit.locale import _
from hiringkit.report.model import Tone
from hiringkit.report.views.exhibit import exhibit_text
from hiringkit.report.views.practice import practice_report
from hiringkit.tui.keys import Key, bindings
from hiringkit.tui.report import ReportScreen
from hiringkit.tui.safe import safe
from hiringkit.tui.saving import Delayed, Rejected, Saved, Saving, why_not
from hiringkit.tui.screen import AppScreen
from hiringkit.tui.self.digits import LevelDigits, begins_level
from hiringkit.tui.self.state import PracticeState
from hiringkit.tui.self.writer import PracticeWriter, Rated
from hiringkit.tui.session import OwnFiles, TuiSession
from hiringkit.tui.widgets.fields import Line
from hiringkit.tui.widgets.page import Page

if TYPE_CHECKING:
    from hiringkit.domain.question import QuestionBank


def sample_answer(exercise: SampleExercise, language: str) -> Iterator[Content]:
    """Yield the lines of an invented answer, below the question and its exhibits."""
    facts = {"id": exercise.question.id, "candidate": exercise.sample.id.upper()}
    yield safe(_("Candidate {candidate} on {id}").format(**facts), Tone.QUIET)
    yield safe(exercise.question.text.in_language(language), "bold")
    for exhibit in exercise.question.exhibits:
        yield from map(safe, (exhibit.title.in_language(language), *exhibit_text(exhibit, language).split("\n")))
    yield Content("")
    yield safe(exercise.sample.answer.in_language(language))


class PracticeScreen(AppScreen):
    """One session with a bank."""

    KEYS = "practice"
    BINDINGS = bindings("practice")

    def __init__(self, session: TuiSession, own: OwnFiles, bank_id: str) -> None:
        super().__init__(session)
        self.own, self.bank_id = own, bank_id
        self.bank: QuestionBank | None = None
        self.notebook: Notebook | None = None
        self.state = PracticeState()
        self.saving = Saving(self, self.state, self.show_unsaved, self.show_status)
        self.digits = LevelDigits(self, lambda level: self._write(level, ""), self.show_status)

    def body(self) -> ComposeResult:
        """Lay out the answer, the anchors and the reason."""
        with Horizontal(id="columns"):
            yield Page(id="question")
            yield Page(id="anchors")
        yield Line(id="reason", placeholder=_("Why that level? Enter shows the reasoned one."))
        yield Static(id="status")

    def load(self) -> None:
        """Choose the answers, once."""
        if self.state.practice is not None:
            return
        actor = self.session.actor
        self.bank = self.own.library.load_bank(self.bank_id)
        self.notebook = choose_notebook(self.session.store, actor, self.own.practices)
        self.state.practice = begin(self.notebook, self.bank, actor.now, who=actor.who)
        self.saving.begin(PracticeWriter(self.post_message, self.notebook, actor.now))

    def show_all(self) -> None:
        """Show everything."""
        practice, exercise = self.state.practice, self.state.exercise
        if practice is None or exercise is None or self.bank is None:
            return
        count = f"{self.state.position + 1}/{len(practice.exercises)}"
        self.head(self.bank.title.in_language(self.session.language), count, Tone.QUIET)
        self.query_one("#question", Page).write(Content("\n").join(self._answer(exercise)), top=True)
        self.query_one("#anchors", Page).write(Content("\n").join(self._anchors(exercise)), top=True)
        self.query_one(Line).display = self.state.given is not None and not self.state.revealed
        self.show_status()
        self.show_footer()

    def _answer(self, exercise: SampleExercise) -> Iterator[Content]:
        language = self.session.language
        if self.state.revealed and (given := self.state.given):
            off = given.level - given.reasoned
            words = (
                _("Reasoned level: {level}. You met it.")
                if not off
                else _("Reasoned level: {level}. Yours is {count} higher.")
                if off > 0
                else _("Reasoned level: {level}. Yours is {count} lower.")
            )
            tone = Tone.CAUTION if off else Tone.GOOD
            yield safe(words.format(level=given.reasoned, count=abs(off)), tone)
            yield safe(exercise.sample.why.in_language(language))
            yield Content("")
        yield from sample_answer(exercise, language)

    def _anchors(self, exercise: SampleExercise) -> Iterator[Content]:
        chosen = self.state.pending or self.state.given
        for level, text in sorted(exercise.question.anchors.items()):
            own = chosen is not None and chosen.level == level
            reasoned = self.state.revealed and exercise.sample.level == level
            left, right = "()" if self.state.given is None else "[]"
            sign = f">{left}{write_level(level)}{right}" if own else f"  {write_level(level)} "
            mark = _("reasoned level") if reasoned else ""
            yield Content.assemble(Content(sign), " ", safe(mark, Tone.GOOD))
            yield safe(text.in_language(self.session.language), "bold" if own else "")

    def show_status(self) -> None:
        """Say what is next."""
        if unsaved := self.saving.sentence():
            text, tone = unsaved
        elif self.digits.text:
            text, tone = _("Level {typed}? Enter takes it.").format(typed=self.digits.text), ""
        elif self.state.given is None:
            text, tone = _("Which level does the answer show?"), ""
        elif not self.state.revealed:
            text, tone = _("Saved. Write why, or just Enter."), Tone.GOOD
        else:
            text, tone = _("Saved. Enter goes on."), Tone.GOOD
        self.query_one("#status", Static).update(safe(text, tone))

    def show_unsaved(self) -> None:
        """Show the level as not yet saved."""
        self.show_all()

    def offers(self, key: Key) -> bool:
        """Leave out digits that are no level."""
        digit = key.id.removeprefix("practice-rate-")
        return not digit.isdigit() or self.state.exercise is None or begins_level(digit, self.state.exercise.levels)

    # writing

    def action_rate(self, digit: int) -> None:
        """Give the answer a level, once, or begin one."""
        self._type(str(digit))

    def _type(self, sign: str) -> None:
        exercise = self.state.exercise
        if exercise is None or self.state.given is not None or self.state.pending is not None:
            return
        if not self.digits.add(sign, exercise.levels):
            self.tell(_("{level} is not on the scale").format(level=sign))

    def on_key(self, event: events.Key) -> None:
        """Take the point of a level between two whole ones."""
        if event.character in {".", ","} and self.digits.text:
            event.stop()
            self._type(".")

    def _write(self, level: LevelNumber, reason: str) -> None:
        practice, exercise = self.state.practice, self.state.exercise
        if practice is not None and exercise is not None and self.saving.writer is not None:
            self.state.refused.clear()
            self.state.pending = Rated(practice.session, exercise, level, reason)
            self.saving.writer.put(self.state.pending)
            self.saving.changed()

    def write_down(self) -> None:
        """Have the reason written that stands in its line."""
        reason, given = self.query_one(Line).value, self.state.given
        if given is not None and not self.state.revealed and self.state.pending is None and reason.strip():
            self._write(given.level, reason)

    @on(Saved)
    def _saved(self, message: Saved) -> None:
        self.saving.settled()
        self.state.keep(message.result)
        if message.change.reason:
            self._show_reasoned()
        else:
            self.show_all()
            self.set_focus(self.query_one(Line))

    @on(Delayed)
    def _delayed(self, message: Delayed) -> None:
        self.saving.delayed(message)

    @on(Rejected)
    def _rejected(self, message: Rejected) -> None:
        self.saving.settled()
        self.state.pending = None
        self.state.refused[message.change.exercise.question.id] = why_not(message.error)
        self.show_status()

    @on(Input.Submitted, "#reason")
    def _reasoned(self) -> None:
        self.reveal()

    def reveal(self) -> None:
        """Keep the reason, and show the reasoned level once it is kept."""
        if self.state.given is None or self.state.pending is not None:
            return
        self.write_down()
        if self.state.pending is None:
            self._show_reasoned()

    def _show_reasoned(self) -> None:
        self.state.revealed = True
        self.set_focus(None)
        self.query_one(Line).value = ""
        self.show_all()

    # moving and leaving

    def action_next(self) -> None:
        """Go to the next answer; after the last one, to the report."""
        if self.digits.enter():
            return
        if self.state.pending is not None:
            self.show_status()
        elif self.state.given is None:
            self.tell(_("Which level does the answer show?"))
        elif not self.state.revealed:
            self.reveal()
        else:
            self._go_on()

    def action_skip(self) -> None:
        """Leave this answer unrated."""
        if self.state.given is None and self.state.pending is None:
            self._go_on()

    def _go_on(self) -> None:
        self.digits.clear()
        if self.state.last:
            self.action_report()
            return
        self.state.go_on()
        self.show_all()

    def action_back(self) -> None:
        """Leave the line for the reason, which shows the reasoned level; else the screen."""
        if self.typing:
            self.reveal()
        else:
            super().action_back()

    def leave(self) -> None:
        """Go back, unless something is not saved."""
        self.saving.leave(super().leave)

    def may_quit(self) -> bool:
        """Return whether everything is on disk; where it is not, ask before leaving."""
        self.write_down()
        return self.saving.may_quit()

    def on_unmount(self) -> None:
        """Stop the writer."""
        self.saving.close()

    def action_page(self, pages: int) -> None:
        """Scroll answer and anchors."""
        for page in self.query(Page):
            page.page(pages)

    def action_report(self) -> None:
        """Show how the levels compare so far."""
        notebook, bank = self.notebook, self.bank
        if notebook is None or bank is None:
            return
        logs = self.attempt(lambda: practice_logs(notebook.sessions()))
        if logs is not None:
            log = logs.get(bank.id, PracticeLog(()))
            self.app.push_screen(ReportScreen(self.session, lambda language: practice_report(log, bank, language)))
