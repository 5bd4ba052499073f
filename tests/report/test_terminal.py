"""Tables fit any width: texts are cut or wrapped, figures and words never, wide tables turn over."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from hiringkit.report.model import Cell, Column, Number, Report, Span, Table, Tone, Word, show_chance
from hiringkit.report.render.text import render


def show(columns: list[Column], rows: list[tuple[Cell, ...]], width: int = 80, *, colour: bool = False) -> list[str]:
    table = Table(tuple(columns), tuple(rows))
    return render(Report("", (table,)), width=width, colour=colour).splitlines()


def test_figures_stand_right_and_texts_left_by_cells() -> None:
    columns = [Column("name", "Name"), Column("score", "Score"), Column("gate", "Gate")]
    assert show(columns, [("王小明", Number(4), Word("pass")), ("Ann", Number(None), Word("unknown"))]) == [
        "Name    Score  Gate",
        "------  -----  -------",
        "王小明    4.0  pass",
        "Ann         -  unknown",
    ]


def test_a_marked_figure_stands_under_an_unmarked_one() -> None:
    assert show([Column("n", "N"), Column("s", "S")], [("a", Number(2, mark="*")), ("b", Number(10.25))]) == [
        "N      S",
        "-  -----",
        "a   2.0*",
        "b  10.2",
    ]


def test_a_long_name_is_cut_before_a_figure_is() -> None:
    columns = [Column("name", "Name"), Column("score", "Score")]
    rows: list[tuple[Cell, ...]] = [("An extraordinarily long name of somebody", Number(123456.25, 2))]
    assert show(columns, rows, 40) == [
        "Name                               Score",
        "-----------------------------  ---------",
        "An extraordinarily long name…  123456.25",
    ]


def test_a_text_that_may_wrap_goes_on_below() -> None:
    columns = [Column("id", "Id"), Column("text", "Question", wrap=True)]
    assert show(columns, [(Word("q1"), "How do you decide what to do first?"), (Word("q2"), "Why?")], 40) == [
        "Id  Question",
        "--  -----------------------------------",
        "q1  How do you decide what to do first?",
        "q2  Why?",
    ]
    assert show(columns, [(Word("q1"), "How do you decide what to do first, and what last?")], 40) == [
        "Id  Question",
        "--  ------------------------------------",
        "q1  How do you decide what to do first,",
        "    and what last?",
    ]


def test_a_wide_table_turns_over_and_names_its_rows_again() -> None:
    columns = [Column("name", "Candidate"), *(Column(f"c{i}", f"Criterion {i}") for i in range(1, 5))]
    rows: list[tuple[Cell, ...]] = [("王小明", *map(Number, (1, 2, 3, 4))), ("Ann Lee", *map(Number, (5, 4, 3, 2)))]
    assert show(columns, rows, 40) == [
        "Candidate  Criterion 1  Criterion 2",
        "---------  -----------  -----------",
        "王小明             1.0          2.0",
        "Ann Lee            5.0          4.0",
        "",
        "Candidate  Criterion 3  Criterion 4",
        "---------  -----------  -----------",
        "王小明             3.0          4.0",
        "Ann Lee            3.0          2.0",
    ]


def test_a_title_that_had_to_be_cut_is_given_in_full_below() -> None:
    title = "Accountability and communication with all of the stakeholders"
    assert show([Column("n", "Name"), Column("c", title)], [("Ann", Number(4))], 40) == [
        "      Accountability",
        "                 and",
        "Name  communication…",
        "----  --------------",
        "Ann              4.0",
        "",
        "Accountability and communication… =",
        "Accountability and communication with",
        "all of the stakeholders",
    ]


def test_an_id_as_wide_as_the_terminal_is_broken_but_never_cut() -> None:
    identity = "opening-with-a-long-name/candidate-with-a-long-name"
    lines = show([Column("id", "Id"), Column("state", "State")], [(Word(identity), Word("scheduled"))], 40)
    assert max(map(cell_len, lines)) <= 40
    assert "".join(line[:19].strip() for line in lines[2:]) == identity


def test_a_negative_zero_has_no_sign_and_a_signed_figure_has() -> None:
    assert show([Column("a", "A")], [(Number(-0.04),), (Number(0.26, signed=True),), (Number(0, signed=True),)])[
        2:
    ] == [
        " 0.0",
        "+0.3",
        " 0.0",
    ]


def test_figures_that_are_not_finite_are_not_known() -> None:
    cells: list[tuple[Cell, ...]] = [(Number(float("nan")),), (Number(float("inf")),)]
    assert show([Column("a", "A")], cells)[2:] == ["-", "-"]
    assert show([Column("a", "A")], [(Span((0.0, float("nan"))),)])[2:] == ["-"]


def test_colour_adds_to_words_and_takes_nothing_from_them() -> None:
    columns = [Column("n", "Name"), Column("g", "Gate")]
    rows: list[tuple[Cell, ...]] = [("Ann", Word("pass", Tone.GOOD)), ("Bo", Word("fail", Tone.BAD))]
    plain, coloured = show(columns, rows), show(columns, rows, colour=True)
    assert coloured[2:] == ["Ann   \x1b[32mpass\x1b[0m", "Bo    \x1b[31mfail\x1b[0m"]
    assert plain[2:] == ["Ann   pass", "Bo    fail"]


def test_an_empty_table_says_what_to_do() -> None:
    table = Table((Column("a", "A"),), (), "Things", "No things. Add one: hiringkit thing add")
    assert render(Report("All", (table,))) == "All\n===\n\nThings\n\nNo things. Add one: hiringkit thing add\n"
    assert render(Report("", (Table((Column("a", "A"),), ()),))) == "Nothing to show.\n"


NAMES = st.text(alphabet=st.sampled_from("abc 王é\u0301👩-"), max_size=60)
CELLS = st.one_of(
    NAMES, st.floats(-999, 999).map(Number), st.sampled_from([Word("pass"), Span((1.5, 2.5)), Span(None)])
)


@pytest.mark.slow
@given(
    st.lists(st.tuples(NAMES, st.booleans()), min_size=1, max_size=12),
    st.lists(st.lists(CELLS, min_size=12, max_size=12), min_size=1, max_size=4),
    st.sampled_from([40, 80, 120, 200]),
)
def test_no_table_is_wider_than_the_terminal(
    titles: list[tuple[str, bool]], rows: list[list[Cell]], width: int
) -> None:
    columns = [Column(str(i), title, wrap) for i, (title, wrap) in enumerate(titles)]
    lines = show(columns, [tuple(row[: len(columns)]) for row in rows], width)
    assert max(map(cell_len, lines)) <= width


@pytest.mark.parametrize("width", [1, 10, 39])
def test_a_terminal_too_narrow_for_any_table_gets_the_narrowest(width: int) -> None:
    lines = show([Column("a", "A"), Column("b", "B")], [("x" * 60, Number(1))], width)
    assert lines == show([Column("a", "A"), Column("b", "B")], [("x" * 60, Number(1))], 40)


@given(st.floats(0, 1), st.sampled_from([0.75, 0.95]))
def test_a_chance_is_never_shown_as_certain_nor_as_past_what_it_falls_short_of(chance: float, asked: float) -> None:
    shown = show_chance(chance, short_of=asked)
    assert shown in {"<1", ">99", *map(str, range(1, 100))}
    if chance < asked:
        assert int(shown.strip("<>")) < 100 * asked
    if shown.isdigit():
        assert abs(int(shown) - 100 * chance) < 1


def test_what_is_open_is_rounded_towards_the_middle() -> None:
    assert [show_chance(each, is_open=True) for each in (0.2501, 0.4999, 0.5001, 0.7499)] == ["26", "50", "50", "74"]


def test_chances_in_a_table() -> None:
    shown = show(
        [Column("n", "N"), Column("p", "P")], [("a", Number(0.9996, chance=True)), ("b", Number(0, chance=True))]
    )
    assert shown[2:] == ["a  >99 %", "b   <1 %"]
