"""What programs get where a file of ratings is refused: the shape they expect, with findings and no numbers."""

from collections.abc import Sequence

from hiringkit.domain.finding import Finding
from hiringkit.locale import _
from hiringkit.report.documents import findings_document
from hiringkit.report.model import Report


def refusal_report(schema: str, findings: Sequence[Finding]) -> Report:
    """Report a refused file under the schema of what was asked for.

    Args:
        schema: Such as `hiringkit/comparison/1`.
        findings: Errors and all else that was found.
    """
    empty: dict[str, object] = {}
    if schema == "hiringkit/comparison/1":
        nothing = dict.fromkeys(("rubric", "method", "level", "scale", "counts", "model"))
        empty = {**nothing, "profiles": [], "interviewers": []}
    return Report(
        title=_("Not scored"),
        blocks=(),
        document={"schema": schema, **empty, "findings": findings_document(list(findings))},
    )
