"""`hiringkit score` of many files: what it tells meanwhile, and where the results go."""

import os
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import click

from hiringkit.cli.session import Session
from hiringkit.locale import _, say

if TYPE_CHECKING:
    from hiringkit.text.sentence import Sentence

WIDTH = 30
"""Cells of a bar."""


LARGE = 1_000_000
"""Bytes of a file from which on memory is kept."""
_TRIM_THRESHOLD, _MMAP_MAX = -1, -4
"""Options of glibc's mallopt."""


def keep_memory() -> None:
    """Keep what is freed for the next column, which is as long as the last one; only glibc can be asked to.

    To get the memory of each column anew from the system takes up to half of the processor time of a large file.
    """
    import ctypes

    if sys.platform == "linux":
        mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
        if mallopt is not None:
            mallopt(_MMAP_MAX, 0)
            mallopt(_TRIM_THRESHOLD, 2**31 - 1)


class Progress:
    """Tells on stderr how far it is: a bar at a terminal, else a line a stage."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._bars = sys.stderr.isatty() and not session.options.get("quiet")
        self._what, self._steps, self._done = "", 0, 0

    def begin(self, what: "Sentence", steps: int) -> None:
        """Begin a stage of so many steps."""
        self.finish()
        self._what, self._steps, self._done = say(what), steps, 0
        if not self._bars or not steps:
            self._session.note(
                _("{what}: {steps} shards").format(what=self._what, steps=steps) if steps else self._what
            )
        self._draw()

    def step(self) -> None:
        """Count a step."""
        self._done += 1
        self._draw()

    def say(self, text: "Sentence") -> None:
        """Say something below the bar."""
        self.finish()
        self._session.note(say(text))

    def finish(self) -> None:
        """Leave the bar where it is."""
        if self._bars and self._steps and self._done:
            click.echo(err=True)
        self._steps = 0

    def _draw(self) -> None:
        if self._bars and self._steps:
            filled = WIDTH * min(self._done, self._steps) // self._steps
            bar = "█" * filled + "·" * (WIDTH - filled)
            click.echo(f"\r{self._what} {bar} {self._done}/{self._steps}", nl=False, err=True)


def score_in_shards(
    session: Session,
    ratings: str,
    *,
    rubric: str | None,
    scale: tuple[float, float] | None,
    dropped: tuple[str, ...],
    cluster: str | None,
    checkpoint: str | None,
    refused: Sequence[str],
    options: Mapping[str, object],
) -> None:
    """Score many files, and print what was written."""
    from hiringkit.actions.bulk_scores import score_shards
    from hiringkit.actions.scores import read_options
    from hiringkit.errors import UsageProblem
    from hiringkit.report.views.bulk_scores import bulk_report
    from hiringkit.text.sentence import Sentence

    place = session.options.pop("output", None)
    if not place or place == "-":
        raise UsageProblem("results in shards need a folder", hint="-o results/")
    if refused:
        message = Sentence("{names}: not with results in a folder").format(names=", ".join(refused))
        raise UsageProblem(message, hint="hiringkit score FILE scores on one machine, as a table")
    progress = Progress(session)
    keep_memory()
    try:
        done = score_shards(
            ratings,
            read_options(options),
            cluster=cluster,
            place=str(place).rstrip("/"),
            rubric=session.library.load_rubric(rubric) if rubric else None,
            scale=scale,
            dropped=dropped,
            checkpoint=checkpoint,
            listener=progress,
            threads=os.cpu_count() or 1,
        )
    finally:
        progress.finish()
    report = bulk_report(
        done.comparison,
        place=done.place,
        figures={
            "files": done.files,
            "shards": done.shards,
            "workers": done.workers,
            "moved": done.moved,
            "sums": done.sums,
        },
    )
    session.emit(report)
