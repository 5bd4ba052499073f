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


@command.command(
    "exhibit",
    help=n_(
        "Hand a question's exhibits to the candidate: what is to be read, and nothing of criteria, probes or levels. As"
        " a page (-o exhibit.html), as Markdown, or the figures as CSV. --opening takes the question as the opening"
        " asks it."
    ),
    examples=[
        "hiringkit bank exhibit deal-desk -o exhibit.html",
        "hiringkit bank exhibit sales-operations/deal-desk -o exhibit.csv",
        "hiringkit bank exhibit deal-desk --opening som-2026 -o exhibit.md",
    ],
)
@click.argument("question", metavar="[BANK/]QUESTION")
@option("--exhibit", "exhibit_id", metavar="ID", help=n_("Only this one of the question's exhibits."))
@option("--opening", metavar="OPENING", help=n_("Take the question from an opening's rubric."))
@with_session
def exhibit(session: Session, question: str, exhibit_id: str | None, opening: str | None) -> None:
    """Hand over exhibits."""
    from hiringkit.errors import NotFound, missing
    from hiringkit.report.views.exhibit import exhibits_report
    from hiringkit.text.sentence import Sentence

    found = _opening_question(session, opening, question) if opening else _bank_question(session, question)
    known = {each.id: each for each in found.exhibits}
    if not known:
        raise NotFound(Sentence("the question {question!r} has no exhibit").format(question=found.id))
    if exhibit_id and exhibit_id not in known:
        raise missing(Sentence("exhibit"), exhibit_id, known)
    shown = [known[exhibit_id]] if exhibit_id else list(found.exhibits)
    tables = sum(each.table is not None for each in shown)
    if session.format in ("csv", "xlsx") and tables != 1:
        ids = ", ".join(each.id for each in shown if each.table)
        hint = Sentence("--exhibit with one of {ids}").format(ids=ids) if ids else "-o exhibit.html, or -o exhibit.md"
        raise UsageProblem(
            Sentence("a file of figures holds one table, and here are {tables}").format(tables=tables), hint=hint
        )
    session.emit(exhibits_report(found.id, shown, session.language))


def _opening_question(session: Session, opening: str, question: str) -> "Question":
    from hiringkit.actions.openings import show_opening
    from hiringkit.errors import missing
    from hiringkit.text.sentence import Sentence

    asked = {each.id: each for each in show_opening(session.store(), session.actor, opening).rubric.asked}
    if question not in asked:
        raise missing(Sentence("question"), question, asked)
    return asked[question]


def _bank_question(session: Session, question: str) -> "Question":
    from hiringkit.errors import missing
    from hiringkit.text.sentence import Sentence

    bank, slash, wanted = question.rpartition("/")
    known = _questions(session)
    found = [(each, asked) for each, asked in known if asked.id == wanted and (not slash or each == bank)]
    if not found:
        raise missing(Sentence("question"), question, [asked.id for _bank, asked in known])
    if len(found) > 1:
        raise UsageProblem(
            Sentence("several banks have a question {question!r}").format(question=wanted),
            hint=" ".join(f"{each}/{wanted}" for each, _asked in found),
        )
    return found[0][1]


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
