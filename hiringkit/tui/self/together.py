"""Practice of a panel at one screen: everybody's level of an invented answer, typed unseen, then all of them."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from hiringkit.actions.practice import SampleExercise
from hiringkit.actions.practice_panels import PanelPractice, panel_outcome, rate_together
from hiringkit.domain.level import LevelNumber, write_level
from hiringkit.locale import _
from hiringkit.report.model import Tone
from hiringkit.report.views.practice_panel import panel_report
from hiringkit.text.language import LANGUAGES
from hiringkit.tui.dialogs.confirm import Confirm
from hiringkit.tui.keys import Key, bindings
from hiringkit.tui.report import ReportScreen
from hiringkit.tui.safe import safe
from hiringkit.tui.screen import AppScreen
from hiringkit.tui.self.digits import LevelDigits, begins_level
from hiringkit.tui.self.practice import sample_answer
from hiringkit.tui.session import OwnFiles, TuiSession
from hiringkit.tui.widgets.page import Page

if TYPE_CHECKING:
    from hiringkit.domain.practice import PanelAnswer
    from hiringkit.domain.question import QuestionBank


class TogetherScreen(AppScreen):
    """One session of several people with a bank; what is on disk are answers that all of them rated."""

    KEYS = "together"
    BINDINGS = bindings("together")

    def __init__(self, session: TuiSession, own: OwnFiles, bank: "QuestionBank", panel: PanelPractice) -> None:
        super().__init__(session)
        self.own, self.bank, self.exercises = own, bank, panel.exercises
        self.held = panel.session
        self.position = 0
        self.given: dict[str, LevelNumber] = {}
        """Levels of the answer at hand, until everybody has given one."""
        self.rated: PanelAnswer | None = None
        """The answer at hand, once it is on disk."""
        self.digits = LevelDigits(self, self._take, self.show_status)

    @property
    def exercise(self) -> SampleExercise:
        """The answer at hand."""
        return self.exercises[self.position]

    @property
    def whose(self) -> str:
        """Whose turn it is; empty once all have given a level."""
        return next((name for name in self.held.raters if name not in self.given), "")

    def body(self) -> ComposeResult:
        """Lay out the answer and the anchors."""
        with Horizontal(id="columns"):
            yield Page(id="question")
            yield Page(id="anchors")
        yield Static(id="status")

    def show_all(self) -> None:
        """Show everything."""
        language = self.session.language
        names = LANGUAGES[language].comma.join(self.held.raters)
        count = f"{self.position + 1}/{len(self.exercises)}"
        self.head(self.bank.title.in_language(language), f"{names}  {count}", Tone.QUIET)
        self.query_one("#question", Page).write(Content("\n").join(self._answer()), top=True)
        self.query_one("#anchors", Page).write(Content("\n").join(self._anchors()), top=True)
        self.show_status()
        self.show_footer()

    def _answer(self) -> Iterator[Content]:
        language, exercise = self.session.language, self.exercise
        if self.rated is not None:
            for name in self.held.raters:
                level = self.rated.levels[name]
                tone = Tone.GOOD if level == self.rated.reasoned else Tone.CAUTION
                yield safe(f"{name}  {write_level(level)}", tone)
            words = _("Reasoned level: {level}.").format(level=write_level(self.rated.reasoned))
            yield safe(words, "bold")
            yield safe(exercise.sample.why.in_language(language))
            yield Content("")
        yield from sample_answer(exercise, language)

    def _anchors(self) -> Iterator[Content]:
        for level, text in sorted(self.exercise.question.anchors.items()):
            reasoned = self.rated is not None and self.rated.reasoned == level
            mark = _("reasoned level") if reasoned else ""
            yield Content.assemble(Content(f"  {write_level(level)} "), " ", safe(mark, Tone.GOOD))
            yield safe(text.in_language(self.session.language), "bold" if reasoned else "")

    def show_status(self) -> None:
        """Say whose turn it is; no level, nor what was typed of one, is shown before all have given theirs."""
        tone: Tone | str = ""
        if self.rated is not None:
            text, tone = _("Saved. Enter goes on."), Tone.GOOD
        elif not self.whose:
            text, tone = _("Not saved. Enter tries again."), Tone.BAD
        elif self.digits.text:
            text = _("{who}: Enter takes it.").format(who=self.whose)
        else:
            words = _("{who}: which level? The digit is not shown. {done} of {count} have given theirs.")
            text = words.format(who=self.whose, done=len(self.given), count=len(self.held.raters))
        self.query_one("#status", Static).update(safe(text, tone))

    def offers(self, key: Key) -> bool:
        """Leave out digits that are no level, and what there is nothing to take back of."""
        digit = key.id.removeprefix("together-rate-")
        if digit.isdigit():
            return begins_level(digit, self.exercise.levels)
        return key.id != "together-undo" or (bool(self.given) and self.rated is None)

    # rating

    def action_rate(self, digit: int) -> None:
        """Give the level of the one whose turn it is, or begin one."""
        self._type(str(digit))

    def _type(self, sign: str) -> None:
        if self.whose and not self.digits.add(sign, self.exercise.levels):
            self.tell(_("{level} is not on the scale").format(level=sign))

    def on_key(self, event: events.Key) -> None:
        """Take the point of a level between two whole ones."""
        if event.character in {".", ","} and self.digits.text:
            event.stop()
            self._type(".")

    def _take(self, level: LevelNumber) -> None:
        self.given[self.whose] = level
        if self.whose:
            self.show_status()
            self.show_footer()
        else:
            self._keep()

    def _keep(self) -> None:
        """Write what all of them gave, and only then show it."""
        after = self.attempt(lambda: rate_together(self.own.practices, self.held, self.exercise, dict(self.given)))
        if after is not None:
            self.held, self.rated = after, after.answers[-1]
        self.show_all()

    def action_undo(self) -> None:
        """Take back the level that was given last, while it is not on disk."""
        if self.rated is None and self.given:
            self.digits.clear()
            self.given.popitem()
            self.show_status()
            self.show_footer()

    # moving and leaving

    @property
    def unsaved(self) -> bool:
        """Whether all have given a level and none is on disk."""
        return self.rated is None and not self.whose

    def leave(self) -> None:
        """Go back, after asking if levels that all have given are not on disk."""
        self._ask(super().leave) if self.unsaved else super().leave()

    def may_quit(self) -> bool:
        """Return whether everything is on disk; where it is not, ask before leaving."""
        if self.unsaved:
            self._ask(self.app.exit)
        return not self.unsaved

    def _ask(self, go: Callable[[], object]) -> None:
        def answered(anyway: bool | None) -> None:
            if anyway:
                go()

        lost = _("Something is not saved yet, and would be lost:") + "\n" + _("Everybody's level of this answer.")
        self.app.push_screen(Confirm(lost, _("leave all the same"), _("stay")), answered)

    def action_next(self) -> None:
        """Go to the next answer; after the last one, to the report."""
        if self.digits.enter():
            return
        if self.rated is not None:
            self._go_on()
        elif not self.whose:
            self._keep()
        else:
            self.show_status()

    def action_skip(self) -> None:
        """Leave this answer unrated by everybody."""
        if self.rated is None:
            self._go_on()

    def _go_on(self) -> None:
        self.digits.clear()
        if self.position == len(self.exercises) - 1:
            self.action_report()
            return
        self.position += 1
        self.given, self.rated = {}, None
        self.show_all()

    def action_page(self, pages: int) -> None:
        """Scroll answer and anchors."""
        for page in self.query(Page):
            page.page(pages)

    def action_report(self) -> None:
        """Show where the levels part so far."""
        outcome, bank = panel_outcome(self.held), self.bank
        self.app.push_screen(ReportScreen(self.session, lambda language: panel_report(outcome, bank, language)))
