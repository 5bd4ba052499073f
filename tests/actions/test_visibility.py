"""Nobody learns others' opinion of a candidate before giving their own."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import hiringkit.actions
from hiringkit.actions.audit import Actor
from hiringkit.actions.comparisons import compare_opening, profile_candidate
from hiringkit.actions.interviews import rate, submit
from hiringkit.actions.openings import show_opening
from hiringkit.actions.schedule import list_interviews, schedule_interviews, show_interview
from hiringkit.actions.scores import ScoringOptions
from hiringkit.domain.profile import Method
from hiringkit.errors import Refused
from hiringkit.store.store import Store

KIT = ("bottlenecks", "forecast-miss")
OBSERVED = ScoringOptions(method=Method.OBSERVED)


def give(store: Store, actor: Actor, candidate: str, interviewer: str, levels: tuple[int, int]) -> None:
    """Schedule where needed, rate both questions and submit."""
    for question, level in zip(KIT, levels, strict=True):
        rate(store, actor, f"som/{candidate}/{interviewer}", question, value=level)
    submit(store, actor, f"som/{candidate}/{interviewer}")


@pytest.fixture
def rated(panel: Store, recruiter: Actor) -> Store:
    """Joe has rated both candidates; Ivy owes both scorecards."""
    for candidate in ("ada", "bo"):
        schedule_interviews(panel, recruiter, "som", candidate, ["ivy", "joe"], questions=KIT)
    give(panel, recruiter, "ada", "joe", (5, 5))
    give(panel, recruiter, "bo", "joe", (2, 2))
    return panel


@pytest.mark.slow
def test_a_recruiter_sees_what_is_submitted(rated: Store, recruiter: Actor) -> None:
    comparison = compare_opening(rated, recruiter, "som", OBSERVED)
    assert [p.candidate for p in comparison.profiles] == ["ada", "bo"]
    assert comparison.profiles[0].overall.score == pytest.approx(5)


def test_who_owes_a_scorecard_sees_neither_score_nor_rank_nor_order(
    rated: Store, acting: Callable[[str], Actor]
) -> None:
    comparison = compare_opening(rated, acting("ivy@firm.example"), "som", OBSERVED)
    assert comparison.profiles == ()
    assert comparison.counts.ratings == 0
    assert comparison.interviewers == () or all(e.ratings == 0 for e in comparison.interviewers)
    hidden = comparison.findings[0]
    assert hidden.code == "hidden-until-submitted"
    assert "Ada, Bo" in hidden.message


@pytest.mark.slow
def test_the_hidden_are_named_in_the_order_of_adding_not_of_score(
    rated: Store, recruiter: Actor, acting: Callable[[str], Actor]
) -> None:
    give(rated, recruiter, "bo", "ivy", (5, 5))
    shown = compare_opening(rated, acting("ivy"), "som", OBSERVED)
    assert [p.candidate for p in shown.profiles] == ["bo"]
    assert shown.profiles[0].rank.position == 1
    assert shown.counts.ratings == 4


@pytest.mark.slow
def test_a_rating_alone_opens_nothing_only_the_scorecard_does(rated: Store, acting: Callable[[str], Actor]) -> None:
    ivy = acting("ivy")
    rate(rated, ivy, "som/ada/ivy", "bottlenecks", value=3)
    assert compare_opening(rated, ivy, "som", OBSERVED).profiles == ()
    rate(rated, ivy, "som/ada/ivy", "forecast-miss", value=3)
    submit(rated, ivy, "som/ada/ivy")
    assert [p.candidate for p in compare_opening(rated, ivy, "som", OBSERVED).profiles] == ["ada"]


@pytest.mark.slow
def test_a_profile_is_refused_until_the_own_scorecard_is_in(rated: Store, acting: Callable[[str], Actor]) -> None:
    with pytest.raises(Refused, match="hidden until your own scorecard"):
        profile_candidate(rated, acting("IVY@firm.example"), "som", "ada", OBSERVED)


@pytest.mark.slow
@pytest.mark.parametrize("who", ["ivy", "ivy@firm.example"])
def test_anothers_interview_shows_its_state_and_nothing_else(
    rated: Store, acting: Callable[[str], Actor], who: str
) -> None:
    seen = show_interview(rated, acting(who), "som/ada/joe").interview
    assert seen.ratings == ()
    assert seen.scorecards == ()
    assert seen.state == "submitted"
    listed = list_interviews(rated, acting(who), "som")
    assert all(i.ratings == () for i in listed if i.interviewer == "joe")
    opened = show_opening(rated, acting(who), "som")
    assert all(i.scorecards == () for i in opened.interviews if i.interviewer == "joe")


@pytest.mark.slow
def test_a_draft_is_nobody_elses_business(rated: Store, recruiter: Actor, acting: Callable[[str], Actor]) -> None:
    rate(rated, recruiter, "som/ada/ivy", "bottlenecks", value=1, evidence="draft")
    assert show_interview(rated, acting("joe"), "som/ada/ivy").interview.ratings == ()
    assert show_interview(rated, acting("ivy"), "som/ada/ivy").interview.rating("bottlenecks").value == 1


def test_an_amended_scorecard_does_not_close_the_view_again(rated: Store, acting: Callable[[str], Actor]) -> None:
    assert show_interview(rated, acting("joe"), "som/ada/joe").interview.rating("bottlenecks").value == 5
    assert [p.candidate for p in compare_opening(rated, acting("joe"), "som", OBSERVED).profiles] == ["ada", "bo"]


# The gate: whoever reads ratings in actions/ has them from actions/visibility.py

ACTIONS = sorted(Path(hiringkit.actions.__file__).parent.glob("*.py"))
WITHOUT_RATINGS = {
    "add_scorecard",
    "cancel",
    "has_seen",
    "holds_more_than_its_kit",
    "add_question",
    "asked",
    "ids",
    "ids_of",
    "insert",
    "opening_of",
    "others_submitted",
    "place",
    "plan",
    "plans",
    "plans_of",
    "put_rating",
    "put_text",
    "remove",
    "reschedule",
    "revision",
    "seconds",
    "set_place",
    "set_seconds",
    "set_seen",
}
"""What may be called of `store.interviews` anywhere: it writes, or returns nothing that somebody rated."""

GATE = {"visibility.py", "opened_cards.py"}
"""An opened card has a store of its own, in which there is one interview: that of whoever fills it in."""


def past_the_gate(source: str) -> Iterator[str]:
    """Yield each way in which a module could read ratings by itself."""
    tree = ast.parse(source)
    named = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names if each.name.startswith("hiringkit.store"))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("hiringkit.store"):
            for each in node.names:
                if each.name in {"ratings", "tables", "*"} or node.module in {
                    f"hiringkit.store.{module}" for module in ("ratings", "tables", "interviews")
                }:
                    yield f"{node.module}.{each.name}"
                elif each.name == "interviews":
                    named.add(each.asname or each.name)
    called = [node for node in ast.walk(tree) if isinstance(node, ast.Attribute)]
    for node in called:
        if isinstance(node.value, ast.Name) and node.value.id in named and node.attr not in WITHOUT_RATINGS:
            yield f"interviews.{node.attr}"
        if node.attr in {"execute", "scalar", "scalars", "exec_driver_sql"}:
            yield f".{node.attr}"


@pytest.mark.parametrize("path", [each for each in ACTIONS if each.name not in GATE], ids=lambda p: str(p.name))
def test_no_action_reads_ratings_past_the_gate(path: Path) -> None:
    assert list(past_the_gate(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "source",
    [
        "from hiringkit.store import ratings",
        "from hiringkit.store.ratings import submitted",
        "import hiringkit.store.ratings",
        "from hiringkit.store import interviews as held\nheld.of_opening(tx, 'som')",
        "from hiringkit.store.interviews import find",
        "from hiringkit.store import tables as t",
        "tx.execute(query)",
    ],
)
def test_a_new_reader_past_the_gate_would_be_found(source: str) -> None:
    assert list(past_the_gate(source))


def test_the_rule_and_its_sentences_stand_once() -> None:
    for words in ("until your own scorecard is submitted", "owed_candidates(", '} is closed"'):
        places = [
            path.name for path in ACTIONS for line in path.read_text(encoding="utf-8").splitlines() if words in line
        ]
        assert set(places) <= {"visibility.py", "lookup.py"}, words
