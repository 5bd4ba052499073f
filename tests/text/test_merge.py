"""Two edits of one text as one: nothing that either wrote is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiringkit.text.merge import DIVIDER, difference, merge_texts

texts = st.text("ab \n", max_size=12)


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "both"),
    [
        ("", "mine", "theirs", f"mine{DIVIDER}theirs"),
        ("said", "said A", "said B", f"said A{DIVIDER} B"),
        ("one two", "ONE two", "one TWO", "ONE TWO"),
        ("one two", "one TWO", "ONE two", "ONE TWO"),
        ("said", "said", "said more", "said more"),
        ("said", "said more", "said", "said more"),
        ("said", "said more", "said more", "said more"),
        ("mine", "mine, on", f"mine{DIVIDER}theirs", f"mine, on{DIVIDER}theirs"),
        ("said so", "said no", "said yes", f"said no{DIVIDER}said yes"),
        ("", "", "theirs", "theirs"),
    ],
)
def test_both_edits_are_in_the_text(base: str, mine: str, theirs: str, both: str) -> None:
    assert merge_texts(base, mine, theirs) == both


@given(base=texts, mine=texts, theirs=texts)
def test_whatever_either_wrote_is_there(base: str, mine: str, theirs: str) -> None:
    merged = merge_texts(base, mine, theirs)
    for edited in (mine, theirs):
        _at, _removed, inserted = difference(base, edited)
        assert inserted in merged


@given(base=texts, edited=texts)
def test_one_edit_alone_is_taken_as_it_is(base: str, edited: str) -> None:
    assert merge_texts(base, edited, base) == merge_texts(base, base, edited) == edited
