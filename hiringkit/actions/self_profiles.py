"""A self-assessment as a profile: scored by the same rules as interviews, with oneself as the only rater."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import evolve

from hiringkit.actions import self_assessments
from hiringkit.domain.interview import Mark, Opening
from hiringkit.domain.level import LevelNumber
from hiringkit.domain.profile import Comparison, FitProfile, Method
from hiringkit.domain.question import Question
from hiringkit.domain.rubric import Criterion, Rubric
from hiringkit.domain.self_assessment import (
    Basis,
    Correction,
    Difference,
    Exercise,
    NextStep,
    NextSteps,
    OwnAnswer,
    PlanStep,
    SelfAnswer,
    SelfProfile,
    SelfScore,
    Sheet,
    StepKind,
    Waypoint,
    lacks_of,
)
from hiringkit.errors import FindingsError, NotFound, UsageProblem
from hiringkit.library.catalog import Library
from hiringkit.library.documents import Kind
from hiringkit.text.language import Text
from hiringkit.text.sentence import Sentence

if TYPE_CHECKING:
    from hiringkit.actions.audit import Actor
    from hiringkit.store.store import Store


_SELF = "self"
_NEAREST = 2
"""Criteria suggested where no gap is left."""


def profile_self(folder: Path, identity: str | None = None) -> SelfProfile:
    """Profile an attempt, with the progress over all attempts at the same rubric.

    Args:
        folder: Where attempts are kept.
        identity: The attempt; the one that was changed last if None.

    Raises:
        NotFound: No such attempt, or none at all.
        FindingsError: Its file is broken.
    """
    sheet = self_assessments.load(folder, identity) if identity else self_assessments.latest(folder)
    sheets, _findings = self_assessments.every(folder)
    return profile_sheet(sheet, sheets)


def profile_sheet(sheet: Sheet, others: Sequence[Sheet] = ()) -> SelfProfile:
    """Profile an attempt.

    Args:
        sheet: The attempt with its rubric.
        others: All attempts, itself among them, oldest first; those at other rubrics or scales are left out.
    """
    rubric = sheet.rubric
    fit = _score(sheet)
    total = sum(criterion.weight for criterion in rubric.criteria)
    scored = sum(c.weight for c, found in zip(rubric.criteria, fit.criteria, strict=True) if found.score is not None)

    def own(criterion: Criterion, score: float | None) -> SelfScore:
        given = _answers_on(sheet, criterion.id)
        return SelfScore(
            criterion=criterion,
            share=criterion.weight / total,
            score=score,
            rated=sum(isinstance(answer.level, int | float) for answer in given),
            backed=sum(answer.backed for answer in given),
            basis=max((answer.basis for answer in given), key=lambda basis: basis.rank, default=Basis.NONE),
            untold=tuple(answer.question for answer in given if answer.level is Mark.NO_EVIDENCE),
            counted=0.0 if score is None else criterion.weight / scored,
        )

    scores = tuple(own(c, found.score) for c, found in zip(rubric.criteria, fit.criteria, strict=True))
    requirements = rubric.role.requirements if rubric.role else ()
    comparable = [s for s in others if s.rubric.id == rubric.id and s.rubric.scale.values == rubric.scale.values]
    return SelfProfile(
        sheet=sheet,
        overall=fit.overall.score,
        coverage=fit.overall.coverage,
        scores=scores,
        requirements=tuple((r, sheet.attempt.requirements.get(r.id)) for r in requirements),
        answers=tuple(own_answers(sheet)),
        progress=tuple(map(_waypoint, comparable)),
    )


def _score(sheet: Sheet) -> FitProfile:
    from hiringkit.scoring.observed.score import score_observed  # noqa: PLC0415 - as above
    from hiringkit.scoring.ratings import ratings_from_rows, rubric_blueprint  # noqa: PLC0415 - as above

    rated = [answer for answer in sheet.attempt.answers if answer.level is not None]
    blueprint = rubric_blueprint(sheet.rubric)
    columns = ratings_from_rows(
        [_SELF] * len(rated),
        [_SELF] * len(rated),
        [answer.question for answer in rated],
        [None if isinstance(answer.level, Mark) else answer.level for answer in rated],
        [str(answer.level) if isinstance(answer.level, Mark) else None for answer in rated],
        blueprint,
        candidates=[_SELF],
    )
    return score_observed(columns, blueprint).profiles[0]


def own_answers(sheet: Sheet) -> Iterator[OwnAnswer]:
    """Yield the answers that are given, with what each level would need in order to be more than a claim."""
    for question in (sheet.rubric.question(each) for each in sheet.attempt.kit):
        if question and (given := sheet.attempt.answer(question.id)) != SelfAnswer(question.id):
            bars = [c.bar for c in sheet.rubric.criteria if c.id in question.criteria and c.bar is not None]
            # without a bar, every level but the lowest claims something
            bar = min(bars, default=sheet.rubric.scale.values[1])
            yield OwnAnswer(question, given, lacks_of(given, question, bar))


def _answers_on(sheet: Sheet, criterion: str) -> list[SelfAnswer]:
    """Return the answers to questions that bear on a criterion."""
    asked = ((a, sheet.rubric.question(a.question)) for a in sheet.attempt.answers)
    return [answer for answer, question in asked if question and criterion in question.criteria]


def _waypoint(sheet: Sheet) -> Waypoint:
    fit = _score(sheet)
    untold = [criterion for criterion in sheet.rubric.criteria if _nothing_told(sheet, criterion.id)]
    return Waypoint(
        attempt=sheet.attempt.id,
        version=sheet.attempt.rubric.version,
        started_at=sheet.attempt.started_at,
        overall=fit.overall.score,
        coverage=fit.overall.coverage,
        scores={score.criterion: score.score for score in fit.criteria},
        untold=tuple(criterion.id for criterion in untold),
        untold_share=sum(c.weight for c in untold) / sum(c.weight for c in sheet.rubric.criteria),
    )


def _nothing_told(sheet: Sheet, criterion: str) -> bool:
    levels = [answer.level for answer in _answers_on(sheet, criterion)]
    return Mark.NO_EVIDENCE in levels and not any(isinstance(level, int | float) for level in levels)


def correct_by_interviews(store: "Store", actor: "Actor", profile: SelfProfile, email: str) -> SelfProfile:
    """Compare a self-assessment with how interviewers rated the same person on the same rubric.

    The person is looked up by e-mail among the candidates of openings that pin the rubric, whatever its version;
    the newest opening with submitted scorecards is taken. Interviewers count as observed means, on the criteria
    that the attempt has, too.

    Args:
        store: Where the interviews are.
        actor: Who asks: refused for somebody who still owes a scorecard for the person.
        profile: The self-assessment.
        email: The person's.

    Raises:
        NotFound: No candidate with that e-mail address has been interviewed on this rubric.
        Refused: The actor may not see it yet.
    """
    from hiringkit.actions.visibility import visible_openings  # noqa: PLC0415 - no other view of an attempt needs SQL

    rubric, wanted = profile.sheet.rubric.id, email.strip().casefold()
    with store.read() as tx:
        places = [
            (seen, candidate.id)
            for seen in visible_openings(tx, actor.who)
            if seen.opening.rubric == rubric
            for candidate in seen.candidates
            if candidate.email and candidate.email.casefold() == wanted and not candidate.withdrawn_at
        ]
    for seen, candidate in reversed([(seen, candidate) for seen, candidate in places if candidate not in seen.hidden]):
        if found := _compare(profile, _interviewed(store, actor, seen.opening), candidate, seen.opening):
            return evolve(profile, correction=found)
    for seen, candidate in places:
        seen.require(candidate)
    raise NotFound(
        Sentence(
            "nobody with the e-mail {email!r} has been interviewed on {rubric!r} and rated on the same criteria"
        ).format(email=email, rubric=rubric),
        hint="hiringkit candidate list OPENING shows the addresses",
    )


def _interviewed(store: "Store", actor: "Actor", opening: Opening) -> Comparison:
    from hiringkit.actions.comparisons import compare_opening  # noqa: PLC0415 - nor numpy
    from hiringkit.actions.scores import ScoringOptions  # noqa: PLC0415 - as above

    return compare_opening(store, actor, opening.id, ScoringOptions(method=Method.OBSERVED))


def _compare(profile: SelfProfile, comparison: Comparison, candidate: str, opening: Opening) -> Correction | None:
    fit = next(each for each in comparison.profiles if each.candidate == candidate)
    theirs = {score.criterion: score.score for score in fit.criteria if score.score is not None}
    own = [s for s in profile.scores if s.score is not None and s.criterion.id in theirs]
    if not own:
        return None
    differences = tuple(Difference(s.criterion, s.score or 0.0, theirs[s.criterion.id]) for s in own)
    if not comparison.ranks:  # means over all criteria would tell what the opening keeps nobody's total of
        return Correction(opening.id, fit.overall.interviewers, differences, None, None)
    weight = sum(s.share for s in own)
    mean = sum(s.share * (d.own - d.interviewers) for s, d in zip(own, differences, strict=True)) / weight
    scale = profile.sheet.rubric.scale
    corrected = None if profile.overall is None else min(max(profile.overall - mean, scale.low), scale.high)
    return Correction(opening.id, fit.overall.interviewers, differences, mean, corrected)


def next_steps(
    library: Library, profile: SelfProfile, *, today: date | None = None, by: date | None = None
) -> NextSteps:
    """Return for each gap what to learn or do, what to practise and what a level higher looks like.

    Without any gap, the criteria nearest to their bars are used instead. What to learn or do comes from the rubric
    that the attempt pins, or from the library's version where that has nothing.

    Args:
        library: Where sample answers are.
        profile: The self-assessment.
        today: The first day of the plan.
        by: The last one; without it the plan has no dates.

    Raises:
        UsageProblem: The last day is not after the first.
    """
    if by and today and by <= today:
        raise UsageProblem(
            Sentence("{by} is not after today").format(by=by.isoformat()), hint="the day on which all is to be done"
        )
    rubric = profile.sheet.rubric
    shelved = dict(_shelved(library))
    current = _current(library, rubric.id)
    worked_on = profile.gaps or _nearest(profile)
    steps = sorted((_step(score, rubric, current, shelved) for score in worked_on), key=_worth)
    plan = _dated(tuple(_plan(steps, profile)), today, by)
    return NextSteps(profile, tuple(steps), bool(profile.gaps), plan)


_EXERCISES = 2
"""Questions of a criterion that the plan practises."""


def _worth(step: NextStep) -> tuple[int, float, float]:
    """Order by what an hour is worth: nothing to tell first, then what closing the gap adds by the effort it takes."""
    hours = sum(each.hours for each, _id, _text in _things(step)) or 1.0
    return 0 if step.score.nothing_told else 1, -step.score.priority / hours, -step.score.share


def _things(step: NextStep) -> Iterator[tuple[StepKind, str, Text]]:
    """Yield what there is to do for a criterion: kind, what it is about, and the text; the least effort first."""
    untold = step.score.untold
    asked = {each.question.id: each.question for each in step.exercises}
    for question in step.exercises[:_EXERCISES]:
        if question.question.id not in untold:
            yield StepKind.PRACTISE, question.question.id, _short(question.question)
    yield from ((StepKind.ANSWER, each, _short(asked[each])) for each in untold if each in asked)
    yield from ((StepKind.LEARN, str(number), text) for number, text in enumerate(step.develop, 1))


def _short(question: Question) -> Text:
    return question.title or question.text


def _plan(steps: Sequence[NextStep], profile: SelfProfile) -> Iterator[PlanStep]:
    done, seen = profile.sheet.attempt.done, set()
    for step in steps:
        for kind, about, text in _things(step):
            identity = f"{step.score.criterion.id}/{about}"
            # a question that tells of two criteria is practised for the one that is worth more
            if kind is StepKind.LEARN or about not in seen:
                seen.add(about)
                yield PlanStep(identity, kind, text, step.score.criterion, done=done.get(identity))
    for requirement, _standing in profile.lacking:
        identity = f"requirement/{requirement.id}"
        yield PlanStep(identity, StepKind.REQUIREMENT, requirement.text, None, done=done.get(identity))


def _dated(plan: tuple[PlanStep, ...], today: date | None, by: date | None) -> tuple[PlanStep, ...]:
    """Give every open step its day, in proportion to the effort up to it; requirements run beside and end last."""
    if today is None or by is None:
        return plan
    days = (by - today).days
    hours = [0.0 if step.done or step.kind is StepKind.REQUIREMENT else step.kind.hours for step in plan]
    total, spent, dated = sum(hours), 0.0, []
    for step, effort in zip(plan, hours, strict=True):
        spent += effort
        share = spent / total if effort else 1.0
        dated.append(step if step.done else evolve(step, due=today + timedelta(days=max(round(days * share), 1))))
    return tuple(dated)


def _shelved(library: Library) -> Iterator[tuple[str, tuple[str, int]]]:
    """Yield each question of the library's banks with its bank and the number of its sample answers."""
    for entry in library.entries(Kind.BANK):
        try:
            bank = library.load_bank(entry.id)
        except (FindingsError, NotFound):
            continue
        yield from ((question.id, (bank.id, len(question.samples))) for question in bank.questions)


def _current(library: Library, rubric: str) -> Rubric | None:
    try:
        return library.load_rubric(rubric)
    except (FindingsError, NotFound):
        return None


def _nearest(profile: SelfProfile) -> tuple[SelfScore, ...]:
    """Return the criteria that are least above their bars; without a bar, the lowest."""
    low = profile.sheet.rubric.scale.low
    scored = [(s.score - (s.criterion.bar or low), s) for s in profile.scores if s.score is not None]
    return tuple(s for _margin, s in sorted(scored, key=lambda each: (each[0], -each[1].share))[:_NEAREST])


def _step(score: SelfScore, rubric: Rubric, current: Rubric | None, shelved: Mapping[str, tuple[str, int]]) -> NextStep:
    criterion = score.criterion
    newer = current.criterion(criterion.id) if current else None
    level, anchor = _above(criterion, rubric.scale.low if score.score is None else score.score)
    return NextStep(
        score=score,
        develop=criterion.develop or (newer.develop if newer else ()),
        exercises=_exercises(criterion, rubric, shelved),
        next_level=level,
        next_anchor=anchor,
    )


def _above(criterion: Criterion, score: float) -> tuple[LevelNumber | None, Text | None]:
    """Return the first level above a score that has an anchor, and the anchor."""
    higher = sorted(level for level in criterion.anchors if level > score)
    return (higher[0], criterion.anchors[higher[0]]) if higher else (None, None)


def _exercises(criterion: Criterion, rubric: Rubric, shelved: Mapping[str, tuple[str, int]]) -> tuple[Exercise, ...]:
    """Return the questions on a criterion: those with sample answers first, then by what they tell of it."""

    def weight(question: Question) -> float:
        return question.criteria[criterion.id] / sum(question.criteria.values())

    asked = [q for q in rubric.asked if criterion.id in q.criteria]
    found = [Exercise(q, *shelved.get(q.id, ("", 0))) for q in asked]
    return tuple(sorted(found, key=lambda e: (not e.samples, -weight(e.question))))
