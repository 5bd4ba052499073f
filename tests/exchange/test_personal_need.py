"""Need assessments as files: what is written is read back, and whatever else a file holds is named, never obeyed."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from hiringkit.domain.need import Budget, ConditionAnswer, NeedAssessment, Readiness, SignAnswer
from hiringkit.domain.role import Compensation
from hiringkit.domain.rubric import Frequency, Need, Precondition, RubricRef, Sign
from hiringkit.exchange.personal import format_need, need_id, parse_need
from hiringkit.text.language import Text

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
PATH = Path("somewhere/x-1.need.json")
NEED = Need(
    (Precondition("budget", Text("Money.")), Precondition("scale", Text(en="Growth.", zh="增长。"))),
    (Sign("late", Text("Late."), Text("In time.")),),
)
WHOLE = NeedAssessment(
    id="x-1",
    rubric=RubricRef("x", "1.0.0", "sha256:0"),
    title=Text(en="X", zh="某职位"),
    need=NEED,
    started_at=AT,
    changed_at=AT,
    compensation=Compensation("EUR", 50_000, 70_000),
    organisation="Acme",
    budget=Budget(80_000, 25),
    preconditions={"budget": ConditionAnswer(None, "agreed"), "scale": ConditionAnswer(Readiness.MET)},
    signs={"late": SignAnswer(Frequency.OFTEN, "每个季度")},
)


def content(**changes: Any) -> dict[str, Any]:
    """Return the whole file as plain values, with changes to its keys; None takes a key away."""
    whole: dict[str, Any] = json.loads(format_need(WHOLE)) | changes
    return {key: value for key, value in whole.items() if value is not None}


def parse(value: object) -> tuple[NeedAssessment | None, list[tuple[str, str]]]:
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    found, findings = parse_need(data, PATH)
    return found, [(each.code, each.path) for each in findings]


def test_what_is_written_is_read_back() -> None:
    assert parse_need(format_need(WHOLE), PATH) == (WHOLE, ())
    assert "每个季度" in format_need(WHOLE).decode(), "for people too"
    assert need_id(PATH) == "x-1"


def test_a_sum_whose_on_costs_are_still_to_come_is_read_back() -> None:
    open_one = evolve(WHOLE, budget=None, spend=80_000.0)
    assert parse_need(format_need(open_one), PATH) == (open_one, ())


def test_a_file_cut_off_anywhere_is_a_finding() -> None:
    data = format_need(WHOLE)
    for end in range(0, len(data) - 2, 7):
        found, findings = parse_need(data[:end], PATH)
        assert found is None
        assert findings[0].code in ("json-syntax", "encoding")


@pytest.mark.parametrize("header", ["need/2", "attempt/1", "", 1, None])
def test_another_version_or_kind_of_file_is_said_to_be_one(header: object) -> None:
    found, findings = parse_need(json.dumps(content(hiringkit=header)).encode(), PATH)
    assert found is None
    assert (findings[0].code, findings[0].path) == ("header", "$.hiringkit")
    assert "newer" in findings[0].hint


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"rubric": None}, "$.rubric"),
        ({"rubric": "x"}, "$.rubric"),
        ({"title": 3}, "$.title"),
        ({"need": []}, "$.need"),
        ({"need": {"signs": [{"id": "late"}]}}, "$.need.signs[0].text"),
        ({"organisation": ["Acme"]}, "$.organisation"),
        ({"started_at": "yesterday"}, "$.started_at"),
        ({"changed_at": 1767000000}, "$.changed_at"),
        ({"budget": 80_000}, "$.budget"),
        ({"spend": "80000"}, "$.spend"),
        ({"preconditions": []}, "$.preconditions"),
        ({"preconditions": {"scale": "met"}}, "$.preconditions.scale"),
        ({"preconditions": {"scale": {"answer": "perhaps"}}}, "$.preconditions.scale.answer"),
        ({"preconditions": {"scale": {"answer": "met", "note": 3}}}, "$.preconditions.scale.note"),
        ({"signs": {"late": {"how_often": "weekly"}}}, "$.signs.late.how_often"),
        ({"signs": {"late": {"how_often": "often", "seen_by": "me"}}}, "$.signs.late.seen_by"),
        ({"begun": "2026"}, "$.begun"),
    ],
)
def test_a_key_that_is_unknown_missing_or_of_another_type_is_named(changes: dict[str, Any], path: str) -> None:
    found, findings = parse(content(**changes))
    assert found is None
    ((code, place),) = findings
    assert code == "record-value"
    assert path.startswith(place.rsplit(".", 1)[0])


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"preconditions": {"foundations": {"answer": "met"}}}, "$.preconditions.foundations"),
        ({"signs": {"lost": {"how_often": "often"}}}, "$.signs.lost"),
        ({"budget": {"per_year": -1, "on_cost_percent": 25}}, "$.budget.per_year"),
        ({"budget": {"per_year": 1, "on_cost_percent": -100}}, "$.budget.on_cost_percent"),
        ({"budget": {"per_year": 1, "on_cost_percent": 1001}}, "$.budget.on_cost_percent"),
        ({"spend": -1}, "$.spend"),
        ({"compensation": {"currency": "EUR", "low": 0, "high": 1}}, "$.compensation"),
        ({"compensation": {"currency": "EUR", "low": 2, "high": 1}}, "$.compensation"),
        ({"need": {}}, "$.need"),
    ],
)
def test_what_the_program_never_writes_is_not_reckoned_with(changes: dict[str, Any], path: str) -> None:
    found, findings = parse(content(**changes))
    assert found is None
    assert findings == [("record-value", path)]


@pytest.mark.parametrize("figure", ["1e999", "-1e999", "NaN", "Infinity", "9" * 400])
def test_a_figure_that_is_not_finite_is_refused(figure: str) -> None:
    data = json.dumps(content(budget={"per_year": 12345, "on_cost_percent": 25})).replace("12345", figure)
    found, findings = parse(data.encode())
    assert found is None
    assert findings[0][0] in ("record-value", "json-syntax")


def test_hostile_text_is_cleaned_wherever_it_stands() -> None:
    hostile = "<script>\x1b]0;x\x07\u202e=cmd|' /C calc'!A0"
    changes = {
        "organisation": hostile,
        "title": {"plain": hostile},
        "rubric": {"id": hostile, "version": hostile, "digest": hostile},
        "preconditions": {"scale": {"answer": "met", "note": hostile}},
        "signs": {"late": {"how_often": "often", "evidence": hostile}},
    }
    found, _findings = parse(content(**changes))
    assert found
    for text in (found.organisation, found.title.plain, found.preconditions["scale"].note, found.rubric.id):
        assert "<script>" in text, "what people wrote stays readable"
        assert not set(text) & {"\x1b", "\x07", "\u202e"}


def test_a_hostile_key_is_cleaned_in_the_finding() -> None:
    _found, findings = parse_need(json.dumps(content(**{"\x1b[2J" * 200: 1})).encode(), PATH)
    assert "\x1b" not in str(findings[0])
    assert len(findings[0].path) <= 200


def test_an_answer_of_100_kilobytes_is_kept_whole() -> None:
    long = "证据 evidence " * 8_000
    large = evolve(WHOLE, signs={"late": SignAnswer(Frequency.ALWAYS, long.strip())})
    data = format_need(large)
    assert len(data) > 100_000
    assert parse_need(data, PATH) == (large, ())


def places(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Yield the place of every value in a document."""
    if path:
        yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in items:
        yield from places(each, (*path, key))


def replaced(value: Any, path: tuple[str | int, ...], new: object) -> Any:
    """Return a document with another value in one place."""
    if not path:
        return new
    head, *rest = path
    copy: Any = dict(value) if isinstance(value, dict) else list(value)
    copy[head] = replaced(value[head], tuple(rest), new)
    return copy


@pytest.mark.parametrize("wrong", [None, True, 3, -1, 10**400, 0.5, "", "\x00", [], [[]], {}, {"x": 1}])
def test_any_value_in_any_place_is_taken_or_named(wrong: object, judge_need: Callable[[NeedAssessment], None]) -> None:
    whole = content()
    for path in places(whole):
        found, findings = parse(replaced(whole, path, wrong))
        assert (found is None) == bool(findings), path
        if found:
            judge_need(found)


def test_an_assessment_of_before_tools_and_counts_still_opens() -> None:
    old = content()
    assert set(old["budget"]) == {"per_year", "on_cost_percent"}
    assert set(old["need"]["signs"][0]) == {"id", "text", "remedy"}
    found, findings = parse(old)
    assert (found, findings) == (WHOLE, [])
    assert found
    assert found.need.signs[0].at_least is Frequency.OFTEN
    assert parse(content(budget={"per_year": 1, "on_cost_percent": 0, "tools_cost": -1}))[1] == [
        ("record-value", "$.budget.tools_cost")
    ]
