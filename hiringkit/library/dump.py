"""A resolved rubric as canonical text, and the digest that an opening pins.

cattrs is imported on first use: it costs 40 ms that reading a rubric need not pay.
"""

import json
import re
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from typing import Any

from attrs import has

from hiringkit.domain.rubric import Rubric
from hiringkit.domain.text import LANGUAGES, Text
from hiringkit.library.documents import Kind
from hiringkit.library.structure import HEADER_KEY

_NOT_AS_IT_IS = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""What YAML forbids, or takes for the end of a line."""

_EXACT = 2**53


def dump_rubric(rubric: Rubric) -> str:
    """Write a resolved rubric as JSON that `parse_rubric` reads back equal.

    Canonical: the header first, then all keys in order, no blanks, no defaults, whole numbers without a
    fraction; so equal rubrics give equal text. One line without a final newline.
    """
    content = _converter().unstructure(rubric)
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    header = f'{{"{HEADER_KEY}":"{Kind.RUBRIC.header}",'
    return header + _NOT_AS_IT_IS.sub(lambda match: f"\\u{ord(match[0]):04x}", text[1:])


def digest_rubric(rubric: Rubric) -> str:
    """Return `sha256:` and the hash of a resolved rubric's canonical text, its questions included."""
    return "sha256:" + sha256(dump_rubric(rubric).encode()).hexdigest()


@cache
def _converter() -> Any:
    from cattrs import Converter  # noqa: PLC0415 - 40 ms, see above
    from cattrs.gen import make_dict_unstructure_fn  # noqa: PLC0415 - 40 ms, see above

    converter = Converter()
    converter.register_unstructure_hook_factory(
        has, lambda cls: make_dict_unstructure_fn(cls, converter, _cattrs_omit_if_default=True)
    )
    converter.register_unstructure_hook(Text, _plain_text)
    converter.register_unstructure_hook(float, _plain_number)
    return converter


def _plain_text(text: Text) -> str | Mapping[str, str]:
    return text.plain or {language: getattr(text, language) for language in LANGUAGES if getattr(text, language)}


def _plain_number(number: float) -> float:
    return int(number) if abs(number) < _EXACT and number == int(number) else number
