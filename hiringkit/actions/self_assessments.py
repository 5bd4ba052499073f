"""Assessing oneself: begin, answer, leave, resume. Every call that returns is on disk, and nothing leaves it."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from itertools import count
from pathlib import Path
from typing import TypeVar

from attrs import evolve

from hiringkit.actions.kits import choose_kit
from hiringkit.domain.codes import Code
from hiringkit.domain.finding import Finding, Location, Severity
from hiringkit.domain.interview import Mark
from hiringkit.domain.level import LevelNumber
from hiringkit.domain.question import Question
from hiringkit.domain.rubric import Rubric, RubricRef, Scale
from hiringkit.domain.self_assessment import (
    Attempt,
    Carried,
    EarlierAnswer,
    Fulfilment,
    PeerLevel,
    PeerReview,
    SelfAnswer,
    SharedAnswers,
    Sheet,
    Tick,
)
from hiringkit.errors import FindingsError, NotFound, Refused, UsageProblem, missing
from hiringkit.exchange.personal import ATTEMPT_ENDING as ENDING
from hiringkit.exchange.personal import attempt_id, format_attempt, list_private, locked, parse_attempt, read_private
from hiringkit.exchange.shared_answers import format_share
from hiringkit.files import write_file
from hiringkit.library.catalog import Library
from hiringkit.library.documents import parse_rubric
from hiringkit.library.yaml.write import digest_rubric, dump_rubric
from hiringkit.text.clean import clean_line, clean_text
from hiringkit.text.language import Text
from hiringkit.text.sentence import Sentence
from hiringkit.timezone import Clock

_RESUME = Sentence("hiringkit self start {id} --resume {attempt}")
_NO_ATTEMPT_HINT = Sentence("begin one: hiringkit self start RUBRIC")
Key = TypeVar("Key")
MINUTES = 60.0
"""The length of interview whose questions an attempt takes: with the shipped rubrics, all criteria in half an hour."""
LONGEST_TEXT = 1_000_000


class AnswerChangedElsewhere(Refused):
    """An answer has become something else since its writer saw it; nothing was changed.

    Args:
        now: What is on disk.
    """

    def __init__(self, now: SelfAnswer) -> None:
        super().__init__("this was changed in another window meanwhile")
        self.now = now


def create(folder: Path, make: Callable[[str], Attempt], stem: str) -> Attempt:
    """Keep a new attempt under the first free id of a stem.

    Args:
        folder: Where attempts are kept.
        make: Makes the attempt of its id.
        stem: What the id begins with; a number follows.

    Raises:
        Refused: It cannot be written.
    """
    with locked(folder):
        taken = {attempt_id(path) for path in list_private(folder, ENDING)}
        attempt = make(next(name for n in count(1) if (name := f"{stem}-{n}") not in taken))
        write_file(_path(folder, attempt.id), format_attempt(attempt), private=True)
    return attempt


def _path(folder: Path, identity: str) -> Path:
    return folder / f"{identity}{ENDING}"


def attempt_ids(folder: Path) -> tuple[str, ...]:
    """Return the ids of a folder's attempts, of those that cannot be read too."""
    return tuple(attempt_id(path) for path in list_private(folder, ENDING))


def load(folder: Path, identity: str) -> Sheet:
    """Return an attempt, by id or by the path of its file, with its rubric.

    Raises:
        NotFound: There is none.
        FindingsError: Its file is broken.
        Refused: It cannot be read.
    """
    path = _find(folder, identity)
    sheet, findings = _read(path)
    if sheet is None:
        hint = "mend the file or move it away; nothing was changed"
        raise FindingsError(
            Sentence("the attempt {attempt_id!r} cannot be read").format(attempt_id=attempt_id(path)),
            findings,
            hint=hint,
        )
    return sheet


def _find(folder: Path, identity: str) -> Path:
    if "/" in identity or identity.endswith(ENDING):
        return Path(identity)
    known = {attempt_id(path): path for path in list_private(folder, ENDING)}
    if identity not in known:
        raise missing(Sentence("attempt"), identity, known, empty_hint=_NO_ATTEMPT_HINT)
    return known[identity]


def _read(path: Path) -> tuple[Sheet | None, tuple[Finding, ...]]:
    attempt, findings = parse_attempt(read_private(path), path)
    if attempt is None:
        return None, findings
    rubric, findings = _parse_copy(attempt.copy)
    if rubric is None:
        first = next(finding for finding in findings if finding.severity is Severity.ERROR)
        return None, (
            evolve(
                first,
                location=Location(str(path)),
                path=Sentence("$.copy{removeprefix}").format(removeprefix=first.path.removeprefix("$")),
            ),
        )
    if wrong := _misfit(attempt, rubric):
        return None, (evolve(wrong, location=Location(str(path))),)
    return Sheet(attempt, rubric), ()


@lru_cache(maxsize=16)
def _parse_copy(text: str) -> tuple[Rubric | None, tuple[Finding, ...]]:
    return parse_rubric(text, source="the attempt's rubric")


def _misfit(attempt: Attempt, rubric: Rubric) -> Finding | None:
    """Report what in an attempt does not fit the rubric that it pins."""
    if unknown := next((q for q in attempt.kit if rubric.question(q) is None), None):
        return Finding(
            Code.ATTEMPT_QUESTION,
            Sentence("its rubric asks no question {unknown!r}").format(unknown=unknown),
            path="$.kit",
        )
    for n, answer in enumerate(attempt.answers):
        path = f"$.answers[{n}]"
        if answer.question not in attempt.kit:
            return Finding(
                Code.ATTEMPT_QUESTION,
                Sentence("{question!r} is not among the attempt's questions").format(question=answer.question),
                path=path,
            )
        if isinstance(answer.level, int | float) and answer.level not in rubric.scale.values:
            return Finding(
                Code.ATTEMPT_LEVEL,
                Sentence("{level} is not on the rubric's scale").format(level=answer.level),
                path=Sentence("{path}.level").format(path=path),
            )
    for review in attempt.peers:
        if off := next((each.level for each in review.levels if each.level not in rubric.scale.values), None):
            return Finding(
                Code.ATTEMPT_LEVEL,
                Sentence("{level} is not on the rubric's scale").format(level=off),
                path="$.peers",
            )
    return None


def change(folder: Path, identity: str, edit: Callable[[Sheet], Attempt]) -> Sheet:
    """Change an attempt on disk; what another process has written meanwhile is kept.

    Raises:
        NotFound: There is none.
        FindingsError: Its file is broken.
        Refused: It cannot be written.
    """
    path = _find(folder, identity)
    with locked(path.parent):
        before = load(folder, str(path))
        attempt = edit(before)
        if attempt != before.attempt:
            write_file(path, format_attempt(attempt), private=True)
    return Sheet(attempt, _parse_copy(attempt.copy)[0] or before.rubric)


def every(folder: Path) -> tuple[tuple[Sheet, ...], tuple[Finding, ...]]:
    """Return all attempts of a folder, oldest first, and what is wrong with files that cannot be read."""
    read = [_read(path) for path in list_private(folder, ENDING)]
    sheets = sorted((s for s, _findings in read if s), key=lambda s: (s.attempt.started_at, s.attempt.id))
    return tuple(sheets), tuple(finding for _sheet, findings in read for finding in findings)


def latest(folder: Path) -> Sheet:
    """Return the attempt that was changed last.

    Raises:
        NotFound: There is none.
    """
    sheets, findings = every(folder)
    if not sheets and findings:
        raise FindingsError(Sentence("no attempt in {str!r} can be read").format(str=str(folder)), findings)
    if not sheets:
        raise NotFound("there is no attempt yet", hint=_NO_ATTEMPT_HINT)
    return max(sheets, key=lambda s: s.attempt.changed_at)


def carry_over(sheet: Sheet, rubric: Rubric, reference: RubricRef, copy: str) -> tuple[Attempt, Carried]:
    """Move an attempt to another version of its rubric.

    An answer still counts if its question is asked and rated as before: same words, same anchors, same scale, and the
    same criteria with the same anchors. Weights, bars and everything else may differ, since they were not answered.
    Every other answer is set aside with the question as it was asked; none is dropped. The answer to a requirement
    still counts if its words are the same; the others are asked again.

    Args:
        sheet: The attempt with the rubric that it pins.
        rubric: The version to move to.
        reference: Which one that is.
        copy: The text to pin.
    """
    attempt, before = sheet.attempt, sheet.rubric
    asked = tuple(q for q in attempt.kit if rubric.question(q))
    kept = tuple(q for q in asked if same_meaning(before, rubric, q))
    beside = tuple(
        EarlierAnswer(before.version, _asked(before, a.question).text, a)
        for a in attempt.answers
        if a.question not in kept
    )
    standings = {r: s for r, s in attempt.requirements.items() if _same_requirement(before, rubric, r)}
    asked_now = [r.id for r in rubric.role.requirements] if rubric.role else []
    reworded = tuple(r for r in asked_now if r in attempt.requirements and r not in standings)
    moved = evolve(
        attempt,
        rubric=reference,
        copy=copy,
        kit=asked or tuple(q.id for q in rubric.asked),
        answers=tuple(a for a in attempt.answers if a.question in kept),
        earlier=(*attempt.earlier, *beside),
        requirements=standings,
        place=attempt.place if attempt.place in asked and not reworded else None,
    )
    answered = {a.question for a in attempt.answers}
    return moved, Carried(
        before=attempt.rubric,
        after=reference,
        kept=tuple(q for q in kept if q in answered),
        changed=tuple(q for q in asked if q not in kept and q in answered),
        dropped=tuple(q for q in attempt.kit if q not in asked and q in answered),
        requirements=reworded,
    )


def _asked(rubric: Rubric, question_id: str) -> Question:
    question = rubric.question(question_id)
    if question is None:
        raise AssertionError(f"an attempt's kit names {question_id}, which its rubric does not ask")
    return question


def _same_requirement(before: Rubric, after: Rubric, requirement: str) -> bool:
    found = [next((r for r in x.role.requirements if r.id == requirement), None) for x in (before, after) if x.role]
    old, new = found if len(found) == 2 else (None, None)  # noqa: PLR2004 - one of each version
    return old is not None and new is not None and _same_text(old.text, new.text)


def _same_text(old: Text, new: Text) -> bool:
    """Return whether two texts are the same in every language that both have: an added translation changes nothing."""
    if old.plain or new.plain or old == new:
        return old == new
    both = old.wordings.keys() & new.wordings.keys()
    return bool(both) and all(old.wordings[language] == new.wordings[language] for language in both)


def same_meaning(before: Rubric, after: Rubric, question_id: str) -> bool:
    """Return whether a level given under one version means the same under the other."""
    old, new = before.question(question_id), after.question(question_id)
    if old is None or new is None or not _same_scale(before.scale, after.scale):
        return False
    same_question = _same_text(old.text, new.text) and _same_texts(old.anchors, new.anchors)
    return same_question and old.criteria.keys() == new.criteria.keys() and _same_criteria(before, after, old)


def _same_scale(old: Scale, new: Scale) -> bool:
    if old.values != new.values:
        return False
    pairs = list(zip(old.levels, new.levels, strict=True))
    return all(_same_text(a.label, b.label) and _same_text(a.meaning or Text(), b.meaning or Text()) for a, b in pairs)


def _same_texts(old: Mapping[Key, Text], new: Mapping[Key, Text]) -> bool:
    return old.keys() == new.keys() and all(_same_text(old[key], new[key]) for key in old)


def _same_criteria(before: Rubric, after: Rubric, question: Question) -> bool:
    for criterion in question.criteria:
        old, new = before.criterion(criterion), after.criterion(criterion)
        if old is None or new is None or not _same_texts(old.anchors, new.anchors):
            return False
    return True


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

    return load(folder, create(folder, make, loaded.id).id)


def unfinished(folder: Path, rubric: str) -> Sheet | None:
    """Return the latest attempt at a rubric that still has questions open, or None."""
    sheets, _findings = every(folder)
    found = [s for s in sheets if s.rubric.id == rubric and s.attempt.outstanding]
    return max(found, key=lambda s: s.attempt.changed_at, default=None)


def resume(
    folder: Path, library: Library, clock: Clock, rubric: str, identity: str, *, minutes: float | None = None
) -> tuple[Sheet, Carried | None]:
    """Resume an attempt; where the rubric has a newer version, what means the same is carried over to it.

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
        UsageProblem: It is an attempt at another rubric.
    """
    sheet = load(folder, identity)
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

    changed = change(folder, identity, edit)
    return changed, carried[0] if carried else None


def _current(library: Library, name: str, copy: Rubric) -> Rubric:
    """Return the library's current version of the rubric, or the attempt's own copy where there is none usable."""
    try:
        return library.load_rubric(name)
    except NotFound:
        if name != copy.id:
            raise
    except FindingsError:
        pass
    return copy


def _longer(attempt: Attempt, rubric: Rubric, minutes: float) -> tuple[str, ...]:
    """Return the questions of an attempt and those that a longer interview adds; none is ever taken away."""
    return (*attempt.kit, *(q for q in choose_kit(rubric, minutes, attempt.kit) if q not in attempt.kit))


def answer(
    folder: Path,
    clock: Clock,
    identity: str,
    question: str,
    *,
    text: str | None = None,
    level: LevelNumber | Mark | None = None,
    evidence: str | None = None,
    witness: str | None = None,
    ticks: tuple[Tick, ...] | None = None,
    version: str | None = None,
) -> Sheet:
    """Keep the answer to one question, the own level or what it rests on; what is not given stays.

    Args:
        folder: Where attempts are kept.
        clock: Returns the present moment in UTC.
        identity: The attempt's id.
        question: The question's id.
        text: The answer.
        level: The own level.
        evidence: What one could show for it.
        witness: Who could confirm it.
        ticks: What of the anchors the answer shows.
        version: The version that its writer had seen; None where it is given part by part.

    Raises:
        AnswerChangedElsewhere: What is on disk is of another version, and not what is to be kept either.
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
        after = evolve(
            before,
            text=before.text if text is None else _checked(text),
            level=before.level if level is None else level,
            evidence=before.evidence if evidence is None else _checked(evidence),
            witness=before.witness if witness is None else clean_line(_checked(witness)),
            ticks=before.ticks if ticks is None else ticks,
        )
        if after == before:
            return attempt
        if version not in (None, before.version):
            raise AnswerChangedElsewhere(before)
        now = clock()
        given = {a.question: a for a in attempt.answers} | {question: evolve(after, changed_at=now)}
        answers = tuple(given[q] for q in attempt.kit if q in given)
        return evolve(attempt, answers=answers, changed_at=now)

    return change(folder, identity, edit)


def _check_level(level: LevelNumber | Mark | None, rubric: Rubric) -> None:
    levels = rubric.scale.values
    if isinstance(level, int | float) and level not in levels:
        raise UsageProblem(
            Sentence("{level} is not on the scale").format(level=level),
            hint=Sentence("levels: {names}").format(names=", ".join(map(str, levels))),
        )


def _checked(text: str) -> str:
    if len(text) > LONGEST_TEXT:
        raise UsageProblem(Sentence("the text is longer than {longest_text:,} signs").format(longest_text=LONGEST_TEXT))
    return clean_text(text).strip()


def stand(folder: Path, clock: Clock, identity: str, requirement: str, standing: Fulfilment) -> Sheet:
    """Keep to what extent one fulfils a requirement.

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

    return change(folder, identity, edit)


def go_to(folder: Path, identity: str, question: str) -> Sheet:
    """Remember where an attempt resumes after a break.

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

    return change(folder, identity, edit)


def share(sheet: Sheet, language: str) -> str:
    """Return the text of the file in which a peer or coach rates the written answers; own levels are not in it.

    Raises:
        UsageProblem: Nothing is written yet.
    """
    if not any(given.text for given in sheet.attempt.answers):
        raise UsageProblem(
            "no answer is written yet", hint=_RESUME.format(id=sheet.rubric.id, attempt=sheet.attempt.id)
        )
    return format_share(sheet, language)


def receive(folder: Path, clock: Clock, shared: SharedAnswers, rater: str) -> Sheet:
    """Keep the levels that a peer or coach gave; what the same person gave before is replaced.

    Raises:
        NotFound: There is no such attempt, or it does not ask such a question.
        UsageProblem: There is no level, one is not on the scale, or nobody says who gave them.
        Refused: It cannot be written.
    """
    name = clean_line(rater or shared.rater or "")
    if not name:
        raise UsageProblem("nobody says who rated", hint="write it behind rater: in the file, or use --from NAME")

    def edit(sheet: Sheet) -> Attempt:
        attempt, levels = sheet.attempt, []
        for question, given in shared.answers.items():
            if question not in attempt.kit:
                raise missing(
                    Sentence("question in the attempt {identity!r}:").format(identity=attempt.id), question, attempt.kit
                )
            if given.level is not None:
                _check_level(given.level, sheet.rubric)
                levels.append(PeerLevel(question, given.level, _checked(given.answer), _checked(given.note or "")))
        if not levels:
            raise UsageProblem("the file gives no level", hint="each stands behind level: of an answer")
        others = tuple(review for review in attempt.peers if review.by != name)
        return evolve(attempt, peers=(*others, PeerReview(name, clock(), tuple(levels))), changed_at=clock())

    return change(folder, shared.attempt, edit)


def tick_off(folder: Path, clock: Clock, identity: str, step: str, *, done: bool) -> Sheet:
    """Keep that a step of the plan is done, or take that back.

    Raises:
        NotFound: No such attempt.
        Refused: It cannot be written.
    """

    def edit(sheet: Sheet) -> Attempt:
        others = {each: at for each, at in sheet.attempt.done.items() if each != step}
        return evolve(sheet.attempt, done={**others, step: clock()} if done else others)

    return change(folder, identity, edit)


def reference(rubric: Rubric) -> RubricRef:
    """Return which rubric it is, exactly."""
    return RubricRef(rubric.id, rubric.version, digest_rubric(rubric))


def pinned_copy(rubric: Rubric) -> str:
    """Return the text of what an attempt needs: questions and criteria, bars, weights and requirements."""
    questions = tuple(evolve(question, samples=()) for question in rubric.asked)
    role = rubric.role and evolve(rubric.role, tasks=(), stakeholders=(), compensation=None)
    return dump_rubric(evolve(rubric, questions=questions, need=None, role=role))
