"""What laws ask for, from an opening's screen: card, notice, explanation, reviews, and how groups come out."""

from collections.abc import Callable

from attrs import frozen

from hiringkit.actions.compliance import explain_outcome, law_texts, reviews
from hiringkit.actions.fairness import FairnessOptions, fairness_of_openings
from hiringkit.domain.fairness import Fairness
from hiringkit.locale import _
from hiringkit.report.model import Report
from hiringkit.report.views.compliance import card_report, explanation_report, notice_report, reviews_report
from hiringkit.report.views.fairness import fairness_report
from hiringkit.store.store import Store
from hiringkit.tui.dialogs.ask import Ask
from hiringkit.tui.dialogs.choose import Choose
from hiringkit.tui.report import ReportScreen
from hiringkit.tui.screen import AppScreen

CARD, NOTICE, EXPLAIN, REVIEWS, FAIRNESS = "card", "notice", "explain", "reviews", "fairness"


@frozen
class LawPapers:
    """The papers of one opening, shown over its screen; texts are those of all jurisdictions."""

    screen: AppScreen
    store: Store
    opening: str
    candidate: str
    """The one at the cursor, who may have been rejected; empty where it is at none."""
    name: str
    """The candidate's, as it is shown."""

    def choose(self) -> None:
        """Ask which paper, and show it."""
        papers = {
            CARD: _("system card: what the program does, and what each law asks for"),
            NOTICE: _("notice to candidates, before they are interviewed"),
            **({EXPLAIN: _("explanation of the outcome, to {name}").format(name=self.name)} if self.candidate else {}),
            REVIEWS: _("human reviews on record"),
            FAIRNESS: _("fairness: how groups of candidates come out"),
        }

        def chosen(paper: str | None) -> None:
            if paper == FAIRNESS:
                self._ask_for_groups()
            elif paper:
                self.screen.attempt(lambda: self._show(self._report(paper)))

        self.screen.app.push_screen(Choose(_("Which paper?"), list(papers.items())), chosen)

    def _report(self, paper: str) -> Callable[[str], Report]:
        """Return what makes a paper in a language.

        Raises:
            HiringKitError: There is none, such as an explanation for somebody who was not rejected.
        """
        store, actor, opening = self.store, self.screen.session.actor, self.opening
        if paper == REVIEWS:
            found = reviews(store, actor, opening)
            return lambda _language: reviews_report(found, opening)
        if paper == EXPLAIN:
            language = self.screen.session.language
            explained = explain_outcome(store, actor, opening, self.candidate, (), language=language)
            return lambda language: explanation_report(explained, language)
        texts = law_texts(store, actor, opening, ())
        make = card_report if paper == CARD else notice_report
        return lambda language: make(texts, language)

    def _show(self, make: Callable[[str], Report]) -> None:
        self.screen.app.push_screen(ReportScreen(self.screen.session, make))

    def _ask_for_groups(self) -> None:
        """Ask for the file that says who belongs to which groups, count, and show what comes out."""
        store, session = self.store, self.screen.session

        def answered(path: str | None) -> None:
            if path:
                self.screen.tell(_("Computing …"))
                self.screen.compute(
                    lambda: fairness_of_openings(
                        store, session.actor, [self.opening], path, FairnessOptions(), language=session.language
                    ),
                    self._counted,
                )

        question = _("Which file says who belongs to which groups? It is counted and not kept.")
        self.screen.app.push_screen(Ask(_("Fairness"), question), answered)

    def _counted(self, found: Fairness) -> None:
        self._show(lambda _language: fairness_report(found))
