"""A debrief with what its sections look up again and again, and the questions on which interviewers are far apart."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import pairwise

from attrs import frozen

from hiringkit.domain.debrief import Answer, Debrief, Held
from hiringkit.domain.interview import InterviewState
from hiringkit.domain.level import write_level
from hiringkit.domain.profile import FitProfile
from hiringkit.domain.question import Question
from hiringkit.locale import _
from hiringkit.report.words import (
    distinct_names,
    join_names,
    join_things,
    moment,
)

LEVELS_APART = 2
"""Steps of the scale from which on two ratings of one question are far apart."""
LISTED = 10
"""Names, or steps, that a sentence or list holds."""


@frozen(slots=False)
class DebriefView:
    """A debrief with what its sections look up again and again."""

    debrief: Debrief
    language: str

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Candidates' names by id."""
        return distinct_names((each.candidate, each.name) for each in self.debrief.comparison.profiles)

    @cached_property
    def people(self) -> Mapping[str, str]:
        """Interviewers' names by id."""
        return distinct_names(self.debrief.people.items())

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """The questions that count, by id, in the order in which they are asked."""
        return {each.id: each for each in self.debrief.rubric.asked if each.id not in self.debrief.dropped}

    @cached_property
    def profiles(self) -> tuple[FitProfile, ...]:
        """Those whom it is about."""
        asked_for = self.debrief.candidate
        return tuple(each for each in self.debrief.comparison.profiles if asked_for in (None, each.candidate))

    @cached_property
    def answers(self) -> Mapping[str, tuple[Answer, ...]]:
        """By candidate."""
        found: dict[str, list[Answer]] = {each.candidate: [] for each in self.profiles}
        for answer in self.debrief.answers:
            if answer.candidate in found:
                found[answer.candidate].append(answer)
        return {candidate: tuple(answers) for candidate, answers in found.items()}

    @cached_property
    def owed(self) -> tuple[Held, ...]:
        """Interviews whose scorecards are not in."""
        return tuple(each for each in self.interviews if each.state is not InterviewState.SUBMITTED)

    @cached_property
    def interviews(self) -> tuple[Held, ...]:
        """Those with the candidates whom it is about."""
        return tuple(each for each in self.debrief.interviews if each.candidate in self.answers)

    @cached_property
    def apart(self) -> "tuple[SplitQuestion, ...]":
        """Questions on which two interviewers are far apart about a candidate, the widest first."""
        return tuple(far_apart(self))

    @property
    def title(self) -> str:
        """What stands at the top."""
        if self.debrief.candidate and self.profiles:
            return _("Debrief: {name}").format(name=self.names[self.profiles[0].candidate])
        return _("Whom do we hire?")

    @property
    def above(self) -> str:
        """Which opening it is about, and when it was made."""
        opening = self.debrief.opening
        made = _("made {time} UTC").format(time=moment(self.debrief.made_at))
        return " · ".join(filter(None, (opening.title, _("opening {id}").format(id=opening.id), made)))

    @property
    def foot(self) -> str:
        """What it rests on, and how it is to be handled."""
        rubric = self.debrief.rubric
        names = _("names are hidden") if self.debrief.blind else _("confidential: it names people")
        rest = _("rubric {id} {version}").format(id=rubric.id, version=rubric.version)
        return f"hiringkit · {rest} · {self.debrief.opening.digest} · {names}"

    def level_name(self, value: object) -> str:
        """Return the word for a level; empty for anything else."""
        levels = self.debrief.rubric.scale.levels
        return next((each.label.in_language(self.language) for each in levels if each.value == value), "")

    def asked(self, question: str) -> str:
        """Return what was asked."""
        found = self.questions.get(question)
        return found.text.in_language(self.language) if found else question

    def heading(self, question: str) -> str:
        """Return what lists call a question."""
        found = self.questions.get(question)
        return found.heading(self.language) if found else question

    def headings(self, questions: Iterable[str]) -> str:
        """Join what lists call some questions, the first few of them if there are many."""
        named = [f"“{self.heading(question)}”" for question in questions]
        return join_things(named, self.language, most=LISTED)

    def criterion_name(self, criterion: str) -> str:
        """Return the name that people read."""
        return self.debrief.comparison.criterion_names.get(criterion, criterion)

    def joined(self, names: Sequence[str]) -> str:
        """Join names of people, the first few of them if there are many."""
        return join_names(names, self.language, most=LISTED)


@frozen
class SplitQuestion:
    """Two ratings of one question that are far apart."""

    candidate: str
    criterion: str
    """The one that the question counts most for."""
    low: Answer
    high: Answer

    @property
    def words(self) -> str:
        """The two levels."""
        return _("apart {low} | {high}").format(low=show_level(self.low.value), high=show_level(self.high.value))


def show_level(value: object) -> str:
    """Write a level; a mark is said in words."""
    return write_level(value) if isinstance(value, int | float) else str(value)


def far_apart(view: DebriefView) -> list[SplitQuestion]:
    """Return the questions on which two interviewers are far apart about a candidate, the widest first."""
    values = view.debrief.rubric.scale.values
    step = min((b - a for a, b in pairwise(values)), default=1)
    found = []
    for candidate, answers in view.answers.items():
        by_question: dict[str, list[Answer]] = {}
        for answer in answers:
            if isinstance(answer.value, int | float) and answer.question in view.questions:
                by_question.setdefault(answer.question, []).append(answer)
        for question, rated in by_question.items():
            low, high = min(rated, key=level_number), max(rated, key=level_number)
            if level_number(high) - level_number(low) >= LEVELS_APART * step:
                found.append(SplitQuestion(candidate, main_criterion(view.questions[question]), low, high))
    return sorted(found, key=lambda each: (level_number(each.low) - level_number(each.high), not each.low.evidence))


def level_number(answer: Answer) -> float:
    """Return the level of an answer that has one, for sorting."""
    return float(answer.value) if isinstance(answer.value, int | float) else 0.0


def main_criterion(question: Question) -> str:
    """Return the criterion that a question counts most for."""
    return max(question.criteria, key=lambda each: question.criteria[each])
