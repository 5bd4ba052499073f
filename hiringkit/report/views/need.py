"""Need assessments: what follows, why, what waiting costs in words, and what the role would do."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from attrs import evolve

from hiringkit.domain.need import (
    BudgetCheck,
    Decision,
    NeedAssessment,
    NeedChange,
    Outcome,
    Readiness,
    is_budget,
    look_again,
)
from hiringkit.domain.rubric import Frequency, Precondition, Sign
from hiringkit.locale import _
from hiringkit.report.model import Block, Cell, Column, Facts, Notes, Number, Report, Table, Tone, Word, plain, said
from hiringkit.report.page import BarRow, Bars, Figure, PageSection
from hiringkit.report.words import day
from hiringkit.text.cells import cut_at_word
from hiringkit.text.language import LANGUAGES

_HEADING = 48
"""Cells of a heading that is cut from a text."""


def outcome_word(decision: Decision) -> Word:
    """Say what follows, and that it rests on nothing where it does."""
    if decision.bare:
        return Word(_("recommended, on no evidence yet"), Tone.CAUTION)
    words = {
        Outcome.RECOMMENDED: Word(_("recommended"), Tone.GOOD),
        Outcome.NOT_YET: Word(_("not yet recommended"), Tone.CAUTION),
        Outcome.NOT_AFFORDABLE: Word(_("not affordable"), Tone.BAD),
        Outcome.OPEN: Word(_("not all answered"), Tone.QUIET),
    }
    return words[decision.outcome]


def readiness_word(readiness: Readiness | str | None) -> Word:
    """Say how a precondition stands."""
    words = {
        Readiness.MET: Word(_("met"), Tone.GOOD),
        Readiness.NOT_YET: Word(_("not yet"), Tone.CAUTION),
        Readiness.NO: Word(_("no"), Tone.BAD),
    }
    return words[Readiness(readiness)] if readiness else Word(_("not answered"), Tone.QUIET)


def frequency_word(frequency: Frequency | str | None) -> Word:
    """Say how often a sign is seen."""
    words = {
        Frequency.NEVER: Word(_("never"), Tone.GOOD),
        Frequency.SOMETIMES: Word(_("sometimes"), Tone.CAUTION),
        Frequency.OFTEN: Word(_("often"), Tone.BAD),
        Frequency.ALWAYS: Word(_("always"), Tone.BAD),
    }
    return words[Frequency(frequency)] if frequency else Word(_("not answered"), Tone.QUIET)


def heading(asked: Precondition | Sign, language: str) -> str:
    """Name a precondition or sign in a few words."""
    return asked.name.in_language(language) if asked.name else cut_at_word(asked.text.in_language(language), _HEADING)


def counts_sentence(sign: Sign, language: str) -> str:
    """Say what counts as a sign: in the rubric's words, and how often it has to be seen."""
    often = _("It counts from: {frequency}.").format(frequency=frequency_word(sign.at_least).text)
    general = _("What comes back, not what happened once; with dates, figures or names of those who saw it.")
    counts = sign.counts.in_language(language) if sign.counts else general
    return f"{counts}{often}" if LANGUAGES[language].han else f"{counts} {often}"


def reasons(assessment: NeedAssessment, decision: Decision, language: str) -> Iterator[str]:
    """Yield why the outcome is what it is, in sentences."""
    asked: tuple[Precondition | Sign, ...] = (*assessment.need.preconditions, *assessment.need.signs)
    headings = {each.id: heading(each, language) for each in asked}

    def names(ids: tuple[str, ...]) -> str:
        return LANGUAGES[language].semicolon.join(headings[each] for each in ids)

    lacking = decision.standing(Readiness.NO, Readiness.NOT_YET)
    money = tuple(identity for identity in lacking if is_budget(identity))
    if money and not (decision.budget and not decision.budget.affordable):
        yield _("There is no budget for the post. It is not worth going broke over, whatever the signs.")
    if decision.budget:
        yield budget_sentence(decision.budget)
        yield tools_sentence(decision.budget)
    if other := tuple(identity for identity in lacking if identity not in money):
        yield _("Not in place: {names}. That comes first, before anybody is hired.").format(names=names(other))
    if decision.found:
        sentence = _("Signs seen: {names}. Any one of them is reason enough once the preconditions are met.")
        yield sentence.format(names=names(decision.found))
    elif not decision.open:
        yield _("None of the signs is seen as often as it takes: there is nothing yet that the role would put right.")
    if decision.outcome is Outcome.RECOMMENDED:
        yield _("The preconditions are met and a sign is seen: the role is recommended.")
    yield from _cautions(decision, names)
    if decision.open:
        yield _("Not answered, and not taken for an answer: {names}.").format(names=names(decision.open))


def _cautions(decision: Decision, names: Callable[[tuple[str, ...]], str]) -> Iterator[str]:
    """Say which signs are seen too seldom, and which rest on nothing."""
    if decision.slight:
        sentence = _("Seen, but too seldom to count: {names}. A sign is what is missed repeatedly.")
        yield sentence.format(names=names(decision.slight))
    if decision.bare:
        yield _(
            "No evidence is given for any sign. The recommendation is worth no more than the opinion it rests on:"
            " before you open the post, write down when it was seen, how badly, and by whom."
        )
    elif decision.unproven:
        sentence = _("Given without evidence, and so the first to be doubted: {names}.")
        yield sentence.format(names=names(decision.unproven))


def budget_sentence(check: BudgetCheck) -> str:
    """Say what a budget carries, in the figures that were given."""
    fields = {
        "currency": check.currency,
        "budget": money(check.budget),
        "percent": f"{check.on_cost_percent:g}",
        "low": money(check.cost_low),
        "high": money(check.cost_high),
        "pay": money(check.pay_carried),
    }
    if check.whole_range:
        return _(
            "The budget of {currency} {budget} a year covers the whole pay range with your {percent} % of on-costs"
            " ({currency} {low} to {high})."
        ).format(**fields)
    if check.carries_post:
        return _(
            "The budget of {currency} {budget} a year covers part of the pay range: with your {percent} % of on-costs"
            " the range costs {currency} {low} to {high}, and the budget carries pay of up to {currency} {pay}."
        ).format(**fields)
    return _(
        "The budget of {currency} {budget} a year does not carry the post: with your {percent} % of on-costs the pay"
        " range costs {currency} {low} to {high}."
    ).format(**fields)


def tools_sentence(check: BudgetCheck) -> str:
    """Say whether tools and training are paid for."""
    if check.tools_budget is None or check.tools_cost is None:
        return _("The budget for tools and training was not asked for, and is not reckoned with.")
    fields = {
        "currency": check.currency,
        "budget": money(check.tools_budget),
        "cost": money(check.tools_cost),
        "short": money(check.tools_short),
    }
    if not check.tools_short:
        return _(
            "The budget for tools and training, {currency} {budget} a year, covers what you expect them to cost"
            " ({currency} {cost})."
        ).format(**fields)
    if check.affordable:
        return _(
            "Tools and training cost {currency} {cost} a year and have a budget of {currency} {budget}: the"
            " {currency} {short} that are missing have to come out of the budget for the post, which carries less pay"
            " then."
        ).format(**fields)
    return _(
        "Tools and training cost {currency} {cost} a year and have a budget of {currency} {budget}: {currency} {short}"
        " are missing. Without tools the post cannot do its work."
    ).format(**fields)


def money(sum_: float) -> str:
    """Write a sum of money, rounded to whole units."""
    return f"{sum_:,.0f}"


Row = tuple[Cell, ...]
Judged = tuple[NeedAssessment, Decision]


def needs_report(judged: Sequence[Judged], language: str = "en") -> Report:
    """List assessments, oldest first."""
    columns = (
        Column("id", _("Id")),
        Column("role", _("Role")),
        Column("organisation", _("Organisation")),
        Column("date", _("Date")),
        Column("result", _("Result")),
        Column("signs", _("Signs seen")),
    )

    def row(assessment: NeedAssessment, decision: Decision) -> Row:
        role = assessment.title.in_language(language)
        made = Word(day(assessment.changed_at))
        seen = Number(len(decision.found), 0)
        return Word(assessment.id), role, assessment.organisation, made, outcome_word(decision), seen

    empty = _("No assessment yet. Begin one: hiringkit need RUBRIC")
    return Report(
        title=_("Need assessments"),
        blocks=(Table(columns, tuple(row(*each) for each in judged), empty=empty),),
        document={"schema": "hiringkit/needs/1", "assessments": [_summary(*each) for each in judged]},
    )


def need_report(assessment: NeedAssessment, decision: Decision, language: str = "en") -> Report:
    """Show one assessment."""
    first = (
        _facts(assessment, decision),
        Notes(tuple(reasons(assessment, decision, language)), _("Why")),
        *_budget(decision),
        _conditions(assessment, decision, language),
    )
    signs = _signs(assessment, language)
    rest = (*_found(assessment, decision, language), *_instead(assessment, decision, language), Notes((_rule(),)))
    return Report(
        title=_("Need assessment: {title}").format(title=assessment.title.in_language(language)),
        blocks=(*first, signs, *rest),
        page=(*first, PageSection(signs.caption, (_how_often(assessment, language), evolve(signs, caption=""))), *rest)
        if any(answer.how_often for answer in assessment.signs.values())
        else None,
        document={
            "schema": "hiringkit/need/1",
            **_summary(assessment, decision),
            "budget": _budget_document(decision),
            "preconditions": list(_condition_documents(assessment, decision)),
            "signs": list(_sign_documents(assessment)),
            "open": list(decision.open),
        },
        data=_flat(assessment, decision),
    )


def _facts(assessment: NeedAssessment, decision: Decision) -> Facts:
    items: tuple[tuple[str, Cell], ...] = (
        (_("Result"), outcome_word(decision)),
        (_("Organisation"), assessment.organisation),
        (_("Rubric"), f"{assessment.rubric.id} {assessment.rubric.version}"),
        (_("Date"), Word(day(assessment.changed_at))),
        (_("Assessment"), assessment.id),
    )
    return Facts(tuple((name, value) for name, value in items if value))


def _budget(decision: Decision) -> tuple[Block, ...]:
    check = decision.budget
    if check is None:
        return ()
    year = _("{currency} {amount} a year")

    def sums(*amounts: float) -> str:
        spread = " - ".join(map(money, amounts))
        return year.format(currency=check.currency, amount=spread)

    items: tuple[tuple[str, Cell], ...] = (
        (_("Your budget"), sums(check.budget)),
        (_("Your on-costs"), Number(check.on_cost_percent / 100, 1, percent=True)),
        (_("Pay range of the rubric"), sums(check.pay_low, check.pay_high)),
        (_("Pay range with on-costs"), sums(check.cost_low, check.cost_high)),
        (_("Pay that the budget carries"), sums(check.pay_carried)),
    )
    if check.tools_budget is not None and check.tools_cost is not None:
        items += (
            (_("For tools and training"), sums(check.tools_budget)),
            (_("What tools and training cost"), sums(check.tools_cost)),
        )
    return (Facts(items, _("Budget")),)


def _conditions(assessment: NeedAssessment, decision: Decision, language: str) -> Table:
    columns = (
        Column("precondition", _("Before hiring"), wrap=True),
        Column("text", _("What has to be in place"), wrap=True),
        Column("answer", _("Answer")),
        Column("note", _("Note"), wrap=True),
    )

    def note(identity: str) -> str:
        given = assessment.preconditions.get(identity)
        return given.note if given else ""

    rows: list[Row] = [
        (
            heading(each, language),
            said(each.text, language),
            readiness_word(decision.conditions[each.id]),
            note(each.id),
        )
        for each in assessment.need.preconditions
    ]
    return Table(columns, tuple(rows), _("Preconditions"))


def _signs(assessment: NeedAssessment, language: str) -> Table:
    columns = (
        Column("sign", _("Sign"), wrap=True),
        Column("counts", _("What counts"), wrap=True),
        Column("how_often", _("How often")),
        Column("evidence", _("Evidence"), wrap=True),
    )

    def row(sign: Sign) -> Row:
        given = assessment.signs.get(sign.id)
        often = frequency_word(given.how_often if given else None)
        evidence = given.evidence if given else ""
        return heading(sign, language), counts_sentence(sign, language), often, evidence

    rows = tuple(map(row, assessment.need.signs))
    return Table(columns, rows, _("Signs"))


def _how_often(assessment: NeedAssessment, language: str) -> Figure:
    """Draw how often each sign is seen."""
    names = {sign.id: heading(sign, language) for sign in assessment.need.signs}
    given = {sign.id: assessment.signs.get(sign.id) for sign in assessment.need.signs}
    steps = list(Frequency)
    rows = tuple(
        BarRow(
            names[identity],
            "",
            steps.index(Frequency(answer.how_often)) if answer and answer.how_often else None,
            frequency_word(answer.how_often if answer else None).text,
            None,
        )
        for identity, answer in given.items()
    )
    key = (("missing", _("not answered")),) if any(row.value is None for row in rows) else ()
    return Figure(Bars(_("How often each sign is seen"), rows, 0, len(steps) - 1), key)


def _found(assessment: NeedAssessment, decision: Decision, language: str) -> Iterator[Block]:
    signs = {sign.id: sign for sign in assessment.need.signs}
    for identity in decision.found:
        sign, given = signs[identity], assessment.signs[identity]
        items: tuple[tuple[str, Cell], ...] = (
            (_("How often"), frequency_word(given.how_often)),
            (_("Evidence"), given.evidence or Word(_("none given"), Tone.CAUTION)),
            (_("What waiting costs"), said(sign.text, language)),
            (_("What the role would do"), said(sign.remedy, language)),
        )
        yield Facts(items, heading(sign, language))


def _instead(assessment: NeedAssessment, decision: Decision, language: str) -> Iterator[Block]:
    """Say what to do where nobody is to be hired yet: first, meanwhile at less cost, and when to look again."""
    again = look_again(assessment, decision)
    if again is None:
        return
    lacking = decision.standing(Readiness.NO, Readiness.NOT_YET)
    steps = tuple(_until_then(each, decision, language) for each in assessment.need.preconditions if each.id in lacking)
    if steps:
        yield Notes(steps, _("What to do about what is missing"))
    yield Notes(tuple(_cheaper(seen=bool(decision.found or decision.slight))), _("What is cheaper meanwhile"))
    yield Notes((_when(decision, again, named=bool(lacking)),), _("When to look again"))


def _until_then(condition: Precondition, decision: Decision, language: str) -> str:
    name, check = heading(condition, language), decision.budget
    if is_budget(condition.id) and check and not check.affordable:
        todo = _(
            "it lacks {currency} {short} a year to the lower end of the pay range, tools and training included"
        ).format(currency=check.currency, short=money(check.short))
    elif condition.until_then:
        todo = condition.until_then.in_language(language)
    else:
        todo = _("say who puts it in place and by when, and what will show that it is there")
    return _("{name}: {todo}").format(name=name, todo=todo)


def _cheaper(*, seen: bool) -> Iterator[str]:
    if not seen:
        yield _("Nothing: no sign is seen often enough to spend money on. Go on watching, with dates and figures.")
        return
    yield _("An analyst in place of a manager: puts figures and reports in order, and changes no process.")
    yield _("A part-time or shared post: two or three days a week for the worst of the signs alone.")
    yield _("A manager whom you have: a named share of the week, and a named sign, taken off other duties in writing.")
    yield _(
        "A contractor for one bounded piece of work, such as a clean-up, a forecast or a territory plan, with an end."
    )


def _when(decision: Decision, again: datetime, *, named: bool) -> str:
    date = day(again)
    if decision.outcome is Outcome.NOT_AFFORDABLE:
        return _(
            "When the next budget is drawn up, {date} at the latest: take the evidence for the signs along."
        ).format(date=date)
    if named:
        return _(
            "As soon as what is missing is in place, and on {date} in any case: hiringkit need compare shows it."
        ).format(date=date)
    return _("On {date}, or as soon as a sign comes back.").format(date=date)


def _rule() -> str:
    return _(
        "How the result is made: the role is recommended where all preconditions are met and any sign is seen as often"
        " as it takes to count; it is not affordable where there is no budget, or the budget does not carry the lower"
        " end of the pay range with your on-costs, tools and training; else it is too early. All figures are yours or"
        " the rubric's; none is estimated here."
    )


def _summary(assessment: NeedAssessment, decision: Decision) -> dict[str, object]:
    return {
        "id": assessment.id,
        "rubric": plain(assessment.rubric),
        "title": plain(assessment.title),
        "organisation": assessment.organisation,
        "started_at": plain(assessment.started_at),
        "changed_at": plain(assessment.changed_at),
        "result": str(decision.outcome),
        "signs_found": list(decision.found),
        "signs_too_seldom": list(decision.slight),
        "signs_without_evidence": list(decision.unproven),
        "caution": "no-evidence" if decision.bare else None,
        "look_again": plain(look_again(assessment, decision)),
        "reasons": list(reasons(assessment, decision, "en")),
    }


def _budget_document(decision: Decision) -> object:
    if decision.budget is None:
        return None
    return {**plain(decision.budget), "affordable": decision.budget.affordable}


def _condition_documents(assessment: NeedAssessment, decision: Decision) -> Iterator[dict[str, object]]:
    for each in assessment.need.preconditions:
        given = assessment.preconditions.get(each.id)
        note = given.note if given else ""
        yield {"id": each.id, "text": plain(each.text), "answer": plain(decision.conditions[each.id]), "note": note}


def _sign_documents(assessment: NeedAssessment) -> Iterator[dict[str, object]]:
    for each in assessment.need.signs:
        given = assessment.signs.get(each.id)
        yield {
            "id": each.id,
            "text": plain(each.text),
            "remedy": plain(each.remedy),
            "at_least": str(each.at_least),
            "how_often": plain(given.how_often) if given else None,
            "evidence": given.evidence if given else "",
        }


def _flat(assessment: NeedAssessment, decision: Decision) -> Table:
    """Return one row for each precondition and sign, and one for the result, in words that do not change."""
    columns = tuple(Column(key, "") for key in ("kind", "id", "answer", "note"))
    rows: list[Row] = [
        ("result", assessment.rubric.id, str(decision.outcome), "no-evidence" if decision.bare else ""),
        *(
            ("precondition", str(each["id"]), str(each["answer"] or ""), str(each["note"]))
            for each in _condition_documents(assessment, decision)
        ),
        *(
            ("sign", str(each["id"]), str(each["how_often"] or ""), str(each["evidence"]))
            for each in _sign_documents(assessment)
        ),
    ]
    return Table(columns, tuple(rows))


def need_changes_report(before: Judged, after: Judged, changes: Sequence[NeedChange], language: str = "en") -> Report:
    """Show what has changed between two assessments.

    Args:
        before: An assessment and what followed from it.
        after: Another of the same role.
        changes: Every precondition and sign of either, changed or not.
        language: en or zh.
    """
    (one, first), (two, second) = before, after
    columns = (
        Column("text", _("What"), wrap=True),
        Column("before", _("Before")),
        Column("after", _("After")),
        Column("change", _("Change")),
    )

    def row(change: NeedChange) -> tuple[Cell, ...]:
        show = readiness_word if change.kind == "precondition" else frequency_word
        return change.text.in_language(language), show(change.before), show(change.after), change_word(change)

    def table(kind: str, caption: str) -> Table:
        return Table(columns, tuple(row(change) for change in changes if change.kind == kind), caption)

    versions = _(
        "The rubric has changed between them, from version {before} to {after}: what was not asked then shows as not"
        " answered."
    )
    changed = one.rubric.digest != two.rubric.digest
    note = (Notes((versions.format(before=one.rubric.version, after=two.rubric.version),)),) if changed else ()
    return Report(
        title=_("Need assessments compared: {title}").format(title=two.title.in_language(language)),
        blocks=(
            _results(before, after),
            *note,
            table("precondition", _("Preconditions")),
            table("sign", _("Signs")),
        ),
        document={
            "schema": "hiringkit/need-comparison/1",
            "rubric": two.rubric.id,
            "before": {"id": one.id, "result": str(first.outcome), "changed_at": plain(one.changed_at)},
            "after": {"id": two.id, "result": str(second.outcome), "changed_at": plain(two.changed_at)},
            "changes": [plain(change) for change in changes],
        },
        data=_flat_answers(changes),
    )


def _results(before: Judged, after: Judged) -> Table:
    columns = (
        Column("when", ""),
        Column("id", _("Assessment")),
        Column("organisation", _("Organisation")),
        Column("date", _("Date")),
        Column("result", _("Result")),
    )

    def row(when: str, assessment: NeedAssessment, decision: Decision) -> tuple[Cell, ...]:
        made = Word(day(assessment.changed_at))
        return Word(when), Word(assessment.id), assessment.organisation or "-", made, outcome_word(decision)

    return Table(columns, (row(_("Before"), *before), row(_("After"), *after)), _("Result"))


def change_word(change: NeedChange) -> Word:
    """Say whether the organisation stands better than before."""
    if change.eased is None:
        return Word(_("same") if change.before == change.after else "-", Tone.QUIET)
    return Word(_("better"), Tone.GOOD) if change.eased else Word(_("worse"), Tone.BAD)


def _flat_answers(changes: Sequence[NeedChange]) -> Table:
    columns = tuple(Column(key, "") for key in ("kind", "id", "before", "after", "change"))
    words = {True: "better", False: "worse", None: ""}
    rows = tuple((c.kind, c.id, c.before or "", c.after or "", words[c.eased]) for c in changes)
    return Table(columns, rows)
