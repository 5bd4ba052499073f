"""The files of a noise audit: what is rated, and what each person gave."""

import re
from pathlib import Path
from typing import Any

from hiringkit.domain.finding import Finding
from hiringkit.domain.noise import NoiseAnswers, NoiseAudit
from hiringkit.exchange.personal import check_practice, list_private, read_private
from hiringkit.exchange.record import Malformed, format_record, read_record, structure, unstructure
from hiringkit.files import create_file, write_file
from hiringkit.text.sentence import Sentence

AUDIT_HEADER = "noise/1"
ANSWERS_ENDING = ".answers.json"
ANSWERS_HEADER = "noise-answers/1"
ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
"""What names of files are made of."""
TWICE = 2
"""Times that somebody may rate the same answers."""
TAKEN_HINT = Sentence("hand out the file that is there, or give another name")


def write_audit(path: Path, audit: NoiseAudit) -> None:
    """Write what is rated into a new file.

    Raises:
        Refused: There is a file of that name, or it cannot be written.
    """
    create_file(path, format_record(AUDIT_HEADER, unstructure(audit)), hint=TAKEN_HINT)


def read_audit(path: Path) -> NoiseAudit | Finding:
    """Read what is rated.

    Raises:
        NotFound: There is no such file.
        Refused: It may not be read, or is far too large.
    """

    def build(content: dict[str, Any]) -> NoiseAudit:
        audit: NoiseAudit = structure(content, NoiseAudit)
        places = [(each.question, each.sample) for each in audit.samples]
        if not places or len(set(places)) < len(places):
            raise Malformed("$.samples", Sentence("sample answers, each once"))
        if not ID.fullmatch(audit.id):
            raise Malformed("$.id", Sentence("lower-case words joined by -"))
        return audit

    return read_record(read_private(path), path, AUDIT_HEADER, build)


def answers_path(folder: Path, answers: NoiseAnswers) -> Path:
    """Return where somebody's answers are kept in a folder."""
    return folder / f"{answers.audit}-{answers.code}{ANSWERS_ENDING}"


def write_answers(folder: Path, answers: NoiseAnswers) -> None:
    """Keep what somebody gave; it is on disk when this returns.

    Raises:
        Refused: It cannot be written.
    """
    write_file(answers_path(folder, answers), format_record(ANSWERS_HEADER, unstructure(answers)), private=True)


def answer_files(folder: Path, audit: str = "") -> tuple[Path, ...]:
    """Return the files of answers in a folder, of one audit where it is named."""
    start = f"{audit}-" if audit else ""
    return tuple(path for path in list_private(folder, ANSWERS_ENDING) if path.name.startswith(start))


def read_answers(path: Path) -> NoiseAnswers | Finding:
    """Read what somebody gave.

    Raises:
        NotFound: There is no such file.
        Refused: It may not be read, or is far too large.
    """

    def build(content: dict[str, Any]) -> NoiseAnswers:
        answers: NoiseAnswers = structure(content, NoiseAnswers)
        if len(answers.sessions) > TWICE or [s.number for s in answers.sessions] != [1, 2][: len(answers.sessions)]:
            raise Malformed("$.sessions", Sentence("a first and perhaps a second session"))
        if not ID.fullmatch(answers.code):
            raise Malformed("$.code", Sentence("lower-case words joined by -"))
        for session in answers.sessions:
            check_practice(session)
        return answers

    return read_record(read_private(path), path, ANSWERS_HEADER, build)
