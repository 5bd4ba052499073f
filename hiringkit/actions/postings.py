"""Postings: what may put good people off, or leaves them guessing, before anybody reads one."""

from collections.abc import Iterator

from hiringkit.actions.postingwords import age_words, coded_words, one_sex_words
from hiringkit.domain.finding import Finding, Severity
from hiringkit.domain.likeness import likenesses
from hiringkit.domain.posting import Posting
from hiringkit.domain.role import Requirement
from hiringkit.domain.rubric import Rubric
from hiringkit.domain.sentence import Sentence

TRACED = 0.12
"""The least likeness to a criterion or task by which a requirement traces to it."""
_SOME = 6
_LONGEST_READING = 5.0
_SHORTEST_WORDS = 100
_WORDS_A_MINUTE = 238
"""Silent reading of English non-fiction (Brysbaert 2019)."""
_SIGNS_A_MINUTE = 255
"""Reading of Chinese, in characters (Trauzettel-Klosinski & Dietz 2012)."""

PAY_ABSENT = Sentence("the posting names no pay range")
UNTRACED = Sentence("the requirement {id!r} traces to no criterion or task")
GENDERED = Sentence("{masculine} masculine-coded words against {feminine} feminine-coded ones: {words}")
ONE_SEX = Sentence("words that mean one sex only: {words}")
AGED = Sentence("words that mean one age only: {words}")
LONG = Sentence("the posting takes about {minutes} minutes to read ({count} {unit})")
SHORT = Sentence("the posting has only {count} {unit}")
ABSENT = Sentence("the posting does not say: {what}")


def check_posting(posting: Posting, text: str, language: str) -> tuple[Finding, ...]:
    """Return what is worth mending in a posting before it is published; nothing of it is an error.

    Args:
        posting: What it is made of.
        text: All its words as a reader sees them.
        language: en or zh.
    """
    return (*_facts(posting), *_untraced(posting.rubric), *check_wording(text), *_length(text, language))


def check_wording(text: str) -> Iterator[Finding]:
    """Yield what the words of any posting do to some of its readers; the lists and sources are in `postingwords`."""
    masculine, feminine = coded_words(text)
    if len(masculine) > len(feminine):
        found = ", ".join(sorted(set(masculine), key=lambda word: (-masculine.count(word), word))[:_SOME])
        message = GENDERED.format(masculine=len(masculine), feminine=len(feminine), words=found)
        hint = "reword some; the balance matters, not a single word (Gaucher, Friesen & Kay 2011)"
        yield _warning("gendered-wording", message, hint)
    if sexed := one_sex_words(text):
        yield _warning("one-sex-wording", ONE_SEX.format(words=", ".join(sexed)), Sentence("say it of anybody"))
    if aged := age_words(text):
        yield _warning(
            "age-wording", AGED.format(words=", ".join(aged)), Sentence("say what the work needs (29 CFR 1625.4)")
        )


def traces(requirement: Requirement, rubric: Rubric) -> bool:
    """Tell whether a requirement serves a criterion or task: it names one, or its words are like one's.

    Every language in which both are written is tried; likeness is that of `domain.likeness`.
    """
    if requirement.criteria:
        return True
    for language in ("en", "zh"):
        reason = requirement.why.in_language(language) if requirement.why else ""
        wanted = f"{requirement.text.in_language(language)} {reason}"
        names = [f"{c.name.in_language(language)} {c.definition.in_language(language)}" for c in rubric.criteria]
        tasks = [task.text.in_language(language) for task in rubric.role.tasks] if rubric.role else []
        if max(likenesses([wanted], names + tasks)[0], default=0.0) >= TRACED:
            return True
    return False


def _facts(posting: Posting) -> Iterator[Finding]:
    company = posting.company
    if posting.pay is None:
        hint = "give compensation: in the file of --company, or in the rubric's role"
        yield _warning("pay-absent", PAY_ABSENT, hint)
    given = {
        "company": company.name,
        "location": company.location or company.address or company.remote,
        "contact": company.contact,
        "date_posted": company.date_posted,
    }
    for what, value in given.items():
        if not value:
            hint = Sentence("give {what}: in the file of --company").format(what=what if what != "company" else "name")
            yield _warning("fact-absent", ABSENT.format(what=what), hint)


def _untraced(rubric: Rubric) -> Iterator[Finding]:
    for i, requirement in enumerate(rubric.role.requirements if rubric.role else ()):
        if not traces(requirement, rubric):
            hint = "name the criteria that it serves (criteria: [...]), or drop it"
            message = UNTRACED.format(id=requirement.id)
            yield Finding(
                "requirement-untraced",
                message,
                Severity.WARNING,
                hint,
                Sentence("$.role.requirements[{i}]").format(i=i),
            )


def _length(text: str, language: str) -> Iterator[Finding]:
    if language == "zh":
        count, speed, unit = sum("\u3400" <= sign <= "\u9fff" for sign in text), _SIGNS_A_MINUTE, Sentence("characters")
    else:
        count, speed, unit = len(text.split()), _WORDS_A_MINUTE, Sentence("words")
    if count / speed > _LONGEST_READING:
        message = LONG.format(minutes=round(count / speed), count=count, unit=unit)
        yield _warning("posting-long", message, Sentence("leave out reasons and definitions: --short"))
    elif count < _SHORTEST_WORDS:
        yield _warning("posting-short", SHORT.format(count=count, unit=unit), Sentence("say what the work is"))


def _warning(code: str, message: str, hint: str) -> Finding:
    return Finding(code, message, Severity.WARNING, hint)
