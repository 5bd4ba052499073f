"""Need assessments: what follows, why, what waiting costs in words, and what the role would do."""

from collections.abc import Iterator, Sequence

from attrs import evolve

from hiringkit.domain.need import (
    BudgetCheck,
    Decision,
    Frequency,
    NeedAssessment,
    NeedChange,
    Outcome,
    Readiness,
    is_budget,
)
from hiringkit.locale import _
from hiringkit.report.model import Block, Cell, Column, Facts, Notes, Number, Report, Table, Tone, Word
from hiringkit.report.page import BarRow, Bars, Figure, PageSection
from hiringkit.report.values import plain, said
from hiringkit.report.words import day, join_names


def outcome_word(outcome: Outcome) -> Word:
    """Say what follows."""
    words = {
        Outcome.RECOMMENDED: Word(_("recommended"), Tone.GOOD),
        Outcome.NOT_YET: Word(_("not yet"), Tone.CAUTION),
        Outcome.NOT_AFFORDABLE: Word(_("not affordable"), Tone.BAD),
        Outcome.OPEN: Word(_("not all answered"), Tone.QUIET),
    }
    return words[outcome]


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


def reasons(decision: Decision, language: str) -> Iterator[str]:
    """Yield why the outcome is what it is, in sentences."""

    def names(ids: tuple[str, ...]) -> str:
        return join_names(ids, language, most=len(ids))

    lacking = decision.standing(Readiness.NO, Readiness.NOT_YET)
    money = tuple(identity for identity in lacking if is_budget(identity))
    if money and not (decision.budget and not decision.budget.affordable):
        yield _("There is no budget for the post. It is not worth going broke over, whatever the signs.")
    if decision.budget:
        yield budget_sentence(decision.budget)
    if other := tuple(identity for identity in lacking if identity not in money):
        yield _("Not in place: {names}. It has to be before anybody is hired.").format(names=names(other))
    if decision.found:
        sentence = _("Signs seen: {names}. Any one of them is reason enough once the preconditions are met.")
        yield sentence.format(names=names(decision.found))
    elif not decision.open:
        yield _("None of the signs is seen: there is nothing yet that the role would put right.")
    if decision.outcome is Outcome.RECOMMENDED:
        yield _("The preconditions are met and a sign is seen: the role is recommended.")
    if decision.open:
        yield _("Not answered, and not taken for an answer: {names}.").format(names=names(decision.open))


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
    if check.affordable:
        return _(
            "The budget of {currency} {budget} a year covers part of the pay range: with your {percent} % of on-costs"
            " the range costs {currency} {low} to {high}, and the budget carries pay of up to {currency} {pay}."
        ).format(**fields)
    return _(
        "The budget of {currency} {budget} a year does not carry the post: with your {percent} % of on-costs the pay"
        " range costs {currency} {low} to {high}."
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
        return Word(assessment.id), role, assessment.organisation, made, outcome_word(decision.outcome), seen

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
        Notes(tuple(reasons(decision, language)), _("Why")),
        *_budget(decision),
        _conditions(assessment, decision, language),
    )
    signs = _signs(assessment, language)
    rest = (*_found(assessment, decision, language), Notes((_rule(),)))
    return Report(
        title=_("Need assessment: {title}").format(title=assessment.title.in_language(language)),
        blocks=(*first, signs, *rest),
        page=(*first, PageSection(signs.caption, (_how_often(assessment), evolve(signs, caption=""))), *rest)
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
        (_("Result"), outcome_word(decision.outcome)),
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
    return (Facts(items, _("Budget")),)


def _conditions(assessment: NeedAssessment, decision: Decision, language: str) -> Table:
    columns = (
        Column("precondition", _("Before hiring"), wrap=True),
        Column("answer", _("Answer")),
        Column("note", _("Note"), wrap=True),
    )

    def note(identity: str) -> str:
        given = assessment.preconditions.get(identity)
        return given.note if given else ""

    rows: list[Row] = [
        (said(each.text, language), readiness_word(decision.conditions[each.id]), note(each.id))
        for each in assessment.need.preconditions
    ]
    return Table(columns, tuple(rows), _("Preconditions"))


def _signs(assessment: NeedAssessment, language: str) -> Table:
    columns = (
        Column("sign", _("Sign"), wrap=True),
        Column("how_often", _("How often")),
        Column("evidence", _("Evidence"), wrap=True),
    )

    def row(identity: str, text: str) -> Row:
        given = assessment.signs.get(identity)
        return text, frequency_word(given.how_often if given else None), given.evidence if given else ""

    rows = tuple(row(each.id, said(each.text, language)) for each in assessment.need.signs)
    return Table(columns, rows, _("Signs"))


def _how_often(assessment: NeedAssessment) -> Figure:
    """Draw how often each sign is seen."""
    given = {sign.id: assessment.signs.get(sign.id) for sign in assessment.need.signs}
    steps = list(Frequency)
    rows = tuple(
        BarRow(
            identity,
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
        yield Facts(items, identity)


def _rule() -> str:
    return _(
        "How the result is made: the role is recommended where all preconditions are met and any sign is seen; it is"
        " not affordable where there is no budget, or the budget does not carry the lower end of the pay range with"
        " your on-costs; else it is too early. All figures are yours or the rubric's; none is estimated here."
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
        "reasons": list(reasons(decision, "en")),
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
            "how_often": plain(given.how_often) if given else None,
            "evidence": given.evidence if given else "",
        }


def _flat(assessment: NeedAssessment, decision: Decision) -> Table:
    """Return one row for each precondition and sign, and one for the result, in words that do not change."""
    columns = tuple(Column(key, "") for key in ("kind", "id", "answer", "note"))
    rows: list[Row] = [
        ("result", assessment.rubric.id, str(decision.outcome), ""),
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
        return Word(when), Word(assessment.id), assessment.organisation or "-", made, outcome_word(decision.outcome)

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
