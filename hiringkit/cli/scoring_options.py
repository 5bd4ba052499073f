"""The options that every scoring command takes."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from hiringkit.cli.base import option
from hiringkit.cli.session import Session
from hiringkit.locale import _, n_

if TYPE_CHECKING:
    from hiringkit.actions.scores import ReadRatings


METHODS = ("observed", "calibrated")


class ScaleType(click.ParamType[tuple[float, float], Any]):
    """LOW:HIGH, two numbers."""

    name = "LOW:HIGH"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[float, float]:
        """Read the two numbers."""
        if isinstance(value, tuple):
            return value
        low, colon, high = str(value).partition(":")
        try:
            scale = (float(low), float(high))
        except ValueError:
            scale = (0.0, 0.0)
        if not colon or not scale[0] < scale[1] or scale[1] == float("inf") or scale[0] == float("-inf"):
            message = _("{value!r} is no scale; expected two numbers, the lower first, such as 1:5")
            self.fail(message.format(value=value), param, ctx)
        return scale


def scoring_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--method`, `--level`, `--seed`, `--effects` and `--prior`."""
    for add in (
        option("--prior", help=n_("The calibrated model's prior, by name; see docs/scoring.md.")),
        option(
            "--effects", metavar="LIST", help=n_("Random effects, joined by commas, such as candidate,interviewer.")
        ),
        option("--seed", type=int, default=0, help=n_("Seed of everything drawn at random.")),
        option("--level", type=float, default=0.9, show_default=True, help=n_("Level of every interval.")),
        option("--method", type=click.Choice(METHODS), help=n_("How ratings become scores; chosen if not given.")),
    ):
        function = add(function)
    return function


def history_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--history`."""
    text = n_("Learn how strict interviewers are from their ratings in other openings too.")
    added: Callable[..., Any] = option("--history", is_flag=True, help=text)(function)
    return added


def file_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--rubric`, `--scale` and `--drop-question`."""
    for add in (
        option(
            "--drop-question",
            "dropped",
            multiple=True,
            metavar="QUESTION",
            help=n_("Leave a question out for everybody; may be given again."),
        ),
        option(
            "--scale", type=ScaleType(), help=n_("The scale, where no rubric says it; the range seen if not given.")
        ),
        option("--rubric", metavar="ID|PATH", help=n_("The rubric; without one each question is its own criterion.")),
    ):
        function = add(function)
    return function


def read_ratings(session: Session, schema: str, path: str, *, rubric: str | None, **options: Any) -> "ReadRatings":
    """Read a file of ratings; where it is refused, JSON says so in the form that was asked for.

    Args:
        session: The command's.
        schema: Of the report that the command makes, such as hiringkit/comparison/1.
        path: The file; `-` is standard input.
        rubric: Id or path, if any.
        options: Further ones, as `actions.scores.read_rating_file` takes them.

    Raises:
        FindingsError: The file has errors.
        NotFound: There is no such question to leave out, or no such opening.
    """
    from hiringkit.actions.scores import read_rating_file
    from hiringkit.errors import FindingsError
    from hiringkit.report.views.findings import refusal_report

    try:
        pinned = session.library.load_rubric(rubric) if rubric else None
        return read_rating_file(path, rubric=pinned, **options)
    except FindingsError as refusal:
        if session.format == "json":
            session.emit(refusal_report(schema, refusal.findings))
        raise
