"""`hiringkit bank`: question banks."""

import click

from hiringkit.cli.base import Group
from hiringkit.cli.checking import check
from hiringkit.cli.session import Session, with_session
from hiringkit.locale import n_


@click.group("bank", cls=Group, help=n_("Question banks: list, read, search, check."))
def command() -> None:
    """Hold the verbs."""


@command.command("list", help=n_("List the question banks at hand."), examples=["hiringkit bank list -f markdown"])
@with_session
def list_(session: Session) -> None:
    """List the banks."""
    from hiringkit.library.documents import Kind
    from hiringkit.report.questions import banks_report

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
    from hiringkit.report.questions import bank_report

    session.emit(bank_report(session.library.load_bank(bank), session.language))


@command.command(
    "search",
    help=n_("Find questions by words, in English or Chinese, by criterion or by kind; best first."),
    examples=[
        "hiringkit bank search forecast",
        "hiringkit bank search 预测",
        "hiringkit bank search change-management",
    ],
)
@click.argument("words", nargs=-1, required=True, metavar="TEXT...")
@with_session
def search(session: Session, words: tuple[str, ...]) -> None:
    """Find questions."""
    from hiringkit.library.documents import Kind
    from hiringkit.library.search import search_questions
    from hiringkit.report.questions import search_report

    library = session.library
    banks = [library.load_bank(entry.id) for entry in library.entries(Kind.BANK)]
    questions = [(bank.id, question) for bank in banks for question in bank.questions]
    wanted = " ".join(words)
    session.emit(search_report(search_questions(questions, wanted), wanted, session.language))


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
