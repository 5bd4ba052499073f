"""Postings: which facts of the firm and the post are not given, and so left out.

Which properties of a schema.org JobPosting are required and which recommended is said in Google Search Central, "Job
posting (JobPosting) structured data"; schema.org itself requires none.
"""

from collections.abc import Iterator

from hiringkit.domain.finding import Finding, Severity
from hiringkit.domain.posting import Company, Posting
from hiringkit.domain.sentence import Sentence

PAY_ABSENT = Sentence("the posting names no pay range")
PAY_OF_RUBRIC = Sentence("the pay range is the rubric's: nobody said that it is yours")
ABSENT = Sentence("the posting does not say: {what}")
RECOMMENDED = Sentence("job sites would also like to know: {what}")


def check_facts(posting: Posting) -> Iterator[Finding]:
    """Yield what is not known of the firm and the post, by the keys of the file of `--company`."""
    company = posting.company
    if posting.pay is None:
        hint = "give compensation: in the file of --company, or in the rubric's role"
        yield Finding("pay-absent", PAY_ABSENT, Severity.WARNING, hint)
    elif company.compensation is None:
        yield Finding("pay-of-rubric", PAY_OF_RUBRIC, Severity.WARNING, _hint("compensation"))
    for what in _required(company):
        yield Finding("fact-absent", ABSENT.format(what=what), Severity.WARNING, _hint(what))
    if wanted := list(_recommended(company)):
        words = ", ".join(wanted)
        yield Finding("fact-recommended", RECOMMENDED.format(what=words), Severity.INFO, _hint(words))


def _required(company: Company) -> Iterator[str]:
    """Yield the keys without which job sites do not show a posting, or nobody can answer it."""
    placed = company.location or company.address
    if not company.name:
        yield "name"
    if not (placed or company.remote):
        yield "location"
    if placed and not (company.address and company.address.country):
        yield "address.country"
    if company.remote and not (placed or company.remote_from):
        yield "remote_from"
    if not company.contact:
        yield "contact"
    if not company.date_posted:
        yield "date_posted"


def _recommended(company: Company) -> Iterator[str]:
    if not company.valid_through:
        yield "valid_through"
    if not company.employment_type:
        yield "employment_type"
    if not company.reference:
        yield "reference"
    if company.direct_apply is None:
        yield "direct_apply"


def _hint(what: str) -> Sentence:
    return Sentence("give {what} in the file of --company").format(what=what)
