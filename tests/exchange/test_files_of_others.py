"""Files as spreadsheets and other programs write them, and what is said of how they were understood. All invented."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
import xlwt

from hiringkit.domain.codes import Code
from hiringkit.domain.finding import Finding, has_errors
from hiringkit.domain.people import Candidate
from hiringkit.domain.rating_table import RatingTable
from hiringkit.exchange.people import read_people
from hiringkit.exchange.ratings import read_ratings
from hiringkit.exchange.score_sheets import read_score_sheet

CASES = Path(__file__).parents[1] / "data" / "cases"
Write = Callable[..., str]
Show = Callable[[RatingTable | None], list[tuple[Any, ...]]]
Say = Callable[[list[Finding]], list[str]]
HEADER = "candidate,interviewer,question,rating\n"
NOOR = Candidate("", "Noor Example", "noor@example.org")


def codes(findings: list[Finding]) -> list[str]:
    return [str(finding.code) for finding in findings]


@pytest.mark.parametrize(
    ("name", "people", "told"),
    [
        ("capital-headers", [Candidate("", "Noor Example", "noor@example.org", "hi")], [Code.COLUMNS_RECOGNISED]),
        ("chinese-headers", [Candidate("", "王小明", "wang@example.org")], [Code.COLUMNS_RECOGNISED]),
        (
            "first-last-email",
            [NOOR, Candidate("", "Sean O'Brien, Jr", "sean@example.org")],
            [Code.UNKNOWN_COLUMN, Code.UNKNOWN_COLUMN, Code.COLUMNS_RECOGNISED],
        ),
        ("semicolon-bom", [NOOR], [Code.TABLE_SHAPE]),
        ("sep-line", [NOOR], []),
        ("utf16-tab", [NOOR], [Code.TABLE_SHAPE]),
    ],
)
def test_files_of_people_from_the_field_are_read(name: str, people: list[Candidate], told: list[str]) -> None:
    read, findings = read_people(str(CASES / "people" / f"{name}.csv"))
    assert list(read) == people
    assert codes(findings) == told


def test_a_family_name_comes_first_in_chinese(write: Write) -> None:
    read, _ = read_people(write("姓,名,电子邮箱\n王,小明,wang@example.org\n", "people.csv"))
    assert read == (Candidate("", "王小明", "wang@example.org"),)


def test_people_without_a_first_name_need_a_name(write: Write) -> None:
    read, findings = read_people(write("Last Name,Email\nExample,noor@example.org\n", "people.csv"))
    assert read == ()
    assert codes(findings)[0] == "missing-column"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030"])
def test_chinese_is_read_in_whatever_encoding_it_comes(encoding: str, write: Write) -> None:
    text = "姓名,邮箱,备注\n王小明,wang@example.org,数据分析能力强\n欧阳,ou@example.org,销售运营\n"
    read, findings = read_people(write(text.encode(encoding), "people.csv"))
    assert [person.name for person in read] == ["王小明", "欧阳"]
    assert (Code.ENCODING_GUESSED in codes(findings)) is (encoding == "gb18030")


def test_latin_letters_of_windows_are_read_and_the_guess_is_said(write: Write, said: Say) -> None:
    read, findings = read_people(write("name,email\nZoë Müller,zoe@example.org\n".encode("cp1252"), "people.csv"))
    assert [person.name for person in read] == ["Zoë Müller"]
    assert said(findings) == [
        (
            "people.csv: warning encoding-guessed: the file is not UTF-8 and is read as Windows-1252, with words such "
            "as 'Zoë' (hint: if that is not how it is written, save it as CSV UTF-8)"
        )
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("sep=;\nName;E-Mail\nNoor Example;noor@example.org\n", ["table-shape", "columns-recognised"]),
        ("Name|E-Mail\nNoor Example|noor@example.org\n", ["table-shape", "columns-recognised"]),
        ("Applicants of May\n\nname,email,,\nNoor Example,noor@example.org,,\n", ["table-shape"]),
        ("name,email\nNoor Example,noor@example.org\n,\n", ["empty-row"]),
    ],
)
def test_the_rows_are_found(text: str, told: list[str], write: Write) -> None:
    read, findings = read_people(write(text, "people.csv"))
    assert read == (NOOR,)
    assert codes(findings) == told
    assert not has_errors(findings)


def test_places_are_those_of_the_file_behind_a_title_and_in_another_encoding(write: Write, said: Say) -> None:
    text = "sep=;\nRatings of May\n\nCandidate;Interviewer;Question;Rating\nNoor;Ivo;q1;4\nNoor;Una;q1;fünf\n"
    table, findings = read_ratings(write(text.encode("utf-16")))
    assert table is not None
    assert said(findings)[-1].startswith("ratings.csv:6:13: error rating-unknown rating: rating 'fünf'")
    assert "the columns are named in line 4; what stands above is left out" in said(findings)[1]


def test_headers_in_capitals_are_read_as_those_in_small_letters(rows: Show) -> None:
    table, findings = read_ratings(str(CASES / "capital-headers.csv"))
    assert rows(table) == [("Noor", "Ivo", "q1", 4.0, 2), ("Pim", "Ivo", "q1", 3.0, 3)]
    assert codes(findings) == ["columns-recognised"]


def test_an_export_is_read_back_by_its_own_names(write: Write, rows: Show) -> None:
    header = "candidate,candidate_name,interviewer,interviewer_name,question,rating,submitted_at,recommendation"
    table, findings = read_ratings(write(f"{header}\nnoor,Noor Example,ivo,Ivo One,q1,4,2026-11-01,yes\n"))
    assert findings == []
    assert rows(table) == [("noor", "ivo", "q1", 4.0, 2)]


def test_spellings_that_differ_in_case_and_blanks_are_one_person(rows: Show, said: Say) -> None:
    table, findings = read_ratings(str(CASES / "case-variants.csv"))
    assert [row[:2] for row in rows(table)] == [("Ann", "Ivo"), ("Ann", "Una"), ("Dee", "Ivo"), ("Dee", "Una")]
    assert [each.split("case-variants.csv:")[-1] for each in said(findings)] == [
        "3:1: warning ids-merged candidate: 'ann ' and 'Ann' are taken as one",
        "4:5: warning ids-merged interviewer: 'ivo' and 'Ivo' are taken as one",
    ]


def test_ids_that_a_program_made_stay_apart(write: Write, rows: Show) -> None:
    table, findings = read_ratings(write(HEADER + "aB3x,i1,q1,4\nAb3X,i1,q1,3\n"))
    assert findings == []
    assert [row[0] for row in rows(table)] == ["aB3x", "Ab3X"]


def test_words_for_nothing_rated_never_become_numbers_and_others_are_refused(rows: Show, said: Say) -> None:
    table, findings = read_ratings(str(CASES / "words-and-marks.csv"))
    assert rows(table) == [("Noor", "Ivo", "q1", "not-assessed", 2)]
    assert [each.split("words-and-marks.csv:")[-1] for each in said(findings)] == [
        "2:13: info rating-word rating: 'N/A' is read as not-assessed",
        (
            "3:13: error rating-unknown rating: rating 'Strong Yes' is neither a number nor not-assessed nor "
            "no-evidence (hint: --map FILE says what each word means as a level)"
        ),
        (
            "4:12: error rating-unknown rating: rating '4/5' is neither a number nor not-assessed nor no-evidence "
            "(hint: --map FILE says what each word means as a level)"
        ),
        (
            "5:12: error rating-unknown rating: rating '3,5' is neither a number nor not-assessed nor no-evidence "
            "(hint: write 3.5)"
        ),
    ]


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("N/A", "not-assessed"),
        ("Did not ask", "not-assessed"),
        ("no_decision", "not-assessed"),
        ("未提问", "not-assessed"),
        ("No evidence", "no-evidence"),
        ("４", 4.0),
        (" 3.5 ", 3.5),
    ],
)
def test_words_and_digits_of_every_width(cell: str, read: str | float, write: Write, rows: Show) -> None:
    table, findings = read_ratings(write(HEADER + f"c1,i1,q1,{cell}\n"))
    assert rows(table) == [("c1", "i1", "q1", read, 2)]
    assert not has_errors(findings)


@pytest.mark.parametrize("cell", ["NA", "null", "None"])
def test_a_missing_value_is_absent_and_said_to_be(cell: str, write: Write, rows: Show) -> None:
    table, findings = read_ratings(write(HEADER + f"c1,i1,q1,4\nc1,i1,q2,{cell}\n"))
    assert rows(table) == [("c1", "i1", "q1", 4.0, 2)]
    assert table is not None
    assert table.absent == 1
    assert codes(findings) == ["rating-word"]


def test_a_score_within_an_object_is_the_rating(write: Write, rows: Show) -> None:
    line = '{"candidate": "c1", "interviewer": "Ivo", "question": "Data", "rating": {"score": 4, "note": "x"}}\n'
    table, findings = read_ratings(write(line, "r.jsonl"))
    assert (rows(table), findings) == ([("c1", "Ivo", "Data", 4.0, 1)], [])


@pytest.mark.slow
def test_a_million_columns_are_counted_and_not_compared(write: Write) -> None:
    wide = ",".join(f"column {n}" for n in range(1_000_000))
    table, findings = read_ratings(write(f"{wide}\n" + "," * 999_999 + "\n"))
    assert table is None
    assert [str(each.code) for each in findings].count("missing-column") == 4
    assert findings[-1].message == "and 999950 more like this"


@pytest.mark.slow
def test_many_columns_of_ratings_are_found_once_each(write: Write) -> None:
    wide = ",".join(f"column {n}" for n in range(30_000))
    sheet, findings = read_score_sheet(write(f"{wide}\n" + "1," * 29_999 + "1\n"))
    assert sheet is None
    assert codes(findings) == ["missing-column"]


def workbook(path: Path, rows: list[list[object]], **more: object) -> str:
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Ratings")
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            sheet.write(number, column, cell)
    for call, args in more.items():
        getattr(sheet, call)(*args)  # type: ignore[misc]
    book.close()
    return str(path)


RATED: list[list[object]] = [
    ["Candidate", "Interviewer", "Question", "Rating"],
    ["Noor", "Ivo", "q1", 4],
    ["Pim", "Ivo", "q1", 3.5],
]


def test_a_workbook_is_read(tmp_path: Path, rows: Show) -> None:
    table, findings = read_ratings(workbook(tmp_path / "r.xlsx", [["Ratings of May"], [], *RATED]))
    assert rows(table) == [("Noor", "Ivo", "q1", 4.0, 4), ("Pim", "Ivo", "q1", 3.5, 5)]
    assert codes(findings) == ["table-shape", "columns-recognised"]


def test_a_fault_in_a_workbook_has_row_and_column(tmp_path: Path, said: Say) -> None:
    _table, findings = read_ratings(workbook(tmp_path / "r.xlsx", [*RATED, ["Dee", "Ivo", "q1", "good"]]))
    assert said(findings)[-1].startswith("r.xlsx:4:4: error rating-unknown rating: rating 'good'")


def test_a_merged_cell_counts_for_each_row_and_a_formula_for_its_value(tmp_path: Path, rows: Show) -> None:
    rated: list[list[object]] = [RATED[0], ["", "Ivo", "q1", 4], ["", "Una", "q1", ""]]
    path = workbook(tmp_path / "r.xlsx", rated, merge_range=(1, 0, 2, 0, "Noor"), write_formula=(2, 3, "=1+1", None, 2))
    table, _ = read_ratings(path)
    assert [row[:4] for row in rows(table)] == [("Noor", "Ivo", "q1", 4.0), ("Noor", "Una", "q1", 2.0)]


def test_of_several_sheets_the_one_with_ratings_is_read_and_named(tmp_path: Path, rows: Show, said: Say) -> None:
    path = tmp_path / "r.xlsx"
    book = xlsxwriter.Workbook(str(path))
    book.add_worksheet("Read me").write(0, 0, "invented")
    sheet = book.add_worksheet("Mai")
    for number, row in enumerate(RATED):
        sheet.write_row(number, 0, row)
    book.close()
    table, findings = read_ratings(str(path))
    assert len(rows(table)) == 2
    assert said(findings)[0] == "r.xlsx: info table-shape: of 2 sheets, 'Mai' is read"


def open_document(path: Path, rows: str) -> str:
    """Write an OpenDocument sheet of rows in XML."""
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="Ratings">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", content)
        package.writestr("META-INF/manifest.xml", manifest)
    return str(path)


def row_of(cells: list[object], *, times: int = 1, rows: int = 1) -> str:
    """Return a row of texts, the row and its cells repeated."""
    opening = f'<table:table-cell office:value-type="string" table:number-columns-repeated="{times}">'
    texts = "".join(f"{opening}<text:p>{cell}</text:p></table:table-cell>" for cell in cells)
    return f'<table:table-row table:number-rows-repeated="{rows}">{texts}</table:table-row>'


def test_old_workbooks_and_open_documents_are_read(tmp_path: Path, rows: Show) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Ratings")
    for number, row in enumerate(RATED):
        for column, cell in enumerate(row):
            sheet.write(number, column, cell)
    book.save(str(tmp_path / "r.xls"))
    # programs fill a sheet up with empty cells, which count for nothing
    empty = '<table:table-cell table:number-columns-repeated="16384"/>'
    rest = f'<table:table-row table:number-rows-repeated="1048000">{empty}</table:table-row>'
    open_document(tmp_path / "r.ods", "".join(map(row_of, RATED)) + rest)
    for name in ("r.xls", "r.ods"):
        table, _ = read_ratings(str(tmp_path / name))
        assert [row[3] for row in rows(table)] == [4.0, 3.5]


@pytest.mark.parametrize("times", [2_000, 1_048_576])
def test_an_open_document_that_repeats_a_cell_without_end_is_refused_before_it_is_read(
    times: int, tmp_path: Path
) -> None:
    path = open_document(tmp_path / "r.ods", row_of(["x"], rows=times, times=16_384))
    table, findings = read_ratings(path)
    assert (table, codes(findings)) == (None, ["too-large"])


@pytest.mark.slow
def test_a_workbook_that_reaches_to_the_end_of_the_sheet_is_refused_before_it_is_read(
    tmp_path: Path, said: Say
) -> None:
    path = workbook(tmp_path / "r.xlsx", RATED, write=(1_048_575, 16_383, "x"))
    table, findings = read_ratings(path)
    assert table is None
    assert said(findings) == [
        (
            "r.xlsx: error too-large: sheet 'sheet1' reaches to row 1048576 and column 16384, most of it empty "
            "(hint: delete the empty rows and columns, or save the sheet as CSV UTF-8)"
        )
    ]


@pytest.mark.slow
def test_a_workbook_that_unpacks_to_gigabytes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "r.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/sharedStrings.xml", b" " * 250_000_000)
    table, findings = read_ratings(str(path))
    assert (table, codes(findings)) == (None, ["too-large"])


@pytest.mark.parametrize("data", [b"PK\x03\x04", b"name\nNoor\n", b"\xd0\xcf\x11\xe0" + b"\0" * 600])
@pytest.mark.parametrize("ending", ["xlsx", "xls", "ods", "xlsb"])
def test_what_is_no_workbook_is_said_to_be_none(data: bytes, ending: str, write: Write) -> None:
    read, findings = read_people(write(data, f"people.{ending}"))
    assert (read, codes(findings)) == ((), ["not-workbook"])


def test_a_damaged_workbook_is_a_finding_wherever_it_is_damaged(tmp_path: Path) -> None:
    whole = Path(workbook(tmp_path / "r.xlsx", RATED)).read_bytes()
    for at in range(0, len(whole), 97):
        path = tmp_path / "damaged.xlsx"
        path.write_bytes(whole[:at] + b"\xff\x00" + whole[at + 2 :])
        table, findings = read_ratings(str(path))
        assert table is not None or has_errors(findings)


def test_standard_input_is_understood_as_a_file_is(rows: Show) -> None:
    table, _ = read_ratings(
        "-", stdin=io.BytesIO("Candidate;Interviewer;Question;Rating\nNoor;Ivo;q1;4\n".encode("utf-16"))
    )
    assert rows(table) == [("Noor", "Ivo", "q1", 4.0, 2)]
