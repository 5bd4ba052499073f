"""One thing that a key does."""

from attrs import frozen


@frozen
class Key:
    """One thing that a key does."""

    id: str
    """`room-what`: its name in the config file's `[keys]`."""
    keys: str
    """Textual's names of the keys, joined by commas; the first is shown."""
    action: str
    """Textual's action."""
    label: str
    """A word or two for the footer and the palette."""
    help: str
    """What it does, in a sentence."""
    footer: int = 0
    """0 is not in the footer; of the others those with the highest number give way first where it is narrow."""
    shown: str = ""
    """How the footer names the keys, where the first key alone misleads and nothing was remapped."""
    everywhere: bool = False
    """Whether it works in text fields and dialogs too."""

    @property
    def room(self) -> str:
        """The room that it works in."""
        return self.id.partition("-")[0]
