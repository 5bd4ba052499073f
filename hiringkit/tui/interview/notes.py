"""Notes about an interview as a whole: what is known beforehand, one's own notes, and what is left for others."""

from collections.abc import Iterator

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from hiringkit.actions.interviews import InterviewSession, Lock, resume_interview
from hiringkit.domain.interview import InterviewText
from hiringkit.locale import _
from hiringkit.report.model import Tone
from hiringkit.tui.interview.state import Elsewhere, InterviewWriter, TextChange, TextState
from hiringkit.tui.keys import Key, bindings
from hiringkit.tui.safe import as_is, safe
from hiringkit.tui.saving import Delayed, Rejected, Saved, Saving, why_not
from hiringkit.tui.screen import AppScreen
from hiringkit.tui.session import TuiSession
from hiringkit.tui.widgets.fields import EvidenceField
from hiringkit.tui.widgets.page import Page

PARTS = (InterviewText.NOTES, InterviewText.HANDOVER)


class NotesScreen(AppScreen):
    """What is written about an interview as a whole."""

    KEYS = "notes"
    BINDINGS = bindings("notes")

    def __init__(self, session: TuiSession, identity: str) -> None:
        super().__init__(session)
        self.identity = identity
        self.sitting: InterviewSession | None = None
        self.state = TextState()
        self.saving = Saving(self, self.state, self.show_status, self.show_status)
        self.writer: InterviewWriter | None = None
        self.elsewhere = ""
        """What was changed in another window."""

    def body(self) -> ComposeResult:
        """Lay out what is known, and a field for each text."""
        with Horizontal(id="columns"):
            yield Page(id="known")
            with Vertical(id="written"):
                for part in PARTS:
                    yield EvidenceField(id=part.value)
        yield Static(id="status")

    def field(self, part: InterviewText) -> EvidenceField:
        """Return where a text is written."""
        return self.query_one(f"#{part.value}", EvidenceField)

    def load(self) -> None:
        """Read the texts; what is not on disk yet stays as it is."""
        store, actor = self.session.store, self.session.actor
        if store is None:
            return
        self.sitting = sitting = resume_interview(store, actor, self.identity)
        self.state.take(sitting.texts)
        if self.writer is None and sitting.lock is Lock.OPEN:
            self.writer = InterviewWriter(self.post_message, store, actor, self.identity)
            self.saving.begin(self.writer)
        if self.writer is not None:
            self.writer.knows(sitting)

    def show_all(self) -> None:
        """Show everything."""
        if self.sitting is None:
            return
        view, locked = self.sitting.view, self.sitting.lock is not Lock.OPEN
        name = self.session.name_of(view.opening.id, view.candidate.id, view.candidate.name)
        self.head(_("Notes: {name}").format(name=name), view.interviewer.name, Tone.QUIET)
        known = self.query_one(Page)
        known.border_title = as_is(_("What is known"))
        known.write(Content("\n").join(self._known(self.sitting)))
        for part, title in zip(
            PARTS, (_("Your notes, for you alone"), _("For the candidate's next interviewers")), strict=True
        ):
            field = self.field(part)
            field.border_title = as_is(title)
            field.read_only = locked
            self._follow(part)
        rule = _("lines that end in ? are read at once, the rest once theirs is in")
        self.field(InterviewText.HANDOVER).border_subtitle = as_is(rule, Tone.QUIET)
        if self.focused is None:
            self.set_focus(self.field(InterviewText.NOTES))
        self.show_status()

    def _follow(self, part: InterviewText) -> None:
        """Show what a text has become on disk, beside what was typed here."""
        field, text = self.field(part), self.state.kept.get(part, "")
        if part in self.state.pending or text == field.loaded.strip():
            return
        if field.loaded or field.text:
            field.follow(text)
        else:
            field.put(text)

    def _known(self, sitting: InterviewSession) -> Iterator[Content]:
        known = self.session.known_of(sitting.view.opening.id, sitting.view.candidate)
        yield safe(_("About the candidate"), "bold")
        yield from (safe(each, lines=True) for each in known)
        if not known:
            yield safe(_("Nothing is noted."), Tone.QUIET)
        for who, text in sitting.handovers:
            yield Content.assemble(safe(f"{who.name}:", "bold $text-accent"), " ", safe(text, lines=True))
        if not sitting.handovers:
            yield safe(_("The other interviewers have left nothing for you."), Tone.QUIET)

    def show_status(self) -> None:
        """Say what is saved and what is not."""
        typing = any(self.field(part).typed for part in PARTS)
        text, tone = self.saving.sentence(typing=typing) or (self.elsewhere, Tone.CAUTION)
        if not text:
            locked = self.sitting is not None and self.sitting.lock is not Lock.OPEN
            text, tone = (_("To read only."), Tone.QUIET) if locked else (_("Saved."), Tone.GOOD)
        self.query_one("#status", Static).update(safe(text, tone))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let this screen's own keys through: they are no text."""
        return action == "other_field" or super().check_action(action, parameters)

    def offers(self, key: Key) -> bool:
        """Leave out keys that would be text."""
        return key.id not in {"anywhere-quit", "anywhere-theme", "anywhere-language"}

    def rest_focus(self) -> Widget | None:
        """Return the field of one's own notes."""
        return self.field(InterviewText.NOTES)

    def action_other_field(self) -> None:
        """Go to the other field."""
        here = self.focused is self.field(InterviewText.NOTES)
        self.set_focus(self.field(InterviewText.HANDOVER if here else InterviewText.NOTES))

    def action_back(self) -> None:
        """Leave, with everything written."""
        self._write()
        self.saving.leave(super().leave)

    def _write(self) -> None:
        """Have what was typed written."""
        for part in PARTS:
            text = self.field(part).take()
            if text is not None and self.saving.writer is not None:
                self.saving.writer.put(self.state.change(part, text.strip()))
                self.saving.changed()

    @on(EvidenceField.Typed)
    def _typed(self) -> None:
        self.show_status()

    @on(EvidenceField.Rested)
    def _rested(self) -> None:
        self._write()
        self.show_status()

    @on(Saved)
    def _saved(self, message: Saved) -> None:
        self.saving.settled()
        change: TextChange = message.change
        self.state.keep(change, message.result)
        if change.part not in self.state.pending and message.result != change.text:
            self.elsewhere = _("Also open in another window: both texts are kept.")
            self._follow(change.part)
        self.show_status()

    @on(Delayed)
    def _delayed(self, message: Delayed) -> None:
        self.saving.delayed(message)

    @on(Rejected)
    def _rejected(self, message: Rejected) -> None:
        self.saving.settled()
        self.state.refused[message.change.part] = why_not(message.error)
        self.read_again()

    @on(Elsewhere)
    def _written_elsewhere(self, _message: Elsewhere) -> None:
        """Show what was written in another window."""
        before = dict(self.state.kept)
        self.read_again()
        if before != self.state.kept:
            self.elsewhere = _("Also open in another window: what was changed there is shown here.")
            self.show_status()

    def may_quit(self) -> bool:
        """Tell whether all is on disk; if not, ask."""
        self._write()
        return self.saving.may_quit()

    def on_unmount(self) -> None:
        """Stop the writer."""
        self.saving.close()
