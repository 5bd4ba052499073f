"""Personal files: private, whole, and never half written."""

import stat
from pathlib import Path

import pytest

from hiringkit.errors import NotFound, Refused
from hiringkit.exchange import privatefile


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_file_and_folders_are_for_the_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "data" / "self" / "x.json"
    privatefile.write_private(path, b"1")
    assert (mode(path), mode(path.parent), mode(path.parent.parent)) == (0o600, 0o700, 0o700)
    privatefile.write_private(path, b"2")
    assert (mode(path), path.read_bytes()) == (0o600, b"2")
    assert [each.name for each in path.parent.iterdir()] == ["x.json"]


def test_what_was_there_stays_where_writing_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.json"
    privatefile.write_private(path, b"before")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(Refused, match="no space left"):
        privatefile.write_private(path, b"after")
    assert path.read_bytes() == b"before"
    assert [each.name for each in tmp_path.iterdir()] == ["x.json"]


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(Refused, match="cannot be written"):
        privatefile.write_private(tmp_path / "file" / "x.json", b"1")
    with pytest.raises(Refused), privatefile.locked(tmp_path / "file"):
        pass


def test_a_file_that_is_not_there_or_far_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NotFound):
        privatefile.read_private(tmp_path / "x.json")
    (tmp_path / "x.json").write_bytes(b"12345")
    monkeypatch.setattr(privatefile, "MOST_BYTES", 4)
    with pytest.raises(Refused, match="too large"):
        privatefile.read_private(tmp_path / "x.json")


def test_a_folder_lists_its_files_and_no_leftovers(tmp_path: Path) -> None:
    for name in ("b.x", "a.x", ".a.x.part", ".hidden.x", "a.y"):
        (tmp_path / name).touch()
    (tmp_path / "c.x").mkdir()
    assert [path.name for path in privatefile.list_private(tmp_path, ".x")] == ["a.x", "b.x"]
    assert privatefile.list_private(tmp_path / "none", ".x") == ()
