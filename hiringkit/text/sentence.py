"""Sentences that remember how they were made, so that a front end can say them in another language."""

from collections.abc import Mapping
from typing import Any, Self


class Sentence(str):
    """An English sentence, or a template of one with named fields.

    To other code it is a plain `str`. `format` fills a template and keeps template and fields;
    `hiringkit.locale.say` looks the template up in the user's language and fills it anew. Code below the front
    ends does not need to know the language.
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
