"""The options that every scoring command takes."""

import sys
from collections.abc import Callable
from typing import Any

import click

from hiringkit.cli.base import option
from hiringkit.locale import _, n_

METHODS = ("observed", "calibrated")


def _scale(value: str) -> tuple[float, float]:
    """Read LOW:HIGH, two numbers; a function because click's own types are generic only from 8.5 on."""
    low, colon, high = value.partition(":")
    try:
        scale = (float(low), float(high))
    except ValueError:
        scale = (0.0, 0.0)
    if not colon or not scale[0] < scale[1] or scale[1] == float("inf") or scale[0] == float("-inf"):
        message = _("{value!r} is no scale; expected two numbers, the lower first, such as 1:5")
        raise click.BadParameter(message.format(value=value))
    return scale


def scoring_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--method`, `--level`, `--seed`, `--effects` and `--prior`."""
    for add in (
        option("--prior", help=n_("The calibrated model's prior, by name; see docs/scoring.md.")),
        option(
            "--effects", metavar="LIST", help=n_("Random effects, joined by commas, such as candidate,interviewer.")
        ),
        option("--seed", type=click.IntRange(min=0), default=0, help=n_("Seed of everything drawn at random.")),
        option(
            "--level",
            type=float,
            default=0.9,
            show_default=True,
            help=n_("Level of every interval; 0.9 and 90 are both 90 %."),
        ),
        option("--method", type=click.Choice(METHODS), help=n_("How ratings become scores; chosen if not given.")),
    ):
        function = add(function)
    return function


def _top(value: str) -> int:
    """Read a number of candidates, or all of them."""
    if value == "all":
        return sys.maxsize
    if not value.isdecimal() or not int(value):
        raise click.BadParameter(_("{value!r} is neither a number of candidates nor all").format(value=value))
    return int(value)


def top_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--top`."""
    text = n_("How many candidates a table shows, or all; the first 6 of more than 25 unless given.")
    added: Callable[..., Any] = option("--top", type=_top, metavar="N|all", help=text)(function)
    return added


def history_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--history`."""
    text = n_("Learn how strict interviewers are from their ratings in other openings too.")
    added: Callable[..., Any] = option("--history", is_flag=True, help=text)(function)
    return added


def robust_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--robust`."""
    text = n_("Find out what it takes to change who leads: other weights, or one interviewer or question less.")
    added: Callable[..., Any] = option("--robust", is_flag=True, help=text)(function)
    return added


def file_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--rubric`, `--scale`, `--map` and `--drop-question`."""
    for add in (
        option(
            "--map",
            "map_file",
            metavar="FILE",
            help=n_("What the columns and words of another program's file mean; drafted where there is no such file."),
        ),
        option(
            "--drop-question",
            "dropped",
            multiple=True,
            metavar="QUESTION",
            help=n_("Leave a question out for everybody; may be given again."),
        ),
        option(
            "--scale",
            type=_scale,
            metavar="LOW:HIGH",
            help=n_("The scale, where no rubric says it; the range seen if not given."),
        ),
        option("--rubric", metavar="ID|PATH", help=n_("The rubric; without one each question is its own criterion.")),
    ):
        function = add(function)
    return function
