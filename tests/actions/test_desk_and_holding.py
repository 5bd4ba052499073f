"""What waits, where an interview goes on, what submitting means, what scores rest on, and other weights."""

from collections.abc import Callable

import pytest

from hiringkit.actions.audit import Actor
from hiringkit.actions.comparisons import compare_opening, hide_names
from hiringkit.actions.evidence import grounds_of
from hiringkit.actions.interviews import Lock, go_to, rate, review_interview, sit_down, submit
from hiringkit.actions.openings import close_opening, look_at_desk
from hiringkit.actions.people import withdraw_candidate
from hiringkit.actions.schedule import schedule_interviews
from hiringkit.actions.scores import ScoringOptions
from hiringkit.domain.interview import Mark
from hiringkit.domain.profile import Opinion
from hiringkit.errors import Refused, UsageProblem
from hiringkit.report.render.text import render
from hiringkit.report.views.documents import profile_document
from hiringkit.report.views.profile import profile_report
from hiringkit.store.store import Store

AT = "som/ada/ivy"
KIT = ("bottlenecks", "forecast-miss")


@pytest.fixture
def held(panel: Store, recruiter: Actor) -> Store:
    """Ivy and Joe interview Ada and Bo on two questions; Joe's scorecard of Ada is in, Ivy has begun with Bo."""
    for candidate in ("ada", "bo"):
        schedule_interviews(panel, recruiter, "som", candidate, ["ivy", "joe"], questions=KIT)
    rate(panel, recruiter, "som/ada/joe", "bottlenecks", value=2, evidence="waited 6 days")
    rate(panel, recruiter, "som/ada/joe", "forecast-miss", value=Mark.NO_EVIDENCE)
    submit(panel, recruiter, "som/ada/joe")
    rate(panel, recruiter, "som/bo/ivy", "bottlenecks", value=5)
    return panel


def test_a_desk_shows_progress_and_what_was_begun_first(held: Store, recruiter: Actor) -> None:
    desk = look_at_desk(held, recruiter)
    assert desk.me is None
    (progress,) = desk.openings
    assert (progress.candidates, progress.planned, progress.submitted, progress.outstanding) == (2, 4, 1, 3)
    assert [each.interview.id for each in desk.waiting] == ["som/bo/ivy", "som/ada/ivy", "som/bo/joe"]


def test_only_ones_own_interviews_wait_for_an_interviewer(held: Store, acting: Callable[[str], Actor]) -> None:
    desk = look_at_desk(held, acting("JOE@firm.example"))
    assert desk.me is not None
    assert [each.interview.id for each in desk.waiting] == ["som/bo/joe"]


def test_nothing_waits_for_the_withdrawn_nor_where_all_is_closed(held: Store, recruiter: Actor) -> None:
    withdraw_candidate(held, recruiter, "som", "bo", "moved")
    assert [each.interview.id for each in look_at_desk(held, recruiter).waiting] == ["som/ada/ivy"]
    close_opening(held, recruiter, "som")
    assert look_at_desk(held, recruiter).waiting == ()


def test_one_sits_down_where_one_was(held: Store, recruiter: Actor) -> None:
    assert sit_down(held, recruiter, AT).begin_at == 0
    go_to(held, recruiter, AT, "forecast-miss")
    assert sit_down(held, recruiter, AT).begin_at == 1


def test_it_says_why_an_interview_takes_no_ratings(
    held: Store, recruiter: Actor, acting: Callable[[str], Actor]
) -> None:
    assert sit_down(held, recruiter, AT).lock is Lock.OPEN
    assert sit_down(held, acting("ivy"), AT).lock is Lock.OPEN
    assert sit_down(held, acting("joe"), AT).lock is Lock.NOT_YOURS
    assert sit_down(held, acting("joe"), "som/ada/joe").lock is Lock.SUBMITTED
    close_opening(held, recruiter, "som")
    assert sit_down(held, recruiter, AT).lock is Lock.CLOSED


def test_a_review_says_what_is_missing_and_who_will_see_it(held: Store, acting: Callable[[str], Actor]) -> None:
    ivy = acting("ivy")
    review = review_interview(held, ivy, AT)
    assert (review.missing, review.blocked, review.coverage, review.enough) == (KIT, True, 0.0, False)
    assert [person.id for person in review.readers] == ["joe"]
    rate(held, ivy, AT, "bottlenecks", value=4)
    rate(held, ivy, AT, "forecast-miss", value=3, evidence="said so")
    review = review_interview(held, ivy, AT)
    assert (review.missing, review.bare, review.coverage, review.enough) == ((), ("bottlenecks",), 1.0, True)
    assert [person.id for person in review_interview(held, ivy, "som/bo/ivy").later] == ["joe"]


def test_a_score_rests_on_statements_and_disagreement_is_told(
    held: Store, recruiter: Actor, acting: Callable[[str], Actor]
) -> None:
    with pytest.raises(Refused, match="hidden until"):
        grounds_of(held, acting("ivy"), "som", "ada")
    rate(held, recruiter, AT, "bottlenecks", value=4)
    rate(held, recruiter, AT, "forecast-miss", value=3)
    submit(held, recruiter, AT)
    ground = next(g for g in grounds_of(held, acting("ivy"), "som", "ada") if "process" in g.criterion.id)
    assert ground.means == {"ivy": 4.0, "joe": 2.0}
    assert ground.disagreement
    assert [(s.interviewer.id, s.question, s.value, s.evidence) for s in ground.statements] == [
        ("ivy", "bottlenecks", 4, ""),
        ("joe", "bottlenecks", 2, "waited 6 days"),
    ]


def test_other_weights_change_the_comparison_and_nothing_else(held: Store, recruiter: Actor) -> None:
    def overall(weights: dict[str, float] | None = None) -> float | None:
        compared = compare_opening(held, recruiter, "som", ScoringOptions(), weights=weights)
        return next(p for p in compared.profiles if p.candidate == "ada").overall.coverage

    before = overall()
    assert overall({"process-improvement": 1000.0}) != before
    assert overall() == before
    for weights in ({"forecasting": -1.0}, dict.fromkeys(_criteria(held, recruiter), 0.0)):
        with pytest.raises(UsageProblem):
            overall(weights)


def _criteria(store: Store, actor: Actor) -> list[str]:
    return [c.id for c in sit_down(store, actor, AT).view.rubric.criteria]


def test_hidden_names_leave_no_name_and_no_id(held: Store, recruiter: Actor) -> None:
    compared = compare_opening(held, recruiter, "som", ScoringOptions())
    hidden = hide_names(compared, {"ada": "Candidate 1", "bo": "Candidate 2"})
    assert "ada" not in str(hidden).lower().replace("canada", "")
    assert [p.candidate for p in hidden.profiles] == ["Candidate 1", "Candidate 2"]
    assert [p.panel for p in hidden.profiles] == [(), ()]


def test_a_profile_has_what_each_interviewer_recommended(held: Store, recruiter: Actor) -> None:
    for question in KIT:
        rate(held, recruiter, AT, question, value=4)
    submit(held, recruiter, AT, recommendation="yes", summary="clear answers")
    compared = compare_opening(held, recruiter, "som", ScoringOptions())
    ada = next(p for p in compared.profiles if p.candidate == "ada")
    assert set(ada.panel) == {Opinion("ivy", "yes", "clear answers"), Opinion("joe", "", "")}
    report = profile_report(compared, "ada")
    assert "clear answers" in render(report)
    told = {"interviewer": "ivy", "recommendation": "yes", "reason": "clear answers"}
    assert told in profile_document(compared, ada)["profile"]["panel"]


def test_nobody_who_owes_a_scorecard_sees_what_others_recommended(held: Store, acting: Callable[[str], Actor]) -> None:
    compared = compare_opening(held, acting("ivy"), "som", ScoringOptions())
    assert all(profile.panel == () for profile in compared.profiles)
