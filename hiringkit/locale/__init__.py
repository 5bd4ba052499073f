"""The language of the program's own sentences: gettext catalogues, looked up at the moment of use.

English is the key and needs no catalogue. `settings.speak` chooses the language; it must run before
click prints anything, because click's own strings come out of the same catalogue.
"""

import gettext
from pathlib import Path

DOMAIN = "hiringkit"

gettext.bindtextdomain(DOMAIN, str(Path(__file__).parent))
gettext.textdomain(DOMAIN)  # click asks for no domain by name: this makes it find ours


def _(message: str) -> str:
    """Return the message in the language that was chosen, else as it is."""
    return gettext.dgettext(DOMAIN, message) if message else ""


def n_(message: str) -> str:
    """Mark a message for translation where it is written, to be looked up where it is shown."""
    return message
