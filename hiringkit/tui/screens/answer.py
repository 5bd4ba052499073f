"""A self-assessment: write, rate oneself, name evidence; all of it on disk at once."""

from collections.abc import Callable

from textual import on
from textual.widgets import TextArea

from hiringkit.actions import aspiring
from hiringkit.actions.selfprofiling import profile_self
from hiringkit.domain.attempt import Sheet, Standing
from hiringkit.domain.interview import Mark
from hiringkit.domain.question import Question
from hiringkit.domain.role import Requirement
from hiringkit.errors import HiringKitError
from hiringkit.locale import _, say
from hiringkit.report.selfassessments import self_report
from hiringkit.tui.keys import bindings
from hiringkit.tui.screens.answering import AnsweringRoom
from hiringkit.tui.screens.reportroom import ReportRoom
from hiringkit.tui.screens.sitting import Kit
from hiringkit.tui.widgets.fields import Evidence
from hiringkit.tui.widgets.listing import Listing
from hiringkit.tui.widgets.page import Page

PAUSE = 0.5
"""Seconds without a key after which what was typed is written."""


class AnswerRoom(AnsweringRoom):
    """One attempt, to answer."""

    BINDINGS = bindings("answer")

    # keeping

    def keep(self, change: Callable[[], Sheet]) -> bool:
        """Write a change to disk and show what is there; False if it is not."""
        try:
            self.sheet = change()
        except HiringKitError as error:
            self.unsaved = _("NOT saved: {why}").format(why=say(error.message))
            self.show_state()
            return False
        self.unsaved = ""
        self.show_kit()
        self.show_item()
        self.show_state()
        self.say_footer()
        return True

    def keep_level(self, level: int | Mark) -> None:
        """Write the own level to disk."""
        if isinstance(self.item, Question) and self.write_texts():
            question, own = self.item.id, self.own
            self.keep(lambda: aspiring.answer(own.attempts, self.hall.actor.now, self.identity, question, level=level))

    def write_texts(self) -> bool:
        """Write to disk what was typed; False if it is not there."""
        if self.typed is not None:
            self.typed.stop()
            self.typed = None
        texts = {name: self.query_one(f"#{name}", Evidence) for name in ("answer", "evidence")}
        if not isinstance(self.item, Question) or all(field.text == field.loaded for field in texts.values()):
            self.show_state()
            return True
        question, own = self.item.id, self.own
        text, evidence = texts["answer"].text, texts["evidence"].text
        kept = self.keep(
            lambda: aspiring.answer(
                own.attempts, self.hall.actor.now, self.identity, question, text=text, evidence=evidence
            )
        )
        if kept:
            for field in texts.values():
                field.loaded = field.text
        return kept

    @on(TextArea.Changed)
    def _typed(self, message: TextArea.Changed) -> None:
        field = message.text_area
        if not isinstance(field, Evidence) or field.text == field.loaded:
            return
        if self.typed is not None:
            self.typed.stop()
        self.typed = self.set_timer(PAUSE, self.write_texts)
        self.show_state()

    # what keys do

    def action_rate(self, level: int) -> None:
        """Give the own level."""
        if isinstance(self.item, Question) and self.sheet:
            if level in self.sheet.rubric.scale.values:
                self.keep_level(level)
            else:
                self.tell(_("{level} is not on the scale").format(level=level))

    def action_nothing(self) -> None:
        """Say that there is nothing to tell."""
        self.keep_level(Mark.NO_EVIDENCE)

    def action_stand(self, standing: str) -> None:
        """Say how one stands to the requirement, and go on."""
        if isinstance(self.item, Requirement):
            own, requirement = self.own, self.item.id
            if self.keep(
                lambda: aspiring.stand(
                    own.attempts, self.hall.actor.now, self.identity, requirement, Standing(standing)
                )
            ):
                self.action_move(1)

    def action_write(self) -> None:
        """Write the answer."""
        if isinstance(self.item, Question):
            self.set_focus(self.query_one("#answer"))

    def action_evidence(self) -> None:
        """Write the evidence."""
        if isinstance(self.item, Question):
            self.set_focus(self.query_one("#evidence"))

    def action_editor(self) -> None:
        """Write the answer in the user's editor."""
        from hiringkit.tui.editor import edit_text  # noqa: PLC0415 - few need it

        if not isinstance(self.item, Question) or not self.write_texts():
            return
        field = self.query_one("#answer", Evidence)
        text = self.attempt(lambda: edit_text(self.app, field.text))
        if text is not None and text.strip() != field.text.strip():
            own, question = self.own, self.item.id
            if self.keep(
                lambda: aspiring.answer(own.attempts, self.hall.actor.now, self.identity, question, text=text)
            ):
                self.put_texts()

    def action_anchors(self) -> None:
        """Show the anchors."""
        self.anchored.add(self.item.id)
        self.show_item()

    def action_back(self) -> None:
        """Leave the text field, else the room, with all on disk."""
        if self.write_texts() or not self.typing:
            super().action_back()

    def may_quit(self) -> bool:
        """Tell whether all is on disk."""
        return self.write_texts()

    def on_unmount(self) -> None:
        """Have the last words written."""
        if self.typed is not None:
            self.write_texts()

    # moving

    def action_move(self, items: int) -> None:
        """Go to another question."""
        self.go_to(min(max(self.position + items, 0), len(self.items) - 1))

    def action_unanswered(self) -> None:
        """Go to the next question without a level."""
        open_ones = set(self.sheet.attempt.outstanding) if self.sheet else set()
        left = [n for n, each in enumerate(self.items) if each.id in open_ones]
        if left:
            self.go_to(next((n for n in left if n > self.position), left[0]))

    @on(Listing.Moved, "#kit")
    def _kit_moved(self, message: Listing.Moved) -> None:
        self.go_to(message.listing.row)

    def go_to(self, position: int) -> None:
        """Go to what is asked at a position, and remember the place."""
        if position == self.position or not self.write_texts():
            return
        self.position = position
        if isinstance(self.item, Question):
            own, question = self.own, self.item.id
            self.keep(lambda: aspiring.go_to(own.attempts, self.identity, question))
        self.show_item()
        self.put_texts()
        self.query_one(Kit).row = position
        self.show_state()
        self.say_footer()

    def action_page(self, pages: int) -> None:
        """Scroll question and anchors."""
        for page in self.query(Page):
            page.page(pages)

    def action_report(self) -> None:
        """Show what it amounts to so far."""
        if self.write_texts():
            profile = self.attempt(lambda: profile_self(self.own.attempts, self.identity))
            if profile:
                self.app.push_screen(ReportRoom(lambda language: self_report(profile, language)))
