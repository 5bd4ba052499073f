"""Assessing oneself: begin, answer, leave, resume. Every call that returns is on disk, and nothing leaves it."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from attrs import evolve

from hiringkit.actions import attempts
from hiringkit.actions.carrying import carry_over
from hiringkit.actions.kits import choose_kit
from hiringkit.actions.naming import missing
from hiringkit.domain.attempt import Attempt, Carried, SelfAnswer, Sheet, Standing
from hiringkit.domain.interview import Mark
from hiringkit.domain.profile import RubricRef
from hiringkit.domain.rubric import Rubric
from hiringkit.domain.sentence import Sentence
from hiringkit.domain.text import clean_text
from hiringkit.errors import FindingsError, NotFound, UsageProblem
from hiringkit.library.catalog import Library
from hiringkit.library.dump import digest_rubric, dump_rubric

Clock = Callable[[], datetime]

MINUTES = 60.0
"""The length of interview whose questions an attempt takes: with the shipped rubrics, all criteria in half an hour."""
LONGEST_TEXT = 1_000_000


def start(folder: Path, library: Library, clock: Clock, rubric: str, *, minutes: float | None = None) -> Sheet:
    """Begin an attempt at a rubric, with the questions that cover most of it.

    Args:
        folder: Where attempts are kept.
        library: Where the rubric is.
        clock: Returns the present moment in UTC.
        rubric: Its id or path.
        minutes: The length of interview whose questions are taken.

    Raises:
        NotFound: No such rubric.
        FindingsError: The rubric has errors.
        UsageProblem: Not one question fits into the minutes.
        Refused: The attempt cannot be written.
    """
    loaded = library.load_rubric(rubric)
    kit = choose_kit(loaded, minutes or MINUTES)
    now = clock()

    def make(identity: str) -> Attempt:
        return Attempt(identity, reference(loaded), pinned_copy(loaded), kit, now, now)

    return attempts.load(folder, attempts.create(folder, make, loaded.id).id)


def unfinished(folder: Path, rubric: str) -> Sheet | None:
    """Return the latest attempt at a rubric that still has questions open, or None."""
    sheets, _findings = attempts.every(folder)
    found = [s for s in sheets if s.rubric.id == rubric and s.attempt.outstanding]
    return max(found, key=lambda s: s.attempt.changed_at, default=None)


def resume(
    folder: Path, library: Library, clock: Clock, rubric: str, identity: str, *, minutes: float | None = None
) -> tuple[Sheet, Carried | None]:
    """Go on with an attempt; where the rubric has a newer version, what means the same is carried over to it.

    Args:
        folder: Where attempts are kept.
        library: Where the rubric is; without it the attempt goes on with its own copy.
        clock: Returns the present moment in UTC.
        rubric: The rubric's id or path.
        identity: The attempt's id.
        minutes: Adds questions for so many minutes of interview.

    Returns:
        The attempt, and what became of it if the rubric has changed since.

    Raises:
        NotFound: No such attempt.
        FindingsError: Its file is broken.
        UsageProblem: It is an attempt at another rubric, or no further question fits into the minutes.
    """
    sheet = attempts.load(folder, identity)
    current = _current(library, rubric, sheet.rubric)
    if current.id != sheet.rubric.id:
        hint = Sentence("hiringkit self start {id} --resume {identity}").format(id=sheet.rubric.id, identity=identity)
        raise UsageProblem(
            Sentence("{identity!r} is an attempt at {id!r}").format(identity=identity, id=sheet.rubric.id), hint=hint
        )
    carried: list[Carried] = []

    def edit(now_on_disk: Sheet) -> Attempt:
        attempt, rubric_now = now_on_disk.attempt, now_on_disk.rubric
        if current is not sheet.rubric and reference(current) != attempt.rubric:
            attempt, what = carry_over(now_on_disk, current, reference(current), pinned_copy(current))
            carried.append(what)
            rubric_now = current
        if minutes is not None:
            attempt = evolve(attempt, kit=_longer(attempt, rubric_now, minutes))
        return attempt if attempt == now_on_disk.attempt else evolve(attempt, changed_at=clock())

    changed = attempts.change(folder, identity, edit)
    return changed, carried[0] if carried else None


def answer(
    folder: Path,
    clock: Clock,
    identity: str,
    question: str,
    *,
    text: str | None = None,
    level: int | Mark | None = None,
    evidence: str | None = None,
) -> Sheet:
    """Keep the answer to one question, the own level or the evidence; what is not given stays.

    Raises:
        NotFound: No such attempt, or it does not ask such a question.
        UsageProblem: The level is not on the scale, or a text is too long.
        Refused: It cannot be written.
    """

    def edit(sheet: Sheet) -> Attempt:
        attempt = sheet.attempt
        if question not in attempt.kit:
            raise missing(
                Sentence("question in the attempt {identity!r}:").format(identity=identity), question, attempt.kit
            )
        _check_level(level, sheet.rubric)
        before = attempt.answer(question)
        after = SelfAnswer(
            question,
            before.text if text is None else _checked(text),
            before.level if level is None else level,
            before.evidence if evidence is None else _checked(evidence),
            before.changed_at,
        )
        if after == before:
            return attempt
        now = clock()
        given = {a.question: a for a in attempt.answers} | {question: evolve(after, changed_at=now)}
        answers = tuple(given[q] for q in attempt.kit if q in given)
        return evolve(attempt, answers=answers, changed_at=now)

    return attempts.change(folder, identity, edit)


def stand(folder: Path, clock: Clock, identity: str, requirement: str, standing: Standing) -> Sheet:
    """Keep how one stands to a requirement.

    Raises:
        NotFound: No such attempt or requirement.
        Refused: It cannot be written.
    """

    def edit(sheet: Sheet) -> Attempt:
        known = [r.id for r in sheet.rubric.role.requirements] if sheet.rubric.role else []
        if requirement not in known:
            raise missing(Sentence("requirement"), requirement, known)
        given = {**sheet.attempt.requirements, requirement: standing}
        return evolve(sheet.attempt, requirements=given, changed_at=clock())

    return attempts.change(folder, identity, edit)


def go_to(folder: Path, identity: str, question: str) -> Sheet:
    """Remember where an attempt goes on after a break.

    Raises:
        NotFound: No such attempt or question.
        Refused: It cannot be written.
    """

    def edit(sheet: Sheet) -> Attempt:
        if question not in sheet.attempt.kit:
            raise missing(
                Sentence("question in the attempt {identity!r}:").format(identity=identity), question, sheet.attempt.kit
            )
        return evolve(sheet.attempt, place=question)

    return attempts.change(folder, identity, edit)


def reference(rubric: Rubric) -> RubricRef:
    """Return which rubric it is, exactly."""
    return RubricRef(rubric.id, rubric.version, digest_rubric(rubric))


def pinned_copy(rubric: Rubric) -> str:
    """Return the text of what an attempt needs: questions and criteria, bars, weights and requirements."""
    questions = tuple(evolve(question, samples=()) for question in rubric.asked)
    role = rubric.role and evolve(rubric.role, tasks=(), stakeholders=(), compensation=None)
    return dump_rubric(evolve(rubric, questions=questions, need=None, role=role))


def _current(library: Library, name: str, copy: Rubric) -> Rubric:
    """Return the rubric as the library has it now, the attempt's own copy where it has none that can be used."""
    try:
        return library.load_rubric(name)
    except NotFound:
        if name != copy.id:
            raise
    except FindingsError:
        pass
    return copy


def _longer(attempt: Attempt, rubric: Rubric, minutes: float) -> tuple[str, ...]:
    more = [q for q in choose_kit(rubric, minutes, attempt.kit) if q not in attempt.kit]
    if not more:
        hint = "all of the rubric's questions are in it" if len(attempt.kit) == len(rubric.asked) else "give more"
        raise UsageProblem(
            Sentence("no further question fits into {minutes:g} minutes").format(minutes=minutes), hint=hint
        )
    return (*attempt.kit, *more)


def _check_level(level: int | Mark | None, rubric: Rubric) -> None:
    levels: Sequence[int] = rubric.scale.values
    if isinstance(level, int) and level not in levels:
        raise UsageProblem(
            Sentence("{level} is not on the scale").format(level=level),
            hint=Sentence("levels: {names}").format(names=", ".join(map(str, levels))),
        )


def _checked(text: str) -> str:
    if len(text) > LONGEST_TEXT:
        raise UsageProblem(Sentence("the text is longer than {longest_text:,} signs").format(longest_text=LONGEST_TEXT))
    return clean_text(text).strip()
