"""Folders of personal files: read, listed, and changed by one process at a time; `hiringkit.files` writes them."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from hiringkit.domain.codes import Code
from hiringkit.domain.finding import Finding, Location
from hiringkit.domain.need import MOST_ON_COST, NeedAssessment
from hiringkit.domain.practice import PanelSession, PracticeSession
from hiringkit.domain.self_assessment import Attempt
from hiringkit.errors import Refused
from hiringkit.exchange.record import Malformed, format_record, read_record, structure, unstructure
from hiringkit.files import make_private_folders, read_plainly, write_file, write_plainly
from hiringkit.text.clean import clean_line
from hiringkit.text.sentence import Sentence

MOST_BYTES = 100_000_000
"""More than any personal file of ours grows to."""
_LOCK = ".lock"
ATTEMPT_ENDING = ".attempt.json"
ATTEMPT_HEADER = "attempt/1"
_COPY = "copy"
_FORBIDDEN = "\ufffe\uffff"
"""What YAML, as which the copy is read, takes nowhere."""
NEED_ENDING = ".need.json"
NEED_HEADER = "need/1"
PRACTICE_ENDING = ".practice.json"
PRACTICE_HEADER = "practice/1"
PANEL_ENDING = ".panel.json"
PANEL_HEADER = "panel/1"
_FARTHEST = 1_000
"""Beyond any level of any scale."""
_MOST = 1_000_000_000
"""More sessions than anybody holds."""


def read_private(path: Path) -> bytes:
    """Read a personal file.

    Raises:
        NotFound: There is none.
        Refused: It cannot be read, or is far too large.
    """
    with read_plainly(path):
        if path.stat().st_size > MOST_BYTES:
            raise Refused(
                Sentence("{path} is too large").format(path=clean_line(str(path))),
                hint=Sentence("at most {most_bytes:,} bytes").format(most_bytes=MOST_BYTES),
            )
        return path.read_bytes()


def list_private(folder: Path, ending: str) -> tuple[Path, ...]:
    """Return the files of a folder with an ending, by name; none where there is no folder.

    Raises:
        Refused: It may not be looked into.
    """
    with read_plainly(folder):
        if not folder.is_dir():
            return ()
        found = (path for path in folder.iterdir() if path.name.endswith(ending) and not path.name.startswith("."))
        return tuple(sorted(path for path in found if path.is_file()))


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Be the only process that changes the files of a folder.

    Raises:
        Refused: The folder cannot be made or written to.
    """
    with write_plainly(folder):
        make_private_folders(folder)
        descriptor = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if sys.platform != "win32":
            import fcntl  # noqa: PLC0415 - not on Windows, where two sittings of one person are left to that person

            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def attempt_id(path: Path) -> str:
    """Return the id of the attempt that a file holds: its name."""
    return clean_line(path.name.removesuffix(ATTEMPT_ENDING))


def parse_attempt(data: bytes, path: Path) -> tuple[Attempt | None, tuple[Finding, ...]]:
    """Read an attempt, or say what is wrong with its file."""
    found = read_record(data, path, ATTEMPT_HEADER, lambda content: _attempt(content, attempt_id(path)))
    if isinstance(found, Finding):
        return None, (found,)
    if repeated := _repeated(found):
        message = Sentence("the question {repeated!r} is answered twice").format(repeated=repeated)
        return None, (Finding(Code.RECORD_VALUE, message, path="$.answers", location=Location(clean_line(str(path)))),)
    return found, ()


def _attempt(content: dict[str, Any], identity: str) -> Attempt:
    copied = content.get(_COPY)
    if not isinstance(copied, dict):
        raise Malformed(f"$.{_COPY}", Sentence("an object"))
    try:
        text = json.dumps(copied, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    except ValueError:
        raise Malformed(f"$.{_COPY}", Sentence("numbers that are finite")) from None
    for sign in _FORBIDDEN:
        text = text.replace(sign, "\N{REPLACEMENT CHARACTER}")
    attempt: Attempt = structure({**content, "id": identity, _COPY: text}, Attempt)
    return attempt


def _repeated(attempt: Attempt) -> str | None:
    asked = [answer.question for answer in attempt.answers]
    return next((question for n, question in enumerate(asked) if question in asked[:n]), None)


def format_attempt(attempt: Attempt) -> bytes:
    """Write an attempt."""
    content = unstructure(attempt)
    del content["id"]
    return format_record(ATTEMPT_HEADER, {**content, _COPY: json.loads(attempt.copy)})


def need_id(path: Path) -> str:
    """Return the id of the assessment that a file holds: its name."""
    return clean_line(path.name.removesuffix(NEED_ENDING))


def parse_need(data: bytes, path: Path) -> tuple[NeedAssessment | None, tuple[Finding, ...]]:
    """Read an assessment, or say what is wrong with its file."""
    identity = need_id(path)

    def build(content: dict[str, Any]) -> NeedAssessment:
        assessment: NeedAssessment = structure({**content, "id": identity}, NeedAssessment)
        _check_need(assessment)
        return assessment

    found = read_record(data, path, NEED_HEADER, build)
    return (None, (found,)) if isinstance(found, Finding) else (found, ())


def _check_need(assessment: NeedAssessment) -> None:
    """Raise where values that are right by themselves do not fit each other, or cannot be reckoned with."""
    need, pay, budget = assessment.need, assessment.compensation, assessment.budget
    if not (need.preconditions or need.signs):
        raise Malformed("$.need", Sentence("preconditions or signs"))
    for section in ("preconditions", "signs"):
        known = [each.id for each in getattr(need, section)]
        for identity in getattr(assessment, section):
            if identity not in known:
                raise Malformed(f"$.{section}.{identity}", Sentence("one of {names}").format(names=", ".join(known)))
    if pay and not 0 < pay.low <= pay.high:
        raise Malformed("$.compensation", Sentence("a pay range above 0"))
    if assessment.spend is not None and assessment.spend < 0:
        raise Malformed("$.spend", Sentence("a sum not below 0"))
    for key in ("per_year", "tools_per_year", "tools_cost"):
        if budget and (getattr(budget, key) or 0) < 0:
            raise Malformed(f"$.budget.{key}", Sentence("a sum not below 0"))
    if budget and not 0 <= budget.on_cost_percent <= MOST_ON_COST:
        raise Malformed("$.budget.on_cost_percent", Sentence("0 to {most}").format(most=f"{MOST_ON_COST:g}"))


def format_need(assessment: NeedAssessment) -> bytes:
    """Write an assessment."""
    content = unstructure(assessment)
    del content["id"]
    return format_record(NEED_HEADER, content)


def read_sessions(folder: Path) -> tuple[tuple[PracticeSession, ...], tuple[Finding, ...]]:
    """Return the sessions of a folder, oldest first, and what is wrong with files that cannot be read.

    Raises:
        Refused: The folder or a file may not be read.
    """
    read = [_parse(read_private(path), path) for path in list_private(folder, PRACTICE_ENDING)]
    sessions = [each for each in read if isinstance(each, PracticeSession)]
    findings = tuple(each for each in read if isinstance(each, Finding))
    return tuple(sorted(sessions, key=lambda s: (s.started_at, s.bank, s.number))), findings


def _parse(data: bytes, path: Path) -> PracticeSession | Finding:
    def build(content: dict[str, Any]) -> PracticeSession:
        session: PracticeSession = structure(content, PracticeSession)
        check_practice(session)
        return session

    return read_record(data, path, PRACTICE_HEADER, build)


def check_practice(session: PracticeSession) -> None:
    """Require that figures can be reckoned with and no sample is rated twice.

    Raises:
        Malformed: One of them is not so.
    """
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


def write_session(folder: Path, session: PracticeSession) -> None:
    """Keep a session; it is on the disk when this returns.

    Raises:
        Refused: It cannot be written.
    """
    content = format_record(PRACTICE_HEADER, unstructure(session))
    write_file(folder / f"{session.bank}-{session.number}{PRACTICE_ENDING}", content, private=True)


def taken_numbers(folder: Path, bank: str) -> set[int]:
    """Return the numbers of a bank's sessions in a folder, those that cannot be read among them."""
    names = (path.name.removesuffix(PRACTICE_ENDING) for path in list_private(folder, PRACTICE_ENDING))
    ends = (name.removeprefix(f"{bank}-") for name in names if name.startswith(f"{bank}-"))
    return {int(end) for end in ends if end.isascii() and end.isdigit()}


def write_panel(folder: Path, session: PanelSession) -> None:
    """Keep a panel's session; it is on the disk when this returns.

    Raises:
        Refused: It cannot be written.
    """
    content = format_record(PANEL_HEADER, unstructure(session))
    write_file(folder / f"{session.bank}-{session.number}{PANEL_ENDING}", content, private=True)


def read_panels(folder: Path) -> tuple[tuple[PanelSession, ...], tuple[Finding, ...]]:
    """Return the panels' sessions of a folder, oldest first, and what is wrong with files that cannot be read.

    Raises:
        Refused: The folder or a file may not be read.
    """
    read = [_parse_panel(read_private(path), path) for path in list_private(folder, PANEL_ENDING)]
    sessions = [each for each in read if isinstance(each, PanelSession)]
    findings = tuple(each for each in read if isinstance(each, Finding))
    return tuple(sorted(sessions, key=lambda s: (s.started_at, s.bank, s.number))), findings


def _parse_panel(data: bytes, path: Path) -> PanelSession | Finding:
    def build(content: dict[str, Any]) -> PanelSession:
        session: PanelSession = structure(content, PanelSession)
        if not 0 < session.number < _MOST:
            raise Malformed("$.number", Sentence("a number above 0"))
        for n, answer in enumerate(session.answers):
            levels = (answer.reasoned, *answer.levels.values())
            if set(answer.levels) != set(session.raters) or any(abs(level) > _FARTHEST for level in levels):
                raise Malformed(f"$.answers[{n}].levels", Sentence("a level of each interviewer"))
        return session

    return read_record(data, path, PANEL_HEADER, build)
