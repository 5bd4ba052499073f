"""The language of the program's own sentences: gettext catalogues, looked up at the moment of use.

English is the key and needs no catalogue. `settings.speak` chooses the language; it must run before
click prints anything, because click's own strings come out of the same catalogue.
"""

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path

from hiringkit.text.sentence import Sentence

DOMAIN = "hiringkit"
FOLDER = Path(__file__).parent

gettext.bindtextdomain(DOMAIN, str(FOLDER))
gettext.textdomain(DOMAIN)  # click asks for no domain by name: this makes it find ours


_spoken: list[gettext.NullTranslations] = []
_spoken_here: ContextVar[gettext.NullTranslations | None] = ContextVar("_spoken_here", default=None)


def choose(language: str) -> None:
    """Have `_` answer in this language from now on; `settings.speak` calls it."""
    _spoken[:] = [_catalogue(language)]


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Have `_` answer in this language within the block and its thread: a server speaks several at once."""
    before = _spoken_here.set(_catalogue(language))
    try:
        yield
    finally:
        _spoken_here.reset(before)


@lru_cache(maxsize=8)
def _catalogue(language: str) -> gettext.NullTranslations:
    # gettext's own functions look for the file anew at every word: 0.3 ms a sentence
    return gettext.translation(DOMAIN, FOLDER, [language], fallback=True)


def _(message: str) -> str:
    """Return the message in the language that was chosen, else as it is."""
    if not message:
        return ""
    if (here := _spoken_here.get()) is not None:
        return here.gettext(message)
    return _spoken[0].gettext(message) if _spoken else gettext.dgettext(DOMAIN, message)


def say(message: str) -> str:
    """Return a sentence of the rooms below, with its fields, in the language that was chosen."""
    if not isinstance(message, Sentence) or not message.fields:
        return _(message)
    fields = {name: say(value) if isinstance(value, Sentence) else value for name, value in message.fields.items()}
    return _(message.template).format(**fields)


def n_(message: str) -> str:
    """Mark a message for translation where it is written, to be looked up where it is shown."""
    return message
