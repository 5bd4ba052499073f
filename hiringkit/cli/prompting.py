"""The linear interview: answers in, one at a time.

Whatever is answered is on disk before the next line is printed, so leaving at any point loses nothing.
"""

import click

from hiringkit.actions.interviewing import RECOMMENDATIONS, parse_value, submit
from hiringkit.actions.recording import Actor
from hiringkit.actions.scheduling import show_interview
from hiringkit.cli.plainlines import answers, complain, say
from hiringkit.cli.sitting import Sitting, explain, introduce, show_question, show_rating
from hiringkit.domain.interview import InterviewState, Mark
from hiringkit.domain.sentence import Sentence
from hiringkit.errors import HiringKitError, Refused
from hiringkit.locale import _
from hiringkit.store.store import Store

_MARKS = {"n": Mark.NOT_ASSESSED, "x": Mark.NO_EVIDENCE}
_NEXT, _BACK = 1, -1


def hold_interview(store: Store, actor: Actor, identity: str, language: str) -> bool:
    """Hold an interview by prompts, from the question where it was left.

    Returns:
        Whether it is submitted.

    Raises:
        NotFound: No such interview.
        Refused: It is submitted already, or somebody else's.
    """
    sitting = _sit_down(store, actor, identity, language)
    introduce(sitting)
    while True:
        show_question(sitting)
        step = _ask(sitting)
        if step is None:
            return _leave(sitting)
        if step == _NEXT and sitting.position == len(sitting.kit) - 1:
            if not sitting.view.blocking:
                return _finish(sitting)
            sitting.go(sitting.kit.index(sitting.view.blocking[0]))
        else:
            sitting.go(sitting.position + step)


def _sit_down(store: Store, actor: Actor, identity: str, language: str) -> Sitting:
    view = show_interview(store, actor, identity)
    if view.interview.state is InterviewState.SUBMITTED:
        hint = f"hiringkit interview amend {identity} QUESTION RATING --reason …"
        raise Refused(Sentence("{identity!r} is submitted").format(identity=identity), hint=hint)
    sitting = Sitting(store, actor, language, view)
    place, open_ones = view.place, view.outstanding
    if place is None or place in open_ones or not open_ones:
        sitting.go(sitting.kit.index(place) if place else 0)
    else:
        later = [q for q in open_ones if sitting.kit.index(q) > sitting.kit.index(place)]
        sitting.go(sitting.kit.index((later or open_ones)[0]))
    return sitting


def _ask(sitting: Sitting) -> int | None:
    """Take answers until one leads away from the question: a step, or None to leave."""
    for line in answers(_("Rating")):
        word, _blank, rest = line.strip().partition(" ")
        if word == "q":
            return None
        if word in ("b", "s"):
            return _BACK if word == "b" else _NEXT
        try:
            if _obey(sitting, word, rest.strip()):
                return _NEXT
        except HiringKitError as error:
            complain(error)
    return None


def _obey(sitting: Sitting, word: str, rest: str) -> bool:
    """Do what was answered; True if it rates the question."""
    if word == "e":
        _take_evidence(sitting, rest)
    elif word == "p" and rest.isdecimal():
        sitting.toggle_probe(int(rest) - 1)
        say(_("Saved."))
    elif word in ("?", "", "p"):
        explain(sitting)
    else:
        sitting.keep(_MARKS.get(word) or parse_value(word, sitting.view.rubric))
        show_rating(sitting.rating)
        return True
    return False


def _take_evidence(sitting: Sitting, text: str) -> None:
    """Save evidence: what follows the `e`, or what an editor returns."""
    if not text:
        edited = click.edit(sitting.rating.evidence)
        if edited is None:
            say(_("Nothing changed."))
            return
        text = edited
    sitting.keep_evidence(text)
    show_rating(sitting.rating)


def _leave(sitting: Sitting) -> bool:
    left = len(sitting.view.outstanding)
    say(_("Saved; open: {count} of {all} questions.").format(count=left, all=len(sitting.kit)))
    say(_("Go on with: hiringkit interview score {id}").format(id=sitting.view.interview.id))
    return False


def _finish(sitting: Sitting) -> bool:
    """Offer to submit; anything but a yes leaves the interview open."""
    say()
    left = len(sitting.view.outstanding)
    words = _("Not rated: {count}; the rubric allows that.").format(count=left)
    say(words if left else _("All questions are rated."))
    for question in sitting.kit:
        rating = sitting.view.interview.rating(question)
        say(_("{question}: {value}").format(question=question, value=rating.value))
    recommendation = next(answers(_("Recommendation ({words}, or empty)").format(words=", ".join(RECOMMENDATIONS))), "")
    summary = next(answers(_("One-line reason (or empty)")), "")
    answer = next(answers(_("Submit? It locks the scorecard (y/n)")), "n")
    if answer.strip().lower() not in ("y", "yes", "是"):
        return _leave(sitting)
    try:
        submit(sitting.store, sitting.actor, sitting.view.interview.id, recommendation=recommendation, summary=summary)
    except HiringKitError as error:
        complain(error)
        return _leave(sitting)
    say(_("Submitted."))
    return True
