"""Rating files as JSON lines: one object a line, its keys the columns."""

import json
from array import array
from typing import Any

from hiringkit.domain.codes import Code
from hiringkit.domain.columns import check_header
from hiringkit.domain.finding import Finding, FindingList, Location, has_errors, shown
from hiringkit.domain.rating_table import COLUMNS, FLAGS, Coder, RatingTable, parse_table
from hiringkit.exchange.text_files import decode
from hiringkit.text.clean import clean_line
from hiringkit.text.sentence import Sentence


def read_json_lines(data: bytes, source: str) -> tuple[RatingTable | None, list[Finding]]:
    """Read JSON lines; None where no line has the keys that ratings need."""
    text, read = decode(data, source)
    if has_errors(read):
        return None, read
    broken = FindingList()
    rows = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        row = _parse(line, Location(source, number))
        if isinstance(row, Finding):
            broken.add(row)
        else:
            rows.append((number, row))
    keys = dict.fromkeys(key for _number, row in rows for key in row)
    first = rows[0][0] if rows else None
    header, findings = check_header(list(keys), COLUMNS, source=source, line=first)
    if header is None:
        return None, read + broken.in_order() + (findings if rows else [])
    coders = {name: Coder() for name in header.index}
    called = {name: header.names[place] for name, place in header.index.items()}
    for _number, row in rows:
        for name, coder in coders.items():
            coder.add(_cell(row.get(called[name])))
    columns = {name: coder.column() for name, coder in coders.items()}
    numbers = array("q", (number for number, _row in rows))
    return parse_table(columns, numbers, source=source, findings=[*read, *findings, *broken.in_order()])


def read_json(data: bytes, source: str) -> tuple[RatingTable | None, list[Finding]]:
    """Read the document `hiringkit/ratings/1`, as `hiringkit export -f json` writes it, or its list alone.

    The line of a finding is the rating's place in the list, from 1.
    """
    text, read = decode(data, source)
    if has_errors(read):
        return None, read
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        where = Location(source, error.lineno, error.colno)
        message = Sentence("the file is not JSON: {msg}").format(msg=error.msg)
        return None, [Finding(Code.JSON_SYNTAX, message, location=where)]
    except (ValueError, RecursionError) as error:
        message = Sentence("the file is not JSON: {msg}").format(msg=error)
        return None, [Finding(Code.JSON_SYNTAX, message, location=Location(source))]
    rows = document.get("ratings") if isinstance(document, dict) else document
    if not isinstance(rows, list):
        hint = Sentence("as hiringkit export -f json writes it, or one object a line in a .jsonl file")
        return None, [Finding(Code.JSON_ROW, "there is no list of ratings", hint=hint, location=Location(source))]
    lines = "\n".join(json.dumps(row) for row in rows)
    table, findings = read_json_lines(lines.encode(), source)
    return table, read + findings


def _cell(value: Any) -> str:
    """Write a value as CSV would have it; a list or a truth value is kept as JSON, which is no rating.

    Some programs wrap a rating with what was said about it: of `{"score": 4, …}` the score is the rating.
    """
    if isinstance(value, dict) and "score" in value:
        value = value["score"]
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value)


def _parse(line: str, place: Location) -> dict[str, Any] | Finding:
    """Read one line: an object whose ids are words or whole numbers."""
    try:
        row = json.loads(line, object_pairs_hook=_object)
    except json.JSONDecodeError as error:
        where = Location(place.file, place.line, error.colno)
        return Finding(Code.JSON_SYNTAX, Sentence("the line is not JSON: {msg}").format(msg=error.msg), location=where)
    except _Twice as twice:
        message = Sentence("the key {shown} stands there twice").format(shown=shown(twice.key))
        return Finding(
            Code.JSON_SYNTAX, Sentence("the line is not JSON: {error}").format(error=message), location=place
        )
    except (ValueError, RecursionError) as error:
        return Finding(Code.JSON_SYNTAX, Sentence("the line is not JSON: {error}").format(error=error), location=place)
    if not isinstance(row, dict):
        return Finding(Code.JSON_ROW, "the line is JSON but not an object", hint='{"candidate": …}', location=place)
    for name in COLUMNS.known:
        if name not in ("rating", "weight", *FLAGS) and isinstance(row.get(name), bool | float | list | dict):
            message = Sentence("{shown} is no text").format(shown=shown(json.dumps(row[name])))
            return Finding(Code.JSON_VALUE, message, hint="write it in quotes", path=name, location=place)
    return row


class _Twice(Exception):  # noqa: N818 - becomes a finding
    """A key stands twice in one object."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for key, value in pairs:
        name = clean_line(key)
        if name in made:
            raise _Twice(name)
        made[name] = value
    return made
