"""Ratings as JSON lines mean what the same ratings mean as CSV."""

from collections.abc import Callable
from typing import Any

from hiringkit.domain.finding import Finding
from hiringkit.domain.rating_table import RatingTable
from hiringkit.exchange.ratings import read_ratings

Say = Callable[[list[Finding]], list[str]]
Show = Callable[[RatingTable | None], list[tuple[Any, ...]]]
Write = Callable[..., str]


def test_each_line_is_a_rating(write: Write, rows: Show) -> None:
    path = write(
        '{"candidate": "王小明", "interviewer": "i1", "question": "q1", "rating": 4, "weight": 0.5}\n'
        "\n"
        '{"candidate": 7, "interviewer": "i1", "question": "q1", "rating": "no-evidence", "evidence": "a\\nb"}\r\n'
        '{"candidate": 7, "interviewer": "i1", "question": "q2", "rating": null}\n'
        '{"candidate": 7, "interviewer": "i1", "question": "q3"}',
        "ratings.jsonl",
    )
    table, findings = read_ratings(path)
    assert findings == []
    assert rows(table) == [("王小明", "i1", "q1", 4.0, 1), ("7", "i1", "q1", "no-evidence", 3)]
    assert table is not None
    assert table.absent == 2
    assert list(table.weight) == [0.5, 1.0]
    assert table.evidence == ["", "a\nb"]


def test_every_fault_is_named_with_its_line(write: Write, rows: Show, said: Say) -> None:
    good = '"interviewer": "i", "question": "q", "rating": 3}'
    path = write(
        "\n".join(
            [
                '{"candidate": "c", ' + good,
                '{"candidate": "c", "rating": }',
                "[1, 2]",
                '{"candidate": "c", "candidate": "d", ' + good,
                '{"candidate": true, ' + good,
                '{"candidate": "c", "interviewer": "i", "question": "q", "rating": NaN}',
                '{"candidate": "c", "interviewer": "i", "question": "q", "rating": [4]}',
                '{"candidate": "c", "interviewer": "i", "question": "q", "rating": true}',
                '{"candidate": null, "remark": 1, ' + good,
                "[" * 100_000,
                '{"candidate": "\\u001b[2J\\u0000", ' + good,
            ]
        ),
        "ratings.ndjson",
    )
    table, findings = read_ratings(path)
    assert rows(table) == [("c", "i", "q", 3.0, 1), ("\ufffd[2J\ufffd", "i", "q", 3.0, 11)]
    found = said(findings)
    assert found[:5] == [
        "ratings.ndjson:1: warning unknown-column remark: column 'remark' is not known and is left out",
        "ratings.ndjson:2:30: error json-syntax: the line is not JSON: Expecting value",
        'ratings.ndjson:3: error json-row: the line is JSON but not an object (hint: {"candidate": …})',
        "ratings.ndjson:4: error json-syntax: the line is not JSON: the key 'candidate' stands there twice",
        "ratings.ndjson:5: error json-value candidate: 'true' is no text (hint: write it in quotes)",
    ]
    assert found[5:9] == [
        (
            "ratings.ndjson:6: error rating-not-finite rating: rating 'NaN' is not a finite number "
            "(hint: leave the cell empty for none)"
        ),
        (
            "ratings.ndjson:7: error rating-unknown rating: rating '[4]' is neither a number nor not-assessed "
            "nor no-evidence (hint: --map FILE says what each word means as a level)"
        ),
        (
            "ratings.ndjson:8: error rating-unknown rating: rating 'true' is neither a number nor not-assessed "
            "nor no-evidence (hint: --map FILE says what each word means as a level)"
        ),
        "ratings.ndjson:9: error empty-id candidate: the cell is empty, expected an id",
    ]
    assert found[9].startswith("ratings.ndjson:10: error json-syntax: the line is not JSON: maximum recursion depth")


def test_a_key_that_no_line_has_is_a_missing_column(write: Write, said: Say) -> None:
    table, findings = read_ratings(write('{"candidate": "c", "who": "i", "question": "q", "rating": 3}', "r.jsonl"))
    assert table is None
    assert said(findings)[0] == (
        "r.jsonl:1: error missing-column interviewer: no column 'interviewer' (hint: the first row names the columns)"
    )


def test_a_file_without_a_single_object_says_only_what_is_wrong_with_its_lines(write: Write, said: Say) -> None:
    table, findings = read_ratings(write("nonsense\n", "r.jsonl"))
    assert table is None
    assert said(findings) == ["r.jsonl:1:1: error json-syntax: the line is not JSON: Expecting value"]


def test_what_is_no_text_is_refused_as_in_csv(write: Write, said: Say) -> None:
    table, findings = read_ratings(write(b"\xff\xfe{\0}\0\0", "r.jsonl"))
    assert table is None
    assert [finding.code for finding in findings] == ["encoding"]
