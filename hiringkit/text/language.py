"""The languages that there are, in one table, and texts that are written in one or more of them.

A further language is one entry of `LANGUAGES` and a message catalogue, `locale/CODE/LC_MESSAGES/hiringkit.po`. The
rules in `library/lint` that know the words of a language leave texts in others alone.

Imported by every command, `--help` too, so it imports nothing but the standard library.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import NamedTuple, NoReturn

from hiringkit.text.sentence import Sentence


class Language(NamedTuple):
    """A language that files may be written in and that the program speaks."""

    name: str
    """Its English name, to be translated where it is shown."""
    tag: str
    """BCP 47, for web pages."""
    han: bool = False
    """Whether it is written in Chinese characters."""
    comma: str = ", "
    semicolon: str = "; "
    colon: str = ": "
    stop: str = ". "
    brackets: str = " ({})"
    """Around a remark, with what stands before them."""


LANGUAGES: dict[str, Language] = {
    "en": Language(Sentence("English"), "en"),
    "zh": Language(Sentence("Chinese"), "zh-Hans", True, "、", "；", "：", "。", "（{}）"),
}
"""By the code that files, `--lang` and JSON use; the first one is what stands in for a language that is missing."""

DEFAULT_LANGUAGE = "en"
"""The language of the program's own sentences, which needs no catalogue."""

HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Chinese characters, as they stand between the brackets of a regular expression."""


@cache
def _han() -> re.Pattern[str]:
    # 4 ms, and the next one 6: most commands do without
    return re.compile(f"[{HAN}]")


@cache
def _word() -> re.Pattern[str]:
    return re.compile(rf"[^\W\d_{HAN}](?:[^\W\d_{HAN}]|['’-])*")


def count_han(text: str) -> int:
    """Count the Chinese characters of a text."""
    return len(_han().findall(text))


def count_words(text: str) -> int:
    """Count the words of a text that are written in letters."""
    return len(_word().findall(text))


def is_han(text: str) -> bool:
    """Return whether a text is mostly Chinese: it has more Chinese characters than words in letters."""
    return count_han(text) > count_words(text)


def language_of(text: str) -> str:
    """Return the first language of the table that is written in the script of a text."""
    han = is_han(text)
    return next((code for code, language in LANGUAGES.items() if language.han == han), DEFAULT_LANGUAGE)


def example_text(codes: Iterable[str] = ()) -> str:
    """Show how a text in several languages is written in a file: `{en: …, zh: …}`."""
    return f"{{{', '.join(f'{code}: …' for code in codes or LANGUAGES)}}}"


class Text:
    """A text as its author wrote it: the same for every language (`plain`), or one for each."""

    __slots__ = ("plain", "wordings")

    plain: str
    """The one wording for every language; empty where there is one for each."""
    wordings: Mapping[str, str]
    """By language, in the order of `LANGUAGES`; none is empty."""

    def __init__(self, plain: str = "", **wordings: str) -> None:
        if not wordings.keys() <= LANGUAGES.keys():
            raise TypeError(f"no such language: {', '.join(sorted(wordings.keys() - LANGUAGES.keys()))}")
        given = {code: wordings[code] for code in LANGUAGES if wordings.get(code)}
        object.__setattr__(self, "plain", plain)
        object.__setattr__(self, "wordings", MappingProxyType(given))

    def in_language(self, language: str) -> str:
        """Return the text in `language`, else in whatever language there is."""
        return self.wordings.get(language) or self.plain or next(iter(self.wordings.values()), "")

    def said_in(self, language: str) -> str:
        """Return the wording in `language` or the plain one, never one in another language."""
        return self.wordings.get(language) or self.plain

    @property
    def by_language(self) -> dict[str, str]:
        """Each wording with its language; the language of a plain one is detected by its script."""
        return {**({language_of(self.plain): self.plain} if self.plain else {}), **self.wordings}

    @property
    def as_written(self) -> str | dict[str, str]:
        """The text as files and JSON have it: a string, or one for each language."""
        return self.plain or dict(self.wordings)

    def __str__(self) -> str:
        return self.in_language(DEFAULT_LANGUAGE)

    def __repr__(self) -> str:
        named = {**({"plain": self.plain} if self.plain else {}), **self.wordings}
        return f"Text({', '.join(f'{name}={value!r}' for name, value in named.items())})"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Text):
            return NotImplemented
        return (self.plain, self.wordings) == (other.plain, other.wordings)

    def __hash__(self) -> int:
        return hash((self.plain, *self.wordings.items()))

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"a text cannot be changed: {name}")

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (self.plain, dict(self.wordings))


def wordings_of(texts: Iterable[Text | None]) -> Iterator[str]:
    """Yield every wording of some texts."""
    return (wording for text in texts if text for wording in text.by_language.values())


def _rebuild(plain: str, wordings: dict[str, str]) -> Text:
    return Text(plain, **wordings)
