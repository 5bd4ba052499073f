"""Checks of a posting before it is published: what may put good people off or leave them guessing."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from hiringkit.domain.codes import Code
from hiringkit.domain.finding import Finding, Severity
from hiringkit.domain.posting import Company, Mention, Posting, PostingCheck, Sought
from hiringkit.domain.role import Requirement
from hiringkit.domain.rubric import CriterionKind, Rubric
from hiringkit.errors import Refused
from hiringkit.text.clean import clean_line
from hiringkit.text.language import LANGUAGES, Text, count_han, language_of
from hiringkit.text.sentence import Sentence
from hiringkit.text.similarity import WordIndex, index_words

PAY_ABSENT = Sentence("the posting names no pay range")
PAY_OF_RUBRIC = Sentence("the pay range is the rubric's: nobody said that it is yours")
ABSENT = Sentence("the posting does not say: {what}")
RECOMMENDED = Sentence("job sites would also like to know: {what}")
_MASCULINE = (
    "active adventurous aggress* ambitio* analy* assert* athlet* autonom* boast* challeng* compet* confident courag*"
    " decide decisive decision* determin* dominant domina* force* greedy headstrong hierarch* hostil* impulsive"
    " independen* individual* intellect* lead* logic masculine objective opinion outspoken persist principle* reckless"
    " stubborn superior self-confiden* self-sufficien* self-relian*"
)
_FEMININE = (
    "affectionate child* cheer* commit* communal compassion* connect* considerate cooperat* depend* emotiona* empath*"
    " feminine flatterable gentle honest interpersonal interdependen* interpersona* kind kinship loyal* modesty nag"
    " nurtur* pleasant* polite quiet* respon* sensitiv* submissive support* sympath* tender* together* trust*"
    " understand* warm* whin* yield*"
)
_ONE_SEX = (
    "he him his himself she her hers herself boy boys girl girls guys salesman salesmen saleswoman saleswomen chairman"
    " foreman manpower"
)
_AGE = (
    "young",
    "college student",
    "college students",
    "recent graduate",
    "recent graduates",
    "recent college graduate",
    "recent college graduates",
    "new graduate",
    "new graduates",
    "boy",
    "boys",
    "girl",
    "girls",
)
_ONE_SEX_ZH = re.compile(
    r"(?<!不)(?:仅限|只限|限|只招|仅招)(?:男|女)(?:性|士|生)?(?!女)"
    r"|(?:男|女)(?:性|士|生)?(?:优先|为佳)"
    r"|性别(?:要求)?[:：]\s*(?:男|女)(?!女)"
    r"|已婚已育|未婚(?:未育)?|已婚|已育|单身"
    r"|(?:无|没有)[^。；，、,;]{0,4}(?:生育|怀孕|结婚)(?:计划|打算)"
)
_AGE_ZH = re.compile(
    r"应届|年轻|在校生|90后|95后|00后"
    r"|\d{2}\s*(?:[-~～—–]+|至|到)\s*\d{2}\s*周?岁"
    r"|\d{2}\s*周?岁(?:及)?(?:以下|以内)"
    r"|年龄(?:不超过|不大于|不高于)\s*\d{2}"
    r"|(?!1[68])\d{2}\s*周?岁(?:及)?以上"
)
_AGE_LIMIT = re.compile(
    r"\bage[ds]?\s+\d{2}\s*(?:to|-|–)\s*\d{2}\b"
    r"|\b(?:under|below)\s+(?:the\s+)?age\s+(?:of\s+)?\d{2}\b|\bage[ds]?\s+(?:under|below)\s+\d{2}\b"
    r"|\b(?:not|no)\s+older\s+than\s+\d{2}\b|\bmaximum\s+age\b",
    re.IGNORECASE,
)


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    parts = (re.escape(word).replace(r"\*", r"\w*") for word in words)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(parts)})(?![\w-])", re.IGNORECASE)


_CODED = {"masculine": _pattern(_MASCULINE.split()), "feminine": _pattern(_FEMININE.split())}
_SEX = _pattern(_ONE_SEX.split())
_AGED = _pattern(_AGE)
TRACED = 0.12
"""The least likeness to a criterion or task by which a requirement traces to it."""
_SOME = 6
_LONGEST_READING = 5.0
"""Minutes; our own bound, not from the literature."""
_SHORTEST_WORDS = 100
"""Or characters; our own bound as well."""
_WORDS_A_MINUTE = 238
"""Silent reading of English non-fiction (Brysbaert 2019, Journal of Memory and Language 109, 104047)."""
_SIGNS_A_MINUTE = 255
"""Reading of Chinese aloud, in characters (Trauzettel-Klosinski & Dietz 2012, Investigative Ophthalmology & Visual
Science 53(9), 5452-5461, the International Reading Speed Texts)."""
UNTRACED = Sentence("the requirement {id!r} traces to no criterion or task")
GENDERED = Sentence("{masculine} masculine-coded words against {feminine} feminine-coded ones: {words}")
ONE_SEX = Sentence("words that mean one sex only: {words}")
AGED = Sentence("words that mean one age only: {words}")
LONG = Sentence("the posting takes about {minutes} minutes to read ({count} {unit})")
SHORT = Sentence("the posting has only {count} {unit}")
SAID = 0.30
PERHAPS = 0.18
MOST_SIGNS = 200_000
_MARKS = re.compile(r"^[\s>*+•·\-–—]+(?:\d+[.)、]\s*)?|^\d+[.)、]\s*|[*_`]+")
_ENDS = re.compile(r"(?<=[.!?;])\s+|(?<=[。！？；])")
_FEWEST_WORDS = 2
_HAN = re.compile(r"[\u3400-\u9fff]")


def check_facts(posting: Posting) -> Iterator[Finding]:
    """Yield what is not known about the employer and the job, by the keys of the `--company` file."""
    company = posting.company
    if posting.pay is None:
        hint = "give compensation: in the file of --company, or in the rubric's role"
        yield Finding(Code.PAY_ABSENT, PAY_ABSENT, Severity.WARNING, hint)
    elif company.compensation is None:
        yield Finding(Code.PAY_OF_RUBRIC, PAY_OF_RUBRIC, Severity.WARNING, _hint("compensation"))
    for what in _required(company):
        yield Finding(Code.FACT_ABSENT, ABSENT.format(what=what), Severity.WARNING, _hint(what))
    if wanted := list(_recommended(company)):
        words = ", ".join(wanted)
        yield Finding(Code.FACT_RECOMMENDED, RECOMMENDED.format(what=words), Severity.INFO, _hint(words))


def _hint(what: str) -> Sentence:
    return Sentence("give {what} in the file of --company").format(what=what)


def _required(company: Company) -> Iterator[str]:
    """Yield the keys without which job sites do not show a posting, or nobody can apply."""
    placed = company.location or company.address
    if not company.name:
        yield "name"
    if not (placed or company.remote):
        yield "location"
    if placed and not (company.address and company.address.country):
        yield "address.country"
    if company.remote and not (placed or company.remote_from):
        yield "remote_from"
    if not company.contact:
        yield "contact"
    if not company.date_posted:
        yield "date_posted"


def _recommended(company: Company) -> Iterator[str]:
    if not company.valid_through:
        yield "valid_through"
    if not company.employment_type:
        yield "employment_type"
    if not company.reference:
        yield "reference"
    if company.direct_apply is None:
        yield "direct_apply"


def coded_words(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the masculine-coded and the feminine-coded words of a text, one entry for each occurrence."""
    masculine, feminine = (tuple(word.lower() for word in _CODED[side].findall(text)) for side in _CODED)
    return masculine, feminine


def one_sex_words(text: str) -> tuple[str, ...]:
    """Return the words that mean one sex only, each once, in their order."""
    return tuple(dict.fromkeys(word.lower() for word in (*_SEX.findall(text), *_ONE_SEX_ZH.findall(text))))


def age_words(text: str) -> tuple[str, ...]:
    """Return the words that mean one age only, each once, in their order."""
    found = (*_AGED.findall(text), *_AGE_LIMIT.findall(text), *_AGE_ZH.findall(text))
    return tuple(dict.fromkeys(word.lower() for word in found))


def check_posting(posting: Posting, text: str, language: str) -> tuple[Finding, ...]:
    """Return what is worth improving in a posting before it is published; none of it is an error.

    Args:
        posting: What it is made of.
        text: All its words as a reader sees them.
        language: en or zh.
    """
    return (*check_facts(posting), *_untraced(posting.rubric), *check_wording(text), *check_length(text, language))


def _untraced(rubric: Rubric) -> Iterator[Finding]:
    for i, requirement in enumerate(rubric.role.requirements if rubric.role else ()):
        if not traces(requirement, rubric):
            hint = "name the criteria that it serves (criteria: [...]), or drop it"
            message = UNTRACED.format(id=requirement.id)
            yield Finding(
                Code.REQUIREMENT_UNTRACED,
                message,
                Severity.WARNING,
                hint,
                Sentence("$.role.requirements[{i}]").format(i=i),
            )


def check_wording(text: str) -> Iterator[Finding]:
    """Yield findings on wording that deters some readers; the lists and sources are in `postingwords`."""
    masculine, feminine = coded_words(text)
    if len(masculine) > len(feminine):
        found = ", ".join(sorted(set(masculine), key=lambda word: (-masculine.count(word), word))[:_SOME])
        message = GENDERED.format(masculine=len(masculine), feminine=len(feminine), words=found)
        hint = "reword some; the balance matters, not a single word (Gaucher, Friesen & Kay 2011)"
        yield _warning(Code.GENDERED_WORDING, message, hint)
    if sexed := one_sex_words(text):
        hint = "say it of anybody; the lists are ours, the Chinese one after what the rules for postings forbid"
        yield _warning(Code.ONE_SEX_WORDING, ONE_SEX.format(words=", ".join(sexed)), hint)
    if aged := age_words(text):
        hint = "say what the work needs; the English list follows 29 CFR 1625.4(a), the Chinese one is ours"
        yield _warning(Code.AGE_WORDING, AGED.format(words=", ".join(aged)), hint)


def _warning(code: Code, message: str, hint: str) -> Finding:
    return Finding(code, message, Severity.WARNING, hint)


def traces(requirement: Requirement, rubric: Rubric) -> bool:
    """Return whether a requirement serves a criterion or task: it names one, or its wording is similar.

    The wording is compared in every language that both have.
    """
    if requirement.criteria:
        return True
    for language in LANGUAGES:
        reason = requirement.why.in_language(language) if requirement.why else ""
        wanted = f"{requirement.text.in_language(language)} {reason}"
        names = [f"{c.name.in_language(language)} {c.definition.in_language(language)}" for c in rubric.criteria]
        tasks = [task.text.in_language(language) for task in rubric.role.tasks] if rubric.role else []
        if max(WordIndex([*names, *tasks, wanted]).similarities(wanted)[:-1], default=0.0) >= TRACED:
            return True
    return False


def check_length(text: str, language: str) -> Iterator[Finding]:
    """Yield a finding where a posting takes longer to read than most people will spend, or says hardly anything."""
    if LANGUAGES[language].han:
        count, speed, unit = count_han(text), _SIGNS_A_MINUTE, Sentence("characters")
    else:
        count, speed, unit = len(text.split()), _WORDS_A_MINUTE, Sentence("words")
    if count / speed > _LONGEST_READING:
        message = LONG.format(minutes=round(count / speed), count=count, unit=unit)
        hint = "over five minutes; of a posting out of a rubric, --short leaves out reasons and definitions"
        yield _warning(Code.POSTING_LONG, message, hint)
    elif count < _SHORTEST_WORDS:
        yield _warning(Code.POSTING_SHORT, SHORT.format(count=count, unit=unit), Sentence("say what the work is"))


def check_against(rubric: Rubric, text: str) -> PostingCheck:
    """Find each responsibility, task and requirement of a rubric in a posting.

    A passage is a line or sentence; two neighbours are tried together as well, because one often finishes the other.
    Each item, a responsibility by its name and by its definition, is compared with every passage by TF-IDF
    cosine, and the best counts: from `SAID` on it is said, from `PERHAPS` on perhaps, below that missing.

    Raises:
        Refused: There is no text, or far too much.
    """
    if len(text) > MOST_SIGNS:
        raise Refused("the posting is too long to be one", hint="at most 200,000 signs")
    language = language_of(text)
    single = _passages(text)
    if not single:
        raise Refused("the posting has no text")
    passages = [*single, *(f"{one} {two}" for one, two in pairwise(single))]
    wanted = list(_wanted(rubric))
    asked = [text.in_language(language) for _kind, _id, texts in wanted for text in (texts[0], texts[-1])]
    index = WordIndex([*passages, *asked])
    scores = [index.similarities(text)[: len(passages)] for text in asked]
    sought = tuple(
        _sought(kind, identity, texts[0], [*map(max, scores[2 * n], scores[2 * n + 1])], passages)
        for n, (kind, identity, texts) in enumerate(wanted)
    )
    return PostingCheck(rubric.id, language, len(single), sought)


def _passages(text: str) -> list[str]:
    """Return lines split into sentences, without headings; fragments join the sentence before."""
    found: list[str] = []
    for line in text.splitlines():
        if line.lstrip().startswith("#"):
            continue
        for part in _ENDS.split(_MARKS.sub("", line)):
            passage = clean_line(part)
            if found and passage and len(list(index_words(passage))) < _FEWEST_WORDS:
                found[-1] = f"{found[-1]} {passage}"
            elif passage:
                found.append(passage)
    return found


def _wanted(rubric: Rubric) -> Iterator[tuple[str, str, tuple[Text, ...]]]:
    for criterion in rubric.criteria:
        if criterion.kind is CriterionKind.RESPONSIBILITY:
            yield "responsibility", criterion.id, (criterion.name, criterion.definition)
    if rubric.role:
        yield from (("task", task.id, (task.text,)) for task in rubric.role.tasks)
        yield from (("requirement", each.id, (each.text,)) for each in rubric.role.requirements)


def _sought(kind: str, identity: str, text: Text, row: list[float], passages: list[str]) -> Sought:
    best = max(row)
    coverage = Mention.SAID if best >= SAID else Mention.PERHAPS if best >= PERHAPS else Mention.MISSING
    passage = passages[row.index(best)] if best else ""
    return Sought(kind, identity, text, best, passage, coverage)
