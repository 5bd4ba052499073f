"""Where one person's self-assessments and practice are kept, and what lets their browser in."""

import hmac
from pathlib import Path

from attrs import frozen

from hiringkit.library.catalog import Library

OWN_COOKIE = "hiringkit-own"


@frozen
class OwnPlace:
    """Folders of one person, for a server that nobody else uses."""

    library: Library
    """Rubrics to assess oneself against, and banks to practise with."""
    attempts: Path
    practices: Path
    key: str
    """It stands in the address that the server prints: others who use this machine do not know it."""

    def admits(self, given: str) -> bool:
        """Return whether somebody knows the key."""
        return hmac.compare_digest(given.encode(), self.key.encode())
