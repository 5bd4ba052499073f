"""From bytes to text: UTF-8 and nothing else."""

from collections.abc import Callable, Iterable

import pytest

from hiringkit.domain.finding import Finding
from hiringkit.library.checks.findings import Findings
from hiringkit.library.documents import parse_bank, parse_rubric
from hiringkit.library.yaml.parse import MOST_BYTES, decode_text

Brief = Callable[[Iterable[Finding]], list[str]]

UTF8 = "(save the file as UTF-8)"
NO_TEXT = "(save it as UTF-8 text, or name another file)"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param("a: 1\nb: é".encode("latin-1"), f"2:4 encoding $ {UTF8}", id="latin-1"),
        pytest.param("标题: 甲".encode("gbk"), f"1:1 encoding $ {UTF8}", id="gbk"),
        pytest.param("a: 甲乙".encode() + b"\xff", f"1:6 encoding $ {UTF8}", id="a stray byte after Chinese"),
        pytest.param("a: 1".encode("utf-16"), f"1:1 encoding $ {UTF8}", id="utf-16"),
        pytest.param("a: 1".encode("utf-32"), f"1:1 encoding $ {UTF8}", id="utf-32"),
        pytest.param("a: 1".encode("utf-16-le"), f"1:2 binary $ {NO_TEXT}", id="utf-16 without its mark"),
        pytest.param(b"\x7fELF\x02\x01\x01\0\0", f"1:8 binary $ {NO_TEXT}", id="a program"),
        pytest.param(b"\x89PNG\r\n\x1a\n\0\0", f"3:1 binary $ {NO_TEXT}", id="a picture"),
        pytest.param(b"a: \xc3", f"1:4 encoding $ {UTF8}", id="a character cut in two"),
    ],
)
def test_what_is_not_utf8_text_is_found_at_its_first_byte(data: bytes, expected: str, briefly: Brief) -> None:
    value, findings = parse_rubric(data, "f")
    assert value is None
    assert briefly(findings) == [expected]


def test_the_message_names_what_was_found() -> None:
    assert parse_rubric(b"\xe9")[1][0].message == "expected UTF-8 text, found the byte 0xE9"
    assert parse_rubric("a".encode("utf-16"))[1][0].message == "expected UTF-8 text, found UTF-16"


def test_a_byte_order_mark_is_nothing_to_speak_of(bank_text: str) -> None:
    assert parse_bank(bank_text.encode("utf-8-sig"))[1] == ()
    assert parse_bank("\ufeff" + bank_text)[1] == ()


def test_line_ends_may_be_of_any_system(bank_text: str) -> None:
    plain, _ = parse_bank(bank_text)
    assert plain is not None
    for end in ("\r\n", "\r"):
        assert parse_bank(bank_text.replace("\n", end).encode()) == (plain, ())


def test_nul_in_text_is_found_too(briefly: Brief) -> None:
    assert briefly(parse_rubric("a: 1\nb: \0", "f")[1]) == [f"2:4 binary $ {NO_TEXT}"]


def test_every_character_that_yaml_forbids_is_found_and_the_rest_is_read() -> None:
    findings = Findings("f")
    text = decode_text("a: \x07b\nc: \ufffe\ud800\x9b\ufeff甲\U0001f600\x85", findings)
    assert text == "a: \ufffdb\nc: \ufffd\ufffd\ufffd\ufffd甲\U0001f600\x85"
    assert [(f.message.split()[-1], str(f.location)) for f in findings.items] == [
        ("U+0007", "f:1:4"),
        ("U+FFFE", "f:2:4"),
        ("U+D800", "f:2:5"),
        ("U+009B", "f:2:6"),
        ("U+FEFF", "f:2:7"),
    ]


def test_a_file_beyond_a_million_bytes_is_not_read() -> None:
    assert parse_rubric(b"#" * MOST_BYTES)[1][0].code == "empty-file"
    _, findings = parse_rubric(b"#" * (MOST_BYTES + 1), "f")
    hint = "(hint: split it, or see whether it is the right file)"
    assert [str(f) for f in findings] == [f"f: error too-large $: the file is larger than 1000000 bytes {hint}"]
