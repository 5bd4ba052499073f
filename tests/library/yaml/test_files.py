"""Files of authors: never overwritten where somebody else was quicker, never half written."""

from pathlib import Path

import pytest

from hiringkit.errors import FindingsError, Refused
from hiringkit.library.yaml.files import read_source, replace_source


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "角色.yaml"
    path.write_bytes(b"a: 1\n")
    return path


def test_a_file_that_is_as_it_was_read_is_replaced(file: Path) -> None:
    file.chmod(0o640)
    replace_source(read_source(file), "a: 2\n")
    assert file.read_bytes() == b"a: 2\n"
    assert file.stat().st_mode & 0o777 == 0o640
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_a_file_that_changed_meanwhile_is_not_overwritten(file: Path) -> None:
    source = read_source(file)
    file.write_text("a: 3 # by somebody else\n")
    with pytest.raises(Refused, match="changed by somebody else"):
        replace_source(source, "a: 2\n")
    assert file.read_text() == "a: 3 # by somebody else\n"
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_a_read_only_file_is_not_written_even_where_its_folder_could_be(file: Path) -> None:
    file.chmod(0o444)
    with pytest.raises(Refused, match="read-only"):
        replace_source(read_source(file), "a: 2\n")
    assert file.read_text() == "a: 1\n"


def test_a_link_stays_a_link(file: Path) -> None:
    link = file.with_name("link.yaml")
    link.symlink_to(file)
    replace_source(read_source(link), "a: 2\n")
    assert link.is_symlink()
    assert file.read_text() == "a: 2\n"


def test_the_byte_order_mark_stays(file: Path) -> None:
    file.write_bytes(b"\xef\xbb\xbfa: 1\r\n")
    source = read_source(file)
    assert source.text == "a: 1\r\n"
    replace_source(source, "a: 2\r\n")
    assert file.read_bytes() == b"\xef\xbb\xbfa: 2\r\n"


@pytest.mark.parametrize("content", [b"\x00\x01", b"\xff\xfe", b"a" * 1_000_001, b"a: \x07\n"])
def test_what_is_no_text_is_not_read_for_a_change(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    with pytest.raises(FindingsError):
        read_source(file)


def test_a_folder_is_no_file_to_change(tmp_path: Path) -> None:
    with pytest.raises(FindingsError):
        read_source(tmp_path)
