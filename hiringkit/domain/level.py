"""Levels as numbers: whole ones, half points, 0 to 10, 1 to 100 or whatever steps a scale has."""

from functools import lru_cache

from hiringkit.text.typed import typed_plainly

LevelNumber = int | float
"""A level. Whole ones are always `int`, so that 3 and 3.0 are one level wherever they are written or compared."""


def level_number(value: float) -> LevelNumber:
    """Return a level in its one form: 3.0 is 3."""
    return int(value) if value == int(value) else value


def write_level(value: LevelNumber) -> str:
    """Write a level as it stands in YAML, in files and on the screen: `3`, `3.5`."""
    return str(level_number(value))


@lru_cache(maxsize=1024)  # files say the same few words again and again
def read_level(text: str, levels: tuple[LevelNumber, ...]) -> LevelNumber | None:
    """Read a level as people type it: full-width digits and a decimal comma too.

    Args:
        text: What was typed.
        levels: Those of the scale.

    Returns:
        The level, None where the text is none of the scale's.
    """
    typed = typed_plainly(text).replace(",", ".")
    written = {write_level(level): level for level in levels}
    if typed in written:
        return written[typed]
    whole, point, decimals = typed.partition(".")
    # 3.0 and 3.50 are levels too; anything else that `float` would take, such as 1e0 or nan, is none
    if point and decimals.isascii() and decimals.isdigit():
        decimals = decimals.rstrip("0")
        return written.get(f"{whole}.{decimals}" if decimals else whole)
    return None
