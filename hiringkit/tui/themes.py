"""The colours of the interface: the one place that has values of colours, one name per meaning in every theme.

Text has a contrast of 4.5 to 1 at least on every ground it stands on; `tests/tui/test_contrast.py` measures it.
"""

from textual.theme import Theme

DARK = {
    "foreground-muted": "#9fb0c3",
    "text-primary": "#6cc4ff",
    "text-accent": "#6cc4ff",
    "text-success": "#83dba0",
    "text-warning": "#ffd07a",
    "text-error": "#ff9d94",
    "success-muted": "#164434",
    "warning-muted": "#4a3b16",
    "error-muted": "#5a2a22",
    "chosen": "#24405c",
    "line": "#6b7d90",
}
LIGHT = {
    "foreground-muted": "#525e6b",
    "text-primary": "#0a58a8",
    "text-accent": "#0a58a8",
    "text-success": "#14592f",
    "text-warning": "#6e4500",
    "text-error": "#a01d16",
    "success-muted": "#cfeed9",
    "warning-muted": "#f9e9c4",
    "error-muted": "#fadbd4",
    "chosen": "#d3e4f7",
    "line": "#7b848d",
}


def _theme(name: str, colours: dict[str, str], foreground: str, background: str, panel: str, *, dark: bool) -> Theme:
    cursor = {
        "block-cursor-foreground": background,
        "block-cursor-background": colours["text-accent"],
        "block-cursor-text-style": "none",
        "input-cursor-background": foreground,
        "input-cursor-foreground": background,
        "input-selection-background": colours["chosen"],
    }
    return Theme(
        name=name,
        primary=colours["text-primary"],
        secondary=colours["text-primary"],
        accent=colours["text-accent"],
        success=colours["text-success"],
        warning=colours["text-warning"],
        error=colours["text-error"],
        foreground=foreground,
        background=background,
        surface=background,
        panel=panel,
        boost=panel,
        dark=dark,
        text_alpha=1.0,
        variables=colours | cursor,
    )


OWN = (
    _theme("dark", DARK, "#e6edf3", "#0d1117", "#1a222c", dark=True),
    _theme("light", LIGHT, "#1b2530", "#fcfbf8", "#ecebe6", dark=False),
)
LEFT_TO_THE_TERMINAL = {"line": "ansi_default", "chosen": "ansi_default"}
"""The colours of our own in themes that have none."""
THEMES = (*(theme.name for theme in OWN), "ansi-dark", "ansi-light")
"""In the order in which `T` goes through them; the last two leave colours to the terminal."""
