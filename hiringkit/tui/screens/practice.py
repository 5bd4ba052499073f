"""Practice: an invented answer, a level, a reason; then the level that was reasoned out and why."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Static

from hiringkit.actions.practice import Exercise, Notebook, Practice, begin, choose_notebook, practice_logs
from hiringkit.domain.level import LevelNumber
from hiringkit.domain.practice import PracticeAnswer, PracticeLog
from hiringkit.locale import _
from hiringkit.report.model import Tone
from hiringkit.report.views.practice import practice_report
from hiringkit.tui.keeper import Kept, Rejected
from hiringkit.tui.keys import Key, bindings
from hiringkit.tui.ownkeeper import PracticeKeeper, Rated
from hiringkit.tui.safe import safe
from hiringkit.tui.screens.keeping import KeepingRoom, why_not
from hiringkit.tui.screens.reportroom import ReportRoom
from hiringkit.tui.widgets.fields import Line
from hiringkit.tui.widgets.page import Page

if TYPE_CHECKING:
    from hiringkit.domain.question import QuestionBank


class PracticeRoom(KeepingRoom):
    """One session with a bank."""

    ROOM = "practice"
    BINDINGS = bindings("practice")

    def __init__(self, bank_id: str) -> None:
        super().__init__()
        self.bank_id = bank_id
        self.bank: QuestionBank | None = None
        self.notebook: Notebook | None = None
        self.practice: Practice | None = None
        self.position = 0
        self.revealed = False
        self.waiting: Rated | None = None
        self.rejected: dict[str, str] = {}

    def body(self) -> ComposeResult:
        """Lay out the answer, the anchors and the reason."""
        with Horizontal(id="room"):
            yield Page(id="question")
            yield Page(id="anchors")
        yield Line(id="reason", placeholder=_("Why that level? Enter shows the reasoned one."))
        yield Static(id="status")

    def load(self) -> None:
        """Choose the answers, once."""
        own = self.hall.own
        if own is None or self.practice is not None:
            return
        self.bank = own.library.load_bank(self.bank_id)
        self.notebook = choose_notebook(self.hall.store, self.hall.actor, own.practices)
        self.practice = begin(self.notebook, self.bank, self.hall.actor.now, who=self.hall.actor.who)
        self.recorder = PracticeKeeper(self.post_message, self.notebook, self.hall.actor.now)
        self.recorder.begin()

    @property
    def pending(self) -> bool:
        """Whether something is not on disk yet."""
        return self.waiting is not None

    @property
    def refused(self) -> dict[str, str]:
        """Why something will never be on disk."""
        return self.rejected

    @property
    def exercise(self) -> Exercise | None:
        """The answer at hand."""
        return self.practice.exercises[self.position] if self.practice else None

    @property
    def given(self) -> PracticeAnswer | None:
        """The level on disk for it."""
        if self.practice is None or self.exercise is None:
            return None
        key = (self.exercise.question.id, self.exercise.sample.id)
        return next((a for a in self.practice.session.answers if (a.question, a.sample) == key), None)

    def show_all(self) -> None:
        """Show everything."""
        if self.practice is None or self.exercise is None or self.bank is None:
            return
        count = f"{self.position + 1}/{len(self.practice.exercises)}"
        self.head(self.bank.title.in_language(self.hall.language), count, Tone.QUIET)
        self.query_one("#question", Page).write(Content("\n").join(self._answer(self.exercise)), top=True)
        self.query_one("#anchors", Page).write(Content("\n").join(self._anchors(self.exercise)), top=True)
        self.query_one(Line).display = self.given is not None and not self.revealed
        self.show_state()
        self.say_footer()

    def _answer(self, exercise: Exercise) -> Iterator[Content]:
        language = self.hall.language
        if self.revealed and (given := self.given):
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
        facts = {"id": exercise.question.id, "candidate": exercise.sample.id.upper()}
        yield safe(_("Candidate {candidate} on {id}").format(**facts), Tone.QUIET)
        yield safe(exercise.question.text.in_language(language), "bold")
        yield Content("")
        yield safe(exercise.sample.answer.in_language(language))

    def _anchors(self, exercise: Exercise) -> Iterator[Content]:
        chosen = self.waiting or self.given
        for level, text in sorted(exercise.question.anchors.items()):
            own = chosen is not None and chosen.level == level
            reasoned = self.revealed and exercise.sample.level == level
            left, right = "()" if self.given is None else "[]"
            sign = f">{left}{level}{right}" if own else f"  {level} "
            mark = _("reasoned level") if reasoned else ""
            yield Content.assemble(Content(sign), " ", safe(mark, Tone.GOOD))
            yield safe(text.in_language(self.hall.language), "bold" if own else "")

    def show_state(self) -> None:
        """Say what is next."""
        if unsaved := self.unsaved():
            text, tone = unsaved
        elif self.given is None:
            text, tone = _("Which level does the answer show?"), ""
        elif not self.revealed:
            text, tone = _("Saved. Write why, or just Enter."), Tone.GOOD
        else:
            text, tone = _("Saved. Enter goes on."), Tone.GOOD
        self.query_one("#status", Static).update(safe(text, tone))

    def offers(self, key: Key) -> bool:
        """Leave out digits that are no level."""
        digit = key.id.removeprefix("practice-rate-")
        return not digit.isdigit() or self.exercise is None or int(digit) in self.exercise.levels

    def action_rate(self, level: LevelNumber) -> None:
        """Give the answer a level, once."""
        if self.exercise is None or self.given is not None or self.waiting is not None:
            return
        if level not in self.exercise.levels:
            self.tell(_("{level} is not on the scale").format(level=level))
        else:
            self._keep(level, "")

    def _keep(self, level: LevelNumber, reason: str) -> None:
        if self.practice is not None and self.exercise is not None and self.recorder is not None:
            self.rejected.clear()
            self.waiting = Rated(self.practice.session, self.exercise, level, reason)
            self.recorder.put(self.waiting)
            self.watch_change()

    @on(Kept)
    def _kept(self, message: Kept) -> None:
        if self.practice is None:
            return
        self.delay = self.waiting = None
        self.practice = Practice(message.result, self.practice.exercises)
        if message.change.reason:
            self._show_reasoned()
        else:
            self.show_all()
            self.set_focus(self.query_one(Line))

    @on(Rejected)
    def _rejected(self, message: Rejected) -> None:
        self.delay = self.waiting = None
        self.rejected[message.change.exercise.question.id] = why_not(message.error)
        self.show_state()

    def write_down(self) -> None:
        """Have the reason written that stands in its line."""
        reason = self.query_one(Line).value
        if self.given is not None and not self.revealed and self.waiting is None and reason.strip():
            self._keep(self.given.level, reason)

    def show_open(self) -> None:
        """Show the level as not yet saved."""
        self.show_all()

    @on(Input.Submitted, "#reason")
    def _reasoned(self) -> None:
        self.reveal()

    def reveal(self) -> None:
        """Keep the reason, and show the reasoned level once it is kept."""
        if self.given is None or self.waiting is not None:
            return
        self.write_down()
        if self.waiting is None:
            self._show_reasoned()

    def _show_reasoned(self) -> None:
        self.revealed = True
        self.set_focus(None)
        self.query_one(Line).value = ""
        self.show_all()

    def action_next(self) -> None:
        """Go to the next answer; after the last one, to the report."""
        if self.waiting is not None:
            self.show_state()
        elif self.given is None:
            self.tell(_("Which level does the answer show?"))
        elif not self.revealed:
            self.reveal()
        else:
            self._go_on()

    def action_skip(self) -> None:
        """Leave this answer unrated."""
        if self.given is None and self.waiting is None:
            self._go_on()

    def _go_on(self) -> None:
        if self.practice is None or self.position == len(self.practice.exercises) - 1:
            self.action_report()
            return
        self.position += 1
        self.revealed = False
        self.show_all()

    def action_back(self) -> None:
        """Leave the line for the reason, which shows the reasoned level; else the room."""
        if self.typing:
            self.reveal()
        else:
            super().action_back()

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
            self.app.push_screen(ReportRoom(lambda language: practice_report(log, bank, language)))
