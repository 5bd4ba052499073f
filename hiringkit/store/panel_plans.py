"""Plans of panels, each kept as JSON; the latest of an opening is the one that holds."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from attrs import asdict, evolve
from sqlalchemy import Connection, func, insert, select, update

from hiringkit.domain.panel import (
    CriterionCover,
    InterviewerTerms,
    PanelInterview,
    PanelPlan,
    PlannedKit,
    StoredPlan,
)
from hiringkit.store.tables import panel_plans as t


def keep(tx: Connection, opening_id: str, plan: PanelPlan, at: datetime, by: str, *, scheduled: bool) -> int:
    """Store a plan, and return its number.

    Raises:
        IntegrityError: The opening is unknown; outside the transaction it is `Refused`.
    """
    last: int | None = tx.scalar(select(func.max(t.c.number)).where(t.c.opening_id == opening_id))
    number = (last or 0) + 1
    values = {"number": number, "made_at": at, "made_by": by, "scheduled": scheduled, "plan": _text(plan)}
    tx.execute(insert(t).values(opening_id=opening_id, **values))
    return number


def latest(tx: Connection, opening_id: str, *, scheduled: bool = False) -> StoredPlan | None:
    """Return the plan that was made last, or that was scheduled last, or None."""
    newest = select(t).where(t.c.opening_id == opening_id).order_by(t.c.number.desc()).limit(1)
    row = tx.execute(newest.where(t.c.scheduled) if scheduled else newest).one_or_none()
    if row is None:
        return None
    return StoredPlan(row.opening_id, row.number, row.made_at, row.made_by, _plan(json.loads(row.plan)), row.scheduled)


def before(tx: Connection, opening_id: str, number: int) -> Iterator[PanelPlan]:
    """Yield the plans of an opening with a lower number, oldest first."""
    earlier = select(t.c.plan).where(t.c.opening_id == opening_id, t.c.number < number).order_by(t.c.number)
    for text in tx.scalars(earlier):
        yield _plan(json.loads(text))


def forget(tx: Connection, opening_id: str, candidate: str, pseudonym: str) -> None:
    """Put a pseudonym in the place of a candidate in every plan, without whom and when they could not meet."""
    rows = select(t.c.number, t.c.plan).where(t.c.opening_id == opening_id)
    for number, text in tx.execute(rows).all():
        plan = _plan(json.loads(text))
        terms = {
            who: evolve(each, apart=tuple(other for other in each.apart if other != candidate))
            for who, each in plan.available.items()
        }
        left = evolve(
            plan,
            interviews=tuple(
                evolve(each, candidate=pseudonym, at=None) if each.candidate == candidate else each
                for each in plan.interviews
            ),
            available=terms,
            candidate_times={who: times for who, times in plan.candidate_times.items() if who != candidate},
        )
        this = (t.c.opening_id == opening_id) & (t.c.number == number)
        tx.execute(update(t).where(this).values(plan=_text(left)))


def _text(plan: PanelPlan) -> str:
    return json.dumps(asdict(plan), ensure_ascii=False, sort_keys=True, default=datetime.isoformat)


def _plan(kept: Mapping[str, Any]) -> PanelPlan:
    return PanelPlan(
        kits=tuple(PlannedKit(**each | {"questions": tuple(each["questions"])}) for each in kept["kits"]),
        interviews=tuple(_interview(each) for each in kept["interviews"]),
        cover=tuple(CriterionCover(**each) for each in kept["cover"]),
        margin=kept["margin"],
        gap=kept["gap"],
        available={who: _terms(each) for who, each in kept["available"].items()},
        candidate_times={who: tuple(times) for who, times in kept["candidate_times"].items()},
        each=kept["each"],
    )


def _interview(kept: Mapping[str, Any]) -> PanelInterview:
    at = kept["at"]
    return PanelInterview(
        **{**kept, "questions": tuple(kept["questions"]), "at": datetime.fromisoformat(at) if at else None}
    )


def _terms(kept: Mapping[str, Any]) -> InterviewerTerms:
    asks, apart, times = (tuple(kept[key]) for key in ("asks", "apart", "times"))
    return InterviewerTerms(kept["minutes"], kept["at_least"], kept["at_most"], asks, apart, times)
