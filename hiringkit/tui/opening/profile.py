"""A candidate's fit profile: strengths and gaps, and the evidence behind each number."""

from collections.abc import Iterator
from itertools import groupby

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from hiringkit.actions.comparisons import hide_names, profile_candidate
from hiringkit.actions.evidence import CriterionEvidence, evidence_behind
from hiringkit.actions.scores import ScoringOptions
from hiringkit.domain.profile import Comparison, CriterionScore, FitProfile
from hiringkit.locale import _
from hiringkit.report.model import Number, Span, Tone, show_cell
from hiringkit.report.views.comparison import candidate_remarks, gates_word, rank_word, shared_places
from hiringkit.report.views.profile import find_profile, is_strength
from hiringkit.report.words import bar_word, distinct_names, join_names, not_ranked, policy_word
from hiringkit.tui.keys import bindings
from hiringkit.tui.opening.standings import PLOT, plot_line, scale_ruler
from hiringkit.tui.safe import safe, show
from hiringkit.tui.screen import AppScreen
from hiringkit.tui.session import TuiSession
from hiringkit.tui.widgets.fields import value_sign
from hiringkit.tui.widgets.kit import Kit
from hiringkit.tui.widgets.listing import Heads, Listing, ListRow
from hiringkit.tui.widgets.page import Page

WIDE = 140
_Found = tuple[Comparison, tuple[CriterionEvidence, ...]]


class ProfileScreen(AppScreen):
    """One candidate."""

    KEYS = "profile"
    BINDINGS = bindings("profile")

    def __init__(self, session: TuiSession, opening: str, candidate: str, criterion: str = "") -> None:
        super().__init__(session)
        self.opening, self.candidate = opening, candidate
        self.criterion = criterion
        """Where the cursor begins."""
        self.comparison: Comparison | None = None
        self.profile: FitProfile | None = None
        self.grounds: tuple[CriterionEvidence, ...] = ()

    def body(self) -> ComposeResult:
        """Lay out a summary, the criteria and the evidence."""
        yield Static(id="summary")
        with Horizontal(id="columns"):
            yield Kit(id="criteria")
            yield Page(id="grounds")

    def load(self) -> None:
        """Compute the profile."""
        store, actor, language = self.session.store, self.session.actor, self.session.language
        self.profile = None
        if store is None:
            return

        def work() -> _Found:
            compared = profile_candidate(
                store, actor, self.opening, self.candidate, ScoringOptions(), language=language
            )
            return compared, evidence_behind(store, actor, self.opening, self.candidate)

        self.compute(work, self._found)

    def _found(self, found: _Found) -> None:
        self.attempt(lambda: self._take(*found))

    def _take(self, comparison: Comparison, grounds: tuple[CriterionEvidence, ...]) -> None:
        at = comparison.profiles.index(find_profile(comparison, self.candidate))
        if self.opening in self.session.masks:
            name_of = self.session.name_of
            labels = {p.candidate: name_of(self.opening, p.candidate, p.name) for p in comparison.profiles}
            comparison = hide_names(comparison, labels)
        self.comparison, self.profile, self.grounds = comparison, comparison.profiles[at], grounds
        self.show_all()

    def show_again(self) -> None:
        """Compute anew: the comparison names the criteria in one language."""
        self.read_again()

    def show_all(self) -> None:
        """Show summary, criteria and evidence."""
        if self.profile is None or self.comparison is None:
            self.head(_("Profile"), _("computing …"), Tone.QUIET)
            return
        comparison, profile = self.comparison, self.profile
        self.head(profile.name, _("Profile"), Tone.QUIET)
        self.query_one("#summary", Static).update(Content("\n").join(self._summary(comparison, profile)))
        self._criteria(comparison, profile)
        self.set_focus(self.rest_focus())
        self._grounds(top=True)

    def _summary(self, comparison: Comparison, profile: FitProfile) -> Iterator[Content]:
        overall = profile.overall
        rank = rank_word(profile.rank.position, shared_places(comparison)).text
        if not comparison.ranks:
            gates = _("Gates: {gates}").format(gates=gates_word(profile).text)
            yield safe(f"{not_ranked()} {gates}", "bold")
            yield from self._remarks(comparison, profile)
            return
        figures = _("Overall {score} ({interval}), rank {rank} of {n}, gates: {gates}, policy: {word}")
        yield safe(
            figures.format(
                score=show_cell(Number(overall.score, 2)),
                interval=show_cell(Span(overall.interval)),
                rank=rank,
                n=len(comparison.profiles),
                gates=gates_word(profile).text,
                word=policy_word(profile.recommendation).text,
            ),
            "bold",
        )
        names = distinct_names((p.candidate, p.name) for p in comparison.profiles)
        close = [names.get(other, other) for other in profile.rank.not_separable_from]
        if close:
            words = _("Not surely ahead of or behind {others}.")
            yield safe(words.format(others=join_names(close, self.session.language)))
        yield from self._remarks(comparison, profile)

    def _remarks(self, comparison: Comparison, profile: FitProfile) -> Iterator[Content]:
        if remarks := candidate_remarks(profile, comparison):
            yield safe("; ".join(remarks), Tone.CAUTION)

    def _criteria(self, comparison: Comparison, profile: FitProfile) -> None:
        scale = comparison.scale
        wide = self.size.width >= WIDE
        ruler = [Heads(scale_ruler(scale.low, scale.high, PLOT), PLOT, ruler=True)] if wide else []
        heads = [Heads("", 2), Heads(_("Criterion")), Heads(_("Score"), 5, right=True), *ruler, Heads(_("Bar"))]
        rows = []
        for score in profile.criteria:
            plot = [Content(plot_line(score.score, score.interval, scale.low, scale.high, PLOT))] if wide else []
            name = comparison.criterion_names.get(score.criterion, score.criterion)
            bar = show(bar_word(score.state, score.above_bar))
            cells = (self._sign(comparison, score), safe(name), show(Number(score.score, 2)), *plot, bar)
            rows.append(ListRow(score.criterion, cells))
        table = self.query_one("#criteria", Listing)
        table.fill(heads, rows)
        if self.criterion:
            table.row = next((n for n, row in enumerate(rows) if row.key == self.criterion), 0)
            self.criterion = ""

    def _sign(self, comparison: Comparison, score: CriterionScore) -> Content:
        ground = next((each for each in self.grounds if each.criterion.id == score.criterion), None)
        sign = Content(" ")
        if score.below_bar:
            sign = safe("-", Tone.BAD)
        elif is_strength(comparison, score):
            sign = safe("+", Tone.GOOD)
        apart = safe("!", Tone.CAUTION) if ground is not None and ground.disagreement else Content(" ")
        return Content.assemble(sign, apart)

    def _grounds(self, *, top: bool) -> None:
        key = self.query_one("#criteria", Listing).key
        ground = next((each for each in self.grounds if each.criterion.id == key), None)
        if ground is not None:
            self.query_one("#grounds", Page).write(Content("\n").join(self._evidence(ground)), top=top)

    def _evidence(self, ground: CriterionEvidence) -> Iterator[Content]:
        language = self.session.language
        yield safe(ground.criterion.name.in_language(language), "bold")
        yield safe(ground.criterion.definition.in_language(language), Tone.QUIET)
        if ground.disagreement:
            yield safe(_("! The interviewers disagree: talk about this one."), Tone.CAUTION)
        if not ground.statements:
            yield safe(_("Nobody has rated this yet."))
        names = distinct_names({each.interviewer.id: each.interviewer.name for each in ground.statements}.items())
        for identity, statements in groupby(ground.statements, key=lambda each: each.interviewer.id):
            yield Content("")
            mean = show_cell(Number(ground.means.get(identity), 1))
            yield safe(_("{name}, mean {mean}").format(name=names[identity], mean=mean), "bold")
            for statement in statements:
                sign = value_sign(statement.value)
                asked = (statement.title or statement.text).in_language(language)
                yield Content.assemble(safe(f"[{sign}]", "bold"), " ", safe(asked, Tone.QUIET))
                if statement.evidence:
                    yield safe(statement.evidence, lines=True)
                else:
                    yield safe(_("(no evidence written)"), Tone.QUIET)

    def on_resize(self) -> None:
        """Lay out anew."""
        if self.profile is not None:
            self.show_all()

    def rest_focus(self) -> Widget | None:
        """Return the criteria."""
        return self.query_one("#criteria", Listing)

    @on(Listing.Moved, "#criteria")
    def _moved(self) -> None:
        self._grounds(top=True)

    def action_move(self, criteria: int) -> None:
        """Go to another criterion."""
        self.query_one("#criteria", Listing).row += criteria

    def action_page(self, pages: int) -> None:
        """Scroll the evidence."""
        self.query_one("#grounds", Page).page(pages)
