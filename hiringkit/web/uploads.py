"""Files that browsers send: taken out of a form, and kept for a while between looking and importing."""

import re
from collections import OrderedDict
from collections.abc import Mapping
from datetime import datetime, timedelta
from threading import Lock

from attrs import define, field, frozen

from hiringkit.exchange.archives import plain_name

LARGEST_UPLOAD = 10 * 1024 * 1024
LASTS = timedelta(minutes=30)
"""How long a file waits for the word to import it."""
_BOUNDARY = re.compile(r'multipart/form-data;.*?boundary="?([^";]{1,70})"?', re.IGNORECASE | re.DOTALL)
_PARAMETER = re.compile(r';\s*(\w+)="([^"]*)"')


@frozen
class Upload:
    """A file as a browser sent it."""

    name: str
    """What it is called where it came from: a plain name without folders."""
    content: bytes = field(repr=False)


def read_multipart(
    content_type: str, body: bytes, most: int
) -> tuple[dict[str, list[str]], Mapping[str, tuple[Upload, ...]]] | None:
    """Take a form with files apart.

    Args:
        content_type: As the browser sent it.
        body: As it came.
        most: Fields that a form may have.

    Returns:
        Its fields and its files, by name; None where it is no such form.

    Raises:
        ValueError: It is broken, or has too many fields.
    """
    found = _BOUNDARY.match(content_type)
    if found is None:
        return None
    first, *parts = (b"\r\n" + body).split(b"\r\n--" + found[1].encode())
    if first.strip() or not parts or not parts[-1].startswith(b"--") or len(parts) > most + 1:
        raise ValueError("a broken form")
    fields: dict[str, list[str]] = {}
    files: dict[str, tuple[Upload, ...]] = {}
    for part in parts[:-1]:
        head, blank, content = part.partition(b"\r\n\r\n")
        said = next(
            (line for line in head.decode().split("\r\n") if line.lower().startswith("content-disposition")), ""
        )
        known = dict(_PARAMETER.findall(said))
        if not blank or "name" not in known:
            raise ValueError("a broken form")
        if "filename" not in known:
            fields.setdefault(known["name"], []).append(content.decode())
        elif known["filename"]:
            sent = Upload(plain_name(known["filename"]), content)
            files[known["name"]] = (*files.get(known["name"], ()), sent)
    return fields, files


@define
class Uploads:
    """Files that wait, by token; each for who sent them alone. The oldest give way, and all end with the server."""

    MOST = 5
    _kept: OrderedDict[str, tuple[str, datetime, tuple[Upload, ...]]] = field(factory=OrderedDict, repr=False)
    _lock: Lock = field(factory=Lock)

    def keep(self, token: str, owner: str, sent: tuple[Upload, ...], now: datetime) -> None:
        """Keep what was sent together under a token."""
        with self._lock:
            self._kept[token] = (owner, now + LASTS, sent)
            while len(self._kept) > self.MOST:
                self._kept.popitem(last=False)

    def find(self, token: str, owner: str, now: datetime) -> tuple[Upload, ...]:
        """Return somebody's files."""
        with self._lock:
            whose, until, sent = self._kept.get(token, ("", now, ()))
        return sent if whose == owner and now < until else ()

    def drop(self, token: str) -> None:
        """Forget what was sent."""
        with self._lock:
            self._kept.pop(token, None)
