"""What must not be invited."""

from collections.abc import Callable

import pytest

from hiringkit.domain.question import Question
from hiringkit.domain.role import Requirement, RequirementKind
from hiringkit.library.lint.protected import check_protected, check_requirements
from hiringkit.text.language import Text

Ask = Callable[..., Question]

TOUCHED = [
    ("How old are you?", "age"),
    ("What year did you graduate?", "age"),
    ("How do you combine this role with your children?", "family"),
    ("What does your husband think of the travel?", "family"),
    ("When did you last take maternity leave? How long was your own maternity leave?", "family"),
    ("How is your health?", "health"),
    ("Which disabilities would we have to allow for?", "health"),
    ("How do you keep the sabbath during quarter end?", "religion"),
    ("Where are you really from?", "origin"),
    ("What is your mother tongue?", "origin"),
    ("How do you, as a woman, lead a sales team?", "sex or gender"),
    ("Which political party do you support?", "politics or union"),
    ("When were you last arrested?", "private record"),
    ("你今年多大了？", "age"),
    ("你是哪一年毕业的？", "age"),
    ("你结婚了吗，打算什么时候要孩子？", "family"),
    ("你的身体状况能适应出差吗？", "health"),
    ("你有宗教信仰吗？", "religion"),
    ("你的籍贯是哪里？", "origin"),
    ("作为一名女性，你怎么管理销售团队？", "sex or gender"),
    ("你是党员吗？", "politics or union"),
    ("你是什么星座？", "private record"),
]
WORK = [
    "How do you judge the health of a pipeline and the age of its opportunities?",
    "Customers and their health scores are yours: what do you look at?",
    "The workflow was disabled for a family of products. What do you do?",
    "A rep goes on parental leave in March: how do you cover the territory?",
    "Tell me about an account whose parent company had four child accounts.",
    "Which citizen developers did you train?",
    "How would you retire the old CRM?",
    "Describe a race between two regions for the same budget.",
    "你怎么判断一个客户的健康度？",
    "客户规模有多大，你怎么分级？",
    "团队里有人休产假，你怎么安排？",
    "给CRM做一次体检，你会查什么？",
    "商机的平均停留时间是多少岁月静好之外的数？",
]


@pytest.mark.parametrize(("text", "topic"), TOUCHED)
def test_a_question_about_the_person_is_found(ask: Ask, text: str, topic: str) -> None:
    (problem,) = check_protected(ask(text), ())
    assert (problem.mistake.code, problem.fields["topic"]) == ("protected-topic", topic)


@pytest.mark.parametrize("text", WORK)
def test_the_same_words_about_the_work_are_left_alone(ask: Ask, text: str) -> None:
    assert list(check_protected(ask(text), ())) == []


def test_probes_anchors_and_requirements_are_read_too(ask: Ask) -> None:
    asked = ask("How?", "And your husband?", anchors={1: Text(en="Is married")})
    assert [p.path for p in check_protected(asked, ())] == [("probes", 0, "en"), ("anchors", "1", "en")]
    requirement = Requirement("r", RequirementKind.REQUIRED, Text(plain="Native speaker"), Text(zh="三十岁以下"))
    assert [p.path for p in check_requirements([requirement], ("role",))] == [
        ("role", 0, "text"),
        ("role", 0, "why", "zh"),
    ]
