"""Changes to the files of the library, checked before they are written."""

from collections.abc import Callable
from pathlib import Path

from attrs import frozen

from hiringkit.domain.finding import Finding, Severity, has_errors
from hiringkit.domain.rubricdiff import Step
from hiringkit.domain.sentence import Sentence
from hiringkit.errors import FindingsError
from hiringkit.library.addressing import Words, read_address
from hiringkit.library.catalog import Library
from hiringkit.library.diffing import diff_rubrics
from hiringkit.library.documents import Kind
from hiringkit.library.editing import Edit, append_item, remove_value, set_value
from hiringkit.library.safefiles import Source, read_source, replace_source

NOT_CHANGED = Sentence("{path} is not changed, because the new text has errors")
NOT_CHANGED_HINT = Sentence("the lines are those of the text as it would have been")


_How = Callable[[str, Words, str], Edit]


@frozen
class Change:
    """A change that was written."""

    file: Path
    edit: Edit
    step: Step | None
    """How large a step in version it calls for; None for a bank, or where the file could not be used before."""
    warnings: tuple[Finding, ...]
    """What a check has to say of the new text."""


def set_in_file(library: Library, name: str, kind: Kind, address: str, value: str) -> Change:
    """Change a single value in a rubric's or a bank's file, or add a key.

    Comments and layout stay. The new text is checked before it is written.

    Args:
        library: Where ids are looked up.
        name: The id, or a path.
        kind: What an id is of.
        address: The way to the value, such as `criteria.forecasting.weight`.
        value: What is to stand there.

    Raises:
        NotFound: No such file, or the way leads nowhere.
        FindingsError: The file is not YAML, or the new text has errors; nothing is written.
        Refused: It cannot be changed by its place, or the file is read-only or has changed meanwhile.
        UsageProblem: The address is none.
    """
    return _change(library, name, kind, address, lambda text, words, file: set_value(text, words, value, file=file))


def append_in_file(library: Library, name: str, kind: Kind, address: str, value: str) -> Change:
    """Add an item to a list in a file; see `set_in_file`."""
    return _change(library, name, kind, address, lambda text, words, file: append_item(text, words, value, file=file))


def remove_in_file(library: Library, name: str, kind: Kind, address: str) -> Change:
    """Remove an item of a list, or a key, from a file; see `set_in_file`."""
    return _change(library, name, kind, address, lambda text, words, file: remove_value(text, words, file=file))


def _change(library: Library, name: str, kind: Kind, address: str, how: _How) -> Change:
    words = read_address(address)
    source = read_source(library.path_of(name, kind))
    edit = how(source.text, words, str(source.path))
    findings = library.check_text(edit.text, str(source.path))
    if has_errors(findings):
        errors = [finding for finding in findings if finding.severity is Severity.ERROR]
        raise FindingsError(NOT_CHANGED.format(path=str(source.path)), errors, hint=NOT_CHANGED_HINT)
    step = _step(library, source, edit)
    replace_source(source, edit.text)
    return Change(source.path, edit, step, findings)


def _step(library: Library, source: Source, edit: Edit) -> Step | None:
    """Tell how large a step the change is, where the file is a rubric that could be used before."""
    try:
        before, after = (library.load_rubric_text(text, str(source.path)) for text in (source.text, edit.text))
    except FindingsError:
        return None
    return diff_rubrics(before, after).step
