"""What an interview shows: questions, anchors, evidence, the clock, and what is saved."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Static

from hiringkit.actions.interviews import Lock, Sitting, sit_down
from hiringkit.domain.question import Question
from hiringkit.locale import _
from hiringkit.report.model import Tone
from hiringkit.tui.keys import LEVELS, Key
from hiringkit.tui.recorder import Recorder
from hiringkit.tui.safe import safe
from hiringkit.tui.screens.keeping import KeepingRoom
from hiringkit.tui.sheet import Sheet
from hiringkit.tui.stopwatch import Stopwatch
from hiringkit.tui.widgets.fields import Evidence
from hiringkit.tui.widgets.listing import Listing
from hiringkit.tui.widgets.page import Page
from hiringkit.tui.widgets.question import anchors_page, question_page
from hiringkit.tui.widgets.rows import Heads, Row


class Kit(Listing, can_focus=True, inherit_bindings=False):
    """The questions with their state; the room's keys move in it."""

    BINDINGS: ClassVar[list[BindingType]] = []
    gap = 1


class SittingRoom(KeepingRoom):
    """One interview, to look at."""

    ROOM = "interview"

    def __init__(self, identity: str) -> None:
        super().__init__()
        self.identity = identity
        self.sitting: Sitting | None = None
        self.sheet = Sheet((), {})
        self.stopwatch = Stopwatch({})
        self.position = 0
        self.choosing_probe = False
        self.said: tuple[str, Tone | str] = ("", "")

    def body(self) -> ComposeResult:
        """Lay out questions, the question, anchors, evidence and what is saved."""
        with Horizontal(id="room"):
            yield Kit(id="kit")
            yield Page(id="question")
            yield Page(id="anchors")
        yield Evidence(id="evidence")
        yield Static(id="status")

    # reading and showing

    def load(self) -> None:
        """Read the interview; what is not on disk yet stays as it is."""
        store = self.hall.store
        if store is None:
            return
        first = self.sitting is None
        self.sitting = sit_down(store, self.hall.actor, self.identity)
        self.sheet.kit = self.sitting.view.interview.kit
        self.sheet.kept = Sheet.of(self.sitting.view.interview).kept
        if first:
            self._begin(self.sitting)
        if self.recorder is None and self.barred is Lock.OPEN:
            self.recorder = Recorder(self.post_message, store, self.hall.actor, self.identity)
            self.recorder.begin()

    def _begin(self, sitting: Sitting) -> None:
        self.position = sitting.begin_at
        asked = {question.id: question.minutes or 0.0 for question in sitting.view.rubric.asked}
        planned = {question: asked.get(question, 0.0) for question in sitting.view.interview.kit}
        self.stopwatch = Stopwatch(planned, spent={each: float(taken) for each, taken in sitting.seconds.items()})
        self.stopwatch.go_to(self.question_id)
        if sitting.lock is Lock.OPEN:
            self.stopwatch.start()
        self.set_interval(1.0, self.show_time)

    @property
    def question_id(self) -> str:
        """The question at hand."""
        return self.sheet.kit[self.position]

    @property
    def question(self) -> Question | None:
        """The question at hand, in full."""
        return self.sitting.view.rubric.question(self.question_id) if self.sitting else None

    @property
    def barred(self) -> Lock:
        """Whether it may be rated."""
        return self.sitting.lock if self.sitting else Lock.NOT_YOURS

    def show_all(self) -> None:
        """Show everything."""
        if self.sitting is None:
            return
        evidence = self.query_one(Evidence)
        evidence.read_only = self.barred is not Lock.OPEN
        evidence.border_title = safe(_("Evidence") if self.barred is Lock.OPEN else _("Evidence (read only)"))
        if not self.typing:
            evidence.put(self.sheet.shown(self.question_id).evidence)
            self.set_focus(self.rest_focus())
        self.show_time()
        self.show_question()
        self.show_state()

    def show_time(self) -> None:
        """Show names, the clock, and the minutes of each question."""
        if self.sitting is None:
            return
        view = self.sitting.view
        candidate = self.hall.name_of(view.opening.id, view.candidate.id, view.candidate.name)
        names = f"{candidate} - {view.interviewer.name} - {view.opening.title}"
        time = self.stopwatch.show()
        words = _("{minutes} min") if self.stopwatch.running else _("{minutes} min, stopped")
        if self.barred is Lock.OPEN:
            self.head(names, words.format(minutes=time), Tone.CAUTION if "!" in time else "")
        else:
            self.head(names, lock_word(self.barred), Tone.CAUTION)
        self.show_kit()

    def show_kit(self) -> None:
        """Show the questions with their state."""
        narrow = self.size.width < 100  # noqa: PLR2004 - as in the style sheet
        rows = []
        for number, question in enumerate(self.sheet.kit):
            name = str(number + 1) if narrow else question
            rows.append(
                Row(question, (safe(*self.sheet.sign(question)), safe(name), safe(self.stopwatch.show(question))))
            )
        kit = self.query_one(Kit)
        kit.fill([Heads("", 3), Heads("#" if narrow else _("Question")), Heads(_("Min"), right=True)], rows)
        kit.row = self.position

    def show_question(self) -> None:
        """Show the question at hand with its anchors, from the top."""
        self.show_probes(top=True)
        self.show_anchors(top=True)

    def show_probes(self, *, top: bool = False) -> None:
        """Show the question with the probes that were used."""
        if self.question is not None:
            rating, number = self.sheet.shown(self.question_id), f"{self.position + 1}/{len(self.sheet.kit)}"
            page = question_page(self.question, rating, number, self.hall.language)
            self.query_one("#question", Page).write(page, top=top)

    def show_anchors(self, *, top: bool = False) -> None:
        """Show the anchors with the level that was chosen."""
        if self.question is not None and self.sitting is not None:
            above, anchors = anchors_page(
                self.question,
                self.sitting.view.rubric,
                self.sheet.shown(self.question_id),
                self.hall.language,
                open_sign=self.sheet.is_open(self.question_id),
            )
            self.query_one("#anchors", Page).write(anchors, top=top, above=above)

    def show_state(self) -> None:
        """Say what is saved and what is not."""
        state = self._state()
        if state != self.said:
            self.said = state
            self.query_one("#status", Static).update(safe(*state), layout=False)

    @property
    def pending(self) -> bool:
        """Whether something is not on disk yet."""
        return bool(self.sheet.pending)

    @property
    def refused(self) -> dict[str, str]:
        """Why something of a question will never be on disk."""
        return self.sheet.refused

    def _state(self) -> tuple[str, Tone | str]:
        if unsaved := self.unsaved():
            return unsaved
        if self.choosing_probe:
            return _("Probe used: its number. Esc: none."), ""
        if self.barred is Lock.SUBMITTED:
            return _("Submitted and locked. A digit, n or x amends the rating of this question."), Tone.QUIET
        if self.barred is not Lock.OPEN:
            return _("To read only: {why}").format(why=lock_word(self.barred)), Tone.QUIET
        left = len(self.sheet.unrated)
        words = _("Saved. {count} to rate.").format(count=left) if left else _("Saved. All rated: s submits.")
        return words, Tone.GOOD

    def on_resize(self) -> None:
        """Show the questions as wide as there is room."""
        if self.sitting is not None:
            self.show_kit()

    def rest_focus(self) -> Widget | None:
        """Return the list of questions."""
        return self.query_one(Kit)

    def offers(self, key: Key) -> bool:
        """Leave out digits that are no level of the scale."""
        levels = self.sitting.view.rubric.scale.values if self.sitting else tuple(LEVELS)
        digit = key.id.removeprefix("interview-rate-")
        return not digit.isdigit() or int(digit) in levels


def lock_word(lock: Lock) -> str:
    """Say why an interview takes no ratings."""
    words = {
        Lock.OPEN: "",
        Lock.SUBMITTED: _("submitted, locked"),
        Lock.CLOSED: _("the opening is closed"),
        Lock.NOT_YOURS: _("another interviewer's interview"),
    }
    return words[lock]
