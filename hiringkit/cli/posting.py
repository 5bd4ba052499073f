"""`hiringkit posting`: a job posting out of a rubric, and a check of one that exists."""

from typing import TYPE_CHECKING, Any

import click

from hiringkit.cli.base import DefaultVerbGroup, option
from hiringkit.cli.session import Session, with_session
from hiringkit.locale import n_

if TYPE_CHECKING:
    from hiringkit.domain.posting import Company


@click.group(
    "posting",
    cls=DefaultVerbGroup,
    default="write",
    help=n_("A job posting out of a rubric, and a check of one that exists."),
)
def command() -> None:
    """Hold the verbs."""


@command.command(
    "write",
    help=n_(
        "Write a job posting: what the job is, responsibilities, tasks, requirements with reasons, whom one works"
        " with and how one is interviewed. `posting RUBRIC` does the same. -f json is a schema.org JobPosting, a file"
        " that ends in .html a page. What may put people off, or is missing, is said beside it."
    ),
    examples=[
        "hiringkit posting sales-operations-manager -f markdown -o posting.md",
        "hiringkit posting sales-operations-manager --company firm.yaml -f json",
        "hiringkit posting sales-operations-manager --company firm.yaml --lang zh -o posting.html",
    ],
)
@click.argument("rubric", metavar="RUBRIC")
@option("--company", metavar="FILE", help=n_("Facts of the firm and the post in YAML or JSON; - is standard input."))
@option("--name", metavar="TEXT", help=n_("The firm; over the file's."))
@option("--location", metavar="TEXT", help=n_("Where the work is; over the file's."))
@option("--contact", metavar="EMAIL", help=n_("The e-mail address that applicants write to; over the file's."))
@option("--date-posted", metavar="DATE", help=n_("The day of publication, such as 2026-03-01; over the file's."))
@option("--valid-through", metavar="DATE", help=n_("The last day for applications; over the file's."))
@option("--hours", metavar="TEXT", help=n_("Working hours, such as 37.5 a week; over the file's."))
@option("--short", is_flag=True, help=n_("Without reasons and definitions."))
@with_session
def write(session: Session, rubric: str, company: str | None, short: bool, **given: str | None) -> None:
    """Write a posting."""
    from hiringkit.actions.postings import check_posting
    from hiringkit.domain.posting import Posting
    from hiringkit.report.views.posting import posting_report, posting_text

    posting = Posting(session.library.load_rubric(rubric), _company(session, company, given), short)
    session.emit(posting_report(posting, session.language))
    session.tell(check_posting(posting, posting_text(posting, session.language), session.language))


@command.command(
    "check",
    help=n_(
        "Read somebody's existing posting (plain text, Markdown, HTML, or copied from a PDF), and say which"
        " responsibilities, competencies, tasks, requirements and stakeholders of a rubric it states, each with its"
        " sentence, and which not; which words leave somebody out, and what to write instead; and what applicants do"
        " not learn. - is standard input."
    ),
    examples=["hiringkit posting check posting.md --rubric sales-operations-manager"],
)
@click.argument("file")
@option("--rubric", required=True, metavar="ID|PATH", help=n_("The rubric: its id or a file."))
@with_session
def check(session: Session, file: str, rubric: str) -> None:
    """Check a posting."""
    from hiringkit.actions.posting_check import check_against
    from hiringkit.actions.postings import check_length
    from hiringkit.domain.finding import has_errors
    from hiringkit.errors import FindingsError
    from hiringkit.exchange.text_files import decode, read_bytes
    from hiringkit.report.views.posting_check import posting_check_report
    from hiringkit.text.clean import clean_text
    from hiringkit.text.sentence import Sentence

    text, findings = decode(read_bytes(file), file)
    if has_errors(findings):
        raise FindingsError(Sentence("{file} has errors and is not used").format(file=file), findings)
    text = clean_text(text)
    found = check_against(session.library.load_rubric(rubric), text)
    session.emit(posting_check_report(found, session.language))
    session.tell(tuple(check_length(text, found.language)))


def _company(session: Session, file: str | None, given: dict[str, str | None]) -> "Company":
    """Return the facts of a company: the file's, with the options over them."""
    from attrs import evolve

    from hiringkit.cli.author_files import check_or_refuse, read_form_or_refuse
    from hiringkit.domain.posting import Company, Contact
    from hiringkit.library.forms import check_company
    from hiringkit.text.clean import clean_line

    company = read_form_or_refuse(session, file, Company, check_company) if file else Company()
    words: dict[str, Any] = {name: clean_line(value) for name, value in given.items() if value is not None}
    if email := words.pop("contact", None):
        company = evolve(company, contact=evolve(company.contact or Contact(), email=email))
    if "location" in words:
        company = evolve(company, address=None)
    return check_or_refuse(evolve(company, **words), check_company)
