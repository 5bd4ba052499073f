"""Change a file by its place: the same verb under `rubric` and `bank`."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from hiringkit.cli.base import Command, option
from hiringkit.cli.session import Session, with_session
from hiringkit.domain.finding import Finding, has_errors
from hiringkit.errors import FindingsError, NotFound, Refused, UsageProblem
from hiringkit.library.checks.findings import Problems
from hiringkit.library.forms import parse_form, read_form
from hiringkit.locale import _, n_
from hiringkit.text.clean import clean_line
from hiringkit.text.sentence import Sentence

if TYPE_CHECKING:
    from hiringkit.actions.rubrics import FileChange
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


def _change(session: Session, kind: "Kind", name: str, where: str, value: str | None, *, append: bool) -> "FileChange":
    from hiringkit.actions.rubrics import append_in_file, remove_in_file, set_in_file

    if value is None:
        return remove_in_file(session.library, name, kind, where)
    how: Any = append_in_file if append else set_in_file
    made: FileChange = how(session.library, name, kind, where, value)
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


def _show(session: Session, change: "FileChange") -> None:
    from hiringkit.domain.rubric_diff import Step
    from hiringkit.library.yaml.nodes import render_path
    from hiringkit.report.views.rubric_diff import EditShown, edit_report, step_word

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


STANDARD_INPUT = "-"


def check(session: Session, paths: tuple[str, ...]) -> int:
    """Check files, folders, standard input, or the whole library; return the exit code."""
    from hiringkit.library.review import review_paths, review_text
    from hiringkit.report.views.review import review_report

    library = session.library
    files = [path for path in paths if path != STANDARD_INPUT]
    reviews = [review_paths(library, files)] if files or not paths else []
    if STANDARD_INPUT in paths:
        reviews.append(review_text(library, sys.stdin.buffer.read(), STANDARD_INPUT))
    findings = [finding for review in reviews for finding in review.findings]
    structures = [score for review in reviews for score in review.structures]
    session.emit(review_report(findings, structures, title=_("Check"), checked=paths))
    return 1 if has_errors(findings) else 0


T = TypeVar("T")


def read_form_or_refuse(session: Session, file: str, cls: type[T], check: Callable[[T], Problems] | None = None) -> T:
    """Read a file, `-` for standard input, into a domain class; warnings are told.

    Raises:
        NotFound: There is no such file.
        FindingsError: It has errors.
    """
    value, findings = _formed(file, cls, check)
    if value is None:
        raise FindingsError(Sentence("{file} has errors and is not used").format(file=clean_line(file)), findings)
    session.tell(findings)
    return value


def check_or_refuse(value: T, check: Callable[[T], Problems]) -> T:
    """Return a value that was put together from options, once it is found right.

    Raises:
        UsageProblem: It is wrong.
    """
    for problem in check(value):
        raise UsageProblem(problem.mistake.message.format(**problem.fields), hint=problem.mistake.hint)
    return value


def _formed(file: str, cls: type[T], check: Callable[[Any], Problems] | None) -> tuple[T | None, tuple[Finding, ...]]:
    if file == "-":
        return parse_form(sys.stdin.buffer.read(), file, cls, check)
    if not Path(file).exists():
        raise NotFound(Sentence('there is no file "{file}"').format(file=clean_line(file)))
    return read_form(Path(file), cls, check)
