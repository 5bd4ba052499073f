"""Texts in one or more languages, and which languages there are."""

from attrs import frozen

LANGUAGES = ("en", "zh")


@frozen
class Text:
    """A text as its author wrote it: the same for every language (`plain`), or one for each."""

    plain: str = ""
    en: str = ""
    zh: str = ""

    def in_language(self, language: str) -> str:
        """Return the text in `language`, else in whatever language there is."""
        wanted = self.zh if language == "zh" else self.en
        return wanted or self.plain or self.en or self.zh

    @property
    def missing(self) -> tuple[str, ...]:
        """The languages in which a reader would not find it."""
        if self.plain:
            return ()
        return tuple(language for language in LANGUAGES if not getattr(self, language))

    def __str__(self) -> str:
        return self.in_language("en")
