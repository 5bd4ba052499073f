"""The app: what all rooms share, and nothing of what is in them."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import ClassVar

from textual.app import App
from textual.binding import Binding, BindingType
from textual.command import CommandPalette
from textual.filter import Monochrome
from textual.scrollbar import ScrollBar, ScrollBarRender

from hiringkit.actions.audit import Actor
from hiringkit.errors import HiringKitError
from hiringkit.locale import _
from hiringkit.settings import speak
from hiringkit.store.store import Store
from hiringkit.text.language import LANGUAGES
from hiringkit.text.sentence import Sentence
from hiringkit.tui.keys import EVERYWHERE, check_keymap
from hiringkit.tui.own import Own
from hiringkit.tui.palette import RoomProvider
from hiringkit.tui.safe import safe
from hiringkit.tui.screens.home import Home
from hiringkit.tui.screens.room import Room


class PlainBar(ScrollBarRender):
    """A scroll bar of blanks: block characters are two cells wide in some Chinese terminals."""

    VERTICAL_BARS: ClassVar[list[str]] = [" "] * 8
    HORIZONTAL_BARS: ClassVar[list[str]] = [" "] * 8


ScrollBar.renderer = PlainBar

THEMES = ("textual-dark", "textual-light", "ansi-dark", "ansi-light")
OpenStore = Callable[[], Store]


class HiringKitApp(App[None]):
    """The interview room.

    Args:
        store: The database; None where there is none yet.
        actor: Who acts, with the clock.
        language: en or zh.
        demo: Makes and opens a database with the demo in it.
        opening: The opening to begin with; the home screen if empty.
        keymap: The user's own keys, by the ids of `tui/keys`.
        colour: Whether to use colour.
        theme: One of `THEMES`.
        own: What people do for themselves: assess themselves and practise; None leaves that out.

    Raises:
        UsageProblem: The keymap names something that is not there.
    """

    CSS_PATH = Path(__file__).with_name("app.tcss")
    ENABLE_COMMAND_PALETTE = True
    COMMANDS: ClassVar = {RoomProvider}
    BINDINGS: ClassVar[list[BindingType]] = [Binding(k.keys, k.action, id=k.id, priority=True) for k in EVERYWHERE]
    ESCAPE_TO_MINIMIZE = False

    def __init__(
        self,
        store: Store | None,
        actor: Actor,
        *,
        language: str = "en",
        demo: OpenStore | None = None,
        opening: str = "",
        keymap: Mapping[str, str] | None = None,
        colour: bool = True,
        theme: str = THEMES[0],
        own: Own | None = None,
    ) -> None:
        super().__init__()
        self.own_store, self.demo_store = store, None
        self.actor, self.language = actor, language
        self.make_demo, self.first_opening, self.own = demo, opening, own
        self.masks: dict[str, dict[str, int]] = {}
        """Openings under blind review: numbers that stand for the names of their candidates."""
        self.keymap: dict[str, str] = check_keymap(keymap or {})
        self.theme = theme
        if not (colour or self.no_color):
            self._filters.append(Monochrome())
        speak(language)

    @property
    def store(self) -> Store | None:
        """The database at hand: the demo's while one looks at it."""
        return self.demo_store or self.own_store

    demo_store: Store | None

    def on_mount(self) -> None:
        """Go to the first room."""
        self.set_keymap(self.keymap)
        self.push_screen(Home())
        if self.first_opening:
            self.show_opening(self.first_opening)

    def show_opening(self, opening: str, tab: str = "candidates") -> None:
        """Go to an opening."""
        from hiringkit.tui.screens.opening import OpeningRoom  # noqa: PLC0415 - the first paint does without

        self.push_screen(OpeningRoom(opening, tab))

    def show_interview(self, interview: str) -> None:
        """Go to an interview."""
        from hiringkit.tui.screens.interview import InterviewRoom  # noqa: PLC0415 - the first paint does without

        self.push_screen(InterviewRoom(interview))

    def name_of(self, opening: str, candidate: str, name: str) -> str:
        """Return a candidate's name, or what stands for it in a blind review."""
        if opening not in self.masks:
            return name
        return _("Candidate {n}").format(n=self.masks[opening].get(candidate, "?"))

    def unnamed(self, text: str) -> str:
        """Return a message with what stands for the ids of candidates in a blind review."""
        for opening, numbers in self.masks.items():
            for candidate in numbers:
                text = re.sub(rf"(?<![\w-]){re.escape(candidate)}(?![\w-])", self.name_of(opening, candidate, ""), text)
        return text

    def show_profile(self, opening: str, candidate: str) -> None:
        """Go to a candidate's profile."""
        from hiringkit.tui.screens.profile import ProfileRoom  # noqa: PLC0415 - the first paint does without

        self.push_screen(ProfileRoom(opening, candidate))

    def show_own(self) -> None:
        """Go to what people do for themselves."""
        from hiringkit.tui.screens.own import OwnRoom  # noqa: PLC0415 - the first paint does without

        self.push_screen(OwnRoom())

    def action_switch_language(self) -> None:
        """Switch to the next language."""
        codes = list(LANGUAGES)
        self.language = codes[(codes.index(self.language) + 1) % len(codes)]
        speak(self.language)
        for screen in self.screen_stack:
            if isinstance(screen, Room):
                screen.say_again()

    def action_next_theme(self) -> None:
        """Change colours."""
        known = THEMES.index(self.theme) if self.theme in THEMES else -1
        self.theme = THEMES[(known + 1) % len(THEMES)]
        if isinstance(self.screen, Room):
            self.screen.tell(_("Colours: {name}").format(name=self.theme))

    def action_command_palette(self) -> None:
        """Show everything that can be done, by its name."""
        if not isinstance(self.screen, CommandPalette):
            placeholder = safe(_("Search by name")).plain
            self.push_screen(CommandPalette(placeholder=placeholder, id="--command-palette"))

    async def action_leave(self) -> None:
        """Quit, unless a room has something to say about it."""
        for screen in reversed(self.screen_stack):
            if isinstance(screen, Room) and not screen.may_quit():
                return
        self.exit()

    async def action_quit(self) -> None:
        """Quit, as `leave` does."""
        await self.action_leave()

    def toggle_demo(self) -> bool:
        """Look at the demo, or return from it; True when that is done.

        Raises:
            HiringKitError: It cannot be made.
        """
        self.masks.clear()
        if self.demo_store is not None:
            self.demo_store.close()
            self.demo_store = None
        elif self.make_demo is not None:
            self.demo_store = self.make_demo()
        else:
            raise HiringKitError(Sentence("there is no demo here"), hint="hiringkit demo")
        return True

    @property
    def failure(self) -> Exception | None:
        """What ended the app, if a bug did."""
        return self._exception

    def _fatal_error(self) -> None:
        """End without Textual's own report, which prints the values of variables: people's names and notes."""
        self._close_messages_no_wait()
