"""Languages are one table, and a text is in one or more of them."""

import pickle

import pytest

from hiringkit.text.language import LANGUAGES, Text, is_han, language_of, wordings_of


def test_a_text_falls_back_to_the_language_there_is() -> None:
    assert Text(en="one", zh="一").in_language("zh") == "一"
    assert Text(en="one").in_language("zh") == "one"
    assert Text(plain="SQL").in_language("zh") == "SQL"
    assert Text().in_language("zh") == ""
    assert str(Text(en="one", zh="一")) == "one"


def test_what_a_reader_is_told_is_never_a_foreign_wording() -> None:
    assert Text(en="one").said_in("zh") == ""
    assert Text(plain="SQL").said_in("zh") == "SQL"


def test_wordings_are_in_the_order_of_the_table_and_none_is_empty() -> None:
    assert list(Text(zh="一", en="one").wordings) == list(LANGUAGES)
    assert Text(zh="一", en="").as_written == {"zh": "一"}
    assert Text(plain="SQL").as_written == "SQL"
    assert list(wordings_of([Text(plain="SQL"), None, Text(zh="一", en="one")])) == ["SQL", "one", "一"]


def test_a_text_is_a_value() -> None:
    text = Text(zh="一", en="one")
    assert text == Text(en="one", zh="一")
    assert text != Text(en="one")
    assert text != "one"
    assert len({text, Text(en="one", zh="一"), Text(plain="one")}) == 2
    assert pickle.loads(pickle.dumps(text)) == text  # noqa: S301 - made in the line itself
    assert repr(text) == "Text(en='one', zh='一')"
    assert repr(Text("one")) == "Text(plain='one')"
    with pytest.raises(AttributeError, match="plain"):
        text.plain = "two"


def test_a_text_in_an_unknown_language_is_a_slip_of_the_program() -> None:
    with pytest.raises(TypeError, match="xx"):
        Text(xx="one")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Keep the CRM clean", "en"),
        ("维护CRM数据质量", "zh"),
        ("Ｑ３", "en"),
        ("", "en"),
        ("“Quoted” — and dashed…", "en"),
        ("李文静 met the team and left", "en"),
        ("𠀀𠀁", "zh"),
    ],
)
def test_the_language_of_a_text_is_told_by_its_script(text: str, code: str) -> None:
    assert language_of(text) == code
    assert is_han(text) == LANGUAGES[code].han
    assert Text(plain=text).by_language == ({code: text} if text else {})
