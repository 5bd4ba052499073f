"""What people do for themselves: their attempts, roles to try, banks to practise with."""

from pathlib import Path
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.widget import Widget
from textual.widgets import Static

from hiringkit.actions import self_assessments
from hiringkit.actions.practice_panels import begin_panel, last_panel
from hiringkit.actions.self_profiles import next_steps, profile_self
from hiringkit.domain.self_assessment import SharedAnswers, Sheet
from hiringkit.errors import UsageProblem
from hiringkit.files import create_file
from hiringkit.library.documents import Kind
from hiringkit.library.forms import read_form
from hiringkit.locale import _
from hiringkit.report.model import Tone
from hiringkit.report.views.next_steps import step_sentence, steps_report
from hiringkit.report.views.self_assessment import self_report
from hiringkit.report.words import moment
from hiringkit.text.language import LANGUAGES
from hiringkit.tui.dialogs.ask import Ask
from hiringkit.tui.dialogs.choose import Choose
from hiringkit.tui.keys import Key, bindings
from hiringkit.tui.report import ReportScreen
from hiringkit.tui.safe import safe
from hiringkit.tui.screen import AppScreen
from hiringkit.tui.self.attempt import AttemptScreen
from hiringkit.tui.self.practice import PracticeScreen
from hiringkit.tui.self.together import TogetherScreen
from hiringkit.tui.session import OwnFiles, TuiSession
from hiringkit.tui.widgets.listing import Heads, Listing, ListRow

if TYPE_CHECKING:
    from hiringkit.domain.finding import Finding
    from hiringkit.library.catalog import Entry

_OF_ATTEMPTS = frozenset({"own-report", "own-steps", "own-share", "own-receive", "own-done"})
LISTS = ("attempts", "rubrics", "banks")


class OwnScreen(AppScreen):
    """Where one begins for oneself."""

    KEYS = "own"
    BINDINGS = bindings("own")

    def __init__(self, session: TuiSession, own: OwnFiles) -> None:
        super().__init__(session)
        self.own = own
        self.sheets: tuple[Sheet, ...] = ()
        self.findings: tuple[Finding, ...] = ()
        self.entries: dict[Kind, tuple[Entry, ...]] = {}

    def body(self) -> ComposeResult:
        """Lay out three lists."""
        for name in LISTS:
            yield Static(id=f"{name}-caption", classes="caption")
            yield Listing(id=name)

    def load(self) -> None:
        """Read attempts, rubrics and banks."""
        self.sheets, self.findings = self_assessments.every(self.own.attempts)
        self.entries = {kind: self.own.library.entries(kind) for kind in Kind}

    def show_all(self) -> None:
        """Fill the lists."""
        self.head(_("For yourself"), _("all of it stays on this machine"), Tone.QUIET)
        captions = {
            "attempts": _("Your attempts"),
            "rubrics": _("Assess yourself against"),
            "banks": _("Practise with"),
        }
        for name, caption in captions.items():
            self.query_one(f"#{name}-caption", Static).update(safe(caption, "bold"))
        self._fill_attempts()
        self._fill("rubrics", Kind.RUBRIC)
        self._fill("banks", Kind.BANK)
        if self.focused is None:
            self.set_focus(self.query_one("#attempts" if self.sheets else "#rubrics", Listing))

    def _fill_attempts(self) -> None:
        heads = [Heads(_("Id")), Heads(_("Answered"), right=True), Heads(_("Last changed"))]
        rows = [
            ListRow(
                sheet.attempt.id,
                (
                    safe(sheet.attempt.id),
                    safe(_("{done} of {all}").format(done=_done(sheet), all=len(sheet.attempt.kit))),
                    safe(moment(sheet.attempt.changed_at)),
                ),
            )
            for sheet in reversed(self.sheets)
        ]
        broken = _("{count} files cannot be read: hiringkit self list names them.").format(count=len(self.findings))
        empty = broken if self.findings else _("No attempt yet: choose a role below.")
        self.query_one("#attempts", Listing).fill(heads, rows, empty=empty)

    def _fill(self, name: str, kind: Kind) -> None:
        heads = [Heads(_("Id")), Heads(_("Title"))]
        rows = [
            ListRow(entry.id, (safe(entry.id), safe(entry.title.in_language(self.session.language))))
            for entry in self.entries.get(kind, ())
        ]
        self.query_one(f"#{name}", Listing).fill(heads, rows, empty=_("Nothing to show."))

    def rest_focus(self) -> Widget | None:
        """Return the list of attempts."""
        return self.query_one("#attempts", Listing)

    def offers(self, key: Key) -> bool:
        """Leave out reports where there is no attempt."""
        return bool(self.sheets) or key.id not in _OF_ATTEMPTS

    def action_open(self) -> None:
        """Open what is at the cursor."""
        if isinstance(self.focused, Listing):
            self.focused.action_choose()

    def action_other_list(self) -> None:
        """Go to the next list."""
        here = self.focused.id if self.focused else None
        at = LISTS.index(here) if here in LISTS else -1
        self.set_focus(self.query_one(f"#{LISTS[(at + 1) % len(LISTS)]}", Listing))

    @on(Listing.Chosen, "#attempts")
    def _chosen_attempt(self, message: Listing.Chosen) -> None:
        self._answer(message.key)

    @on(Listing.Chosen, "#rubrics")
    def _chosen_rubric(self, message: Listing.Chosen) -> None:
        own, clock = self.own, self.session.actor.now
        if sheet := self.attempt(lambda: self_assessments.start(own.attempts, own.library, clock, message.key)):
            self._answer(sheet.attempt.id)

    @on(Listing.Chosen, "#banks")
    def _chosen_bank(self, message: Listing.Chosen) -> None:
        self.app.push_screen(PracticeScreen(self.session, self.own, message.key))

    def action_together(self) -> None:
        """Ask who practises at this screen, then begin with the bank at the cursor."""
        identity = self.query_one("#banks", Listing).key
        bank = self.attempt(lambda: self.own.library.load_bank(identity)) if identity else None
        if bank is None:
            return
        own, clock = self.own, self.session.actor.now

        def named(names: str | None) -> None:
            if names:
                panel = self.attempt(lambda: begin_panel(own.practices, bank, clock, names))
                if panel is not None:
                    self.app.push_screen(TogetherScreen(self.session, own, bank, panel))

        what = _("Practise together with: {title}").format(title=bank.title.in_language(self.session.language))
        question = _("Who is at this screen? Names by commas.")
        last = self.attempt(lambda: last_panel(own.practices)) or ()
        self.app.push_screen(Ask(what, question, LANGUAGES[self.session.language].comma.join(last)), named)

    def _answer(self, identity: str) -> None:
        self.app.push_screen(AttemptScreen(self.session, self.own, identity))

    def action_report(self) -> None:
        """Show what the attempt at the cursor amounts to."""
        if identity := self.query_one("#attempts", Listing).key:
            profile = self.attempt(lambda: profile_self(self.own.attempts, identity))
            if profile:
                self.app.push_screen(ReportScreen(self.session, lambda language: self_report(profile, language)))

    def action_steps(self) -> None:
        """Show what to work on after the attempt at the cursor."""
        if identity := self.query_one("#attempts", Listing).key:
            own = self.own
            steps = self.attempt(lambda: next_steps(own.library, profile_self(own.attempts, identity)))
            if steps:
                self.app.push_screen(ReportScreen(self.session, lambda language: steps_report(steps, language)))

    def action_write_file(self) -> None:
        """Write the answers of the attempt at the cursor for a peer or coach."""
        identity = self.query_one("#attempts", Listing).key
        if not identity:
            return

        def answered(path: str | None) -> None:
            if path:
                self.attempt(lambda: self._share(identity, Path(path).expanduser()))

        question = _("Write the answers for a peer or coach")
        self.app.push_screen(Ask(question, _("Which file?"), f"{identity}-answers.yaml"), answered)

    def _share(self, identity: str, path: Path) -> None:
        sheet = self_assessments.load(self.own.attempts, identity)
        create_file(path, self_assessments.share(sheet, self.session.language).encode())
        self.tell(_("written: {path}").format(path=path))

    def action_receive(self) -> None:
        """Take the levels out of a file that came back."""

        def chosen(path: str | None) -> None:
            if path:
                shared = self.attempt(lambda: _read_shared(Path(path).expanduser()))
                if shared is not None and shared.rater:
                    self._receive(shared, "")
                elif shared is not None:
                    what = _("The file does not say who rated.")
                    self.app.push_screen(Ask(what, _("Who was it?")), lambda name: self._receive(shared, name or ""))

        self.app.push_screen(Ask(_("Take the levels of a peer or coach"), _("Which file?")), chosen)

    def _receive(self, shared: SharedAnswers, name: str) -> None:
        clock = self.session.actor.now
        if sheet := self.attempt(lambda: self_assessments.receive(self.own.attempts, clock, shared, name)):
            review = sheet.attempt.peers[-1]
            words = _("{count} levels of {who} stand beside yours in the report.")
            self.read_again()
            self.tell(words.format(count=len(review.levels), who=review.by))

    def action_tick(self) -> None:
        """Tick off a step of the plan of the attempt at the cursor, or take that back."""
        identity, own = self.query_one("#attempts", Listing).key, self.own
        if not identity:
            return
        steps = self.attempt(lambda: next_steps(own.library, profile_self(own.attempts, identity)))
        if steps is None:
            return
        done = {each.id: each.done is not None for each in steps.plan}
        language = self.session.language
        signs = {True: "[x]", False: "[ ]"}
        choices = [(each.id, f"{signs[done[each.id]]} {step_sentence(each, language)}") for each in steps.plan]

        def chosen(step: str | None) -> None:
            if step:
                clock = self.session.actor.now
                self.attempt(
                    lambda: self_assessments.tick_off(own.attempts, clock, identity, step, done=not done[step])
                )
                left = sum(not was for each, was in done.items() if each != step) + done[step]
                self.tell(_("Saved; {count} of {all} steps to do.").format(count=left, all=len(done)))

        self.app.push_screen(Choose(_("Which step is done?"), choices, empty=_("There is no step to do.")), chosen)


def _read_shared(path: Path) -> SharedAnswers:
    shared, _findings = read_form(path, SharedAnswers)
    if shared is None:
        raise UsageProblem("this is no file of answers to rate, or it is damaged", hint="choose the one that came back")
    return shared


def _done(sheet: Sheet) -> int:
    return len(sheet.attempt.kit) - len(sheet.attempt.outstanding)
