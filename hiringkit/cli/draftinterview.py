"""What an author is asked about a new rubric, in order."""

from collections.abc import Sequence

from attrs import evolve, frozen

from hiringkit.cli.asking import Asker
from hiringkit.domain.role import Requirement, RequirementKind, Task
from hiringkit.domain.rubric import Criterion, Policy, Rubric, default_scale
from hiringkit.domain.text import LANGUAGES, Text
from hiringkit.library.drafting import Choices, ids_of, new_tasks
from hiringkit.library.roledescription import Description
from hiringkit.library.suggesting import (
    Offer,
    Pool,
    likely_criteria,
    nearest_criterion,
    offered_questions,
    suggest_criteria,
    suggest_questions,
)
from hiringkit.locale import _

EQUAL_WEIGHT = 10.0
_MOST_TASKS = 20


@frozen
class Start:
    """What an author begins from."""

    id: str
    pool: Pool
    base: Rubric | None
    description: Description
    language: str
    """en or zh: of the lists that are shown."""


def choose_all(asker: Asker, start: Start) -> Choices:
    """Ask for everything that a rubric needs."""
    languages = _languages(asker, start)
    title = _title(asker, start, languages)
    tasks = _tasks(asker, start)
    requirements = _requirements(asker, start)
    criteria = _criteria(asker, start, tasks)
    tasks = _traced(asker, start, tasks, criteria)
    model = start.base or _most_like(start.pool, criteria)
    scale = model.scale if model else default_scale()
    questions = _questions(asker, start, criteria, offered_questions(start.pool, [c.id for c in criteria], scale))
    family, level = (model.role.family, model.role.level) if model and model.role else ("operations", "manager")
    return Choices(
        id=start.id,
        title=title,
        family=asker.ask(_("Family: the folder of roles that share questions"), family, _check_word),
        level=asker.ask(_("Level, such as analyst or manager"), level),
        languages=languages,
        tasks=tasks,
        requirements=requirements,
        criteria=criteria,
        questions=questions,
        scale=scale,
        policy=model.policy if model else Policy(),
        summary=start.base.summary if start.base else None,
        need=start.base.need if start.base else None,
        stakeholders=start.base.role.stakeholders if start.base and start.base.role else (),
    )


def _languages(asker: Asker, start: Start) -> tuple[str, ...]:
    default = start.description.language if start.base is None else "both" if start.base.title.zh else "en"
    choices = (*LANGUAGES, "both")
    expected = _("en, zh or both")
    question = _("Languages of the file: en, zh or both")
    answer = asker.ask(question, default, lambda text: "" if text in choices else expected)
    return LANGUAGES if answer == "both" else (answer,)


def _title(asker: Asker, start: Start, languages: tuple[str, ...]) -> Text:
    plain = start.description.title or start.id.replace("-", " ").capitalize()
    if len(languages) == 1:
        return Text(plain=asker.ask(_("Title"), plain))
    chinese = start.base.title.zh if start.base else plain
    return Text(en=asker.ask(_("Title in English"), plain), zh=asker.ask(_("Title in Chinese"), chinese or plain))


def _tasks(asker: Asker, start: Start) -> tuple[Task, ...]:
    """Ask which tasks the role has; those of a description get the criteria that they most likely call upon."""
    tasks = start.base.role.tasks if start.base and start.base.role else ()
    if start.base is None:
        lines = start.description.tasks
        tasks = new_tasks(lines, suggest_criteria(start.pool, lines))
    if not tasks:
        return ()
    asker.say()
    asker.say(_("What the role does:"))
    items = [task.text.in_language(start.language) for task in tasks]
    chosen = asker.choose(_("Which of these are tasks"), items, range(min(len(tasks), _MOST_TASKS)))
    return tuple(tasks[i] for i in chosen)


def _requirements(asker: Asker, start: Start) -> tuple[Requirement, ...]:
    found = start.base.role.requirements if start.base and start.base.role else _described(start.description)
    if not found:
        return ()
    asker.say()
    asker.say(_("What candidates bring along:"))
    kinds = {RequirementKind.REQUIRED: _("required"), RequirementKind.PREFERRED: _("preferred")}
    items = [f"({kinds[each.kind]}) {each.text.in_language(start.language)}" for each in found]
    chosen = asker.choose(_("Which of these are requirements"), items, range(len(found)))
    return tuple(found[i] for i in chosen)


def _described(description: Description) -> tuple[Requirement, ...]:
    lines = [*description.required, *description.preferred]
    kinds = [RequirementKind.REQUIRED] * len(description.required)
    kinds += [RequirementKind.PREFERRED] * len(description.preferred)
    ids = ids_of(lines, "requirement")
    return tuple(Requirement(i, kind, Text(plain=line)) for i, kind, line in zip(ids, kinds, lines, strict=True))


def _criteria(asker: Asker, start: Start, tasks: Sequence[Task]) -> tuple[Criterion, ...]:
    askable = {criterion for _bank, question in start.pool.questions for criterion in question.criteria}
    pool = [criterion for criterion in start.pool.criteria if criterion.id in askable]
    traces = [task.criteria for task in tasks]
    own = [each.id for each in start.base.criteria] if start.base else []
    likely = own or likely_criteria(start.pool, traces, askable)
    asker.say()
    asker.say(_("What can be rated; * fits what the role does:"))
    items = [f"{each.id}: {each.name.in_language(start.language)}" for each in pool]
    suggested = [i for i, each in enumerate(pool) if each.id in likely]
    none = _("At least one.")
    chosen = asker.choose(_("Which criteria are rated"), items, suggested, lambda positions: "" if positions else none)
    return _weighted(asker, start, [pool[i] for i in chosen])


def _traced(asker: Asker, start: Start, tasks: Sequence[Task], criteria: tuple[Criterion, ...]) -> tuple[Task, ...]:
    """Ask for the criteria of those tasks that call upon none of the chosen ones: a task nobody rates is not tested."""
    ids = [each.id for each in criteria]
    expected = _("One or more of: {names}").format(names=", ".join(ids))

    def wrong(text: str) -> str:
        return "" if text and set(_words(text)) <= set(ids) else expected

    def trace(task: Task) -> Task:
        kept = tuple(each for each in task.criteria if each in ids)
        if kept:
            return evolve(task, criteria=kept)
        said = task.text.in_language(start.language)
        nearest = nearest_criterion(start.pool, criteria, said)
        asker.say(_("Nothing rates: {task}").format(task=said))
        return evolve(task, criteria=tuple(_words(asker.ask(_("Which criteria does it call upon"), nearest, wrong))))

    return tuple(map(trace, tasks))


def _words(text: str) -> list[str]:
    return text.replace(",", " ").replace("，", " ").split()


def _weighted(asker: Asker, start: Start, criteria: list[Criterion]) -> tuple[Criterion, ...]:
    """Ask for weights, and why where they differ: a weight that nobody can explain is hard to defend."""
    own = {each.id: each for each in start.base.criteria} if start.base else {}
    kept = all(each.id in own for each in criteria)
    default = " ".join(f"{each.weight:g}" for each in criteria) if kept else _("equal")
    expected = _("{n} numbers above 0, or equal").format(n=len(criteria))

    def wrong(text: str) -> str:
        return "" if _numbers(text, len(criteria)) else expected

    answer = asker.ask(_("Weights in that order, or equal"), default, wrong)
    weights = _numbers(answer, len(criteria)) or [EQUAL_WEIGHT] * len(criteria)
    return tuple(
        evolve(each, weight=weight, weight_rationale=_rationale(asker, each, weight, own.get(each.id), weights))
        for each, weight in zip(criteria, weights, strict=True)
    )


def _rationale(
    asker: Asker, criterion: Criterion, weight: float, own: Criterion | None, weights: list[float]
) -> Text | None:
    if own and own.weight == weight:
        return own.weight_rationale
    if len(set(weights)) == 1:
        return None
    answer = asker.ask(
        _("Why does {criterion} weigh {weight}").format(criterion=criterion.id, weight=f"{weight:g}"), ""
    )
    return Text(plain=answer) if answer else None


def _numbers(text: str, many: int) -> list[float] | None:
    """Read one positive number for each criterion; the word for equal is as good."""
    if text.strip().lower() in ("equal", _("equal")):
        return [EQUAL_WEIGHT] * many
    try:
        found = [float(part) for part in text.replace(",", " ").replace("，", " ").split()]
    except ValueError:
        return None
    fits = len(found) == many and all(0 < number < 1_000_000 for number in found)  # noqa: PLR2004 - nobody weighs in millions
    return found if fits else None


def _questions(
    asker: Asker, start: Start, criteria: Sequence[Criterion], offers: tuple[Offer, ...]
) -> tuple[Offer, ...]:
    asked = {question.id for question in start.base.asked} if start.base else set()
    likely = asked or set(suggest_questions(start.pool, offers, [each.id for each in criteria]))
    asker.say()
    asker.say(_("What can be asked about them; * covers each criterion:"))
    items = [_line(question_bank, start.language) for question_bank in offers]
    suggested = [i for i, (_bank, question) in enumerate(offers) if question.id in likely]

    def wrong(positions: list[int]) -> str:
        rated = {criterion for i in positions for criterion in offers[i][1].criteria}
        missing = [each.id for each in criteria if each.id not in rated]
        return _("Nothing asks about {criteria}.").format(criteria=", ".join(missing)) if missing else ""

    return tuple(offers[i] for i in asker.choose(_("Which questions are asked"), items, suggested, wrong))


def _line(offer: Offer, language: str) -> str:
    _bank, question = offer
    return f"{question.id} ({', '.join(question.criteria)}): {question.text.in_language(language)}"


def _most_like(pool: Pool, criteria: Sequence[Criterion]) -> Rubric | None:
    """Return the rubric that has most of the criteria."""
    ids = {each.id for each in criteria}
    return max(pool.rubrics, key=lambda rubric: len(ids & {each.id for each in rubric.criteria}), default=None)


def _check_word(text: str) -> str:
    fits = text.isascii() and text.replace("-", "").isalnum() and text == text.lower() and text.strip("-") == text
    return "" if fits and len(text) <= 60 else _("Lower-case words joined by -.")  # noqa: PLR2004 - as long as an id may be
