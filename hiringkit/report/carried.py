"""What became of an attempt when it met another version of its rubric."""

from hiringkit.domain.attempt import Carried
from hiringkit.locale import _


def carried_report(carried: Carried) -> list[str]:
    """Say it in sentences."""
    before, after = carried.before.version, carried.after.version
    if before == after:
        first = _("The rubric's file has changed since this attempt, though its version is still {after}.")
    else:
        first = _("This attempt was made against version {before} of the rubric; it is {after} now.")
    told = (
        (carried.kept, _("Your answers count on where question, criteria and anchors are the same: {questions}")),
        (carried.changed, _("Asked or rated otherwise now, so please answer again: {questions}")),
        (carried.dropped, _("No longer asked: {questions}")),
        (carried.requirements, _("Requirements worded otherwise now, so please answer again: {questions}")),
    )
    lines = [first.format(before=before, after=after)]
    lines += [sentence.format(questions=", ".join(questions)) for questions, sentence in told if questions]
    if carried.changed or carried.dropped:
        lines.append(_("What you wrote there is kept: hiringkit self report shows it."))
    return lines
