"""The reference of the format and of the rules: as true as the program."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from hiringkit.domain.question import Question, QuestionKind
from hiringkit.library.catalog import Library
from hiringkit.library.checks import mistakes
from hiringkit.library.lint import rules
from hiringkit.library.lint.anchors import SeenAnchors, check_anchors
from hiringkit.library.lint.protected import check_protected
from hiringkit.library.lint.questions import check_questions
from hiringkit.library.review import COMPONENTS, review_text
from hiringkit.library.schema import format_tables
from hiringkit.text.language import Text

DOCS = Path(__file__).parents[2] / "docs"
FORMAT = (DOCS / "rubric-format.md").read_text(encoding="utf-8")
RULES = (DOCS / "lint-rules.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(format_tables()))
def test_every_part_of_the_format_has_its_table(name: str) -> None:
    """If this fails, put in what `hiringkit rubric schema -f markdown` prints."""
    assert f"### {name}\n\n{format_tables()[name]}" in FORMAT


def test_the_example_passes(tmp_path: Path) -> None:
    example = next(
        block for block in re.findall(r"```yaml\n(.*?)```", FORMAT, re.DOTALL) if block.startswith("hiringkit")
    )
    review = review_text(Library([tmp_path]), example)
    assert review.findings == ()
    assert [(score.rubric, score.score) for score in review.structures] == [("support-lead", 3)]


def test_every_component_is_explained() -> None:
    assert re.findall(r"^\| `([a-z-]+)` \| (?:there|`policy|at|every|always|the)", FORMAT, re.MULTILINE) == list(
        COMPONENTS
    )


def sections() -> dict[str, str]:
    """Return the rules' sections by code."""
    parts = re.split(r"^### ([a-z-]+)\n", RULES, flags=re.MULTILINE)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


def test_every_rule_is_explained_and_nothing_else() -> None:
    of_loader = {mistakes.NOT_ASKED.code, mistakes.TRANSLATION_MISSING.code}
    assert set(sections()) == {rule.code for rule in rules.ALL} | of_loader
    for code, text in sections().items():
        assert "\nMend it: " in text, code


def examples() -> Iterator[tuple[str, str, str]]:
    """Yield each example of a single text with its code and whether it is wrong."""
    for code, text in sections().items():
        for sign, said in re.findall(r'^- (not|but): "(.*)"$', text, re.MULTILINE):
            yield code, sign, said


@pytest.mark.parametrize(("code", "sign", "said"), list(examples()))
def test_the_examples_are_what_the_rules_say(code: str, sign: str, said: str) -> None:
    text = Text(plain=said)
    if code == rules.VAGUE_ANCHOR.code:
        found = list(check_anchors({1: text}, (), "q", SeenAnchors()))
    else:
        question = Question("q", QuestionKind.BEHAVIOURAL, text, {"c": 1})
        found = [*check_questions(question, ()), *check_protected(question, ())]
    assert [problem.mistake.code for problem in found] == ([code] if sign == "not" else [])


def test_the_example_of_anchors_that_are_alike() -> None:
    pairs = re.findall(r'^- (not|but): 3 "(.*)", 4 "(.*)"$', sections()["anchors-alike"], re.MULTILINE)
    found = {
        sign: [
            p.mistake.code for p in check_anchors({3: Text(plain=lower), 4: Text(plain=upper)}, (), "q", SeenAnchors())
        ]
        for sign, lower, upper in pairs
    }
    assert found == {"not": ["anchors-alike"], "but": []}


def test_codes_are_lower_case_words_and_sentences_have_no_full_stop() -> None:
    for rule in rules.ALL:
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.code)
        assert not rule.message.endswith(".")
        assert rule.hint
        assert not rule.hint.endswith(".")
