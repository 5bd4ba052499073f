"""What an opening's screen knows and how Compare shows it: order, columns, other weights, hidden names."""

from attrs import define, field

from hiringkit.actions.comparisons import hide_names, hide_people
from hiringkit.actions.next_interviews import NextInterviews
from hiringkit.actions.openings import OpeningView
from hiringkit.domain.people import Candidate, Interviewer
from hiringkit.domain.profile import Comparison
from hiringkit.report.views.next_interview import next_line
from hiringkit.report.views.robustness import robustness_line
from hiringkit.tui.opening.standings import BOTH, CRITERIA, FEW, NUMBERS, VIEWS, Facet
from hiringkit.tui.session import TuiSession

STEPS = 20
"""A weight is moved by one part in so many of all weight."""
WIDE = 120


@define(eq=False)
class OpeningState:
    """One opening on the screen."""

    session: TuiSession
    opening: str
    tab: str = "candidates"
    view: OpeningView | None = None
    comparison: Comparison | None = None
    fresh: bool = False
    """Whether the comparison is of what was read last."""
    columns: list[Facet] = field(factory=list)
    """What Compare shows."""
    chosen_view: str = ""
    """One of `VIEWS`; empty takes what the width allows."""
    sorted_by: int = -1
    """A column of Compare; -1 is the order of the comparison."""
    reversed: bool = False
    further: NextInterviews | None = None
    """Which further interview would tell most, once that was asked."""
    what_if: dict[str, float] = field(factory=dict)
    """Weights that are tried instead of the rubric's; never saved."""

    @property
    def is_ranked(self) -> bool:
        """Whether candidates are put in an order."""
        return self.view is None or self.view.is_ranked

    @property
    def panel(self) -> tuple[Interviewer, ...]:
        """Who interviews, or is to by the panel plan: the columns of Panel."""
        return (*self.view.interviewers, *self.view.planned) if self.view else ()

    @property
    def has_plan(self) -> bool:
        """Whether there is a panel plan."""
        return self.view is not None and self.view.plan is not None

    # hidden names

    @property
    def nameless(self) -> bool:
        """Whether names are hidden."""
        return self.opening in self.session.masks

    @property
    def labels(self) -> dict[str, str]:
        """What stands for names: they themselves, or numbers."""
        candidates = self.view.candidates if self.view else ()
        return {each.id: self.session.name_of(self.opening, each.id, each.name) for each in candidates}

    @property
    def people(self) -> tuple[Candidate, ...]:
        """The candidates as they are shown."""
        if self.view is None:
            return ()
        return hide_people(self.view.candidates, self.labels) if self.nameless else self.view.candidates

    @property
    def shown(self) -> Comparison | None:
        """The comparison as it is shown: with names, or without."""
        if self.comparison is None or not self.nameless:
            return self.comparison
        return hide_names(self.comparison, self.labels)

    @property
    def outlook(self) -> list[str]:
        """How firm the lead is and which interview would tell most, a line each; nothing before that was asked."""
        comparison = self.shown
        if comparison is None or comparison.robustness is None:
            return []
        lines = [robustness_line(comparison, self.session.language)]
        if self.further is not None and not self.what_if:
            found = self.further
            lines.append(next_line(found.found, found.candidates | self.labels, found.interviewers))
        return [line for line in lines if line]

    def candidate_of(self, key: str) -> str:
        """Return the candidate that a row of Compare stands for."""
        labels = self.labels if self.nameless else {}
        return next((identity for identity, label in labels.items() if label == key), key)

    def read(self, view: OpeningView) -> None:
        """Take note of the opening as it is now."""
        self.view, self.fresh, self.further = view, False, None
        if self.nameless:
            self._number()

    def toggle_names(self) -> None:
        """Hide or show names."""
        if self.nameless:
            del self.session.masks[self.opening]
        else:
            self._number()

    def _number(self) -> None:
        """Let numbers in the order of adding, which say nothing of rank, stand for names."""
        candidates = self.view.candidates if self.view else ()
        self.session.masks[self.opening] = {each.id: n for n, each in enumerate(candidates, 1)}

    # order and columns

    def way(self, width: int) -> str:
        """Return which of `VIEWS` is shown at a width."""
        few = self.comparison is not None and len(self.comparison.profiles) <= FEW
        return self.chosen_view or (CRITERIA if few else BOTH if width >= WIDE else NUMBERS)

    def next_view(self, width: int) -> None:
        """Go to the next of `VIEWS`."""
        self.chosen_view = VIEWS[(VIEWS.index(self.way(width)) + 1) % len(VIEWS)]

    def sort_by(self, column: int) -> None:
        """Sort by a column, from its natural end; -1 returns to the order of the comparison."""
        self.sorted_by, self.reversed = column, False

    # other weights

    @property
    def rubric_weights(self) -> dict[str, float]:
        """The rubric's weights by criterion."""
        return {c.id: c.weight for c in self.view.rubric.criteria} if self.view else {}

    def share(self, criterion: str, changed: dict[str, float]) -> float:
        """Return a criterion's share of all weight, with some weights changed."""
        weights = self.rubric_weights | changed
        return weights.get(criterion, 0.0) / (sum(weights.values()) or 1.0)

    def weigh(self, criterion: str, steps: int) -> bool:
        """Try another weight for a criterion; False if that would leave nothing with any weight."""
        rubric = self.rubric_weights
        weight = self.what_if.get(criterion, rubric[criterion]) + steps * sum(rubric.values()) / STEPS
        tried = self.what_if | {criterion: max(weight, 0.0)}
        if not any((rubric | tried).values()):
            return False
        self.what_if = tried
        return True
