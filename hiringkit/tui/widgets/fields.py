"""Text fields into which nothing gets that a terminal would obey."""

from textual import events
from textual.widgets import Input, TextArea
from textual.widgets.text_area import Edit, EditResult

from hiringkit.text.clean import clean_line, clean_text


class Evidence(TextArea):
    """What the candidate said, in any number of lines."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(
            id=id, soft_wrap=True, tab_behavior="focus", show_line_numbers=False, highlight_cursor_line=False
        )
        self.loaded = ""
        """What was put in by the program; a text that differs from it was typed."""

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
