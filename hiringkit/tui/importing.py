"""Scorecards from another program's file: its path, a map where it does not explain itself, a look, the import."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from attrs import evolve, frozen

from hiringkit.actions.import_files import open_import
from hiringkit.actions.imports import SAME_NAME_HINT, import_scorecards
from hiringkit.actions.openings import show_opening
from hiringkit.domain.codes import Code
from hiringkit.domain.columns import NO_SYNONYMS
from hiringkit.domain.finding import Finding
from hiringkit.domain.import_map import ImportMap
from hiringkit.domain.imported import ImportReport
from hiringkit.errors import FindingsError, HiringKitError
from hiringkit.files import create_file
from hiringkit.library.import_map import read_map
from hiringkit.locale import _, say
from hiringkit.report.model import Lines, Report
from hiringkit.report.views.findings import findings_report
from hiringkit.report.views.imports import import_report
from hiringkit.store.store import Store
from hiringkit.text.sentence import Sentence
from hiringkit.tui.dialogs.ask import Ask
from hiringkit.tui.dialogs.choose import Choose
from hiringkit.tui.report import ReportScreen
from hiringkit.tui.screen import AppScreen

MAP_ERRORS = Sentence("{file} has errors and is not used")


@frozen
class _Brought:
    """What a file would bring, or why it is not known."""

    report: ImportReport | None = None
    remarks: tuple[Finding, ...] = ()
    draft: str = ""
    """A map to be filled in, where the file does not explain itself."""


@frozen
class ScorecardFile:
    """A file that is being imported, in dialogs over a screen."""

    screen: AppScreen
    store: Store
    opening: str
    done: Callable[[str], object]
    """Takes a sentence that says what was imported."""
    path: str = ""
    map_file: str = ""
    """Says what the file's words mean; empty where it explains itself."""
    same: bool | None = None
    """Whether two people of one name are one; None where nobody has said."""

    def begin(self, what: str = "") -> None:
        """Ask for the file; `what` says why anew."""
        question = _("Which file? A sheet (CSV, XLSX, ODS), an export (JSON), or the folder of one.")

        def answered(path: str | None) -> None:
            if path:
                evolve(self, path=str(Path(path).expanduser())).look()

        self.screen.app.push_screen(Ask(what or _("Import scorecards"), question, self.path), answered)

    def look(self) -> None:
        """Show what the file would bring."""
        self._run(self._looked, write=False)

    def _run(self, then: Callable[[_Brought], None], *, write: bool) -> None:
        """Import in a thread, or only find out what that would do; what is wrong is shown on a page of its own."""
        self.screen.tell(_("Reading …"))

        def work() -> _Brought | HiringKitError:
            try:
                return self._import(write=write)
            except HiringKitError as error:
                return error

        def finish(found: _Brought | HiringKitError) -> None:
            self.screen.show_footer()
            if isinstance(found, FindingsError):
                self._refused(found)
            elif isinstance(found, HiringKitError):
                self.begin(f"{say(found.message)} ({say(found.hint)})" if found.hint else say(found.message))
            else:
                then(found)

        self.screen.compute(work, finish)

    def _import(self, *, write: bool) -> _Brought:
        actor = self.screen.session.actor
        rubric = show_opening(self.store, actor, self.opening).rubric
        given = _read_map(self.map_file) if self.map_file else None
        own = self.screen.session.own
        columns = own.columns if own else NO_SYNONYMS
        opened = open_import(self.path, given, rubric, opening=self.opening, columns=columns)
        if opened.draft:
            return _Brought(draft=opened.draft)
        done = import_scorecards(
            self.store,
            actor,
            self.opening,
            opened.records(),
            opened.given,
            source=opened.source,
            file=self.path,
            same=lambda _kind, _person, _identity: self.same,
            write=write,
        )
        return _Brought(done, (*opened.findings, *done.findings))

    def _looked(self, found: _Brought) -> None:
        if found.report is None:
            self.screen.attempt(lambda: self._ask_for_map(found.draft))
            return
        report, app = found.report, self.screen.app
        brings = report.added or report.changed or report.candidates or report.interviewers

        def make(_language: str) -> Report:
            shown = import_report(report)
            if not found.remarks:
                return shown
            lines = Lines(tuple(each.line(say) for each in found.remarks), caption=_("Remarks"))
            return evolve(shown, blocks=(*shown.blocks, lines))

        def answered(carries_out: bool | None) -> None:
            if carries_out:
                self._run(self._imported, write=True)

        app.push_screen(ReportScreen(self.screen.session, make, can_import=bool(brings)), answered)

    def _imported(self, found: _Brought) -> None:
        if found.report is not None:
            counts = {"added": found.report.added, "changed": len(found.report.changed)}
            self.done(_("Imported: {added} new, {changed} changed.").format(**counts))

    def _ask_for_map(self, draft: str) -> None:
        """Draft a map beside the file, unless there is one, and ask for the one that counts.

        Raises:
            Refused: It cannot be written.
        """
        path = Path(self.path).with_suffix(".map.yaml")
        if not path.exists():
            create_file(path, draft.encode())
        question = _("Which map? Look at every line of it first; Enter then goes on.")
        what = _("The file does not explain itself: a draft of what its words mean is in {file}.")

        def answered(given: str | None) -> None:
            if given:
                evolve(self, map_file=str(Path(given).expanduser())).look()

        self.screen.app.push_screen(Ask(what.format(file=path), question, str(path)), answered)

    def _refused(self, error: FindingsError) -> None:
        doubts = [each for each in error.findings if each.code == Code.IMPORT_PERSON and each.hint == SAME_NAME_HINT]
        if doubts and len(doubts) == len(error.findings):
            self._ask_who(doubts)
            return
        report = partial(findings_report, error.findings, title=say(error.message))
        self.screen.app.push_screen(ReportScreen(self.screen.session, lambda _language: report()))

    def _ask_who(self, doubts: list[Finding]) -> None:
        choices = [("yes", _("it is the same person")), ("no", _("it is somebody else"))]

        def chosen(key: str | None) -> None:
            if key:
                evolve(self, same=key == "yes").look()

        words = "\n".join(say(each.message) for each in doubts)
        self.screen.app.push_screen(Choose(words, choices), chosen)


def _read_map(path: str) -> ImportMap:
    """Read a map.

    Raises:
        FindingsError: It has errors.
        NotFound: There is no such file.
    """
    given, wrong = read_map(Path(path))
    if given is None:
        raise FindingsError(MAP_ERRORS.format(file=path), wrong)
    return given
