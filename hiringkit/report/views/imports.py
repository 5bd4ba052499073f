"""What an import did, or would do."""

from collections.abc import Mapping, Sequence

from hiringkit.domain.imported import ImportReport
from hiringkit.locale import _, say
from hiringkit.report.model import Facts, Lines, Report

_SHOWN = 12


def import_report(done: ImportReport) -> Report:
    """Show what an import did, or would do."""
    title = _("Imported") if done.written else _("What would be imported")
    facts = (
        (_("Opening"), done.opening),
        (_("Source"), done.source),
        (_("Scorecards"), _scorecards(done)),
        (_("Ratings"), _ratings(done)),
        (_("Candidates"), _people(done.candidates, done.known_candidates)),
        (_("Interviewers"), _people(done.interviewers, done.known_interviewers)),
        *(((_("Nothing filled in"), str(done.empty)),) if done.empty else ()),
        *(((_("Left out"), _counts(done.left_out)),) if done.left_out else ()),
    )
    changes = [say(each) for each in done.changed[:_SHOWN]]
    if len(done.changed) > _SHOWN:
        changes.append(_("and {more} more").format(more=len(done.changed) - _SHOWN))
    return Report(
        title=title,
        blocks=(Facts(facts), *((Lines(tuple(changes), caption=_("Changes")),) if changes else ())),
        document={
            "schema": "hiringkit/import/1",
            "opening": done.opening,
            "source": done.source,
            "written": done.written,
            "scorecards": {
                "added": done.added,
                "changed": len(done.changed),
                "unchanged": done.unchanged,
                "empty": done.empty,
            },
            "ratings": done.ratings,
            "marks": dict(done.marks),
            "left_out": dict(done.left_out),
            "candidates": {"added": list(done.candidates), "known": done.known_candidates},
            "interviewers": {"added": list(done.interviewers), "known": done.known_interviewers},
            "changes": list(done.changed),
        },
    )


def _scorecards(done: ImportReport) -> str:
    text = _("{added} new, {changed} changed, {unchanged} as they are")
    return text.format(added=done.added, changed=len(done.changed), unchanged=done.unchanged)


def _ratings(done: ImportReport) -> str:
    return f"{done.ratings} ({_counts(done.marks)})" if done.marks else str(done.ratings)


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.items())


def _people(added: Sequence[str], known: int) -> str:
    names = ", ".join(added[:_SHOWN]) + (" …" if len(added) > _SHOWN else "")
    text = _("{added} new, {known} there already").format(added=len(added), known=known)
    return f"{text}: {names}" if names else text
