"""A posting as schema.org JobPosting, JSON-LD: what job sites and search engines read.

The properties are those of https://schema.org/JobPosting; which of them search engines need and want is said in
Google's "Job posting (JobPosting) structured data". What is not known is left out, never invented.
"""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from hiringkit.domain.posting import Address, Company, Contact, Posting
from hiringkit.domain.role import Compensation, RequirementKind
from hiringkit.domain.rubric import CriterionKind
from hiringkit.domain.text import clean_line, clean_text
from hiringkit.report.values import said

Document = dict[str, Any]
Section = tuple[str, tuple[str, ...]]


def job_posting(posting: Posting, about: Sequence[str], sections: Sequence[Section], language: str) -> Document:
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
            "baseSalary": posting.pay and _salary(posting.pay),
            "identifier": _identifier(company),
            "directApply": company.direct_apply,
            "applicationContact": company.contact and _contact(company.contact),
            "responsibilities": "\n".join(said(text, language) for text in (*responsible, *tasks)),
            "qualifications": "\n".join(said(text, language) for text in needed),
            "skills": [said(text, language) for text in skills],
            "jobBenefits": "\n".join(said(text, language) for text in company.benefits),
        }
    )


def description(about: Sequence[str], sections: Sequence[Section]) -> str:
    """Return the whole posting in the few HTML tags that job sites take, every text escaped."""
    parts = [f"<p>{escape(clean_text(paragraph))}</p>" for paragraph in about]
    for heading, sentences in sections:
        items = "".join(f"<li>{escape(clean_text(sentence))}</li>" for sentence in sentences)
        parts.append(f"<p><strong>{escape(clean_line(heading))}</strong></p><ul>{items}</ul>")
    return "".join(parts)


def _organisation(company: Company) -> Document | None:
    return _filled({"@type": "Organization", "name": company.name, "sameAs": company.url}) if company.name else None


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
