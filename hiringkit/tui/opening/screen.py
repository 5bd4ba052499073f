"""An opening and its tabs: candidates, panel, comparison, interviewers, rubric."""

from collections.abc import Callable
from pathlib import Path

from attrs import evolve
from textual import on
from textual.app import ComposeResult
from textual.widget import Widget
from textual.widgets import Static

from hiringkit.actions.comparisons import OpeningAgreement, agreement_of_opening, compare_opening
from hiringkit.actions.debriefs import debrief_opening
from hiringkit.actions.next_interviews import NextInterviews, next_interview
from hiringkit.actions.openings import OpeningView, show_opening
from hiringkit.actions.raters import RatedRaters, rate_raters
from hiringkit.actions.schedule import interview_id
from hiringkit.actions.scores import ScoringOptions
from hiringkit.domain.codes import Code
from hiringkit.domain.debrief import Debrief
from hiringkit.domain.profile import Comparison, FitProfile
from hiringkit.files import create_file
from hiringkit.locale import _, n_
from hiringkit.report.model import Notes, Number, Report, Span, Table, Tone, show_cell, write_number
from hiringkit.report.render.text import render
from hiringkit.report.views.agreement import agreement_report
from hiringkit.report.views.comparison import candidate_remarks, comparison_report
from hiringkit.report.views.debrief import debrief_report
from hiringkit.report.views.interview import progress_word
from hiringkit.report.views.opening import opening_state, panel_table
from hiringkit.report.views.people import candidates_table
from hiringkit.report.views.raters import raters_report
from hiringkit.report.views.rubric import rubric_report
from hiringkit.report.words import distinct_names, finding_sentence, join_names, not_ranked, severity_word
from hiringkit.tui.dialogs.ask import Ask
from hiringkit.tui.dialogs.choose import Choose
from hiringkit.tui.interview.screen import InterviewScreen
from hiringkit.tui.keys import Key, bindings
from hiringkit.tui.opening.decision import DecisionScreen
from hiringkit.tui.opening.panel import PanelEditing, coverage_line, slot_lines
from hiringkit.tui.opening.profile import ProfileScreen
from hiringkit.tui.opening.split import EVERYBODY, SplitScreen, split_line, splits, whose
from hiringkit.tui.opening.standings import CRITERIA, OVERALL, criteria_heads, criteria_rows, facets, rows
from hiringkit.tui.opening.state import OpeningState
from hiringkit.tui.report import ReportScreen
from hiringkit.tui.safe import safe, show
from hiringkit.tui.screen import AppScreen
from hiringkit.tui.session import TuiSession
from hiringkit.tui.widgets.bar import Bar, tabs
from hiringkit.tui.widgets.listing import Heads, Listing, ListRow
from hiringkit.tui.widgets.page import Page

TABS = {
    "candidates": n_("Candidates"),
    "panel": n_("Panel"),
    "compare": n_("Compare"),
    "interviewers": n_("Interviewers"),
    "rubric": n_("Rubric"),
    "debrief": n_("Debrief"),
}
PAGES = ("rubric", "debrief")
"""Tabs that are a text to be scrolled."""
LEADING = 3
"""Columns of Compare that stay where they are, where candidates are rows: name, rank, overall score."""
_OF_PANEL = ("plan", "reassign", "schedule", "whole-plan")
_OF_RANKING = ("sort", "reverse", "more", "less", "reset", "outlook")
"""What there is no use for where candidates are not ranked."""
_OF_COMPARE = ("sort", "reverse", "view", "more", "less", "reset", "save", "outlook")


class OpeningScreen(AppScreen):
    """One opening."""

    KEYS = "opening"
    BINDINGS = bindings("opening")

    def __init__(self, session: TuiSession, opening: str, tab: str = "candidates", interviewer: str = "") -> None:
        super().__init__(session)
        self.interviewer = interviewer
        """Where the cursor of Interviewers begins."""
        self.state = OpeningState(session, opening, tab)
        self.debrief: Debrief | None = None

    def body(self) -> ComposeResult:
        """Lay out the tabs and what each shows."""
        yield Bar(id="tabs")
        yield Listing(id="candidates")
        yield Listing(id="panel", columns=True)
        yield Listing(id="compare", columns=True, frozen_columns=LEADING)
        yield Static(id="slot")
        yield Static(id="detail")
        yield Listing(id="interviewers")
        yield Page(id="rubric")
        yield Listing(id="whose")
        yield Page(id="debrief")

    def load(self) -> None:
        """Read the opening; the comparison comes when it is looked at."""
        if store := self.session.store:
            self.state.read(show_opening(store, self.session.actor, self.state.opening))

    # showing

    def show_all(self) -> None:
        """Show the tab that is open."""
        view, tab = self.state.view, self.state.tab
        if view is None:
            return
        state = opening_state(view.opening)
        title = view.opening.title or view.opening.id
        progress = _("{done} scorecards").format(done=progress_word(view.interviews).text)
        hidden = _("names hidden") + "  " if self.state.nameless else ""
        self.head(title, f"{hidden}{progress}  {state.text}", Tone.QUIET)
        self.query_one("#tabs", Bar).items = tabs([(name, _(label)) for name, label in TABS.items()], tab)
        for name in TABS:
            self.query_one(f"#{name}").display = name == tab
        self.query_one("#detail").display = tab == "compare"
        self.query_one("#slot").display = tab == "panel"
        self.query_one("#whose").display = tab == "debrief"
        self._show_tab(view)
        if self.focused is None or not self.focused.display:
            self.set_focus(self.rest_focus())

    def _show_tab(self, view: OpeningView) -> None:
        if self.state.tab == "candidates":
            table = candidates_table(self.state.people, view.interviews, self.state.opening)
            self.query_one("#candidates", Listing).fill_from(_without_ids(table), [c.id for c in view.candidates])
        elif self.state.tab == "panel":
            grid = panel_table(self.state.people, self.state.panel, view.interviews, view.plan)
            self.query_one("#panel", Listing).fill_from(grid, [c.id for c in view.candidates if grid.rows])
            self.show_slot()
        elif self.state.tab == "rubric":
            self._show_rubric(view)
        elif self.state.tab == "debrief":
            self._need_debrief()
        else:
            self._need_comparison()

    def _show_rubric(self, view: OpeningView) -> None:
        """Write the rubric as it was pinned."""
        text = render(rubric_report(view.rubric, self.session.language), width=max(self.size.width - 4, 40))
        self.query_one("#rubric", Page).write(safe(text, lines=True))

    def _need_debrief(self) -> None:
        """Show what the panel has to talk about; compute it, as ratings may have come in."""
        store, actor, language = self.session.store, self.session.actor, self.session.language
        opening, blind, labels = self.state.opening, self.state.nameless, self.state.labels
        options = ScoringOptions()
        self.query_one("#debrief", Page).write(safe(_("Computing …")))
        if store is not None:
            self.compute(
                lambda: debrief_opening(
                    store, actor, opening, options, blind=blind, labels=labels if blind else None, language=language
                ),
                self._debriefed,
            )

    def _debriefed(self, debrief: Debrief) -> None:
        self.debrief = debrief
        self._show_debrief()

    def _show_debrief(self) -> None:
        """Show whom one can look at, and the debrief of whom the cursor is on."""
        if self.debrief is not None:
            table = self.query_one("#whose", Listing)
            table.fill(*whose(self.debrief, self.session.language))
            table.styles.height = min(len(table.rows) + 1, max(self.size.height // 3, 6))
            self._show_whose()

    @on(Listing.Moved, "#whose")
    def _show_whose(self) -> None:
        """Show the debrief of whom the cursor is on."""
        if self.debrief is not None:
            about = evolve(self.debrief, candidate=self._debriefed_candidate)
            report = debrief_report(about, self.session.language)
            text = render(report, width=max(self.size.width - 4, 40))
            self.query_one("#debrief", Page).write(safe(text, lines=True), top=True)

    @property
    def _debriefed_candidate(self) -> str | None:
        """The candidate at the cursor of Debrief; None where it is on all of them."""
        key = self.query_one("#whose", Listing).key
        return None if key in ("", EVERYBODY) else key

    def _need_comparison(self) -> None:
        """Show the comparison; compute it unless it is up to date."""
        if self.state.comparison is not None:
            self.show_comparison()
        else:
            self.query_one(f"#{self.state.tab}", Listing).fill((), (), empty=_("Computing …"))
        if not self.state.fresh:
            self._compute(self._compared)

    def _compute(self, then: Callable[[Comparison], None]) -> None:
        """Compute with the weights of the moment; what is shown stays until that is done."""
        store, actor, language = self.session.store, self.session.actor, self.session.language
        weights, opening = dict(self.state.what_if), self.state.opening
        if store is not None:
            self.compute(
                lambda: compare_opening(store, actor, opening, ScoringOptions(), language=language, weights=weights),
                then,
            )

    def _compared(self, comparison: Comparison) -> None:
        self.state.comparison, self.state.fresh = comparison, True
        if self.state.tab in {"compare", "interviewers"}:
            self.show_comparison()

    def show_comparison(self) -> None:
        """Show what was computed."""
        if self.state.comparison is None or self.state.view is None:
            return
        if self.state.tab == "interviewers":
            self._interviewers(self.state.comparison, self.state.view)
        elif self.state.tab == "compare" and (comparison := self.state.shown):
            self._standings(comparison)

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
        found = []
        for each in view.interviewers:
            effect = effects.get(each.id)
            known = (
                (show(severity_word(effect)), show(Span(effect.interval, signed=True)), show(Number(effect.ratings, 0)))
                if effect
                else (safe("-"), safe("-"), safe("-"))
            )
            held = [interview for interview in view.interviews if interview.interviewer == each.id]
            found.append(ListRow(each.id, (safe(names[each.id]), show(progress_word(held)), *known)))
        empty = _("Nobody interviews here yet.")
        table = self.query_one("#interviewers", Listing)
        table.fill(heads, found, empty=empty)
        if self.interviewer:
            table.row = next((n for n, row in enumerate(found) if row.key == self.interviewer), 0)
            self.interviewer = ""

    @property
    def _by_criteria(self) -> bool:
        """Whether criteria are the rows of Compare, and candidates its columns."""
        return self.state.way(self.size.width) == CRITERIA

    def _standings(self, comparison: Comparison) -> None:
        state, table = self.state, self.query_one("#compare", Listing)
        empty = _("No candidate has a submitted scorecard yet. Hold an interview: panel, Enter.")
        if self._by_criteria and comparison.profiles:
            state.columns, heads = [], criteria_heads(comparison)
            found = criteria_rows(comparison, state.sorted_by, reverse=state.reversed)
            table.frozen_columns = 1
        else:
            state.columns = facets(comparison, state.way(self.size.width), self.size.width)
            state.sorted_by = state.sorted_by if state.sorted_by < len(state.columns) else -1
            heads = [column.heads for column in state.columns]
            found = rows(comparison, state.columns, state.sorted_by, reverse=state.reversed)
            table.frozen_columns = LEADING if comparison.ranks else 1
        table.fill(heads, found, empty=empty)
        self.show_detail()

    def show_detail(self) -> None:
        """Say what the table has no room for: who cannot be told apart, gates, weights, what is left out."""
        comparison = self.state.shown
        if comparison is None:
            return
        outlook = self.state.outlook
        lines = [] if outlook and not self.criterion else [self._weights_line(comparison)]
        if not comparison.ranks:
            lines = [not_ranked()]
        profile = self._profile_at(comparison)
        if profile is not None:
            lines.append(self._candidate_line(comparison, profile))
        lines += outlook
        if self._by_criteria and not outlook:
            lines.append(_("* below the bar  ? open  2.0-5.0 split panel; Enter: the evidence"))
        if not self.state.nameless:
            lines += [finding_sentence(f) for f in comparison.findings if f.code == Code.HIDDEN_UNTIL_SUBMITTED]
        self.query_one("#detail", Static).update(
            safe("\n".join(line for line in lines if line), lines=True), layout=False
        )

    def _profile_at(self, comparison: Comparison) -> FitProfile | None:
        """Return the candidate at the cursor of Compare."""
        table = self.query_one("#compare", Listing)
        if self._by_criteria:
            at = max(table.column, 1) - 1
            return comparison.profiles[at] if at < len(comparison.profiles) else None
        return next((each for each in comparison.profiles if each.candidate == table.key), None)

    def _candidate_line(self, comparison: Comparison, profile: FitProfile) -> str:
        names = {each.candidate: each.name or each.candidate for each in comparison.profiles}
        seen = _("interviewers {n}").format(n=profile.overall.interviewers)
        remarks = candidate_remarks(profile, comparison)
        if not comparison.ranks:
            return "; ".join([f"{names[profile.candidate]}: {seen}", *remarks])
        close = [names[other] for other in profile.rank.not_separable_from]
        apart = (
            _("not surely ahead of or behind {others}").format(others=join_names(close, self.session.language))
            if close
            else _("told apart from all others")
        )
        return "; ".join([f"{names[profile.candidate]}: {apart}", seen, *remarks])

    def _weights_line(self, comparison: Comparison) -> str:
        criterion, what_if = self.criterion, self.state.what_if
        if not criterion:
            left = _("Left/Right goes to a criterion, o sorts, +/- tries other weights.")
            if self._by_criteria:
                left = _("Up/Down goes to a criterion, Left/Right to a candidate; +/- tries other weights.")
            return left if not what_if else _("WHAT IF: other weights, not saved; 0 goes back.")
        name = comparison.criterion_names.get(criterion, criterion)
        before, now = self.state.share(criterion, {}), self.state.share(criterion, what_if)
        if not what_if:
            return _("{name}: weighs {share}").format(name=name, share=_percent(before))
        return _("WHAT IF: {name} weighs {now} instead of {before}; not saved, 0 goes back.").format(
            name=name, now=_percent(now), before=_percent(before)
        )

    @property
    def criterion(self) -> str:
        """The criterion of the column at the cursor of Compare; empty where it shows none."""
        if self._by_criteria:
            key = self.query_one("#compare", Listing).key
            return "" if key == OVERALL else key
        column, columns = self.query_one("#compare", Listing).column, self.state.columns
        return columns[column].criterion if 0 <= column < len(columns) else ""

    def on_resize(self) -> None:
        """Wrap the rubric anew, or lay out the comparison anew."""
        if self.state.view is not None and self.state.tab == "rubric":
            self._show_rubric(self.state.view)
        elif self.state.tab == "debrief":
            self._show_debrief()
        elif self.state.tab == "compare":
            self.show_comparison()

    def show_again(self) -> None:
        """Show all in the language of the moment; criteria are named by the comparison."""
        self.state.comparison, self.state.fresh = None, False
        super().show_again()

    # keys

    def rest_focus(self) -> Widget | None:
        """Return the table of the tab, if it has one."""
        if self.state.tab == "debrief":
            return self.query_one("#whose", Listing)
        return self.query_one(f"#{self.state.tab}", Listing) if self.state.tab not in PAGES else None

    def offers(self, key: Key) -> bool:
        """Leave out what the tab has no use for."""
        what = key.id.removeprefix("opening-")
        if what.startswith("page"):
            return self.state.tab in PAGES
        if what in {"raters", "agreement"}:
            return self.state.tab == "interviewers"
        if what in _OF_PANEL:
            return self.state.tab == "panel" and (what == "plan" or self.state.has_plan)
        if what in _OF_RANKING and not self.state.is_ranked:
            return False
        return what not in _OF_COMPARE or self.state.tab == "compare"

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave paging to the tables."""
        return super().check_action(action, parameters) and (action != "page" or self.state.tab in PAGES)

    def action_tab(self, tab: str) -> None:
        """Open a tab."""
        self.state.tab = tab
        self.attempt(self.show_all)
        self.show_footer()

    def action_next_tab(self, tabs_on: int) -> None:
        """Open the tab beside."""
        names = list(TABS)
        self.action_tab(names[(names.index(self.state.tab) + tabs_on) % len(names)])

    def action_names(self) -> None:
        """Hide or show names."""
        self.state.toggle_names()
        self.attempt(self.show_all)

    def action_page(self, pages: int) -> None:
        """Scroll the text of the tab."""
        self.query_one(f"#{self.state.tab}", Page).page(pages)

    def action_decide(self) -> None:
        """Go to the decision."""
        self.app.push_screen(DecisionScreen(self.session, self.state.opening))

    def action_open(self) -> None:
        """Open what is at the cursor."""
        if self.state.tab == "debrief":
            self._open_evidence()
        elif isinstance(self.focused, Listing):
            self.focused.action_choose()

    def _open_evidence(self) -> None:
        """Show both ends of a disagreement, asking which where there are several; or what was heard of a candidate."""
        if (debrief := self.debrief) is None:
            return
        candidate = self._debriefed_candidate
        found = [each for each in splits(debrief) if candidate in (None, each[0].candidate)]

        def chosen(number: str | None) -> None:
            if number:
                self.app.push_screen(SplitScreen(self.session, debrief, found[int(number)]))

        if len(found) == 1:
            chosen("0")
        elif found:
            choices = [(str(number), split_line(debrief, each)) for number, each in enumerate(found)]
            self.app.push_screen(Choose(_("Which disagreement? The largest is first."), choices), chosen)
        elif candidate is not None:
            self._show_profile(self.state.candidate_of(candidate))
        else:
            self.tell(_("Nobody is far apart about anybody here."))

    @on(Listing.Chosen, "#whose")
    def _chosen_whose(self) -> None:
        self._open_evidence()

    @on(Listing.Chosen, "#candidates")
    def _chosen_candidate(self, message: Listing.Chosen) -> None:
        self._show_profile(message.key)

    @on(Listing.Chosen, "#compare")
    def _chosen_profile(self, message: Listing.Chosen) -> None:
        comparison = self.state.shown
        if comparison is None or not self._by_criteria:
            self._show_profile(self.state.candidate_of(message.key))
        elif (profile := self._profile_at(comparison)) is not None:
            self._show_profile(self.state.candidate_of(profile.candidate), self.criterion)

    @on(Listing.Chosen, "#panel")
    def _chosen_interview(self, message: Listing.Chosen) -> None:
        view = self.state.view
        if view is None or message.column < 1:
            self._show_profile(message.key)
            return
        interviewer = self.state.panel[message.column - 1]
        wanted = interview_id(self.state.opening, message.key, interviewer.id)
        if any(interview.id == wanted for interview in view.interviews):
            self.app.push_screen(InterviewScreen(self.session, wanted))
        else:
            self.tell(_("No interview is planned there."))

    @on(Listing.Moved, "#panel")
    def _panel_moved(self) -> None:
        self.show_slot()

    @property
    def _slot(self) -> tuple[str, str]:
        """The candidate and the interviewer at the cursor of Panel; empty where it is at none."""
        table = self.query_one("#panel", Listing)
        at = table.column - 1
        return table.key, self.state.panel[at].id if 0 <= at < len(self.state.panel) else ""

    def show_slot(self) -> None:
        """Say what is asked in the interview at the cursor of Panel, and what the plan covers."""
        view, language = self.state.view, self.session.language
        if view is not None:
            criteria = {each.id: each.name.in_language(language) for each in view.rubric.criteria}
            slot, *asked = [*slot_lines(view, *self._slot, self.state.labels, language)] or [""]
            lines = filter(None, (slot, coverage_line(view, criteria, language), *asked))
            self.query_one("#slot", Static).update(safe("\n".join(lines), lines=True), layout=False)

    def action_law(self) -> None:
        """Offer what laws ask for, about the candidate at the cursor too."""
        from hiringkit.tui.opening.law import LawPapers  # noqa: PLC0415 - the texts of laws: few look at them

        store, view = self.session.store, self.state.view
        if store is None or view is None:
            return
        key = self.query_one(f"#{self.state.tab}", Listing).key if self.state.tab in ("candidates", "panel") else ""
        candidate = next((each.id for each in view.candidates if each.id == key), "")
        LawPapers(self, store, view.opening.id, candidate, self.state.labels.get(candidate, "")).choose()

    def action_import_file(self) -> None:
        """Import another program's scorecards."""
        from hiringkit.tui.importing import ScorecardFile  # noqa: PLC0415 - readers of files: few need them

        store = self.session.store
        if store is not None:
            ScorecardFile(self, store, self.state.opening, self._planned).begin()

    def _edit_panel(self) -> PanelEditing | None:
        store, view = self.session.store, self.state.view
        if store is None or view is None or self.state.tab != "panel":
            return None
        return PanelEditing(self, store, view, self.state.labels, self._planned)

    def _planned(self, words: str) -> None:
        self.read_again()
        self.tell(words)

    def action_plan_panel(self) -> None:
        """Plan the panel, or plan it anew."""
        if editing := self._edit_panel():
            editing.plan()

    def action_schedule_panel(self) -> None:
        """Schedule what is planned."""
        if editing := self._edit_panel():
            editing.schedule()

    def action_reassign(self) -> None:
        """Let somebody else hold the interview at the cursor."""
        if editing := self._edit_panel():
            self.attempt(lambda: editing.reassign(*self._slot))

    def action_whole_plan(self) -> None:
        """Show the plan."""
        if editing := self._edit_panel():
            self.attempt(editing.show)

    def _show_profile(self, candidate: str, criterion: str = "") -> None:
        self.app.push_screen(ProfileScreen(self.session, self.state.opening, candidate, criterion))

    # Compare

    @on(Listing.Moved, "#compare")
    def _compare_moved(self) -> None:
        self.show_detail()

    @on(Listing.HeadClicked, "#compare")
    def _head_clicked(self, message: Listing.HeadClicked) -> None:
        if not self._refuses_order():
            self._sort_by(message.column)

    def action_sort(self) -> None:
        """Sort by the column at the cursor; once more returns to the order of ranks."""
        if self._refuses_order():
            return
        column = self.query_one("#compare", Listing).column
        self._sort_by(-1 if column == self.state.sorted_by else column)

    def _sort_by(self, column: int) -> None:
        self.state.sort_by(column)
        self.show_comparison()
        heads = self.query_one("#compare", Listing).heads
        usual = _("the rubric's order") if self._by_criteria else _("Rank")
        title = heads[column].title if 0 <= column < len(heads) else usual
        self.tell(_("Sorted by: {column}").format(column=title))

    def _refuses_order(self) -> bool:
        """Say that candidates are not ranked, where that is so."""
        if not self.state.is_ranked:
            self.tell(not_ranked())
        return not self.state.is_ranked

    def action_reverse(self) -> None:
        """Turn the order round."""
        if self._refuses_order():
            return
        self.state.reversed = not self.state.reversed
        self.show_comparison()

    def action_view(self) -> None:
        """Show numbers, intervals, or both."""
        self.state.next_view(self.size.width)
        self.show_comparison()

    def action_weigh(self, steps: int) -> None:
        """Try another weight for the criterion at the cursor."""
        if self._refuses_order():
            return
        if self.state.tab != "compare" or not self.criterion:
            self.tell(_("Go to a criterion first, with Left and Right."))
        elif self.state.weigh(self.criterion, steps):
            self._compute_again()

    def action_reset_weights(self) -> None:
        """Go back to the rubric's weights."""
        self.state.what_if = {}
        self._compute_again()

    def _compute_again(self) -> None:
        if self.state.tab == "compare":
            self._compute(self._recompared)

    def _recompared(self, comparison: Comparison) -> None:
        self.state.comparison = comparison
        self.show_comparison()

    def action_outlook(self) -> None:
        """Work out how firm the lead is and which further interview would tell most."""
        store, actor, opening = self.session.store, self.session.actor, self.state.opening
        if store is None or self.state.tab != "compare" or self._refuses_order():
            return
        weights, language = dict(self.state.what_if), self.session.language
        self.tell(_("Computing …"))

        def work() -> tuple[Comparison, NextInterviews]:
            options = ScoringOptions()
            comparison = compare_opening(
                store, actor, opening, options, language=language, weights=weights, robust=True
            )
            return comparison, next_interview(store, actor, opening)

        self.compute(work, self._looked_ahead)

    def _looked_ahead(self, found: tuple[Comparison, NextInterviews]) -> None:
        self.state.comparison, self.state.further = found
        self.show_comparison()
        told = len(self.state.outlook) > 0
        self.tell("" if told else _("The ratings tell neither how firm the lead is nor what an interview would add."))

    def action_raters(self) -> None:
        """Show how interviewers rate beside each other."""
        store, actor, opening = self.session.store, self.session.actor, self.state.opening
        if store is not None and self.state.tab == "interviewers":
            self.compute(lambda: rate_raters(store, actor, opening, ScoringOptions()), self._measured)

    def _measured(self, found: RatedRaters) -> None:
        def report(language: str) -> Report:
            return raters_report(found.raters, found.criterion_names(language), language)

        self.app.push_screen(ReportScreen(self.session, report))

    def action_agreement(self) -> None:
        """Show how far interviewers agree."""
        store, actor, opening = self.session.store, self.session.actor, self.state.opening
        if store is not None and self.state.tab == "interviewers":
            self.compute(lambda: agreement_of_opening(store, actor, opening, ScoringOptions()), self._agreed)

    def _agreed(self, found: OpeningAgreement) -> None:
        def report(language: str) -> Report:
            return agreement_report(found.agreement, found.criterion_names(language))

        self.app.push_screen(ReportScreen(self.session, report))

    def action_write(self) -> None:
        """Write what is shown to a file."""
        comparison, opening = self.state.shown, self.state.opening
        if comparison is None or self.state.tab != "compare":
            return
        name = f"{opening}-what-if.md" if self.state.what_if else f"{opening}.md"

        def answered(path: str | None) -> None:
            if path:
                self.attempt(lambda: self._write(Path(path).expanduser(), comparison))

        self.app.push_screen(Ask(_("Write the comparison to a Markdown file"), _("Which file?"), name), answered)

    def _write(self, path: Path, comparison: Comparison) -> None:
        report = comparison_report(comparison, self.session.language)
        if self.state.what_if:
            tried = tuple(
                f"{comparison.criterion_names.get(criterion, criterion)}: {write_number(weight)}"
                for criterion, weight in self.state.what_if.items()
            )
            note = Notes(tried, _("What if: weights other than the rubric's"))
            report = evolve(report, blocks=(note, *report.blocks))
        create_file(path, render(report, "markdown", language=self.session.language).encode())
        self.tell(_("written: {path}").format(path=path))


def _without_ids(table: Table) -> Table:
    return Table(table.columns[1:], tuple(row[1:] for row in table.rows), empty=table.empty)


def _percent(share: float) -> str:
    return show_cell(Number(share, 0, percent=True))
