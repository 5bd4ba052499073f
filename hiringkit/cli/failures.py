"""What a failure says on stderr, and its exit code; a bug leaves a crash log."""

import sys
import tempfile
import traceback
from datetime import UTC, datetime
from pathlib import Path

import hiringkit
from hiringkit.domain.finding import Finding
from hiringkit.errors import FindingsError, HiringKitError
from hiringkit.locale import _, say
from hiringkit.settings import crash_folder, python_version
from hiringkit.text.clean import clean_text

BUG = 70
REFUSED = 1


def report_failure(error: Exception, argv: list[str]) -> int:
    """Say what went wrong on stderr and return the exit code."""
    if isinstance(error, FindingsError):
        say_findings(error.findings)
    if isinstance(error, HiringKitError):
        _say_error(say(error.message), say(error.hint))
        return error.exit_code
    if isinstance(error, OSError) and error.filename is not None:
        _say_error(f"{error.filename}: {error.strerror}", "")
        return REFUSED
    if isinstance(error, MemoryError | RecursionError):
        _say_error(_("The input is too large for this machine."), "")
        return REFUSED
    return _report_bug(error, argv)


def say_findings(findings: tuple[Finding, ...] | list[Finding]) -> None:
    """Write findings on stderr, one a line."""
    for finding in findings:
        _say(finding.line(say))


def _say_error(message: str, hint: str) -> None:
    _say(_("error: {message}").format(message=message))
    if hint:
        _say(_("hint: {hint}").format(hint=hint))


def _say(text: str) -> None:
    print(clean_text(text), file=sys.stderr)  # noqa: T201 - the one place that writes failures


def _report_bug(error: Exception, argv: list[str]) -> int:
    trace = "".join(traceback.format_exception(error))
    # the values of arguments may be names or notes: only the verbs and options are kept
    words = [word if word.startswith("-") or word.isalpha() else "…" for word in argv]
    text = f"hiringkit {hiringkit.__version__}, Python {python_version()}\n{' '.join(words)}\n\n{trace}"
    _say_error(_("this is a bug in hiringkit, not in what you did"), _("crash log: {path}").format(path=_keep(text)))
    return BUG


def _keep(text: str) -> Path:
    name = f"crash-{datetime.now(UTC):%Y%m%dT%H%M%S%f}.log"
    for folder in (crash_folder(), Path(tempfile.gettempdir())):
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            path = folder / name
            path.touch(mode=0o600)
            path.write_text(text, encoding="utf-8")
        except OSError:
            continue
        return path
    return Path("-")
