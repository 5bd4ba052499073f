"""`hiringkit rubric new`: a rubric by questions and answers."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click
from attrs import evolve, frozen

from hiringkit.cli.base import Command, option
from hiringkit.cli.prompts import Asker
from hiringkit.cli.session import Session, with_session
from hiringkit.domain.finding import has_errors
from hiringkit.domain.role import Requirement, RequirementKind, Task
from hiringkit.domain.rubric import Criterion, Policy, Rubric, default_scale
from hiringkit.errors import FindingsError, Refused, UsageProblem
from hiringkit.library.draft import (
    Choices,
    Offer,
    Pool,
    RoleDescription,
    ids_of,
    likely_criteria,
    nearest_criterion,
    new_tasks,
    offered_questions,
    suggest_criteria,
    suggest_questions,
)
from hiringkit.locale import _, n_
from hiringkit.text.language import DEFAULT_LANGUAGE, LANGUAGES, Text
from hiringkit.text.sentence import Sentence

EQUAL_WEIGHT = 10.0
_MOST_TASKS = 20
_LONGEST_PATH = 255
"""Characters of an answer that may name a file; a longer one is a text."""
_EVERY = "both" if len(LANGUAGES) == 2 else "all"  # noqa: PLR2004 - what one says of two
"""The answer that stands for all languages."""


@frozen
class Start:
    """What an author begins from."""

    id: str
    pool: Pool
    base: Rubric | None
    description: RoleDescription
    language: str
    """Of the lists that are shown."""


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
    default = start.description.language
    if start.base:
        default = _EVERY if len(start.base.title.wordings) > 1 else DEFAULT_LANGUAGE
    expected = _("{languages} or {every}").format(
        languages=LANGUAGES[start.language].comma.join(LANGUAGES), every=_EVERY
    )
    question = _("Languages of the file: {choices}").format(choices=expected)
    answer = asker.ask(question, default, lambda text: "" if text in (*LANGUAGES, _EVERY) else expected)
    return tuple(LANGUAGES) if answer == _EVERY else (answer,)


def _title(asker: Asker, start: Start, languages: tuple[str, ...]) -> Text:
    plain = start.description.title or start.id.replace("-", " ").capitalize()
    if len(languages) == 1:
        return Text(plain=asker.ask(_("Title"), plain))
    known = start.base.title.wordings if start.base else {}
    asked = _("Title in {language}")
    given = {
        code: asker.ask(
            asked.format(language=_(language.name)),
            plain if code == DEFAULT_LANGUAGE else known.get(code, plain),
        )
        for code, language in LANGUAGES.items()
    }
    return Text(**given)


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


def _described(description: RoleDescription) -> tuple[Requirement, ...]:
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


SCHEMA_FILE = "rubric.schema.json"


@click.command(
    "new",
    cls=Command,
    help=n_(
        "Begin a rubric by questions and answers: from another rubric, or from a role description in plain text whose"
        " lines become tasks and requirements. Every question has an answer that Enter takes; answers may come from a"
        " pipe. Writes ./rubrics/FAMILY/ID.yaml, or -o FILE, with comments that say what to do next; never over"
        " another file."
    ),
    examples=[
        "hiringkit rubric new crm-manager --description job-ad.txt",
        "hiringkit rubric new senior-analyst --from sales-operations-analyst --yes",
    ],
)
@click.argument("rubric", metavar="ID")
@option("--from", "base", metavar="ID|PATH", help=n_("The rubric to begin from."))
@option("--description", metavar="FILE", help=n_("A role description in plain text; - is standard input."))
@option("--yes", is_flag=True, help=n_("Ask nothing: take every answer that Enter would take."))
@option("--schema", is_flag=True, help=n_("Write the JSON Schema beside it and name it, for an editor that checks."))
@with_session
def new(session: Session, rubric: str, base: str | None, description: str | None, yes: bool, schema: bool) -> None:
    """Begin a rubric."""
    from hiringkit.actions.openings import check_id
    from hiringkit.cli.prompts import Asker
    from hiringkit.files import create_file
    from hiringkit.library.draft import draft_rubric
    from hiringkit.library.yaml.write import write_rubric

    if base and description:
        raise UsageProblem("--from and --description are two ways to begin", hint="give one of the two")
    output = session.options.get("output")
    if schema and output == "-":
        raise UsageProblem("--schema writes a file beside the rubric, and standard output has no place")
    check_id(Sentence("a rubric"), rubric)
    asker = Asker(silent=yes)
    choices = choose_all(asker, _start(session, asker, rubric, base, description))
    target = Path(str(output)) if output else Path("rubrics", choices.family, f"{rubric}.yaml")
    text = write_rubric(draft_rubric(choices), _comments(target))
    if schema:
        text = f"# yaml-language-server: $schema={SCHEMA_FILE}\n{text}"
    findings = session.library.check_text(text, str(target))
    if has_errors(findings):
        raise FindingsError("these choices make no rubric", findings, hint="choose again; nothing was written")
    if output == "-":
        session.write(text)
        return
    create_file(target, text.encode(), hint=Sentence("choose another id, or another file with -o"))
    if schema:
        _write_schema(session, target.with_name(SCHEMA_FILE))
    session.tell(findings)
    _say_next(session, rubric, target)


def _write_schema(session: Session, path: Path) -> None:
    """Write what an editor reads; where the folder's other rubrics have one already, it serves this one too."""
    from hiringkit.files import create_file
    from hiringkit.library.documents import Kind
    from hiringkit.library.schema import schema_text

    if path.exists():
        session.note(_("{path} is there already and is left as it is").format(path=path))
        return
    create_file(path, schema_text(Kind.RUBRIC).encode())
    session.note(_("written: {path}").format(path=path))


def _start(session: Session, asker: "Asker", rubric: str, base: str | None, description: str | None) -> "Start":
    """Find out what to begin from, and load it."""
    from hiringkit.library.documents import Kind
    from hiringkit.library.draft import RoleDescription, gather_pool, nearest_rubric

    known = [entry.id for entry in session.library.entries(Kind.RUBRIC)]
    told = _read(description) if description else RoleDescription(language=session.language)
    if not (base or description) and known:
        base, told = _ask_for_start(asker, rubric, known, told)
    loaded = session.library.load_rubric(base) if base else None
    pool = gather_pool(session.library, loaded or nearest_rubric(session.library, told.text))
    if not pool.questions or not pool.criteria:
        raise Refused(
            "the library holds no rubric and no questions to begin from",
            hint="name a folder that holds rubrics/ and question_banks/: --library DIR",
        )
    return Start(rubric, pool, loaded, told, session.language)


def _ask_for_start(
    asker: "Asker", rubric: str, known: list[str], told: "RoleDescription"
) -> tuple[str | None, "RoleDescription"]:
    """Ask what to begin from, and return a rubric or what a description says."""
    from hiringkit.library.catalog import is_path
    from hiringkit.text.similarity import nearest

    asker.say(_("Rubrics to begin from: {names}").format(names=", ".join(known)))
    answer = asker.ask_text(
        _("Begin from (one of these, a file with a role description, or its text, pasted)"),
        nearest(rubric, known) or known[0],
    )
    if "\n" in answer or len(answer) > _LONGEST_PATH:
        return None, _understood(answer, _("the text that was given"))
    if answer in known or (is_path(answer) and answer.endswith((".yaml", ".yml"))) or not Path(answer).exists():
        return answer, told
    return None, _read(answer)


def _read(path: str) -> "RoleDescription":
    """Read a role description from a file, or from standard input for `-`.

    Raises:
        FindingsError: It cannot be read, or is no text.
        Refused: It says nothing.
    """
    from hiringkit.library.yaml.files import read_source

    if path == "-":
        return _understood(sys.stdin.read(), _("the text that was given"))
    return _understood(read_source(Path(path)).text, path)


def _understood(text: str, name: str) -> "RoleDescription":
    from hiringkit.library.draft import read_description

    found = read_description(text)
    if not (found.tasks or found.required or found.preferred):
        raise Refused(
            Sentence("{path} says nothing that could be a task").format(path=name),
            hint="write one task or requirement a line",
        )
    return found


def _comments(target: Path) -> dict[str, list[str]]:
    """Return what the file says to its author, above the keys."""
    return {
        "": [
            _("A rubric: what a role needs, how it is asked and how answers are rated."),
            _("After each change: hiringkit rubric check {file}").format(file=target),
        ],
        "version": [_("Raise it with each change; hiringkit rubric diff OLD NEW says by how much.")],
        "summary": [_("The role in a paragraph; see that it says what this role is.")],
        "role.tasks": [_("What the role does, each task with the criteria that it calls upon.")],
        "role.requirements": [_("required or preferred; say why, in a line of its own: why: …")],
        "scale": [_("The levels that a rating may take.")],
        "criteria": [_("What is rated. Shares of the overall score are weights over their sum.")],
        "criteria.weight_rationale": [_("Why it weighs what it weighs: somebody will ask.")],
        "criteria.bar": [_("A score below the bar is a gap; with required: true it stops a recommendation.")],
        "criteria.anchors": [_("The behaviour that marks each level: what was done, not how good it was.")],
        "questions": [
            _("What every candidate is asked, drawn from question banks by id; hiringkit bank search finds more."),
            _("A question of your own has the same shape as in a bank: hiringkit bank show NAME"),
            _("What rests on what, and where there are gaps: hiringkit rubric coverage {file}").format(file=target),
        ],
        "questions.id": [_("From a bank, without the criteria that this rubric does not rate.")],
        "policy": [_("How ratings become a score, and a score a recommendation.")],
    }


def _say_next(session: Session, rubric: str, target: Path) -> None:
    session.note(_("written: {path}").format(path=target))
    session.note(_("Next:"))
    session.note("  " + _("read it in an editor; every part says what it is for"))
    for command in (
        f"hiringkit rubric check {target}",
        f"hiringkit rubric coverage {target}",
        f"hiringkit rubric pack {target} -o {rubric}.html",
        f"hiringkit opening create MY-OPENING --rubric {target}",
    ):
        session.note(f"  {command}")
