"""One sitting of the linear interview: what is shown, in plain lines that a screen reader reads well."""

from attrs import define

from hiringkit.actions.interviewing import Given, go_to, rate
from hiringkit.actions.recording import Actor
from hiringkit.actions.scheduling import InterviewView, show_interview
from hiringkit.cli.plainlines import say
from hiringkit.domain.interview import Rating
from hiringkit.domain.question import Question
from hiringkit.domain.text import Text
from hiringkit.locale import _
from hiringkit.store.store import Store


@define
class Sitting:
    """An interview being held; what it shows is always what is on disk."""

    store: Store
    actor: Actor
    language: str
    view: InterviewView
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

    def keep(self, value: Given) -> None:
        """Write a rating to disk."""
        rate(self.store, self.actor, self.view.interview.id, self.question.id, value=value)
        self.reload()

    def keep_evidence(self, evidence: str) -> None:
        """Write evidence to disk."""
        rate(self.store, self.actor, self.view.interview.id, self.question.id, evidence=evidence)
        self.reload()

    def toggle_probe(self, probe: int) -> None:
        """Mark a probe as used, or as not used after all."""
        probes = set(self.rating.probes) ^ {probe}
        rate(self.store, self.actor, self.view.interview.id, self.question.id, probes=sorted(probes))
        self.reload()

    def reload(self) -> None:
        """Read back what is on disk."""
        self.view = show_interview(self.store, self.actor, self.view.interview.id)

    def go(self, position: int) -> None:
        """Go to another question and remember the place."""
        self.position = min(max(position, 0), len(self.kit) - 1)
        go_to(self.store, self.actor, self.view.interview.id, self.question.id)


def introduce(sitting: Sitting) -> None:
    """Say whose interview it is and how to answer."""
    view = sitting.view
    names = {"candidate": view.candidate.name, "interviewer": view.interviewer.name}
    say(_("Interview of {candidate} by {interviewer}").format(**names))
    facts = {"title": view.opening.title, "count": len(sitting.kit)}
    say(_("{title}, {count} questions. Every answer is saved at once.").format(**facts))
    explain(sitting)


def explain(sitting: Sitting) -> None:
    """Say what can be answered."""
    scale = sitting.view.rubric.scale
    say(
        _(
            "Answer {low} to {high}, n not assessed, x no evidence. b back, s skip, e TEXT evidence (e alone opens "
            "your editor), p NUMBER probe used, ? help, q leave."
        ).format(low=scale.low, high=scale.high)
    )


def show_question(sitting: Sitting) -> None:
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
    if question.why:
        say(_("Why: {text}").format(text=text(question.why)))
    for number, probe in enumerate(question.probes):
        template = _("Probe {number}: used: {text}") if number in rating.probes else _("Probe {number}: {text}")
        say(template.format(number=number + 1, text=text(probe)))
    for line in question.look_for:
        say(_("Look for: {text}").format(text=text(line)))
    for line in question.watch_for:
        say(_("Watch for: {text}").format(text=text(line)))
    for level, anchor in sorted(question.anchors.items()):
        say(_("Level {level}: {text}").format(level=level, text=text(anchor)))
    show_rating(rating)


def show_rating(rating: Rating) -> None:
    """Show what is on disk for a question, if anything is."""
    if rating.evidence:
        say(_("Evidence: {text}").format(text=rating.evidence))
    if rating.value is not None:
        say(_("Saved: {value}").format(value=rating.value))
