"""Ratings in many Parquet files, wherever fsspec finds them: shards to read, ids over all of them, results to write."""

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import frozen

from hiringkit.domain.codes import Code
from hiringkit.domain.columns import check_header
from hiringkit.domain.finding import Finding, Location
from hiringkit.domain.rating_table import COLUMNS, RatingTable, are_plain, same_person
from hiringkit.errors import NotFound, Refused
from hiringkit.exchange.arrow import have_bulk, read_row_groups
from hiringkit.text.sentence import Sentence

ROWS = 2_000_000
"""Most rows of a shard, but for a row group that has more."""
UNUSED = ("evidence", "rated_at")
"""Columns that take much room and change no score."""

NO_FILES = Sentence("no Parquet file is at {pattern}")
UNREADABLE = Sentence("the file cannot be read: {reason}")
DRIFTED = Sentence("the column {name} is in {there} and not here")
DRIFTED_HINT = Sentence("write all files with the same columns")
CANNOT_WRITE = Sentence("{place} cannot be written: {reason}")


@frozen
class ShardSource:
    """Some row groups of a file."""

    url: str
    name: str
    """What findings call it."""
    groups: tuple[int, ...]
    first: int
    """The number of their first row, from 1."""
    rows: int


def find_files(pattern: str) -> list[tuple[str, str]]:
    """Return address and name of the Parquet files at a path, a pattern or in a folder, sorted.

    Raises:
        NotFound: There is none.
        Refused: The place cannot be reached, or pyarrow or fsspec is not installed.
    """
    if not have_bulk():
        raise Refused("Parquet needs pyarrow, which is not installed", hint="pip install hiringkit[cluster]")
    system, path = _open_place(pattern)
    try:
        if system.isdir(path):
            found = system.glob(f"{path.rstrip('/')}/*.parquet")
        else:
            found = [each for each in system.glob(path) if system.isfile(each)]
    except Exception as error:  # every storage has errors of its own
        raise Refused(UNREADABLE.format(reason=_reason(error))) from error
    if not found:
        raise NotFound(NO_FILES.format(pattern=pattern), hint="quote patterns: 'ratings/*.parquet'")
    return [(str(system.unstrip_protocol(each)), str(each).rpartition("/")[2]) for each in sorted(map(str, found))]


def _open_place(url: str) -> tuple[Any, str]:
    """Return the storage and the path in it."""
    try:
        import fsspec  # noqa: PLC0415 - an extra
    except ImportError:
        raise Refused(
            "Files in many places need dask, which is not installed", hint="pip install hiringkit[cluster]"
        ) from None
    try:
        system, path = fsspec.core.url_to_fs(url)
    except (ValueError, ImportError) as error:
        raise Refused(UNREADABLE.format(reason=_reason(error)), hint="a path, or an address such as s3://…") from error
    return system, str(path)


def _reason(error: Exception) -> str:
    return str(error).partition("\n")[0] or type(error).__name__


def split_file(file: tuple[str, str]) -> tuple[list[ShardSource], tuple[str, ...], list[Finding]]:
    """Divide a file into shards by what its end says.

    Returns:
        The shards, the known columns, and what is wrong; with an error there are no shards.
    """
    from pyarrow import ArrowException, parquet  # noqa: PLC0415 - an extra

    url, name = file
    try:
        with _reading(url) as opened:
            end = parquet.read_metadata(opened)
    except (ArrowException, OSError, ValueError) as error:
        finding = Finding(Code.NOT_PARQUET, UNREADABLE.format(reason=_reason(error)), location=Location(name))
        return [], (), [finding]
    header, findings = check_header(end.schema.to_arrow_schema().names, COLUMNS, source=name, line=None)
    if header is None:
        return [], (), findings
    shards, first, groups, rows = [], 1, list[int](), 0
    for group in range(end.num_row_groups):
        more = end.row_group(group).num_rows
        if groups and rows + more > ROWS:
            shards.append(ShardSource(url, name, tuple(groups), first, rows))
            first, groups, rows = first + rows, [], 0
        groups.append(group)
        rows += more
    if rows:
        shards.append(ShardSource(url, name, tuple(groups), first, rows))
    return shards, tuple(sorted(set(header.index) - set(UNUSED))), findings


def drifted(names: Sequence[str], columns: Sequence[tuple[str, ...]]) -> list[Finding]:
    """Find files whose known columns are not those of the others: a missing weight would silently count as 1."""
    first = {name: file for file, known in zip(reversed(names), reversed(columns), strict=True) for name in known}
    return [
        Finding(
            Code.MISSING_COLUMN,
            DRIFTED.format(name=name, there=there),
            hint=DRIFTED_HINT,
            path=name,
            location=Location(file),
        )
        for file, known in zip(names, columns, strict=True)
        for name, there in first.items()
        if name not in known
    ]


def _reading(url: str) -> Any:
    system, path = _open_place(url)
    return system.open(path, "rb")


def read_shard(source: ShardSource) -> tuple[RatingTable | None, list[Finding]]:
    """Read the rows of a shard and everything that is wrong with them; warnings about columns are the file's."""
    try:
        with _reading(source.url) as opened:
            return read_row_groups(opened, source.name, source.groups, first=source.first, leave=UNUSED)
    except (OSError, ValueError) as error:
        return None, [
            Finding(Code.NOT_PARQUET, UNREADABLE.format(reason=_reason(error)), location=Location(source.name))
        ]


@frozen(eq=False)
class Labels:
    """Different words in the order of their first appearance, as Arrow has them."""

    words: Any
    folded: Any
    """What spellings of one person share; None where that is the words themselves."""

    def __len__(self) -> int:
        return len(self.words)

    def listed(self) -> list[str]:
        """Return the words as a list."""
        words: list[str] = self.words.to_pylist()
        return words

    def sliced(self, codes: Any) -> Any:
        """Return the words at these places, which have the buffer protocol (int64)."""
        import pyarrow as pa  # noqa: PLC0415 - an extra

        return self.words.take(pa.array(codes, pa.int64()))


def labels_of(words: Sequence[str], *, people: bool) -> Labels:
    """Take a shard's words; people's spellings are told apart by more than case and blanks."""
    import pyarrow as pa  # noqa: PLC0415 - an extra

    if not people or are_plain(words):
        return Labels(pa.array(words, pa.large_string()), None)
    folded = [same_person(word) for word in words]
    same = folded == list(words)
    return Labels(pa.array(words, pa.large_string()), None if same else pa.array(folded, pa.large_string()))


def merge_labels(columns: Sequence[Labels]) -> tuple[list[Any], Labels]:
    """Number the words of all shards in the order of first appearance.

    Returns:
        For each shard, the number of each of its words (int32, buffer protocol); and all words, each in the spelling
        that comes first.
    """
    import pyarrow as pa  # noqa: PLC0415 - an extra
    import pyarrow.compute as pc  # noqa: PLC0415 - an extra

    words = pa.concat_arrays([column.words for column in columns])
    keys = pa.concat_arrays([column.words if column.folded is None else column.folded for column in columns])
    coded: Any = keys.dictionary_encode()
    codes = coded.indices
    if all(column.folded is None for column in columns):
        spelled = coded.dictionary
    else:
        table = pa.table({"code": codes, "place": pc.cumulative_sum(pa.repeat(1, len(codes)))})
        first = table.group_by("code", use_threads=False).aggregate([("place", "min")]).sort_by("code")
        places = pc.subtract(first.column("place_min").combine_chunks(), 1)
        spelled = pc.take(words, places)
    view, ends, start = memoryview(codes.buffers()[1]).cast("i"), [], 0
    for column in columns:
        ends.append(view[start : start + len(column)])
        start += len(column)
    return ends, Labels(spelled, None)


LAST = "interviewers.parquet"
"""The result that is written last: with it a folder is complete."""


def ready_folder(place: str) -> None:
    """Make a folder for results; those of a run that was interrupted go, and of one that was finished stay.

    Raises:
        Refused: It cannot be made, or there are results in it.
    """
    system, path = _open_place(place)
    try:
        system.makedirs(path, exist_ok=True)
        if system.exists(f"{path.rstrip('/')}/{LAST}"):
            message = Sentence("{place} holds results already").format(place=place)
            raise Refused(message, hint="name another folder, or empty it")
        for part in system.glob(f"{path.rstrip('/')}/profiles/part-*.parquet*"):
            system.rm_file(part)
    except OSError as error:
        raise Refused(CANNOT_WRITE.format(place=place, reason=_reason(error))) from error


def write_columns(place: str, name: str, columns: Mapping[str, Any]) -> int:
    """Write columns, numbers with the buffer protocol or Arrow's own, as one Parquet file of a folder; return its size.

    NaN is written as null. The file appears when it is whole.

    Raises:
        Refused: It cannot be written.
    """
    import pyarrow as pa  # noqa: PLC0415 - an extra
    from pyarrow import parquet  # noqa: PLC0415 - an extra

    made = {
        key: column if isinstance(column, pa.Array) else pa.array(column, from_pandas=True)
        for key, column in columns.items()
    }
    sink = pa.BufferOutputStream()
    parquet.write_table(pa.table(made), sink)
    data = sink.getvalue()
    put(place, name, memoryview(data))
    return int(data.size)


def put(place: str, name: str, data: Any) -> None:
    """Write a file of a folder, whole or not at all.

    Raises:
        Refused: It cannot be written.
    """
    system, path = _open_place(place)
    target = f"{path.rstrip('/')}/{name}"
    try:
        system.makedirs(path, exist_ok=True)
        with system.open(f"{target}.part", "wb") as file:
            file.write(data)
        system.mv(f"{target}.part", target)
    except OSError as error:
        raise Refused(CANNOT_WRITE.format(place=place, reason=_reason(error))) from error


def get(place: str, name: str) -> bytes | None:
    """Return a file of a folder; None where there is none.

    Raises:
        Refused: It is there and cannot be read.
    """
    system, path = _open_place(place)
    try:
        with system.open(f"{path.rstrip('/')}/{name}", "rb") as file:
            data: bytes = file.read()
            return data
    except FileNotFoundError:
        return None
    except OSError as error:
        raise Refused(UNREADABLE.format(reason=_reason(error))) from error
