"""The language of the program's own sentences: gettext catalogues, looked up at the moment of use.

English is the key and needs no catalogue. `settings.speak` chooses the language; it must run before
click prints anything, because click's own strings come out of the same catalogue.
"""

import gettext
from pathlib import Path

from hiringkit.domain.sentence import Sentence

DOMAIN = "hiringkit"

gettext.bindtextdomain(DOMAIN, str(Path(__file__).parent))
gettext.textdomain(DOMAIN)  # click asks for no domain by name: this makes it find ours


def _(message: str) -> str:
    """Return the message in the language that was chosen, else as it is."""
    return gettext.dgettext(DOMAIN, message) if message else ""


def say(message: str) -> str:
    """Return a sentence of the rooms below, with its fields, in the language that was chosen."""
    if not isinstance(message, Sentence) or not message.fields:
        return _(message)
    fields = {name: say(value) if isinstance(value, Sentence) else value for name, value in message.fields.items()}
    return _(message.template).format(**fields)


def n_(message: str) -> str:
    """Mark a message for translation where it is written, to be looked up where it is shown."""
    return message
