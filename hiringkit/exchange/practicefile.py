"""Practice sessions as personal files: JSON, one file a session."""

from pathlib import Path
from typing import Any

from hiringkit.domain.finding import Finding
from hiringkit.domain.practice import PracticeSession
from hiringkit.domain.sentence import Sentence
from hiringkit.exchange.privatefile import list_private, read_private
from hiringkit.exchange.record import Malformed, format_record, read_record, structure, unstructure
from hiringkit.files import write_file

ENDING = ".practice.json"
HEADER = "practice/1"
_FARTHEST = 1_000
"""Beyond any level of any scale."""
_MOST = 1_000_000_000
"""More sessions than anybody holds."""


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
    def build(content: dict[str, Any]) -> PracticeSession:
        session: PracticeSession = structure(content, PracticeSession)
        _check(session)
        return session

    return read_record(data, path, HEADER, build)


def _check(session: PracticeSession) -> None:
    """Raise where a figure cannot be reckoned with, or a sample is rated twice."""
    if not 0 < session.number < _MOST:
        raise Malformed("$.number", Sentence("a number above 0"))
    rated: set[tuple[str, str]] = set()
    for n, answer in enumerate(session.answers):
        for key in ("reasoned", "level"):
            if abs(getattr(answer, key)) > _FARTHEST:
                raise Malformed(f"$.answers[{n}].{key}", Sentence("a level"))
        if (answer.question, answer.sample) in rated:
            raise Malformed(f"$.answers[{n}]", Sentence("a sample that is not rated above"))
        rated.add((answer.question, answer.sample))
