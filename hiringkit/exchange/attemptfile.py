"""Attempts as files: JSON, one file an attempt, with a copy of what it needs of its rubric."""

import json
from pathlib import Path
from typing import Any

from hiringkit.domain.attempt import Attempt
from hiringkit.domain.finding import Finding, Location
from hiringkit.domain.sentence import Sentence
from hiringkit.domain.text import clean_line
from hiringkit.exchange.record import (
    Malformed,
    format_record,
    malformed,
    parse_record,
    structure,
    unstructure,
)

ENDING = ".attempt.json"
HEADER = "attempt/1"
_COPY = "copy"
_FORBIDDEN = "\ufffe\uffff"
"""What YAML, as which the copy is read, takes nowhere."""


def attempt_id(path: Path) -> str:
    """Return the id of the attempt that a file holds: its name."""
    return clean_line(path.name.removesuffix(ENDING))


def parse_attempt(data: bytes, path: Path) -> tuple[Attempt | None, tuple[Finding, ...]]:
    """Read an attempt, or say what is wrong with its file."""
    name = clean_line(str(path))
    content = parse_record(data, name, HEADER)
    if isinstance(content, Finding):
        return None, (content,)
    try:
        attempt = _attempt(content, attempt_id(path))
    except Malformed as error:
        return None, (malformed(error, name),)
    if repeated := _repeated(attempt):
        message = Sentence("the question {repeated!r} is answered twice").format(repeated=repeated)
        return None, (Finding("record-value", message, path="$.answers", location=Location(name)),)
    return attempt, ()


def format_attempt(attempt: Attempt) -> bytes:
    """Write an attempt."""
    content = unstructure(attempt)
    del content["id"]
    return format_record(HEADER, {**content, _COPY: json.loads(attempt.copy)})


def _attempt(content: dict[str, Any], identity: str) -> Attempt:
    copied = content.get(_COPY)
    if not isinstance(copied, dict):
        raise Malformed(f"$.{_COPY}", Sentence("an object"))
    try:
        text = json.dumps(copied, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    except ValueError:
        raise Malformed(f"$.{_COPY}", Sentence("numbers that are finite")) from None
    for sign in _FORBIDDEN:
        text = text.replace(sign, "\N{REPLACEMENT CHARACTER}")
    attempt: Attempt = structure({**content, "id": identity, _COPY: text}, Attempt)
    return attempt


def _repeated(attempt: Attempt) -> str | None:
    asked = [answer.question for answer in attempt.answers]
    return next((question for n, question in enumerate(asked) if question in asked[:n]), None)
