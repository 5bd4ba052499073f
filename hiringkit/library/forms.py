"""Small forms that a user fills in, YAML or JSON: read as strictly as rubrics, but without a header."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path as FilePath
from typing import TypeVar

from hiringkit.domain.finding import Finding
from hiringkit.domain.need import MOST_ON_COST, NeedAnswers
from hiringkit.domain.posting import Company, Contact
from hiringkit.domain.rubric import Need
from hiringkit.library.catalog import read_file
from hiringkit.library.checks import mistakes
from hiringkit.library.checks.findings import Findings, Problem, Problems
from hiringkit.library.checks.rubric import check_compensation
from hiringkit.library.checks.shape import check_shapes
from hiringkit.library.documents import Draft, result_of
from hiringkit.library.yaml.decode import Reading, structure
from hiringkit.library.yaml.parse import parse_yaml
from hiringkit.text.sentence import Sentence

T = TypeVar("T")

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_COUNTRY = re.compile(r"[A-Z]{2}")
_URL = re.compile(r"https?://[^\s/?#]+\S*", re.IGNORECASE)
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def read_form(
    path: FilePath, cls: type[T], check: Callable[[T], Problems] | None = None
) -> tuple[T | None, tuple[Finding, ...]]:
    """Read a file into a domain class.

    Args:
        path: The file.
        cls: An attrs class of the domain.
        check: Yields what is wrong beyond its shape.

    Returns:
        The value, or None where any finding is an error; and all findings.
    """
    findings = Findings(str(path))
    data = read_file(path, findings)
    if data is None:
        return None, findings.in_order()
    return parse_form(data, str(path), cls, check)


def parse_form(
    text: str | bytes, source: str, cls: type[T], check: Callable[[T], Problems] | None = None
) -> tuple[T | None, tuple[Finding, ...]]:
    """Read text into a domain class; see `read_form`."""
    findings = Findings(source)
    root = parse_yaml(text, findings)
    if root is None:
        return None, findings.in_order()
    reading = Reading(findings)
    value: T = structure(root, cls, reading)
    made = Draft(value, root, findings, reading.texts, frozenset(findings.broken))
    made.report(check_shapes(value, ()))
    made.report(check(value) if check else ())
    return result_of(made)


def check_need_answers(answers: NeedAnswers, need: Need, *, compared: bool) -> Problems:
    """Yield what is wrong with a file of answers to a rubric's need section.

    Args:
        answers: As the file has them.
        need: What the rubric asks.
        compared: Whether the rubric has a pay range that a budget can be compared with.
    """
    asked = {"preconditions": [each.id for each in need.preconditions], "signs": [each.id for each in need.signs]}
    for section, known in asked.items():
        for identity in getattr(answers, section):
            if identity not in known:
                near = (identity, known)
                yield Problem(mistakes.UNKNOWN_KEY, (section, identity), {"key": identity}, near=near, at_key=True)
    if answers.budget and not compared:
        yield Problem(mistakes.NO_PAY_RANGE, ("budget",))
    for key in ("per_year", "tools_per_year", "tools_cost"):
        if answers.budget and (getattr(answers.budget, key) or 0) < 0:
            fields = _outside(getattr(answers.budget, key), 0, Sentence("any sum"))
            yield Problem(mistakes.OUT_OF_RANGE, ("budget", key), fields)
    if answers.budget and not 0 <= answers.budget.on_cost_percent <= MOST_ON_COST:
        fields = _outside(answers.budget.on_cost_percent, 0, MOST_ON_COST)
        yield Problem(mistakes.OUT_OF_RANGE, ("budget", "on_cost_percent"), fields)


def _outside(value: float, low: float, high: float | str) -> dict[str, object]:
    return {"value": value, "low": low, "high": high}


def check_company(company: Company) -> Problems:
    """Yield what is wrong with the facts of a company."""
    dates = {name: _date(getattr(company, name)) for name in ("date_posted", "valid_through")}
    for name, found in dates.items():
        if getattr(company, name) and found is None:
            yield Problem(mistakes.DATE_SHAPE, (name,), {"found": getattr(company, name)})
    posted, last = dates.values()
    if posted and last and last < posted:
        fields = {"last": company.valid_through, "first": company.date_posted}
        yield Problem(mistakes.DATE_ORDER, ("valid_through",), fields, needs=[("date_posted",)])
    if company.address and company.address.country and not _COUNTRY.fullmatch(company.address.country):
        yield Problem(mistakes.COUNTRY_SHAPE, ("address", "country"), {"found": company.address.country})
    yield from _check_addresses(company, company.contact or Contact())
    if company.experience_months is not None and company.experience_months < 0:
        months = _outside(company.experience_months, 0, Sentence("any number"))
        yield Problem(mistakes.OUT_OF_RANGE, ("experience_months",), months)
    if company.compensation:
        yield from check_compensation(company.compensation, ("compensation",))


def _check_addresses(company: Company, contact: Contact) -> Problems:
    if contact.email and not _EMAIL.fullmatch(contact.email):
        yield Problem(mistakes.EMAIL_SHAPE, ("contact", "email"), {"found": contact.email})
    for place, found in ((("url",), company.url), (("logo",), company.logo), (("contact", "url"), contact.url)):
        if found and not _URL.fullmatch(found):
            yield Problem(mistakes.URL_SHAPE, place, {"found": found})


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if _DATE.fullmatch(text) else None
    except ValueError:
        return None
