"""`hiringkit interviewer`: those who interview."""

import click

from hiringkit.cli.base import Group, option
from hiringkit.cli.session import Session, with_session
from hiringkit.domain.people import Interviewer
from hiringkit.locale import _, n_


@click.group("interviewer", cls=Group, help=n_("Those who interview; known across openings."))
def command() -> None:
    """Hold the verbs."""


@command.command(
    "add",
    help=n_("Add an interviewer."),
    examples=['hiringkit interviewer add "Helen Brandt" --email helen@example.org'],
)
@click.argument("name")
@option("--id", "identity", default="", help=n_("A short id; made from the name if not given."))
@option("--email", default="", help=n_("What they act as with --as, or HIRINGKIT_USER."))
@with_session
def add(session: Session, name: str, identity: str, email: str) -> None:
    """Add an interviewer."""
    from hiringkit.actions.people import add_interviewers
    from hiringkit.report.views.people import interviewers_report

    added = add_interviewers(session.store(create=True), session.actor, [Interviewer(identity, name, email)])
    session.emit(interviewers_report(added))


@command.command(
    "import",
    help=n_("Add interviewers from a CSV file with the columns name and, if wanted, id, email; all or none."),
    examples=["hiringkit interviewer import interviewers.csv"],
)
@click.argument("file")
@option("--dry-run", is_flag=True, help=n_("Show who would be added, and add nobody."))
@with_session
def import_(session: Session, file: str, dry_run: bool) -> None:
    """Add interviewers from a file."""
    from hiringkit.actions.people import add_interviewers, not_yet_there
    from hiringkit.cli.people_files import add_people, read_interviewers
    from hiringkit.report.views.people import interviewers_report

    given = read_interviewers(session, file)
    store = session.store(create=True)
    add_people(
        session,
        given,
        not_yet_there(store, given),
        interviewers_report,
        lambda people: add_interviewers(store, session.actor, people),
        dry_run=dry_run,
    )


@command.command(
    "edit",
    help=n_("Correct an interviewer's name or e-mail address; the id stays."),
    examples=['hiringkit interviewer edit helen-brandt --name "Helen Brand" --email helen@example.org'],
)
@click.argument("who")
@option("--name", help=n_("The right name."))
@option("--email", help=n_("The right e-mail address; empty for none."))
@with_session
def edit(session: Session, who: str, name: str | None, email: str | None) -> None:
    """Correct an interviewer."""
    from hiringkit.actions.people import edit_interviewer
    from hiringkit.report.views.people import interviewers_report

    session.emit(interviewers_report((edit_interviewer(session.store(), session.actor, who, name=name, email=email),)))


@command.command(
    "remove",
    help=n_("Remove an interviewer who has neither interviews nor practice, such as one who was added twice."),
    examples=["hiringkit interviewer remove helen-brandt-2"],
)
@click.argument("who")
@with_session
def remove(session: Session, who: str) -> None:
    """Remove an interviewer."""
    from hiringkit.actions.people import remove_interviewer
    from hiringkit.report.views.people import interviewers_report

    gone = remove_interviewer(session.store(), session.actor, who)
    session.note(_("Removed:"))
    session.emit(interviewers_report((gone,)))


@command.command("list", help=n_("List the interviewers."), examples=["hiringkit interviewer list -f csv"])
@with_session
def list_(session: Session) -> None:
    """List the interviewers."""
    from hiringkit.actions.people import every_interviewer
    from hiringkit.report.views.people import interviewers_report

    store = session.existing_store()
    session.emit(interviewers_report(every_interviewer(store) if store else ()))


@command.command(
    "show",
    help=n_("Show one interviewer, by id, name or e-mail: interviews and, to themselves and to recruiters, practice."),
    examples=["hiringkit interviewer show helen-brandt"],
)
@click.argument("who")
@with_session
def show(session: Session, who: str) -> None:
    """Show one interviewer."""
    from hiringkit.actions.people import names_across, show_interviewer
    from hiringkit.actions.practice import practice_of
    from hiringkit.actions.schedule import interviews_of
    from hiringkit.report.views.people import interviewer_report

    store = session.store()
    found = show_interviewer(store, who)
    practice = practice_of(store, session.actor, found.id)
    held = interviews_of(store, session.actor, found.id)
    names = names_across(store, [each.opening for each in held])
    session.emit(
        interviewer_report(found, held, openings=names.openings, candidates=names.candidates, practice=practice)
    )
