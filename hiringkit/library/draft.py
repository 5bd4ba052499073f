"""A new rubric out of what an author has chosen."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from enum import Enum
from functools import lru_cache
from itertools import groupby
from math import log, sqrt
from typing import Any, TypeVar

from attrs import evolve, field, fields, frozen, has

from hiringkit.domain.level import LevelNumber
from hiringkit.domain.question import Question
from hiringkit.domain.role import Requirement, Role, Task
from hiringkit.domain.rubric import Criterion, Need, Policy, QuestionUse, Rubric, Scale
from hiringkit.errors import FindingsError
from hiringkit.library.catalog import Library
from hiringkit.library.documents import Kind
from hiringkit.text.clean import clean_line
from hiringkit.text.language import LANGUAGES, Text
from hiringkit.text.similarity import content_tokens, wordings

LIKELY = 0.08
"""Similarity from which a criterion is suggested for a task."""
NEAR_BEST = 0.75
"""Of the best criterion's similarity, what the second must come to."""
FAVOUR = 1.5
"""How much more the criteria of the first rubric count: the role is most like its."""
LEAST_CRITERIA, MOST_CRITERIA = 5, 8
"""How many criteria are suggested."""
PER_CRITERION = 2
"""Questions suggested for each criterion: one alone would carry it."""
LEAST_QUESTIONS = 8
"""Questions suggested in all, where there are so many."""

Offer = tuple[str, Question]
"""A question with the id of its bank; empty where a rubric has it of its own."""


@frozen
class Pool:
    """All that the library has to choose from, each id once."""

    rubrics: tuple[Rubric, ...]
    """Those that can be used, the one to begin from first."""
    criteria: tuple[Criterion, ...]
    questions: tuple[Offer, ...]

    @property
    def near(self) -> frozenset[str]:
        """Ids of the questions that the first rubric asks: with the same ids elsewhere, roles mean other things."""
        return frozenset(question.id for rubric in self.rubrics[:1] for question in rubric.asked)


def gather_pool(library: Library, first: Rubric | None = None) -> Pool:
    """Gather what all rubrics and banks hold; what has errors is left out.

    Args:
        library: Where they are.
        first: A rubric whose criteria and questions stand for those of the same id elsewhere.
    """
    rubrics = [*([first] if first else []), *(rubric for rubric in _loaded(library) if rubric != first)]
    criteria = {each.id: each for rubric in reversed(rubrics) for each in rubric.criteria}
    banked = {question.id: (bank, question) for bank, question in reversed(list(_banked(library)))}
    own = {
        question.id: ("", question)
        for rubric in reversed(rubrics[:1] if first else [])
        for question in rubric.asked
        if banked.get(question.id, ("", None))[1] != question
    }
    ordered = dict.fromkeys(each.id for rubric in rubrics for each in rubric.criteria)
    asked = dict.fromkeys([*(question.id for rubric in rubrics for question in rubric.asked), *banked])
    offers = {**banked, **own}
    questions = tuple(offers[each] for each in asked if each in offers)
    return Pool(tuple(rubrics), tuple(criteria[each] for each in ordered), questions)


def nearest_rubric(library: Library, text: str) -> Rubric | None:
    """Return the rubric whose role is most like a description, or None where there is none."""
    rubrics = list(_loaded(library))
    if not rubrics:
        return None
    scores = _likeness([_role_words(rubric) for rubric in rubrics], text)
    return rubrics[max(range(len(rubrics)), key=lambda i: scores[i])]


def suggest_criteria(pool: Pool, tasks: Sequence[str]) -> list[tuple[str, ...]]:
    """Return for each task the ids of the criteria that it most likely calls upon, at most two.

    A criterion is likened to a task by its name, definition and anchors and by the tasks that rubrics trace to it:
    cosine of words weighted by inverse document frequency.
    """
    names = [criterion.id for criterion in pool.criteria]
    about = [_about(pool, criterion) for criterion in pool.criteria]

    def best(scores: Sequence[float]) -> tuple[str, ...]:
        top = sorted(zip(scores, range(len(names)), strict=True), key=lambda each: (-each[0], each[1]))[:2]
        return tuple(names[i] for score, i in top if score >= max(LIKELY, top[0][0] * NEAR_BEST))

    at_hand = {each.id for rubric in pool.rubrics[:1] for each in rubric.criteria}
    favour = [FAVOUR if name in at_hand else 1.0 for name in names]
    scores = (zip(_likeness(about, task), favour, strict=True) for task in tasks)
    return [best([score * more for score, more in each]) for each in scores]


def nearest_criterion(pool: Pool, criteria: Sequence[Criterion], task: str) -> str:
    """Return the id of the one of these criteria that is most like a task, however little that is."""
    scores = _likeness([_about(pool, criterion) for criterion in criteria], task)
    return criteria[max(range(len(criteria)), key=lambda i: scores[i])].id


def likely_criteria(pool: Pool, traces: Iterable[tuple[str, ...]], askable: Collection[str]) -> list[str]:
    """Return the criteria that most tasks call upon, of those that some question asks for.

    Where they are few, the weightiest of the first rubric are added.
    """
    counted = Counter(criterion for trace in traces for criterion in trace if criterion in askable)
    found = [criterion for criterion, _ in counted.most_common(MOST_CRITERIA)]
    weighty = sorted((each for rubric in pool.rubrics[:1] for each in rubric.criteria), key=lambda each: -each.weight)
    more = [each.id for each in weighty if each.id in askable and each.id not in found]
    return [*found, *more[: max(LEAST_CRITERIA - len(found), 0)]]


def offered_questions(pool: Pool, criteria: Sequence[str], scale: Scale) -> tuple[Offer, ...]:
    """Return the questions that are evidence for nothing but these criteria, with anchors on this scale.

    Where fewer than two of them ask for a criterion, others are offered as the rubric's own, without their other
    criteria.
    """
    rated, levels = set(criteria), set(scale.values)
    usable = [offer for offer in pool.questions if _levels(offer[1]) <= levels]
    offers = [offer for offer in usable if offer[1].criteria.keys() <= rated]
    for criterion in criteria:
        there = {question.id for _, question in offers if criterion in question.criteria}
        others = [q for _, q in usable if criterion in q.criteria and q.id not in there]
        others.sort(key=lambda question: (question.id not in pool.near, -_share(question, criterion)))
        offers += [("", _within(question, rated)) for question in others[: max(PER_CRITERION - len(there), 0)]]
    return tuple({question.id: (bank, question) for bank, question in offers}.values())


def suggest_questions(pool: Pool, offers: Sequence[Offer], criteria: Sequence[str]) -> list[str]:
    """Return ids of questions, so that each criterion is asked for by two of them where there are so many."""
    near = pool.near
    chosen: list[str] = []
    for criterion in criteria:
        fitting = [question for _, question in offers if criterion in question.criteria]
        fitting.sort(key=lambda question: (question.id not in near, -_share(question, criterion)))
        there = sum(question.id in chosen for question in fitting)
        fresh = [question.id for question in fitting if question.id not in chosen]
        chosen += fresh[: max(PER_CRITERION - there, 0)]
    more = [question.id for _, question in offers if question.id not in chosen]
    chosen += more[: max(LEAST_QUESTIONS - len(chosen), 0)]
    return [question.id for _, question in offers if question.id in chosen]


def _share(question: Question, criterion: str) -> float:
    return question.criteria[criterion] / sum(question.criteria.values())


def _levels(question: Question) -> set[LevelNumber]:
    return {*question.anchors, *(sample.level for sample in question.samples)}


def _within(question: Question, rated: set[str]) -> Question:
    kept = {each: weight for each, weight in question.criteria.items() if each in rated}
    return evolve(question, criteria=kept)


def _about(pool: Pool, criterion: Criterion) -> str:
    every = [task for rubric in pool.rubrics if rubric.role for task in rubric.role.tasks]
    tasks = [task.text for task in every if criterion.id in task.criteria]
    texts = [criterion.name, criterion.definition, *criterion.anchors.values(), *tasks]
    return " ".join([criterion.id, *wordings(texts)])


def _role_words(rubric: Rubric) -> str:
    tasks = [task.text for task in rubric.role.tasks] if rubric.role else []
    named = [text for criterion in rubric.criteria for text in (criterion.name, criterion.definition)]
    return " ".join(wordings([rubric.title, rubric.summary, *tasks, *named]))


def _likeness(documents: Sequence[str], text: str) -> list[float]:
    """Return how like a text each document is: cosine of words weighted by inverse document frequency, 0 to 1."""
    counts = [_counted(document) for document in documents]
    having = Counter(word for each in counts for word in each)
    weigh = {word: log(1 + len(documents) / n) for word, n in having.items()}
    wanted = _normal({word: sqrt(n) * weigh[word] for word, n in _counted(text).items() if word in weigh})
    vectors = (_normal({word: sqrt(n) * weigh[word] for word, n in each.items()}) for each in counts)
    return [sum(weight * vector.get(word, 0.0) for word, weight in wanted.items()) for vector in vectors]


@lru_cache(maxsize=256)
def _counted(text: str) -> Counter[str]:
    return Counter(content_tokens(text))


def _normal(vector: dict[str, float]) -> dict[str, float]:
    length = sqrt(sum(weight**2 for weight in vector.values()))
    return {word: weight / length for word, weight in vector.items()}


def _loaded(library: Library) -> Iterable[Rubric]:
    for entry in library.entries(Kind.RUBRIC):
        try:
            yield library.load_rubric(entry.id)
        except FindingsError:
            continue


def _banked(library: Library) -> Iterable[Offer]:
    for entry in library.entries(Kind.BANK):
        try:
            bank = library.load_bank(entry.id)
        except FindingsError:
            continue
        yield from ((bank.id, question) for question in bank.questions)


T = TypeVar("T")
_WORDS_OF_AN_ID = 4
_LONGEST_STEM = 55
_WORD = re.compile(r"[a-z0-9]+")


@frozen
class Choices:
    """What an author has chosen."""

    id: str
    title: Text
    family: str
    level: str
    languages: tuple[str, ...]
    """Of the file: one, whose texts are then plain, or both."""
    tasks: tuple[Task, ...]
    requirements: tuple[Requirement, ...]
    criteria: tuple[Criterion, ...]
    """With their weights."""
    questions: tuple[Offer, ...]
    scale: Scale
    policy: Policy = field(factory=Policy)
    summary: Text | None = None
    need: Need | None = None
    stakeholders: tuple[Any, ...] = ()


def draft_rubric(choices: Choices) -> Rubric:
    """Return the rubric, version 1.0.0, as it is written: questions of banks are drawn, others written out."""
    rated = {criterion.id for criterion in choices.criteria}
    role = Role(
        family=choices.family,
        level=choices.level,
        stakeholders=choices.stakeholders,
        requirements=choices.requirements,
        tasks=tuple(evolve(t, criteria=tuple(c for c in t.criteria if c in rated)) for t in choices.tasks),
    )
    made = Rubric(
        id=choices.id,
        version="1.0.0",
        title=choices.title,
        scale=choices.scale,
        criteria=choices.criteria,
        questions=_questions(choices.questions),
        summary=choices.summary,
        role=role,
        need=choices.need,
        policy=choices.policy,
    )
    return made if choices.languages == LANGUAGES else in_one_language(made, choices.languages[0])


def in_one_language(value: T, language: str) -> T:
    """Return a value with all its texts in one language, written without naming it."""
    changed: Any = value
    if isinstance(value, Text):
        changed = Text(plain=value.in_language(language))
    elif isinstance(value, tuple):
        changed = tuple(in_one_language(each, language) for each in value)
    elif isinstance(value, Mapping):
        changed = {key: in_one_language(each, language) for key, each in value.items()}
    elif has(type(value)):
        names = [each.name for each in fields(type(changed))]
        changed = evolve(changed, **{name: in_one_language(getattr(changed, name), language) for name in names})
    return changed  # type: ignore[no-any-return]  # of the type that came in


def new_tasks(lines: Sequence[str], traces: Sequence[tuple[str, ...]]) -> tuple[Task, ...]:
    """Make tasks of lines, each with the criteria that it calls upon."""
    ids = ids_of(lines, "task")
    return tuple(Task(i, Text(plain=line), trace) for i, line, trace in zip(ids, lines, traces, strict=True))


def ids_of(lines: Sequence[str], stem: str) -> list[str]:
    """Make an id of the first telling words of each line, numbered where there are none or they are taken."""
    made: list[str] = []
    for number, line in enumerate(lines, 1):
        words = [word for word in _telling(line) if _WORD.fullmatch(word)][:_WORDS_OF_AN_ID]
        identity = "-".join(words)[:_LONGEST_STEM].strip("-")
        made.append(identity if identity and identity not in made else f"{identity or stem}-{number}")
    return made


def _telling(line: str) -> list[str]:
    """Return a line's own words, those that are everywhere left out."""
    stems = set(content_tokens(line))
    words = re.findall(r"[a-z0-9]+", line.lower()) if line.isascii() or " " in line else []
    return [word for word in words if set(content_tokens(word)) & stems]


def _questions(offers: Sequence[Offer]) -> tuple[QuestionUse | Question, ...]:
    made: list[QuestionUse | Question] = []
    for bank, group in groupby(offers, key=lambda offer: offer[0]):
        questions = [question for _, question in group]
        made += [QuestionUse(bank, tuple(question.id for question in questions))] if bank else questions
    return tuple(made)


MOST_LINES = 200
_LONGEST_LINE = 240

_BULLET = re.compile(
    r"\s*(?:[-*•·–—▪◦●○‣o](?=\s)|[•·▪◦●○‣]|\(?[0-9]{1,3}[.)、）](?!\d)|[一二三四五六七八九十]{1,3}、)\s*"
)
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z])|(?<=[。！？；;])\s*")
_MARKUP = re.compile(r"^#+\s*|[*_`]{1,2}(?=\S)|(?<=\S)[*_`]{1,2}")
_HEADING_WORDS = 6


class Section(Enum):
    """What lines under a heading are about."""

    TASKS = r"responsib|dut(?:y|ies)|you will|you'll|what you|tasks|the role|day to day|职责|工作内容|你将"
    PREFERRED = r"nice to have|prefer|bonus|a plus|desirable|优先|加分"
    REQUIRED = (
        r"require|qualif|must have|you have|you bring|skills|experience|who you are|looking for|任职|要求|资格|条件"
    )
    OTHER = r"about|benefit|offer|perks|salary|compensation|equal|apply|关于|福利|待遇|薪|公司介绍|投递"


@frozen
class RoleDescription:
    """What a role description says."""

    title: str = ""
    """Its first line, where that is no sentence; may be empty."""
    tasks: tuple[str, ...] = ()
    """What the holder of the role does."""
    required: tuple[str, ...] = ()
    """What candidates must bring along."""
    preferred: tuple[str, ...] = ()
    """What they had better bring along."""
    language: str = "en"
    """zh where most of it is Chinese."""
    text: str = ""
    """All of it, on one line."""


def read_description(text: str) -> RoleDescription:
    """Take a description apart by its headings and lines; what stands under no heading is a task."""
    found: dict[Section, list[str]] = {section: [] for section in Section}
    section, title, begun = Section.TASKS, "", False
    for line, bulleted in _lines(text):
        heading = None if bulleted else _heading(line)
        if heading:
            section = heading
        elif not begun and not bulleted and _is_short(line):
            title = line.rstrip(":：")
        else:
            found[section].append(line)
        begun = True
    chinese = len(re.findall(r"[\u3400-\u9fff]", text))
    kept = {each: tuple(dict.fromkeys(lines))[:MOST_LINES] for each, lines in found.items()}
    return RoleDescription(
        title,
        kept[Section.TASKS],
        kept[Section.REQUIRED],
        kept[Section.PREFERRED],
        "zh" if chinese > len(re.findall(r"[A-Za-z]+", text)) else "en",
        clean_line(text),
    )


def _lines(text: str) -> Iterator[tuple[str, bool]]:
    """Yield each line without its bullet, long ones by sentence, with whether it had a bullet."""
    for raw in text.splitlines():
        bullet = _BULLET.match(raw)
        line = clean_line(_MARKUP.sub("", raw[bullet.end() :] if bullet else raw.strip()))
        if not any(map(str.isalnum, line)):
            continue
        if len(line) <= _LONGEST_LINE:
            yield line, bool(bullet)
        else:
            yield from ((part.strip(), True) for part in _SENTENCE_END.split(line) if part.strip())


def _heading(line: str) -> Section | None:
    """Return what a heading announces, or None where the line is none."""
    if not (line.endswith((":", "：")) or _is_short(line)):
        return None
    if len(line) > _LONGEST_LINE // 2:
        return None
    return next((section for section in Section if re.search(section.value, line, re.IGNORECASE)), None)


def _is_short(line: str) -> bool:
    words = len(line.split())
    return words <= _HEADING_WORDS and len(line) <= 60 and not line.endswith((".", "。", ";", "；"))  # noqa: PLR2004 - some words in either script
