"""What every step of a decision is made of.

A step is one transaction with its event in the audit log. What the protocol does not allow is refused, or done all the
same for a reason that is recorded as an exception.
"""

import json
from collections.abc import Sequence

from hiringkit.actions.audit import Actor, record
from hiringkit.actions.lookup import Tx, asked_rubric, find_candidate, require_open
from hiringkit.actions.visibility import VisibleOpening, visible_opening, whole_decision
from hiringkit.domain.decision import DecisionException, DecisionState, ExceptionKind, PanelDecision
from hiringkit.domain.interview import Opening
from hiringkit.domain.profile import Comparison
from hiringkit.errors import NotFound, Refused, UsageProblem, missing
from hiringkit.report.model import Report
from hiringkit.report.render.json import render_json
from hiringkit.report.views.documents import comparison_document
from hiringkit.store import decisions
from hiringkit.store import dropped_questions as dropped
from hiringkit.store.states import decision_change
from hiringkit.text.clean import clean_text
from hiringkit.text.sentence import Sentence

LONGEST_TEXT = 10_000
_SHOWN = 10
NO_DECISION = Sentence("no decision on opening {opening!r} has been opened")
NO_DECISION_HINT = Sentence("hiringkit decision open {opening}")
NOT_OPEN = Sentence("the decision on opening {opening!r} is closed and takes nothing more")
NOT_OPEN_HINT = Sentence('to take it up again: hiringkit decision reopen {opening} --because "…"')
RUBRIC_CHANGED = Sentence("what candidates are rated by has changed since the decision was opened")
RUBRIC_CHANGED_HINT = Sentence(
    'take the change back, or go on with it on the record: hiringkit decision reopen {opening} --because "…"'
)
VOTERS_OWN_HINT = Sentence("--as WHO; those who vote: {names}")
NO_VOTER = Sentence("{who!r} is not among those who vote")
CRITERION = Sentence("criterion in this decision:")
SETTLED = Sentence("{criterion!r} is settled")
NO_EXCEPTION = Sentence("nothing here is an exception")
NO_EXCEPTION_HINT = Sentence("leave out --exception")
NO_CANDIDATE = Sentence("candidate in this decision:")
SEEN_OTHER_HINT = Sentence("look at it, and vote again: hiringkit decision show {opening}")
CHANGED_MEANWHILE = Sentence("the decision has been changed since you saw it")
EMPTY = Sentence("the {what} is empty")
TOO_LONG = Sentence("the {what} is longer than {longest} signs")


class Excusable(Refused):
    """The protocol does not allow it; for a reason that is recorded as an exception it is done all the same."""


def canonical_comparison(comparison: Comparison) -> str:
    """Return a comparison as JSON of one form only: keys in order, no blanks, UTF-8 as it is.

    `hiringkit --lang en compare OPENING -f json`, read and written again that way, gives the same text.
    """
    document = json.loads(render_json(Report("", document=comparison_document(comparison))))
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def dropped_ids(tx: Tx, opening_id: str) -> tuple[str, ...]:
    """Return the questions that an opening leaves out, in the order of their ids."""
    return tuple(sorted(each.question for each in dropped.current(tx, opening_id)))


def comparison_text(tx: Tx, seen: VisibleOpening) -> str:
    """Return the comparison as `hiringkit --lang en compare` gives it to a recruiter."""
    from hiringkit.actions.comparisons import score_opening  # noqa: PLC0415 - a vote takes no numpy
    from hiringkit.actions.scores import ScoringOptions  # noqa: PLC0415 - the same

    rubric = asked_rubric(tx, seen.opening)
    return canonical_comparison(score_opening(tx, seen, rubric, options=ScoringOptions(), language="en"))


def some_names(names: Sequence[str]) -> str:
    """Name the first few of many."""
    return ", ".join(names[:_SHOWN]) + (", …" if len(names) > _SHOWN else "")


def made_exception(
    actor: Actor, kind: ExceptionKind, reason: str, *, criterion: str = "", subject: str = ""
) -> DecisionException:
    """Return what is done although the protocol does not allow it, with the reason."""
    text = checked_text(Sentence("reason"), reason)
    return DecisionException(kind, text, actor.now(), actor.who, criterion, subject)


def checked_text(what: str, given: str) -> str:
    """Return a text that somebody wrote, cleaned.

    Raises:
        UsageProblem: It is empty or far too long.
    """
    text = clean_text(given).strip()
    if not text:
        raise UsageProblem(EMPTY.format(what=what))
    if len(text) > LONGEST_TEXT:
        raise UsageProblem(TOO_LONG.format(what=what, longest=LONGEST_TEXT))
    return text


def exception_kinds(exceptions: Sequence[DecisionException]) -> list[str]:
    """Name exceptions without anything that names a candidate: what the log says here stays when one is erased."""
    return [" ".join(filter(None, (each.kind, each.criterion))) for each in exceptions]


def log_step(
    tx: Tx, actor: Actor, verb: str, decision: PanelDecision, *, is_new: bool = False, **detail: object
) -> PanelDecision:
    """Write down a step, and return the decision as it is after that.

    Args:
        tx: The transaction that makes the step.
        actor: Who does it.
        verb: Such as `vote`.
        decision: The decision before the step.
        is_new: Whether the step opens it.
        detail: What else a later reader needs.
    """
    after = whole_decision(tx, decision.opening, decision.number)
    assert after is not None  # noqa: S101 - the step has just written it
    subject = {"opening": decision.opening, "decision": str(decision.number)}
    told = {key: value for key, value in detail.items() if value}
    record(tx, actor, f"decision.{verb}", subject, states=decision_change(None if is_new else decision, after), **told)
    return after


def keep_exceptions(tx: Tx, decision: PanelDecision, exceptions: Sequence[DecisionException]) -> None:
    """Put exceptions on record."""
    for each in exceptions:
        decisions.add_record(tx, decision, each)


def current_decision(tx: Tx, opening_id: str, *, revision: int | None = None) -> PanelDecision:
    """Return the decision that is open, sealed ballots included.

    Raises:
        NotFound: None has been opened.
        Refused: It is closed, its opening is, or it is not as the caller saw it.
    """
    found = last_decision(tx, opening_id)
    if found.state is not DecisionState.OPEN:
        raise Refused(NOT_OPEN.format(opening=opening_id), hint=NOT_OPEN_HINT.format(opening=opening_id))
    if revision is not None and revision != found.revision:
        raise Refused(CHANGED_MEANWHILE, hint=SEEN_OTHER_HINT.format(opening=opening_id))
    return found


def last_decision(tx: Tx, opening_id: str) -> PanelDecision:
    """Return the last decision on an opening, open or not; raises NotFound where there is none."""
    found = whole_decision(tx, opening_id)
    if found is None:
        raise NotFound(NO_DECISION.format(opening=opening_id), hint=NO_DECISION_HINT.format(opening=opening_id))
    return found


def has_same_rubric(tx: Tx, opening: Opening, decision: PanelDecision) -> bool:
    """Return whether candidates are rated by what they were rated by when the decision was opened."""
    return decision.rubric.digest == opening.digest and decision.dropped == dropped_ids(tx, opening.id)


def going_on(
    tx: Tx, actor: Actor, opening_id: str, *, revision: int | None = None
) -> tuple[VisibleOpening, PanelDecision]:
    """Return what a further step of the open decision works on.

    Raises:
        Refused: The opening or the decision is closed, or the rubric is not what it was.
    """
    seen = visible_opening(tx, actor.who, opening_id)
    require_open(seen.opening)
    decision = current_decision(tx, opening_id, revision=revision)
    if not has_same_rubric(tx, seen.opening, decision):
        raise Refused(RUBRIC_CHANGED, hint=RUBRIC_CHANGED_HINT.format(opening=opening_id))
    return seen, decision


def find_criterion(decision: PanelDecision, given: str) -> str:
    """Return the id of a criterion of a decision as somebody typed it; raises NotFound where there is none."""
    known = [each.id for each in decision.criteria]
    wanted = given.strip().casefold()
    if wanted not in known:
        raise missing(CRITERION, given, known)
    return wanted


def find_decided_on(tx: Tx, decision: PanelDecision, who: str) -> str:
    """Return the id of a candidate who is decided on; raises NotFound where it is nobody."""
    found = find_candidate(tx, decision.opening, who).id
    if found not in decision.candidates:
        raise missing(NO_CANDIDATE, who, decision.candidates)
    return found
