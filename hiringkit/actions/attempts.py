"""Attempts in their folder: found by id, checked against the rubric that they pin, changed one at a time."""

from collections.abc import Callable
from functools import lru_cache
from itertools import count
from pathlib import Path

from attrs import evolve

from hiringkit.actions.naming import missing
from hiringkit.domain.attempt import Attempt, Sheet
from hiringkit.domain.finding import Finding, Location, Severity
from hiringkit.domain.rubric import Rubric
from hiringkit.domain.sentence import Sentence
from hiringkit.errors import FindingsError, NotFound
from hiringkit.exchange.attemptfile import ENDING, attempt_id, format_attempt, parse_attempt
from hiringkit.exchange.privatefile import list_private, locked, read_private
from hiringkit.files import write_file
from hiringkit.library.documents import parse_rubric

_NO_ATTEMPT_HINT = Sentence("begin one: hiringkit self start RUBRIC")


def create(folder: Path, make: Callable[[str], Attempt], stem: str) -> Attempt:
    """Keep a new attempt under the first free id of a stem.

    Args:
        folder: Where attempts are kept.
        make: Makes the attempt of its id.
        stem: What the id begins with; a number follows.

    Raises:
        Refused: It cannot be written.
    """
    with locked(folder):
        taken = {attempt_id(path) for path in list_private(folder, ENDING)}
        attempt = make(next(name for n in count(1) if (name := f"{stem}-{n}") not in taken))
        write_file(_path(folder, attempt.id), format_attempt(attempt), private=True)
    return attempt


def load(folder: Path, identity: str) -> Sheet:
    """Return an attempt, by id or by the path of its file, with its rubric.

    Raises:
        NotFound: There is none.
        FindingsError: Its file is broken.
        Refused: It cannot be read.
    """
    path = _find(folder, identity)
    sheet, findings = _read(path)
    if sheet is None:
        hint = "mend the file or move it away; nothing was changed"
        raise FindingsError(
            Sentence("the attempt {attempt_id!r} cannot be read").format(attempt_id=attempt_id(path)),
            findings,
            hint=hint,
        )
    return sheet


def change(folder: Path, identity: str, edit: Callable[[Sheet], Attempt]) -> Sheet:
    """Change an attempt on disk; what another process has written meanwhile is kept.

    Raises:
        NotFound: There is none.
        FindingsError: Its file is broken.
        Refused: It cannot be written.
    """
    path = _find(folder, identity)
    with locked(path.parent):
        before = load(folder, str(path))
        attempt = edit(before)
        if attempt != before.attempt:
            write_file(path, format_attempt(attempt), private=True)
    return Sheet(attempt, _parse_copy(attempt.copy)[0] or before.rubric)


def every(folder: Path) -> tuple[tuple[Sheet, ...], tuple[Finding, ...]]:
    """Return all attempts of a folder, oldest first, and what is wrong with files that cannot be read."""
    read = [_read(path) for path in list_private(folder, ENDING)]
    sheets = sorted((s for s, _findings in read if s), key=lambda s: (s.attempt.started_at, s.attempt.id))
    return tuple(sheets), tuple(finding for _sheet, findings in read for finding in findings)


def latest(folder: Path) -> Sheet:
    """Return the attempt that was changed last.

    Raises:
        NotFound: There is none.
    """
    sheets, findings = every(folder)
    if not sheets and findings:
        raise FindingsError(Sentence("no attempt in {str!r} can be read").format(str=str(folder)), findings)
    if not sheets:
        raise NotFound("there is no attempt yet", hint=_NO_ATTEMPT_HINT)
    return max(sheets, key=lambda s: s.attempt.changed_at)


def _read(path: Path) -> tuple[Sheet | None, tuple[Finding, ...]]:
    attempt, findings = parse_attempt(read_private(path), path)
    if attempt is None:
        return None, findings
    rubric, findings = _parse_copy(attempt.copy)
    if rubric is None:
        first = next(finding for finding in findings if finding.severity is Severity.ERROR)
        return None, (
            evolve(
                first,
                location=Location(str(path)),
                path=Sentence("$.copy{removeprefix}").format(removeprefix=first.path.removeprefix("$")),
            ),
        )
    if wrong := _misfit(attempt, rubric):
        return None, (evolve(wrong, location=Location(str(path))),)
    return Sheet(attempt, rubric), ()


def _misfit(attempt: Attempt, rubric: Rubric) -> Finding | None:
    """Say what in an attempt does not fit the rubric that it pins."""
    if unknown := next((q for q in attempt.kit if rubric.question(q) is None), None):
        return Finding(
            "attempt-question",
            Sentence("its rubric asks no question {unknown!r}").format(unknown=unknown),
            path="$.kit",
        )
    for n, answer in enumerate(attempt.answers):
        path = f"$.answers[{n}]"
        if answer.question not in attempt.kit:
            return Finding(
                "attempt-question",
                Sentence("{question!r} is not among the attempt's questions").format(question=answer.question),
                path=path,
            )
        if isinstance(answer.level, int) and answer.level not in rubric.scale.values:
            return Finding(
                "attempt-level",
                Sentence("{level} is not on the rubric's scale").format(level=answer.level),
                path=Sentence("{path}.level").format(path=path),
            )
    return None


@lru_cache(maxsize=16)
def _parse_copy(text: str) -> tuple[Rubric | None, tuple[Finding, ...]]:
    return parse_rubric(text, source="the attempt's rubric")


def _find(folder: Path, identity: str) -> Path:
    if "/" in identity or identity.endswith(ENDING):
        return Path(identity)
    known = {attempt_id(path): path for path in list_private(folder, ENDING)}
    if identity not in known:
        raise missing(Sentence("attempt"), identity, known, empty_hint=_NO_ATTEMPT_HINT)
    return known[identity]


def _path(folder: Path, identity: str) -> Path:
    return folder / f"{identity}{ENDING}"
