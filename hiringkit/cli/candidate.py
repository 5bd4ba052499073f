"""`hiringkit candidate`: the candidates of an opening."""

import click

from hiringkit.cli.base import Group, option
from hiringkit.cli.session import Session, with_session
from hiringkit.domain.people import Candidate
from hiringkit.locale import _, n_


@click.group("candidate", cls=Group, help=n_("The candidates of an opening."))
def command() -> None:
    """Hold the verbs."""


@command.command(
    "add",
    help=n_("Add a candidate to an opening."),
    examples=['hiringkit candidate add som-2026 "Amara Osei" --email amara@example.org'],
)
@click.argument("opening")
@click.argument("name")
@option("--id", "identity", default="", help=n_("A short id; made from the name if not given."))
@option("--email", default="", help=n_("An e-mail address."))
@option("--note", default="", help=n_("A note; not shown to interviewers in comparisons."))
@with_session
def add(session: Session, opening: str, name: str, identity: str, email: str, note: str) -> None:
    """Add a candidate."""
    from hiringkit.actions.people import add_candidates
    from hiringkit.report.views.people import candidates_report

    given = Candidate(identity, name, email, note)
    added = add_candidates(session.store(), session.actor, opening, [given])
    session.emit(candidates_report(added, opening=opening))
    session.note(
        _("Next: hiringkit interview schedule {opening} {candidate} INTERVIEWER").format(
            opening=opening, candidate=added[0].id
        )
    )


@command.command(
    "import",
    help=n_(
        "Add candidates from a CSV file or workbook, whatever program wrote it, with a column for the name, or for"
        " first and last name, and, if wanted, for id, email and note; all or none. Whoever is there already, by e-mail"
        " address, is left as they are. At a terminal you see them before they are added."
    ),
    examples=[
        "hiringkit candidate import som-2026 candidates.csv",
        "hiringkit candidate import som-2026 candidates.xlsx --dry-run",
        "cat c.csv | hiringkit candidate import som-2026 -",
    ],
)
@click.argument("opening")
@click.argument("file")
@option("--dry-run", is_flag=True, help=n_("Show who would be added, and add nobody."))
@with_session
def import_(session: Session, opening: str, file: str, dry_run: bool) -> None:
    """Add candidates from a file."""
    from hiringkit.actions.people import add_candidates, not_yet_there
    from hiringkit.cli.people_files import add_people, read_candidates
    from hiringkit.report.views.people import candidates_report

    store = session.store()
    given = read_candidates(session, file)
    add_people(
        session,
        given,
        not_yet_there(store, given, opening),
        lambda people: candidates_report(people, opening=opening),
        lambda people: add_candidates(store, session.actor, opening, people),
        dry_run=dry_run,
    )


@command.command("list", help=n_("List the candidates of an opening."), examples=["hiringkit candidate list som-2026"])
@click.argument("opening")
@with_session
def list_(session: Session, opening: str) -> None:
    """List the candidates."""
    from hiringkit.actions.people import candidates_of
    from hiringkit.actions.schedule import list_interviews
    from hiringkit.report.views.people import candidates_report

    store = session.store()
    held = list_interviews(store, session.actor, opening)
    session.emit(candidates_report(candidates_of(store, opening), held, opening=opening))


@command.command(
    "show",
    help=n_("Show one candidate with the interviews."),
    examples=["hiringkit candidate show som-2026 amara-osei"],
)
@click.argument("opening")
@click.argument("candidate")
@with_session
def show(session: Session, opening: str, candidate: str) -> None:
    """Show one candidate."""
    from hiringkit.actions.people import names_across, show_candidate
    from hiringkit.actions.schedule import list_interviews
    from hiringkit.report.views.people import candidate_report

    store = session.store()
    found = show_candidate(store, opening, candidate)
    held = list_interviews(store, session.actor, opening, candidate=found.id)
    names = names_across(store, [opening])
    session.emit(
        candidate_report(found, held, opening=opening, title=names.openings[opening], interviewers=names.interviewers)
    )


@command.command(
    "edit",
    help=n_("Correct a candidate's name, e-mail address or note; the id and all ratings stay."),
    examples=['hiringkit candidate edit som-2026 amara-osei --name "Amara Oseï" --email amara@example.org'],
)
@click.argument("opening")
@click.argument("candidate")
@option("--name", help=n_("The right name."))
@option("--email", help=n_("The right e-mail address; empty for none."))
@option("--note", help=n_("Another note; empty for none."))
@with_session
def edit(session: Session, opening: str, candidate: str, name: str | None, email: str | None, note: str | None) -> None:
    """Correct a candidate."""
    from hiringkit.actions.people import edit_candidate
    from hiringkit.report.views.people import candidate_report

    found = edit_candidate(session.store(), session.actor, opening, candidate, name=name, email=email, note=note)
    session.emit(candidate_report(found, opening=opening))


@command.command(
    "remove",
    help=n_(
        "Remove a candidate about whom nothing is written, such as one who was added twice. With ratings, use withdraw."
    ),
    examples=["hiringkit candidate remove som-2026 amara-osei-2"],
)
@click.argument("opening")
@click.argument("candidate")
@with_session
def remove(session: Session, opening: str, candidate: str) -> None:
    """Remove a candidate."""
    from hiringkit.actions.people import remove_candidate
    from hiringkit.report.views.people import candidates_report

    gone = remove_candidate(session.store(), session.actor, opening, candidate)
    session.note(_("Removed:"))
    session.emit(candidates_report((gone,), opening=opening))


@command.command(
    "withdraw",
    help=n_("Mark a candidate as withdrawn: kept, and left out of comparisons."),
    examples=['hiringkit candidate withdraw som-2026 amara-osei --reason "took another offer"'],
)
@click.argument("opening")
@click.argument("candidate")
@option("--reason", default="", help=n_("Why, in one line."))
@with_session
def withdraw(session: Session, opening: str, candidate: str, reason: str) -> None:
    """Mark a candidate as withdrawn."""
    from hiringkit.actions.people import withdraw_candidate
    from hiringkit.report.views.people import candidates_report

    gone = withdraw_candidate(session.store(), session.actor, opening, candidate, reason)
    session.emit(candidates_report((gone,), opening=opening))
    session.note(
        _("To take it back: hiringkit candidate restore {opening} {candidate}").format(
            opening=opening, candidate=gone.id
        )
    )


@command.command(
    "restore",
    help=n_("Take back that a candidate has withdrawn: interviews go on where they were, and ratings count again."),
    examples=["hiringkit candidate restore som-2026 amara-osei"],
)
@click.argument("opening")
@click.argument("candidate")
@with_session
def restore(session: Session, opening: str, candidate: str) -> None:
    """Take back that a candidate has withdrawn."""
    from hiringkit.actions.people import restore_candidate
    from hiringkit.report.views.people import candidates_report

    back = restore_candidate(session.store(), session.actor, opening, candidate)
    session.emit(candidates_report((back,), opening=opening))


@command.command(
    "expect",
    help=n_(
        "Keep how much a candidate needs something from the team, from 1, not at all, to 5, very much; without an"
        " expectation, ask for all of them by prompts. The profile sets it beside what the team gives; it never enters"
        " the score."
    ),
    examples=[
        "hiringkit candidate expect som-2026 amara-osei",
        "hiringkit candidate expect som-2026 amara-osei sponsorship 5",
    ],
)
@click.argument("opening")
@click.argument("candidate")
@click.argument("expectation", required=False)
@click.argument("answer", type=click.INT, required=False)
@with_session
def expect_(session: Session, opening: str, candidate: str, expectation: str | None, answer: int | None) -> None:
    """Keep what a candidate needs."""
    from hiringkit.actions.expectations import expect, mutual_fit
    from hiringkit.cli.expectations import keep_or_ask
    from hiringkit.report.views.expectation import mutual_fit_report

    store = session.store()
    keep_or_ask(
        expectation,
        answer,
        mutual_fit(store, opening, candidate),
        lambda fit: fit.needed,
        lambda identity, level: expect(store, session.actor, opening, candidate, identity, level),
        session.language,
    )
    fits = mutual_fit(store, opening, candidate)
    session.emit(mutual_fit_report(fits, session.language, opening=opening, candidate=candidate))
