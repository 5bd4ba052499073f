"""Home: what waits for me today and when, and the openings with their progress."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget

from hiringkit.actions.openings import OpeningProgress, OpeningsOverview, Waiting, openings_overview
from hiringkit.actions.schedule import InterviewView, show_interview
from hiringkit.domain.interview import Interview, InterviewState
from hiringkit.locale import _
from hiringkit.report.model import Tone
from hiringkit.report.views.interview import interview_progress
from hiringkit.report.views.opening import opening_state
from hiringkit.report.words import moment
from hiringkit.timezone import local
from hiringkit.tui.keys import Key, bindings
from hiringkit.tui.safe import as_is, safe, show
from hiringkit.tui.screen import AppScreen
from hiringkit.tui.session import TuiSession
from hiringkit.tui.widgets.listing import Heads, Listing, ListRow
from hiringkit.tui.widgets.page import Page


class HomeScreen(AppScreen):
    """Where one begins."""

    KEYS = "home"
    BINDINGS = bindings("home")

    def __init__(self, session: TuiSession) -> None:
        super().__init__(session)
        self.overview: OpeningsOverview | None = None

    def body(self) -> ComposeResult:
        """Lay out what waits, the kit of the interview at the cursor, and the openings."""
        with Vertical(id="waiting-pane", classes="pane"):
            yield Listing(id="waiting")
        with Vertical(id="preview-pane", classes="pane"):
            yield Page(id="preview")
        with Vertical(id="openings-pane", classes="pane"):
            yield Listing(id="openings")

    def load(self) -> None:
        """Read what there is to do."""
        store = self.session.store
        self.overview = openings_overview(store, self.session.actor) if store else None

    def show_all(self) -> None:
        """Fill both lists."""
        overview = self.overview or OpeningsOverview(None, (), ())
        who = overview.me.name if overview.me else self.session.actor.who
        acting = _("as {name}").format(name=who) if who else _("as nobody in particular; --as EMAIL says who you are")
        self.head("hiringkit", _("demo: all invented") if self.session.demo_store else acting, Tone.QUIET)
        day = f"{local(self.session.actor.now()):%Y-%m-%d}"
        mine = _("Today, {day}: what waits for {name}") if overview.me else _("Today, {day}: interviews that wait")
        name = overview.me.name if overview.me else ""
        self._title("waiting", safe(mine.format(day=day, name=name)).plain)
        self._title("openings", _("Openings"))
        self._openings(overview.openings)
        self._waiting(overview.waiting, mine=overview.me is not None)
        if self.focused is None:
            self.set_focus(self.query_one("#waiting" if overview.waiting else "#openings", Listing))

    def _title(self, pane: str, title: str) -> None:
        self.query_one(f"#{pane}-pane").border_title = as_is(title)

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
        empty = _("No openings yet. n makes one, d shows a demo.")
        self.query_one("#openings", Listing).fill(heads, rows, empty=empty)

    def _waiting(self, found: tuple[Waiting, ...], *, mine: bool) -> None:
        heads = [
            Heads(_("When")),
            Heads(_("Candidate")),
            *([] if mine else [Heads(_("Interviewer"))]),
            Heads(_("Opening")),
            Heads(_("Rated"), right=True),
        ]
        rows = [self._row(each, mine=mine) for each in found]
        self.query_one("#waiting", Listing).fill(heads, rows, empty=_("Nothing waits. n plans an interview."))
        self._preview()

    def _row(self, waiting: Waiting, *, mine: bool) -> ListRow:
        progress = interview_progress(waiting.interview)
        rated = "?" if progress["rated"] is None else str(progress["rated"])
        return ListRow(
            waiting.interview.id,
            (
                safe(*when(waiting.interview, self.session.actor.now())),
                safe(self._shown_name(waiting)),
                *([] if mine else [safe(waiting.interviewer.name)]),
                safe(waiting.opening.title or waiting.opening.id),
                safe(_("{done} of {all}").format(done=rated, all=progress["questions"])),
            ),
        )

    @property
    def at_cursor(self) -> Waiting | None:
        """The interview at the cursor of what waits."""
        key = self.query_one("#waiting", Listing).key
        found = self.overview.waiting if self.overview else ()
        return next((each for each in found if each.interview.id == key), None)

    @on(Listing.Moved, "#waiting")
    def _preview(self) -> None:
        """Show what is asked in the interview at the cursor, where there is space."""
        waiting, store = self.at_cursor, self.session.store
        pane = self.query_one("#preview-pane")
        pane.display = waiting is not None and self.has_class("-high")
        if waiting is None or store is None or not pane.display:
            return
        self._title("preview", _("What is asked"))
        view = self.attempt(lambda: show_interview(store, self.session.actor, waiting.interview.id))
        if view is not None:
            known = self.session.known_of(view.opening.id, view.candidate)
            self.query_one(Page).write(Content("\n").join(kit_lines(view, known, self.session.language)), top=True)

    def on_resize(self) -> None:
        """Show what there is space for."""
        if self.overview is not None:
            self.call_after_refresh(self._preview)

    def _shown_name(self, waiting: Waiting) -> str:
        return self.session.name_of(waiting.opening.id, waiting.candidate.id, waiting.candidate.name)

    def offers(self, key: Key) -> bool:
        """Leave out what is of no use here and now."""
        left_out = {
            "anywhere-back": True,
            "home-own": self.session.own is None,
            "home-new": self.session.own is None,
            "home-prepare": not (self.overview and self.overview.waiting),
            "home-compare": not (self.overview and self.overview.openings),
        }
        return not left_out.get(key.id, False)

    def rest_focus(self) -> Widget | None:
        """Return the list of openings."""
        return self.query_one("#openings", Listing)

    @on(Listing.Chosen, "#openings")
    def _chosen_opening(self, message: Listing.Chosen) -> None:
        self._show_opening(message.key)

    @on(Listing.Chosen, "#waiting")
    def _chosen_interview(self, message: Listing.Chosen) -> None:
        self._show_interview(message.key)

    def _show_interview(self, interview: str, *, preparing: bool = False) -> None:
        from hiringkit.tui.interview.screen import InterviewScreen  # noqa: PLC0415 - the first paint does without

        self.app.push_screen(InterviewScreen(self.session, interview, preparing=preparing))

    def _show_opening(self, opening: str, tab: str = "candidates") -> None:
        from hiringkit.tui.opening.screen import OpeningScreen  # noqa: PLC0415 - the first paint does without

        self.app.push_screen(OpeningScreen(self.session, opening, tab))

    def action_open(self) -> None:
        """Open what is at the cursor."""
        if isinstance(self.focused, Listing):
            self.focused.action_choose()

    def action_prepare(self) -> None:
        """Open the interview at the cursor with the clock stopped."""
        if waiting := self.at_cursor:
            self._show_interview(waiting.interview.id, preparing=True)

    def action_new(self) -> None:
        """Make an opening, a candidate, an interviewer or an interview."""
        from hiringkit.tui.creating import Creation  # noqa: PLC0415 - the first paint does without

        store, own = self.attempt(self.session.store_to_write), self.session.own
        if store is not None and own is not None:
            opening = self.query_one("#openings", Listing).key
            Creation(self, store, own.library, opening, self._made).begin()

    def _made(self, words: str) -> None:
        self.read_again()
        self.tell(words)

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


def when(interview: Interview, now: datetime) -> tuple[str, Tone | str]:
    """Say when an interview is to take place, as seen from now, or that it has begun."""
    if interview.state is InterviewState.STARTED:
        return _("started"), Tone.GOOD
    at = interview.scheduled_at
    if at is None:
        return _("no time yet"), Tone.QUIET
    days = (local(at).date() - local(now).date()).days
    clock = f"{local(at):%H:%M}"
    if days == 0:
        overdue = at < now
        return _("today {clock}").format(clock=clock) + ("!" if overdue else ""), Tone.CAUTION if overdue else "bold"
    if days < 0:
        return f"{moment(at)}!", Tone.CAUTION
    return (_("tomorrow {clock}").format(clock=clock), "") if days == 1 else (moment(at), "")


def kit_lines(view: InterviewView, known: Sequence[str], language: str) -> Iterator[Content]:
    """Yield what is known of the candidate, and the questions with their minutes."""
    yield from map(safe, known)
    if known:
        yield Content("")
    for number, identity in enumerate(view.interview.kit, 1):
        question = view.rubric.question(identity)
        words = question.heading(language) if question else identity
        minutes = f"  {question.minutes:g} min" if question and question.minutes else ""
        yield Content.assemble(safe(f"{number:>2} "), " ", safe(words), as_is(minutes, Tone.QUIET))
    if view.interview.location:
        yield Content("")
        yield safe(_("Where: {place}").format(place=view.interview.location))
