"""What was scored in shards, and where the results are."""

from collections.abc import Mapping

from hiringkit.domain.profile import Comparison
from hiringkit.locale import _
from hiringkit.report.model import Column, Facts, Notes, Number, Report, Span, Table
from hiringkit.report.views.comparison import basis_facts, closing_notes
from hiringkit.report.views.documents import bulk_document


def bulk_report(comparison: Comparison, *, place: str, figures: Mapping[str, int]) -> Report:
    """Sum up a comparison whose profiles are in files.

    Args:
        comparison: Without profiles and interviewers.
        place: The folder, or its address.
        figures: How many `files` were read, in how many `shards`, by how many `workers` (0 where one process did), how
            many bytes of vectors and sums were `moved`, and how many times `sums` were taken.
    """
    counts = comparison.counts
    facts = basis_facts(comparison)
    more = (
        (_("Candidates"), Number(counts.candidates, 0)),
        (_("Interviewers"), Number(counts.interviewers, 0)),
        (
            _("Read"),
            _("{files} files in {shards} shards, by {workers} workers").format(
                files=figures["files"], shards=figures["shards"], workers=max(figures["workers"], 1)
            ),
        ),
        (_("Profiles"), f"{place}/profiles/*.parquet"),
        (_("Interviewers' severities"), f"{place}/interviewers.parquet"),
    )
    return Report(
        title=_("Scores of many ratings"),
        blocks=lambda: (
            Facts((*facts.items, *more)),
            _variances(comparison),
            *closing_notes(comparison),
            Notes(
                (
                    _(
                        "In shards there are no effects by criterion, no disagreements and no history; on one "
                        "machine there are: hiringkit score FILE"
                    ),
                )
            ),
        ),
        document=lambda: bulk_document(comparison, place, figures),
    )


def _variances(comparison: Comparison) -> Table:
    """Show the variances, which say how much of a rating is the candidate's."""
    share = _("{level} %").format(level=round(100 * comparison.level))
    columns = (Column("effect", _("Effect")), Column("variance", _("Variance")), Column("interval", share))
    found = comparison.model.variances if comparison.model else {}
    rows = [(name, Number(each.estimate, 4), Span(each.interval, 4)) for name, each in found.items()]
    return Table(columns, tuple(rows))
