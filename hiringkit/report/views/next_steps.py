"""What to work on after a self-assessment."""

from collections.abc import Iterator
from datetime import datetime, time

from attrs import evolve

from hiringkit.domain.self_assessment import Exercise, NextStep, NextSteps, PlanStep, StepKind
from hiringkit.locale import _
from hiringkit.report.model import Block, Cell, Column, Event, Facts, Notes, Number, Report, Table, Tone, Word, said
from hiringkit.report.views.bank import listed
from hiringkit.report.views.self_assessment import standing_word
from hiringkit.report.views.self_documents import steps_document
from hiringkit.timezone import zone

_EXERCISES = 4
"""Questions named for a criterion."""


def steps_report(steps: NextSteps, language: str = "en", *, options: str = "") -> Report:
    """Show for each criterion what to learn or do, what to practise and what a level higher looks like.

    Args:
        steps: What to work on.
        language: en or zh.
        options: What a command to be typed next needs besides, such as ` --dir …`.
    """
    sheet = steps.profile.sheet
    title = _("Next steps towards: {title}").format(title=sheet.rubric.title.in_language(language))
    blocks = [block for step in steps.steps for block in _step(step, language)]
    return Report(
        title=title,
        blocks=(
            Notes((_opening(steps),)),
            *_plan(steps, language, options),
            *blocks,
            *_requirements(steps, language),
            *_unrated(steps, language, options),
        ),
        document=steps_document(steps),
        data=_flat(steps, language),
        events=tuple(_events(steps, language)),
    )


def _plan(steps: NextSteps, language: str, options: str) -> tuple[Block, ...]:
    """Show the plan as a checklist."""
    if not steps.plan:
        return ()
    lines = tuple(f"[{'x' if each.done else ' '}] {step_sentence(each, language)} ({each.id})" for each in steps.plan)
    attempt = steps.profile.sheet.attempt
    command = f"hiringkit self done STEP {attempt.id}{options}"
    rule = _(
        "Ordered by what an hour is worth: what closing the gap adds to the score, by the effort; by rule of thumb an"
        " hour for a question to practise, two for a story to be found, ten for something to learn. Tick off with:"
        " {command}"
    )
    return Notes(lines, _("Plan")), Notes((rule.format(command=command),))


def step_sentence(step: PlanStep, language: str) -> str:
    """Say what to do, for what, and by when."""
    words = {
        StepKind.ANSWER: _("Find something to tell: {text}"),
        StepKind.PRACTISE: _("Practise: {text}"),
        StepKind.LEARN: _("Learn or do: {text}"),
        StepKind.REQUIREMENT: _("Meet the requirement: {text}"),
    }
    told = words[step.kind].format(text=step.text.in_language(language))
    if step.criterion:
        told = _("{criterion}: {what}").format(criterion=step.criterion.name.in_language(language), what=told)
    return _("by {date}: {what}").format(date=step.due.isoformat(), what=told) if step.due else told


def _events(steps: NextSteps, language: str) -> Iterator[Event]:
    """Put every step that has a day into a calendar, at nine in the morning."""
    attempt = steps.profile.sheet.attempt
    above = {step.score.criterion.id: step for step in steps.steps}
    for each in steps.plan:
        if each.due:
            found = above.get(each.criterion.id) if each.criterion else None
            anchor = found.next_anchor.in_language(language) if found and found.next_anchor else ""
            looks = _("Level {n} looks like").format(n=found.next_level) if found else ""
            start = datetime.combine(each.due, time(9), tzinfo=zone())
            yield Event(
                id=f"{attempt.id}-{each.id}",
                start=start,
                minutes=min(each.kind.hours, 2) * 60,
                summary=step_sentence(evolve(each, due=None), language),
                description=f"{looks}: {anchor}" if anchor else "",
            )


def _opening(steps: NextSteps) -> str:
    if not steps.steps:
        return _("Nothing is rated yet, so there is nothing to go by. Answer some questions first.")
    if steps.from_gaps:
        return _(
            "The gaps of {attempt}: first where you had nothing to tell, then the one whose closing adds most to the"
            " score."
        ).format(attempt=steps.profile.sheet.attempt.id)
    return _("No rated criterion of {attempt} is below its bar. These are the nearest to it.").format(
        attempt=steps.profile.sheet.attempt.id
    )


def _step(step: NextStep, language: str) -> Iterator[Block]:
    score = step.score
    own: Cell = Word(_("nothing to tell"), Tone.BAD) if score.nothing_told else Number(score.score, 2)
    items: list[tuple[str, Cell]] = [(_("Own score"), own), (_("Bar"), Number(score.criterion.bar))]
    if step.next_anchor:
        looks = step.next_anchor.in_language(language)
        items.append((_("Level {n} looks like").format(n=step.next_level), looks))
    items.append((_("To learn or do"), listed(step.develop, language) or _("The rubric says nothing on it.")))
    practise = "\n".join(f"- {line}" for line in _practise(step.exercises[:_EXERCISES], language))
    items.append((_("To practise"), practise or _("No question of the rubric asks for it.")))
    yield Facts(tuple(items), score.criterion.name.in_language(language))


def _practise(exercises: tuple[Exercise, ...], language: str) -> Iterator[str]:
    for each in exercises:
        text = each.question.text.in_language(language)
        if each.samples:
            command = f"hiringkit practice {each.bank} --question {each.question.id}"
            yield _("{text} (sample answers: {command})").format(text=text, command=command)
        else:
            yield text


def _requirements(steps: NextSteps, language: str) -> tuple[Block, ...]:
    """List what the role asks for and is not there yet, with why it is asked for."""
    kinds = {"required": _("required"), "preferred": _("preferred")}
    columns = (
        Column("requirement", _("What"), wrap=True),
        Column("kind", _("Kind")),
        Column("standing", _("You")),
        Column("why", _("Why it is asked for"), wrap=True),
    )
    rows: list[tuple[Cell, ...]] = [
        (said(each.text, language), Word(kinds[each.kind]), standing_word(standing), said(each.why, language) or "-")
        for each, standing in steps.profile.lacking
    ]
    return (Table(columns, tuple(rows), _("Requirements not met yet")),) if rows else ()


def _unrated(steps: NextSteps, language: str, options: str) -> tuple[Block, ...]:
    names = tuple(score.criterion.name.in_language(language) for score in steps.profile.unrated)
    if not names:
        return ()
    attempt = steps.profile.sheet.attempt
    command = f"hiringkit self start {attempt.rubric.id} --resume {attempt.id}"
    more = (command if attempt.outstanding else f"{command} --minutes 30") + options
    return Notes(names, _("Not rated yet")), Notes((_("Rate them with: {command}").format(command=more),))


def _flat(steps: NextSteps, language: str) -> Table:
    """Put each thing to do on a row of its own."""
    columns = (Column("criterion", _("Criterion")), Column("gap", _("Gap")), Column("kind", ""), Column("text", ""))
    rows: list[tuple[Cell, ...]] = []
    for step in steps.steps:
        head = (Word(step.score.criterion.id), Number(step.score.gap, 2))
        rows += [(*head, Word("develop"), text.in_language(language)) for text in step.develop]
        rows += [(*head, Word("practise"), each.question.id) for each in step.exercises]
        if step.next_anchor:
            rows.append((*head, Word(f"level-{step.next_level}"), step.next_anchor.in_language(language)))
    return Table(columns, tuple(rows))
