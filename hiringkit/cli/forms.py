"""Small files that a user fills in: read, or refused with every finding."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from hiringkit.cli.session import Session
from hiringkit.domain.finding import Finding
from hiringkit.domain.sentence import Sentence
from hiringkit.domain.text import clean_line
from hiringkit.errors import FindingsError, NotFound, UsageProblem
from hiringkit.library.forms import parse_form, read_form
from hiringkit.library.problems import Problems

T = TypeVar("T")


def read_form_or_refuse(session: Session, file: str, cls: type[T], check: Callable[[T], Problems] | None = None) -> T:
    """Read a file, `-` for standard input, into a domain class; warnings are told.

    Raises:
        NotFound: There is no such file.
        FindingsError: It has errors.
    """
    value, findings = _formed(file, cls, check)
    if value is None:
        raise FindingsError(Sentence("{file} has errors and is not used").format(file=clean_line(file)), findings)
    session.tell(findings)
    return value


def check_or_refuse(value: T, check: Callable[[T], Problems]) -> T:
    """Return a value that was put together from options, once it is found right.

    Raises:
        UsageProblem: It is wrong.
    """
    for problem in check(value):
        raise UsageProblem(problem.mistake.message.format(**problem.fields), hint=problem.mistake.hint)
    return value


def _formed(file: str, cls: type[T], check: Callable[[Any], Problems] | None) -> tuple[T | None, tuple[Finding, ...]]:
    if file == "-":
        return parse_form(sys.stdin.buffer.read(), file, cls, check)
    if not Path(file).exists():
        raise NotFound(Sentence('there is no file "{file}"').format(file=clean_line(file)))
    return read_form(Path(file), cls, check)
