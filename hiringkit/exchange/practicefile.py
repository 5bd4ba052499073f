"""Practice sessions as personal files: JSON, one file a session."""

from pathlib import Path

from hiringkit.domain.finding import Finding
from hiringkit.domain.practice import PracticeSession
from hiringkit.exchange.privatefile import list_private, read_private
from hiringkit.exchange.record import format_record, read_record, structure, unstructure
from hiringkit.files import write_file

ENDING = ".practice.json"
HEADER = "practice/1"


def read_sessions(folder: Path) -> tuple[tuple[PracticeSession, ...], tuple[Finding, ...]]:
    """Return the sessions of a folder, oldest first, and what is wrong with files that cannot be read.

    Raises:
        Refused: The folder or a file may not be read.
    """
    read = [_parse(read_private(path), path) for path in list_private(folder, ENDING)]
    sessions = [each for each in read if isinstance(each, PracticeSession)]
    findings = tuple(each for each in read if isinstance(each, Finding))
    return tuple(sorted(sessions, key=lambda s: (s.started_at, s.bank, s.number))), findings


def write_session(folder: Path, session: PracticeSession) -> None:
    """Keep a session; it is on the disk when this returns.

    Raises:
        Refused: It cannot be written.
    """
    content = format_record(HEADER, unstructure(session))
    write_file(folder / f"{session.bank}-{session.number}{ENDING}", content, private=True)


def taken_numbers(folder: Path, bank: str) -> set[int]:
    """Return the numbers of a bank's sessions in a folder, those that cannot be read among them."""
    names = (path.name.removesuffix(ENDING) for path in list_private(folder, ENDING))
    ends = (name.removeprefix(f"{bank}-") for name in names if name.startswith(f"{bank}-"))
    return {int(end) for end in ends if end.isascii() and end.isdigit()}


def _parse(data: bytes, path: Path) -> PracticeSession | Finding:
    return read_record(data, path, HEADER, lambda content: structure(content, PracticeSession))
