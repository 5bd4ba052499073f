"""What may be wrong with a rubric that has the right shape."""

from collections.abc import Callable, Iterable

import pytest

from hiringkit.domain.finding import Finding
from hiringkit.library.documents import parse_rubric

Brief = Callable[[Iterable[Finding]], list[str]]

MISTAKES = [
    pytest.param("version: 1.0.0", 'version: "1.0"', ["3:10 version-shape $.version"], id="a version of two numbers"),
    pytest.param(
        "version: 1.0.0",
        "version: 01.0.0",
        ["3:10 version-shape $.version"],
        id="a version with leading zeros",
    ),
    pytest.param(
        "id: analyst",
        "id: Sales Analyst",
        ['2:5 id-shape $.id (write "sales-analyst")'],
        id="an id with capitals and blanks",
    ),
    pytest.param(
        "id: reporting",
        "id: crm_hygiene",
        ['14:11 id-shape $.role.tasks[0].id (write "crm-hygiene")'],
        id="an id with an underscore",
    ),
    pytest.param(
        "family: sales-operations",
        "family: Sales",
        ['6:11 id-shape $.role.family (write "sales")'],
        id="a family that is no folder",
    ),
    pytest.param(
        "currency: USD",
        "currency: usd",
        ["12:28 currency-shape $.role.compensation.currency"],
        id="a currency in small letters",
    ),
    pytest.param(
        "low: 90000",
        "low: 190000",
        ["12:38 pay-order $.role.compensation.low (swap them)"],
        id="pay that falls",
    ),
    pytest.param("low: 90000", "low: -1", ["12:38 not-positive $.role.compensation.low"], id="pay below nothing"),
    pytest.param(
        "per: year",
        "per: years",
        ['12:64 unknown-value $.role.compensation.per (did you mean "year"?)'],
        id="pay per something else",
    ),
    pytest.param(
        "criteria: [analysis]",
        "criteria: [analisis]",
        ['16:18 unknown-reference $.role.tasks[0].criteria[0] (did you mean "analysis"?)'],
        id="a task for a criterion with a slip",
    ),
    pytest.param(
        "    - {id: finance, text: {en: Finance, zh: 财务}}\n",
        "    - {id: finance, text: {en: Finance, zh: 财务}}\n    - {id: finance, text: {en: HR, zh: 人力}}\n",
        ["10:12 duplicate-id $.role.stakeholders[1].id (give one of them another id)"],
        id="two stakeholders of one id",
    ),
    pytest.param("weight: 60", "weight: 0", ["33:13 not-positive $.criteria[0].weight"], id="a weight of nothing"),
    pytest.param(
        "weight: 60", "weight: -2.5", ["33:13 not-positive $.criteria[0].weight"], id="a weight below nothing"
    ),
    pytest.param(
        "bar: 2",
        "bar: 4",
        ["34:10 off-scale $.criteria[0].bar (those are the ends of the scale)"],
        id="a bar above the scale",
    ),
    pytest.param(
        "    bar: 2\n",
        "",
        ["34:15 gate-without-bar warning $.criteria[0].required (add bar:, or required: false)"],
        id="a gate without a bar",
    ),
    pytest.param(
        "value: 2",
        "value: 1",
        ["26:15 levels-order $.scale.levels[1].value (put the levels in order, each once)"],
        id="a level twice",
    ),
    pytest.param(
        "value: 2",
        "value: 4",
        ["27:15 levels-order $.scale.levels[2].value (put the levels in order, each once)"],
        id="levels that fall",
    ),
    pytest.param(
        "    - {value: 2, label: {en: Middle, zh: 中}}\n    - {value: 3, label: {en: High, zh: 高}}\n",
        "",
        ["25:5 levels-few $.scale.levels"],
        id="a scale of one level",
    ),
    pytest.param(
        "      3: {en: Tests",
        "      4: {en: Tests",
        ["38:7 anchor-level $.criteria[0].anchors.4 (its levels are 1, 2, 3)"],
        id="an anchor off the scale",
    ),
    pytest.param(
        "minimum_coverage: 0.8",
        "minimum_coverage: 80",
        ["58:21 not-a-share $.policy.minimum_coverage (80 % is 0.8)"],
        id="coverage in percent",
    ),
    pytest.param(
        "strong-yes: 2.75",
        "strongly-yes: 2.75",
        ['60:15 unknown-key $.policy.recommend.strongly-yes (did you mean "strong-yes"?)'],
        id="a recommendation with a slip",
    ),
    pytest.param(
        "strong-yes: 2.75",
        "strong-yes: 2.5",
        ["60:37 recommend-order $.policy.recommend.yes (strong-yes is above yes, yes above no)"],
        id="recommendations that do not fall",
    ),
    pytest.param(
        "strong-yes: 2.75",
        "strong-yes: 4.75",
        ["60:27 off-scale $.policy.recommend.strong-yes (those are the ends of the scale)"],
        id="a recommendation off the scale",
    ),
    pytest.param(
        "strong-yes: 2.75, ",
        "",
        ["60:14 recommend-part warning $.policy.recommend (give strong-yes, yes and no)"],
        id="a recommendation left out",
    ),
    pytest.param(
        "no_evidence: exclude",
        "bar_margin: -0.5",
        ["59:15 negative $.policy.bar_margin"],
        id="a margin below nothing",
    ),
    pytest.param(
        "no_evidence: exclude",
        "bar_margin: 1",
        ["59:15 bar-margin $.policy.bar_margin (give less than a step of the scale, or lower the bars)"],
        id="a margin of a whole step",
    ),
    pytest.param(
        "no_evidence: exclude",
        "gate_certainty: 0.5",
        [
            (
                "59:19 not-a-certainty $.policy.gate_certainty"
                " (0.75 calls a bar passed from 75 %, failed from 25 % downwards)"
            )
        ],
        id="a certainty that decides nothing",
    ),
    pytest.param(
        "{analysis: 2, forecasting: 1}",
        "{analysis: 2}",
        ["39:9 criterion-not-asked $.criteria[1].id (ask one, or delete the criterion)"],
        id="a criterion that nobody asks about",
    ),
]


@pytest.mark.parametrize(("old", "new", "expected"), MISTAKES)
def test_a_mistake_in_a_rubric_is_found_where_it_stands(
    rubric_text: str, briefly: Brief, old: str, new: str, expected: list[str]
) -> None:
    assert rubric_text.count(old) == 1
    _, findings = parse_rubric(rubric_text.replace(old, new), "f")
    assert briefly(findings) == expected


def test_weights_are_shares_and_need_not_add_to_anything(rubric_text: str) -> None:
    rubric, findings = parse_rubric(rubric_text.replace("weight: 60", "weight: 0.001"))
    assert findings == ()
    assert rubric is not None


@pytest.mark.parametrize("version", ["0.0.1", "1.2.3-rc.1", "1.0.0+build.5", "10.20.30-a-b.7+c"])
def test_semantic_versions_are_taken(rubric_text: str, version: str) -> None:
    assert parse_rubric(rubric_text.replace("version: 1.0.0", f"version: {version}"))[1] == ()


@pytest.mark.parametrize("version", ["1", "v1.0.0", "1.0.0-", "1.0.0-01", "1.0.0+", "１.0.0", "1.0.0 b"])
def test_other_versions_are_not(rubric_text: str, version: str) -> None:
    _, findings = parse_rubric(rubric_text.replace("version: 1.0.0", f'version: "{version}"'))
    assert [f.code for f in findings] == ["version-shape"]


def test_two_criteria_of_one_id_are_found(rubric_text: str, briefly: Brief) -> None:
    """The criterion `analysis` begins in line 29, its copy in line 44."""
    start, end = rubric_text.index("  - id: analysis\n"), rubric_text.index("  - id: forecasting\n")
    twice = rubric_text.replace("questions:\n", rubric_text[start:end] + "questions:\n")
    _, findings = parse_rubric(twice, "f")
    assert briefly(findings) == ["44:9 duplicate-id $.criteria[2].id (give one of them another id)"]
    assert findings[0].message == 'the criterion "analysis" is in line 29 already'


@pytest.mark.parametrize(("length", "codes"), [(60, []), (61, ["id-shape"])])
def test_an_id_has_sixty_characters_at_most(rubric_text: str, length: int, codes: list[str]) -> None:
    _, findings = parse_rubric(rubric_text.replace("id: reporting", "id: " + "a" * length))
    assert [f.code for f in findings] == codes


def test_a_rubric_without_criteria_has_an_empty_list_and_references_to_nothing(
    rubric_text: str, briefly: Brief
) -> None:
    before, after = rubric_text.split("criteria:\n  -")
    none = before + "criteria: []\n" + after[after.index("questions:\n") :]
    assert briefly(parse_rubric(none, "f")[1]) == [
        "16:18 unknown-reference $.role.tasks[0].criteria[0]",
        "28:11 empty-list $.criteria",
        "33:16 unknown-reference $.questions[0].criteria.analysis",
        "33:29 unknown-reference $.questions[0].criteria.forecasting",
    ]


def test_a_rubric_without_questions_asks_about_no_criterion(rubric_text: str, briefly: Brief) -> None:
    before, after = rubric_text.split("questions:\n")
    none = before + "questions: []\n" + after[after.index("policy:\n") :]
    assert briefly(parse_rubric(none, "f")[1]) == [
        "29:9 criterion-not-asked $.criteria[0].id (ask one, or delete the criterion)",
        "39:9 criterion-not-asked $.criteria[1].id (ask one, or delete the criterion)",
        "44:12 empty-list $.questions",
    ]
