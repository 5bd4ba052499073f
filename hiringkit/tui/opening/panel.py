"""The panel of an opening on its tab: who asks what, when and for how long, what is covered, and changing the plan."""

from collections.abc import Callable, Iterator, Mapping

from attrs import frozen

from hiringkit.actions.kits import length
from hiringkit.actions.openings import OpeningView
from hiringkit.actions.people import every_interviewer, names_of
from hiringkit.domain.interview import Interview, InterviewState
from hiringkit.domain.panel import PanelInterview, StoredPlan
from hiringkit.errors import FindingsError, Refused
from hiringkit.locale import _
from hiringkit.report.model import Report
from hiringkit.report.views.panel import panel_report
from hiringkit.report.words import join_things, moment
from hiringkit.store.store import Store
from hiringkit.text.language import LANGUAGES
from hiringkit.text.sentence import Sentence
from hiringkit.tui.dialogs.choose import Choose
from hiringkit.tui.dialogs.confirm import Confirm
from hiringkit.tui.report import ReportScreen
from hiringkit.tui.screen import AppScreen

WHY = Sentence("{message}: {why}")
"""What could not be planned, and the first thing that stands against it."""

Names = Mapping[str, str]


def slot_lines(view: OpeningView, candidate: str, interviewer: str, names: Names, language: str) -> Iterator[str]:
    """Say what is asked in an interview, when and for how long.

    Args:
        view: The opening.
        candidate: The row at the cursor.
        interviewer: The column at the cursor; empty at a candidate's name.
        names: Of candidates by id, as they are shown.
        language: en or zh.
    """
    if not candidate:
        return
    people = {each.id: each.name for each in (*view.interviewers, *view.planned)}
    if not interviewer:
        kits = list(_kits(view, candidate))
        minutes = sum(_minutes(view, each) for each in kits)
        if kits:
            yield _("{name}: interviews {n}, minutes {minutes:.0f}").format(
                name=names[candidate], n=len(kits), minutes=minutes
            )
        return
    planned = view.plan.interview(candidate, interviewer) if view.plan else None
    held = _held(view, candidate, interviewer)
    if held is not None:
        questions, at = held.kit, held.scheduled_at
    elif planned is not None:
        questions, at = planned.questions, planned.at
    else:
        yield _("No interview is planned there.")
        return
    kit = _("kit {kit}").format(kit=planned.kit) if planned else ""
    lasts = _("{minutes:.0f} minutes").format(minutes=_minutes(view, questions))
    when = moment(at) if at else "" if held and held.state is not InterviewState.SCHEDULED else _("no time yet")
    comma = LANGUAGES[language].comma
    yield comma.join(filter(None, (f"{names[candidate]} - {people[interviewer]}", kit, lasts, when)))
    asked = (view.rubric.question(each) for each in questions)
    yield comma.join(each.heading(language) for each in asked if each)


def _kits(view: OpeningView, candidate: str) -> Iterator[tuple[str, ...]]:
    """Yield what a candidate is asked: in the interviews that there are, and in those of the plan that are not yet."""
    held = [each for each in view.interviews if each.candidate == candidate and each.state != InterviewState.CANCELLED]
    yield from (each.kit for each in held)
    met = {each.interviewer for each in held}
    for each in view.plan.plan.interviews if view.plan else ():
        if each.candidate == candidate and each.interviewer not in met:
            yield each.questions


def _held(view: OpeningView, candidate: str, interviewer: str) -> Interview | None:
    pair = (candidate, interviewer)
    return next(
        (
            each
            for each in view.interviews
            if (each.candidate, each.interviewer) == pair and each.state is not InterviewState.CANCELLED
        ),
        None,
    )


def _minutes(view: OpeningView, questions: tuple[str, ...]) -> float:
    """Return how long an interview takes, with its opening and close where a plan says how long those are."""
    asked = (view.rubric.question(each) for each in questions)
    margin = view.plan.plan.margin if view.plan else 0.0
    return sum(length(each) for each in asked if each) + margin


def coverage_line(view: OpeningView, criteria: Names, language: str) -> str:
    """Say whether the plan covers every criterion, and which it does not; or that there is none."""
    if view.plan is None:
        return _("No panel plan: A makes one.")
    plan = view.plan.plan
    short = [
        _("{criterion} {n} of {needed}").format(
            criterion=criteria.get(each.criterion, each.criterion), n=each.interviewers, needed=each.needed
        )
        for each in plan.cover
        if each.interviewers < each.needed
    ]
    minutes = sum(each.minutes + plan.margin for each in plan.kits)
    said = _("Plan {number}: for each candidate {n} interviews, {minutes:.0f} minutes;").format(
        number=view.plan.number, n=len(plan.kits), minutes=minutes
    )
    if short:
        return (
            said + " " + _("too few interviewers ask about: {criteria}").format(criteria=join_things(short, language))
        )
    return said + " " + _("every criterion is asked about by as many as it needs")


@frozen
class PanelEditing:
    """Changing the plan of an opening, in dialogs over its screen; `done` takes a sentence that says what was done."""

    screen: AppScreen
    store: Store
    view: OpeningView
    names: Names
    """Of candidates by id, as they are shown."""
    done: Callable[[str], object]

    def plan(self) -> None:
        """Make a plan, or plan anew what is not done; interviews that are there stay."""
        from hiringkit.actions.panel_plans import (  # noqa: PLC0415 - the solver: most who look at a panel do not plan
            PanelWishes,
            plan_panel,
            replan_panel,
        )

        actor, opening, panel = self.screen.session.actor, self.view.opening.id, self.view.interviewers
        if self.view.plan is None:
            wishes = PanelWishes(interviewers=[each.id for each in panel])
            self._work(lambda: plan_panel(self.store, actor, opening, wishes))
        else:
            self._work(lambda: replan_panel(self.store, actor, opening, PanelWishes()))

    def schedule(self) -> None:
        """Ask, and schedule what is planned."""
        from hiringkit.actions.panel_plans import PanelWishes, replan_panel  # noqa: PLC0415 - as above

        actor, opening, plan = self.screen.session.actor, self.view.opening.id, self.view.plan
        if plan is None:
            self.screen.tell(_("No panel plan: A makes one."))
            return

        def answered(anyway: bool | None) -> None:
            if anyway:
                self._work(lambda: replan_panel(self.store, actor, opening, PanelWishes(), schedule=True))

        waiting = sum((each.candidate, each.interviewer) not in plan.states for each in plan.plan.interviews)
        question = _("Interviews of plan {number} that are not scheduled: {n}. Schedule them?")
        words = question.format(number=plan.number, n=waiting)
        self.screen.app.push_screen(Confirm(words, _("schedule"), _("not yet")), answered)

    def reassign(self, candidate: str, interviewer: str) -> None:
        """Ask who is to hold an interview instead."""
        planned = self.view.plan.interview(candidate, interviewer) if self.view.plan else None
        if planned is None:
            self.screen.tell(_("No interview of the plan is there."))
            return
        taken = {each.interviewer for each in self.view.plan.plan.interviews if each.candidate == candidate}  # type: ignore[union-attr]  # planned is of it
        taken |= {each.interviewer for each in self.view.interviews if each.candidate == candidate}
        everybody = every_interviewer(self.store)
        choices = [(each.id, each.name) for each in everybody if each.id not in taken]
        people = {each.id: each.name for each in everybody}
        question = _("Who holds kit {kit} with {candidate} instead of {interviewer}?").format(
            kit=planned.kit, candidate=self.names[candidate], interviewer=people[interviewer]
        )

        def chosen(to: str | None) -> None:
            if to:
                self._reassign(planned, to)

        empty = _("Everybody else meets the candidate already.")
        self.screen.app.push_screen(Choose(question, choices, empty=empty), chosen)

    def _reassign(self, planned: PanelInterview, to: str) -> None:
        from hiringkit.actions.panel_plans import reassign_interview  # noqa: PLC0415 - as above

        actor, opening = self.screen.session.actor, self.view.opening.id
        self._work(lambda: reassign_interview(self.store, actor, opening, planned.candidate, planned.interviewer, to))

    def show(self) -> None:
        """Show the whole plan with what it covers."""
        from hiringkit.actions.panel_plans import criterion_names, show_panel  # noqa: PLC0415 - as above

        opening, session = self.view.opening.id, self.screen.session

        def report(language: str) -> Report:
            found = show_panel(self.store, session.actor, opening)
            _candidates, interviewers = names_of(self.store, opening)
            criteria = criterion_names(self.store, opening, language)
            questions = {each.id: each.heading(language) for each in self.view.rubric.asked}
            return panel_report(found, self.names, interviewers, criteria, questions=questions, explain=True)

        if self.view.plan is None:
            self.screen.tell(_("No panel plan: A makes one."))
        else:
            self.screen.app.push_screen(ReportScreen(session, report))

    def _work(self, step: Callable[[], StoredPlan]) -> None:
        """Do something that takes the solver, with the first of what stands against it as the reason."""

        def work() -> StoredPlan:
            try:
                return step()
            except FindingsError as error:
                why = error.findings[0].message if error.findings else ""
                raise Refused(WHY.format(message=error.message, why=why), hint=error.hint) from None

        self.screen.tell(_("Computing …"))
        self.screen.compute(work, self._kept)

    def _kept(self, made: StoredPlan) -> None:
        self.done(_("Plan {number} is kept.").format(number=made.number))
