"""People out of CSV files, or a refusal that names every problem."""

from typing import Any

from hiringkit.cli.session import Session
from hiringkit.domain.finding import has_errors
from hiringkit.domain.people import Candidate, Interviewer
from hiringkit.errors import FindingsError
from hiringkit.text.sentence import Sentence


def read_candidates(session: Session, file: str) -> list[Candidate]:
    """Read candidates.

    Raises:
        FindingsError: The file has errors; nobody is added.
    """
    return [person for person in _read(session, file, "candidate") if isinstance(person, Candidate)]


def read_interviewers(session: Session, file: str) -> list[Interviewer]:
    """Read interviewers.

    Raises:
        FindingsError: The file has errors; nobody is added.
    """
    return [person for person in _read(session, file, "interviewer") if isinstance(person, Interviewer)]


def _read(session: Session, file: str, kind: str) -> tuple[Any, ...]:
    from hiringkit.exchange.people import read_people

    people, findings = read_people(file, kind=kind)
    if has_errors(findings):
        raise FindingsError(Sentence("nobody was added from {file}").format(file=file), findings)
    session.tell(findings)
    return people
