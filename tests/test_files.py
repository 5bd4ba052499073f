"""Files written whole or not at all, in the mode that they had or for their owner alone."""

import os
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from hiringkit.errors import NotFound, Refused
from hiringkit.files import (
    beside,
    create_file,
    make_private_file,
    make_private_folders,
    read_plainly,
    write_file,
)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def full(_descriptor: int) -> None:
    raise OSError(28, "No space left on device")


@pytest.fixture(params=[0o022, 0o000], ids=oct)
def _umask(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


def test_a_new_file_has_the_mode_of_any_new_file(tmp_path: Path) -> None:
    (tmp_path / "any").touch()
    write_file(tmp_path / "报告.csv", b"1")
    assert mode(tmp_path / "报告.csv") == mode(tmp_path / "any")
    assert names(tmp_path) == ["any", "报告.csv"]


@pytest.mark.parametrize("before", [0o640, 0o444, 0o600])
def test_a_file_that_is_there_keeps_its_mode(tmp_path: Path, before: int) -> None:
    path = tmp_path / "x"
    path.touch(mode=0o600)
    path.chmod(before)
    write_file(path, b"2")
    assert (mode(path), path.read_bytes()) == (before, b"2")


@pytest.mark.usefixtures("_umask")
def test_a_private_file_and_its_folders_are_for_the_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "data" / "self" / "x.json"
    write_file(path, b"1", private=True)
    assert (mode(path), mode(path.parent), mode(path.parent.parent)) == (0o600, 0o700, 0o700)
    path.chmod(0o644)
    write_file(path, b"2", private=True)
    assert (mode(path), path.read_bytes()) == (0o600, b"2")
    assert names(path.parent) == ["x.json"]


@pytest.mark.parametrize("private", [True, False])
def test_what_was_there_stays_where_writing_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, private: bool
) -> None:
    path = tmp_path / "x.json"
    write_file(path, b"before", private=private)
    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(Refused, match="no space left"):
        write_file(path, b"after", private=private)
    assert path.read_bytes() == b"before"
    assert names(tmp_path) == ["x.json"]


@pytest.mark.parametrize("private", [True, False])
def test_a_place_that_cannot_be_written_is_named(tmp_path: Path, private: bool) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(Refused, match="json cannot be written"):
        write_file(tmp_path / "file" / "x.json", b"1", private=private)


def test_a_folder_is_not_made_for_a_file_that_is_not_private(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no such file or directory"):
        write_file(tmp_path / "no" / "x.csv", b"1")
    assert names(tmp_path) == []


def test_a_folder_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(Refused, match="is a directory"):
        write_file(tmp_path / "folder", b"1")


def test_a_link_stays_a_link_and_its_file_is_written(tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    link.symlink_to(target)
    for data in (b"1", b"2"):  # where it points to nothing yet, and to a file
        write_file(link, data)
        assert link.is_symlink()
        assert target.read_bytes() == data


def test_links_in_a_circle_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    with pytest.raises(Refused, match="cannot be written"):
        write_file(tmp_path / "a", b"1")
    assert names(tmp_path) == ["a", "b"]


@pytest.mark.parametrize("private", [True, False])
def test_a_pipe_is_written_to_and_stays_a_pipe(tmp_path: Path, private: bool) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = subprocess.Popen(["/bin/cat", str(pipe)], stdout=subprocess.PIPE)
    write_file(pipe, b"1", private=private)
    assert reader.communicate(timeout=20)[0] == b"1"
    assert pipe.is_fifo()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has it")
def test_a_device_that_takes_nothing_is_named() -> None:
    with pytest.raises(Refused, match="/dev/full cannot be written: no space left"):
        write_file(Path("/dev/full"), b"1")


def test_a_new_file_gets_its_folders_and_overwrites_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b.yaml"
    create_file(path, b"x: 1\n")
    assert path.read_text() == "x: 1\n"
    with pytest.raises(Refused, match="not overwritten"):
        create_file(path, b"x: 2\n")
    dangling = tmp_path / "dangling.yaml"
    dangling.symlink_to(tmp_path / "nowhere")
    with pytest.raises(Refused, match="not overwritten"):
        create_file(dangling, b"x: 2\n")
    assert path.read_text() == "x: 1\n"
    assert names(path.parent) == ["b.yaml"]


def test_a_new_file_where_none_can_be_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Refused, match="cannot be written"):
        create_file(tmp_path / "file" / "x.yaml", b"x")


def test_two_writers_of_one_file_never_share_what_is_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "x"
    with beside(path, b"one") as one, beside(path, b"two") as two:
        assert (one.read_bytes(), two.read_bytes()) == (b"one", b"two")
        one.replace(path)
        two.replace(path)
    assert path.read_bytes() == b"two"
    assert names(tmp_path) == ["x"]


def test_what_an_ended_process_left_is_in_nobodys_way(tmp_path: Path) -> None:
    (tmp_path / ".x.1.part").write_text("half")
    write_file(tmp_path / "x", b"whole")
    assert (tmp_path / "x").read_bytes() == b"whole"


def test_a_file_that_is_not_there_is_not_found_and_one_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="there is no file"), read_plainly(tmp_path / "x"):
        (tmp_path / "x").read_bytes()
    with pytest.raises(Refused, match="cannot be read: is a directory"), read_plainly(tmp_path):
        tmp_path.read_bytes()


@pytest.mark.usefixtures("_umask")
def test_every_folder_that_is_made_is_for_its_owner_alone(tmp_path: Path) -> None:
    make_private_folders(tmp_path / "a" / "b" / "c")
    assert [mode(tmp_path / folder) for folder in ("a", "a/b", "a/b/c")] == [0o700, 0o700, 0o700]


def test_a_folder_that_was_there_keeps_its_permissions(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    make_private_folders(tmp_path / "a")
    assert mode(tmp_path) == 0o755


@pytest.mark.usefixtures("_umask")
def test_a_file_that_is_made_is_for_its_owner_alone(tmp_path: Path) -> None:
    make_private_file(tmp_path / "a.db")
    assert mode(tmp_path / "a.db") == 0o600


def test_a_file_that_is_there_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "a.db").write_text("kept")
    with pytest.raises(FileExistsError):
        make_private_file(tmp_path / "a.db")
    assert (tmp_path / "a.db").read_text() == "kept"
