"""Changes by position: one value changes, every comment and every other byte stays."""

import difflib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiringkit.errors import FindingsError, NotFound, Refused, UsageProblem
from hiringkit.library.checks.findings import Findings
from hiringkit.library.yaml.edit import Edit, append_item, read_address, remove_value, set_value
from hiringkit.library.yaml.nodes import MapNode, ScalarNode
from hiringkit.library.yaml.parse import parse_yaml

TEXT = """\
# top
a: 1   # about a
version: 1.0.0
folded: >-
  one
  two

# about literal
literal: |
  x
double: "q"
single: 'it''s'
plain: several
   lines
flow: [a, b]   # about flow
list:
  - id: x   # about x
    weight: 1
    name: {en: Hi, zh: 你好}
  # between

  - id: y
    weight: 2
words:
- p
- q
nothing:
levels:
  - {value: 1, label: Low}
  - {value: 3, label: High}
map: {k: 1,
   l: 2}
"""


def changed(edit: Edit) -> list[str]:
    """Return the lines that went and came, those that went first."""
    lines = difflib.unified_diff(TEXT.splitlines(), edit.text.splitlines(), n=0, lineterm="")
    return [f"{line[0]} {line[1:]}" for line in lines if line[0] in "+-" and not line.startswith(("---", "+++"))]


def put(address: str, value: str) -> Edit:
    return set_value(TEXT, read_address(address), value)


@pytest.mark.parametrize(
    ("address", "value", "lines"),
    [
        ("a", "2.5", ["- a: 1   # about a", "+ a: 2.5   # about a"]),
        ("version", "1.1.0", ["- version: 1.0.0", "+ version: 1.1.0"]),
        ("version", "2", ["- version: 1.0.0", '+ version: "2"']),
        ("folded", "three: and # more", ["-   one", "-   two", "+   three: and # more"]),
        ("literal", "y", ["-   x", "+   y"]),
        ("double", 'a "b"', ['- double: "q"', '+ double: "a \\"b\\""']),
        ("single", "isn't", ["- single: 'it''s'", "+ single: 'isn''t'"]),
        ("plain", "one: two", ["- plain: several", "-    lines", '+ plain: "one: two"']),
        ("flow.a", "c, d", ["- flow: [a, b]   # about flow", '+ flow: ["c, d", b]   # about flow']),
        ("list.y.weight", "3", ["-     weight: 2", "+     weight: 3"]),
        ("$.list[1].weight", "3", ["-     weight: 2", "+     weight: 3"]),
        ("list.x.name.zh", "您好", ["-     name: {en: Hi, zh: 你好}", "+     name: {en: Hi, zh: 您好}"]),
        ("levels.3.label", "Top", ["-   - {value: 3, label: High}", "+   - {value: 3, label: Top}"]),
        ("nothing", "5", ["- nothing:", "+ nothing: 5"]),
        ("words[0]", "r: s", ["- - p", '+ - "r: s"']),
    ],
)
def test_one_value_changes_and_nothing_else(address: str, value: str, lines: list[str]) -> None:
    assert changed(put(address, value)) == lines


@pytest.mark.parametrize(
    ("address", "value", "lines"),
    [
        ("list.x.bar", "3", ["+     bar: 3"]),
        ("list.y.name.zh", "您好", ["+     name: {zh: 您好}"]),
        ("map.m", "no: 1", ["-    l: 2}", '+    l: 2, m: "no: 1"}']),
        ("added", "true", ["+ added: true"]),
    ],
)
def test_a_key_that_is_not_there_is_added(address: str, value: str, lines: list[str]) -> None:
    assert changed(put(address, value)) == lines


def test_an_edit_says_what_stood_where() -> None:
    edit = put("list.y.weight", "3")
    assert (edit.path, edit.before, edit.after, edit.line) == (("list", 1, "weight"), "2", "3", 23)
    assert put("list.x.bar", "3").before is None


@pytest.mark.parametrize(
    ("address", "value", "lines"),
    [
        ("flow", "c", ["- flow: [a, b]   # about flow", "+ flow: [a, b, c]   # about flow"]),
        ("list", "{id: z, weight: 1}", ["+   - {id: z, weight: 1}"]),
        ("words", "r s", ["+ - r s"]),
    ],
)
def test_an_item_is_added_at_the_end(address: str, value: str, lines: list[str]) -> None:
    assert changed(append_item(TEXT, read_address(address), value)) == lines


@pytest.mark.parametrize(
    ("address", "lines"),
    [
        ("flow.a", ["- flow: [a, b]   # about flow", "+ flow: [b]   # about flow"]),
        ("flow.b", ["- flow: [a, b]   # about flow", "+ flow: [a]   # about flow"]),
        ("list.y", ["-   - id: y", "-     weight: 2"]),
        ("list.x.weight", ["-     weight: 1"]),
        ("words.p", ["- - p"]),
        ("map.k", ["- map: {k: 1,", "-    l: 2}", "+ map: {l: 2}"]),
        ("folded", ["- folded: >-", "-   one", "-   two"]),
        ("nothing", ["- nothing:"]),
    ],
)
def test_what_is_removed_leaves_its_neighbours(address: str, lines: list[str]) -> None:
    assert changed(remove_value(TEXT, read_address(address))) == lines


@pytest.mark.parametrize(
    ("address", "message", "hint"),
    [
        ("list.z.weight", 'there is no "z" in $.list', "known here: x, y"),
        ("levels.2.label", 'there is no "2" in $.levels', "known here: 1, 3"),
        ("a.b", 'there is no "b" in $.a', "a single value"),
        ("verion.x.y", 'there is no "verion" in $', 'did you mean "version"?'),
        ("list[7]", 'there is no "7" in $.list', "known here"),
    ],
)
def test_a_way_that_leads_nowhere_names_what_is_near(address: str, message: str, hint: str) -> None:
    with pytest.raises(NotFound) as caught:
        put(address, "1")
    assert message in caught.value.message
    assert hint in caught.value.hint


def test_what_is_no_single_value_is_not_overwritten() -> None:
    with pytest.raises(Refused, match="not a single value") as caught:
        put("list", "1")
    assert "--append" in caught.value.hint
    with pytest.raises(Refused, match="not a single value"):
        put("list.x", "1")
    with pytest.raises(Refused, match="is no list"):
        append_item(TEXT, ("a",), "1")


def test_what_cannot_be_taken_out_by_itself_is_left_to_an_editor() -> None:
    with pytest.raises(Refused, match="without touching"):
        remove_value(TEXT, read_address("list.x.id"))
    with pytest.raises(Refused, match="only one"):
        remove_value("a: [b]\n", ("a", 0))


@pytest.mark.parametrize("address", ["", "$", "x..y", "a.", "[x]", "a[-1]", "a[99999999]", "\x1b[2J"])
def test_an_address_that_is_none_is_a_usage_problem(address: str) -> None:
    with pytest.raises(UsageProblem, match="no way to a value"):
        read_address(address)


@pytest.mark.parametrize("text", ["", "a: [", "a: *x", "\x00", "a: 1\na: 2\n", "[" * 100_000])
def test_what_is_not_yaml_is_not_edited(text: str) -> None:
    with pytest.raises(FindingsError):
        set_value(text, ("a",), "1")


def test_line_ends_and_a_missing_last_one_stay_as_they_are() -> None:
    assert set_value("a: 1\r\nb: 2\r\n", ("c",), "3").text == "a: 1\r\nb: 2\r\nc: 3\r\n"
    assert set_value("a: 1\nb: 2", ("c",), "3").text == "a: 1\nb: 2\nc: 3\n"
    assert append_item("a:\r\n- x\r\nb: 2", ("a",), "y").text == "a:\r\n- x\r\n- y\r\nb: 2"


@pytest.mark.slow
@given(
    st.sampled_from(["a", "version", "folded", "literal", "double", "single", "plain", "flow.a", "list.x.name.en"]),
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp", "Cn", "Co"])),
)
def test_whatever_is_set_is_what_is_read(address: str, value: str) -> None:
    words = read_address(address)
    try:
        edit = set_value(TEXT, words, value)
    except Refused:
        return
    node = parse_yaml(edit.text, Findings("-"))
    for word in words:
        node = node.values[str(word)] if isinstance(node, MapNode) else node.items[0]  # type: ignore[union-attr]  # lists come here only
    assert isinstance(node, ScalarNode)
    assert node.text.rstrip("\n") == value if address == "literal" else node.text == value
