"""The one table of keys: ids, help, palette, footer, and keys of one's own."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from hiringkit.errors import UsageProblem
from hiringkit.store.store import Store
from hiringkit.tui.app import HiringKitApp
from hiringkit.tui.dialogs.ask import Ask
from hiringkit.tui.dialogs.confirm import Confirm
from hiringkit.tui.help import INTRODUCTIONS, HelpScreen
from hiringkit.tui.home import HomeScreen
from hiringkit.tui.interview.notes import NotesScreen
from hiringkit.tui.interview.review import ReviewScreen
from hiringkit.tui.interview.screen import InterviewScreen
from hiringkit.tui.keys import ANYWHERE, KEYS, LEVELS, SCREENS, TABLES, check_keymap, keys_of
from hiringkit.tui.opening.decision import DecisionScreen
from hiringkit.tui.opening.profile import ProfileScreen
from hiringkit.tui.opening.screen import OpeningScreen
from hiringkit.tui.opening.split import SplitScreen
from hiringkit.tui.palette import KeyProvider
from hiringkit.tui.report import ReportScreen
from hiringkit.tui.screen import AppScreen
from hiringkit.tui.self.attempt import AttemptScreen
from hiringkit.tui.self.practice import PracticeScreen
from hiringkit.tui.self.screen import OwnScreen
from hiringkit.tui.self.ticks import TickList
from hiringkit.tui.self.together import TogetherScreen
from hiringkit.tui.widgets.listing import Listing

Hand = Any
Play = Callable[..., None]
CLASSES: dict[str, tuple[type, ...]] = {
    "home": (HomeScreen,),
    "opening": (OpeningScreen,),
    "interview": (InterviewScreen,),
    "notes": (NotesScreen,),
    "review": (ReviewScreen,),
    "profile": (ProfileScreen,),
    "split": (SplitScreen,),
    "decision": (DecisionScreen,),
    "help": (HelpScreen,),
    "own": (OwnScreen,),
    "answer": (AttemptScreen,),
    "practice": (PracticeScreen,),
    "together": (TogetherScreen,),
    "report": (ReportScreen,),
    "list": (Listing,),
    "dialog": (Confirm,),
    "ticks": (TickList,),
    "anywhere": (AppScreen,),
}


def test_every_key_has_an_id_of_its_own_a_label_and_help() -> None:
    assert Counter(key.id for key in KEYS).most_common(1)[0][1] == 1
    for key in KEYS:
        assert key.label
        assert key.help.endswith(".")
        assert key.screen in CLASSES


@pytest.mark.parametrize("screen", [screen for screen in SCREENS if screen not in {TABLES, "dialog", "ticks"}])
def test_no_two_keys_of_a_screen_are_the_same(screen: str) -> None:
    used = Counter(each for key in {*keys_of(screen), *keys_of(ANYWHERE)} for each in key.keys.split(","))
    known = ["escape"] if screen == "interview" else []
    assert [name for name, times in used.items() if times > 1] == known


SAME = (
    {"next", "down", "next_criterion", "scroll on"},
    {"previous", "up", "scroll back"},
    {"reason", "answer", "note"},  # what is typed
    {"nothing to tell", "skip", "abstain"},  # no level
    {"hide names", "anchors"},  # hide or show
    {"submit", "seal"},
    {"yes", "met", "keep", "import"},
    {"not assessed", "not met", "new"},
    {"prepare", "in progress"},
)
"""What a letter may be called in different places. The last three are answers (y, n, p), as the prompts take them."""


@pytest.mark.slow
def test_a_letter_means_the_same_in_every_place() -> None:
    called: dict[str, set[str]] = {}
    for key in KEYS:
        for name in key.keys.split(","):
            if len(name) == 1 and name.isalpha():
                called.setdefault(name, set()).add(key.label)
    differ = {name: labels for name, labels in called.items() if len(labels) > 1}
    assert {name: labels for name, labels in differ.items() if not any(labels <= same for same in SAME)} == {}


def test_no_key_of_the_interview_is_text() -> None:
    for key in keys_of("interview"):
        for name in key.keys.split(","):
            assert len(name) > 1
            assert name not in {"space", "enter", "tab", "backspace", "delete", "left", "right", "up", "down"}


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.id)
def test_every_key_does_something_that_is_there(key: Any) -> None:
    name = key.action.partition("(")[0]
    if name.startswith("app."):
        assert callable(getattr(HiringKitApp, f"action_{name.removeprefix('app.')}"))
        return
    for owner in CLASSES[key.screen]:
        assert callable(getattr(owner, f"action_{name}"))


def test_every_binding_of_every_screen_comes_out_of_the_table() -> None:
    known = {key.id for key in KEYS}
    ours = [
        HomeScreen,
        OpeningScreen,
        InterviewScreen,
        ReviewScreen,
        ProfileScreen,
        HelpScreen,
        Listing,
        Confirm,
        Ask,
        AppScreen,
    ]
    for owner in ours:
        for binding in owner.__dict__.get("BINDINGS", ()):
            assert binding.id in known


@pytest.mark.slow
def test_every_key_of_a_screen_is_in_its_palette_and_its_help(play: Play, demo: Store) -> None:
    async def script(hand: Hand) -> None:
        for keys, screen in (((), "home"), (("enter",), "interview"), (("ctrl+s",), "review")):
            await hand.press(*keys)
            await check(hand, screen)
        await hand.press("escape", "ctrl+t", "c")
        await check(hand, "opening")
        await hand.press("5")
        await check(hand, "opening", tab_only=True)
        await hand.press("3", "enter")
        await check(hand, "profile")

    async def check(hand: Hand, screen: str, *, tab_only: bool = False) -> None:
        offered = {key.id for key in hand.screen.offered()}
        expected = {key.id for key in keys_of(screen, ANYWHERE)}
        hidden = {i for i in expected - offered if not i.startswith(("interview-", "anywhere-"))}
        of_compare = ("sort", "reverse", "view", "names", "more", "less", "reset", "save", "outlook")
        compare_only = {f"opening-{word}" for word in of_compare}
        elsewhere = compare_only if tab_only else {"opening-page-down", "opening-page-up", "home-own", "home-new"}
        of_panel = {f"opening-{word}" for word in ("plan", "reassign", "schedule", "whole-plan")}
        of_panel |= {"opening-raters", "opening-agreement"}  # of the interviewers
        assert hidden <= {*elsewhere, *of_panel}
        provider = KeyProvider(hand.screen)
        shown = [hit.text async for hit in provider.discover()]
        assert len(shown) == len(offered)
        assert len([hit async for hit in provider.search("keys")]) >= 1
        assert screen in INTRODUCTIONS
        await hand.press("f1")
        page = hand.screen.query_one("#help").plain
        for key in keys_of(screen, ANYWHERE):
            if key.id in offered:
                assert key.help.split(" ")[0] in page
        await hand.press("escape")

    play(demo, script, size=(120, 60), who="marcus")


@pytest.mark.slow
def test_the_palette_does_what_it_names(play: Play, demo: Store) -> None:
    async def script(hand: Hand) -> None:
        await hand.press("ctrl+p", *"other list")
        await hand.until("other list (Tab)")
        await hand.press("enter", "enter")
        await hand.until("[1 Candidates]")

    play(demo, script)


@pytest.mark.slow
def test_only_levels_of_the_scale_are_offered(play: Play, demo: Store) -> None:
    async def script(hand: Hand) -> None:
        await hand.press("enter")
        rates = [key.id for key in hand.screen.offered() if key.id.startswith("interview-rate-")]
        assert rates == [f"interview-rate-{level}" for level in range(1, 6)]
        assert len(LEVELS) == 10

    play(demo, script)


@pytest.mark.slow
def test_keys_can_be_changed_by_their_ids(play: Play, demo: Store) -> None:
    async def script(hand: Hand) -> None:
        assert "F5 compare" in hand.text or "f5 compare" in hand.text
        await hand.press("c")
        assert "[3 Compare]" not in hand.text
        await hand.press("f5")
        assert "[3 Compare]" in hand.text

    play(demo, script, keymap={"home-compare": "f5"})


def test_an_id_that_is_not_there_is_refused_with_the_nearest() -> None:
    with pytest.raises(UsageProblem, match="nothing is called 'home-compar'") as caught:
        check_keymap({"home-compar": "f5"})
    assert caught.value.hint == "did you mean 'home-compare'?"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"home-compare": "p"}, "'p' would do two things: home-compare and home-prepare"),
        ({"home-compare": "f5", "home-demo": "f5"}, "'f5' would do two things"),
        ({"home-compare": "q"}, "home-compare and anywhere-quit"),
        ({"home-compare": "j"}, "home-compare and list-down"),
        ({"anywhere-theme": "p"}, "'p' would do two things"),
        ({"interview-undo": "u"}, "is text in the interview"),
        ({"interview-undo": "space"}, "is text in the interview"),
        ({"interview-undo": "ctrl+s"}, "interview-undo and interview-review"),
        ({"home-compare": " , "}, "home-compare has no key"),
    ],
)
def test_a_key_that_would_do_two_things_is_refused(given: dict[str, str], said: str) -> None:
    with pytest.raises(UsageProblem) as caught:
        check_keymap(given)
    assert said in str(caught.value.message)
    assert caught.value.hint


def test_keys_can_be_swapped() -> None:
    swapped = {"home-compare": "p", "home-prepare": "c"}
    assert check_keymap(swapped) == swapped
    assert check_keymap({key.id: key.keys for key in KEYS}) == {key.id: key.keys for key in KEYS}
