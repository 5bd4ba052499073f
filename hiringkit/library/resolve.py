"""Rubrics resolved: what a variant extends, and the questions drawn from banks, put in place of the references."""

from collections.abc import Callable, Collection, Iterator
from typing import TypeVar

from attrs import evolve, field, frozen

from hiringkit.domain.finding import Finding
from hiringkit.domain.question import Question, QuestionBank
from hiringkit.domain.role import Role
from hiringkit.domain.rubric import Criterion, Policy, QuestionUse, Rubric, Variant
from hiringkit.library.checks.findings import Problem, Problems
from hiringkit.library.checks.mistakes import (
    ASKED_TWICE,
    BANK_UNUSABLE,
    EXTENDS_CYCLE,
    PARENT_UNUSABLE,
    UNKNOWN_REFERENCE,
)
from hiringkit.library.checks.question import check_drawn, frame_of
from hiringkit.library.checks.rubric import check_coverage, check_extended
from hiringkit.library.documents import Draft
from hiringkit.library.yaml.nodes import MapNode, Node, Path
from hiringkit.text.sentence import Sentence

Chain = tuple[str, ...]
"""Ids of rubrics, each of which extends the next."""


@frozen
class FoundBank:
    """A bank with its file and findings."""

    bank: QuestionBank | None
    """None where the file has errors."""
    file: str
    findings: tuple[Finding, ...] = ()


@frozen
class FoundRubric:
    """A rubric that a variant extends, as written, with its file."""

    rubric: Rubric | None
    """None where the file has errors, or extends one that has."""
    file: str
    circle: Chain = ()
    """The ids of rubrics that extend each other in a circle."""


@frozen
class Sources:
    """The lookups of what a rubric draws from: banks, and the rubric that a variant extends."""

    bank: Callable[[str], FoundBank | None]
    """Returns the bank with an id, or None where there is none."""
    rubric: Callable[[str, Chain], FoundRubric | None]
    """Returns the rubric with an id, for the variants that lead to it; None where there is none."""
    banks: Collection[str] = ()
    """The ids of banks that there are, for hints."""
    rubrics: Collection[str] = ()
    """The ids of rubrics that there are, for hints."""


def extend_rubric(draft: Draft[Rubric | Variant], sources: Sources, below: Chain = ()) -> Draft[Rubric] | FoundRubric:
    """Return the draft of a rubric as written; of a variant, what it comes to with all that it does not say itself.

    Problems with what it extends go to the draft's findings, and what it comes to is then missing.

    Args:
        draft: A rubric or a variant.
        sources: Where the other rubric is looked up.
        below: The variants that led here.
    """
    variant = draft.value
    if isinstance(variant, Rubric):
        return _with_value(draft, variant)
    missing = FoundRubric(None, draft.findings.file)
    below = (*below, variant.id)
    found = None if variant.extends in below else sources.rubric(variant.extends, below)
    circle = (*below[below.index(variant.extends) :], variant.extends) if variant.extends in below else ()
    if found and found.circle:
        circle = found.circle
    draft.report(_without_parent(variant, found, circle, sources))
    if found is None or found.rubric is None or draft.findings.failed:
        return evolve(missing, circle=circle)
    rubric = _changed(variant, found.rubric, draft.root)
    draft.report(check_extended(variant, rubric))
    return _with_value(draft, rubric)


def _with_value(draft: Draft[Rubric | Variant], rubric: Rubric) -> Draft[Rubric]:
    return Draft(rubric, draft.root, draft.findings, draft.texts, draft.broken)


def _without_parent(variant: Variant, found: FoundRubric | None, circle: Chain, sources: Sources) -> Problems:
    path: Path = ("extends",)
    if circle:
        yield Problem(EXTENDS_CYCLE, path, {"chain": ", ".join(circle)})
    elif found is None:
        fields = {"noun": Sentence("rubric"), "id": variant.extends}
        yield Problem(UNKNOWN_REFERENCE, path, fields, near=(variant.extends, sources.rubrics))
    elif found.rubric is None:
        hint = Sentence("see the findings in {file}").format(file=found.file)
        yield Problem(PARENT_UNUSABLE, path, {"id": variant.extends}, hint=hint)


def _changed(variant: Variant, parent: Rubric, root: Node) -> Rubric:
    """Return a rubric with what a variant says in place of its own."""
    given = {
        name: getattr(variant, name)
        for name in ("summary", "need", "questions", "stages", "candidate_expectations")
        if getattr(variant, name) is not None
    }
    return evolve(
        parent,
        id=variant.id,
        version=variant.version,
        title=variant.title,
        role=_overlaid(parent.role, variant.role, root, "role"),
        policy=_overlaid(parent.policy, variant.policy, root, "policy"),
        criteria=tuple(_changed_criterion(each, variant) for each in parent.criteria),
        **given,
    )


Part = TypeVar("Part", Role | None, Policy)


def _overlaid(part: Part, over: Part | None, root: Node, key: str) -> Part:
    """Return a part of the parent with the keys that the variant's file has of it."""
    if part is None or over is None:
        return part if over is None else over
    node = root.values[key] if isinstance(root, MapNode) else root
    names = list(node.values) if isinstance(node, MapNode) else []
    return evolve(part, **{name: getattr(over, name) for name in names})


def _changed_criterion(criterion: Criterion, variant: Variant) -> Criterion:
    change = next((each for each in variant.criteria if each.id == criterion.id), None)
    names = ("weight", "weight_rationale", "bar", "required")
    given = {name: value for name in names if change and (value := getattr(change, name)) is not None}
    return evolve(criterion, **given)


@frozen
class _Drawing:
    """The questions of a rubric while they are being resolved."""

    sources: Sources
    asked: dict[str, tuple[Path, Question]] = field(factory=dict)
    """By id, in the order in which they are asked, with the place that asks for each."""
    found: dict[str, FoundBank | None] = field(factory=dict)
    missing: list[str] = field(factory=list)
    """What could not be drawn."""

    def add_all(self, rubric: Rubric) -> Problems:
        """Collect the rubric's questions in order, and yield what prevents that."""
        for i, item in enumerate(rubric.questions):
            path: Path = ("questions", i)
            if isinstance(item, Question):
                yield from self._add(item, (*path, "id"), own=True)
            else:
                yield from self._draw(item, path, rubric)

    def _add(self, question: Question, path: Path, *, own: bool = False) -> Problems:
        first, _ = self.asked.setdefault(question.id, (path, question))
        if first != path and not (own and first[-1] == "id"):
            fields = {"id": question.id, "first": first}
            yield Problem(ASKED_TWICE, path, fields, needs=[first])

    def _draw(self, use: QuestionUse, path: Path, rubric: Rubric) -> Problems:
        if use.bank not in self.found:
            self.found[use.bank] = self.sources.bank(use.bank)
        found = self.found[use.bank]
        if found is None or found.bank is None:
            self.missing.append(use.bank)
            yield self._without_bank(use.bank, (*path, "bank"), found)
            return
        frame = frame_of(rubric)
        questions = {question.id: question for question in found.bank.questions}
        for j, identifier in enumerate(use.use):
            where = (*path, "use", j)
            if identifier in questions:
                yield from self._add(questions[identifier], where)
                yield from check_drawn(questions[identifier], where, frame)
            else:
                self.missing.append(identifier)
                fields = {"noun": Sentence("question"), "id": identifier}
                yield Problem(UNKNOWN_REFERENCE, where, fields, near=(identifier, list(questions)))

    def _without_bank(self, bank: str, path: Path, found: FoundBank | None) -> Problem:
        if found is None:
            fields = {"noun": Sentence("question bank"), "id": bank}
            return Problem(UNKNOWN_REFERENCE, path, fields, near=(bank, self.sources.banks))
        hint = Sentence("see the findings in {file}").format(file=found.file)
        return Problem(BANK_UNUSABLE, path, {"id": bank}, hint=hint)


def resolve_rubric(draft: Draft[Rubric], sources: Sources) -> Draft[Rubric]:
    """Return the draft with the questions themselves in place of what is drawn from banks.

    Problems of the drawing go to the draft's findings; those of the banks' own files are in `bank_findings`.
    """
    drawing = _Drawing(sources)
    draft.report(drawing.add_all(draft.value))
    asked = tuple(question for _, question in drawing.asked.values())
    if not drawing.missing and any(isinstance(q, QuestionUse) for q in draft.value.questions):
        draft.report(check_coverage(draft.value, asked))
    return evolve(draft, value=evolve(draft.value, questions=asked))


def bank_findings(rubric: Rubric, sources: Sources) -> Iterator[Finding]:
    """Yield the findings in the files of the banks that a rubric, as written, draws from."""
    for bank in dict.fromkeys(q.bank for q in rubric.questions if isinstance(q, QuestionUse)):
        found = sources.bank(bank)
        yield from found.findings if found else ()
