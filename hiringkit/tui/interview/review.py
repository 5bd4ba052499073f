"""Review and submit: what is missing, the recommendation, the reason, and who will see it."""

from collections.abc import Iterator

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.style import Style
from textual.widget import Widget
from textual.widgets import Input, Static

from hiringkit.actions.interviews import RECOMMENDATIONS, ScorecardReview, review_interview, submit
from hiringkit.actions.schedule import InterviewView, show_interview
from hiringkit.domain.interview import InterviewState, Rating, Scorecard
from hiringkit.locale import _
from hiringkit.report.model import Number, Tone
from hiringkit.report.values import show_cell
from hiringkit.report.words import join_names, moment, rating_cell, recommendation_word
from hiringkit.text.cells import cut
from hiringkit.tui.dialogs.confirm import Confirm
from hiringkit.tui.interview.levels import value_sign
from hiringkit.tui.keys import Key, bindings
from hiringkit.tui.safe import safe, show
from hiringkit.tui.screen import AppScreen
from hiringkit.tui.session import TuiSession
from hiringkit.tui.widgets.fields import Line
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
        self.recommendation = ""

    def body(self) -> ComposeResult:
        """Lay out the review and a field for the reason."""
        yield Page(id="review")
        yield Static(id="choice")
        yield Line(id="summary", max_length=500)
        yield Static(id="status")

    def load(self) -> None:
        """Read the scorecard."""
        if store := self.session.store:
            self.view = show_interview(store, self.session.actor, self.identity)
            self.review = review_interview(store, self.session.actor, self.identity)

    @property
    def submitted(self) -> bool:
        """Whether it is locked."""
        return self.view is not None and self.view.interview.state is InterviewState.SUBMITTED

    def show_all(self) -> None:
        """Show it."""
        if self.view is None or self.review is None:
            return
        state = _("submitted, locked") if self.submitted else _("not submitted yet")
        self.head(_("Scorecard: {name}").format(name=self._shown_name(self.view)), state, Tone.CAUTION)
        self.query_one(Page).write(Content("\n").join(self._lines(self.view, self.review)))
        choice = self.query_one("#choice", Static)
        choice.display = not self.submitted
        choice.update(self._choice())
        field = self.query_one(Line)
        field.display = not self.submitted
        field.placeholder = safe(_("e: your reason in one line")).plain
        self.query_one("#status", Static).update(safe(*self._status(self.review)))

    def _shown_name(self, view: InterviewView) -> str:
        return self.session.name_of(view.opening.id, view.candidate.id, view.candidate.name)

    def offers(self, key: Key) -> bool:
        """Leave out what a locked scorecard does not take."""
        return "page" in key.id or not (self.submitted and key.screen == self.KEYS)

    def _status(self, review: ScorecardReview) -> tuple[str, Tone | str]:
        if self.submitted:
            return _("Submitted and locked. To amend: Esc, go to the question, then the new level."), Tone.GOOD
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
        text = safe(found.text.in_language(self.session.language)).plain if found else question
        return cut(text, max(self.size.width - 36, 20))

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
        """Choose a recommendation."""
        self.recommendation = code
        self.show_all()

    def action_reason(self) -> None:
        """Write the reason."""
        self.set_focus(self.query_one(Line))

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
        """Submit, after asking once."""
        if self.review is None or self.review.blocked or self.submitted:
            self.show_all()
            return
        question = _("Submit the scorecard? It is locked from then on; only an amendment with a reason changes it.")
        if not self.recommendation:
            question = _("No recommendation is given.") + "\n" + question
        self.app.push_screen(Confirm(question, _("submit"), _("not yet")), self._answered)

    def _answered(self, yes: bool | None) -> None:
        store = self.session.store
        if not yes or store is None:
            self.tell(_("Not submitted."))
            return
        summary = self.query_one(Line).value
        done = self.attempt(
            lambda: submit(
                store, self.session.actor, self.identity, recommendation=self.recommendation, summary=summary
            )
        )
        if done is not None:
            self.read_again()
            self.tell(_("Submitted."))


def _scorecard(card: Scorecard) -> Content:
    words = [f"{card.number}.", moment(card.submitted_at), recommendation_word(card.recommendation).text]
    if card.summary:
        words.append(card.summary)
    if card.reason:
        words.append(_("(amended: {reason})").format(reason=card.reason))
    return safe(" ".join(words))
