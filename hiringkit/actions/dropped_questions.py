"""Questions that are left out of an opening for everybody, because they were misunderstood."""

from collections.abc import Sequence

from hiringkit.actions.audit import Actor, record
from hiringkit.actions.kits import unasked_findings
from hiringkit.actions.lookup import Tx, asked_rubric, find_opening, require_open
from hiringkit.actions.visibility import require_recruiter
from hiringkit.domain.codes import Code
from hiringkit.domain.finding import Finding, Severity
from hiringkit.domain.interview import DroppedQuestion, Opening
from hiringkit.domain.rubric import Rubric
from hiringkit.errors import Refused, UsageProblem, missing
from hiringkit.store import dropped_questions as dropped
from hiringkit.store.states import dropped_state
from hiringkit.store.store import Store
from hiringkit.text.clean import clean_line
from hiringkit.text.sentence import Sentence

DROPPED_ALREADY = Sentence("question {question!r} is dropped already")
SEE_OPENING = Sentence("see hiringkit opening show {opening}")
ONLY_ONE = Sentence("question {question!r} is the only one left")
NOT_DROPPED = Sentence("question {question!r} is not dropped")
IN_OPENING = Sentence("question in opening {opening!r}:")
CLOSED_HINT = Sentence("its scores stay as they are")
LEFT_OUT = Sentence('the question "{question}" is left out for everybody: {reason}')
LEFT_OUT_HINT = Sentence("hiringkit rubric drop-question {opening} {question} --restore counts it again")


def drop_question(store: Store, actor: Actor, opening_id: str, question: str, *, reason: str) -> DroppedQuestion:
    """Leave a question out of an opening, for all candidates alike; its ratings are kept.

    Raises:
        NotFound: No such opening or question.
        Refused: The opening is closed, the question is dropped already, or no other is left.
        UsageProblem: No reason.
    """
    said = clean_line(reason)
    if not said:
        raise UsageProblem("dropping a question needs a reason", hint='--reason "…"')
    with store.write() as tx:
        require_recruiter(tx, actor.who)
        opening, rubric = _open(tx, opening_id, question)
        gone = {each.question for each in dropped.current(tx, opening_id)}
        if question in gone:
            raise Refused(DROPPED_ALREADY.format(question=question), hint=SEE_OPENING.format(opening=opening_id))
        if {each.id for each in rubric.asked} == gone | {question}:
            raise Refused(ONLY_ONE.format(question=question))
        made = DroppedQuestion(question, said, actor.now(), actor.who)
        dropped.insert(tx, opening.id, made)
        subject, states = (
            {"opening": opening_id, "question": question},
            {f"dropped/{question}": (None, dropped_state(made))},
        )
        record(tx, actor, "opening.drop-question", subject, states=states, reason=said)
    return made


def _open(tx: Tx, opening_id: str, question: str) -> tuple[Opening, Rubric]:
    opening = find_opening(tx, opening_id)
    rubric = asked_rubric(tx, opening)
    if rubric.question(question) is None:
        raise missing(IN_OPENING.format(opening=opening_id), question, (each.id for each in rubric.asked))
    require_open(opening, hint=CLOSED_HINT)
    return opening, rubric


def restore_question(store: Store, actor: Actor, opening_id: str, question: str, *, reason: str = "") -> None:
    """Count a dropped question again, for all candidates alike.

    Raises:
        NotFound: No such opening or question.
        Refused: The opening is closed, or the question is not dropped.
    """
    with store.write() as tx:
        require_recruiter(tx, actor.who)
        _open(tx, opening_id, question)
        gone = {each.question: each for each in dropped.current(tx, opening_id)}
        if question not in gone:
            raise Refused(NOT_DROPPED.format(question=question))
        dropped.restore(tx, opening_id, question, actor.now(), actor.who)
        subject = {"opening": opening_id, "question": question}
        states = {f"dropped/{question}": (dropped_state(gone[question]), None)}
        record(tx, actor, "opening.restore-question", subject, states=states, reason=clean_line(reason))


def dropped_in(tx: Tx, opening_id: str) -> tuple[DroppedQuestion, ...]:
    """Return the questions that are left out of an opening now."""
    return dropped.current(tx, opening_id)


def dropped_questions(store: Store, opening_id: str) -> tuple[DroppedQuestion, ...]:
    """Return the questions that are left out of an opening now.

    Raises:
        NotFound: No such opening.
    """
    with store.read() as tx:
        find_opening(tx, opening_id)
        return dropped.current(tx, opening_id)


def dropped_findings(rubric: Rubric, opening_id: str, left_out: Sequence[DroppedQuestion]) -> tuple[Finding, ...]:
    """Say what is left out, and what has no score because of it."""
    told = [
        Finding(
            Code.QUESTION_DROPPED,
            LEFT_OUT.format(question=each.question, reason=each.reason),
            Severity.INFO,
            hint=LEFT_OUT_HINT.format(opening=opening_id, question=each.question),
        )
        for each in left_out
    ]
    return (*told, *unasked_findings(rubric, {each.question for each in left_out}))
