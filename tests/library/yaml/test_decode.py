"""Whether a document has the shape of the format, and what a sound one says."""

from collections.abc import Callable, Iterable

import pytest

from hiringkit.domain.finding import Finding
from hiringkit.domain.question import Question
from hiringkit.domain.rubric import QuestionUse, default_scale
from hiringkit.library.documents import Kind, draft, parse_rubric, result_of
from hiringkit.text.language import Text

Brief = Callable[[Iterable[Finding]], list[str]]
CRITERION_KEYS = (
    "(known here: id, kind, name, definition, weight, weight_rationale, bar, required, anchors, gists, develop, also)"
)
KEYS = [
    pytest.param(
        "weight: 60",
        "wieght: 60",
        [
            '29:5 missing-key $.criteria[0].weight (add "weight:", a number)',
            '33:5 unknown-key $.criteria[0].wieght (did you mean "weight"?)',
        ],
        id="a key with a slip",
    ),
    pytest.param(
        "    weight: 60\n",
        "",
        ['29:5 missing-key $.criteria[0].weight (add "weight:", a number)'],
        id="a key that is missing",
    ),
    pytest.param(
        "    weight: 60\n",
        "    weight: 60\n    colour: red\n",
        ["34:5 unknown-key $.criteria[0].colour " + CRITERION_KEYS],
        id="a key like no other",
    ),
    pytest.param(
        "policy:\n",
        "polcy:\n",
        ['57:1 unknown-key $.polcy (did you mean "policy"?)'],
        id="a key of the document",
    ),
    pytest.param(
        "{en: Analyst, zh: 分析师}",
        "{en: Analyst, de: Analyst, zh: 分析师}",
        ["4:22 unknown-language $.title.de (known here: en, zh)"],
        id="a language that is none",
    ),
    pytest.param(
        "      3: {en: Tests",
        "      three: {en: Tests",
        ["38:7 level-key $.criteria[0].anchors.three"],
        id="a level as a word",
    ),
    pytest.param(
        "      3: {en: Tests",
        "      03: {en: Tests",
        ["38:7 level-key $.criteria[0].anchors.03"],
        id="a level with a leading zero",
    ),
]
VALUES = [
    pytest.param(
        "weight: 60",
        "weight: ten",
        ["33:13 wrong-type $.criteria[0].weight (write digits, such as 3 or 2.5)"],
        id="a word for a number",
    ),
    pytest.param(
        "weight: 60",
        'weight: "60"',
        ["33:13 wrong-type $.criteria[0].weight (leave the quotes out)"],
        id="a number in quotes",
    ),
    pytest.param(
        "weight: 60",
        "weight:",
        ["33:12 wrong-type $.criteria[0].weight (write digits, such as 3 or 2.5)"],
        id="nothing for a number",
    ),
    pytest.param("weight: 60", "weight: [60]", ["33:13 wrong-type $.criteria[0].weight"], id="a list for a number"),
    pytest.param(
        "weight: 60",
        "weight: 1:30",
        ["33:13 wrong-type $.criteria[0].weight (write digits, such as 3 or 2.5)"],
        id="sixty-based digits, which are ninety in YAML 1.1",
    ),
    pytest.param(
        "weight: 60",
        "weight: 1_000",
        ["33:13 wrong-type $.criteria[0].weight (write digits, such as 3 or 2.5)"],
        id="digits with underscores",
    ),
    pytest.param(
        "weight: 60",
        "weight: 0x1F",
        ["33:13 wrong-type $.criteria[0].weight (write digits, such as 3 or 2.5)"],
        id="hexadecimal digits",
    ),
    pytest.param(
        "weight: 60",
        "weight: 010",
        ["33:13 wrong-type $.criteria[0].weight (write digits, such as 3 or 2.5)"],
        id="octal digits",
    ),
    pytest.param(
        "weight: 60",
        "weight: .inf",
        ["33:13 wrong-type $.criteria[0].weight (write digits, such as 3 or 2.5)"],
        id="infinity",
    ),
    pytest.param(
        "weight: 60",
        "weight: 1e999",
        ["33:13 wrong-type $.criteria[0].weight (write digits, such as 3 or 2.5)"],
        id="a number beyond bounds",
    ),
    pytest.param(
        "weight: 60",
        "weight: true",
        ["33:13 wrong-type $.criteria[0].weight (write digits, such as 3 or 2.5)"],
        id="true for a number",
    ),
    pytest.param(
        "minutes: 8",
        "minutes: ~",
        ["49:14 wrong-type $.questions[0].minutes (write digits, such as 3 or 2.5)"],
        id="a tilde for a number",
    ),
    pytest.param(
        "value: 2",
        "value: true",
        ["26:15 wrong-type $.scale.levels[1].value (write digits, such as 3 or 2.5)"],
        id="true for a level",
    ),
    pytest.param(
        "value: 2",
        'value: "2"',
        ["26:15 wrong-type $.scale.levels[1].value (leave the quotes out)"],
        id="a level in quotes",
    ),
    pytest.param(
        "value: 2",
        "value: two",
        ["26:15 wrong-type $.scale.levels[1].value (write digits, such as 3 or 2.5)"],
        id="a level in words",
    ),
    pytest.param(
        "required: true",
        "required: yes",
        ["35:15 wrong-type $.criteria[0].required (write true)"],
        id="yes for true",
    ),
    pytest.param(
        "required: true",
        "required: off",
        ["35:15 wrong-type $.criteria[0].required (write false)"],
        id="off for false",
    ),
    pytest.param("required: true", "required: 1", ["35:15 wrong-type $.criteria[0].required"], id="1 for true"),
    pytest.param(
        "kind: competency",
        "kind: compentency",
        ['30:11 unknown-value $.criteria[0].kind (did you mean "competency"?)'],
        id="a kind with a slip",
    ),
    pytest.param("kind: competency", "kind: 3", ["30:11 wrong-type $.criteria[0].kind"], id="a kind that is a number"),
    pytest.param(
        "cadence: weekly",
        "cadence: fortnightly",
        ["17:16 unknown-value $.role.tasks[0].cadence"],
        id="a cadence like no other",
    ),
    pytest.param(
        "criteria: [analysis]",
        "criteria: analysis",
        ['16:17 wrong-type $.role.tasks[0].criteria (begin each item with "- ")'],
        id="one item for a list",
    ),
    pytest.param(
        "criteria: [analysis]",
        "criteria: [3]",
        ["16:18 wrong-type $.role.tasks[0].criteria[0] (put it in quotes)"],
        id="a number among ids",
    ),
    pytest.param(
        "{analysis: 2, forecasting: 1}",
        "[analysis]",
        ["48:15 wrong-type $.questions[0].criteria"],
        id="a list for a table",
    ),
    pytest.param(
        "    anchors:\n      1: {en: Guesses, zh: 靠猜}\n",
        "    anchors: [1]\n    anchor:\n      1: {en: Guesses, zh: 靠猜}\n",
        [
            "36:14 wrong-type $.criteria[0].anchors",
            '37:5 unknown-key $.criteria[0].anchor (did you mean "anchors"?)',
        ],
        id="a list for a table of levels",
    ),
    pytest.param(
        "compensation: {currency: USD, low: 90000, high: 130000, per: year}",
        "compensation: plenty",
        ["12:17 wrong-type $.role.compensation"],
        id="a text for keys and values",
    ),
    pytest.param(
        "{en: Analyst, zh: 分析师}",
        "2024",
        ["4:8 wrong-type $.title (put it in quotes)"],
        id="a number for a text",
    ),
    pytest.param(
        "{en: Analyst, zh: 分析师}",
        "",
        ["4:7 wrong-type $.title (write the text, or leave the key out)"],
        id="nothing for a text",
    ),
    pytest.param("{en: Analyst, zh: 分析师}", "[Analyst]", ["4:8 wrong-type $.title"], id="a list for a text"),
    pytest.param(
        "{en: Analyst, zh: 分析师}",
        '"  "',
        ["4:8 empty-text $.title (write it, or leave the key out)"],
        id="blanks for a text",
    ),
    pytest.param(
        "{en: Analyst, zh: 分析师}",
        "{}",
        ["4:8 empty-text $.title (write it, or leave the key out)"],
        id="no language for a text",
    ),
    pytest.param(
        "{en: Analyst, zh: 分析师}",
        '{en: "", zh: 分析师}',
        ["4:13 empty-text $.title.en (write it, or leave the key out)"],
        id="nothing in one language",
    ),
    pytest.param(
        "{en: Analyst, zh: 分析师}",
        "{en: 7, zh: 分析师}",
        ["4:13 wrong-type $.title.en (put it in quotes)"],
        id="a number in one language",
    ),
    pytest.param(
        "version: 1.0.0",
        "version: 1.0",
        ["3:10 wrong-type $.version (write three numbers, such as 1.0.0)"],
        id="a version that is a number",
    ),
]


@pytest.mark.parametrize(("old", "new", "expected"), KEYS)
def test_a_key_that_is_wrong_is_found_where_it_stands(
    rubric_text: str, briefly: Brief, old: str, new: str, expected: list[str]
) -> None:
    assert rubric_text.count(old) == 1
    _, findings = parse_rubric(rubric_text.replace(old, new), "f")
    assert briefly(findings) == expected


@pytest.mark.parametrize(("old", "new", "expected"), VALUES)
def test_a_value_of_the_wrong_type_is_found_and_never_coerced(
    rubric_text: str, briefly: Brief, old: str, new: str, expected: list[str]
) -> None:
    assert rubric_text.count(old) == 1
    _, findings = parse_rubric(rubric_text.replace(old, new), "f")
    assert briefly(findings) == expected


def test_every_problem_of_a_file_is_found_in_one_pass(rubric_text: str, briefly: Brief) -> None:
    """Line 2 id, 4 title, 12 pay, 16 reference, 30 kind, 33 weight, 48 reference, 58 share."""
    for old, new in (
        ("id: analyst", "id: An Analyst"),
        ("{en: Analyst, zh: 分析师}", "7"),
        ("low: 90000", "low: 900000"),
        ("criteria: [analysis]", "criteria: [analsis]"),
        ("kind: competency", "kind: skill"),
        ("weight: 60", "weight: sixty"),
        ("forecasting: 1}", "forecasting: 1, crm: 1}"),
        ("minimum_coverage: 0.8", "minimum_coverage: 8"),
    ):
        rubric_text = rubric_text.replace(old, new)
    rubric, findings = parse_rubric(rubric_text, "f")
    assert rubric is None
    assert [line.partition(" (")[0] for line in briefly(findings)] == [
        "2:5 id-shape $.id",
        "4:8 wrong-type $.title",
        "12:38 pay-order $.role.compensation.low",
        "16:18 unknown-reference $.role.tasks[0].criteria[0]",
        "30:11 unknown-value $.criteria[0].kind",
        "33:13 wrong-type $.criteria[0].weight",
        "48:45 unknown-reference $.questions[0].criteria.crm",
        "58:21 not-a-share $.policy.minimum_coverage",
    ]


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
    bank, _ = result_of(draft(bank_text.replace("{en: Basics, zh: 基础}", f"{{en: {word}, zh: 基础}}"), "-", Kind.BANK))
    assert bank is not None
    assert bank.title == Text(en=word, zh="基础")


def test_texts_are_cleaned_at_the_door(bank_text: str) -> None:
    bank, findings = result_of(
        draft(bank_text.replace("en: Basics", 'en: " a\\e]0;x\\a\\u202Eb\\tc "'), "-", Kind.BANK)
    )
    assert bank is not None
    assert bank.title.wordings["en"] == "a\ufffd]0;x\ufffd\ufffdb\tc"
    assert [f.code for f in findings] == ["control-character"]


def test_a_key_is_shown_harmless_and_short(bank_text: str) -> None:
    _, findings = result_of(draft(bank_text + '"\\e[31m' + "k" * 500 + '": 1\n', "-", Kind.BANK))
    (unknown,) = [f for f in findings if f.code == "unknown-key"]
    assert "\x1b" not in str(unknown)
    assert len(str(unknown)) < 300
