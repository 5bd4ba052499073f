"""A narrow list beside what it is a list of, such as the questions of an interview."""

from typing import ClassVar

from textual.binding import BindingType

from hiringkit.tui.widgets.listing import Listing


class Kit(Listing, can_focus=True, inherit_bindings=False):
    """A list with signs of state; the screen's keys move in it."""

    BINDINGS: ClassVar[list[BindingType]] = []
    gap = 1
