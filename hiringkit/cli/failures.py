"""What a failure says on stderr, for programs on stdout too, and its exit code; a bug leaves a crash log."""

import errno
import os
import sys
import traceback
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import click

import hiringkit
from hiringkit.cli.root import NOUNS
from hiringkit.domain.finding import Finding
from hiringkit.errors import FindingsError, HiringKitError
from hiringkit.locale import _, say
from hiringkit.settings import crash_folders, python_version
from hiringkit.text.clean import clean_text

DONE, REFUSED, BUG, INTERRUPTED = 0, 1, 70, 130
_OUTPUT_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO}


def report_failure(error: BaseException, argv: Sequence[str]) -> int:
    """Say what went wrong and return the exit code: a sentence on stderr and, with `-f json`, a document on stdout.

    Args:
        error: What was raised.
        argv: The words after the program's name.
    """
    findings: tuple[Finding, ...] = ()
    match error:
        case click.Abort() | KeyboardInterrupt():
            print(file=sys.stderr)  # noqa: T201 - ends the line that ^C cut
            code, message, hint, exit_code = "interrupted", _("interrupted"), "", INTERRUPTED
        case click.ClickException():
            error.show()
            code, message, hint, exit_code = "usage", error.format_message(), "", error.exit_code
        case BrokenPipeError():
            return _leave_pipe()
        case HiringKitError():
            findings = error.findings if isinstance(error, FindingsError) else ()
            say_findings(findings)
            code, message, hint, exit_code = error.code, say(error.message), say(error.hint), error.exit_code
            _say_error(message, hint)
        case OSError() if error.filename is not None:
            code, message, hint, exit_code = "refused", f"{error.filename}: {error.strerror}", "", REFUSED
            _say_error(message, hint)
        case OSError() if error.errno in _OUTPUT_FULL:
            code, exit_code = "refused", REFUSED
            message, hint = _("the output could not be written: {reason}").format(reason=error.strerror), ""
            _say_error(message, hint)
            _leave_pipe()
        case MemoryError() | RecursionError():
            code, message, hint, exit_code = "refused", _("The input is too large for this machine."), "", REFUSED
            _say_error(message, hint)
        case _:
            code, exit_code = "bug", BUG
            message, hint = _("this is a bug in hiringkit, not in what you did"), _crash_hint(error, argv)
            _say_error(message, hint)
    if wants_json(argv):
        _write_document(code, message, hint, exit_code, findings)
    return exit_code


def wants_json(argv: Sequence[str]) -> bool:
    """Return whether the words ask for JSON, read as click reads them but without failing."""
    wanted = False
    for position, word in enumerate(argv):
        if word == "--":
            break
        following = argv[position + 1] if position + 1 < len(argv) else ""
        if word in ("-f", "--format"):
            wanted = following == "json"
        elif word.startswith(("-f", "--format=")):
            wanted = word.removeprefix("--format=").removeprefix("-f") == "json"
    return wanted


def say_findings(findings: Sequence[Finding]) -> None:
    """Write findings on stderr, one a line."""
    for finding in findings:
        _say(finding.line(say))


def _write_document(code: str, message: str, hint: str, exit_code: int, findings: Sequence[Finding]) -> None:
    from hiringkit.report.render.json import render_json
    from hiringkit.report.views.findings import failure_report

    try:
        sys.stdout.write(render_json(failure_report(code, clean_text(message), clean_text(hint), exit_code, findings)))
        sys.stdout.flush()
    except OSError:
        _leave_pipe()


def _leave_pipe() -> int:
    """Forget what nobody reads any more: `head` that has gone is no failure of ours."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return DONE


def _say_error(message: str, hint: str) -> None:
    _say(_("error: {message}").format(message=message))
    if hint:
        _say(_("hint: {hint}").format(hint=hint))


def _say(text: str) -> None:
    print(clean_text(text), file=sys.stderr)  # noqa: T201 - the one place that writes failures


def _crash_hint(error: BaseException, argv: Sequence[str]) -> str:
    return _("crash log: {path}").format(path=keep_crash(error, argv))


def keep_crash(error: BaseException, argv: Sequence[str]) -> Path:
    """Write a crash log for its owner alone, and return where it is.

    It holds nothing that anybody typed or stored: of the words, only commands and the names of options; of the error
    and those behind it, their kinds and the places in the program, without what they say, which may quote anything.
    """
    lines = [f"hiringkit {hiringkit.__version__}, Python {python_version()}", " ".join(_impersonal(argv)), ""]
    cause: BaseException | None = error
    while cause is not None:
        frames = traceback.extract_tb(cause.__traceback__)
        lines += [f"  {_within(frame.filename)}:{frame.lineno} in {frame.name}: {frame.line}" for frame in frames]
        lines.append(type(cause).__qualname__)
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
        lines += [] if cause is None else ["", "after:"]
    return _keep("\n".join(lines) + "\n")


def _impersonal(argv: Sequence[str]) -> Iterator[str]:
    """Yield the words with "…" for every value, which may be a name or a note."""
    known = set(NOUNS)
    for word in argv:
        if word.startswith("--"):
            yield word.partition("=")[0]
        elif word.startswith("-"):
            yield word[:2]
        elif word in known:
            yield word
            module = sys.modules.get(f"hiringkit.cli.{word}")
            known = set(getattr(getattr(module, "command", None), "commands", ()))
        else:
            yield "…"


def _within(filename: str) -> str:
    """Return a file's place in its package: what is above may name whose machine it is."""
    parts = Path(filename).parts
    roots = [n for n, part in enumerate(parts) if part in ("hiringkit", "site-packages") or part.startswith("python3")]
    return Path(*parts[roots[-1] :]).as_posix() if roots else Path(filename).name


def _keep(text: str) -> Path:
    name = f"crash-{datetime.now(UTC):%Y%m%dT%H%M%S%f}.log"
    for folder in crash_folders():
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            path = folder / name
            path.touch(mode=0o600)
            path.write_text(text, encoding="utf-8")
        except OSError:
            continue
        return path
    return Path("-")
