"""What a score rests on."""

from collections.abc import Callable

import pytest

from hiringkit.actions.audit import Actor
from hiringkit.actions.evidence import evidence_behind
from hiringkit.actions.interviews import rate, submit
from hiringkit.errors import Refused
from hiringkit.store.store import Store


def test_a_score_rests_on_statements_and_disagreement_is_told(
    begun: Store, recruiter: Actor, acting: Callable[[str], Actor]
) -> None:
    with pytest.raises(Refused, match="hidden until"):
        evidence_behind(begun, acting("ivy"), "som", "ada")
    rate(begun, recruiter, "som/ada/ivy", "bottlenecks", value=4)
    rate(begun, recruiter, "som/ada/ivy", "forecast-miss", value=3)
    submit(begun, recruiter, "som/ada/ivy")
    ground = next(g for g in evidence_behind(begun, acting("ivy"), "som", "ada") if "process" in g.criterion.id)
    assert ground.means == {"ivy": 4.0, "joe": 2.0}
    assert ground.disagreement
    assert [(s.interviewer.id, s.question, s.value, s.evidence) for s in ground.statements] == [
        ("ivy", "bottlenecks", 4, ""),
        ("joe", "bottlenecks", 2, "waited 6 days"),
    ]
