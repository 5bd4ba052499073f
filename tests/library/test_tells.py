"""What gives levels away: lengths, shared words and openings."""

from attrs import evolve

from hiringkit.domain.question import Question, QuestionKind, Sample
from hiringkit.library.lint.tells import check_tells
from hiringkit.library.tells import guess_level, languages_of, measure_tells
from hiringkit.text.language import Text

WORDS = ("alpha", "beta", "gamma", "delta", "epsilon")


def question(name: str, sizes: tuple[int, ...], *, opening: str = "") -> Question:
    """Return a question whose anchors have so many words, from level 1 upwards."""
    anchors: dict[int | float, Text] = {
        level: Text(en=" ".join([opening or f"{WORDS[level - 1]}{name}", *[f"{WORDS[level - 1]}x"] * (size - 1)]))
        for level, size in enumerate(sizes, 1)
    }
    return Question(name, QuestionKind.BEHAVIOURAL, Text(en="Q"), {"c": 1}, anchors=anchors)


def codes(questions: list[Question]) -> list[str]:
    return [problem.mistake.code for problem in check_tells(questions)]


LEVEL = [
    question(name, sizes) for name, sizes in (("a", (6, 5, 7, 6, 5)), ("b", (5, 7, 6, 5, 6)), ("c", (7, 6, 5, 6, 6)))
]


def test_longer_and_longer_anchors_are_a_tell() -> None:
    growing = [question(name, (3, 4, 5, 6, 7)) for name in "abc"]
    found = measure_tells(growing, "en")
    assert (found.anchor_rho, found.longest_last, found.questions, found.anchors) == (1, 3, 3, 15)
    assert codes(growing) == ["anchors-by-length"]
    assert codes(growing[:2]) == []
    assert codes(LEVEL) == []


def test_anchors_that_open_alike_are_named() -> None:
    assert codes([question(str(n), (5, 5, 5, 5, 5), opening="says") for n in range(3)]) == ["anchors-open-alike"]


def test_samples_are_guessed_by_the_words_of_their_anchor() -> None:
    samples = tuple(Sample(f"s{n}", n, Text(en=f"well {WORDS[n - 1]}x so"), Text(en="W")) for n in range(1, 6))
    copied = [evolve(LEVEL[0], samples=samples), *LEVEL[1:]]
    assert measure_tells(copied, "en").guessed == 5
    assert codes(copied) == ["samples-by-words"]
    longer = tuple(evolve(each, answer=Text(en="no word " * int(each.level))) for each in samples)
    assert codes([evolve(LEVEL[0], samples=longer), *LEVEL[1:]]) == ["samples-by-length"]


def test_a_guess_between_equals_is_none() -> None:
    assert guess_level("quota pipeline", {1: "quota", 2: "pipeline"}) is None
    assert guess_level("quota", {1: "quota", 2: "pipeline"}) == 1


def test_each_language_is_measured_by_itself() -> None:
    assert languages_of(LEVEL) == ("en",)
    assert measure_tells(LEVEL, "zh").questions == 0
