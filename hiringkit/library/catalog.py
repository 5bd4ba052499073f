"""The library: rubrics and question banks by id, from one or more roots."""

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from os import sep, walk
from pathlib import Path as FilePath
from typing import Any, TypeVar

from attrs import field, frozen

from hiringkit.domain.finding import Finding, has_errors
from hiringkit.domain.question import QuestionBank
from hiringkit.domain.rubric import Rubric, Variant
from hiringkit.errors import FindingsError, NotFound, UsageProblem
from hiringkit.library.checks.findings import Findings, did_you_mean, suggestion
from hiringkit.library.checks.mistakes import DUPLICATE_FILE, HEADER, MISSING_KEY, SHADOWED, UNREADABLE, Mistake
from hiringkit.library.documents import Draft, Kind, Outcome, draft, kind_of, result_of
from hiringkit.library.resolve import (
    Chain,
    FoundBank,
    FoundRubric,
    Sources,
    bank_findings,
    extend_rubric,
    resolve_rubric,
)
from hiringkit.library.yaml.decode import HEADER_KEY, Reading, read_text
from hiringkit.library.yaml.nodes import MapNode, Node, ScalarNode, TextMark
from hiringkit.library.yaml.parse import MOST_BYTES, TextPlace, parse_head
from hiringkit.text.clean import clean_line
from hiringkit.text.language import Text
from hiringkit.text.sentence import Sentence

FOLDERS = ("rubrics", "question_banks")
ENDINGS = (".yaml", ".yml")
_HEAD = frozenset({HEADER_KEY, "id", "title"})
T = TypeVar("T")
Result = tuple[T | None, tuple[Finding, ...]]
"""The value, or None where any finding is an error; and all findings."""


@frozen
class Entry:
    """A rubric or a bank of a library, by its first lines: it may still have errors."""

    id: str
    kind: Kind
    title: Text
    path: FilePath
    mark: TextMark
    """Where the id stands."""


Entries = dict[tuple[Kind, str], Entry]


@frozen
class Index:
    """The files of one or more folders by kind and id."""

    entries: Entries
    """The first file of each id."""
    files: tuple[FilePath, ...]
    """All files, those whose id is taken included."""
    duplicates: tuple[Finding, ...] = ()
    """The same id twice in one root."""
    findings: tuple[Finding, ...] = ()
    """The duplicates; files without a kind or id; files hidden by those of an earlier root."""

    @classmethod
    def of(cls, found: Iterable[Entry]) -> "Index":
        """Return the index of some files; the first one of each id wins."""
        entries: Entries = {}
        duplicates = [
            _twice(DUPLICATE_FILE, entry, entries[entry.kind, entry.id])
            for entry in found
            if entries.setdefault((entry.kind, entry.id), entry) is not entry
        ]
        files = tuple(entry.path for entry in entries.values())
        return cls(entries, files, tuple(duplicates), tuple(duplicates))


def _paths(paths: Iterable[str | FilePath]) -> tuple[FilePath, ...]:
    return tuple(map(FilePath, paths))


@frozen
class Library:
    """Rubrics and question banks, found in roots that hold `rubrics/` and `question_banks/`.

    Files are listed once, when a library is first asked for an id, and read each time they are loaded.
    """

    roots: tuple[FilePath, ...] = field(converter=_paths)
    """Earlier ones win where two hold the same id."""

    @cached_property
    def index(self) -> Index:
        """What the roots hold."""
        return index_roots(self.roots)

    def entries(self, kind: Kind | None = None) -> tuple[Entry, ...]:
        """Return what can be loaded by id, sorted by kind and id; a file may still have errors."""
        found = sorted(self.index.entries.values(), key=lambda entry: (entry.kind, entry.id))
        return tuple(entry for entry in found if kind in (None, entry.kind))

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Files without a kind or id, duplicate ids, and files hidden by those of an earlier root."""
        return self.index.findings

    def load_rubric(self, name: str | FilePath) -> Rubric:
        """Return a rubric with all its questions, by id or by path.

        Raises:
            NotFound: There is no such id or file.
            FindingsError: The file or a bank that it draws from has errors.
        """
        rubric: Rubric = _loaded(self._read(name, Kind.RUBRIC), name)
        return rubric

    def load_bank(self, name: str | FilePath) -> QuestionBank:
        """Return a question bank, by id or by path; raises as `load_rubric` does."""
        bank: QuestionBank = _loaded(self._read(name, Kind.BANK), name)
        return bank

    def load_rubric_text(self, text: str | bytes, source: str = "-") -> Rubric:
        """Return a rubric with all its questions, from text.

        Raises:
            FindingsError: The text or a bank that it draws from has errors.
        """
        rubric: Rubric = _loaded(_resolved(draft(text, source, Kind.RUBRIC), self.sources()), source)
        return rubric

    def load_bank_text(self, text: str | bytes, source: str = "-") -> QuestionBank:
        """Return a question bank from text; raises as `load_rubric_text` does."""
        bank: QuestionBank = _loaded(_resolved(draft(text, source, Kind.BANK), self.sources()), source)
        return bank

    def path_of(self, name: str | FilePath, kind: Kind) -> FilePath:
        """Return the file of an id, or the path itself if it is one.

        Raises:
            NotFound: There is no such id or file.
        """
        return self._find(name, kind)[0]

    def check_text(self, text: str | bytes, source: str = "-") -> tuple[Finding, ...]:
        """Return every finding of a rubric or bank; the text's header says which it is."""
        return _resolved(draft(text, source), self.sources())[1]

    def files_to_check(self, paths: Iterable[str | FilePath] = ()) -> tuple[list[FilePath], tuple[Finding, ...]]:
        """Return the files under some paths, or of the whole library, and the findings about them as a set.

        Raises:
            NotFound: There is no such file or folder.
        """
        given = tuple(map(FilePath, paths))
        if not given:
            return list(self.index.files), self.index.findings
        files = list(dict.fromkeys(file for path in given for file in _files(path)))
        return files, _index_of(files).duplicates

    def sources(self, files: Iterable[FilePath] = (), added: Callable[[Draft[Any]], None] | None = None) -> Sources:
        """Return a lookup of banks and rubrics: those among the files come before those of the roots.

        Each bank is read once.

        Args:
            files: Where to look first.
            added: A further check of each bank, which adds to its findings.
        """
        entries = {**self.index.entries, **_index_of(files).entries}
        read: dict[str, FoundBank] = {}

        def find(identifier: str) -> FoundBank | None:
            entry = entries.get((Kind.BANK, identifier))
            if entry and identifier not in read:
                outcome = draft_of(entry.path, Kind.BANK)
                if added and isinstance(outcome, Draft):
                    added(outcome)
                bank, findings = result_of(outcome)
                read[identifier] = FoundBank(bank, str(entry.path), findings)
            return read.get(identifier)

        def find_rubric(identifier: str, below: Chain) -> FoundRubric | None:
            entry = entries.get((Kind.RUBRIC, identifier))
            if entry is None:
                return None
            outcome = draft_of(entry.path, Kind.RUBRIC)
            if isinstance(outcome, Findings):
                return FoundRubric(None, str(entry.path))
            written = extend_rubric(outcome, found, below)
            if isinstance(written, FoundRubric):
                return written
            return FoundRubric(result_of(written)[0], str(entry.path))

        of_kind = {kind: sorted(name for each, name in entries if each is kind) for kind in Kind}
        found = Sources(find, find_rubric, of_kind[Kind.BANK], of_kind[Kind.RUBRIC])
        return found

    def _read(self, name: str | FilePath, kind: Kind) -> Result[Any]:
        path, notes = self._find(name, kind)
        value, findings = _resolved(draft_of(path, kind), self.sources())
        return value, (*findings, *notes)

    def _find(self, name: str | FilePath, kind: Kind) -> tuple[FilePath, tuple[Finding, ...]]:
        """Return the file of an id or path, and the findings about how it was found."""
        if is_path(name):
            return _existing(FilePath(name)), ()
        entry = self.index.entries.get((kind, str(name)))
        if entry is None:
            known = [identifier for of_kind, identifier in self.index.entries if of_kind is kind]
            hint = suggestion(str(name), known)
            raise NotFound(
                Sentence('there is no {nouns} "{clean_line}"').format(
                    nouns=_NOUNS[kind], clean_line=clean_line(str(name))
                ),
                hint=hint,
            )
        return entry.path, tuple(f for f in self.findings if f.location and f.location.file == str(entry.path))


_NOUNS = {Kind.RUBRIC: Sentence("rubric"), Kind.BANK: Sentence("question bank")}


def is_path(name: str | FilePath) -> bool:
    """Return whether a name is a path rather than an id."""
    return isinstance(name, FilePath) or "/" in name or sep in name or name.endswith(ENDINGS)


def draft_of(path: FilePath, kind: Kind | None = None) -> Outcome[Any]:
    """Read a file into a draft that later checks can add to."""
    findings = Findings(str(path))
    data = read_file(path, findings)
    return findings if data is None else draft(data, str(path), kind)


def _resolved(outcome: Outcome[Any], sources: Sources) -> Result[Any]:
    """Return what a file says, a rubric with all its questions, and every finding."""
    if not isinstance(outcome, Draft) or not isinstance(outcome.value, Rubric | Variant):
        return result_of(outcome)
    written = extend_rubric(outcome, sources)
    if isinstance(written, FoundRubric):
        return None, outcome.findings.in_order()
    drawn_from = tuple(bank_findings(written.value, sources))
    resolved: Outcome[Any] = resolve_rubric(written, sources)
    value, findings = result_of(resolved)
    return value, (*findings, *drawn_from)


def _loaded(result: Result[T], name: str | FilePath) -> T:
    value, findings = result
    if value is None or has_errors(findings):
        raise FindingsError(
            Sentence('"{clean_line}" has errors and is not used').format(clean_line=clean_line(str(name))),
            findings,
            hint="mend what the findings name",
        )
    return value


def _existing(path: FilePath) -> FilePath:
    if not exists(path):
        beside = [p.name for p in listing(path.parent, Findings(str(path)))]
        raise NotFound(
            Sentence('there is no file "{clean_line}"').format(clean_line=clean_line(str(path))),
            hint=did_you_mean(path.name, beside),
        )
    return path


def _files(path: FilePath) -> list[FilePath]:
    if not _existing(path).is_dir():
        return [path]
    if (whole := path.resolve()) == whole.parent:  # a slip such as `//`, which would walk every disk
        raise UsageProblem("that is the whole file system", hint="name a folder of rubrics, such as ./rubrics")
    return files_under(path)


def _index_of(files: Iterable[FilePath]) -> Index:
    """Return the index of files; pipes can be read only once, so they are left out."""
    return Index.of(read_entries(filter(FilePath.is_file, files))[0])


def index_roots(roots: Iterable[FilePath]) -> Index:
    """Return the index of the roots; the first root that holds an id wins."""
    entries: Entries = {}
    files: list[FilePath] = []
    findings: list[Finding] = []
    for root in roots:
        in_root = Findings(str(root))
        here = list(files_of(root, in_root))
        found, unknown = read_entries(here)
        index = Index.of(found)
        hidden = [(key, entry) for key, entry in index.entries.items() if key in entries]
        findings += [
            *in_root.items,
            *unknown,
            *index.duplicates,
            *(_twice(SHADOWED, entries[key], entry) for key, entry in hidden),
        ]
        files += here
        entries = {**index.entries, **entries}
    return Index(entries, tuple(files), findings=tuple(findings))


def files_of(root: FilePath, findings: Findings) -> Iterator[FilePath]:
    """Yield a root's files: its rubrics, its banks, each by family or flat, and those in the root itself."""
    for folder in (root / name for name in FOLDERS):
        inside = listing(folder, findings)
        yield from filter(_is_yaml, inside)
        for family in inside:
            if not _is_yaml(family):
                yield from filter(_is_yaml, listing(family, findings))
    yield from filter(_has_header, filter(_is_yaml, listing(root, findings)))


def _is_yaml(path: FilePath) -> bool:
    return path.suffix in ENDINGS and path.is_file()


def _has_header(path: FilePath) -> bool:
    """Return whether a file begins like a rubric or bank; it may belong to another program."""
    data = read_file(path, Findings(str(path)))
    return data is not None and f"{HEADER_KEY}:".encode() in data[:1000]


def read_entries(paths: Iterable[FilePath]) -> tuple[list[Entry], list[Finding]]:
    """Return the entries of files, and findings for those without a kind or id."""
    entries: list[Entry] = []
    findings: list[Finding] = []
    for path in paths:
        entry, found = read_entry(path)
        findings += found
        if entry:
            entries.append(entry)
    return entries, findings


def read_entry(path: FilePath) -> tuple[Entry | None, tuple[Finding, ...]]:
    """Return a file's entry, or None and the findings that say why it has none."""
    findings = Findings(str(path))
    data = read_file(path, findings)
    head = parse_head(data, _HEAD, findings) if data is not None else {}
    kind, node = kind_of(_as_mapping(head)), head.get("id")
    if kind and isinstance(node, ScalarNode):
        return Entry(node.text, kind, _title(head.get("title")), path, node.start), ()
    if not findings.failed:
        first = TextPlace(0, 0, 0)
        if kind:
            findings.add(MISSING_KEY, first, ("id",), key="id", expected=Sentence("a text"))
        else:
            findings.add(HEADER, first, (HEADER_KEY,), found=Sentence("another key"))
    return None, findings.in_order()


def _as_mapping(head: dict[str, Node]) -> MapNode:
    start = TextPlace(0, 0, 0)
    return MapNode({}, head, start, start)


def _title(node: Node | None) -> Text:
    return read_text(node, (), Reading(Findings(""))) if node else Text()


def _twice(mistake: Mistake, entry: Entry, other: Entry) -> Finding:
    findings = Findings(str(entry.path))
    findings.add(mistake, entry.mark, ("id",), kind=entry.kind.noun, id=entry.id, other=other.path)
    return findings.items[0]


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


def read_file(path: FilePath, findings: Findings) -> bytes | None:
    """Return a file's bytes, or None if it cannot be read; reads one byte more than the limit at most."""
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        findings.add(UNREADABLE, None, reason=error.strerror or str(error))
        return None


def exists(path: FilePath) -> bool:
    """Return whether a file or folder exists; False if permissions hide it."""
    try:
        return path.exists()
    except OSError:
        return False
