"""Folders of personal files: read, listed and locked."""

from pathlib import Path

import pytest

from hiringkit.errors import NotFound, Refused
from hiringkit.exchange import personal


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(Refused, match="cannot be written"), personal.locked(tmp_path / "file"):
        pass


def test_a_file_that_is_not_there_or_far_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NotFound):
        personal.read_private(tmp_path / "x.json")
    (tmp_path / "x.json").write_bytes(b"12345")
    monkeypatch.setattr(personal, "MOST_BYTES", 4)
    with pytest.raises(Refused, match="too large"):
        personal.read_private(tmp_path / "x.json")


def test_a_folder_lists_its_files_and_no_leftovers(tmp_path: Path) -> None:
    for name in ("b.x", "a.x", ".a.x.part", ".hidden.x", "a.y"):
        (tmp_path / name).touch()
    (tmp_path / "c.x").mkdir()
    assert [path.name for path in personal.list_private(tmp_path, ".x")] == ["a.x", "b.x"]
    assert personal.list_private(tmp_path / "none", ".x") == ()
