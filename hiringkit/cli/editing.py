"""Change a file by its place: the same verb under `rubric` and `bank`."""

from typing import TYPE_CHECKING, Any

import click

from hiringkit.cli.base import Command, option
from hiringkit.cli.session import Session, with_session
from hiringkit.errors import Refused, UsageProblem
from hiringkit.locale import _, n_

if TYPE_CHECKING:
    from hiringkit.actions.authoring import Change
    from hiringkit.library.documents import Kind

_HELP = n_(
    "Change one value of a file where it stands; comments and layout stay as they are. WHERE is the way to it, such"
    " as criteria.forecasting.weight, version or title.zh, or as findings write it: $.criteria[2].weight. The new"
    " text is checked before it is written, and a file that somebody else changed meanwhile is not overwritten."
)


def set_command(kind: str, examples: tuple[str, ...]) -> click.Command:
    """Make the verb `set` of a noun.

    Args:
        kind: `rubric` or `question-bank`.
        examples: For its help.
    """

    @click.command("set", cls=Command, help=_HELP, examples=examples)
    @click.argument("name", metavar="ID|PATH")
    @click.argument("where", metavar="WHERE")
    @click.argument("value", metavar="[VALUE]", required=False)
    @option("--append", is_flag=True, help=n_("Add VALUE at the end of the list at WHERE."))
    @option("--remove", is_flag=True, help=n_("Remove what is at WHERE: an item of a list, or a key."))
    @with_session
    def command(session: Session, name: str, where: str, value: str | None, append: bool, remove: bool) -> None:
        from hiringkit.library.documents import Kind

        if (value is None) != remove or (append and remove):
            raise UsageProblem(
                "expected a value, or --remove without one", hint="hiringkit rubric set my-role criteria.crm.weight 20"
            )
        _refuse_installed(session, name)
        _show(session, _change(session, Kind(kind), name, where, value, append=append))

    return command


def _change(session: Session, kind: "Kind", name: str, where: str, value: str | None, *, append: bool) -> "Change":
    from hiringkit.actions.authoring import append_in_file, remove_in_file, set_in_file

    if value is None:
        return remove_in_file(session.library, name, kind, where)
    how: Any = append_in_file if append else set_in_file
    made: Change = how(session.library, name, kind, where, value)
    return made


def _refuse_installed(session: Session, name: str) -> None:
    """Keep the files that came with the program as they came: the next upgrade would undo a change."""
    from hiringkit.library.catalog import is_path

    shipped = session.settings.shipped
    if shipped.source != "installed" or is_path(name):
        return
    entries = session.library.entries()
    if any(entry.id == name and entry.path.is_relative_to(shipped.value) for entry in entries):
        raise Refused(
            _("{name} came with the program and is not changed").format(name=name),
            hint=f"hiringkit rubric new MY-ROLE --from {name}",
        )


def _show(session: Session, change: "Change") -> None:
    from hiringkit.domain.rubricdiff import Step
    from hiringkit.library.nodes import render_path
    from hiringkit.report.edits import EditShown, edit_report
    from hiringkit.report.rubricdiffs import step_word

    edit = change.edit
    shown = EditShown(str(change.file), edit.line, render_path(edit.path), edit.before, edit.after, step=change.step)
    session.emit(edit_report(shown))
    session.tell(change.warnings)
    if change.step in (Step.MINOR, Step.MAJOR):
        session.note(
            _("A {step} change: set the version when you are done, hiringkit rubric set {file} version …").format(
                step=step_word(change.step).text, file=change.file
            )
        )
