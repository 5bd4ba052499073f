"""How a question is worded."""

from collections.abc import Callable

import pytest

from hiringkit.domain.question import Question
from hiringkit.library.lint.questions import check_questions

Ask = Callable[..., Question]
Codes = Callable[..., list[str]]

DOUBLE = [
    "How do you find and report a bottleneck?",
    "How would you rank the requests, and what would you tell those who wait?",
    "What went wrong? What did you learn?",
    "Tell me about a forecast you missed and how you explained it.",
    "Describe a tool you retired and explain why.",
    "How did the change begin, and why did people resist?",
    "When you took over a project, how did you learn where it stood, and who told you?",
    "你怎么发现瓶颈，又怎么向上汇报？",
    "你如何识别并解决流程瓶颈？",
    "当时发生了什么？你学到了什么？",
    "你做了哪些分析，并且怎么说服了别人？",
]
YES_NO = [
    "Did you ever miss a forecast?",
    "Have you managed several projects at once?",
    "Are you good with data?",
    "When a rep objects, do you involve the manager?",
    "Can you build a dashboard?",
    "Is there a tool you would not use?",
    "Haven't you used a CRM?",
    "Tell me whether you have used a CRM.",
    "你有没有做过预测？",
    "你会用CRM吗？",
    "你是否管理过多个项目？",
    "你能不能独立搭建看板？",
    "你做过销售预测吗",
]
LEADING = [
    "Don't you think that a CRM should be kept clean?",
    "How important is clean data to you?",
    "You would involve the managers first, wouldn't you?",
    "Surely the reps resisted: how did you deal with it?",
    "You escalated it, right?",
    "I assume you checked the data: how?",
    "As we all know, change is hard. How do you lead it?",
    "How do you handle it, and would you agree that speed matters most?",
    "难道你不认为数据质量最重要，你怎么看？",
    "你当时先找了经理，对吧？",
    "你一定遇到过阻力，是怎么处理的？",
    "数据质量对你来说有多重要？",
    "众所周知变革很难，你怎么推动？",
]
SOUND = [
    "Tell me about a time when you changed who counts as a qualified lead.",
    "Can you tell me about a forecast that you missed?",
    "Could you walk me through your last territory plan?",
    "When you implement a new sales tool for a team, what criteria do you judge it by?",
    "The sales director asks you what to do about that rep: how do you go about it?",
    "Over two quarters conversion has fallen from 46% to 31%. How would you go about putting it right?",
    "Describe a time you had to decide which parts of a process to automate and which to leave to people.",
    "Tell me about a time where what you were asked for and what was needed turned out to be different things.",
    "How do you work out whether it is on pace?",
    "How did you and the sales manager settle it?",
    "Think of a report that pointed people the wrong way, and tell me the story.",
    "How do you tell what a campaign added from what would have happened without it?",
    "Two teams want the one analyst you have. Finance can't wait. What do you do?",
    "请讲一次你改变“合格线索”标准的经历。",
    "销售总监问你该拿这位代表怎么办，你会怎么着手？",
    "一个季度十三周，过了五周，团队完成了配额的31%。你怎么判断进度是否正常？",
    "请讲一次你需要决定哪些部分交给自动化、哪些留给人来做的经历。",
    "一次活动的结果里，哪些是它带来的，哪些没有它也会发生，你怎么分辨？",
    "你会怎么和财务谈？",
    "市场部的人有没有看过这份报表，你凭什么判断？",
]  # fmt: skip


@pytest.mark.parametrize("text", DOUBLE)
def test_two_things_asked_at_a_time_are_double_barrelled(ask: Ask, codes: Codes, text: str) -> None:
    assert "double-barrelled" in codes(list(check_questions(ask(text), ())))


@pytest.mark.parametrize("text", YES_NO)
def test_a_question_that_yes_answers_is_found(ask: Ask, codes: Codes, text: str) -> None:
    assert "yes-no-question" in codes(list(check_questions(ask(text), ())))


@pytest.mark.parametrize("text", LEADING)
def test_a_question_that_gives_its_answer_away_is_leading(ask: Ask, codes: Codes, text: str) -> None:
    assert "leading-question" in codes(list(check_questions(ask(text), ())))


@pytest.mark.parametrize("text", SOUND)
def test_an_open_neutral_question_is_left_alone(ask: Ask, codes: Codes, text: str) -> None:
    assert codes(list(check_questions(ask(text), ()))) == []


def test_probes_may_be_short_and_closed_but_not_leading(ask: Ask) -> None:
    asked = ask(
        "How did it go?", "Did it last?", "What came first, and who knew?", "It worked, right?", "你肯定查了吧？"
    )
    problems = list(check_questions(asked, ("questions", 3)))
    assert [(p.mistake.code, p.path) for p in problems] == [
        ("leading-question", ("questions", 3, "probes", 2, "en")),
        ("leading-question", ("questions", 3, "probes", 3, "zh")),
    ]


def test_what_was_found_is_quoted(ask: Ask) -> None:
    (problem,) = check_questions(ask("We lost two deals. Did you ever lose one?"), ())
    assert problem.fields == {"words": "Did you ever lose one?"}


def test_curly_apostrophes_are_apostrophes(ask: Ask, codes: Codes) -> None:
    assert codes(list(check_questions(ask("Why don\u2019t you use a CRM?"), ()))) == ["leading-question"]
