"""Text fields into which nothing gets that a terminal would obey."""

from typing import TYPE_CHECKING

from textual import events
from textual.message import Message
from textual.widgets import Input, TextArea
from textual.widgets.text_area import Edit, EditResult

from hiringkit.text.clean import clean_line, clean_text

if TYPE_CHECKING:
    from textual.timer import Timer

PAUSE = 0.5
"""Seconds without a key after which what was typed is to be written."""
LONGEST_PAUSE = 5.0
"""Seconds after which it is to be written even while one types on."""


class EvidenceField(TextArea):
    """What somebody said, in any number of lines; it tells when what was typed is to be written."""

    class Typed(Message):
        """Something was typed."""

    class Rested(Message):
        """Typing has paused, or gone on for long: `take` what was typed."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(
            id=id, soft_wrap=True, tab_behavior="focus", show_line_numbers=False, highlight_cursor_line=False
        )
        self.loaded = ""
        """What was put in by the program, or taken; a text that differs from it was typed since."""
        self._pause: Timer | None = None
        self._longest_pause: Timer | None = None

    @property
    def typed(self) -> bool:
        """Whether something was typed that nobody has taken."""
        return self.text != self.loaded and not self.read_only

    def edit(self, edit: Edit) -> EditResult:
        """Clean what is typed or pasted."""
        edit.text = clean_text(edit.text)
        return super().edit(edit)

    def put(self, text: str) -> None:
        """Show another text."""
        self.loaded = clean_text(text)
        if self.text != self.loaded:
            self.load_text(self.loaded)
            self.move_cursor(self.document.end)

    def take(self) -> str | None:
        """Return the text if something of it was typed since it was put in or taken, else None."""
        for timer in (self._pause, self._longest_pause):
            if timer is not None:
                timer.stop()
        self._pause = self._longest_pause = None
        if not self.typed:
            return None
        self.loaded = self.text
        return self.text

    def on_text_area_changed(self) -> None:
        """Wait for a pause in typing."""
        if not self.typed:
            return
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(PAUSE, self._rest)
        if self._longest_pause is None:
            self._longest_pause = self.set_timer(LONGEST_PAUSE, self._rest)
        self.post_message(self.Typed())

    def _rest(self) -> None:
        self.post_message(self.Rested())


class Line(Input):
    """One line of text."""

    def validate_value(self, value: str) -> str:
        """Clean what is typed."""
        cleaned = clean_line(value)
        return cleaned + " " if value.endswith(" ") and cleaned else cleaned

    def _on_paste(self, event: events.Paste) -> None:
        """Clean what is pasted."""
        event.text = clean_line(event.text)
        super()._on_paste(event)
