"""Rubrics resolved: the questions that a rubric draws from banks put in place of the references."""

from collections.abc import Callable, Collection, Iterator

from attrs import evolve, field, frozen

from hiringkit.domain.finding import Finding
from hiringkit.domain.question import Question, QuestionBank
from hiringkit.domain.rubric import QuestionUse, Rubric
from hiringkit.library.checks.findings import Problem, Problems
from hiringkit.library.checks.mistakes import ASKED_TWICE, BANK_UNUSABLE, UNKNOWN_REFERENCE
from hiringkit.library.checks.question import check_drawn, frame_of
from hiringkit.library.checks.rubric import check_coverage
from hiringkit.library.documents import Draft
from hiringkit.library.yaml.nodes import Path
from hiringkit.text.sentence import Sentence


@frozen
class FoundBank:
    """A bank with its file and findings."""

    bank: QuestionBank | None
    """None where the file has errors."""
    file: str
    findings: tuple[Finding, ...] = ()


@frozen
class Banks:
    """The lookup of the banks that a rubric draws from."""

    find: Callable[[str], FoundBank | None]
    """Returns the bank with an id, or None where there is none."""
    known: Collection[str] = ()
    """The ids that there are, for hints."""


@frozen
class _Drawing:
    """The questions of a rubric while they are being resolved."""

    banks: Banks
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
            self.found[use.bank] = self.banks.find(use.bank)
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
            return Problem(UNKNOWN_REFERENCE, path, fields, near=(bank, self.banks.known))
        hint = Sentence("see the findings in {file}").format(file=found.file)
        return Problem(BANK_UNUSABLE, path, {"id": bank}, hint=hint)


def resolve_rubric(draft: Draft[Rubric], banks: Banks) -> Draft[Rubric]:
    """Return the draft with the questions themselves in place of what is drawn from banks.

    Problems of the drawing go to the draft's findings; those of the banks' own files are in `bank_findings`.
    """
    drawing = _Drawing(banks)
    draft.report(drawing.add_all(draft.value))
    asked = tuple(question for _, question in drawing.asked.values())
    if not drawing.missing and any(isinstance(q, QuestionUse) for q in draft.value.questions):
        draft.report(check_coverage(draft.value, asked))
    return evolve(draft, value=evolve(draft.value, questions=asked))


def bank_findings(rubric: Rubric, banks: Banks) -> Iterator[Finding]:
    """Yield the findings in the files of the banks that a rubric, as written, draws from."""
    for bank in dict.fromkeys(q.bank for q in rubric.questions if isinstance(q, QuestionUse)):
        found = banks.find(bank)
        yield from found.findings if found else ()
