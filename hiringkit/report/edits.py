"""What was changed in a file."""

from attrs import frozen

from hiringkit.domain.rubricdiff import Step
from hiringkit.locale import _
from hiringkit.report.model import Cell, Facts, Report
from hiringkit.report.rubricdiffs import step_word


@frozen
class EditShown:
    """One change to a file."""

    file: str
    line: int
    path: str
    before: str | None
    after: str | None
    step: Step | None = None
    """The step in version that it calls for; None for a bank."""


def edit_report(edit: EditShown) -> Report:
    """Show one change to a file, and for a rubric how large a step it is."""
    items: list[tuple[str, Cell]] = [
        (_("File"), f"{edit.file}:{edit.line}"),
        (_("Where"), edit.path),
        (_("Before"), edit.before if edit.before is not None else "-"),
        (_("After"), edit.after if edit.after is not None else "-"),
        *([(_("Step"), step_word(edit.step))] if edit.step else []),
    ]
    return Report(
        title=_("Changed"),
        blocks=(Facts(tuple(items)),),
        document={
            "schema": "hiringkit/edit/1",
            "file": edit.file,
            "line": edit.line,
            "path": edit.path,
            "before": edit.before,
            "after": edit.after,
            "step": edit.step.value if edit.step else None,
        },
    )
