"""Rules on what gives levels away over a bank's questions: lengths, shared words and openings."""

from collections.abc import Sequence

from hiringkit.domain.question import Question
from hiringkit.library.checks.findings import Problem, Problems
from hiringkit.library.lint.rules import ANCHORS_BY_LENGTH, ANCHORS_OPEN_ALIKE, SAMPLES_BY_LENGTH, SAMPLES_BY_WORDS
from hiringkit.library.tells import Tells, languages_of, measure_tells
from hiringkit.text.language import LANGUAGES


def check_tells(questions: Sequence[Question]) -> Problems:
    """Yield what gives levels away in the questions of a file, in each language."""
    for language in languages_of(questions):
        yield from _problems(measure_tells(questions, language))


def _problems(found: Tells) -> Problems:
    path = ("questions",)
    language = {"language": LANGUAGES[found.language].name}
    if found.anchors_by_length:
        fields = {
            "rho": f"{found.anchor_rho or 0:.2f}",
            "longest": found.longest_last,
            "questions": found.questions,
            "expected": f"{found.longest_expected:.0f}",
        }
        yield Problem(ANCHORS_BY_LENGTH, path, fields | language)
    if found.open_alike:
        fields = {"count": found.opening_count, "anchors": found.anchors, "opening": found.opening}
        yield Problem(ANCHORS_OPEN_ALIKE, path, fields | language)
    if found.samples_by_length:
        fields = {"rho": f"{found.sample_rho or 0:.2f}", "samples": found.samples}
        yield Problem(SAMPLES_BY_LENGTH, path, fields | language)
    if found.samples_by_words:
        fields = {"guessed": found.guessed, "samples": found.samples}
        yield Problem(SAMPLES_BY_WORDS, path, fields | language)
