"""Whatever somebody writes in a name or a note, no view in no format does anything but show it."""

import csv
import io
import json
import re
from datetime import UTC, datetime

import pytest
from attrs import evolve
from rich.cells import cell_len

from hiringkit.domain.codes import Code
from hiringkit.domain.finding import Finding, Location, Severity
from hiringkit.domain.interview import Interview, InterviewState, Opening, Rating, Scorecard
from hiringkit.domain.people import Candidate, Interviewer
from hiringkit.domain.profile import Comparison, InterviewerEffect
from hiringkit.domain.question import Match, Question, QuestionBank, QuestionKind
from hiringkit.domain.rubric import Criterion, CriterionKind, Rubric, default_scale
from hiringkit.report.formats import FORMATS
from hiringkit.report.model import Report
from hiringkit.report.render.text import render
from hiringkit.report.views.bank import bank_report, banks_report, search_report
from hiringkit.report.views.comparison import comparison_report
from hiringkit.report.views.databases import database_report
from hiringkit.report.views.export import ratings_report
from hiringkit.report.views.findings import findings_report
from hiringkit.report.views.interview import interview_report, interviews_report
from hiringkit.report.views.opening import opening_report, openings_report
from hiringkit.report.views.people import candidate_report, candidates_report, interviewer_report, interviewers_report
from hiringkit.report.views.profile import profile_report
from hiringkit.report.views.rubric import rubric_report, rubrics_report
from hiringkit.report.views.settings import settings_report
from hiringkit.text.language import Text

HOSTILE = [
    "[/x]",
    "[bold red]x[/]",
    "\x1b]0;x\x07",
    "\x1b[2J\x9b31m",
    '=HYPERLINK("http://x","y")',
    "\t=1+1",
    "＝1+1",
    "<script>alert(1)</script>",
    "</td><img src=x onerror=y>",
    "a|b|`c`",
    "\u202eevil\u2066\u200f",
    "one\r\ntwo\rthree\n\n# four",
    "{name} %s {0}",
    "\ud800\U000e0041\ufeff",
    "王" * 200,
    "e\u0301" * 100,
]
OBEYED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ud800-\udfff\ufeff\U000e0000-\U000e007f]"
)
WITHOUT = {"interviews"}
"""Views whose document names nobody but by id."""
NOW = datetime(2026, 3, 2, tzinfo=UTC)


def every_view(x: str, comparison: Comparison) -> dict[str, Report]:
    """Make each view with `x` wherever somebody's text may stand."""
    first, *others = comparison.profiles
    named = evolve(first, name=x, rank=evolve(first.rank, not_separable_from=("bo", x)))
    compared = evolve(
        comparison,
        profiles=(named, *others),
        interviewers=(InterviewerEffect("i", x, 0.4, None, 3),),
        criterion_names=dict.fromkeys(comparison.criterion_names, x),
        findings=(Finding(Code.NO_SCORE, x, Severity.WARNING, x, x, Location(x, 1, 2)),),
    )
    opening = Opening("som", x, x, x, x, NOW)
    candidate, interviewer = Candidate("c", x, x, x), Interviewer("i", x, x)
    rating = Rating("q", 4, x)
    card = Scorecard(1, NOW, (rating,), x, x, x)
    interview = Interview("som/c/i", "som", "c", "i", ("q",), InterviewState.SUBMITTED, (rating,), (card,))
    question = Question("q", QuestionKind.KNOWLEDGE, Text(x), {"c": 1}, Text(x), None, (Text(x),), anchors={1: Text(x)})
    criterion = Criterion("c", CriterionKind.COMPETENCY, Text(x), Text(x), 1, Text(x), anchors={1: Text(x)})
    rubric = Rubric("r", "1.0.0", Text(x), default_scale(), (criterion,), (question,), Text(x))
    bank = QuestionBank("b", Text(x), (question,))
    return {
        "comparison": comparison_report(compared, title=x),
        "profile": profile_report(compared, first.candidate),
        "openings": openings_report([opening]),
        "opening": opening_report(opening, [candidate], [interviewer], [interview]),
        "candidates": candidates_report([candidate], opening=x),
        "no candidates": candidates_report([], opening=x),
        "candidate": candidate_report(candidate, [interview], opening=x),
        "interviewers": interviewers_report([interviewer]),
        "interviewer": interviewer_report(interviewer, [interview]),
        "interviews": interviews_report([interview], {"c": x}, {"i": x}),
        "interview": interview_report(interview, rubric, candidate=x, interviewer=x),
        "rubrics": rubrics_report([rubric], sources={"r": x}),
        "rubric": rubric_report(rubric),
        "banks": banks_report([bank], sources={"b": x}),
        "bank": bank_report(bank),
        "search": search_report([Match("b", question, 1.0)], x),
        "findings": findings_report(
            [Finding(Code.NO_SCORE, x, hint=x, path=x, location=Location(x, 1))], title=x, checked=[x]
        ),
        "ratings": ratings_report([("o", x, x, "q", "4", x, "", *[x] * 8)]),
        "settings": settings_report([("db", x, x)]),
        "database": database_report(address=x, revision=x, newest=x, size=1),
    }


@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda x: ascii(x)[:30])
@pytest.mark.parametrize("format_", FORMATS)
def test_no_view_holds_anything_that_a_terminal_obeys(hostile: str, format_: str, english: Comparison) -> None:
    for name, report in every_view(hostile, english).items():
        text = render(report, format_, width=80)
        assert not OBEYED.search(text), name
        text.encode()


@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda x: ascii(x)[:30])
@pytest.mark.parametrize("width", [80, 120])
def test_no_view_but_the_list_of_findings_is_wider_than_the_terminal(
    hostile: str, width: int, english: Comparison
) -> None:
    for name, report in every_view(hostile, english).items():
        if name != "findings":
            lines = render(report, width=width).splitlines()
            assert max(map(cell_len, lines)) <= width, name


@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda x: ascii(x)[:30])
def test_no_cell_of_csv_is_a_formula(hostile: str, english: Comparison) -> None:
    number = re.compile(r"-?\d+(\.\d+)?(e[+-]?\d+)?")
    for name, report in every_view(hostile, english).items():
        text = render(report, "csv")
        rows = list(csv.reader(io.StringIO(text, newline="")))
        assert len({len(row) for row in rows}) == 1, name
        for cell in (cell for row in rows for cell in row):
            assert number.fullmatch(cell) or not re.match(r"[\s\ufffd]*[=+\-@＝＋－＠]", cell), name
        assert "\r" not in text


@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda x: ascii(x)[:30])
def test_markdown_holds_no_markup_but_its_own(hostile: str, english: Comparison) -> None:
    for name, report in every_view(hostile, english).items():
        text = render(report, "markdown")
        assert "<" not in text, name
        for line in text.splitlines():
            assert not re.search(r"(?<!\\)[\[\]`]", line), name
        for table in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
            assert len({len(re.findall(r"(?<!\\)\|", line)) for line in table.splitlines()}) == 1, name


@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda x: ascii(x)[:30])
def test_json_gives_every_text_back_as_it_was(hostile: str, english: Comparison) -> None:
    for name, report in every_view(hostile, english).items():
        document = json.loads(render(report, "json"))
        assert name in WITHOUT or hostile in strings(document), name


def strings(value: object) -> set[str]:
    if isinstance(value, dict):
        return {text for each in value.values() for text in strings(each)}
    if isinstance(value, list):
        return {text for each in value for text in strings(each)}
    return {value} if isinstance(value, str) else set()


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("[/x]", "[/x]"),
        ("\x1b]0;x\x07", "\ufffd]0;x\ufffd"),
        ('=HYPERLINK("x")', '=HYPERLINK("x")'),
        ("<script>", "<script>"),
        ("\u202eevil", "\ufffdevil"),
    ],
)
def test_a_hostile_name_is_shown_as_what_it_is(name: str, shown: str) -> None:
    report = interviewers_report([Interviewer("i", name)])
    assert render(report).splitlines()[-1].split() == ["i", shown]


def test_a_hostile_name_in_every_format() -> None:
    name = '=1 [/x] <b> \x1b]0;x\x07 \u202eevil|"q"'
    report = interviewers_report([Interviewer("i", name)])
    assert render(report) == (
        "Interviewers\n"
        "============\n"
        "\n"
        "Id  Name                          E-mail\n"
        "--  ----------------------------  ------\n"
        'i   =1 [/x] <b> \ufffd]0;x\ufffd \ufffdevil|"q"\n'
    )
    assert render(report, "csv") == 'id,name,email\ni,"\'=1 [/x] <b> \ufffd]0;x\ufffd \ufffdevil|""q""",\n'
    assert render(report, "markdown").splitlines()[-1] == (
        '| i | =1 \\[/x\\] &lt;b> \ufffd\\]0;x\ufffd \ufffdevil\\|"q" |  |'
    )
    assert '"name": "=1 [/x] <b> \\u001b]0;x\\u0007 \\u202eevil|\\"q\\""' in render(report, "json")
