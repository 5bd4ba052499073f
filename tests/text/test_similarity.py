"""How like two texts are by their words."""

from math import isclose, log, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiringkit.text.similarity import WordIndex, index_words, nearest, overlap, stem


def similarity(one: str, two: str) -> float:
    return WordIndex([one, two]).similarities(one)[1]


def test_the_cosine_by_hand() -> None:
    # three texts; "pump" stands in two of them, "valve" and "crane" in one each
    pump, single = log(4 / 3) + 1, log(4 / 2) + 1
    expected = pump / sqrt(pump**2 + single**2)
    row = WordIndex(["pump valve", "crane", "pump"]).similarities("pump")
    assert isclose(row[0], expected)
    assert row[1] == 0


def test_words_that_no_indexed_text_has_are_left_out() -> None:
    index = WordIndex(["pump valve", "crane"])
    assert index.similarities("pump zeppelin") == index.similarities("pump")
    assert index.similarities("zeppelin") == [0, 0]


def test_pairs_of_indexed_texts_are_compared_as_each_with_each() -> None:
    texts = ["the pump leaks", "a leaking pump", "crane"]
    index = WordIndex(texts)
    found = index.similar_pairs()
    assert found.keys() == {(0, 1)}
    assert isclose(found[0, 1], index.similarities(texts[0])[1])
    assert WordIndex(texts, pairs=True).similar_pairs()[0, 1] < found[0, 1], "the words stand in another order"


def test_words_lose_their_endings_and_stop_words_go() -> None:
    assert list(index_words("The forecasts and the forecasting of a team")) == ["forecast", "forecast", "team"]
    assert list(index_words("The team\u2019s plan")) == ["team", "plan"]


def test_chinese_is_taken_by_pairs_of_characters() -> None:
    assert list(index_words("销售预测 CRM 准")) == ["销售", "售预", "预测", "crm", "准"]
    assert list(index_words("销售", characters=True)) == ["销", "售", "销售"]
    assert list(index_words("ＣＲＭ𠀀𠀁")) == ["crm", "𠀀𠀁"]


@pytest.mark.parametrize(
    ("words", "one"),
    [
        (["forecast", "forecasts", "forecasting", "forecasted", "forecaster"], True),
        (["territory", "territories"], True),
        (["process", "processes"], True),
        (["team", "teams"], True),
        (["measure", "measured", "measuring"], True),
        (["crm", "sql", "bias", "news"], False),
        (["lead", "leader"], False),
    ],
)
def test_stems(words: list[str], *, one: bool) -> None:
    assert len({stem(word) for word in words}) == (1 if one else len(words))


@given(st.text(alphabet="ab cdé销售", max_size=40), st.text(alphabet="ab cdé销售", max_size=40))
def test_similarity_is_a_share_the_same_both_ways_and_one_with_itself(one: str, two: str) -> None:
    there, back = similarity(one, two), similarity(two, one)
    assert 0 <= there <= 1
    assert isclose(there, back)
    if list(index_words(one)):
        assert isclose(similarity(one, one), 1)


def test_the_overlap_counts_words_as_they_are_written() -> None:
    assert overlap("one two three", "one two three") == 1
    assert overlap("forecast", "forecasts") == 0
    assert overlap("do it", "don\u2019t do it") < 1
    assert overlap("", "") == 1


def test_the_nearest_known_word_is_named_only_if_it_is_near() -> None:
    assert nearest("forcasting", ["forecasting", "enablement"]) == "forecasting"
    assert nearest("xyz", ["forecasting"]) is None
