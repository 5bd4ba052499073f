"""The interview: ask, listen, rate."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from attrs import evolve
from rich.cells import cell_len
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Static

from hiringkit.actions.interviews import (
    KEEP,
    Given,
    Lock,
    add_question,
    amend,
    askable_questions,
    resume_interview,
)
from hiringkit.domain.interview import Mark, Rating
from hiringkit.domain.level import LevelNumber, write_level
from hiringkit.locale import _
from hiringkit.report.model import Tone
from hiringkit.report.views.bank import kind_word
from hiringkit.report.views.exhibit import exhibits_report
from hiringkit.text.cells import cut
from hiringkit.tui.dialogs.ask import Ask
from hiringkit.tui.dialogs.choose import Choose
from hiringkit.tui.editor import edit_text
from hiringkit.tui.interview.notes import NotesScreen
from hiringkit.tui.interview.panels import (
    KitEntry,
    LevelView,
    QuestionWords,
    RowPanel,
    guide,
    kit_list,
    kit_strip,
    known_rows,
    level_rows,
    probe_rows,
    question_rows,
)
from hiringkit.tui.interview.review import ReviewScreen
from hiringkit.tui.interview.state import Elsewhere, InterviewWriter, QuestionChange, ScorecardState, Stopwatch
from hiringkit.tui.keys import PROBE_LETTERS, Key, actions_by_key, bindings, key_names
from hiringkit.tui.report import ReportScreen
from hiringkit.tui.safe import as_is, safe
from hiringkit.tui.saving import Delayed, Rejected, Saved, Saving, why_not
from hiringkit.tui.screen import AppScreen
from hiringkit.tui.session import TuiSession
from hiringkit.tui.widgets.bar import Item
from hiringkit.tui.widgets.fields import LevelEntry, Note, value_sign
from hiringkit.tui.widgets.page import Page

if TYPE_CHECKING:
    from textual.timer import Timer

NARROW, WIDE, TALL = 100, 140, 32
"""Columns below which the kit is a strip, and from which the note is a column; rows from which panels have borders."""
PENDING, PENDING_LONGER = 0.35, 1.2
"""Seconds after which a typed level is taken, and one that another digit would turn into another level."""
SECONDS_OF_NEWS = 15.0
"""How long it is said that something was changed in another window."""
SECONDS_OF_CLOCK = 20.0
"""Seconds after which the clock is written even where nothing is rated."""


class InterviewScreen(AppScreen):
    """One interview."""

    KEYS = "interview"
    BINDINGS = bindings("interview")

    def __init__(self, session: TuiSession, identity: str, *, preparing: bool = False) -> None:
        super().__init__(session)
        self.identity = identity
        self.preparing = preparing
        """Whether the clock waits until somebody starts it."""
        self.state = ScorecardState()
        self.saving = Saving(self, self.state, self.show_unsaved, self.show_status)
        self.writer: InterviewWriter | None = None
        self.elsewhere = ""
        """What was changed in another window just now."""
        self.stopwatch = Stopwatch({})
        self.time = ""
        """Minutes used and planned, as they are shown."""
        self.kit_words: tuple[str, ...] = ()
        """Each question of the kit in words."""
        self.words: QuestionWords | None = None
        """The question at hand in words."""
        self.actions_by_key = actions_by_key("interview", session.keymap)
        self.entry: LevelEntry | None = None
        """What is typed of a level; None while the note has the keys."""
        self.entry_timer: Timer | None = None
        self.looked_at = -1
        """The position of a level that is looked at without being chosen; -1 is none."""

    def body(self) -> ComposeResult:
        """Lay out the kit, the question with levels and probes, and the note."""
        yield RowPanel(id="strip")
        with Horizontal(id="columns"):
            with Vertical(id="plan"):
                yield RowPanel(id="kit", classes="panel")
                yield RowPanel(id="known", classes="panel")
                yield Page(id="listen")
            with Vertical(id="work"):
                with Vertical(id="asked"):
                    yield RowPanel(id="question", classes="panel")
                    yield RowPanel(id="levels", classes="panel")
                    yield RowPanel(id="probes", classes="panel")
                    yield Page(id="guide")
                yield Note(self.take_key, self.leave_levels, self._edited)
        yield Static(id="status")

    # reading

    def on_screen_suspend(self) -> None:
        """Leave it to the screen in front to say what is written in another window."""
        super().on_screen_suspend()
        if self.writer is not None:
            self.writer.looking = not self.covered

    def load(self) -> None:
        """Read the interview; what is not on disk yet stays as it is."""
        store, actor = self.session.store, self.session.actor
        if store is None:
            return
        first = self.state.sitting is None
        self.state.read(resume_interview(store, actor, self.identity))
        self.stopwatch.planned = self.state.planned_minutes
        if first:
            self._start_clock()
        if self.writer is None and self.state.lock is Lock.OPEN:
            self.writer = InterviewWriter(self.post_message, store, actor, self.identity)
            self.saving.begin(self.writer)
        if self.writer is not None and self.state.sitting is not None:
            self.writer.looking = True
            self.writer.knows(self.state.sitting)

    def _start_clock(self) -> None:
        before = self.state.sitting.seconds if self.state.sitting else {}
        spent = {question: float(seconds) for question, seconds in before.items()}
        self.stopwatch = Stopwatch(self.state.planned_minutes, spent=spent)
        self.stopwatch.go_to(self.state.question_id)
        if self.state.lock is Lock.OPEN and not self.preparing:
            self.stopwatch.start()
        self.set_interval(1.0, self.show_time)
        self.set_interval(SECONDS_OF_CLOCK, self.keep_time)

    # showing

    @property
    def note(self) -> Note:
        """Where evidence is written."""
        return self.query_one(Note)

    def show_all(self) -> None:
        """Show everything."""
        if self.state.sitting is None:
            return
        self.note.read_only = self.state.lock is not Lock.OPEN
        if not self.note.text and not self.note.loaded:
            self.note.put(self.state.rating.evidence)
        else:
            self.show_note()
        self.set_focus(self.note)
        self.kit_words = self._words_of_kit()
        self.time = self.stopwatch.show()
        self.show_names()
        self.show_known()
        self.show_kit()
        self.show_question()
        self.show_status()

    def show_known(self) -> None:
        """Show what is known of the candidate, where there is space beside the question."""
        panel = self.query_one("#known", RowPanel)
        if sitting := self.state.sitting:
            view, handovers = sitting.view, [(who.name, text) for who, text in sitting.handovers]
            known = self.session.known_of(view.opening.id, view.candidate)
            panel.display = bool(known or handovers)
            panel.border_title = as_is(_("What is known"))
            panel.draw(lambda width: known_rows(known, handovers, width))

    def show_note(self) -> None:
        """Show what the note has become elsewhere, beside what was typed here."""
        question, note, text = self.state.question_id, self.note, self.state.rating.evidence
        if question not in self.state.pending and text != note.loaded.strip():
            self.state.history.follow(question, note.loaded, text)
            note.follow(text)

    def show_names(self) -> None:
        """Show who is interviewed by whom, and how the interview stands."""
        if self.state.sitting is None:
            return
        view = self.state.sitting.view
        candidate = self.session.name_of(view.opening.id, view.candidate.id, view.candidate.name)
        known = "" if view.opening.id in self.session.masks else view.candidate.resume_line
        names = " - ".join(filter(None, (candidate, known, view.interviewer.name, view.opening.title)))
        time = self.time
        if self.state.lock is Lock.OPEN:
            stopped = _("preparing, Alt+T starts the clock") if self.preparing else _("{minutes} min, stopped")
            words = _("{minutes} min") if self.stopwatch.running else stopped
            self.head(names, words.format(minutes=time), Tone.CAUTION if "!" in time else "")
        else:
            self.head(names, lock_word(self.state.lock), Tone.CAUTION)

    def show_time(self) -> None:
        """Show the clock and the minutes of each question, where they have gone on."""
        before, self.time = self.time, self.stopwatch.show()
        if self.time != before:
            self.show_names()
        self.show_kit()

    def show_kit(self) -> None:
        """Show the questions with their state."""
        entries = tuple(self._kit())
        clock = _("this one {minutes} min").format(minutes=self.stopwatch.show(self.state.question_id))
        self.query_one("#strip", RowPanel).draw(lambda width: kit_strip(entries, clock, width))
        self.query_one("#kit", RowPanel).draw(lambda width: kit_list(entries, width))

    def _kit(self) -> Iterator[KitEntry]:
        for position, (question, words) in enumerate(zip(self.state.kit, self.kit_words, strict=True)):
            sign, minutes = self.state.sign(question), self.stopwatch.show(question)
            yield KitEntry(position + 1, words, *sign, minutes, here=position == self.state.position)

    def _words_of_kit(self) -> tuple[str, ...]:
        """Return each question of the kit in words."""
        found = ((identity, self.state.questions.get(identity)) for identity in self.state.kit)
        language = self.session.language
        return tuple(safe(question.heading(language)).plain if question else identity for identity, question in found)

    def show_question(self) -> None:
        """Show the question at hand with its levels and probes."""
        question, sitting, language = self.state.question, self.state.sitting, self.session.language
        if question is None or sitting is None:
            return
        self.words = words = QuestionWords.of(question, sitting.view.rubric, language)
        place = _("Question {number} of {count}").format(number=self.state.position + 1, count=len(self.state.kit))
        asked = self.query_one("#question", RowPanel)
        asked.border_title = safe(f"{place} - {kind_word(question.kind).text}")
        asked.draw(lambda width: question_rows(words, width, self._most_of_question))
        for page in ("#listen", "#guide"):
            self.query_one(page, Page).write(guide(question, language, spaced=page == "#listen"), top=True)
        self.query_one("#listen").border_title = safe(_("Why, and what to listen for"))
        self.query_one("#kit").border_title = safe(_("Questions"))
        self.show_probes()

    def show_probes(self) -> None:
        """Show the probes with those that were used."""
        if words := self.words:
            rating = self.state.rating
            probes = self.query_one("#probes", RowPanel)
            probes.border_title = as_is(_("Probes, Alt and the letter"))
            probes.draw(lambda width: probe_rows(words, rating, width))
            self.show_levels()

    def show_levels(self) -> None:
        """Show the levels with the one that was chosen."""
        words, sitting = self.words, self.state.sitting
        if words is None or sitting is None:
            return
        view = LevelView(
            words,
            self.state.rating,
            unsaved=self.state.is_open(self.state.question_id),
            looked_at=words.levels[self.looked_at].value if self.looked_at >= 0 else None,
            all_marks=self._tall,
        )
        levels = self.query_one("#levels", RowPanel)
        levels.border_title = as_is(self._levels_title(words))
        levels.set_class(self.entry is not None, "-typing")
        self.note.set_class(self.entry is None, "-typing")
        levels.draw(lambda width: level_rows(view, width, self._rows_for_levels(words, width)))

    def _levels_title(self, words: QuestionWords) -> str:
        if self.entry is None:
            lower, upper = words.levels[-2:]
            rule = _("Level: {upper} asks for {lower} too; half an anchor gives the level beneath")
            return rule.format(upper=upper.name, lower=lower.name)
        if self.entry.text:
            return _("Level {typed}?  Enter takes it, any other key makes it text").format(typed=self.entry.text)
        names = f"{words.levels[0].name}-{words.levels[-1].name}"
        return _("Level: type {levels}, n or x; other keys go into the note").format(levels=names)

    @property
    def _tall(self) -> bool:
        return self.size.height >= TALL

    @property
    def _most_of_question(self) -> int:
        return 8 if self._tall else 4

    def _rows_for_levels(self, words: QuestionWords, width: int) -> int:
        """Return how many rows levels may take, so that the note keeps some."""
        narrow, borders = self.size.width < NARROW, 2 if self._tall else 0
        asked = len(question_rows(words, width, self._most_of_question)) + borders
        probes = len(words.probes) + borders if words.probes else 0
        note = 0 if self.size.width >= WIDE else 5 if self._tall else 4
        return self.size.height - 2 - narrow - asked - probes - note - max(borders, 1)

    def show_status(self) -> None:
        """Say what is saved and what is not, and who has the keys."""
        text, tone = self._status()
        note = self.note
        note.border_title = as_is(_("Your note") if not note.read_only else _("Your note (read only)"))
        space = max((note.size.width or self.size.width) - 2, 40)
        too_long = cell_len(text) > space
        shown = as_is(cut(text, space) if too_long else text, tone)
        if note.border_subtitle != shown.markup:
            note.border_subtitle = shown
        whole = self.query_one("#status", Static)
        whole.display = too_long
        if too_long:
            whole.update(as_is(text, tone))

    def _status(self) -> tuple[str, Tone | str]:
        if unsaved := self.saving.sentence(typing=self.note.typed):
            return unsaved
        if self.elsewhere:
            return self.elsewhere, Tone.CAUTION
        if self.state.lock is Lock.SUBMITTED:
            return _("Submitted and locked. A new level amends the rating of this question."), Tone.QUIET
        if self.state.lock is not Lock.OPEN:
            return _("To read only: {why}").format(why=lock_word(self.state.lock)), Tone.QUIET
        left = len(self.state.unrated)
        words = _("Saved. {count} to rate.").format(count=left) if left else _("Saved. All rated: Ctrl+s reviews.")
        return words, Tone.GOOD

    def show_change(self, change: QuestionChange) -> None:
        """Show what a change touches."""
        if change.question == self.state.question_id:
            if change.value is not KEEP:
                self.show_levels()
            if change.probes is not None:
                self.show_probes()
        self.show_kit()
        self.show_status()

    def show_unsaved(self) -> None:
        """Show what is not on disk yet as not yet saved."""
        self.show_probes()
        self.show_kit()
        self.show_status()

    def on_resize(self) -> None:
        """Show everything as the screen allows."""
        if self.state.sitting is not None:
            self.show_kit()
            self.show_question()
            self.show_status()

    def rest_focus(self) -> Widget | None:
        """Return the note: it always has the keys."""
        return self.note

    def footer(self) -> list[Item]:
        """Return who has the keys, then the keys that work now."""
        typing = self.entry is None
        mode = safe(_("NOTE") if typing else _("LEVEL"), "bold reverse $text-success" if typing else "bold reverse")
        left = len(self.state.sitting.handovers) if self.state.sitting else 0
        notes = _("{count} for you").format(count=left) if left else ""
        labels = {"interview-mode": "" if typing else _("note"), "interview-notes": notes}
        shown = [key for key in self.offered() if key.footer and not key.id.startswith("interview-rate")]
        items = [self.item(key, labels.get(key.id, "")) for key in shown]
        if left:  # then it gives way later than the way out
            items = [evolve(item, weight=4) if item.action == "notes" else item for item in items]
        return [Item(mode, "mode"), Item(safe(f"{self._chords()} {_('level')}"), "mode", 1), *items]

    def _chords(self) -> str:
        """Name the keys that rate."""
        offered = [key for key in self.offered() if key.id.startswith("interview-rate")]
        names = [key_names(key, self.session.keymap)[0] for key in offered]
        if not names:
            return ""
        return names[0] + (f"-{names[-1].removeprefix('Alt+')}" if len(names) > 1 else "")

    def offers(self, key: Key) -> bool:
        """Leave out digits that begin no level, probes that there are not, and keys that would be text."""
        if key.id in {"anywhere-back", "anywhere-quit"}:
            return False
        digit = key.id.removeprefix("interview-rate-")
        if digit.isdigit() and self.state.sitting:
            names = map(write_level, self.state.sitting.view.rubric.scale.values)
            return any(name.startswith(digit) for name in names)
        if key.id == "interview-exhibit":
            return bool(self.state.question and self.state.question.exhibits)
        letter = key.id.removeprefix("interview-probe-")
        if letter != key.id and self.state.question:
            return PROBE_LETTERS.index(letter) < len(self.state.question.probes)
        return True

    # keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let every key through: those of the interview are no text."""
        return True

    async def take_key(self, event: events.Key) -> bool:
        """Do what a key is for; False leaves it to the note."""
        if action := self.actions_by_key.get(event.key):
            await self.run_action(action)
            return True
        return self.entry is not None and self._type_level(self.entry, event)

    def _type_level(self, entry: LevelEntry, event: events.Key) -> bool:
        """Type a level; whatever is none goes into the note, so that typing never costs anything."""
        if event.key in {"up", "down"}:
            self._look(-1 if event.key == "up" else 1)
        elif event.key == "enter":
            self._enter_level(entry)
        elif event.key == "backspace" and entry.text:
            entry.text = entry.text[:-1]
            self._wait_for_level(entry)
        elif event.is_printable and event.character and entry.add(event.character):
            self._wait_for_level(entry)
        else:
            self.leave_levels()
            return False
        return True

    def _look(self, levels: int) -> None:
        scale = self.state.sitting.view.rubric.scale if self.state.sitting else None
        if scale is None:
            return
        chosen = self.state.rating.value
        at = self.looked_at
        if at < 0:
            at = scale.values.index(chosen) if chosen in scale.values else (-1 if levels > 0 else len(scale.values))
        self.looked_at = min(max(at + levels, 0), len(scale.values) - 1)
        self.show_levels()

    def _enter_level(self, entry: LevelEntry) -> None:
        if (value := entry.value) is not None:
            self._take_level(value)
        elif entry.text:
            self.leave_levels()
        elif self.looked_at >= 0 and self.state.sitting:
            self._take_level(self.state.sitting.view.rubric.scale.values[self.looked_at])
        else:
            self.leave_levels()

    def _wait_for_level(self, entry: LevelEntry) -> None:
        """Take the level unless another key makes it text, after a while that depends on what could follow."""
        self._stop_waiting()
        if entry.value is not None:
            self.entry_timer = self.set_timer(PENDING if entry.final else PENDING_LONGER, self._pending_over)
        self.show_levels()

    def _pending_over(self) -> None:
        if self.entry is not None and (value := self.entry.value) is not None:
            self._take_level(value)

    def _stop_waiting(self) -> None:
        if self.entry_timer is not None:
            self.entry_timer.stop()
            self.entry_timer = None

    def _take_level(self, value: LevelNumber | Mark) -> None:
        if self.entry is not None:
            self.entry.clear()
        self.leave_levels()
        if isinstance(value, Mark):
            self.action_mark(value)
        else:
            self.action_rate(value)

    def leave_levels(self) -> None:
        """Give the keys back to the note; what was typed and is no level goes there, too."""
        self._stop_waiting()
        self.looked_at = -1
        entry, self.entry = self.entry, None
        if entry is not None:
            self.note.add(entry.clear())
            self.show_levels()
            self.show_footer()

    def action_mode(self) -> None:
        """Give the keys to the levels, or back to the note."""
        if self.entry is not None:
            self.leave_levels()
        elif self.state.sitting is not None:
            self.entry = LevelEntry.of(self.state.sitting.view.rubric.scale)
            self.show_levels()
            self.show_footer()

    def action_digit(self, digit: str) -> None:
        """Rate by a digit, or begin a level with it."""
        self.leave_levels()
        if self.state.sitting is None:
            return
        entry = LevelEntry.of(self.state.sitting.view.rubric.scale)
        if not entry.add(digit):
            self.tell(_("{level} is not on the scale").format(level=digit))
        elif entry.final and (value := entry.value) is not None:
            self._take_level(value)
        else:
            self.entry = entry
            self._wait_for_level(entry)
            self.show_footer()

    # writing

    def change(self, change: QuestionChange, *, undoable: bool = True) -> None:
        """Have a change written and show it as not yet saved."""
        if self.saving.writer is not None:
            self._put(self.state.change(change, undoable=undoable))
            self.saving.changed()

    def _put(self, change: QuestionChange) -> None:
        """Hand a change to the writer, and with it the time that has gone by."""
        if self.saving.writer is not None:
            self.saving.writer.put(evolve(change, seconds=self.stopwatch.news()))

    def keep_time(self) -> None:
        """Have the clock written."""
        if self.state.lock is Lock.OPEN and self.stopwatch.running:
            self._put(QuestionChange(self.state.question_id))

    def write_note(self) -> None:
        """Have what was typed written."""
        text = self.note.take()
        if text is not None and self.state.lock is Lock.OPEN:
            self.change(QuestionChange(self.state.question_id, evidence=text), undoable=False)

    def _edited(self, before: str, after: str) -> None:
        self.state.history.add_edit(self.state.question_id, before, after)

    @on(Note.Typed)
    def _typed(self) -> None:
        self.show_status()

    @on(Note.Rested)
    def _rested(self) -> None:
        self.write_note()

    @on(Saved)
    def _saved(self, message: Saved) -> None:
        self.saving.settled()
        if message.result is not None:
            change, rating = message.change, message.result
            self.state.keep(change, rating)
            self._tell_conflict(change, rating)
            self.show_change(change)
            if change.question == self.state.question_id:
                self.show_note()
        else:
            self.show_status()

    def _tell_conflict(self, change: QuestionChange, rating: Rating) -> None:
        """Say what of a change another window has come before with."""
        number = self.state.kit.index(change.question) + 1
        if change.value is not KEEP and rating.value != change.value:
            words = _("Also open in another window: question {number} has {theirs} from there; {mine} is not taken.")
            names = {"theirs": value_sign(rating.value), "mine": value_sign(change.value)}
            self._tell_elsewhere(words.format(number=number, **names))
        elif change.evidence is not None and change.base and rating.evidence != change.onto(change.base).evidence:
            words = _("Also open in another window: both texts of question {number} are kept.")
            self._tell_elsewhere(words.format(number=number))

    @on(Elsewhere)
    def _written_elsewhere(self, message: Elsewhere) -> None:
        """Show what was written in another window."""
        numbers = self.state.news(message.sitting.view.interview)
        self.state.read(message.sitting)
        if self.state.lock is Lock.OPEN:
            if numbers:
                names = ", ".join(map(str, numbers))
                words = _("Also open in another window: question {numbers} was changed there.")
                self._tell_elsewhere(words.format(numbers=names))
            else:
                self._tell_elsewhere(_("Also open in another window: notes were changed there."))
        self.show_again()

    def _tell_elsewhere(self, words: str) -> None:
        self.elsewhere = words
        self.set_timer(SECONDS_OF_NEWS, self._forget_elsewhere)
        self.show_status()

    def _forget_elsewhere(self) -> None:
        self.elsewhere = ""
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
        """Return whether the interview may be rated; where it may not, say why."""
        if self.state.lock is Lock.OPEN:
            return True
        self.tell(lock_word(self.state.lock))
        return False

    # rating

    def action_rate(self, level: LevelNumber) -> None:
        """Rate the answer; after submission amend."""
        self.leave_levels()
        if self.state.lock is Lock.SUBMITTED:
            self._amend(level)
        elif self._may_change():
            self.change(QuestionChange(self.state.question_id, value=level))

    def action_mark(self, mark: str) -> None:
        """Mark the question instead of rating it, or take the mark back."""
        self.leave_levels()
        if self.state.lock is Lock.SUBMITTED:
            self._amend(Mark(mark))
        elif self._may_change():
            again = self.state.rating.value == Mark(mark)
            self.change(QuestionChange(self.state.question_id, value=None if again else Mark(mark)))

    def action_toggle_probe(self, probe: int) -> None:
        """Tick a probe as used, or take that back."""
        self.leave_levels()
        question = self.state.question
        if question is None or not self._may_change():
            return
        if not 0 <= probe < len(question.probes):
            self.tell(_("The question has no probe {letter}").format(letter=PROBE_LETTERS[probe]))
            return
        used = set(self.state.rating.probes) ^ {probe}
        self.change(QuestionChange(question.id, probes=tuple(sorted(used))))

    def action_editor(self) -> None:
        """Write the note in the user's editor."""
        self.leave_levels()
        if self.state.lock not in {Lock.OPEN, Lock.SUBMITTED}:
            self._may_change()
            return
        self.write_note()
        before = self.state.rating.evidence
        text = self.attempt(lambda: edit_text(self.app, before))
        if text is None or text.strip() == before.strip():
            return
        if self.state.lock is Lock.SUBMITTED:
            self._amend(KEEP, text)
            return
        self.change(QuestionChange(self.state.question_id, evidence=text))
        self.note.put(text)

    def action_undo(self) -> None:
        """Take back the last change."""
        self._step(self.state.undo, _("Nothing to take back."))

    def action_redo(self) -> None:
        """Do again what was taken back last."""
        self._step(self.state.redo, _("Nothing to do again."))

    def _step(self, step: Callable[[], QuestionChange | None], nothing: str) -> None:
        self.leave_levels()
        self.write_note()
        change = step() if self._may_change() else None
        if change is None:
            self.tell(nothing)
            return
        self.go_to(self.state.kit.index(change.question))
        self.change(change, undoable=False)
        if change.evidence is not None:
            self.note.put(change.evidence)

    # moving

    def go_to(self, position: int) -> None:
        """Show another question and remember the place."""
        if position == self.state.position or not self.state.kit:
            return
        self.leave_levels()
        self.write_note()
        self.state.history.pause()
        self.state.position = position
        self.stopwatch.go_to(self.state.question_id)
        if self.state.lock is Lock.OPEN:
            self._put(QuestionChange(self.state.question_id))
        self.note.put(self.state.rating.evidence)
        self.show_kit()
        self.show_question()
        self.show_status()

    def action_show(self, position: int) -> None:
        """Go to a question of the kit."""
        self.go_to(position)

    def action_move(self, questions: int) -> None:
        """Go to another question."""
        self.go_to(min(max(self.state.position + questions, 0), len(self.state.kit) - 1))

    def action_unrated(self) -> None:
        """Go to the next question that is not rated."""
        if (position := self.state.next_unrated) is not None:
            self.go_to(position)

    def action_guide(self) -> None:
        """Show why it is asked and what to look for, or fold that away."""
        self.toggle_class("-guide")

    def action_exhibit(self) -> None:
        """Show what the candidate is given to read, and nothing else."""
        self.leave_levels()
        if (question := self.state.question) is None or not question.exhibits:
            self.tell(_("This question has no exhibit."))
            return
        self.write_note()
        self.app.push_screen(
            ReportScreen(self.session, lambda language: exhibits_report(question.id, question.exhibits, language))
        )

    def action_timer(self) -> None:
        """Stop the clock, or let it go on."""
        if self.stopwatch.running:
            self.keep_time()
            self.stopwatch.stop()
        elif self.state.lock is Lock.OPEN:
            self.preparing = False
            self.stopwatch.start()
        self.show_names()
        self.show_kit()

    def action_notes(self) -> None:
        """Go to what is written about the interview as a whole."""
        self.leave_levels()
        self.write_note()
        self.app.push_screen(NotesScreen(self.session, self.identity))

    def action_add_question(self) -> None:
        """Choose a question that was not planned, and put it at the end of the kit."""
        self.leave_levels()
        self.write_note()
        store, actor, sitting = self.session.store, self.session.actor, self.state.sitting
        if store is None or sitting is None or not self._may_change():
            return
        known = self.attempt(lambda: askable_questions(store, actor, self.identity))
        asked = [question for each in known or () if (question := self.state.questions.get(each))]
        choices = [(each.id, each.heading(self.session.language)) for each in asked]

        def chosen(question: str | None) -> None:
            if not question:
                return
            added = self.attempt(lambda: add_question(store, actor, self.identity, question))
            if added is not None:
                self.load()
                self.show_all()
                self.show_footer()
                self.go_to(self.state.kit.index(question))

        empty = _("Every question of the rubric is in the kit, was asked in another round, or is left out.")
        self.app.push_screen(Choose(_("Which question did you ask besides?"), choices, empty=empty), chosen)

    # submitting, amending, leaving

    def action_review(self) -> None:
        """Review the scorecard, to submit it."""
        self.write_note()
        if self.state.lock not in {Lock.OPEN, Lock.SUBMITTED}:
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
        self.write_note()
        self.keep_time()

    def action_leave_interview(self) -> None:
        """Leave, with everything written."""
        self.leave_levels()
        self._write_down()
        self.leave()

    def leave(self) -> None:
        """Go back, unless something is not saved."""
        self.saving.leave(super().leave)

    def may_quit(self) -> bool:
        """Return whether everything is on disk; where it is not, ask before leaving."""
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
        Lock.CANCELLED: _("the interview is cancelled"),
        Lock.WITHDRAWN: _("the candidate has withdrawn"),
        Lock.NOT_YOURS: _("another interviewer's interview"),
    }
    return words[lock]
