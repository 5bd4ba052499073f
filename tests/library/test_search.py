"""Finding questions by words."""

import pytest

from hiringkit.domain.question import Question, QuestionKind
from hiringkit.library.search import near_duplicates, search_questions, suggest_word
from hiringkit.text.language import Text
from hiringkit.text.similarity import index_words


def question(
    identity: str, en: str, zh: str = "", kind: str = "behavioural", **criteria: float
) -> tuple[str, Question]:
    text = Text(en=en, zh=zh) if zh else Text(plain=en)
    return "bank", Question(identity, QuestionKind(kind), text, criteria or {"analysis": 1})


VERBS = ("sold", "hired", "left")
QUESTIONS = [
    question("miss", "Walk me through a forecast that missed.", "请讲一次预测失准的经历。", forecasting=3, analysis=1),
    question("team", "How do you forecast with a team?", "你怎样和团队一起做预测？", "situational", forecasting=1),
    question("crm", "What does a clean CRM need?", "干净的CRM需要什么？", "knowledge", tooling=1),
]


def found(wanted: str = "", **options: str) -> list[str]:
    kind = options.pop("kind", None)
    matches = search_questions(QUESTIONS, wanted, kind=QuestionKind(kind) if kind else None, **options)
    return [match.question.id for match in matches]


@pytest.mark.parametrize("words", ["forecast", "forecasts", "Forecasting", "FORECASTED", "预测"])
def test_a_word_is_found_in_any_of_its_forms(words: str) -> None:
    assert set(found(words)) == {"miss", "team"}


def test_who_has_all_the_words_comes_before_who_has_one() -> None:
    assert found("forecast missed") == ["miss", "team"]
    assert found("团队 预测")[0] == "team"


@pytest.mark.parametrize(
    ("words", "first"), [("crm", "crm"), ("准", "miss"), ("ＣＲＭ", "crm"), ("knowledge", "crm"), ("tooling", "crm")]
)
def test_single_signs_wide_letters_kinds_and_criteria_are_words_too(words: str, first: str) -> None:
    assert found(words)[0] == first


def test_options_narrow_the_search_and_do_without_words() -> None:
    assert found("forecast", kind="situational") == ["team"]
    assert found(criterion="forecasting") == ["team", "miss"], "the one that is about nothing else first"
    assert found(kind="knowledge") == ["crm"]
    assert found("crm", criterion="forecasting") == []


@pytest.mark.parametrize("words", ["the and of", "\x1b[31m", "🙂", "zzzz"])
def test_words_that_say_nothing_find_nothing_or_all(words: str) -> None:
    assert found(words) == ([] if set(index_words(words)) else ["miss", "team", "crm"])


def test_a_slip_gets_the_nearest_word() -> None:
    assert suggest_word([each for _bank, each in QUESTIONS], "forcast") == "forecast"
    assert suggest_word([each for _bank, each in QUESTIONS], "预侧") is None


def test_near_duplicates_are_found_across_banks_in_either_language() -> None:
    again = question("again", "Walk me through a forecast that missed badly.", "完全不同的一句话在这里。")
    chinese = question("chinese", "Something else entirely is said here.", "你怎样和团队一起做好预测？")
    pairs = near_duplicates([*QUESTIONS, ("other", again[1]), ("other", chinese[1])])
    assert [(pair.first[1].id, pair.second[1].id, pair.second[0]) for pair in pairs] == [
        ("miss", "again", "other"),
        ("team", "chinese", "other"),
    ]
    first = pairs[0]
    en, zh = first.by_language["en"], first.by_language["zh"]
    assert first.similarity == en
    assert en is not None
    assert zh is not None
    assert en > 0.7
    assert zh < 0.1


def test_the_same_question_twice_is_alike_in_full_and_boilerplate_is_not() -> None:
    many = [
        question(f"q{n}", f"Tell me about a time when you {verb}.") for n, verb in enumerate(["sold", "hired", "left"])
    ]
    assert near_duplicates(many, at_least=0.3) == []
    (pair,) = near_duplicates([*many, ("b", many[0][1])], at_least=0.9)
    assert pair.similarity == pytest.approx(1.0)
    assert pair.by_language["zh"] is None


def test_no_questions_have_no_duplicates() -> None:
    assert near_duplicates([]) == []
    assert near_duplicates([question("x", "…")]) == []
