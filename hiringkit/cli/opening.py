"""`hiringkit opening`: one hire against one pinned rubric."""

import click

from hiringkit.cli.base import Group, option
from hiringkit.cli.session import Session, with_session
from hiringkit.locale import _, n_

_outcome_option = option(
    "--outcome",
    "outcomes",
    multiple=True,
    metavar="CANDIDATE=hired|rejected[:WHY]",
    help=n_("What became of a candidate, and why; repeat it for more."),
)


_ranking_option = option(
    "--ranking",
    type=click.Choice(["on", "off"]),
    help=n_(
        "Whether candidates are put in an order. With off no command shows a total, a rank or who is ahead: criteria,"
        " bars and evidence are left for people to weigh. As the rubric's policy says if not given."
    ),
)


@click.group("opening", cls=Group, help=n_("One hire against one pinned rubric."))
def command() -> None:
    """Hold the verbs."""


@command.command(
    "create",
    help=n_("Create an opening. It pins the rubric as it is now, so that later edits never change it."),
    examples=[
        "hiringkit opening create som-2026 --rubric sales-operations-manager",
        "hiringkit opening create som-2026 --rubric sales-operations-manager --ranking off",
    ],
)
@click.argument("opening", metavar="ID")
@option("--rubric", required=True, metavar="ID|PATH", help=n_("The rubric: its id or a file."))
@option("--title", default="", help=n_("What people call it; the rubric's title if not given."))
@_ranking_option
@with_session
def create(session: Session, opening: str, rubric: str, title: str, ranking: str | None) -> None:
    """Create an opening."""
    from hiringkit.actions.openings import create_opening
    from hiringkit.domain.conduct import RankingPolicy

    create_opening(
        session.store(create=True),
        session.library,
        session.actor,
        opening,
        rubric,
        title=title,
        ranking=RankingPolicy(ranking) if ranking else None,
        language=session.language,
    )
    _show(session, opening)
    session.note(_("Next: hiringkit candidate add {opening} NAME").format(opening=opening))


@command.command("list", help=n_("List the openings."), examples=["hiringkit opening list -f json"])
@with_session
def list_(session: Session) -> None:
    """List the openings."""
    from hiringkit.actions.openings import every_opening
    from hiringkit.report.views.opening import openings_report

    store = session.existing_store()
    session.emit(openings_report(*every_opening(store, session.actor)) if store else openings_report(()))


@command.command(
    "show", help=n_("Show an opening with its people and interviews."), examples=["hiringkit opening show som-2026"]
)
@click.argument("opening", metavar="ID")
@with_session
def show(session: Session, opening: str) -> None:
    """Show an opening."""
    _show(session, opening)


@command.command(
    "close",
    help=n_(
        "Close an opening. All that is there stays readable; nothing more is rated. Scorecards that are still owed are"
        " named, and you are asked."
    ),
    examples=[
        "hiringkit opening close som-2026",
        'hiringkit opening close som-2026 --yes --outcome amara-osei=hired --outcome "priya-raman=rejected:pay"',
    ],
)
@click.argument("opening", metavar="ID")
@_outcome_option
@option("--yes", is_flag=True, help=n_("Close without asking, whatever is owed."))
@with_session
def close(session: Session, opening: str, outcomes: tuple[str, ...], yes: bool) -> None:
    """Close an opening."""
    from hiringkit.actions.openings import close_opening, read_outcome

    given = dict(map(read_outcome, outcomes))
    if not yes:
        _ask_about_owed(session, opening)
    close_opening(session.store(), session.actor, opening, outcomes=given)
    _show(session, opening)
    session.note(_("To take it back: hiringkit opening reopen {opening}").format(opening=opening))


def _ask_about_owed(session: Session, opening: str) -> None:
    """Name the scorecards that are owed and ask whether to close all the same.

    Raises:
        Refused: Nobody said yes.
    """
    from hiringkit.actions.openings import owed_scorecards
    from hiringkit.cli.prompts import answers, tell
    from hiringkit.errors import Refused
    from hiringkit.text.sentence import Sentence

    owed = owed_scorecards(session.store(), session.actor, opening)
    if not owed:
        return
    tell(_("Scorecards that are still owed:"))
    for each in owed:
        tell(f"  {each.interview.id}")
    answer = next(answers(_("Close the opening without them? (y/n)"), err=True), "n")
    if answer.strip().lower() not in ("y", "yes", "是"):
        raise Refused(
            Sentence("opening {opening_id!r} stays open; scorecards that are owed: {count}").format(
                opening_id=opening, count=len(owed)
            ),
            hint="--yes closes it without asking",
        )


@command.command(
    "reopen",
    help=n_("Take back that an opening is closed: interviews go on where they were. Outcomes are kept."),
    examples=["hiringkit opening reopen som-2026"],
)
@click.argument("opening", metavar="ID")
@with_session
def reopen(session: Session, opening: str) -> None:
    """Take back that an opening is closed."""
    from hiringkit.actions.openings import reopen_opening

    reopen_opening(session.store(), session.actor, opening)
    _show(session, opening)


@command.command(
    "edit",
    help=n_(
        "Correct an opening's title, or what became of candidates, or decide how long what is known about them is kept"
        " and whether they are ranked. The rubric stays: ratings rest on it."
    ),
    examples=[
        'hiringkit opening edit som-2026 --title "Sales Operations Manager, Lagos"',
        "hiringkit opening edit som-2026 --outcome amara-osei=hired",
        "hiringkit opening edit som-2026 --retention 1-year",
        "hiringkit opening edit som-2026 --ranking off",
    ],
)
@click.argument("opening", metavar="ID")
@option("--title", help=n_("What people call it."))
@_outcome_option
@option(
    "--retention",
    metavar="1-year|3-years|4-years|N-months|none",
    help=n_("How long after closing candidates are kept; `hiringkit db retention` says which law each preset answers."),
)
@_ranking_option
@with_session
def edit(
    session: Session,
    opening: str,
    title: str | None,
    outcomes: tuple[str, ...],
    retention: str | None,
    ranking: str | None,
) -> None:
    """Correct an opening."""
    from hiringkit.actions.openings import edit_opening, read_outcome
    from hiringkit.domain.conduct import RankingPolicy

    edit_opening(
        session.store(),
        session.actor,
        opening,
        title=title,
        outcomes=dict(map(read_outcome, outcomes)),
        retention=retention,
        ranking=RankingPolicy(ranking) if ranking else None,
    )
    _show(session, opening)


@command.command(
    "offer",
    help=n_(
        "Keep how much the team gives something that candidates may need, from 1, not at all, to 5, very much; without"
        " an expectation, ask for all of them by prompts. Profiles set it beside what each candidate needs; it never"
        " enters a score."
    ),
    examples=["hiringkit opening offer som-2026", "hiringkit opening offer som-2026 sponsorship 4"],
)
@click.argument("opening", metavar="ID")
@click.argument("expectation", required=False)
@click.argument("answer", type=click.INT, required=False)
@with_session
def offer_(session: Session, opening: str, expectation: str | None, answer: int | None) -> None:
    """Keep what the team gives."""
    from hiringkit.actions.expectations import mutual_fit, offer
    from hiringkit.cli.expectations import keep_or_ask
    from hiringkit.report.views.expectation import mutual_fit_report

    store = session.store()
    keep_or_ask(
        expectation,
        answer,
        mutual_fit(store, opening),
        lambda fit: fit.given,
        lambda identity, level: offer(store, session.actor, opening, identity, level),
        session.language,
    )
    session.emit(mutual_fit_report(mutual_fit(store, opening), session.language, opening=opening))


def _show(session: Session, opening: str) -> None:
    from hiringkit.actions.openings import show_opening
    from hiringkit.report.views.opening import opening_report

    view = show_opening(session.store(), session.actor, opening)
    session.emit(
        opening_report(
            view.opening,
            view.candidates,
            view.interviewers,
            view.interviews,
            dropped=view.dropped,
            is_ranked=view.is_ranked,
        )
    )
