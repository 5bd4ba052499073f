"""Checks of single values against the shapes of their fields (bounds, patterns, fewest items), and of translations."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, get_args

from attrs import fields, has

from hiringkit.domain.expression import parse_expression
from hiringkit.domain.shape import Shape, shape_of
from hiringkit.library.checks import mistakes
from hiringkit.library.checks.findings import Problem, Problems
from hiringkit.library.checks.mistakes import TRANSLATION_MISSING
from hiringkit.library.yaml.nodes import Path
from hiringkit.text.language import LANGUAGES, Text, example_text
from hiringkit.text.sentence import Sentence

_NOT_ID = re.compile(r"[^a-z0-9]+")


def check_shapes(value: Any, path: Path = ()) -> Problems:
    """Yield a problem for each value of a domain object that violates the shape of its field."""
    kind: Any = type(value)
    for name, shape, descend in _parts(kind):
        part = getattr(value, name)
        if part is None:
            continue
        if shape:
            yield from check_shape(part, shape, (*path, name))
        if isinstance(part, tuple) and descend:
            for i, item in enumerate(part):
                yield from check_shapes(item, (*path, name, i))
        elif descend:
            yield from check_shapes(part, (*path, name))


def check_shape(value: Any, shape: Shape, path: Path) -> Problems:
    """Yield what keeps one value from having a shape."""
    yield from _CHECKS[shape.name](value, shape, path)
    if shape.each:
        for key, each in value.items():
            yield from check_shape(each, shape.each, (*path, key))


@cache
def _parts(cls: Any) -> tuple[tuple[str, Shape | None, bool], ...]:
    """Return the fields of a class that have a shape, or hold something that may have fields with one."""
    found = ((a.name, shape_of(a), any(map(has, _classes(a.type)))) for a in fields(cls)) if has(cls) else ()
    return tuple((name, shape, descend) for name, shape, descend in found if shape or descend)


def _classes(hint: Any) -> Iterator[type]:
    if isinstance(hint, type) and not get_args(hint):
        yield hint
    for inner in get_args(hint):
        yield from _classes(inner)


def _check_id(identifier: str, shape: Shape, path: Path) -> Problems:
    if not shape.fits(identifier):
        longest = shape.longest or len(identifier)
        slug = _NOT_ID.sub("-", identifier[:longest].lower()).strip("-")
        hint = Sentence('write "{slug}"').format(slug=slug) if slug else ""
        yield Problem(mistakes.ID_SHAPE, path, {"id": identifier, "most": longest}, hint=hint)


def _check_version(version: str, shape: Shape, path: Path) -> Problems:
    if not shape.fits(version):
        yield Problem(mistakes.VERSION_SHAPE, path, {"version": version})


def _check_currency(currency: str, shape: Shape, path: Path) -> Problems:
    if not shape.fits(currency):
        yield Problem(mistakes.CURRENCY_SHAPE, path, {"currency": currency})


def _check_positive(number: float, shape: Shape, path: Path) -> Problems:
    if shape.above is not None and number <= shape.above:
        yield Problem(mistakes.NOT_POSITIVE, path, {"value": number})


def _check_share(number: float, shape: Shape, path: Path) -> Problems:
    if shape.low is not None and shape.high is not None and not shape.low <= number <= shape.high:
        yield Problem(mistakes.NOT_A_SHARE, path, {"value": number})


def _check_not_negative(number: float, shape: Shape, path: Path) -> Problems:
    if shape.low is not None and number < shape.low:
        yield Problem(mistakes.NEGATIVE, path, {"value": number})


def _check_range(number: float, shape: Shape, path: Path) -> Problems:
    if shape.low is not None and shape.high is not None and not shape.low <= number <= shape.high:
        fields = {"low": shape.low, "high": shape.high, "value": number}
        yield Problem(mistakes.OUT_OF_RANGE, path, fields)


def _check_certainty(number: float, shape: Shape, path: Path) -> Problems:
    if shape.above is not None and shape.below is not None and not shape.above < number < shape.below:
        yield Problem(mistakes.NOT_A_CERTAINTY, path, {"value": number})


def _check_levels(levels: Collection[Any], shape: Shape, path: Path) -> Problems:
    if len(levels) < shape.fewest:
        yield Problem(mistakes.LEVELS_FEW, path, {"count": len(levels)})


def _check_filled(items: Collection[Any], shape: Shape, path: Path) -> Problems:
    if len(items) < shape.fewest:
        yield Problem(mistakes.EMPTY_LIST, path, {"least": shape.least, "found": Sentence("none")})


def _check_keys(table: Mapping[str, Any], shape: Shape, path: Path) -> Problems:
    for key in table:
        if key not in shape.keys:
            near = (key, shape.keys)
            yield Problem(mistakes.UNKNOWN_KEY, (*path, key), {"key": key}, near=near, at_key=True)


def _check_expressions(table: Mapping[str, Sequence[str]], shape: Shape, path: Path) -> Problems:
    yield from _check_keys(table, shape, path)
    for language, written in table.items():
        for i, text in enumerate(written):
            if text and parse_expression(text) is None:
                yield Problem(mistakes.EXPRESSION_SHAPE, (*path, language, i), {"found": text})


_CHECKS: Mapping[str, Callable[[Any, Shape, Path], Problems]] = {
    "id": _check_id,
    "version": _check_version,
    "currency": _check_currency,
    "positive": _check_positive,
    "share": _check_share,
    "not-negative": _check_not_negative,
    "range": _check_range,
    "certainty": _check_certainty,
    "levels": _check_levels,
    "filled": _check_filled,
    "keys": _check_keys,
    "expressions": _check_expressions,
}


def check_translations(texts: Sequence[tuple[Path, Text]]) -> Problems:
    """Yield each text that is missing in a language of the file; plain ones too where others have a translation.

    The languages of a file are those of its texts, or all that there are where it names only one.
    """
    named = {language for _, text in texts for language in text.wordings}
    expected = [language for language in LANGUAGES if language in named or len(named) == 1]
    translated = any(len(text.wordings) > 1 for _, text in texts)
    for path, text in texts:
        if translated and text.plain:
            fields = {"missing": Sentence("translation, and others of the file have one")}
            hint = Sentence("write {languages}").format(languages=example_text(expected))
            yield Problem(TRANSLATION_MISSING, path, fields, hint=hint)
        elif not text.plain:
            yield from (_without(language, path) for language in expected if language not in text.wordings)


def _without(language: str, path: Path) -> Problem:
    fields = {"missing": Sentence("{language} version").format(language=language)}
    hint = Sentence("add {language}: …").format(language=language)
    return Problem(TRANSLATION_MISSING, path, fields, [(*path, language)], hint=hint)
