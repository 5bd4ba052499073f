"""What can be made anew from the home screen, asked for in short dialogs: openings, people and interviews."""

from collections.abc import Callable, Sequence

from attrs import frozen

from hiringkit.actions.openings import create_opening, openings_overview, show_opening
from hiringkit.actions.people import add_candidates, add_interviewers, every_interviewer
from hiringkit.actions.schedule import schedule_interviews
from hiringkit.domain.people import Candidate, Interviewer, id_from_name
from hiringkit.errors import HiringKitError, UsageProblem
from hiringkit.library.catalog import Library
from hiringkit.library.documents import Kind
from hiringkit.locale import _, say
from hiringkit.settings import zone_in_use
from hiringkit.store.store import Store
from hiringkit.text.sentence import Sentence
from hiringkit.timezone import MOMENT_HINT, parse_moment
from hiringkit.tui.dialogs.ask import Ask
from hiringkit.tui.dialogs.choose import Choose
from hiringkit.tui.screen import AppScreen


@frozen
class Creation:
    """One thing that is being made, in dialogs over a screen."""

    screen: AppScreen
    store: Store
    library: Library
    opening: str
    """The opening at the cursor: people and interviews go there; empty where there is none."""
    done: Callable[[str], object]
    """Takes a sentence that says what was made."""

    def begin(self) -> None:
        """Ask what is to be made."""
        kinds = [
            ("opening", _("an opening: one hire against one rubric")),
            ("candidate", _("a candidate")),
            ("interviewer", _("an interviewer")),
            ("interview", _("an interview: who asks whom")),
            ("scorecards", _("scorecards that another program wrote: a sheet, or an export")),
        ]
        steps: dict[str, Callable[[], object]] = {
            "opening": self._opening,
            "candidate": lambda: self._in_opening(self._candidate),
            "interviewer": self._interviewer,
            "interview": lambda: self._in_opening(self._interview),
            "scorecards": lambda: self._in_opening(self._scorecards),
        }
        self._choose(_("What is new?"), kinds, lambda kind: steps[kind]())

    # asking

    def _choose(
        self, what: str, choices: Sequence[tuple[str, str]], then: Callable[[str], object], empty: str = ""
    ) -> None:
        def chosen(key: str | None) -> None:
            if key:
                then(key)

        self.screen.app.push_screen(Choose(what, choices, empty=empty), chosen)

    def _ask(self, what: str, question: str, then: Callable[[str], object], *, value: str = "") -> None:
        """Ask for a line; what is refused is asked again with the reason, and nothing is lost."""

        def answered(text: str | None) -> None:
            if text is None:
                return
            try:
                then(text)
            except HiringKitError as error:
                hint = f" ({say(error.hint)})" if error.hint else ""
                self._ask(f"{say(error.message)}{hint}", question, then, value=text)

        self.screen.app.push_screen(Ask(what, question, value), answered)

    def _in_opening(self, then: Callable[[str], object]) -> None:
        """Go on with the opening at the cursor, or with the one that is chosen."""
        overview = openings_overview(self.store, self.screen.session.actor)
        found = [each.opening for each in overview.openings if not each.opening.closed_at]
        here = [each for each in found if each.id == self.opening]
        if len(found) == 1 or here:
            then((here or found)[0].id)
            return
        choices = [(each.id, each.title or each.id) for each in found]
        self._choose(_("In which opening?"), choices, then, _("There is no open opening yet: n makes one."))

    # making

    def _opening(self) -> None:
        entries = self.library.entries(Kind.RUBRIC)
        choices = [(entry.id, entry.title.in_language(self.screen.session.language)) for entry in entries]
        self._choose(_("Against which rubric?"), choices, lambda rubric: self._titled(rubric, dict(choices)[rubric]))

    def _titled(self, rubric: str, title: str) -> None:
        def make(given: str) -> None:
            overview = openings_overview(self.store, self.screen.session.actor)
            identity = id_from_name(given or title, {each.opening.id for each in overview.openings}, "opening")
            actor, language = self.screen.session.actor, self.screen.session.language
            made = create_opening(
                self.store, self.library, actor, identity, rubric, title=given or title, language=language
            )
            self.done(_("Made: {name} ({id})").format(name=made.title, id=made.id))

        self._ask(_("A new opening"), _("What is it called?"), make, value=title)

    def _candidate(self, opening: str) -> None:
        def named(name: str) -> None:
            def make(line: str) -> None:
                new = Candidate("", name, resume_line=line)
                made = add_candidates(self.store, self.screen.session.actor, opening, [new])
                self.done(_("Made: {name} ({id})").format(name=made[0].name, id=made[0].id))

            require_text(name)
            self._ask(name, _("The résumé in one line, for who holds the interview; it may stay empty."), make)

        self._ask(_("A new candidate"), _("What is the candidate's name?"), named)

    def _interviewer(self) -> None:
        def named(name: str) -> None:
            def make(email: str) -> None:
                made = add_interviewers(self.store, self.screen.session.actor, [Interviewer("", name, email)])
                self.done(_("Made: {name} ({id})").format(name=made[0].name, id=made[0].id))

            require_text(name)
            self._ask(name, _("The e-mail address, by which they say who they are; it may stay empty."), make)

        self._ask(_("A new interviewer"), _("What is the interviewer's name?"), named)

    def _interview(self, opening: str) -> None:
        view = show_opening(self.store, self.screen.session.actor, opening)
        name_of = self.screen.session.name_of
        running = [(each.id, name_of(opening, each.id, each.name)) for each in view.candidates if not each.withdrawn_at]
        panel = [(each.id, each.name) for each in every_interviewer(self.store)]

        def asked(candidate: str) -> None:
            def timed(interviewer: str) -> None:
                def make(time: str) -> None:
                    at = parse_moment(time) if time else None
                    if isinstance(at, Sentence):
                        raise UsageProblem(at, hint=MOMENT_HINT.format(zone=zone_in_use()))
                    actor = self.screen.session.actor
                    made = schedule_interviews(self.store, actor, opening, candidate, [interviewer], at=at)
                    words = _("Planned: {interviewer} interviews {candidate}.")
                    self.done(
                        words.format(interviewer=dict(panel)[made[0].interviewer], candidate=dict(running)[candidate])
                    )

                question = _("When, such as 2026-03-02 14:00, in {zone}? It may stay empty.").format(zone=zone_in_use())
                self._ask(_("A new interview"), question, make)

            none = _("There is no interviewer yet: n makes one.")
            self._choose(_("Who asks?"), panel, timed, none)

        self._choose(_("Who is interviewed?"), running, asked, _("There is no candidate yet: n makes one."))

    def _scorecards(self, opening: str) -> None:
        from hiringkit.tui.importing import ScorecardFile  # noqa: PLC0415 - readers of files: few need them

        ScorecardFile(self.screen, self.store, opening, self.done).begin()


def require_text(name: str) -> None:
    """Require a name.

    Raises:
        UsageProblem: There is none.
    """
    if not name:
        raise UsageProblem("a name is needed", hint="Esc leaves everything as it is")
