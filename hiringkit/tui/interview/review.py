"""Review and submit: what is missing, the recommendation, the reason, and who will see it."""

from collections.abc import Iterator
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.style import Style
from textual.widget import Widget
from textual.widgets import Button, Input, Static

from hiringkit.actions.interviews import (
    RECOMMENDATIONS,
    Lock,
    ScorecardReview,
    amend,
    resume_interview,
    review_interview,
    submit,
)
from hiringkit.actions.schedule import InterviewView
from hiringkit.domain.interview import InterviewState, InterviewText, Rating, Scorecard
from hiringkit.locale import _
from hiringkit.report.model import Number, Tone, show_cell
from hiringkit.report.words import join_names, moment, rating_cell, recommendation_word
from hiringkit.text.cells import cut_at_word
from hiringkit.tui.dialogs.ask import Ask
from hiringkit.tui.dialogs.confirm import Confirm
from hiringkit.tui.interview.state import Elsewhere, InterviewWriter, TextChange, TextState
from hiringkit.tui.keys import Key, bindings
from hiringkit.tui.safe import safe, show
from hiringkit.tui.saving import Delayed, Rejected, Saved, Saving, why_not
from hiringkit.tui.screen import AppScreen
from hiringkit.tui.session import TuiSession
from hiringkit.tui.widgets.fields import Line, value_sign
from hiringkit.tui.widgets.page import Page


class ReviewScreen(AppScreen):
    """The scorecard before and after it is submitted; returns a question to go to, if one was asked for."""

    KEYS = "review"
    BINDINGS = bindings("review")

    def __init__(self, session: TuiSession, identity: str) -> None:
        super().__init__(session)
        self.identity = identity
        self.view: InterviewView | None = None
        self.review: ScorecardReview | None = None
        self.state = TextState()
        self.saving = Saving(self, self.state, self.show_status, self.show_status)
        self.writer: InterviewWriter | None = None
        self.elsewhere = ""
        """What was changed in another window."""

    def body(self) -> ComposeResult:
        """Lay out the review and a field for the reason."""
        yield Page(id="review")
        yield Static(id="choice")
        yield Line(id="summary", max_length=500)
        yield Static(id="status")

    def load(self) -> None:
        """Read the scorecard, and what is drafted of recommendation and reason."""
        store, actor = self.session.store, self.session.actor
        if store is None:
            return
        sitting = resume_interview(store, actor, self.identity)
        self.view = sitting.view
        self.review = review_interview(store, actor, self.identity)
        self.state.take(sitting.texts)
        if self.writer is None and sitting.lock is Lock.OPEN:
            self.writer = InterviewWriter(self.post_message, store, actor, self.identity)
            self.saving.begin(self.writer)
        if self.writer is not None:
            self.writer.knows(sitting)

    @property
    def submitted(self) -> bool:
        """Whether it is locked."""
        return self.view is not None and self.view.interview.state is InterviewState.SUBMITTED

    @property
    def recommendation(self) -> str:
        """What is recommended, on disk or not yet."""
        if self.view is not None and self.submitted:
            return self.view.interview.scorecards[-1].recommendation
        return self.state.shown(InterviewText.RECOMMENDATION)

    @property
    def reason(self) -> str:
        """The one-line reason, on disk or not yet."""
        if self.view is not None and self.submitted:
            return self.view.interview.scorecards[-1].summary
        return self.state.shown(InterviewText.SUMMARY)

    def show_all(self) -> None:
        """Show it."""
        if self.view is None or self.review is None:
            return
        state = _("submitted, locked") if self.submitted else _("not submitted yet")
        self.head(_("Scorecard: {name}").format(name=self._shown_name(self.view)), state, Tone.CAUTION)
        self.query_one(Page).write(Content("\n").join(self._lines(self.view, self.review)))
        self.query_one("#choice", Static).update(self._choice())
        field = self.query_one(Line)
        field.placeholder = safe(_("e: your reason in one line")).plain
        field.disabled = self.submitted
        if InterviewText.SUMMARY not in self.state.pending and field.value.strip() != self.reason:
            field.follow(self.reason)
        self.show_status()

    def show_status(self) -> None:
        """Say what is saved, and what is missing."""
        if self.review is not None:
            status = self.saving.sentence() or ((self.elsewhere, Tone.CAUTION) if self.elsewhere else None)
            self.query_one("#status", Static).update(safe(*(status or self._status(self.review))))

    def _shown_name(self, view: InterviewView) -> str:
        return self.session.name_of(view.opening.id, view.candidate.id, view.candidate.name)

    def offers(self, key: Key) -> bool:
        """Leave out what a locked scorecard does not take."""
        return not (self.submitted and key.id in {"review-missing", "review-submit"})

    def _status(self, review: ScorecardReview) -> tuple[str, Tone | str]:
        if self.submitted:
            words = _("Submitted and locked. Amend: 0-4 the recommendation, e its reason; Esc, then a level.")
            return words, Tone.GOOD
        if review.blocked:
            return _("Cannot be submitted yet: {count} to rate. Enter goes there.").format(
                count=len(review.missing)
            ), Tone.BAD
        if review.missing:
            words = _("Ready. Not rated: {count}; the rubric allows that. s submits and locks it.")
            return words.format(count=len(review.missing)), Tone.CAUTION
        return _("Ready. s submits and locks it."), Tone.GOOD

    def _lines(self, view: InterviewView, review: ScorecardReview) -> Iterator[Content]:
        yield from self._missing(view, review)
        yield Content("")
        yield safe(_("Ratings"), "bold")
        for number, question in enumerate(view.interview.kit, 1):
            yield from self._rating(view, number, view.interview.rating(question), bare=question in review.bare)
        yield Content("")
        yield from self._readers(view, review)
        if view.interview.scorecards:
            yield Content("")
            yield safe(_("Scorecards, the oldest first"), "bold")
            yield from map(_scorecard, view.interview.scorecards)

    def _rating(self, view: InterviewView, number: int, rating: Rating, *, bare: bool) -> Iterator[Content]:
        """Read a rating back: the level with its label, the question in words, the evidence below."""
        language = self.session.language
        label = next((each.label for each in view.rubric.scale.levels if each.value == rating.value), None)
        word = safe(label.in_language(language)) if label else show(rating_cell(rating.value))
        sign = f"{number} [{value_sign(rating.value)}] "
        yield Content.assemble(sign, word, "  ", safe(self._words(view, rating.question), Tone.QUIET))
        for line in rating.evidence.split("\n") if rating.evidence else ():
            yield Content.assemble("  ", safe(line))
        if bare:
            yield Content.assemble("  ", safe(_("no evidence written"), Tone.CAUTION))

    def _words(self, view: InterviewView, question: str) -> str:
        """Return a question in its own words, as far as they fit on a line."""
        found = view.rubric.question(question)
        text = found.title or found.text if found else None
        words = safe(text.in_language(self.session.language)).plain if text else question
        return cut_at_word(words, max(self.size.width - 36, 20))

    def _missing(self, view: InterviewView, review: ScorecardReview) -> Iterator[Content]:
        yield safe(_("Missing"), "bold")
        tone = Tone.BAD if review.blocked else Tone.CAUTION
        for question in review.missing:
            yield safe(_("- {question}: neither a level nor a mark").format(question=self._words(view, question)), tone)
        if review.bare:
            yield safe(_("- ratings without evidence: {count}; they count all the same").format(count=len(review.bare)))
        share = show_cell(Number(review.coverage, 0, percent=True))
        words = _("- {share} of the weight of what was asked has a level").format(share=share)
        yield safe(words, "" if review.enough else Tone.CAUTION)
        if not review.enough:
            yield safe(_("  The rubric asks for more; the candidate's profile will say so."), Tone.CAUTION)

    def _choice(self) -> Content:
        parts = [safe(_("Recommendation"), "bold"), Content(":")]
        for number, code in enumerate((*RECOMMENDATIONS, "")):
            key = number + 1 if code else 0
            word = recommendation_word(code).text if code else _("none")
            chosen = code == self.recommendation
            text = Content.assemble(
                "[" if chosen else " ", safe(f"{key} {word}", "bold" if chosen else ""), "]" if chosen else " "
            )
            parts.append(text.stylize(Style.from_meta({"@click": f"screen.recommend('{code}')"})))
        return Content(" ").join(parts)

    def _readers(self, view: InterviewView, review: ScorecardReview) -> Iterator[Content]:
        yield safe(_("Who will see it"), "bold")
        yield safe(
            _("- whoever is no interviewer of {name}, such as a recruiter: at once").format(name=self._shown_name(view))
        )
        for people, words in (
            (review.readers, _("- at once, their own scorecard being in: {names}")),
            (review.later, _("- once their own scorecard is in: {names}")),
        ):
            if people:
                names = join_names([person.name for person in people], self.session.language)
                yield safe(words.format(names=names))

    def action_recommend(self, code: str) -> None:
        """Choose a recommendation; after submission amend it."""
        if self.submitted:
            self._amend(
                _("Recommendation: from {before} to {after}").format(
                    before=recommendation_word(self.recommendation).text, after=recommendation_word(code).text
                ),
                recommendation=code,
            )
        else:
            self.change(InterviewText.RECOMMENDATION, code)

    def change(self, part: InterviewText, text: str) -> None:
        """Have a draft written."""
        if self.saving.writer is not None and self.state.shown(part) != text:
            self.saving.writer.put(self.state.change(part, text))
            self.saving.changed()
            self.query_one("#choice", Static).update(self._choice())
            self.show_status()

    @on(Input.Changed, "#summary")
    def _typed(self, message: Input.Changed) -> None:
        self.change(InterviewText.SUMMARY, message.value.strip())

    @on(Saved)
    def _saved(self, message: Saved) -> None:
        self.saving.settled()
        change: TextChange = message.change
        self.state.keep(change, message.result)
        if change.part not in self.state.pending and message.result != change.text:
            self.elsewhere = _("Also open in another window: what was written there is kept too. Look again.")
            self.show_all()
        else:
            self.show_status()

    @on(Delayed)
    def _delayed(self, message: Delayed) -> None:
        self.saving.delayed(message)

    @on(Rejected)
    def _rejected(self, message: Rejected) -> None:
        self.saving.settled()
        self.state.refused[message.change.part] = why_not(message.error)
        self.read_again()

    @on(Elsewhere)
    def _written_elsewhere(self, _message: Elsewhere) -> None:
        """Show what was written in another window."""
        if not self.submitted:
            self.read_again()
            self.elsewhere = _("Also open in another window: what was changed there is shown here.")
            self.show_status()

    def action_reason(self) -> None:
        """Write the reason; after submission amend it."""
        if not self.submitted:
            self.set_focus(self.query_one(Line))
            return

        def answered(summary: str | None) -> None:
            if summary and summary != self.reason:
                self._amend(_("Reason: {text}").format(text=summary), summary=summary)

        self.app.push_screen(Ask(_("The reason in one line"), _("What should it say?"), self.reason), answered)

    def _amend(self, what: str, *, recommendation: str | None = None, summary: str | None = None) -> None:
        """Ask why recommendation or reason are amended, and amend them."""

        def answered(reason: str | None) -> None:
            store = self.session.store
            if not reason or store is None:
                return
            done = self.attempt(
                lambda: amend(
                    store,
                    self.session.actor,
                    self.identity,
                    reason=reason,
                    recommendation=recommendation,
                    summary=summary,
                )
            )
            if done is not None:
                self.read_again()

        self.app.push_screen(Ask(what, _("The scorecard before is kept. Why is it amended?")), answered)

    @on(Input.Submitted, "#summary")
    def _reason_written(self) -> None:
        self.set_focus(None)

    def rest_focus(self) -> Widget | None:
        """Return nothing: the keys are the screen's."""
        return None

    def action_page(self, pages: int) -> None:
        """Scroll."""
        self.query_one(Page).page(pages)

    def action_missing(self) -> None:
        """Go to the first question that is missing."""
        if self.review and self.review.missing:
            self.dismiss(self.review.missing[0])

    def action_submit(self) -> None:
        """Submit, after asking for what is missing and once more."""
        if self.review is None or self.review.blocked or self.submitted:
            self.show_all()
        elif self.saving.all_saved():
            if self.recommendation:
                self._confirm()
            else:
                self.app.push_screen(RecommendationQuestion(), self._recommended)

    def _recommended(self, code: str | None) -> None:
        if code is None:
            self.tell(_("Not submitted."))
            return
        self.change(InterviewText.RECOMMENDATION, code)
        if self.saving.all_saved():
            self._confirm()

    def _confirm(self) -> None:
        question = _("Submit the scorecard? It is locked from then on; only an amendment with a reason changes it.")
        self.app.push_screen(Confirm(question, _("submit"), _("not yet")), self._answered)

    def _answered(self, yes: bool | None) -> None:
        store = self.session.store
        if not yes or store is None:
            self.tell(_("Not submitted."))
            return
        done = self.attempt(
            lambda: submit(
                store,
                self.session.actor,
                self.identity,
                recommendation=self.recommendation,
                summary=self.query_one(Line).value,
            )
        )
        if done is not None:
            self.saving.close()
            self.read_again()
            self.tell(_("Submitted."))

    def leave(self) -> None:
        """Go back, unless something is not saved."""
        self.saving.leave(super().leave)

    def may_quit(self) -> bool:
        """Return whether everything is on disk; where it is not, ask before leaving."""
        return self.saving.may_quit()

    def on_unmount(self) -> None:
        """Stop the writer."""
        self.saving.close()


class RecommendationQuestion(ModalScreen[str]):
    """Ask for the recommendation that a scorecard lacks; None means that it is not submitted."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("dialog")

    def compose(self) -> ComposeResult:
        """Lay out the question and the answers."""
        with Vertical(classes="dialog"):
            yield Static(safe(_("No recommendation is given. What do you recommend?")))
            for number, code in enumerate((*RECOMMENDATIONS, "")):
                word = recommendation_word(code).text if code else _("submit without a recommendation")
                key = number + 1 if code else 0
                yield Button(safe(f"{key} {word}"), id=f"recommend-{key}")
            yield Button(safe(_("Esc not yet")), id="not-yet")

    def on_mount(self) -> None:
        """Begin at the answer that changes nothing."""
        self.set_focus(self.query_one("#not-yet", Button))

    def on_key(self, event: events.Key) -> None:
        """Take a digit as the answer."""
        if event.key in {"0", "1", "2", "3", "4"}:
            event.stop()
            self._choose(int(event.key))

    @on(Button.Pressed)
    def _pressed(self, message: Button.Pressed) -> None:
        key = (message.button.id or "").removeprefix("recommend-")
        if key.isdigit():
            self._choose(int(key))
        else:
            self.dismiss(None)

    def _choose(self, key: int) -> None:
        self.dismiss((*RECOMMENDATIONS, "")[key - 1])

    def action_cancel(self) -> None:
        """Leave everything as it is."""
        self.dismiss(None)


def _scorecard(card: Scorecard) -> Content:
    words = [f"{card.number}.", moment(card.submitted_at), recommendation_word(card.recommendation).text]
    if card.summary:
        words.append(card.summary)
    if card.reason:
        words.append(_("(amended: {reason})").format(reason=card.reason))
    return safe(" ".join(words))
