"""Options that take a date and time, in the one time zone that `hiringkit where` names."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import click

from hiringkit.cli.base import option
from hiringkit.locale import n_, say
from hiringkit.settings import load_settings, zone_in_use
from hiringkit.timezone import MOMENT_HINT, parse_moment


def at_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--at`; the command gets UTC."""
    added: Callable[..., Any] = option(
        "--at",
        metavar="TIME",
        callback=_read,
        help=n_("When, such as 2026-03-02T14:00, in the time zone that `hiringkit where` names."),
    )(function)
    return added


def _read(_ctx: click.Context, _param: click.Parameter, value: str | None) -> datetime | None:
    if value is None:
        return None
    load_settings({})  # options are read before the command has any settings
    read = parse_moment(value)
    if isinstance(read, datetime):
        return read
    raise click.BadParameter(f"{say(read)}: {say(MOMENT_HINT.format(zone=zone_in_use()))}")
