"""A self-assessment: write, rate oneself, name evidence; all of it on disk at once."""

from collections.abc import Iterator, Sequence

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from hiringkit.actions import self_assessments
from hiringkit.actions.self_profiles import own_answers, profile_self
from hiringkit.domain.interview import Mark
from hiringkit.domain.level import LevelNumber, write_level
from hiringkit.domain.question import Question
from hiringkit.domain.role import Requirement
from hiringkit.domain.self_assessment import Fulfilment, Sheet, Tick
from hiringkit.locale import _
from hiringkit.report.model import Tone, said
from hiringkit.report.views.exhibit import exhibit_text
from hiringkit.report.views.self_assessment import lack_word, self_report, standing_word
from hiringkit.text.cells import cut
from hiringkit.text.clauses import clauses
from hiringkit.tui.dialogs.ask import Ask
from hiringkit.tui.editor import edit_text
from hiringkit.tui.keys import Key, bindings
from hiringkit.tui.report import ReportScreen
from hiringkit.tui.safe import safe
from hiringkit.tui.saving import Delayed, Rejected, Saved, Saving, why_not
from hiringkit.tui.screen import AppScreen
from hiringkit.tui.self.digits import LevelDigits, begins_level
from hiringkit.tui.self.state import AttemptState
from hiringkit.tui.self.ticks import TickList
from hiringkit.tui.self.writer import AttemptWriter, Said
from hiringkit.tui.session import OwnFiles, TuiSession
from hiringkit.tui.widgets.fields import EvidenceField
from hiringkit.tui.widgets.kit import Kit
from hiringkit.tui.widgets.listing import Heads, Listing, ListRow
from hiringkit.tui.widgets.page import Page

_OF_REQUIREMENTS = {"answer-met", "answer-progress", "answer-unmet"}
_OF_QUESTIONS = {
    "answer-nothing",
    "answer-write",
    "answer-evidence",
    "answer-witness",
    "answer-tick",
    "answer-editor",
    "answer-anchors",
}


class AttemptScreen(AppScreen):
    """One attempt."""

    KEYS = "answer"
    BINDINGS = bindings("answer")

    def __init__(self, session: TuiSession, own: OwnFiles, identity: str) -> None:
        super().__init__(session)
        self.own, self.identity = own, identity
        self.state = AttemptState()
        self.saving = Saving(self, self.state, self.show_unsaved, self.show_status)
        self.digits = LevelDigits(self, self._rate, self.show_status)

    def body(self) -> ComposeResult:
        """Lay out questions, the question, anchors, answer, evidence and what is saved."""
        with Horizontal(id="columns"):
            yield Kit(id="kit")
            yield Page(id="question")
            yield Page(id="anchors")
        yield EvidenceField(id="answer")
        yield EvidenceField(id="evidence")
        yield Static(id="status")

    def load(self) -> None:
        """Read the attempt."""
        self.state.read(self_assessments.load(self.own.attempts, self.identity))
        if self.saving.writer is None:
            clock = self.session.actor.now
            self.saving.begin(AttemptWriter(self.post_message, self.own.attempts, clock, self.identity))

    # showing

    def show_all(self) -> None:
        """Show everything."""
        if self.state.sheet is None:
            return
        sheet = self.state.sheet
        self.head(sheet.rubric.title.in_language(self.session.language), sheet.attempt.id, Tone.QUIET)
        self.show_kit()
        self.show_item()
        if not self.typing:
            self.put_texts()
            self.set_focus(self.rest_focus())
        self.show_status()

    def show_kit(self) -> None:
        """Show what is asked with its state."""
        narrow = self.size.width < 100  # noqa: PLR2004 - as in the style sheet
        rows = [
            ListRow(each.id, (safe(self.state.sign(each)), safe(str(number) if narrow else each.id)))
            for number, each in enumerate(self.state.items, 1)
        ]
        kit = self.query_one(Kit)
        kit.fill([Heads("", 3), Heads("#" if narrow else _("Question"))], rows)
        kit.row = self.state.position

    def on_resize(self) -> None:
        """Show what is asked as wide as the screen allows."""
        self.show_kit()

    def show_item(self) -> None:
        """Show what is at hand."""
        item, sheet = self.state.item, self.state.sheet
        if sheet is None:
            return
        lines = self._requirement(item, sheet) if isinstance(item, Requirement) else self._question(item, sheet)
        self.query_one("#question", Page).write(Content("\n").join(lines), top=True)
        anchors = list(self._anchors(item, sheet)) if isinstance(item, Question) else []
        chosen = next((n for n, line in enumerate(anchors) if line.plain.startswith(">")), 0)
        above = Content("\n").join(anchors[:chosen]) if chosen else None
        self.query_one("#anchors", Page).write(Content("\n").join(anchors), top=True, above=above)
        for field in ("#answer", "#evidence"):
            self.query_one(field).display = isinstance(item, Question)

    def _requirement(self, item: Requirement, sheet: Sheet) -> Iterator[Content]:
        yield safe(_("Requirement, required") if item.kind == "required" else _("Requirement, preferred"), Tone.QUIET)
        yield safe(item.text.in_language(self.session.language), "bold")
        if why := said(item.why, self.session.language):
            yield from (Content(""), Content.assemble(safe(_("Why:"), "bold"), " ", safe(why)))
        standing = sheet.attempt.requirements.get(item.id)
        yield from (Content(""), Content.assemble(safe(_("You:"), "bold"), " ", safe(standing_word(standing).text)))

    def _question(self, item: Question, sheet: Sheet) -> Iterator[Content]:
        yield safe(item.id, Tone.QUIET)
        yield safe(item.text.in_language(self.session.language), "bold")
        for exhibit in item.exhibits:
            yield from (Content(""), safe(exhibit.title.in_language(self.session.language), "bold"))
            yield from map(safe, exhibit_text(exhibit, self.session.language).split("\n"))
        if why := said(item.why, self.session.language):
            yield from (Content(""), Content.assemble(safe(_("Why:"), "bold"), " ", safe(why)))
        if sheet.attempt.answer(item.id).level is not None:
            yield from self._signs(item)

    def _anchors(self, item: Question, sheet: Sheet) -> Iterator[Content]:
        """Show what marks each level, once there is an answer to hold against it."""
        answer = sheet.attempt.answer(item.id)
        if not (answer.text or answer.level is not None or item.id in self.state.anchored):
            yield safe(_("The anchors come after your answer: e writes it, a shows them now."), Tone.QUIET)
            return
        for level in sheet.rubric.scale.levels:
            chosen = answer.level == level.value
            text = item.anchors.get(level.value) or level.meaning or level.label
            left, right = "()" if self.state.is_open(item) else "[]"
            sign = f">{left}{write_level(level.value)}{right}" if chosen else f"  {write_level(level.value)} "
            label = safe(level.label.in_language(self.session.language), "bold")
            yield Content.assemble(Content(sign), " ", label)
            ticked = {tick.clause for tick in answer.ticks if tick.level == level.value}
            wording = text.in_language(self.session.language)
            if ticked:
                for clause in clauses(wording):
                    yield safe(f"{'[x]' if clause in ticked else '[ ]'} {clause}", "bold" if chosen else "")
            else:
                yield safe(wording, "bold" if chosen else "")

    def _signs(self, item: Question) -> Iterator[Content]:
        """Show what an interviewer looks and watches for, as a check on the level that was given."""
        for heading, signs in (
            (_("An interviewer would look for:"), item.look_for),
            (_("What would speak against it:"), item.watch_for),
        ):
            if signs:
                yield from (Content(""), safe(heading, "bold"))
                yield from (safe(f"- {sign.in_language(self.session.language)}") for sign in signs)

    def show_status(self) -> None:
        """Say what is saved and what is not."""
        if self.state.sheet is None:
            return
        left = len(self.state.sheet.attempt.outstanding)
        words = _("Saved. {count} to rate.").format(count=left) if left else _("Saved. All rated: r shows the report.")
        typing = any(field.typed for field in self.query(EvidenceField))
        if self.digits.text:
            words = _("Level {typed}? Enter takes it.").format(typed=self.digits.text)
        self.query_one("#status", Static).update(safe(*(self.saving.sentence(typing=typing) or (words, Tone.GOOD))))
        self.query_one("#answer", EvidenceField).border_title = safe(_("Your answer"))
        self.query_one("#evidence", EvidenceField).border_title = safe(self._evidence_title())

    def _evidence_title(self) -> str:
        """Name who could confirm it, and what the level lacks."""
        sheet, item = self.state.sheet, self.state.item
        title = _("Evidence")
        if sheet is None or not isinstance(item, Question):
            return title
        answer = sheet.attempt.answer(item.id)
        if answer.witness:
            title = _("{evidence}, confirmed by {witness}").format(evidence=title, witness=cut(answer.witness, 30))
        lacks = next((own.lacks for own in own_answers(sheet) if own.question.id == item.id), ())
        return _("{evidence}; a claim: {lacks}").format(evidence=title, lacks=lack_word(lacks[0])) if lacks else title

    def show_unsaved(self) -> None:
        """Show everything as it was left."""
        self.show_kit()
        self.show_item()
        self.show_status()
        self.show_footer()

    def put_texts(self) -> None:
        """Show the texts."""
        if self.state.sheet and isinstance(self.state.item, Question):
            answer = self.state.sheet.attempt.answer(self.state.item.id)
            self.query_one("#answer", EvidenceField).put(answer.text)
            self.query_one("#evidence", EvidenceField).put(answer.evidence)

    def rest_focus(self) -> Widget | None:
        """Return the list of questions."""
        return self.query_one(Kit)

    def offers(self, key: Key) -> bool:
        """Leave out what is not for what is at hand."""
        if self.state.sheet is None:
            return True
        digit = key.id.removeprefix("answer-rate-")
        asked = isinstance(self.state.item, Question)
        if digit.isdigit():
            return asked and begins_level(digit, self.state.sheet.rubric.scale.values)
        return key.id not in (_OF_REQUIREMENTS if asked else _OF_QUESTIONS)

    # writing

    def change(self, said: Said) -> None:
        """Have something written, and show it as not saved unless it is on disk at once."""
        if self.saving.writer is not None:
            self.state.change(said)
            self.saving.writer.put(said)
            self.saving.changed()

    def write_down(self) -> None:
        """Have what was typed written."""
        answer, evidence = (self.query_one(f"#{name}", EvidenceField) for name in ("answer", "evidence"))
        typed = [field.take() is not None for field in (answer, evidence)]
        if any(typed) and isinstance(self.state.item, Question):
            self.change(Said(self.state.item.id, text=answer.text, evidence=evidence.text))
        else:
            self.show_status()

    @on(EvidenceField.Typed)
    def _typed(self) -> None:
        self.show_status()

    @on(EvidenceField.Rested)
    def _rested(self) -> None:
        self.write_down()

    @on(Saved)
    def _saved(self, message: Saved) -> None:
        self.saving.settled()
        self.state.keep(message.change, message.result)
        if message.change.says:
            self.show_unsaved()
        else:
            self.show_status()

    @on(Delayed)
    def _delayed(self, message: Delayed) -> None:
        self.saving.delayed(message)

    @on(Rejected)
    def _rejected(self, message: Rejected) -> None:
        self.saving.settled()
        self.state.refused[message.change.item] = why_not(message.error)
        self.show_status()

    # keys

    def action_rate(self, digit: int) -> None:
        """Give the own level, or begin it."""
        self._type(str(digit))

    def _type(self, sign: str) -> None:
        sheet = self.state.sheet
        if isinstance(self.state.item, Question) and sheet and not self.digits.add(sign, sheet.rubric.scale.values):
            self.tell(_("{level} is not on the scale").format(level=sign))

    def _rate(self, level: LevelNumber) -> None:
        if isinstance(self.state.item, Question):
            self.change(Said(self.state.item.id, level=level))

    def on_key(self, event: events.Key) -> None:
        """Take the point of a level between two whole ones, and Enter."""
        if self.digits.text and not self.typing and event.key in {"full_stop", "comma", "enter"}:
            event.stop()
            if event.key == "enter":
                self.digits.enter()
            else:
                self._type(".")

    def action_nothing(self) -> None:
        """Say that there is nothing to tell."""
        if isinstance(self.state.item, Question):
            self.change(Said(self.state.item.id, level=Mark.NO_EVIDENCE))

    def action_stand(self, standing: str) -> None:
        """Say how one stands to the requirement, and go on."""
        if isinstance(self.state.item, Requirement):
            self.change(Said(self.state.item.id, standing=Fulfilment(standing)))
            self.action_move(1)

    def action_write(self) -> None:
        """Write the answer."""
        if isinstance(self.state.item, Question):
            self.set_focus(self.query_one("#answer"))

    def action_evidence(self) -> None:
        """Write the evidence."""
        if isinstance(self.state.item, Question):
            self.set_focus(self.query_one("#evidence"))

    def action_witness(self) -> None:
        """Say who could confirm it."""
        item, sheet = self.state.item, self.state.sheet
        if isinstance(item, Question) and sheet:
            before = sheet.attempt.answer(item.id).witness

            def keep(name: str | None) -> None:
                if name:
                    self.change(Said(item.id, witness=name))

            self.app.push_screen(Ask(item.id, _("Who could confirm it: a name or a function"), before), keep)

    def action_tick(self) -> None:
        """Tick what of the anchors the answer shows."""
        item, sheet = self.state.item, self.state.sheet
        if not isinstance(item, Question) or sheet is None:
            return
        offered = [
            Tick(level, clause)
            for level, anchor in sorted(item.anchors.items())
            for clause in clauses(anchor.in_language(self.session.language))
        ]

        def keep(chosen: Sequence[Tick] | None) -> None:
            if chosen is not None:
                self.change(Said(item.id, ticks=tuple(chosen)))

        self.app.push_screen(TickList(offered, sheet.attempt.answer(item.id).ticks), keep)

    def action_editor(self) -> None:
        """Write the answer in the user's editor."""
        item = self.state.item
        if not isinstance(item, Question):
            return
        self.write_down()
        field = self.query_one("#answer", EvidenceField)
        text = self.attempt(lambda: edit_text(self.app, field.text))
        if text is not None and text.strip() != field.text.strip():
            self.change(Said(item.id, text=text))
            self.put_texts()

    def action_anchors(self) -> None:
        """Show the anchors."""
        self.state.anchored.add(self.state.item.id)
        self.show_item()

    def action_report(self) -> None:
        """Show what it amounts to so far."""
        self.write_down()
        if self.saving.all_saved():
            profile = self.attempt(lambda: profile_self(self.own.attempts, self.identity))
            if profile:
                self.app.push_screen(ReportScreen(self.session, lambda language: self_report(profile, language)))

    # moving and leaving

    def go_to(self, position: int) -> None:
        """Go to what is asked at a position, and remember the place."""
        if position == self.state.position:
            return
        self.write_down()
        self.digits.enter()
        self.state.position = position
        if isinstance(self.state.item, Question) and self.saving.writer is not None:
            self.saving.writer.put(Said(self.state.item.id))
        self.show_item()
        self.put_texts()
        self.query_one(Kit).row = position
        self.show_status()
        self.show_footer()

    @on(Listing.Moved, "#kit")
    def _kit_moved(self, message: Listing.Moved) -> None:
        self.go_to(message.listing.row)

    def action_move(self, items: int) -> None:
        """Go to another question."""
        self.go_to(min(max(self.state.position + items, 0), len(self.state.items) - 1))

    def action_unanswered(self) -> None:
        """Go to the next question without a level."""
        if (position := self.state.next_unanswered) is not None:
            self.go_to(position)

    def action_page(self, pages: int) -> None:
        """Scroll question and anchors."""
        for page in self.query(Page):
            page.page(pages)

    def action_back(self) -> None:
        """Leave the text field, else the screen, with all on disk."""
        self.write_down()
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
