"""`hiringkit interviewer`: those who interview."""

import re
from datetime import timedelta

import click

from hiringkit.cli.base import Group, option
from hiringkit.cli.session import Session, with_session
from hiringkit.domain.people import Interviewer
from hiringkit.errors import UsageProblem
from hiringkit.locale import _, n_
from hiringkit.text.sentence import Sentence

UNITS = {"d": "days", "h": "hours", "m": "minutes"}


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
    from hiringkit.actions.people import add_interviewers, every_interviewer, not_yet_there
    from hiringkit.cli.people_files import add_people, read_interviewers, tell_namesakes
    from hiringkit.report.views.people import interviewers_report

    given = read_interviewers(session, file)
    store = session.store(create=True)
    there = every_interviewer(store)
    added = add_people(
        session,
        given,
        not_yet_there(store, given),
        interviewers_report,
        lambda people: add_interviewers(store, session.actor, people),
        dry_run=dry_run,
    )
    tell_namesakes(session, there, added, "hiringkit interviewer remove")


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
    help=n_(
        "Remove interviewers who have neither interviews nor practice, such as those who were added twice; all or none."
    ),
    examples=["hiringkit interviewer remove helen-brandt-2"],
)
@click.argument("who", nargs=-1, required=True)
@with_session
def remove(session: Session, who: tuple[str, ...]) -> None:
    """Remove interviewers."""
    from hiringkit.actions.people import remove_interviewers
    from hiringkit.report.views.people import interviewers_report

    gone = remove_interviewers(session.store(), session.actor, who)
    session.note(_("Removed:"))
    session.emit(interviewers_report(gone))


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


@command.command(
    "link",
    help=n_(
        "Make a personal link with which an interviewer signs in to the room in the browser (hiringkit serve). The link"
        " and its code of eight digits are shown once; the link works once and can be revoked."
    ),
    examples=[
        "hiringkit interviewer link helen-brandt",
        "hiringkit interviewer link helen-brandt --opening som-2026 --expires 5d",
        "hiringkit interviewer link --list",
        "hiringkit interviewer link --revoke 3",
    ],
)
@click.argument("who", required=False)
@option("--opening", metavar="ID", help=n_("Only the interviews of this opening."))
@option(
    "--expires",
    metavar="TIME",
    default="14d",
    show_default=True,
    help=n_("How long the link can be used and its login lasts: days (14d), hours (12h) or minutes (30m)."),
)
@option("--desk", is_flag=True, help=n_("Open the pages that compare candidates, too."))
@option("--url", metavar="ADDRESS", help=n_("Where the server is found; by default where it was found last."))
@option("--list", "list_", is_flag=True, help=n_("List all links instead."))
@option("--revoke", metavar="LINK", type=int, help=n_("Take a link back instead, and sign out whoever used it."))
@with_session
def link(
    session: Session,
    who: str | None,
    opening: str | None,
    expires: str,
    desk: bool,
    url: str | None,
    list_: bool,
    revoke: int | None,
) -> None:
    """Make, list or revoke personal links."""
    if [who is not None, list_, revoke is not None].count(True) != 1:
        raise UsageProblem(
            "say who the link is for, or --list, or --revoke LINK", hint="hiringkit interviewer link WHO"
        )
    if who is not None:
        _make_link(session, who, opening, expires, desk, url)
        return
    from hiringkit.actions.links import MOST_FAILURES, every_link, revoke_link
    from hiringkit.cli.session import now
    from hiringkit.report.views.links import links_report

    store = session.store()
    if revoke is None:
        found = every_link(store, session.actor)
    else:
        found = (revoke_link(store, session.actor, revoke),)
        session.note(_("Revoked:"))
    session.emit(links_report(found, now(), MOST_FAILURES))


def _make_link(session: Session, who: str, opening: str | None, expires: str, desk: bool, url: str | None) -> None:
    import secrets

    from hiringkit.actions.links import make_link, served_at
    from hiringkit.actions.people import show_interviewer
    from hiringkit.report.views.links import made_link_report

    store = session.store()
    token, code = secrets.token_urlsafe(32), f"{secrets.randbelow(10**8):08}"
    made = make_link(
        store, session.actor, who, token=token, code=code, expires=_span(expires), opening=opening, desk=desk
    )
    address = f"{(url or served_at(store)).rstrip('/')}/link/{token}"
    session.emit(made_link_report(made, show_interviewer(store, made.interviewer).name, address, code))


def _span(text: str) -> timedelta:
    """Read a span of time such as 14d."""
    found = re.fullmatch(r"(\d{1,6})([dhm])", text.strip())
    if found is None:
        raise UsageProblem(
            Sentence("{text!r} is no span of time").format(text=text),
            hint="such as --expires 14d, --expires 12h or --expires 30m",
        )
    return timedelta(**{UNITS[found[2]]: int(found[1])})
