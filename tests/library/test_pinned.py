"""The rubric that an opening pinned: read without the checks that it has passed, and only if it is still that text."""

import pytest

from hiringkit.library.catalog import Library
from hiringkit.library.pinned import read_pinned
from hiringkit.library.yaml.write import digest_rubric, dump_rubric
from hiringkit.text.digest import digest_text


def test_the_text_of_a_rubric_is_read_back_equal(library: Library) -> None:
    rubric = library.load_rubric("analyst")
    assert read_pinned(dump_rubric(rubric), digest_rubric(rubric)) == rubric


def test_another_text_is_left_to_the_checks(library: Library) -> None:
    rubric = library.load_rubric("analyst")
    text = dump_rubric(rubric)
    assert read_pinned(text.replace('"weight":', '"weight": '), digest_rubric(rubric)) is None
    laid_out = " " + text
    assert read_pinned(laid_out, digest_text(laid_out)) is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"kind":"competency"', '"kind":"virtue"'),
        ('"weight":', '"width":1,"weight":'),
        ('"weight":', '"weight":"1","bar":'),
        ('"id":"analyst",', ""),
        ('"value":1}', '"value":true}'),
        ('"value":1}', '"value":"1"}'),
        ('"en":"Low"', '"xx":"Low"'),
        ('"1":', '"01":'),
        ('"criteria":[', '"criteria":["x",'),
        ("}", ""),
    ],
)
def test_what_no_such_text_can_hold_is_left_to_the_checks(library: Library, old: str, new: str) -> None:
    text = dump_rubric(library.load_rubric("analyst"))
    assert old in text
    altered = text.replace(old, new, 1)
    assert read_pinned(altered, digest_text(altered)) is None
