"""`hiringkit decision`: who is hired, criterion by criterion, by silent votes, discussion and a decision on record."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from hiringkit.cli.base import Group, option
from hiringkit.cli.session import Session, with_session
from hiringkit.locale import _, n_

if TYPE_CHECKING:
    from hiringkit.report.views.decision import DecisionPage

_EXCEPTION = n_("Do it although the protocol does not allow it; the reason is recorded as an exception.")
_NUMBER = n_("Which of the opening's decisions; the last if not given.")
_WHY = n_("Why, in a sentence; sealed with the vote.")


def _share(value: str) -> float:
    """Read 20, 20 % or 0.2 as a fifth."""
    try:
        number = float(value.strip().removesuffix("%"))
    except ValueError:
        number = -1.0
    if not number >= 0:
        raise click.BadParameter(_("{value!r} is no percentage, such as 20").format(value=value))
    return number if number < 1 and "%" not in value else number / 100


def _pairs(values: Sequence[str], form: str) -> dict[str, str]:
    """Read `WHAT=TEXT` as often as it is given.

    Raises:
        UsageProblem: It has not that form, or one thing is given twice.
    """
    from hiringkit.errors import UsageProblem
    from hiringkit.text.sentence import Sentence

    found: dict[str, str] = {}
    for value in values:
        name, equals, text = value.partition("=")
        if not equals or not name.strip():
            raise UsageProblem(Sentence("{value!r} does not have the form {form}").format(value=value, form=form))
        if name.strip() in found:
            raise UsageProblem(Sentence("{name!r} is given twice").format(name=name.strip()))
        found[name.strip()] = text
    return found


@click.group("decision", cls=Group, help=n_("Decide by silent votes on each criterion, and put it on record."))
def command() -> None:
    """Hold the verbs."""


@command.command(
    "open",
    help=n_(
        "Open a decision. The rubric's weights, who votes and who is decided on are fixed now, before anybody votes."
        " Holistic judgement may be given a weight of its own, up to 30 %."
    ),
    examples=[
        "hiringkit decision open som-2026 --holistic 20",
        "hiringkit decision open som-2026 --voter helen-brandt --voter marcus-webb --candidate amara-osei",
        'hiringkit decision open som-2026 --exception "Marcus is on leave until Monday"',
    ],
)
@click.argument("opening")
@option(
    "--holistic",
    type=_share,
    default="0",
    metavar="PERCENT",
    help=n_("The weight of holistic judgement, voted on last: 0 to 30."),
)
@option("--voter", "voters", multiple=True, metavar="WHO", help=n_("Who votes; those who interview if not given."))
@option("--candidate", "candidates", multiple=True, help=n_("Who is decided on; all in the running if not given."))
@option("--exception", default="", metavar="WHY", help=_EXCEPTION)
@option(
    "--anew", default="", metavar="WHY", help=n_("Start over: the decision before is kept, and takes no more votes.")
)
@with_session
def open_(
    session: Session,
    opening: str,
    holistic: float,
    voters: tuple[str, ...],
    candidates: tuple[str, ...],
    exception: str,
    anew: str,
) -> None:
    """Open a decision."""
    from hiringkit.actions.decisions import open_decision

    open_decision(
        session.store(),
        session.actor,
        opening,
        holistic=holistic,
        voters=voters,
        candidates=candidates,
        exception=exception,
        anew=anew,
    )
    _show(session, opening)


@command.command(
    "vote",
    help=n_(
        "Vote on a criterion, silently: a level for each candidate, or abstain. Nobody else sees it until the votes on"
        " the criterion are revealed, and until then you can vote again. What is not given is asked for; without a"
        " criterion, all that you have not voted on. Act as yourself: --as."
    ),
    examples=[
        "hiringkit decision vote som-2026 forecasting amara-osei=4 priya-raman=3 --as helen-brandt",
        'hiringkit decision vote som-2026 forecasting priya-raman=abstain --reason "I know her" --as helen-brandt',
        "hiringkit decision vote som-2026 --as helen-brandt",
    ],
)
@click.argument("opening")
@click.argument("criterion", required=False)
@click.argument("votes", nargs=-1, metavar="[CANDIDATE=LEVEL]...")
@option("--reason", metavar="WHY", help=_WHY)
@with_session
def vote(session: Session, opening: str, criterion: str | None, votes: tuple[str, ...], reason: str | None) -> None:
    """Vote, or ask for votes."""
    from hiringkit.actions.votes import vote as cast

    store, actor = session.store(), session.actor
    if criterion is None or not votes:
        from hiringkit.cli.decision_prompts import ask_for_votes

        ask_for_votes(session, opening, criterion, reason=reason)
    else:
        cast(store, actor, opening, criterion, _pairs(votes, "CANDIDATE=LEVEL"), reason=reason)
    _show(session, opening)


@command.command(
    "reveal",
    help=n_(
        "Reveal the votes on a criterion once everybody has voted, so that they can be discussed. Given again, it ends"
        " the revote: whoever has not voted again keeps the vote. Revotes reveal themselves once all are in."
    ),
    examples=[
        "hiringkit decision reveal som-2026 forecasting",
        'hiringkit decision reveal som-2026 forecasting --note "Only Helen heard how it was built"',
        'hiringkit decision reveal som-2026 forecasting --exception "Marcus cannot be reached"',
    ],
)
@click.argument("opening")
@click.argument("criterion")
@option("--note", default="", metavar="TEXT", help=n_("What was said about it."))
@option("--exception", default="", metavar="WHY", help=_EXCEPTION)
@with_session
def reveal(session: Session, opening: str, criterion: str, note: str, exception: str) -> None:
    """Reveal votes."""
    from hiringkit.actions.votes import reveal as open_votes

    open_votes(session.store(), session.actor, opening, criterion, note=note, exception=exception)
    _show(session, opening)


@command.command(
    "note",
    help=n_("Note what was said about a criterion after its votes were revealed; the memo has it."),
    examples=['hiringkit decision note som-2026 forecasting "The miss in Q3 was the market, not the method"'],
)
@click.argument("opening")
@click.argument("criterion")
@click.argument("text")
@with_session
def note(session: Session, opening: str, criterion: str, text: str) -> None:
    """Note what was said."""
    from hiringkit.actions.votes import note as keep

    keep(session.store(), session.actor, opening, criterion, text)
    _show(session, opening)


@command.command(
    "revote",
    help=n_(
        "Vote again after the discussion, silently. Candidates who are not named keep your level; with --keep all do."
        " What is not given is asked for."
    ),
    examples=[
        "hiringkit decision revote som-2026 forecasting amara-osei=3 --as helen-brandt",
        "hiringkit decision revote som-2026 forecasting --keep --as marcus-webb",
        'hiringkit decision revote som-2026 forecasting amara-osei=3 --exception "I was ill" --as marcus-webb',
    ],
)
@click.argument("opening")
@click.argument("criterion")
@click.argument("votes", nargs=-1, metavar="[CANDIDATE=LEVEL]...")
@option("--keep", is_flag=True, help=n_("Keep the levels that you gave before."))
@option("--reason", metavar="WHY", help=_WHY)
@option("--exception", default="", metavar="WHY", help=_EXCEPTION)
@with_session
def revote(
    session: Session,
    opening: str,
    criterion: str,
    votes: tuple[str, ...],
    keep: bool,
    reason: str | None,
    exception: str,
) -> None:
    """Vote again."""
    from hiringkit.actions.votes import revote as cast
    from hiringkit.errors import UsageProblem

    if keep and votes:
        raise UsageProblem("--keep keeps every level, and levels are given")
    if not keep and not votes:
        from hiringkit.cli.decision_prompts import ask_for_revotes

        ask_for_revotes(session, opening, criterion, reason=reason, exception=exception)
    else:
        given = _pairs(votes, "CANDIDATE=LEVEL")
        cast(session.store(), session.actor, opening, criterion, given, reason=reason, exception=exception)
    _show(session, opening)


@command.command(
    "close",
    help=n_(
        "Record what was decided: by whom, for whom, why on each criterion, who disagreed, and why where the choice is"
        " not first in the comparison or in the votes, or fails a gate. The comparison is pinned by its digest. Nothing"
        " is taken from the scores. At a terminal, what is not given is asked for."
    ),
    examples=[
        'hiringkit decision close som-2026 --for amara-osei --decided-by "Dana Reyes" --reason forecasting="…" …',
        "hiringkit decision close som-2026",
        'hiringkit decision close som-2026 --for-nobody --dissent helen-brandt="Amara reaches every bar" …',
    ],
)
@click.argument("opening")
@option("--for", "candidate", metavar="CANDIDATE", help=n_("Who is chosen."))
@option("--for-nobody", "nobody", is_flag=True, help=n_("Nobody is chosen."))
@option("--decided-by", default="", metavar="NAME", help=n_("Who decided."))
@option("--reason", "reasons", multiple=True, metavar="CRITERION=WHY", help=n_("Why, for each criterion."))
@option("--dissent", "dissents", multiple=True, metavar="WHO=WHY", help=n_("Who of those who vote disagreed, and why."))
@option(
    "--override",
    "overrides",
    multiple=True,
    metavar="WHAT=WHY",
    help=n_("Why the choice goes against the comparison, the votes or a gate: comparison, votes or a criterion."),
)
@option(
    "--outcome",
    "outcomes",
    multiple=True,
    metavar="CANDIDATE=hired|rejected[:WHY]",
    help=n_("What became of a candidate, and why; repeat it for more."),
)
@option(
    "--comparison", default="", metavar="DIGEST", help=n_("The comparison that was looked at; refused if it is not.")
)
@option("--exception", default="", metavar="WHY", help=_EXCEPTION)
@with_session
def close(
    session: Session,
    opening: str,
    candidate: str | None,
    nobody: bool,
    decided_by: str,
    reasons: tuple[str, ...],
    dissents: tuple[str, ...],
    overrides: tuple[str, ...],
    outcomes: tuple[str, ...],
    comparison: str,
    exception: str,
) -> None:
    """Record what was decided."""
    from hiringkit.actions.closings import Choice, close_decision
    from hiringkit.actions.openings import read_outcome
    from hiringkit.errors import UsageProblem

    if candidate is not None and nobody:
        raise UsageProblem("somebody is chosen, or nobody", hint="--for CANDIDATE or --for-nobody")
    choice = Choice(
        decided_by=decided_by,
        candidate=candidate,
        reasons=_pairs(reasons, "CRITERION=WHY"),
        dissents=_pairs(dissents, "WHO=WHY"),
        overrides=_pairs(overrides, "WHAT=WHY"),
        outcomes=dict(map(read_outcome, outcomes)),
    )
    revision = None
    if session.at_terminal:
        from hiringkit.cli.decision_prompts import ask_for_choice

        choice, revision = ask_for_choice(session, opening, choice, nobody=nobody)
    elif candidate is None and not nobody:
        raise UsageProblem("it is not said for whom", hint="--for CANDIDATE or --for-nobody")
    store, actor = session.store(), session.actor
    close_decision(store, actor, opening, choice, comparison=comparison, exception=exception, revision=revision)
    _show(session, opening)


@command.command(
    "reopen",
    help=n_(
        "Take something up again, on the record: a decision that is closed, a criterion that is settled, a decision"
        " whose rubric or dropped questions have changed, or one that somebody is to vote in too."
    ),
    examples=[
        'hiringkit decision reopen som-2026 --because "Amara declined"',
        'hiringkit decision reopen som-2026 forecasting --because "We had the wrong quarter before us"',
        'hiringkit decision reopen som-2026 --voter dana-reyes --because "She runs the team from May"',
    ],
)
@click.argument("opening")
@click.argument("criterion", required=False)
@option("--because", required=True, metavar="WHY", help=n_("Why; it is recorded as an exception."))
@option("--voter", default="", metavar="WHO", help=n_("Somebody who is to vote too."))
@with_session
def reopen(session: Session, opening: str, criterion: str | None, because: str, voter: str) -> None:
    """Take something up again."""
    from hiringkit.actions.decisions import reopen as take_up

    take_up(session.store(), session.actor, opening, because=because, criterion=criterion or "", voter=voter)
    _show(session, opening)


@command.command(
    "show",
    help=n_(
        "Show where a decision stands: weights, what is revealed, your own votes, and what comes next. The comparison"
        " stands beside the votes only once everything is settled."
    ),
    examples=["hiringkit decision show som-2026", "hiringkit decision show som-2026 --as helen-brandt -f json"],
)
@click.argument("opening")
@option("--number", type=click.IntRange(min=1), help=_NUMBER)
@with_session
def show(session: Session, opening: str, number: int | None) -> None:
    """Show a decision."""
    _show(session, opening, number)


@command.command(
    "memo",
    help=n_(
        "Write the memo of a decision: what was decided, by whom and why, both rounds of votes and whom the discussion"
        " moved, dissent, overrides and exceptions, and how to compute the comparison again. As a page (-o memo.html),"
        " as Markdown (-o memo.md), as JSON, or here."
    ),
    examples=["hiringkit decision memo som-2026 -o memo.html", "hiringkit decision memo som-2026 -f markdown"],
)
@click.argument("opening")
@option("--number", type=click.IntRange(min=1), help=_NUMBER)
@with_session
def memo(session: Session, opening: str, number: int | None) -> None:
    """Write the memo."""
    from hiringkit.report.views.decision import memo_report

    session.emit(memo_report(page_of(session, opening, number)))


def _show(session: Session, opening: str, number: int | None = None) -> None:
    from hiringkit.report.views.decision import decision_report

    session.emit(decision_report(page_of(session, opening, number)))


def page_of(session: Session, opening: str, number: int | None = None) -> "DecisionPage":
    """Return a decision as far as the user may see it, with names."""
    from hiringkit.actions.decisions import show_decision
    from hiringkit.report.views.decision import decision_page

    return decision_page(show_decision(session.store(), session.actor, opening, number=number), session.language)
