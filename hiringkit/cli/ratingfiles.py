"""Files of ratings, as commands read them."""

from typing import TYPE_CHECKING, Any

from hiringkit.cli.session import Session

if TYPE_CHECKING:
    from hiringkit.actions.filescoring import ReadRatings


def read_ratings(session: Session, schema: str, path: str, **options: Any) -> "ReadRatings":
    """Read a file of ratings; where it is refused, JSON says so in the form that was asked for.

    Args:
        session: The command's.
        schema: Of the report that the command makes, such as hiringkit/comparison/1.
        path: The file; `-` is standard input.
        options: As `actions.filescoring.read_rating_file` takes them.

    Raises:
        FindingsError: The file has errors.
        NotFound: There is no such question to leave out, or no such opening.
    """
    from hiringkit.actions.filescoring import read_rating_file
    from hiringkit.errors import FindingsError
    from hiringkit.report.refusals import refusal_report

    try:
        return read_rating_file(path, session.library, **options)
    except FindingsError as refusal:
        if session.format == "json":
            session.emit(refusal_report(schema, refusal.findings))
        raise
