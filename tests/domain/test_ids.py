"""Ids as programs make them are told by one look at all of them, and nothing else is taken for such."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiringkit.domain.rating_table import are_plain, parse_id, same_person

WORDS = st.text(st.sampled_from("aA7 '=-\t\n\r\u00e9\u200b#"), max_size=4)


@given(st.lists(WORDS, max_size=4))
def test_what_is_plain_is_changed_by_nothing(labels: list[str]) -> None:
    if are_plain(labels):
        assert [parse_id(label) for label in labels] == labels
        assert len({same_person(label) for label in labels}) == len(labels)


@pytest.mark.parametrize("label", ["anna", "anna 1", " 1", "'1", "1\n2", "1\u00e9", ""])
def test_what_people_write_is_looked_at_one_by_one(label: str) -> None:
    assert are_plain(["candidate-7", "C7", "=7", "7"])
    assert not are_plain(["candidate-7", label])


def test_repeated_ids_are_not_plain() -> None:
    assert not are_plain(["c7", "c7"])
