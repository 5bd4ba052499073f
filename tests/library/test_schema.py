"""The JSON Schema and the reference of the format: generated, shipped, and of one mind with the loader."""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hiringkit.domain.finding import Finding
from hiringkit.domain.question import Question, QuestionKind
from hiringkit.library.catalog import Library
from hiringkit.library.checks import mistakes
from hiringkit.library.checks.findings import Findings
from hiringkit.library.documents import Kind, draft, parse_rubric, result_of
from hiringkit.library.lint import rules
from hiringkit.library.lint.anchors import SeenAnchors, check_anchors
from hiringkit.library.lint.protected import check_protected
from hiringkit.library.lint.questions import check_questions
from hiringkit.library.review import COMPONENTS, review_text
from hiringkit.library.schema import format_tables, schema_of, schema_text
from hiringkit.library.yaml.nodes import ListNode, MapNode, Node, ScalarNode, resolve_scalar
from hiringkit.library.yaml.parse import parse_yaml
from hiringkit.text.language import Text

Draft202012Validator: Any = import_module("jsonschema").Draft202012Validator  # it has no types of its own
HOME = Path(__file__).parents[2]
SHIPPED = HOME / "hiringkit" / "library" / "schema"
VALIDATORS = {kind: Draft202012Validator(schema_of(kind)) for kind in Kind}
SAYABLE = {
    "unknown-key", "missing-key", "wrong-type", "unknown-value", "empty-text", "empty-list", "unknown-language",
    "level-key", "id-shape", "version-shape", "currency-shape", "not-positive", "not-a-share", "levels-few",
}  # fmt: skip
"""The codes of what a schema can say; references, order and what is twice are beyond it."""


def plain(node: Node) -> Any:
    """Return a document as the loader understands its scalars."""
    match node:
        case ScalarNode():
            return resolve_scalar(node)
        case ListNode(items=items):
            return [plain(item) for item in items]
        case MapNode(values=values):
            return {key: plain(value) for key, value in values.items()}
    raise AssertionError(node)


def value_of(text: str) -> Any:
    root = parse_yaml(text, Findings("f"))
    assert root is not None
    return plain(root)


def places(kind: Kind, value: Any) -> set[str]:
    """Return where the schema finds something wrong, alternatives included."""
    found = list(VALIDATORS[kind].iter_errors(value))
    for error in found:
        found.extend(error.context or ())
    return {error.json_path for error in found}


def reported(findings: Iterable[Finding]) -> set[str]:
    """Return where the loader finds something wrong that a schema could find too."""
    return {finding.path for finding in findings if finding.code in SAYABLE}


def parent(path: str) -> str:
    return path[: max(path.rfind("."), path.rfind("["))]


@pytest.mark.parametrize("kind", Kind)
def test_the_shipped_schema_is_what_the_classes_say(kind: Kind) -> None:
    """If this fails: hiringkit rubric schema --kind KIND -o hiringkit/library/schema/KIND.json."""
    assert (SHIPPED / f"{kind}.json").read_text(encoding="utf-8") == schema_text(kind)


@pytest.mark.parametrize("kind", Kind)
def test_it_is_a_schema(kind: Kind) -> None:
    Draft202012Validator.check_schema(schema_of(kind))


@pytest.mark.parametrize("kind", Kind)
def test_no_object_takes_keys_that_it_does_not_name(kind: Kind) -> None:
    schema = schema_of(kind)
    for each in (schema, *schema["$defs"].values()):
        if "properties" in each:
            assert each["additionalProperties"] is False


@pytest.mark.parametrize("kind", Kind)
def test_everything_is_described(kind: Kind) -> None:
    schema = schema_of(kind)
    for name, each in {"top": schema, **schema["$defs"]}.items():
        assert each["description"], name
        for key, value in each.get("properties", {}).items():
            assert value["description"], (name, key)


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "folder"), [(Kind.RUBRIC, "rubrics"), (Kind.BANK, "question_banks")])
def test_check_jsonschema_accepts_every_shipped_file(kind: Kind, folder: str) -> None:
    files = sorted(map(str, (HOME / folder).rglob("*.yaml")))
    assert files
    check = [sys.executable, "-m", "check_jsonschema", "--schemafile", str(SHIPPED / f"{kind}.json"), *files]
    done = subprocess.run(check, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", sorted([*HOME.glob("rubrics/*/*.yaml"), *HOME.glob("question_banks/*/*.yaml")]))
def test_every_shipped_file_names_its_schema_by_a_path_that_leads_there(path: Path) -> None:
    first = path.read_text(encoding="utf-8").splitlines()[0]
    named = first.removeprefix("# yaml-language-server: $schema=")
    assert (path.parent / named).resolve() in {SHIPPED / f"{kind}.json" for kind in Kind}


MISTAKES = [
    pytest.param("version: 1.0.0", 'version: "1.0"', "version-shape", id="a version of two numbers"),
    pytest.param("version: 1.0.0", "version: 1.0", "wrong-type", id="a version that is a number"),
    pytest.param("version: 1.0.0\n", "", "missing-key", id="no version"),
    pytest.param("id: analyst", "id: Sales Analyst", "id-shape", id="an id with capitals"),
    pytest.param("id: analyst", f"id: {'a' * 61}", "id-shape", id="an id that is too long"),
    pytest.param("family: sales-operations", "family: Sales", "id-shape", id="a family that is no folder"),
    pytest.param("title: {en: Analyst", "title: {fr: Analyste, en: Analyst", "unknown-language", id="French"),
    pytest.param("title: {en: Analyst", 'title: {en: " "', "empty-text", id="a text of blanks"),
    pytest.param("title: {en: Analyst, zh: 分析师}", "title: {}", "empty-text", id="a text in no language"),
    pytest.param("level: analyst", "level: 3", "wrong-type", id="a number for a text"),
    pytest.param("currency: USD", "currency: usd", "currency-shape", id="a currency in small letters"),
    pytest.param("low: 90000", "low: 0", "not-positive", id="pay of nothing"),
    pytest.param("low: 90000", 'low: "90000"', "wrong-type", id="a number in quotes"),
    pytest.param("per: year", "per: week", "unknown-value", id="pay by the week"),
    pytest.param("kind: required", "kind: must", "unknown-value", id="a kind that there is not"),
    pytest.param("cadence: weekly", "cadence: [weekly]", "wrong-type", id="a list for a word"),
    pytest.param("criteria: [analysis]", "criteria: analysis", "wrong-type", id="a word for a list"),
    pytest.param("weight: 60", "weight: 0", "not-positive", id="a weight of nothing"),
    pytest.param("weight: 60", "wieght: 60", "unknown-key", id="a key with a slip"),
    pytest.param("required: true", "required: yes", "wrong-type", id="yes for true"),
    pytest.param("      1: {en: Guesses", "      one: {en: Guesses", "level-key", id="a level in words"),
    pytest.param("      1: {en: Guesses", "      01: {en: Guesses", "level-key", id="a level with a leading zero"),
    pytest.param("{analysis: 2, forecasting: 1}", "{}", "empty-list", id="a question for nothing"),
    pytest.param("{analysis: 2, forecasting: 1}", "{analysis: 0}", "not-positive", id="a question's weight of 0"),
    pytest.param("minutes: 8", "minutes: -8", "not-positive", id="minutes below nothing"),
    pytest.param("minutes: 8", "minutes: 1:30", "wrong-type", id="minutes with a colon"),
    pytest.param("kind: behavioural", "kind: behavioral", "unknown-value", id="a kind of question with a slip"),
    pytest.param("kind: behavioural", "use: [a]\n    bank: basics", "unknown-key", id="its own question and a bank's"),
    pytest.param("minimum_coverage: 0.8", "minimum_coverage: 80", "not-a-share", id="coverage in percent"),
    pytest.param("strong-yes: 2.75", "strongly-yes: 2.75", "unknown-key", id="a recommendation with a slip"),
    pytest.param("  no_evidence: exclude", "  panel: {minimum: 0}", "not-positive", id="a panel of nobody"),
    pytest.param("  no_evidence: exclude", "  notes: [required]", "wrong-type", id="a list of rules"),
    pytest.param("  no_evidence: exclude", "  prompting: probes", "unknown-value", id="a rule that there is not"),
    pytest.param(
        "    - {value: 2, label: {en: Middle, zh: 中}}\n    - {value: 3, label: {en: High, zh: 高}}\n", "",
        "levels-few", id="a scale of one level",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "code"), MISTAKES)
def test_schema_and_loader_find_the_same_mistake_in_the_same_place(
    rubric_text: str, old: str, new: str, code: str
) -> None:
    assert old in rubric_text
    broken = rubric_text.replace(old, new, 1)
    findings = parse_rubric(broken, "f")[1]
    assert code in {finding.code for finding in findings}
    found = places(Kind.RUBRIC, value_of(broken))
    for path in reported(findings):
        assert {path, parent(path)} & found, (path, found)


def test_schema_and_loader_agree_that_there_is_nothing_wrong(
    rubric_text: str, drawing_text: str, bank_text: str
) -> None:
    for kind, text in ((Kind.RUBRIC, rubric_text), (Kind.RUBRIC, drawing_text), (Kind.BANK, bank_text)):
        assert places(kind, value_of(text)) == set()
    assert parse_rubric(rubric_text)[1] == result_of(draft(bank_text, "-", Kind.BANK))[1] == ()


ODD = st.sampled_from(
    [None, "", " ", "x", "1.0.0", "no", "a-b", 0, -1, 0.5, 3, 10**30, True, [], {}, ["x"], {"en": "x"}, {"1": "x"}]
)


def branches(value: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the way to everything in a document."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [way, *(deeper for key, each in inner for deeper in branches(each, (*way, key)))]


def changed(value: Any, way: tuple[Any, ...], change: Callable[[Any, Any], None]) -> Any:
    """Return a copy of a document with one place changed."""
    copy = json.loads(json.dumps(value))
    holder = copy
    for key in way[:-1]:
        holder = holder[key]
    change(holder, way[-1])
    return copy


@pytest.mark.slow
@given(st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.parametrize("kind", Kind)
def test_whatever_is_changed_schema_and_loader_agree(
    rubric_text: str, bank_text: str, kind: Kind, data: st.DataObject
) -> None:
    value = value_of(rubric_text if kind is Kind.RUBRIC else bank_text)
    way = data.draw(st.sampled_from([way for way in branches(value) if way and way != ("hiringkit",)]))
    odd = data.draw(st.just(...) | ODD | st.tuples(st.sampled_from(["en", "zhh", "7", "bank", "id"]), ODD))

    def change(holder: Any, key: Any) -> None:
        if odd is ...:
            del holder[key]
        elif isinstance(odd, tuple) and isinstance(holder, dict):
            holder[odd[0]] = odd[1]
        else:
            holder[key] = odd

    broken = changed(value, way, change)
    findings = result_of(draft(json.dumps(broken, ensure_ascii=False), "-", kind))[1]
    assert bool(reported(findings)) is bool(places(kind, broken)), (way, odd, findings)


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
