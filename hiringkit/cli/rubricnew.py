"""`hiringkit rubric new`: a rubric by questions and answers."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from hiringkit.cli.base import Command, option
from hiringkit.cli.session import Session, with_session
from hiringkit.domain.finding import has_errors
from hiringkit.domain.sentence import Sentence
from hiringkit.errors import FindingsError, Refused, UsageProblem
from hiringkit.locale import _, n_

if TYPE_CHECKING:
    from hiringkit.cli.asking import Asker
    from hiringkit.cli.draftinterview import Start
    from hiringkit.library.roledescription import Description


SCHEMA_FILE = "rubric.schema.json"


@click.command(
    "new",
    cls=Command,
    help=n_(
        "Begin a rubric by questions and answers: from another rubric, or from a role description in plain text whose"
        " lines become tasks and requirements. Every question has an answer that Enter takes; answers may come from a"
        " pipe. Writes ./rubrics/FAMILY/ID.yaml, or -o FILE, with comments that say what to do next; never over"
        " another file."
    ),
    examples=[
        "hiringkit rubric new crm-manager --description job-ad.txt",
        "hiringkit rubric new senior-analyst --from sales-operations-analyst --yes",
    ],
)
@click.argument("rubric", metavar="ID")
@option("--from", "base", metavar="ID|PATH", help=n_("The rubric to begin from."))
@option("--description", metavar="FILE", help=n_("A role description in plain text to begin from."))
@option("--yes", is_flag=True, help=n_("Ask nothing: take every answer that Enter would take."))
@option("--schema", is_flag=True, help=n_("Write the JSON Schema beside it and name it, for an editor that checks."))
@with_session
def new(session: Session, rubric: str, base: str | None, description: str | None, yes: bool, schema: bool) -> None:
    """Begin a rubric."""
    from hiringkit.actions.openings import check_id
    from hiringkit.cli.asking import Asker
    from hiringkit.cli.draftinterview import choose_all
    from hiringkit.files import create_file
    from hiringkit.library.drafting import draft_rubric
    from hiringkit.library.rubricwriting import write_rubric

    if base and description:
        raise UsageProblem("--from and --description are two ways to begin", hint="give one of the two")
    output = session.options.get("output")
    if schema and output == "-":
        raise UsageProblem("--schema writes a file beside the rubric, and standard output has no place")
    check_id(Sentence("a rubric"), rubric)
    asker = Asker(silent=yes)
    choices = choose_all(asker, _start(session, asker, rubric, base, description))
    target = Path(str(output)) if output else Path("rubrics", choices.family, f"{rubric}.yaml")
    text = write_rubric(draft_rubric(choices), _comments(target))
    if schema:
        text = f"# yaml-language-server: $schema={SCHEMA_FILE}\n{text}"
    findings = session.library.check_text(text, str(target))
    if has_errors(findings):
        raise FindingsError("these choices make no rubric", findings, hint="choose again; nothing was written")
    if output == "-":
        session.write(text)
        return
    create_file(target, text.encode(), hint=Sentence("choose another id, or another file with -o"))
    if schema:
        _write_schema(session, target.with_name(SCHEMA_FILE))
    session.tell(findings)
    _say_next(session, rubric, target)


def _write_schema(session: Session, path: Path) -> None:
    """Write what an editor reads; where the folder's other rubrics have one already, it serves this one too."""
    from hiringkit.files import create_file
    from hiringkit.library.documents import Kind
    from hiringkit.library.jsonschema import schema_text

    if path.exists():
        session.note(_("{path} is there already and is left as it is").format(path=path))
        return
    create_file(path, schema_text(Kind.RUBRIC).encode())
    session.note(_("written: {path}").format(path=path))


def _start(session: Session, asker: "Asker", rubric: str, base: str | None, description: str | None) -> "Start":
    """Find out what to begin from, and load it."""
    from hiringkit.cli.draftinterview import Start
    from hiringkit.library.documents import Kind
    from hiringkit.library.roledescription import Description
    from hiringkit.library.suggesting import gather_pool, nearest_rubric

    known = [entry.id for entry in session.library.entries(Kind.RUBRIC)]
    if not (base or description) and known:
        base, description = _ask_for_start(asker, rubric, known)
    loaded = session.library.load_rubric(base) if base else None
    told = _read(description) if description else Description(language=session.language)
    pool = gather_pool(session.library, loaded or nearest_rubric(session.library, told.text))
    if not pool.questions or not pool.criteria:
        raise Refused(
            "the library holds no rubric and no questions to begin from",
            hint="name a folder that holds rubrics/ and question_banks/: --library DIR",
        )
    return Start(rubric, pool, loaded, told, session.language)


def _ask_for_start(asker: "Asker", rubric: str, known: list[str]) -> tuple[str | None, str | None]:
    from hiringkit.domain.text import nearest
    from hiringkit.library.catalog import is_path

    asker.say(_("Rubrics to begin from: {names}").format(names=", ".join(known)))
    answer = asker.ask(
        _("Begin from (one of these, or a file with a role description)"), nearest(rubric, known) or known[0]
    )
    if answer in known or (is_path(answer) and answer.endswith((".yaml", ".yml"))):
        return answer, None
    return (None, answer) if Path(answer).exists() else (answer, None)


def _read(path: str) -> "Description":
    from hiringkit.library.roledescription import read_description
    from hiringkit.library.safefiles import read_source

    source = read_source(Path(path))
    found = read_description(source.text)
    if not (found.tasks or found.required or found.preferred):
        raise Refused(
            Sentence("{path} says nothing that could be a task").format(path=path),
            hint="write one task or requirement a line",
        )
    return found


def _comments(target: Path) -> dict[str, list[str]]:
    """Return what the file says to its author, above the keys."""
    return {
        "": [
            _("A rubric: what a role needs, how it is asked and how answers are rated."),
            _("After each change: hiringkit rubric check {file}").format(file=target),
        ],
        "version": [_("Raise it with each change; hiringkit rubric diff OLD NEW says by how much.")],
        "summary": [_("The role in a paragraph; see that it says what this role is.")],
        "role.tasks": [_("What the role does, each task with the criteria that it calls upon.")],
        "role.requirements": [_("required or preferred; say why, in a line of its own: why: …")],
        "scale": [_("The levels that a rating may take.")],
        "criteria": [_("What is rated. Shares of the overall score are weights over their sum.")],
        "criteria.weight_rationale": [_("Why it weighs what it weighs: somebody will ask.")],
        "criteria.bar": [_("A score below the bar is a gap; with required: true it stops a recommendation.")],
        "criteria.anchors": [_("The behaviour that marks each level: what was done, not how good it was.")],
        "questions": [
            _("What every candidate is asked, drawn from question banks by id; hiringkit bank search finds more."),
            _("A question of your own has the same shape as in a bank: hiringkit bank show NAME"),
            _("What rests on what, and where there are gaps: hiringkit rubric coverage {file}").format(file=target),
        ],
        "questions.id": [_("From a bank, without the criteria that this rubric does not rate.")],
        "policy": [_("How ratings become a score, and a score a recommendation.")],
    }


def _say_next(session: Session, rubric: str, target: Path) -> None:
    session.note(_("written: {path}").format(path=target))
    session.note(_("Next:"))
    session.note("  " + _("read it in an editor; every part says what it is for"))
    for command in (
        f"hiringkit rubric check {target}",
        f"hiringkit rubric coverage {target}",
        f"hiringkit rubric pack {target} -o {rubric}.html",
        f"hiringkit opening create MY-OPENING --rubric {target}",
    ):
        session.note(f"  {command}")
