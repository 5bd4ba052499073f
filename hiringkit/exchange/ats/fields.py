"""The fields of a record of JSON: read by name, cleaned, with a finding where a value is of another type."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from hiringkit.domain.codes import Code
from hiringkit.domain.finding import Finding, Location, shown
from hiringkit.domain.imported import ImportedPerson
from hiringkit.exchange.ats.json_records import JsonRecord
from hiringkit.exchange.ats.markup import plain_text
from hiringkit.text.clean import clean_line
from hiringkit.text.sentence import Sentence

_NAMES = ("name", "full_name", "fullName")
_FIRST_NAMES = ("first_name", "firstName")
_LAST_NAMES = ("last_name", "lastName")
_EMAILS = ("email", "primary_email", "primary_email_address", "primaryEmailAddress", "email_addresses", "emails")
_SECONDS_AT_MOST = 100_000_000_000
"""A time as a number counts seconds up to this (the year 5138) and milliseconds above."""


class RecordFields:
    """Reads the fields of one object.

    Of several keys, the first counts whose value is not null. An absent field and null are the same. What is wrong is
    added to `findings`, and the field then counts as absent.
    """

    __slots__ = ("file", "findings", "line", "path", "value")

    def __init__(self, value: dict[str, Any], file: str, line: int | None, path: str, findings: list[Finding]) -> None:
        self.value = value
        self.file = file
        self.line = line
        self.path = path
        self.findings = findings

    @classmethod
    def of(cls, record: JsonRecord) -> "RecordFields":
        """Begin to read a record, without findings."""
        return cls(record.value, record.file, record.line, record.path, [])

    @property
    def place(self) -> Location:
        """Where the record stands."""
        return Location(self.file, self.line)

    def has(self, *keys: str) -> bool:
        """Return whether any of the fields is there."""
        return any(self.value.get(key) is not None for key in keys)

    def word(self, *keys: str) -> str:
        """Return a name, an id or a label on one line; a number as it is written, nothing as the empty text."""
        for key in keys:
            value = self.value.get(key)
            if value is None:
                continue
            kind = type(value)
            if kind is str:
                return value.strip() if value.isprintable() else clean_line(value)
            if kind is int or kind is float:
                return str(value)
            self.refuse(key, Sentence("text or a number"), value)
            break
        return ""

    def prose(self, *keys: str) -> str:
        """Return what somebody wrote, without its markup."""
        key, value = self._find(keys)
        if value is None:
            return ""
        if isinstance(value, str):
            return plain_text(value)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
        self.refuse(key, Sentence("text"), value)
        return ""

    def time(self, *keys: str) -> datetime | None:
        """Return a moment in UTC: ISO 8601, or a number of seconds or milliseconds since 1970."""
        key, value = self._find(keys)
        if value is None or value == "":
            return None
        try:
            if isinstance(value, str):
                moment = datetime.fromisoformat(value.strip())
                return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
            if isinstance(value, int | float) and not isinstance(value, bool):
                return datetime.fromtimestamp(value if value <= _SECONDS_AT_MOST else value / 1000, UTC)
        except (ValueError, OverflowError, OSError):
            pass
        message = Sentence("{shown} is no date and time").format(shown=shown(str(value)))
        self.add(Finding(Code.TIME, message, hint="2026-11-01T10:00:00Z", path=self.at(key), location=self.place))
        return None

    def object(self, *keys: str) -> "RecordFields | None":
        """Return the object under a key."""
        key, value = self._find(keys)
        if value is None:
            return None
        if isinstance(value, dict):
            return RecordFields(value, self.file, self.line, self.at(key), self.findings)
        self.refuse(key, Sentence("an object"), value)
        return None

    def objects(self, *keys: str) -> Iterator["RecordFields"]:
        """Iterate over the list of objects under a key."""
        key, value = self._find(keys)
        if value is None:
            return
        if not isinstance(value, list):
            self.refuse(key, Sentence("a list"), value)
            return
        for index, item in enumerate(value):
            path = f"{self.at(key)}[{index}]"
            if isinstance(item, dict):
                yield RecordFields(item, self.file, self.line, path, self.findings)
            else:
                self.add(_wrong_type(Sentence("an object"), item, path, self.place))

    def person(self, *keys: str) -> ImportedPerson:
        """Return the person under a key: an object with id, name and e-mail, or an id alone, which may be an e-mail."""
        _key, value = self._find(keys)
        if not isinstance(value, dict):
            word = self.word(*keys)
            return ImportedPerson(word, email=word if "@" in word else "")
        inner = self.object(*keys)
        return inner.as_person() if inner else ImportedPerson()

    def as_person(self) -> ImportedPerson:
        """Read the object itself as a person."""
        name = self.word(*_NAMES)
        if not name:
            name = " ".join(part for part in (self.word(*_FIRST_NAMES), self.word(*_LAST_NAMES)) if part)
        return ImportedPerson(self.word("id"), name, self._email())

    def _email(self) -> str:
        """Return the first e-mail address; systems list them as texts or as objects with a value."""
        _key, value = self._find(_EMAILS)
        if isinstance(value, list):
            value = next(iter(value), None)
        if isinstance(value, dict):
            value = value.get("value") or value.get("email")
        return clean_line(value) if isinstance(value, str) else ""

    def need(self, key: str, found: str) -> str:
        """Return a value that is needed, with a finding where there is none."""
        if not found:
            message = Sentence("{key} is missing").format(key=key)
            self.add(Finding(Code.MISSING_KEY, message, path=self.path, location=self.place))
        return found

    def refuse(self, key: str, expected: Sentence, value: Any) -> None:
        """Add the finding that a value is of another type."""
        self.add(_wrong_type(expected, value, self.at(key), self.place))

    def add(self, finding: Finding) -> None:
        """Add a finding."""
        self.findings.append(finding)

    def at(self, key: str) -> str:
        """Return the path of a field."""
        return f"{self.path}.{key}"

    def _find(self, keys: tuple[str, ...]) -> tuple[str, Any]:
        for key in keys:
            value = self.value.get(key)
            if value is not None:
                return key, value
        return keys[0], None


def applicant(application: str) -> ImportedPerson:
    """Return a candidate of whom only the application is known: one person for each."""
    return ImportedPerson(f"application-{application}" if application else "")


def submitter(author: ImportedPerson, person: ImportedPerson) -> str:
    """Return a note of who has submitted the scorecard, where that is not its author."""
    other = person.source_id and author.source_id and person.source_id != author.source_id
    return f"submitted by: {person.label}" if other else ""


def paragraphs(*parts: str) -> str:
    """Join texts that say something, a blank line between them."""
    return "\n\n".join(part for part in parts if part)


def answered(question: str, answer: str) -> str:
    """Write a question and its answer; nothing where there is no answer."""
    if not answer:
        return ""
    return f"{question}\n{answer}" if question else answer


def _wrong_type(expected: Sentence, value: Any, path: str, place: Location) -> Finding:
    message = Sentence("expected {expected}, found {found}").format(expected=expected, found=_type(value))
    return Finding(Code.WRONG_TYPE, message, path=path, location=place)


def _type(value: Any) -> Sentence:
    if isinstance(value, dict):
        return Sentence("an object")
    if isinstance(value, list):
        return Sentence("a list")
    if isinstance(value, bool):
        return Sentence("true or false")
    return Sentence("a number") if isinstance(value, int | float) else Sentence("text")
