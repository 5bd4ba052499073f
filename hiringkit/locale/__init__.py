"""The language of the program's own sentences: gettext catalogues, looked up at the moment of use.

English is the key and needs no catalogue. `settings.speak` chooses the language; it must run before
click prints anything, because click's own strings come out of the same catalogue.
"""

import gettext
from functools import lru_cache
from pathlib import Path

from hiringkit.text.sentence import Sentence

DOMAIN = "hiringkit"
FOLDER = Path(__file__).parent

gettext.bindtextdomain(DOMAIN, str(FOLDER))
gettext.textdomain(DOMAIN)  # click asks for no domain by name: this makes it find ours


_spoken: list[gettext.NullTranslations] = []


def choose(language: str) -> None:
    """Have `_` answer in this language from now on; `settings.speak` calls it."""
    _spoken[:] = [_catalogue(language)]


@lru_cache(maxsize=8)
def _catalogue(language: str) -> gettext.NullTranslations:
    # gettext's own functions look for the file anew at every word: 0.3 ms a sentence
    return gettext.translation(DOMAIN, FOLDER, [language], fallback=True)


def _(message: str) -> str:
    """Return the message in the language that was chosen, else as it is."""
    if not message:
        return ""
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
