"""`hiringkit comply`: what laws on automated decisions ask for."""

import click

from hiringkit.cli.base import Group, option
from hiringkit.cli.session import Session, with_session
from hiringkit.locale import n_

_jurisdiction_option = option(
    "--jurisdiction", metavar="co,ca,il,nyc,eu,uk", help=n_("Which laws are looked at; all if not given.")
)


@click.group(
    "comply",
    cls=Group,
    help=n_("Cards, notices, explanations and human reviews for laws on automated decisions. No legal advice."),
)
def command() -> None:
    """Hold the verbs."""


def _chosen(jurisdiction: str | None) -> tuple[str, ...]:
    return tuple(each.strip().lower() for each in (jurisdiction or "").split(",") if each.strip())


@command.command(
    "card",
    help=n_(
        "The system card: purpose, data, method, limits and instructions for human review, and what each law asks for."
    ),
    examples=["hiringkit comply card som-2026 --jurisdiction nyc,eu -f markdown -o card.md"],
)
@click.argument("opening")
@_jurisdiction_option
@with_session
def card(session: Session, opening: str, jurisdiction: str | None) -> None:
    """Show the system card."""
    from hiringkit.actions.compliance import law_texts
    from hiringkit.report.views.compliance import card_report

    texts = law_texts(session.store(), session.actor, opening, _chosen(jurisdiction))
    session.emit(card_report(texts, session.language))


@command.command(
    "notice",
    help=n_("What candidates are told before they are interviewed; fill in what stands in square brackets."),
    examples=["hiringkit comply notice som-2026 --jurisdiction co -f markdown -o notice.md"],
)
@click.argument("opening")
@_jurisdiction_option
@with_session
def notice(session: Session, opening: str, jurisdiction: str | None) -> None:
    """Show the notice."""
    from hiringkit.actions.compliance import law_texts
    from hiringkit.report.views.compliance import notice_report

    texts = law_texts(session.store(), session.actor, opening, _chosen(jurisdiction))
    session.emit(notice_report(texts, session.language))


@command.command(
    "explain",
    help=n_(
        "Explain to a rejected candidate what interviewers made of their answers: criteria and bars, and nothing about"
        " anybody else."
    ),
    examples=["hiringkit comply explain som-2026 amara-osei --jurisdiction co"],
)
@click.argument("opening")
@click.argument("candidate")
@_jurisdiction_option
@with_session
def explain(session: Session, opening: str, candidate: str, jurisdiction: str | None) -> None:
    """Explain an outcome."""
    from hiringkit.actions.compliance import explain_outcome
    from hiringkit.report.views.compliance import explanation_report

    found = explain_outcome(
        session.store(), session.actor, opening, candidate, _chosen(jurisdiction), language=session.language
    )
    session.emit(explanation_report(found, session.language))


@command.command(
    "log",
    help=n_("Record in the audit log that a person reviewed a decision; without --result, list the reviews."),
    examples=[
        'hiringkit comply log som-2026 amara-osei --result upheld --reason "read all evidence again" --reviewer Dana',
        "hiringkit comply log som-2026",
    ],
)
@click.argument("opening")
@click.argument("candidate", required=False)
@option("--result", type=click.Choice(("upheld", "changed")), help=n_("What came of the review."))
@option("--reason", default="", help=n_("Why; no ratings and no evidence."))
@option("--reviewer", default="", help=n_("Who reviewed; who acts if not given."))
@with_session
def log(session: Session, opening: str, candidate: str | None, result: str | None, reason: str, reviewer: str) -> None:
    """Record or list human reviews."""
    from hiringkit.actions.compliance import log_review, reviews
    from hiringkit.errors import UsageProblem
    from hiringkit.report.views.compliance import reviews_report

    if result is None and (reason or reviewer):
        raise UsageProblem("a review has a result", hint="--result upheld, or --result changed")
    if result is None:
        found = reviews(session.store(), session.actor, opening, candidate)
    elif candidate is None:
        raise UsageProblem("whose decision was reviewed?", hint="hiringkit comply log OPENING CANDIDATE --result …")
    else:
        found = log_review(
            session.store(), session.actor, opening, candidate, result=result, reason=reason, reviewer=reviewer
        )
    session.emit(reviews_report(found, opening))
