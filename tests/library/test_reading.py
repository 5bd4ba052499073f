"""What a sound file says, read as it is meant."""

from collections.abc import Callable, Iterable

import pytest

from hiringkit.domain.finding import Finding
from hiringkit.domain.question import Question
from hiringkit.domain.rubric import QuestionUse, default_scale
from hiringkit.library.documents import parse_bank, parse_rubric
from hiringkit.text.language import Text

Brief = Callable[[Iterable[Finding]], list[str]]


def test_what_merely_follows_from_a_broken_value_is_not_reported(rubric_text: str, briefly: Brief) -> None:
    """Without the id of the criterion `analysis`, nothing can be said of references to it."""
    broken = rubric_text.replace("id: analysis", "id: [analysis]")
    assert briefly(parse_rubric(broken, "f")[1]) == ["29:9 wrong-type $.criteria[0].id"]


def test_with_broken_questions_nobody_is_told_that_a_criterion_is_not_asked(rubric_text: str, briefly: Brief) -> None:
    broken = rubric_text.replace("criteria: {analysis: 2, forecasting: 1}", "criteria: all")
    assert briefly(parse_rubric(broken, "f")[1]) == ["48:15 wrong-type $.questions[0].criteria"]


def test_a_sound_rubric_holds_what_its_file_says(rubric_text: str) -> None:
    rubric, findings = parse_rubric(rubric_text)
    assert findings == ()
    assert rubric is not None
    assert rubric.title == Text(en="Analyst", zh="分析师")
    assert [c.weight for c in rubric.criteria] == [60.0, 40.5]
    assert [type(c.weight) for c in rubric.criteria] == [float, float]
    assert rubric.criteria[0].anchors[3] == Text(en="Tests a guess", zh="先验证再下结论")
    assert (rubric.criteria[0].required, rubric.criteria[1].required) == (True, False)
    assert rubric.scale.values == (1, 2, 3)
    assert rubric.asked[0].criteria == {"analysis": 2.0, "forecasting": 1.0}
    assert rubric.role is not None
    assert rubric.role.tasks[0].criteria == ("analysis",)


def test_a_rubric_without_a_scale_has_five_levels(rubric_text: str) -> None:
    before, after = rubric_text.split("scale:\n")
    rubric, findings = parse_rubric(before + after[after.index("criteria:\n") :])
    assert findings == ()
    assert rubric is not None
    assert rubric.scale == default_scale()


def test_a_question_is_drawn_where_it_names_a_bank_and_own_otherwise(drawing_text: str, rubric_text: str) -> None:
    drawn, _ = parse_rubric(drawing_text)
    own, _ = parse_rubric(rubric_text)
    assert drawn is not None
    assert own is not None
    assert drawn.questions == (QuestionUse("basics", ("large-data", "bottlenecks")),)
    assert [type(q) for q in own.questions] == [Question]


def test_null_and_nothing_stand_for_an_optional_value_that_is_absent(rubric_text: str) -> None:
    rubric, findings = parse_rubric(rubric_text.replace("minutes: 8", "minutes: null\n    why:"))
    assert findings == ()
    assert rubric is not None
    assert (rubric.asked[0].minutes, rubric.asked[0].why) == (None, None)


@pytest.mark.parametrize("word", ["no", "yes", "on", "off", "~", "1:30", "2022-08-04", "0x1F", "1_000", "010", "Null"])
def test_what_yaml_1_1_would_twist_stays_text_where_text_is_wanted(bank_text: str, word: str) -> None:
    bank, _ = parse_bank(bank_text.replace("{en: Basics, zh: 基础}", f"{{en: {word}, zh: 基础}}"))
    assert bank is not None
    assert bank.title == Text(en=word, zh="基础")


def test_texts_are_cleaned_at_the_door(bank_text: str) -> None:
    bank, findings = parse_bank(bank_text.replace("en: Basics", 'en: " a\\e]0;x\\a\\u202Eb\\tc "'))
    assert bank is not None
    assert bank.title.en == "a\ufffd]0;x\ufffd\ufffdb\tc"
    assert [f.code for f in findings] == ["control-character"]


def test_a_key_is_shown_harmless_and_short(bank_text: str) -> None:
    _, findings = parse_bank(bank_text + '"\\e[31m' + "k" * 500 + '": 1\n')
    (unknown,) = [f for f in findings if f.code == "unknown-key"]
    assert "\x1b" not in str(unknown)
    assert len(str(unknown)) < 300
