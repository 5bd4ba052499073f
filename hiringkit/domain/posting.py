"""Job postings: what a company says of itself, what a rubric says of the job, and how a posting compares with it."""

from enum import StrEnum

from attrs import frozen

from hiringkit.domain.role import Compensation
from hiringkit.domain.rubric import Rubric
from hiringkit.text.language import Text


class EmploymentType(StrEnum):
    """The kinds of employment that job sites know."""

    FULL_TIME = "full-time"
    PART_TIME = "part-time"
    CONTRACTOR = "contractor"
    TEMPORARY = "temporary"
    INTERN = "intern"
    VOLUNTEER = "volunteer"
    PER_DIEM = "per-diem"
    OTHER = "other"


class Credential(StrEnum):
    """The schooling that job sites know."""

    NONE = "none"
    """Nobody is asked for any."""
    HIGH_SCHOOL = "high-school"
    ASSOCIATE_DEGREE = "associate-degree"
    BACHELOR_DEGREE = "bachelor-degree"
    PROFESSIONAL_CERTIFICATE = "professional-certificate"
    POSTGRADUATE_DEGREE = "postgraduate-degree"


@frozen
class Address:
    """Where the work is, taken apart."""

    street: str = ""
    locality: str = ""
    """City or town."""
    region: str = ""
    postal_code: str = ""
    country: str = ""
    """ISO 3166-1, two letters."""


@frozen
class Contact:
    """Whom applicants turn to."""

    name: str = ""
    email: str = ""
    phone: str = ""
    url: str = ""
    """Where one applies."""


@frozen
class Company:
    """What the rubric cannot know: facts of the firm and of this one post."""

    name: str = ""
    """The firm."""
    about: Text | None = None
    """A sentence or two about it."""
    url: str = ""
    """Its site."""
    location: str = ""
    """Where the work is, on one line."""
    address: Address | None = None
    """The same taken apart, for job sites."""
    remote: bool = False
    """Whether all of the work can be done from elsewhere."""
    remote_from: tuple[str, ...] = ()
    """The countries from which."""
    contact: Contact | None = None
    """Whom applicants turn to."""
    employment_type: tuple[EmploymentType, ...] = ()
    """full-time, part-time, contractor, temporary, intern, volunteer, per-diem or other."""
    date_posted: str = ""
    """Such as 2026-03-01."""
    valid_through: str = ""
    """The last day for applications."""
    reference: str = ""
    """The firm's own number for the post."""
    direct_apply: bool | None = None
    """Whether one can apply on the page itself, without a detour."""
    compensation: Compensation | None = None
    """The pay range of this post; the rubric's is nobody's offer."""
    benefits: tuple[Text, ...] = ()
    """What comes with the post besides pay."""
    logo: str = ""
    """Where a picture of the firm's sign lies."""
    hours: str = ""
    """Such as 37.5 a week, Monday to Friday."""
    education: tuple[Credential, ...] = ()
    """What applicants must have learned: none, high-school, associate-degree, bachelor-degree, professional-certificate
    or postgraduate-degree."""
    experience_months: int | None = None
    """How long they must have worked in the field; 0 where nobody is asked for any."""
    accommodation: Text | None = None
    """How applicants are helped who need something arranged another way, and whom they tell."""
    next_steps: tuple[Text, ...] = ()
    """What happens after an application, and when."""


@frozen
class Posting:
    """A job posting, ready to be written in either language."""

    rubric: Rubric
    company: Company
    short: bool = False
    """Whether reasons and definitions are left out."""


class Mention(StrEnum):
    """Whether a posting says something that the rubric says."""

    SAID = "said"
    PERHAPS = "perhaps"
    MISSING = "missing"


@frozen
class Sought:
    """One thing that the rubric says, and where a posting says it, if it does."""

    kind: str
    """responsibility, competency, task, requirement or stakeholder."""
    id: str
    text: Text
    similarity: float
    """Of the passage that is most like it, by words, 0 to 1."""
    passage: str
    """The words that say it; empty where nothing does."""
    coverage: Mention


class WordingKind(StrEnum):
    """Whom a wording leaves out."""

    MASCULINE = "masculine"
    FEMININE = "feminine"
    AGE = "age"
    EXCLUSIONARY = "exclusionary"
    """By origin, body, looks, schooling or way of life."""
    LEGAL = "legal"
    """It asks what may not be asked."""


@frozen
class WordingNote:
    """A wording that a careful reader would mend."""

    word: str
    kind: WordingKind
    sentence: str
    """In which it stands."""
    suggestion: str
    """What to write instead."""
    reason: str
    source: str
    """Who says so."""


@frozen
class PostingCheck:
    """What somebody's posting says of what the rubric says."""

    rubric: str
    language: str
    """en or zh: the posting's own."""
    passages: int
    """Into which it was cut."""
    sought: tuple[Sought, ...]
    related: bool = True
    """Whether the posting is one of the rubric's job at all; where not, nothing of it counts."""
    lint: tuple[WordingNote, ...] = ()
    lacks: tuple[str, ...] = ()
    """What applicants look for and do not find."""
    must_haves: int = 0
    """Requirements that the posting calls necessary, or lists without calling them anything else."""

    def of(self, coverage: Mention) -> tuple[Sought, ...]:
        """Return what is covered so."""
        return tuple(each for each in self.sought if each.coverage is coverage)
