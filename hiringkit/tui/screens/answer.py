"""A self-assessment: write, rate oneself, name evidence; all of it on disk at once."""

from textual import on
from textual.widgets import TextArea

from hiringkit.actions.self_profiles import profile_self
from hiringkit.domain.interview import Mark
from hiringkit.domain.question import Question
from hiringkit.domain.role import Requirement
from hiringkit.domain.self_assessment import Standing
from hiringkit.locale import _
from hiringkit.report.views.self_assessment import self_report
from hiringkit.tui.keeper import Kept, Rejected
from hiringkit.tui.keys import bindings
from hiringkit.tui.ownkeeper import Said
from hiringkit.tui.screens.answering import AnsweringRoom
from hiringkit.tui.screens.keeping import why_not
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

    def change(self, said: Said) -> None:
        """Have something written, and show it as not saved unless it is on disk at once."""
        if self.recorder is not None:
            earlier = self.waiting.get(said.item)
            self.waiting[said.item] = said.after(earlier) if earlier else said
            self.rejected.pop(said.item, None)
            self.recorder.put(said)
            self.watch_change()

    def write_down(self) -> None:
        """Have what was typed written."""
        if self.typed is not None:
            self.typed.stop()
            self.typed = None
        answer, evidence = (self.query_one(f"#{name}", Evidence) for name in ("answer", "evidence"))
        if isinstance(self.item, Question) and any(field.text != field.loaded for field in (answer, evidence)):
            answer.loaded, evidence.loaded = answer.text, evidence.text
            self.change(Said(self.item.id, text=answer.text, evidence=evidence.text))
        else:
            self.show_state()

    def show_open(self) -> None:
        """Show everything as it was left."""
        self.show_kit()
        self.show_item()
        self.show_state()
        self.say_footer()

    @on(Kept)
    def _kept(self, message: Kept) -> None:
        self.delay, self.kept = None, message.result
        said: Said = message.change
        if said.item in self.waiting:
            rest = self.waiting[said.item].without(said)
            if rest.says:
                self.waiting[said.item] = rest
            else:
                del self.waiting[said.item]
        if said.says:
            self.show_open()
        else:
            self.show_state()

    @on(Rejected)
    def _rejected(self, message: Rejected) -> None:
        self.delay = None
        self.rejected[message.change.item] = why_not(message.error)
        self.show_state()

    @on(TextArea.Changed)
    def _typed(self, message: TextArea.Changed) -> None:
        field = message.text_area
        if not isinstance(field, Evidence) or field.text == field.loaded:
            return
        if self.typed is not None:
            self.typed.stop()
        self.typed = self.set_timer(PAUSE, self.write_down)
        self.show_state()

    # what keys do

    def action_rate(self, level: int) -> None:
        """Give the own level."""
        if isinstance(self.item, Question) and self.sheet:
            if level in self.sheet.rubric.scale.values:
                self.change(Said(self.item.id, level=level))
            else:
                self.tell(_("{level} is not on the scale").format(level=level))

    def action_nothing(self) -> None:
        """Say that there is nothing to tell."""
        if isinstance(self.item, Question):
            self.change(Said(self.item.id, level=Mark.NO_EVIDENCE))

    def action_stand(self, standing: str) -> None:
        """Say how one stands to the requirement, and go on."""
        if isinstance(self.item, Requirement):
            self.change(Said(self.item.id, standing=Standing(standing)))
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

        if not isinstance(self.item, Question):
            return
        self.write_down()
        field = self.query_one("#answer", Evidence)
        text = self.attempt(lambda: edit_text(self.app, field.text))
        if text is not None and text.strip() != field.text.strip():
            self.change(Said(self.item.id, text=text))
            self.put_texts()

    def action_anchors(self) -> None:
        """Show the anchors."""
        self.anchored.add(self.item.id)
        self.show_item()

    def action_back(self) -> None:
        """Leave the text field, else the room, with all on disk."""
        self.write_down()
        super().action_back()

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
        if position == self.position:
            return
        self.write_down()
        self.position = position
        if isinstance(self.item, Question) and self.recorder is not None:
            self.recorder.put(Said(self.item.id))
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
        self.write_down()
        if self.all_kept():
            profile = self.attempt(lambda: profile_self(self.own.attempts, self.identity))
            if profile:
                self.app.push_screen(ReportRoom(lambda language: self_report(profile, language)))
