"""Postings: what may put good people off, or leaves them guessing, before anybody reads one."""

from collections.abc import Iterator

from hiringkit.actions.postingfacts import check_facts
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
"""Minutes: a bound of ours, no finding of anybody's."""
_SHORTEST_WORDS = 100
"""Or characters; ours as well."""
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


def check_posting(posting: Posting, text: str, language: str) -> tuple[Finding, ...]:
    """Return what is worth mending in a posting before it is published; nothing of it is an error.

    Args:
        posting: What it is made of.
        text: All its words as a reader sees them.
        language: en or zh.
    """
    return (*check_facts(posting), *_untraced(posting.rubric), *check_wording(text), *check_length(text, language))


def check_wording(text: str) -> Iterator[Finding]:
    """Yield what the words of any posting do to some of its readers; the lists and sources are in `postingwords`."""
    masculine, feminine = coded_words(text)
    if len(masculine) > len(feminine):
        found = ", ".join(sorted(set(masculine), key=lambda word: (-masculine.count(word), word))[:_SOME])
        message = GENDERED.format(masculine=len(masculine), feminine=len(feminine), words=found)
        hint = "reword some; the balance matters, not a single word (Gaucher, Friesen & Kay 2011)"
        yield _warning("gendered-wording", message, hint)
    if sexed := one_sex_words(text):
        hint = "say it of anybody; the lists are ours, the Chinese one after what the rules for postings forbid"
        yield _warning("one-sex-wording", ONE_SEX.format(words=", ".join(sexed)), hint)
    if aged := age_words(text):
        hint = "say what the work needs; the English list follows 29 CFR 1625.4(a), the Chinese one is ours"
        yield _warning("age-wording", AGED.format(words=", ".join(aged)), hint)


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


def check_length(text: str, language: str) -> Iterator[Finding]:
    """Yield whether a posting takes longer to read than most will give it, or hardly says anything."""
    if language == "zh":
        count, speed, unit = sum("\u3400" <= sign <= "\u9fff" for sign in text), _SIGNS_A_MINUTE, Sentence("characters")
    else:
        count, speed, unit = len(text.split()), _WORDS_A_MINUTE, Sentence("words")
    if count / speed > _LONGEST_READING:
        message = LONG.format(minutes=round(count / speed), count=count, unit=unit)
        hint = "over five minutes; of a posting out of a rubric, --short leaves out reasons and definitions"
        yield _warning("posting-long", message, hint)
    elif count < _SHORTEST_WORDS:
        yield _warning("posting-short", SHORT.format(count=count, unit=unit), Sentence("say what the work is"))


def _warning(code: str, message: str, hint: str) -> Finding:
    return Finding(code, message, Severity.WARNING, hint)
