"""Which file holds which id, and what is twice."""

from collections.abc import Iterable
from pathlib import Path as FilePath

from attrs import frozen

from hiringkit.domain.finding import Finding
from hiringkit.library.documents import Kind
from hiringkit.library.findings import Findings
from hiringkit.library.mistakes import DUPLICATE_FILE, SHADOWED, Mistake
from hiringkit.library.shelves import Entry, files_of, read_entries

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
    """The duplicates; files that say neither kind nor id; files hidden by those of an earlier root."""

    @classmethod
    def of(cls, found: Iterable[Entry]) -> "Index":
        """Return the index of some files, the first of each id."""
        entries: Entries = {}
        duplicates = [
            _twice(DUPLICATE_FILE, entry, entries[entry.kind, entry.id])
            for entry in found
            if entries.setdefault((entry.kind, entry.id), entry) is not entry
        ]
        files = tuple(entry.path for entry in entries.values())
        return cls(entries, files, tuple(duplicates), tuple(duplicates))


def index_roots(roots: Iterable[FilePath]) -> Index:
    """Return what the roots hold; the first root that holds an id wins."""
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


def _twice(mistake: Mistake, entry: Entry, other: Entry) -> Finding:
    findings = Findings(str(entry.path))
    findings.add(mistake, entry.mark, ("id",), kind=entry.kind.noun, id=entry.id, other=other.path)
    return findings.items[0]
