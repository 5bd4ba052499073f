"""Sentences that remember how they were made, so that a front end can say them in another language."""

from collections.abc import Mapping
from typing import Any, Self


class Sentence(str):
    """An English sentence, or a template of one with named fields.

    It is a plain `str` to whoever only reads it. `format` fills a template and keeps template and fields;
    `hiringkit.locale.say` looks the template up in the user's language and fills it anew. Below the front
    ends nothing knows a language, and nothing has to.
    """

    __slots__ = ("fields", "template")

    template: str
    fields: Mapping[str, Any]

    def __new__(cls, text: str) -> Self:
        """Make a sentence without fields; it is its own template."""
        made = super().__new__(cls, text)
        made.template, made.fields = text, {}
        return made

    def format(self, **fields: Any) -> "Sentence":  # type: ignore[override]  # fields have names, for translators
        """Fill the named fields."""
        made = Sentence(str.format(self, **fields))
        made.template, made.fields = self.template, fields
        return made
