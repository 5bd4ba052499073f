"""Failures that a person or a machine caused, each with the exit code that tells a script which.

Problems in what an author wrote (YAML, CSV) are not exceptions but findings: see `domain.finding`. When a
command cannot go on because of them, it raises `FindingsError`, which carries them all.
"""

from collections.abc import Iterable, Sequence

from hiringkit.domain.finding import Finding
from hiringkit.text.sentence import Sentence
from hiringkit.text.similarity import nearest

_SHOWN = 5
"""Findings that the text of an exception holds."""


class HiringKitError(Exception):
    """A failure that the user can understand and mend.

    Args:
        message: What happened, in one sentence without a final full stop.
        hint: What to do about it; empty where there is nothing to say.
    """

    exit_code = 1
    code = "refused"
    """Which kind of failure it is, for programs: `hiringkit/error/1` carries it."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class Refused(HiringKitError):  # noqa: N818 - the contract's own word for exit code 1
    """The request makes sense but may not be done now, such as rating a submitted interview."""


class NotFound(HiringKitError):  # noqa: N818 - reads as the sentence that it says
    """No such thing under that id; the hint names the nearest known one."""

    code = "not-found"


class UsageProblem(HiringKitError):  # noqa: N818 - an option or setting, not a bug
    """An option, argument or setting that makes no sense."""

    exit_code = 2
    code = "usage"


class StoreUnreachable(HiringKitError):  # noqa: N818 - the contract's own words for exit code 3
    """The database cannot be read or written at this moment; a retry may work."""

    exit_code = 3
    code = "store-unreachable"


class FindingsError(HiringKitError):
    """A file has findings of severity error, and nothing was done with it.

    Args:
        message: What could not be done.
        findings: Every finding, errors and warnings alike.
        hint: What to do about it.
    """

    code = "invalid-input"

    def __init__(self, message: str, findings: Sequence[Finding], *, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.findings = tuple(findings)


class InvalidRatings(FindingsError):  # noqa: N818 - reads as the sentence that it says
    """Ratings have findings of severity error, and none of them was scored; `findings` has them all."""

    def __str__(self) -> str:
        """Return the message with the first findings: whoever works in Python sees nothing else."""
        lines = [str(finding) for finding in self.findings[:_SHOWN]]
        more = [f"… and {left} more in .findings"] if (left := len(self.findings) - len(lines)) > 0 else []
        return "\n  ".join([self.message, *lines, *more])


def missing(kind: str, given: str, known: Iterable[str], *, empty_hint: str = "") -> NotFound:
    """Make the error for an id that is not there, naming the nearest known one."""
    ids = list(known)
    near = nearest(given, ids)
    others = Sentence("known: {names}").format(names=", ".join(ids[:10])) if ids else empty_hint
    return NotFound(
        Sentence("no {kind} {given!r}").format(kind=kind, given=given),
        hint=Sentence("did you mean {near!r}?").format(near=near) if near else others,
    )
