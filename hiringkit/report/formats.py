"""The formats in which results are written, and the endings of files that ask for them."""

FORMATS = ("table", "json", "csv", "markdown")
"""What `--format` takes."""
PAGE = "html"
"""A page: written to a file alone, by its ending."""
CALENDAR = "calendar"
"""Times as iCalendar: written to a file alone, by its ending, of what takes place at a time."""
WORKBOOK = "xlsx"
"""A workbook, in the same way."""
ENDINGS = {
    ".json": "json",
    ".csv": "csv",
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "table",
    ".html": PAGE,
    ".htm": PAGE,
    ".ics": CALENDAR,
    ".xlsx": WORKBOOK,
}


def format_of(path: str) -> str | None:
    """Return the format that a file's ending asks for, in any case of letters; None where it asks for none."""
    _stem, dot, ending = path.lower().rpartition(".")
    return ENDINGS.get(dot + ending)
