"""An archive of an export's files, unpacked within bounds."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path, PurePath, PurePosixPath
from zipfile import ZipFile, ZipInfo

from hiringkit.domain.finding import shown
from hiringkit.errors import Refused
from hiringkit.text.clean import clean_line
from hiringkit.text.sentence import Sentence

ENDING = ".zip"
LARGEST_UNPACKED = 50_000_000
"""Bytes of all that is unpacked."""
MOST_FILES = 100
_LONGEST_NAME = 100
_ENCRYPTED = 1
_BLOCK = 1 << 20
_BY_HAND = Sentence("unpack it, and import the folder on the command line: hiringkit import FOLDER --opening ID")
_NO_ARCHIVE = Sentence("{file} is no zip archive, or a damaged one")
_EMPTY = Sentence("there is no file in {file}")
_TWICE = Sentence("{file} has two files of the name {name}")
_LOCKED = Sentence("{file} is encrypted")
_TOO_MANY = Sentence("{file} has more than {most} files")
_TOO_LARGE = Sentence("{file} unpacks to more than {most} MB")


def unpack(name: str, data: bytes, folder: Path) -> list[Path]:
    """Write the files of a zip archive into a folder, whatever folders they lie in there.

    Args:
        name: The archive as the user calls it.
        data: Its content.
        folder: Where they go; it is there and empty.

    Returns:
        The files.

    Raises:
        Refused: It is none, too much comes out of it, or two of its files have one name.
    """
    try:
        with ZipFile(BytesIO(data)) as archive:
            written = _write(name, archive, folder)
    except Refused:
        raise
    except Exception as error:
        # a damaged archive gives zlib.error, struct.error and many others
        raise Refused(_NO_ARCHIVE.format(file=name)) from error
    if not written:
        raise Refused(_EMPTY.format(file=name))
    return written


def _write(name: str, archive: ZipFile, folder: Path) -> list[Path]:
    written: dict[str, Path] = {}
    left = LARGEST_UNPACKED
    for entry, inside in _files(name, archive):
        if inside.casefold() in written:
            raise Refused(_TWICE.format(file=name, name=shown(inside)), hint=_BY_HAND)
        path = written[inside.casefold()] = folder / inside
        with archive.open(entry) as packed, path.open("wb") as file:
            while block := packed.read(min(_BLOCK, left + 1)):
                left -= len(block)
                if left < 0:
                    raise Refused(_TOO_LARGE.format(file=name, most=LARGEST_UNPACKED // 10**6), hint=_BY_HAND)
                file.write(block)
    return list(written.values())


def _files(name: str, archive: ZipFile) -> Iterator[tuple[ZipInfo, str]]:
    """Yield the files of an archive, each with a name that is safe anywhere."""
    entries = [each for each in archive.infolist() if not each.is_dir()]
    if len(entries) > MOST_FILES:
        raise Refused(_TOO_MANY.format(file=name, most=MOST_FILES), hint=_BY_HAND)
    for entry in entries:
        path = PurePosixPath(clean_line(entry.filename).replace("\\", "/"))
        if path.name.startswith("."):  # such as the "._scorecards.json" that macOS adds
            continue
        if entry.flag_bits & _ENCRYPTED:
            raise Refused(_LOCKED.format(file=name), hint=_BY_HAND)
        yield entry, plain_name(path.name)


def plain_name(given: str) -> str:
    """Return the name of a file that can be written anywhere: no folder, no sign that a file system might mind."""
    name = PurePath(clean_line(given).replace("\\", "/")).name
    stem, dot, ending = re.sub(r"[^\w.()+ -]", "_", name).rpartition(".")
    return f"{stem.lstrip('.')[:_LONGEST_NAME] or 'file'}{dot}{ending[:10]}"
