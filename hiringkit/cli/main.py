"""The way in: chooses the language, runs the command, turns every failure into its exit code."""

import gc
import sys
from typing import TYPE_CHECKING, NoReturn

from hiringkit.settings import peek_language, speak

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(argv: "Sequence[str] | None" = None) -> NoReturn:
    """Run the program and leave with its exit code.

    Args:
        argv: The words after the program's name; those of the process if None.
    """
    # most commands end before a search for garbage pays: while modules load it took a tenth of a short one, which has
    # made 110,000 objects by its end
    gc.set_threshold(200_000, 20, 20)
    code = run(list(sys.argv[1:] if argv is None else argv))
    gc.freeze()  # the interpreter would look through all modules again, which are gone in a moment anyway
    sys.exit(code)


def run(argv: list[str]) -> int:
    """Run one command and return its exit code; nothing but the code and the streams shows what happened."""
    _make_streams_safe()
    speak(peek_language(argv))
    from hiringkit.cli.root import root

    try:
        result = root.main(args=argv, prog_name="hiringkit", standalone_mode=False)
        sys.stdout.flush()
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - the one place where a failure becomes an exit code
        from hiringkit.cli.failures import report_failure

        return report_failure(error, argv)
    return result if isinstance(result, int) else 0


def _make_streams_safe() -> None:
    """Never fail on a sign that the terminal cannot show."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
