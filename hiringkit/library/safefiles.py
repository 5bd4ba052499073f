"""Files of authors, read and written so that nobody's work is lost."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path as FilePath

from attrs import frozen

from hiringkit.domain.sentence import Sentence
from hiringkit.domain.text import clean_line
from hiringkit.errors import FindingsError, Refused
from hiringkit.library.decoding import decode_text
from hiringkit.library.findings import Findings
from hiringkit.library.shelves import read_file

NOT_CHANGED = Sentence("{path} is not changed")
CHANGED = Sentence("{path} was changed by somebody else meanwhile; nothing was written")
CHANGED_HINT = Sentence("look at it and run the command again")
READ_ONLY = Sentence("{path} is read-only; nothing was written")
READ_ONLY_HINT = Sentence("make it writable, or work on a copy")
TAKEN = Sentence("{path} exists already and is not overwritten")
TAKEN_HINT = Sentence("choose another id, or another file with -o")
CANNOT_WRITE = Sentence("{path} cannot be written: {why}")

_BOM = "\ufeff"


@frozen
class Source:
    """A file as it was read."""

    path: FilePath
    """The file itself, behind any link."""
    text: str
    """Without a byte order mark; line ends as they are."""
    digest: str
    """SHA-256 of its bytes."""
    mark: str
    """The byte order mark, or nothing."""


def read_source(path: FilePath) -> Source:
    """Read a file that is to be changed.

    Raises:
        FindingsError: It cannot be read, or is no text.
    """
    findings = Findings(str(path))
    data = read_file(path, findings)
    text = decode_text(data, findings) if data is not None else None
    if data is None or text is None or findings.failed:
        raise FindingsError(NOT_CHANGED.format(path=_shown(path)), findings.in_order())
    mark = _BOM if data.startswith(_BOM.encode()) else ""
    return Source(path.resolve(), text, sha256(data).hexdigest(), mark)


def replace_source(source: Source, text: str) -> None:
    """Write a file's new text, whole or not at all, if it still is what was read.

    Raises:
        Refused: It has changed since, is read-only or cannot be written.
    """
    path = source.path
    with _plainly(path):
        mode = path.stat().st_mode
        if not mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH) or not os.access(path, os.W_OK):
            raise Refused(READ_ONLY.format(path=_shown(path)), hint=READ_ONLY_HINT)
        with _beside(path, source.mark + text, stat.S_IMODE(mode)) as written:
            if sha256(path.read_bytes()).hexdigest() != source.digest:
                raise Refused(CHANGED.format(path=_shown(path)), hint=CHANGED_HINT)
            written.replace(path)


def create_file(path: FilePath, text: str) -> None:
    """Write a new file, whole or not at all, with the folders that it needs; none is overwritten.

    Raises:
        Refused: There is something of that name, or it cannot be written.
    """
    with _plainly(path):
        if path.exists() or path.is_symlink():
            raise Refused(TAKEN.format(path=_shown(path)), hint=TAKEN_HINT)
        path.parent.mkdir(parents=True, exist_ok=True)
        with _beside(path, text) as written:
            try:
                os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))
            except FileExistsError:
                raise Refused(TAKEN.format(path=_shown(path)), hint=TAKEN_HINT) from None
            written.replace(path)


@contextmanager
def _beside(path: FilePath, text: str, mode: int | None = None) -> Iterator[FilePath]:
    """Write a text to a file of its own in the same folder; what is left of it goes when the block ends."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666), "wb") as file:
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            part.chmod(mode)
        yield part
    finally:
        with suppress(OSError):
            part.unlink()


@contextmanager
def _plainly(path: FilePath) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        message = CANNOT_WRITE.format(path=_shown(path), why=(error.strerror or str(error)).lower())
        raise Refused(message, hint="check the folder and its permissions") from None


def _shown(path: FilePath) -> str:
    return clean_line(str(path))
