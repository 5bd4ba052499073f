"""What a rubric says of the job itself, and of whether an organisation needs it."""

from hiringkit.domain.role import Compensation, Role
from hiringkit.domain.rubric import Need
from hiringkit.locale import _
from hiringkit.report.model import Block, Cell, Column, Facts, Table, Word
from hiringkit.report.values import said

Row = tuple[Cell, ...]


def role_blocks(role: Role, language: str) -> tuple[Block, ...]:
    """Show the job: pay, requirements, stakeholders, tasks."""
    tables = (_requirements(role, language), _stakeholders(role, language), _tasks(role, language))
    return (_facts(role, language), *(table for table in tables if table.rows))


def need_blocks(need: Need, language: str) -> tuple[Block, ...]:
    """Show what must be in place before hiring, and the signs that the role is needed."""
    before: list[Row] = [(each.id, said(each.text, language)) for each in need.preconditions]
    signs: list[Row] = [(said(each.text, language), said(each.remedy, language)) for each in need.signs]
    tables = (
        _table(_("Before hiring"), {"id": _("What"), "text": _("In place")}, before),
        _table(_("Signs that the role is needed"), {"text": _("Sign"), "remedy": _("What the role does")}, signs),
    )
    return tuple(table for table in tables if table.rows)


def _facts(role: Role, language: str) -> Facts:
    pay: list[tuple[str, Cell]] = [(_("Pay"), pay_words(role.compensation, language))] if role.compensation else []
    return Facts(((_("Family"), role.family), (_("Level"), role.level), *pay), _("Role"))


def pay_words(pay: Compensation, language: str) -> str:
    """Say a pay range."""
    periods = {"year": _("a year"), "month": _("a month"), "hour": _("an hour")}
    amount = _("{currency} {low} to {high} {period}").format(
        currency=pay.currency, low=f"{pay.low:,.0f}", high=f"{pay.high:,.0f}", period=periods.get(pay.per, pay.per)
    )
    return _("{amount}. {note}").format(amount=amount, note=said(pay.note, language)) if pay.note else amount


def _requirements(role: Role, language: str) -> Table:
    kinds = {"required": _("required"), "preferred": _("preferred")}
    rows: list[Row] = [
        (said(each.text, language), Word(kinds[each.kind]), said(each.why, language)) for each in role.requirements
    ]
    return _table(_("Requirements"), {"text": _("What"), "kind": _("Kind"), "why": _("Why")}, rows)


def _stakeholders(role: Role, language: str) -> Table:
    rows: list[Row] = [(each.id, said(each.text, language)) for each in role.stakeholders]
    return _table(_("Stakeholders"), {"id": _("Who"), "text": _("What for")}, rows)


def cadence_words() -> dict[str, str]:
    """Return how each cadence is called."""
    return {
        "daily": _("daily"),
        "weekly": _("weekly"),
        "monthly": _("monthly"),
        "quarterly": _("quarterly"),
        "yearly": _("yearly"),
        "as-needed": _("as needed"),
    }


def _tasks(role: Role, language: str) -> Table:
    often = cadence_words()
    rows: list[Row] = [
        (said(each.text, language), Word(often[each.cadence] if each.cadence else "-"), ", ".join(each.criteria))
        for each in role.tasks
    ]
    return _table(_("Tasks"), {"text": _("What"), "cadence": _("How often"), "criteria": _("Criteria")}, rows)


def _table(caption: str, titles: dict[str, str], rows: list[Row]) -> Table:
    return Table(tuple(Column(key, title, wrap=True) for key, title in titles.items()), tuple(rows), caption)
