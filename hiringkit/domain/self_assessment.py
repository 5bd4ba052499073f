"""Self-assessments: somebody's own answers to a rubric's questions, and the profile they amount to."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum

from attrs import field, frozen

from hiringkit.domain.interview import Mark, text_version
from hiringkit.domain.level import LevelNumber
from hiringkit.domain.question import Question
from hiringkit.domain.role import Requirement, RequirementKind
from hiringkit.domain.rubric import Criterion, Rubric, RubricRef
from hiringkit.text.clauses import clauses
from hiringkit.text.language import LANGUAGES, Text


class Fulfilment(StrEnum):
    """How somebody stands to a requirement, by their own word."""

    MET = "met"
    IN_PROGRESS = "in-progress"
    """Under way, such as a course begun."""
    UNMET = "unmet"


class Basis(StrEnum):
    """What a self-rating rests on, weakest first. It says nothing about whether the rating is right."""

    NONE = "none"
    """Not rated."""
    CLAIM = "claim"
    """No evidence is named."""
    THIN = "thin"
    """Evidence is named, without a figure and without a witness."""
    SOME = "some"
    """There is a figure or a witness."""
    GOOD = "good"
    """There is a figure and a witness."""

    @property
    def rank(self) -> int:
        """0 for the weakest."""
        return list(Basis).index(self)


_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_FIGURE = re.compile(
    r"\d|[一二三四五六七八九十百千万两几]成|百分之|[一二三四五六七八九十两]倍|翻番|翻倍|减半"
    r"|\b(?:half|halved|doubled|trebled|tripled|twice|third|quarter of)\b",
    re.IGNORECASE,
)


def has_figure(text: str) -> bool:
    """Return whether a text gives a figure; a year by itself is none."""
    return bool(_FIGURE.search(_YEAR.sub("", text)))


@frozen
class Tick:
    """A part of an anchor that the answer shows, by its writer's own word."""

    level: LevelNumber
    """The anchor's."""
    clause: str
    """The words, in the language in which they were ticked."""


@frozen
class SelfAnswer:
    """What somebody makes of their own answer to one question."""

    question: str
    """The question's id."""
    text: str = ""
    """The answer in writing; may be empty."""
    level: LevelNumber | Mark | None = None
    """Their own level, no-evidence where they have nothing to tell, or None where it is not yet rated."""
    evidence: str = ""
    """What they could show or name for it."""
    changed_at: datetime | None = None
    """UTC, of the last change."""
    witness: str = ""
    """Who could confirm it: a name or a function."""
    ticks: tuple[Tick, ...] = ()
    """What of the anchors the answer shows."""

    @property
    def version(self) -> str:
        """A short hash of the content: a form that carries it shows by it what its writer had seen."""
        ticks = "\0".join(f"{tick.level}:{tick.clause}" for tick in self.ticks)
        return text_version("\0".join((self.text, str(self.level), self.evidence, self.witness, ticks)))

    @property
    def backed(self) -> bool:
        """Whether there is a level with evidence or a witness beside it."""
        return isinstance(self.level, int | float) and bool(self.evidence or self.witness)

    @property
    def basis(self) -> Basis:
        """What the level rests on."""
        if not isinstance(self.level, int | float):
            return Basis.NONE
        if not self.backed:
            return Basis.CLAIM
        marks = has_figure(self.text) or has_figure(self.evidence), bool(self.witness)
        return (Basis.THIN, Basis.SOME, Basis.GOOD)[sum(marks)]


@frozen
class EarlierAnswer:
    """An answer to a question that a newer version of the rubric asks otherwise, or no longer: kept to be read."""

    version: str
    """The rubric's version under which it was given."""
    wording: Text
    """The question as it was asked."""
    answer: SelfAnswer


@frozen
class PeerLevel:
    """What somebody else makes of a written answer."""

    question: str
    """The question's id."""
    level: LevelNumber
    """Theirs."""
    answer: str
    """The text that they rated."""
    note: str = ""
    """Why."""


@frozen
class PeerReview:
    """What a peer or coach makes of the answers that were shared with them."""

    by: str
    """Who; unique in the attempt."""
    received_at: datetime
    """UTC."""
    levels: tuple[PeerLevel, ...] = ()
    """At most one for each question."""


@frozen
class SharedAnswer:
    """A written answer as it is handed to a peer or coach, and what they put beside it."""

    answer: str
    """As it was written."""
    evidence: str | None = None
    """What would be named for it."""
    level: LevelNumber | None = None
    """Theirs; blank where they give none."""
    note: str | None = None
    """Why."""


@frozen
class SharedAnswers:
    """The file that is handed to a peer or coach; own levels are not in it."""

    attempt: str
    """The attempt's id."""
    answers: Mapping[str, SharedAnswer]
    """By the question's id."""
    rater: str | None = None
    """Who rates."""


@frozen
class Attempt:
    """One self-assessment against one pinned rubric."""

    id: str
    """Unique in its folder: the name of its file."""
    rubric: RubricRef
    """Which rubric it was rated against, exactly."""
    copy: str
    """The text of what it needs of that rubric, so that it stays readable whatever becomes of the library."""
    kit: tuple[str, ...]
    """Ids of the questions, in the order in which they are asked."""
    started_at: datetime
    """UTC."""
    changed_at: datetime
    """UTC."""
    place: str | None = None
    """The question at which it goes on; None while requirements are asked."""
    requirements: Mapping[str, Fulfilment] = field(factory=dict)
    """By the requirement's id; absent where it was not answered."""
    answers: tuple[SelfAnswer, ...] = ()
    """At most one for each question of the kit."""
    earlier: tuple[EarlierAnswer, ...] = ()
    """What a newer version of the rubric left behind, oldest first."""
    peers: tuple[PeerReview, ...] = ()
    """What others make of the answers, in the order in which they came back."""
    done: Mapping[str, datetime] = field(factory=dict)
    """When steps of the plan were ticked off, by their ids; UTC."""

    def answer(self, question_id: str) -> SelfAnswer:
        """Return the answer to a question of the kit, an empty one where there is none."""
        return next((a for a in self.answers if a.question == question_id), SelfAnswer(question_id))

    @property
    def outstanding(self) -> tuple[str, ...]:
        """Questions of the kit without a level or mark."""
        return tuple(q for q in self.kit if self.answer(q).level is None)

    @property
    def untold(self) -> tuple[str, ...]:
        """Questions of the kit to which they had nothing to tell."""
        return tuple(q for q in self.kit if self.answer(q).level is Mark.NO_EVIDENCE)


@frozen
class Sheet:
    """An attempt with the rubric that it pins."""

    attempt: Attempt
    rubric: Rubric

    @property
    def requirements(self) -> tuple[Requirement, ...]:
        """What the role asks for."""
        return self.rubric.role.requirements if self.rubric.role else ()


@frozen
class Carried:
    """What became of an attempt when it met another version of its rubric."""

    before: RubricRef
    after: RubricRef
    kept: tuple[str, ...] = ()
    """Questions whose answers count on, because their meaning is unchanged."""
    changed: tuple[str, ...] = ()
    """Questions that are asked or rated otherwise: their answers are kept to be read, and they are asked again."""
    dropped: tuple[str, ...] = ()
    """Questions that are no longer asked: their answers are kept to be read."""
    requirements: tuple[str, ...] = ()
    """Requirements that are worded otherwise: they are asked again."""


_ROUNDING = 1e-9
"""A mean this little below the bar is on it."""


@frozen
class SelfScore:
    """Somebody's own score on one criterion."""

    criterion: Criterion
    share: float
    """Of the criterion weight, 0 to 1."""
    score: float | None
    """On the rubric's scale; None where nothing is rated."""
    rated: int
    """Questions with a level."""
    backed: int
    """Those of them with evidence."""
    basis: Basis = Basis.NONE
    """The best that the levels on it rest on."""
    untold: tuple[str, ...] = ()
    """Questions to which they had nothing to tell."""
    counted: float = 0.0
    """Its part of the overall score, 0 to 1: its weight by that of all criteria with a score."""

    @property
    def nothing_told(self) -> bool:
        """Whether they had nothing to tell on any question that was answered."""
        return bool(self.untold) and not self.rated

    @property
    def claimed(self) -> bool:
        """Whether it has a score and no evidence for it."""
        return bool(self.rated) and not self.backed

    @property
    def gap(self) -> float | None:
        """How far the score is below the bar, 0 where it is not; None without a score or bar."""
        if self.score is None or self.criterion.bar is None:
            return None
        below = self.criterion.bar - self.score
        return below if below > _ROUNDING else 0.0

    @property
    def priority(self) -> float:
        """What closing the gap would add to the overall score."""
        return (self.gap or 0.0) * self.counted


class Lack(StrEnum):
    """What a level would need in order to be more than a claim."""

    EVIDENCE = "evidence"
    """It reaches the bar, and no evidence is named."""
    PROOF = "figure-or-witness"
    """It is a level above the bar, and there is neither a figure nor a witness."""
    ANCHOR = "anchor"
    """Parts of its own anchor were left unticked."""


@frozen
class OwnAnswer:
    """An answer with its question, and what its level lacks."""

    question: Question
    answer: SelfAnswer
    lacks: tuple[Lack, ...] = ()
    """Nothing where the level is no mere claim."""


def lacks_of(answer: SelfAnswer, question: Question, bar: float) -> tuple[Lack, ...]:
    """Say what a level lacks that would make it more than a claim.

    A level below the bar needs no evidence; one at the bar needs some that is named, one that is a level above it
    a figure or a witness as well. Where any part of the anchors is ticked, all parts of the level's own anchor are.

    Args:
        answer: The answer with its level.
        question: Its question.
        bar: The lowest bar of the criteria that the question bears on.
    """
    level = answer.level
    if not isinstance(level, int | float):
        return ()
    lacks = []
    if level >= bar and answer.basis is Basis.CLAIM:
        lacks.append(Lack.EVIDENCE)
    elif level >= bar + 1 and answer.basis is Basis.THIN:
        lacks.append(Lack.PROOF)
    if answer.ticks and level in question.anchors and not ticked_whole(answer, question, level):
        lacks.append(Lack.ANCHOR)
    return tuple(lacks)


def ticked_whole(answer: SelfAnswer, question: Question, level: LevelNumber) -> bool:
    """Return whether all parts of a level's anchor are ticked, in any language."""
    ticked = {tick.clause for tick in answer.ticks if tick.level == level}
    wordings = question.anchors[level]
    every = [wordings.in_language(language) for language in LANGUAGES]
    return any(set(clauses(wording)) <= ticked for wording in every)


@frozen
class Difference:
    """A criterion as its owner and as interviewers rated it."""

    criterion: Criterion
    own: float
    interviewers: float


@frozen
class Correction:
    """How far self-ratings and interviews of the same person lie apart."""

    opening: str
    interviewers: int
    """How many rated."""
    differences: tuple[Difference, ...]
    """Criteria that both rated."""
    mean: float | None
    """Own minus interviewers', the mean by criterion weight over those criteria, in rating points.

    None where the opening does not rank candidates, and so has no totals.
    """
    corrected: float | None
    """The own overall score less that mean, kept on the scale."""


@frozen
class Waypoint:
    """An attempt as a step of progress."""

    attempt: str
    version: str
    started_at: datetime
    overall: float | None
    coverage: float
    scores: Mapping[str, float | None] = field(factory=dict)
    """By criterion id."""
    untold: tuple[str, ...] = ()
    """Criteria on which they had nothing to tell."""
    untold_share: float = 0.0
    """Their share of the criterion weight, 0 to 1."""


@frozen
class SelfProfile:
    """A self-assessment against the role's bars."""

    sheet: Sheet
    overall: float | None
    """Weighted mean of the criteria that have a score, on the rubric's scale."""
    coverage: float
    """Share of criterion weight with a score, 0 to 1."""
    scores: tuple[SelfScore, ...]
    """One for each criterion, in the rubric's order."""
    requirements: tuple[tuple[Requirement, Fulfilment | None], ...]
    """Every requirement of the role; None where it was not answered."""
    answers: tuple[OwnAnswer, ...] = ()
    """In the order of the kit, those that are given."""
    progress: tuple[Waypoint, ...] = ()
    """All attempts at this rubric, oldest first."""
    correction: Correction | None = None
    """Where interviews of the same person were asked for and found."""

    @property
    def compared(self) -> tuple[tuple[OwnAnswer, PeerReview, PeerLevel], ...]:
        """Every level that somebody else gave, with the own answer, by question."""
        return tuple(
            (own, review, theirs)
            for own in self.answers
            for review in self.sheet.attempt.peers
            for theirs in review.levels
            if theirs.question == own.question.id
        )

    @property
    def lacking(self) -> tuple[tuple[Requirement, Fulfilment], ...]:
        """Requirements in progress or unmet, required ones first, unmet ones before those in progress."""
        open_ones = [(r, s) for r, s in self.requirements if s in (Fulfilment.UNMET, Fulfilment.IN_PROGRESS)]
        open_ones.sort(key=lambda each: (each[0].kind is not RequirementKind.REQUIRED, each[1] is not Fulfilment.UNMET))
        return tuple((requirement, standing) for requirement, standing in open_ones if standing)

    @property
    def gaps(self) -> tuple[SelfScore, ...]:
        """Criteria with nothing to tell, the heaviest first; then those below their bar, the costliest first."""
        found = (s for s in self.scores if s.nothing_told or s.gap)
        return tuple(sorted(found, key=lambda s: (0, -s.share) if s.nothing_told else (1, -s.priority)))

    @property
    def unrated(self) -> tuple[SelfScore, ...]:
        """Criteria that no answered question bears on, the heaviest first."""
        found = (s for s in self.scores if s.score is None and not s.nothing_told)
        return tuple(sorted(found, key=lambda s: -s.share))

    @property
    def strengths(self) -> tuple[SelfScore, ...]:
        """Criteria with evidence a level or more above the bar, or at the top of the scale; the highest first."""
        top = self.sheet.rubric.scale.high
        strong = [(s.score, s) for s in self.scores if s.score is not None and s.backed and not s.gap]
        found = [(x, s) for x, s in strong if x >= min((s.criterion.bar or top - 1) + 1, top)]
        return tuple(s for _x, s in sorted(found, key=lambda each: (-each[0], -each[1].share)))


class StepKind(StrEnum):
    """What a step of the plan asks for."""

    ANSWER = "answer"
    """To find something to tell on a question."""
    PRACTISE = "practise"
    """To practise a question."""
    LEARN = "learn"
    """To learn or do something."""
    REQUIREMENT = "requirement"
    """To meet a requirement."""

    @property
    def hours(self) -> float:
        """A rule of thumb for the effort: an hour for a question, two for a story to be found, a week of evenings."""
        return {"answer": 2.0, "practise": 1.0, "learn": 10.0, "requirement": 40.0}[self.value]


@frozen
class PlanStep:
    """One thing to do, small enough to be ticked off."""

    id: str
    """Unique in the plan: the criterion and what it is about."""
    kind: StepKind
    text: Text
    """What to do."""
    criterion: Criterion | None
    """What it is for; None for a requirement."""
    due: date | None = None
    """None where no date was given, or it is done."""
    done: datetime | None = None
    """UTC; None where it is not done."""


@frozen
class Exercise:
    """A question to practise."""

    question: Question
    bank: str
    """The bank that holds it; empty where none at hand does."""
    samples: int
    """Sample answers with a reasoned level that the bank holds for it."""


@frozen
class NextStep:
    """What to do about one criterion."""

    score: SelfScore
    develop: tuple[Text, ...]
    exercises: tuple[Exercise, ...]
    """Questions on the criterion, those with sample answers first."""
    next_level: LevelNumber | None
    """The level above the present one; None at the top or without anchors."""
    next_anchor: Text | None
    """What that level looks like."""


@frozen
class NextSteps:
    """What to work on, in the order of what it is worth."""

    profile: SelfProfile
    steps: tuple[NextStep, ...]
    from_gaps: bool
    """Whether the steps are gaps; else the criteria nearest to their bars."""
    plan: tuple[PlanStep, ...] = ()
    """The same as things to do, in the order in which they are worth doing."""
