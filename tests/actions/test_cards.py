"""Cards: handed out empty, received once, and never over what somebody else has written."""

from collections.abc import Callable
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from attrs import evolve

from hiringkit.actions.audit import Actor, audit_log, verify_audit
from hiringkit.actions.cards import CardKit, issue_card, issue_cards, receive_cards
from hiringkit.actions.dropped_questions import drop_question
from hiringkit.actions.interview_plans import cancel_interview, edit_interview
from hiringkit.actions.interviews import add_question, amend, rate, resume_interview, submit, write_text
from hiringkit.actions.openings import close_opening
from hiringkit.actions.people import remove_candidates, withdraw_candidate
from hiringkit.actions.schedule import schedule_interviews, show_interview
from hiringkit.domain.audit import Via
from hiringkit.domain.card import CardRating, CardReceipt, CardState, FilledCard
from hiringkit.domain.interview import Interview, InterviewState, InterviewText, Mark
from hiringkit.errors import HiringKitError, NotFound, Refused
from hiringkit.exchange.cards import SignedCard, format_card, parse_card
from hiringkit.store.store import Store

Acting = Callable[[str], Actor]
ADA = "som/ada/ivy"
KEYS = count(1)


def make_key() -> str:
    """Return another key each time."""
    return f"{next(KEYS):064x}"


@pytest.fixture
def planned(panel: Store, recruiter: Actor) -> Store:
    """Ivy and Joe are to ask Ada two questions; nothing is rated."""
    questions = ("bottlenecks", "forecast-miss")
    schedule_interviews(panel, recruiter, "som", "ada", ["ivy", "joe"], questions=questions)
    return panel


@pytest.fixture
def kit(planned: Store, recruiter: Actor) -> CardKit:
    """Ivy's card."""
    return issue_card(planned, recruiter, ADA, make_key=make_key)


RATED = (CardRating("bottlenecks", 4, "timed every stage", (0,)), CardRating("forecast-miss", Mark.NO_EVIDENCE))


def filled(kit: CardKit, *, minutes: int = 1, **given: Any) -> FilledCard:
    """Return what is saved from a card some minutes after it was handed out."""
    saved_at = kit.about.issued_at + timedelta(minutes=minutes)
    card = FilledCard(kit.about, CardState.SUBMITTED, saved_at, RATED, "yes", "solid on data", "asked about pay")
    return evolve(card, **given)


def signed(kit: CardKit, card: FilledCard) -> SignedCard:
    """Return a card as its file is read."""
    return parse_card(format_card(card, kit.key))


def receive(store: Store, actor: Actor, kit: CardKit, *cards: FilledCard, write: bool = True) -> list[CardReceipt]:
    """Receive cards, each as a file of its own."""
    files = [(f"{n}.hkcard.json", signed(kit, card)) for n, card in enumerate(cards)]
    return list(receive_cards(store, actor, files, write=write))


def interview(store: Store, acting: Acting, identity: str = ADA) -> Interview:
    """Return an interview as its interviewer sees it."""
    return show_interview(store, acting(identity.split("/")[2]), identity).interview


def test_a_finished_card_becomes_the_scorecard_of_its_interviewer(planned: Store, kit: CardKit, acting: Acting) -> None:
    (receipt,) = receive(planned, acting(""), kit, filled(kit))
    assert receipt.accepted, receipt.reason
    found = interview(planned, acting)
    assert found.state is InterviewState.SUBMITTED
    (card,) = found.scorecards
    assert (card.recommendation, card.summary, card.by) == ("yes", "solid on data", "ivy")
    assert [(each.value, each.evidence, each.probes) for each in card.ratings] == [
        (4, "timed every stage", (0,)),
        (Mark.NO_EVIDENCE, "", ()),
    ]
    assert not any(each.after_seeing for each in card.ratings)
    texts = resume_interview(planned, acting("ivy"), ADA).texts
    assert texts[InterviewText.NOTES] == "asked about pay"
    assert InterviewText.NOTES not in resume_interview(planned, acting("joe"), ADA).texts


def test_a_card_is_blind_although_another_scorecard_is_in(planned: Store, recruiter: Actor, acting: Acting) -> None:
    for question in ("bottlenecks", "forecast-miss"):
        rate(planned, acting("joe"), "som/ada/joe", question, value=1, evidence="word of joe")
    submit(planned, acting("joe"), "som/ada/joe", recommendation="no", summary="word of joe")
    kit = issue_card(planned, recruiter, ADA, make_key=make_key)
    assert "word of joe" not in repr(kit)
    receive(planned, Actor("recruiter:dana", recruiter.clock), kit, filled(kit))
    assert not any(each.after_seeing for each in interview(planned, acting).ratings)


def test_it_is_audited_where_it_came_from_and_without_what_it_says(
    planned: Store, kit: CardKit, recruiter: Actor
) -> None:
    receive(planned, recruiter, kit, filled(kit))
    events = {each.action: each for each in audit_log(planned, recruiter)}
    assert events["interview.card"].detail == {"card": kit.about.card}
    card = kit.about.card
    assert events["interview.submit"].detail == {"number": 1, "card": card}
    assert events["interview.receive"].detail == {"state": "submitted", "rated": 2, "card": card}
    assert {events["interview.submit"].via, events["interview.receive"].via} == {Via.CARD}
    assert "timed" not in repr(events)
    assert kit.key not in repr(events)


def test_a_draft_stays_one_and_the_same_card_goes_on(planned: Store, kit: CardKit, acting: Acting) -> None:
    first = filled(kit, state=CardState.DRAFT, ratings=(CardRating("bottlenecks", 2, "x"), CardRating("forecast-miss")))
    assert receive(planned, acting("ivy"), kit, first)[0].accepted
    found = interview(planned, acting)
    assert found.state is InterviewState.STARTED
    assert found.rating("bottlenecks").value == 2
    taken_back = filled(kit, minutes=2, state=CardState.DRAFT, ratings=(CardRating("bottlenecks"),), notes="")
    assert receive(planned, acting("ivy"), kit, taken_back)[0].accepted
    assert interview(planned, acting).rating("bottlenecks").value is None
    assert InterviewText.NOTES not in resume_interview(planned, acting("ivy"), ADA).texts
    assert receive(planned, acting("ivy"), kit, filled(kit, minutes=3))[0].accepted
    assert interview(planned, acting).rating("bottlenecks").value == 4


def test_nothing_is_received_twice_or_out_of_order(planned: Store, kit: CardKit, acting: Acting) -> None:
    draft = filled(kit, minutes=5, state=CardState.DRAFT)
    older = evolve(draft, saved_at=kit.about.issued_at, notes="older")
    receipts = receive(planned, acting(""), kit, draft, draft, older)
    assert [each.accepted for each in receipts] == [True, False, False]
    assert "received already" in receipts[1].reason
    assert "later save" in receipts[2].reason
    assert all(each.hint for each in receipts[1:])


def test_a_submitted_interview_takes_no_card(planned: Store, kit: CardKit, acting: Acting) -> None:
    receive(planned, acting(""), kit, filled(kit))
    (twice,) = receive(planned, acting(""), kit, filled(kit))
    assert "received already" in twice.reason
    (late,) = receive(planned, acting(""), kit, filled(kit, minutes=9, notes="more"))
    assert late.reason == f"{ADA!r} is submitted already"
    assert "amend" in late.hint


def _rated(store: Store, actor: Acting) -> None:
    rate(store, actor("ivy"), ADA, "bottlenecks", value=3)


def _noted(store: Store, actor: Acting) -> None:
    write_text(store, actor("ivy"), ADA, InterviewText.NOTES, "seen him before")


def _asked_more(store: Store, actor: Acting) -> None:
    add_question(store, actor("ivy"), ADA, "large-data")


def _amended(store: Store, actor: Acting) -> None:
    for question in ("bottlenecks", "forecast-miss"):
        rate(store, actor("ivy"), ADA, question, value=3)
    submit(store, actor("ivy"), ADA)
    amend(store, actor("ivy"), ADA, "bottlenecks", value=2, reason="misheard")


def _cancelled(store: Store, actor: Acting) -> None:
    cancel_interview(store, actor("recruiter:dana"), ADA, "ill")


def _withdrawn(store: Store, actor: Acting) -> None:
    withdraw_candidate(store, actor("recruiter:dana"), "som", "ada", "moved away")


def _closed(store: Store, actor: Acting) -> None:
    close_opening(store, actor("recruiter:dana"), "som")


@pytest.mark.parametrize(
    ("meanwhile", "said"),
    [
        (_rated, "written into here since"),
        (_noted, "written into here since"),
        (_asked_more, "written into here since"),
        (_amended, "submitted already"),
        (_cancelled, "cancelled: ill"),
        (_withdrawn, "withdrawn: moved away"),
        (_closed, "is closed"),
    ],
)
def test_what_has_changed_meanwhile_is_not_overwritten(
    planned: Store, kit: CardKit, acting: Acting, meanwhile: Callable[[Store, Acting], None], said: str
) -> None:
    meanwhile(planned, acting)
    before = interview(planned, acting)
    (receipt,) = receive(planned, acting(""), kit, filled(kit))
    assert not receipt.accepted
    assert said in receipt.reason
    assert receipt.hint
    assert interview(planned, acting) == before


def test_an_interview_that_was_handed_to_somebody_else_takes_no_card_of_the_former(
    planned: Store, recruiter: Actor, kit: CardKit, acting: Acting
) -> None:
    remove = issue_card(planned, recruiter, "som/ada/joe", make_key=make_key)
    cancel_interview(planned, recruiter, "som/ada/joe", "ill")
    edit_interview(planned, recruiter, ADA, interviewer="joe")
    for card in (kit, remove):
        (receipt,) = receive(planned, acting(""), card, filled(card))
        assert not receipt.accepted
    assert interview(planned, acting, "som/ada/joe/2").state is InterviewState.SCHEDULED


def test_a_candidate_with_nothing_but_a_card_out_can_be_removed(planned: Store, recruiter: Actor, kit: CardKit) -> None:
    remove_candidates(planned, recruiter, "som", ["ada"])
    (receipt,) = receive(planned, recruiter, kit, filled(kit))
    assert "not handed out from this database" in receipt.reason


def test_of_two_cards_of_one_interview_the_first_that_comes_back_counts(
    planned: Store, recruiter: Actor, kit: CardKit
) -> None:
    other = issue_card(planned, recruiter, ADA, make_key=make_key)
    assert other.about.card != kit.about.card
    assert receive(planned, recruiter, kit, filled(kit, state=CardState.DRAFT))[0].accepted
    assert "written into here" in receive(planned, recruiter, other, filled(other))[0].reason


def test_an_edited_card_and_one_with_the_head_of_another_are_refused(
    planned: Store, recruiter: Actor, kit: CardKit, acting: Acting
) -> None:
    joe = issue_card(planned, recruiter, "som/ada/joe", make_key=make_key)
    edited = format_card(filled(kit), kit.key).replace(b'"rating": 4', b'"rating": 5')
    mixed = format_card(evolve(filled(kit), about=joe.about), kit.key)
    swapped = format_card(evolve(filled(kit), about=evolve(kit.about, interview="som/ada/joe")), kit.key)
    files = [(str(n), parse_card(data)) for n, data in enumerate((edited, mixed, swapped))]
    for receipt in receive_cards(planned, recruiter, files):
        assert "edited, or put together" in receipt.reason
    assert interview(planned, acting).state is InterviewState.SCHEDULED


def test_one_that_is_refused_does_not_keep_out_the_others(planned: Store, kit: CardKit, acting: Acting) -> None:
    files: list[tuple[str, SignedCard | HiringKitError]] = [
        ("bad", NotFound("there is no file 'bad'")),
        ("good", signed(kit, filled(kit))),
    ]
    assert [each.accepted for each in receive_cards(planned, acting(""), files)] == [False, True]
    assert interview(planned, acting).state is InterviewState.SUBMITTED


def test_a_dry_run_says_the_same_and_changes_nothing(planned: Store, kit: CardKit, acting: Acting) -> None:
    before = len(audit_log(planned, acting("")))
    assert receive(planned, acting(""), kit, filled(kit), write=False)[0].accepted
    assert interview(planned, acting).state is InterviewState.SCHEDULED
    assert len(audit_log(planned, acting(""))) == before
    assert receive(planned, acting(""), kit, filled(kit))[0].accepted


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"ratings": (CardRating("bottlenecks", 9),)}, "not on the scale"),
        ({"ratings": (CardRating("bottlenecks", 3, "", (7,)),)}, "no probe 8"),
        ({"ratings": (CardRating("bottlenecks", 3, "x" * 100_001),)}, "longer than"),
        ({"ratings": (CardRating("large-data", 3),)}, "not in the kit"),
        ({"ratings": RATED[:1]}, "not yet rated: forecast-miss"),
        ({"recommendation": "maybe"}, "no recommendation"),
    ],
)
def test_what_the_card_would_not_have_saved_is_refused(
    planned: Store, kit: CardKit, acting: Acting, given: dict[str, Any], said: str
) -> None:
    (receipt,) = receive(planned, acting(""), kit, filled(kit, **given))
    assert said in receipt.reason
    assert interview(planned, acting).state is InterviewState.SCHEDULED


def test_a_question_that_was_dropped_is_not_on_the_card_and_need_not_be_rated(planned: Store, recruiter: Actor) -> None:
    drop_question(planned, recruiter, "som", "forecast-miss", reason="leaked")
    kit = issue_card(planned, recruiter, ADA, make_key=make_key)
    assert [each.id for each in kit.questions] == ["bottlenecks"]
    assert receive(planned, recruiter, kit, filled(kit, ratings=RATED[:1]))[0].accepted


@pytest.mark.parametrize("write", [_rated, _noted, _amended, _cancelled, _withdrawn, _closed])
def test_only_an_interview_that_is_not_begun_is_handed_out(
    planned: Store, recruiter: Actor, acting: Acting, write: Callable[[Store, Acting], None]
) -> None:
    write(planned, acting)
    with pytest.raises(HiringKitError):
        issue_card(planned, recruiter, ADA, make_key=make_key)


def test_all_of_an_opening_are_those_that_are_not_begun(planned: Store, recruiter: Actor, acting: Acting) -> None:
    _rated(planned, acting)
    assert [each.about.interview for each in issue_cards(planned, recruiter, "som", make_key=make_key)] == [
        "som/ada/joe"
    ]
    with pytest.raises(Refused, match="yet to be started"):
        issue_cards(planned, acting("ivy"), "som", make_key=make_key)


def test_nobody_hands_out_or_receives_anothers(planned: Store, kit: CardKit, acting: Acting) -> None:
    with pytest.raises(Refused, match="is the interview of 'ivy'"):
        issue_card(planned, acting("joe"), ADA, make_key=make_key)
    (receipt,) = receive(planned, acting("joe"), kit, filled(kit))
    assert "is the interview of 'ivy'" in receipt.reason
    with pytest.raises(NotFound):
        issue_card(planned, acting("nobody@firm.example"), ADA, make_key=make_key)


def test_the_clock_of_the_device_is_never_ahead_of_ours(planned: Store, kit: CardKit, acting: Acting) -> None:
    ahead = kit.about.issued_at + timedelta(days=400)
    receive(planned, acting(""), kit, filled(kit, ratings=tuple(evolve(each, rated_at=ahead) for each in RATED)))
    assert all(each.rated_at and each.rated_at < ahead for each in interview(planned, acting).ratings)


def test_the_audit_log_vouches_for_what_cards_brought(planned: Store, kit: CardKit, recruiter: Actor) -> None:
    draft = filled(kit, state=CardState.DRAFT, notes="first thoughts")
    whole = filled(kit, minutes=2, ratings=(CardRating("bottlenecks", 5, "counted them"), RATED[1]))
    accepted = [each.accepted for each in receive(planned, recruiter, kit, draft)]
    accepted += [each.accepted for each in receive(planned, recruiter, kit, whole)]
    assert accepted == [True, True]
    assert not verify_audit(planned).problems
