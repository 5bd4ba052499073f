"""Wording that leaves somebody out, and what only looks like it."""

import pytest

from hiringkit.actions.posting_text import read_posting
from hiringkit.actions.posting_wording import check_words


def flagged(text: str) -> list[tuple[str, str]]:
    return [(note.word, str(note.kind)) for note in check_words(read_posting(text).passages)]


@pytest.mark.parametrize(
    ("text", "word", "kind"),
    [
        ("He will lead the desk.", "He", "masculine"),
        ("We want a salesman.", "salesman", "masculine"),
        ("You have a competitive streak.", "competitive streak", "masculine"),
        ("You will dominate the market.", "dominate", "masculine"),
        ("A bubbly colleague is wanted.", "bubbly", "feminine"),
        ("You are a digital native.", "digital native", "age"),
        ("A young team awaits you.", "young team", "age"),
        ("Ideal for recent graduates.", "recent graduates", "age"),
        ("You bring 5–7 years at most.", "5–7 years at most", "age"),
        ("Candidates under 35 only.", "Candidates under 35", "age"),
        ("Age 25 to 35.", "Age 25 to 35", "age"),
        ("We look for a CRM rockstar.", "rockstar", "exclusionary"),
        ("You can man the desk at weekends.", "man the desk", "exclusionary"),
        ("You are clean-shaven.", "clean-shaven", "exclusionary"),
        ("Able-bodied applicants.", "Able-bodied", "exclusionary"),
        ("Native English speakers.", "Native English speakers", "exclusionary"),
        ("Send a recent photo.", "Send a recent photo", "legal"),
        ("Only for married applicants.", "married", "legal"),
        ("The chairman opens the letters.", "chairman", "masculine"),
        ("An assertive closer is wanted.", "assertive", "masculine"),
        ("A young-at-heart crew awaits you.", "young-at-heart", "age"),
        ("Nobody over 45 is taken on.", "Nobody over 45", "age"),
        ("You are in your twenties.", "in your twenties", "age"),
        ("You are of smart appearance.", "smart appearance", "exclusionary"),
        ("Able to lift 50 lbs.", "Able to lift 50 lbs", "exclusionary"),
        ("No job hoppers.", "job hoppers", "exclusionary"),
        ("We are like a family.", "like a family", "exclusionary"),
        ("State your last drawn salary.", "last drawn salary", "legal"),
        ("Disclose any disability.", "Disclose any disability", "legal"),
        ("A clean arrest record.", "clean arrest record", "legal"),
        ("A two-man team.", "two-man team", "masculine"),
        ("We want a unicorn.", "want a unicorn", "exclusionary"),
        ("No whiners, please.", "No whiners", "exclusionary"),
        ("The unemployed need not apply.", "The unemployed need not", "exclusionary"),
        ("Single applicants preferred.", "Single applicants", "legal"),
        ("女生慎投", "女生慎投", "masculine"),
        ("玻璃心勿扰", "玻璃心", "exclusionary"),
        ("简历空窗期超过半年", "空窗期", "exclusionary"),
        ("无犯罪记录", "无犯罪记录", "legal"),
        ("30岁以上的别来", "30岁以上", "age"),
        ("无色盲", "无色盲", "exclusionary"),
        ("有案底的勿扰", "有案底的勿扰", "legal"),
        ("三十五周岁以下", "三十五周岁以下", "age"),
        ("年龄35岁以下", "年龄35岁以下", "age"),
        ("45岁以上勿扰", "45岁以上勿扰", "age"),
        ("形象气质佳", "形象气质佳", "exclusionary"),
        ("身高165cm以上", "身高165cm以上", "exclusionary"),
        ("仅限男性", "仅限男性", "masculine"),
        ("性别：女", "性别:女", "feminine"),
        ("注明婚育情况", "注明婚育情况", "legal"),
        ("本地户籍优先", "本地户籍优先", "legal"),
    ],
)
def test_a_fault_is_found(text: str, word: str, kind: str) -> None:
    assert flagged(text) == [(word, kind)]


@pytest.mark.parametrize(
    "text",
    [
        "Our sales force works on lead generation, with individual targets and competing priorities.",
        "Set the role hierarchy and support the lead nurse.",
        "We pay a competitive salary in a competitive market.",
        "He or she reports to the board.",
        "We hire women and men of every age.",
        "All decisions are made without regard to sex, age or national origin.",
        "Young people and their families use our service.",
        "You nurture leads until they buy.",
        "We do not want a rockstar.",
        "At least five years of experience.",
        "Serves 25 to 35 accounts; over 40 % of them are new.",
        "Write to hunter@hunters.example or see https://young.example/girls.",
        "Give parental leave its due and keep patients' medical records.",
        "男女不限，性别不限，不看年龄",
        "福利：婚假、产假、男士/女士健身房",
        "为年轻用户打造的产品",
        "年满18周岁",
        "You report to the CRO and her team.",
        "Pensioners and schools are our customers; you lift sales by 50 %.",
        "Please do not include a photo.",
        "Nurturing of leads, and a family-owned business since 1931.",
        "Not less than three years' experience.",
        "面向大龄用户的产品，客户有孩子的家庭",
    ],
)
def test_what_only_looks_like_a_fault_is_none(text: str) -> None:
    assert flagged(text) == []


def test_coded_traits_count_by_their_balance() -> None:
    assert flagged("You are ambitious and caring.") == []
    assert [word for word, _kind in flagged("You are ambitious, decisive and determined.")] == [
        "ambitious",
        "decisive",
        "determined",
    ]
    assert flagged("You are ambitious, decisive and determined, yet warm, considerate and polite.") == []
