"""Home: the openings with their progress, and the interviews that wait."""

from textual import on
from textual.app import ComposeResult
from textual.widget import Widget
from textual.widgets import Static

from hiringkit.actions.openings import Desk, OpeningProgress, Waiting, look_at_desk
from hiringkit.locale import _
from hiringkit.report.model import Tone
from hiringkit.report.views.interview import interview_progress
from hiringkit.report.views.opening import opening_state
from hiringkit.report.words import moment, state_word
from hiringkit.tui.keys import Key, bindings
from hiringkit.tui.safe import safe, show
from hiringkit.tui.screen import AppScreen
from hiringkit.tui.session import TuiSession
from hiringkit.tui.widgets.listing import Heads, Listing, ListRow


class HomeScreen(AppScreen):
    """Where one begins."""

    KEYS = "home"
    BINDINGS = bindings("home")

    def __init__(self, session: TuiSession) -> None:
        super().__init__(session)
        self.desk: Desk | None = None

    def body(self) -> ComposeResult:
        """Lay out two lists."""
        yield Static(id="openings-caption", classes="caption")
        yield Listing(id="openings")
        yield Static(id="waiting-caption", classes="caption")
        yield Listing(id="waiting")

    def load(self) -> None:
        """Read the desk."""
        store = self.session.store
        self.desk = look_at_desk(store, self.session.actor) if store else None

    def show_all(self) -> None:
        """Fill both lists."""
        desk = self.desk or Desk(None, (), ())
        who = desk.me.name if desk.me else self.session.actor.who
        acting = _("as {name}").format(name=who) if who else _("as nobody in particular; --as EMAIL says who you are")
        self.head("hiringkit", _("demo: all invented") if self.session.demo_store else acting, Tone.QUIET)
        self.query_one("#openings-caption", Static).update(safe(_("Openings"), "bold"))
        waiting = _("Waiting for {name}").format(name=desk.me.name) if desk.me else _("Interviews that wait")
        self.query_one("#waiting-caption", Static).update(safe(waiting, "bold"))
        self._openings(desk.openings)
        self._waiting(desk.waiting, mine=desk.me is not None)
        if self.focused is None:
            self.set_focus(self.query_one("#waiting" if desk.waiting else "#openings", Listing))

    def _openings(self, found: tuple[OpeningProgress, ...]) -> None:
        heads = [
            Heads(_("Opening")),
            Heads(_("State")),
            Heads(_("Candidates"), right=True),
            Heads(_("Interviews done"), right=True),
            Heads(_("Scorecards outstanding"), right=True),
        ]
        rows = [
            ListRow(
                each.opening.id,
                (
                    safe(each.opening.title or each.opening.id),
                    show(opening_state(each.opening)),
                    safe(str(each.candidates)),
                    safe(_("{done} of {all}").format(done=each.submitted, all=each.planned)),
                    safe(str(each.outstanding), Tone.CAUTION if each.outstanding else ""),
                ),
            )
            for each in found
        ]
        empty = _("No openings yet. d shows a demo; hiringkit opening create ID --rubric RUBRIC makes one.")
        self.query_one("#openings", Listing).fill(heads, rows, empty=empty)

    def _waiting(self, found: tuple[Waiting, ...], *, mine: bool) -> None:
        heads = [
            Heads(_("Candidate")),
            *([] if mine else [Heads(_("Interviewer"))]),
            Heads(_("Opening")),
            Heads(_("State")),
            Heads(_("Rated"), right=True),
            Heads(_("Planned for")),
        ]
        empty = _("Nothing waits. Plan an interview: hiringkit interview schedule OPENING CANDIDATE INTERVIEWER")
        rows = [_row(each, self._shown_name(each), mine=mine) for each in found]
        self.query_one("#waiting", Listing).fill(heads, rows, empty=empty)

    def _shown_name(self, waiting: Waiting) -> str:
        return self.session.name_of(waiting.opening.id, waiting.candidate.id, waiting.candidate.name)

    def offers(self, key: Key) -> bool:
        """Leave out what is of no use here."""
        return key.id != "anywhere-back" and (key.id != "home-own" or self.session.own is not None)

    def rest_focus(self) -> Widget | None:
        """Return the list of openings."""
        return self.query_one("#openings", Listing)

    @on(Listing.Chosen, "#openings")
    def _chosen_opening(self, message: Listing.Chosen) -> None:
        self._show_opening(message.key)

    @on(Listing.Chosen, "#waiting")
    def _chosen_interview(self, message: Listing.Chosen) -> None:
        from hiringkit.tui.interview.screen import InterviewScreen  # noqa: PLC0415 - the first paint does without

        self.app.push_screen(InterviewScreen(self.session, message.key))

    def _show_opening(self, opening: str, tab: str = "candidates") -> None:
        from hiringkit.tui.opening.screen import OpeningScreen  # noqa: PLC0415 - the first paint does without

        self.app.push_screen(OpeningScreen(self.session, opening, tab))

    def action_open(self) -> None:
        """Open what is at the cursor."""
        if isinstance(self.focused, Listing):
            self.focused.action_choose()

    def action_other_list(self) -> None:
        """Go to the other list."""
        at_openings = self.focused is self.query_one("#openings")
        self.set_focus(self.query_one("#waiting" if at_openings else "#openings", Listing))

    def action_compare(self) -> None:
        """Compare the candidates of the opening at the cursor."""
        if opening := self.query_one("#openings", Listing).key:
            self._show_opening(opening, "compare")

    def action_own(self) -> None:
        """Assess oneself, or practise."""
        from hiringkit.tui.self.screen import OwnScreen  # noqa: PLC0415 - the first paint does without

        if self.session.own is not None:
            self.app.push_screen(OwnScreen(self.session, self.session.own))

    def action_demo(self) -> None:
        """Look at the demo, or return."""
        if self.attempt(self.session.toggle_demo):
            self.read_again()


def _row(waiting: Waiting, name: str, *, mine: bool) -> ListRow:
    interview = waiting.interview
    progress = interview_progress(interview)
    rated = "?" if progress["rated"] is None else str(progress["rated"])
    return ListRow(
        interview.id,
        (
            safe(name),
            *([] if mine else [safe(waiting.interviewer.name)]),
            safe(waiting.opening.title or waiting.opening.id),
            show(state_word(interview.state)),
            safe(_("{done} of {all}").format(done=rated, all=progress["questions"])),
            safe(moment(interview.scheduled_at)),
        ),
    )
