"""The prompts of both sides of the mutual fit: every expectation in turn, each answer kept at once."""

from collections.abc import Callable, Sequence

from hiringkit.cli.prompts import Back, Left, ask_until, tell
from hiringkit.domain.expectation import HIGHEST, LOWEST, MutualFit
from hiringkit.errors import UsageProblem
from hiringkit.locale import _
from hiringkit.text.sentence import Sentence
from hiringkit.text.typed import typed_plainly

Side = Callable[[MutualFit], int | None]
Keep = Callable[[str, int], None]

_LEVELS = {str(level): level for level in range(LOWEST, HIGHEST + 1)}


def keep_or_ask(
    expectation: str | None,
    answer: int | None,
    fits: Sequence[MutualFit],
    side: Side,
    keep: Keep,
    language: str,
) -> None:
    """Keep one answer, or ask for all where the command names no expectation.

    Raises:
        UsageProblem: The command names an expectation and no answer.
    """
    if expectation is None:
        ask_fit(fits, side, keep, language)
    elif answer is None:
        raise UsageProblem(
            Sentence("no answer to {id!r}").format(id=expectation), hint="from 1, not at all, to 5, very much"
        )
    else:
        keep(expectation, answer)


def ask_fit(fits: Sequence[MutualFit], side: Side, keep: Keep, language: str) -> None:
    """Ask one side for its answers, until all were asked or the user leaves.

    Args:
        fits: Every expectation of the rubric.
        side: Returns what that side has answered already.
        keep: Keeps an answer; it is on disk when this returns.
        language: en or zh.
    """
    known = {fit.expectation: side(fit) for fit in fits}
    position = 0
    while position < len(fits):
        fit = fits[position]
        tell()
        tell(
            _("Expectation {number} of {count}: {id}").format(number=position + 1, count=len(fits), id=fit.expectation)
        )
        tell(fit.text.in_language(language))
        try:
            answer = _ask(known[fit.expectation])
        except Back:
            position = max(position - 1, 0)
            continue
        except Left:
            return
        if answer:
            keep(fit.expectation, answer)
            known[fit.expectation] = answer
        position += 1


def _ask(current: int | None) -> int:
    """Return the answer, 0 where it is left as it is."""
    prompt = _("How much: {low}, not at all, to {high}, very much (Enter to leave it open; b, q)")
    shown = prompt.format(low=LOWEST, high=HIGHEST)
    if current:
        shown = _("{prompt} [{current}; Enter keeps it]").format(prompt=shown, current=current)
    explanation = _("Answer a number from {low} to {high}; b back, q leave.").format(low=LOWEST, high=HIGHEST)
    return ask_until(shown, lambda line: _LEVELS.get(typed_plainly(line)) if line else 0, explanation)
