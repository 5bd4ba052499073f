"""Lines of a table: whole columns, and signs of those that are out of sight."""

from textual.strip import Strip

from hiringkit.tui.widgets.listing import whole_columns, with_signs

WIDTHS = (10, 6, 6, 6)


def test_a_column_is_in_sight_wholly_or_not_at_all() -> None:
    assert whole_columns(WIDTHS, 1, 2, 0, 24) == {0, 1, 2, 3}
    assert whole_columns(WIDTHS, 1, 2, 0, 23) == {0, 1, 2}
    assert whole_columns(WIDTHS, 1, 2, 8, 32) == {0, 2, 3}
    assert whole_columns(WIDTHS, 1, 2, 9, 32) == {0, 3}


def test_space_is_left_for_the_sign_of_more_columns() -> None:
    assert whole_columns(WIDTHS, 1, 2, 0, 18) == {0, 1, 2}
    assert whole_columns(WIDTHS, 1, 2, 0, 17) == {0, 1}


def test_a_column_that_is_wider_than_the_table_is_cut() -> None:
    assert whole_columns((10, 90), 1, 2, 0, 40) == {0, 1}


def test_signs_take_the_place_of_blanks() -> None:
    line = Strip.blank(10)
    assert with_signs(line, None, more=False, ink=None).text == " " * 10
    assert with_signs(line, 2, more=True, ink=None).text == "  <      >"
