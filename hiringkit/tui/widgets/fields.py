"""What is typed: text, into which nothing gets that a terminal would obey, and levels, digit by digit."""

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, cast

from attrs import define
from textual import events
from textual.message import Message
from textual.widgets import Input, TextArea
from textual.widgets.text_area import Edit, EditResult

from hiringkit.domain.interview import Mark
from hiringkit.domain.level import LevelNumber, write_level
from hiringkit.domain.rubric import Scale
from hiringkit.text.clean import clean_line, clean_text
from hiringkit.text.merge import difference, merge_texts
from hiringkit.text.typed import typed_plainly

if TYPE_CHECKING:
    from textual.document._document import Document
    from textual.timer import Timer

PAUSE = 0.5
"""Seconds without a key after which what was typed is to be written."""
LONGEST_PAUSE = 5.0
"""Seconds after which it is to be written even while one types on."""


_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff]"
)


def as_typed(text: str) -> str:
    """Return what was typed or pasted as text: any line break as a newline, without marks that nobody sees.

    Joiners and selectors that emoji and scripts are made of stay.
    """
    return clean_text(_INVISIBLE.sub("", _BREAKS.sub("\n", text))).replace("\N{REPLACEMENT CHARACTER}", "")


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
        """Clean what is typed or pasted, and tell."""
        edit.text = as_typed(edit.text)
        before = self.text
        result = super().edit(edit)
        self.edited(before, self.text)
        return result

    def edited(self, before: str, after: str) -> None:
        """Announce that the text has changed."""
        if before != after:
            self.post_message(self.Typed())

    def put(self, text: str) -> None:
        """Show another text."""
        self.loaded = clean_text(text)
        if self.text != self.loaded:
            self.load_text(self.loaded)
            self.move_cursor(self.document.end)

    def follow(self, text: str) -> None:
        """Show what the text has become elsewhere; what was typed here since it was put in or taken stays."""
        before = self.text
        merged = merge_texts(self.loaded, before, text)
        at, removed, inserted = difference(before, merged)
        cursor = cast("Document", self.document).get_index_from_location(self.cursor_location)
        if cursor > at:
            cursor = max(cursor + len(inserted) - len(removed), at)
        self.loaded = text
        if merged != before:
            self.load_text(merged)
            self.move_cursor(cast("Document", self.document).get_location_from_index(cursor))

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

    def _rest(self) -> None:
        self.post_message(self.Rested())


class Note(EvidenceField):
    """A note that always has the keyboard: the screen sees every key first, in the order in which they come.

    Args:
        take_key: Does what a key is for on the screen, and tells whether it did; other keys go into the note.
        interrupted: Called before a paste.
        on_edit: Called with the text before and after each edit, before the next key is looked at.
    """

    def __init__(
        self,
        take_key: Callable[[events.Key], Awaitable[bool]],
        interrupted: Callable[[], None],
        on_edit: Callable[[str, str], None],
    ) -> None:
        super().__init__(id="evidence")
        self._take_key, self._interrupted, self._on_edit = take_key, interrupted, on_edit

    def edited(self, before: str, after: str) -> None:
        """Pass each change on at once."""
        self._on_edit(before, after)
        super().edited(before, after)

    async def _on_key(self, event: events.Key) -> None:
        """Leave a key to the screen, if it is for the screen."""
        if await self._take_key(event):
            event.stop()
            event.prevent_default()

    async def _on_paste(self, event: events.Paste) -> None:
        """Make way for the text."""
        self._interrupted()

    def add(self, text: str) -> None:
        """Insert a text where the cursor is."""
        if text and not self.read_only:
            self._replace_via_keyboard(text, *self.selection)


class Line(Input):
    """One line of text."""

    def validate_value(self, value: str) -> str:
        """Clean what is typed."""
        cleaned = clean_line(as_typed(value))
        return cleaned + " " if value.endswith(" ") and cleaned else cleaned

    def follow(self, text: str) -> None:
        """Show what the line has become elsewhere, without a message; the cursor stays with what it is at."""
        at, removed, inserted = difference(self.value, text)
        cursor = self.cursor_position
        with self.prevent(Input.Changed):
            self.value = text
        self.cursor_position = cursor if cursor <= at else max(cursor + len(inserted) - len(removed), at)

    def _on_paste(self, event: events.Paste) -> None:
        """Paste as text, on one line."""
        event.text = clean_line(as_typed(event.text))


SIGNS = {Mark.NOT_ASSESSED: "n", Mark.NO_EVIDENCE: "x"}
"""How marks are typed and shown in place of a level."""


def value_sign(value: LevelNumber | Mark | None) -> str:
    """Return a rating as a sign: its level, n, x, or a blank."""
    if value is None:
        return " "
    return SIGNS[value] if isinstance(value, Mark) else write_level(value)


@define
class LevelEntry:
    """What was typed of a level so far."""

    names: Mapping[str, LevelNumber | Mark]
    """Everything that can be typed, with what it stands for."""
    text: str = ""

    @classmethod
    def of(cls, scale: Scale) -> "LevelEntry":
        """Return an entry for the levels of a scale, and for marks."""
        levels: dict[str, LevelNumber | Mark] = {write_level(level.value): level.value for level in scale.levels}
        return cls(levels | {sign: mark for mark, sign in SIGNS.items()})

    def add(self, sign: str) -> bool:
        """Take a sign in, if that leads to something; False leaves all as it is."""
        plain = sign if sign.isascii() else typed_plainly(sign)
        text = self.text + plain.replace(",", ".").lower()
        if not any(name.startswith(text) for name in self.names):
            return False
        self.text = text
        return True

    @property
    def value(self) -> LevelNumber | Mark | None:
        """What was typed, if it stands for something."""
        return self.names.get(self.text)

    @property
    def final(self) -> bool:
        """Whether it stands for something that no other sign could turn into something else."""
        return self.value is not None and sum(name.startswith(self.text) for name in self.names) == 1

    def clear(self) -> str:
        """Forget what was typed, and return it."""
        text, self.text = self.text, ""
        return text
