"""The demo: an opening with invented people, scheduled, rated and submitted as real ones would be."""

from pathlib import Path

from hiringkit.actions.demodata import (
    CANDIDATES,
    EVIDENCE,
    INTERVIEWERS,
    OPENING,
    OUTSTANDING,
    RUBRIC,
    SCORECARDS,
)
from hiringkit.actions.interviewing import rate, submit
from hiringkit.actions.openings import create_opening, opening_ids
from hiringkit.actions.people import add_candidates, add_interviewers, every_interviewer
from hiringkit.actions.recording import Actor
from hiringkit.actions.scheduling import schedule_interviews
from hiringkit.domain.interview import Mark
from hiringkit.domain.sentence import Sentence
from hiringkit.errors import Refused
from hiringkit.library.catalog import Library
from hiringkit.store.store import NoStore, Store, open_store

TITLES = {
    "en": "Sales Operations Manager (invented example)",
    "zh": "销售运营经理（虚构示例）",
}
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
    """Create the opening `demo`, unless it is there.

    Raises:
        Refused: People of the demo's ids are there without it.
    """
    if OPENING in opening_ids(store):
        return
    create_opening(store, library, actor, OPENING, RUBRIC, title=TITLES[language])
    add_candidates(store, actor, OPENING, CANDIDATES)
    known = {interviewer.id for interviewer in every_interviewer(store)}
    add_interviewers(store, actor, [each for each in INTERVIEWERS if each.id not in known])
    for candidate, interviewer, kit, signs, recommendation in SCORECARDS:
        identity = schedule_interviews(store, actor, OPENING, candidate, [interviewer], questions=kit)[0].id
        for question, sign in zip(kit, signs, strict=True):
            evidence = EVIDENCE.get((candidate, interviewer, question))
            value = _SIGNS.get(sign) or int(sign)
            rate(store, actor, identity, question, value=value, evidence=evidence)
        submit(store, actor, identity, recommendation=recommendation)
    candidate, interviewer, kit = OUTSTANDING
    schedule_interviews(store, actor, OPENING, candidate, [interviewer], questions=kit)
