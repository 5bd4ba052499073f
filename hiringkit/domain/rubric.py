"""Rubrics: what a role needs, and how it is asked and rated."""

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum

from attrs import evolve, field, frozen

from hiringkit.domain.conduct import (
    AfterSeeing,
    Ancillary,
    CandidateQuestions,
    Combination,
    NoteTaking,
    Panel,
    Prompting,
    RankingPolicy,
    Training,
    Unrated,
)
from hiringkit.domain.level import LevelNumber
from hiringkit.domain.question import Question, QuestionKind
from hiringkit.domain.role import Role
from hiringkit.domain.shape import (
    CERTAINTY,
    CRITERIA,
    EXPRESSIONS,
    ID,
    LEVELS,
    NOT_NEGATIVE,
    POSITIVE,
    QUESTION_IDS,
    QUESTIONS,
    SHARE,
    THRESHOLDS,
    VERSION,
)
from hiringkit.text.language import Text


class CriterionKind(StrEnum):
    """Whether a criterion is something the role is answerable for or something its holder can do."""

    RESPONSIBILITY = "responsibility"
    """What the role is answerable for."""
    COMPETENCY = "competency"
    """What its holder can do."""


class NoEvidencePolicy(StrEnum):
    """What a question that was asked and showed nothing counts for."""

    EXCLUDE = "exclude"
    """Nothing: it is left out of the mean, and the count of it is shown."""
    LOWEST = "lowest"
    """The lowest level of the scale."""


@frozen
class Level:
    """A number on the scale."""

    value: LevelNumber
    """Distinct from the others, ascending in the file; in steps of any size, such as 1, 1.5, 2."""
    label: Text
    """A word or two."""
    meaning: Text | None = None
    """What the level stands for on any criterion."""


@frozen
class Scale:
    """The levels that a rating may take."""

    levels: tuple[Level, ...] = field(metadata=LEVELS)
    """At least two, ascending by value."""

    @property
    def values(self) -> tuple[LevelNumber, ...]:
        """The levels' numbers, ascending."""
        return tuple(level.value for level in self.levels)

    @property
    def low(self) -> LevelNumber:
        """The lowest level."""
        return self.levels[0].value

    @property
    def high(self) -> LevelNumber:
        """The highest level."""
        return self.levels[-1].value


@frozen
class Precondition:
    """What has to be in place before the role is worth hiring for."""

    id: str = field(metadata=ID)
    """Lower-case words joined by `-`."""
    text: Text
    """What has to be in place."""
    name: Text | None = field(default=None, kw_only=True)
    """A few words for headings and reasons; without it, the first words of the text."""
    until_then: Text | None = field(default=None, kw_only=True)
    """What to do where it is not in place yet."""


class Frequency(StrEnum):
    """How often, or how badly, a sign is seen."""

    NEVER = "never"
    SOMETIMES = "sometimes"
    OFTEN = "often"
    ALWAYS = "always"

    @property
    def rank(self) -> int:
        """0 for never."""
        return list(Frequency).index(self)


@frozen
class Sign:
    """A symptom in the organisation that the role would cure."""

    id: str = field(metadata=ID)
    """Lower-case words joined by `-`."""
    text: Text
    """What is seen."""
    remedy: Text
    """What the role would do about it."""
    name: Text | None = field(default=None, kw_only=True)
    """A few words for headings and reasons; without it, the first words of the text."""
    counts: Text | None = field(default=None, kw_only=True)
    """What counts as the sign: how often, how badly, and what would show it."""
    at_least: Frequency = field(default=Frequency.OFTEN, kw_only=True)
    """How often it has to be seen in order to count: a sign is what comes back, not what happened once."""


@frozen
class Need:
    """Whether an organisation needs the role."""

    preconditions: tuple[Precondition, ...] = ()
    """All of them hold, or it is too early."""
    signs: tuple[Sign, ...] = ()
    """Any of them is reason enough."""


@frozen
class CandidateExpectation:
    """What a candidate may need from the team: the other side of the fit, never part of a score."""

    id: str = field(metadata=ID)
    """Lower-case words joined by `-`."""
    text: Text
    """What is needed, in the candidate's voice."""


@frozen
class Criterion:
    """What is rated."""

    id: str = field(metadata=ID)
    """Lower-case words joined by `-`."""
    kind: CriterionKind
    """Whether the role is answerable for it, or its holder can do it."""
    name: Text
    """A few words."""
    definition: Text
    """What it is, and what it is not."""
    weight: float = field(metadata=POSITIVE)
    """Positive; shares of the overall score are weights over their sum."""
    weight_rationale: Text | None = None
    """Why it weighs what it weighs."""
    bar: float | None = None
    """The score below which the criterion counts as a gap."""
    required: bool = False
    """A gate: below the bar, the candidate is not recommended."""
    anchors: Mapping[LevelNumber, Text] = field(factory=dict)
    """The behaviour that marks each level."""
    gists: Mapping[LevelNumber, Text] = field(factory=dict, kw_only=True)
    """An anchor in a few words, as for questions."""
    develop: tuple[Text, ...] = ()
    """What somebody who is below the bar can learn or do, the most useful first."""
    also: Mapping[str, tuple[str, ...]] = field(factory=dict, kw_only=True, metadata=EXPRESSIONS)
    """Expressions by language: how postings say it, for `posting check`."""

    def as_question(self) -> Question:
        """Return what is asked where an interviewer rates the criterion as a whole."""
        return Question(
            id=self.id,
            kind=QuestionKind.BEHAVIOURAL,
            text=self.name,
            criteria={self.id: 1.0},
            title=self.name,
            anchors=self.anchors,
            gists=self.gists,
        )


@frozen
class QuestionUse:
    """Questions drawn from a bank."""

    bank: str
    """The bank's id."""
    use: tuple[str, ...] = field(metadata=QUESTION_IDS)
    """Ids of its questions, in the order in which they are asked."""


@frozen
class Policy:
    """How interviews are held, how ratings become a score, and a score a recommendation."""

    minimum_coverage: float = field(default=0.8, metadata=SHARE)
    """The share of criterion weight that must have been rated, 0 to 1."""
    no_evidence: NoEvidencePolicy = NoEvidencePolicy.EXCLUDE
    """What a question counts for that was asked and showed nothing."""
    recommend: Mapping[str, float] = field(factory=dict, metadata=THRESHOLDS)
    """Lowest overall score of strong-yes, yes and no; below the last it is strong-no."""
    recommend_rationale: Text | None = None
    """Why these scores: what a candidate is like who just reaches each of them."""
    bar_margin: float | None = field(default=None, metadata=NOT_NEGATIVE)
    """Rating points below a bar from which it counts as reached: half a step unless given, 0 to be strict."""
    gate_certainty: float = field(default=0.75, metadata=CERTAINTY)
    """How probable it must be that a bar is reached, or missed, for that to be said; between, it is open."""
    combination: Combination | None = None
    """What a candidate's ratings are put together by."""
    interview_minutes: float | None = field(default=None, metadata=POSITIVE)
    """The planned length of one interview."""
    panel: Panel | None = None
    """Who interviews a candidate."""
    prompting: Prompting | None = None
    """What an interviewer may ask besides the question."""
    ancillary: Ancillary | None = None
    """What an interviewer sees of a candidate's application, references and test results."""
    candidate_questions: CandidateQuestions | None = None
    """When candidates ask their own."""
    notes: NoteTaking | None = None
    """Whether the evidence for a rating is written down."""
    training: Training | None = None
    """Whether interviewers practise before their first interview."""
    unrated: Unrated = Unrated.BLOCK
    """Whether a scorecard may be submitted while questions have neither a level nor a mark."""
    after_seeing: AfterSeeing = AfterSeeing.COUNT
    """What ratings count for that were given or changed by somebody who could see others' of the candidate."""
    ranking: RankingPolicy = RankingPolicy.ON
    """Whether candidates are put in an order; an opening may say otherwise."""


OPENING_AND_CLOSE = 10.0
"""Minutes of an interview in which nothing is asked: five to begin it, five to end it."""


@frozen
class Stage:
    """One of the interviews that a candidate goes through, with the questions that it asks."""

    id: str = field(metadata=ID)
    """Lower-case words joined by `-`."""
    title: Text
    """What it is called, such as screen."""
    questions: tuple[str, ...] = field(metadata=QUESTION_IDS)
    """Ids of the rubric's questions, in the order in which they are asked; each is in one stage at most."""
    purpose: Text | None = None
    """What is to be known after it."""
    led_by: Text | None = None
    """Who holds it."""
    minutes: float | None = field(default=None, metadata=POSITIVE)
    """How long it takes, opening and close included."""

    @property
    def asking_minutes(self) -> float | None:
        """How long is left for its questions; None where it does not say how long it takes."""
        return None if self.minutes is None else self.minutes - OPENING_AND_CLOSE


@frozen
class Rubric:
    """What a role needs, how it is asked and how it is rated."""

    id: str = field(metadata=ID)
    """Lower-case words joined by `-`, unique in the library."""
    version: str = field(metadata=VERSION)
    """Semantic version, such as 1.0.0."""
    title: Text
    """The role's name."""
    scale: Scale
    """The levels that a rating may take."""
    criteria: tuple[Criterion, ...] = field(metadata=CRITERIA)
    """What is rated."""
    questions: tuple[QuestionUse | Question, ...] = field(metadata=QUESTIONS)
    """Drawn from banks, or the rubric's own; in the order in which they are asked."""
    summary: Text | None = None
    """The role in a paragraph."""
    role: Role | None = None
    """The job itself."""
    need: Need | None = None
    """Whether an organisation needs the role."""
    policy: Policy = field(factory=Policy)
    """How interviews are held, and how ratings become a score."""
    candidate_expectations: tuple[CandidateExpectation, ...] = ()
    """What candidates are asked that they need from the team."""
    stages: tuple[Stage, ...] = ()
    """The interviews of a candidate in their order, where they are different ones."""

    @property
    def asked(self) -> tuple[Question, ...]:
        """The questions themselves; all of them once the catalog has resolved the banks."""
        return tuple(q for q in self.questions if isinstance(q, Question))

    @property
    def question_ids(self) -> tuple[str, ...]:
        """The ids of all questions, those too that are still to be drawn from banks."""
        return tuple(i for q in self.questions for i in (q.use if isinstance(q, QuestionUse) else (q.id,)))

    def question(self, question_id: str) -> Question | None:
        """Return the question with this id, or None."""
        return next((q for q in self.asked if q.id == question_id), None)

    def stage(self, stage_id: str) -> Stage | None:
        """Return the stage with this id, or None."""
        return next((stage for stage in self.stages if stage.id == stage_id), None)

    @property
    def heard(self) -> tuple[Question, ...]:
        """What a candidate is asked: the stages' questions where there are stages, or else all of them."""
        staged = {question for stage in self.stages for question in stage.questions}
        return tuple(question for question in self.asked if question.id in staged) if staged else self.asked

    def asking(self, ids: Collection[str]) -> "Rubric":
        """Return the rubric with some criteria as questions too, for scorecards that rate those as a whole.

        Args:
            ids: Of what was rated; a question goes before a criterion of the same id.
        """
        whole = tuple(c.as_question() for c in self.criteria if c.id in ids and self.question(c.id) is None)
        return evolve(self, questions=(*self.questions, *whole)) if whole else self

    def held_with(self, questions: Sequence[Question]) -> "Rubric":
        """Return what of the rubric an interview with some of its questions is held with, and nothing else."""
        touched = {criterion for question in questions for criterion in question.criteria}
        criteria = (evolve(c, also={}, develop=()) for c in self.criteria if c.id in touched)
        return Rubric(
            self.id,
            self.version,
            self.title,
            self.scale,
            tuple(criteria),
            tuple(evolve(question, samples=()) for question in questions),
            policy=self.policy,
        )

    def criterion(self, criterion_id: str) -> Criterion | None:
        """Return the criterion with this id, or None."""
        return next((c for c in self.criteria if c.id == criterion_id), None)


@frozen
class CriterionChange:
    """What a variant does to a criterion of the rubric that it extends."""

    id: str = field(metadata=ID)
    """The criterion's id in the other rubric."""
    weight: float | None = field(default=None, metadata=POSITIVE)
    """In place of the other's."""
    weight_rationale: Text | None = None
    """Why it weighs what it weighs here."""
    bar: float | None = None
    """In place of the other's."""
    required: bool | None = None
    """Whether it is a gate here."""


@frozen
class Variant:
    """A rubric that is another one but for what its file gives, such as the same role at another level."""

    id: str = field(metadata=ID)
    """Lower-case words joined by `-`, unique in the library."""
    version: str = field(metadata=VERSION)
    """Semantic version, such as 1.0.0."""
    extends: str = field(metadata=ID)
    """The other rubric's id; it may be a variant itself."""
    title: Text
    """The role's name."""
    summary: Text | None = None
    """The role in a paragraph."""
    role: Role | None = None
    """What it says of the job; a key that it leaves out is as in the other."""
    need: Need | None = None
    """Whether an organisation needs the role."""
    policy: Policy | None = None
    """How interviews are held; a key that it leaves out is as in the other."""
    criteria: tuple[CriterionChange, ...] = ()
    """The criteria that weigh or are barred otherwise; the others are as they are there."""
    questions: tuple[QuestionUse | Question, ...] | None = None
    """In place of all questions of the other."""
    stages: tuple[Stage, ...] | None = None
    """In place of all stages of the other."""
    candidate_expectations: tuple[CandidateExpectation, ...] | None = None
    """In place of those of the other."""


@frozen
class RubricRef:
    """Which rubric, exactly."""

    id: str
    version: str
    digest: str


DEFAULT_LABELS = (
    (1, Text(en="Far below the role", zh="远低于岗位要求")),
    (2, Text(en="Below the role", zh="低于岗位要求")),
    (3, Text(en="Meets the role", zh="达到岗位要求")),
    (4, Text(en="Above the role", zh="高于岗位要求")),
    (5, Text(en="Far above the role", zh="远高于岗位要求")),
)


def default_scale() -> Scale:
    """Return the scale of a rubric that names none: 1 to 5."""
    return Scale(tuple(Level(value, label) for value, label in DEFAULT_LABELS))
