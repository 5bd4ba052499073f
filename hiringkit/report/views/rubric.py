"""Rubrics, in a list and in full."""

from collections.abc import Mapping, Sequence

from hiringkit.domain.conduct import AfterSeeing, RankingPolicy, Unrated
from hiringkit.domain.role import Compensation, Role
from hiringkit.domain.rubric import Criterion, Need, NoEvidencePolicy, Policy, QuestionUse, Rubric
from hiringkit.locale import _
from hiringkit.report.model import Block, Cell, Column, Facts, Number, Report, Table, Word, plain, said, write_number
from hiringkit.report.views.bank import anchor_items, listed, questions_table

Row = tuple[Cell, ...]


def role_blocks(role: Role, language: str) -> tuple[Block, ...]:
    """Show the job: pay, requirements, stakeholders, tasks."""
    tables = (
        _requirements(role, language),
        _stakeholders(role, language),
        _tasks(role, language),
        _outcomes(role, language),
        _reference_checks(role, language),
    )
    return (_role_facts(role, language), *(table for table in tables if table.rows))


def need_blocks(need: Need, language: str) -> tuple[Block, ...]:
    """Show what must be in place before hiring, and the signs that the role is needed."""
    before: list[Row] = [(each.id, said(each.text, language)) for each in need.preconditions]
    signs: list[Row] = [(said(each.text, language), said(each.remedy, language)) for each in need.signs]
    tables = (
        _table(_("Before hiring"), {"id": _("What"), "text": _("In place")}, before),
        _table(_("Signs that the role is needed"), {"text": _("Sign"), "remedy": _("What the role does")}, signs),
    )
    return tuple(table for table in tables if table.rows)


def _role_facts(role: Role, language: str) -> Facts:
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


def _outcomes(role: Role, language: str) -> Table:
    rows: list[Row] = [(Number(each.days, 0), said(each.text, language)) for each in role.outcomes]
    return _table(_("First-year outcomes"), {"days": _("By day"), "text": _("What is there")}, rows)


def _reference_checks(role: Role, language: str) -> Table:
    rows: list[Row] = [
        (said(each.text, language), said(each.why, language), ", ".join(each.criteria))
        for each in role.reference_checks
    ]
    titles = {"text": _("Question"), "why": _("Why"), "criteria": _("Criteria")}
    return _table(_("Questions for references"), titles, rows)


def _stages(rubric: Rubric, language: str) -> tuple[Table, ...]:
    rows: list[Row] = [
        (
            Word(each.id),
            said(each.title, language),
            said(each.led_by, language),
            Number(each.minutes, 0),
            said(each.purpose, language),
            ", ".join(each.questions),
        )
        for each in rubric.stages
    ]
    titles = {
        "id": _("Id"),
        "title": _("Stage"),
        "led_by": _("Held by"),
        "minutes": _("Minutes"),
        "purpose": _("Purpose"),
        "questions": _("Questions"),
    }
    return (_table(_("Stages"), titles, rows),) if rows else ()


def _table(caption: str, titles: dict[str, str], rows: list[Row]) -> Table:
    return Table(tuple(Column(key, title, wrap=True) for key, title in titles.items()), tuple(rows), caption)


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


def rubrics_report(
    rubrics: Sequence[Rubric], language: str = "en", *, sources: Mapping[str, str] | None = None
) -> Report:
    """List rubrics.

    Args:
        rubrics: In the order in which they are shown.
        language: en or zh.
        sources: The file of each rubric, by its id.
    """
    files = sources or {}
    columns = (
        Column("id", _("Id")),
        Column("version", _("Version")),
        Column("title", _("Title")),
        Column("criteria", _("Criteria")),
        Column("questions", _("Questions")),
    )

    def row(rubric: Rubric) -> tuple[Cell, ...]:
        figures = Number(len(rubric.criteria), 0), Number(_question_count(rubric), 0)
        title = rubric.title.in_language(language)
        return Word(rubric.id), Word(rubric.version), title, *figures

    empty = _("No rubrics found. Name a folder that holds rubrics/: hiringkit --library DIR rubric list")
    return Report(
        title=_("Rubrics"),
        blocks=(Table(columns, tuple(map(row, rubrics)), empty=empty),),
        # a path is too long to read in a table, and a program wants it
        data=Table(
            (*columns, Column("file", _("File"))),
            tuple((*row(rubric), files.get(rubric.id, "")) for rubric in rubrics),
        ),
        document={"schema": "hiringkit/rubrics/1", "rubrics": [_summary(rubric, files) for rubric in rubrics]},
    )


def rubric_report(rubric: Rubric, language: str = "en") -> Report:
    """Show a rubric in full: the role, what is rated and how, what is asked."""
    return Report(
        title=rubric.title.in_language(language),
        blocks=(
            _facts(rubric, language),
            *(role_blocks(rubric.role, language) if rubric.role else ()),
            *(need_blocks(rubric.need, language) if rubric.need else ()),
            _criteria(rubric, language),
            *(_criterion(criterion, language) for criterion in rubric.criteria),
            _levels(rubric, language),
            *conduct_blocks(rubric.policy),
            *_stages(rubric, language),
            questions_table(rubric.asked, language, caption=_("Questions")),
        ),
        document={"schema": "hiringkit/rubric/1", "rubric": plain(rubric)},
        data=_criteria(rubric, language),
    )


def _question_count(rubric: Rubric) -> int:
    return sum(len(entry.use) if isinstance(entry, QuestionUse) else 1 for entry in rubric.questions)


def _summary(rubric: Rubric, files: Mapping[str, str]) -> dict[str, object]:
    return {
        "id": rubric.id,
        "version": rubric.version,
        "title": plain(rubric.title),
        "criteria": len(rubric.criteria),
        "questions": _question_count(rubric),
        "file": files.get(rubric.id),
    }


def _facts(rubric: Rubric, language: str) -> Facts:
    policy = rubric.policy
    thresholds = sorted(policy.recommend.items(), key=lambda item: -item[1])
    items: list[tuple[str, Cell]] = [
        (_("Id"), rubric.id),
        (_("Version"), rubric.version),
        (_("Summary"), said(rubric.summary, language)),
        (_("Coverage needed"), Number(policy.minimum_coverage, 0, percent=True)),
        (_("No evidence counts"), _no_evidence(rubric)),
        (_("Unrated questions"), "" if policy.unrated is Unrated.BLOCK else _("may stay unrated")),
        (_("Ratings after seeing others'"), "" if policy.after_seeing is AfterSeeing.COUNT else _("are left out")),
        (_("Ranking"), "" if policy.ranking is RankingPolicy.ON else _("off: no totals, ranks or order")),
        (_("Recommend from"), ", ".join(f"{word} {write_number(score)}" for word, score in thresholds)),
        (_("Because"), said(policy.recommend_rationale, language)),
    ]
    return Facts(tuple((name, value) for name, value in items if value))


def _no_evidence(rubric: Rubric) -> str:
    return _("nothing") if rubric.policy.no_evidence is NoEvidencePolicy.EXCLUDE else _("as the lowest level")


def _criteria(rubric: Rubric, language: str) -> Table:
    total = sum(criterion.weight for criterion in rubric.criteria)
    kinds = {"responsibility": _("responsibility"), "competency": _("competency")}
    columns = (
        Column("criterion", _("Id")),
        Column("name", _("Criterion")),
        Column("kind", _("Kind")),
        Column("weight", _("Weight")),
        Column("bar", _("Bar")),
        Column("required", _("Required")),
        Column("questions", _("Questions")),
    )

    def row(criterion: Criterion) -> tuple[Cell, ...]:
        return (
            Word(criterion.id),
            criterion.name.in_language(language),
            Word(kinds[criterion.kind]),
            Number(criterion.weight / total if total else None, 0, percent=True),
            Number(criterion.bar),
            Word(_("yes") if criterion.required else _("no")),
            Number(sum(criterion.id in question.criteria for question in rubric.asked), 0),
        )

    return Table(columns, tuple(map(row, rubric.criteria)), _("Criteria"))


def _criterion(criterion: Criterion, language: str) -> Facts:
    items: list[tuple[str, Cell]] = [
        (_("Definition"), criterion.definition.in_language(language)),
        (_("Why this weight"), said(criterion.weight_rationale, language)),
        *anchor_items(criterion, language),
        (_("To learn or do"), listed(criterion.develop, language)),
    ]
    return Facts(tuple((name, value) for name, value in items if value), criterion.name.in_language(language))


def _levels(rubric: Rubric, language: str) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (Number(level.value, 0), level.label.in_language(language), said(level.meaning, language))
        for level in rubric.scale.levels
    ]
    columns = (
        Column("value", _("Level")),
        Column("label", _("Label")),
        Column("meaning", _("Meaning"), wrap=True),
    )
    return Table(columns, tuple(rows), _("Scale"))
