"""The interview: ask, listen, rate."""

from attrs import evolve
from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Static

from hiringkit.actions.interviews import KEEP, Given, Lock, amend, sit_down
from hiringkit.domain.interview import Mark
from hiringkit.locale import _
from hiringkit.report.model import Tone
from hiringkit.tui.dialogs.ask import Ask
from hiringkit.tui.editor import edit_text
from hiringkit.tui.interview.question import anchors_page, question_page
from hiringkit.tui.interview.review import ReviewScreen
from hiringkit.tui.interview.state import ScorecardState
from hiringkit.tui.interview.stopwatch import Stopwatch
from hiringkit.tui.interview.writer import InterviewWriter, QuestionChange
from hiringkit.tui.keys import LEVELS, Key, bindings
from hiringkit.tui.safe import safe
from hiringkit.tui.saving import Saving, why_not
from hiringkit.tui.screen import AppScreen
from hiringkit.tui.session import TuiSession
from hiringkit.tui.widgets.fields import EvidenceField
from hiringkit.tui.widgets.kit import Kit
from hiringkit.tui.widgets.listing import Heads, Listing, ListRow
from hiringkit.tui.widgets.page import Page
from hiringkit.tui.writer import Delayed, Rejected, Saved

SECONDS_OF_CLOCK = 20.0
"""Seconds after which the clock is written even where nothing is rated."""


class InterviewScreen(AppScreen):
    """One interview."""

    KEYS = "interview"
    BINDINGS = bindings("interview")

    def __init__(self, session: TuiSession, identity: str) -> None:
        super().__init__(session)
        self.identity = identity
        self.state = ScorecardState()
        self.saving = Saving(self, self.state, self.show_unsaved, self.show_status)
        self.stopwatch = Stopwatch({})
        self.choosing_probe = False
        self.typing_is_undone = True
        self.status: tuple[str, Tone | str] = ("", "")

    def body(self) -> ComposeResult:
        """Lay out questions, the question, anchors, evidence and what is saved."""
        with Horizontal(id="columns"):
            yield Kit(id="kit")
            yield Page(id="question")
            yield Page(id="anchors")
        yield EvidenceField(id="evidence")
        yield Static(id="status")

    # reading

    def load(self) -> None:
        """Read the interview; what is not on disk yet stays as it is."""
        store, actor = self.session.store, self.session.actor
        if store is None:
            return
        first = self.state.sitting is None
        self.state.read(sit_down(store, actor, self.identity))
        if first:
            self._start_clock()
        if self.saving.writer is None and self.state.lock is Lock.OPEN:
            self.saving.begin(InterviewWriter(self.post_message, store, actor, self.identity))

    def _start_clock(self) -> None:
        before = self.state.sitting.seconds if self.state.sitting else {}
        spent = {question: float(seconds) for question, seconds in before.items()}
        self.stopwatch = Stopwatch(self.state.planned_minutes, spent=spent)
        self.stopwatch.go_to(self.state.question_id)
        if self.state.lock is Lock.OPEN:
            self.stopwatch.start()
        self.set_interval(1.0, self.show_time)
        self.set_interval(SECONDS_OF_CLOCK, self.keep_time)

    # showing

    def show_all(self) -> None:
        """Show everything."""
        if self.state.sitting is None:
            return
        evidence = self.query_one(EvidenceField)
        evidence.read_only = self.state.lock is not Lock.OPEN
        evidence.border_title = safe(_("Evidence (read only)") if evidence.read_only else _("Evidence"))
        if not self.typing:
            evidence.put(self.state.rating.evidence)
            self.set_focus(self.rest_focus())
        self.show_time()
        self.show_question()
        self.show_status()

    def show_time(self) -> None:
        """Show names, the clock, and the minutes of each question."""
        if self.state.sitting is None:
            return
        view = self.state.sitting.view
        candidate = self.session.name_of(view.opening.id, view.candidate.id, view.candidate.name)
        names = f"{candidate} - {view.interviewer.name} - {view.opening.title}"
        time = self.stopwatch.show()
        words = _("{minutes} min") if self.stopwatch.running else _("{minutes} min, stopped")
        if self.state.lock is Lock.OPEN:
            self.head(names, words.format(minutes=time), Tone.CAUTION if "!" in time else "")
        else:
            self.head(names, lock_word(self.state.lock), Tone.CAUTION)
        self.show_kit()

    def show_kit(self) -> None:
        """Show the questions with their state."""
        narrow = self.size.width < 100  # noqa: PLR2004 - as in the style sheet
        rows = []
        for number, question in enumerate(self.state.kit):
            name = str(number + 1) if narrow else question
            rows.append(
                ListRow(question, (safe(*self.state.sign(question)), safe(name), safe(self.stopwatch.show(question))))
            )
        kit = self.query_one(Kit)
        kit.fill([Heads("", 3), Heads("#" if narrow else _("Question")), Heads(_("Min"), right=True)], rows)
        kit.row = self.state.position

    def show_question(self) -> None:
        """Show the question at hand with its anchors, from the top."""
        self.show_probes(top=True)
        self.show_anchors(top=True)

    def show_probes(self, *, top: bool = False) -> None:
        """Show the question with the probes that were used."""
        if question := self.state.question:
            number = f"{self.state.position + 1}/{len(self.state.kit)}"
            page = question_page(question, self.state.rating, number, self.session.language)
            self.query_one("#question", Page).write(page, top=top)

    def show_anchors(self, *, top: bool = False) -> None:
        """Show the anchors with the level that was chosen."""
        if (question := self.state.question) and self.state.sitting:
            above, anchors = anchors_page(
                question,
                self.state.sitting.view.rubric,
                self.state.rating,
                self.session.language,
                open_sign=self.state.is_open(question.id),
            )
            self.query_one("#anchors", Page).write(anchors, top=top, above=above)

    def show_status(self) -> None:
        """Say what is saved and what is not."""
        status = self._status()
        if status != self.status:
            self.status = status
            self.query_one("#status", Static).update(safe(*status), layout=False)

    def _status(self) -> tuple[str, Tone | str]:
        if unsaved := self.saving.sentence(typing=self.query_one(EvidenceField).typed):
            return unsaved
        if self.choosing_probe:
            return _("Probe used: its number. Esc: none."), ""
        if self.state.lock is Lock.SUBMITTED:
            return _("Submitted and locked. A digit, n or x amends the rating of this question."), Tone.QUIET
        if self.state.lock is not Lock.OPEN:
            return _("To read only: {why}").format(why=lock_word(self.state.lock)), Tone.QUIET
        left = len(self.state.unrated)
        words = _("Saved. {count} to rate.").format(count=left) if left else _("Saved. All rated: s submits.")
        return words, Tone.GOOD

    def show_change(self, change: QuestionChange) -> None:
        """Show what a change touches."""
        if change.question == self.state.question_id:
            if change.value is not KEEP:
                self.show_anchors()
            if change.probes is not None:
                self.show_probes()
        self.show_kit()
        self.show_status()

    def show_unsaved(self) -> None:
        """Show what is not on disk yet as not yet saved."""
        self.show_probes()
        self.show_anchors()
        self.show_kit()
        self.show_status()

    def on_resize(self) -> None:
        """Show the questions as wide as the screen allows."""
        if self.state.sitting is not None:
            self.show_kit()

    def rest_focus(self) -> Widget | None:
        """Return the list of questions."""
        return self.query_one(Kit)

    def offers(self, key: Key) -> bool:
        """Leave out digits that are no level of the scale."""
        levels = self.state.sitting.view.rubric.scale.values if self.state.sitting else tuple(LEVELS)
        digit = key.id.removeprefix("interview-rate-")
        return not digit.isdigit() or int(digit) in levels

    # writing

    def change(self, change: QuestionChange, *, undoable: bool = True) -> None:
        """Have a change written and show it as not yet saved."""
        if self.saving.writer is not None:
            self.state.change(change, undoable=undoable)
            self._put(change)
            self.saving.changed()

    def _put(self, change: QuestionChange) -> None:
        """Hand a change to the writer, and with it the time that has gone by."""
        if self.saving.writer is not None:
            self.saving.writer.put(evolve(change, seconds=self.stopwatch.news()))

    def keep_time(self) -> None:
        """Have the clock written."""
        if self.state.lock is Lock.OPEN and self.stopwatch.running:
            self._put(QuestionChange(self.state.question_id))

    def write_evidence(self) -> None:
        """Have what was typed written."""
        text = self.query_one(EvidenceField).take()
        if text is not None and self.state.lock is Lock.OPEN:
            self.change(QuestionChange(self.state.question_id, evidence=text), undoable=self.typing_is_undone)
            self.typing_is_undone = False

    @on(EvidenceField.Typed)
    def _typed(self) -> None:
        self.show_status()

    @on(EvidenceField.Rested)
    def _rested(self) -> None:
        self.write_evidence()

    @on(Saved)
    def _saved(self, message: Saved) -> None:
        self.saving.settled()
        if message.result is not None:
            self.state.keep(message.change, message.result)
            self.show_change(message.change)
        else:
            self.show_status()

    @on(Delayed)
    def _delayed(self, message: Delayed) -> None:
        self.saving.delayed(message)

    @on(Rejected)
    def _rejected(self, message: Rejected) -> None:
        self.saving.settled()
        if message.change.rates:
            self.state.refuse(message.change.question, why_not(message.error))
        self.read_again()

    def _may_change(self) -> bool:
        """Tell whether it may be rated; if not, say why."""
        if self.state.lock is Lock.OPEN:
            return True
        self.tell(lock_word(self.state.lock))
        return False

    # rating

    def action_rate(self, level: int) -> None:
        """Rate the answer; where a probe is asked for tick it; after submission amend."""
        if self.choosing_probe:
            self.choosing_probe = False
            self.action_toggle_probe(level - 1)
        elif self.state.lock is Lock.SUBMITTED:
            self._amend(level)
        elif self.state.sitting and level not in self.state.sitting.view.rubric.scale.values:
            self.tell(_("{level} is not on the scale").format(level=level))
        elif self._may_change():
            self.change(QuestionChange(self.state.question_id, value=level))

    def action_mark(self, mark: str) -> None:
        """Mark the question instead of rating it."""
        if self.state.lock is Lock.SUBMITTED:
            self._amend(Mark(mark))
        elif self._may_change():
            self.change(QuestionChange(self.state.question_id, value=Mark(mark)))

    def action_probes(self) -> None:
        """Wait for the number of a probe."""
        self.choosing_probe = self._may_change() and not self.choosing_probe
        self.show_status()

    def action_toggle_probe(self, probe: int) -> None:
        """Tick a probe as used, or take that back."""
        question = self.state.question
        if question is None or not self._may_change():
            return
        if not 0 <= probe < len(question.probes):
            self.tell(_("The question has no probe {number}").format(number=probe + 1))
            self.show_status()
            return
        used = set(self.state.rating.probes) ^ {probe}
        self.change(QuestionChange(question.id, probes=tuple(sorted(used))))

    def action_evidence(self) -> None:
        """Write evidence."""
        if self._may_change():
            self.set_focus(self.query_one(EvidenceField))

    def action_editor(self) -> None:
        """Write evidence in the user's editor."""
        if self.state.lock not in {Lock.OPEN, Lock.SUBMITTED}:
            self._may_change()
            return
        self.write_evidence()
        before = self.state.rating.evidence
        text = self.attempt(lambda: edit_text(self.app, before))
        if text is None or text.strip() == before.strip():
            return
        if self.state.lock is Lock.SUBMITTED:
            self._amend(KEEP, text)
            return
        self.change(QuestionChange(self.state.question_id, evidence=text))
        self.query_one(EvidenceField).put(text)

    def action_undo(self) -> None:
        """Take back the last change."""
        self.write_evidence()
        change = self.state.undo() if self._may_change() else None
        if change is None:
            self.tell(_("Nothing to take back."))
            return
        self.go_to(self.state.kit.index(change.question))
        self.change(change, undoable=False)
        self.query_one(EvidenceField).put(self.state.rating.evidence)

    # moving

    def go_to(self, position: int) -> None:
        """Show another question and remember the place."""
        self.choosing_probe = False
        if position == self.state.position or not self.state.kit:
            return
        self.write_evidence()
        self.state.position = position
        self.stopwatch.go_to(self.state.question_id)
        if self.state.lock is Lock.OPEN:
            self._put(QuestionChange(self.state.question_id))
        self.typing_is_undone = True
        self.query_one(EvidenceField).put(self.state.rating.evidence)
        self.query_one(Kit).row = position
        self.show_question()
        self.show_status()

    @on(Listing.Moved, "#kit")
    def _kit_moved(self, message: Listing.Moved) -> None:
        self.go_to(message.listing.row)

    def action_move(self, questions: int) -> None:
        """Go to another question."""
        self.go_to(min(max(self.state.position + questions, 0), len(self.state.kit) - 1))

    def action_unrated(self) -> None:
        """Go to the next question that is not rated."""
        if (position := self.state.next_unrated) is not None:
            self.go_to(position)

    def action_page(self, pages: int) -> None:
        """Scroll question and anchors."""
        for page in self.query(Page):
            page.page(pages)

    def action_timer(self) -> None:
        """Stop the clock, or let it go on."""
        if self.stopwatch.running:
            self.keep_time()
            self.stopwatch.stop()
        elif self.state.lock is Lock.OPEN:
            self.stopwatch.start()
        self.show_time()

    # submitting, amending, leaving

    def action_review(self) -> None:
        """Review the scorecard, to submit it."""
        self.write_evidence()
        if self.state.lock in {Lock.NOT_YOURS, Lock.CLOSED}:
            self._may_change()
        elif self.saving.all_saved():
            self.app.push_screen(ReviewScreen(self.session, self.identity), self._reviewed)

    def _reviewed(self, question: str | None) -> None:
        if question:
            self.go_to(self.state.kit.index(question))

    def _amend(self, value: Given, evidence: str | None = None) -> None:
        """Ask why a submitted scorecard is amended, and amend it."""
        question, before = self.state.question_id, self.state.rating.value
        what = _("{question}: new evidence").format(question=question)
        if evidence is None:
            what = _("{question}: from {before} to {after}").format(question=question, before=before, after=value)

        def answered(reason: str | None) -> None:
            store = self.session.store
            if reason and store:
                self.attempt(
                    lambda: amend(
                        store,
                        self.session.actor,
                        self.identity,
                        question,
                        reason=reason,
                        value=value,
                        evidence=evidence,
                    )
                )
                self.load()
                self.show_all()

        self.app.push_screen(Ask(what, _("The scorecard before is kept. Why is it amended?")), answered)

    def _write_down(self) -> None:
        """Have what was typed written, and the time that has gone by."""
        self.write_evidence()
        self.keep_time()

    def action_back(self) -> None:
        """Leave the choice of a probe, the text field or the screen."""
        if self.choosing_probe:
            self.choosing_probe = False
            self.show_status()
            return
        self._write_down()
        super().action_back()

    def leave(self) -> None:
        """Go back, unless something is not saved."""
        self.saving.leave(super().leave)

    def may_quit(self) -> bool:
        """Tell whether all is on disk; if not, ask."""
        self._write_down()
        return self.saving.may_quit()

    def on_unmount(self) -> None:
        """Stop the writer."""
        self.saving.close()


def lock_word(lock: Lock) -> str:
    """Say why an interview takes no ratings."""
    words = {
        Lock.OPEN: "",
        Lock.SUBMITTED: _("submitted, locked"),
        Lock.CLOSED: _("the opening is closed"),
        Lock.NOT_YOURS: _("another interviewer's interview"),
    }
    return words[lock]
