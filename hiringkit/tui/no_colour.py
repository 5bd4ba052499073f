"""The interface without colour: what colours set off is set off by bold and reverse instead."""

from functools import lru_cache

from rich.color import Color as RichColor
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter


class NoColour(LineFilter):
    """Leaves every colour out. Textual's own way draws in shades of grey, which are colours to a terminal."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return a line without colours."""
        dark = background.brightness < 0.5  # noqa: PLR2004 - half way
        return [
            Segment(text, plain_style(style, dark=dark) if style else style, control)
            for text, style, control in segments
        ]


@lru_cache(maxsize=4096)
def plain_style(style: Style, *, dark: bool) -> Style:
    """Return a style without colours; what stands out by light on dark turned round, such as a cursor, is reversed.

    Args:
        style: With colours.
        dark: Whether the ground is dark elsewhere.
    """
    text, ground = style.color, style.bgcolor
    turned = text is not None and ground is not None and (_light(ground) > _light(text)) is dark
    reverse = bool(style.reverse) != (turned and text != ground)
    plain = Style(bold=style.bold, italic=style.italic, underline=style.underline, strike=style.strike)
    return plain + Style(reverse=reverse, link=style.link, meta=style.meta or None)


def _light(colour: RichColor) -> float:
    return Color.from_rich_color(colour).brightness
