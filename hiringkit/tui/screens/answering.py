"""What a self-assessment shows: what is asked, the anchors, the answer, and what is saved."""

from collections.abc import Iterator

from attrs import evolve
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from hiringkit.actions import self_assessments
from hiringkit.domain.interview import Mark
from hiringkit.domain.question import Question
from hiringkit.domain.role import Requirement
from hiringkit.domain.self_assessment import Sheet, Standing
from hiringkit.locale import _
from hiringkit.report.model import Tone
from hiringkit.report.values import said
from hiringkit.report.views.self_assessment import standing_word
from hiringkit.tui.keys import Key
from hiringkit.tui.own import Own
from hiringkit.tui.ownkeeper import AttemptKeeper, Said
from hiringkit.tui.safe import safe
from hiringkit.tui.screens.keeping import KeepingRoom
from hiringkit.tui.screens.sitting import Kit
from hiringkit.tui.widgets.fields import Evidence
from hiringkit.tui.widgets.page import Page
from hiringkit.tui.widgets.rows import Heads, Row

_SIGNS = {Standing.MET: "[y]", Standing.IN_PROGRESS: "[p]", Standing.UNMET: "[n]", None: "[ ]"}
_OF_REQUIREMENTS = {"answer-met", "answer-progress", "answer-unmet"}
_OF_QUESTIONS = {"answer-nothing", "answer-write", "answer-evidence", "answer-editor", "answer-anchors"}


class AnsweringRoom(KeepingRoom):
    """One attempt, to look at."""

    ROOM = "answer"

    def __init__(self, identity: str) -> None:
        super().__init__()
        self.identity = identity
        self.kept: Sheet | None = None
        self.waiting: dict[str, Said] = {}
        self.rejected: dict[str, str] = {}
        self.position = -1
        self.anchored: set[str] = set()

    # what there is

    @property
    def own(self) -> Own:
        """Where it is kept."""
        if self.hall.own is None:
            raise AssertionError("this room is shown only where there is something for oneself")
        return self.hall.own

    @property
    def sheet(self) -> Sheet | None:
        """The attempt as it was left, whether or not all of it is on disk."""
        if self.kept is None or not self.waiting:
            return self.kept
        attempt = self.kept.attempt
        for each in self.waiting.values():
            attempt = each.onto(attempt)
        return evolve(self.kept, attempt=attempt)

    @property
    def pending(self) -> bool:
        """Whether something is not on disk yet."""
        return bool(self.waiting)

    @property
    def refused(self) -> dict[str, str]:
        """Why something will never be on disk, by question."""
        return self.rejected

    @property
    def items(self) -> tuple[Requirement | Question, ...]:
        """Requirements, then questions."""
        if self.sheet is None:
            return ()
        rubric = self.sheet.rubric
        asked = (rubric.question(question) for question in self.sheet.attempt.kit)
        return (*(rubric.role.requirements if rubric.role else ()), *(q for q in asked if q))

    @property
    def item(self) -> Requirement | Question:
        """What is at hand."""
        return self.items[self.position]

    def body(self) -> ComposeResult:
        """Lay out questions, the question, anchors, answer, evidence and what is saved."""
        with Horizontal(id="room"):
            yield Kit(id="kit")
            yield Page(id="question")
            yield Page(id="anchors")
        yield Evidence(id="answer")
        yield Evidence(id="evidence")
        yield Static(id="status")

    def load(self) -> None:
        """Read the attempt; the first time, go to where it goes on."""
        self.kept = self_assessments.load(self.own.attempts, self.identity)
        if self.position < 0:
            self.position = self._begin_at(self.kept)
        if self.recorder is None:
            self.recorder = AttemptKeeper(self.post_message, self.own.attempts, self.hall.actor.now, self.identity)
            self.recorder.begin()

    def _begin_at(self, sheet: Sheet) -> int:
        first = len(self.items) - len(sheet.attempt.kit)
        if sheet.attempt.place in sheet.attempt.kit:
            return first + sheet.attempt.kit.index(sheet.attempt.place)
        open_ones = [n for n, each in enumerate(self.items[:first]) if each.id not in sheet.attempt.requirements]
        return open_ones[0] if open_ones else first

    # showing

    def show_all(self) -> None:
        """Show everything."""
        if self.sheet is None:
            return
        self.head(self.sheet.rubric.title.in_language(self.hall.language), self.sheet.attempt.id, Tone.QUIET)
        self.show_kit()
        self.show_item()
        if not self.typing:
            self.put_texts()
            self.set_focus(self.rest_focus())
        self.show_state()

    def show_kit(self) -> None:
        """Show what is asked with its state."""
        if self.sheet is None:
            return
        narrow = self.size.width < 100  # noqa: PLR2004 - as in the style sheet
        rows = [
            Row(each.id, (safe(self._sign(each)), safe(str(number) if narrow else each.id)))
            for number, each in enumerate(self.items, 1)
        ]
        kit = self.query_one(Kit)
        kit.fill([Heads("", 3), Heads("#" if narrow else _("Question"))], rows)
        kit.row = self.position

    def _sign(self, item: Requirement | Question) -> str:
        if self.sheet is None:
            return ""
        if isinstance(item, Requirement):
            sign = _SIGNS[self.sheet.attempt.requirements.get(item.id)]
        else:
            level = self.sheet.attempt.answer(item.id).level
            sign = "[ ]" if level is None else "[x]" if isinstance(level, Mark) else f"[{level}]"
        return f"({sign[1]})" if self.is_open(item) else sign

    def is_open(self, item: Requirement | Question) -> bool:
        """Tell whether the level or standing that is shown is not on disk."""
        return item.id in self.waiting and self.waiting[item.id].judges

    def on_resize(self) -> None:
        """Show what is asked as wide as there is room."""
        self.show_kit()

    def show_item(self) -> None:
        """Show what is at hand."""
        lines = self._requirement(self.item) if isinstance(self.item, Requirement) else self._question(self.item)
        self.query_one("#question", Page).write(Content("\n").join(lines), top=True)
        anchors = list(self._anchors(self.item)) if isinstance(self.item, Question) else []
        chosen = next((n for n, line in enumerate(anchors) if line.plain.startswith(">")), 0)
        above = Content("\n").join(anchors[:chosen]) if chosen else None
        self.query_one("#anchors", Page).write(Content("\n").join(anchors), top=True, above=above)
        for field in ("#answer", "#evidence"):
            self.query_one(field).display = isinstance(self.item, Question)

    def _requirement(self, item: Requirement) -> Iterator[Content]:
        yield safe(_("Requirement, required") if item.kind == "required" else _("Requirement, preferred"), Tone.QUIET)
        yield safe(item.text.in_language(self.hall.language), "bold")
        if why := said(item.why, self.hall.language):
            yield from (Content(""), Content.assemble(safe(_("Why:"), "bold"), " ", safe(why)))
        standing = self.sheet.attempt.requirements.get(item.id) if self.sheet else None
        yield from (Content(""), Content.assemble(safe(_("You:"), "bold"), " ", safe(standing_word(standing).text)))

    def _question(self, item: Question) -> Iterator[Content]:
        yield safe(item.id, Tone.QUIET)
        yield safe(item.text.in_language(self.hall.language), "bold")
        if why := said(item.why, self.hall.language):
            yield from (Content(""), Content.assemble(safe(_("Why:"), "bold"), " ", safe(why)))

    def _anchors(self, item: Question) -> Iterator[Content]:
        """Show what marks each level, once there is an answer to hold against it."""
        if self.sheet is None:
            return
        answer = self.sheet.attempt.answer(item.id)
        if not (answer.text or answer.level is not None or item.id in self.anchored):
            yield safe(_("The anchors come after your answer: e writes it, a shows them now."), Tone.QUIET)
            return
        for level in self.sheet.rubric.scale.levels:
            chosen = answer.level == level.value
            text = item.anchors.get(level.value) or level.meaning or level.label
            left, right = "()" if self.is_open(item) else "[]"
            sign = f">{left}{level.value}{right}" if chosen else f"  {level.value} "
            label = safe(level.label.in_language(self.hall.language), "bold")
            yield Content.assemble(Content(sign), " ", label)
            yield safe(text.in_language(self.hall.language), "bold" if chosen else "")

    def show_state(self) -> None:
        """Say what is saved and what is not."""
        if self.sheet is None:
            return
        left = len(self.sheet.attempt.outstanding)
        words = _("Saved. {count} to rate.").format(count=left) if left else _("Saved. All rated: r shows the report.")
        self.query_one("#status", Static).update(safe(*(self.unsaved() or (words, Tone.GOOD))))
        self.query_one("#answer", Evidence).border_title = safe(_("Your answer"))
        self.query_one("#evidence", Evidence).border_title = safe(_("Evidence"))

    def put_texts(self) -> None:
        """Show the texts."""
        if self.sheet and isinstance(self.item, Question):
            answer = self.sheet.attempt.answer(self.item.id)
            self.query_one("#answer", Evidence).put(answer.text)
            self.query_one("#evidence", Evidence).put(answer.evidence)

    def rest_focus(self) -> Widget | None:
        """Return the list of questions."""
        return self.query_one(Kit)

    def offers(self, key: Key) -> bool:
        """Leave out what is not for what is at hand."""
        if self.sheet is None:
            return True
        digit = key.id.removeprefix("answer-rate-")
        asked = isinstance(self.item, Question)
        if digit.isdigit():
            return asked and int(digit) in self.sheet.rubric.scale.values
        return key.id not in (_OF_REQUIREMENTS if asked else _OF_QUESTIONS)
