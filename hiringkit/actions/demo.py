"""The people and ratings of the demo. All are invented; any resemblance is coincidence.

Interviewers sit in pairs: one pair rates the answers to the first kit, another those to the second. Marcus
Webb is strict and saw only two of the four candidates; Chen Zhiyuan missed one interview and stood in for
Marcus at two others.
"""

from pathlib import Path

from attrs import evolve

from hiringkit.actions.audit import Actor
from hiringkit.actions.interviews import rate, submit
from hiringkit.actions.openings import create_opening, opening_ids
from hiringkit.actions.people import add_candidates, add_interviewers, every_interviewer
from hiringkit.actions.schedule import schedule_interviews
from hiringkit.domain.interview import Mark
from hiringkit.domain.people import Candidate, Interviewer
from hiringkit.errors import Refused
from hiringkit.library.catalog import Library
from hiringkit.store.store import NoStore, Store, open_store
from hiringkit.text.language import Text
from hiringkit.text.sentence import Sentence

OPENING = "demo"
RUBRIC = "sales-operations-manager"

_NOTE = Sentence("Invented for the demo / 演示用虚构人物")

CANDIDATES = (
    Candidate("amara", "Amara Osei", "amara.osei@candidates.example", _NOTE),
    Candidate("wenjing", "李文静", "li.wenjing@candidates.example", _NOTE),
    Candidate("tomas", "Tomás Rivera", "tomas.rivera@candidates.example", _NOTE),
    Candidate("priya", "Priya Raman", "priya.raman@candidates.example", _NOTE),
)
INTERVIEWERS = (
    Interviewer("helen", "Helen Brandt", "helen.brandt@firm.example"),
    Interviewer("zhiyuan", "陈志远", "chen.zhiyuan@firm.example"),
    Interviewer("sofia", "Sofia Lindqvist", "sofia.lindqvist@firm.example"),
    Interviewer("marcus", "Marcus Webb", "marcus.webb@firm.example"),
)
FIRST_KIT = (
    "process-resistance",
    "bottlenecks",
    "large-data",
    "tool-criteria",
    "competing-projects",
    "hub-conflict",
    "two-truths",
    "inherited-project",
)
SECOND_KIT = (
    "live-view",
    "weakest-link",
    "forecast-miss",
    "forecast-disagreement",
    "goal-rollout",
    "impossible-goal",
    "training-no-results",
    "ramp-time",
)
SCORECARDS = (
    # candidate, interviewer, kit, one sign a question (n not assessed, x no evidence), recommendation
    ("amara", "helen", FIRST_KIT, "45444544", "strong-yes"),
    ("wenjing", "helen", FIRST_KIT, "34434343", "yes"),
    ("tomas", "helen", FIRST_KIT, "44344434", "yes"),
    ("priya", "helen", FIRST_KIT, "33233332", "no"),
    ("amara", "zhiyuan", FIRST_KIT, "44543444", "yes"),
    ("tomas", "zhiyuan", FIRST_KIT + SECOND_KIT, "4444444344434444", "yes"),
    ("priya", "zhiyuan", FIRST_KIT + SECOND_KIT, "3233342333233323", "no"),
    ("amara", "sofia", SECOND_KIT, "44544544", "strong-yes"),
    ("wenjing", "sofia", SECOND_KIT, "43434434", "yes"),
    ("tomas", "sofia", SECOND_KIT, "443444x4", "yes"),
    ("priya", "sofia", SECOND_KIT, "3332333n", "no"),
    ("amara", "marcus", SECOND_KIT, "33432333", "yes"),
    ("wenjing", "marcus", SECOND_KIT, "22332322", "no"),
)
OUTSTANDING = ("tomas", "marcus", SECOND_KIT)
"""Planned and not yet held."""

EVIDENCE = {
    ("amara", "helen", "bottlenecks"): "Timed every stage for a month; found quotes waiting 6 days for one approver; "
    "raised the approval limit and saw the wait fall to 1 day.",
    ("wenjing", "sofia", "forecast-miss"): "说清了为什么漏掉两笔大单：阶段定义不一致；之后每周和销售经理核对一次。",
    ("tomas", "sofia", "training-no-results"): "Asked twice; spoke about budgets only.",
    ("amara", "marcus", "goal-rollout"): "Shared targets by e-mail. Could not say how reps reacted.",
}


TITLE = Text(en="Sales Operations Manager (invented example)", zh="销售运营经理（虚构示例）")
_SIGNS = {"n": Mark.NOT_ASSESSED, "x": Mark.NO_EVIDENCE}


def clear_demo(path: Path) -> None:
    """Remove a database that holds nothing but the demo.

    Raises:
        Refused: It holds other openings.
    """
    try:
        with open_store(str(path)) as store:
            others = [opening for opening in opening_ids(store) if opening != OPENING]
    except NoStore:
        return
    if others:
        raise Refused(
            Sentence("{path} holds other openings: {names}").format(path=path, names=", ".join(others)),
            hint="choose another --dir",
        )
    for suffix in ("", "-wal", "-shm"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)


def create_demo(store: Store, library: Library, actor: Actor, *, language: str = "en") -> None:
    """Create the opening `demo` unless it exists.

    Raises:
        Refused: There are people with the demo's ids but no such opening.
    """
    actor = evolve(actor, who="")
    if OPENING in opening_ids(store):
        return
    create_opening(store, library, actor, OPENING, RUBRIC, title=TITLE.in_language(language))
    add_candidates(store, actor, OPENING, CANDIDATES)
    known = {interviewer.id for interviewer in every_interviewer(store)}
    add_interviewers(store, actor, [each for each in INTERVIEWERS if each.id not in known])
    for candidate, interviewer, kit, signs, recommendation in SCORECARDS:
        identity = schedule_interviews(store, actor, OPENING, candidate, [interviewer], questions=kit)[0].id
        theirs = evolve(actor, who=interviewer)
        for question, sign in zip(kit, signs, strict=True):
            evidence = EVIDENCE.get((candidate, interviewer, question))
            value = _SIGNS.get(sign) or int(sign)
            rate(store, theirs, identity, question, value=value, evidence=evidence)
        submit(store, theirs, identity, recommendation=recommendation)
    candidate, interviewer, kit = OUTSTANDING
    schedule_interviews(store, actor, OPENING, candidate, [interviewer], questions=kit)
