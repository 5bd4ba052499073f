"""Expressions: the ways in which postings say something that a rubric says, as its author wrote them down.

An expression is one or more parts with blanks between them: `set|agree quota|target`. It fits a passage in which all
parts stand near one another, in any order. A part is one or more alternatives with `|` between them. An English
alternative fits every form of its word (`forecast` fits forecasts and forecasting); `-` joins words that follow each
other (`pay-plan`), a `*` at the end fits whatever begins so (`automat*`), a `=` only the word as it stands
(`masters=`). A Chinese alternative fits where its characters stand. A part that begins with `!` must not stand in the
passage. `@` and the id of another thing that the rubric says fits wherever that is found (`@sales-forecasting`).
"""

import re

from attrs import frozen

_ALTERNATIVE = re.compile(r"[^\W_]+(?:['’.&+/-][^\W_]+)*[*=]?")
_REFERENCE = re.compile(r"@[a-z0-9]+(?:-[a-z0-9]+)*")


@frozen
class Part:
    """Alternatives of which one must stand in the passage, or none may."""

    alternatives: tuple[str, ...]
    """In lower case."""
    barred: bool = False
    """Whether none of them may stand there."""


@frozen
class Expression:
    """One way of saying something."""

    parts: tuple[Part, ...]
    """Those that must stand near one another."""
    barred: tuple[Part, ...] = ()
    """Those that must not be there."""
    same_as: str = ""
    """The id of what says this too; such an expression has no parts."""


def parse_expression(text: str) -> Expression | None:
    """Return the expression that a text stands for; None where it is malformed."""
    if _REFERENCE.fullmatch(text):
        return Expression((), same_as=text[1:])
    parts = [_part(word) for word in text.lower().split()]
    wanted = tuple(part for part in parts if part and not part.barred)
    if not wanted or not all(parts):
        return None
    return Expression(wanted, tuple(part for part in parts if part and part.barred))


def _part(word: str) -> Part | None:
    barred = word.startswith("!")
    alternatives = tuple(word[barred:].split("|"))
    return Part(alternatives, barred) if all(map(_ALTERNATIVE.fullmatch, alternatives)) else None
