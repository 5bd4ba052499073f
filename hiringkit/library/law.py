"""The texts about laws, out of the file that ships with the program."""

from functools import cache
from importlib.resources import files

from hiringkit.domain.law import LawBook
from hiringkit.library.forms import parse_form


@cache
def law_book() -> LawBook:
    """Return the texts."""
    text = (files("hiringkit.library") / "law.yaml").read_bytes()
    book, findings = parse_form(text, "law.yaml", LawBook)
    if book is None:
        raise AssertionError(f"the texts about laws do not load: {findings[0]}")
    return book
