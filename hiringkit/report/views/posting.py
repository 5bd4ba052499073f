"""A job posting to read: what the job is, whom it suits, what it pays, and how applicants will be interviewed."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

from hiringkit.domain.posting import Address, Company, Contact, Credential, Posting
from hiringkit.domain.role import Compensation, RequirementKind
from hiringkit.domain.rubric import Criterion, CriterionKind, Rubric
from hiringkit.locale import _
from hiringkit.report.model import Block, Cell, Column, Facts, Notes, Report, Table, said
from hiringkit.report.views.rubric import cadence_words, pay_words
from hiringkit.text.clean import clean_line, clean_text
from hiringkit.text.language import LANGUAGES

Document = dict[str, Any]
PageSection = tuple[str, tuple[str, ...]]


def job_posting(posting: Posting, about: Sequence[str], sections: Sequence[PageSection], language: str) -> Document:
    """Return the JSON-LD document.

    Args:
        posting: What is offered.
        about: The first paragraphs.
        sections: What stands under each heading.
        language: en or zh.
    """
    company, rubric = posting.company, posting.rubric
    role = rubric.role
    responsible = [c.name for c in rubric.criteria if c.kind is CriterionKind.RESPONSIBILITY]
    tasks = [task.text for task in role.tasks] if role else []
    needed = [r.text for r in role.requirements if r.kind is RequirementKind.REQUIRED] if role else []
    skills = [c.name for c in rubric.criteria if c.kind is CriterionKind.COMPETENCY]
    return _filled(
        {
            "@context": "https://schema.org",
            "@type": "JobPosting",
            "title": clean_line(rubric.title.in_language(language)),
            "description": description(about, sections),
            "datePosted": company.date_posted,
            "validThrough": company.valid_through,
            "hiringOrganization": _organisation(company),
            "jobLocation": _place(company),
            "jobLocationType": "TELECOMMUTE" if company.remote else "",
            "applicantLocationRequirements": [{"@type": "Country", "name": each} for each in company.remote_from],
            "employmentType": [str(each).upper().replace("-", "_") for each in company.employment_type],
            "baseSalary": company.compensation and _salary(company.compensation),
            "workHours": company.hours,
            "educationRequirements": _education(company),
            "experienceRequirements": _experience(company),
            "identifier": _identifier(company),
            "directApply": company.direct_apply,
            "applicationContact": company.contact and _contact(company.contact),
            "responsibilities": "\n".join(said(text, language) for text in (*responsible, *tasks)),
            "qualifications": "\n".join(said(text, language) for text in needed),
            "skills": [said(text, language) for text in skills],
            "jobBenefits": "\n".join(said(text, language) for text in company.benefits),
        }
    )


def description(about: Sequence[str], sections: Sequence[PageSection]) -> str:
    """Return the whole posting in the few HTML tags that job sites take, every text escaped."""
    parts = [f"<p>{escape(clean_text(paragraph))}</p>" for paragraph in about]
    for heading, sentences in sections:
        items = "".join(f"<li>{escape(clean_text(sentence))}</li>" for sentence in sentences)
        parts.append(f"<p><strong>{escape(clean_line(heading))}</strong></p><ul>{items}</ul>")
    return "".join(parts)


def _organisation(company: Company) -> Document | None:
    organisation = {"@type": "Organization", "name": company.name, "sameAs": company.url, "logo": company.logo}
    return _filled(organisation) if company.name else None


def _place(company: Company) -> Document | None:
    address = company.address or (Address(locality=company.location) if company.location else None)
    return {"@type": "Place", "address": _address(address)} if address else None


def _address(address: Address) -> Document:
    return _filled(
        {
            "@type": "PostalAddress",
            "streetAddress": address.street,
            "addressLocality": address.locality,
            "addressRegion": address.region,
            "postalCode": address.postal_code,
            "addressCountry": address.country,
        }
    )


def _salary(pay: Compensation) -> Document:
    value = {
        "@type": "QuantitativeValue",
        "minValue": _whole(pay.low),
        "maxValue": _whole(pay.high),
        "unitText": pay.per.upper(),
    }
    return {"@type": "MonetaryAmount", "currency": pay.currency, "value": value}


def _education(company: Company) -> list[Document] | str:
    """Return the schooling as search engines know it."""
    if company.education == (Credential.NONE,):
        return "no requirements"
    asked = [each for each in company.education if each is not Credential.NONE]
    return [
        {"@type": "EducationalOccupationalCredential", "credentialCategory": each.replace("-", " ")} for each in asked
    ]


def _experience(company: Company) -> Document | str:
    months = company.experience_months
    if not months:
        return "" if months is None else "no requirements"
    return {"@type": "OccupationalExperienceRequirements", "monthsOfExperience": months}


def _identifier(company: Company) -> Document | None:
    found = _filled({"@type": "PropertyValue", "name": company.name, "value": company.reference})
    return found if company.reference else None


def _contact(contact: Contact) -> Document:
    named = {"name": contact.name, "email": contact.email, "telephone": contact.phone, "url": contact.url}
    return _filled({"@type": "ContactPoint", **named})


def _filled(document: Mapping[str, Any]) -> Document:
    """Return a document without what is not known."""
    return {key: value for key, value in document.items() if value or value is False}


def _whole(amount: float) -> float:
    """Return a sum without a fraction where it has none."""
    return int(amount) if amount == int(amount) else amount


def posting_report(posting: Posting, language: str = "en") -> Report:
    """Show a posting; as JSON it is a schema.org JobPosting."""
    parts = sections(posting, language)
    facts = _facts(posting, language)
    blocks: list[Block] = [Notes(_about(posting, language))] if _about(posting, language) else []
    blocks += [Facts(facts)] if facts else []
    blocks += [Notes(sentences, heading, links=heading == _applying()) for heading, sentences in parts]
    rows: list[tuple[Cell, ...]] = [(name, cell) for name, cell in facts]
    rows += [(heading, sentence) for heading, sentences in parts for sentence in sentences]
    return Report(
        title=posting.rubric.title.in_language(language),
        blocks=tuple(blocks),
        document=lambda: job_posting(posting, _about(posting, language), parts, language),
        data=Table((Column("section", ""), Column("text", "")), tuple(rows)),
        linked=True,
    )


def posting_text(posting: Posting, language: str) -> str:
    """Return all words of a posting, for checks of its wording and length."""
    lines = [*_about(posting, language)]
    lines += [sentence for _heading, sentences in sections(posting, language) for sentence in sentences]
    return "\n".join(lines)


def sections(posting: Posting, language: str) -> tuple[PageSection, ...]:
    """Return what a posting says under each heading, empty ones left out."""
    rubric = posting.rubric
    role = rubric.role
    parts: list[PageSection] = [
        (_("What you will be responsible for"), tuple(_criteria(posting, CriterionKind.RESPONSIBILITY, language))),
        (_("What you will do"), tuple(_tasks(rubric, language))),
        (_("What you bring"), tuple(_requirements(posting, RequirementKind.REQUIRED, language))),
        (_("What helps, and is no condition"), tuple(_requirements(posting, RequirementKind.PREFERRED, language))),
        (_("Whom you will work with"), tuple(said(s.text, language) for s in role.stakeholders) if role else ()),
        (_("What comes with the post"), tuple(said(text, language) for text in posting.company.benefits)),
        (_("How you will be interviewed"), tuple(_interview(posting, language))),
        (_applying(), tuple(_apply(posting.company, language))),
        (_("What happens next"), tuple(said(text, language) for text in posting.company.next_steps)),
    ]
    return tuple((heading, sentences) for heading, sentences in parts if sentences)


def _about(posting: Posting, language: str) -> tuple[str, ...]:
    texts = (said(posting.rubric.summary, language), said(posting.company.about, language))
    return tuple(text for text in texts if text)


def _facts(posting: Posting, language: str) -> tuple[tuple[str, Cell], ...]:
    company = posting.company
    items: tuple[tuple[str, Cell], ...] = (
        (_("Company"), company.name),
        (_("Location"), place_words(company)),
        (_("Employment"), ", ".join(employment_words()[str(each)] for each in company.employment_type)),
        (_("Working hours"), company.hours),
        (_("Pay"), pay_words(company.compensation, language) if company.compensation else ""),
        (_("Apply by"), company.valid_through),
        (_("Reference"), company.reference),
    )
    return tuple((name, value) for name, value in items if value)


def place_words(company: Company) -> str:
    """Say where the work is."""
    address = company.address
    parts = [address.street, address.postal_code, address.locality, address.region, address.country] if address else []
    place = company.location or ", ".join(part for part in parts if part)
    if not company.remote:
        return place
    anywhere = _("remote, from {places}").format(places=", ".join(company.remote_from))
    remote = anywhere if company.remote_from else _("remote")
    return f"{place}; {remote}" if place else remote


def employment_words() -> dict[str, str]:
    """Return how each kind of employment is called."""
    return {
        "full-time": _("full-time"),
        "part-time": _("part-time"),
        "contractor": _("contractor"),
        "temporary": _("temporary"),
        "intern": _("internship"),
        "volunteer": _("volunteer"),
        "per-diem": _("by the day"),
        "other": _("other"),
    }


def _criteria(posting: Posting, kind: CriterionKind, language: str) -> Iterator[str]:
    for criterion in posting.rubric.criteria:
        if criterion.kind is kind:
            yield _name(criterion, language) if posting.short else _defined(criterion, language)


def _name(criterion: Criterion, language: str) -> str:
    return criterion.name.in_language(language)


def _defined(criterion: Criterion, language: str) -> str:
    return LANGUAGES[language].colon.join((_name(criterion, language), criterion.definition.in_language(language)))


def _tasks(rubric: Rubric, language: str) -> Iterator[str]:
    often = cadence_words()
    for task in rubric.role.tasks if rubric.role else ():
        text = said(task.text, language)
        yield text + LANGUAGES[language].brackets.format(often[task.cadence]) if task.cadence else text


def _requirements(posting: Posting, kind: RequirementKind, language: str) -> Iterator[str]:
    role = posting.rubric.role
    for each in role.requirements if role else ():
        if each.kind is kind:
            text, why = said(each.text, language), said(each.why, language)
            yield _("{text} Why: {why}").format(text=text, why=why) if why and not posting.short else text


def _interview(posting: Posting, language: str) -> Iterator[str]:
    rubric = posting.rubric
    yield _(
        "The interviews are structured: questions come from one set that was written for this role, and each answer is"
        " rated from {low} to {high} against written descriptions of what answers at that level are like."
    ).format(low=rubric.scale.low, high=rubric.scale.high)
    kinds = {question.kind for question in rubric.asked}
    asked = [words for kind, words in _asked().items() if kind in kinds]
    yield _("You can expect {kinds}.").format(kinds=LANGUAGES[language].semicolon.join(asked))
    heavy = sorted(rubric.criteria, key=lambda criterion: -criterion.weight)
    comma = LANGUAGES[language].comma
    names = comma.join(_name(criterion, language) for criterion in heavy)
    yield _("What is rated, what weighs most first: {names}.").format(names=names)


def _asked() -> dict[str, str]:
    return {
        "behavioural": _("questions about what you did in situations of your own"),
        "situational": _("questions about what you would do in a situation that is described to you"),
        "knowledge": _("questions about what you know"),
        "work-sample": _("a piece of the work itself"),
    }


def _applying() -> str:
    return _("How to apply")


def _apply(company: Company, language: str) -> Iterator[str]:
    contact = company.contact
    if contact is None:
        return
    if contact.url:
        yield _("Apply at {url}").format(url=contact.url)
    if contact.email:
        yield _("Write to {email}").format(email=contact.email)
    if asked := ", ".join(part for part in (contact.name, contact.phone) if part):
        yield _("Questions: {contact}").format(contact=asked)
    yield said(company.accommodation, language) or _(
        "Tell us if you need anything arranged another way, in the application or in the interviews, because of a"
        " disability or for any other reason; it has no bearing on the decision."
    )
