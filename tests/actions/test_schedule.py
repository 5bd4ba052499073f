"""Interviews are planned all or none."""

import pytest

from hiringkit.actions.audit import Actor
from hiringkit.actions.openings import show_opening
from hiringkit.actions.people import (
    withdraw_candidate,
)
from hiringkit.actions.schedule import list_interviews, schedule_interviews
from hiringkit.errors import NotFound, Refused
from hiringkit.store.store import Store


@pytest.mark.slow
def test_scheduling_several_interviewers_is_all_or_none(panel: Store, recruiter: Actor) -> None:
    with pytest.raises(NotFound, match="interviewer 'jim'"):
        schedule_interviews(panel, recruiter, "som", "ada", ["ivy", "jim"], minutes=60)
    assert list_interviews(panel, recruiter, "som") == ()
    first, second = schedule_interviews(panel, recruiter, "som", "ada", ["ivy", "joe"], minutes=60)
    assert not set(first.kit) & set(second.kit)
    assert first.id == "som/ada/ivy"
    with pytest.raises(Refused, match="already"):
        schedule_interviews(panel, recruiter, "som", "ada", ["ivy"], minutes=60)


def test_without_minutes_the_kit_is_every_question_of_the_rubric(panel: Store, recruiter: Actor) -> None:
    (interview,) = schedule_interviews(panel, recruiter, "som", "bo", ["ivy"])
    assert len(interview.kit) == len(show_opening(panel, recruiter, "som").rubric.asked)


def test_the_withdrawn_are_kept_but_not_scheduled(panel: Store, recruiter: Actor) -> None:
    gone = withdraw_candidate(panel, recruiter, "som", "bo", "took another offer")
    assert gone.withdrawn_at is not None
    with pytest.raises(Refused, match="withdrawn"):
        schedule_interviews(panel, recruiter, "som", "bo", ["ivy"])
    with pytest.raises(Refused, match="already"):
        withdraw_candidate(panel, recruiter, "som", "bo", "")
