"""The app: the first screen, navigation from outside, and the keys that work on every screen."""

import asyncio
import signal
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import ClassVar

from attrs import evolve
from textual.app import App
from textual.binding import Binding, BindingType
from textual.command import CommandPalette
from textual.filter import Monochrome
from textual.scrollbar import ScrollBar, ScrollBarRender

from hiringkit.actions.audit import Actor
from hiringkit.actions.visibility import RECRUITER
from hiringkit.errors import HiringKitError
from hiringkit.locale import _
from hiringkit.store.store import Store
from hiringkit.tui.chords import read_chords
from hiringkit.tui.home import HomeScreen
from hiringkit.tui.keys import EVERYWHERE, check_keymap
from hiringkit.tui.no_colour import NoColour
from hiringkit.tui.palette import KeyProvider, PlaceProvider
from hiringkit.tui.pipes import driver
from hiringkit.tui.safe import safe
from hiringkit.tui.screen import AppScreen
from hiringkit.tui.session import OpenStore, OwnFiles, TuiSession
from hiringkit.tui.themes import LEFT_TO_THE_TERMINAL, OWN, THEMES


class PlainBar(ScrollBarRender):
    """A scroll bar of blanks: block characters are two cells wide in some Chinese terminals."""

    VERTICAL_BARS: ClassVar[list[str]] = [" "] * 8
    HORIZONTAL_BARS: ClassVar[list[str]] = [" "] * 8


ScrollBar.renderer = PlainBar
read_chords()
ENDING = ("SIGTERM", "SIGHUP")
"""Signals by which a system ends a program, or a terminal that has gone; Windows lacks the second."""


class HiringKitApp(App[None]):
    """The terminal interface.

    Args:
        store: The database; None where there is none yet.
        actor: Who acts, with the clock.
        language: en or zh.
        demo: Makes and opens a database with the demo in it.
        opening: The opening to begin with; the home screen if empty.
        interview: The interview to begin with.
        keymap: The user's own keys, by the ids of `tui/keys`.
        colour: Whether to use colour.
        theme: One of `THEMES`.
        own: What people do for themselves: assess themselves and practise; None leaves that out.
        make_store: Makes the database where there is none yet.
        unicode_borders: Whether frames are lines instead of signs of ASCII.
        ask_who: Whether to ask who acts, where nobody was named.
        only: Whether there is nothing but the interview to begin with.
        piped: Whether keys and pictures pass through pipes, to a terminal in a browser.

    Raises:
        UsageProblem: The keymap names something that is not there.
    """

    CSS_PATH = Path(__file__).with_name("app.tcss")
    ENABLE_COMMAND_PALETTE = True
    COMMANDS: ClassVar = {KeyProvider, PlaceProvider}
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
        interview: str = "",
        keymap: Mapping[str, str] | None = None,
        colour: bool = True,
        theme: str = THEMES[0],
        own: OwnFiles | None = None,
        make_store: OpenStore | None = None,
        unicode_borders: bool = False,
        ask_who: bool = False,
        only: bool = False,
        piped: bool = False,
    ) -> None:
        self._frame = "round" if unicode_borders else "ascii"
        super().__init__(driver_class=driver(piped=piped))
        self.session = TuiSession(actor, store, language, demo, own, check_keymap(keymap or {}))
        self.session.make_store = make_store
        self.first_opening, self.first_interview = opening, interview
        self.ask_who = ask_who and not actor.who
        self.session.only = only
        for each in OWN:
            self.register_theme(each)
        self.theme = theme
        if self.no_color or not colour:
            self._filters[:] = [*(each for each in self._filters if not isinstance(each, Monochrome)), NoColour()]

    def get_css_variables(self) -> dict[str, str]:
        """Add how frames are drawn, and what the terminal's own themes lack."""
        return {**LEFT_TO_THE_TERMINAL, **super().get_css_variables(), "frame": self._frame}

    def on_mount(self) -> None:
        """Go to the first screen."""
        self.set_keymap(dict(self.session.keymap))
        if not self.is_headless:
            self._heed_signals()
        if not self.session.only:
            self.push_screen(HomeScreen(self.session))
        if self.first_opening:
            self.show_opening(self.first_opening)
        if self.first_interview:
            self.show_interview(self.first_interview)
        if self.ask_who and self.session.store is not None:
            self._ask_who(self.session.store)

    def _ask_who(self, store: Store) -> None:
        """Ask who acts: what one may see depends on it."""
        from hiringkit.actions.people import every_interviewer  # noqa: PLC0415 - asked only where nobody was named
        from hiringkit.tui.dialogs.choose import Choose  # noqa: PLC0415 - see above

        try:
            known = every_interviewer(store)
        except HiringKitError:
            return  # the screen behind says why
        recruiter = (RECRUITER, _("nobody of these: the recruiter's view"))
        choices = [(each.id, f"{each.name}  {each.email}") for each in known]
        what = _("Who are you? Others' ratings stay hidden from interviewers until their own scorecard is in.")
        leave = _('Esc is the recruiter\'s view. --as EMAIL, or user = "EMAIL" in config.toml, answers for good.')

        def answered(who: str | None) -> None:
            if who and who != recruiter[0]:
                self.session.actor = evolve(self.session.actor, who=who)
                for screen in self.screen_stack:
                    if isinstance(screen, AppScreen):
                        screen.read_again()

        if known:
            self.push_screen(Choose(what, [*choices, recruiter], leave=leave), answered)

    def show_opening(self, opening: str, tab: str = "candidates", interviewer: str = "") -> None:
        """Go to an opening, or to an interviewer in it."""
        from hiringkit.tui.opening.screen import OpeningScreen  # noqa: PLC0415 - the first paint does without

        self.push_screen(OpeningScreen(self.session, opening, tab, interviewer))

    def show_interview(self, interview: str) -> None:
        """Go to an interview."""
        from hiringkit.tui.interview.screen import InterviewScreen  # noqa: PLC0415 - the first paint does without

        self.push_screen(InterviewScreen(self.session, interview))

    def show_profile(self, opening: str, candidate: str) -> None:
        """Go to a candidate's profile."""
        from hiringkit.tui.opening.profile import ProfileScreen  # noqa: PLC0415 - the first paint does without

        self.push_screen(ProfileScreen(self.session, opening, candidate))

    def action_switch_language(self) -> None:
        """Switch to the next language."""
        self.session.switch_language()
        for screen in self.screen_stack:
            if isinstance(screen, AppScreen):
                screen.show_again()

    def action_next_theme(self) -> None:
        """Change colours."""
        known = THEMES.index(self.theme) if self.theme in THEMES else -1
        self.theme = THEMES[(known + 1) % len(THEMES)]
        if isinstance(self.screen, AppScreen):
            self.screen.tell(_("Colours: {name}").format(name=self.theme))

    def action_help(self) -> None:
        """Show the keys of the screen in front."""
        from hiringkit.tui.help import HelpScreen  # noqa: PLC0415 - shown only when it is asked for

        if isinstance(self.screen, AppScreen):
            self.push_screen(HelpScreen(self.session, self.screen.KEYS, self.screen.offered()))

    def action_command_palette(self) -> None:
        """Show everything that can be done, by its name."""
        if not isinstance(self.screen, CommandPalette):
            placeholder = safe(_("Search by name")).plain
            self.push_screen(CommandPalette(placeholder=placeholder, id="--command-palette"))

    def _heed_signals(self) -> None:
        """End in order when the program is ended from outside."""
        for number in (getattr(signal, name) for name in ENDING if hasattr(signal, name)):
            with suppress(NotImplementedError):  # Windows
                asyncio.get_running_loop().add_signal_handler(number, self._end, number)

    def _end(self, number: int) -> None:
        """Write what was typed and leave the terminal as it was; nobody can be asked any more."""
        for screen in reversed(self.screen_stack):
            if isinstance(screen, AppScreen):
                screen.may_quit()
        self.exit(return_code=128 + number)

    async def action_leave(self) -> None:
        """Quit, unless a screen has something to say about it."""
        for screen in reversed(self.screen_stack):
            if isinstance(screen, AppScreen) and not screen.may_quit():
                return
        self.exit()

    async def action_quit(self) -> None:
        """Quit, as `leave` does."""
        await self.action_leave()

    @property
    def failure(self) -> Exception | None:
        """What ended the app, if a bug did."""
        return self._exception

    def _fatal_error(self) -> None:
        """End without Textual's own report, which prints the values of variables: people's names and notes."""
        self._close_messages_no_wait()
