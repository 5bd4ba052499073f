"""What lists call a question and its anchors."""

from hiringkit.domain.question import GIST_CELLS, TITLE_CELLS, Question, QuestionKind
from hiringkit.text.cells import cell_width
from hiringkit.text.language import Text

LONG = "Tell me about a forecast of yours that turned out to be badly wrong, and what you changed because of it."
BARE = Question("miss", QuestionKind.BEHAVIOURAL, Text(en=LONG, zh="请讲一次预测失准的经历。"), {"a": 1})


def test_a_title_is_shown_where_there_is_one_and_else_the_first_words() -> None:
    titled = Question(
        "miss", QuestionKind.BEHAVIOURAL, Text(LONG), {"a": 1}, title=Text(en="A missed forecast", zh="失准")
    )
    assert [titled.heading(code) for code in ("en", "zh")] == ["A missed forecast", "失准"]
    assert BARE.heading("en") == "Tell me about a forecast of yours that…"
    assert cell_width(BARE.heading("en")) <= TITLE_CELLS
    assert BARE.heading("zh") == "请讲一次预测失准的经历。"


def test_a_gist_is_the_authors_or_the_anchors_first_words() -> None:
    question = Question(
        "miss",
        QuestionKind.BEHAVIOURAL,
        Text("?"),
        {"a": 1},
        anchors={1: Text(LONG), 5: Text(LONG)},
        gists={5: Text("Found it")},
    )
    assert question.gist(5, "en") == "Found it"
    assert question.gist(1, "en").startswith("Tell me about a forecast")
    assert cell_width(question.gist(1, "en")) <= GIST_CELLS
    assert question.gist(3, "en") == ""
