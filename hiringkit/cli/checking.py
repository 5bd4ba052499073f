"""Check YAML files: the same verb under `rubric` and `bank`."""

import sys

from hiringkit.cli.session import Session
from hiringkit.domain.finding import has_errors
from hiringkit.locale import _

STANDARD_INPUT = "-"


def check(session: Session, paths: tuple[str, ...]) -> int:
    """Check files, folders, standard input, or the whole library; return the exit code."""
    from hiringkit.library.reviewing import review_paths, review_text
    from hiringkit.report.reviews import review_report

    library = session.library
    files = [path for path in paths if path != STANDARD_INPUT]
    reviews = [review_paths(library, files)] if files or not paths else []
    if STANDARD_INPUT in paths:
        reviews.append(review_text(library, sys.stdin.buffer.read(), STANDARD_INPUT))
    findings = [finding for review in reviews for finding in review.findings]
    structures = [score for review in reviews for score in review.structures]
    session.emit(review_report(findings, structures, title=_("Check"), checked=paths))
    return 1 if has_errors(findings) else 0
