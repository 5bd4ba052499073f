"""CSV and TSV of ratings: what each row means, and where and how each fault is said."""

import io
from collections.abc import Callable
from typing import Any

import pytest

from hiringkit.domain.codes import Code
from hiringkit.domain.finding import Finding, has_errors
from hiringkit.domain.rating_table import RatingTable
from hiringkit.exchange.ratings import read_ratings

Say = Callable[[list[Finding]], list[str]]
Show = Callable[[RatingTable | None], list[tuple[Any, ...]]]
Write = Callable[..., str]

HEADER = "candidate,interviewer,question,rating\n"


def test_numbers_marks_and_absent_ratings_are_three_different_things(write: Write, rows: Show) -> None:
    path = write(HEADER + "c1,i1,q1,4\nc1,i1,q2,3.5\nc1,i2,q1,not-assessed\nc1,i2,q2,no-evidence\nc2,i2,q1,\n")
    table, findings = read_ratings(path)
    assert findings == []
    assert rows(table) == [
        ("c1", "i1", "q1", 4.0, 2),
        ("c1", "i1", "q2", 3.5, 3),
        ("c1", "i2", "q1", "not-assessed", 4),
        ("c1", "i2", "q2", "no-evidence", 5),
    ]
    assert table is not None
    assert table.absent == 1


def test_a_candidate_whose_ratings_are_all_absent_is_still_known(write: Write) -> None:
    table, _ = read_ratings(write(HEADER + "c1,i1,q1,4\nc2,i1,q1,\n"))
    assert table is not None
    assert list(table.candidate.labels) == ["c1", "c2"]


def test_columns_stand_in_any_order_and_the_optional_ones_are_kept(write: Write, rows: Show) -> None:
    path = write(
        "rating,weight,question,opening,criterion,evidence,rated_at,candidate,interviewer\n"
        '4,2,q1,som,crm,"said ""yes"", twice\nand meant it",2026-03-01T10:00:00+00:00,王小明,i1\n'
        "5,,q2,som,crm,,,王小明,i1\n"
    )
    table, findings = read_ratings(path)
    assert findings == []
    assert rows(table) == [("王小明", "i1", "q1", 4.0, 2), ("王小明", "i1", "q2", 5.0, 4)]
    assert table is not None
    assert list(table.weight) == [2.0, 1.0]
    assert table.evidence == ['said "yes", twice\nand meant it', ""]
    assert table.rated_at == ["2026-03-01T10:00:00+00:00", ""]
    assert table.opening is not None
    assert table.criterion is not None
    assert (list(table.opening.labels), list(table.criterion.labels)) == (["som"], ["crm"])


def test_an_optional_column_in_which_nothing_stands_is_as_good_as_absent(write: Write) -> None:
    table, findings = read_ratings(
        write("candidate,interviewer,question,rating,evidence,weight,opening\nc1,i1,q1,4,,,\n")
    )
    assert findings == []
    assert table is not None
    assert (table.evidence, table.weight, table.opening) == (None, None, None)


def test_tabs_separate_in_tsv(write: Write, rows: Show) -> None:
    table, _ = read_ratings(write(HEADER.replace(",", "\t") + "Lee, Ann\ti1\tq1\t4\n", "ratings.tsv"))
    assert rows(table) == [("Lee, Ann", "i1", "q1", 4.0, 2)]


def test_a_byte_order_mark_and_dos_line_ends_are_fine(write: Write, rows: Show) -> None:
    table, findings = read_ratings(write("\ufeff" + (HEADER + "c1,i1,q1,4\nc1,i1,q2,2\n").replace("\n", "\r\n")))
    assert findings == []
    assert rows(table) == [("c1", "i1", "q1", 4.0, 2), ("c1", "i1", "q2", 2.0, 3)]


def test_line_numbers_stay_right_after_line_breaks_in_quotes_and_blank_lines(
    write: Write, rows: Show, said: Say
) -> None:
    path = write(
        "candidate,evidence,interviewer,question,rating\n"
        'c1,"one\ntwo\r\nthree",i1,q1,4\n'
        "\n"
        "c1,none,i1,q2,5\n"
        'c1,"one\ntwo",i1,q3,six\n'
    )
    table, findings = read_ratings(path)
    assert rows(table) == [("c1", "i1", "q1", 4.0, 2), ("c1", "i1", "q2", 5.0, 6)]
    assert said(findings) == [
        (
            "ratings.csv:8:12: error rating-unknown rating: "
            "rating 'six' is neither a number nor not-assessed nor no-evidence "
            "(hint: --map FILE says what each word means as a level)"
        )
    ]


def test_standard_input_is_csv_unless_told(rows: Show) -> None:
    table, _ = read_ratings("-", stdin=io.BytesIO((HEADER + "c1,i1,q1,4\n").encode()))
    assert rows(table) == [("c1", "i1", "q1", 4.0, 2)]
    tabs = (HEADER + "c1,i1,q1,4\n").replace(",", "\t").encode()
    table, _ = read_ratings("-", stdin=io.BytesIO(tabs), format="tsv")
    assert rows(table) == [("c1", "i1", "q1", 4.0, 2)]


def test_every_fault_of_a_file_is_named_in_one_pass(write: Write, rows: Show, said: Say) -> None:
    path = write(
        "candidate,interviewer,question,rating,weight,remark\n"
        "c1,i1,q1,4,1,fine\n"
        ",i1,q1,4,1,\n"
        "c1,i1,q1,Not so good,1,\n"
        'c1,i1,q1,"3,5",1,\n'
        "c1,i1,q1,四,1,\n"
        "c1,i1,q1,?,1,\n"
        "c1,i1,q1,NaN,1,\n"
        "c1,i1,q1,1e999,1,\n"
        "c1,i1,q1,4,heavy,\n"
        "c1,i1,q1,4,0,\n"
        "c1,i1,q1,4\n"
        "c1,i1,q1,4,1,a,b\n"
        ",,,,,\n"
    )
    table, findings = read_ratings(path)
    assert rows(table) == [("c1", "i1", "q1", 4.0, 2)]
    assert said(findings) == [
        "ratings.csv:1: warning unknown-column remark: column 'remark' is not known and is left out",
        "ratings.csv:3:1: error empty-id candidate: the cell is empty, expected an id",
        (
            "ratings.csv:4:10: error rating-unknown rating: rating 'Not so good' is neither a number nor not-assessed "
            "nor no-evidence (hint: --map FILE says what each word means as a level)"
        ),
        (
            "ratings.csv:5:10: error rating-unknown rating: rating '3,5' is neither a number nor not-assessed "
            "nor no-evidence (hint: write 3.5)"
        ),
        (
            "ratings.csv:6:10: error rating-unknown rating: rating '四' is neither a number nor not-assessed "
            "nor no-evidence (hint: --map FILE says what each word means as a level)"
        ),
        (
            "ratings.csv:7:10: error rating-unknown rating: rating '?' is neither a number nor not-assessed "
            "nor no-evidence (hint: --map FILE says what each word means as a level)"
        ),
        (
            "ratings.csv:8:10: error rating-not-finite rating: rating 'NaN' is not a finite number "
            "(hint: leave the cell empty for none)"
        ),
        (
            "ratings.csv:9:10: error rating-not-finite rating: rating '1e999' is not a finite number "
            "(hint: leave the cell empty for none)"
        ),
        "ratings.csv:10:12: error weight-unknown weight: weight 'heavy' is not a number",
        (
            "ratings.csv:11:12: error weight-not-positive weight: weight '0' is not positive "
            "(hint: leave the cell empty for 1)"
        ),
        "ratings.csv:12: error row-length: the row has 4 cells, the header 6",
        (
            "ratings.csv:13: error row-length: the row has 7 cells, the header 6 "
            "(hint: is a quote missing around a cell that holds the delimiter?)"
        ),
        "ratings.csv:14:1: warning empty-row candidate: nothing is filled in, the row is left out",
    ]


def test_a_missing_column_is_named_with_the_header_that_comes_near(write: Write, said: Say) -> None:
    table, findings = read_ratings(write("Candidat,interviewr,question,scored\nc1,i1,q1,4\n"))
    assert table is None
    assert said(findings) == [
        "ratings.csv:1: error missing-column candidate: no column 'candidate' (hint: is it the column 'Candidat'?)",
        (
            "ratings.csv:1: error missing-column interviewer: no column 'interviewer' "
            "(hint: is it the column 'interviewr'?)"
        ),
        "ratings.csv:1: error missing-column rating: no column 'rating' (hint: the first row names the columns)",
        (
            "ratings.csv:1: warning unknown-column Candidat: column 'Candidat' is not known and is left out "
            "(hint: did you mean 'candidate'?)"
        ),
        (
            "ratings.csv:1: warning unknown-column interviewr: column 'interviewr' is not known and is left out "
            "(hint: did you mean 'interviewer'?)"
        ),
        "ratings.csv:1: warning unknown-column scored: column 'scored' is not known and is left out",
    ]


@pytest.mark.parametrize(
    ("content", "finding"),
    [
        (b"", "ratings.csv: error empty-file: the file is empty"),
        (b"\xef\xbb\xbf \r\n\n", "ratings.csv: error empty-file: the file is empty"),
        (HEADER.encode(), "ratings.csv: error no-rows: the file has column names and no rows"),
        (
            HEADER.encode() + b"c1,i1,q\x001,4\n",
            "ratings.csv:2:8: error binary-file: the file holds a NUL byte: it is no text (hint: save it as CSV UTF-8)",
        ),
        (
            HEADER.encode() + "王,".encode() + b"\xcd\xf5,q1,4\n",
            "ratings.csv:2:3: error encoding: the file is not UTF-8: byte 0xcd is no text (hint: save it as CSV UTF-8)",
        ),
        (
            (HEADER + "c1,i1,q1,4\n").encode("utf-16")[:-1],
            (
                "ratings.csv:1: error encoding: the file begins as UTF-16 and does not go on so: it is cut off or "
                "damaged (hint: save it as CSV UTF-8)"
            ),
        ),
        (
            HEADER.encode() + b"c1,i1,q1,4\n" + b"c1,i1,q2," + b"9" * 200_000 + b"\n",
            (
                "ratings.csv:3: error cell-too-long: a cell is longer than 131,072 characters "
                "(hint: is a quote missing before it?)"
            ),
        ),
        (
            HEADER.encode() + b'c1,i1,q1,4\nc1,"i1,q1,4\nc1,i1,q2,4\n',
            (
                "ratings.csv:3: error unclosed-quote: a quote opens in this row and never closes "
                '(hint: write "" for a quote within quotes)'
            ),
        ),
        (
            b"candidate,rating,interviewer,question,rating\nc1,4,i1,q1,4\n",
            "ratings.csv:1: error duplicate-column rating: column 'rating' stands there twice",
        ),
    ],
)
def test_a_file_that_cannot_be_used_says_why_and_where(content: bytes, finding: str, write: Write, said: Say) -> None:
    table, findings = read_ratings(write(content))
    assert said(findings) == [finding]
    assert has_errors(findings)
    assert table is None or len(table) == 0


def test_of_a_million_faults_fifty_are_told_and_the_rest_counted(write: Write, said: Say) -> None:
    table, findings = read_ratings(write(HEADER + "c1,i1,q1,bad\n" * 700 + "c1,i1,q1,4\n" + "c1,i1,q1\n" * 60))
    assert table is not None
    assert len(table) == 1
    assert [f.code for f in findings].count(Code.RATING_UNKNOWN) == 51
    assert [f.code for f in findings].count(Code.ROW_LENGTH) == 51
    assert said(findings)[-2:] == [
        "error row-length: and 10 more like this",
        "error rating-unknown: and 650 more like this",
    ]


def test_faults_of_one_kind_in_several_columns_are_counted_together(write: Write, said: Say) -> None:
    _, findings = read_ratings(write(HEADER + ",,,4\n" * 40))
    assert len(findings) == 51
    assert said(findings)[-1] == "error empty-id: and 70 more like this"


def test_ids_are_made_harmless_and_those_that_look_the_same_are_one_with_a_warning(
    write: Write, rows: Show, said: Say
) -> None:
    path = write(HEADER + "e\u0301va,i1,q1,4\n\u00e9va ,i1,q2,5\n\x1b[31mred,\u202eevil,q3,3\n'=1+1,i1,q4,2\n")
    table, findings = read_ratings(path)
    assert rows(table) == [
        ("\u00e9va", "i1", "q1", 4.0, 2),
        ("\u00e9va", "i1", "q2", 5.0, 3),
        ("\ufffd[31mred", "\ufffdevil", "q3", 3.0, 4),
        ("=1+1", "i1", "q4", 2.0, 5),
    ]
    assert said(findings) == [
        "ratings.csv:3:1: warning ids-merged candidate: '\u00e9va ' and 'e\u0301va' are taken as one"
    ]


def test_a_quote_inside_an_unquoted_cell_is_a_sign_like_any_other(write: Write, rows: Show, said: Say) -> None:
    table, findings = read_ratings(write(HEADER + 'Bob "Bo" Lee,i1,q1,4\n"a""b",i1,q1,zz\n'))
    assert rows(table) == [('Bob "Bo" Lee', "i1", "q1", 4.0, 2)]
    assert said(findings)[0].startswith("ratings.csv:3:14: error rating-unknown")
