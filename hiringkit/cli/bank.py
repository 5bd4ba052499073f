"""`hiringkit bank`: question banks."""

from typing import TYPE_CHECKING

import click

from hiringkit.cli.author_files import check, set_command
from hiringkit.cli.base import Group, option
from hiringkit.cli.session import Session, with_session
from hiringkit.errors import UsageProblem
from hiringkit.locale import n_
from hiringkit.text.sentence import Sentence

if TYPE_CHECKING:
    from hiringkit.domain.question import Question

KINDS = ("behavioural", "situational", "knowledge", "work-sample")


@click.group("bank", cls=Group, help=n_("Question banks: list, read, search, check."))
def command() -> None:
    """Hold the verbs."""


@command.command("list", help=n_("List the question banks at hand."), examples=["hiringkit bank list -f markdown"])
@with_session
def list_(session: Session) -> None:
    """List the banks."""
    from hiringkit.library.documents import Kind
    from hiringkit.report.views.bank import banks_report

    library = session.library
    entries = library.entries(Kind.BANK)
    sources = {entry.id: str(entry.path) for entry in entries}
    banks = [library.load_bank(entry.id) for entry in entries]
    session.emit(banks_report(banks, session.language, sources=sources))
    session.tell(library.findings)


@command.command(
    "show",
    help=n_("Show a question bank, by id or file: its questions with probes and anchors."),
    examples=["hiringkit bank show sales-operations", "hiringkit bank show sales-operations --lang zh"],
)
@click.argument("bank", metavar="ID|PATH")
@with_session
def show(session: Session, bank: str) -> None:
    """Show a bank."""
    from hiringkit.report.views.bank import bank_report

    session.emit(bank_report(session.library.load_bank(bank), session.language))


@command.command(
    "search",
    help=n_(
        "Find questions by words, in English or Chinese; best first. A question that has all the words comes before one"
        " that has some. --criterion and --kind narrow the search, and do without words too."
    ),
    examples=[
        "hiringkit bank search forecast",
        "hiringkit bank search 预测",
        "hiringkit bank search --criterion change-management --kind situational",
    ],
)
@click.argument("words", nargs=-1, metavar="[TEXT]...")
@option("--criterion", metavar="ID", help=n_("Only questions that are evidence for this criterion."))
@option("--kind", type=click.Choice(KINDS), help=n_("Only questions of this kind."))
@with_session
def search(session: Session, words: tuple[str, ...], criterion: str | None, kind: str | None) -> None:
    """Find questions."""
    from hiringkit.domain.question import QuestionKind
    from hiringkit.library.search import search_questions, suggest_word
    from hiringkit.report.views.bank import search_report

    if not (words or criterion or kind):
        raise UsageProblem("nothing to search for", hint="give words, --criterion or --kind")
    questions = _questions(session)
    if criterion:
        _require_criterion(criterion, {each for _bank, question in questions for each in question.criteria})
    wanted = " ".join(words)
    found = search_questions(questions, wanted, criterion=criterion, kind=QuestionKind(kind) if kind else None)
    near = "" if found else suggest_word((question for _bank, question in questions), wanted) or ""
    session.emit(search_report(found, " ".join(filter(None, (wanted, criterion, kind))), session.language, near=near))


@command.command(
    "duplicates",
    help=n_("Find questions that ask nearly the same, over all banks and in both languages; the most alike first."),
    examples=["hiringkit bank duplicates", "hiringkit bank duplicates --at-least 0.3 -f json"],
)
@option(
    "--at-least",
    type=click.FloatRange(0, 1, min_open=True),
    default=0.5,
    show_default=True,
    help=n_("The least similarity, from 0 to 1."),
)
@with_session
def duplicates(session: Session, at_least: float) -> None:
    """Find near-duplicates."""
    from hiringkit.library.search import near_duplicates
    from hiringkit.report.views.bank import duplicates_report

    found = near_duplicates(_questions(session), at_least=at_least)
    session.emit(duplicates_report(found, at_least, session.language))


@command.command(
    "check",
    help=n_(
        "Check files and folders of rubrics and banks, or the whole library if none is named; - is standard input."
        " Every problem is named with file, line and column; errors make the exit code 1."
    ),
    examples=["hiringkit bank check ./question_banks"],
)
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@with_session
def check_(session: Session, paths: tuple[str, ...]) -> int:
    """Check files."""
    return check(session, paths)


command.add_command(
    set_command(
        "question-bank",
        (
            "hiringkit bank set ./my-bank.yaml questions.bottlenecks.minutes 10",
            "hiringkit bank set ./my-bank.yaml questions.bottlenecks.probes.1 --remove",
        ),
    )
)


def _questions(session: Session) -> "list[tuple[str, Question]]":
    """Return the questions of every bank that can be read; what is wrong with the others is told."""
    from hiringkit.errors import FindingsError
    from hiringkit.library.documents import Kind

    found, library = [], session.library
    for entry in library.entries(Kind.BANK):
        try:
            bank = library.load_bank(entry.id)
        except FindingsError as error:
            session.tell(error.findings)
        else:
            found += [(bank.id, question) for question in bank.questions]
    session.tell(library.findings)
    return found


def _require_criterion(criterion: str, known: set[str]) -> None:
    from hiringkit.errors import NotFound
    from hiringkit.library.checks.findings import suggestion

    if criterion not in known:
        message = Sentence("no question is evidence for the criterion {criterion!r}").format(criterion=criterion)
        raise NotFound(message, hint=suggestion(criterion, sorted(known)))
