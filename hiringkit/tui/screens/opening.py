"""An opening, with the comparison: sorted, blind, by intervals, and by other weights."""

from pathlib import Path

from attrs import evolve
from textual import on
from textual.widgets import Static

from hiringkit.actions.comparisons import hide_names
from hiringkit.domain.profile import Comparison, FitProfile
from hiringkit.files import create_file
from hiringkit.locale import _
from hiringkit.report.model import Notes, Number
from hiringkit.report.render.text import render
from hiringkit.report.values import show_cell, write_number
from hiringkit.report.views.comparison import candidate_remarks, comparison_report
from hiringkit.report.views.findings import finding_sentence
from hiringkit.report.words import join_names
from hiringkit.tui.dialogs.ask import Ask
from hiringkit.tui.keys import bindings
from hiringkit.tui.safe import safe
from hiringkit.tui.screens.tabbed import TabbedRoom
from hiringkit.tui.widgets.listing import Listing
from hiringkit.tui.widgets.standings import BOTH, NUMBERS, VIEWS, Facet, facets, rows

STEPS = 20
"""A weight is moved by one part in so many of all weight."""
WIDE = 120


class OpeningRoom(TabbedRoom):
    """One opening."""

    BINDINGS = bindings("opening")

    def __init__(self, opening: str, tab: str = "candidates") -> None:
        super().__init__(opening, tab)
        self.way = ""
        self.sorted_by = -1
        self.reversed = False
        self.what_if: dict[str, float] = {}
        self.facets: list[Facet] = []

    def shown(self) -> Comparison | None:
        """Return the comparison as it is shown: with names, or without."""
        if self.comparison is None or not self.nameless:
            return self.comparison
        return hide_names(self.comparison, self.labels)

    def show_comparison(self) -> None:
        """Fill the table of the comparison."""
        super().show_comparison()
        comparison = self.shown()
        if comparison is None or self.tab != "compare":
            return
        table = self.query_one("#compare", Listing)
        way = self.way or (BOTH if self.size.width >= WIDE else NUMBERS)
        self.facets = facets(comparison, way, self.size.width)
        empty = _("No candidate has a submitted scorecard yet. Hold an interview: panel, Enter.")
        self.sorted_by = self.sorted_by if self.sorted_by < len(self.facets) else -1
        table.fill(
            [facet.heads for facet in self.facets],
            rows(comparison, self.facets, self.sorted_by, reverse=self.reversed),
            empty=empty,
        )
        self.show_detail()

    def show_detail(self) -> None:
        """Say what the table has no room for: who cannot be told apart, gates, weights, what is left out."""
        comparison = self.shown()
        if comparison is None:
            return
        lines = [self._weights_line(comparison)]
        key = self.query_one("#compare", Listing).key
        profile = next((each for each in comparison.profiles if each.candidate == key), None)
        if profile is not None:
            lines.append(self._candidate_line(comparison, profile))
        if self.comparison is not None and not self.nameless:
            lines += [finding_sentence(f) for f in self.comparison.findings if f.code == "hidden-until-submitted"]
        self.query_one("#detail", Static).update(
            safe("\n".join(line for line in lines if line), lines=True), layout=False
        )

    def _candidate_line(self, comparison: Comparison, profile: FitProfile) -> str:
        names = {each.candidate: each.name or each.candidate for each in comparison.profiles}
        close = [names[other] for other in profile.rank.not_separable_from]
        apart = (
            _("cannot be told apart from {others}").format(others=join_names(close, self.hall.language))
            if close
            else _("told apart from all others")
        )
        remarks = candidate_remarks(profile, comparison)
        seen = _("interviewers {n}").format(n=profile.overall.interviewers)
        return "; ".join([f"{names[profile.candidate]}: {apart}", seen, *remarks])

    def _weights_line(self, comparison: Comparison) -> str:
        criterion = self.criterion()
        if not criterion:
            left = _("Left/Right goes to a criterion, o sorts, +/- tries other weights.")
            return left if not self.what_if else _("WHAT IF: other weights, not saved; 0 goes back.")
        name = comparison.criterion_names.get(criterion, criterion)
        before, now = self._share(criterion, {}), self._share(criterion, self.what_if)
        weight = _("{name}: weighs {share}").format(name=name, share=_percent(before))
        if not self.what_if:
            return weight
        return _("WHAT IF: {name} weighs {now} instead of {before}; not saved, 0 goes back.").format(
            name=name, now=_percent(now), before=_percent(before)
        )

    def criterion(self) -> str:
        """Return the criterion of the column at the cursor; empty where it shows none."""
        column = self.query_one("#compare", Listing).column
        return self.facets[column].criterion if 0 <= column < len(self.facets) else ""

    def _rubric_weights(self) -> dict[str, float]:
        return {c.id: c.weight for c in self.view.rubric.criteria} if self.view else {}

    def _share(self, criterion: str, changed: dict[str, float]) -> float:
        weights = self._rubric_weights() | changed
        return weights.get(criterion, 0.0) / (sum(weights.values()) or 1.0)

    def weights(self) -> dict[str, float]:
        """Return the weights that are tried."""
        return dict(self.what_if)

    def on_resize(self) -> None:
        """Lay the comparison out anew."""
        super().on_resize()
        if self.comparison is not None and self.tab == "compare":
            self.show_comparison()

    @on(Listing.Moved, "#compare")
    def _compare_moved(self) -> None:
        self.show_detail()

    @on(Listing.HeadClicked, "#compare")
    def _head_clicked(self, message: Listing.HeadClicked) -> None:
        self._sort_by(message.column)

    @on(Listing.Chosen, "#compare")
    def _chosen_profile(self, message: Listing.Chosen) -> None:
        labels = self.labels if self.nameless else {}
        found = next((identity for identity, label in labels.items() if label == message.key), message.key)
        self.hall.show_profile(self.opening, found)

    def action_sort(self) -> None:
        """Sort by the column at the cursor; once more returns to the order of ranks."""
        column = self.query_one("#compare", Listing).column
        self._sort_by(-1 if column == self.sorted_by else column)

    def _sort_by(self, column: int) -> None:
        self.sorted_by, self.reversed = column, False
        self.show_comparison()
        title = self.facets[column].heads.title if 0 <= column < len(self.facets) else _("Rank")
        self.tell(_("Sorted by: {column}").format(column=title))

    def action_reverse(self) -> None:
        """Turn the order round."""
        self.reversed = not self.reversed
        self.show_comparison()

    def action_view(self) -> None:
        """Show numbers, intervals, or both."""
        way = self.way or (BOTH if self.size.width >= WIDE else NUMBERS)
        self.way = VIEWS[(VIEWS.index(way) + 1) % len(VIEWS)]
        self.show_comparison()

    def action_weigh(self, steps: int) -> None:
        """Try another weight for the criterion at the cursor."""
        criterion = self.criterion()
        if self.tab != "compare" or not criterion:
            self.tell(_("Go to a criterion first, with Left and Right."))
            return
        rubric = self._rubric_weights()
        step = sum(rubric.values()) / STEPS
        weight = max(self.what_if.get(criterion, rubric[criterion]) + steps * step, 0.0)
        tried = self.what_if | {criterion: weight}
        if any((rubric | tried).values()):
            self.what_if = tried
            self.compute_again()

    def action_reset_weights(self) -> None:
        """Go back to the rubric's weights."""
        self.what_if = {}
        self.compute_again()

    def compute_again(self) -> None:
        """Compute with the weights of the moment; what is shown stays until that is done."""
        store, language, weights = self.hall.store, self.hall.language, self.weights()
        if store is not None and self.tab == "compare":
            self.compute(lambda: self.compare(store, language, weights), self._recompared)

    def _recompared(self, comparison: Comparison) -> None:
        self.comparison = comparison
        self.show_comparison()

    def action_write(self) -> None:
        """Write what is shown to a file."""
        comparison = self.shown()
        if comparison is None or self.tab != "compare":
            return
        name = f"{self.opening}-what-if.md" if self.what_if else f"{self.opening}.md"

        def answered(path: str | None) -> None:
            if path:
                self.attempt(lambda: self._write(Path(path).expanduser(), comparison))

        self.app.push_screen(Ask(_("Write the comparison to a Markdown file"), _("Which file?"), name), answered)

    def _write(self, path: Path, comparison: Comparison) -> None:
        report = comparison_report(comparison, self.hall.language)
        if self.what_if:
            tried = tuple(
                f"{comparison.criterion_names.get(criterion, criterion)}: {write_number(weight)}"
                for criterion, weight in self.what_if.items()
            )
            note = Notes(tried, _("What if: weights other than the rubric's"))
            report = evolve(report, blocks=(note, *report.blocks))
        create_file(path, render(report, "markdown", language=self.hall.language).encode())
        self.tell(_("written: {path}").format(path=path))


def _percent(share: float) -> str:
    return show_cell(Number(share, 0, percent=True))
