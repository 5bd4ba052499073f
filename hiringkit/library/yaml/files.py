"""Authors' files read and replaced, without overwriting changes that somebody else made meanwhile."""

import os
import stat
from hashlib import sha256
from pathlib import Path as FilePath

from attrs import frozen

from hiringkit.errors import FindingsError, Refused
from hiringkit.files import beside, write_plainly
from hiringkit.library.catalog import read_file
from hiringkit.library.checks.findings import Findings
from hiringkit.library.yaml.parse import decode_text
from hiringkit.text.clean import clean_line
from hiringkit.text.sentence import Sentence

NOT_CHANGED = Sentence("{path} is not changed")
CHANGED = Sentence("{path} was changed by somebody else meanwhile; nothing was written")
CHANGED_HINT = Sentence("look at it and run the command again")
READ_ONLY = Sentence("{path} is read-only; nothing was written")
READ_ONLY_HINT = Sentence("make it writable, or work on a copy")

_BOM = "\ufeff"


@frozen
class Source:
    """A file as it was read."""

    path: FilePath
    """The file itself, links resolved."""
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
    """Replace a file's text atomically if the file is still the one that was read.

    Raises:
        Refused: It has changed since, is read-only or cannot be written.
    """
    path = source.path
    with write_plainly(path):
        mode = path.stat().st_mode
        if not mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH) or not os.access(path, os.W_OK):
            raise Refused(READ_ONLY.format(path=_shown(path)), hint=READ_ONLY_HINT)
        with beside(path, (source.mark + text).encode(), stat.S_IMODE(mode)) as written:
            if sha256(path.read_bytes()).hexdigest() != source.digest:
                raise Refused(CHANGED.format(path=_shown(path)), hint=CHANGED_HINT)
            written.replace(path)


def _shown(path: FilePath) -> str:
    return clean_line(str(path))
