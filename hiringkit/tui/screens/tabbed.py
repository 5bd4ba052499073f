"""An opening and its tabs: candidates, panel, interviewers, rubric."""

from textual import on
from textual.app import ComposeResult
from textual.widget import Widget
from textual.widgets import Static

from hiringkit.actions.comparisons import compare_opening, hide_people
from hiringkit.actions.openings import OpeningView, show_opening
from hiringkit.actions.schedule import interview_id
from hiringkit.actions.scores import ScoringOptions
from hiringkit.domain.people import Candidate
from hiringkit.domain.profile import Comparison
from hiringkit.locale import _, n_
from hiringkit.report.model import Number, Span, Table, Tone
from hiringkit.report.render.text import render
from hiringkit.report.views.interview import progress_word
from hiringkit.report.views.opening import opening_state, panel_table
from hiringkit.report.views.people import candidates_table
from hiringkit.report.views.rubric import rubric_report
from hiringkit.report.words import distinct_names, severity_word
from hiringkit.store.store import Store
from hiringkit.tui.keys import Key
from hiringkit.tui.safe import safe, show
from hiringkit.tui.screens.room import Room
from hiringkit.tui.widgets.bar import Bar, tabs
from hiringkit.tui.widgets.listing import Listing
from hiringkit.tui.widgets.page import Page
from hiringkit.tui.widgets.rows import Heads, Row

TABS = {
    "candidates": n_("Candidates"),
    "panel": n_("Panel"),
    "compare": n_("Compare"),
    "interviewers": n_("Interviewers"),
    "rubric": n_("Rubric"),
}
_OF_COMPARE = ("sort", "reverse", "view", "more", "less", "reset", "save")


class TabbedRoom(Room):
    """An opening with its tabs, all but the comparison."""

    ROOM = "opening"

    def __init__(self, opening: str, tab: str = "candidates") -> None:
        super().__init__()
        self.opening, self.tab = opening, tab
        self.view: OpeningView | None = None
        self.comparison: Comparison | None = None
        self.fresh = False

    def body(self) -> ComposeResult:
        """Lay out the tabs and what each shows."""
        yield Bar(id="tabs")
        yield Listing(id="candidates")
        yield Listing(id="panel", columns=True)
        yield Listing(id="compare", columns=True, frozen_columns=3)
        yield Static(id="detail")
        yield Listing(id="interviewers")
        yield Page(id="rubric")

    def load(self) -> None:
        """Read the opening; the comparison comes when it is looked at."""
        if store := self.hall.store:
            self.view = show_opening(store, self.hall.actor, self.opening)
            self.fresh = False
            if self.nameless:
                self.number()

    # blind review

    @property
    def nameless(self) -> bool:
        """Whether names are hidden."""
        return self.opening in self.hall.masks

    @property
    def labels(self) -> dict[str, str]:
        """What stands for names: they themselves, or numbers."""
        candidates = self.view.candidates if self.view else ()
        return {each.id: self.hall.name_of(self.opening, each.id, each.name) for each in candidates}

    def number(self) -> None:
        """Let numbers in the order of adding, which say nothing of rank, stand for names."""
        candidates = self.view.candidates if self.view else ()
        self.hall.masks[self.opening] = {each.id: n for n, each in enumerate(candidates, 1)}

    def people(self, view: OpeningView) -> tuple[Candidate, ...]:
        """Return the candidates as they are shown."""
        return hide_people(view.candidates, self.labels) if self.nameless else view.candidates

    def action_names(self) -> None:
        """Hide or show names."""
        if self.nameless:
            del self.hall.masks[self.opening]
        else:
            self.number()
        self.attempt(self.show_all)

    # showing

    def show_all(self) -> None:
        """Show the tab that is open."""
        if self.view is None:
            return
        state = opening_state(self.view.opening)
        title = self.view.opening.title or self.view.opening.id
        progress = _("{done} scorecards").format(done=progress_word(self.view.interviews).text)
        hidden = _("names hidden") + "  " if self.nameless else ""
        self.head(title, f"{hidden}{progress}  {state.text}", Tone.QUIET)
        self.query_one("#tabs", Bar).items = tabs([(tab, _(label)) for tab, label in TABS.items()], self.tab)
        for tab in TABS:
            self.query_one(f"#{tab}").display = tab == self.tab
        self.query_one("#detail").display = self.tab == "compare"
        self.show_tab(self.view)
        if self.focused is None or not self.focused.display:
            self.set_focus(self.rest_focus())

    def show_tab(self, view: OpeningView) -> None:
        """Fill the tab that is open."""
        if self.tab == "candidates":
            table = candidates_table(self.people(view), view.interviews, self.opening)
            self.query_one("#candidates", Listing).fill_from(_without_ids(table), [c.id for c in view.candidates])
        elif self.tab == "panel":
            grid = panel_table(self.people(view), view.interviewers, view.interviews)
            self.query_one("#panel", Listing).fill_from(grid, [c.id for c in view.candidates if grid.rows])
        elif self.tab == "rubric":
            self.show_rubric(view)
        else:
            self.need_comparison()

    def show_rubric(self, view: OpeningView) -> None:
        """Write the rubric as it was pinned."""
        text = render(rubric_report(view.rubric, self.hall.language), width=max(self.size.width - 4, 40))
        self.query_one("#rubric", Page).write(safe(text, lines=True))

    def need_comparison(self) -> None:
        """Show the comparison; compute it unless it is up to date."""
        store, language = self.hall.store, self.hall.language
        if self.comparison is not None:
            self.show_comparison()
        else:
            self.query_one(f"#{self.tab}", Listing).fill((), (), empty=_("Computing …"))
        if self.fresh or store is None:
            return
        weights = self.weights()
        self.compute(lambda: self.compare(store, language, weights), self._compared)

    def compare(self, store: Store, language: str, weights: dict[str, float]) -> Comparison:
        """Compute the comparison; takes a while."""
        return compare_opening(
            store, self.hall.actor, self.opening, ScoringOptions(), language=language, weights=weights
        )

    def weights(self) -> dict[str, float]:
        """Return weights other than the rubric's."""
        return {}

    def _compared(self, comparison: Comparison) -> None:
        self.comparison, self.fresh = comparison, True
        if self.tab in {"compare", "interviewers"}:
            self.show_comparison()

    def show_comparison(self) -> None:
        """Show what was computed."""
        if self.tab == "interviewers" and self.comparison is not None and self.view is not None:
            self._interviewers(self.comparison, self.view)

    def _interviewers(self, comparison: Comparison, view: OpeningView) -> None:
        effects = {effect.interviewer: effect for effect in comparison.interviewers}
        names = distinct_names((each.id, each.name) for each in view.interviewers)
        heads = [
            Heads(_("Interviewer")),
            Heads(_("Submitted"), right=True),
            Heads(_("Rates")),
            Heads(_("{level} % interval").format(level=round(100 * comparison.level))),
            Heads(_("Ratings"), right=True),
        ]
        rows = []
        for each in view.interviewers:
            effect = effects.get(each.id)
            known = (
                (show(severity_word(effect)), show(Span(effect.interval, signed=True)), show(Number(effect.ratings, 0)))
                if effect
                else (safe("-"), safe("-"), safe("-"))
            )
            held = [interview for interview in view.interviews if interview.interviewer == each.id]
            rows.append(Row(each.id, (safe(names[each.id]), show(progress_word(held)), *known)))
        empty = _("Nobody interviews here yet.")
        self.query_one("#interviewers", Listing).fill(heads, rows, empty=empty)

    def on_resize(self) -> None:
        """Wrap the rubric anew."""
        if self.view is not None and self.tab == "rubric":
            self.show_rubric(self.view)

    def say_again(self) -> None:
        """Show all in the language of the moment; criteria are named by the comparison."""
        self.comparison, self.fresh = None, False
        super().say_again()

    def rest_focus(self) -> Widget | None:
        """Return the table of the tab, if it has one."""
        return self.query_one(f"#{self.tab}", Listing) if self.tab != "rubric" else None

    def offers(self, key: Key) -> bool:
        """Leave out what the tab has no use for."""
        what = key.id.removeprefix("opening-")
        if what.startswith("page"):
            return self.tab == "rubric"
        return what not in _OF_COMPARE or self.tab == "compare"

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave paging to the tables."""
        return super().check_action(action, parameters) and (action != "page" or self.tab == "rubric")

    def action_tab(self, tab: str) -> None:
        """Open a tab."""
        self.tab = tab
        self.attempt(self.show_all)
        self.say_footer()

    def action_next_tab(self, tabs_on: int) -> None:
        """Open the tab beside."""
        names = list(TABS)
        self.action_tab(names[(names.index(self.tab) + tabs_on) % len(names)])

    def action_open(self) -> None:
        """Open what is at the cursor."""
        if isinstance(self.focused, Listing):
            self.focused.action_choose()

    def action_page(self, pages: int) -> None:
        """Scroll the rubric."""
        self.query_one("#rubric", Page).page(pages)

    @on(Listing.Chosen, "#candidates")
    def _chosen_candidate(self, message: Listing.Chosen) -> None:
        self.hall.show_profile(self.opening, message.key)

    @on(Listing.Chosen, "#panel")
    def _chosen_interview(self, message: Listing.Chosen) -> None:
        if self.view is None or message.column < 1:
            self.hall.show_profile(self.opening, message.key)
            return
        interviewer = self.view.interviewers[message.column - 1]
        wanted = interview_id(self.opening, message.key, interviewer.id)
        if any(interview.id == wanted for interview in self.view.interviews):
            self.hall.show_interview(wanted)
        else:
            self.tell(_("No interview is planned there."))


def _without_ids(table: Table) -> Table:
    return Table(table.columns[1:], tuple(row[1:] for row in table.rows), empty=table.empty)
