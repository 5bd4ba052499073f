"""Files and folders that only their owner may look into."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from hiringkit.store.files import make_private_file, make_private_folders


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture(params=[0o022, 0o000], ids=oct)
def _umask(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


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
