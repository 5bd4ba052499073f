"""The interview: ask, listen, rate."""

from textual import on

from hiringkit.actions.interviews import KEEP, Given, Lock, amend
from hiringkit.domain.interview import Mark
from hiringkit.locale import _
from hiringkit.tui.dialogs.ask import Ask
from hiringkit.tui.keys import bindings
from hiringkit.tui.recorder import Change
from hiringkit.tui.screens.sitting import Kit
from hiringkit.tui.screens.writing import WritingRoom
from hiringkit.tui.widgets.fields import Evidence
from hiringkit.tui.widgets.listing import Listing
from hiringkit.tui.widgets.page import Page


class InterviewRoom(WritingRoom):
    """One interview, to hold."""

    BINDINGS = bindings("interview")

    def action_rate(self, level: int) -> None:
        """Rate the answer; in probe mode tick a probe; after submission amend."""
        if self.choosing_probe:
            self.choosing_probe = False
            self.action_toggle_probe(level - 1)
        elif self.barred is Lock.SUBMITTED:
            self.amend(level)
        elif self.sitting and level not in self.sitting.view.rubric.scale.values:
            self.tell(_("{level} is not on the scale").format(level=level))
        elif self.may_change():
            self.change(Change(self.question_id, value=level))

    def action_mark(self, mark: str) -> None:
        """Mark the question instead of rating it."""
        if self.barred is Lock.SUBMITTED:
            self.amend(Mark(mark))
        elif self.may_change():
            self.change(Change(self.question_id, value=Mark(mark)))

    def action_probes(self) -> None:
        """Wait for the number of a probe."""
        self.choosing_probe = self.may_change() and not self.choosing_probe
        self.show_state()

    def action_toggle_probe(self, probe: int) -> None:
        """Tick a probe as used, or take that back."""
        question = self.question
        if question is None or not self.may_change():
            return
        if not 0 <= probe < len(question.probes):
            self.tell(_("The question has no probe {number}").format(number=probe + 1))
            self.show_state()
            return
        used = set(self.sheet.shown(self.question_id).probes) ^ {probe}
        self.change(Change(self.question_id, probes=tuple(sorted(used))))

    def action_undo(self) -> None:
        """Take back the last change."""
        self.write_evidence()
        change = self.sheet.undo() if self.may_change() else None
        if change is None:
            self.tell(_("Nothing to take back."))
            return
        self.go_to(self.sheet.kit.index(change.question))
        self.change(change, undoable=False)
        self.query_one(Evidence).put(self.sheet.shown(self.question_id).evidence)

    # moving

    def action_move(self, questions: int) -> None:
        """Go to another question."""
        self.go_to(min(max(self.position + questions, 0), len(self.sheet.kit) - 1))

    def action_unrated(self) -> None:
        """Go to the next question that is not rated."""
        left = [self.sheet.kit.index(question) for question in self.sheet.unrated]
        if left:
            self.go_to(next((n for n in left if n > self.position), left[0]))

    @on(Listing.Moved, "#kit")
    def _kit_moved(self, message: Listing.Moved) -> None:
        self.go_to(message.listing.row)

    def go_to(self, position: int) -> None:
        """Show another question and remember the place."""
        self.choosing_probe = False
        if position == self.position or not self.sheet.kit:
            return
        self.write_evidence()
        self.position = position
        self.stopwatch.go_to(self.question_id)
        if self.barred is Lock.OPEN:
            self.put(Change(self.question_id))
        self.undo_typing = True
        self.query_one(Evidence).put(self.sheet.shown(self.question_id).evidence)
        self.query_one(Kit).row = position
        self.show_question()
        self.show_state()

    def action_page(self, pages: int) -> None:
        """Scroll question and anchors."""
        for page in self.query(Page):
            page.page(pages)

    def action_timer(self) -> None:
        """Stop the clock, or let it go on."""
        if self.stopwatch.running:
            self.keep_time()
            self.stopwatch.stop()
        elif self.barred is Lock.OPEN:
            self.stopwatch.start()
        self.show_time()

    def action_editor(self) -> None:
        """Write evidence in the user's editor."""
        from hiringkit.tui.editor import edit_text  # noqa: PLC0415 - few need it

        if self.barred not in {Lock.OPEN, Lock.SUBMITTED}:
            self.may_change()
            return
        self.write_evidence()
        before = self.sheet.shown(self.question_id).evidence
        text = self.attempt(lambda: edit_text(self.app, before))
        if text is None or text.strip() == before.strip():
            return
        if self.barred is Lock.SUBMITTED:
            self.amend(KEEP, text)
            return
        self.change(Change(self.question_id, evidence=text))
        self.query_one(Evidence).put(text)

    # submitting, amending, leaving

    def action_review(self) -> None:
        """Review the scorecard, to submit it."""
        from hiringkit.tui.screens.review import ReviewRoom  # noqa: PLC0415 - needed once an interview

        self.write_evidence()
        if self.barred in {Lock.NOT_YOURS, Lock.CLOSED}:
            self.may_change()
        elif self.all_kept():
            self.app.push_screen(ReviewRoom(self.identity), self._reviewed)

    def _reviewed(self, question: str | None) -> None:
        if question:
            self.go_to(self.sheet.kit.index(question))

    def amend(self, value: Given, evidence: str | None = None) -> None:
        """Ask why a submitted scorecard is amended, and amend it."""
        question, before = self.question_id, self.sheet.shown(self.question_id).value
        what = _("{question}: new evidence").format(question=question)
        if evidence is None:
            what = _("{question}: from {before} to {after}").format(question=question, before=before, after=value)

        def answered(reason: str | None) -> None:
            store = self.hall.store
            if reason and store:
                self.attempt(
                    lambda: amend(
                        store,
                        self.hall.actor,
                        self.identity,
                        question,
                        reason=reason,
                        value=value,
                        evidence=evidence,
                    )
                )
                self.read_kept()

        self.app.push_screen(Ask(what, _("The scorecard before is kept. Why is it amended?")), answered)

    def read_kept(self) -> None:
        """Read what is on disk and show it, leaving what was said last on the line above the footer."""
        self.load()
        self.show_all()

    def action_back(self) -> None:
        """Leave the probe mode, the text field or the room."""
        if self.choosing_probe:
            self.choosing_probe = False
            self.show_state()
            return
        self.write_down()
        super().action_back()
