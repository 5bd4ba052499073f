"""An interviewer's pack, and pages: whole, self-contained, and with nothing in them but text."""

from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import pytest
from attrs import evolve

from hiringkit.domain.question import Question, QuestionKind
from hiringkit.domain.rubric import Criterion, CriterionKind, Rubric, Stage, default_scale
from hiringkit.report.model import Column, Facts, Lines, Notes, Number, Report, Span, Table, Tone, Word
from hiringkit.report.render.html import TEMPLATES, render_html
from hiringkit.report.render.text import render
from hiringkit.report.views.briefing import handout_lines, kickoff_lines
from hiringkit.report.views.pack import NOTE_LINES, Pack, pack_report, render_pack
from hiringkit.settings import speak
from hiringkit.text.language import Text

SCRIPT = "</style></title><script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
HOSTILE = SCRIPT + " {{ 7*7 }} {% x %} \x1b]0;x\x07\u202e&amp;"
VOID = {"meta", "br", "img", "link", "input", "hr"}
ENCLOSED = ("path", "use", "line", "rect", "circle")
"""Elements of a drawing, which close themselves."""


class Page(HTMLParser):
    """Reads a page as a browser does: elements, attributes and text, with every tag closed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.text: list[str] = []
        self.style: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ENCLOSED
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        (self.style if "style" in self.open else self.text).append(data)


def read(page: str) -> Page:
    """Parse a page and check what holds for all of them."""
    found = Page(page)
    assert found.open == []
    assert page.startswith("<!DOCTYPE html>")
    assert not {"script", "img", "link", "iframe", "object", "form", "a"} & set(found.elements)
    assert not [name for name, _ in found.attributes if name.startswith("on") or name in ("src", "style")]
    assert all(value.startswith("#") for name, value in found.attributes if name == "href")
    policy = next(v for n, v in found.attributes if v.startswith("default-src"))
    digest = b64encode(sha256("".join(found.style).encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert not any(sign in page for sign in ("\x1b", "\x07", "\u202e", "http:", "https:", "url(", "@import"))
    return found


@pytest.fixture
def pack() -> Pack:
    """Two questions, of which the second has nothing but its text."""
    criterion = Criterion("forecasting", CriterionKind.COMPETENCY, Text(en="Forecasting", zh="预测"), Text("D"), 1)
    full = Question(
        "miss",
        QuestionKind.BEHAVIOURAL,
        Text(en="Walk me through a miss.", zh="讲一次失准。"),
        {"forecasting": 1, "other": 2},
        Text(en="Everybody misses.", zh="人人都会失准。"),
        8,
        (Text(en="And then?", zh="然后呢？"),),
        (Text(en="Figures", zh="数字"),),
        (Text(en="Excuses", zh="借口"),),
        {1: Text(en="None", zh="没有"), 5: Text(en="All", zh="都有")},
    )
    bare = Question("bare", QuestionKind.KNOWLEDGE, Text("What?"), {"forecasting": 1})
    rubric = Rubric("r", "1.2.3", Text(en="Analyst", zh="分析师"), default_scale(), (criterion,), (full, bare))
    return Pack(rubric, (full, bare))


def test_a_pack_has_all_that_an_interviewer_needs_and_space_to_write(pack: Pack) -> None:
    page = render_pack(pack)
    found = read(page)
    text = "\n".join(found.text)
    for said in ("Interview: Analyst", "r 1.2.3", "Walk me through a miss.", "And then?", "Figures", "Excuses", "None"):
        assert said in text
    assert "behavioural · 8 minutes · other, Forecasting" in text
    assert found.attributes.count(("class", "question")) == 3, "two questions and the summary"
    assert found.attributes.count(("class", "rule")) == 2 * NOTE_LINES + 4
    assert page.count('<li class="box">') == 2 * 7 + 3 + 7, (
        "five levels and two marks for each question, three hints, and what a panel settles first"
    )
    assert found.elements.count("h1") == 1


def test_a_pack_in_chinese_says_so_to_fonts_and_screen_readers(pack: Pack) -> None:
    page = render_pack(pack, "zh")
    assert ("lang", "zh-Hans") in read(page).attributes
    assert "讲一次失准。" in page
    assert "Noto Sans CJK SC" in page
    assert "And then?" not in page


def test_a_pack_prints_one_question_a_page(pack: Pack) -> None:
    style = render_pack(pack).partition("<style>")[2].partition("</style>")[0]
    assert "@page" in style
    assert ".question { break-before: page;" in style.partition("@media print")[2]


def test_sample_answers_are_for_practice_and_not_in_a_pack(pack: Pack) -> None:
    assert "samples" not in str(pack_report(pack).document)


@pytest.mark.parametrize("form", ["table", "json", "csv", "markdown"])
def test_a_pack_comes_in_every_format(pack: Pack, form: str) -> None:
    assert "Walk me through a miss." in render(pack_report(pack), form)
    assert "讲一次失准。" in render(pack_report(pack, "zh"), form)


def test_hostile_texts_stay_texts_in_a_pack(pack: Pack) -> None:
    plain, bad = read(render_pack(pack)), Text(HOSTILE)
    full = evolve(
        pack.questions[0],
        id=HOSTILE,
        text=bad,
        why=bad,
        probes=(bad,),
        look_for=(bad,),
        watch_for=(bad,),
        anchors={1: bad, 5: bad},
    )
    rubric = evolve(pack.rubric, id=HOSTILE, title=bad)
    hostile = read(render_pack(Pack(rubric, (full, pack.questions[1]))))
    assert hostile.elements == plain.elements
    assert "".join(hostile.text).count("<script>alert(1)</script>") == 10 + 2, "each place, and the title thrice"
    assert "{{ 7*7 }}" in "".join(hostile.text)
    for form in ("table", "csv", "markdown"):
        assert not any(sign in render(pack_report(Pack(rubric, (full,))), form) for sign in ("\x1b", "\u202e"))
    assert "<script>" not in render(pack_report(Pack(rubric, (full,))), "markdown")


def test_any_report_is_a_page() -> None:
    columns = (Column("name", "Name"), Column("score", "Score"), Column("state", "State"), Column("range", "Range"))
    report = Report(
        "Title",
        (
            Table(columns, (("Ada", Number(4.25, 2), Word("fail", Tone.BAD), Span((1.0, 2.0))),), "People"),
            Table(columns, (), "Nobody", "Add somebody."),
            Facts((("Probes", "- one\n- two"), ("Weight", Number(0.5, 0, percent=True)))),
            Notes(("First.",), "Watch"),
            Lines(("x.yaml:1:1: error",)),
        ),
    )
    found = read(render_html(report))
    for said in (
        "Title",
        "People",
        "Ada",
        "4.25",
        "fail",
        "1.0 to 2.0",
        "Add somebody.",
        "- two",
        "50\N{NO-BREAK SPACE}%",
        "First.",
        "x.yaml:1:1: error",
    ):
        assert said in found.text
    assert ("class", "num") in found.attributes
    assert ("class", "word bad") in found.attributes


def test_hostile_text_stays_text_in_any_report() -> None:
    x = HOSTILE
    blocks = (
        Table((Column("x", x),), ((x,),), x),
        Table((Column("x", x),), (), x, x),
        Facts(((x, x),), x),
        Notes((x,), x),
    )
    calm = Report("x", tuple(_calm(block) for block in blocks))
    assert read(render_html(Report(x, blocks))).elements == read(render_html(calm)).elements


def _calm(block: Table | Facts | Notes) -> Table | Facts | Notes:
    if isinstance(block, Table):
        return Table((Column("x", "x"),), (("x",),) if block.rows else (), "x", "x")
    return Facts((("x", "x"),), "x") if isinstance(block, Facts) else Notes(("x",), "x")


def test_pages_speak_the_language_that_was_chosen(pack: Pack) -> None:
    speak("zh")
    try:
        page = render_pack(pack, "zh")
    finally:
        speak("en")
    assert "分析师" in page


def test_templates_are_files_of_the_package() -> None:
    assert {path.name for path in TEMPLATES.iterdir()} >= {"base.html", "report.html", "pack.html", "page.css"}
    assert Path(__file__).parents[2] / "hiringkit" in TEMPLATES.parents


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "en",
            [
                "Opening: five minutes",
                "Close: five minutes",
                "An answer between two levels",
                "Halo:",
                "For the candidate",
            ],
        ),
        ("zh", ["开场：五分钟", "收尾：五分钟", "回答介于两级之间", "光环效应：", "事先发给候选人"]),
    ],
)
def test_a_pack_says_how_to_open_close_and_judge_and_what_a_candidate_is_told(
    pack: Pack, language: str, words: list[str]
) -> None:
    speak(language)
    try:
        page = "\n".join(read(render_pack(pack, language)).text)
        text = render(pack_report(pack, language))
    finally:
        speak("en")
    assert [word for word in words if word not in page or word not in text] == []


def test_a_candidate_is_told_of_stages_and_criteria_and_the_panel_of_gates(pack: Pack) -> None:
    gate = evolve(pack.rubric.criteria[0], required=True)
    stage = Stage("screen", Text(en="Screen", zh="初筛"), ("miss",), minutes=30)
    rubric = evolve(pack.rubric, criteria=(gate,), stages=(stage,))
    assert "Your interviews: Screen: 30 minutes." in handout_lines(rubric, "en")
    assert "What we look for: Forecasting." in handout_lines(rubric, "en")
    assert "Everybody knows the required criteria: Forecasting." in kickoff_lines(rubric, "en")
    assert [line for line in kickoff_lines(pack.rubric, "en") if "required" in line] == []
