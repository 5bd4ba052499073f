"""How far interviewers agree, for people and as the document `hiringkit/agreement/1`."""

from collections.abc import Iterator, Mapping
from typing import Any

from hiringkit.domain.agreement import Agreement, AgreementSet, Coefficient, CriterionAgreement, Generalizability
from hiringkit.domain.finding import Finding
from hiringkit.domain.profile import OpenInterval
from hiringkit.locale import _, n_
from hiringkit.report.model import Block, Cell, Column, Notes, Number, Report, Span, Table, Word, plain
from hiringkit.report.views.documents import findings_document
from hiringkit.report.words import finding_sentence

ICC_MEANINGS = {
    "1,1": n_("one interviewer, each candidate with others"),
    "1,k": n_("the mean of all, each candidate with others"),
    "2,1": n_("one interviewer, same for all, absolute levels"),
    "2,k": n_("the mean of all, same for all, absolute levels"),
    "3,1": n_("one interviewer, same for all, order only"),
    "3,k": n_("the mean of all, same for all, order only"),
}
FORMS = {"single": n_("single"), "average": n_("average")}
METRICS = {"nominal": n_("nominal"), "ordinal": n_("ordinal"), "interval": n_("interval")}
RELIABILITY_MEANINGS = {
    "single": n_("one interviewer, from variance components"),
    "average": n_("the mean of all, from variance components"),
}


def agreement_report(agreement: Agreement, criterion_names: Mapping[str, str] | None = None) -> Report:
    """Show the coefficients over all ratings, then for each criterion.

    Args:
        agreement: As scoring made it.
        criterion_names: Criterion id to the name that a person reads.
    """
    names = criterion_names or {}
    return Report(
        title=_("Agreement between interviewers"),
        blocks=(
            *_sentences(agreement.overall.generalizability, agreement.level),
            _coefficients(agreement),
            *_components(agreement.overall.generalizability),
            *_d_study(agreement.overall.generalizability),
            *_criteria(agreement.per_criterion, names),
            *_findings(agreement, names),
        ),
        document=agreement_document(agreement),
    )


def agreement_document(agreement: Agreement) -> dict[str, Any]:
    """Return the coefficients with every key of their schema; what the data do not carry is None."""
    return {
        "schema": "hiringkit/agreement/1",
        "level": agreement.level,
        **_set_document(agreement.overall),
        "per_criterion": [
            {"criterion": each.criterion, "ratings": each.ratings, **_set_document(each.agreement)}
            for each in agreement.per_criterion
        ],
        "findings": findings_document(agreement.findings),
    }


def _set_document(coefficients: AgreementSet) -> dict[str, Any]:
    document: dict[str, Any] = plain(coefficients)
    return document


def _rows(found: AgreementSet) -> Iterator[tuple[str, str, Coefficient]]:
    """Yield name, meaning and value of every coefficient."""
    for form, coefficient in found.icc.items():
        yield f"ICC({form})", _(ICC_MEANINGS.get(form, "")), coefficient
    for form, coefficient in found.reliability.items():
        yield (
            _("Reliability ({form})").format(form=_(FORMS.get(form, form))),
            _(RELIABILITY_MEANINGS.get(form, "")),
            coefficient,
        )
    for metric, coefficient in found.krippendorff_alpha.items():
        name = _("Krippendorff alpha, {metric}").format(metric=_(METRICS.get(metric, metric)))
        yield name, _("same answer, any interviewers, missing allowed"), coefficient
    yield "Gwet AC1", _("same level, corrected for chance"), found.gwet_ac1
    yield "Gwet AC2", _("near levels count in part"), found.gwet_ac2
    yield "Fleiss kappa", _("same level, several interviewers"), found.fleiss_kappa
    yield _("Cohen kappa, weighted"), _("near levels count in part"), found.cohen_kappa_weighted
    yield "Kendall W", _("same order of candidates"), found.kendall_w
    yield "r_WG(J)", _("narrower than ratings at random"), found.rwg_j


def _coefficients(agreement: Agreement) -> Table:
    columns = (
        Column("coefficient", _("Coefficient")),
        Column("estimate", _("Estimate")),
        Column("interval", _("{level} % interval").format(level=round(100 * agreement.level))),
        Column("meaning", _("Says how far they give"), wrap=True),
    )
    rows: list[tuple[Cell, ...]] = [
        (Word(name), Number(value.estimate, 2), Span(_shown(value.interval), 2), meaning)
        for name, meaning, value in _rows(agreement.overall)
    ]
    return Table(columns, tuple(rows), _("Over all ratings"))


def _shown(interval: OpenInterval | None) -> OpenInterval | None:
    """Return an interval as people need it: how far below -1 the reliability of a mean may be tells nobody anything."""
    if interval is None or interval[0] is None or interval[0] >= -1.0:
        return interval
    return None, interval[1]


def _sentences(found: Generalizability | None, level: float) -> tuple[Block, ...]:
    said = found.sentences(level, _) if found else ()
    return (Notes(tuple(_("{sentence}.").format(sentence=each) for each in said)),) if said else ()


def _components(found: Generalizability | None) -> tuple[Block, ...]:
    if found is None:
        return ()
    columns = (Column("effect", _("Differences between")), Column("variance", _("Variance")))
    rows: list[tuple[Cell, ...]] = [(Word(name), Number(value, 3)) for name, value in found.components.items()]
    return (Table(columns, tuple(rows), _("Where ratings differ from each other")),)


SHOWN_INTERVIEWERS = (1, 2, 3, 4, 5, 6, 8, 12)
SHOWN_QUESTIONS = (1, 2, 3, 4, 6, 8, 12)


def _d_study(found: Generalizability | None) -> tuple[Block, ...]:
    """Show Φ by interviewers and questions: the present numbers, some others, and the cheapest design."""
    if found is None or not found.d_study:
        return ()
    known = {(each.interviewers, each.questions): each.phi for each in found.d_study}
    now = found.d_study[0].questions
    cheapest = (found.cheapest.interviewers, found.cheapest.questions) if found.cheapest else (1, now)
    across = sorted({now, cheapest[1], *SHOWN_QUESTIONS})
    down = sorted({cheapest[0], *SHOWN_INTERVIEWERS})
    columns = (
        Column("interviewers", _("Interviewers")),
        *(Column(f"questions_{each:g}", f"{each:.3g}") for each in across),
    )
    rows: list[tuple[Cell, ...]] = [(Number(n, 0), *(Number(known.get((n, each)), 2) for each in across)) for n in down]
    title = _("Φ by interviewers (down) and questions that each of them asks (across)")
    return (Table(columns, tuple(rows), title),)


def _criteria(found: tuple[CriterionAgreement, ...], names: Mapping[str, str]) -> tuple[Block, ...]:
    if not found:
        return ()
    columns = (
        Column("criterion", _("Criterion"), wrap=True),
        Column("ratings", _("Ratings")),
        Column("alpha", _("Alpha, ordinal")),
        Column("interval", _("Interval")),
        Column("ac2", "Gwet AC2"),
    )

    def row(each: CriterionAgreement) -> tuple[Cell, ...]:
        alpha = each.agreement.krippendorff_alpha.get("ordinal", Coefficient(None))
        name = names.get(each.criterion, each.criterion)
        figures = Number(alpha.estimate, 2), Span(alpha.interval, 2), Number(each.agreement.gwet_ac2.estimate, 2)
        return name, Number(each.ratings, 0), *figures

    return (Table(columns, tuple(map(row, found)), _("By criterion")),)


def _findings(agreement: Agreement, names: Mapping[str, str]) -> tuple[Block, ...]:
    """Say what is missing and where; a finding's path lists `overall` and the criteria that it is about."""
    known = {each.criterion for each in agreement.per_criterion}

    def sentence(finding: Finding) -> str:
        about = [names.get(word, word) for word in finding.path.split(", ") if word in known]
        return finding_sentence(finding) + (f" [{_(', ').join(about)}]" if about else "")

    return (Notes(tuple(map(sentence, agreement.findings)), _("To know")),) if agreement.findings else ()
