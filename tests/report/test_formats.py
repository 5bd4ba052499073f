"""One report, four formats: each in full, and none with anything that its reader would obey."""

import csv
import io
import json

import pytest

from hiringkit.errors import UsageProblem
from hiringkit.report.model import MANY, Cell, Column, Facts, Lines, Notes, Number, Report, Span, Table, Word
from hiringkit.report.render.text import render

TABLE = Table(
    (Column("name", "Name"), Column("score", "Score"), Column("interval", "90 %"), Column("gate", "Gate")),
    (
        ("王小明", Number(3.14159265, 2), Span((2.5, 3.75)), Word("pass")),
        ('O"Brien, Ann', Number(None), Span(None), Word("unknown")),
    ),
    "Candidates",
)
REPORT = Report(
    "Opening *one*",
    (
        Facts((("Id", "som"), ("Share", Number(0.125, 0, percent=True)), ("Note", "two\nlines")), "Facts"),
        TABLE,
        Notes(("First thing.", "Second thing, 1. of 2."), "To know"),
        Notes(("A closing sentence.",)),
        Lines(("a.yaml:1:2: error x: y",)),
    ),
    {"schema": "hiringkit/test/1", "name": "王小明", "score": None, "nested": {"list": [1, 2.5]}},
)


def test_a_terminal_gets_headings_and_plain_signs() -> None:
    assert render(REPORT) == (
        "Opening *one*\n"
        "=============\n"
        "\n"
        "Facts\n"
        "\n"
        "Id     som\n"
        "Share  12 %\n"
        "Note   two\n"
        "       lines\n"
        "\n"
        "Candidates\n"
        "\n"
        "Name          Score  90 %        Gate\n"
        "------------  -----  ----------  -------\n"
        "王小明         3.14  2.5 to 3.8  pass\n"
        'O"Brien, Ann      -  -           unknown\n'
        "\n"
        "To know\n"
        "\n"
        "- First thing.\n"
        "- Second thing, 1. of 2.\n"
        "\n"
        "A closing sentence.\n"
        "\n"
        "a.yaml:1:2: error x: y\n"
    )


def test_csv_has_figures_in_full_and_an_interval_in_two_columns() -> None:
    assert render(REPORT, "csv") == (
        'name,score,interval_low,interval_high,gate\n王小明,3.141593,2.5,3.75,pass\n"O""Brien, Ann",,,,unknown\n'
    )


def test_csv_for_excel_begins_with_the_mark_by_which_it_knows_utf8() -> None:
    assert render(REPORT, "csv", excel=True) == "\ufeff" + render(REPORT, "csv")


def test_csv_guards_texts_and_words_and_leaves_figures_alone() -> None:
    rows: tuple[tuple[Cell, ...], ...] = (("=1+1", Number(-2), Word("-")), ("plain", Number(1e20), Word("+x")))
    table = Table((Column("a", ""), Column("b", ""), Column("c", "")), rows)
    assert render(Report("", (table,)), "csv") == "a,b,c\n'=1+1,-2,\nplain,100000000000000000000,'+x\n"


def test_csv_keeps_lines_within_a_cell_and_ends_lines_with_a_line_feed() -> None:
    table = Table((Column("a", ""),), (("one\r\ntwo",), ("",)))
    text = render(Report("", (table,)), "csv")
    assert text == 'a\n"one\ntwo"\n""\n'
    assert list(csv.reader(io.StringIO(text))) == [["a"], ["one\ntwo"], [""]]


@pytest.mark.parametrize(
    ("block", "text"),
    [
        (Facts((("Id", "som"), ("Share", Number(0.5, 0, percent=True)))), "name,value\nId,som\nShare,0.5\n"),
        (Notes(("One.", "Two.")), "text\nOne.\nTwo.\n"),
        (Lines(("a:1: error",)), "text\na:1: error\n"),
    ],
)
def test_without_a_table_csv_has_the_next_best(block: Facts | Notes | Lines, text: str) -> None:
    assert render(Report("", (block,)), "csv") == text


def test_a_table_made_for_csv_goes_before_the_one_for_people() -> None:
    data = Table((Column("id", ""),), (("x",),))
    assert render(Report("", (TABLE,), data=data), "csv") == "id\nx\n"
    assert render(Report("", (TABLE,), data=lambda: data), "csv") == "id\nx\n"
    assert render(Report("", ()), "csv") == "text\n"


def test_markdown_has_pipe_tables_and_no_markup_of_others() -> None:
    assert render(REPORT, "markdown") == (
        "# Opening \\*one\\*\n"
        "\n"
        "## Facts\n"
        "\n"
        "- **Id:** som\n"
        "- **Share:** 12 %\n"
        "- **Note:**\n"
        "  - two\n"
        "  - lines\n"
        "\n"
        "## Candidates\n"
        "\n"
        "| Name | Score | 90 % | Gate |\n"
        "| --- | --: | --- | --- |\n"
        "| 王小明 | 3.14 | 2.5 to 3.8 | pass |\n"
        '| O"Brien, Ann | - | - | unknown |\n'
        "\n"
        "## To know\n"
        "\n"
        "- First thing.\n"
        "- Second thing, 1. of 2.\n"
        "\n"
        "A closing sentence.\n"
        "\n"
        "- a.yaml:1:2: error x: y\n"
    )


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("a|b", "a\\|b"),
        ("<script>alert(1)</script>", "&lt;script>alert(1)&lt;/script>"),
        ("R&D &lt;", "R&D &amp;lt;"),
        ("[x](http://y)", "\\[x\\](http://y)"),
        ("![i](j)", "!\\[i\\](j)"),
        ("`code` _em_ *strong* ~~gone~~", "\\`code\\` \\_em\\_ \\*strong\\* \\~\\~gone\\~\\~"),
        ("back\\slash \\*", "back\\slash \\\\\\*"),
        ("$x$ #1 @all", "$x$ #1 @all"),
        ("two\nlines", "two lines"),
        ("www.example.org", "www.example.org"),
    ],
)
def test_what_markdown_or_html_would_obey_is_escaped(text: str, escaped: str) -> None:
    table = Table((Column("a", "A"),), ((text,),))
    assert render(Report("", (table,)), "markdown") == f"| A |\n| --- |\n| {escaped} |\n"


@pytest.mark.parametrize(
    ("text", "escaped"), [("- x", "\\- x"), ("1. x", "1\\. x"), ("2) x", "2\\) x"), ("+ x", "\\+ x"), ("# x", "\\# x")]
)
def test_a_sentence_that_begins_like_a_list_is_none(text: str, escaped: str) -> None:
    assert render(Report("", (Notes((text,)),)), "markdown") == f"{escaped}\n"


def test_chinese_markdown_has_chinese_colons() -> None:
    assert render(Report("", (Facts((("编号", "som"),)),)), "markdown", language="zh") == "- **编号：** som\n"


def test_json_is_utf8_indented_and_ends_with_a_newline() -> None:
    text = render(REPORT, "json")
    assert text.startswith('{\n  "schema": "hiringkit/test/1",\n  "name": "王小明",\n  "score": null,\n')
    assert text.endswith("}\n")
    assert json.loads(text) == REPORT.document


def test_json_loses_nothing_and_shows_nothing_that_a_terminal_obeys() -> None:
    name = "\x1b]0;x\x07\x9b\u202e\u2066\u200b\ufeff\U000e0041\ud800\t\n王"
    text = render(Report("", (), {"name": name}), "json")
    assert '"\\u001b]0;x\\u0007\\u009b\\u202e\\u2066\\u200b\\ufeff\\udb40\\udc41\\ud800\\t\\n王"' in text
    assert json.loads(text) == {"name": name}


def test_json_has_one_entry_a_line_where_a_list_is_long() -> None:
    document = {"first": {"a": [1]}, "many": [{"n": n, "name": "王\u202e"} for n in range(MANY)], "last": []}
    text = render(Report("", (), document), "json")
    assert json.loads(text) == document
    assert text.splitlines()[:8] == [
        "{",
        '  "first": {',
        '    "a": [',
        "      1",
        "    ]",
        "  },",
        '  "many": [',
        '    {"n": 0, "name": "王\\u202e"},',
    ]
    assert len(text.splitlines()) == MANY + 10


def test_json_refuses_what_it_cannot_say() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        render(Report("", (), {"x": float("nan")}), "json")


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(UsageProblem) as caught:
        render(REPORT, "xml")
    assert (caught.value.message, caught.value.hint) == ("no format 'xml'", "formats: table, json, csv, markdown")


def test_a_part_given_as_a_function_is_made_when_it_is_asked_for() -> None:
    asked = []

    def document() -> dict[str, object]:
        asked.append("document")
        return {"a": 1}

    report = Report("", lambda: (Notes(("x",)),), document)
    assert render(report) == "x\n"
    assert asked == []
    assert render(report, "json") == '{\n  "a": 1\n}\n'
    assert asked == ["document"]
