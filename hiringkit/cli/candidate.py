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
@option("--resume-line", default="", help=n_("The résumé in one line, for who holds the interview."))
@with_session
def add(session: Session, opening: str, name: str, identity: str, email: str, note: str, resume_line: str) -> None:
    """Add a candidate."""
    from hiringkit.actions.people import add_candidates
    from hiringkit.report.views.people import candidates_report

    given = Candidate(identity, name, email, note, resume_line)
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
        " first and last name, and, if wanted, for id, email, note and résumé line; all or none. Whoever is there"
        " already, by e-mail address, is left as they are. At a terminal you see them before they are added."
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
    from hiringkit.actions.people import add_candidates, candidates_of, not_yet_there
    from hiringkit.cli.people_files import add_people, read_candidates, tell_namesakes
    from hiringkit.report.views.people import candidates_report

    store = session.store()
    given = read_candidates(session, file)
    there = candidates_of(store, opening)
    added = add_people(
        session,
        given,
        not_yet_there(store, given, opening),
        lambda people: candidates_report(people, opening=opening),
        lambda people: add_candidates(store, session.actor, opening, people),
        dry_run=dry_run,
    )
    tell_namesakes(session, there, added, f"hiringkit candidate remove {opening}")


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
    from hiringkit.actions.people import show_candidate

    _emit_candidate(session, opening, show_candidate(session.store(), opening, candidate))


def _emit_candidate(session: Session, opening: str, found: Candidate) -> None:
    """Show a candidate with the interviews."""
    from hiringkit.actions.people import names_across
    from hiringkit.actions.schedule import list_interviews
    from hiringkit.report.views.people import candidate_report

    store = session.store()
    held = list_interviews(store, session.actor, opening, candidate=found.id)
    names = names_across(store, [opening])
    session.emit(
        candidate_report(found, held, opening=opening, title=names.openings[opening], interviewers=names.interviewers)
    )


@command.command(
    "edit",
    help=n_("Correct a candidate's name, e-mail address, note or résumé line; the id and all ratings stay."),
    examples=[
        'hiringkit candidate edit som-2026 amara-osei --name "Amara Oseï" --email amara@example.org',
        'hiringkit candidate edit som-2026 amara-osei --resume-line "RevOps lead, 6 years of SaaS"',
    ],
)
@click.argument("opening")
@click.argument("candidate")
@option("--name", help=n_("The right name."))
@option("--email", help=n_("The right e-mail address; empty for none."))
@option("--note", help=n_("Another note; empty for none."))
@option("--resume-line", help=n_("The résumé in one other line; empty for none."))
@with_session
def edit(session: Session, opening: str, candidate: str, **corrected: str | None) -> None:
    """Correct a candidate."""
    from hiringkit.actions.people import edit_candidate

    found = edit_candidate(session.store(), session.actor, opening, candidate, **corrected)
    _emit_candidate(session, opening, found)


@command.command(
    "remove",
    help=n_(
        "Remove candidates about whom nothing is written, such as those who were added twice; all or none. With"
        " ratings, use withdraw."
    ),
    examples=["hiringkit candidate remove som-2026 amara-osei-2 bo-lindqvist-2"],
)
@click.argument("opening")
@click.argument("candidate", nargs=-1, required=True)
@with_session
def remove(session: Session, opening: str, candidate: tuple[str, ...]) -> None:
    """Remove candidates."""
    from hiringkit.actions.people import remove_candidates
    from hiringkit.report.views.people import candidates_report

    gone = remove_candidates(session.store(), session.actor, opening, candidate)
    session.note(_("Removed:"))
    session.emit(candidates_report(gone, opening=opening))


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


@command.command(
    "export-personal",
    help=n_(
        "Write all that is kept about a candidate, comments and drafts included, for the candidate to have."
        " Interviewers are numbered, and other people's names are taken out of comments: read it before you hand it on."
    ),
    examples=[
        "hiringkit candidate export-personal som-2026 amara-osei -o amara-osei.html",
        "hiringkit candidate export-personal som-2026 amara-osei -f json",
    ],
)
@click.argument("opening")
@click.argument("candidate")
@with_session
def export_personal(session: Session, opening: str, candidate: str) -> None:
    """Write all that is kept about a candidate."""
    from hiringkit.actions.privacy import personal_record
    from hiringkit.report.views.privacy import personal_report

    found = personal_record(session.store(), session.actor, opening, candidate)
    session.emit(personal_report(found, session.language))


@command.command(
    "hold",
    help=n_("Keep everything about a candidate, as where a claim is expected: nothing is erased until release."),
    examples=['hiringkit candidate hold som-2026 amara-osei --reason "complaint of 3 March"'],
)
@click.argument("opening")
@click.argument("candidate")
@option("--reason", required=True, help=n_("Why, in one line."))
@with_session
def hold(session: Session, opening: str, candidate: str, reason: str) -> None:
    """Put a candidate on hold."""
    from hiringkit.actions.privacy import hold_candidate

    found = hold_candidate(session.store(), session.actor, opening, candidate, reason)
    _emit_candidate(session, opening, found)
    session.note(
        _("To take it back: hiringkit candidate release {opening} {candidate}").format(
            opening=opening, candidate=found.id
        )
    )


@command.command(
    "release",
    help=n_("Take back a hold: what is due may be erased again."),
    examples=["hiringkit candidate release som-2026 amara-osei"],
)
@click.argument("opening")
@click.argument("candidate")
@with_session
def release(session: Session, opening: str, candidate: str) -> None:
    """Release a hold."""
    from hiringkit.actions.privacy import release_candidate

    found = release_candidate(session.store(), session.actor, opening, candidate)
    _emit_candidate(session, opening, found)


@command.command(
    "erase",
    help=n_(
        "Erase a candidate: name, addresses, notes, evidence and comments, from the tables, the audit log, the free"
        " parts of the file and crash logs. Levels stay under a pseudonym. It cannot be taken back, and you are asked."
    ),
    examples=[
        "hiringkit candidate erase som-2026 amara-osei",
        "hiringkit candidate erase som-2026 amara-osei --yes -f json",
    ],
)
@click.argument("opening")
@click.argument("candidate")
@option("--yes", is_flag=True, help=n_("Erase without asking."))
@with_session
def erase(session: Session, opening: str, candidate: str, yes: bool) -> None:
    """Erase a candidate."""
    from hiringkit.actions.privacy import erase_candidate, to_be_erased
    from hiringkit.report.views.privacy import erasures_report

    store = session.store()
    if not yes:
        _ask_to_erase(to_be_erased(store, session.actor, opening, candidate))
    session.emit(erasures_report((erase_candidate(store, session.actor, opening, candidate),)))


def _ask_to_erase(candidate: Candidate) -> None:
    """Ask whether a candidate is to be erased.

    Raises:
        Refused: Nobody said yes.
    """
    from hiringkit.cli.prompts import answers
    from hiringkit.errors import Refused
    from hiringkit.text.sentence import Sentence

    question = _("Erase {name} ({id}) for good? (y/n)").format(name=candidate.name, id=candidate.id)
    if next(answers(question, err=True), "n").strip().lower() not in ("y", "yes", "是"):
        raise Refused(
            Sentence("nothing was erased of candidate {candidate_id!r}").format(candidate_id=candidate.id),
            hint="--yes erases without asking",
        )
