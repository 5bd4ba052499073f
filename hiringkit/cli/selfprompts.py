"""The linear self-assessment: requirements first, then for each question an answer, a level and evidence.

Whatever is answered is on disk before the next line is printed, so leaving at any point loses nothing.
"""

from collections.abc import Callable
from enum import Enum
from pathlib import Path

import click

from hiringkit.cli.plainlines import answers, complain, edited, say, texts
from hiringkit.cli.selfsitting import (
    SelfSitting,
    explain,
    introduce,
    show_anchors,
    show_question,
    show_rating,
    show_requirement,
)
from hiringkit.domain.attempt import Sheet, Standing
from hiringkit.domain.interview import Mark
from hiringkit.domain.sentence import Sentence
from hiringkit.errors import HiringKitError, UsageProblem
from hiringkit.locale import _

_STANDINGS = {"y": Standing.MET, "p": Standing.IN_PROGRESS, "n": Standing.UNMET}
_NOTHING = "x"


class Move(Enum):
    """Where an answer leads."""

    ON = "on"
    """To the next part of the same question."""
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
    sitting.go(_first(sitting))
    while True:
        move = _ask_question(sitting)
        if move is Move.LEAVE:
            return _leave(sitting)
        open_ones = sitting.sheet.attempt.outstanding
        if move is Move.BACK:
            sitting.go(sitting.position - 1)
        elif sitting.position < len(sitting.kit) - 1:
            sitting.go(sitting.position + 1)
        elif open_ones:
            sitting.go(sitting.kit.index(open_ones[0]))
        else:
            return _finish(sitting)


def _first(sitting: SelfSitting) -> int:
    """Return where to go on: where the last sitting was cut off, else at the next open question, else at the first."""
    attempt, kit = sitting.sheet.attempt, sitting.kit
    if not attempt.outstanding:
        return 0
    start = kit.index(attempt.place) if attempt.place in kit else 0
    at_place = attempt.answer(kit[start])
    if attempt.place and isinstance(at_place.level, int) and not at_place.evidence:
        sitting.cut_off = True
        return start
    open_ones = [kit.index(question) for question in attempt.outstanding]
    return next((n for n in open_ones if n >= start), open_ones[0])


def _ask_requirements(sitting: SelfSitting) -> bool:
    """Ask how one stands to each requirement; False to leave."""
    known = sitting.sheet.attempt.requirements
    every = sitting.requirements
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
        word = line.strip().lower()
        if word in _MOVES:
            return _MOVES[word]
        if word in _STANDINGS:
            sitting.stand(sitting.requirements[number], _STANDINGS[word])
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
        if move is not Move.ON or not isinstance(sitting.answer.level, int):
            return Move.NEXT if move is Move.ON else move
    prompt = _("The evidence that you would name for it (Enter to go on; e, s, b, ?, q)")
    move = _ask_text(sitting, prompt, _keep_evidence)
    return Move.NEXT if move is Move.ON else move


def _ask_level(sitting: SelfSitting) -> Move:
    low, high = sitting.sheet.rubric.scale.low, sitting.sheet.rubric.scale.high
    prompt = _("Your level, {low} to {high} (x nothing to tell; a, s, b, ?, q)").format(low=low, high=high)
    for line in answers(prompt):
        word = line.strip().lower()
        if word in _MOVES:
            return _MOVES[word]
        if not word and sitting.answer.level is not None:
            return Move.ON
        if word in ("?", ""):
            explain()
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


def _level(sitting: SelfSitting, word: str) -> int:
    levels = {str(value): value for value in sitting.sheet.rubric.scale.values}
    if word not in levels:
        hint = Sentence("expected {words}").format(words=", ".join([*levels, _NOTHING]))
        raise UsageProblem(Sentence("{word!r} is no level").format(word=word), hint=hint)
    return levels[word]


def _ask_text(sitting: SelfSitting, prompt: str, keep: Callable[[SelfSitting, str | None], bool]) -> Move:
    """Take a text; an empty line goes on without one."""
    for line in texts(prompt):
        word = line.strip()
        if word in _MOVES:
            return _MOVES[word]
        if word == "?":
            explain()
            continue
        try:
            if not word or keep(sitting, None if word == "e" else word):
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


def _leave(sitting: SelfSitting) -> bool:
    attempt = sitting.sheet.attempt
    say(_("Saved; open: {count} of {all} questions.").format(count=len(attempt.outstanding), all=len(attempt.kit)))
    command = f"hiringkit self start {attempt.rubric.id} --resume {attempt.id}{sitting.options}"
    say(_("Go on with: {command}").format(command=command))
    return False


def _finish(sitting: SelfSitting) -> bool:
    say()
    say(_("All {count} questions are rated. What it amounts to:").format(count=len(sitting.kit)))
    identity = sitting.sheet.attempt.id
    for line in (f"hiringkit self report {identity}", f"hiringkit self next-steps {identity}"):
        say(f"  {line}{sitting.options}")
    return True
