"""Names of any script as the words of an id.

By anyascii: one package without dependencies, of a free licence, knows every script. pypinyin would read Chinese words
by their context, but no other script; text-unidecode has been left alone since 2019, and Unidecode is under the GPL.
"""

import re
from unicodedata import category, name, normalize

_SYLLABLES = ("CJK UNIFIED IDEOGRAPH", "CJK COMPATIBILITY IDEOGRAPH", "HANGUL SYLLABLE")
"""Signs each of which is a word of its own: 王小明 is wang-xiao-ming."""


def ascii_words(text: str) -> list[str]:
    """Return a text's words in lower-case ASCII letters and digits, other scripts transliterated."""
    return re.findall(r"[a-z0-9]+", "".join(map(_transliterated, normalize("NFC", text))).lower())


def _transliterated(char: str) -> str:
    if char.isascii():
        return char
    if category(char)[0] not in "LMN":  # emoji and punctuation: anyascii would put words for them
        return " "
    from anyascii import anyascii  # noqa: PLC0415 - most names are ASCII, and no other command needs it

    # the signs in which soft and glottal sounds are written, as in Mal'tseva, would cut a word in two
    letters = re.sub(r"[^A-Za-z0-9]", "", anyascii(char))
    return f" {letters} " if name(char, "").startswith(_SYLLABLES) else letters
