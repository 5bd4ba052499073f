"""What a candidate needs from the team beside what the team gives."""

from collections.abc import Sequence

from hiringkit.domain.expectation import MutualFit
from hiringkit.locale import _
from hiringkit.report.model import Block, Cell, Column, Notes, Number, Report, Table, Tone, Word, plain


def mutual_fit_report(fits: Sequence[MutualFit], language: str, *, opening: str, candidate: str = "") -> Report:
    """Show both sides of an opening's expectations.

    Args:
        fits: Every expectation of the rubric.
        language: en or zh.
        opening: The opening's id.
        candidate: The candidate's id; empty where only the team's side is shown.
    """
    return Report(
        title=_("Mutual fit"),
        blocks=mutual_fit_blocks(fits, language, every=True),
        document={
            "schema": "hiringkit/mutual-fit/1",
            "opening": opening,
            "candidate": candidate or None,
            "expectations": mutual_fit_document(fits),
        },
    )


def mutual_fit_blocks(fits: Sequence[MutualFit], language: str, *, every: bool = False) -> tuple[Block, ...]:
    """Return the table of what both sides answered, what differs most first; nothing where neither has answered."""
    shown = [fit for fit in fits if every or fit.needed is not None or fit.given is not None]
    if not shown:
        empty = _("The opening's rubric asks candidates nothing of this kind.")
        return (Notes((empty,)),) if every else ()
    columns = (
        Column("expectation", _("Expectation"), wrap=True),
        Column("needed", _("Needed")),
        Column("given", _("Given")),
        Column("difference", _("Difference")),
        Column("meaning", _("Meaning")),
    )
    rows = tuple(_row(fit, language) for fit in sorted(shown, key=_order))
    note = _(
        "Needed: what the candidate said, given: what was said for the team, each from 1, not at all, to 5, very much."
        " Nothing of this enters the score: it is for the talk about whether both sides will be glad of each other."
    )
    return Table(columns, rows, _("What the candidate needs, and what the team gives")), Notes((note,))


def mutual_fit_document(fits: Sequence[MutualFit]) -> list[dict[str, object]]:
    """Return the same as plain values."""
    return [{**plain(fit), "difference": fit.difference} for fit in fits]


def _row(fit: MutualFit, language: str) -> tuple[Cell, ...]:
    figures = Number(fit.needed, 0), Number(fit.given, 0), Number(fit.difference, 0, signed=True)
    return f"{fit.expectation}: {fit.text.in_language(language)}", *figures, _meaning(fit)


def _meaning(fit: MutualFit) -> Word:
    if fit.difference is None:
        if fit.needed is None and fit.given is None:
            return Word(_("not answered"), Tone.QUIET)
        return Word(_("the candidate has not said") if fit.needed is None else _("the team has not said"), Tone.CAUTION)
    if fit.difference < 0:
        return Word(_("less than needed"), Tone.BAD)
    return Word(_("as needed") if fit.difference == 0 else _("more than needed"), Tone.GOOD)


def _order(fit: MutualFit) -> tuple[bool, int]:
    return fit.difference is None, fit.difference or 0
