"""The files of a library's roots, and what each of them is, known from its first lines."""

from collections.abc import Iterable, Iterator
from os import walk
from pathlib import Path as FilePath

from attrs import frozen

from hiringkit.domain.finding import Finding
from hiringkit.domain.sentence import Sentence
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


def exists(path: FilePath) -> bool:
    """Tell whether there is such a file or folder, as far as one is allowed to know."""
    try:
        return path.exists()
    except OSError:
        return False


def files_of(root: FilePath, findings: Findings) -> Iterator[FilePath]:
    """Yield a root's files: its rubrics, its banks, each by family or flat, and those in the root itself."""
    for folder in (root / name for name in FOLDERS):
        inside = listing(folder, findings)
        yield from filter(_is_yaml, inside)
        for family in inside:
            if not _is_yaml(family):
                yield from filter(_is_yaml, listing(family, findings))
    yield from filter(_says_ours, filter(_is_yaml, listing(root, findings)))


def files_under(folder: FilePath) -> list[FilePath]:
    """Return every YAML file in a folder and in the folders below it, hidden ones left out."""
    found: list[FilePath] = []
    for base, folders, names in walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += filter(_is_yaml, (FilePath(base, name) for name in names))
    return sorted(found)


def listing(folder: FilePath, findings: Findings) -> list[FilePath]:
    """Return what is in a folder, sorted; nothing where there is no such folder."""
    try:
        return sorted(folder.iterdir())
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return []
    except OSError as error:
        findings.add(UNREADABLE, None, reason=f"{folder.name}: {error.strerror or error}")
        return []


def _is_yaml(path: FilePath) -> bool:
    return path.suffix in ENDINGS and path.is_file()


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
            findings.add(MISSING_KEY, first, ("id",), key="id", expected=Sentence("a text"))
        else:
            findings.add(HEADER, first, (HEADER_KEY,), found=Sentence("another key"))
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
