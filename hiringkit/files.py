"""Files written whole or not at all: beside their place first, then moved there.

Whenever the process ends, there is the file as it was or as it is to be. Every room may use this one.
"""

import os
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

from hiringkit.errors import NotFound, Refused
from hiringkit.text.clean import clean_line
from hiringkit.text.sentence import Sentence

NOT_THERE = Sentence("there is no file {path!r}")
CANNOT_READ = Sentence("{path} cannot be read: {why}")
CANNOT_WRITE = Sentence("{path} cannot be written: {why}")
CHECK_FOLDER = Sentence("check the folder and its permissions")
TAKEN = Sentence("{path} exists already and is not overwritten")
TAKEN_HINT = Sentence("name another file")


def write_file(path: Path, data: bytes | Iterable[bytes], *, private: bool = False) -> None:
    """Write a file, whole or not at all; one that is there keeps its mode.

    Behind a link the file itself is written. A device or a pipe is written to as it is.

    Args:
        path: Where.
        data: What; where it is made piece by piece, no more than one is held.
        private: Whether it is for its owner alone, as are the folders that it needs; their names are then on the disk
            too when this returns.

    Raises:
        Refused: It cannot be written; what was there is still there.
    """
    with write_plainly(path):
        mode = _mode(path)
        if mode is not None and not stat.S_ISREG(mode):
            with path.open("wb") as file:
                file.writelines(_pieces(data))
            return
        target = path.resolve()
        if private:
            make_private_folders(target.parent)
            mode = 0o600
        with beside(target, data, mode and stat.S_IMODE(mode)) as part:
            part.replace(target)
        if private:
            sync(target.parent)


def create_file(path: Path, data: bytes, *, hint: str = TAKEN_HINT) -> None:
    """Write a new file, whole or not at all, with the folders that it needs; none is overwritten.

    Args:
        path: Where.
        data: What.
        hint: What to do where the name is taken.

    Raises:
        Refused: There is something of that name, or it cannot be written.
    """
    taken = Refused(TAKEN.format(path=clean_line(str(path))), hint=hint)
    with write_plainly(path):
        if path.exists() or path.is_symlink():
            raise taken
        path.parent.mkdir(parents=True, exist_ok=True)
        with beside(path, data) as part:
            try:
                os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))
            except FileExistsError:
                raise taken from None
            part.replace(path)


@contextmanager
def beside(path: Path, data: bytes | Iterable[bytes], mode: int | None = None) -> Iterator[Path]:
    """Write data to a file of its own in the folder of another, to be moved there within the block.

    It is on the disk when the block begins; where it was not moved, it goes when the block ends.

    Args:
        path: The place that the data are for.
        data: What is written.
        mode: The file's permissions; None for those that any new file gets.

    Raises:
        OSError: It cannot be written.
    """
    part, descriptor = _open_part(path, 0o666 if mode is None else 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.writelines(_pieces(data))
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            part.chmod(mode)
        yield part
    finally:
        with suppress(OSError):
            part.unlink()


def _pieces(data: bytes | Iterable[bytes]) -> Iterable[bytes]:
    return [data] if isinstance(data, bytes) else data


def make_private_folders(folder: Path) -> None:
    """Make a folder and its missing parents, each for the owner alone.

    Raises:
        OSError: It cannot be made.
    """
    if folder.is_dir():
        return
    make_private_folders(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    sync(folder.parent)


def make_private_file(path: Path) -> None:
    """Make an empty file for the owner alone, and its name durable.

    It must not exist: merely opening and closing a database file would drop the locks that SQLite holds on it
    elsewhere in this process.

    Raises:
        FileExistsError: There is one already.
        OSError: It cannot be made.
    """
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    sync(path.parent)


def sync(path: Path) -> None:
    """Have a file's content, or the names in a folder, on the disk itself.

    Raises:
        OSError: The disk refuses.
    """
    if sys.platform == "win32" and path.is_dir():  # Windows opens no folders
        return
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def write_plainly(path: Path) -> Iterator[None]:
    """Turn what the operating system says against writing a file into a `Refused` that names it."""
    try:
        yield
    except OSError as error:
        raise _refusal(CANNOT_WRITE, path, error) from None


@contextmanager
def read_plainly(path: Path) -> Iterator[None]:
    """Turn what the operating system says against reading a file into a `NotFound` or `Refused` that names it."""
    try:
        yield
    except FileNotFoundError:
        raise NotFound(NOT_THERE.format(path=clean_line(str(path)))) from None
    except OSError as error:
        raise _refusal(CANNOT_READ, path, error) from None


def _refusal(sentence: Sentence, path: Path, error: OSError) -> Refused:
    why = error.strerror.lower() if error.strerror else Sentence("input or output error")
    return Refused(sentence.format(path=clean_line(str(path)), why=why), hint=CHECK_FOLDER)


def _mode(path: Path) -> int | None:
    try:
        return path.stat().st_mode
    except FileNotFoundError:
        return None


def _open_part(path: Path, mode: int) -> tuple[Path, int]:
    """Make a file under the first free name, so that two writers never share one."""
    for number in count(1):
        part = path.with_name(f".{path.name}.{number}.part")
        with suppress(FileExistsError):
            return part, os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    raise AssertionError  # numbers do not end
