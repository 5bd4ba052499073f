"""From judged cells to the columns of a rating table."""

from array import array
from collections.abc import Mapping, Sequence
from sys import byteorder
from typing import Any, Literal

from hiringkit.domain.ratingtable import Coded, RatingTable
from hiringkit.exchange.cells import NUMBER, ParsedRating, tidy_label, tidy_text
from hiringkit.exchange.rawtable import RawColumn, RawTable

FEW = 256
"""Different cells of a column whose code is one byte."""


def build_table(
    raw: RawTable, parsed: Mapping[str, Sequence[Any]], left_out: Sequence[int], absent: int
) -> RatingTable:
    """Build the table of all rows but those that are left out.

    Args:
        raw: The cells.
        parsed: What they mean, by column and code.
        left_out: Rows that mean nothing or have no rating, ascending.
        absent: Rows without a rating.
    """
    columns = {
        name: RawColumn(_kept(column.codes, left_out, "i"), column.labels) for name, column in raw.columns.items()
    }
    ratings = [cell if isinstance(cell, ParsedRating) else ParsedRating(NUMBER) for cell in parsed["rating"]]
    coded = {name: _coded(columns[name], parsed[name]) for name in ("candidate", "interviewer", "question")}
    return RatingTable(
        source=raw.source,
        **coded,
        value=_map("d", [rating.value for rating in ratings], columns["rating"].codes),
        status=_map("b", [rating.status for rating in ratings], columns["rating"].codes),
        line=_kept(raw.line, left_out, "q"),
        absent=absent,
        weight=_weights(columns, parsed),
        criterion=_optional_codes(columns, "criterion"),
        opening=_optional_codes(columns, "opening"),
        evidence=_texts(columns, "evidence"),
        rated_at=_texts(columns, "rated_at"),
    )


def _kept(values: Any, left_out: Sequence[int], typecode: Literal["i", "q"]) -> Any:
    """Copy the stretches between the rows that are left out, which are few in most files."""
    if not left_out:
        return values
    view, size = memoryview(values).cast("B"), array(typecode).itemsize
    kept, start = bytearray(), 0
    for row in left_out:
        kept += view[start * size : row * size]
        start = row + 1
    kept += view[start * size :]
    return memoryview(kept).cast(typecode)


def _map(typecode: Literal["b", "d", "i"], meaning: Sequence[Any], codes: Any) -> Any:
    """Look the meaning of every code up: byte by byte where there are few, which is a hundred times as fast."""
    if len(meaning) > FEW:
        return array(typecode, map(meaning.__getitem__, codes))
    low = memoryview(codes).cast("B")[0 if byteorder == "little" else 3 :: 4].tobytes()
    size = array(typecode).itemsize
    words = array(typecode, [*meaning, *[meaning[0] if meaning else 0] * (FEW - len(meaning))]).tobytes()
    out = bytearray(len(low) * size)
    for place in range(size):
        out[place::size] = low.translate(words[place::size])
    return memoryview(out).cast(typecode)


def _coded(column: RawColumn, cells: Sequence[Any]) -> Coded:
    """Code a column by its cleaned labels; cells that are no label were not kept."""
    known: dict[str, int] = {}
    recoded = [known.setdefault(cell, len(known)) if isinstance(cell, str) else -1 for cell in cells]
    same = recoded == list(range(len(recoded)))
    return Coded(column.codes if same else _map("i", recoded, column.codes), list(known))


def _optional_codes(columns: Mapping[str, RawColumn], name: str) -> Coded | None:
    if name not in columns:
        return None
    labels = [tidy_label(label) for label in columns[name].labels]
    return _coded(columns[name], labels) if any(labels) else None


def _weights(columns: Mapping[str, RawColumn], parsed: Mapping[str, Sequence[Any]]) -> Any:
    if "weight" not in columns or not any(columns["weight"].labels):
        return None
    weights = [cell if isinstance(cell, float) else 1.0 for cell in parsed["weight"]]
    return _map("d", weights, columns["weight"].codes)


def _texts(columns: Mapping[str, RawColumn], name: str) -> list[str] | None:
    if name not in columns:
        return None
    texts = [tidy_text(label) for label in columns[name].labels]
    return list(map(texts.__getitem__, columns[name].codes)) if any(texts) else None
