"""Postings: what they hold, in every format; what is warned of; and somebody's own posting against a rubric."""

import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from hiringkit.text.clean import clean_text

Run = Callable[..., Any]
ROLE = "sales-operations-manager"
DOC = (Path(__file__).parents[2] / "docs" / "do-we-need-one.md").read_text(encoding="utf-8")
SHIPPED = sorted(path.stem for path in (Path(__file__).parents[2] / "rubrics").rglob("*.yaml"))

REQUIRED = {"title", "description", "datePosted", "hiringOrganization", "jobLocation"}
RECOMMENDED = {"baseSalary", "directApply", "employmentType", "identifier", "validThrough"}
REMOTE = {"applicantLocationRequirements", "jobLocationType"}
"""Google Search Central, "Job posting (JobPosting) structured data", the tables of required and recommended
properties (developers.google.com/search/docs/appearance/structured-data/job-posting). The last two are recommended,
and required where all work is remote; then jobLocation may be absent. schema.org itself requires none."""
KNOWN = set(
    """applicantLocationRequirements applicationContact baseSalary datePosted directApply educationRequirements
    eligibilityToWorkRequirement employerOverview employmentType employmentUnit estimatedSalary
    experienceInPlaceOfEducation experienceRequirements hiringOrganization incentiveCompensation industry jobBenefits
    jobImmediateStart jobLocation jobLocationType jobStartDate occupationalCategory physicalRequirement qualifications
    relevantOccupation responsibilities salaryCurrency securityClearanceRequirement sensoryRequirement skills
    specialCommitments title totalJobOpenings validThrough workHours additionalType alternateName description
    disambiguatingDescription identifier image mainEntityOfPage name potentialAction sameAs subjectOf url""".split()  # noqa: SIM905 - words to read
)
"""https://schema.org/JobPosting: its own properties and those of Thing."""
ELEMENTS = "a html head meta title style script body main div header h1 h2 section p ul li dl dt dd br"
TYPES = {"FULL_TIME", "PART_TIME", "CONTRACTOR", "TEMPORARY", "INTERN", "VOLUNTEER", "PER_DIEM", "OTHER"}


@pytest.fixture
def firm(tmp_path: Path) -> Path:
    """The file of facts that the documentation shows."""
    given = re.search(r"```yaml\n(name: Acme.*?)```", DOC, re.DOTALL)
    assert given
    file = tmp_path / "firm.yaml"
    file.write_text(given[1], encoding="utf-8")
    return file


@pytest.mark.slow
@pytest.mark.parametrize("role", SHIPPED)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_shipped_rubric_makes_a_valid_job_posting(hk: Run, firm: Path, role: str, language: str) -> None:
    found = hk("posting", role, "--company", str(firm), "--lang", language, "-f", "json").json
    assert (found["@context"], found["@type"]) == ("https://schema.org", "JobPosting")
    keys = {key for key in found if not key.startswith("@")}
    assert keys >= REQUIRED | RECOMMENDED
    assert keys <= KNOWN
    assert set(found["employmentType"]) <= TYPES
    assert found["directApply"] is False
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", found["datePosted"])
    assert found["hiringOrganization"]["@type"] == "Organization"
    assert found["jobLocation"]["address"]["@type"] == "PostalAddress"
    assert found["jobLocation"]["address"]["addressCountry"] == "GB"
    salary = found["baseSalary"]["value"]
    assert (salary["minValue"], salary["maxValue"], salary["unitText"]) == (60_000, 75_000, "YEAR")
    assert set(re.findall(r"</?(\w+)", found["description"])) <= {"p", "ul", "li", "strong"}


def test_what_is_not_known_is_left_out_and_said(hk: Run) -> None:
    done = hk("posting", "operations-manager", "-f", "json")
    assert done.code == 0
    assert not {"datePosted", "hiringOrganization", "jobLocation", "baseSalary"} & done.json.keys()
    assert done.err.count("warning fact-absent") == 4
    assert "warning pay-absent" in done.err
    assert "info fact-recommended" in done.err
    for key in ("valid_through", "employment_type", "reference", "direct_apply"):
        assert key in done.err


@pytest.mark.slow
@pytest.mark.parametrize(
    ("facts", "keys", "asked"),
    [
        ({"location": "Leeds"}, {"jobLocation"}, ["address.country"]),
        ({"address": {"locality": "Leeds", "country": "GB"}}, {"jobLocation"}, []),
        ({"remote": True}, {"jobLocationType"}, ["remote_from"]),
        ({"remote": True, "remote_from": ["GB"]}, REMOTE, []),
        ({"direct_apply": False}, {"directApply"}, ["location"]),
    ],
)
def test_each_fact_that_a_job_site_needs_is_there_or_asked_for_by_its_key(
    hk: Run, tmp_path: Path, facts: dict[str, Any], keys: set[str], asked: list[str]
) -> None:
    file = tmp_path / "firm.json"
    file.write_text(json.dumps(facts), encoding="utf-8")
    done = hk("posting", ROLE, "--company", str(file), "-f", "json")
    assert done.json.keys() & ({"jobLocation", "directApply"} | REMOTE) == keys
    places = ("location", "address.country", "remote_from")
    assert [what for what in places if f"does not say: {what} " in done.err] == asked


@pytest.mark.slow
def test_no_posting_offers_pay_that_nobody_gave(hk: Run, firm: Path) -> None:
    for form in ("json", "markdown", "table"):
        done = hk("posting", ROLE, "-f", form)
        assert "90,000" not in done.out
        assert "baseSalary" not in done.out
        assert "warning pay-absent" in done.err
    assert "pay-absent" not in hk("posting", ROLE, "--company", str(firm)).err


@pytest.mark.slow
def test_search_engines_learn_schooling_experience_hours_and_the_sign(hk: Run, firm: Path, tmp_path: Path) -> None:
    """Google Search Central: properties of education and experience, beta, and the logo of the organisation."""
    found = hk("posting", ROLE, "--company", str(firm), "-f", "json").json
    assert found["educationRequirements"] == [
        {"@type": "EducationalOccupationalCredential", "credentialCategory": "bachelor degree"}
    ]
    assert found["experienceRequirements"] == {"@type": "OccupationalExperienceRequirements", "monthsOfExperience": 36}
    assert found["workHours"] == "37.5 a week, Monday to Friday"
    assert found["hiringOrganization"]["logo"] == "https://acme.example/logo.png"
    file = tmp_path / "open.json"
    file.write_text(json.dumps({"education": ["none"], "experience_months": 0}), encoding="utf-8")
    found = hk("posting", ROLE, "--company", str(file), "--hours", "Four days", "-f", "json").json
    assert (found["educationRequirements"], found["experienceRequirements"]) == ("no requirements", "no requirements")
    assert found["workHours"] == "Four days"


@pytest.mark.slow
def test_addresses_can_be_clicked_and_help_and_next_steps_are_named(hk: Run, firm: Path, tmp_path: Path) -> None:
    page = tmp_path / "posting.html"
    hk("posting", ROLE, "--company", str(firm), "-o", str(page))
    html = page.read_text(encoding="utf-8")
    assert '<a href="mailto:jobs@acme.example">jobs@acme.example</a>' in html
    assert '<a href="https://acme.example/jobs">https://acme.example/jobs</a>' in html
    text = hk("posting", ROLE, "--company", str(firm), "-f", "markdown").out
    for line in (
        "- Apply at https://acme.example/jobs",
        "- Write to jobs@acme.example",
        "- Ask Jo Field for anything that you need arranged another way.",
        "- You hear from us by 15 May.",
    ):
        assert line in text
    assert "nobody is recommended" not in text


@pytest.mark.slow
def test_a_link_is_made_of_an_address_and_of_nothing_else(hk: Run, tmp_path: Path) -> None:
    file, page = tmp_path / "firm.json", tmp_path / "posting.html"
    contact = {"name": '"><script>x</script> javascript:alert(1)', "url": "https://a.example/?q=%22&b='"}
    file.write_text(json.dumps({"contact": contact}), encoding="utf-8")
    hk("posting", ROLE, "--company", str(file), "-o", str(page))
    html = page.read_text(encoding="utf-8")
    assert "<script>x" not in html
    assert 'href="javascript' not in html
    assert '<a href="https://a.example/?q=%22&amp;b=' in html


@pytest.mark.slow
@pytest.mark.parametrize("role", SHIPPED)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_wording_of_our_own_postings_leaves_nobody_out(hk: Run, firm: Path, role: str, language: str) -> None:
    done = hk("posting", role, "--company", str(firm), "--lang", language, "-f", "markdown")
    assert "-wording" not in done.err
    found = hk("posting", "check", "-", "--rubric", role, "-f", "json", stdin=done.out.encode()).json
    assert found["lint"] == []
    assert found["lacks"] == []


class Page(HTMLParser):
    """What a reader of HTML finds in a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.scripts: list[tuple[str | None, str]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag == "script":
            self.scripts.append((dict(attrs).get("type"), ""))

    def handle_data(self, data: str) -> None:
        if self.cdata_elem == "script":
            kind, text = self.scripts.pop()
            self.scripts.append((kind, text + data))


HOSTILE = [
    "</script><img src=x onerror=alert(1)>",
    "<!--<script>",
    "]]></SCRIPT ><svg onload=alert(1)>",
    "</scr\\u0069pt>&lt;/script&gt;&quot;}",
    "'\"\\\\</script\\x0a>\u2028\u2029",
    "{{ 7 * 7 }}{% raw %}",
]


@pytest.mark.slow
@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_page_carries_the_job_posting_and_no_name_breaks_out_of_it(hk: Run, tmp_path: Path, hostile: str) -> None:
    file, page = tmp_path / "firm.json", tmp_path / "posting.html"
    facts = {"name": hostile, "about": hostile, "location": hostile, "reference": hostile, "benefits": [hostile]}
    file.write_text(json.dumps({**facts, "contact": {"name": hostile}}), encoding="utf-8")
    hk("posting", ROLE, "--company", str(file), "--short", "-o", str(page))
    found = Page(page.read_text(encoding="utf-8"))
    ((kind, text),) = found.scripts
    assert kind == "application/ld+json"
    assert not set(text) & set("<>&'")
    assert set(found.tags) <= set(ELEMENTS.split())
    linked = json.loads(text)
    assert linked == hk("posting", ROLE, "--company", str(file), "--short", "-f", "json").json
    assert linked["hiringOrganization"]["name"] == clean_text(hostile)


def test_only_a_posting_carries_linked_data(hk: Run, tmp_path: Path) -> None:
    page = tmp_path / "rubric.html"
    hk("rubric", "show", ROLE, "-o", str(page))
    assert Page(page.read_text(encoding="utf-8")).scripts == []


@pytest.mark.slow
def test_remote_work_is_said_as_job_sites_read_it(hk: Run, tmp_path: Path) -> None:
    file = tmp_path / "firm.json"
    file.write_text(json.dumps({"remote": True, "remote_from": ["GB", "IE"]}), encoding="utf-8")
    found = hk("posting", ROLE, "--company", str(file), "-f", "json").json
    assert found["jobLocationType"] == "TELECOMMUTE"
    assert [each["name"] for each in found["applicantLocationRequirements"]] == ["GB", "IE"]


@pytest.mark.slow
def test_it_reads_as_a_posting_in_every_format(hk: Run, firm: Path, tmp_path: Path) -> None:
    text = hk("posting", ROLE, "--company", str(firm)).out
    for words in ("Acme Pumps", "GBP 60,000 to 75,000 a year", "What you bring", "Why:", "rated from 1 to 5"):
        assert words in text
    assert "USD" not in text
    short = hk("posting", ROLE, "--company", str(firm), "--short").out
    assert "Why:" not in short
    assert len(short) < len(text)
    assert hk("posting", ROLE, "-f", "markdown").out.startswith("# Sales Operations Manager\n")
    assert hk("posting", ROLE, "-f", "csv").out.startswith("section,text\n")
    page = tmp_path / "posting.html"
    hk("posting", ROLE, "--company", str(firm), "--lang", "zh", "-o", str(page))
    html = page.read_text(encoding="utf-8")
    assert 'lang="zh-Hans"' in html
    assert "我们为水厂制造水泵。" in html


@pytest.mark.slow
def test_options_overrule_the_file(hk: Run, firm: Path) -> None:
    options = ("--name", "Other", "--location", "York", "--contact", "me@other.example", "--date-posted", "2026-04-01")
    found = hk("posting", ROLE, "--company", str(firm), *options, "-f", "json").json
    assert found["hiringOrganization"]["name"] == "Other"
    assert found["jobLocation"]["address"] == {"@type": "PostalAddress", "addressLocality": "York"}
    assert found["applicationContact"]["email"] == "me@other.example"
    assert found["datePosted"] == "2026-04-01"
    assert hk("posting", ROLE, "--date-posted", "tomorrow").code == 2


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("nam: Acme", 'did you mean "name"?'),
        ("date_posted: 2026-02-30", "1:14: error date-shape"),
        ("date_posted: 2026-03-02\nvalid_through: 2026-03-01", "error date-order"),
        ("address: {country: Germany}", "error country-shape"),
        ("contact: {email: nobody}", "error email-shape"),
        ("url: javascript:alert(1)", "error url-shape"),
        ("contact: {url: acme.example}", "error url-shape"),
        ("logo: acme.png", "error url-shape"),
        ("education: [bachelor]", 'did you mean "bachelor-degree"?'),
        ("experience_months: -1", "error out-of-range"),
        ("employment_type: [full time]", 'did you mean "full-time"?'),
        ("compensation: {currency: EUR, low: 9, high: 8}", "error pay-order"),
    ],
)
def test_a_wrong_file_of_facts_is_explained(hk: Run, tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "firm.yaml"
    file.write_text(text, encoding="utf-8")
    done = hk("posting", ROLE, "--company", str(file))
    assert done.code == 1
    assert said in done.err


@pytest.mark.slow
def test_hostile_facts_do_no_harm(hk: Run, tmp_path: Path) -> None:
    file, page = tmp_path / "firm.yaml", tmp_path / "posting.html"
    file.write_text('name: "<img src=x onerror=alert(1)>"\nbenefits: ["</li><script>"]\n', encoding="utf-8")
    hk("posting", ROLE, "--company", str(file), "-o", str(page))
    assert "<img" not in page.read_text(encoding="utf-8")
    found = hk("posting", ROLE, "--company", str(file), "-f", "json").json
    assert "&lt;script&gt;" in found["description"]
    assert "<script" not in found["description"]


@pytest.mark.slow
def test_a_posting_written_by_the_rubric_misses_nothing_of_it(hk: Run, tmp_path: Path) -> None:
    for language in ("en", "zh"):
        file = tmp_path / f"{language}.md"
        hk("posting", ROLE, "--lang", language, "-f", "markdown", "-o", str(file))
        found = hk("posting", "check", str(file), "--rubric", ROLE, "-f", "json").json
        assert found["language"] == language
        missed = [each["id"] for each in found["sought"] if each["coverage"] != "said" and each["kind"] != "competency"]
        assert missed == []


@pytest.mark.slow
def test_somebody_elses_posting_is_told_what_it_misses(hk: Run) -> None:
    posting = (
        "# Sales Operations Manager\n\n## Responsibilities\n"
        "- Own our CRM: keep the data clean, remove duplicate records, define the fields that opportunities need.\n"
        "- Produce the weekly sales forecast and compare it with actual bookings.\n"
        "- Run onboarding and product training for new sales hires.\n\n## Requirements\n"
        "1. Bachelor's degree in business\n2. A young salesman who thrives on pressure\n"
    )
    done = hk("posting", "check", "-", "--rubric", ROLE, "-f", "json", stdin=posting.encode())
    found = {each["id"]: each for each in done.json["sought"]}
    for said in ("crm-hygiene", "forecasting", "new-hire-onboarding", "bachelors-degree"):
        assert found[said]["coverage"] == "said"
    assert found["bachelors-degree"]["passage"] == "Bachelor's degree in business"
    for missing in ("territory-management", "revenue-strategies", "stakeholder-partnership", "large-data"):
        assert found.get(missing, {"coverage": "missing"})["coverage"] == "missing"
    assert [(each["word"], each["kind"]) for each in done.json["lint"]] == [("young", "age"), ("salesman", "masculine")]
    assert done.json["lint"][1]["sentence"] == "A young salesman who thrives on pressure"
    assert done.json["lacks"] == ["pay", "location", "hours", "how-to-apply", "closing-date", "accommodation-statement"]


@pytest.mark.slow
def test_what_is_no_posting_is_refused(hk: Run) -> None:
    assert hk("posting", "check", "-", "--rubric", ROLE, stdin=b"").code == 1
    assert hk("posting", "check", "-", "--rubric", ROLE, stdin=b"\xff\xfe\x00").code == 1
    assert hk("posting", "check", "-", "--rubric", ROLE, stdin=b"# ***").code == 1
    assert hk("posting", "check", "-", "--rubric", ROLE, stdin=b"CRM\0\0forecast").code == 1
    assert hk("posting", "check", "-", "--rubric", ROLE, stdin=b"<p>CRM</p>" * 100_000).code == 1
    assert hk("posting", "check", "-", "--rubric", ROLE, stdin=b"word " * 50_000).code == 1
    assert hk("posting", "check", "none.md", "--rubric", ROLE).code == 1
