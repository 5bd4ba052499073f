"""What a debrief tells of scorecards that are still to come."""

import re
from collections.abc import Callable

from hiringkit.actions.audit import Actor
from hiringkit.actions.debriefs import debrief_opening
from hiringkit.actions.interviews import rate, submit
from hiringkit.actions.scores import ScoringOptions
from hiringkit.domain.interview import Mark
from hiringkit.domain.profile import Method
from hiringkit.report.render.text import render
from hiringkit.report.views.debrief import debrief_report
from hiringkit.store.store import Store


def test_how_far_a_colleagues_draft_is_is_told_to_those_who_may_know(
    begun: Store, recruiter: Actor, acting: Callable[[str], Actor]
) -> None:
    rate(begun, recruiter, "som/bo/joe", "bottlenecks", value=3)
    rate(begun, recruiter, "som/bo/joe", "forecast-miss", value=Mark.NOT_ASSESSED)
    submit(begun, recruiter, "som/bo/joe")
    options = ScoringOptions(method=Method.OBSERVED)

    def told(reader: Actor) -> tuple[int | None, str]:
        made = debrief_opening(begun, reader, "som", options, candidate_id="bo")
        (draft,) = (each for each in made.interviews if each.id == "som/bo/ivy")
        return draft.rated, render(debrief_report(made, "en"), "table", width=200)

    rated, page = told(recruiter)
    assert rated == 1
    assert "Ivy on Bo (1 of 2 questions)" in page
    assert "1 of 2 questions rated" in page
    rated, page = told(acting("joe"))
    assert rated is None
    assert re.search(r"Ivy on Bo$", page, re.MULTILINE)
    assert [line.split()[-1] for line in page.splitlines() if "not yet in" in line] == ["started"]
    assert "questions rated" not in page
