"""`ranking: off`: no command, in no format, tells a total, a rank, an order or who is ahead."""

import csv
import io
import json
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from hiringkit.actions.audit import Actor
from hiringkit.actions.closings import Choice, close_decision
from hiringkit.actions.decisions import open_decision, show_decision
from hiringkit.actions.demo import OPENING, create_demo
from hiringkit.actions.votes import reveal, vote
from hiringkit.cli.main import run
from hiringkit.library.catalog import Library
from hiringkit.settings import load_settings
from hiringkit.store.store import Store, open_store

Run = Callable[..., Any]
ADDED = ("amara", "wenjing", "tomas", "priya")
"""The demo's candidates as they were added; the third is second by score."""
SENTENCE = "This opening does not rank candidates."
WORDS = re.compile(
    r"\b(rank(s|ed)?|overall|totals?|leads|leading|regret|ahead of|first in|told apart|tell apart|"
    r"too close to call|chance best|being the best|who is best|plain means?\b(?! of)|policy: |highest mean)\b|"
    r"名次|总分|总体|领先|最佳的概率|难分",
    re.IGNORECASE,
)
ALLOWED = (
    SENTENCE,
    "本次招聘不对候选人排名。",
    "Scores are plain means",  # of criteria
    "Plain mean",  # of one criterion, in a profile
    "The order in which",
)
VOTES = {"amara": "4", "wenjing": "3", "tomas": "5", "priya": "2"}
FORMATS = ("table", "json", "csv", "markdown")


def vote_on_all(actor: Actor, store: Store) -> None:
    """Vote on everything, Tomás first by the votes, and decide for Priya, who is last by all of them."""
    open_decision(store, actor, OPENING, voters=("helen", "sofia"), exception="Marcus is on leave")
    decision = show_decision(store, actor, OPENING).decision
    for each in decision.criteria:
        for who in decision.voters:
            vote(store, Actor(who, actor.now), OPENING, each.id, VOTES | {"priya": "2" if each.weight > 0.1 else "1"})
        reveal(store, actor, OPENING, each.id)
        reveal(store, actor, OPENING, each.id)


@pytest.fixture(scope="session")
def voted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo with a decision on which all have voted, while it still ranks."""
    path = tmp_path_factory.mktemp("ranking") / "demo.db"
    library = Library(load_settings({}, {}).roots)
    actor = Actor("recruiter:dana", lambda: datetime(2026, 3, 2, 9, tzinfo=UTC))
    with open_store(str(path), create=True) as store:
        create_demo(store, library, actor)
        vote_on_all(actor, store)
    return path


@pytest.fixture(scope="session")
def known(voted: Path) -> set[str]:
    """Every total of the demo as text, as far as nothing else is the same number."""

    def asked(*words: str) -> Any:
        out = io.StringIO()
        with redirect_stdout(out):
            assert run(["--db", str(voted), "-f", "json", *words]) == 0
        return json.loads(out.getvalue())

    profiles = asked("compare", OPENING)["profiles"]
    observed = asked("compare", OPENING, "--method", "observed")["profiles"]
    votes = asked("decision", "show", OPENING)["candidates"]
    found = [
        *(each["overall"][key] for each in (*profiles, *observed) for key in ("score", "observed")),
        *(end for each in profiles for end in each["overall"]["interval"]),
        *(each[key] for each in votes for key in ("first", "final")),
    ]
    exact = {repr(each) for each in found}
    for criterion in (each["criteria"] for each in (*profiles, *observed)):
        exact -= {repr(each) for each in numbers(criterion)}
    told = {each for each in exact if len(each) > len("3.25")}
    assert len(told) > len(ADDED) * 2
    return told


@pytest.fixture
def ranked(hk: Run, voted: Path, database: Path) -> Run:
    """Run `hiringkit` on the demo, which ranks."""
    database.parent.mkdir(mode=0o700)
    shutil.copy(voted, database)
    return hk


@pytest.fixture
def unranked(ranked: Run) -> Run:
    """Run `hiringkit` on the demo, which does not rank any more."""
    assert ranked("opening", "edit", OPENING, "--ranking", "off").code == 0
    return ranked


def numbers(value: Any) -> Iterator[float]:
    """Yield every number of a document."""
    if isinstance(value, float):
        yield value
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from numbers(each)


def tell_of_order(text: str, known: set[str]) -> list[str]:
    """Return what tells of an order in a text."""
    for each in ALLOWED:
        text = text.replace(each, "")
    return [match[0] for match in WORDS.finditer(text)] + [each for each in known if each in text]


def keys_of_order(document: Any, path: str = "$") -> Iterator[str]:
    """Yield the places of a document that are to be empty where nobody is ranked, and are not."""
    empty: dict[str, tuple[Any, ...]] = {
        "score": () if ".criteria" in path or "highest" in path or "lowest" in path else (None,),
        "position": (None,),
        "p_best": (None,),
        "leader": (None,),
        "robustness": (None,),
        "not_separable_from": ([],),
        "ahead_of": ({},),
        "policy": ("",),
        "probability": ({}, None) if path.endswith("recommendation") else (),
        "first": () if ".means" in path else (None,),
        "final": () if ".means" in path else (None,),
    }
    gone = {"expected_regret", "p_top", "p_above", "prior_moves_rank", "prior_moves_score"}
    if isinstance(document, dict):
        for key, value in document.items():
            if key in gone or (empty.get(key) and value not in empty[key]):
                yield f"{path}.{key}"
            yield from keys_of_order(value, f"{path}.{key}")
    elif isinstance(document, list):
        for n, value in enumerate(document):
            yield from keys_of_order(value, f"{path}[{n}]")


def words_of(path: Path) -> str:
    """Return what a reader finds in a file: the cells of a workbook, the text of a page."""
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as book:
            return "\n".join(book.read(name).decode() for name in book.namelist() if "xl/" in name)
    text = path.read_text(encoding="utf-8")
    return re.sub(r"<(style|script)\b.*?</\1>", "", text, flags=re.DOTALL)


SCORED = [
    "compare demo",
    "profile demo tomas",
    "report demo",
    "report demo --blind --for file",
    "decision show demo",
    "decision memo demo",
]
"""What shows scores, in every format."""
TOLD = [
    "compare demo --method observed",
    "compare demo --hide-names --history",
    "compare demo --only tomas,wenjing --sort name",
    "compare demo --as-of 2026-03-02",
    "report demo --candidate tomas",
    "raters demo",
    "export demo",
    "opening show demo",
    "opening list",
    "candidate list demo",
    "candidate export-personal demo tomas",
    "interview list demo",
    "outstanding",
    "comply card demo",
    "comply notice demo",
    "audit log --opening demo",
]
"""Whatever else is told of an opening."""


def no_leak(hk: Run, known: set[str], *words: str) -> None:
    """Hold what a command writes against what nobody is to read there."""
    done = hk(*words)
    assert done.code == 0, done.err
    if "json" in words:
        assert list(keys_of_order(done.json)) == []
        assert not [each for each in known if each in done.out]
    else:
        assert tell_of_order(done.out + done.err, known) == []


@pytest.mark.slow
@pytest.mark.parametrize("command", SCORED)
def test_no_format_tells_of_an_order(unranked: Run, here: Path, known: set[str], command: str) -> None:
    for form in FORMATS:
        no_leak(unranked, known, *command.split(), "-f", form)
    for ending in ("html", "xlsx") if command.startswith("report") else ("html",):
        assert unranked(*command.split(), "-o", str(here / f"told.{ending}")).code == 0
        assert tell_of_order(words_of(here / f"told.{ending}"), known) == []
    no_leak(unranked, known, "--lang", "zh", *command.split())


@pytest.mark.slow
def test_no_other_command_does_either(unranked: Run, known: set[str]) -> None:
    for command in TOLD:
        no_leak(unranked, known, *command.split())
        no_leak(unranked, known, *command.split(), "-f", "json")


@pytest.mark.slow
@pytest.mark.parametrize("command", ["compare demo", "profile demo tomas", "report demo", "decision memo demo"])
def test_a_rank_would_be_found(ranked: Run, here: Path, known: set[str], command: str) -> None:
    assert tell_of_order(ranked(*command.split()).out, known)
    assert list(keys_of_order(ranked(*command.split(), "-f", "json").json))
    assert ranked(*command.split(), "-o", str(here / "told.html")).code == 0
    assert tell_of_order(words_of(here / "told.html"), known)


@pytest.mark.slow
@pytest.mark.parametrize(
    "command",
    [
        "compare demo",
        "profile demo tomas",
        "report demo",
        "opening show demo",
        "decision memo demo",
        "comply card demo",
    ],
)
def test_it_is_said_where_a_rank_would_stand(unranked: Run, here: Path, command: str) -> None:
    assert SENTENCE in unranked(*command.split()).out
    assert unranked(*command.split(), "-o", str(here / "told.html")).code == 0
    assert SENTENCE in words_of(here / "told.html")
    if command == "report demo":
        assert unranked(*command.split(), "-o", str(here / "told.xlsx")).code == 0
        assert SENTENCE in words_of(here / "told.xlsx")
    assert "本次招聘不对候选人排名。" in unranked("--lang", "zh", *command.split()).out


@pytest.mark.slow
@pytest.mark.parametrize(
    "command",
    [
        "compare demo --robust",
        "compare demo --sort overall",
        "compare demo --sort rank",
        "compare demo --sort forecasting",
        "compare demo --top 2",
        "report demo --robust",
        "next demo",
        "panel reliability demo --interviewers 2..3",
    ],
)
def test_what_asks_for_an_order_is_refused(unranked: Run, command: str) -> None:
    done = unranked(*command.split())
    assert done.code not in (0, 70)
    assert done.out == ""
    assert done.err.startswith("error: this opening does not rank candidates")
    assert "profiles" not in unranked(*command.split(), "-f", "json").out


@pytest.mark.slow
def test_candidates_stand_in_the_order_in_which_they_were_added(ranked: Run, here: Path) -> None:
    def order(hk: Run) -> list[str]:
        return [each["candidate"] for each in hk("compare", OPENING, "-f", "json").json["profiles"]]

    assert order(ranked) == ["amara", "tomas", "wenjing", "priya"]
    assert ranked("opening", "edit", OPENING, "--ranking", "off").code == 0
    assert order(ranked) == list(ADDED)
    rows = csv.DictReader(io.StringIO(ranked("compare", OPENING, "-f", "csv").out))
    assert [row["candidate"] for row in rows] == list(ADDED)
    debrief = ranked("report", OPENING, "-f", "json").json
    assert [each["candidate"] for each in debrief["comparison"]["profiles"]] == list(ADDED)
    assert debrief["decision"]["decided"] is False
    names = [each["name"] for each in debrief["comparison"]["profiles"]]
    for command in ("compare", "report"):
        assert ranked(command, OPENING, "-o", str(here / "told.html")).code == 0
        text = words_of(here / "told.html").rpartition('class="heat"')[2]
        assert [text.index(f">{name}<") for name in names] == sorted(text.index(f">{name}<") for name in names)


@pytest.mark.slow
def test_criteria_bars_evidence_and_disagreements_stay(ranked: Run) -> None:
    before = {each["candidate"]: each for each in ranked("compare", OPENING, "-f", "json").json["profiles"]}
    answers = ranked("report", OPENING, "-f", "csv").out
    assert ranked("opening", "edit", OPENING, "--ranking", "off").code == 0
    for each in ranked("compare", OPENING, "-f", "json").json["profiles"]:
        then = before[each["candidate"]]
        for key in ("criteria", "gates", "panel", "flags"):
            assert each[key] == then[key]
        assert each["disagreements"] == [d for d in then["disagreements"] if d["criterion"]]
        for key in ("ratings", "interviewers", "coverage"):
            assert each["overall"][key] == then["overall"][key]
    assert sorted(ranked("report", OPENING, "-f", "csv").out.splitlines()) == sorted(answers.splitlines())


@pytest.mark.slow
def test_a_decision_overrides_no_order_where_there_is_none(unranked: Run, database: Path) -> None:
    actor = Actor("recruiter:dana", lambda: datetime(2026, 3, 3, 9, tzinfo=UTC))
    refused = unranked("decision", "close", OPENING, "--for", "priya", "--decided-by", "Dana", "--override", "votes=x")
    assert refused.code != 0
    with open_store(str(database)) as store:
        decide_all_the_same(actor, store)
    memo = unranked("decision", "memo", OPENING, "-f", "json").json
    assert memo["decision"]["ranking"] == "off"
    assert memo["comparison"]["ranking"] == "off"
    assert list(keys_of_order(memo)) == []
    assert {each["kind"] for each in memo["closings"][-1]["statements"]} == {"reason"}
    told = unranked("decision", "memo", OPENING).out
    assert tell_of_order(told, set()) == []
    assert "an order" not in told


def decide_all_the_same(actor: Actor, store: Store) -> None:
    """Close the decision; its comparison is no longer what it was when that was opened."""
    reasons = {each.id: "as discussed" for each in show_decision(store, actor, OPENING).decision.criteria}
    choice = Choice(decided_by="Dana", candidate="priya", reasons=reasons, dissents={}, overrides={}, outcomes={})
    close_decision(store, actor, OPENING, choice, exception="the policy was changed")


@pytest.mark.slow
def test_a_decision_that_was_closed_by_an_order_no_longer_tells_it(ranked: Run, known: set[str]) -> None:
    reasons = [
        word
        for each in ranked("decision", "show", OPENING, "-f", "json").json["criteria"]
        for word in ("--reason", f"{each['criterion']}=as discussed")
    ]
    overrides = ("--override", "comparison=cannot start in time", "--override", "votes=the same")
    done = ranked("decision", "close", OPENING, "--for", "priya", "--decided-by", "Dana", *reasons, *overrides)
    assert done.code == 0, done.err
    assert ranked("opening", "edit", OPENING, "--ranking", "off").code == 0
    memo = ranked("decision", "memo", OPENING)
    assert tell_of_order(memo.out, known) == []
    assert "cannot start in time" not in memo.out
    document = ranked("decision", "memo", OPENING, "-f", "json")
    assert list(keys_of_order(document.json)) == []
    assert not [each for each in known if each in document.out]
    assert ranked("opening", "edit", OPENING, "--ranking", "on").code == 0
    assert "cannot start in time" in ranked("decision", "memo", OPENING).out


@pytest.mark.slow
def test_groups_are_not_compared_by_total(ranked: Run, here: Path) -> None:
    (here / "groups.csv").write_text("candidate,sex\namara,f\nwenjing,f\ntomas,m\npriya,f\n", encoding="utf-8")
    measures = {
        each["measure"] for each in ranked("fairness", OPENING, "--groups", "groups.csv", "-f", "json").json["tables"]
    }
    assert ranked("opening", "edit", OPENING, "--ranking", "off").code == 0
    done = ranked("fairness", OPENING, "--groups", "groups.csv", "-f", "json")
    assert measures - {each["measure"] for each in done.json["tables"]} == {"score"}


@pytest.mark.slow
def test_a_rubric_may_say_it_and_an_opening_otherwise(hk: Run, here: Path) -> None:
    rubric = here / "own.yaml"
    assert hk("rubric", "show", "sales-operations-manager", "-f", "json").code == 0
    rubric.write_text(
        "hiringkit: rubric/1\nid: own\nversion: 1.0.0\ntitle: Own\nextends: sales-operations-manager\n"
        "policy: {ranking: off}\n",
        encoding="utf-8",
    )
    assert "Ranking" in hk("rubric", "show", str(rubric)).out
    for opening, more, ranking in (("as-said", (), None), ("otherwise", ("--ranking", "on"), "on")):
        created = hk("opening", "create", opening, "--rubric", str(rubric), *more, "-f", "json")
        assert created.json["opening"]["ranking"] == ranking
    assert SENTENCE in hk("opening", "show", "as-said").out
    assert SENTENCE not in hk("opening", "show", "otherwise").out
    assert hk("audit", "verify").code == 0


@pytest.mark.slow
def test_a_file_scored_by_such_a_rubric_is_not_ranked(ranked: Run, here: Path, known: set[str]) -> None:
    assert ranked("export", OPENING, "-o", "ratings.csv").code == 0
    (here / "own.yaml").write_text(
        "hiringkit: rubric/1\nid: own\nversion: 1.0.0\ntitle: Own\nextends: sales-operations-manager\n"
        "policy: {ranking: off}\n",
        encoding="utf-8",
    )
    for form in FORMATS:
        done = ranked("score", "ratings.csv", "--rubric", "own.yaml", "-f", form)
        assert done.code == 0
        if form == "json":
            assert list(keys_of_order(done.json)) == []
            assert [each["candidate"] for each in done.json["profiles"]] == sorted(ADDED, key=ADDED.index)
        else:
            assert tell_of_order(done.out, known) == []
    refused = ranked("score", "ratings.csv", "--rubric", "own.yaml", "--robust")
    assert refused.code != 0
    assert "does not rank candidates" in refused.err


@pytest.mark.slow
def test_what_changes_is_on_record_and_no_other_word_is_taken(ranked: Run) -> None:
    assert ranked("opening", "edit", OPENING, "--ranking", "maybe").code == 2
    assert ranked("opening", "edit", OPENING, "--ranking", "off").code == 0
    event = ranked("audit", "log", "--opening", OPENING, "-f", "json").json["events"][-1]
    assert event["detail"] == {"ranking": {"from": None, "to": "off"}}
    assert ranked("audit", "verify").code == 0
    assert ranked("opening", "edit", OPENING, "--ranking", "on").code == 0
    assert json.loads(ranked("compare", OPENING, "-f", "json").out)["ranking"] == "on"


def test_an_interviewer_cannot_turn_it_on(unranked: Run) -> None:
    assert unranked("opening", "edit", OPENING, "--ranking", "on", "--as", "marcus").code != 0
    assert SENTENCE in unranked("compare", OPENING, "--as", "marcus").out
    assert run(["--help"]) == 0
