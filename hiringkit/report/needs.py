"""Need assessments: what follows, why, what waiting costs in words, and what the role would do."""

from collections.abc import Iterator, Sequence

from hiringkit.domain.need import Decision, NeedAssessment
from hiringkit.locale import _
from hiringkit.report.model import Block, Cell, Column, Facts, Notes, Number, Report, Table, Tone, Word
from hiringkit.report.needwords import frequency_word, money, outcome_word, readiness_word, reasons
from hiringkit.report.values import plain, said
from hiringkit.report.words import day

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
    return Report(
        title=_("Need assessment: {title}").format(title=assessment.title.in_language(language)),
        blocks=(
            _facts(assessment, decision),
            Notes(tuple(reasons(decision, language)), _("Why")),
            *_budget(decision),
            _conditions(assessment, decision, language),
            _signs(assessment, language),
            *_found(assessment, decision, language),
            Notes((_rule(),)),
        ),
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
