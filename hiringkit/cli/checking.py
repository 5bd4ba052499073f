"""Check YAML files: the same verb under `rubric` and `bank`."""

import sys

from hiringkit.cli.session import Session
from hiringkit.domain.finding import has_errors
from hiringkit.locale import _


def check(session: Session, paths: tuple[str, ...]) -> int:
    """Check files, folders, standard input, or the whole library; return the exit code."""
    from hiringkit.report.findings import findings_report

    library = session.library
    files = [path for path in paths if path != "-"]
    findings = list(library.check_paths(files)) if files or not paths else []
    if "-" in paths:
        findings += library.check_text(sys.stdin.buffer.read(), "-")
    session.emit(findings_report(findings, title=_("Check"), checked=paths))
    return 1 if has_errors(findings) else 0
