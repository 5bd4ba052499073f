"""The linear interview: answers in, one at a time.

Whatever is answered is on disk before the next line is printed, so leaving at any point loses nothing.
"""

from collections.abc import Sequence

import click
from attrs import define

from hiringkit.actions.audit import Actor
from hiringkit.actions.interviews import (
    KEEP,
    RECOMMENDATIONS,
    Given,
    add_question,
    add_text,
    askable_questions,
    go_to,
    parse_value,
    rate,
    resume_interview,
    submit,
    write_text,
)
from hiringkit.actions.schedule import InterviewView, show_interview
from hiringkit.cli.prompts import answers, complain, say, say_exhibits
from hiringkit.domain.interview import InterviewState, InterviewText, Mark, Rating
from hiringkit.domain.question import Question
from hiringkit.errors import HiringKitError, Refused
from hiringkit.locale import _
from hiringkit.store.store import Store
from hiringkit.text.clean import clean_line, clean_text
from hiringkit.text.language import Text
from hiringkit.text.sentence import Sentence
from hiringkit.text.typed import typed_plainly


@define
class PromptedInterview:
    """An interview being held; what it shows is always what is on disk."""

    store: Store
    actor: Actor
    language: str
    view: InterviewView
    called: str
    """What the interview is called on the command line."""
    position: int = 0

    @property
    def kit(self) -> tuple[str, ...]:
        """Ids of the questions."""
        return self.view.interview.kit

    @property
    def question(self) -> Question:
        """The question at hand."""
        found = self.view.rubric.question(self.kit[self.position])
        if found is None:
            raise AssertionError(f"the pinned rubric has no question {self.kit[self.position]}")
        return found

    @property
    def rating(self) -> Rating:
        """What is on disk for the question at hand."""
        return self.view.interview.rating(self.question.id)

    def keep(self, value: Given = KEEP, evidence: str | None = None, probes: Sequence[int] | None = None) -> bool:
        """Write to disk; False where another window was quicker with another level, which stays."""
        base = self.rating
        rating = rate(
            self.store,
            self.actor,
            self.view.interview.id,
            self.question.id,
            value=value,
            evidence=evidence,
            probes=probes,
            base=base,
        )
        self.reload()
        if value is not KEEP and rating.value != value:
            words = _("Also open in another window: {theirs} was saved there, {mine} is not taken. Answer again.")
            say(words.format(theirs=rating.value, mine=value))
            return False
        if evidence is not None and rating.evidence != clean_text(evidence).strip():
            say(_("Also open in another window: both texts are kept."))
        return True

    def toggle_probe(self, probe: int) -> None:
        """Mark a probe as used, or as not used after all."""
        self.keep(probes=sorted(set(self.rating.probes) ^ {probe}))

    def reload(self) -> None:
        """Read back what is on disk."""
        self.view = show_interview(self.store, self.actor, self.view.interview.id)

    def go(self, position: int) -> None:
        """Go to another question and remember the place."""
        self.position = min(max(position, 0), len(self.kit) - 1)
        go_to(self.store, self.actor, self.view.interview.id, self.question.id)


def introduce(sitting: PromptedInterview) -> None:
    """Say whose interview it is and how to answer."""
    view = sitting.view
    names = {"candidate": view.candidate.name, "interviewer": view.interviewer.name}
    say(_("Interview of {candidate} by {interviewer}").format(**names))
    facts = {"title": view.opening.title, "count": len(sitting.kit)}
    say(_("{title}, {count} questions. Every answer is saved at once.").format(**facts))
    if view.candidate.resume_line:
        say(_("Résumé in one line: {text}").format(text=view.candidate.resume_line))
    if view.candidate.note:
        say(_("About the candidate: {text}").format(text=view.candidate.note))
    known = resume_interview(sitting.store, sitting.actor, view.interview.id)
    for who, text in known.handovers:
        say(_("From {name}: {text}").format(name=who.name, text=text))
    if notes := known.texts.get(InterviewText.NOTES):
        say(_("Your notes: {text}").format(text=notes))
    explain(sitting)


def explain(sitting: PromptedInterview) -> None:
    """Say what can be answered."""
    scale = sitting.view.rubric.scale
    say(
        _(
            "Answer {low} to {high}, n not assessed, x no evidence. b back, s skip, e TEXT evidence (e alone opens "
            "your editor), p NUMBER probe used, ? help, q leave."
        ).format(low=scale.low, high=scale.high)
    )
    say(
        _(
            "w TEXT a note that is not about one question, h TEXT for the candidate's next interviewers, a QUESTION "
            "adds one that was not planned (a alone lists them), r what the candidate reads."
        )
    )


def show_question(sitting: PromptedInterview) -> None:
    """Show the question at hand with all that helps to rate the answer."""
    question, rating = sitting.question, sitting.rating

    def text(value: Text) -> str:
        return value.in_language(sitting.language)

    say()
    numbers = {"number": sitting.position + 1, "count": len(sitting.kit), "id": question.id}
    say(_("Question {number} of {count}: {id}").format(**numbers))
    for each in sitting.view.dropped:
        if each.question == question.id:
            say(_("Left out for everybody ({reason}); s skips it.").format(reason=each.reason))
    say(text(question.text))
    for exhibit in question.exhibits:
        say(_("Exhibit for the candidate, r shows it: {title}").format(title=text(exhibit.title)))
    if question.why:
        say(_("Why: {text}").format(text=text(question.why)))
    for number, probe in enumerate(question.probes):
        template = _("Probe {number}: used: {text}") if number in rating.probes else _("Probe {number}: {text}")
        say(template.format(number=number + 1, text=text(probe)))
    helps = (
        (_("Look for: {text}"), question.look_for),
        (_("Watch for: {text}"), question.watch_for),
        (_("Marking guide: {text}"), question.marking),
    )
    for template, lines in helps:
        for line in lines:
            say(template.format(text=text(line)))
    for level, anchor in sorted(question.anchors.items()):
        say(_("Level {level}: {text}").format(level=level, text=text(anchor)))
    show_rating(rating)


def show_exhibits(sitting: PromptedInterview) -> None:
    """Show what the candidate is given to read with the question at hand, and how to hand it over."""
    question = sitting.question
    if not question.exhibits:
        say(_("This question has no exhibit."))
        return
    say_exhibits(question, sitting.language)
    command = f"hiringkit bank exhibit {question.id} --opening {sitting.view.opening.id} -o exhibit.html"
    say(_("To hand it over: {command}").format(command=command))


def show_rating(rating: Rating) -> None:
    """Show what is on disk for a question, if anything is."""
    if rating.evidence:
        say(_("Evidence: {text}").format(text=rating.evidence))
    if rating.value is not None:
        say(_("Saved: {value}").format(value=rating.value))


_MARKS = {"n": Mark.NOT_ASSESSED, "x": Mark.NO_EVIDENCE}
_TEXTS = {"w": InterviewText.NOTES, "h": InterviewText.HANDOVER}
_NEXT, _BACK = 1, -1


def hold_interview(store: Store, actor: Actor, identity: str, language: str, *, card: str = "") -> bool:
    """Hold an interview by prompts, from the question where it was left.

    Args:
        store: Where it is kept.
        actor: Who holds it.
        identity: Its id.
        language: en or zh.
        card: The file of the card that it is filled in on; empty where it is none.

    Returns:
        Whether it is submitted.

    Raises:
        NotFound: No such interview.
        Refused: It is submitted already, or somebody else's.
    """
    sitting = _sit_down(store, actor, identity, language, card)
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


def _sit_down(store: Store, actor: Actor, identity: str, language: str, card: str) -> PromptedInterview:
    view = show_interview(store, actor, identity)
    if view.interview.state is InterviewState.SUBMITTED:
        amend = f"hiringkit interview amend {identity} QUESTION RATING --reason …"
        hint = f"hiringkit tui {card}" if card else amend
        raise Refused(Sentence("{identity!r} is submitted").format(identity=identity), hint=hint)
    sitting = PromptedInterview(store, actor, language, view, card or identity)
    sitting.go(resume_interview(store, actor, identity).begin_at)
    return sitting


def _ask(sitting: PromptedInterview) -> int | None:
    """Take answers until one leads away from the question: a step, or None to leave."""
    for line in answers(_("Rating")):
        word, _blank, rest = line.strip().partition(" ")
        word = typed_plainly(word)
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


def _obey(sitting: PromptedInterview, word: str, rest: str) -> bool:
    """Do what was answered; True if it rates the question."""
    if word == "e":
        _take_evidence(sitting, rest)
    elif word == "p" and (rest := typed_plainly(rest)).isdecimal():
        sitting.toggle_probe(int(rest) - 1)
        say(_("Saved."))
    elif word in _TEXTS and rest:
        add_text(sitting.store, sitting.actor, sitting.view.interview.id, _TEXTS[word], rest)
        say(_("Saved."))
    elif word == "a":
        _add_question(sitting, rest)
    elif word == "r":
        show_exhibits(sitting)
    elif word in ("?", "", "p", *_TEXTS):
        explain(sitting)
    else:
        taken = sitting.keep(_MARKS.get(word) or parse_value(word, sitting.view.rubric))
        show_rating(sitting.rating)
        return taken
    return False


def _add_question(sitting: PromptedInterview, question: str) -> None:
    """Add a question that was not planned, or list those that can be added."""
    identity = sitting.view.interview.id
    if question:
        add_question(sitting.store, sitting.actor, identity, question)
        sitting.reload()
        say(_("Added as question {number}.").format(number=len(sitting.kit)))
        return
    for each in askable_questions(sitting.store, sitting.actor, identity):
        asked = sitting.view.rubric.question(each)
        say(f"{each}: {asked.heading(sitting.language) if asked else ''}")


def _take_evidence(sitting: PromptedInterview, text: str) -> None:
    """Save evidence: what follows the `e`, or what an editor returns."""
    if not text:
        edited = click.edit(sitting.rating.evidence)
        if edited is None:
            say(_("Nothing changed."))
            return
        text = edited
    sitting.keep(evidence=text)
    show_rating(sitting.rating)


def _leave(sitting: PromptedInterview) -> bool:
    left = len(sitting.view.outstanding)
    say(_("Saved; open: {count} of {all} questions.").format(count=left, all=len(sitting.kit)))
    say(_("Go on with: hiringkit interview score {id}").format(id=sitting.called))
    return False


def _finish(sitting: PromptedInterview) -> bool:
    """Offer to submit; anything but a yes leaves the interview open."""
    say()
    left = len(sitting.view.outstanding)
    words = _("Not rated: {count}; the rubric allows that.").format(count=left)
    say(words if left else _("All questions are rated."))
    for question in sitting.kit:
        rating = sitting.view.interview.rating(question)
        say(_("{question}: {value}").format(question=question, value=rating.value))
    if not (_draft(sitting, InterviewText.RECOMMENDATION) and _draft(sitting, InterviewText.SUMMARY)):
        return _leave(sitting)
    answer = next(answers(_("Submit? It locks the scorecard (y/n)")), "n")
    if answer.strip().lower() not in ("y", "yes", "是"):
        return _leave(sitting)
    try:
        submit(sitting.store, sitting.actor, sitting.view.interview.id)
    except HiringKitError as error:
        complain(error)
        return _leave(sitting)
    say(_("Submitted."))
    return True


def _draft(sitting: PromptedInterview, part: InterviewText) -> bool:
    """Ask for recommendation or reason and save the answer at once; False where the input ends."""
    identity = sitting.view.interview.id
    before = resume_interview(sitting.store, sitting.actor, identity).texts.get(part, "")
    words = ", ".join(RECOMMENDATIONS)
    prompts = {
        InterviewText.RECOMMENDATION: (
            _("Recommendation ({words}, or empty)").format(words=words),
            _("Recommendation ({words}; empty keeps {before}, - is none)").format(words=words, before=before),
        ),
        InterviewText.SUMMARY: (
            _("One-line reason (or empty)"),
            _("One-line reason (empty keeps: {before}; - is none)").format(before=before),
        ),
    }
    for line in answers(prompts[part][bool(before)]):
        text = line.strip()
        if not text:
            return True
        try:
            kept = write_text(
                sitting.store, sitting.actor, identity, part, "" if before and text == "-" else text, base=before
            )
        except HiringKitError as error:
            complain(error)
            continue
        if kept != clean_line(text) and text != "-":
            say(_("Also open in another window; saved is: {text}").format(text=kept))
        return True
    return False
