"""What people do for themselves: where it is kept and what it draws on."""

from pathlib import Path

from attrs import frozen

from hiringkit.library.catalog import Library


@frozen
class Own:
    """A person's own room."""

    library: Library
    """Rubrics to assess oneself against, and banks to practise with."""
    attempts: Path
    """The folder of self-assessments."""
    practices: Path
    """The folder of practice sessions."""
