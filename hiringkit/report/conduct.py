"""How a rubric's interviews are held, in words."""

from hiringkit.domain.rubric import Policy
from hiringkit.locale import _
from hiringkit.report.model import Block, Cell, Facts, Number


def conduct_blocks(policy: Policy) -> tuple[Block, ...]:
    """Show the rules that a rubric lays down for its interviews; nothing where it lays down none."""
    panel = policy.panel
    items: list[tuple[str, Cell | None]] = [
        (_("Minutes of one interview"), Number(policy.interview_minutes, 0) if policy.interview_minutes else None),
        (_("Interviewers of a candidate, at least"), Number(panel.minimum, 0) if panel else None),
        (_("They speak about a candidate"), _said(panel.discussion if panel else None)),
        (_("Besides the questions they ask"), _said(policy.prompting)),
        (_("Application and references"), _said(policy.ancillary)),
        (_("Candidates ask their questions"), _said(policy.candidate_questions)),
        (_("Notes on every rating"), _said(policy.notes)),
        (_("Practice on sample answers"), _said(policy.training)),
        (_("Ratings are combined by"), _said(policy.combination)),
    ]
    shown = tuple((name, value) for name, value in items if value is not None)
    return (Facts(shown, _("How interviews are held")),) if shown else ()


def _said(word: str | None) -> str | None:
    words = {
        "after-scorecards": _("when all scorecards are in"),
        "any-time": _("at any time"),
        "planned-probes": _("the planned probes and nothing else"),
        "free": _("what they like"),
        "withheld": _("kept from interviewers"),
        "after-rating": _("kept from interviewers until their scorecard is in"),
        "shared": _("given to interviewers"),
        "separate": _("at another time, or after the last rating"),
        "during": _("in the course of the interview"),
        "required": _("required"),
        "optional": _("optional"),
        "statistical": _("weights and thresholds"),
        "judgement": _("judgement"),
    }
    return words[word] if word else None
