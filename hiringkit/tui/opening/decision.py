"""A decision: votes on each criterion, silent until they are revealed, and what was decided in the end."""

from collections.abc import Callable, Iterator

from attrs import evolve
from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget

from hiringkit.actions import closings, decisions, votes
from hiringkit.actions.closings import Choice, overridden
from hiringkit.actions.decision_steps import Excusable
from hiringkit.actions.votes import ABSTAIN
from hiringkit.domain.decision import Ballot, DecisionState, DecisionView, VotingStage
from hiringkit.domain.level import LevelNumber, read_level, write_level
from hiringkit.errors import NotFound, UsageProblem
from hiringkit.locale import _, say
from hiringkit.report.model import Number, Tone, show_cell
from hiringkit.report.views.decision import (
    DecisionPage,
    decision_page,
    memo_report,
    override_words,
    stage_word,
    state_word,
)
from hiringkit.report.words import not_ranked
from hiringkit.store.store import Store
from hiringkit.text.sentence import Sentence
from hiringkit.tui.dialogs.ask import Ask
from hiringkit.tui.dialogs.choose import Choose
from hiringkit.tui.dialogs.confirm import Confirm
from hiringkit.tui.keys import Key, bindings
from hiringkit.tui.report import ReportScreen
from hiringkit.tui.safe import safe, show
from hiringkit.tui.screen import AppScreen
from hiringkit.tui.session import TuiSession
from hiringkit.tui.widgets.listing import Heads, Listing, ListRow
from hiringkit.tui.widgets.page import Page

LEADING = 3
"""Columns before those of the candidates: criterion, weight, stage."""
RESULT = "="
"""The row of what the votes come to."""
NOBODY = "-"
NO_PERCENTAGE = Sentence("{text!r} is no percentage, such as 20")
_FOR_VOTERS = ("level", "type", "abstain", "seal", "keep")


class DecisionScreen(AppScreen):
    """The decision on one opening."""

    KEYS = "decision"
    BINDINGS = bindings("decision")

    def __init__(self, session: TuiSession, opening: str) -> None:
        super().__init__(session)
        self.opening = opening
        self.view: DecisionView | None = None
        self.known = False
        """Whether it is known if there is a decision."""
        self.drafts: dict[str, dict[str, str]] = {}
        """Levels that are not cast yet, by criterion and candidate."""
        self.said: dict[str, str] = {}
        """What was typed for a closing, so that nothing has to be typed twice."""
        self.done = ""
        """What was done last, to be told once it shows."""

    def body(self) -> ComposeResult:
        """Lay out the criteria, and what is known of the one at the cursor."""
        yield Listing(id="items", columns=True, frozen_columns=1)
        yield Page(id="about")

    def load(self) -> None:
        """Read the decision."""
        store, actor, opening = self.session.store, self.session.actor, self.opening
        if store is None:
            return

        def work() -> DecisionView | None:
            try:
                return decisions.show_decision(store, actor, opening)
            except NotFound:
                return None

        self.compute(work, self._take)

    def _take(self, view: DecisionView | None) -> None:
        self.view, self.known = view and self._unnamed(view), True
        self.show_all()
        self.show_footer()
        if self.done:
            self.tell(self.done)
            self.done = ""

    def _unnamed(self, view: DecisionView) -> DecisionView:
        """Return a decision with labels for candidates whose names are hidden."""
        name_of = self.session.name_of
        people = (evolve(each, name=name_of(self.opening, each.id, each.name)) for each in view.candidates)
        return evolve(view, candidates=tuple(people))

    # showing

    def show_all(self) -> None:
        """Show the criteria with the votes that may be seen."""
        if self.view is None:
            self.head(_("Decision"), "" if self.known else _("computing …"), Tone.QUIET)
            empty = _("No decision has been opened. D opens one: weights, voters and candidates are fixed then.")
            self.query_one("#items", Listing).fill((), (), empty=empty if self.known else "")
            self.query_one("#about", Page).write(Content(""))
            return
        page = decision_page(self.view, self.session.language)
        decision = page.decision
        title = self.view.opening.title or self.view.opening.id
        self.head(_("Decision: {opening}").format(opening=title), state_word(decision.state).text, Tone.QUIET)
        heads = [
            Heads(_("Criterion")),
            Heads(_("Weight"), right=True),
            Heads(_("Stage")),
            *(Heads(page.candidates[each], right=True) for each in decision.candidates),
        ]
        rows = [self._row(page, each.id, each.weight) for each in decision.criteria]
        if page.is_ranked and (decision.is_settled or decision.closing):
            rows.append(self._result(page))
        table = self.query_one("#items", Listing)
        table.fill(heads, rows)
        table.column = max(table.column, LEADING)
        table.styles.height = min(len(rows) + table.head_height, max(self.size.height // 2, 8))
        if self.focused is None:
            self.set_focus(table)
        self._about()

    def _row(self, page: DecisionPage, criterion: str, weight: float) -> ListRow:
        stage = stage_word(page.decision.stage(criterion))
        cells = (self._cell(page, criterion, each) for each in page.decision.candidates)
        leading = safe(page.criteria[criterion]), show(Number(weight, 0, percent=True)), show(stage)
        return ListRow(criterion, (*leading, *cells))

    def _cell(self, page: DecisionPage, criterion: str, candidate: str) -> Content:
        decision = page.decision
        parts = []
        if decision.revealed(criterion):
            parts.append(show(Number(decision.mean(criterion, candidate), 2)))
        draft = self.drafts.get(criterion, {}).get(candidate)
        ballot = self._own(criterion)
        if draft is not None:
            parts.append(safe(f"{_sign(draft)}*", Tone.CAUTION))
        elif ballot is not None and decision.is_sealed(ballot) and candidate in ballot.levels:
            parts.append(safe(f"[{_written(ballot.levels[candidate])}]", "bold"))
        return Content(" ").join(parts) if parts else safe("-", Tone.QUIET)

    def _result(self, page: DecisionPage) -> ListRow:
        scores = (show(Number(page.score(each), 2)) for each in page.decision.candidates)
        return ListRow(RESULT, (safe(_("What the votes come to"), "bold"), Content(""), Content(""), *scores))

    def _own(self, criterion: str) -> Ballot | None:
        """Return the viewer's ballot of the round that is open."""
        if self.view is None or self.view.viewer is None:
            return None
        decision = self.view.decision
        return decision.ballot(criterion, decision.revealed(criterion) + 1, self.view.viewer)

    @property
    def criterion(self) -> str:
        """The criterion at the cursor; empty where there is none."""
        key = self.query_one("#items", Listing).key
        return "" if key == RESULT else key

    @property
    def candidate(self) -> str:
        """The candidate at the cursor; empty where there is none."""
        place = self.query_one("#items", Listing).column - LEADING
        candidates = self.view.decision.candidates if self.view else ()
        return candidates[place] if 0 <= place < len(candidates) else ""

    def _about(self) -> None:
        if self.view is not None:
            page = decision_page(self.view, self.session.language)
            self.query_one("#about", Page).write(Content("\n").join(self._lines(page)), top=True)

    def _lines(self, page: DecisionPage) -> Iterator[Content]:
        """Say what is known of the criterion at the cursor, or of the whole."""
        decision, criterion = page.decision, self.criterion
        if not criterion:
            yield from _comparison_lines(page)
            return
        yield safe(page.criteria[criterion], "bold")
        found = next((each for each in self.view.rubric.criteria if each.id == criterion), None) if self.view else None
        words = found.definition.in_language(self.session.language) if found else ""
        yield safe(words or _("Holistic judgement: the candidate as a whole."), Tone.QUIET)
        if not decision.revealed(criterion):
            yield safe(_("Nothing is revealed yet."))
        for candidate in decision.candidates if decision.revealed(criterion) else ():
            yield safe(f"{page.candidates[candidate]}: {_votes(page, criterion, candidate)}")
        for round_ in range(1, decision.revealed(criterion) + 1):
            for ballot in decision.cast(criterion, round_):
                if ballot.reason:
                    yield safe(f"{page.voters[ballot.voter]}: {ballot.reason}", lines=True)
        for note in decision.notes:
            if note.criterion == criterion:
                yield safe(_("Note: {text}").format(text=note.text), lines=True)

    def rest_focus(self) -> Widget | None:
        """Return the criteria."""
        return self.query_one("#items", Listing)

    def on_resize(self) -> None:
        """Lay out anew."""
        if self.known:
            self.show_all()

    @on(Listing.Moved, "#items")
    def _moved(self) -> None:
        self._about()
        self.show_footer()

    # keys

    def offers(self, key: Key) -> bool:
        """Leave out what there is no use for now."""
        what = key.id.removeprefix("decision-").partition("-")[0]
        if not self.known or key.screen != self.KEYS:
            return key.screen != self.KEYS
        if self.view is None:
            return what == "decide"
        decision = self.view.decision
        if decision.state is not DecisionState.OPEN:
            return what in {"memo", "page"}
        stage = decision.stage(self.criterion) if self.criterion else VotingStage.SETTLED
        if what in _FOR_VOTERS:
            votes = self.view.viewer in decision.voters and stage is not VotingStage.SETTLED
            return votes and (what != "keep" or stage is VotingStage.REVOTING)
        if what in {"reveal", "note"}:
            return bool(self.criterion) and (stage is not VotingStage.SETTLED or what == "note")
        return what != "decide" or self.view.viewer is None

    def action_page(self, pages: int) -> None:
        """Scroll what is known of the criterion."""
        self.query_one("#about", Page).page(pages)

    def action_level(self, text: str) -> None:
        """Give the candidate at the cursor a level; it is a draft until it is sealed."""
        self.attempt(lambda: self._draft(text))

    def _draft(self, text: str) -> None:
        view, criterion, candidate = self.view, self.criterion, self.candidate
        if view is None or not criterion or not candidate or view.viewer not in view.decision.voters:
            return
        if view.decision.stage(criterion) is VotingStage.SETTLED:
            return
        scale = view.rubric.scale.values
        level = None if text == ABSTAIN else read_level(text, scale)
        if level is None and text != ABSTAIN:
            hint = votes.NO_LEVEL_HINT.format(levels=", ".join(map(write_level, scale)))
            raise UsageProblem(votes.NO_LEVEL.format(text=text), hint=hint)
        self.drafts.setdefault(criterion, {})[candidate] = ABSTAIN if level is None else write_level(level)
        self.show_all()

    def action_type(self) -> None:
        """Ask for a level."""
        if self.view is None or not self.criterion or not self.candidate:
            return
        name = decision_page(self.view, self.session.language).candidates[self.candidate]

        def answered(text: str | None) -> None:
            if text:
                self.action_level(text)

        self.app.push_screen(Ask(name, _("A level, or abstain")), answered)

    def action_seal(self) -> None:
        """Cast the vote on the criterion at the cursor."""
        if drafts := self.drafts.get(self.criterion):
            self._cast(self.criterion, dict(drafts))
        else:
            self.tell(_("Give a level first."))

    def action_keep(self) -> None:
        """Keep the votes of the round before."""
        if self.criterion:
            self._cast(self.criterion, {})

    def _cast(self, criterion: str, levels: dict[str, str]) -> None:
        view, store, actor = self.view, self.session.store, self.session.actor
        if view is None or store is None:
            return
        held = self._own(criterion)
        seen = held.revision if held else 0
        first = view.decision.stage(criterion) is VotingStage.VOTING

        def cast(exception: str) -> None:
            if first:
                votes.vote(store, actor, self.opening, criterion, levels, replacing=seen)
            else:
                votes.revote(store, actor, self.opening, criterion, levels, replacing=seen, exception=exception)
            self.drafts.pop(criterion, None)
            self._done(_("Cast and sealed."))

        self._or_exception(cast)

    def _done(self, words: str) -> None:
        self.done = words
        self.read_again()

    def _or_exception(self, step: Callable[[str], object]) -> None:
        """Do something; where only an exception allows it, ask why and do it then."""

        def answered(why: str | None) -> None:
            if why:
                self.attempt(lambda: step(why))

        def attempt() -> None:
            try:
                step("")
            except Excusable as refused:
                question = _("Why do it all the same? It is recorded as an exception.")
                self.app.push_screen(Ask(say(refused.message), question), answered)

        self.attempt(attempt)

    def action_reveal(self) -> None:
        """Reveal the votes on the criterion at the cursor."""
        view, store, actor, criterion = self.view, self.session.store, self.session.actor, self.criterion
        if view is None or store is None or not criterion:
            return
        revision = view.decision.revision

        def step(exception: str) -> None:
            votes.reveal(store, actor, self.opening, criterion, exception=exception, revision=revision)
            self._done(_("Revealed."))

        self._or_exception(step)

    def action_note(self) -> None:
        """Ask for a note of the discussion."""
        store, actor, criterion = self.session.store, self.session.actor, self.criterion
        if self.view is None or store is None or not criterion:
            return

        def answered(text: str | None) -> None:
            if text:
                self.attempt(lambda: votes.note(store, actor, self.opening, criterion, text))
                self.read_again()

        name = decision_page(self.view, self.session.language).criteria[criterion]
        self.app.push_screen(Ask(name, _("What was said about it?")), answered)

    def action_decide(self) -> None:
        """Open a decision, or record what was decided."""
        store = self.session.store
        if store is not None and self.known:
            if self.view is None:
                self._ask_share(store)
            elif self.view.viewer is None and self.view.decision.state is DecisionState.OPEN:
                self._ask_choice(store, self.view)

    def _ask_share(self, store: Store) -> None:
        """Ask how much holistic judgement weighs, and open a decision."""

        def answered(text: str | None) -> None:
            if text is not None:
                self._or_exception(lambda exception: self._open(store, text, exception))

        question = _("How many per cent does holistic judgement weigh, voted on last? 0 to 30")
        self.app.push_screen(Ask(_("Open a decision"), question, "0"), answered)

    def _open(self, store: Store, text: str, exception: str) -> None:
        try:
            share = float(text.removesuffix("%").strip() or 0) / 100
        except ValueError:
            raise UsageProblem(NO_PERCENTAGE.format(text=text)) from None
        decisions.open_decision(store, self.session.actor, self.opening, holistic=share, exception=exception)
        self.read_again()

    def action_memo(self) -> None:
        """Read the memo."""
        if (view := self.view) is not None:
            self.app.push_screen(ReportScreen(self.session, lambda said: memo_report(decision_page(view, said))))

    # closing

    def _ask_choice(self, store: Store, view: DecisionView) -> None:
        """Ask what was decided, step by step, and record it."""
        page = decision_page(view, self.session.language)
        choices = [(each, page.candidates[each]) for each in view.decision.candidates if each not in page.withdrawn]

        def chosen(key: str | None) -> None:
            if not key:
                return
            candidate = None if key == NOBODY else key
            against = overridden(view.decision, candidate, view.comparison) if view.comparison else {}
            questions = [("decided_by", _("Who decided?"))]
            for each in view.decision.criteria:
                asked = _("Why, on: {criterion}").format(criterion=page.criteria[each.id])
                questions.append((f"reason {each.id}", asked))
            for name in against:
                words = _("The choice goes against {name}; why").format(name=override_words(page, name))
                questions.append((f"override {name}", words))
            self._ask_all(questions, lambda: self._close(store, view, candidate, list(against)))

        self.app.push_screen(Choose(_("For whom?"), [*choices, (NOBODY, _("nobody"))]), chosen)

    def _ask_all(self, questions: list[tuple[str, str]], then: Callable[[], object]) -> None:
        """Ask one after the other; what was typed before is there again."""
        if not questions:
            then()
            return
        (key, question), *rest = questions

        def answered(text: str | None) -> None:
            if text is not None:
                self.said[key] = text
                self._ask_all(rest, then)

        self.app.push_screen(Ask(_("What was decided"), question, self.said.get(key, "")), answered)

    def _close(self, store: Store, view: DecisionView, candidate: str | None, against: list[str]) -> None:
        choice = Choice(
            decided_by=self.said.get("decided_by", ""),
            candidate=candidate,
            reasons={each.id: self.said.get(f"reason {each.id}", "") for each in view.decision.criteria},
            dissents={},
            overrides={name: self.said.get(f"override {name}", "") for name in against},
            outcomes={},
        )

        def step(exception: str) -> None:
            revision = view.decision.revision
            closings.close_decision(
                store, self.session.actor, self.opening, choice, exception=exception, revision=revision
            )
            self.said.clear()
            self._done(_("The decision is on record; m shows the memo."))

        self._or_exception(step)

    # leaving

    def leave(self) -> None:
        """Go back; ask first where votes are not cast."""
        self._or_lose(super().leave)

    def may_quit(self) -> bool:
        """Return whether nothing would be lost; where something would, ask."""
        if self.drafts:
            self._or_lose(self.app.exit)
        return not self.drafts

    def _or_lose(self, go: Callable[[], object]) -> None:
        def answered(anyway: bool | None) -> None:
            if anyway:
                go()

        if self.drafts:
            question = _("Levels that are not cast yet would be lost.")
            self.app.push_screen(Confirm(question, _("leave all the same"), _("stay")), answered)
        else:
            go()


def _sign(text: str) -> str:
    return "a" if text == ABSTAIN else text


def _written(level: LevelNumber | None) -> str:
    return "a" if level is None else write_level(level)


def _votes(page: DecisionPage, criterion: str, candidate: str) -> str:
    """Say who voted how on a candidate, first and then."""
    first, final = page.decision.votes(criterion, 1), page.decision.votes(criterion)
    parts = []
    for voter in page.decision.voters:
        if (key := (voter, candidate)) in final:
            now = _written(final[key])
            before = _written(first[key]) if key in first else "-"
            parts.append(f"{page.voters[voter]} {now if before == now else f'{before} → {now}'}")
    return ", ".join(parts) or "-"


def _comparison_lines(page: DecisionPage) -> Iterator[Content]:
    """Set what the votes come to beside the comparison; nothing of it where nobody is ranked."""
    if not page.is_ranked:
        yield safe(not_ranked(), "bold")
        return
    yield safe(_("What the votes come to, beside the comparison; neither of them decides"), "bold")
    for candidate in page.decision.candidates:
        profile = page.profile(candidate)
        words = _("{name}: votes {votes}, scorecards {score}, rank by scorecards {rank}")
        yield safe(
            words.format(
                name=page.candidates[candidate],
                votes=show_cell(Number(page.score(candidate), 2)),
                score=show_cell(Number(profile["overall"]["score"] if profile else None, 2)),
                rank=show_cell(Number(profile["rank"]["position"] if profile else None, 0)),
            )
        )
