"""What YAML itself lets go wrong, and bytes that are not UTF-8 text."""

from collections.abc import Callable, Iterable

import pytest
import yaml

from hiringkit.domain.finding import Finding
from hiringkit.library.checks.findings import Findings
from hiringkit.library.documents import Kind, draft, parse_rubric, result_of
from hiringkit.library.yaml import parse
from hiringkit.library.yaml.nodes import ListNode, MapNode, ScalarNode
from hiringkit.library.yaml.parse import MOST_BYTES, MOST_EVENTS, decode_text, parse_head, parse_yaml

Brief = Callable[[Iterable[Finding]], list[str]]
REFUSED = [
    pytest.param(
        "id: finance",
        "id: *a",
        ["9:12 alias $.role.stakeholders[0].id (write the value out)"],
        id="an alias is refused",
    ),
    pytest.param(
        "{en: Finance, zh: 财务}",
        "!!str Finance",
        ["9:27 tag $.role.stakeholders[0].text (delete the tag)"],
        id="a tag on a value is refused",
    ),
    pytest.param(
        "criteria: [analysis]",
        "criteria: !!python/object/apply:os.system [analysis]",
        ["16:17 tag $.role.tasks[0].criteria (delete the tag)"],
        id="a tag that would run code is refused",
    ),
    pytest.param(
        "  level: analyst\n",
        "  level: analyst\n  level: manager\n",
        ["8:3 duplicate-key $.role.level (keep one of the two)"],
        id="a key that stands twice names the line of the first",
    ),
    pytest.param(
        "  level: analyst\n",
        "  level: analyst\n  <<: {a: 1}\n",
        ["8:3 merge-key $.role (write the keys out)"],
        id="a merge key is refused",
    ),
    pytest.param(
        "  level: analyst\n",
        "  level: analyst\n  [a]: 1\n",
        ["8:3 key-not-text $.role (put a text that begins with a bracket in quotes)"],
        id="a list as key is refused",
    ),
    pytest.param(
        "  level: analyst\n",
        "  level: analyst\n  {a: 1}: 1\n",
        ["8:3 key-not-text $.role (put a text that begins with a bracket in quotes)"],
        id="keys and values as key are refused",
    ),
    pytest.param(
        "policy:\n",
        "---\npolicy:\n",
        ["57:1 several-documents $ (one file holds one; delete the ---)"],
        id="a second document is refused",
    ),
    pytest.param(
        "{en: Analyst,",
        '{en: "Ana\x1blyst",',
        ["4:17 forbidden-character $ (delete it)"],
        id="a raw escape is no YAML",
    ),
    pytest.param(
        "en: Analyst",
        'en: "Ana\\e[31mlyst"',
        ["4:13 control-character warning $.title.en (write the text without U+001B)"],
        id="an escaped escape is replaced with a warning",
    ),
    pytest.param(
        "en: Analyst",
        'en: "Ana\\u202Elyst"',
        ["4:13 control-character warning $.title.en (write the text without U+202E)"],
        id="an override of direction is replaced with a warning",
    ),
]
SYNTAX = [
    pytest.param(
        "text: {en: Reports, zh: 报表}",
        "text: Reports: weekly",
        ['15:20 yaml-syntax $ (put a text that holds ": " in quotes, and look at the indentation)'],
        id="a colon in a text",
    ),
    pytest.param(
        "      cadence: weekly",
        "\tcadence: weekly",
        ["17:1 yaml-syntax $ (indent with blanks, not tabs)"],
        id="a tab as indentation",
    ),
    pytest.param(
        "id: reporting",
        "id: @reporting",
        ["14:11 yaml-syntax $ (put the text in quotes)"],
        id="a text that begins with a sign of YAML",
    ),
    pytest.param(
        "id: reporting",
        "id： reporting",
        ['15:11 yaml-syntax $ (write an ASCII colon and a blank after a key, not "：")'],
        id="a full-width colon",
    ),
    pytest.param(
        "{en: Budget, zh: 预算}}",
        "{en: Budget, zh: 预算}",
        ["21:3 yaml-syntax $ (look for a missing comma, quote or bracket; one is opened in line 20)"],
        id="a bracket that is not closed",
    ),
    pytest.param(
        "en: Analyst",
        'en: "Analyst',
        ["4:13 yaml-syntax $ (look for a quote that is never closed)"],
        id="a quote that is not closed",
    ),
    pytest.param(
        "en: Analyst",
        'en: "Anal\\qyst"',
        ["4:18 yaml-syntax $ (write \\\\ for a backslash in double quotes, or use single quotes)"],
        id="a backslash in double quotes",
    ),
]


@pytest.mark.parametrize(("old", "new", "expected"), REFUSED)
def test_what_is_refused_is_found_where_it_stands_and_the_rest_is_read(
    rubric_text: str, briefly: Brief, old: str, new: str, expected: list[str]
) -> None:
    assert rubric_text.count(old) == 1
    _, findings = parse_rubric(rubric_text.replace(old, new), "f")
    assert briefly(findings) == expected


@pytest.mark.parametrize(("old", "new", "expected"), SYNTAX)
def test_a_slip_in_the_syntax_comes_with_the_likely_reason(
    rubric_text: str, briefly: Brief, old: str, new: str, expected: list[str]
) -> None:
    assert rubric_text.count(old) == 1
    rubric, findings = parse_rubric(rubric_text.replace(old, new), "f")
    assert rubric is None
    assert briefly(findings) == expected


def test_a_finding_reads_as_one_line_with_place_path_message_and_hint(rubric_text: str) -> None:
    twice = rubric_text.replace("  level: analyst\n", "  level: analyst\n  level: manager\n")
    _, (finding,) = parse_rubric(twice, "rubrics/x.yaml")
    assert str(finding) == (
        'rubrics/x.yaml:8:3: error duplicate-key $.role.level: the key "level" is in line 7 already'
        " (hint: keep one of the two)"
    )


def test_places_count_characters_not_bytes() -> None:
    root = parse_yaml("标题: [甲, 乙]\n键: {a: b}", Findings("f"))
    assert isinstance(root, MapNode)
    assert [(k.text, k.start.line, k.start.column) for k in root.keys.values()] == [
        ("标题", 0, 0),
        ("键", 1, 0),
    ]
    items = root.values["标题"]
    assert isinstance(items, ListNode)
    assert [(i.start.column, i.end.column, i.start.index) for i in items.items] == [(5, 6, 5), (8, 9, 8)]


def test_only_quotes_and_blocks_make_a_value_text_for_certain() -> None:
    root = parse_yaml("[1, '1', \"1\"]", Findings("f"))
    assert isinstance(root, ListNode)
    assert [i.quoted for i in root.items if isinstance(i, ScalarNode)] == [False, True, True]


@pytest.mark.parametrize("text", ["", "\n \n", "# nothing but this\n", "\ufeff"], ids=repr)
def test_a_file_that_says_nothing_is_told_how_to_begin(text: str, briefly: Brief) -> None:
    hint = 'begin with "hiringkit: rubric/1" or "hiringkit: question-bank/1"'
    assert briefly(parse_rubric(text, "f")[1]) == [f"1:1 empty-file $ ({hint})"]


def test_the_head_of_a_file_is_read_without_its_faulty_rest() -> None:
    findings = Findings("f")
    head = parse_head("b: {c: 1}\na: 2\nd: [[[", frozenset("ab"), findings)
    assert sorted(head) == ["a", "b"]
    assert findings.items == []


def test_the_head_of_a_list_is_empty() -> None:
    assert parse_head("[a, 1, a, 2]", frozenset("a"), Findings("f")) == {}


@pytest.mark.parametrize(
    "text",
    ["[" * 200_000, "{a: " * 50_000, "- " * 100_000, "? " * 100_000, "a: [" * 50_000],
    ids=["brackets", "mappings", "lists", "keys", "brackets in mappings"],
)
def test_bottomless_nesting_is_given_up_at_once(text: str) -> None:
    root, findings = parse_yaml(text, found := Findings("f")), found.items
    assert root is None
    assert [f.code for f in findings] == ["too-deep"] or [f.code for f in findings] == ["yaml-syntax"]


def test_fifty_levels_are_taken_and_fifty_one_are_not() -> None:
    assert parse_yaml("[" * 50 + "]" * 50, Findings("f")) is not None
    deep = Findings("f")
    assert parse_yaml("[" * 51 + "]" * 51, deep) is None
    hint = "(hint: look for brackets that are never closed)"
    assert [str(f) for f in deep.items] == [f"f:1:51: error too-deep $: values are nested more than 50 deep {hint}"]


def test_too_many_values_are_given_up() -> None:
    findings = Findings("f")
    assert parse_yaml("[" + "a," * MOST_EVENTS + "]", findings) is None
    assert [f.code for f in findings.items] == ["too-many-values"]


def test_an_alias_bomb_never_goes_off() -> None:
    bomb = "a0: &a0 [x]\n" + "".join(f"a{i}: &a{i} [{f'*a{i - 1},' * 9}]\n" for i in range(1, 12))
    findings = Findings("f")
    parse_yaml(bomb, findings)
    assert {f.code for f in findings.items} == {"alias"}
    assert len(findings.items) == 99


def test_an_alias_as_key_is_one_finding(briefly: Brief) -> None:
    findings = Findings("f")
    parse_yaml("a: &x b\n*x : c\n", findings)
    assert briefly(findings.items) == ["2:1 alias $ (write the value out)"]


@pytest.fixture(params=["CSafeLoader", "SafeLoader"])
def either_parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """libyaml's parser, and the one in Python that stands in where there is no libyaml."""
    monkeypatch.setattr(parse, "LOADER", getattr(yaml, request.param))


@pytest.mark.usefixtures("either_parser")
@pytest.mark.parametrize("text", ['"\\U99999999"', "%YAML 1." + "9" * 5000 + "\n---\n", "a: |9x"])
def test_escapes_and_versions_beyond_bounds_are_findings(text: str) -> None:
    assert [f.code for f in parse_rubric(text)[1]] == ["yaml-syntax"]


@pytest.mark.usefixtures("either_parser")
def test_both_parsers_read_the_same(rubric_text: str, briefly: Brief) -> None:
    assert parse_rubric(rubric_text)[1] == ()
    wrong = rubric_text.replace("weight: 60", 'weight: "60"').replace("id: finance", "id: 'Finance'")
    assert briefly(parse_rubric(wrong, "f")[1]) == [
        '9:12 id-shape $.role.stakeholders[0].id (write "finance")',
        "33:13 wrong-type $.criteria[0].weight (leave the quotes out)",
    ]


@pytest.mark.usefixtures("either_parser")
@pytest.mark.parametrize(("old", "new", "expected"), SYNTAX)
def test_both_parsers_give_the_same_reason(
    rubric_text: str, briefly: Brief, old: str, new: str, expected: list[str]
) -> None:
    (found,) = briefly(parse_rubric(rubric_text.replace(old, new), "f")[1])
    assert found.partition("(")[2] == expected[0].partition("(")[2]


UTF8 = "(save the file as UTF-8)"
NO_TEXT = "(save it as UTF-8 text, or name another file)"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param("a: 1\nb: é".encode("latin-1"), f"2:4 encoding $ {UTF8}", id="latin-1"),
        pytest.param("标题: 甲".encode("gbk"), f"1:1 encoding $ {UTF8}", id="gbk"),
        pytest.param("a: 甲乙".encode() + b"\xff", f"1:6 encoding $ {UTF8}", id="a stray byte after Chinese"),
        pytest.param("a: 1".encode("utf-16"), f"1:1 encoding $ {UTF8}", id="utf-16"),
        pytest.param("a: 1".encode("utf-32"), f"1:1 encoding $ {UTF8}", id="utf-32"),
        pytest.param("a: 1".encode("utf-16-le"), f"1:2 binary $ {NO_TEXT}", id="utf-16 without its mark"),
        pytest.param(b"\x7fELF\x02\x01\x01\0\0", f"1:8 binary $ {NO_TEXT}", id="a program"),
        pytest.param(b"\x89PNG\r\n\x1a\n\0\0", f"3:1 binary $ {NO_TEXT}", id="a picture"),
        pytest.param(b"a: \xc3", f"1:4 encoding $ {UTF8}", id="a character cut in two"),
    ],
)
def test_what_is_not_utf8_text_is_found_at_its_first_byte(data: bytes, expected: str, briefly: Brief) -> None:
    value, findings = parse_rubric(data, "f")
    assert value is None
    assert briefly(findings) == [expected]


def test_the_message_names_what_was_found() -> None:
    assert parse_rubric(b"\xe9")[1][0].message == "expected UTF-8 text, found the byte 0xE9"
    assert parse_rubric("a".encode("utf-16"))[1][0].message == "expected UTF-8 text, found UTF-16"


def test_a_byte_order_mark_is_nothing_to_speak_of(bank_text: str) -> None:
    assert result_of(draft(bank_text.encode("utf-8-sig"), "-", Kind.BANK))[1] == ()
    assert result_of(draft("\ufeff" + bank_text, "-", Kind.BANK))[1] == ()


def test_line_ends_may_be_of_any_system(bank_text: str) -> None:
    plain, _ = result_of(draft(bank_text, "-", Kind.BANK))
    assert plain is not None
    for end in ("\r\n", "\r"):
        assert result_of(draft(bank_text.replace("\n", end).encode(), "-", Kind.BANK)) == (plain, ())


def test_nul_in_text_is_found_too(briefly: Brief) -> None:
    assert briefly(parse_rubric("a: 1\nb: \0", "f")[1]) == [f"2:4 binary $ {NO_TEXT}"]


def test_every_character_that_yaml_forbids_is_found_and_the_rest_is_read() -> None:
    findings = Findings("f")
    text = decode_text("a: \x07b\nc: \ufffe\ud800\x9b\ufeff甲\U0001f600\x85", findings)
    assert text == "a: \ufffdb\nc: \ufffd\ufffd\ufffd\ufffd甲\U0001f600\x85"
    assert [(f.message.split()[-1], str(f.location)) for f in findings.items] == [
        ("U+0007", "f:1:4"),
        ("U+FFFE", "f:2:4"),
        ("U+D800", "f:2:5"),
        ("U+009B", "f:2:6"),
        ("U+FEFF", "f:2:7"),
    ]


def test_a_file_beyond_a_million_bytes_is_not_read() -> None:
    assert parse_rubric(b"#" * MOST_BYTES)[1][0].code == "empty-file"
    _, findings = parse_rubric(b"#" * (MOST_BYTES + 1), "f")
    hint = "(hint: split it, or see whether it is the right file)"
    assert [str(f) for f in findings] == [f"f: error too-large $: the file is larger than 1000000 bytes {hint}"]
