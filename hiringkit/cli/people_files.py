"""People out of files: shown before they are added, and added all or not at all."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

import click

from hiringkit.cli.session import Session
from hiringkit.domain.finding import has_errors
from hiringkit.domain.people import Candidate, Interviewer
from hiringkit.errors import FindingsError
from hiringkit.locale import _
from hiringkit.text.sentence import Sentence

if TYPE_CHECKING:
    from hiringkit.report.model import Report

Person = TypeVar("Person", Candidate, Interviewer)


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


def _read(session: Session, file: str, kind: str) -> Sequence[Candidate | Interviewer]:
    from hiringkit.exchange.people import read_people

    people, findings = read_people(file, kind=kind, more=session.settings.columns)
    if has_errors(findings):
        raise FindingsError(Sentence("nobody was added from {file}").format(file=file), findings)
    session.tell(findings)
    return people


def add_people(
    session: Session,
    given: Sequence[Person],
    new: Sequence[Person],
    report: Callable[[Sequence[Person]], "Report"],
    add: Callable[[Sequence[Person]], Sequence[Person]],
    *,
    dry_run: bool,
) -> Sequence[Person]:
    """Show who would be added and, unless that is all that is wanted, add them; at a terminal, ask before.

    Args:
        session: The command's.
        given: All people of the file.
        new: Those of them who are not there yet.
        report: Lists people.
        add: Adds them and returns them with their ids.
        dry_run: Whether nothing is to be changed.

    Returns:
        Who was added.
    """
    if known := [person.name for person in given if person not in new]:
        text = _("There already, by e-mail address, and left as they are: {names}")
        session.note(text.format(names=", ".join(known)))
    if dry_run:
        session.emit(report(new))
        session.note(_("Nobody was added: this is what would be."))
        return ()
    if new and session.is_read_at_once and session.at_terminal:
        session.emit(report(new))
        if not click.confirm(_("Add these {count}?").format(count=len(new)), err=True):
            session.note(_("Nobody was added."))
            return ()
    added = add(new)
    session.emit(report(added))
    return added


def tell_namesakes(
    session: Session,
    there: Sequence[Candidate | Interviewer],
    added: Sequence[Candidate | Interviewer],
    remove: str,
) -> None:
    """Name those who were added although somebody of that name was there: a file may have been imported twice."""
    names = {each.name.casefold() for each in there}
    if twice := [each for each in added if each.name.casefold() in names]:
        text = _("Somebody of that name was there already: {names}. Those who are the same person go with: {command}")
        command = " ".join((remove, *(each.id for each in twice)))
        session.note(text.format(names=", ".join(each.name for each in twice), command=command))
