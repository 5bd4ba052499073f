"""Checks of a posting before it is published: what may put good people off or leave them guessing."""

from collections.abc import Iterator

from hiringkit.actions.posting_text import read_posting
from hiringkit.actions.posting_wording import check_words
from hiringkit.domain.codes import Code
from hiringkit.domain.finding import Finding, Severity
from hiringkit.domain.posting import Company, Posting, WordingKind
from hiringkit.domain.role import Requirement
from hiringkit.domain.rubric import Rubric
from hiringkit.text.language import LANGUAGES, count_han
from hiringkit.text.sentence import Sentence
from hiringkit.text.similarity import WordIndex

PAY_ABSENT = Sentence("the posting names no pay range")
NOT_OFFERED = Sentence("the rubric has one, {pay}, which nobody offered; give compensation in the file of --company")
ABSENT = Sentence("the posting does not say: {what}")
RECOMMENDED = Sentence("job sites would also like to know: {what}")
_CODES = {
    WordingKind.MASCULINE: Code.MASCULINE_WORDING,
    WordingKind.FEMININE: Code.FEMININE_WORDING,
    WordingKind.AGE: Code.AGE_WORDING,
    WordingKind.EXCLUSIONARY: Code.EXCLUSIONARY_WORDING,
    WordingKind.LEGAL: Code.LEGAL_WORDING,
}
TRACED = 0.12
"""The least likeness to a criterion or task by which a requirement traces to it."""
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
WORDING = Sentence('"{word}" in: {sentence}')
LONG = Sentence("the posting takes about {minutes} minutes to read ({count} {unit})")
SHORT = Sentence("the posting has only {count} {unit}")


def check_facts(posting: Posting) -> Iterator[Finding]:
    """Yield what is not known about the employer and the job, by the keys of the `--company` file."""
    company = posting.company
    if company.compensation is None:
        yield Finding(Code.PAY_ABSENT, PAY_ABSENT, Severity.WARNING, _pay_hint(posting.rubric))
    for what in _required(company):
        yield Finding(Code.FACT_ABSENT, ABSENT.format(what=what), Severity.WARNING, _hint(what))
    if wanted := list(_recommended(company)):
        words = ", ".join(wanted)
        yield Finding(Code.FACT_RECOMMENDED, RECOMMENDED.format(what=words), Severity.INFO, _hint(words))


def _pay_hint(rubric: Rubric) -> Sentence:
    pay = rubric.role.compensation if rubric.role else None
    if pay is None:
        return _hint("compensation")
    return NOT_OFFERED.format(pay=f"{pay.currency} {pay.low:,.0f}-{pay.high:,.0f}")


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
    if not company.hours:
        yield "hours"
    if not company.education:
        yield "education"
    if company.experience_months is None:
        yield "experience_months"
    if not company.next_steps:
        yield "next_steps"


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
    """Yield each wording of a posting that leaves somebody out; the words and sources are in `posting_wording`."""
    for note in check_words(read_posting(text).passages):
        yield _warning(_CODES[note.kind], WORDING.format(word=note.word, sentence=note.sentence), note.suggestion)


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
