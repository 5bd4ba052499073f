"""A single file: from its text to a rubric or bank, with every finding."""

from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from typing import Any, Generic, TypeVar

from attrs import field, frozen

from hiringkit.domain.finding import Finding
from hiringkit.domain.question import QuestionBank
from hiringkit.domain.rubric import Rubric, Variant
from hiringkit.library.checks.findings import MOST, Findings, Problem, Problems
from hiringkit.library.checks.mistakes import HEADER, OTHER_KIND, PARENT_ABSENT
from hiringkit.library.checks.question import check_bank
from hiringkit.library.checks.rubric import check_changes, check_rubric
from hiringkit.library.checks.shape import check_shapes, check_translations
from hiringkit.library.yaml.decode import HEADER_KEY, Reading, describe, structure
from hiringkit.library.yaml.nodes import MapNode, Node, Path, ScalarNode, locate
from hiringkit.library.yaml.parse import parse_yaml
from hiringkit.text.clean import clean_line
from hiringkit.text.language import Text
from hiringkit.text.sentence import Sentence

T = TypeVar("T")
_LONGEST_KEY = 80


class Kind(StrEnum):
    """The kinds of file that a library holds."""

    RUBRIC = "rubric"
    BANK = "question-bank"

    @property
    def header(self) -> str:
        """The value of the file's first key."""
        return f"{self}/1"

    @property
    def noun(self) -> Sentence:
        """What to call it in a sentence."""
        return Sentence("rubric" if self is Kind.RUBRIC else "question-bank")


@frozen
class Draft(Generic[T]):
    """The value and the findings of a file; the value holds placeholders where there are errors."""

    value: T
    root: Node
    """The tree, for places."""
    findings: Findings
    texts: Sequence[tuple[Path, Text]]
    """Every human-readable text, with its path."""
    broken: frozenset[Path]
    """Paths that could not be read: values at or below them are placeholders."""
    _sound: dict[int, tuple[Iterable[Path], bool]] = field(factory=dict, repr=False, eq=False)

    def report(self, problems: Iterable[Problem]) -> None:
        """Add problems to the findings, except those that merely follow from a part that could not be read."""
        for problem in problems:
            if self.findings.counts[problem.mistake.severity] > MOST:
                continue
            if not self.broken or (self._trusted(problem.path) and self._all_trusted(problem.needs)):
                self._add(problem)

    def _add(self, problem: Problem) -> None:
        mark = locate(self.root, problem.path, key=problem.at_key)
        hint = self.findings.suggest(*problem.near) if problem.near else problem.hint
        fields = {name: self._line(f) if isinstance(f, tuple) else f for name, f in problem.fields.items()}
        self.findings.add(problem.mistake, mark, problem.path, hint=hint, **fields)

    def _line(self, path: Path) -> str:
        return Sentence("line {line}").format(line=locate(self.root, path).line + 1)

    def _trusted(self, path: Path) -> bool:
        return not any(path[:n] in self.broken for n in range(len(path) + 1))

    def _all_trusted(self, paths: Iterable[Path]) -> bool:
        if id(paths) not in self._sound:  # the paths are kept beside the answer, so that their id stays theirs
            self._sound[id(paths)] = paths, all(map(self._trusted, paths))
        return self._sound[id(paths)][1]


Outcome = Draft[T] | Findings
"""A draft, or only findings if the text could not be read at all."""


def parse_rubric(text: str | bytes, source: str = "-") -> tuple[Rubric | None, tuple[Finding, ...]]:
    """Read a rubric from YAML (or JSON) text; questions that it draws from banks stay as they are written.

    Args:
        text: The document; bytes are taken as UTF-8.
        source: What findings call the file.

    Returns:
        The rubric, or None where any finding is an error, and every finding in the order of the file.
    """
    made = draft(text, source, Kind.RUBRIC)
    if isinstance(made, Draft) and isinstance(made.value, Variant):
        made.report([Problem(PARENT_ABSENT, ("extends",), {"id": made.value.extends})])
    return result_of(made)


def result_of(outcome: Outcome[T]) -> tuple[T | None, tuple[Finding, ...]]:
    """Return the value, or None where any finding is an error, and all findings in the order of the file."""
    if isinstance(outcome, Findings):
        return None, outcome.in_order()
    return (None if outcome.findings.failed else outcome.value), outcome.findings.in_order()


def draft(text: str | bytes, source: str, kind: Kind | None = None) -> Outcome[Any]:
    """Read a file into a draft that later checks can add to; its header says its kind unless one is expected."""
    findings = Findings(source)
    root = parse_yaml(text, findings)
    if root is None:
        return findings
    kind = kind or kind_of(root) or _likely(root)
    if not _check_header(root, findings, kind):
        return findings
    return _draft(root, findings, kind)


def kind_of(root: Node) -> Kind | None:
    """Return the kind that a document's header names, or None."""
    header = root.values.get(HEADER_KEY) if isinstance(root, MapNode) else None
    text = header.text if isinstance(header, ScalarNode) else ""
    return next((kind for kind in Kind if kind.header == text), None)


_CHECKS: dict[type, Callable[[Any], Problems]] = {
    Rubric: check_rubric,
    Variant: check_changes,
    QuestionBank: check_bank,
}


def _draft(root: Node, findings: Findings, kind: Kind) -> Draft[Any]:
    reading = Reading(findings)
    cls = _class_of(root, kind)
    value = structure(root, cls, reading)
    made = Draft(value, root, findings, reading.texts, frozenset(findings.broken))
    made.report(check_shapes(value))
    made.report(_CHECKS[cls](value))
    made.report(check_translations(reading.texts))
    return made


def _class_of(root: Node, kind: Kind) -> type:
    if kind is Kind.BANK:
        return QuestionBank
    return Variant if isinstance(root, MapNode) and "extends" in root.values else Rubric


def _likely(root: Node) -> Kind:
    """Return the kind that a document without a valid header most likely is."""
    keys = root.values.keys() if isinstance(root, MapNode) else set()
    return Kind.RUBRIC if keys & {"version", "criteria", "role", "scale", "policy", "extends"} else Kind.BANK


def _check_header(root: Node, findings: Findings, kind: Kind) -> bool:
    """Check the first key, and return whether it makes sense to read on."""
    path: Path = (HEADER_KEY,)
    if not isinstance(root, MapNode) or HEADER_KEY not in root.values:
        found = describe(root)
        if isinstance(root, MapNode) and root.values:
            found = Sentence('the key "{key}"').format(key=clean_line(next(iter(root.values))[:_LONGEST_KEY]))
        findings.add(HEADER, root.start, path, found=found)
        return isinstance(root, MapNode)
    header, found_kind = root.values[HEADER_KEY], kind_of(root)
    if found_kind is None:
        text = header.text if isinstance(header, ScalarNode) else ""
        hint = findings.suggest(text, [kind.header for kind in Kind])
        findings.add(HEADER, header.start, path, hint=hint, found=f'"{HEADER_KEY}: {text}"')
    elif found_kind is not kind:
        findings.add(OTHER_KIND, header.start, path, expected=kind.noun, found=found_kind.noun)
    elif next(iter(root.values)) != HEADER_KEY:
        findings.add(
            HEADER,
            root.keys[HEADER_KEY].start,
            path,
            hint=Sentence("move it to the top"),
            found=Sentence("it further down"),
        )
    return found_kind in (None, kind)
