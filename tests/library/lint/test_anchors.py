"""Behaviour in every anchor, and a difference between them."""

import pytest

from hiringkit.library.lint.anchors import SeenAnchors, check_anchors, is_vague
from hiringkit.library.lint.wording import Wording
from hiringkit.text.language import Text

VAGUE = [
    "Good",
    "Excellent.",
    "Nothing",
    "Poor answer",
    "Strong communication skills",
    "Demonstrates a good understanding of forecasting",
    "Excellent grasp of the subject; very strong examples",
    "Meets expectations",
    "Shows basic knowledge and limited experience",
    "Outstanding, thorough and comprehensive answer",
    "优秀",
    "回答一般",
    "沟通能力良好",
    "对预测有深入的理解，表达清晰",
    "基本符合要求",
    "经验丰富，专业知识扎实",
]
BEHAVIOUR = [
    "Names a process that people disliked",
    "Only says what a forecast is",
    "Compares the forecast with what closed each week, and explains good and bad misses by cause",
    "Counts sessions held",
    "Guesses a figure",
    "提到一个大家不喜欢的流程",
    "靠猜报数",
    "和抵触的人谈过，能说出一条具体的反对理由",
    "每周拿预测和实际成交对比，能讲清楚好坏偏差的原因",
]


def wording(text: str) -> Wording:
    return Wording("zh" if "\u4e00" <= text[0] <= "\u9fff" else "en", text, ())


@pytest.mark.parametrize("text", VAGUE)
def test_an_anchor_that_only_judges_is_vague(text: str) -> None:
    assert is_vague(wording(text))


@pytest.mark.parametrize("text", BEHAVIOUR)
def test_an_anchor_that_names_behaviour_is_not(text: str) -> None:
    assert not is_vague(wording(text))


def test_neighbours_that_differ_by_an_adverb_are_alike() -> None:
    anchors: dict[int | float, Text] = {
        1: Text(en="Explains the cause of the miss poorly to finance", zh="向财务解释偏差原因，解释得较差"),
        3: Text(en="Explains the cause of the miss well to finance", zh="向财务解释偏差原因，解释得较好"),
        5: Text(en="Names the cause of the miss and changed the method", zh="说出偏差原因，并改了做法"),
    }
    problems = list(check_anchors(anchors, ("anchors",), "q", SeenAnchors()))
    assert [(p.mistake.code, p.path) for p in problems] == [
        ("anchors-alike", ("anchors", "3", "en")),
        ("anchors-alike", ("anchors", "3", "zh")),
    ]
    assert problems[0].fields == {"lower": 1, "level": 3}


def test_an_anchor_of_another_question_is_a_copy() -> None:
    seen, anchor = SeenAnchors(), Text(en="Talked with the people who resisted and changed the timing")
    again = Text(en="Talked well with the people who resisted, and changed the timing.")
    assert list(check_anchors({3: anchor}, ("a",), 'the question "one"', seen)) == []
    (problem,) = check_anchors({4: again}, ("b",), 'the question "two"', seen)
    assert (problem.mistake.code, problem.path) == ("anchor-copied", ("b", "4", "en"))
    assert problem.fields == {"other": 'the question "one"', "first": ("a", "3", "en")}
