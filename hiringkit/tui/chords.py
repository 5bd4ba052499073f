"""Alt and a key, as terminals send it: Escape and the key at once."""

from typing import cast

from attrs import frozen
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS

from hiringkit.tui.keys import keys_of


@frozen
class Chord:
    """What Textual takes for a key of its own enumeration."""

    value: str


def read_chords() -> None:
    """Have Textual read the chords of the interview as such, without waiting for more.

    It reads Escape and a digit as what Option types on a Mac, and a chord that is followed within a tenth of a
    second by an arrow or another chord as `^` and the key.
    """
    known = cast("dict[str, object]", ANSI_SEQUENCES_KEYS)
    for key in keys_of("interview"):
        for name in key.keys.split(","):
            if name.startswith("alt+") and len(name) == len("alt+x"):
                known[f"\x1b{name[-1]}"] = (Chord(name),)
