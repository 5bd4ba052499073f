"""Every sentence that a user can read has its Chinese, with the same fields; the compiled catalogue is up to date."""

import ast
import io
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from string import Formatter
from typing import IO

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po

PACKAGE = Path(__file__).parents[2] / "hiringkit"
FOLDER = PACKAGE / "locale" / "zh" / "LC_MESSAGES"
MARKERS = {"_", "n_", "Sentence", "translated"}
NOT_FIRST = {"CellProblem", "Finding", "Mistake", "Problem", "Reason", "_rule"}
"""Their first argument is a code."""
SPEAKERS = {"Refused", "NotFound", "UsageProblem", "StoreUnreachable", "FindingsError", "InvalidRatings", *NOT_FIRST}
ASSIGNED = {"hint", "message"}
"""Names that hold a sentence."""


def words_of(node: ast.expr) -> Iterator[str]:
    """Yield the texts that an argument may be: itself, or either branch of a choice."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from words_of(node.body)
        yield from words_of(node.orelse)


def spoken_by(call: ast.Call) -> Iterator[str]:
    """Yield the sentences in a call that makes or marks some."""
    name = call.func.id if isinstance(call.func, ast.Name) else ""
    if name in MARKERS and call.args:
        yield from words_of(call.args[0])
    elif name in SPEAKERS:
        given = call.args[1:] if name in NOT_FIRST else call.args
        for argument in [*given, *(k.value for k in call.keywords if k.arg in {"hint", "message"})]:
            yield from words_of(argument)


def sentences() -> dict[str, str]:
    """Return every sentence of the program, with the file where it stands."""
    found: dict[str, str] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            texts = spoken_by(node) if isinstance(node, ast.Call) else iter(())
            if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id in ASSIGNED for t in node.targets):
                texts = words_of(node.value)
            for text in texts:
                found.setdefault(text, str(path.relative_to(PACKAGE)))
    for path in sorted(PACKAGE.rglob("templates/*.html")):
        for _quote, text in re.findall(r'\b_\((["\'])(.+?)\1\)', path.read_text(encoding="utf-8")):
            found.setdefault(text, str(path.relative_to(PACKAGE)))
    return {text: where for text, where in found.items() if text}


SENTENCES = sentences()


def has_words(text: str) -> bool:
    """Return whether a text has words: a format without any needs no translation."""
    return re.search(r"[A-Za-z]{2}", re.sub(r"\{[^}]*\}", "", text)) is not None


def catalogue() -> Catalog:
    with (FOLDER / "hiringkit.po").open("rb") as file:
        return read_po(file, locale="zh")


def fields(template: str) -> list[str]:
    """Return a template's fields with their formats, sorted; a text that is no template has none."""
    try:
        parsed = list(Formatter().parse(template))
    except ValueError:
        return []
    return sorted(f"{name}!{conversion}:{spec}" for _, name, spec, conversion in parsed if name)


def one_form(words: str | Sequence[str] | None) -> str:
    """Return a sentence; of one that counts, the plural, because Chinese has one form only."""
    return words if isinstance(words, str) else words[-1] if words else ""


def messages(file: IO[bytes]) -> dict[str, str]:
    """Return what a compiled catalogue says, without its header, which names the compiler's version."""
    return {str(message.id): str(message.string) for message in read_mo(file) if message.id}


def test_every_sentence_has_its_chinese() -> None:
    known = {str(message.id): str(message.string) for message in catalogue() if message.id}
    missing = {text: where for text, where in SENTENCES.items() if has_words(text) and not known.get(text)}
    assert not missing, f"{len(missing)} without Chinese"


def pieced_together(call: ast.Call) -> bool:
    """Return whether a call that speaks is given words in an f-string; a command to type is no sentence."""
    name = call.func.id if isinstance(call.func, ast.Name) else ""
    if name not in SPEAKERS | {"HiringKitError", "Malformed"}:
        return False
    given = [*call.args[name in NOT_FIRST | {"Malformed"} :], *(keyword.value for keyword in call.keywords)]
    texts = [part for each in given if isinstance(each, ast.JoinedStr) for part in each.values]
    words = [str(part.value) for part in texts if isinstance(part, ast.Constant)]
    return any(re.search(r"[a-z]{3}", word) for word in words) and not words[0].startswith("hiringkit ")


@pytest.mark.slow
def test_no_sentence_is_put_together_where_no_catalogue_can_know_it() -> None:
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in PACKAGE.rglob("*.py")}
    calls = ((path, node) for path, tree in trees.items() for node in ast.walk(tree) if isinstance(node, ast.Call))
    assert [f"{path.relative_to(PACKAGE)}:{call.lineno}" for path, call in calls if pieced_together(call)] == []


def test_a_translation_has_the_fields_of_its_sentence() -> None:
    said = [(one_form(message.id), one_form(message.string)) for message in catalogue() if message.id]
    wrong = [sentence for sentence, chinese in said if chinese and fields(sentence) != fields(chinese)]
    assert wrong == []


def test_clicks_own_sentences_have_their_chinese() -> None:
    known = {str(message.id) for message in catalogue() if message.id and message.string}
    clicks = {
        "Usage:",
        "Options",
        "Commands",
        "Error: {message}",
        "Show this message and exit.",
        "Missing argument",
        "Missing option",
        "No such option: {name}",
        "No such command {name!r}.",
        "Try '{command} {option}' for help.",
        "Aborted!",
    }
    assert clicks <= known


def test_no_translation_is_left_of_a_sentence_that_is_gone() -> None:
    stale = [str(m.id) for m in catalogue() if m.id and str(m.id) not in SENTENCES and "#click" not in m.auto_comments]
    assert stale == []


def test_the_compiled_catalogue_is_that_of_the_text() -> None:
    compiled = io.BytesIO()
    write_mo(compiled, catalogue())
    compiled.seek(0)
    with (FOLDER / "hiringkit.mo").open("rb") as file:
        assert messages(file) == messages(compiled), "run: make catalogue"


@pytest.mark.parametrize("text", ["{count} of {total}", "no fields", "a { brace"])
def test_fields_are_read_from_templates(text: str) -> None:
    assert fields(text) == (["count!None:", "total!None:"] if "count" in text else [])
