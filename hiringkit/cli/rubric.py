"""`hiringkit rubric`: what a role needs, and how it is asked and rated."""

import click

from hiringkit.cli.base import Group, option
from hiringkit.cli.checking import check
from hiringkit.cli.editing import set_command
from hiringkit.cli.rubricnew import new
from hiringkit.cli.rubricreading import coverage, diff, drop_question, pack
from hiringkit.cli.session import Session, with_session
from hiringkit.locale import n_


@click.group("rubric", cls=Group, help=n_("What a role needs and how it is asked and rated."))
def command() -> None:
    """Hold the verbs."""


@command.command("list", help=n_("List the rubrics at hand."), examples=["hiringkit rubric list"])
@with_session
def list_(session: Session) -> None:
    """List the rubrics."""
    from hiringkit.library.documents import Kind
    from hiringkit.report.rubrics import rubrics_report

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
    from hiringkit.report.rubrics import rubric_report

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
        from hiringkit.library.formattables import format_markdown

        session.write(format_markdown())
        return
    from hiringkit.library.documents import Kind
    from hiringkit.library.jsonschema import schema_text

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
