"""The linear self-assessment: requirements first, then for each question an answer, a level and evidence.

Whatever is answered is on disk before the next line is printed, so leaving at any point loses nothing.
"""

from collections.abc import Callable
from enum import Enum
from pathlib import Path

import click
from attrs import define, field

from hiringkit.actions import self_assessments
from hiringkit.cli.prompts import answers, complain, edited, read_numbers, say, say_exhibits, texts
from hiringkit.cli.session import now
from hiringkit.domain.interview import Mark
from hiringkit.domain.level import LevelNumber, read_level, write_level
from hiringkit.domain.question import Question
from hiringkit.domain.role import Requirement
from hiringkit.domain.self_assessment import Fulfilment, SelfAnswer, Sheet, Tick
from hiringkit.errors import HiringKitError, UsageProblem
from hiringkit.locale import _
from hiringkit.text.clauses import clauses
from hiringkit.text.language import Text
from hiringkit.text.sentence import Sentence
from hiringkit.text.typed import typed_plainly


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
    seen: set[str] = field(factory=set)
    """Questions that were put in this round."""

    @property
    def kit(self) -> tuple[str, ...]:
        """Ids of the questions."""
        return self.sheet.attempt.kit

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

    @property
    def due(self) -> int | None:
        """The position of the next question to put: an open one, or one to which there was nothing to tell."""
        attempt = self.sheet.attempt
        wanted = [q for q in (*attempt.outstanding, *attempt.untold) if q not in self.seen]
        later = [q for q in wanted if self.kit.index(q) > self.position and q in attempt.outstanding]
        return self.kit.index((later or wanted)[0]) if wanted else None

    def keep(
        self,
        *,
        text: str | None = None,
        level: LevelNumber | Mark | None = None,
        evidence: str | None = None,
        witness: str | None = None,
        ticks: tuple[Tick, ...] | None = None,
    ) -> None:
        """Write part of the answer to disk."""
        place = (self.folder, now, self.sheet.attempt.id, self.question.id)
        self.sheet = self_assessments.answer(
            *place, text=text, level=level, evidence=evidence, witness=witness, ticks=ticks
        )

    def stand(self, requirement: Requirement, standing: Fulfilment) -> None:
        """Write to disk how one stands to a requirement."""
        self.sheet = self_assessments.stand(self.folder, now, self.sheet.attempt.id, requirement.id, standing)

    def go(self, position: int) -> None:
        """Go to another question and remember the place."""
        self.position = min(max(position, 0), len(self.kit) - 1)
        self.sheet = self_assessments.go_to(self.folder, self.sheet.attempt.id, self.question.id)

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
    if attempt.place is None and sitting.sheet.requirements:
        say(_("First the requirements, then the questions."))
    explain()


def explain() -> None:
    """Say what can be answered."""
    say(
        _(
            "Answer each question in a line of writing, best with situation, task, action and result (e alone opens"
            " your editor for more; pasted paragraphs are one answer); then give your own level against the anchors,"
            " the evidence you would name and who could confirm it. s skip, b back, a write the answer anew, t tick the"
            " anchors part by part, ? help, q leave."
        )
    )


def show_requirement(sitting: SelfSitting, number: int) -> None:
    """Show a requirement."""
    each = sitting.sheet.requirements[number]
    kinds = {"required": _("required"), "preferred": _("preferred")}
    facts = {"number": number + 1, "count": len(sitting.sheet.requirements), "kind": kinds[each.kind]}
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
    say_exhibits(question, sitting.language)
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
    """Show the own level and what it rests on, if there is anything."""
    if answer.level is not None:
        nothing = answer.level is Mark.NO_EVIDENCE
        say(_("Saved: {value}").format(value=_("nothing to tell") if nothing else answer.level))
    if answer.evidence:
        say(_("Evidence: {text}").format(text=answer.evidence))
    if answer.witness:
        say(_("Who could confirm it: {text}").format(text=answer.witness))


def show_signs(sitting: SelfSitting) -> None:
    """Show what an interviewer would look for and watch for, as a check on the level that was given."""
    question = sitting.question
    for heading, signs in (
        (_("An interviewer would look for:"), question.look_for),
        (_("What would speak against it:"), question.watch_for),
    ):
        if signs:
            say(heading)
            for sign in signs:
                say(f"  - {sitting.said(sign)}")


_STANDINGS = {"y": Fulfilment.MET, "p": Fulfilment.IN_PROGRESS, "n": Fulfilment.UNMET}
_NOTHING = "x"


class Move(Enum):
    """Where an answer leads."""

    ON = "on"
    """To the next part of the same question."""
    ANEW = "anew"
    """To the level of the same question."""
    NEXT = "next"
    BACK = "back"
    LEAVE = "leave"


_MOVES = {"s": Move.NEXT, "b": Move.BACK, "q": Move.LEAVE}


def assess(folder: Path, sheet: Sheet, language: str, options: str = "") -> bool:
    """Take answers to an attempt by prompts, from where it was left.

    Args:
        folder: Where attempts are kept.
        sheet: The attempt with its rubric.
        language: en or zh.
        options: What a command to be typed next needs besides, such as ` --dir …`.

    Returns:
        Whether every question has a level now.
    """
    sitting = SelfSitting(folder, language, sheet, options)
    introduce(sitting)
    if sheet.attempt.place is None and not _ask_requirements(sitting):
        return _leave(sitting)
    # with nothing left open, all answers are gone through once more
    again = not (sheet.attempt.outstanding or sheet.attempt.untold)
    sitting.go(_first(sitting))
    while True:
        sitting.seen.add(sitting.question.id)
        move = _ask_question(sitting)
        if move is Move.LEAVE:
            return _leave(sitting)
        if move is Move.BACK:
            sitting.go(sitting.position - 1)
        elif again and sitting.position < len(sitting.kit) - 1:
            sitting.go(sitting.position + 1)
        elif (due := sitting.due) is not None:
            sitting.go(due)
        elif not sitting.sheet.attempt.outstanding:
            return _finish(sitting)
        elif not _once_more(sitting):
            return _leave(sitting)


def _once_more(sitting: SelfSitting) -> bool:
    """Let the user choose between the questions that were skipped and leaving; True to go through them."""
    skipped = sitting.sheet.attempt.outstanding
    sitting.go(sitting.kit.index(skipped[0]))
    say()
    say(_("Skipped: {questions}").format(questions=", ".join(skipped)))
    for line in answers(_("Enter to go through them now, q to leave them open")):
        word = typed_plainly(line).lower()
        if word == "q":
            break
        if not word:
            sitting.seen.difference_update(skipped)
            return True
    return False


def _first(sitting: SelfSitting) -> int:
    """Return where to go on: where the last sitting was cut off, else at the first question that is open."""
    attempt, kit = sitting.sheet.attempt, sitting.kit
    at_place = attempt.answer(attempt.place) if attempt.place in kit else None
    if attempt.outstanding and at_place and isinstance(at_place.level, int | float) and not at_place.evidence:
        sitting.cut_off = True
        return kit.index(at_place.question)
    return next((kit.index(question) for question in (*attempt.outstanding, *attempt.untold)), 0)


def _ask_requirements(sitting: SelfSitting) -> bool:
    """Ask how one stands to each requirement; False to leave."""
    known = sitting.sheet.attempt.requirements
    every = sitting.sheet.requirements
    number = next((n for n, each in enumerate(every) if each.id not in known), len(every))
    while number < len(every):
        show_requirement(sitting, number)
        move = _ask_requirement(sitting, number)
        if move is Move.LEAVE:
            return False
        number = max(number - 1, 0) if move is Move.BACK else number + 1
    return True


def _ask_requirement(sitting: SelfSitting, number: int) -> Move:
    for line in answers(_("You: y met, p in progress, n not met (s skip, b back, q leave)")):
        word = typed_plainly(line).lower()
        if word in _MOVES:
            return _MOVES[word]
        if word in _STANDINGS:
            sitting.stand(sitting.sheet.requirements[number], _STANDINGS[word])
            return Move.NEXT
        say(_("Answer y, p or n; s, b or q."))
    return Move.LEAVE


def _ask_question(sitting: SelfSitting) -> Move:
    """Ask for the answer, the level and the evidence, each unless it is there already."""
    show_question(sitting)
    cut_off, sitting.cut_off = sitting.cut_off, False
    if not (sitting.answer.text or cut_off):
        prompt = _("Your answer, in a line (Enter to leave it unwritten; e, s, b, ?, q)")
        move = _ask_text(sitting, prompt, _keep_answer)
        if move is not Move.ON:
            return move
    if not cut_off:
        show_anchors(sitting)
        move = _ask_level(sitting)
        if move is not Move.ON or not isinstance(sitting.answer.level, int | float):
            return Move.NEXT if move is Move.ON else move
        show_signs(sitting)
    before = sitting.answer.evidence
    prompt = _(
        "The evidence that you would name for it, with a figure if there is one (Enter to go on; r rate anew, e, s,"
        " b, ?, q)"
    )
    move = _ask_text(sitting, prompt, _keep_evidence)
    if move is Move.ANEW:
        return _ask_question(sitting)
    if move is Move.ON and sitting.answer.evidence != before:
        move = _ask_text(
            sitting, _("Who could confirm it: a name or a function (Enter for nobody; s, b, ?, q)"), _keep_witness
        )
    return Move.NEXT if move is Move.ON else move


def _ask_level(sitting: SelfSitting) -> Move:
    low, high = sitting.sheet.rubric.scale.low, sitting.sheet.rubric.scale.high
    prompt = _("Your level, {low} to {high} (x nothing to tell; t tick; a, s, b, ?, q)").format(low=low, high=high)
    for line in answers(prompt):
        word = typed_plainly(line).lower()
        if word in _MOVES:
            return _MOVES[word]
        if not word and sitting.answer.level is not None:
            return Move.ON
        if word in ("?", ""):
            explain()
            continue
        if word == "t":
            _tick(sitting)
            continue
        if word == "a":
            move = _ask_text(
                sitting, _("Your answer, in a line (e opens your editor with what is there)"), _keep_answer
            )
            if move is Move.ON:
                continue
            return move
        try:
            sitting.keep(level=Mark.NO_EVIDENCE if word == _NOTHING else _level(sitting, word))
        except HiringKitError as error:
            complain(error)
            continue
        show_rating(sitting.answer)
        return Move.ON
    return Move.LEAVE


def _level(sitting: SelfSitting, word: str) -> LevelNumber:
    levels = sitting.sheet.rubric.scale.values
    level = read_level(word, levels)
    if level is None:
        hint = Sentence("expected {words}").format(words=", ".join([*map(write_level, levels), _NOTHING]))
        raise UsageProblem(Sentence("{word!r} is no level").format(word=word), hint=hint)
    return level


def _ask_text(sitting: SelfSitting, prompt: str, keep: Callable[[SelfSitting, str | None], bool]) -> Move:
    """Take a text; an empty line goes on without one."""
    for line in texts(prompt):
        text = line.strip()
        word = typed_plainly(text) if len(text) == 1 else text
        if word in _MOVES:
            return _MOVES[word]
        if word == "r" and keep is _keep_evidence:
            return Move.ANEW
        if word == "?":
            explain()
            continue
        try:
            if not word or keep(sitting, None if word == "e" else text):
                return Move.ON
        except (HiringKitError, click.ClickException) as error:
            complain(error if isinstance(error, HiringKitError) else UsageProblem(error.format_message()))
    return Move.LEAVE


def _keep_answer(sitting: SelfSitting, text: str | None) -> bool:
    text = edited(sitting.answer.text) if text is None else text
    if text is not None:
        sitting.keep(text=text)
        say(_("Saved."))
    return text is not None


def _keep_evidence(sitting: SelfSitting, text: str | None) -> bool:
    text = edited(sitting.answer.evidence) if text is None else text
    if text is not None:
        sitting.keep(evidence=text)
        say(_("Saved."))
    return text is not None


def _keep_witness(sitting: SelfSitting, text: str | None) -> bool:
    text = edited(sitting.answer.witness) if text is None else text
    if text is not None:
        sitting.keep(witness=text)
        say(_("Saved."))
    return text is not None


def _tick(sitting: SelfSitting) -> None:
    """Take the parts of the anchors that the answer shows."""
    offered = [
        Tick(level, clause)
        for level, anchor in sorted(sitting.question.anchors.items())
        for clause in clauses(sitting.said(anchor))
    ]
    ticked = [n for n, tick in enumerate(offered) if tick in sitting.answer.ticks]
    for number, tick in enumerate(offered, 1):
        mark = "x" if number - 1 in ticked else " "
        say(f"{number:3} [{mark}] {write_level(tick.level)}: {tick.clause}")
    for line in answers(
        _("Which of them does your answer show? Numbers such as 1-4,7; none (Enter leaves them as they are)")
    ):
        positions = read_numbers(line, len(offered)) if line.strip() else ticked
        if positions is None:
            say(_("Numbers such as 1-4,7, or all, or none."))
            continue
        sitting.keep(ticks=tuple(offered[n] for n in positions))
        for level in sorted(sitting.question.anchors):
            many = [n for n, tick in enumerate(offered) if tick.level == level]
            done = sum(n in positions for n in many)
            say(
                _("Level {level}: {count} of {all} parts ticked").format(
                    level=write_level(level), count=done, all=len(many)
                )
            )
        return


def _leave(sitting: SelfSitting) -> bool:
    attempt = sitting.sheet.attempt
    say(_("Saved; open: {count} of {all} questions.").format(count=len(attempt.outstanding), all=len(attempt.kit)))
    command = f"hiringkit self start {attempt.rubric.id} --resume {attempt.id}{sitting.options}"
    say(_("Go on with: {command}").format(command=command))
    return False


def _finish(sitting: SelfSitting) -> bool:
    say()
    if untold := sitting.sheet.attempt.untold:
        say(
            _("You had nothing to tell on: {questions}. Begun again with --resume, they are asked once more.").format(
                questions=", ".join(untold)
            )
        )
    say(_("All {count} questions are rated. What it amounts to:").format(count=len(sitting.kit)))
    identity = sitting.sheet.attempt.id
    for line in (f"hiringkit self report {identity}", f"hiringkit self next-steps {identity}"):
        say(f"  {line}{sitting.options}")
    return True
