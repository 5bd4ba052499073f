"""Frames of every kind, in and out: pandas, Polars and PyArrow through narwhals, and mappings of columns."""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import narwhals.stable.v2 as nw
from attrs import evolve
from narwhals.exceptions import DuplicateError

from hiringkit.domain.codes import Code
from hiringkit.domain.columns import check_header
from hiringkit.domain.finding import Finding, Location, shown
from hiringkit.domain.rating_table import COLUMNS, FLAGS, Coded, RatingTable, parse_table
from hiringkit.errors import UsageProblem
from hiringkit.text.clean import clean_line
from hiringkit.text.sentence import Sentence
from hiringkit.text.similarity import nearest

SOURCE = "frame"
"""What findings call a frame; their lines are its rows, counted from 1."""

NO_FRAME = Sentence("{type} is no frame of ratings")
FRAME_HINT = Sentence("a pandas, Polars or PyArrow table, a mapping of columns, or a path")
NOT_COLUMNS = Sentence("the frame cannot be read: {reason}")
NO_SUCH_COLUMN = Sentence("columns: the frame has no column {shown}")
NO_SUCH_NAME = Sentence("columns: no column of ratings is called {shown}")
NAMES = Sentence("names: {names}")
NAME_IT = Sentence('if it has another name: columns={{"…": "{name}"}}')
UNEQUAL = Sentence("column {name!r} has {count} entries, expected {expected}")
NOT_A_CELL = Sentence("column {name!r} holds {type}, expected texts or numbers")
EMPTY_FRAME = Sentence("the frame has columns and no rows")

Cells = Mapping[str, Any]
"""Columns by name, each a list, an array or whatever else has one entry a row."""


def table_of_frame(frame: Any, columns: Mapping[str, str]) -> tuple[RatingTable | None, list[Finding]]:
    """Read ratings out of a frame as out of a file, with the same findings.

    Args:
        frame: Of any kind.
        columns: The frame's name of a column to ours.

    Returns:
        The table of all rows that mean something, None where the frame cannot be used at all; and the findings. With
        an error among them some row is missing from the table.

    Raises:
        UsageProblem: It is not a frame, or `columns` names a column that does not exist.
    """
    given = _columns_of(frame)
    names = _renamed(list(given), columns)
    header, findings = check_header(names, evolve(COLUMNS, strict=True), source=SOURCE, line=None, otherwise=_name_it)
    if header is None:
        return None, findings
    keys = list(given)
    values = {name: _listed(given[keys[place]]) for name, place in header.index.items()}
    n = len(values["candidate"])
    wrong = [
        Finding(
            Code.COLUMN_LENGTH,
            UNEQUAL.format(name=name, count=len(each), expected=n),
            path=name,
            location=Location(SOURCE),
        )
        for name, each in values.items()
        if len(each) != n
    ]
    wrong += [found for name, each in values.items() if (found := _odd_cells(name, each))]
    if wrong:
        return None, [*findings, *wrong]
    if not n and not findings:
        findings = [Finding(Code.NO_ROWS, EMPTY_FRAME, location=Location(SOURCE))]
    coded = {name: _coded(each) for name, each in values.items()}
    return parse_table(coded, array("q", range(1, n + 1)), source=SOURCE, findings=findings)


def frame_kind(frame: Any) -> Any:
    """Return the kind of a frame, to make others like it; None for a mapping, and for anything else."""
    found = None if isinstance(frame, Mapping) else _eager(frame)
    return None if found is None else found.implementation


def make_frame(kind: Any, columns: Mapping[str, tuple[type, list[Any]]]) -> Any:
    """Make a frame.

    Args:
        kind: As `frame_kind` returned it; None makes a mapping of lists.
        columns: By name: str, float, int or bool, and the entries, None where there is none.
    """
    if kind is None:
        return {name: entries for name, (_type, entries) in columns.items()}
    if kind.is_pandas_like():
        # pandas has no missing whole number or truth value but in its nullable types
        types = {str: "str", float: "float64", int: "Int64", bool: "boolean"}
        made = kind.to_native_namespace()
        return made.DataFrame({name: made.Series(entries, dtype=types[of]) for name, (of, entries) in columns.items()})
    kinds = {str: nw.String(), float: nw.Float64(), int: nw.Int64(), bool: nw.Boolean()}
    schema = nw.Schema({name: kinds[of] for name, (of, _entries) in columns.items()})
    return nw.from_dict({name: entries for name, (_of, entries) in columns.items()}, schema, backend=kind).to_native()


def _eager(frame: Any) -> Any:
    """Return the frame as a narwhals frame, collected if lazy; None if it is not a frame."""
    try:
        found = nw.from_native(frame, pass_through=True)
        if isinstance(found, nw.LazyFrame):
            return found.collect()
        names = found.columns if isinstance(found, nw.DataFrame) else []
    except DuplicateError as error:
        message = NOT_COLUMNS.format(reason=" ".join(clean_line(str(error)).split()))
        raise UsageProblem(message, hint="give each column a name of its own") from None
    return found if isinstance(found, nw.DataFrame) and names is not None else None


def _columns_of(frame: Any) -> Cells:
    """Return columns by name, not read yet."""
    if isinstance(frame, Mapping):
        return {str(name): column for name, column in frame.items()}
    found = _eager(frame)
    if found is None:
        raise UsageProblem(NO_FRAME.format(type=type(frame).__name__), hint=FRAME_HINT)
    return {str(name): found.get_column(name) for name in found.columns}


def _renamed(names: Sequence[str], columns: Mapping[str, str]) -> list[str]:
    """Rename columns to ours."""
    if not isinstance(columns, Mapping):
        raise UsageProblem("columns is no mapping", hint='such as {"rater": "interviewer"}')
    for theirs, ours in columns.items():
        if theirs not in names:
            near = nearest(str(theirs), names)
            hint = Sentence("did you mean {near!r}?").format(near=near) if near else ""
            raise UsageProblem(NO_SUCH_COLUMN.format(shown=shown(str(theirs))), hint=hint)
        if ours not in COLUMNS.known:
            hint = NAMES.format(names=", ".join(COLUMNS.known))
            raise UsageProblem(NO_SUCH_NAME.format(shown=shown(str(ours))), hint=hint)
    return [columns.get(name, name) for name in names]


def _name_it(name: str) -> str:
    """Explain how to map a column of another name."""
    return NAME_IT.format(name=name)


def _listed(column: Any) -> list[Any]:
    """Return the entries of a column as Python objects, where equivalents exist."""
    for method in ("to_list", "tolist", "to_pylist"):  # narwhals and Polars; NumPy and pandas; PyArrow
        if hasattr(column, method):
            entries = getattr(column, method)()
            return entries if isinstance(entries, list) else [entries]
    if isinstance(column, str | bytes) or not isinstance(column, Iterable):
        return [column]
    return list(column)


def _is_cell(kind: type) -> bool:
    """Return whether values of a type are one value rather than many."""
    return issubclass(kind, str) or not (hasattr(kind, "__len__") or issubclass(kind, bool))


def _odd_cells(name: str, entries: list[Any]) -> Finding | None:
    """Find a column that holds lists, booleans or the like."""
    kinds = {kind for kind in set(map(type, entries)) if not (kind is bool and name in FLAGS)}
    odd = next((kind for kind in kinds if not _is_cell(kind)), None)
    if odd is None:
        return None
    message = NOT_A_CELL.format(name=name, type=odd.__name__)
    return Finding(Code.COLUMN_TYPE, message, path=name, location=Location(SOURCE))


def _coded(entries: list[Any]) -> Coded:
    """Code a column by its cells as a file would have them."""
    codes, known, seen = array("i"), dict[str, int](), dict[Any, int]()
    for entry in entries:
        code = seen.get(entry) if type(entry) is str else seen.get((type(entry), entry))
        if code is None:
            code = known.setdefault(_cell(entry), len(known))
            seen[entry if type(entry) is str else (type(entry), entry)] = code
        codes.append(code)
    return Coded(codes, list(known))


def _cell(value: Any) -> str:
    """Write a value as a file would have it: a whole number without a point, nothing for what is missing."""
    if value is None or type(value).__name__ == "NAType":
        return ""
    if isinstance(value, str):
        return str(value)
    if value != value:  # noqa: PLR0124 - NaN, NaT and the like
        return ""
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    try:
        whole = value == int(value)
    except (TypeError, ValueError, OverflowError):
        return str(value)
    return str(int(value)) if whole else repr(float(value))
