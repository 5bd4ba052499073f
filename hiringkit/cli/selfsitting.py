"""One sitting of a self-assessment: what it shows, always as it is on disk."""

from pathlib import Path

from attrs import define

from hiringkit.actions import aspiring
from hiringkit.cli.plainlines import say
from hiringkit.cli.session import now
from hiringkit.domain.attempt import SelfAnswer, Sheet, Standing
from hiringkit.domain.interview import Mark
from hiringkit.domain.question import Question
from hiringkit.domain.role import Requirement
from hiringkit.domain.text import Text
from hiringkit.locale import _


@define
class SelfSitting:
    """An attempt being answered."""

    folder: Path
    language: str
    sheet: Sheet
    options: str = ""
    """What a command to be typed next needs besides, such as ` --dir …`."""
    position: int = 0
    cut_off: bool = False
    """Whether the last sitting ended between a level and its evidence."""

    @property
    def kit(self) -> tuple[str, ...]:
        """Ids of the questions."""
        return self.sheet.attempt.kit

    @property
    def requirements(self) -> tuple[Requirement, ...]:
        """What the role asks for."""
        return self.sheet.rubric.role.requirements if self.sheet.rubric.role else ()

    @property
    def question(self) -> Question:
        """The question at hand."""
        found = self.sheet.rubric.question(self.kit[self.position])
        if found is None:
            raise AssertionError(f"the attempt's rubric has no question {self.kit[self.position]}")
        return found

    @property
    def answer(self) -> SelfAnswer:
        """What is on disk for the question at hand."""
        return self.sheet.attempt.answer(self.question.id)

    def keep(self, *, text: str | None = None, level: int | Mark | None = None, evidence: str | None = None) -> None:
        """Write part of the answer to disk."""
        identity, question = self.sheet.attempt.id, self.question.id
        self.sheet = aspiring.answer(self.folder, now, identity, question, text=text, level=level, evidence=evidence)

    def stand(self, requirement: Requirement, standing: Standing) -> None:
        """Write to disk how one stands to a requirement."""
        self.sheet = aspiring.stand(self.folder, now, self.sheet.attempt.id, requirement.id, standing)

    def go(self, position: int) -> None:
        """Go to another question and remember the place."""
        self.position = min(max(position, 0), len(self.kit) - 1)
        self.sheet = aspiring.go_to(self.folder, self.sheet.attempt.id, self.question.id)

    def said(self, text: Text) -> str:
        """Return a text of the rubric in the language of the sitting."""
        return text.in_language(self.language)


def introduce(sitting: SelfSitting) -> None:
    """Say what this is, where it is kept and how to answer."""
    attempt = sitting.sheet.attempt
    say(_("Self-assessment: {title}").format(title=sitting.said(sitting.sheet.rubric.title)))
    facts = {"id": attempt.id, "count": len(attempt.kit), "folder": sitting.folder}
    say(
        _("Attempt {id}, {count} questions. Every answer is saved at once, in {folder} and nowhere else.").format(
            **facts
        )
    )
    if attempt.place is None and sitting.requirements:
        say(_("First the requirements, then the questions."))
    explain()


def explain() -> None:
    """Say what can be answered."""
    say(
        _(
            "Answer each question in a line of writing, best with situation, task, action and result (e alone opens"
            " your editor for more); then give your own level against the anchors, and the evidence you would name."
            " s skip, b back, a write the answer anew, ? help, q leave."
        )
    )


def show_requirement(sitting: SelfSitting, number: int) -> None:
    """Show a requirement."""
    each = sitting.requirements[number]
    kinds = {"required": _("required"), "preferred": _("preferred")}
    facts = {"number": number + 1, "count": len(sitting.requirements), "kind": kinds[each.kind]}
    say()
    say(_("Requirement {number} of {count} ({kind})").format(**facts))
    say(sitting.said(each.text))


def show_question(sitting: SelfSitting) -> None:
    """Show the question at hand, and what is on disk for it."""
    question, answer = sitting.question, sitting.answer
    facts = {"number": sitting.position + 1, "count": len(sitting.kit), "id": question.id}
    say()
    say(_("Question {number} of {count}: {id}").format(**facts))
    say(sitting.said(question.text))
    if question.why:
        say(_("Why: {text}").format(text=sitting.said(question.why)))
    if answer.text:
        say(_("Your answer: {text}").format(text=answer.text))
    show_rating(answer)


def show_anchors(sitting: SelfSitting) -> None:
    """Show what marks each level: of this question, or else of the scale."""
    anchors = sitting.question.anchors
    for level in sitting.sheet.rubric.scale.levels:
        text = anchors.get(level.value) or (None if anchors else level.meaning or level.label)
        if text:
            say(_("Level {level}: {text}").format(level=level.value, text=sitting.said(text)))


def show_rating(answer: SelfAnswer) -> None:
    """Show the own level and evidence, if there are any."""
    if answer.level is not None:
        say(_("Saved: {value}").format(value=answer.level))
    if answer.evidence:
        say(_("Evidence: {text}").format(text=answer.evidence))
