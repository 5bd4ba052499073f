"""Candidates and interviewers out of CSV."""

import io
from collections.abc import Callable

import pytest

from hiringkit.domain.finding import Finding
from hiringkit.domain.people import Candidate, Interviewer
from hiringkit.errors import NotFound
from hiringkit.exchange.people import read_people

Write = Callable[..., str]
Say = Callable[[list[Finding]], list[str]]


def test_candidates_are_read_with_names_in_any_script(write: Write) -> None:
    people, findings = read_people(
        write('name,email,note,id\n王小明,wang@example.org,"two\nlines",wang\nAnn Lee,,,\n', "people.csv")
    )
    assert findings == []
    assert people == (Candidate("wang", "王小明", "wang@example.org", "two\nlines"), Candidate("", "Ann Lee"))


def test_interviewers_have_no_note(write: Write, said: Say) -> None:
    people, findings = read_people(write("name,email,note\nMax,max@example.org,strict\n", "people.csv"), "interviewer")
    assert people == (Interviewer("", "Max", "max@example.org"),)
    assert said(findings) == ["people.csv:1: warning unknown-column note: column 'note' is not known and is left out"]


def test_one_column_of_names_is_enough() -> None:
    people, findings = read_people("-", stdin=io.BytesIO("\ufeffname\r\n李 A\r\n".encode()))
    assert (people, findings) == ((Candidate("", "李 A"),), [])


def test_tabs_separate_in_tsv(write: Write) -> None:
    people, _ = read_people(write("name\temail\nLee, Ann\ta@example.org\n", "people.tsv"))
    assert people == (Candidate("", "Lee, Ann", "a@example.org"),)


def test_an_apostrophe_that_kept_a_spreadsheet_quiet_is_taken_off(write: Write) -> None:
    people, _ = read_people(write("name,note\n'=HYPERLINK(1),'-5\nO'Brien,'tis\n", "people.csv"))
    assert [(person.name, getattr(person, "note", "")) for person in people] == [
        ("=HYPERLINK(1)", "-5"),
        ("O'Brien", "'tis"),
    ]


def test_hostile_names_are_made_harmless(write: Write) -> None:
    people, findings = read_people(write('name\n\x1b]0;x\x07\n[/x]\n<script>\n\u202eevil\n"a\nb"\n', "people.csv"))
    assert findings == []
    assert [person.name for person in people] == ["\ufffd]0;x\ufffd", "[/x]", "<script>", "\ufffdevil", "a b"]


def test_every_fault_is_named_and_only_its_row_left_out(write: Write, said: Say) -> None:
    path = write(
        "name,id,email\n"
        "Ann,ann,ann@example.org\n"
        ",nobody,\n"
        "Bo,Bo Jensen,\n"
        "Cy,ann,\n"
        "Di,di,ANN@example.org\n"
        "Ed,,\n"
        "Ed,,\n"
        "Flo\n"
        ",,\n",
        "people.csv",
    )
    people, findings = read_people(path)
    assert [person.name for person in people] == ["Ann", "Di", "Ed", "Ed"]
    assert said(findings) == [
        "people.csv:3:1: error empty-name name: the person has no name",
        (
            "people.csv:4:4: error id-form id: 'Bo Jensen' is no id "
            "(hint: lower-case words joined by -, at most 60 signs; or leave it empty)"
        ),
        "people.csv:5:4: error duplicate-id id: id 'ann' stands in line 2 already (hint: is it the same person?)",
        (
            "people.csv:6:7: warning duplicate-email email: email 'ANN@example.org' stands in line 2 already "
            "(hint: is it the same person?)"
        ),
        (
            "people.csv:8:1: warning duplicate-name name: name 'Ed' stands in line 7 already "
            "(hint: is it the same person?)"
        ),
        "people.csv:9: error row-length: the row has 1 cells, the header 3",
        "people.csv:10: warning empty-row: nothing is filled in, the row is left out",
    ]


def test_two_interviewers_cannot_share_the_address_that_they_act_as(write: Write) -> None:
    people, findings = read_people(write("name,email\nMax,m@example.org\nMia,m@example.org\n"), "interviewer")
    assert [person.name for person in people] == ["Max"]
    assert [(f.code, f.severity) for f in findings] == [("duplicate-email", "error")]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", "empty-file"),
        ("name\n", "no-rows"),
        ("Person\nAnn\n", "missing-column"),
        ('name\n"Ann\n', "unclosed-quote"),
        (b"name\n\x81\n", "encoding"),
        (b"PK\x03\x04\0\0", "binary-file"),
    ],
)
def test_a_file_that_cannot_be_used_adds_nobody(content: str | bytes, code: str, write: Write) -> None:
    people, findings = read_people(write(content, "people.csv"))
    assert people == ()
    assert findings[0].code == code


def test_a_file_that_is_not_there_is_not_found() -> None:
    with pytest.raises(NotFound, match=r"there is no file 'nowhere\.csv'"):
        read_people("nowhere.csv")
