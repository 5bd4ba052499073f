"""Anchors taken apart into what can be ticked."""

import pytest

from hiringkit.text.clauses import clauses


@pytest.mark.parametrize(
    ("sentence", "parts"),
    [
        ("Names a step; says why (a tool, a person).", ("Names a step", "says why (a tool, a person)")),
        (
            "Measured steps (time, queue length) to locate it, asked the people why, and fixed one cause",
            ("Measured steps (time, queue length) to locate it", "asked the people why", "fixed one cause"),
        ),
        (
            "Leaves a standing measure with an owner, so that the next leak shows early",
            ("Leaves a standing measure with an owner, so that the next leak shows early",),
        ),
        ("Measured it. Asked 3.5 people on average.", ("Measured it", "Asked 3.5 people on average")),
        ("量过各环节（阶段停留时间、转化率）；问过原因。", ("量过各环节（阶段停留时间、转化率）", "问过原因")),
        ("量过各环节来定位瓶颈，问过该环节的人原因", ("量过各环节来定位瓶颈", "问过该环节的人原因")),
        (
            "Finds the cause; and any two of: it was removed, others look for it, its cost is known.",
            ("Finds the cause", "and any two of: it was removed, others look for it, its cost is known"),
        ),
        (
            "查明原因；另做到以下任意两项：已经消除；别人也会查；算过损失。",
            ("查明原因", "另做到以下任意两项：已经消除；别人也会查；算过损失"),
        ),
        ("Adds one of: a date; a name, or a figure.", ("Adds one of: a date; a name, or a figure",)),
        (
            "Shows it in figures, one of: a cause removed, a test",
            ("Shows it in figures", "one of: a cause removed, a test"),
        ),
        ("做出成效，有一条为证：别人在用；自己复核过。", ("做出成效", "有一条为证：别人在用；自己复核过")),
        ("", ()),
    ],
)
def test_parts_end_where_one_could_tick_them(sentence: str, parts: tuple[str, ...]) -> None:
    assert clauses(sentence) == parts
