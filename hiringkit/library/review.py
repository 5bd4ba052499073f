"""Reviews of files: findings of checks and lint rules, and how structured the interviews of their rubrics are."""

from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path as FilePath
from typing import Any

from attrs import frozen

from hiringkit.domain.conduct import (
    Ancillary,
    CandidateQuestions,
    Combination,
    Discussion,
    NoteTaking,
    Prompting,
    Training,
)
from hiringkit.domain.finding import Finding
from hiringkit.domain.question import Question, QuestionKind
from hiringkit.domain.rubric import OPENING_AND_CLOSE, QuestionUse, Rubric, Variant
from hiringkit.domain.shape import RECOMMENDATIONS
from hiringkit.domain.structure import Component, StructureScore, Where
from hiringkit.library.catalog import Library, draft_of
from hiringkit.library.documents import Draft, Outcome, draft, result_of
from hiringkit.library.lint.anchors import SeenAnchors, check_anchors
from hiringkit.library.lint.criteria import planned_interviews
from hiringkit.library.lint.linting import lint, lint_asked, lint_variant
from hiringkit.library.resolve import FoundRubric, Sources, bank_findings, extend_rubric, resolve_rubric
from hiringkit.text.sentence import Sentence

FEWEST_QUESTIONS = 8
"""How many questions make an interview long enough; this and the next are thresholds of our own."""
FEWEST_MINUTES = 30
FEWEST_PER_CRITERION = 2
_FEWEST_TRAINING = 2
"""Questions with sample answers that interviewers need to practise on."""
_FEWEST_SAMPLE_LEVELS = 3
_MOST_NAMED = 3


@frozen
class FileReview:
    """The findings of checks and lint rules on some files."""

    findings: tuple[Finding, ...]
    """Errors, warnings and remarks."""
    structures: tuple[StructureScore, ...] = ()
    """Of the rubrics without errors."""


def review_paths(library: Library, paths: Iterable[str | FilePath] = ()) -> FileReview:
    """Review files, and all YAML files in folders; the whole library without any.

    Raises:
        NotFound: There is no such file or folder.
    """
    files, notes = library.files_to_check(paths)
    sources = library.sources(files, lint)
    reviews = [_review(_linted(draft_of(file)), str(file), sources) for file in files]
    found = [finding for review in reviews for finding in review.findings]
    structures = tuple(score for review in reviews for score in review.structures)
    return FileReview(tuple(dict.fromkeys([*found, *notes])), structures)


def review_text(library: Library, text: str | bytes, source: str = "-") -> FileReview:
    """Review a rubric or bank; the text's header says which it is."""
    return _review(_linted(draft(text, source)), source, library.sources(added=lint))


def _linted(outcome: Outcome[Any]) -> Outcome[Any]:
    if isinstance(outcome, Draft):
        lint(outcome)
    return outcome


def _review(outcome: Outcome[Any], file: str, sources: Sources) -> FileReview:
    if not isinstance(outcome, Draft) or not isinstance(outcome.value, Rubric | Variant):
        return FileReview(result_of(outcome)[1])
    written = extend_rubric(outcome, sources)
    if isinstance(written, FoundRubric):
        return FileReview(outcome.findings.in_order())
    resolved = resolve_rubric(written, sources)
    asked = resolved.value.asked
    complete = _all_asked(written.value, asked)
    if complete and isinstance(outcome.value, Variant):
        lint_variant(outcome, resolved.value)
    elif complete:
        lint_asked(written, asked)
    scores = (score_structure(resolved.value, file),) if complete and not outcome.findings.failed else ()
    return FileReview((*outcome.findings.in_order(), *bank_findings(written.value, sources)), scores)


def _all_asked(written: Rubric, asked: Iterable[Question]) -> bool:
    """Return whether everything that a rubric draws from banks was there to be drawn."""
    there = {question.id for question in asked}
    return all(there.issuperset(item.use) for item in written.questions if isinstance(item, QuestionUse))


def score_structure(rubric: Rubric, file: str = "-") -> StructureScore:
    """Score how structured a rubric's interviews are.

    Args:
        rubric: With its banks resolved.
        file: What to call its file.
    """
    return StructureScore(rubric.id, file, tuple(_component(identifier, rubric) for identifier in COMPONENTS))


def _component(identifier: str, rubric: Rubric) -> Component:
    name, advise = COMPONENTS[identifier]
    if advise is None:
        return Component(identifier, name, None, Where.OPENING, _OPENING)
    advice = advise(rubric)
    return Component(identifier, name, not advice, Where.FILE, advice)


Advise = Callable[[Rubric], str]
"""Says what a rubric with all its questions lacks; nothing where it has the component."""
_OPENING = Sentence("schedule the same interviewers for every candidate of an opening")


def _job_analysis(rubric: Rubric) -> str:
    tasks = rubric.role.tasks if rubric.role else ()
    if not tasks:
        return Sentence("add role.tasks, each with the criteria that it calls upon")
    if loose := [task.id for task in tasks if not task.criteria]:
        return Sentence("say which criteria these tasks call upon: {names}").format(names=_named(loose))
    called = {criterion for task in tasks for criterion in task.criteria}
    if idle := [criterion.id for criterion in rubric.criteria if criterion.id not in called]:
        return Sentence("no task calls upon {names}: add the task, or drop the criterion").format(names=_named(idle))
    return ""


def _same_questions(rubric: Rubric) -> str:
    policy = rubric.policy
    if policy.interview_minutes is None:
        return Sentence(
            "add policy.interview_minutes, so that it shows whether every candidate can be asked every question"
        )
    if unplanned := [question.id for question in rubric.asked if question.minutes is None]:
        return Sentence("add minutes to {names}").format(names=_named(unplanned))
    total = sum(question.minutes or 0 for question in rubric.heard)
    available = (
        sum(stage.asking_minutes or 0 for stage in rubric.stages)
        if any(stage.minutes for stage in rubric.stages)
        else (policy.interview_minutes - OPENING_AND_CLOSE) * planned_interviews(policy)
    )
    if total > available:
        return Sentence(
            "all questions take {total:g} minutes, a candidate's interviews have {available:g} for them: ask fewer, or"
            " raise either"
        ).format(total=total, available=available)
    return ""


def _prompting(rubric: Rubric) -> str:
    if rubric.policy.prompting is not Prompting.PLANNED_PROBES:
        return Sentence("add policy.prompting: planned-probes")
    without = [question.id for question in rubric.asked if not question.probes]
    return Sentence("plan probes for {names}").format(names=_named(without)) if without else ""


def _question_types(rubric: Rubric) -> str:
    better = sum(question.kind in (QuestionKind.BEHAVIOURAL, QuestionKind.SITUATIONAL) for question in rubric.asked)
    if 2 * better < len(rubric.asked):
        return Sentence("make at least half of the questions behavioural or situational; {better} of {all} are").format(
            better=better, all=len(rubric.asked)
        )
    return ""


def _length(rubric: Rubric) -> str:
    if len(rubric.asked) < FEWEST_QUESTIONS:
        return Sentence("ask at least {fewest} questions; there are {all}").format(
            fewest=FEWEST_QUESTIONS, all=len(rubric.asked)
        )
    rare = [c.id for c in rubric.criteria if sum(c.id in q.criteria for q in rubric.asked) < FEWEST_PER_CRITERION]
    if rare:
        return Sentence("ask at least {fewest} questions for {names}").format(
            fewest=FEWEST_PER_CRITERION, names=_named(rare)
        )
    if (rubric.policy.interview_minutes or 0) < FEWEST_MINUTES:
        return Sentence("plan interviews of at least {fewest} minutes: policy.interview_minutes").format(
            fewest=FEWEST_MINUTES
        )
    return ""


def _ancillary(rubric: Rubric) -> str:
    if rubric.policy.ancillary in (Ancillary.WITHHELD, Ancillary.AFTER_RATING):
        return ""
    return Sentence("add policy.ancillary: withheld, or after-rating")


def _candidate_questions(rubric: Rubric) -> str:
    apart = rubric.policy.candidate_questions is CandidateQuestions.SEPARATE
    return "" if apart else Sentence("add policy.candidate_questions: separate")


def _rated_answers(_: Rubric) -> str:
    return ""  # the format has no question without a criterion, and the program rates each question


def _anchored(rubric: Rubric) -> str:
    low, high = rubric.scale.low, rubric.scale.high
    needed = min(3, len(rubric.scale.levels))
    few = [q.id for q in rubric.asked if len(q.anchors) < needed or not {low, high} <= q.anchors.keys()]
    if few:
        return Sentence("write anchors for both ends of the scale and a level between for {names}").format(
            names=_named(few)
        )
    seen = SeenAnchors()
    poor = [q.id for q in rubric.asked if any(check_anchors(q.anchors, ("anchors",), q.id, seen))]
    return Sentence("mend the findings on anchors of {names}").format(names=_named(poor)) if poor else ""


def _notes(rubric: Rubric) -> str:
    return "" if rubric.policy.notes is NoteTaking.REQUIRED else Sentence("add policy.notes: required")


def _several(rubric: Rubric) -> str:
    return "" if planned_interviews(rubric.policy) > 1 else Sentence("add policy.panel.minimum: 2, or more")


def _discussion(rubric: Rubric) -> str:
    panel = rubric.policy.panel
    apart = panel is not None and panel.discussion is Discussion.AFTER_SCORECARDS
    return "" if apart else Sentence("add policy.panel.discussion: after-scorecards")


def _training(rubric: Rubric) -> str:
    if rubric.policy.training is not Training.REQUIRED:
        return Sentence("add policy.training: required")
    ready = [q for q in rubric.asked if len({sample.level for sample in q.samples}) >= _FEWEST_SAMPLE_LEVELS]
    if len(ready) < _FEWEST_TRAINING:
        return Sentence("write samples at {levels} levels for at least {fewest} questions to practise on").format(
            levels=_FEWEST_SAMPLE_LEVELS, fewest=_FEWEST_TRAINING
        )
    return ""


def _combination(rubric: Rubric) -> str:
    if rubric.policy.combination is not Combination.STATISTICAL:
        return Sentence("add policy.combination: statistical")
    missing = [word for word in RECOMMENDATIONS if word not in rubric.policy.recommend]
    return Sentence("add policy.recommend for {names}").format(names=", ".join(missing)) if missing else ""


COMPONENTS: Mapping[str, tuple[str, Advise | None]] = {
    "job-analysis": (Sentence("Based on a job analysis"), _job_analysis),
    "same-questions": (Sentence("The same questions for every candidate"), _same_questions),
    "limited-prompting": (Sentence("Limited prompting"), _prompting),
    "question-types": (Sentence("Better types of questions"), _question_types),
    "length": (Sentence("Enough questions and time"), _length),
    "ancillary-information": (Sentence("No ancillary information"), _ancillary),
    "candidate-questions": (Sentence("The candidate's questions held apart"), _candidate_questions),
    "rating-each-answer": (Sentence("Every answer rated"), _rated_answers),
    "anchored-scales": (Sentence("Anchored scales"), _anchored),
    "detailed-notes": (Sentence("Detailed notes"), _notes),
    "several-interviewers": (Sentence("Several interviewers"), _several),
    "same-interviewers": (Sentence("The same interviewers for every candidate"), None),
    "no-discussion": (Sentence("No discussion between interviews"), _discussion),
    "training": (Sentence("Trained interviewers"), _training),
    "statistical-combination": (Sentence("Ratings combined statistically"), _combination),
}
"""Each component's name, and what says whether a rubric has it; None where only the opening can tell."""


def _named(ids: Collection[str]) -> str:
    shown = ", ".join(list(ids)[:_MOST_NAMED])
    more = len(ids) - _MOST_NAMED
    return Sentence("{names} and {more} more").format(names=shown, more=more) if more > 0 else shown
