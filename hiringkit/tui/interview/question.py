"""A question and its anchors, as the interviewer reads them."""

from collections.abc import Iterator, Sequence

from textual.content import Content
from textual.style import Style

from hiringkit.domain.interview import Mark, Rating
from hiringkit.domain.question import Question
from hiringkit.domain.rubric import Rubric
from hiringkit.locale import _
from hiringkit.report.model import Tone
from hiringkit.report.values import said
from hiringkit.report.views.bank import kind_word
from hiringkit.text.language import Text
from hiringkit.tui.safe import blanks, safe


def question_page(question: Question, rating: Rating, number: str, language: str) -> Content:
    """Return the question, why it is asked, its probes with those used ticked, and what to look and watch for.

    Args:
        question: Of the kit.
        rating: As it is shown.
        number: Such as `3/8`.
        language: en or zh.
    """
    lines = [
        safe(f"{number} {question.id} - {kind_word(question.kind).text}", Tone.QUIET),
        safe(question.text.in_language(language), "bold"),
    ]
    if why := said(question.why, language):
        lines += [Content(""), Content.assemble(safe(_("Why:"), "bold"), " ", safe(why))]
    if question.probes:
        lines += [Content(""), safe(_("Probes (p, then the number)"), "bold")]
        lines += [_probe(n, probe, n in rating.probes, language) for n, probe in enumerate(question.probes)]
    lines += _points(_("Look for"), question.look_for, "+", language)
    lines += _points(_("Watch for"), question.watch_for, "!", language)
    return Content("\n").join(lines)


def anchors_page(
    question: Question, rubric: Rubric, rating: Rating, language: str, *, open_sign: bool
) -> tuple[Content | None, Content]:
    """Return the anchors of each level; the chosen one bears a sign and a colour.

    Args:
        question: Of the kit.
        rubric: For the scale.
        rating: As it is shown.
        language: en or zh.
        open_sign: Whether the chosen level is not on disk yet.

    Returns:
        What stands above the chosen level, None where none is chosen; and the whole.
    """
    lines: list[Content] = []
    above = None
    for level in rubric.scale.levels:
        chosen = rating.value == level.value
        if chosen:
            above = Content("\n").join(lines)
        label = level.label.in_language(language)
        lines.append(_level(str(level.value), label, chosen, open_sign, f"rate({level.value})"))
        text = question.anchors.get(level.value) or level.meaning
        if text:
            lines.append(safe(text.in_language(language)))
        lines.append(Content(""))
    for key, mark, label in (
        ("n", Mark.NOT_ASSESSED, _("not assessed")),
        ("x", Mark.NO_EVIDENCE, _("no evidence")),
    ):
        if rating.value is mark:
            above = Content("\n").join(lines)
        lines.append(_level(key, label, rating.value is mark, open_sign, f"mark('{mark}')"))
    return above, Content("\n").join(lines)


def _level(key: str, label: str, chosen: bool, open_sign: bool, action: str) -> Content:
    sign = f" {key} "
    if chosen:
        sign = f"({key})" if open_sign else f"[{key}]"
    style = ("bold $text-warning" if open_sign else "bold $text-success") if chosen else "bold"
    line = Content.assemble(Content(">" if chosen else " "), Content(sign), blanks(1), safe(label))
    return line.stylize(style).stylize(_click(action))


def _probe(number: int, probe: Text, used: bool, language: str) -> Content:
    line = safe(f"{'[x]' if used else '[ ]'} {number + 1} {probe.in_language(language)}", Tone.GOOD if used else "")
    return line.stylize(_click(f"toggle_probe({number})"))


def _points(caption: str, points: Sequence[Text], sign: str, language: str) -> Iterator[Content]:
    if points:
        yield Content("")
        yield safe(caption, "bold")
    for point in points:
        yield safe(f"{sign} {point.in_language(language)}")


def _click(action: str) -> Style:
    return Style.from_meta({"@click": f"screen.{action}"})
