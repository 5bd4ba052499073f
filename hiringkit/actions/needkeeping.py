"""Need assessments in their folder: begun, answered, found again. Every call that returns is on disk."""

from collections.abc import Callable
from datetime import datetime
from itertools import count
from pathlib import Path

from attrs import evolve

from hiringkit.actions.aspiring import reference
from hiringkit.actions.naming import missing
from hiringkit.domain.finding import Finding
from hiringkit.domain.need import Budget, ConditionAnswer, NeedAnswers, NeedAssessment, SignAnswer, is_budget
from hiringkit.domain.profile import RubricRef
from hiringkit.domain.rubric import Rubric
from hiringkit.domain.sentence import Sentence
from hiringkit.domain.text import clean_line, clean_text
from hiringkit.errors import FindingsError, NotFound, Refused, UsageProblem
from hiringkit.exchange.needfile import ENDING, format_need, need_id, parse_need
from hiringkit.exchange.privatefile import list_private, locked, read_private
from hiringkit.files import write_file
from hiringkit.library.catalog import Library

Clock = Callable[[], datetime]

LONGEST_TEXT = 1_000_000


def draft_need(rubric: Rubric, now: datetime, organisation: str = "") -> NeedAssessment:
    """Return an assessment of a rubric with nothing answered yet; it is not on disk and has no id.

    Raises:
        Refused: The rubric does not say when the role is needed.
    """
    if rubric.need is None or not (rubric.need.preconditions or rubric.need.signs):
        raise Refused(
            Sentence("the rubric {id!r} does not say when the role is needed").format(id=rubric.id),
            hint="write its section need: preconditions and signs",
        )
    return NeedAssessment(
        id="",
        rubric=reference(rubric),
        title=rubric.title,
        need=rubric.need,
        started_at=now,
        changed_at=now,
        compensation=rubric.role.compensation if rubric.role else None,
        organisation=clean_line(organisation),
    )


def keep_need(folder: Path, drafted: NeedAssessment) -> NeedAssessment:
    """Keep a new assessment under the first free id of its rubric.

    Raises:
        Refused: It cannot be written.
    """
    with locked(folder):
        taken = {need_id(path) for path in list_private(folder, ENDING)}
        free = next(name for n in count(1) if (name := f"{drafted.rubric.id}-{n}") not in taken)
        kept = evolve(drafted, id=free)
        write_file(_path(folder, free), format_need(kept), private=True)
    return kept


def answer_condition(
    folder: Path, clock: Clock, identity: str, condition: str, given: ConditionAnswer, budget: Budget | None = None
) -> NeedAssessment:
    """Keep the answer to a precondition: in words, or as a budget's figures; the later takes the other's place.

    Raises:
        NotFound: There is no such assessment or precondition.
        UsageProblem: A text is too long.
        Refused: It cannot be written.
    """

    def edit(before: NeedAssessment) -> NeedAssessment:
        _known(Sentence("precondition"), condition, [each.id for each in before.need.preconditions])
        answers = {**before.preconditions, condition: ConditionAnswer(given.answer, _checked(given.note))}
        if is_budget(condition):
            figures = None if given.answer else budget or before.budget
            return evolve(before, preconditions=answers, budget=figures, spend=None)
        return evolve(before, preconditions=answers)

    return _change(folder, clock, identity, edit)


def keep_spend(folder: Path, clock: Clock, identity: str, per_year: float) -> NeedAssessment:
    """Keep the sum of a budget whose on-costs are asked for next; raises as `answer_condition` does."""
    return _change(folder, clock, identity, lambda before: evolve(before, spend=per_year))


def answer_sign(folder: Path, clock: Clock, identity: str, sign: str, given: SignAnswer) -> NeedAssessment:
    """Keep the answer to a sign; raises as `answer_condition` does."""

    def edit(before: NeedAssessment) -> NeedAssessment:
        _known(Sentence("sign"), sign, [each.id for each in before.need.signs])
        answers = {**before.signs, sign: SignAnswer(given.how_often, _checked(given.evidence))}
        return evolve(before, signs=answers)

    return _change(folder, clock, identity, edit)


def filled(drafted: NeedAssessment, given: NeedAnswers) -> NeedAssessment:
    """Return a drafted assessment with all answers of a file; their ids have been checked.

    Raises:
        UsageProblem: A text is too long.
    """
    return evolve(
        drafted,
        organisation=clean_line(given.organisation) or drafted.organisation,
        budget=given.budget,
        preconditions={i: ConditionAnswer(a.answer, _checked(a.note)) for i, a in given.preconditions.items()},
        signs={i: SignAnswer(a.how_often, _checked(a.evidence)) for i, a in given.signs.items()},
    )


def load_need(folder: Path, identity: str) -> NeedAssessment:
    """Return an assessment.

    Raises:
        NotFound: There is none under that id.
        FindingsError: Its file is broken.
        Refused: It cannot be read.
    """
    known = {need_id(path): path for path in list_private(folder, ENDING)}
    if identity not in known:
        raise missing(Sentence("assessment"), identity, known, empty_hint=Sentence("begin one: hiringkit need RUBRIC"))
    found, findings = parse_need(read_private(known[identity]), known[identity])
    if found is None:
        raise FindingsError(
            Sentence("the assessment {id!r} cannot be read").format(id=identity),
            findings,
            hint="mend the file or move it away; nothing was changed",
        )
    return found


def rubric_now(library: Library, name: str, kept: NeedAssessment) -> RubricRef:
    """Return which rubric a name stands for now; the assessment's own where it is gone or cannot be used.

    Raises:
        NotFound: There is no such rubric, and it is not the assessment's.
    """
    try:
        return reference(library.load_rubric(name))
    except NotFound:
        if name != kept.rubric.id:
            raise
    except FindingsError:
        pass
    return kept.rubric


def every_need(folder: Path) -> tuple[tuple[NeedAssessment, ...], tuple[Finding, ...]]:
    """Return all assessments, oldest first, and what is wrong with files that cannot be read."""
    read = [parse_need(read_private(path), path) for path in list_private(folder, ENDING)]
    found = sorted((need for need, _findings in read if need), key=lambda need: (need.started_at, need.id))
    return tuple(found), tuple(finding for _need, findings in read for finding in findings)


def _change(
    folder: Path, clock: Clock, identity: str, edit: Callable[[NeedAssessment], NeedAssessment]
) -> NeedAssessment:
    with locked(folder):
        before = load_need(folder, identity)
        after = edit(before)
        if after != before:
            after = evolve(after, changed_at=clock())
            write_file(_path(folder, identity), format_need(after), private=True)
    return after


def _path(folder: Path, identity: str) -> Path:
    return folder / f"{identity}{ENDING}"


def _known(kind: str, given: str, known: list[str]) -> None:
    if given not in known:
        raise missing(kind, given, known)


def _checked(text: str) -> str:
    if len(text) > LONGEST_TEXT:
        raise UsageProblem(Sentence("the text is longer than {most} signs").format(most=f"{LONGEST_TEXT:,}"))
    return clean_text(text).strip()
