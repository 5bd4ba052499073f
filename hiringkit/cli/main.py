"""The way in: chooses the language, runs the command, turns every failure into its exit code."""

import sys
from typing import TYPE_CHECKING, NoReturn

from hiringkit.settings import peek_language, speak

if TYPE_CHECKING:
    from collections.abc import Sequence

INTERRUPTED, BUG, USAGE = 130, 70, 2


def main(argv: "Sequence[str] | None" = None) -> NoReturn:
    """Run the program and leave with its exit code.

    Args:
        argv: The words after the program's name; those of the process if None.
    """
    sys.exit(run(list(sys.argv[1:] if argv is None else argv)))


def run(argv: list[str]) -> int:
    """Run one command and return its exit code; nothing but the code and the streams shows what happened."""
    _make_streams_safe()
    speak(peek_language(argv))
    import click  # noqa: PLC0415 - after the language is chosen, because click looks its strings up on import

    from hiringkit.cli.root import root  # noqa: PLC0415 - the same

    try:
        result = root.main(args=argv, prog_name="hiringkit", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        print(file=sys.stderr)  # noqa: T201 - ends the line that ^C cut
        return INTERRUPTED
    except BrokenPipeError:
        return _leave_pipe()
    except Exception as error:  # noqa: BLE001 - the one place where a failure becomes an exit code
        from hiringkit.cli.failures import report_failure  # noqa: PLC0415 - only failures need it

        return report_failure(error, argv)
    return result if isinstance(result, int) else 0


def _make_streams_safe() -> None:
    """Never fail on a sign that the terminal cannot show."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def _leave_pipe() -> int:
    """The reader of our output has gone, as `head` does: that is no failure of ours."""
    import os  # noqa: PLC0415 - only here

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0
