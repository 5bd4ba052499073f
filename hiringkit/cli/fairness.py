"""`hiringkit fairness`."""

import click

from hiringkit.cli.base import Command, option
from hiringkit.cli.scoring_options import METHODS
from hiringkit.cli.session import Session, with_session
from hiringkit.locale import _, n_


@click.command(
    "fairness",
    cls=Command,
    help=n_(
        "How groups of candidates come out: who was hired, reached a stage and scored above the median, with impact"
        " ratios, exact tests and intervals. The groups are in a file of their own, of which nothing is kept unless you"
        " say so; groups of fewer than five people are counted and never shown."
    ),
    examples=[
        "hiringkit fairness som-2026 --groups groups.csv",
        "hiringkit fairness --all --groups groups.csv --by sex,ethnicity -f csv --layout ll144 -o audit.csv",
        "hiringkit fairness som-2026 --groups groups.csv --selected screened,onsite,offer",
        "hiringkit fairness som-2026 --groups groups.csv --keep",
        "hiringkit fairness som-2026",
        "hiringkit fairness --counts counts.csv",
    ],
)
@click.argument("openings", metavar="[OPENING]…", nargs=-1)
@option("--all", "every", is_flag=True, help=n_("All openings together."))
@option(
    "--groups",
    metavar="FILE",
    help=n_("Who belongs where: a column candidate, and one for each kind of group; what was kept if not given."),
)
@option(
    "--keep",
    is_flag=True,
    help=n_("Keep what the file says, in a table that is only ever counted, by this command."),
)
@option("--forget", is_flag=True, help=n_("Delete what was kept, and compare nothing; you are asked."))
@option("--yes", is_flag=True, help=n_("Delete without asking."))
@option(
    "--counts",
    metavar="FILE",
    help=n_("Counts in place of people, without any database: columns selected, applicants, and the groups."),
)
@option("--by", metavar="COLUMN,…", help=n_("Columns that name groups; all if not given."))
@option(
    "--selected",
    metavar="COLUMN,…",
    help=n_("Columns that say yes or no, stage by stage; the opening's outcomes if not given."),
)
@option("--minimum", type=int, default=5, show_default=True, help=n_("People that a group has at least to be shown."))
@option("--level", type=float, default=0.95, show_default=True, help=n_("Level of every interval."))
@option("--method", type=click.Choice(METHODS), help=n_("How ratings become scores; chosen if not given."))
@option(
    "--layout",
    type=click.Choice(("full", "ll144")),
    default="full",
    show_default=True,
    help=n_("ll144 is that of New York's Local Law 144."),
)
@option("--excel", is_flag=True, help=n_("Write CSV in a way that Excel reads as UTF-8."))
@with_session
def command(
    session: Session,
    openings: tuple[str, ...],
    every: bool,
    groups: str | None,
    keep: bool,
    forget: bool,
    yes: bool,
    counts: str | None,
    by: str | None,
    selected: str | None,
    minimum: int,
    level: float,
    method: str | None,
    layout: str,
    excel: bool,
) -> None:
    """Compare groups of candidates."""
    from hiringkit.actions.fairness import FairnessOptions, fairness_of_counts, fairness_of_openings
    from hiringkit.actions.scores import read_options
    from hiringkit.report.views.fairness import fairness_report, ll144_report

    options = FairnessOptions(
        by=_names(by),
        selected=_names(selected),
        minimum=minimum,
        level=level,
        scoring=read_options({"method": method}),
    )
    _check_what_is_given(openings, every=every, groups=groups, counts=counts, keep=keep, forget=forget)
    if forget:
        _forget(session, openings, yes=yes)
        return
    more = session.settings.columns
    if counts:
        found = fairness_of_counts(counts, options, more=more)
    else:
        found = fairness_of_openings(
            session.store(), session.actor, openings, groups, options, keep=keep, language=session.language, more=more
        )
    session.emit(ll144_report(found) if layout == "ll144" else fairness_report(found), excel=excel)


def _forget(session: Session, openings: tuple[str, ...], *, yes: bool) -> None:
    """Delete what was kept.

    Raises:
        Refused: Nobody said yes.
    """
    from hiringkit.actions.fairness import forget_answers
    from hiringkit.cli.prompts import answers
    from hiringkit.errors import Refused
    from hiringkit.text.sentence import Sentence

    question = _("Delete all kept answers of {openings} for good? (y/n)").format(
        openings=", ".join(openings) or _("every opening")
    )
    if not yes and next(answers(question, err=True), "n").strip().lower() not in ("y", "yes", "是"):
        raise Refused(Sentence("nothing was deleted"))
    gone = forget_answers(session.store(), session.actor, openings)
    session.note(_("{count} answers were deleted.").format(count=gone))


def _names(given: str | None) -> tuple[str, ...]:
    return tuple(name.strip() for name in (given or "").split(",") if name.strip())


def _check_what_is_given(
    openings: tuple[str, ...], *, every: bool, groups: str | None, counts: str | None, keep: bool, forget: bool
) -> None:
    """Require either counts alone, or openings with groups, whether of a file or kept.

    Raises:
        UsageProblem: It is neither.
    """
    from hiringkit.errors import UsageProblem

    if counts and (openings or every or groups or keep or forget):
        raise UsageProblem("a file of counts stands for itself", hint="leave out openings, --all and --groups")
    if not counts and bool(openings) == every:
        raise UsageProblem("which openings?", hint="name them, or give --all; or --counts FILE without any")
    if keep and not groups:
        raise UsageProblem("--keep keeps what a file says", hint="add --groups FILE")
    if forget and groups:
        raise UsageProblem("--forget takes no file", hint="leave --groups out")
