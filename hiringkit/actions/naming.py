"""What to say of an id that is not there."""

from collections.abc import Iterable

from hiringkit.domain.sentence import Sentence
from hiringkit.domain.text import nearest
from hiringkit.errors import NotFound


def missing(kind: str, given: str, known: Iterable[str], *, empty_hint: str = "") -> NotFound:
    """Make the error for an id that is not there, naming the nearest known one."""
    ids = list(known)
    near = nearest(given, ids)
    others = Sentence("known: {names}").format(names=", ".join(ids[:10])) if ids else empty_hint
    return NotFound(
        Sentence("no {kind} {given!r}").format(kind=kind, given=given),
        hint=Sentence("did you mean {near!r}?").format(near=near) if near else others,
    )
