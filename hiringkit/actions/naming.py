"""What to say of an id that is not there."""

from collections.abc import Iterable

from hiringkit.domain.text import nearest
from hiringkit.errors import NotFound


def missing(kind: str, given: str, known: Iterable[str], *, empty_hint: str = "") -> NotFound:
    """Make the error for an id that is not there, naming the nearest known one."""
    ids = list(known)
    near = nearest(given, ids)
    others = f"known: {', '.join(ids[:10])}" if ids else empty_hint
    return NotFound(f"no {kind} {given!r}", hint=f"did you mean {near!r}?" if near else others)
