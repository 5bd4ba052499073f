"""The files of a library's roots, and what each of them is, known from its first lines."""

from collections.abc import Iterable, Iterator
from pathlib import Path as FilePath

from attrs import frozen

from hiringkit.domain.finding import Finding
from hiringkit.domain.text import Text
from hiringkit.library.decoding import MOST_BYTES, Place
from hiringkit.library.documents import Kind, kind_of
from hiringkit.library.findings import Findings
from hiringkit.library.mistakes import HEADER, MISSING_KEY, UNREADABLE
from hiringkit.library.nodes import MapNode, Mark, Node, ScalarNode
from hiringkit.library.reading import Reading, read_text
from hiringkit.library.structure import HEADER_KEY
from hiringkit.library.yamltext import parse_head

FOLDERS = ("rubrics", "question_banks")
ENDINGS = (".yaml", ".yml")
_HEAD = frozenset({HEADER_KEY, "id", "title"})


@frozen
class Entry:
    """A rubric or a bank of a library, by its first lines: it may still have errors."""

    id: str
    kind: Kind
    title: Text
    path: FilePath
    mark: Mark
    """Where the id stands."""


def read_file(path: FilePath, findings: Findings) -> bytes | None:
    """Return a file's bytes, or None where it cannot be read; never much more than are taken."""
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        findings.add(UNREADABLE, None, reason=error.strerror or str(error))
        return None


def files_of(root: FilePath) -> Iterator[FilePath]:
    """Yield a root's files: its rubrics, its banks, each by family or flat, and those in the root itself."""
    for folder in (root / name for name in FOLDERS):
        yield from _yaml_in(folder)
        if folder.is_dir():
            for family in sorted(p for p in folder.iterdir() if p.is_dir()):
                yield from _yaml_in(family)
    yield from filter(_says_ours, _yaml_in(root))


def files_under(folder: FilePath) -> list[FilePath]:
    """Return every YAML file in a folder and in the folders below it."""
    return sorted(p for p in folder.rglob("*") if p.suffix in ENDINGS and p.is_file())


def _yaml_in(folder: FilePath) -> list[FilePath]:
    if not folder.is_dir():
        return []
    return sorted(p for p in folder.iterdir() if p.suffix in ENDINGS and p.is_file())


def _says_ours(path: FilePath) -> bool:
    """Tell whether a file that may be anybody's begins like one of ours."""
    data = read_file(path, Findings(str(path)))
    return data is not None and f"{HEADER_KEY}:".encode() in data[:1000]


def read_entry(path: FilePath) -> tuple[Entry | None, tuple[Finding, ...]]:
    """Return what a file is, or None and why that cannot be said."""
    findings = Findings(str(path))
    data = read_file(path, findings)
    head = parse_head(data, _HEAD, findings) if data is not None else {}
    kind, node = kind_of(_as_mapping(head)), head.get("id")
    if kind and isinstance(node, ScalarNode):
        return Entry(node.text, kind, _title(head.get("title")), path, node.start), ()
    if not findings.failed:
        first = Place(0, 0, 0)
        if kind:
            findings.add(MISSING_KEY, first, ("id",), key="id", expected="a text")
        else:
            findings.add(HEADER, first, (HEADER_KEY,), found="another key")
    return None, findings.in_order()


def _as_mapping(head: dict[str, Node]) -> MapNode:
    start = Place(0, 0, 0)
    return MapNode({}, head, start, start)


def _title(node: Node | None) -> Text:
    return read_text(node, (), Reading(Findings(""))) if node else Text()


def read_entries(paths: Iterable[FilePath]) -> tuple[list[Entry], list[Finding]]:
    """Return what the files are, and the findings of those that do not say."""
    entries: list[Entry] = []
    findings: list[Finding] = []
    for path in paths:
        entry, found = read_entry(path)
        findings += found
        if entry:
            entries.append(entry)
    return entries, findings
