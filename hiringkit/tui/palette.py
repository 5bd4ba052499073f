"""The command palette: everything that can be done on the screen, by its name."""

from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider

from hiringkit.locale import _
from hiringkit.tui.keys import Key, key_names
from hiringkit.tui.safe import safe
from hiringkit.tui.screen import AppScreen


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
