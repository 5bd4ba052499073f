"""Findings, as editors, people and programs read them."""

from collections.abc import Sequence

from hiringkit.domain.finding import Finding, Severity
from hiringkit.locale import _, say
from hiringkit.report.model import Block, Column, Lines, Notes, Number, Report, Table
from hiringkit.report.views.documents import findings_document


def findings_report(findings: Sequence[Finding], *, title: str = "", checked: Sequence[str] = ()) -> Report:
    """Show findings, one a line as `file:line:column: severity code path: message (hint: …)`.

    Args:
        findings: In the order in which they are shown.
        title: What was checked, for a heading.
        checked: The files that were looked at.
    """
    count = {severity: sum(f.severity is severity for f in findings) for severity in Severity}
    lines: tuple[Block, ...] = (Lines(tuple(finding.line(say) for finding in findings)),) if findings else ()
    return Report(
        title=title,
        blocks=(*lines, Notes((_summary(count, len(checked)),))),
        document={
            "schema": "hiringkit/findings/1",
            "checked": list(checked),
            "counts": {severity.value: n for severity, n in count.items()},
            "findings": findings_document(list(findings)),
        },
        data=_table(findings),
    )


def _summary(count: dict[Severity, int], checked: int) -> str:
    if not any(count.values()):
        return _("No problems found in {n} files.").format(n=checked) if checked > 1 else _("No problems found.")
    return _("Errors {errors}, warnings {warnings}, remarks {remarks}.").format(
        errors=count[Severity.ERROR], warnings=count[Severity.WARNING], remarks=count[Severity.INFO]
    )


def _table(findings: Sequence[Finding]) -> Table:
    names = ("file", "line", "column", "severity", "code", "path", "message", "hint")
    return Table(
        tuple(Column(name, name) for name in names),
        tuple(
            (
                finding.location.file if finding.location else "",
                Number(finding.location.line if finding.location else None, 0),
                Number(finding.location.column if finding.location else None, 0),
                finding.severity.value,
                finding.code,
                finding.path,
                finding.message,
                finding.hint,
            )
            for finding in findings
        ),
    )


def failure_report(code: str, message: str, hint: str, exit_code: int, findings: Sequence[Finding] = ()) -> Report:
    """Report a failure as the document `hiringkit/error/1`, which stands where the result would have been.

    Args:
        code: Which kind of failure, such as `not-found`.
        message: What happened, in the reader's language.
        hint: What to do about it; may be empty.
        exit_code: Of the process.
        findings: What is wrong in a file that was refused.
    """
    return Report(
        title="",
        document={
            "schema": "hiringkit/error/1",
            "error": {"code": code, "message": message, "hint": hint, "exit": exit_code},
            "findings": findings_document(list(findings)),
        },
    )
