"""Variants: a rubric that is another one but for what its file gives."""

from pathlib import Path

import pytest

from hiringkit.domain.finding import Finding
from hiringkit.errors import FindingsError
from hiringkit.library.catalog import Library
from hiringkit.library.documents import parse_rubric
from hiringkit.library.review import review_paths
from hiringkit.library.yaml.write import digest_rubric, dump_rubric

VARIANT = """\
hiringkit: rubric/1
id: senior
version: 2.0.0
extends: analyst
title: {en: Senior analyst, zh: 高级分析师}
role:
  family: sales-operations
  level: senior analyst
policy:
  minimum_coverage: 0.9
criteria:
  - {id: analysis, bar: 3}
  - id: forecasting
    weight: 60
    weight_rationale: {en: Leads it, zh: 由其负责}
    required: true
    bar: 2
"""


@pytest.fixture
def library(tmp_path: Path, rubric_text: str) -> Library:
    """The analyst, and a senior one."""
    (tmp_path / "rubrics").mkdir()
    (tmp_path / "rubrics/analyst.yaml").write_text(rubric_text, encoding="utf-8")
    (tmp_path / "rubrics/senior.yaml").write_text(VARIANT, encoding="utf-8")
    return Library([tmp_path])


def write(library: Library, name: str, text: str) -> Path:
    path = library.roots[0] / "rubrics" / name
    path.write_text(text, encoding="utf-8")
    return path


def errors(library: Library, path: Path) -> list[Finding]:
    return [finding for finding in review_paths(library, [path]).findings if finding.severity == "error"]


def test_what_it_does_not_say_is_as_in_the_other(library: Library) -> None:
    parent, variant = library.load_rubric("analyst"), library.load_rubric("senior")
    assert (variant.id, variant.version, str(variant.title)) == ("senior", "2.0.0", "Senior analyst")
    assert variant.questions == parent.questions
    assert variant.scale == parent.scale
    assert variant.need == parent.need
    assert variant.policy.minimum_coverage == 0.9
    assert variant.policy.recommend == parent.policy.recommend
    assert variant.role is not None
    assert parent.role is not None
    assert variant.role.level == "senior analyst"
    assert variant.role.tasks == parent.role.tasks
    assert variant.role.compensation == parent.role.compensation
    analysis, forecasting = variant.criteria
    assert (analysis.bar, analysis.weight, analysis.required) == (3, 60, True)
    assert (forecasting.bar, forecasting.weight, forecasting.required) == (2, 60, True)
    assert forecasting.definition == parent.criteria[1].definition


def test_its_digest_is_that_of_the_whole(library: Library) -> None:
    variant = library.load_rubric("senior")
    whole, findings = parse_rubric(dump_rubric(variant))
    assert findings == ()
    assert whole == variant
    before = digest_rubric(variant)
    path = library.roots[0] / "rubrics/analyst.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("minutes: 8", "minutes: 9"), encoding="utf-8")
    assert digest_rubric(library.load_rubric("senior")) != before


def test_a_variant_may_be_extended(library: Library) -> None:
    write(
        library, "lead.yaml", VARIANT.replace("id: senior", "id: lead").replace("extends: analyst", "extends: senior")
    )
    write(library, "head.yaml", "hiringkit: rubric/1\nid: head\nversion: 1.0.0\nextends: lead\ntitle: Head\n")
    head = Library(library.roots).load_rubric("head")
    assert head.criteria[0].bar == 3
    assert head.role is not None
    assert head.role.level == "senior analyst"


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("extends: analyst", "extends: analyts", (4, 10, "unknown-reference", 'did you mean "analyst"?')),
        ("extends: analyst", "extends: senior", (4, 10, "extends-cycle", "")),
        ("{id: analysis, bar: 3}", "{id: analysys, bar: 3}", (12, 10, "unknown-reference", 'did you mean "analysis"?')),
        ("{id: analysis, bar: 3}", "{id: forecasting, bar: 3}", (13, 9, "duplicate-id", "")),
        ("{id: analysis, bar: 3}", "{id: analysis, bar: 4}", (12, 25, "off-scale", "")),
        ("{id: analysis, bar: 3}", "{id: analysis, anchors: {}}", (12, 20, "unknown-key", "")),
    ],
)
def test_a_mistake_is_named_with_its_place(
    library: Library, old: str, new: str, found: tuple[int, int, str, str]
) -> None:
    path = write(library, "senior.yaml", VARIANT.replace(old, new))
    (finding,) = errors(Library(library.roots), path)
    assert finding.location is not None
    line, column, code, hint = found
    assert (finding.location.line, finding.location.column, finding.code) == (line, column, code)
    assert hint in finding.hint
    with pytest.raises(FindingsError):
        Library(library.roots).load_rubric("senior")


def test_a_circle_is_named_at_each_of_its_rubrics(library: Library) -> None:
    bare = "hiringkit: rubric/1\nid: {}\nversion: 1.0.0\nextends: {}\ntitle: X\n"
    paths = [write(library, f"{one}.yaml", bare.format(one, other)) for one, other in ("ab", "bc", "ca")]
    found = [errors(Library(library.roots), path)[0] for path in paths]
    assert [finding.code for finding in found] == ["extends-cycle"] * 3
    assert found[0].message.endswith(": a, b, c, a")


def test_the_errors_of_what_it_extends_are_pointed_to(library: Library, rubric_text: str) -> None:
    write(library, "analyst.yaml", rubric_text.replace("bar: 2", "bar: 9"))
    (finding,) = errors(Library(library.roots), library.roots[0] / "rubrics/senior.yaml")
    assert finding.code == "parent-unusable"
    assert "analyst.yaml" in finding.hint


def test_a_gate_needs_a_bar_here_too(library: Library) -> None:
    path = write(library, "senior.yaml", VARIANT.replace("    bar: 2\n", ""))
    found = [f for f in review_paths(Library(library.roots), [path]).findings if f.code == "gate-without-bar"]
    assert [f.location.line for f in found if f.location] == [16]


def test_it_is_not_read_without_a_library() -> None:
    rubric, findings = parse_rubric(VARIANT)
    assert rubric is None
    assert [finding.code for finding in findings] == ["parent-unusable"]
