"""How like two texts are by their words."""

from math import isclose, log, sqrt

from hypothesis import given
from hypothesis import strategies as st

from hiringkit.text.similarity import likenesses, words_of


def test_the_cosine_by_hand() -> None:
    # three texts; "pump" stands in two of them, "valve" and "crane" in one each
    pump, single = log(4 / 3) + 1, log(4 / 2) + 1
    expected = pump / sqrt(pump**2 + single**2)
    row = likenesses(["pump"], ["pump valve", "crane"])[0]
    assert isclose(row[0], expected)
    assert row[1] == 0


def test_words_lose_their_endings_and_small_words_go() -> None:
    assert list(words_of("The forecasts and the forecasting of a team")) == ["forecast", "forecast", "team"]


def test_chinese_is_taken_by_pairs_of_signs() -> None:
    assert list(words_of("销售预测 CRM")) == ["销售", "售预", "预测", "crm"]


@given(st.text(alphabet="ab cdé销售", max_size=40), st.text(alphabet="ab cdé销售", max_size=40))
def test_likeness_is_a_share_the_same_both_ways_and_one_with_itself(one: str, two: str) -> None:
    there, back = likenesses([one], [two])[0][0], likenesses([two], [one])[0][0]
    assert 0 <= there <= 1
    assert isclose(there, back)
    if list(words_of(one)):
        assert isclose(likenesses([one], [one])[0][0], 1)
