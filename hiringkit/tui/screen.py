"""What all screens share: a heading, a footer made of the table of keys, and plain words for failures."""

import gc
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from hiringkit.errors import HiringKitError
from hiringkit.locale import _, say
from hiringkit.report.model import Tone
from hiringkit.text.cells import cut
from hiringkit.text.clean import clean_line
from hiringkit.tui.keys import ANYWHERE, Key, bindings, keys_of, shown_key
from hiringkit.tui.safe import safe
from hiringkit.tui.session import TuiSession
from hiringkit.tui.widgets.bar import Bar, Heading, Item

if TYPE_CHECKING:
    from textual.timer import Timer

T = TypeVar("T")
WHILE_TYPING = ("back",)
"""Actions of the screen that work in a text field, too."""
SECONDS_TOLD = 3.0


class Computed(Message):
    """A thread has computed something for the screen."""

    def __init__(self, then: Callable[[], None]) -> None:
        super().__init__()
        self.then = then


class Footer(Bar):
    """The keys of the screen, as many as fit."""

    DEFAULT_CLASSES = "footer"


class AppScreen(Screen[Any]):
    """A screen that reads what it shows anew whenever it comes to the front."""

    KEYS: ClassVar[str] = ""
    """Its part of the table of keys."""
    BINDINGS = bindings(ANYWHERE)
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-middle"), (140, "-wide")]  # noqa: RUF012 - as Textual has it
    VERTICAL_BREAKPOINTS = [(0, "-low"), (32, "-high")]  # noqa: RUF012 - as Textual has it
    AUTO_FOCUS = ""

    def __init__(self, session: TuiSession) -> None:
        super().__init__()
        self.session = session
        self.covered = False
        """Whether another screen, not a dialog, is in front."""
        self._turn = 0
        self._told: Timer | None = None

    def compose(self) -> ComposeResult:
        """Lay out heading, body, a line for failures and footer."""
        yield Heading(classes="heading")
        yield from self.body()
        yield Static(classes="trouble")
        yield Footer()

    def body(self) -> ComposeResult:
        """Lay out what is between heading and footer."""
        yield from ()

    def on_mount(self) -> None:
        """Show it."""
        self.read_again()

    def on_screen_suspend(self) -> None:
        """Note what covers it: after another screen things may have changed, after a dialog they have not."""
        self.covered = isinstance(self.app.screen, AppScreen) and self.app.screen is not self

    def on_screen_resume(self) -> None:
        """Show it anew when it comes back to the front."""
        if self.covered:
            self.covered = False
            self.read_again()

    def read_again(self) -> None:
        """Read from the store and show."""

        def read_and_show() -> None:
            self.load()
            self.show_all()

        self.attempt(read_and_show)
        self.show_footer()

    def show_again(self) -> None:
        """Show what was read, in the language of the moment."""
        self.attempt(self.show_all)
        self.show_footer()

    def show_footer(self) -> None:
        """Name the keys that do something here and now."""
        self.query_one(Footer).items = tuple(self.footer())

    def load(self) -> None:
        """Read what the screen shows."""

    def show_all(self) -> None:
        """Put what was read into the widgets."""

    def offers(self, key: Key) -> bool:
        """Return whether a key does anything here and now."""
        return True

    def offered(self) -> list[Key]:
        """Return the keys that do something here and now."""
        return [key for key in keys_of(self.KEYS, ANYWHERE) if self.offers(key)]

    def footer(self) -> list[Item]:
        """Return the footer's items: key and label."""
        return [self.item(key) for key in self.offered() if key.footer]

    def item(self, key: Key, label: str = "") -> Item:
        """Return a key as the footer shows it, with its own label or another."""
        name = shown_key(key, self.session.keymap, typing=self.typing)
        words = safe(label or _(key.label))
        return Item(Content.assemble(safe(name, "bold $accent"), " ", words), key.action, key.footer)

    def head(self, left: str, right: str = "", tone: Tone | str = "") -> None:
        """Set the heading."""
        heading = self.query_one(Heading)
        heading.left, heading.right = safe(left, "bold"), safe(right, tone)

    def attempt(self, action: Callable[[], T]) -> T | None:
        """Do something that may be refused; say so on the line above the footer, where the last refusal goes."""
        self.trouble(None)
        try:
            return action()
        except HiringKitError as error:
            self.trouble(error)
            return None

    def compute(self, work: Callable[[], T], then: Callable[[T], None]) -> None:
        """Do something slow in a thread, then show it; what was begun before is no longer waited for."""
        self._turn = turn = self._turn + 1

        def finish(result: T) -> None:
            if turn == self._turn:
                then(result)

        def run() -> None:
            try:
                result = work()
                gc.freeze()  # a comparison of hundreds of people would be searched for garbage while one scrolls
            except HiringKitError as failure:
                error = failure
                self.post_message(Computed(lambda: self.trouble(error)))
            else:
                self.post_message(Computed(lambda: finish(result)))

        self.run_worker(run, thread=True, exclusive=True, group="computing")

    @on(Computed)
    def _computed(self, message: Computed) -> None:
        message.then()

    def trouble(self, error: HiringKitError | None) -> None:
        """Say what went wrong, or that nothing does any more."""
        line = self.query_one(".trouble", Static)
        line.display = error is not None
        if error is not None:
            hint = f" ({say(error.hint)})" if error.hint else ""
            line.update(safe(self.session.unnamed(f"! {say(error.message)}{hint}"), Tone.BAD))

    def tell(self, text: str) -> None:
        """Say something for a few seconds, in place of the footer, where it covers nothing."""
        footer = self.query_one(Footer)
        footer.items = (Item(safe(cut(clean_line(text), footer.content_size.width), "bold")),)
        if self._told is not None:
            self._told.stop()
        self._told = self.set_timer(SECONDS_TOLD, self.show_footer)

    @property
    def typing(self) -> bool:
        """Whether the focus is in a text field."""
        return isinstance(self.focused, Input | TextArea)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave keys to the text field, if the focus is in one."""
        return action in WHILE_TYPING or not self.typing

    def rest_focus(self) -> Widget | None:
        """Return what has the focus when no text field has."""
        return None

    def action_back(self) -> None:
        """Leave the text field, else the screen."""
        if self.typing:
            self.set_focus(self.rest_focus())
        elif len(self.app.screen_stack) > 2:  # noqa: PLR2004 - the app's own empty screen, and the first one
            self.leave()

    def leave(self) -> None:
        """Go back to the screen before."""
        self.app.pop_screen()

    def may_quit(self) -> bool:
        """Return whether the program may end now; a screen that refuses also says why."""
        return True

    def action_reload(self) -> None:
        """Read everything again."""
        self.read_again()
