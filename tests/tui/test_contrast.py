"""Every cell of text on every screen can be read: WCAG 2.1 asks for a contrast of 4.5 to 1."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from rich.color import Color
from rich.color_triplet import ColorTriplet
from rich.style import Style

from hiringkit.store.store import Store
from hiringkit.tui.themes import OWN

Hand = Any
Play = Callable[..., None]
LEAST = 4.5
WALK = ["tab", "enter", "2", "3", "v", "4", "5", "6", "3", "right", "right", "enter", "j", "f1"]
"""Through all that a recruiter sees."""
ROOM = ["enter", "alt+4", "alt+i", "escape", "down", "escape", "alt+n", "alt+w", "alt+w", "ctrl+n", "ctrl+n", "alt+q"]
"""Through the interview; the rest follows."""
FRAMES = set("+-|─│╭╮╰╯┌┐└┘━┃ ")


def luminance(colour: ColorTriplet) -> float:
    """Return the relative luminance as WCAG 2.1 defines it."""
    parts = [each / 255 for each in colour]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: ColorTriplet, other: ColorTriplet) -> float:
    """Return the contrast of two colours, 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def hard_to_read(hand: Hand) -> Iterator[str]:
    """Yield what on the screen has too little contrast, with its colours."""
    for line in hand.screen._compositor.render_strips():
        for text, style, _control in line:
            if style is None or not set(text) - FRAMES:
                continue
            if (measured := contrast(*inks(style))) < LEAST:
                yield f"{measured:.2f} {text.strip()!r} {style}"


def inks(style: Style) -> tuple[ColorTriplet, ColorTriplet]:
    """Return the colours of text and ground as they are drawn."""
    text, ground = (colour or Color.default() for colour in (style.color, style.bgcolor))
    one, other = text.get_truecolor(foreground=True), ground.get_truecolor(foreground=False)
    if style.dim:
        one = ColorTriplet(*((a + b) // 2 for a, b in zip(one, other, strict=True)))
    return (other, one) if style.reverse else (one, other)


@pytest.mark.parametrize("theme", [theme.name for theme in OWN])
@pytest.mark.parametrize(
    ("who", "keys"),
    [("", WALK), ("marcus", [*ROOM, "escape", "ctrl+s", "2", "e", "escape", "escape", "ctrl+t", "ctrl+p"])],
    ids=["recruiter", "interviewer"],
)
@pytest.mark.parametrize("size", [(80, 24), pytest.param((120, 40), marks=pytest.mark.slow)])
def test_every_text_can_be_read(
    play: Play, demo: Store, theme: str, who: str, keys: list[str], size: tuple[int, int]
) -> None:
    async def script(hand: Hand) -> None:
        found = set(hard_to_read(hand))
        for key in keys:
            await hand.press(key)
            found.update(f"{each} (after {key} on {type(hand.screen).__name__})" for each in hard_to_read(hand))
        assert not found, "\n".join(sorted(found))

    play(demo, script, theme=theme, who=who, size=size)


def test_contrast_is_that_of_the_standard() -> None:
    black, white, grey = ColorTriplet(0, 0, 0), ColorTriplet(255, 255, 255), ColorTriplet(118, 118, 118)
    assert contrast(black, white) == pytest.approx(21)
    assert contrast(grey, white) == pytest.approx(4.54, abs=0.01)
