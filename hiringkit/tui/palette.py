"""The command palette: everything that can be done on the screen, and everybody and every interview, by name."""

from collections.abc import Callable, Iterator
from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider

from hiringkit.actions.openings import openings_overview, show_opening
from hiringkit.errors import HiringKitError
from hiringkit.locale import _
from hiringkit.tui.keys import Key, key_names
from hiringkit.tui.safe import safe
from hiringkit.tui.screen import AppScreen
from hiringkit.tui.session import TuiSession


class KeyProvider(Provider):
    """What the screen's keys do."""

    def _offered(self) -> list[Key]:
        screen = self.screen
        return screen.offered() if isinstance(screen, AppScreen) else []

    def _name(self, key: Key) -> str:
        screen = self.screen
        keymap = screen.session.keymap if isinstance(screen, AppScreen) else {}
        return f"{_(key.label)} ({key_names(key, keymap)[0]})"

    async def discover(self) -> Hits:
        """List everything."""
        for key in self._offered():
            yield DiscoveryHit(
                safe(self._name(key)), partial(self.screen.run_action, key.action), self._name(key), _(key.help)
            )

    async def search(self, query: str) -> Hits:
        """List what matches, by name, help or id."""
        matcher = self.matcher(query)
        for key in self._offered():
            name = self._name(key)
            score = max(matcher.match(text) for text in (name, _(key.help), key.id))
            if score > 0:
                yield Hit(
                    score, matcher.highlight(name), partial(self.screen.run_action, key.action), name, _(key.help)
                )


Jump = tuple[str, str, Callable[[], object]]
"""What a place is called, what it is, and what goes there."""


class PlaceProvider(Provider):
    """Openings, candidates, interviewers and interviews to go to."""

    async def startup(self) -> None:
        """Read what there is."""
        screen = self.screen
        self._jumps: list[Jump] = []
        if isinstance(screen, AppScreen):
            try:
                self._jumps = list(self._places(screen.session))
            except HiringKitError:
                return  # the screen behind says what is wrong with the database

    def _places(self, session: TuiSession) -> Iterator[Jump]:
        store, app = session.store, self.app
        if store is None or session.only:
            return
        for progress in openings_overview(store, session.actor).openings:
            opening = progress.opening
            view = show_opening(store, session.actor, opening.id)
            title = opening.title or opening.id
            yield title, _("opening"), partial(_go, app, "show_opening", opening.id)
            names = {each.id: session.name_of(opening.id, each.id, each.name) for each in view.candidates}
            asking = {each.id: each.name for each in view.interviewers}
            for each in view.candidates:
                yield names[each.id], title, partial(_go, app, "show_profile", opening.id, each.id)
            for who, name in asking.items():
                words = _("interviewer, {opening}").format(opening=title)
                yield name, words, partial(_go, app, "show_opening", opening.id, "interviewers", who)
            for held in view.interviews:
                words = f"{names[held.candidate]} - {asking[held.interviewer]}"
                yield (
                    words,
                    _("interview, {opening}").format(opening=title),
                    partial(_go, app, "show_interview", held.id),
                )

    async def search(self, query: str) -> Hits:
        """List what matches, by name."""
        matcher = self.matcher(query)
        for name, what, go in self._jumps:
            if (score := matcher.match(name)) > 0:
                words = safe(f"{name} ({what})")
                yield Hit(score, words, go, words.plain, safe(what).plain)


def _go(app: object, method: str, *identity: str) -> object:
    return getattr(app, method)(*identity)
