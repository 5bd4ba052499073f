"""How a rubric's interviews are held, in words."""

from hiringkit.domain.rubric import Policy
from hiringkit.locale import _
from hiringkit.report.model import Block, Cell, Facts, Number


def conduct_blocks(policy: Policy) -> tuple[Block, ...]:
    """Show the rules that a rubric lays down for its interviews; nothing where it lays down none."""
    panel = policy.panel
    items: list[tuple[str, Cell | None]] = [
        (_("Minutes per interview"), Number(policy.interview_minutes, 0) if policy.interview_minutes else None),
        (_("Interviewers, at least"), Number(panel.minimum, 0) if panel else None),
        (_("They compare notes"), _said(panel.discussion if panel else None)),
        (_("Beyond the questions"), _said(policy.prompting)),
        (_("Candidate's papers"), _said(policy.ancillary)),
        (_("Candidate's questions"), _said(policy.candidate_questions)),
        (_("Evidence in writing"), _said(policy.notes)),
        (_("Practice beforehand"), _said(policy.training)),
        (_("Ratings combined by"), _said(policy.combination)),
    ]
    shown = tuple((name, value) for name, value in items if value is not None)
    return (Facts(shown, _("How interviews are held")),) if shown else ()


def _said(word: str | None) -> str | None:
    words = {
        "after-scorecards": _("when all scorecards are in"),
        "any-time": _("at any time"),
        "planned-probes": _("planned probes and nothing else"),
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
