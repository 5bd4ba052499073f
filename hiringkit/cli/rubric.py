"""`hiringkit rubric`: what a role needs, and how it is asked and rated."""

import sys
from typing import TYPE_CHECKING

import click

from hiringkit.cli.author_files import check, set_command
from hiringkit.cli.base import Command, Group, option
from hiringkit.cli.rubric_new import new
from hiringkit.cli.session import Session, with_session
from hiringkit.errors import HiringKitError, UsageProblem
from hiringkit.locale import _, n_, say

if TYPE_CHECKING:
    from hiringkit.domain.rubric import Rubric
    from hiringkit.domain.rubric_diff import OpeningImpact, RubricDiff


@click.command(
    "coverage",
    cls=Command,
    help=n_(
        "Show which question is evidence for which criterion, with weights and minutes, and which criteria and"
        " questions each task rests on. Every gap is marked and explained."
    ),
    examples=[
        "hiringkit rubric coverage sales-operations-manager",
        "hiringkit rubric coverage ./my-rubric.yaml -f csv",
    ],
)
@click.argument("rubric", metavar="ID|PATH")
@with_session
def coverage(session: Session, rubric: str) -> None:
    """Show what is asked for what."""
    from hiringkit.library.coverage import cover_rubric
    from hiringkit.report.views.coverage import coverage_report

    session.emit(coverage_report(cover_rubric(session.library.load_rubric(rubric))))


@click.command(
    "diff",
    cls=Command,
    help=n_(
        "Say what is different between two rubrics, by what it means: weights as shares, anchors, questions, bars,"
        " policy. Each change is major, minor or patch, with the reason; together they are held against the step"
        " that the versions make. Where there is a database, every opening that pinned the first one's id is scored"
        " as it is and under the second. - is standard input."
    ),
    examples=[
        "hiringkit rubric diff ./old.yaml ./new.yaml",
        "git show HEAD:rubrics/my-role.yaml | hiringkit rubric diff - rubrics/my-role.yaml --check",
    ],
)
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@option("--no-impact", is_flag=True, help=n_("Look into no database."))
@option("--check", is_flag=True, help=n_("Exit code 1 if the versions say less than the changes call for."))
@with_session
def diff(session: Session, before: str, after: str, no_impact: bool, check: bool) -> int:
    """Compare two rubrics."""
    from attrs import evolve

    from hiringkit.library.diff import diff_rubrics
    from hiringkit.report.views.rubric_diff import diff_report

    if before == after == "-":
        raise UsageProblem("standard input can be read once only", hint="name a file for one of the two")
    old, new = _load(session, before), _load(session, after)
    found: RubricDiff = diff_rubrics(old, new, session.language)
    session.emit(diff_report(found if no_impact else evolve(found, impact=_impact(session, old.id, new))))
    return 1 if check and not found.enough else 0


def _load(session: Session, name: str) -> "Rubric":
    if name == "-":
        return session.library.load_rubric_text(sys.stdin.buffer.read())
    return session.library.load_rubric(name)


def _impact(session: Session, rubric: str, after: "Rubric") -> "tuple[OpeningImpact, ...] | None":
    """Score openings anew; a database that nobody named and that cannot be read is only told of."""
    from hiringkit.actions.rubrics import rescore_impact
    from hiringkit.actions.scores import ScoringOptions

    try:
        store = session.existing_store()
        return rescore_impact(store, session.actor, rubric, after, ScoringOptions()) if store else None
    except HiringKitError as error:
        if session.settings.db.source != "default":
            raise
        session.note(_("The database was not looked into: {why}").format(why=say(error.message)))
        return None


@click.command(
    "pack",
    cls=Command,
    help=n_(
        "Make an interviewer's pack to print: how to rate, then each question with its probes, what to look for, the"
        " anchors, boxes for the rating and space for notes. -o FILE.html writes a page that prints well and needs"
        " nothing from anywhere; -f markdown writes text."
    ),
    examples=[
        "hiringkit rubric pack sales-operations-manager --minutes 60 -o pack.html",
        "hiringkit rubric pack sales-operations-manager --question bottlenecks -f markdown --lang zh",
    ],
)
@click.argument("rubric", metavar="ID|PATH")
@option("--minutes", type=click.FloatRange(0, min_open=True), help=n_("Choose questions for so long an interview."))
@option("--question", "questions", multiple=True, metavar="ID", help=n_("This question; may be given again."))
@with_session
def pack(session: Session, rubric: str, minutes: float | None, questions: tuple[str, ...]) -> None:
    """Make a pack to print."""
    from hiringkit.actions.kits import asking_minutes, check_kit, choose_kit
    from hiringkit.report.views.pack import Pack, pack_report

    if minutes and questions:
        raise UsageProblem("--minutes chooses questions, --question names them", hint="give one of the two")
    loaded = session.library.load_rubric(rubric)
    kit = check_kit(loaded, questions) if questions else tuple(question.id for question in loaded.asked)
    if minutes:
        kit = choose_kit(loaded, asking_minutes(minutes))
    made = Pack(loaded, tuple(question for name in kit if (question := loaded.question(name))))
    if not session.wants_html:
        session.emit(pack_report(made, session.language))
        return
    from hiringkit.report.views.pack import render_pack

    session.write(render_pack(made, session.language))


@click.command(
    "drop-question",
    cls=Command,
    help=n_(
        "Leave a question that was misunderstood out of an opening, for all candidates alike. Its ratings are kept and"
        " no longer counted; comparisons, profiles and exports say so; interviews to come need not ask it. --restore"
        " counts it again. Both are written into the audit trail."
    ),
    examples=[
        'hiringkit rubric drop-question som-2026 bottlenecks --reason "two interviewers asked it differently"',
        "hiringkit rubric drop-question som-2026 bottlenecks --restore",
    ],
)
@click.argument("opening", metavar="OPENING")
@click.argument("question", metavar="QUESTION")
@option("--reason", default="", help=n_("Why; needed to drop a question."))
@option("--restore", is_flag=True, help=n_("Count it again."))
@with_session
def drop_question(session: Session, opening: str, question: str, reason: str, restore: bool) -> None:
    """Leave a question out, or count it again."""
    from hiringkit.actions import dropped_questions
    from hiringkit.report.views.opening import dropped_report

    store = session.store()
    if restore:
        dropped_questions.restore_question(store, session.actor, opening, question, reason=reason)
    else:
        dropped_questions.drop_question(store, session.actor, opening, question, reason=reason)
    session.emit(dropped_report(opening, dropped_questions.dropped_questions(store, opening)))
    session.note(_("See what it does: hiringkit compare {opening}").format(opening=opening))


@click.group("rubric", cls=Group, help=n_("What a role needs and how it is asked and rated."))
def command() -> None:
    """Hold the verbs."""


@command.command("list", help=n_("List the rubrics at hand."), examples=["hiringkit rubric list"])
@with_session
def list_(session: Session) -> None:
    """List the rubrics."""
    from hiringkit.library.documents import Kind
    from hiringkit.report.views.rubric import rubrics_report

    library = session.library
    entries = library.entries(Kind.RUBRIC)
    sources = {entry.id: str(entry.path) for entry in entries}
    rubrics = [library.load_rubric(entry.id) for entry in entries]
    session.emit(rubrics_report(rubrics, session.language, sources=sources))
    session.tell(library.findings)


@command.command(
    "show",
    help=n_("Show a rubric, by id or file: the role, its criteria with anchors, its questions."),
    examples=["hiringkit rubric show sales-operations-manager", "hiringkit rubric show ./my-rubric.yaml --lang zh"],
)
@click.argument("rubric", metavar="ID|PATH")
@with_session
def show(session: Session, rubric: str) -> None:
    """Show a rubric."""
    from hiringkit.report.views.rubric import rubric_report

    session.emit(rubric_report(session.library.load_rubric(rubric), session.language))


@command.command(
    "check",
    help=n_(
        "Check files and folders of rubrics and banks, or the whole library if none is named; - is standard input."
        " Every problem is named with file, line and column; errors make the exit code 1."
    ),
    examples=["hiringkit rubric check ./rubrics", "hiringkit rubric check -f json my-rubric.yaml"],
)
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@with_session
def check_(session: Session, paths: tuple[str, ...]) -> int:
    """Check files."""
    return check(session, paths)


@command.command(
    "schema",
    help=n_(
        "Write the JSON Schema of rubrics or question banks, by which an editor completes and checks as you type."
        " The first line of a file names it: # yaml-language-server: $schema=FILE."
        " With -f markdown the format is written as tables."
    ),
    examples=[
        "hiringkit rubric schema > rubric.schema.json",
        "hiringkit rubric schema --kind question-bank -o question-bank.schema.json",
        "hiringkit rubric schema -f markdown",
    ],
)
@option("--kind", type=click.Choice(["rubric", "question-bank"]), default="rubric", help=n_("Of which kind of file."))
@with_session
def schema(session: Session, kind: str) -> None:
    """Write the schema, or the tables of the format's reference."""
    if session.format == "markdown":
        from hiringkit.library.schema import format_markdown

        session.write(format_markdown())
        return
    from hiringkit.library.documents import Kind
    from hiringkit.library.schema import schema_text

    session.write(schema_text(Kind(kind)))


for verb in (
    new,
    coverage,
    diff,
    pack,
    drop_question,
    set_command(
        "rubric",
        (
            "hiringkit rubric set ./my-role.yaml criteria.forecasting.weight 20",
            "hiringkit rubric set ./my-role.yaml title.zh 销售运营经理",
            "hiringkit rubric set ./my-role.yaml 'questions[0].use' bottlenecks --append",
        ),
    ),
):
    command.add_command(verb)
