"""`hiringkit audit`: who did what and when, and whether the log of it is as it was written."""

from datetime import datetime

import click

from hiringkit.cli.base import Group, option
from hiringkit.cli.session import Session, with_session
from hiringkit.locale import _, n_
from hiringkit.timezone import zone

MOST_PROBLEMS = 200
"""Of a log that was rewritten throughout; the first ones say it."""


@click.group("audit", cls=Group, help=n_("Who did what and when, and whether the log of it is whole."))
def command() -> None:
    """Hold the verbs."""


@command.command(
    "log",
    help=n_(
        "List what was done, oldest first. Ratings are never in the log; what else it says about an interview is shown"
        " to an interviewer once their own scorecard for the candidate is submitted."
    ),
    examples=[
        "hiringkit audit log --opening som-2026 --since 2026-03-01",
        "hiringkit audit log --who helen@example.org --kind interview.rate -f csv -o log.csv",
    ],
)
@option("--opening", help=n_("Only what was done in this opening."))
@option(
    "--since",
    type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]),
    help=n_("Only from this day or moment on, in the time zone that `hiringkit where` names."),
)
@option("--who", help=n_("Only what this person did: id or e-mail."))
@option(
    "--kind",
    metavar="KIND[.VERB]",
    help=n_("Only what was done to this kind of thing, such as interview, or only this, such as interview.rate."),
)
@option("--last", type=click.IntRange(min=1), help=n_("Only the last so many."))
@with_session
def log(
    session: Session,
    opening: str | None,
    since: datetime | None,
    who: str | None,
    kind: str | None,
    last: int | None,
) -> None:
    """List events."""
    from hiringkit.actions.audit import audit_log
    from hiringkit.report.views.audit import log_report

    found = audit_log(
        session.store(),
        session.actor,
        opening=opening,
        since=since.replace(tzinfo=zone()) if since else None,
        who=who,
        kind=kind,
        last=last,
    )
    session.emit(log_report(found))


@command.command(
    "verify",
    help=n_(
        "Check that no event of the log was changed, removed, inserted or moved, and that nothing it vouches for was"
        " changed behind the program's back; the first is named."
        " What was cut off the end shows only against a head that you noted before."
    ),
    examples=["hiringkit audit verify", "hiringkit audit verify --head 120:5feceb66ffc8…"],
)
@option("--head", metavar="SEQUENCE:HASH", help=n_("A head that was noted earlier, which the log must still have."))
@with_session
def verify(session: Session, head: str | None) -> None:
    """Check the log."""
    from hiringkit.actions.audit import verify_audit
    from hiringkit.errors import FindingsError
    from hiringkit.report.views.audit import verdict_report
    from hiringkit.text.sentence import Sentence

    verdict = verify_audit(session.store(), noted=head)
    if verdict.problems:
        raise FindingsError(
            Sentence("the audit log was changed: {first}").format(first=verdict.problems[0].message),
            verdict.problems[:MOST_PROBLEMS],
            hint=verdict.problems[0].hint,
        )
    session.emit(verdict_report(verdict))


@command.command(
    "head",
    help=n_("Show the last event's number and hash. Note it where nobody can change it, and verify against it later."),
    examples=["hiringkit audit head"],
)
@with_session
def head(session: Session) -> None:
    """Show the head."""
    from hiringkit.actions.audit import audit_head
    from hiringkit.report.views.audit import head_report

    session.emit(head_report(audit_head(session.store())))
    session.note(_("Verify against it later: hiringkit audit verify --head SEQUENCE:HASH"))
