"""Whom a debrief can be about, and two interviewers who are far apart, with what each of them heard, side by side."""

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content

from hiringkit.domain.debrief import Answer, Debrief
from hiringkit.domain.interview import InterviewState
from hiringkit.domain.profile import Disagreement, FitProfile, Side
from hiringkit.locale import _
from hiringkit.report.model import Number, Tone, show_cell
from hiringkit.report.views.debrief_evidence import recommendations_counted
from hiringkit.report.words import distinct_names
from hiringkit.tui.keys import bindings
from hiringkit.tui.safe import as_is, safe, show
from hiringkit.tui.screen import AppScreen
from hiringkit.tui.session import TuiSession
from hiringkit.tui.widgets.fields import value_sign
from hiringkit.tui.widgets.listing import Heads, ListRow
from hiringkit.tui.widgets.page import Page

Split = tuple[FitProfile, Disagreement]
EVERYBODY = "*"
"""Stands for all candidates of a debrief."""


def whose(debrief: Debrief, language: str) -> tuple[list[Heads], list[ListRow]]:
    """Return whom a debrief can be about: all, or one, with who recommended what and the widest disagreement."""
    heads = [Heads(_("Candidate")), Heads(_("Recommended")), Heads(_("Furthest apart"))]
    names = distinct_names((each.candidate, each.name) for each in debrief.comparison.profiles)
    owed = [each.candidate for each in debrief.interviews if each.state is not InterviewState.SUBMITTED]
    found = splits(debrief)

    def row(key: str, name: str, recommended: str, apart: str, to_come: int) -> ListRow:
        cells = (safe(name), safe(recommended), safe(apart), *([show(Number(to_come, 0))] if owed else []))
        return ListRow(key, cells)

    rows = [row(EVERYBODY, _("all candidates"), "", "", len(owed))]
    for profile in debrief.comparison.profiles:
        widest = next((each for each in found if each[0].candidate == profile.candidate), None)
        apart = f"{_range(widest[1])}  {_what(debrief, widest[1])}" if widest else "-"
        recommended = recommendations_counted(profile, language)
        key = profile.candidate
        rows.append(row(key, names[key], recommended, apart, owed.count(key)))
    return [*heads, *([Heads(_("To come"), right=True)] if owed else [])], rows


def splits(debrief: Debrief) -> list[Split]:
    """Return who is disagreed about and how, the largest distance first."""
    found = [(profile, apart) for profile in debrief.comparison.profiles for apart in profile.disagreements]
    return sorted(found, key=lambda each: each[1].lowest.score - each[1].highest.score)


def _what(debrief: Debrief, apart: Disagreement) -> str:
    names = debrief.comparison.criterion_names
    return names.get(apart.criterion, apart.criterion) if apart.criterion else _("all that was asked")


def _range(apart: Disagreement) -> str:
    low, high = (show_cell(Number(side.score, 1)) for side in (apart.lowest, apart.highest))
    return f"{low}-{high}"


def subject(debrief: Debrief, split: Split) -> str:
    """Say whom and what a disagreement is about."""
    profile, apart = split
    return f"{profile.name or profile.candidate}: {_what(debrief, apart)}"


def split_line(debrief: Debrief, split: Split) -> str:
    """Say a disagreement in a line: both means, and what it is about."""
    return f"{_range(split[1])}  {subject(debrief, split)}"


def _mean(debrief: Debrief, side: Side) -> str:
    name = debrief.people.get(side.interviewer, side.interviewer)
    return _("{name}, mean {mean}").format(name=name, mean=show_cell(Number(side.score, 1)))


class SplitScreen(AppScreen):
    """Both ends of a disagreement."""

    KEYS = "split"
    BINDINGS = bindings("split")

    def __init__(self, session: TuiSession, debrief: Debrief, split: Split) -> None:
        super().__init__(session)
        self.debrief, self.split = debrief, split

    def body(self) -> ComposeResult:
        """Lay out two pages beside each other."""
        with Horizontal(id="ends"):
            yield Page(id="lowest")
            yield Page(id="highest")

    def show_all(self) -> None:
        """Write what each of them heard."""
        self.head(subject(self.debrief, self.split), _("side by side"), Tone.QUIET)
        for place, side in (("lowest", self.split[1].lowest), ("highest", self.split[1].highest)):
            page = self.query_one(f"#{place}", Page)
            page.border_title = as_is(safe(_mean(self.debrief, side)).plain)
            page.write(Content("\n").join(self._answers(side)), top=True)

    def _answers(self, side: Side) -> Iterator[Content]:
        language, rubric = self.session.language, self.debrief.rubric
        for answer in self._about(side):
            question = rubric.question(answer.question)
            words = question.heading(language) if question else answer.question
            yield Content.assemble(safe(f"[{value_sign(answer.value)}]", "bold"), " ", safe(words, Tone.QUIET))
            yield safe(answer.evidence, lines=True) if answer.evidence else safe(_("(no evidence written)"), Tone.QUIET)
            yield Content("")

    def _about(self, side: Side) -> Iterator[Answer]:
        """Yield the answers that the disagreement rests on, as one of both rated them."""
        profile, apart = self.split
        for answer in self.debrief.answers:
            asked = self.debrief.rubric.question(answer.question)
            bears = apart.criterion is None or (asked is not None and apart.criterion in asked.criteria)
            if bears and (answer.candidate, answer.interviewer) == (profile.candidate, side.interviewer):
                yield answer

    def action_page(self, pages: int) -> None:
        """Scroll both."""
        for page in self.query(Page):
            page.page(pages)
